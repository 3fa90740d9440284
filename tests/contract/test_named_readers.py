"""Strictly confidential files: two persons let a colleague in, one ends it, and the log tells each act."""

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


@pytest.fixture
def substitute(store, services):
    services.office.register_user("siv", "Siv T.", (Role.CASEWORKER,), 2)
    return services_of(store, "siv")


def register(services):
    return services.people.register(PersonDraft((NameDraft("Klok", "Hest"),)))


def strict(services):
    saved = register(services)
    services.people.protect(saved.id, saved.version, KODE_6, "Politiet", "Brev")
    return saved.id


def proposed(services, key, user):
    """The proposal that was just made."""
    services.people.propose_reader(key, user.user.id, "Vikar i ferien")
    return services.people.readers(key)[-1].id


def verbs(services, key):
    return [row.what for row in services.log.entries(0, 50, person_id=key).rows]


def test_that_whoever_raises_the_protection_can_open_the_file_afterwards(services, second_leader):
    saved = register(services)
    first = services.people.protect(saved.id, saved.version, KODE_6, "Politiet", "Brev")
    lowered = services.people.protect(saved.id, first.version, KODE_7, "Politiet", "Nytt brev")
    raised = second_leader.people.protect(saved.id, lowered.version, KODE_6, "Politiet", "Tredje brev")
    assert second_leader.people.detail(saved.id, WHY).version == raised.version


def test_that_a_proposal_lets_nobody_in_until_another_confirms(services, second_leader, substitute):
    key = strict(services)
    member = proposed(services, key, substitute)
    with pytest.raises(NotFound):
        substitute.people.detail(key, WHY)
    with pytest.raises(NotAllowed):
        services.people.confirm_reader(member)
    with pytest.raises(NotAllowed):
        substitute.people.confirm_reader(member)

    (waiting,) = second_leader.people.reader_proposals()
    assert (waiting.name, waiting.proposed_by, waiting.may_confirm) == ("Siv T.", "Ingrid B.", True)
    assert "Hest" not in repr(waiting)
    second_leader.people.confirm_reader(waiting.id)

    assert substitute.people.detail(key, WHY).name == "Klok Hest"
    assert second_leader.people.reader_proposals() == ()
    with pytest.raises(NotFound):
        second_leader.people.detail(key, WHY)
    told = "\n".join(verbs(services, key))
    assert "foreslått for tilgang" in told
    assert "har fått tilgang til mappen" in told


def test_that_one_with_the_right_ends_it_at_any_time(services, second_leader, substitute):
    key = strict(services)
    second_leader.people.confirm_reader(proposed(services, key, substitute))
    member = services.people.readers(key)[-1]

    services.people.end_reader(member.id)

    with pytest.raises(NotFound):
        substitute.people.detail(key, WHY)
    assert [reader.name for reader in services.people.readers(key)] == ["Ingrid B."]
    assert any("avsluttet" in words for words in verbs(services, key))
    with pytest.raises(InvalidInput):
        services.people.end_reader(services.people.readers(key)[0].id)


def test_that_a_proposal_taken_back_can_not_be_confirmed(services, second_leader, substitute):
    key = strict(services)
    member = proposed(services, key, substitute)
    second_leader.people.end_reader(member)
    with pytest.raises(NotFound):
        second_leader.people.confirm_reader(member)
    assert len(services.people.readers(key)) == 1
    proposed(services, key, substitute)


def test_that_only_somebody_who_may_open_the_file_proposes_and_ends(services, second_leader, substitute):
    key = strict(services)
    assert second_leader.people.readers(key) == ()
    with pytest.raises(NotFound):
        second_leader.people.propose_reader(key, second_leader.user.id, "Vil se")
    with pytest.raises(NotFound):
        second_leader.people.end_reader(services.people.readers(key)[0].id)
    with pytest.raises(NotAllowed):
        substitute.people.propose_reader(key, substitute.user.id, "Vil se")
    assert substitute.people.reader_proposals() == ()


def test_that_nobody_is_proposed_twice_or_without_clearance(services, other_services, substitute):
    key = strict(services)
    proposed(services, key, substitute)
    for user in (substitute, services, other_services):
        with pytest.raises(InvalidInput):
            services.people.propose_reader(key, user.user.id, "Vikar")


def test_that_an_ordinary_file_has_no_list_of_readers(services, second_leader):
    saved = register(services)
    assert services.people.readers(saved.id) == ()
    with pytest.raises(InvalidInput):
        services.people.propose_reader(saved.id, second_leader.user.id, "Vikar")


def test_that_nobody_stays_on_the_list_when_the_protection_ends(services, second_leader, substitute):
    key = strict(services)
    member = proposed(services, key, substitute)
    services.people.end_protection(key, services.people.detail(key, WHY).version, "Melding")
    with pytest.raises(NotFound):
        second_leader.people.confirm_reader(member)
    services.people.protect(key, services.people.detail(key).version, KODE_6, "Politiet", "Nytt brev")
    assert [reader.name for reader in services.people.readers(key)] == ["Ingrid B."]


def test_that_angre_is_not_offered_for_access(services, second_leader):
    key = strict(services)
    assert services.people.propose_reader(key, second_leader.user.id, "Vikar").event_id is None


def test_that_an_address_abroad_can_still_be_opened_by_those_named(services):
    saved = register(services)
    services.people.protect(saved.id, saved.version, "strengt_fortrolig_utland", "Politiet", "Brev")
    assert services.people.detail(saved.id, WHY).name == "Klok Hest"
