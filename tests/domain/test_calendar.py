from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boligdesk.domain import calendar as cal

DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))

PUBLISHED = {
    2026: "1.1 2.4 3.4 5.4 6.4 1.5 14.5 17.5 24.5 25.5 25.12 26.12",
    2027: "1.1 25.3 26.3 28.3 29.3 1.5 6.5 16.5 17.5 25.12 26.12",
    2028: "1.1 13.4 14.4 16.4 17.4 1.5 17.5 25.5 4.6 5.6 25.12 26.12",
}


@pytest.mark.parametrize(("year", "days"), PUBLISHED.items())
def test_that_the_holidays_are_the_published_ones(year, days):
    assert " ".join(f"{day.day}.{day.month}" for day in cal.holidays_in(year)) == days


def test_that_the_holidays_agree_with_the_library_for_as_long_as_it_reaches():
    import holidays

    for year in range(1950, 2100):
        assert set(cal.holidays_in(year)) == set(holidays.country_holidays("NO", years=year))


def test_that_the_eves_are_ordinary_days():
    assert cal.is_working_day(date(2026, 12, 24))
    assert cal.is_working_day(date(2026, 12, 31))
    assert cal.holiday_name(date(2026, 4, 4)) is None  # påskeaften: a Saturday and nothing more


def test_that_two_holidays_on_one_day_are_both_named():
    assert cal.holiday_name(date(2027, 5, 17)) == "17. mai og 2. pinsedag"


def test_that_the_offices_own_days_are_closed_only_where_they_are_given():
    day = date(2026, 5, 15)
    assert cal.is_working_day(day)
    assert not cal.is_working_day(day, {day})
    assert cal.next_working_day(day, {day}) == date(2026, 5, 18)
    assert cal.closed_name(day, {day}) == "stengt på kontoret"


@given(DAYS)
def test_that_the_next_and_previous_working_day_leave_none_between(day):
    later, earlier = cal.next_working_day(day), cal.previous_working_day(day)
    assert earlier <= day <= later
    assert cal.is_working_day(later)
    assert cal.is_working_day(earlier)
    between = [earlier + timedelta(days=gone) for gone in range(1, (later - earlier).days)]
    assert not any(cal.is_working_day(inside) for inside in between)
    assert (earlier == later) == cal.is_working_day(day)


@given(DAYS, st.integers(-600, 600))
def test_that_months_keep_the_date_or_end_on_the_months_last_day(day, months):
    moved = cal.add_months(day, months)
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
    assert moved.day == day.day or (moved.day < day.day and moved == cal.end_of_month(moved))


@given(DAYS, st.integers(-200, 200))
def test_that_weeks_keep_the_weekday(day, weeks):
    assert cal.add_weeks(day, weeks).weekday() == day.weekday()
    assert (cal.add_weeks(day, weeks) - day).days == 7 * weeks


@given(DAYS, st.integers(0, 40))
def test_that_working_days_are_counted_without_the_first(day, count):
    end = cal.add_working_days(day, count)
    assert cal.working_days_between(day, end) == count
    assert cal.working_days_between(end, day) == -count
    assert count == 0 or cal.is_working_day(end)


def test_that_working_days_go_backwards_too():
    assert cal.add_working_days(date(2026, 4, 7), -1) == date(2026, 4, 1)


def test_that_a_month_without_the_date_ends_on_its_last_day():
    assert cal.add_months(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert cal.add_months(date(2028, 1, 31), 1) == date(2028, 2, 29)
    assert cal.add_months(date(2026, 11, 30), 3) == date(2027, 2, 28)


def test_that_dates_are_written_as_people_write_them():
    day = date(2026, 11, 24)
    assert cal.weekday_date(day) == "tirsdag 24. november"
    assert cal.full_date(day) == "tirsdag 24. november 2026"
    assert cal.short_weekday_date(day) == "tir. 24. nov."
    assert cal.long_date(day) == "24. november 2026"
    assert cal.short_date(day) == "24. nov."
    assert cal.short_date(date(2026, 3, 1)) == "1. mars"
    assert cal.iso_week(date(2027, 1, 1)) == 53


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-4, "4 dager over"),
        (-1, "i går"),
        (0, "i dag"),
        (1, "i morgen"),
        (6, "om 6 dager"),
        (-400, "400 dager over"),
    ],
)
def test_that_distance_is_said_in_words(days, words):
    today = date(2026, 11, 24)
    assert cal.relative_words(today + timedelta(days=days), today) == words
