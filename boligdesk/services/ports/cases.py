"""Cases, notes and documents, as the services see them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import datetime as dt
    from uuid import UUID

    from boligdesk.domain.cases import Track
    from boligdesk.domain.catalog import CaseKind, CaseOutcome, CasePhase, TaskKind, WaitingOn
    from boligdesk.domain.deadlines import Computed
    from boligdesk.services.records.cases import (
        CaseDetail,
        CaseFilter,
        CaseRow,
        DocumentDraft,
        DocumentRow,
        NoteDraft,
    )
    from boligdesk.services.records.common import FactDraft, Page, Sort, TimelineEntry

Stored = tuple["UUID", int, "UUID | None"]
"""(id, new version, event); event None = nothing differed, nothing was stored."""


@dataclass(frozen=True, slots=True)
class NewTask:
    kind: TaskKind
    due_on: dt.date | None = None
    show_from: dt.date | None = None


@dataclass(frozen=True, slots=True)
class NewCase:
    """Everything worked out; the writer stores it. ``number`` None = the next of the series."""

    person_id: UUID
    kind: CaseKind
    asks: tuple[str, ...]
    channel: str
    received_on: dt.date
    household_id: UUID | None
    assignee_id: UUID | None
    assigned_why: str
    what_it_takes: str
    own_attempts: str
    facts: tuple[FactDraft, ...]
    knows_applicant: bool | None
    conflict_grounds: str
    tracks: tuple[Track, ...]
    reply: Computed | None
    tasks: tuple[NewTask, ...]
    number: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class CaseState:
    """What the rules of an act look at."""

    id: UUID
    phase: CasePhase
    is_open: bool


@dataclass(frozen=True, slots=True)
class NewDocument:
    """A checked file: ``draft`` with its kept name and title, and what its bytes are."""

    draft: DocumentDraft
    mime: str
    sha256: str


class CaseReads(Protocol):
    def page(self, wanted: CaseFilter, sort: Sort, offset: int, limit: int) -> Page[CaseRow]: ...
    def detail(self, case_id: UUID) -> CaseDetail:
        """Raises NotFound for a case the viewer may not open."""
        ...

    def state(self, case_id: UUID) -> CaseState:
        """Raises NotFound for a case the viewer may not open."""
        ...

    def by_number(self, year: int, sequence: int) -> UUID | None: ...
    def timeline(self, case_id: UUID) -> tuple[TimelineEntry, ...]: ...
    def birth_of(self, person_id: UUID) -> dt.date | None:
        """Raises NotFound for a person the viewer may not read."""
        ...

    def lives_in(self, person_id: UUID, household_id: UUID) -> bool: ...
    def document(self, document_id: UUID) -> tuple[DocumentRow, bytes]:
        """Raises NotFound for a document the viewer may not open."""
        ...

    def same_document(
        self, sha256: str, case_id: UUID | None, person_id: UUID | None, dwelling_id: UUID | None
    ) -> DocumentRow | None: ...
    def document_place(self, document_id: UUID) -> tuple[UUID | None, UUID | None, UUID | None]:
        """(case, person, dwelling) it is filed on. Raises NotFound."""
        ...


class CaseWrites(Protocol):
    def opened(self, case_id: UUID, reason: str | None) -> None:
        """Leave a read entry: somebody opened the file."""
        ...

    def register(self, new: NewCase) -> tuple[UUID, int, UUID]: ...
    def assign(self, case_id: UUID, version: int, user_id: UUID | None) -> Stored: ...
    def set_waiting(self, case_id: UUID, version: int, waiting_on: WaitingOn) -> Stored: ...
    def set_phase(self, case_id: UUID, version: int, phase: CasePhase) -> Stored: ...
    def close(self, case_id: UUID, version: int, outcome: CaseOutcome, reason: str) -> Stored: ...
    def reopen(self, case_id: UUID, version: int, reason: str) -> Stored: ...
    def save_application(
        self,
        case_id: UUID,
        version: int,
        what_it_takes: str | None,
        own_attempts: str | None,
        facts: tuple[FactDraft, ...],
    ) -> Stored:
        """(application, its version, event). A text None is left as it is."""
        ...

    def write_note(self, draft: NoteDraft) -> tuple[UUID, int, UUID]: ...
    def add_document(self, new: NewDocument) -> tuple[UUID, int, UUID]: ...
    def opened_document(self, document_id: UUID) -> None:
        """Leave a read entry: somebody opened the document."""
        ...

    def remove_document(self, document_id: UUID, version: int) -> Stored: ...
