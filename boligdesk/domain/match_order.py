"""«Hvorfor er X nr. 1?» and «Hva om?», in sentences that name nobody and tell no facts of anybody else."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from boligdesk.domain.allocation_catalog import OrderBy, Seniority
from boligdesk.domain.calendar import long_date
from boligdesk.domain.households import join_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from boligdesk.domain.match_types import Entry, EntryId
    from boligdesk.domain.matching import Placed, Ranking

_LAST_DAY = dt.date.max.toordinal()


@dataclass(frozen=True, slots=True)
class Moved:
    """One applicant in two lists. Place None = not eligible there; ``sentence`` says what happened."""

    id: EntryId
    before: int | None
    after: int | None
    sentence: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What other demands lead to. ``gone`` fell out; those in neither list, or unmoved, are in ``unchanged``."""

    came: tuple[Moved, ...]
    gone: tuple[Moved, ...]
    moved: tuple[Moved, ...]
    unchanged: int


def why(entry: Entry, ranking: Ranking) -> tuple[str, ...]:
    """Why the applicant stands where they do: against the one before and the one after, or why not at all."""
    placed = ranking.placed(entry.id)
    if placed is None:
        return _why_not(entry, ranking)
    position = placed.place - 1
    said = [_place(placed, len(ranking.eligible)), _priority(ranking.entry(placed))]
    if position > 0:
        said.append(_ahead(ranking, ranking.eligible[position - 1], placed, is_first=False))
    if position + 1 < len(ranking.eligible):
        said.append(_ahead(ranking, placed, ranking.eligible[position + 1], is_first=True))
    order = ranking.judge.rules.order
    if order.seniority is Seniority.TIE_BREAKER and OrderBy.WAITING in order.by:
        said.append("Ventetid teller bare når alt annet er likt.")
    if placed.unknown:
        facts = "Én opplysning" if placed.unknown == 1 else f"{placed.unknown} opplysninger"
        said.append(f"{facts} mangler. Det som mangler, er ikke regnet som et nei.")
    return tuple(said)


def _why_not(entry: Entry, ranking: Ranking) -> tuple[str, ...]:
    out = ranking.out(entry.id)
    if out is None:
        return ("Søkeren er ikke med i dette forslaget.",)
    judged = ranking.entry(out)
    _, *others = ranking.judge.failures(judged)
    said = [f"{ranking.judge.reason(judged)}."]
    if others:
        said.append(f"I tillegg: {join_words(others)}.")
    if out.fails == 1:
        said.append("Det er det eneste absolutte kravet som ikke er oppfylt.")
    else:
        said.append(f"{out.fails} absolutte krav er ikke oppfylt.")
    return tuple(said)


def _place(placed: Placed, count: int) -> str:
    if count == 1:
        return "Den eneste som er aktuell."
    return f"Nr. {placed.place} av {count} som er aktuelle."


def _priority(entry: Entry) -> str:
    """The label as the waiting list has it: «Prioritet A», or «A – barn, må ut 15. des.»."""
    label = entry.priority_label
    if not label:
        return (
            "Prioriteten er ikke satt."
            if entry.priority_rank is None
            else f"Prioritet nr. {entry.priority_rank}."
        )
    return (
        f"{label.removesuffix('.')}."
        if label.startswith("Prioritet")
        else f"Prioritet {label.removesuffix('.')}."
    )


def _ahead(ranking: Ranking, first: Placed, second: Placed, *, is_first: bool) -> str:
    """«Foran nr. 2, som har lavere prioritet (B).» The first part of the order that tells them apart decides."""
    link = f"Foran nr. {second.place}" if is_first else f"Bak nr. {first.place}"
    for by in ranking.judge.rules.order.by:
        told = _difference(by, ranking, first, second, is_first=is_first)
        if told:
            return f"{link}, {told}"
    return f"{link}, men de to står likt. Da avgjør en fast rekkefølge, ikke en vurdering."


def _difference(by: OrderBy, ranking: Ranking, first: Placed, second: Placed, *, is_first: bool) -> str:
    here, other = (first, second) if is_first else (second, first)
    if by is OrderBy.PRIORITY and first.priority_rank != second.priority_rank:
        word = "lavere" if is_first else "høyere"
        return f"som har {word} prioritet ({_class_of(ranking.entry(other))})."
    if by is OrderBy.WISHES and first.unmet != second.unmet:
        word = "flere" if is_first else "færre"
        return f"som har {word} ønsker som ikke er oppfylt (her: {_wishes(here.unmet)})."
    if by is OrderBy.WAITING and first.waiting_since != second.waiting_since:
        word = "kortere" if is_first else "lenger"
        return f"som har ventet {word} (her: {_since(here)})."
    return ""


def _class_of(entry: Entry) -> str:
    """The class alone: why somebody else has it is not for the file of this applicant."""
    label = entry.priority_label.removeprefix("Prioritet ")
    found = re.split(r" [–-] |[:,.]", label, maxsplit=1)[0].strip()
    return found or ("ikke satt" if entry.priority_rank is None else f"nr. {entry.priority_rank}")


def _wishes(count: int) -> str:
    return {0: "ingen", 1: "ett"}.get(count, str(count))


def _since(placed: Placed) -> str:
    if not 1 <= placed.waiting_since <= _LAST_DAY:
        return "fra en ukjent dag"
    return f"siden {long_date(dt.date.fromordinal(placed.waiting_since))}"


def compare(before: Ranking, after: Ranking) -> Comparison:
    """Who comes in, falls out or moves when the demands change. Each group in the order of the list it is in."""
    old = {found.id: found.place for found in before.eligible}
    new = {found.id: found.place for found in after.eligible}
    came = tuple(
        Moved(key, None, place, f"Kommer inn som nr. {place}.{was}")
        for key, place, was in _with_failures(new, old, before, " Før: {}.")
    )
    gone = tuple(
        Moved(key, place, None, f"Var nr. {place}.{now or ' Er ikke med lenger.'}")
        for key, place, now in _with_failures(old, new, after, " Ikke aktuell: {}.")
    )
    moved = tuple(
        Moved(key, old[key], place, f"Fra nr. {old[key]} til nr. {place}.")
        for key, place in new.items()
        if key in old and old[key] != place
    )
    everybody = {entry.id for entry in before.entries} | {entry.id for entry in after.entries}
    return Comparison(came, gone, moved, len(everybody) - len(came) - len(gone) - len(moved))


def _with_failures(
    places: dict[EntryId, int], others: dict[EntryId, int], there: Ranking, words: str
) -> Iterator[tuple[EntryId, int, str]]:
    """Those with a place here and none there: (id, place, why there in words; "" when not considered there)."""
    outs = {found.id: found for found in there.excluded}
    for key, place in places.items():
        if key not in others:
            out = outs.get(key)
            failure = "" if out is None else there.judge.first_failure(there.entry(out))
            yield key, place, words.format(failure) if failure else ""
