"""Everything about allocation that is written, in one place: vacancies, shortlists, offers, the queue."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from boligdesk.storage.writers.offers import OfferWriter
from boligdesk.storage.writers.shortlists import ShortlistWriter
from boligdesk.storage.writers.vacancies import VacancyWriter
from boligdesk.storage.writers.waiting import WaitingWriter

if TYPE_CHECKING:
    import datetime as dt
    from uuid import UUID

    from boligdesk.services.ports.allocation import AnswerGiven, NewOffer, NewShortlist, NewWaiting
    from boligdesk.services.records.allocation import Demands
    from boligdesk.storage.writer import Writer

Stored = tuple["UUID", int, "UUID | None"]


class AllocationWriter:
    """Each method as ``services.ports.allocation.AllocationWrites`` has it."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    @cached_property
    def _vacancies(self) -> VacancyWriter:
        return VacancyWriter(self._writer)

    @cached_property
    def _shortlists(self) -> ShortlistWriter:
        return ShortlistWriter(self._writer)

    @cached_property
    def _offers(self) -> OfferWriter:
        return OfferWriter(self._writer)

    @cached_property
    def _waiting(self) -> WaitingWriter:
        return WaitingWriter(self._writer)

    def report_vacancy(
        self, dwelling_id: UUID, free_from: dt.date, void_from: dt.date | None, remark: str
    ) -> Stored:
        return self._vacancies.report(dwelling_id, free_from, void_from, remark)

    def change_vacancy(self, vacancy_id: UUID, version: int, free_from: dt.date, remark: str) -> Stored:
        return self._vacancies.change(vacancy_id, version, free_from, remark)

    def set_demands(self, vacancy_id: UUID, version: int, demands: Demands) -> Stored:
        return self._vacancies.set_demands(vacancy_id, version, demands)

    def withdraw_vacancy(self, vacancy_id: UUID, version: int, reason: str) -> Stored:
        return self._vacancies.withdraw(vacancy_id, version, reason)

    def freeze_shortlist(self, version: int, new: NewShortlist) -> Stored:
        return self._shortlists.freeze(version, new)

    def send_to_team(
        self, vacancy_id: UUID, version: int, shortlist_id: UUID, entry_ids: tuple[UUID, ...]
    ) -> Stored:
        return self._shortlists.send_to_team(vacancy_id, version, shortlist_id, entry_ids)

    def hold(self, vacancy_id: UUID, entry_id: UUID) -> None:
        self._offers.hold(vacancy_id, entry_id)

    def choose(self, new: NewOffer) -> Stored:
        return self._offers.choose(new)

    def offer_sent(self, offer_id: UUID, sent_on: dt.date, reply_due_on: dt.date) -> None:
        self._offers.sent(offer_id, sent_on, reply_due_on)

    def answer(self, given: AnswerGiven) -> Stored:
        return self._offers.answer(given)

    def withdraw_offer(self, offer_id: UUID, version: int, reason: str) -> Stored:
        return self._offers.withdraw(offer_id, version, reason)

    def join_waiting(self, new: NewWaiting) -> UUID:
        return self._waiting.join(new)

    def join_by_hand(self, new: NewWaiting, reason: str) -> Stored:
        return self._waiting.join_by_hand(new, reason)

    def change_priority(self, entry_id: UUID, version: int, code: str, rank: int, reason: str) -> Stored:
        return self._waiting.change_priority(entry_id, version, code, rank, reason)

    def pause(self, entry_id: UUID, version: int, until: dt.date | None, reason: str) -> Stored:
        return self._waiting.pause(entry_id, version, until, reason)

    def resume(self, entry_id: UUID, version: int) -> Stored:
        return self._waiting.resume(entry_id, version)

    def leave_waiting(self, entry_id: UUID, version: int, state: str, reason: str) -> Stored:
        return self._waiting.leave(entry_id, version, state, reason)
