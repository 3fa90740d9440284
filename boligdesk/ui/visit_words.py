"""Visits and contacts as lists and pages say them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from boligdesk.domain.calendar import short_weekday_date, weekday_date
from boligdesk.domain.catalog import GuidanceArea, VisitPlace, VisitState
from boligdesk.domain.guidance import OSLO
from boligdesk.ui.widgets import PillSpec

if TYPE_CHECKING:
    from boligdesk.ui.theme import Tone

_V = VisitState
_PILLS: dict[VisitState, tuple[Tone, str]] = {
    _V.PLANNED: ("neutral", "calendar_ltr"),
    _V.DONE: ("ok", ""),
    _V.NOT_HOME: ("warn", ""),
    _V.CANCELLED: ("neutral", "dismiss_circle"),
    _V.REFUSED: ("warn", ""),
}


def outcome_pill(outcome: str) -> PillSpec:
    """Only what did not come about stands out."""
    tone, icon = _PILLS[VisitState(outcome)]
    return PillSpec(tone, VisitState(outcome).label, icon)


def place_words(place: str) -> str:
    return VisitPlace(place).label


_SHORT_PLACES = {
    VisitPlace.HOME: "Hjemme",
    VisitPlace.OFFICE: "Kontoret",
    VisitPlace.PHONE: "Telefon",
    VisitPlace.NAV: "Hos NAV",
    VisitPlace.OTHER: "Annet sted",
}


def short_place(place: str) -> str:
    """The place in the one word that a column has room for."""
    return _SHORT_PLACES.get(VisitPlace(place), VisitPlace(place).label)


def area_list(areas: tuple[str, ...]) -> str:
    """«Økonomi, Nettverk»; empty when none was chosen."""
    return ", ".join(GuidanceArea(area).label for area in areas)


def local(moment: dt.datetime) -> dt.datetime:
    """The clock on a Norwegian wall."""
    return moment.astimezone(OSLO)


def day_and_year(moment: dt.datetime, today: dt.date) -> str:
    """«tir. 24. nov.», with the year when it is another one than today's."""
    day = local(moment).date()
    return short_weekday_date(day) + (f" {day.year}" if day.year != today.year else "")


def when_words(moment: dt.datetime) -> str:
    """«tirsdag 24. november 2026 klokka 10:00»."""
    at = local(moment)
    return f"{weekday_date(at.date())} {at.year} klokka {at:%H:%M}"
