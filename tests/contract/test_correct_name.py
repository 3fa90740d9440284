"""A misspelt name is put right where it stands; a new name is another thing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from boligdesk.services.errors import ConflictError, InvalidInput, NotAllowed, NotFound
from boligdesk.services.records.cases import CaseFilter
from boligdesk.services.records.common import Sort
from boligdesk.services.records.people import NameDraft
from tests.contract.case_office import apply, person, protect

WHY = "Har saken"


def correct(services, key, **words):
    detail = services.people.detail(key, WHY)
    return services.people.correct_name(key, detail.version, replace(detail.draft.names[0], **words))


def test_that_a_slip_is_corrected_without_leaving_a_former_name(services):
    key = person(services, "Klok", "Hset")
    apply(services, key)

    saved = correct(services, key, family="Hest")

    detail = services.people.detail(key)
    assert [(name.family, name.valid_to) for name in detail.draft.names] == [("Hest", None)]
    assert (detail.name, detail.version) == ("Klok Hest", saved.version)
    assert services.cases.page(CaseFilter(), Sort("number")).rows[0].applicant == "Hest, Klok"
    assert services.search.find("hset").people == ()
    assert [hit.id for hit in services.search.find("hest").people] == [key]


def test_that_the_log_keeps_both_spellings(services):
    key = person(services, "Klok", "Hset")
    correct(services, key, family="Hest")
    row = services.log.entries(0, 1, person_id=key).rows[0]
    assert "skrivefeil" in row.what.lower()
    said = repr(row.changes)
    assert "Hset" in said
    assert "Hest" in said


def test_that_a_new_name_still_leaves_the_old_one(services):
    key = person(services, "Klok", "Hest")
    detail = services.people.detail(key)
    services.people.change(replace(detail.draft, names=(NameDraft("Klok", "Nepe"),)))
    names = services.people.detail(key).draft.names
    assert [(name.family, name.valid_to is None) for name in names] == [("Nepe", True), ("Hest", False)]


def test_that_a_former_name_can_be_corrected_too(services):
    key = person(services, "Klok", "Hset")
    detail = services.people.detail(key)
    services.people.change(replace(detail.draft, names=(NameDraft("Klok", "Nepe"),)))
    detail = services.people.detail(key)
    former = detail.draft.names[1]
    services.people.correct_name(key, detail.version, replace(former, family="Hest"))
    assert [name.family for name in services.people.detail(key).draft.names] == ["Nepe", "Hest"]
    assert services.people.detail(key).name == "Klok Nepe"


@pytest.mark.parametrize("level", ["fortrolig", "strengt_fortrolig"])
def test_that_a_protected_name_stays_hidden(services, other_services, level):
    key = person(services, "Klok", "Hset")
    protect(services, key, level)
    correct(services, key, family="Hest")
    assert services.people.detail(key, WHY).name == "Klok Hest"
    assert other_services.search.find("hest").people == ()
    with pytest.raises(NotFound):
        correct(other_services, key, family="Hast")


def test_that_an_older_version_an_empty_name_and_a_strange_row_are_refused(services, home_guide):
    key, other = person(services, "Klok", "Hset"), person(services, "Blid", "Nepe")
    detail = services.people.detail(key)
    name = detail.draft.names[0]
    with pytest.raises(InvalidInput):
        services.people.correct_name(key, detail.version, replace(name, given="", family=" "))
    with pytest.raises(NotFound):
        services.people.correct_name(key, detail.version, services.people.detail(other).draft.names[0])
    with pytest.raises(NotAllowed):
        home_guide.people.correct_name(key, detail.version, name)
    services.people.correct_name(key, detail.version, replace(name, family="Hest"))
    with pytest.raises(ConflictError) as caught:
        services.people.correct_name(key, detail.version, replace(name, family="Hast"))
    assert caught.value.theirs == {"Navn": "Klok Hest"}


def test_that_the_same_name_writes_nothing(services):
    key = person(services)
    assert correct(services, key).event_id is None
