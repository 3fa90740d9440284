"""The list of applicant groups has dates, and what went out of use can still be read."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from boligdesk.domain import facts
from boligdesk.domain.applicant_groups import all_groups, groups_on, load_editions, read_editions
from boligdesk.domain.facts import (
    APPLICANT_GROUP,
    APPLICATION,
    FactError,
    checked,
    choices,
    in_words,
    kind_of,
)
from boligdesk.services.imports.value_words import APPLICANT_TYPE

TODAY = dt.date(2026, 11, 24)
FIRST = {"valid_from": "1900-01-01", "valid_to": "2027-01-01", "source": "x", "confidence": "U"}
THEN = {"valid_from": "2027-01-01", "valid_to": None, "source": "x", "confidence": "U"}


def written(tmp_path, *editions):
    path = tmp_path / "groups.json"
    path.write_text(json.dumps({"schema": 1, "editions": editions}), encoding="utf-8")
    return path


def two(tmp_path):
    old = [{"code": "ordinar", "label": "Ordinær"}, {"code": "akutt", "label": "Akutt"}]
    new = [{"code": "ordinar", "label": "Ordinær bolig"}, {"code": "eldre", "label": "Eldre"}]
    return read_editions(written(tmp_path, THEN | {"groups": new}, FIRST | {"groups": old}))


def test_that_the_groups_are_those_of_the_day(tmp_path):
    editions = two(tmp_path)
    assert [code for code, _words in groups_on(dt.date(2026, 12, 31), editions)] == ["ordinar", "akutt"]
    assert [code for code, _words in groups_on(dt.date(2027, 1, 1), editions)] == ["ordinar", "eldre"]
    assert groups_on(dt.date(1899, 12, 31), editions) == ()
    assert dict(all_groups(editions)) == {"ordinar": "Ordinær bolig", "akutt": "Akutt", "eldre": "Eldre"}


def test_that_what_is_shipped_covers_the_words_of_lists_and_says_where_it_is_from():
    assert {code for code, _words in groups_on(TODAY)} == set(APPLICANT_TYPE.values())
    assert all(edition.source and edition.confidence == "U" for edition in load_editions())


def test_that_a_group_out_of_use_is_read_and_not_chosen(tmp_path, monkeypatch):
    editions = two(tmp_path)
    monkeypatch.setattr(facts, "groups_on", lambda on: groups_on(on, editions))
    kind = kind_of(APPLICATION, APPLICANT_GROUP)
    late = dt.date(2027, 5, 1)
    assert checked(kind, "kjent", "akutt", TODAY) == "akutt"
    with pytest.raises(FactError):
        checked(kind, "kjent", "akutt", late)
    assert [code for code, _words in choices(kind, late)] == ["ordinar", "eldre"]
    assert in_words(kind, "kjent", "akutt") == "Akutt behov"
    assert checked(kind, "ukjent", None, late) is None


@pytest.mark.parametrize(
    "groups", [[], [{"code": "a", "label": "A"}, {"code": "a", "label": "B"}]], ids=["none", "repeated"]
)
def test_that_a_list_that_cannot_be_used_is_refused(tmp_path, groups):
    with pytest.raises(ValueError, match="applicant groups"):
        read_editions(written(tmp_path, FIRST | {"groups": groups}))
