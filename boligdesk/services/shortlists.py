"""Shortlists as pages and papers show them: ranked now or replayed, masked for the viewer, told in sentences."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from boligdesk.domain import matching
from boligdesk.domain import shortlists as snapshots
from boligdesk.domain.allocation_catalog import Demand, MatchOutcome, NeedKey
from boligdesk.domain.allocation_words import priority_text, why_here
from boligdesk.services.errors import UserError
from boligdesk.services.records.allocation import (
    Candidate,
    Compared,
    Explanation,
    MovedRow,
    ShortlistView,
)
from boligdesk.services.records.common import MASKED_NAME
from boligdesk.services.rules import rule_set_in_force

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from boligdesk.domain.matching import Entry, Judge, Match, Moved, Out, Placed, Ranking
    from boligdesk.services.ports import View
    from boligdesk.services.ports.allocation import EntryWords, StoredShortlist
    from boligdesk.services.records.allocation import Demands, ShortlistRef

T = TypeVar("T")

#: So many rows are shown with all their answers; the rest is counted, and told to whoever asks for one.
FULL_ROWS = snapshots.FULL_ROWS
NEAR_MISSES = 20
_NOTHING = "Ingenting er endret."


@contextmanager
def undisturbed() -> Iterator[None]:
    """No search for cycles meanwhile: tens of thousands of small rows make it look through everything, many times.

    Whatever is let go of is freed as always. Of two at once, the first to finish turns the search on again.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def codes(demands: Demands) -> dict[str, str]:
    """Need key -> what this vacancy makes of it, as the rules take it."""
    return {
        **dict.fromkeys(demands.require, Demand.ABSOLUTE.value),
        **dict.fromkeys(demands.wish, Demand.WISH.value),
        **dict.fromkeys(demands.ignore, Demand.LEFT_OUT.value),
    }


def judge_of(view: View, vacancy_id: UUID, demands: Demands | None = None) -> Judge:
    """The rules of today set up for the dwelling. Raises UserError for demands that cannot be read."""
    wanted = view.allocation.demands(vacancy_id) if demands is None else demands
    rules = rule_set_in_force(view, view.today)
    try:
        return matching.compile(rules, view.allocation.profile(vacancy_id), codes(wanted))
    except matching.MatchError as error:
        raise UserError(str(error), safe=_NOTHING) from None


def ranked(view: View, judge: Judge) -> Ranking:
    return matching.rank(view.allocation.entries(), judge)


def replayed(view: View, stored: StoredShortlist) -> Ranking:
    """A frozen list reckoned again from its own inputs. Raises UserError when it is not what was stored."""
    rules = view.assessment.edition(stored.rule_edition_id)
    try:
        replay = snapshots.replay(stored.packed, rules)
    except snapshots.ShortlistError as error:
        raise UserError("Det lagrede forslaget kan ikke vises.", str(error), _NOTHING) from None
    if not replay.is_same:
        raise UserError("Det lagrede forslaget er skadet og kan ikke vises.", safe=_NOTHING)
    return replay.ranking


def shown(
    view: View,
    vacancy_id: UUID,
    ranking: Ranking,
    *,
    computed_at: dt.datetime,
    ref: ShortlistRef | None = None,
) -> ShortlistView:
    """The first rows with their answers, then those who are excluded; masked as the viewer may see them.

    Somebody in a frozen list whom the viewer may not even have in a list is counted in ``hidden``.
    """
    first: list[Placed | Out] = [*ranking.eligible[:FULL_ROWS]]
    first += ranking.excluded[: FULL_ROWS - len(first)]
    near = ranking.near_misses[:NEAR_MISSES]
    words = words_of(view, [found.id for found in (*first, *near)])
    labels = {need.key: need.label.nb for need in ranking.judge.rules.needs}
    rules = ranking.judge.rules
    return ShortlistView(
        vacancy_id=vacancy_id,
        rule_title=rules.title,
        rule_version=rules.version,
        computed_at=computed_at,
        considered=ranking.considered,
        eligible=len(ranking.eligible),
        candidates=_candidates(ranking, first, words),
        excluded_by=tuple((labels[key], count) for key, count in ranking.excluded_by.items()),
        near_misses=_candidates(ranking, near, words),
        hidden=sum(uuid_of(found.id) not in words for found in first),
        ref=ref,
    )


def only_eligible(found: ShortlistView, considered: int) -> ShortlistView:
    """Without those who are excluded: the store has left most of them out, and the rest would be misleading."""
    kept = tuple(one for one in found.candidates if one.rank is not None)
    return replace(found, considered=considered, candidates=kept, excluded_by=(), near_misses=())


