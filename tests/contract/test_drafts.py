"""Unfinished texts: one's own, saved at once, thrown away when empty; on both stores."""

from __future__ import annotations

import pytest

from boligdesk.services.drafts import MAX_CHARACTERS
from boligdesk.services.errors import InvalidInput
from boligdesk.services.records.common import Draft
from tests.contract.case_office import apply, person, protect


def draft(case_id, text="Søker ringte", field="notat"):
    return Draft("case", case_id, field, {"facts": text})


def test_that_a_draft_is_kept_replaced_and_thrown_away(services):
    case = apply(services).id
    services.drafts.save(draft(case))
    services.drafts.save(draft(case, "Søker ringte igjen"))

    kept = services.drafts.load("case", case, "notat")
    assert kept.body == {"facts": "Søker ringte igjen"}
    assert kept.subject_label == "Klok Hest"
    services.drafts.save(draft(case, "   "))

    assert services.drafts.load("case", case, "notat") is None
    assert services.drafts.all() == ()


def test_that_drafts_are_ones_own(services, other_services):
    case = apply(services).id
    services.drafts.save(draft(case))

    assert other_services.drafts.load("case", case, "notat") is None
    other_services.drafts.discard("case", case, "notat")
    assert len(services.drafts.all()) == 1


def test_that_a_draft_does_not_name_whom_one_may_no_longer_see(services, other_services):
    found = person(services)
    case = apply(services, found).id
    other_services.drafts.save(draft(case))
    other_services.drafts.save(Draft("person", found, "notat", {"facts": "x"}))
    protect(services, found, "fortrolig")

    assert {kept.subject_label for kept in other_services.drafts.all()} <= {"", "Skjermet søker"}


def test_that_the_newest_comes_first_and_what_has_no_subject_is_kept(services):
    services.drafts.save(Draft("person", None, "ny", {"given": "Klok"}))
    services.drafts.save(Draft("person", None, "annen", {"given": "Blid"}))

    assert [kept.field for kept in services.drafts.all()] == ["annen", "ny"]
    assert services.drafts.load("person", None, "ny").body == {"given": "Klok"}


def test_that_a_file_pasted_into_a_note_is_refused_calmly(services):
    with pytest.raises(InvalidInput, match="for lang"):
        services.drafts.save(draft(None, "a" * (MAX_CHARACTERS + 1)))


def test_that_a_draft_leaves_nothing_in_the_log(services):
    before = services.log.entries().total
    services.drafts.save(draft(None))
    assert services.log.entries().total == before
