"""Rules of the home-guidance log."""

from __future__ import annotations

import datetime as dt

import pytest

from boligdesk.domain.catalog import VisitState
from boligdesk.domain.guidance import (
    as_instant,
    day_of,
    minutes_fault,
    ordered_areas,
    start_of_day,
    time_fault,
    timeline_words,
)

NOW = dt.datetime(2026, 11, 24, 9, 0, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)


def test_that_a_time_without_zone_is_a_norwegian_clock() -> None:
    assert as_instant(dt.datetime(2026, 11, 24, 10, 0)) == NOW
    assert as_instant(dt.datetime(2026, 7, 1, 10, 0)) == dt.datetime(2026, 7, 1, 8, 0, tzinfo=dt.UTC)


def test_that_the_day_is_the_one_in_norway() -> None:
    late = dt.datetime(2026, 11, 23, 23, 30, tzinfo=dt.UTC)
    assert day_of(late) == dt.date(2026, 11, 24)
    assert start_of_day(dt.date(2026, 11, 24)) == dt.datetime(2026, 11, 23, 23, 0, tzinfo=dt.UTC)
    assert start_of_day(dt.date(2026, 7, 1)) == dt.datetime(2026, 6, 30, 22, 0, tzinfo=dt.UTC)


def test_that_only_what_is_planned_may_lie_ahead() -> None:
    assert time_fault(NOW, VisitState.DONE, NOW) == ""
    assert "ikke kommet" in time_fault(NOW + MINUTE, VisitState.DONE, NOW)
    assert "ikke kommet" in time_fault(NOW + MINUTE, VisitState.NOT_HOME, NOW)
    assert time_fault(NOW + MINUTE, VisitState.PLANNED, NOW) == ""
    assert "for langt" in time_fault(dt.datetime(1926, 11, 24, tzinfo=dt.UTC), VisitState.DONE, NOW)


def test_that_minutes_fit_in_a_day() -> None:
    assert minutes_fault(None) == minutes_fault(0) == minutes_fault(1440) == ""
    assert minutes_fault(-1)
    assert minutes_fault(1441)


def test_that_areas_stand_once_in_the_order_of_the_form() -> None:
    assert ordered_areas(["okonomi", "botrening", "okonomi"]) == ("botrening", "okonomi")
    with pytest.raises(ValueError):
        ordered_areas(["hagearbeid"])


def test_that_a_visit_is_told_in_words() -> None:
    assert timeline_words("log_visit", {"place": "hjemme", "state": "ikke_hjemme"}) == (
        "besok",
        "Boveiledning",
        "Hjemme hos personen · Ikke hjemme",
    )
    assert timeline_words("correct_visit", {})[1:] == ("Besøk eller kontakt er rettet", "")
