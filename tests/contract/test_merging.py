"""One person registered twice: compared, made one, and taken apart again, on both engines."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import select

from boligdesk.domain.facts import CATALOGUE
from boligdesk.services.errors import ConflictError, InvalidInput, NotAllowed, NotFound, UserError
from boligdesk.services.records.cases import NoteDraft
from boligdesk.services.records.common import Draft, Sort
from boligdesk.services.records.merging import FieldState
from boligdesk.services.records.people import (
    AddressDraft,
    ContactDraft,
    HouseholdDraft,
    IdentifierDraft,
    MemberDraft,
    NameDraft,
    PersonDraft,
    PersonFilter,
    RepresentativeDraft,
)
from boligdesk.services.records.work import TaskDraft, VisitDraft
from boligdesk.storage.reader import SYSTEM
from boligdesk.storage.tables import Base, Event, EventChange, ExternalRef, Person, SearchToken
from boligdesk.storage.writers.merge_rows import HANDLED
from tests.contract.case_office import apply, person

# synthetic numbers only (month + 80)
D_NUMBER = "55838810011"
FNR = "01914796756"
OTHER_FNR = "02838897382"
WHY = "Rydder i dobbeltføring"
BORN = dt.date(1988, 3, 15)
#: Columns that count or stamp, and tables that only grow.
_STAMPS = {"row_version", "created_at", "created_by", "changed_at", "changed_by"}
_LOG = {"event", "event_change", "log_link", "read_entry", "merge_record", "number_series", "access_scope"}


def klok(services, **fields):
    made = PersonDraft((NameDraft("Klok", "Hest"),), BORN, **fields)
    return services.people.register(made).id


def klokk(services, **fields):
    """The same person, registered once more with a slip in the name."""
    made = PersonDraft((NameDraft("Klokk", "Hest"),), BORN, **fields)
    return services.people.register(made).id


def protect(services, person_id, level):
    version = services.people.detail(person_id, WHY).version
    services.people.protect(person_id, version, level, "Politiet", "Brev av 3. november")


def merge(services, kept, merged, **choices):
    plan = services.merging.plan(kept, merged, WHY)
    chosen = {line.key: "kept" for line in plan.to_choose} | choices
    return services.merging.merge(kept, plan.kept.version, merged, plan.merged.version, chosen)


def record(services, person_id):
    return services.merging.past(person_id)[0].record_id


def line(plan, key):
    return next(each for each in plan.fields if each.key == key)


def live(children):
    return [child for child in children if child.valid_to is None]


def rows_of(store, table):
    """Every row of a table by id, without versions and stamps."""
    made = Base.metadata.tables[table]
    keys = [column.name for column in made.primary_key]
    found = {}
    for row in store.read(SYSTEM, lambda view: view.connection.execute(select(made)).mappings().all()):
        values = {key: value for key, value in row.items() if key not in _STAMPS}
        found[tuple(row[key] for key in keys)] = values
    return found


def everything(store):
    """The office as it is, but for the log and for rows that were taken back or emptied again."""
    office = {}
    for table in Base.metadata.tables:
        if table in _LOG:
            continue
        rows = rows_of(store, table)
        office[table] = {
            key: row
            for key, row in rows.items()
            if row.get("valid_to") != dt.date.min and not (table == "person_secret" and not row["body"])
        }
    return office


def full_file(services, name, home, number):
    """A person with something in every table, and a case, a note, a visit and a task."""
    given, family = name
    drafted = PersonDraft(
        (NameDraft(given, family), NameDraft(f"{given}a", family, kind="alias")),
        BORN,
        identifiers=(IdentifierDraft(*number),),
        contacts=(ContactDraft("telefon", "68 05 00 01"), ContactDraft("epost", f"{given}@hest.no")),
        addresses=(AddressDraft(street=home, house_no="12", postcode="9008", city="Tromsø"),),
        representatives=(RepresentativeDraft("verge", "Blid Nepe", phone="68 05 00 09"),),
        remark=f"Sa {given}",
        interpreter_language="somali",
    )
    person_id = services.people.register(drafted).id
    case_id = apply(services, person_id).id
    services.cases.write_note(NoteDraft("Ringte.", person_id=person_id))
    services.cases.write_note(NoteDraft("Kom innom.", case_id=case_id))
    services.guidance.log_visit(VisitDraft(person_id, case_id=case_id))
    services.tasks.add(TaskDraft("annet", person_id=person_id, due_on=dt.date(2026, 12, 1)))
    services.households.save(
        HouseholdDraft(
            (MemberDraft("hovedperson", person_id), MemberDraft("barn", expected_on=dt.date(2027, 1, 1)))
        )
    )
    services.drafts.save(Draft("person", person_id, "note", {"text": "Husk"}))
    return person_id


# -- comparing ----------------------------------------------------------------------------------------


def test_that_the_plan_shows_what_is_equal_what_is_kept_and_what_to_choose(services):
    kept = klok(services, contacts=(ContactDraft("telefon", "68 05 00 01"),), written_form="bm")
    merged = klokk(
        services,
        addresses=(AddressDraft(street="Storgata", house_no="12", postcode="9008", city="Tromsø"),),
        written_form="nn",
        remark="Snill",
    )
    apply(services, merged)
    plan = services.merging.plan(kept, merged)
    assert plan.refusals == ()
    assert [each.key for each in plan.to_choose] == ["names", "written_form"]
    assert (line(plan, "names").kept, line(plan, "names").merged) == ("Klok Hest", "Klokk Hest")
    assert line(plan, "birth_on").state is FieldState.SAME
    for key in ("contacts", "addresses", "remark"):
        assert line(plan, key).state is FieldState.KEEPS, key
    counts = {each.key: (each.kept, each.merged) for each in plan.counts}
    assert counts["cases"] == (0, 1)
    assert counts["contacts"] == (1, 0)
    assert "tasks" in counts


def test_that_two_valid_numbers_are_two_people(services):
    kept = klok(services, identifiers=(IdentifierDraft("fnr", FNR),))
    merged = klokk(services, identifiers=(IdentifierDraft("fnr", OTHER_FNR),))
    plan = services.merging.plan(kept, merged)
    assert plan.refusals == (
        "Mappene har hvert sitt gyldige fødselsnummer. Da er det to forskjellige personer.",
    )
    with pytest.raises(UserError) as refused:
        merge(services, kept, merged)
    assert refused.value.what == plan.refusals[0]
    assert FNR not in str(plan)


def test_that_a_person_is_not_merged_with_himself_nor_twice(services):
    kept, merged, third = klok(services), klokk(services), person(services, "Blid", "Nepe")
    assert services.merging.plan(kept, kept).refusals == ("Du har valgt den samme mappen to ganger.",)
    merge(services, kept, merged)
    assert services.merging.plan(kept, merged).refusals == ("De to mappene er allerede slått sammen.",)
    with pytest.raises(UserError, match="allerede slått sammen"):
        services.merging.merge(third, 1, merged, 1, {})
    assert services.merging.plan(third, merged).merged.id == kept, "an old id leads to the file it lies in"


def test_that_whoever_represents_the_other_is_somebody_else(services):
    kept = klok(services)
    merged = klokk(
        services, representatives=(RepresentativeDraft("verge", "", representative_person_id=kept),)
    )
    assert services.merging.plan(kept, merged).refusals[0].startswith("Den ene er representant")


def test_that_only_those_who_may_write_people_may_merge(services, home_guide):
    kept, merged = klok(services), klokk(services)
    with pytest.raises(NotAllowed):
        home_guide.merging.plan(kept, merged)
    with pytest.raises(NotAllowed):
        home_guide.merging.merge(kept, 1, merged, 1, {})


def test_that_a_missing_choice_and_an_older_version_are_refused(services):
    kept, merged = klok(services), klokk(services)
    plan = services.merging.plan(kept, merged)
    versions = kept, plan.kept.version, merged, plan.merged.version
    with pytest.raises(InvalidInput) as missing:
        services.merging.merge(*versions, {})
    assert missing.value.field == "names"
    draft = services.people.detail(merged).draft
    services.people.change(replace(draft, remark="Ny"))
    with pytest.raises(ConflictError):
        services.merging.merge(*versions, {"names": "kept"})
    assert services.people.detail(merged).draft.remark == "Ny"


# -- merging ------------------------------------------------------------------------------------------


def test_that_everything_moves_and_the_old_id_opens_the_kept_file(services, store):
    kept = full_file(services, ("Klok", "Hest"), "Storgata", ("dnr", D_NUMBER))
    merged = full_file(services, ("Klokk", "Hest"), "Skippergata", ("fnr", FNR))
    saved = merge(services, kept, merged, addresses="merged")
    assert saved.id == kept
    detail = services.people.detail(merged)
    assert detail.id == kept
    assert detail.name == "Klok Hest"
    assert {(name.given, name.kind) for name in live(detail.draft.names)} == {
        ("Klok", "offisiell"),
        ("Klokk", "alias"),
        ("Kloka", "alias"),
        ("Klokka", "alias"),
    }
    numbers = {number.kind: number.valid_to for number in detail.draft.identifiers}
    assert numbers == {"fnr": None, "dnr": dt.date(2026, 11, 24)}
    assert [home.street for home in live(detail.draft.addresses)] == ["Skippergata"]
    assert sorted(each.value for each in live(detail.draft.contacts)) == [
        "68 05 00 01",
        "Klok@hest.no",
        "Klokk@hest.no",
    ]
    assert len(live(detail.draft.representatives)) == 1
    assert detail.draft.remark == "Sa Klok\nSa Klokk"
    assert len(detail.cases) == len(detail.households) == 2
    stays = {key for key, how in HANDLED.items() if not how.startswith("moved")}
    for table, column in HANDLED.keys() - stays:
        assert merged not in {row[column] for row in rows_of(store, table).values()}, (table, column)


def test_that_the_merged_file_is_nowhere_in_lists_search_and_recent(services, store):
    kept, merged = klok(services), klokk(services)
    services.people.detail(merged)
    merge(services, kept, merged)
    page = services.people.page(PersonFilter(), Sort("name"), 0, 50)
    assert [row.id for row in page.rows] == [kept]
    assert [hit.id for hit in services.search.find("klokk").people] == [kept], "also known as"
    assert [hit.id for hit in services.search.recent()] == [kept]
    tokens = store.read(
        SYSTEM, lambda view: view.rows(select(SearchToken).where(SearchToken.subject_id == merged))
    )
    assert tokens == []


def test_that_the_log_of_both_is_the_log_of_the_one(services):
    kept, merged = klok(services), klokk(services)
    services.people.detail(merged)
    merge(services, kept, merged)
    entries = services.log.entries(0, 50, person_id=kept).rows
    assert [row.what for row in entries].count("Personen er registrert") == 2
    assert entries[0].what == "To mapper er slått sammen til én"
    assert {row.subject for row in entries} == {"Klok Hest"}
    assert services.log.check().problem is None


def test_that_the_same_home_is_one_stay(services):
    kept, merged = klok(services), klokk(services)
    home = services.households.save(
        HouseholdDraft(
            (
                MemberDraft("hovedperson", kept, valid_from=dt.date(2024, 1, 1)),
                MemberDraft("annen", merged, valid_from=dt.date(2023, 1, 1), care_share=None),
            )
        )
    ).id
    plan = services.merging.plan(kept, merged)
    assert any("samme husstanden" in warning for warning in plan.warnings)
    before = services.households.detail(home)
    merge(services, kept, merged)
    members = services.households.detail(home).members
    assert [(each.person_id, each.role, each.valid_from) for each in members] == [
        (kept, "hovedperson", dt.date(2023, 1, 1))
    ]
    services.merging.undo_merge(record(services, kept))
    assert services.households.detail(home).members == before.members


def test_that_do_not_call_holds_for_a_number_that_both_have(services):
    kept = klok(services, contacts=(ContactDraft("telefon", "68 05 00 01"),))
    merged = klokk(
        services,
        contacts=(ContactDraft("telefon", "+47 68050001", must_not_call=True, note="Deler med bror"),),
    )
    merge(services, kept, merged)
    (phone,) = live(services.people.detail(kept).draft.contacts)
    assert (phone.must_not_call, phone.note) == (True, "Deler med bror")


def test_that_what_a_list_brought_in_finds_the_kept_person_the_next_time(services, store):
    kept, merged = klok(services), klokk(services)
    store.write(services.user.id, lambda unit: unit.write_imports.keep_ref("kobo", "17", "person", merged))

    def owner():
        return store.read(SYSTEM, lambda view: view.scalar(select(ExternalRef.subject_id)))

    merge(services, kept, merged)
    assert owner() == kept
    services.merging.undo_merge(record(services, kept))
    assert owner() == merged


# -- protection ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("protected", ["kept", "merged"])
def test_that_the_strictest_protection_holds_for_all_of_it(services, cleared_services, store, protected):
    kept, merged = klok(services), klokk(services)
    case_id = apply(services, merged if protected == "kept" else kept).id
    protect(services, kept if protected == "kept" else merged, "strengt_fortrolig")
    merge(services, kept, merged)
    detail = services.people.detail(kept, WHY)
    assert detail.protection == "strengt_fortrolig"
    assert detail.name == "Klok Hest"
    assert services.cases.detail(case_id, WHY).id == case_id
    with pytest.raises(NotFound):
        cleared_services.people.detail(kept, WHY)
    with pytest.raises(NotFound):
        cleared_services.people.detail(merged, WHY)
    for table in ("person", "person_name", "case_file", "search_token"):
        assert "Klok" not in str(rows_of(store, table)), table
    hidden = store.read(
        SYSTEM,
        lambda view: view.rows(
            select(Event.id).where(Event.person_id.in_([kept, merged]), Event.protection < 2)
        ),
    )
    assert hidden == []


def test_that_ordinary_case_workers_do_not_lift_or_lay_protection_by_merging(
    services, other_services, cleared_services
):
    kept, merged = klok(services), klokk(services)
    protect(services, merged, "fortrolig")
    with pytest.raises(NotFound):
        other_services.merging.plan(kept, merged)
    assert cleared_services.merging.plan(kept, merged).refusals == ()


def test_that_a_strictly_confidential_file_asks_for_its_reason(services):
    kept, merged = klok(services), klokk(services)
    protect(services, merged, "strengt_fortrolig")
    with pytest.raises(InvalidInput) as asked:
        services.merging.plan(kept, merged)
    assert asked.value.field == "reason"
    assert services.merging.plan(kept, merged, WHY).merged.name == "Klokk Hest"


def test_that_protection_laid_later_covers_the_log_of_the_merged_file_too(services, other_services, store):
    kept, merged = klok(services), klokk(services)
    merge(services, kept, merged)
    protect(services, kept, "fortrolig")
    levels = store.read(
        SYSTEM, lambda view: view.rows(select(Event.protection).where(Event.person_id == merged))
    )
    assert {row.protection for row in levels} == {1}
    with pytest.raises(UserError, match="Adressesperren er endret"):
        services.merging.undo_merge(record(services, kept))


# -- taking it back -----------------------------------------------------------------------------------


@pytest.mark.parametrize("level", ["", "fortrolig", "strengt_fortrolig"])
@pytest.mark.parametrize("winner", ["kept", "merged"])
def test_that_merging_and_taking_it_back_leaves_the_office_as_it_was(services, store, level, winner):
    kept = full_file(services, ("Klok", "Hest"), "Storgata", ("dnr", D_NUMBER))
    merged = full_file(services, ("Klokk", "Hest"), "Skippergata", ("fnr", FNR))
    if level:
        protect(services, merged, level)
    before = everything(store)
    plan = services.merging.plan(kept, merged, WHY)
    merge(services, kept, merged, **{each.key: winner for each in plan.to_choose})
    assert everything(store) != before
    saved = services.merging.undo_merge(record(services, kept))
    assert saved.id == merged
    after = everything(store)
    for table, rows in before.items():
        assert after[table] == rows, table
    assert services.log.check().problem is None
    assert services.people.detail(merged, WHY).id == merged
    assert services.merging.past(kept)[0].is_undone
    with pytest.raises(UserError, match="allerede skilt"):
        services.merging.undo_merge(record(services, kept))
    assert services.merging.plan(kept, merged, WHY).warnings[0].endswith("noen skilte dem igjen.")


def test_that_the_undo_of_the_bar_takes_a_merge_back_and_is_not_done_again(services):
    kept, merged = klok(services), klokk(services)
    saved = merge(services, kept, merged)
    undone = services.undo.undo(saved.event_id)
    assert services.people.detail(merged).id == merged
    with pytest.raises(UserError, match="kan ikke gjøres om"):
        services.undo.undo(undone.event_id)


def test_that_undo_is_refused_when_the_same_was_changed_since(services):
    kept = klok(services, remark="En")
    merged = klokk(services, remark="To")
    merge(services, kept, merged)
    draft = services.people.detail(kept).draft
    services.people.change(replace(draft, remark="Tre"))
    with pytest.raises(UserError, match="Noen har endret det samme senere"):
        services.merging.undo_merge(record(services, kept))
    assert services.people.detail(kept).draft.remark == "Tre"
    assert services.people.detail(merged).id == kept


def test_that_merges_on_top_of_one_another_are_taken_back_from_the_last(services):
    first, second, third = klok(services), klokk(services), person(services, "Klokke", "Hest")
    merge(services, second, third)
    merge(services, first, second)
    assert services.people.detail(third).id == first
    early = next(past for past in services.merging.past(first) if past.kept_id == first)
    late = early.record_id
    older = store_record(services, third)
    with pytest.raises(UserError, match="Angre den siste sammenslåingen først"):
        services.merging.undo_merge(older)
    services.merging.undo_merge(late)
    assert services.people.detail(third).id == second
    services.merging.undo_merge(older)
    assert services.people.detail(third).id == third


def store_record(services, merged):
    """The record of the merge that emptied a file."""

    def work(view):
        rows = view.rows(select(EventChange.row_id, EventChange.new).where(EventChange.tbl == "merge_record"))
        return next(row.row_id for row in rows if row.new["merged_id"] == str(merged))

    found = services.session.store.read(SYSTEM, work)
    assert isinstance(found, UUID)
    return found


def test_that_what_is_filed_on_a_case_meanwhile_goes_with_the_case(services):
    kept, merged = klok(services), klokk(services)
    case_id = apply(services, merged).id
    merge(services, kept, merged)
    visit = services.guidance.log_visit(VisitDraft(kept, case_id=case_id)).id
    own = services.guidance.log_visit(VisitDraft(kept)).id
    services.merging.undo_merge(record(services, kept))
    assert services.guidance.detail(visit).draft.person_id == merged
    assert services.guidance.detail(own).draft.person_id == kept


# -- the tables ---------------------------------------------------------------------------------------


def test_that_every_column_that_can_name_a_person_is_handled():
    """A new table with such a column fails here until ``merge_rows.HANDLED`` says what a merge does with it."""
    found = set()
    for table in Base.metadata.tables.values():
        for column in table.columns:
            refers = any(key.column.table.name == "person" for key in column.foreign_keys)
            named = column.name.endswith("person_id") or column.name in {"merged_into_id", "subject_id"}
            if refers or named:
                found.add((table.name, column.name))
    assert found == set(HANDLED)
    assert "person" not in {kind.subject for kind in CATALOGUE}
    assert Person.merged_into_id.name == "merged_into_id"