def words_of(view: View, keys: Iterable[str | bytes]) -> dict[UUID, EntryWords]:
    return view.allocation.words(tuple({uuid_of(key) for key in keys}))


def uuid_of(key: str | bytes) -> UUID:
    """Entries are known by the bytes of their id."""
    return UUID(bytes=key) if isinstance(key, bytes) else UUID(key)


def _candidates(
    ranking: Ranking, rows: Iterable[Placed | Out], words: dict[UUID, EntryWords]
) -> tuple[Candidate, ...]:
    found = []
    for row in rows:
        said = words.get(uuid_of(row.id))
        if said is not None:
            found.append(_candidate(ranking, row, said))
    return tuple(found)


def _candidate(ranking: Ranking, row: Placed | Out, said: EntryWords) -> Candidate:
    entry, judge = ranking.entry(row), ranking.judge
    is_in = isinstance(row, matching.Placed)
    first_fail = "" if is_in else "Ikke aktuell" if said.is_masked else judge.reason(entry)
    return Candidate(
        entry_id=said.entry_id,
        case_id=said.case_id,
        case_number=said.case_number,
        applicant=said.applicant,
        is_masked=said.is_masked,
        rank=row.place if isinstance(row, matching.Placed) else None,
        priority_class=said.priority_class,
        priority_text=priority_text(said.priority_class, said.priority_reasons),
        waiting_since=said.waiting_since,
        matches=matches_of(judge, entry, masked=said.is_masked),
        first_fail=first_fail,
        unknowns=row.unknown if isinstance(row, matching.Placed) else 0,
        has_live_offer=said.has_live_offer,
        why_here=first_fail or why_here(said.priority_class, said.priority_reasons),
    )


def matches_of(judge: Judge, entry: Entry, *, masked: bool) -> tuple[Match, ...]:
    """Of somebody restricted the outcomes alone, and of the area nothing but that it must be checked."""
    found = judge.matches(entry)
    return tuple(map(_hidden, found)) if masked else found


def _hidden(match: Match) -> Match:
    is_place = match.need == NeedKey.DISTRICT
    outcome = MatchOutcome.TO_CHECK if is_place else match.outcome
    return match._replace(wanted="", has="", outcome=outcome, source="", checked_on=None, sentence="")


# -- why, and what if -----------------------------------------------------------------------------


def explained(view: View, entry_id: UUID, ranking: Ranking) -> Explanation:
    """«Hvorfor er X nr. 1?» Raises UserError for somebody who is not in the list."""
    said = view.allocation.words((entry_id,)).get(entry_id)
    entry = next((one for one in ranking.entries if one[0] == entry_id.bytes), None)
    if said is None or entry is None:
        raise UserError("Søkeren er ikke med i dette forslaget.", safe=_NOTHING)
    placed = ranking.placed(entry.id)
    name = said.applicant
    title = f"Hvorfor er {name} nr. {placed.place}?" if placed else f"Hvorfor er {name} ikke aktuell?"
    sentences = matching.why(entry, ranking)
    if said.is_masked:  # where in the list, and no more: the rest would tell what is known
        sentences = sentences[:1] if placed else ("Ikke aktuell.",)
    rules = ranking.judge.rules
    matches = matches_of(ranking.judge, entry, masked=said.is_masked)
    return Explanation(title, sentences, matches, rules.title, rules.version)


def compared(view: View, vacancy_id: UUID, before: Ranking, after: Ranking) -> Compared:
    found = matching.compare(before, after)
    groups = [group[:FULL_ROWS] for group in (found.came, found.gone, found.moved)]
    words = words_of(view, [one.id for group in groups for one in group])
    came, gone, moved = (
        tuple(_moved(one, words[uuid_of(one.id)]) for one in group if uuid_of(one.id) in words)
        for group in groups
    )
    return Compared(
        before=shown(view, vacancy_id, before, computed_at=view.now),
        after=shown(view, vacancy_id, after, computed_at=view.now),
        came=came,
        gone=gone,
        moved=moved,
        unchanged=found.unchanged,
    )


def _moved(one: Moved, said: EntryWords) -> MovedRow:
    sentence = one.sentence.split(".")[0] if said.is_masked else one.sentence
    name = MASKED_NAME if said.is_masked else said.applicant
    return MovedRow(said.entry_id, name, said.is_masked, one.before, one.after, sentence)
