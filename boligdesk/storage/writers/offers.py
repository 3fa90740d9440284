"""Offers: one at a time per dwelling, applicant and household, whoever is quickest.

The dwelling and the applicant's row in the queue are locked before anybody looks; three unique indexes stop
what no look can see (two people of one household). The dwelling's status and the queue follow.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import or_, select

from boligdesk.domain.allocation_catalog import OfferAnswer, OfferState, WaitingState
from boligdesk.domain.catalog import Protection, TaskKind
from boligdesk.domain.letters import LetterState
from boligdesk.domain.offers import REPLY_RULE
from boligdesk.services.errors import NotFound, UserError
from boligdesk.services.ports.cases import NewTask
from boligdesk.storage.driver_errors import taken
from boligdesk.storage.letter_rows import to_json
from boligdesk.storage.policies import openable
from boligdesk.storage.tables import Deadline, Letter, Offer, Vacancy, WaitingEntry
from boligdesk.storage.writers.case_rows import case_for_write
from boligdesk.storage.writers.deadlines import add_task, meet, refresh_next_due
from boligdesk.storage.writers.letter_rows import end_tasks
from boligdesk.storage.writers.shortlists import mark_chosen
from boligdesk.storage.writers.vacancies import (
    NOTHING,
    live_vacancy,
    lock_dwelling,
    refresh_stage,
    release,
    reserve,
)

if TYPE_CHECKING:
    import datetime as dt

    from boligdesk.services.ports.allocation import AnswerGiven, NewOffer
    from boligdesk.services.records.allocation import OfferTerms
    from boligdesk.storage.writer import Writer
    from boligdesk.storage.writers.case_rows import CaseForWrite

Stored = tuple[UUID, int, UUID | None]

OFFER = "offer"
_ENDED = {
    OfferAnswer.NO.value: OfferState.REFUSED.value,
    OfferAnswer.NONE.value: OfferState.UNANSWERED.value,
}
_DRAFTS = (LetterState.DRAFT.value, LetterState.TO_APPROVAL.value, LetterState.APPROVED.value)
_LETTER_TASKS = (TaskKind.APPROVE_LETTER, TaskKind.CORRECT_LETTER, TaskKind.FINISH_LETTER)


class OfferWriter:
    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def hold(self, vacancy_id: UUID, entry_id: UUID) -> Any:
        """Lock the dwelling and the applicant. Raises UserError when either, or the household, has an offer."""
        writer = self._writer
        vacancy = live_vacancy(writer, vacancy_id)
        lock_dwelling(writer, vacancy.dwelling_id)
        entry = self._entry(entry_id)
        live = select(Offer.id).where(Offer.ended_at.is_(None)).limit(1)
        if writer.first(live.where(Offer.dwelling_id == vacancy.dwelling_id)) is not None:
            raise taken("uq_offer_dwelling")
        if writer.first(live.where(Offer.applicant_id == entry.applicant_id)) is not None:
            raise taken("uq_offer_applicant")
        home = entry.household_id
        if home is not None and writer.first(live.where(Offer.household_id == home)) is not None:
            raise taken("uq_offer_household")
        return entry

    def _entry(self, entry_id: UUID) -> Any:
        """The applicant's row, locked. Strengt fortrolig is allocated on its own, never from a shared list."""
        writer = self._writer
        statement = select(WaitingEntry.__table__).where(
            WaitingEntry.id == entry_id, openable(WaitingEntry, writer.viewer)
        )
        entry = writer.first(statement if writer.is_sqlite else statement.with_for_update())
        if entry is None:
            raise NotFound
        if entry.protection >= Protection.STRICT.level:
            raise UserError("Søkeren kan ikke velges fra et felles forslag.", safe=NOTHING)
        if entry.ended_at is not None:
            raise UserError("Søkeren står ikke lenger på ventelisten.", safe=NOTHING)
        return entry

    def choose(self, new: NewOffer) -> Stored:
        """(offer, version, event)."""
        writer = self._writer
        entry = self.hold(new.vacancy_id, new.entry_id)
        vacancy = live_vacancy(writer, new.vacancy_id)
        case = case_for_write(writer, entry.case_id)
        offer_id = writer.new_id()
        params = {"rank": new.rank, "reason": new.chosen_reason}
        event = self._event("choose_candidate", case, offer_id, params)
        writer.step(Vacancy, new.vacancy_id, new.vacancy_version)
        writer.insert(
            Offer,
            id=offer_id,
            vacancy_id=new.vacancy_id,
            dwelling_id=vacancy.dwelling_id,
            waiting_entry_id=entry.id,
            case_id=case.id,
            applicant_id=entry.applicant_id,
            household_id=entry.household_id,
            shortlist_id=new.shortlist_id,
            rank=new.rank,
            chosen_reason=new.chosen_reason or None,
            state=OfferState.PREPARED.value,
            terms=_terms(new.terms),
            list_scope_id=case.shown,
            read_scope_id=case.scope[0],
        )
        writer.flush()
        if new.shortlist_id is not None and new.rank is not None:
            mark_chosen(writer, new.shortlist_id, entry.id, new.rank, new.passed, new.chosen_reason)
        writer.change(
            WaitingEntry,
            entry.id,
            None,
            state=WaitingState.OFFERED.value,
            paused_to=None,
            offers_made=entry.offers_made + 1,
        )
        reserve(writer, vacancy.dwelling_id)
        end_tasks(writer, new.vacancy_id, TaskKind.NEXT_CANDIDATE)
        refresh_stage(writer, new.vacancy_id)
        return offer_id, 1, event

    def sent(self, offer_id: UUID, sent_on: dt.date, reply_due_on: dt.date) -> None:
        """Under the event of the letter: the offer runs from the day it was sent."""
        writer = self._writer
        writer.flush()
        offer = self._stored(offer_id)
        letter_id = writer.scalar(
            select(Letter.id)
            .where(Letter.offer_id == offer_id, Letter.ended_at.is_(None))
            .order_by(Letter.sent_on.desc().nulls_last(), Letter.id.desc())
            .limit(1)
        )
        state = {"state": OfferState.SENT.value} if offer.state == OfferState.PREPARED else {}
        writer.change(
            Offer, offer_id, None, sent_on=sent_on, reply_due_on=reply_due_on, letter_id=letter_id, **state
        )
        refresh_stage(writer, offer.vacancy_id)

    def answer(self, given: AnswerGiven) -> Stored:
        """Yes keeps dwelling and applicant bound until the tenancy runs; no and silence let both go."""
        writer = self._writer
        offer = self._stored(given.offer_id)
        case = case_for_write(writer, offer.case_id)
        event = self._event(
            "answer_offer",
            case,
            offer.id,
            {
                "answer": given.answer,
                "answered_on": given.answered_on.isoformat(),
                "consequence": given.consequence,
            },
        )
        values: dict[str, Any] = {
            "answer": given.answer,
            "answered_on": given.answered_on,
            "answer_reason": given.reason or None,
            "consequence": given.consequence or None,
        }
        is_yes = given.answer == OfferAnswer.YES
        if is_yes:
            values |= {"state": OfferState.ACCEPTED.value, "accepted_at": writer.now}
        else:
            values |= {"state": _ENDED[given.answer], "ended_at": writer.now}
        saved = writer.change(Offer, offer.id, given.version, **values)
        self._reply_came(offer.id, event)
        if is_yes:
            self._task(case, TaskKind.MAKE_CONTRACT, case.assignee_id, (OFFER, offer.id))
        else:
            self._let_go(offer)
            owner = writer.viewer.user_id
            self._task(case, TaskKind.NEXT_CANDIDATE, owner, ("vacancy", offer.vacancy_id))
            if given.follow_up:
                self._task(case, TaskKind.FOLLOW_UP, case.assignee_id, (OFFER, offer.id))
        refresh_stage(writer, offer.vacancy_id)
        refresh_next_due(writer, case.id)
        return offer.id, saved, event

    def withdraw(self, offer_id: UUID, version: int, reason: str) -> Stored:
        """Drafts of its letter go with it; the service has seen to it that no finished one is left hanging."""
        writer = self._writer
        offer = self._stored(offer_id)
        case = case_for_write(writer, offer.case_id, closed_too=True)
        event = self._event("withdraw_offer", case, offer_id, {"reason": reason})
        saved = writer.change(
            Offer,
            offer_id,
            version,
            state=OfferState.WITHDRAWN.value,
            ended_at=writer.now,
            end_reason=reason,
        )
        for letter in writer.rows(
            select(Letter.id).where(
                Letter.offer_id == offer_id, Letter.ended_at.is_(None), Letter.status.in_(_DRAFTS)
            )
        ):
            writer.change(Letter, letter.id, None, ended_at=writer.now, end_reason=reason)
            end_tasks(writer, letter.id, *_LETTER_TASKS, done=False)
        self._reply_came(offer_id, event)
        self._let_go(offer)
        end_tasks(writer, offer_id, TaskKind.MAKE_CONTRACT, TaskKind.FOLLOW_UP, done=False)
        refresh_stage(writer, offer.vacancy_id)
        refresh_next_due(writer, case.id)
        return offer_id, saved, event

    # -- inside ---------------------------------------------------------------------------------

    def _stored(self, offer_id: UUID) -> Any:
        self._writer.flush()
        row = self._writer.first(
            select(Offer.__table__).where(Offer.id == offer_id, openable(Offer, self._writer.viewer))
        )
        if row is None:
            raise NotFound
        return row

    def _event(self, verb: str, case: CaseForWrite, offer_id: UUID, params: dict[str, Any]) -> UUID:
        return self._writer.event(
            verb,
            OFFER,
            offer_id,
            scope=case.scope,
            case_id=case.id,
            person_id=case.applicant_id,
            params=params,
        )

    def _task(
        self, case: CaseForWrite, kind: TaskKind, owner: UUID | None, subject: tuple[str, UUID]
    ) -> None:
        add_task(self._writer, case, NewTask(kind, self._writer.today), owner, subject=subject)

    def _reply_came(self, offer_id: UUID, event: UUID) -> None:
        """The deadline for the answer and the task that followed it are done."""
        writer = self._writer
        writer.flush()
        deadlines = select(Deadline.id).where(
            Deadline.subject_id == offer_id, Deadline.rule_key == REPLY_RULE, Deadline.ended_at.is_(None)
        )
        for row in writer.rows(deadlines):
            meet(writer, row.id, event)
        end_tasks(writer, offer_id, TaskKind.OFFER_REPLY)

    def _let_go(self, offer: Any) -> None:
        """The dwelling is free again, and the applicant waits as before."""
        writer = self._writer
        release(writer, offer.dwelling_id)
        entry = writer.first(
            select(WaitingEntry.state, WaitingEntry.ended_at).where(WaitingEntry.id == offer.waiting_entry_id)
        )
        if entry is not None and entry.ended_at is None and entry.state == WaitingState.OFFERED:
            writer.change(WaitingEntry, offer.waiting_entry_id, None, state=WaitingState.ACTIVE.value)


def has_live_offer(writer: Writer, entry: Any) -> bool:
    """Whether the applicant or somebody in the household has an offer now."""
    mine = [Offer.applicant_id == entry.applicant_id]
    if entry.household_id is not None:
        mine.append(Offer.household_id == entry.household_id)
    return writer.first(select(Offer.id).where(Offer.ended_at.is_(None), or_(*mine)).limit(1)) is not None


def _terms(terms: OfferTerms) -> dict[str, Any]:
    """Amounts and days as the letter reads them."""
    found = {
        "rent_ore": terms.rent_ore,
        "deposit_ore": terms.deposit_ore,
        "move_in_on": terms.move_in_on,
        "viewing": terms.viewing or None,
        "term_months": terms.term_months,
    }
    return to_json({key: value for key, value in found.items() if value is not None})
