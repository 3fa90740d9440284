"""The steps between a vacancy and an offer: a list kept with its rules, a choice and an answer held against them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boligdesk.domain import shortlists as snapshots
from boligdesk.domain.allocation_catalog import OfferAnswer
from boligdesk.domain.offers import OfferRuleError, check_choice, consequence_of
from boligdesk.services import shortlists as lists
from boligdesk.services.errors import InvalidInput, UserError
from boligdesk.services.ports.allocation import NewShortlist
from boligdesk.services.records.allocation import AfterAnswer
from boligdesk.services.rules import rule_set_in_force, text_to_keep

if TYPE_CHECKING:
    from uuid import UUID

    from boligdesk.domain.matching import Ranking
    from boligdesk.services.ports import View, Work
    from boligdesk.services.ports.allocation import OfferState, StoredShortlist
    from boligdesk.services.ports.cases import Stored

_NOTHING = "Ingenting er endret."
#: How many of those who stand before the chosen one are looked at: more than that is another list.
_BEFORE = 500


def freeze(
    unit: Work, vacancy_id: UUID, version: int, asked: tuple[UUID, ...] = ()
) -> tuple[Stored, Ranking]:
    """The list as it is now, kept with the rules it was made by."""
    judge = lists.judge_of(unit, vacancy_id)
    ranking = lists.ranked(unit, judge)
    here = {entry[0] for entry in ranking.entries}
    try:
        snapshot = snapshots.freeze(
            ranking,
            vacancy=unit.allocation.identity(vacancy_id),
            as_of=unit.today,
            asked=[one.bytes for one in asked if one.bytes in here],
        )
    except snapshots.ShortlistError as error:
        raise UserError(str(error), safe=_NOTHING) from None
    eligible = [
        (lists.uuid_of(found.id), found.place, "", found.unknown)
        for found in ranking.eligible[: lists.FULL_ROWS]
    ]
    near = [
        (lists.uuid_of(found.id), None, found.first_fail.value, 0)
        for found in ranking.near_misses[: lists.NEAR_MISSES]
    ]
    stored = unit.write_allocation.freeze_shortlist(
        version,
        NewShortlist(
            vacancy_id=vacancy_id,
            rule_set=judge.rules,
            rule_text=text_to_keep(unit, judge.rules),
            as_of_on=unit.today,
            engine=snapshots.ENGINE,
            snapshot=snapshot.packed,
            sha256=snapshot.sha256,
            considered=snapshot.considered,
            eligible=snapshot.eligible,
            rows=(*eligible, *near),
        ),
    )
    return stored, ranking


def list_of_now(unit: Work, vacancy_id: UUID, version: int, entry_id: UUID) -> tuple[UUID, int, Ranking]:
    """(shortlist, the vacancy's version, ranking): the kept list when it still is what the page shows, else a new.

    Whoever came after an older list was kept may stand first now, and is not to be passed over without a reason.
    """
    stored = unit.allocation.latest_shortlist(vacancy_id)
    if stored is not None and stored.ref.as_of_on == unit.today:
        kept = lists.replayed(unit, stored)
        if _says(kept) == _says(lists.ranked(unit, lists.judge_of(unit, vacancy_id))):
            return stored.ref.id, version, kept
    (shortlist_id, saved, _event), ranking = freeze(unit, vacancy_id, version, (entry_id,))
    return shortlist_id, saved, ranking


def _says(ranking: Ranking) -> tuple[object, ...]:
    """What a choice rests on: the rules, the demands, and who stands where."""
    judge = ranking.judge
    return judge.rules.sha256, judge.demands, [found.id for found in ranking.eligible]


def still_asked(view: View, stored: StoredShortlist) -> bool:
    """Whether the list was made by the demands that the vacancy has now."""
    found = lists.replayed(view, stored).judge.demands
    return found == lists.codes(view.allocation.demands(stored.vacancy_id))


def checked_choice(
    unit: Work, vacancy_id: UUID, entry_id: UUID, ranking: Ranking, reason: str
) -> tuple[int | None, tuple[UUID, ...]]:
    """(rank, those who are passed over). Raises UserError as the rules of an offer say.

    Those who have been offered the dwelling already, and those who no longer wait, stand in nobody's way.
    """
    order = [lists.uuid_of(found.id) for found in ranking.eligible]
    place = order.index(entry_id) if entry_id in order else 0
    before = order[max(0, place - _BEFORE) : place]
    waiting = unit.allocation.still_waiting((*before, entry_id))
    answered = unit.allocation.answered(vacancy_id)
    if entry_id not in waiting and entry_id not in answered:
        raise UserError(
            "Søkeren kan ikke få tilbud nå.",
            "Søkeren er på pause, eller godkjenningen gjelder ikke lenger.",
            _NOTHING,
            "Se søkeren i ventelisten.",
        )
    passed = tuple(one for one in before if one in waiting and one not in answered)
    try:
        check_choice(
            entry_id,
            order[max(0, place - _BEFORE) :],
            out=answered | {one for one in before if one not in waiting},
            reason=reason,
        )
    except OfferRuleError as error:
        raise refused(error) from None
    return place + 1, passed


def proposed(view: View, offer: OfferState, answer: str) -> AfterAnswer | None:
    if answer not in OfferAnswer.codes():
        raise InvalidInput("answer", "Svaret må være ja, nei eller ikke svart.")
    rules = rule_set_in_force(view, offer.sent_on or view.today)
    found = consequence_of(rules, answer, view.allocation.earlier_answers(offer.id, answer))
    if found is None:
        return None
    code = found.consequence
    return AfterAnswer(code.value, code.label, found.sentence.nb, found.needs_notice)


def refused(error: OfferRuleError) -> UserError:
    """The rules say what is wrong; one that asks for a reason is about that field."""
    said = str(error)
    is_asked = said.startswith("Skriv") or ". Skriv " in said
    return InvalidInput("reason", said) if is_asked else UserError(said, safe=_NOTHING)
