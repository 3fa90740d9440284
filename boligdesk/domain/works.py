"""Works on a dwelling or a building: code lists, what the days say, and the status that follows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from boligdesk.domain.catalog import DwellingStatus, Labelled

if TYPE_CHECKING:
    from collections.abc import Iterable


class WorkKind(Labelled):
    REPAIR = "reparasjon", "Reparasjon"
    REFURBISHMENT = "oppussing", "Oppussing"
    REHABILITATION = "rehabilitering", "Rehabilitering"
    ADAPTATION = "tilpasning", "Tilpasning av boligen"
    PESTS = "skadedyr", "Skadedyr"
    FIRE_SAFETY = "brannsikring", "Brannsikring"
    CLEANING = "rengjoring", "Rengjøring"
    OTHER = "annet", "Annet arbeid"


class WorkCause(Labelled):
    """Why, as a code: words about why a home has to be repaired soon tell who lived there."""

    WEAR = "slitasje", "Slitasje"
    WATER = "vannskade", "Vannskade"
    FIRE = "brann", "Brann"
    DAMAGE = "skade", "Annen skade"
    PLANNED = "planlagt", "Planlagt vedlikehold"
    ORDER = "palegg", "Pålegg"
    NEED = "behov", "Behov hos den som skal bo der"
    OTHER = "annet", "Annen årsak"


class WorkState(Labelled):
    """Follows from the days; never stored."""

    PLANNED = "planlagt", "Planlagt"
    RUNNING = "pagar", "Pågår"
    OVERDUE = "over_tiden", "Over tiden"
    DONE = "ferdig", "Ferdig"


@dataclass(frozen=True, slots=True)
class WorkTime:
    """Days of one work, last days included. ``planned_to`` and ``finished_on`` None = not known, not finished."""

    begins_on: dt.date
    planned_to: dt.date | None
    finished_on: dt.date | None
    takes_out: bool
    """The dwelling cannot be let meanwhile."""


def work_state(work: WorkTime, today: dt.date) -> WorkState:
    if work.finished_on is not None:
        return WorkState.DONE
    if work.begins_on > today:
        return WorkState.PLANNED
    if work.planned_to is not None and work.planned_to < today:
        return WorkState.OVERDUE
    return WorkState.RUNNING


def status_of_works(
    works: Iterable[WorkTime], today: dt.date
) -> tuple[DwellingStatus, dt.date | None] | None:
    """The status that the works of a dwelling ask for, and the day it is free again; None = they ask for none.

    With a planned end it is under works, and free the day after the last of them; when the end of one is not
    known it is not at our disposal (ui.md S8 counts the two apart, model.md 8).
    """
    blocking = [
        work for work in works if work.takes_out and work.finished_on is None and work.begins_on <= today
    ]
    if not blocking:
        return None
    ends = [work.planned_to for work in blocking if work.planned_to is not None]
    if len(ends) < len(blocking):
        return DwellingStatus.UNAVAILABLE, None
    return DwellingStatus.WORKS, max(ends) + dt.timedelta(days=1)
