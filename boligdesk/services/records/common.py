"""What every family of records uses."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from boligdesk.domain.catalog import Role

if TYPE_CHECKING:
    import datetime as dt
    from uuid import UUID

    from boligdesk.domain.access import Right
    from boligdesk.services.changes import Changes

T = TypeVar("T")

#: Shown instead of the name of a restricted person; the same for all causes (ui.md 3.9).
MASKED_NAME = "Skjermet søker"
#: Its sort key: masked rows stand after all names.
MASKED_SORT = "~"


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who works in the office."""

    id: UUID
    login: str
    name: str
    roles: tuple[Role, ...]
    rights: frozenset[Right]
    clearance: int
    active: bool
    version: int


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One window of an ordered list. ``hidden``: rows without access, only on unfiltered work lists."""

    rows: tuple[T, ...]
    total: int
    offset: int = 0
    hidden: int = 0


@dataclass(frozen=True, slots=True)
class Sort:
    """``key`` is the column's sort key; every sort ends with the id."""

    key: str
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Saved:
    """Outcome of a command. ``event_id`` is what «Angre» takes back; None = nothing was changed."""

    id: UUID
    version: int
    changes: Changes
    event_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One event as a person reads it."""

    event_id: UUID
    at: dt.datetime
    who: str
    kind: str
    """Icon and filter: notat, besok, dokument, soknad, frist, status, person, husstand, bolig, annet."""
    title: str
    text: str = ""
    subject_kind: str = ""
    subject_id: UUID | None = None
    can_undo: bool = False


@dataclass(frozen=True, slots=True)
class FactValue:
    """A fact as the page shows it: ``text`` is the value in words, with source and date."""

    key: str
    label: str
    state: str
    text: str
    value: int | str | dt.date | None
    source: str
    observed_on: dt.date | None
    by: str
    id: UUID | None = None


@dataclass(frozen=True, slots=True)
class FactDraft:
    """An answer to one question. ``supersedes_id`` is the fact the screen showed; None = never asked."""

    key: str
    state: str
    value: int | str | dt.date | None = None
    source: str = "ansatt"
    observed_on: dt.date | None = None
    supersedes_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody is writing: one text of one form."""

    subject_kind: str
    subject_id: UUID | None
    field: str
    body: dict[str, str] = dataclasses.field(default_factory=dict)
    saved_at: dt.datetime | None = None
    subject_label: str = ""
