"""Everything about allocation that is read, in one place: vacancies, the queue, shortlists, offers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boligdesk.services.records.allocation import AllocationCounts
from boligdesk.storage.queries.offers import OfferQueries
from boligdesk.storage.queries.shortlists import ShortlistQueries
from boligdesk.storage.queries.vacancies import VacancyQueries
from boligdesk.storage.queries.waiting import WaitingQueries

if TYPE_CHECKING:
    from uuid import UUID

    from boligdesk.domain.matching import Column, Entry, Profile
    from boligdesk.services.ports.allocation import EntryWords, OfferState, StoredShortlist
    from boligdesk.services.records.allocation import (
        Demands,
        OfferRow,
        VacancyDetail,
        VacancyFilter,
        VacancyRow,
        WaitingFilter,
        WaitingRow,
    )
    from boligdesk.services.records.common import Page, Sort
    from boligdesk.storage.reader import Reader


class AllocationQueries:
    """Each method as ``services.ports.allocation.AllocationReads`` has it."""

    def __init__(self, reader: Reader) -> None:
        self._vacancies = VacancyQueries(reader)
        self._shortlists = ShortlistQueries(reader)
        self._waiting = WaitingQueries(reader)
        self._offers = OfferQueries(reader)

    def counts(self) -> AllocationCounts:
        by_stage, moved_in = self._vacancies.by_stage()
        waiting, median = self._waiting.median_days()
        return AllocationCounts(by_stage, waiting, median, self._offers.out_now(), moved_in)

    def vacancies(self, wanted: VacancyFilter, sort: Sort, offset: int, limit: int) -> Page[VacancyRow]:
        return self._vacancies.page(wanted, sort, offset, limit)

    def vacancy(self, vacancy_id: UUID) -> VacancyDetail:
        return self._vacancies.detail(
            vacancy_id, self._shortlists.of_vacancy(vacancy_id), self._offers.of_vacancy(vacancy_id)
        )

    def profile(self, vacancy_id: UUID) -> Profile:
        return self._vacancies.profile(vacancy_id)

    def identity(self, vacancy_id: UUID) -> dict[str, str]:
        return self._vacancies.identity(vacancy_id)

    def demands(self, vacancy_id: UUID) -> Demands:
        return self._vacancies.demands(vacancy_id)

    def entries(self, prefilter: tuple[Column, ...] = ()) -> list[Entry]:
        return self._shortlists.entries(prefilter)

    def waiting_count(self) -> int:
        return self._shortlists.count()

    def still_waiting(self, entry_ids: tuple[UUID, ...]) -> frozenset[UUID]:
        return self._shortlists.still_waiting(entry_ids)

    def words(self, entry_ids: tuple[UUID, ...]) -> dict[UUID, EntryWords]:
        return self._shortlists.words(entry_ids)

    def shortlist(self, shortlist_id: UUID) -> StoredShortlist:
        return self._shortlists.stored(shortlist_id)

    def latest_shortlist(self, vacancy_id: UUID) -> StoredShortlist | None:
        return self._shortlists.latest(vacancy_id)

    def answered(self, vacancy_id: UUID) -> frozenset[UUID]:
        return self._shortlists.answered(vacancy_id)

    def waiting(self, wanted: WaitingFilter, sort: Sort, offset: int, limit: int) -> Page[WaitingRow]:
        return self._waiting.page(wanted, sort, offset, limit)

    def waiting_row(self, entry_id: UUID) -> WaitingRow:
        return self._waiting.row(entry_id)

    def offer(self, offer_id: UUID) -> OfferRow:
        return self._offers.row(offer_id)

    def offer_state(self, offer_id: UUID) -> OfferState:
        return self._offers.state(offer_id)

    def offers(self, states: tuple[str, ...], offset: int, limit: int) -> Page[OfferRow]:
        return self._offers.page(states, offset, limit)

    def offers_of_case(self, case_id: UUID) -> tuple[OfferRow, ...]:
        return self._offers.of_case(case_id)

    def earlier_answers(self, offer_id: UUID, answer: str) -> int:
        return self._offers.earlier_answers(offer_id, answer)
