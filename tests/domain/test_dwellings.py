"""Rules of the housing register."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boligdesk.domain.catalog import DwellingStatus as Status
from boligdesk.domain.dwellings import (
    TRANSITIONS,
    accessibility,
    address_of,
    address_sort,
    cadastre,
    may_become,
    residential_setting,
    status_step,
    timeline_words,
    why_not,
)

TODAY = dt.date(2026, 11, 24)
LATER = dt.date(2026, 12, 1)


@pytest.mark.parametrize(
    ("known", "sentence"),
    [
        ({}, "Vet ikke"),
        ({"step_free": None}, "Vet ikke"),
        ({"step_free": 1, "lift": 1}, "Trinnfri, heis · vet ikke: bred dør, bad"),
        (
            {"step_free": 1, "lift": 1, "wide_door": 1, "bath": 1},
            "Trinnfri, heis, bred dør, tilrettelagt bad",
        ),
        ({"step_free": 0}, "Ikke trinnfri · vet ikke: heis, bred dør, bad"),
        (
            {"step_free": 1, "lift": 0, "wide_door": 1, "bath": 0, "wheelchair": 0},
            "Trinnfri, bred dør · ikke heis, ikke tilrettelagt bad, ikke plass til rullestol",
        ),
    ],
)
def test_that_unknown_is_neither_yes_nor_no(known: dict[str, int | None], sentence: str) -> None:
    assert accessibility(known) == sentence


@given(
    st.fixed_dictionaries(
        {key: st.sampled_from([0, 1, None]) for key in ("step_free", "lift", "wide_door", "bath")}
    )
)
def test_that_all_four_facts_are_accounted_for_in_every_row(known: dict[str, int | None]) -> None:
    sentence = accessibility(known).lower()
    if any(value is not None for value in known.values()):
        for word in ("trinnfri", "heis", "bred dør", "bad"):
            assert word in sentence
        no = [key for key, value in known.items() if value == 0]
        assert sentence.count("ikke ") == len(no)


def test_that_addresses_sort_by_street_number_letter_and_unit() -> None:
    wanted = [
        ("Alfaveien", "2", "", ""),
        ("Storgata", "", "", ""),
        ("Storgata", "2", "", ""),
        ("Storgata", "2", "", "H0203"),
        ("Storgata", "2", "A", "H0101"),
        ("Storgata", "2", "B", ""),
        ("Storgata", "12", "", "H0101"),
        ("Storgata", "12", "", "H0203"),
        ("Storgata", "12-14", "", ""),
        ("Ørneveien", "1", "", ""),
        ("Åsveien", "1", "", ""),
        ("", "", "", ""),
    ]
    assert sorted(wanted[5:] + wanted[:5], key=lambda parts: address_sort(*parts)) == wanted


@given(st.integers(1, 9999), st.integers(1, 9999))
def test_that_house_numbers_sort_by_value(one: int, other: int) -> None:
    keys = [address_sort("Storgata", str(number), "", "H0101") for number in (one, other)]
    assert (keys[0] < keys[1]) == (one < other)


def test_that_an_address_reads_as_people_write_it() -> None:
    assert address_of("Eksempelveien", "12", "B", "H0203") == "Eksempelveien 12 B H0203"
    assert address_of(None, None, None, None) == ""


def test_that_every_status_has_its_ways_on_and_the_gone_have_none() -> None:
    assert set(TRANSITIONS) == set(Status)
    for status in Status:
        assert not may_become(status, status)
        if status.is_gone:
            assert not TRANSITIONS[status]
    assert may_become(Status.VACANT, Status.RESERVED)
    assert may_become(Status.RESERVED, Status.LET)
    assert may_become(Status.LET, Status.WORKS)
    assert may_become(Status.WORKS, Status.VACANT)
    assert not may_become(Status.LET, Status.SOLD)
    assert not may_become(Status.WORKS, Status.LET)


def test_that_a_refused_step_says_what_to_do() -> None:
    assert "utleid" in why_not(Status.LET, Status.SOLD)
    assert why_not(Status.WORKS, Status.LET) == "Sett boligen som ledig først."
    assert "allerede" in why_not(Status.VACANT, Status.VACANT)
    assert "Angre" in why_not(Status.SOLD, Status.VACANT)
    assert why_not(Status.RESERVED, Status.WORKS) == "Sett boligen som ledig først."


def test_that_vacant_from_a_day_to_come_leaves_the_status() -> None:
    step = status_step(Status.LET, Status.VACANT, LATER, None, TODAY)
    assert (step.changes, step.available_on) == (False, LATER)
    step = status_step(Status.LET, Status.VACANT, TODAY, LATER, TODAY)
    assert (step.changes, step.from_on, step.available_on) == (True, TODAY, LATER)
    assert status_step(None, Status.VACANT, LATER, None, TODAY).changes
    assert not status_step(Status.VACANT, Status.VACANT, TODAY, LATER, TODAY).changes


def test_that_a_gone_dwelling_is_never_available() -> None:
    assert status_step(Status.VACANT, Status.SOLD, TODAY, LATER, TODAY).available_on is None


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("5501-124/56", "5501-124/56"),
        ("5501 gnr. 124 bnr. 56", "5501-124/56"),
        ("124/56/0/3", "124/56/0/3"),
    ],
)
def test_that_a_land_register_number_has_one_form(text: str, stored: str) -> None:
    assert str(cadastre(text)) == stored


@pytest.mark.parametrize("text", ["tull", "0/56", "124/0", "55-124/56", "0000-124/56"])
def test_that_what_cannot_be_a_land_register_number_is_none(text: str) -> None:
    assert cadastre(text) is None


@pytest.mark.parametrize(
    ("municipal", "units", "sentence"),
    [
        (2, 12, "2 av 12 boliger i bygget er kommunale (17 %)."),
        (1, 1, "1 av 1 bolig i bygget er kommunal (100 %)."),
        (1, 8, "1 av 8 boliger i bygget er kommunal (13 %)."),
        (3, None, "3 boliger i bygget er kommunale. Antall boliger i bygget i alt mangler."),
        (14, 12, "14 boliger i bygget er kommunale, men bygget er ført med 12 i alt. Rett tallet på bygget."),
    ],
)
def test_that_the_share_of_the_building_is_said_or_what_is_missing(
    municipal: int, units: int | None, sentence: str
) -> None:
    assert residential_setting(municipal, units, has_building=True) == sentence


def test_that_a_dwelling_without_building_says_so() -> None:
    assert "ikke knyttet til et bygg" in residential_setting(0, None, has_building=False)


def test_that_events_are_told_in_words() -> None:
    status = {"status": "utleid", "changes": True, "from_on": "2026-11-24"}
    assert timeline_words("set_dwelling_status", status, {}) == (
        "status",
        "Status: Utleid",
        "Fra 24. november 2026.",
    )
    assert timeline_words("change_dwelling", {"fields": ["rent_ore", "rooms"]}, {})[2] == "Leie, rom"
    assert timeline_words("record_facts", {"keys": ["lift"]}, {"lift": "Heis"})[2] == "Heis"
    assert timeline_words("undo", {"verb": "set_dwelling_status"}, {})[2] == "Statusen er som før."
    assert timeline_words("nytt_i_senere_versjon", {}, {})[1] == "Boligen er endret"
