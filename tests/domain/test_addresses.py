from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boligdesk.domain.addresses import (
    StreetAddress,
    compose_address,
    fold_address,
    fold_door,
    format_unit,
    split_address,
)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Storgata 12 B", ("Storgata", "12", "B", "")),
        ("Storgata 12b", ("Storgata", "12", "B", "")),
        ("Storgata 12 b, h 0203", ("Storgata", "12", "B", "H0203")),
        ("Storgata 7 H0101", ("Storgata", "7", "", "H0101")),
        ("17. mai gate 3", ("17. mai gate", "3", "", "")),
        ("Olav Tryggvasons gate 12 – 14", ("Olav Tryggvasons gate", "12-14", "", "")),
        ("Kong Oscars gt. 5c", ("Kong Oscars gt.", "5", "C", "")),
        ("Kroken", ("Kroken", "", "", "")),
        ("Postboks 123", ("Postboks 123", "", "", "")),
        ("12", ("12", "", "", "")),
        ("", ("", "", "", "")),
    ],
)
def test_that_an_address_is_taken_apart(text, parts):
    assert split_address(text) == StreetAddress(*parts)


@given(
    st.sampled_from(("Storgata", "17. mai gate", "Øvre Markveg", "Kong Oscars gate")),
    st.integers(1, 999),
    st.sampled_from(("", "A", "Å")),
    st.sampled_from(("", "H0203", "U0101")),
)
def test_that_what_is_composed_is_taken_apart_again(street, number, letter, unit):
    address = StreetAddress(street, str(number), letter, unit)
    assert split_address(compose_address(address)) == address


@given(st.text(max_size=300))
def test_that_no_text_is_lost_or_fails(text):
    address = split_address(text)
    assert address.street or not text.strip() or not address.number
    assert fold_address(text) == fold_address(text)


@pytest.mark.parametrize(
    "same",
    [
        ("Storgata 12 B", "STORGATA 12b", "Storgt. 12 b", "Storgaten 12B", "Storgate 12 B"),
        ("Kirkeveien 3", "Kirkevegen 3", "kirkevn. 3"),
        ("Aasgata 1", "Åsgata 1"),
        ("Kong Oscars gate 5", "Kong Oscars gt 5", "Kong-Oscars gate 5"),
    ],
)
def test_that_one_address_written_in_several_ways_folds_alike(same):
    assert len({fold_address(text) for text in same}) == 1


def test_that_different_addresses_fold_apart():
    different = ("Storgata 12", "Storgata 12 B", "Storgata 1 H0203", "Storgata 1", "Kirkegata 12")
    assert len({fold_address(text) for text in different}) == len(different)


@pytest.mark.parametrize(
    ("text", "unit"), [("h0203", "H0203"), ("H 02 03", "H0203"), ("H203", None), ("X0101", None)]
)
def test_that_a_unit_number_is_written_one_way(text, unit):
    assert format_unit(text) == unit


def test_that_a_door_taken_apart_is_compared_as_the_whole_address_is():
    assert fold_door("Eksempelvn.", "12", "b") == fold_address("Eksempelveien 12 B") == "eksempelvei 12 b"
    assert fold_door("Storgata", "12 – 14", "") == fold_address("STORGT. 12-14")
    assert fold_door("Storgata 12 B", "", "") == fold_address("Storgaten 12b")
