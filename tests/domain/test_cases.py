"""Rules of a case: number, tracks, steps, days."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boligdesk.domain.calendar import add_working_days
from boligdesk.domain.cases import (
    CaseRuleError,
    check_received,
    check_step,
    format_number,
    parse_number,
    public_title,
    tracks_of,
)
from boligdesk.domain.catalog import CaseKind, CasePhase, TaskKind
from boligdesk.domain.tasks import TaskKnown, due_window, next_step, second_line, why

TODAY = dt.date(2026, 11, 24)


@given(st.integers(1990, 2200), st.integers(1, 9_999_999))
def test_that_a_number_is_read_as_it_is_written(year, sequence):
    assert parse_number(f" {format_number(year, sequence)} ") == (year, sequence)


@pytest.mark.parametrize(
    "text", ["", "2026", "2026/0", "26/1275", "2026-1275", "1066/12", "2026/12345678", "2026/1a"]
)
def test_that_other_writings_are_no_number(text):
    assert parse_number(text) is None


def test_that_a_dwelling_is_always_also_a_request_for_help():
    for kind in (CaseKind.HOUSING, CaseKind.SWAP, CaseKind.EXTENSION):
        assert [track.appeal_body for track in tracks_of(kind)] == ["Statsforvalteren", "Klagenemnda"]
    assert tracks_of(CaseKind.DEVIATION) == ()


@pytest.mark.parametrize("day", [dt.date(2026, 11, 25), dt.date(1989, 12, 31)])
def test_that_no_case_came_tomorrow_or_before_the_office(day):
    with pytest.raises(CaseRuleError):
        check_received(day, TODAY)
    check_received(TODAY, TODAY)


def test_that_steps_lead_forward_only():
    check_step(CasePhase.RECEIVED, CasePhase.INTAKE_TEAM)
    for now, wanted in (
        (CasePhase.CONTROL, CasePhase.CONTROL),
        (CasePhase.ASSESSMENT, CasePhase.RECEIVED),
        (CasePhase.ASSESSMENT, CasePhase.VEDTAK),
        (CasePhase.CLOSED, CasePhase.ASSESSMENT),
    ):
        with pytest.raises(CaseRuleError):
            check_step(now, wanted)


def test_that_a_public_title_names_the_matter():
    assert public_title(CaseKind.HOUSING) == "Sak om kommunal bolig"


@pytest.mark.parametrize("kind", TaskKind)
def test_that_every_task_says_why_in_two_to_four_sentences_and_has_a_next_step(kind):
    known = TaskKnown(kind, TODAY, TODAY, "apen", TODAY, TODAY, TODAY, made_by="Ingrid B.")
    text = why(known).replace("Ingrid B.", "Ingrid B").replace("24. november", "24 november")
    assert 2 <= text.count(". ") + 1 <= 4
    assert text.endswith(".")
    assert second_line(known)
    for has_case in (True, False):
        assert next_step(kind, has_case=has_case).label


@pytest.mark.parametrize(
    ("month_on", "said"),
    [
        (TODAY, "Søknaden blir 1 måned gammel i dag"),
        (dt.date(2026, 11, 25), "Søknaden blir 1 måned gammel i morgen"),
        (dt.date(2026, 11, 30), "Søknaden blir 1 måned gammel om 6 dager"),
        (dt.date(2026, 11, 20), "Søknaden ble 1 måned gammel 20. nov."),
    ],
)
def test_that_the_second_line_tells_how_old_the_application_is(month_on, said):
    assert second_line(TaskKnown(TaskKind.INTERIM_REPLY, TODAY, TODAY, "apen", month_on=month_on)) == said


@given(st.dates(dt.date(2020, 1, 1), dt.date(2040, 1, 1)))
def test_that_overdue_is_in_no_other_window(today):
    _none, over = due_window("forfalt", today)
    soon, two = due_window("to_dager", today)
    _today, seven = due_window("sju_dager", today)
    assert over == today - dt.timedelta(days=1)
    assert soon == today
    assert two == add_working_days(today, 2)
    assert seven == today + dt.timedelta(days=7)
    with pytest.raises(ValueError):
        due_window("snart", today)
