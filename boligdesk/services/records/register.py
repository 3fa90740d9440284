"""Entrances of buildings, and works on dwellings and buildings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from uuid import UUID


@dataclass(frozen=True, slots=True)
class EntranceRow:
    """``dwellings``: ours in it; ``units_total``: all in it. ``limit_share`` in per cent times 100."""

    id: UUID
    letter: str
    floors: int | None
    has_lift: bool | None
    units_total: int | None
    limit_share: int | None
    dwellings: int = 0


@dataclass(frozen=True, slots=True)
class EntranceDraft:
    """An entrance to register (``id`` None) or correct; ``version`` is the building's."""

    building_id: UUID
    version: int
    letter: str
    floors: int | None = None
    has_lift: bool | None = None
    units_total: int | None = None
    limit_share: int | None = None
    id: UUID | None = None


@dataclass(frozen=True, slots=True)
class WorkRow:
    """``state`` follows from the days: planlagt, pagar, over_tiden, ferdig. Last days are included."""

    id: UUID
    kind: str
    what: str
    state: str
    begins_on: dt.date
    planned_to: dt.date | None
    finished_on: dt.date | None
    takes_out: bool
    cause: str | None = None
    contractor: str = ""
    ordered_on: dt.date | None = None
    cost_ore: int | None = None
    of_building: bool = False
    waits: bool = False
    """Its first day has come, and the dwelling's status has not followed yet: saving it again sets it."""


@dataclass(frozen=True, slots=True)
class WorkDraft:
    """A work to record (``id`` None) or correct, on one dwelling or one building; ``version`` is that one's."""

    kind: str
    what: str
    begins_on: dt.date
    version: int
    dwelling_id: UUID | None = None
    building_id: UUID | None = None
    planned_to: dt.date | None = None
    cause: str | None = None
    contractor: str = ""
    ordered_on: dt.date | None = None
    cost_ore: int | None = None
    takes_out: bool = False
    """The dwelling cannot be let meanwhile: its status follows."""
    id: UUID | None = None


@dataclass(frozen=True, slots=True)
class WorkEnd:
    """A work that is finished (``on``), or was never done (``on`` None = taken off the list)."""

    work_id: UUID
    version: int
    on: dt.date | None
    status_after: str = "ledig"
    """«ledig», or «utleid» when the dwelling was let before; used when no other work keeps it out."""
