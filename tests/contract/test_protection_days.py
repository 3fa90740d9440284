"""A protection decided for a day to come takes effect by itself on that day, and ends so; on both stores."""

from __future__ import annotations

import datetime as dt

import pytest

from boligdesk.services.errors import InvalidInput, NotFound
from boligdesk.services.records.people import AddressDraft, HouseholdDraft, MemberDraft
from boligdesk.storage.store import SqlStore
from tests.contract.case_office import apply, person

TODAY, LATER, LAST = dt.date(2026, 11, 24), dt.date(2026, 12, 3), dt.date(2027, 2, 1)
KODE_7, KODE_6 = "fortrolig", "strengt_fortrolig"
WHY = "Har saken"


def protect(services, key, level, **days):
    version = services.people.detail(key, WHY).version
    return services.people.protect(key, version, level, "Politiet", "Brev", **days)


def write_something(services):
    services.office.save_setting("tema", {"value": "mørkt"})


def test_that_it_begins_and_ends_at_the_first_write_of_the_day(services, other_services, clock):
    key = person(services)
    protect(services, key, KODE_7, since=LATER, until=LAST)
    assert other_services.people.detail(key).name == "Klok Hest"
    assert "03.12.2026" in services.people.detail(key).protection_text

    clock.set(LATER)
    write_something(other_services)
    with pytest.raises(NotFound):
        other_services.people.detail(key)
    assert services.people.detail(key).protection == KODE_7
    told = [row.what for row in services.log.entries(0, 20, person_id=key).rows]
    assert any("begynt å gjelde" in words for words in told)

    clock.set(LAST)
    write_something(other_services)
    assert other_services.people.detail(key).protection == "ingen"


def test_that_it_begins_when_the_store_is_opened(services, other_services, store, clock):
    key = person(services, addresses=(AddressDraft(street="Storgata", house_no="12"),))
    number = services.cases.detail(apply(services, key).id).number
    protect(services, key, KODE_6, since=LATER)
    assert other_services.search.find(number).cases

    clock.set(LATER)
    SqlStore(store.engine, clock).settle()

    assert other_services.search.find(number).cases == ()
    assert other_services.search.find("klok hest").people == ()
    assert services.people.detail(key, WHY).name == "Klok Hest"
    assert [reader.name for reader in services.people.readers(key)] == ["Ingrid B."]


def test_that_the_household_follows_on_the_day(services, other_services, clock):
    key, partner = person(services), person(services, "Blid", "Nepe")
    members = (MemberDraft("hovedperson", key), MemberDraft("partner", partner, valid_from=LATER))
    services.households.save(HouseholdDraft(members))
    protect(services, key, KODE_7)
    assert other_services.people.detail(partner).name == "Blid Nepe"

    clock.set(LATER)
    write_something(services)

    with pytest.raises(NotFound):
        other_services.people.detail(partner)


def test_that_a_new_decision_takes_the_place_of_one_that_has_not_begun(services, other_services, clock):
    key = person(services)
    protect(services, key, KODE_6, since=LATER)
    protect(services, key, KODE_7)
    services.people.end_protection(key, services.people.detail(key).version, "Melding")

    clock.set(LATER)
    write_something(services)
    assert other_services.people.detail(key).protection == "ingen"


def test_that_it_can_be_ended_on_a_day_to_come(services, other_services, clock):
    key = person(services)
    protect(services, key, KODE_7)
    services.people.end_protection(key, services.people.detail(key).version, "Melding", LATER)
    with pytest.raises(NotFound):
        other_services.people.detail(key)

    clock.set(LATER)
    write_something(services)
    assert other_services.people.detail(key).protection == "ingen"


def test_that_a_clock_set_back_takes_nobodys_protection_away(services, other_services, store, clock):
    key = person(services)
    protect(services, key, KODE_7)

    clock.set(TODAY - dt.timedelta(days=200))
    SqlStore(store.engine, clock).settle()
    clock.set(TODAY)

    with pytest.raises(NotFound):
        other_services.people.detail(key)


@pytest.mark.parametrize(
    "days", [{"since": dt.date(2026, 11, 23)}, {"until": TODAY}, {"since": LAST, "until": LATER}]
)
def test_that_a_protection_has_no_past_and_lasts_a_day(services, days):
    key = person(services)
    with pytest.raises(InvalidInput):
        protect(services, key, KODE_7, **days)


def test_that_nothing_is_written_when_nothing_changes(services, store, clock):
    key = person(services)
    protect(services, key, KODE_7)
    before = services.people.detail(key).version
    for day in (LATER, LAST):
        clock.set(day)
        SqlStore(store.engine, clock).settle()
    assert services.people.detail(key).version == before
