"""Vacancies, waiting list, shortlists and offers, as the services see them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import datetime as dt
    from uuid import UUID

    from boligdesk.domain.matching import Entry, Profile
    from boligdesk.services.ports.cases import Stored
    from boligdesk.services.records.allocation import (
        AllocationCounts,
        Demands,
        OfferRow,
        OfferTerms,
        ShortlistRef,
        VacancyDetail,
        VacancyFilter,
        VacancyRow,
        WaitingFilter,
        WaitingRow,
    )
    from boligdesk.services.records.common import Page, Sort


@dataclass(frozen=True, slots=True)
class EntryWords:
    """What a shortlist row says of an entry besides its inputs; masked where the viewer may not see it."""

    entry_id: UUID
    case_id: UUID | None
    case_number: str
    applicant: str
    is_masked: bool
    priority_class: str
    priority_reasons: tuple[str, ...]
    waiting_since: dt.date
    has_live_offer: bool


@dataclass(frozen=True, slots=True)
class NewWaiting:
    """An approval going into the queue: the wide row of model.md 1.10, worked out by the service."""

    case_id: UUID
    vedtak_id: UUID | None
    rule_edition_id: UUID | None
    priority_class: str
    priority_rank: int
    priority_reasons: tuple[str, ...]
    overridden_reason: str
    waiting_since: dt.date
    valid_from: dt.date
    valid_to: dt.date | None
    bedrooms_min: int | None
    bedrooms_max: int | None
    persons: int | None
    children: int | None
    max_rent_ore: int | None
    step_free: int | None
    lift_or_ground: int | None
    wheelchair: int | None
    staffed: int | None
    shielded: int | None
    pets: int | None
    districts_wish: str
    districts_no: str


@dataclass(frozen=True, slots=True)
class NewShortlist:
    """A computed shortlist to freeze. ``rows``: (entry, rank or None, first failing need or "", unknowns)."""

    vacancy_id: UUID
    rule_edition_id: UUID
    as_of_on: dt.date
    engine: str
    snapshot: bytes
    sha256: str
    considered: int
    eligible: int
    rows: tuple[tuple[UUID, int | None, str, int], ...]


@dataclass(frozen=True, slots=True)
class NewOffer:
    vacancy_id: UUID
    vacancy_version: int
    entry_id: UUID
    shortlist_id: UUID | None
    rank: int | None
    chosen_reason: str
    terms: OfferTerms


@dataclass(frozen=True, slots=True)
class OfferState:
    """What the rules of an offer look at."""

    id: UUID
    version: int
    state: str
    is_live: bool
    vacancy_id: UUID
    dwelling_id: UUID
    case_id: UUID
    entry_id: UUID
    letter_id: UUID | None
    sent_on: dt.date | None
    reply_due_on: dt.date | None


class AllocationReads(Protocol):
    def counts(self) -> AllocationCounts: ...
    def vacancies(self, wanted: VacancyFilter, sort: Sort, offset: int, limit: int) -> Page[VacancyRow]: ...
    def vacancy(self, vacancy_id: UUID) -> VacancyDetail:
        """Raises NotFound. ``share_text`` is filled in by the service."""
        ...

    def profile(self, vacancy_id: UUID) -> Profile:
        """What the rules see of the dwelling, with source and date of each fact."""
        ...

    def entries(self, prefilter: tuple[tuple[str, str, object], ...] = ()) -> list[Entry]:
        """Live, active entries in the viewer's lists as plain tuples; strengt fortrolig never. Order: any."""
        ...

    def words(self, entry_ids: tuple[UUID, ...]) -> dict[UUID, EntryWords]: ...
    def waiting(self, wanted: WaitingFilter, sort: Sort, offset: int, limit: int) -> Page[WaitingRow]: ...
    def waiting_row(self, entry_id: UUID) -> WaitingRow:
        """Raises NotFound."""
        ...

    def offer(self, offer_id: UUID) -> OfferRow: ...
    def offer_state(self, offer_id: UUID) -> OfferState: ...
    def offers(self, states: tuple[str, ...], offset: int, limit: int) -> Page[OfferRow]: ...
    def offers_of_case(self, case_id: UUID) -> tuple[OfferRow, ...]: ...
    def shortlist(self, shortlist_id: UUID) -> tuple[ShortlistRef, UUID, bytes]:
        """(reference, vacancy, snapshot bytes)."""
        ...

    def latest_shortlist(self, vacancy_id: UUID) -> UUID | None: ...
    def shortlist_rank(self, shortlist_id: UUID, entry_id: UUID) -> int | None:
        """Rank in the frozen shortlist. Raises NotFound when the entry does not stand in it."""
        ...


class AllocationWrites(Protocol):
    def report_vacancy(
        self, dwelling_id: UUID, free_from: dt.date, void_from: dt.date | None, remark: str
    ) -> Stored:
        """Refused (UserError) when the dwelling has a live vacancy or is gone."""
        ...

    def change_vacancy(self, vacancy_id: UUID, version: int, free_from: dt.date, remark: str) -> Stored: ...
    def set_demands(self, vacancy_id: UUID, version: int, demands: Demands) -> Stored: ...
    def withdraw_vacancy(self, vacancy_id: UUID, version: int, reason: str) -> Stored: ...
    def freeze_shortlist(self, version: int, new: NewShortlist) -> Stored:
        """(shortlist, vacancy's new version, event)."""
        ...

    def send_to_team(
        self, vacancy_id: UUID, version: int, shortlist_id: UUID, entry_ids: tuple[UUID, ...]
    ) -> Stored: ...
    def choose(self, new: NewOffer) -> Stored:
        """(offer, version, event): dwelling reservert, entry tilbud. Guarded by three unique indexes.

        The second of two desks gets a UserError that says the dwelling or the applicant has an offer already.
        """
        ...

    def offer_sent(self, offer_id: UUID, sent_on: dt.date, reply_due_on: dt.date) -> None: ...
    def answer(
        self,
        offer_id: UUID,
        version: int,
        answer: str,
        answered_on: dt.date,
        reason: str,
        consequence: str,
    ) -> Stored: ...
    def withdraw_offer(self, offer_id: UUID, version: int, reason: str) -> Stored: ...
    def join_waiting(self, new: NewWaiting) -> UUID:
        """Under the event that is open: the queue row of the case is made or saved."""
        ...

    def change_priority(self, entry_id: UUID, version: int, code: str, rank: int, reason: str) -> Stored: ...
    def pause(self, entry_id: UUID, version: int, until: dt.date | None, reason: str) -> Stored: ...
    def resume(self, entry_id: UUID, version: int) -> Stored: ...
    def leave_waiting(self, entry_id: UUID, version: int, state: str, reason: str) -> Stored: ...
