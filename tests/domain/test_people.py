"""Names, numbers, telephones and ages."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boligdesk.domain.catalog import IdentifierKind
from boligdesk.domain.people import (
    age_on,
    check_number,
    display_name,
    fold_phone,
    format_phone,
    kind_of_number,
    list_name,
    name_words,
    one_edit_away,
    similar_names,
    sort_name,
    within_one_edit,
)

WORDS = st.text("abcdeho", min_size=1, max_size=9)


def test_that_names_are_put_together_for_reading_and_for_lists():
    assert display_name("Klok", "", "Hest") == "Klok Hest"
    assert list_name("Klok", "Rask", "Hest") == "Hest, Klok Rask"
    assert list_name("Klok", "", "") == "Klok"
    assert display_name("", "", "") == "Ukjent navn"
    assert sort_name("Blid", "", "Øye") < sort_name("Blid", "", "Åse")


@pytest.mark.parametrize(
    ("kind", "value", "result"),
    [
        ("fnr", "01914796756", "begge"),
        ("fnr", "019147 96756", "begge"),
        ("fnr", "01914796757", "ugyldig"),
        ("dnr", "50846202355", "begge"),
        ("fnr", "50846202355", "ugyldig"),
        ("syntetisk", "01914796756", "begge"),
        ("annet", "DUF 2014 000", "ikke_kontrollert"),
        ("fnr", "1234", "ugyldig"),
        ("fnr", "", "ugyldig"),
    ],
)
def test_that_a_number_is_checked_as_its_kind(kind, value, result):
    check = check_number(kind, value)
    assert check.result == result
    assert check.is_refused == (result == "ugyldig")
    assert not any(value in remark for remark in check.remarks if value)


def test_that_a_number_of_the_2032_rule_is_told_apart():
    # the official example that only the new rule accepts (domain.md 4.1)
    check = check_number("fnr", "30108299939")
    assert check.result == "ny2032"
    assert not check.is_refused
    assert any("2032" in remark for remark in check.remarks)


def test_that_a_number_that_does_not_fit_the_birth_date_is_remarked():
    assert not any(
        "passer" in text for text in check_number("fnr", "01914796756", dt.date(1947, 11, 1)).remarks
    )
    assert any("passer" in text for text in check_number("fnr", "01914796756", dt.date(1947, 11, 2)).remarks)


def test_that_the_kind_is_read_from_the_digits():
    assert kind_of_number("01914796756") is IdentifierKind.FODSELSNUMMER
    assert kind_of_number("50846202355") is IdentifierKind.D_NUMBER
    assert kind_of_number("123") is IdentifierKind.OTHER


@pytest.mark.parametrize(
    "text", ["68050001", "68 05 00 01", "+47 68 05 00 01", "0047 68050001", "680 50 001"]
)
def test_that_a_norwegian_telephone_is_one_however_it_is_written(text):
    assert fold_phone(text) == "68050001"
    assert format_phone(text) == "68 05 00 01"


def test_that_a_foreign_telephone_stays_as_written():
    assert format_phone("+46 70 123 45 67") == "+46 70 123 45 67"
    assert format_phone("+371 12345") == "+371 12345"
    assert fold_phone("+46 70 123 45 67") == "46701234567"


@pytest.mark.parametrize(
    ("born", "on", "age"),
    [
        (dt.date(2008, 11, 24), dt.date(2026, 11, 23), 17),
        (dt.date(2008, 11, 24), dt.date(2026, 11, 24), 18),
        (dt.date(2008, 2, 29), dt.date(2026, 2, 28), 17),
        (dt.date(2008, 2, 29), dt.date(2026, 3, 1), 18),
    ],
)
def test_that_age_is_counted_in_whole_years(born, on, age):
    assert age_on(born, on) == age


@pytest.mark.parametrize(
    ("typed", "stored", "similar"),
    [
        ("Klok Hest", "Hest Klok", True),
        ("Åse Øvre", "Aase Oevre", True),
        ("Klok Hesst", "Klok Hest", True),
        ("Klokk Hesst", "Klok Hest", False),
        ("Klok Hest", "Klok Rask Hest", True),
        ("Klok Rask Hest", "Klok Hest", True),
        ("Bo Hest", "Ro Hest", False),
        ("Klok", "Blid Nepe", False),
    ],
)
def test_that_similar_names_are_found_with_one_slip(typed, stored, similar):
    assert similar_names(name_words(typed), name_words(stored)) is similar


@given(WORDS, WORDS)
def test_that_one_edit_is_the_same_both_ways_and_from_the_index(left, right):
    assert within_one_edit(left, right) == within_one_edit(right, left)
    if len(left) >= 4:
        assert within_one_edit(left, right) == (right in one_edit_away(left))
