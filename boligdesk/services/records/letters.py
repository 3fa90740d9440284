"""Letters as the office works with them: list, builder, checks, dispatch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from uuid import UUID

    from boligdesk.domain.letter_check import Finding
    from boligdesk.services.records.papers import FreeText, LetterValue, Paper


@dataclass(frozen=True, slots=True)
class LetterFilter:
    """``segment``: kladder, til_godkjenning, klare, sendt, alle."""

    segment: str = "alle"
    text: str = ""
    kinds: tuple[str, ...] = ()
    mine: bool = False
    dated_from: dt.date | None = None
    dated_to: dt.date | None = None


@dataclass(frozen=True, slots=True)
class LetterRow:
    """``to`` is masked for those without access. ``can_tick``: may be in a batch (never a protected one)."""

    id: UUID
    version: int
    kind: str
    title: str
    to: str
    is_masked: bool
    case_id: UUID | None
    case_number: str
    written_by: str
    status: str
    language: str
    due_on: dt.date | None
    appeal_due_on: dt.date | None
    arrived_on: dt.date | None
    journal_number: str
    sent_on: dt.date | None
    printed_at: dt.datetime | None
    can_tick: bool


@dataclass(frozen=True, slots=True)
class LetterCounts:
    by_segment: dict[str, int]


@dataclass(frozen=True, slots=True)
class KindChoice:
    """A kind that may be written in the case now. ``why`` says why it is proposed; "" = possible, not proposed."""

    kind: str
    label: str
    group: str
    why: str
    approval: str
    track_id: UUID | None = None
    offer_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class FieldChip:
    """A merged value as the builder shows it: label, words, where it comes from. ``text`` "" = missing."""

    key: str
    label: str
    text: str
    source: str
    is_mandatory: bool


@dataclass(frozen=True, slots=True)
class RecipientRow:
    id: UUID | None
    person_id: UUID | None
    role: str
    name: str
    address: tuple[str, ...]
    route: str
    problem: str = ""
    """«Mangler adresse.»; "" = nothing in the way."""
    dispatched_on: dt.date | None = None
    arrived_on: dt.date | None = None
    arrived_basis: str = ""


@dataclass(frozen=True, slots=True)
class ApprovalRow:
    by_id: UUID
    by: str
    at: dt.datetime
    outcome: str
    reason: str
    comment: str
    holds: bool
    """False = the text was changed after it."""


@dataclass(frozen=True, slots=True)
class LetterDetail:
    id: UUID
    version: int
    case_id: UUID
    case_number: str
    kind: str
    language: str
    title: str
    status: str
    approval: str
    template_version: int
    written_by_id: UUID
    written_by: str
    applicant: str
    protection: str
    texts: dict[str, str]
    choices: dict[str, LetterValue]
    """What the writer chose besides texts: dates, ticked items."""
    free_texts: tuple[FreeText, ...]
    chips: tuple[FieldChip, ...]
    recipients: tuple[RecipientRow, ...]
    findings: tuple[Finding, ...]
    approvals: tuple[ApprovalRow, ...]
    changed_since: tuple[str, ...]
    """Labels of texts that differ from the last version somebody approved or sent back."""
    may_approve: bool
    why_not_approve: str
    journal_number: str
    dated_on: dt.date | None
    sent_on: dt.date | None
    appeal_due_on: dt.date | None
    appeal_body: str
    document_id: UUID | None
    track_id: UUID | None
    offer_id: UUID | None
    others: tuple[str, ...] = ()
    """Other open drafts to the same person, in words."""


@dataclass(frozen=True, slots=True)
class LetterTexts:
    """What the builder saves. ``language`` and ``choices`` None = as they are."""

    texts: dict[str, str]
    choices: dict[str, LetterValue] | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """A letter as it would look now. ``paper`` is drawn by the paper room outside the transaction."""

    paper: Paper
    findings: tuple[Finding, ...]
    chips: tuple[FieldChip, ...]


@dataclass(frozen=True, slots=True)
class LetterDraft:
    """Start of a letter. ``items``: what is asked for (mangler). ``track_id``/``offer_id``: what it decides or offers."""

    case_id: UUID
    kind: str
    language: str = ""
    track_id: UUID | None = None
    offer_id: UUID | None = None
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SendConfirm:
    """What the confirm page says before a letter is finished or sent (ui.md 3.7)."""

    letter_id: UUID
    version: int
    to: tuple[str, ...]
    what: str
    approved: str
    appeal: str
    warnings: tuple[str, ...]
    is_protected: bool


@dataclass(frozen=True, slots=True)
class BatchResult:
    """One outcome per letter, in the order given; ``error`` "" = done."""

    letter_id: UUID
    journal_number: str
    error: str = ""


@dataclass(frozen=True, slots=True)
class JournalRow:
    number: str
    dated_on: dt.date
    title: str
    counterpart: str
    case_number: str
    status: str
