from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boligdesk.domain.money import format_kr, parse_kr


def test_that_amounts_are_written_with_spaces_that_do_not_break():
    assert format_kr(984_000) == "9\u00a0840\u00a0kr"
    assert format_kr(168_125) == "1\u00a0681,25\u00a0kr"
    assert format_kr(-50_005) == "\u2212500,05\u00a0kr"
    assert format_kr(0) == "0\u00a0kr"


@pytest.mark.parametrize(
    ("text", "ore"),
    [
        ("9 840", 984_000),
        ("9\u00a0840 kr", 984_000),
        ("9.840,50", 984_050),
        ("9.840", 984_000),
        ("9840.5 kr", 984_050),
        ("kr 9840,-", 984_000),
        ("kr. 12 345 678,09", 1_234_567_809),
        ("−500 kr", -50_000),
        ("0", 0),
    ],
)
def test_that_amounts_are_read_as_people_write_them(text, ore):
    assert parse_kr(text) == ore


@pytest.mark.parametrize(
    "text", ["", "kr", "1,234", "12 34", "1.2.3", "ni tusen", "1e5", "٣", "9" * 40, "x" * 100_000]
)
def test_that_what_is_no_amount_is_not_guessed_at(text):
    assert parse_kr(text) is None


@given(st.integers(-(10**14), 10**14))
def test_that_what_is_written_is_read_back(ore):
    assert parse_kr(format_kr(ore)) == ore
