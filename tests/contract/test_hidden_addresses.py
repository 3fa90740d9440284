"""Where somebody protected lives is shown by an act that the log tells, and never by the way."""

from __future__ import annotations

from dataclasses import replace

import pytest

from boligdesk.services.errors import ConflictError, NotFound
from boligdesk.services.records.common import Sort
from boligdesk.services.records.people import AddressDraft, PersonFilter
from tests.contract.case_office import person

HOME = AddressDraft(street="Storgata", house_no="12", postcode="9008", city="Tromsø")
WHY = "Har saken"


@pytest.fixture(params=["fortrolig", "strengt_fortrolig"])
def hidden(request, services):
    key = person(services, addresses=(HOME,))
    version = services.people.detail(key).version
    services.people.protect(key, version, request.param, "Politiet", "Brev")
    return key


def test_that_the_page_the_list_and_the_search_do_not_say_where(services, hidden):
    detail = services.people.detail(hidden, WHY)
    (address,) = detail.draft.addresses
    assert address.is_hidden
    page = services.people.page(PersonFilter(), Sort("name"), 0, 10)
    found = services.search.find("klok"), services.search.recent()
    for said in (detail, page, found):
        for word in ("Storgata", "9008", "Tromsø"):
            assert word not in repr(said)


def test_that_showing_it_leaves_a_mark_with_the_reason(services, other_services, hidden):
    (address,) = services.people.detail(hidden, WHY).draft.addresses
    shown = services.people.reveal_address(hidden, address.id, "Skal sende nøkler")
    assert (shown.street, shown.house_no, shown.city) == ("Storgata", "12", "Tromsø")
    newest = services.log.entries(0, 1, person_id=hidden).rows[0]
    assert "skjermede adressen" in newest.what
    assert "Skal sende nøkler" in repr(newest)
    with pytest.raises(NotFound):
        other_services.people.reveal_address(hidden, address.id)


def test_that_what_was_not_seen_is_saved_as_it_was(services, hidden):
    detail = services.people.detail(hidden, WHY)
    services.people.change(replace(detail.draft, remark="Snill"))
    (address,) = services.people.detail(hidden, WHY).draft.addresses
    shown = services.people.reveal_address(hidden, address.id)
    assert replace(shown, id=None, valid_from=None) == HOME

    detail = services.people.detail(hidden, WHY)
    services.people.change(replace(detail.draft, addresses=(replace(shown, house_no="14"),)))
    live = [each for each in services.people.detail(hidden, WHY).draft.addresses if each.valid_to is None]
    assert services.people.reveal_address(hidden, live[0].id).house_no == "14"


def test_that_a_conflict_does_not_say_where(services, hidden):
    stale = services.people.detail(hidden, WHY).draft
    services.people.change(replace(stale, remark="Snill"))
    with pytest.raises(ConflictError) as caught:
        services.people.change(replace(stale, remark="Sur", addresses=(replace(HOME, street="Havnegata"),)))
    assert "Storgata" not in repr((caught.value.mine, caught.value.theirs))


def test_that_an_ordinary_address_stands_open(services):
    key = person(services, addresses=(HOME,))
    (address,) = services.people.detail(key).draft.addresses
    assert (address.is_hidden, address.street) == (False, "Storgata")
