"""Strictly confidential files: who is named can open them, and can name a colleague; nobody else can."""

from __future__ import annotations

import pytest

from boligdesk.domain.catalog import Role
from boligdesk.services.errors import InvalidInput, NotAllowed, NotFound
from boligdesk.services.records.people import NameDraft, PersonDraft

from .conftest import services_of

KODE_7, KODE_6 = "fortrolig", "strengt_fortrolig"
WHY = "Har saken"


@pytest.fixture
def second_leader(store, services):
    services.office.register_user("berit", "Berit K.", (Role.LEADER, Role.CASEWORKER), 2)
    return services_of(store, "berit")


def register(services):
    return services.people.register(PersonDraft((NameDraft("Klok", "Hest"),)))


def test_that_whoever_raises_the_protection_can_open_the_file_afterwards(services, second_leader):
    saved = register(services)
    first = services.people.protect(saved.id, saved.version, KODE_6, "Politiet", "Brev")
    lowered = services.people.protect(saved.id, first.version, KODE_7, "Politiet", "Nytt brev")
    raised = second_leader.people.protect(saved.id, lowered.version, KODE_6, "Politiet", "Tredje brev")
    assert second_leader.people.detail(saved.id, WHY).version == raised.version


def test_that_only_a_named_reader_can_name_a_colleague(services, second_leader):
    saved = register(services)
    services.people.protect(saved.id, saved.version, KODE_6, "Politiet", "Brev")
    with pytest.raises(NotFound):
        second_leader.people.detail(saved.id, WHY)
    with pytest.raises(NotFound):
        second_leader.people.name_reader(saved.id, second_leader.user.id, "Vikar")
    services.people.name_reader(saved.id, second_leader.user.id, "Vikar i ferien")
    assert second_leader.people.detail(saved.id, WHY).name == "Klok Hest"
    with pytest.raises(InvalidInput):
        services.people.name_reader(saved.id, second_leader.user.id, "En gang til")


def test_that_a_colleague_without_clearance_cannot_be_named(services, other_services):
    saved = register(services)
    services.people.protect(saved.id, saved.version, KODE_6, "Politiet", "Brev")
    with pytest.raises(InvalidInput):
        services.people.name_reader(saved.id, other_services.user.id, "Vikar")
    with pytest.raises(NotAllowed):
        other_services.people.name_reader(saved.id, services.user.id, "Vikar")


def test_that_an_ordinary_file_has_no_list_of_readers(services, second_leader):
    saved = register(services)
    with pytest.raises(InvalidInput):
        services.people.name_reader(saved.id, second_leader.user.id, "Vikar")
