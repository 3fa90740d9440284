"""Tildeling: vacancies, the waiting list, explained shortlists, one offer at a time, answers.

The list is a proposal and a person decides. What was proposed is frozen with its rules before anybody is chosen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from boligdesk.domain import matching
from boligdesk.domain.access import Right
from boligdesk.domain.allocation_catalog import Consequence, OfferState
from boligdesk.domain.allocation_catalog import NeedKey as Need
from boligdesk.domain.catalog import DwellingStatus
from boligdesk.domain.letters import LetterState
from boligdesk.domain.matching import Entry
from boligdesk.domain.offers import (
    OfferRuleError,
    check_answer,
    check_withdraw,
)
from boligdesk.domain.text import clean_long
from boligdesk.services import allocation_checks as checks
from boligdesk.services import allocation_steps as steps
from boligdesk.services import shortlists as lists
from boligdesk.services.changes import Changes, Kind
from boligdesk.services.errors import InvalidInput, UserError
from boligdesk.services.impartial import require_impartial_in, require_impartial_to
from boligdesk.services.ports.allocation import AnswerGiven, NewOffer
from boligdesk.services.records.allocation import (
    AfterAnswer,
    OfferTerms,
    VacancyDetail,
    VacancyFilter,
    WaitingFilter,
)
from boligdesk.services.records.common import Saved, Sort
from boligdesk.services.rules import rule_set_in_force

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable
    from uuid import UUID

    from boligdesk.services.ports import View, Work
    from boligdesk.services.ports.cases import Stored
    from boligdesk.services.records.allocation import (
        AllocationCounts,
        Compared,
        Demands,
        Explanation,
        OfferRow,
        ShortlistView,
        VacancyDraft,
        VacancyRow,
        WaitingDraft,
        WaitingRow,
    )
    from boligdesk.services.records.common import Page
    from boligdesk.services.session import Session

_ALL = VacancyFilter()
_EVERYBODY = WaitingFilter()
_BY_STAGE, _IN_ORDER = Sort("stage"), Sort("order")
_NOTHING = "Ingenting er endret."


class Allocation:
    """Reading takes READ_PEOPLE. Every method raises NotFound for what the user may not see."""

    def __init__(self, session: Session) -> None:
        self._session = session

    # -- vacancies ------------------------------------------------------------------------------

    def counts(self) -> AllocationCounts:
        """The pipeline's heads and the figures of the waiting list."""
        return self._read(lambda view: view.allocation.counts())

    def vacancies(
        self, wanted: VacancyFilter = _ALL, sort: Sort = _BY_STAGE, offset: int = 0, limit: int = 200
    ) -> Page[VacancyRow]:
        """Sort keys: stage, free, address, void, bedrooms, rent, due. Unknown values last."""
        return self._read(lambda view: view.allocation.vacancies(wanted, sort, offset, limit))

    def vacancy(self, vacancy_id: UUID) -> VacancyDetail:
        """With the share of municipal dwellings and what must be found out before a shortlist is made."""

        def work(view: View) -> VacancyDetail:
            found = view.allocation.vacancy(vacancy_id)
            judge = lists.judge_of(view, vacancy_id)
            said = {match.need: match.sentence for match in judge.matches(Entry(b""))}
            return VacancyDetail(
                found.row,
                found.demands,
                found.facts,
                judge.missing_facts(),
                said.get(Need.NEIGHBOURHOOD, ""),
                found.shortlists,
                found.offers,
                found.remark,
            )

        return self._read(work)

    def report_vacancy(self, draft: VacancyDraft) -> Saved:
        """The dwelling is free from the day (today when none is said), unless works or the like hold it."""
        remark = checks.remark(draft.remark)

        def work(unit: Work) -> Stored:
            now = unit.dwellings.status(draft.dwelling_id)
            day = checks.free_from(draft.free_from or unit.today, unit.today)
            void = day
            if now.status is DwellingStatus.VACANT and now.since is not None:
                void = min(now.since, day)
            return unit.write_allocation.report_vacancy(draft.dwelling_id, day, void, remark)

        return self._write(Right.WRITE_DWELLINGS, work)

    def change_vacancy(self, draft: VacancyDraft) -> Saved:
        """Another day, another remark. Raises InvalidInput or ConflictError."""
        remark = checks.remark(draft.remark)

        def work(unit: Work) -> Stored:
            if draft.id is None or draft.free_from is None:
                raise InvalidInput("free_from", "Skriv dagen boligen er ledig fra.")
            day = checks.free_from(draft.free_from, unit.today)
            return unit.write_allocation.change_vacancy(draft.id, draft.version, day, remark)

        return self._write(Right.WRITE_DWELLINGS, work)

    def withdraw_vacancy(self, vacancy_id: UUID, version: int, reason: str) -> Saved:
        """Refused while somebody has an offer of the dwelling."""
        why = checks.reason(reason, "Skriv hvorfor boligen ikke skal tildeles nå.")
        return self._write(
            Right.WRITE_DWELLINGS,
            lambda unit: unit.write_allocation.withdraw_vacancy(vacancy_id, version, why),
        )

    def set_demands(self, vacancy_id: UUID, version: int, demands: Demands) -> Saved:
        """«Endre krav». What is left out must be said why. Raises InvalidInput or ConflictError."""

        def work(unit: Work) -> Stored:
            wanted = checks.demands(demands, rule_set_in_force(unit, unit.today))
            return unit.write_allocation.set_demands(vacancy_id, version, wanted)

        return self._write(Right.ALLOCATE, work)

    # -- shortlists -----------------------------------------------------------------------------

    def shortlist(self, vacancy_id: UUID, demands: Demands | None = None) -> ShortlistView:
        """Reckoned now by the rules of today; ``demands`` («Hva om?») without saving them."""

        def work(view: View) -> ShortlistView:
            ranking = lists.ranked(view, lists.judge_of(view, vacancy_id, demands))
            return lists.shown(view, vacancy_id, ranking, computed_at=view.now)

        return self._rank(work)

    def eligible(self, vacancy_id: UUID, demands: Demands | None = None) -> ShortlistView:
        """As ``shortlist``, quicker: the store leaves out whom the needs exclude, so nobody is told why."""

        def work(view: View) -> ShortlistView:
            judge = lists.judge_of(view, vacancy_id, demands)
            ranking = matching.rank(view.allocation.entries(matching.prefilter(judge)), judge)
            found = lists.shown(view, vacancy_id, ranking, computed_at=view.now)
            return lists.only_eligible(found, view.allocation.waiting_count())

        return self._rank(work)

    def compare(self, vacancy_id: UUID, demands: Demands) -> Compared:
        """«Hva om?» beside the list as it is. Nothing is saved."""

        def work(view: View) -> Compared:
            entries = view.allocation.entries()
            before = matching.rank(entries, lists.judge_of(view, vacancy_id))
            after = matching.rank(entries, lists.judge_of(view, vacancy_id, demands))
            return lists.compared(view, vacancy_id, before, after)

        return self._rank(work)

    def why(self, vacancy_id: UUID, entry_id: UUID, shortlist_id: UUID | None = None) -> Explanation:
        """«Hvorfor er X nr. 1?», in the list as it is now or in a frozen one."""

        def work(view: View) -> Explanation:
            if shortlist_id is None:
                ranking = lists.ranked(view, lists.judge_of(view, vacancy_id))
            else:
                ranking = lists.replayed(view, view.allocation.shortlist(shortlist_id))
            return lists.explained(view, entry_id, ranking)

        return self._rank(work)

    def frozen(self, shortlist_id: UUID) -> ShortlistView:
        """As it was: reckoned again from its own inputs and rules, never from what is known today."""

        def work(view: View) -> ShortlistView:
            stored = view.allocation.shortlist(shortlist_id)
            ranking = lists.replayed(view, stored)
            return lists.shown(
                view, stored.vacancy_id, ranking, computed_at=stored.ref.computed_at, ref=stored.ref
            )

        return self._rank(work)

    def freeze(self, vacancy_id: UUID, version: int) -> Saved:
        """Keep the list as it is now, with its rules. ``Saved``: the shortlist, the vacancy's new version."""
        with lists.undisturbed():
            return self._write(Right.ALLOCATE, lambda unit: steps.freeze(unit, vacancy_id, version)[0])

    def send_to_team(self, vacancy_id: UUID, version: int, entry_ids: tuple[UUID, ...]) -> Saved:
        """«Send n til inntaksteam», from the frozen list of today; one is frozen when there is none."""
        if not entry_ids:
            raise InvalidInput("entry_ids", "Velg minst én søker.")

        def work(unit: Work) -> Stored:
            stored = unit.allocation.latest_shortlist(vacancy_id)
            saved = version
            if stored is None or stored.ref.as_of_on != unit.today or not steps.still_asked(unit, stored):
                (shortlist_id, saved, _event), _ranking = steps.freeze(unit, vacancy_id, version)
            else:
                shortlist_id = stored.ref.id
            return unit.write_allocation.send_to_team(vacancy_id, saved, shortlist_id, entry_ids)

        return self._write(Right.ALLOCATE, work)

    # -- offers ---------------------------------------------------------------------------------

    def choose(
        self,
        vacancy_id: UUID,
        version: int,
        entry_id: UUID,
        reason: str = "",
        terms: OfferTerms | None = None,
    ) -> Saved:
        """The dwelling goes to this applicant: an offer is prepared, and the dwelling reserved.

        ``version`` is the vacancy's, ``Saved`` the offer's. Another than the first needs a written reason.
        Raises UserError when the dwelling, the applicant or the household has an offer already.
        """
        why = clean_long(reason)

        def work(unit: Work) -> Stored:
            unit.write_allocation.hold(vacancy_id, entry_id)  # before anything: two desks meet here
            require_impartial_to(unit, self._session.user, entry_id)
            said = checks.terms(terms or OfferTerms(), unit.today)
            shortlist_id, saved, ranking = steps.list_of_now(unit, vacancy_id, version, entry_id)
            rank, passed = steps.checked_choice(unit, vacancy_id, entry_id, ranking, why)
            is_other = bool(passed)
            return unit.write_allocation.choose(
                NewOffer(
                    vacancy_id=vacancy_id,
                    vacancy_version=saved,
                    entry_id=entry_id,
                    shortlist_id=shortlist_id,
                    rank=rank,
                    chosen_reason=checks.reason(why, "Skriv hvorfor.") if is_other else why,
                    terms=said,
                    passed=passed,
                )
            )

        return self._write(Right.ALLOCATE, work)

    def offers(self, states: tuple[str, ...] = (), offset: int = 0, limit: int = 200) -> Page[OfferRow]:
        """``states`` empty = the live ones. What is due first stands first."""
        return self._read(lambda view: view.allocation.offers(states, offset, limit))

    def offer(self, offer_id: UUID) -> OfferRow:
        return self._read(lambda view: view.allocation.offer(offer_id))

    def offers_of_case(self, case_id: UUID) -> tuple[OfferRow, ...]:
        """Newest first."""
        return self._read(lambda view: view.allocation.offers_of_case(case_id))

    def proposed(self, offer_id: UUID, answer: str) -> AfterAnswer | None:
        """What the rules propose after a no or a silence; None after a yes."""

        def work(view: View) -> AfterAnswer | None:
            return steps.proposed(view, view.allocation.offer_state(offer_id), answer)

        return self._read(work)

    def answer(
        self,
        offer_id: UUID,
        version: int,
        answer: str,
        answered_on: dt.date,
        reason: str = "",
        consequence: str | None = None,
    ) -> Saved:
        """Yes, no, or that nobody answered: a person says so, never the clock.

        A no and a silence need a reason. ``consequence`` None = as the rules propose; nothing but the note of
        it happens by itself. The dwelling is free again, and the next candidate is to be chosen.
        """
        why = clean_long(reason)

        def work(unit: Work) -> Stored:
            offer = unit.allocation.offer_state(offer_id)
            require_impartial_in(unit, self._session.user, offer.case_id)
            try:
                check_answer(
                    OfferState(offer.state),
                    answer,
                    answered_on=answered_on,
                    today=unit.today,
                    sent_on=offer.sent_on,
                    reply_due_on=offer.reply_due_on,
                    reason=why,
                )
            except OfferRuleError as error:
                raise steps.refused(error) from None
            proposed = steps.proposed(unit, offer, answer)
            code = proposed.consequence if proposed is not None else ""
            if consequence is not None and proposed is not None:
                code = consequence
            if code and code not in Consequence.codes():
                raise InvalidInput("consequence", "Velg hva svaret skal føre til.")
            follow_up = bool(code) and code != Consequence.KEEPS
            given = AnswerGiven(offer_id, version, answer, answered_on, why, code, follow_up)
            return unit.write_allocation.answer(given)

        return self._write(Right.ALLOCATE, work)

    def withdraw_offer(self, offer_id: UUID, version: int, reason: str) -> Saved:
        """The dwelling is free again. After sending only with a finished letter to the applicant."""
        why = checks.reason(reason, "Skriv hvorfor tilbudet trekkes.")

        def work(unit: Work) -> Stored:
            offer = unit.allocation.offer_state(offer_id)
            require_impartial_in(unit, self._session.user, offer.case_id)
            try:
                check_withdraw(OfferState(offer.state), reason=why, letter_finalised=offer.has_later_letter)
            except OfferRuleError as error:
                raise steps.refused(error) from None
            if offer.state == OfferState.PREPARED and offer.letter_status == LetterState.FINALISED:
                raise UserError(
                    "Brevet med tilbudet er ferdigstilt.", safe=_NOTHING, todo="Trekk brevet tilbake først."
                )
            return unit.write_allocation.withdraw_offer(offer_id, version, why)

        return self._write(Right.ALLOCATE, work)

    # -- the waiting list -----------------------------------------------------------------------

    def waiting(
        self, wanted: WaitingFilter = _EVERYBODY, sort: Sort = _IN_ORDER, offset: int = 0, limit: int = 200
    ) -> Page[WaitingRow]:
        """Sort keys: order, name, since, valid, bedrooms, offers, state."""
        return self._read(lambda view: view.allocation.waiting(wanted, sort, offset, limit))

    def waiting_row(self, entry_id: UUID) -> WaitingRow:
        return self._read(lambda view: view.allocation.waiting_row(entry_id))

    def priority_classes(self) -> tuple[tuple[str, str], ...]:
        """(code, label) of the classes in the rules of today, first first."""

        def work(view: View) -> tuple[tuple[str, str], ...]:
            rules = rule_set_in_force(view, view.today)
            return tuple((found.code, found.label.nb) for found in rules.priority)

        return self._read(work)

    def districts(self) -> tuple[tuple[str, str], ...]:
        """(code, name) of the areas in use: ``WaitingFilter.district`` is the code."""
        return self._read(lambda view: view.assessment.districts())

    def change_priority(self, entry_id: UUID, version: int, code: str, reason: str) -> Saved:
        """Another class than the rules gave, with the reason for it."""
        why = checks.reason(reason, "Skriv hvorfor prioriteten endres.")

        def work(unit: Work) -> Stored:
            require_impartial_to(unit, self._session.user, entry_id)
            found = checks.priority_class(rule_set_in_force(unit, unit.today), code)
            return unit.write_allocation.change_priority(entry_id, version, found.code, found.rank, why)

        return self._write(Right.ALLOCATE, work)

    def pause(self, entry_id: UUID, version: int, until: dt.date | None, reason: str) -> Saved:
        """Out of shortlists until the day, or until somebody resumes. Refused while there is an offer."""
        why = checks.reason(reason, "Skriv hvorfor søkeren settes på pause.")

        def work(unit: Work) -> Stored:
            require_impartial_to(unit, self._session.user, entry_id)
            last = checks.pause_until(until, unit.today)
            return unit.write_allocation.pause(entry_id, version, last, why)

        return self._write(Right.ALLOCATE, work)

    def resume(self, entry_id: UUID, version: int) -> Saved:
        return self._write(Right.ALLOCATE, lambda unit: unit.write_allocation.resume(entry_id, version))

    def leave_waiting(self, entry_id: UUID, version: int, state: str, reason: str) -> Saved:
        """``state``: bortfalt, trukket, bosatt. Refused while there is an offer."""
        left = checks.leaving(state)
        why = checks.reason(reason, "Skriv hvorfor søkeren ikke lenger venter.")

        def work(unit: Work) -> Stored:
            require_impartial_to(unit, self._session.user, entry_id)
            return unit.write_allocation.leave_waiting(entry_id, version, left, why)

        return self._write(Right.ALLOCATE, work)

    def join_waiting_by_hand(self, draft: WaitingDraft) -> Saved:
        """Somebody approved before this program: from a case without a letter, with where the approval stands."""
        why = checks.reason(draft.reason, "Skriv hvor godkjenningen står.")

        def work(unit: Work) -> Stored:
            require_impartial_in(unit, self._session.user, draft.case_id)
            new = checks.by_hand(unit, draft, rule_set_in_force(unit, unit.today))
            return unit.write_allocation.join_by_hand(new, why)

        return self._write(Right.ALLOCATE, work)

    # -- inside ---------------------------------------------------------------------------------

    def _rank(self, work: Callable[[View], lists.T]) -> lists.T:
        """As ``_read``, of what goes through the whole waiting list."""
        with lists.undisturbed():
            return self._read(work)

    def _read(self, work: Callable[[View], lists.T]) -> lists.T:
        self._session.require(Right.READ_PEOPLE)
        return self._session.read(work)

    def _write(self, right: Right, work: Callable[[Work], Stored]) -> Saved:
        root, version, event = self._session.write(right, work)
        kinds = frozenset({Kind.ALLOCATION, Kind.DWELLING, Kind.TASK, Kind.CASE})
        return Saved(root, version, Changes(kinds, frozenset({root})), event)
