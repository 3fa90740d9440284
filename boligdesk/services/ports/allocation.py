"""Vacancies, waiting list, shortlists and offers, as the services see them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import datetime as dt
    from uuid import UUID

    from boligdesk.domain.matching import Column, Entry, Profile
    from boligdesk.domain.rule_sets import RuleSet
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
    """A computed shortlist to freeze. ``rows``: (entry, rank or None, first failing need or "", unknowns).

    ``rule_text`` is the rule file as it is to be kept, "" when these rules are kept already.
    """

    vacancy_id: UUID
    rule_set: RuleSet
    rule_text: str
    as_of_on: dt.date
    engine: str
    snapshot: bytes
    sha256: str
    considered: int
    eligible: int
    rows: tuple[tuple[UUID, int | None, str, int], ...]


@dataclass(frozen=True, slots=True)
class StoredShortlist:
    """A frozen list with what it takes to reckon it again."""

    ref: ShortlistRef
    vacancy_id: UUID
    rule_edition_id: UUID
    packed: bytes


@dataclass(frozen=True, slots=True)
class NewOffer:
    vacancy_id: UUID
    vacancy_version: int
    entry_id: UUID
    shortlist_id: UUID | None
    rank: int | None
    chosen_reason: str
    terms: OfferTerms
    passed: tuple[UUID, ...] = ()
    """Eligible ones who stood before, and are passed over for the reason."""


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
    letter_status: str
    """Status of the newest letter with the offer; "" = none is begun."""
    has_later_letter: bool
    """The applicant has got, or is about to get, a finished letter after the offer was sent."""


@dataclass(frozen=True, slots=True)
class AnswerGiven:
    """A checked answer. ``follow_up``: the applicant must have notice before the consequence."""

    offer_id: UUID
    version: int
    answer: str
    answered_on: dt.date
    reason: str
    consequence: str
    follow_up: bool


class AllocationReads(Protocol):
    def counts(self) -> AllocationCounts: ...
    def vacancies(self, wanted: VacancyFilter, sort: Sort, offset: int, limit: int) -> Page[VacancyRow]: ...
    def vacancy(self, vacancy_id: UUID) -> VacancyDetail:
        """Raises NotFound. ``share_text`` is filled in by the service."""
        ...

    def profile(self, vacancy_id: UUID) -> Profile:
        """What the rules see of the dwelling, with source and date of each fact."""
        ...

    def identity(self, vacancy_id: UUID) -> dict[str, str]:
        """What names the vacancy and the dwelling in a snapshot. Raises NotFound."""
        ...

    def demands(self, vacancy_id: UUID) -> Demands:
        """Raises NotFound."""
        ...

    def entries(self, prefilter: tuple[Column, ...] = ()) -> list[Entry]:
        """Live, active entries in the viewer's lists as plain tuples; strengt fortrolig never. Order: any.

        Ids are the bytes of the uuid on both engines. Restricted entries have the class alone as their label.
        """
        ...

    def waiting_count(self) -> int:
        """How many ``entries`` gives without a filter."""
        ...

    def still_waiting(self, entry_ids: tuple[UUID, ...]) -> frozenset[UUID]:
        """Those of them that ``entries`` would give now."""
        ...

    def answered(self, vacancy_id: UUID) -> frozenset[UUID]:
        """Entries whose offer of this vacancy ended with a no or without an answer."""
        ...

    def earlier_answers(self, offer_id: UUID, answer: str) -> int:
        """How many other offers the same applicant has answered so."""
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
    def shortlist(self, shortlist_id: UUID) -> StoredShortlist:
        """Raises NotFound."""
        ...

    def latest_shortlist(self, vacancy_id: UUID) -> StoredShortlist | None: ...


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
    def hold(self, vacancy_id: UUID, entry_id: UUID) -> None:
        """Lock the dwelling and the applicant until the transaction ends.

        Raises UserError when one of them, or somebody in the household, has an offer already.
        """
        ...

    def choose(self, new: NewOffer) -> Stored:
        """(offer, version, event): dwelling reservert, entry tilbud. Guarded by three unique indexes.

        The second of two desks gets a UserError that says the dwelling or the applicant has an offer already.
        """
        ...

    def offer_sent(self, offer_id: UUID, sent_on: dt.date, reply_due_on: dt.date) -> None: ...
    def answer(self, given: AnswerGiven) -> Stored: ...
    def withdraw_offer(self, offer_id: UUID, version: int, reason: str) -> Stored: ...
    def join_waiting(self, new: NewWaiting) -> UUID:
        """Under the event that is open: the queue row of the case is made or saved."""
        ...

    def join_by_hand(self, new: NewWaiting, reason: str) -> Stored:
        """Refused (UserError) when the case stands in the queue already."""
        ...

    def change_priority(self, entry_id: UUID, version: int, code: str, rank: int, reason: str) -> Stored: ...
    def pause(self, entry_id: UUID, version: int, until: dt.date | None, reason: str) -> Stored: ...
    def resume(self, entry_id: UUID, version: int) -> Stored: ...
    def leave_waiting(self, entry_id: UUID, version: int, state: str, reason: str) -> Stored: ...
