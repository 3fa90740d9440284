"""Letters, as the services see them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import datetime as dt
    from uuid import UUID

    from boligdesk.domain.deadlines import Computed
    from boligdesk.services.ports.cases import NewTask, Stored
    from boligdesk.services.records.allocation import OfferTerms
    from boligdesk.services.records.common import Page, Sort
    from boligdesk.services.records.letters import (
        ApprovalRow,
        JournalRow,
        LetterCounts,
        LetterFilter,
        LetterRow,
        RecipientRow,
    )
    from boligdesk.services.records.papers import LetterValue


@dataclass(frozen=True, slots=True)
class StoredLetter:
    """A letter as stored, with what a page says of it."""

    id: UUID
    version: int
    case_id: UUID
    kind: str
    language: str
    title: str
    status: str
    approval: str
    track_id: UUID | None
    offer_id: UUID | None
    texts: dict[str, str]
    choices: dict[str, LetterValue]
    template_version: int
    template_sha256: str
    body_sha256: str
    written_by_id: UUID
    written_by: str
    recipients: tuple[RecipientRow, ...]
    approvals: tuple[ApprovalRow, ...]
    approved_texts: dict[str, str]
    """Texts as of the last approval or return; {} = never."""
    journal_number: str
    dated_on: dt.date | None
    sent_on: dt.date | None
    appeal_due_on: dt.date | None
    document_id: UUID | None
    frozen_values: dict[str, LetterValue]
    """Field values as printed; {} before the letter is finished."""
    writer_ids: frozenset[UUID]
    """Whoever began the letter and whoever has changed its words: none of them approves it."""


@dataclass(frozen=True, slots=True)
class OfferKnown:
    """The offer of a letter, with its dwelling as the register says it."""

    id: UUID
    state: str
    address: str
    rooms: int | None
    bedrooms: int | None
    area_m2x10: int | None
    floor: int | None
    lift: int | None
    terms: OfferTerms


@dataclass(frozen=True, slots=True)
class LetterKnown:
    """What letters need of a case besides its assessment (``AssessmentReads.known``)."""

    case_id: UUID
    case_version: int
    case_number: str
    case_kind: str
    is_open: bool
    protection: int
    applicant_id: UUID
    applicant_name: str
    caseworker: str
    recipients: tuple[RecipientRow, ...]
    """Who gets the letters today: applicant, representatives, parties; one row an envelope. A protected person
    has route skjermet and no address."""
    unserved: tuple[str, ...]
    """Representatives who should have a letter and cannot be reached (no address of theirs is known)."""
    other_drafts: tuple[tuple[UUID, str], ...]
    """Open drafts to the same person: (letter, words)."""
    offer: OfferKnown | None


@dataclass(frozen=True, slots=True)
class NewLetter:
    case_id: UUID
    kind: str
    language: str
    title: str
    approval: str
    track_id: UUID | None
    offer_id: UUID | None
    texts: dict[str, str]
    choices: dict[str, LetterValue]
    body_sha256: str


@dataclass(frozen=True, slots=True)
class Frozen:
    """What is stored when a letter is finished, besides its number."""

    letter_id: UUID
    version: int
    template_key: tuple[str, str, int, str, str]
    """(kind, language, version, sha256, text) of the template used."""
    values: dict[str, LetterValue]
    body_sha256: str
    dated_on: dt.date
    title: str
    public_title: str
    counterpart: str
    document_kind: str
    recipients: tuple[RecipientRow, ...]
    decide: UUID | None
    """The vedtak that is decided by it."""
    decided_by: UUID | None


@dataclass(frozen=True, slots=True)
class Dispatch:
    """What sending a letter starts: deadlines (subject kind, subject, computed) and tasks, and what it meets."""

    letter_id: UUID
    version: int
    sent_on: dt.date
    arrived_on: dt.date
    deadlines: tuple[tuple[str, UUID, Computed], ...]
    tasks: tuple[NewTask, ...]
    meets: tuple[str, ...]
    """Rule keys of the case's running deadlines that this dispatch meets."""
    waits_for_applicant: bool
    """The clock stops: the case waits for the applicant."""
    appeal_due_on: dt.date | None
    due_on: dt.date | None
    """What the letter asks for by a day: answer to an offer, missing papers."""


class LetterReads(Protocol):
    def page(self, wanted: LetterFilter, sort: Sort, offset: int, limit: int) -> Page[LetterRow]: ...
    def counts(self) -> LetterCounts: ...
    def of_case(self, case_id: UUID) -> tuple[LetterRow, ...]: ...
    def stored(self, letter_id: UUID) -> StoredLetter:
        """Raises NotFound for a letter the viewer may not open."""
        ...

    def known(self, case_id: UUID, offer_id: UUID | None) -> LetterKnown:
        """Raises NotFound for a case the viewer may not open."""
        ...

    def office_setting(self, key: str) -> dict[str, Any] | None:
        """A dated setting of the office in force today (``reference`` of kind innstilling); None = not set."""
        ...

    def pdfs(self, letter_id: UUID) -> tuple[bytes, ...]:
        """The frozen files, one per recipient. Raises NotFound before the letter is finished."""
        ...

    def journal(self, offset: int, limit: int) -> Page[JournalRow]: ...


class LetterWrites(Protocol):
    def start(self, new: NewLetter) -> Stored: ...
    def save(
        self,
        letter_id: UUID,
        version: int,
        texts: dict[str, str],
        choices: dict[str, LetterValue],
        language: str,
        title: str,
        body_sha256: str,
    ) -> Stored:
        """A text changed after approval falls back to kladd, told in the event."""
        ...

    def submit(self, letter_id: UUID, version: int, body_sha256: str) -> Stored: ...
    def approve(self, letter_id: UUID, version: int, body_sha256: str) -> Stored: ...
    def send_back(
        self, letter_id: UUID, version: int, reason: str, comment: str, body_sha256: str
    ) -> Stored: ...
    def next_journal_number(self) -> tuple[int, int, str]:
        """(year, sequence, «482/2026»). Held until the transaction ends; rolled back with it."""
        ...

    def finalise(self, frozen: Frozen, number: tuple[int, int, str], pdfs: tuple[bytes, ...]) -> Stored:
        """Document with its bytes, journal entry, addresses, vedtak decided, track avgjort: all or nothing.

        ``pdfs``: one file per recipient in their order, versions 1.. of the document.
        """
        ...

    def recall(self, letter_id: UUID, version: int, reason: str) -> Stored:
        """Before dispatch: number kept, journal status utgår, vedtak undecided again, draft can be made anew."""
        ...

    def printed(self, letter_ids: tuple[UUID, ...], printer: str) -> None:
        """Leaves print entries in the log. Printing is not sending."""
        ...

    def send(self, dispatch: Dispatch) -> Stored: ...
    def correct_arrival(
        self, letter_id: UUID, version: int, arrived_on: dt.date, reason: str, dispatch: Dispatch
    ) -> Stored: ...
    def opened(self, letter_id: UUID) -> None:
        """Leave a read entry: somebody opened the letter."""
        ...

    def save_office_setting(self, key: str, body: dict[str, Any]) -> Stored:
        """The row in force ends today and the new one begins; (reference, version, event)."""
        ...

    def drop(self, letter_id: UUID, version: int, reason: str) -> Stored:
        """A draft that will not be used."""
        ...
