"""The catalogue of facts holds what the law lets an office know, and nothing else."""

from __future__ import annotations

import datetime as dt

import pytest

from boligdesk.domain.facts import (
    APPLICATION,
    CATALOGUE,
    DWELLING,
    DWELLING_COLUMNS,
    MOST_TEXT,
    FactError,
    FactType,
    checked,
    in_words,
    kind_of,
    kinds_of,
    unknown_keys,
)


def test_that_every_fact_about_a_person_has_a_letter_of_the_regulation():
    assert {kind.ground for kind in kinds_of(APPLICATION)} <= set("abcdefghijklm")
    assert {kind.ground for kind in kinds_of(DWELLING)} == {""}


def test_that_what_is_not_on_the_closed_list_is_not_asked():
    forbidden = ("religion", "tro", "etnis", "nasjonalitet", "politi", "fagforening", "seksuell")
    asked = " ".join(f"{kind.key} {kind.label}" for kind in CATALOGUE).casefold().split()
    assert [word for word in asked if word.startswith(forbidden) and word != "trolig"] == []


def test_that_keys_are_unique_and_codes_are_given_where_they_are_needed():
    keys = [(kind.subject, kind.key) for kind in CATALOGUE]
    assert len(set(keys)) == len(keys)
    for kind in CATALOGUE:
        assert bool(kind.codes) == (kind.type is FactType.CODE), kind.key
        assert len(dict(kind.codes)) == len(kind.codes)
        assert kind.key.isascii()
        assert kind.label[0].isupper()


def test_that_the_columns_of_a_dwelling_are_yes_or_no():
    assert {kind_of(DWELLING, key).type for key in DWELLING_COLUMNS} == {FactType.YES_NO}


@pytest.mark.parametrize(
    ("key", "value", "stored", "words"),
    [
        ("step_free", 1, 1, "Ja"),
        ("step_free", 0, 0, "Nei"),
        ("bedrooms", 3, 3, "3 soverom"),
        ("rent_now", 984_000, 984_000, "9\u00a0840\u00a0kr per måned"),
        ("housing_now", "hos_familie", "hos_familie", "Hos familie eller venner"),
        ("must_leave_by", dt.date(2026, 12, 1), dt.date(2026, 12, 1), "1. desember 2026"),
        ("areas_wanted", "  Kroken\r\nSentrum ", "Kroken\nSentrum", "Kroken\nSentrum"),
    ],
)
def test_that_an_answer_is_checked_and_told_in_words(key, value, stored, words):
    kind = kind_of(APPLICATION, key)
    assert checked(kind, "kjent", value) == stored
    assert in_words(kind, "kjent", stored) == words


def test_that_unknown_is_not_no():
    kind = kind_of(APPLICATION, "step_free")
    assert checked(kind, "ukjent", 1) is None
    assert in_words(kind, "ukjent", None) == "Vet ikke"
    assert in_words(kind, "ikke_aktuelt", None) == "Ikke aktuelt"
    assert in_words(kind, "kjent", 0) == "Nei"


@pytest.mark.parametrize(
    ("key", "state", "value"),
    [
        ("step_free", "kjent", 2),
        ("step_free", "kjent", None),
        ("step_free", "kanskje", 1),
        ("bedrooms", "kjent", -1),
        ("bedrooms", "kjent", 21),
        ("bedrooms", "kjent", "tre"),
        ("rent_now", "kjent", -1),
        ("rent_now", "kjent", 10**13),
        ("housing_now", "kjent", "slott"),
        ("must_leave_by", "kjent", "1.12.2026"),
        ("must_leave_by", "kjent", dt.datetime(2026, 12, 1)),
        ("must_leave_by", "kjent", dt.date(1066, 1, 1)),
        ("areas_wanted", "kjent", " \x00 "),
        ("areas_wanted", "kjent", "x" * (MOST_TEXT + 1)),
    ],
)
def test_that_an_answer_that_does_not_fit_is_refused_without_repeating_it(key, state, value):
    with pytest.raises(FactError) as refused:
        checked(kind_of(APPLICATION, key), state, value)
    assert kind_of(APPLICATION, key).label in str(refused.value)


def test_that_a_question_that_does_not_exist_is_refused():
    with pytest.raises(FactError):
        kind_of(APPLICATION, "religion")
    assert unknown_keys(APPLICATION, ["bedrooms", "religion"]) == ("religion",)
