"""Dates and amounts as people write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boligdesk.ui.widgets import parse_date, parse_money, show_date, show_money

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("24.11.2026", date(2026, 11, 24)),
        ("241126", date(2026, 11, 24)),
        ("24112026", date(2026, 11, 24)),
        (" 24. 11. 26 ", date(2026, 11, 24)),
        ("1.2", date(2026, 2, 1)),
        ("2026-02-01", date(2026, 2, 1)),
        ("01/02/99", date(1999, 2, 1)),
        ("01.02.36", date(2036, 2, 1)),
        ("01.02.37", date(1937, 2, 1)),
        ("I dag", TODAY),
        ("i morgen", date(2026, 11, 25)),
        ("i går", date(2026, 11, 23)),
        ("", None),
        ("  ", None),
    ],
)
def test_that_dates_are_understood(text, day):
    assert parse_date(text, TODAY) == day


@pytest.mark.parametrize("text", ["31.02.2026", "snart", "24", "1.1.1.1", "00.00.0000", "12345", "1.1.202"])
def test_that_a_wrong_date_is_explained(text):
    with pytest.raises(ValueError, match=r"24\.11\.2026"):
        parse_date(text, TODAY)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31)))
def test_that_a_shown_date_is_read_back(day):
    assert parse_date(show_date(day), TODAY) == day


@pytest.mark.parametrize(
    ("text", "ore"),
    [
        ("9840", 984000),
        ("9 840,50", 984050),
        ("9\u00a0840,5", 984050),
        ("kr 9 840", 984000),
        ("9 840,-", 984000),
        ("9840 kr", 984000),
        ("-12,05", -1205),
        ("", None),
    ],
)
def test_that_amounts_are_understood(text, ore):
    assert parse_money(text) == ore


@pytest.mark.parametrize("text", ["mye", "1,234", "1.000.000", "12,,5", "--5"])
def test_that_a_wrong_amount_is_explained(text):
    with pytest.raises(ValueError, match="beløpet"):
        parse_money(text)


@given(st.integers(min_value=-(10**11), max_value=10**11))
def test_that_a_shown_amount_is_read_back(ore):
    assert parse_money(show_money(ore)) == ore
