"""Min dag, home guidance, search, log."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from uuid import UUID

    from boligdesk.services.records.common import TimelineEntry


@dataclass(frozen=True, slots=True)
class TaskFilter:
    """``owner``: mine, team, unowned, approval (letters that wait for a second person, whoever has them).

    ``due``: alle, forfalt, to_dager, sju_dager. ``assignee_id`` narrows the team to one colleague.
    """

    owner: str = "mine"
    due: str = "alle"
    case_kind: str = ""
    waiting_on: str = ""
    assignee_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class TaskRow:
    id: UUID
    version: int
    kind: str
    title: str
    second: str
    concerns: str
    """Name as «Hest, Klok», or «Skjermet søker»."""
    case_number: str
    case_kind: str
    case_id: UUID | None
    person_id: UUID | None
    due_on: dt.date | None
    is_legal: bool
    waiting_on: str
    state: str
    assignee_id: UUID | None
    assignee: str
    is_masked: bool
    subject_kind: str = ""
    """What the task is about besides its case: letter, offer, vacancy, visit …; ``subject_id`` is its id."""
    subject_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class TaskDetail:
    row: TaskRow
    why: str
    """Two to four sentences of what is known."""
    next_step: str
    """Label of the one button, e.g. «Åpne saken»; ``next_action`` says what it opens."""
    next_action: str
    deadline_why: str
    basis: tuple[str, ...]
    latest: tuple[TimelineEntry, ...]


@dataclass(frozen=True, slots=True)
class TaskCounts:
    mine: int
    team: int
    unowned: int
    overdue: int
    within_two_days: int
    within_seven_days: int
    next_due_on: dt.date | None
    approval: int = 0


@dataclass(frozen=True, slots=True)
class TaskLoad:
    """What one colleague has on the list, or what nobody has (``assignee_id`` None). Parts of ``TaskCounts.team``."""

    assignee_id: UUID | None
    name: str
    open: int
    overdue: int
    within_two_days: int
    oldest_due_on: dt.date | None


@dataclass(frozen=True, slots=True)
class TaskDraft:
    """A task made by a person: «ring skolen»."""

    kind: str
    case_id: UUID | None = None
    person_id: UUID | None = None
    due_on: dt.date | None = None
    assignee_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class VisitFilter:
    """``owner``: mine, team. Dates bound the day of the visit."""

    owner: str = "mine"
    person_id: UUID | None = None
    from_on: dt.date | None = None
    to_on: dt.date | None = None
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class VisitRow:
    id: UUID
    person_id: UUID | None
    person: str
    starts_at: dt.datetime
    place: str
    outcome: str
    areas: tuple[str, ...]
    observed: str
    next_step: str
    next_on: dt.date | None
    by: str
    is_corrected: bool = False


@dataclass(frozen=True, slots=True)
class VisitDraft:
    """A visit or contact. Observed, said and assessed are separate texts; one tap is enough."""

    person_id: UUID
    starts_at: dt.datetime | None = None
    minutes: int | None = None
    place: str = "hjemme"
    outcome: str = "gjennomfort"
    is_planned: bool = True
    areas: tuple[str, ...] = ()
    observed: str = ""
    said: str = ""
    assessment: str = ""
    next_step: str = ""
    next_on: dt.date | None = None
    present: str = ""
    interpreter: str = ""
    report_child_welfare_on: dt.date | None = None
    second_id: UUID | None = None
    case_id: UUID | None = None
    corrects_visit_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class VisitDetail:
    id: UUID
    person: str
    draft: VisitDraft
    by: str
    written_at: dt.datetime
    corrections: tuple[VisitDraft, ...] = ()
    """Earlier texts that this one corrects, newest first. Nothing is overwritten."""


@dataclass(frozen=True, slots=True)
class SearchHit:
    kind: str
    id: UUID
    title: str
    detail: str
    person_id: UUID | None = None
    is_masked: bool = False


@dataclass(frozen=True, slots=True)
class SearchResult:
    """At most five per group on screen; ``counts`` cover only what the caller may see."""

    people: tuple[SearchHit, ...] = ()
    cases: tuple[SearchHit, ...] = ()
    dwellings: tuple[SearchHit, ...] = ()
    letters: tuple[SearchHit, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LogRow:
    at: dt.datetime
    who: str
    what: str
    subject: str
    kind: str
    """``skrevet`` or ``lest``."""
    reason: str = ""
    changes: tuple[tuple[str, str, str], ...] = ()
    """(field, old, new) in words."""
