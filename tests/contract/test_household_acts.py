"""Acts on a household that touch more than one record: all of it, or nothing; on both engines."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from uuid import uuid4

import pytest

from boligdesk.services.errors import ConflictError, InvalidInput, NotFound
from boligdesk.services.records.common import Sort
from boligdesk.services.records.people import (
    HouseholdDraft,
    MemberDraft,
    NameDraft,
    PersonDraft,
    PersonFilter,
    SplitDraft,
)

TODAY = dt.date(2026, 11, 24)
MAY = dt.date(2026, 5, 1)
NEWCOMER = PersonDraft((NameDraft("Rask", "Hest"),), dt.date(2020, 2, 2))


@pytest.fixture
def people(services):
    return {
        given: services.people.register(PersonDraft((NameDraft(given, "Hest"),), born)).id
        for given, born in (
            ("Klok", dt.date(1988, 3, 15)),
            ("Blid", dt.date(1990, 5, 2)),
            ("Sprek", dt.date(2019, 6, 1)),
        )
    }


@pytest.fixture
def home(services, people):
    roles = {"Klok": "hovedperson", "Blid": "partner", "Sprek": "barn"}
    members = tuple(MemberDraft(roles[given], person) for given, person in people.items())
    expected = MemberDraft("barn", expected_on=dt.date(2027, 1, 10))
    return services.households.save(HouseholdDraft((*members, expected), "Storgata 12"))


def detail(services, home):
    return services.households.detail(home.id)


def rows(services, home, *given):
    """Ids of the member rows of these people."""
    wanted = {f"{name} Hest" for name in given}
    return tuple(member.id for member in detail(services, home).members if member.name in wanted)


def split(services, home, *given, on=MAY, **more):
    found = detail(services, home)
    return SplitDraft(home.id, found.version, rows(services, home, *given), on, **more)


def everybody(services):
    return services.people.page(PersonFilter(), Sort("name"), 0, 50).total


def test_that_some_move_out_together_in_one_act(services, home, people):
    made = services.households.split(split(services, home, "Blid", "Sprek", label=" Hos Blid "))
    new = services.households.detail(made.id)
    assert (new.label, new.formed_on, new.version) == ("Hos Blid", MAY, made.version)
    assert [(m.name, m.role, m.valid_from, m.valid_to) for m in new.members] == [
        ("Blid Hest", "partner", MAY, None),
        ("Sprek Hest", "barn", MAY, None),
    ]
    old = detail(services, home)
    assert old.version == home.version + 1
    assert {m.name: m.valid_to for m in old.members if m.name} == {
        "Klok Hest": None,
        "Blid Hest": MAY,
        "Sprek Hest": MAY,
    }
    assert {home.id, made.id} <= made.changes.ids
    assert [one.id for one in services.households.of_person(people["Blid"])] == [made.id, home.id]


def test_that_a_split_is_taken_back_as_one(services, home, people):
    made = services.households.split(split(services, home, "Blid", "Sprek"))
    services.undo.undo(made.event_id)
    old = detail(services, home)
    assert [m.valid_to for m in old.members] == [None] * 4
    assert old.summary.startswith("2 voksne, 1 barn")
    assert [one.id for one in services.households.of_person(people["Blid"])] == [home.id]


def test_that_an_expected_child_moves_with_its_mother(services, home):
    child = next(m.id for m in detail(services, home).members if m.person_id is None)
    draft = split(services, home, "Blid")
    made = services.households.split(replace(draft, leaving=(*draft.leaving, child)))
    assert services.households.detail(made.id).summary == "1 voksen, venter barn i januar"


@pytest.mark.parametrize("on", [dt.date(2025, 12, 31), dt.date(2026, 11, 20)])
def test_that_nobody_moves_out_on_a_day_they_did_not_live_there(services, home, people, on):
    found = detail(services, home)
    sprek = next(m for m in found.members if m.name == "Sprek Hest")
    lived = replace(sprek, valid_from=dt.date(2026, 1, 1), valid_to=dt.date(2026, 6, 1))
    services.households.save(HouseholdDraft((lived,), found.label, id=home.id, version=found.version))
    with pytest.raises(InvalidInput) as refused:
        services.households.split(split(services, home, "Sprek", on=on))
    assert refused.value.field == "valid_from"
    assert len(services.households.of_person(people["Sprek"])) == 1


def test_that_a_split_that_cannot_be_right_changes_nothing(services, other_services, home):
    with pytest.raises(InvalidInput):
        services.households.split(split(services, home))
    with pytest.raises(InvalidInput):
        services.households.split(split(services, home, "Blid", label="x" * 201))
    everyone = tuple(m.id for m in detail(services, home).members)
    whole = replace(split(services, home), leaving=everyone)
    with pytest.raises(InvalidInput, match="bli boende"):
        services.households.split(whole)
    with pytest.raises(NotFound):
        services.households.split(replace(whole, leaving=(uuid4(),)))
    with pytest.raises(NotFound):
        services.households.split(replace(whole, household_id=uuid4()))
    stale = split(services, home, "Blid")
    found = detail(other_services, home)
    other_services.households.save(HouseholdDraft((), "Nytt navn", id=home.id, version=found.version))
    with pytest.raises(ConflictError):
        services.households.split(stale)
    assert [m.valid_to for m in detail(services, home).members] == [None] * 4


def test_that_a_new_person_and_their_place_are_one_act(services, home):
    found = detail(services, home)
    draft = HouseholdDraft((), found.label, id=home.id, version=found.version)
    saved = services.households.save_with_newcomer(draft, MemberDraft("barn", valid_from=MAY), NEWCOMER)
    member = next(m for m in detail(services, home).members if m.name == "Rask Hest")
    assert (saved.id, member.valid_from, member.birth_on) == (home.id, MAY, dt.date(2020, 2, 2))
    assert member.person_id in saved.changes.ids


def test_that_nobody_is_registered_when_the_household_cannot_be_saved(services, home):
    before = everybody(services)
    stale = HouseholdDraft((), "Storgata 12", id=home.id, version=home.version - 1)
    with pytest.raises(ConflictError):
        services.households.save_with_newcomer(stale, MemberDraft("barn"), NEWCOMER)
    with pytest.raises(InvalidInput):
        services.households.save_with_newcomer(
            replace(stale, version=home.version), MemberDraft("barn", care_share=120), NEWCOMER
        )
    with pytest.raises(InvalidInput):
        services.households.save_with_newcomer(
            replace(stale, version=home.version), MemberDraft("barn"), PersonDraft((NameDraft("", ""),))
        )
    assert everybody(services) == before
    assert len(detail(services, home).members) == 4


def test_that_a_new_household_begins_with_somebody_registered_now(services, people):
    draft = HouseholdDraft((MemberDraft("hovedperson", people["Klok"]),), "Fjordgata 4")
    saved = services.households.save_with_newcomer(draft, MemberDraft("barn"), NEWCOMER)
    assert [m.name for m in services.households.detail(saved.id).members] == ["Klok Hest", "Rask Hest"]


def test_that_an_expected_child_that_is_born_gets_a_file_and_keeps_its_place(services, home):
    found = detail(services, home)
    child = next(m for m in found.members if m.person_id is None)
    draft = HouseholdDraft((), found.label, id=home.id, version=found.version)
    services.households.save_with_newcomer(draft, replace(child, valid_from=TODAY), NEWCOMER)
    born = next(m for m in detail(services, home).members if m.id == child.id)
    assert (born.name, born.expected_on) == ("Rask Hest", None)
