from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boligdesk.services.imports.values import Problem, parse
from tests.services.imports.reading import TODAY, read, refused, value


@pytest.mark.parametrize(
    "written",
    [
        "31.12.2025", "31.12.25", "2025-12-31", "31/12-2025", "31/12/2025", "31-12-2025", "31. 12. 2025", "31 12 2025",
        "31. desember 2025", "31. des. 2025", "onsdag 31. desember 2025", "31 DES 2025", "20251231", "31122025", "311225",
        "2025-12-31T00:00:00", "31.12.2025 00:00:00", "31.12.2025 kl", 46022, 46022.0, "46022", 20251231, 31122025,
        dt.date(2025, 12, 31), dt.datetime(2025, 12, 31, 13, 5),
    ],
)  # fmt: skip
def test_that_a_date_is_read_in_every_common_writing(written):
    if written == "31.12.2025 kl":
        assert "ikke en dato" in refused("date", written)
    else:
        assert value("date", written) == dt.date(2025, 12, 31)


@pytest.mark.parametrize(
    "written", ["3. mars 2025", "3.mars 2025", "3 mars 25", "3.3.2025", "03.03.25", 3032025]
)
def test_that_short_days_and_months_in_words_are_read(written):
    assert value("date", written) == dt.date(2025, 3, 3)


@pytest.mark.parametrize(
    "written", ["31.02.2025", "29.02.2023", "2025-02-30", "00.01.2025", "31.13.2025", "32.01.2025"]
)
def test_that_a_day_that_does_not_exist_is_refused(written):
    assert refused("date", written) == "Datoen finnes ikke i kalenderen."


@pytest.mark.parametrize(
    "written", ["i går", "snarest", "12", "1.2", "31.12.", "x" * 500, True, -4, 0, float("nan"), "²1.12.2025"]
)
def test_that_what_is_no_date_is_refused(written):
    assert isinstance(parse("date", written, TODAY), Problem)


def test_that_a_serial_number_says_that_it_was_one():
    assert read("date", 45000).assumption == "Tallet er lest som regnearkets dagnummer."


def test_that_a_bare_year_is_not_taken_for_a_serial_number():
    assert "årstall" in refused("date", 1985)


def test_that_two_digit_years_say_how_they_were_read():
    born = read("birth_date", "01.02.47")
    assert born.value == dt.date(1947, 2, 1)
    assert born.assumption == "Årstall med to siffer er lest som 1900-tallet."
    assert value("birth_date", "01.02.26") == dt.date(2026, 2, 1)
    assert value("birth_date", "01.02.27") == dt.date(1927, 2, 1)
    assert value("date", "01.02.27") == dt.date(2027, 2, 1)
    assert value("date", "01.02.98") == dt.date(1998, 2, 1)


def test_that_a_future_birth_date_is_refused_and_a_future_registration_is_warned_about():
    assert "fram i tid" in refused("birth_date", "01.07.2026")
    assert value("birth_date", "30.06.2026") == TODAY
    assert read("past_date", "01.07.2026").warning == "Datoen ligger fram i tid."


def test_that_years_out_of_range_are_refused():
    assert "mellom 1900" in refused("birth_date", "31.12.1899")
    assert "mellom 1900" in refused("date", dt.date(9999, 12, 31))
    assert "mellom 1900" in refused("date", "1066-10-14")


def test_that_a_birth_year_alone_is_kept_with_its_precision():
    found = read("birth_date", 1958)
    assert found.value == dt.date(1958, 1, 1)
    assert found.also == (("birth_precision", "ar"),)
    assert found.assumption


def test_that_a_very_old_person_is_warned_about():
    assert read("birth_date", "01.01.1905").warning


@given(st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31)))
def test_that_every_date_is_read_back_from_every_full_writing(day):
    for written in (
        day.isoformat(),
        f"{day:%d.%m.%Y}",
        f"{day.day}/{day.month}-{day.year}",
        f"{day:%Y%m%d}",
        day,
    ):
        assert value("date", written) == day


@pytest.mark.parametrize(
    "written",
    [
        "01.02.2026 kl. 10.30",
        "01.02.2026 kl 10:30",
        "1.2.2026, kl. 10.30",
        "1. februar 2026 kl.10",
        "01.02.2026, 10:30",
    ],
)
def test_that_the_time_of_day_beside_a_date_is_left_out(written):
    assert value("date", written) == dt.date(2026, 2, 1)
