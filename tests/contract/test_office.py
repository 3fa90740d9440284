"""Users, views, settings and rules of the office, on both stores."""

from __future__ import annotations

import pytest

from boligdesk.domain.catalog import Role
from boligdesk.services.errors import ConflictError, InvalidInput, NotAllowed, NotFound
from boligdesk.services.records.office import BirthdayRule
from boligdesk.services.records.people import NameDraft, PersonDraft
from boligdesk.storage.reader import SYSTEM


def user(services, login):
    return next(found for found in services.office.users() if found.login == login)


def test_that_a_login_is_one_person_however_it_is_written(services, store):
    with pytest.raises(InvalidInput, match="allerede"):
        services.office.register_user("INGRID", "En annen", (Role.CASEWORKER,), 0)

    assert store.read(SYSTEM, lambda view: view.office.user_by_login("Ingrid")).login == "ingrid"
    assert store.read(SYSTEM, lambda view: view.office.user_by_login("ingen")) is None


def test_that_nobody_gives_more_clearance_than_one_has(cleared_services, administrator):
    with pytest.raises(InvalidInput, match="mer tilgang"):
        cleared_services.office.register_user("ny", "Ny N.", (Role.CASEWORKER,), 2)
    me = user(administrator, "arne")
    with pytest.raises(InvalidInput, match="mer tilgang"):
        administrator.office.change_user(me.id, me.version, me.name, me.roles, 1, True)
    higher = user(administrator, "ingrid")
    administrator.office.change_user(higher.id, higher.version, "Ingrid Berg", higher.roles, 2, True)


def test_that_two_who_change_the_roles_of_one_meet_a_conflict(services, administrator):
    old = user(services, "jonas")
    services.office.change_user(old.id, old.version, old.name, (Role.CASEWORKER, Role.HOME_GUIDE), 0, True)

    with pytest.raises(ConflictError):
        administrator.office.change_user(old.id, old.version, old.name, (Role.CARETAKER,), 0, True)

    assert set(user(services, "jonas").roles) == {Role.CASEWORKER, Role.HOME_GUIDE}


def test_that_a_blocked_user_is_out_at_once(services, other_services):
    found = user(services, "jonas")
    services.office.change_user(found.id, found.version, found.name, found.roles, 0, False)

    with pytest.raises(NotAllowed):
        other_services.office.districts()


def test_that_the_last_who_lets_others_in_stays(services):
    for login in ("marit", "arne"):
        found = user(services, login)
        services.office.change_user(found.id, found.version, found.name, found.roles, found.clearance, False)
    me = user(services, "ingrid")

    with pytest.raises(InvalidInput, match="Minst én"):
        services.office.change_user(me.id, me.version, me.name, me.roles, 2, False)


def test_that_case_workers_do_not_manage_users(other_services):
    with pytest.raises(NotAllowed):
        other_services.office.register_user("ny", "Ny N.", (Role.CASEWORKER,), 0)


def test_that_views_are_dropped_by_their_owner_and_those_of_the_office_by_all(services, other_services):
    mine = services.office.save_view("saker", "Mine", {"a": 1})
    shared = services.office.save_view("saker", "Alles", {"a": 2}, shared=True)
    assert {view.name for view in other_services.office.views("saker")} == {"Alles"}

    with pytest.raises(NotFound):
        other_services.office.drop_view(mine)
    other_services.office.drop_view(shared)
    with pytest.raises(NotFound):
        services.office.drop_view(shared)

    assert [view.name for view in services.office.views("saker")] == ["Mine"]


def test_that_a_view_of_the_same_name_is_replaced(services):
    first = services.office.save_view("saker", "Mine", {"a": 1})
    assert services.office.save_view("saker", "Mine", {"a": 2}) == first
    assert [view.body for view in services.office.views("saker")] == [{"a": 2}]


def test_that_settings_are_ones_own_and_nobodys_history(services, other_services):
    before = services.log.entries().total
    services.office.save_setting("bredder", {"navn": 120})
    services.office.save_setting("bredder", {"navn": 140})

    assert services.office.setting("bredder") == {"navn": 140}
    assert other_services.office.setting("bredder") is None
    assert services.log.entries().total == before


def test_that_birthday_rules_share_no_day(services):
    me = services.office.me().id
    services.office.save_birthday_rules((BirthdayRule(1, 15, me), BirthdayRule(16, 31, me)))
    assert len(services.office.birthday_rules()) == 2
    for wrong in (
        (BirthdayRule(1, 15, me), BirthdayRule(15, 31, me)),
        (BirthdayRule(5, 1, me),),
        (BirthdayRule(0, 3, me),),
    ):
        with pytest.raises(InvalidInput):
            services.office.save_birthday_rules(wrong)


def test_that_a_district_is_made_once(services):
    assert services.office.add_district("Åsgård") == services.office.add_district("  Åsgård ")
    with pytest.raises(InvalidInput):
        services.office.add_district(" ")


def test_that_a_role_taken_away_counts_at_once(services, other_services):
    jonas = next(user for user in services.office.users() if user.login == "jonas")
    draft = PersonDraft((NameDraft("Klok", "Hest"),))
    other_services.people.register(draft)
    services.office.change_user(jonas.id, jonas.version, jonas.name, (Role.AUDITOR,), 0, True)
    with pytest.raises(NotAllowed):
        other_services.people.register(draft)
