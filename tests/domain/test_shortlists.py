"""A frozen shortlist: the same bytes from the same input, and anybody's rows out of it."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boligdesk.domain import shortlists
from boligdesk.domain.matching import Entry, Has, Profile, Share, rank
from boligdesk.domain.matching import compile as compiled
from boligdesk.domain.rule_sets import shipped
from boligdesk.domain.shortlists import ShortlistError, freeze, replay, stored_rows
from tests.domain.allocating import DWELLING, RULES, like

DAY = dt.date(2026, 12, 1)
VACANCY = {"id": "0190", "dwelling": "Eksempelveien 12 B, H0203"}
ENTRIES = [like("a"), like("b", pets=1), like("c", priority_rank=2), like("d", pets=1, wheelchair=1)]


def frozen(entries=ENTRIES, asked=(), demands=None, profile=DWELLING):
    ranking = rank(entries, compiled(RULES, profile, demands))
    return freeze(ranking, vacancy=VACANCY, as_of=DAY, asked=asked)


def test_that_a_snapshot_tells_what_it_is_about():
    made = frozen()
    content = json.loads(made.content())
    assert made.sha256 == hashlib.sha256(made.content()).hexdigest()
    assert (made.considered, made.eligible) == (4, 2)
    assert content["vacancy"] == VACANCY
    assert content["as_of"] == "2026-12-01"
    assert content["rules"] == {
        "key": "ovelse",
        "title": "Tildeling 2026",
        "version": 3,
        "sha256": RULES.sha256,
    }
    assert content["inputs"]["id"] == ["a", "b", "c", "d"]
    assert [content["inputs"]["id"][number] for number in content["order"]] == ["a", "c"]
    fails = [None if number is None else content["needs"][number] for number in content["first_fail"]]
    assert fails == [None, "dyr", None, "rullestol"]
    assert list(content["rows"]) == ["a", "c"]


def test_that_it_replays_to_the_same_bytes_and_gives_anybodys_rows():
    made = frozen(demands={"husleie": "onske"})
    again = replay(made.packed, RULES)
    assert again.is_same
    assert again.content == made.content()
    judge = compiled(RULES, DWELLING, {"husleie": "onske"})
    assert [again.matches(entry.id) for entry in ENTRIES] == [judge.matches(entry) for entry in ENTRIES]
    with pytest.raises(ShortlistError, match="ikke med"):
        again.matches("x")


def test_that_whoever_is_asked_for_is_kept_as_shown():
    made = frozen(asked=["d"])
    assert stored_rows(made.packed, "d") == compiled(RULES, DWELLING).matches(ENTRIES[3])
    assert stored_rows(made.packed, "b") is None
    assert replay(made.packed, RULES).is_same
    with pytest.raises(ShortlistError, match="ikke med"):
        frozen(asked=["x"])


def test_that_only_the_first_two_hundred_have_their_rows_kept():
    entries = [like(f"{number:04}") for number in range(205)]
    content = json.loads(frozen(entries, asked=["0204"]).content())
    assert sorted(content["rows"]) == [f"{number:04}" for number in (*range(200), 204)]


def test_that_another_rule_set_is_refused():
    with pytest.raises(ShortlistError, match="annet regelsett"):
        replay(frozen().packed, shipped()[0])


def test_that_another_engine_is_refused(monkeypatch):
    made = frozen()
    monkeypatch.setattr(shortlists, "ENGINE", "2")
    with pytest.raises(ShortlistError, match="annen utgave"):
        replay(made.packed, RULES)


def test_that_a_changed_outcome_is_seen():
    content = json.loads(frozen().content())
    content["first_fail"][0] = 0
    changed = zlib.compress(json.dumps(content).encode())
    assert not replay(changed, RULES).is_same


@pytest.mark.parametrize(
    "packed",
    [
        b"",
        b"junk",
        zlib.compress(b"junk"),
        zlib.compress(b"[]"),
        zlib.compress(b"{}"),
        zlib.compress(b"\xff"),
    ],
)
def test_that_damaged_bytes_are_refused_in_words(packed):
    with pytest.raises(ShortlistError, match="skadet"):
        replay(packed, RULES)


@given(st.data())
@settings(max_examples=50)
def test_that_a_cut_or_lengthened_snapshot_is_refused(data):
    packed = frozen().packed
    spoiled = packed[: data.draw(st.integers(0, len(packed) - 1))]
    for wrong in (spoiled, packed + b"x"):
        with pytest.raises(ShortlistError):
            replay(wrong, RULES)


def test_that_a_missing_part_is_refused_in_words():
    content = json.loads(frozen().content())
    for name in content:
        without = {key: value for key, value in content.items() if key != name}
        packed = zlib.compress(json.dumps(without).encode())
        if name in {"needs", "first_fail", "order", "rows"}:
            assert not replay(packed, RULES).is_same  # outcomes are reckoned, never read
        else:
            with pytest.raises(ShortlistError):
                replay(packed, RULES)


def test_that_what_is_no_json_is_refused():
    ranking = rank(ENTRIES, compiled(RULES, DWELLING))
    for wrong in ({"id": b"x"}, {"id": float("nan")}):
        with pytest.raises(ShortlistError, match="lagres"):
            freeze(ranking, vacancy=wrong, as_of=DAY)


def test_that_an_empty_list_can_be_frozen():
    made = frozen([])
    assert replay(made.packed, RULES).is_same
    assert (made.considered, made.eligible) == (0, 0)


NEED = st.sampled_from((0, 1, 2, None))
SOME = st.lists(
    st.builds(
        Entry,
        st.binary(min_size=16, max_size=16),
        st.none() | st.integers(1, 3),
        st.sampled_from(("A", "B – æøå", "")),
        st.none() | st.integers(1, 900_000),
        *[st.none() | st.integers(0, 6)] * 3,
        st.none() | st.integers(0, 2_000_000),
        *[NEED] * 6,
        *[st.none() | st.sampled_from(("", "kro", "kro tro"))] * 2,
    ),
    max_size=6,
    unique_by=lambda entry: entry.id,
)
FACTS = st.builds(
    Has, st.none() | st.integers(0, 3), st.sampled_from(("", "Befaring")), st.none() | st.dates()
)
SOME_PROFILES = st.builds(
    Profile,
    bedrooms=FACTS,
    lift=FACTS,
    floor=FACTS,
    pets=FACTS,
    district=st.builds(Has, st.none() | st.just("kro")),
    entrance=st.builds(Share, st.none() | st.integers(0, 9), st.none() | st.integers(0, 9)),
)


@given(SOME, SOME_PROFILES, st.randoms())
def test_that_any_list_replays_to_the_same_bytes_whatever_order_it_came_in(entries, profile, pick):
    made = frozen(entries, asked=[entry.id for entry in entries[:1]], profile=profile)
    mixed = list(entries)
    pick.shuffle(mixed)
    assert frozen(mixed, asked=[entry.id for entry in entries[:1]], profile=profile).sha256 == made.sha256
    again = replay(made.packed, RULES)
    assert again.is_same
    judge = compiled(RULES, profile)
    assert all(again.matches(entry.id) == judge.matches(entry) for entry in entries)
