from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boligdesk.domain.money import parse_kr
from boligdesk.services.imports.value_numbers import are_shares
from tests.services.imports.reading import read, refused, value


@pytest.mark.parametrize(
    ("written", "ore"),
    [
        ("9 840,50", 984050), ("9\u00a0840,50", 984050), ("9\u202f840,50", 984050), ("kr 9.840,-", 984000), ("kr. 9 840", 984000),
        ("9840", 984000), ("9840.50", 984050), ("9.840,50", 984050), ("9,840.50", 984050), ("NOK 9840", 984000), ("9840 kr/mnd", 984000),
        ("9840 kr pr. mnd", 984000), ("9.840", 984000), ("0,500", 50), ("0.500", 50), ("1,234,567.50", 123456750), ("9840,–", 984000), (9840, 984000), (9840.5, 984050),
        (0, 0), ("0", 0), ("9840 kroner", 984000), ("ca. 9840", 984000), ("'9840", 984000), (0.1 + 0.2, 30),
    ],
)  # fmt: skip
def test_that_money_becomes_ore(written, ore):
    assert value("money", written) == ore


@pytest.mark.parametrize(
    "written",
    [
        "-100",
        "−100",
        -1,
        "gratis",
        "se kontrakt",
        "9840-10500",
        "9.84.0",
        "9,840",
        "kr 9,840",
        "12,500 kr",
        "1e9",
        10**12,
        True,
        dt.date(2025, 1, 1),
        "1" * 60,
    ],
)
def test_that_what_is_no_amount_is_refused(written):
    refused("money", written)


def test_that_an_english_thousand_mark_says_how_it_was_read():
    assert "tusener" in read("money", "9,840.50").assumption
    assert "tusener" in read("money", "9.840").assumption
    assert read("money", "9 840,50").assumption is None


def test_that_a_comma_with_three_digits_behind_is_never_a_thousand():
    assert "to måter" in refused("money", "9,840")
    assert value("area", "82,500") == 825
    assert value("area", "0,500") == 5
    assert read("area", "82,500").assumption is None


def test_that_an_unusual_rent_is_warned_about():
    assert read("money", "984 000").warning


@given(st.integers(0, 10**9))
def test_that_every_amount_is_read_back_from_norwegian_writing(ore):
    kroner, rest = divmod(ore, 100)
    grouped = f"{kroner:,}".replace(",", " ")
    assert value("money", f"{grouped},{rest:02d}") == ore
    assert value("money", f"kr {grouped},{rest:02d}") == ore == parse_kr(f"{grouped},{rest:02d}")


@pytest.mark.parametrize(
    ("written", "tenths"),
    [
        ("82", 820),
        ("82,5", 825),
        ("82 m2", 820),
        ("82 m²", 820),
        ("82 kvm", 820),
        ("82.45", 825),
        (82, 820),
        (82.5, 825),
        ("ca 82", 820),
    ],
)
def test_that_an_area_becomes_tenths(written, tenths):
    assert value("area", written) == tenths


@pytest.mark.parametrize("written", [0, "0", "-4", "stor", "20000"])
def test_that_an_impossible_area_is_refused(written):
    refused("area", written)


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("3", 3),
        (3, 3),
        (3.0, 3),
        ("3.0", 3),
        ("3,00", 3),
        ("3-roms", 3),
        ("3 roms leilighet", 3),
        ("3R", 3),
        ("to", 2),
        ("2 soverom", 2),
        (0, 0),
    ],
)
def test_that_counts_are_read(written, number):
    assert value("rooms", written) == number


def test_that_a_count_in_words_says_how_it_was_read():
    assert read("rooms", "3-roms").assumption == "Lest som 3 rom."


@pytest.mark.parametrize(
    "written", ["2,5", 2.5, "-1", "mange", 51, True, dt.datetime(2025, 2, 1), "1-2", "2+1"]
)
def test_that_what_is_no_count_is_refused(written):
    refused("integer", written)


@pytest.mark.parametrize(
    ("written", "number"),
    [("2", 2), ("2.", 2), ("2. etg", 2), ("2. etasje", 2), ("kjeller", -1), ("U1", -1), (8, 8), ("-1", -1)],
)
def test_that_floors_are_read(written, number):
    assert value("floor", written) == number


def test_that_a_loft_is_an_unknown_floor_with_a_warning():
    found = read("floor", "Loft")
    assert found.value is None
    assert found.warning


@pytest.mark.parametrize(
    ("written", "number"),
    [("50", 50), ("50 %", 50), (0.5, 50), ("50/50", 50), ("delt", 50), (100, 100), ("33,3 %", 33)],
)
def test_that_percent_is_read(written, number):
    assert value("percent", written) == number


@pytest.mark.parametrize("written", ["0,5", "0.5", "1,0", " 0,25 "])
def test_that_a_share_or_a_percent_is_not_guessed(written):
    assert "andel eller en prosent" in refused("percent", written)


def test_that_a_share_is_read_where_the_column_holds_shares():
    assert are_shares(["0,5", "0,25", "1", None, "delt"])
    assert not are_shares(["0,5", "40"])
    assert not are_shares(["0,5"])
    assert not are_shares([50, "1"])
    assert (value("share", "0,5"), value("share", 1), value("share", "1,0")) == (50, 100, 100)
    assert read("share", "0,5").assumption == "Lest som 50 prosent."
    assert value("share", "1 %") == 1
    assert value("percent", "0,5 %") == 1


def test_that_more_than_the_whole_is_refused():
    refused("percent", "140")


def test_that_priority_stays_a_number_or_a_word():
    assert value("priority", "1") == 1
    assert value("priority", "A") == "A"
    assert value("priority", "2 - haster") == 2


def test_that_a_building_year_is_read():
    assert value("year", "1974") == 1974
    refused("year", "74")
