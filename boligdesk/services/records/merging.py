"""One person who was registered twice: the two files side by side, and what was merged before."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import datetime as dt
    from uuid import UUID

    from boligdesk.services.records.people import PersonDetail

#: Whose answer holds where the files differ.
KEPT, MERGED = "kept", "merged"


class FieldState(StrEnum):
    SAME = "likt"
    CHOOSE = "velg"
    """The files say different things, and only one of them can hold."""
    KEEPS = "beholdes"
    """They differ, and nothing is lost; ``MergeField.note`` says how."""


@dataclass(frozen=True, slots=True)
class MergeField:
    """One line of the comparison, in words; numbers are masked, an empty text = nothing is stored."""

    key: str
    label: str
    kept: str
    merged: str
    state: FieldState
    note: str = ""


@dataclass(frozen=True, slots=True)
class NameField(MergeField):
    """A line that names people: taken out when names are hidden on the screen."""


@dataclass(frozen=True, slots=True)
class MergeCount:
    """How many of something lie in each file; all of them lie in the one file afterwards."""

    key: str
    label: str
    kept: int
    merged: int


@dataclass(frozen=True, slots=True)
class MergeSide:
    id: UUID
    version: int
    name: str
    protection: str
    created_on: dt.date
    changed_on: dt.date


@dataclass(frozen=True, slots=True)
class MergePlan:
    """What merging would do. With a ``refusals`` entry it cannot be done; ``warnings`` are to be thought over."""

    kept: MergeSide
    merged: MergeSide
    fields: tuple[MergeField, ...] = ()
    counts: tuple[MergeCount, ...] = ()
    refusals: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def to_choose(self) -> tuple[MergeField, ...]:
        return tuple(line for line in self.fields if line.state is FieldState.CHOOSE)


@dataclass(frozen=True, slots=True)
class PastMerge:
    """``record_id`` is what ``undo_merge`` takes. Files that are apart again have ``is_undone``."""

    record_id: UUID
    kept_id: UUID
    merged_id: UUID
    at: dt.datetime
    who: str
    is_undone: bool


@dataclass(frozen=True, slots=True)
class NumberMark:
    """A national number in force, without its digits: equal marks are equal numbers."""

    id: UUID
    kind: str
    mark: bytes
    is_valid: bool


@dataclass(frozen=True, slots=True)
class MergePerson:
    """Everything about one of the two that the comparison needs."""

    detail: PersonDetail
    level: int
    numbers: tuple[NumberMark, ...]
    counts: dict[str, int]
    related: frozenset[UUID]
    """People he or she represents, is represented by, or whose case he or she is a party to."""
    has_offer: bool = False
    """An offer of a dwelling that nobody has settled."""


@dataclass(frozen=True, slots=True)
class MergeOrder:
    """What the store shall do. ``winners`` names the side of each single thing (names, addresses, identifiers)."""

    kept_id: UUID
    kept_version: int
    merged_id: UUID
    merged_version: int
    winners: dict[str, str] = field(default_factory=dict)
    scalars: dict[str, Any] = field(default_factory=dict)
