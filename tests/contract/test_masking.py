"""Restricted people, in every query from the first day: kode 7 and kode 6, on both engines."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from random import Random

import pytest
from sqlalchemy import select, text

from boligdesk.services.errors import ConflictError, InvalidInput, NotAllowed, NotFound, UserError
from boligdesk.services.records.common import Sort
from boligdesk.services.records.people import (
    AddressDraft,
    ContactDraft,
    HouseholdDraft,
    IdentifierDraft,
    MemberDraft,
    NameDraft,
    PersonDraft,
    PersonFilter,
    PersonProbe,
)
from boligdesk.storage.reader import SYSTEM
from boligdesk.storage.search_index import index_case
from boligdesk.storage.tables import CaseFile, Event, Household, Person, SearchToken
from boligdesk.storage.writers.scope import case_scopes, rescope_household, rescope_person

FNR = "01914796756"
KODE_7, KODE_6 = "fortrolig", "strengt_fortrolig"
WHY = "Opplæring"
SECRETS = ("Klok", "Hest", "Storgata", "68050001", "68 05 00 01", FNR, "klok@hest.no", "1988-03-15")


def klok(services):
    draft = PersonDraft(
        names=(NameDraft("Klok", "Hest"), NameDraft("Klokka", "", kind="alias")),
        birth_on=dt.date(1988, 3, 15),
        remark="Snill",
        identifiers=(IdentifierDraft("fnr", FNR),),
        contacts=(ContactDraft("telefon", "68 05 00 01"), ContactDraft("epost", "klok@hest.no")),
        addresses=(AddressDraft(street="Storgata", house_no="12", postcode="9008", city="Tromsø"),),
    )
    return services.people.register(draft)


def blid(services):
    return services.people.register(
        PersonDraft(names=(NameDraft("Blid", "Nepe"),), birth_on=dt.date(1990, 1, 1))
    )


def protect(services, person_id, level):
    version = services.people.detail(person_id, WHY).version
    return services.people.protect(person_id, version, level, "Politiet", "Brev av 3. november")


def open_case(store, applicant_id, household_id=None):
    """A case row as the case family makes it, with the scopes of the applicant."""

    def work(unit):
        case_id = unit.new_id()
        read, shown, level, name, order = case_scopes(unit, applicant_id, None)
        unit.event(
            "register_application",
            "case",
            case_id,
            scope=(read, level),
            case_id=case_id,
            person_id=applicant_id,
        )
        seq = unit.next_number("sak", 2026)
        unit.insert(
            CaseFile,
            id=case_id,
            year=2026,
            seq=seq,
            number=f"2026/{seq}",
            kind="bolig",
            applicant_id=applicant_id,
            applicant_name=name,
            applicant_sort=order,
            household_id=household_id,
            org_unit_id=unit.office_unit,
            phase="mottatt",
            opened_on=unit.today,
            public_title="Søknad",
            public_title_masked="Søknad",
            read_scope_id=read,
            list_scope_id=shown,
        )
        index_case(unit, case_id)
        return case_id

    return store.write(SYSTEM, work)


def case_row(store, case_id):
    columns = (CaseFile.applicant_name, CaseFile.read_scope_id, CaseFile.list_scope_id)
    return store.read(SYSTEM, lambda view: view.first(select(*columns).where(CaseFile.id == case_id)))


def seen(services):
    """Everything that the reading verbs tell this user, in one text."""
    people = services.people
    page = people.page(PersonFilter(), Sort("name"), 0, 50)
    told = [page]
    told += [
        people.page(PersonFilter(word), Sort("name"), 0, 50)
        for word in ("klok", "hest", FNR, "68050001", "storg")
    ]
    told += [
        people.matches(probe)
        for probe in (
            PersonProbe(national_id=FNR),
            PersonProbe(text="Klok Hest"),
            PersonProbe(phone="68050001"),
            PersonProbe(given="Klok", family="Hest", birth_on=dt.date(1988, 3, 15)),
        )
    ]
    told += [services.search.find(word) for word in ("klok", "hest", FNR, "68050001", "storgata", "2026")]
    told += [services.search.recent()]
    return repr(told)


def rows_of(store, *tables):
    """All that stands in tables, whoever asks."""

    def work(view):
        return repr([view.connection.execute(text(f"SELECT * FROM {table}")).fetchall() for table in tables])

    return store.read(SYSTEM, work)


@pytest.mark.parametrize("level", [KODE_7, KODE_6])
def test_that_nobody_without_access_meets_a_restricted_person(store, services, other_services, level):
    saved = klok(services)
    assert "Klok" in seen(other_services)
    other_services.people.detail(saved.id)
    protect(services, saved.id, level)
    told = seen(other_services)
    for secret in SECRETS:
        assert secret not in told
    for verb in (
        lambda: other_services.people.detail(saved.id, WHY),
        lambda: other_services.people.change(PersonDraft((), id=saved.id, version=1)),
        lambda: other_services.people.reveal_number(saved.id, saved.id),
    ):
        with pytest.raises(NotFound):
            verb()
    assert other_services.households.of_person(saved.id) == ()
    assert other_services.people.page(PersonFilter(), Sort("name"), 0, 9).total == 0
    detail = services.people.detail(saved.id, WHY)
    assert detail.name == "Klok Hest"
    assert detail.protection == level
    assert "Politiet" in detail.protection_text


def test_that_kode_7_is_read_by_everybody_cleared_in_the_unit(services, cleared_services, other_services):
    saved = klok(services)
    protect(services, saved.id, KODE_7)
    (row,) = cleared_services.people.page(PersonFilter("hest"), Sort("name"), 0, 9).rows
    assert (row.name, row.is_restricted) == ("Klok Hest", True)
    (address,) = cleared_services.people.detail(saved.id).draft.addresses
    assert cleared_services.people.reveal_address(saved.id, address.id).street == "Storgata"
    assert [match.strength for match in cleared_services.people.matches(PersonProbe(text=FNR))] == [3]
    assert other_services.people.matches(PersonProbe(text=FNR)) == ()


def test_that_kode_6_is_read_by_named_people_only_and_stands_nowhere(store, services, cleared_services):
    saved = klok(services)
    before = services.people.detail(saved.id)
    protect(services, saved.id, KODE_6)
    for secret in SECRETS:
        assert secret not in seen(cleared_services)
    open_rows = rows_of(
        store,
        "person",
        "person_name",
        "person_identifier",
        "contact_point",
        "person_address",
        "representative",
        "search_token",
    )
    for secret in (*SECRETS, "datetime.date(1988, 3, 15)", "Snill", "019147"):
        assert secret not in open_rows
    (row,) = services.people.page(PersonFilter(), Sort("name"), 0, 9).rows
    assert (row.name, row.birth_on, row.phone, row.city) == ("Skjermet", None, "", "")
    with pytest.raises(InvalidInput) as asked:
        services.people.detail(saved.id)
    assert asked.value.field == "reason"
    detail = services.people.detail(saved.id, WHY)
    addresses = tuple(services.people.reveal_address(saved.id, each.id) for each in detail.draft.addresses)
    assert replace(detail.draft, addresses=addresses) == replace(before.draft, version=detail.version)
    assert services.people.reveal_number(saved.id, detail.draft.identifiers[0].id) == FNR


def test_that_a_hidden_file_can_be_changed_and_opened_again(store, services, clock):
    saved = klok(services)
    protect(services, saved.id, KODE_6)
    clock.set(dt.date(2026, 12, 1))
    draft = services.people.detail(saved.id, WHY).draft
    changed = services.people.change(
        replace(
            draft,
            names=(NameDraft("Rask", "Bie"),),
            contacts=(replace(draft.contacts[0], value="68 05 00 02"),),
            remark="Ny merknad",
        )
    )
    open_rows = rows_of(store, "person", "person_name", "contact_point", "search_token")
    assert "Bie" not in open_rows
    assert "68050002" not in open_rows
    assert "Ny merknad" not in open_rows
    detail = services.people.detail(saved.id, WHY)
    assert (detail.name, detail.draft.remark) == ("Rask Bie", "Ny merknad")
    again = services.people.change(detail.draft)
    assert again.event_id is None
    services.undo.undo(changed.event_id)
    assert services.people.detail(saved.id, WHY).name == "Klok Hest"
    detail = services.people.detail(saved.id, WHY)
    services.people.change(replace(detail.draft, names=(NameDraft("Rask", "Bie"),)))
    services.people.end_protection(
        saved.id, services.people.detail(saved.id, WHY).version, "Melding fra politiet"
    )
    shown = services.people.detail(saved.id)
    assert (shown.name, shown.protection, shown.protection_text) == ("Rask Bie", "ingen", "")
    assert shown.draft.birth_on == dt.date(1988, 3, 15)
    (row,) = services.people.page(PersonFilter("bie"), Sort("name"), 0, 9).rows
    assert (row.name, row.phone, row.is_restricted) == ("Rask Bie", "68 05 00 01", False)
    assert services.log.check().problem is None


def test_that_a_hidden_number_still_has_one_file_and_names_nobody(services, cleared_services):
    saved = klok(services)
    protect(services, saved.id, KODE_6)
    with pytest.raises(InvalidInput) as refused:
        cleared_services.people.register(
            PersonDraft((NameDraft("Sprek", "Bie"),), identifiers=(IdentifierDraft("fnr", FNR),))
        )
    assert refused.value.field == "identifiers"
    for secret in (*SECRETS, "kjerm"):
        assert secret not in str(refused.value)
    assert [match.name for match in services.people.matches(PersonProbe(text=FNR))] == ["Klok Hest"]


def test_that_the_log_tells_nothing_of_a_hidden_person_to_others(services, cleared_services, other_services):
    saved = klok(services)
    services.people.change(replace(services.people.detail(saved.id).draft, remark="Snillere"))
    protect(services, saved.id, KODE_6)
    services.people.detail(saved.id, "Hemmelig grunn")
    for secret in (*SECRETS, "Snillere", "Hemmelig grunn", "strengt"):
        assert secret not in repr(cleared_services.log.entries())
        assert secret not in repr(cleared_services.log.entries(person_id=saved.id))
    with pytest.raises(NotAllowed):
        other_services.log.entries()
    assert "Snillere" in repr(services.log.entries(person_id=saved.id))
    assert FNR not in repr(services.log.entries(person_id=saved.id))


def test_that_protection_needs_the_right_the_clearance_and_grounds(
    services, cleared_services, other_services
):
    saved = klok(services)
    with pytest.raises(NotAllowed):
        other_services.people.protect(saved.id, saved.version, KODE_7, "Politiet", "Brev")
    with pytest.raises(NotAllowed):
        cleared_services.people.protect(saved.id, saved.version, KODE_6, "Politiet", "Brev")
    for level, by, basis, field in (
        ("ingen", "Politiet", "Brev", "level"),
        ("kode 6", "Politiet", "Brev", "level"),
        (KODE_7, " ", "Brev", "decided_by"),
        (KODE_7, "Politiet", "", "basis"),
    ):
        with pytest.raises(InvalidInput) as refused:
            services.people.protect(saved.id, saved.version, level, by, basis)
        assert refused.value.field == field
    with pytest.raises(InvalidInput):
        services.people.end_protection(saved.id, saved.version, "Brev")
    with pytest.raises(ConflictError):
        services.people.protect(saved.id, saved.version + 1, KODE_7, "Politiet", "Brev")
    protected = cleared_services.people.protect(saved.id, saved.version, KODE_7, "Politiet", "Brev")
    again = cleared_services.people.protect(saved.id, protected.version, KODE_7, "Politiet", "Brev")
    assert again.event_id is None
    with pytest.raises(UserError):
        services.undo.undo(protected.event_id)
    assert services.people.detail(saved.id).protection == KODE_7


def test_that_a_case_row_shows_no_name_and_links_to_nobody(store, services, other_services, cleared_services):
    saved = klok(services)
    case_id = open_case(store, saved.id)
    assert case_row(store, case_id).applicant_name == "Klok Hest"
    assert services.people.page(PersonFilter(), Sort("name"), 0, 9).rows[0].open_cases == 1
    assert [case.id for case in services.people.detail(saved.id).cases] == [case_id]
    protect(services, saved.id, KODE_7)
    row = case_row(store, case_id)
    assert row.applicant_name == "Skjermet søker"
    assert row.list_scope_id != row.read_scope_id
    told = other_services.search.find("2026/1")
    assert "Klok" not in repr(told)
    assert all(hit.person_id is None for hit in told.cases)
    assert [case.id for case in cleared_services.people.detail(saved.id).cases] == [case_id]
    protect(services, saved.id, KODE_6)
    row = case_row(store, case_id)
    assert row.list_scope_id == row.read_scope_id
    assert other_services.search.find("2026/1").cases == cleared_services.search.find("2026/1").cases == ()


def test_that_a_household_is_as_restricted_as_its_strictest_member(
    services, other_services, cleared_services
):
    saved, partner = klok(services), blid(services)
    home = services.households.save(
        HouseholdDraft(
            (MemberDraft("hovedperson", saved.id), MemberDraft("partner", partner.id)), "Familien Hest"
        )
    )
    assert other_services.households.detail(home.id).summary == "2 voksne"
    protect(services, saved.id, KODE_7)
    for person_id in (saved.id, partner.id):
        with pytest.raises(NotFound):
            other_services.people.detail(person_id)
    with pytest.raises(NotFound):
        other_services.households.detail(home.id)
    inherited = cleared_services.people.detail(partner.id)
    assert (inherited.protection, inherited.name) == (KODE_7, "Blid Nepe")
    assert "husstanden" in inherited.protection_text
    protect(services, saved.id, KODE_6)
    for stranger in (other_services, cleared_services):
        with pytest.raises(NotFound):
            stranger.people.detail(partner.id, WHY)
        assert stranger.people.page(PersonFilter(), Sort("name"), 0, 9).total == 0
        assert stranger.search.find("blid").people == ()
    names = [member.name for member in services.households.detail(home.id).members]
    assert names == ["Klok Hest", "Blid Nepe"]
    assert services.households.detail(home.id).summary == "2 voksne"


def test_that_whoever_moves_out_keeps_nothing_of_the_protection(services, other_services, clock):
    saved, partner = klok(services), blid(services)
    home = services.households.save(
        HouseholdDraft((MemberDraft("hovedperson", saved.id), MemberDraft("partner", partner.id)))
    )
    protect(services, saved.id, KODE_6)
    detail = services.households.detail(home.id)
    row = next(member for member in detail.members if member.person_id == partner.id)
    services.households.save(
        HouseholdDraft((replace(row, valid_to=dt.date(2026, 11, 24)),), id=home.id, version=detail.version)
    )
    assert other_services.people.detail(partner.id).protection == "ingen"
    assert other_services.people.detail(partner.id).households == ()
    assert [hit.title for hit in other_services.search.find("nepe").people] == ["Blid Nepe"]


def test_that_an_earlier_member_who_is_restricted_now_is_masked(services, other_services):
    saved, partner = klok(services), blid(services)
    home = services.households.save(
        HouseholdDraft(
            (
                MemberDraft("hovedperson", partner.id),
                MemberDraft(
                    "partner", saved.id, valid_from=dt.date(2020, 1, 1), valid_to=dt.date(2024, 1, 1)
                ),
            )
        )
    )
    protect(services, saved.id, KODE_7)
    masked = other_services.households.detail(home.id)
    assert [(member.name, member.person_id, member.birth_on) for member in masked.members] == [
        ("Blid Nepe", partner.id, dt.date(1990, 1, 1)),
        ("Skjermet søker", None, None),
    ]
    again = other_services.households.save(
        HouseholdDraft(masked.members, masked.label, id=home.id, version=masked.version)
    )
    assert again.event_id is None
    protect(services, saved.id, KODE_6)
    assert [member.name for member in other_services.households.detail(home.id).members] == ["Blid Nepe"]
    assert "Klok Hest" in [member.name for member in services.households.detail(home.id).members]


def test_that_the_readers_list_starts_anew_after_an_ended_protection(services, cleared_services):
    saved = klok(services)
    protect(services, saved.id, KODE_7)
    services.people.end_protection(saved.id, services.people.detail(saved.id).version, "Brev")
    protect(services, saved.id, KODE_6)
    with pytest.raises(NotFound):
        cleared_services.people.detail(saved.id, WHY)
    assert services.people.detail(saved.id, WHY).name == "Klok Hest"


def scopes(store):
    """What the scope columns say of everything, and every token."""

    def work(view):
        def pick(*columns):
            return sorted(map(tuple, view.rows(select(*columns))), key=repr)

        return (
            pick(
                Person.id, Person.read_scope_id, Person.protection, Person.masked_reason, Person.display_name
            ),
            pick(Household.id, Household.read_scope_id, Household.protection),
            pick(CaseFile.id, CaseFile.read_scope_id, CaseFile.list_scope_id, CaseFile.applicant_name),
            pick(SearchToken.subject_id, SearchToken.token, SearchToken.scope_id),
            pick(Event.id, Event.read_scope_id, Event.protection),
        )

    return store.read(SYSTEM, work)


def recompute(store, user_id):
    """Scramble every scope, then compute all anew."""

    def work(unit):
        for table in ("person", "household", "case_file"):
            unit.connection.execute(
                text(f"UPDATE {table} SET read_scope_id = -1, row_version = row_version + 1")
            )
        unit.event("recompute", "office", unit.office_unit, scope=(0, 0))
        for row in unit.rows(select(Person.id)):
            rescope_person(unit, row.id)
        for row in unit.rows(select(Household.id)):
            rescope_household(unit, row.id)

    store.write(user_id, work)


ACTS = ("protect7", "protect6", "end", "move_in", "move_in", "move_out")


@pytest.mark.parametrize("seed", range(3))
def test_that_scopes_computed_from_scratch_are_what_is_stored(store, services, other_services, seed):
    """Any sequence of protections and moves: the stored scopes are what the rules say, for all to see."""
    chance = Random(seed)
    acts = [(chance.choice(ACTS), chance.randrange(4), chance.randrange(2)) for _ in range(10)]
    people = [
        services.people.register(PersonDraft((NameDraft(f"Klok{number}", "Hest"),))).id for number in range(4)
    ]
    homes = [
        services.households.save(HouseholdDraft((MemberDraft("hovedperson", people[number]),))).id
        for number in (0, 1)
    ]
    for person_id in people:
        open_case(store, person_id)
    own, living = set(), [{0}, {1}]
    for act, who, where in acts:
        do(services, act, people[who], homes[where])
        own = own | {who} if act.startswith("protect") else own - {who} if act == "end" else own
        living[where] = living[where] | {who} if act == "move_in" else living[where]
        living[where] = living[where] - {who} if act == "move_out" else living[where]
    restricted = own.union(*(home for home in living if home & own))
    rows = other_services.people.page(PersonFilter(), Sort("name"), 0, 200).rows
    assert {row.id for row in rows} & set(people) == {
        people[who] for who in range(4) if who not in restricted
    }
    before = scopes(store)
    recompute(store, services.user.id)
    after = scopes(store)
    for stored, computed in zip(before[:4], after[:4], strict=True):
        assert stored == computed
    assert set(before[4]) <= set(after[4])


def do(services, act, person_id, home_id):
    detail = services.people.detail(person_id, WHY)
    if act.startswith("protect"):
        protect(services, person_id, KODE_7 if act == "protect7" else KODE_6)
    elif act == "end":
        try:
            services.people.end_protection(person_id, detail.version, "Brev")
        except InvalidInput:
            return
    else:
        home = services.households.detail(home_id)
        here = [
            member for member in home.members if member.person_id == person_id and member.valid_to is None
        ]
        if act == "move_in" and not here:
            drafts = (MemberDraft("annen", person_id, valid_from=dt.date(2026, 11, 24)),)
        elif act == "move_out" and here:
            drafts = (replace(here[0], valid_to=dt.date(2026, 11, 24)),)
        else:
            return
        services.households.save(HouseholdDraft(drafts, id=home_id, version=home.version))
