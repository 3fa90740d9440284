"""Cases, applications, notes, documents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from uuid import UUID

    from boligdesk.services.records.common import FactDraft, FactValue, TimelineEntry
    from boligdesk.services.records.people import HouseholdDetail


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """All given conditions hold together. ``state``: apne, avsluttede, alle."""

    state: str = "apne"
    text: str = ""
    kinds: tuple[str, ...] = ()
    phases: tuple[str, ...] = ()
    assignee_id: UUID | None = None
    unassigned: bool = False
    district_id: UUID | None = None
    opened_from: dt.date | None = None
    opened_to: dt.date | None = None
    due_before: dt.date | None = None
    waiting_on: str = ""

    @property
    def is_plain(self) -> bool:
        return self == CaseFilter(state=self.state)


@dataclass(frozen=True, slots=True)
class CaseRow:
    """``applicant`` is masked for those without access («Skjermet søker»)."""

    id: UUID
    version: int
    number: str
    kind: str
    applicant: str
    applicant_id: UUID | None
    opened_on: dt.date
    phase: str
    next_due_on: dt.date | None
    next_due_what: str
    assignee: str
    waiting_on: str
    outcome: str | None
    is_masked: bool


@dataclass(frozen=True, slots=True)
class DeadlineRow:
    id: UUID
    rule_key: str
    label: str
    start_on: dt.date
    raw_on: dt.date
    due_on: dt.date
    side: str
    state: str
    why: str
    basis: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TrackRow:
    id: UUID
    law: str
    label: str
    decision_body: str
    appeal_body: str
    status: str


@dataclass(frozen=True, slots=True)
class NoteDraft:
    """Facts and assessment are two texts (forvaltningsloven § 18c)."""

    facts_text: str
    assessment_text: str = ""
    kind: str = "notat"
    occurred_at: dt.datetime | None = None
    with_whom: str = ""
    case_id: UUID | None = None
    person_id: UUID | None = None
    corrects_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class NoteRow:
    id: UUID
    kind: str
    occurred_at: dt.datetime
    facts_text: str
    assessment_text: str
    with_whom: str
    by: str
    corrected_by_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class DocumentRow:
    id: UUID
    version: int
    title: str
    kind: str
    dated_on: dt.date | None
    from_to: str
    file_name: str
    mime: str
    size: int
    added_at: dt.datetime
    by: str


@dataclass(frozen=True, slots=True)
class DocumentDraft:
    """``body`` is the file's bytes; limits are checked by the service."""

    file_name: str
    body: bytes
    title: str = ""
    kind: str = "VEDLEGG"
    dated_on: dt.date | None = None
    from_to: str = ""
    case_id: UUID | None = None
    person_id: UUID | None = None
    dwelling_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class ApplicationDraft:
    """Registration of an application or an inquiry (ui.md S4; boligsosialloven § 7)."""

    person_id: UUID
    kind: str = "bolig"
    asks: tuple[str, ...] = ("leie",)
    received_on: dt.date | None = None
    channel: str = "papir"
    household_id: UUID | None = None
    assignee_id: UUID | None = None
    what_it_takes: str = ""
    own_attempts: str = ""
    facts: tuple[FactDraft, ...] = ()
    knows_applicant: bool | None = None
    """Answer to «Kjenner du søkeren?» (habilitet, forvaltningsloven § 6)."""
    conflict_grounds: str = ""


@dataclass(frozen=True, slots=True)
class ApplicationDetail:
    id: UUID
    version: int
    asks: tuple[str, ...]
    channel: str
    received_on: dt.date
    what_it_takes: str
    own_attempts: str
    facts: tuple[FactValue, ...]


@dataclass(frozen=True, slots=True)
class Identity:
    """The identity bar: the guard against the wrong person, on every tab."""

    person_id: UUID
    name: str
    birth_on: dt.date | None
    masked_number: str
    phone: str
    interpreter: str
    written_form: str
    protection: str
    flags: tuple[str, ...]
    number_id: UUID | None = None
    """The number in force, for [Vis nummeret]."""


@dataclass(frozen=True, slots=True)
class CaseDetail:
    id: UUID
    version: int
    number: str
    kind: str
    phase: str
    waiting_on: str
    outcome: str | None
    opened_on: dt.date
    ended_on: dt.date | None
    assignee_id: UUID | None
    assignee: str
    identity: Identity
    household: HouseholdDetail | None
    application: ApplicationDetail | None
    tracks: tuple[TrackRow, ...]
    deadlines: tuple[DeadlineRow, ...]
    notes: tuple[NoteRow, ...]
    documents: tuple[DocumentRow, ...]
    timeline: tuple[TimelineEntry, ...]
    others_here: tuple[str, ...] = ()
