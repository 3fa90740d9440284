"""Rules of the home-guidance log (domain.md 8.1): what may be written down when, and the words of it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from boligdesk.domain.catalog import GuidanceArea, VisitPlace, VisitState

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

OSLO = ZoneInfo("Europe/Oslo")
_EARLIEST = dt.date(2000, 1, 1)
_MOST_MINUTES = 24 * 60

#: What each act is called in the timeline and the log.
TITLES = {"log_visit": "Boveiledning", "correct_visit": "Besøk eller kontakt er rettet"}


def as_instant(moment: dt.datetime) -> dt.datetime:
    """Aware UTC. A time without zone is a clock on a Norwegian wall."""
    local = moment.replace(tzinfo=OSLO) if moment.tzinfo is None else moment
    return local.astimezone(dt.UTC)


def day_of(moment: dt.datetime) -> dt.date:
    """The day in Norway that an instant falls on."""
    return as_instant(moment).astimezone(OSLO).date()


def start_of_day(day: dt.date) -> dt.datetime:
    """Midnight in Norway as UTC: lists bound days by it."""
    return dt.datetime.combine(day, dt.time(), tzinfo=OSLO).astimezone(dt.UTC)


def time_fault(starts_at: dt.datetime, state: VisitState, now: dt.datetime) -> str:
    """Why the time cannot stand, or "". Only what is planned may lie ahead; what happened has happened."""
    if day_of(starts_at) < _EARLIEST:
        return "Tidspunktet ligger for langt tilbake."
    if state is not VisitState.PLANNED and starts_at > now:
        return "Tidspunktet er ikke kommet ennå. Velg «Planlagt», eller rett tidspunktet."
    return ""


def minutes_fault(minutes: int | None) -> str:
    if minutes is None or 0 <= minutes <= _MOST_MINUTES:
        return ""
    return "Varigheten må være mellom 0 minutter og ett døgn."


def ordered_areas(areas: Iterable[str]) -> tuple[str, ...]:
    """Each area once, in the order of the form. Raises ValueError for one that does not exist."""
    wanted = {GuidanceArea(area) for area in areas}
    return tuple(area.value for area in GuidanceArea if area in wanted)


def timeline_words(verb: str, params: Mapping[str, Any]) -> tuple[str, str, str]:
    """(kind, title, text) of a visit in the timeline of a person or a case: «Hjemme hos personen: gjennomført»."""
    state, place = str(params.get("state", "")), str(params.get("place", ""))
    parts = [
        VisitPlace(place).label if place in VisitPlace.codes() else "",
        VisitState(state).label if state in VisitState.codes() else "",
    ]
    title = TITLES.get(verb, TITLES["log_visit"])
    return "besok", title, " · ".join(part for part in parts if part)
