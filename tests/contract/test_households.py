"""Households through time, on both engines."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from boligdesk.services.errors import ConflictError, InvalidInput, NotFound
from boligdesk.services.records.people import HouseholdDraft, MemberDraft, NameDraft, PersonDraft

TODAY = dt.date(2026, 11, 24)


def register(services, given, birth_on=None, **fields):
    return services.people.register(
        PersonDraft(names=(NameDraft(given, "Hest"),), birth_on=birth_on, **fields)
    ).id


@pytest.fixture
def family(services):
    """Two adults and two children."""
    return {
        "klok": register(services, "Klok", dt.date(1988, 3, 15)),
        "blid": register(services, "Blid", dt.date(1990, 5, 2)),
        "sprek": register(services, "Sprek", dt.date(2019, 6, 1)),
        "kvikk": register(services, "Kvikk", dt.date(2022, 6, 1)),
    }


def member(person_id, role="barn", **fields):
    return MemberDraft(role, person_id, **fields)


def household(family, *extra, **fields):
    return HouseholdDraft(
        members=(
            member(family["klok"], "hovedperson"),
            member(family["blid"], "partner"),
            member(family["sprek"]),
            member(family["kvikk"]),
            *extra,
        ),
        **fields,
    )


def test_that_a_household_is_summed_up_by_birth_dates(services, family):
    expected = MemberDraft("barn", expected_on=dt.date(2027, 1, 10))
    saved = services.households.save(household(family, expected))
    (home,) = services.households.of_person(family["klok"])
    assert home.id == saved.id
    assert home.version == saved.version
    assert home.summary == "2 voksne, 2 barn (4 og 7 år), venter barn i januar"
    assert [m.name for m in home.members] == ["Klok Hest", "Blid Hest", "Sprek Hest", "Kvikk Hest", ""]
    later = services.households.detail(saved.id, dt.date(2037, 6, 1))
    assert later.summary.startswith("3 voksne, 1 barn (15 år)")
    assert services.people.detail(family["klok"]).households == (home,)


def test_that_an_unknown_age_is_said(services, family):
    stranger = register(services, "Rask")
    saved = services.households.save(household(family, member(stranger, "annen")))
    assert services.households.detail(saved.id).summary == (
        "2 voksne, 2 barn (4 og 7 år), 1 person med ukjent alder"
    )


def test_that_a_birth_fills_the_expected_row(services, family, clock):
    saved = services.households.save(household(family, MemberDraft("barn", expected_on=dt.date(2027, 1, 10))))
    clock.set(dt.date(2027, 1, 20))
    baby = register(services, "Liten", dt.date(2027, 1, 12))
    home = services.households.detail(saved.id)
    assert home.summary.endswith("ventet barn 10. januar 2027")
    row = home.members[-1]
    services.households.save(
        HouseholdDraft((replace(row, person_id=baby),), id=saved.id, version=home.version)
    )
    home = services.households.detail(saved.id)
    assert home.members[-1].id == row.id
    assert home.members[-1].expected_on is None
    assert home.summary == "2 voksne, 3 barn (0, 4 og 7 år)"


def test_that_a_child_can_live_in_two_homes(services, family):
    first = services.households.save(
        HouseholdDraft(
            (member(family["klok"], "hovedperson"), member(family["sprek"], care_share=60)), label="Hos Klok"
        )
    )
    second = services.households.save(
        HouseholdDraft((member(family["blid"], "hovedperson"), member(family["sprek"], care_share=40)))
    )
    homes = services.households.of_person(family["sprek"])
    assert {home.id for home in homes} == {first.id, second.id}
    assert homes[0].summary == "1 voksen, 1 barn (7 år), 1 barn bor her deler av tiden (60 % av nettene)"


def test_that_another_share_of_nights_starts_a_new_row(services, family, clock):
    saved = services.households.save(
        HouseholdDraft((member(family["klok"], "hovedperson"), member(family["sprek"], care_share=60)))
    )
    clock.set(dt.date(2027, 3, 1))
    home = services.households.detail(saved.id)
    services.households.save(
        HouseholdDraft((replace(home.members[1], care_share=50),), id=saved.id, version=home.version)
    )
    home = services.households.detail(saved.id)
    assert [(m.care_share, m.valid_from, m.valid_to) for m in home.members[1:]] == [
        (50, dt.date(2027, 3, 1), None),
        (60, None, dt.date(2027, 3, 1)),
    ]
    assert "60 %" in services.households.detail(saved.id, dt.date(2027, 2, 1)).summary


def test_that_a_split_and_a_reunion_are_new_rows(services, family, clock):
    saved = services.households.save(household(family))
    clock.set(dt.date(2027, 1, 1))
    home = services.households.detail(saved.id)
    blid = next(m for m in home.members if m.person_id == family["blid"])
    moved = services.households.save(
        HouseholdDraft((replace(blid, valid_to=dt.date(2027, 1, 1)),), id=saved.id, version=home.version)
    )
    assert services.households.detail(saved.id).summary == "1 voksen, 2 barn (4 og 7 år)"
    services.households.save(
        HouseholdDraft(
            (member(family["blid"], "partner", valid_from=dt.date(2027, 6, 1)),),
            id=saved.id,
            version=moved.version,
        )
    )
    assert services.households.detail(saved.id, dt.date(2026, 12, 1)).summary.startswith("2 voksne")
    assert services.households.detail(saved.id, dt.date(2027, 3, 1)).summary.startswith("1 voksen")
    assert services.households.detail(saved.id, dt.date(2027, 6, 2)).summary.startswith("2 voksne")


def test_that_the_same_person_twice_at_once_is_refused(services, family):
    saved = services.households.save(household(family))
    with pytest.raises(InvalidInput) as refused:
        services.households.save(
            HouseholdDraft((member(family["klok"], "annen"),), id=saved.id, version=saved.version)
        )
    assert refused.value.field == "members"
    with pytest.raises(InvalidInput):
        services.households.save(household(family, member(family["klok"])))


def test_that_a_dissolved_household_ends_for_all(services, family):
    saved = services.households.save(household(family))
    services.households.save(HouseholdDraft((), dissolved_on=TODAY, id=saved.id, version=saved.version))
    home = services.households.detail(saved.id)
    assert {m.valid_to for m in home.members} == {TODAY}
    assert home.summary == "Ingen bor her denne dagen"


def test_that_a_second_writer_meets_a_conflict(services, other_services, family):
    saved = services.households.save(household(family, label="Familien"))
    services.households.save(HouseholdDraft((), label="Familien Hest", id=saved.id, version=saved.version))
    with pytest.raises(ConflictError) as conflict:
        other_services.households.save(HouseholdDraft((), label="Huset", id=saved.id, version=saved.version))
    assert conflict.value.mine["Navn på husstanden"] == "Huset"
    assert conflict.value.theirs["Navn på husstanden"] == "Familien Hest"


def test_that_saving_without_a_change_writes_nothing(services, family):
    saved = services.households.save(household(family, label="Familien"))
    home = services.households.detail(saved.id)
    again = services.households.save(
        HouseholdDraft(home.members, home.label, home.formed_on, home.dissolved_on, home.id, home.version)
    )
    assert again.event_id is None


def test_that_a_household_change_can_be_taken_back(services, family):
    saved = services.households.save(household(family))
    newcomer = register(services, "Rask", dt.date(1970, 1, 1))
    changed = services.households.save(
        HouseholdDraft((member(newcomer, "annen"),), id=saved.id, version=saved.version)
    )
    assert services.households.detail(saved.id).summary.startswith("3 voksne")
    services.undo.undo(changed.event_id)
    home = services.households.detail(saved.id)
    assert home.summary.startswith("2 voksne")
    assert home.version > changed.version
    assert services.households.of_person(newcomer) == ()


@pytest.mark.parametrize(
    "bad",
    [
        MemberDraft("naboen", expected_on=TODAY),
        MemberDraft("barn"),
        MemberDraft("partner", expected_on=TODAY),
        MemberDraft("barn", expected_on=TODAY, care_share=101),
        MemberDraft("barn", expected_on=TODAY, valid_from=TODAY, valid_to=dt.date(2020, 1, 1)),
    ],
)
def test_that_what_cannot_be_stored_is_refused(services, bad):
    with pytest.raises(InvalidInput):
        services.households.save(HouseholdDraft((bad,)))
    with pytest.raises(InvalidInput):
        services.households.save(HouseholdDraft(()))


def test_that_an_unknown_member_or_household_is_not_found(services, family):
    with pytest.raises(NotFound):
        services.households.save(HouseholdDraft((member(services.user.id),)))
    with pytest.raises(NotFound):
        services.households.detail(family["klok"])
