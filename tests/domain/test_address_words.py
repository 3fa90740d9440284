"""Street and number as one word of the index, and what somebody types as the beginning of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boligdesk.domain.address_words import JOINT, AddressQuery, address_query, address_tokens


def is_found(query: AddressQuery, tokens: set[str]) -> bool:
    """What the ranges of the index answer, for one person of whom only the address is known."""
    return all(
        any(token.startswith(piece) and f"{JOINT}{query.number}" in token for token in tokens)
        for piece in (*query.street, *query.others)
    )


@pytest.mark.parametrize(
    "typed",
    [
        "bjørkeveien 112",
        "Bjørkeveien 112B",
        "bjørkeveien 112 b",
        "bjorkev 11",
        "bjø 1",
        "Bjoerkeveien 112",
        "bjørkeveien 112 B, 9008 Tromsø",
        "112 bjørkeveien",
        "bjørkeveien 112 h0203",
    ],
)
def test_that_an_address_is_found_as_it_is_typed(typed):
    query = address_query(typed)
    assert query is not None
    assert is_found(query, address_tokens("Bjørkeveien", "112", "B", "H0203"))


@pytest.mark.parametrize(
    "typed", ["bjørkeveien 12", "bjørkeveien 113", "bjørkevollen 112", "bjørkeveiene 112"]
)
def test_that_another_number_or_street_is_not_found(typed):
    query = address_query(typed)
    assert query is not None
    assert not is_found(query, address_tokens("Bjørkeveien", "112", "B", ""))


@pytest.mark.parametrize(
    "typed",
    [
        "bjørk",
        "bjørkeveien",
        "bj 11",
        "11",
        "68 05 00 01",
        "hest 68050001",
        "2026/12",
        "hest 150388",
        "15038812345",
    ],
)
def test_that_what_is_no_street_with_a_number_is_looked_up_as_before(typed):
    assert address_query(typed) is None


@pytest.mark.parametrize("typed", ["nordre strandgate 5", "strandgate 5 nordre", "7. juni-gata 5"])
def test_that_every_word_of_the_street_shares_the_number(typed):
    tokens = address_tokens("7. juni-gata" if "juni" in typed else "Nordre Strandgate", "5", "", "")
    query = address_query(typed)
    assert query is not None
    assert is_found(query, tokens)


def test_that_a_street_with_its_number_in_it_is_taken_apart():
    assert address_tokens("Bjørkeveien 112 B", "", "", "") == address_tokens("Bjørkeveien", "112", "B", "")
    assert address_tokens("Bjørkeveien", "", "", "") == set()
    assert address_tokens("Postboks 12", "", "", "") == set()


@given(st.text(max_size=60), st.text(max_size=8), st.text(max_size=2))
def test_that_a_token_fits_its_column(street, number, letter):
    for token in address_tokens(street, number, letter, ""):
        assert 0 < len(token) <= 16
        address_query(f"{street} {number}{letter}")
