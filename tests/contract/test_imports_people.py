"""Lists of people from real files: into the store, on both stores."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from openpyxl import Workbook

from boligdesk.domain.catalog import Protection
from boligdesk.exchange.tables import read_table
from boligdesk.services.errors import NotAllowed
from boligdesk.services.imports.mapping import by_hand
from boligdesk.services.imports.run import ImportStopped
from boligdesk.services.records.cases import CaseFilter
from boligdesk.services.records.common import Sort
from boligdesk.services.records.people import NameDraft, PersonDraft, PersonFilter
from tests.contract.case_office import apply, person, protect
from tests.contract.list_office import PEOPLE, bring, contents, reasons, take, write_csv


def people(services):
    return services.people.page(PersonFilter(), Sort("name"), 0, 100).rows


def only(services, name):
    return next(row for row in people(services) if name in row.name)


def test_that_a_list_becomes_people_cases_and_districts(services, tmp_path):
    report = bring(services, tmp_path, "people", PEOPLE)

    assert (report.read, report.created, report.rejected) == (3, 3, 0), reasons(report)
    detail = services.people.detail(only(services, "Klok").id)
    assert detail.draft.addresses[0].street == "Storgata"
    assert (detail.draft.addresses[0].house_no, detail.draft.addresses[0].letter) == ("12", "B")
    assert detail.draft.contacts[0].value.replace(" ", "") == "68050001"
    numbers = {row.number for row in services.cases.page(CaseFilter(), Sort("number"), 0, 10).rows}
    assert numbers == {"2024/000017", "2024/000018"}
    assert "Ny bydel" in {name for _id, name in services.office.districts()}
    assert services.log.check().problem is None


def test_that_the_series_of_case_numbers_goes_on_after_the_list(services, tmp_path):
    rows = [["Saksnr", "Fornavn", "Etternavn"], ["2026/000017", "Klok", "Hest"]]
    bring(services, tmp_path, "people", rows)

    made = apply(services, person(services, "Ny", "Søker"))

    assert services.cases.detail(made.id).number == "2026/18"


def test_that_a_dry_run_tells_what_taking_does_and_leaves_no_trace(services, store, tmp_path):
    rows = [*PEOPLE, ["4", "", "123", "", "", "32.13.2020", "", "", "", "", ""]]
    before = contents(store)

    dry = bring(services, tmp_path, "people", rows, dry=True)

    assert contents(store) == before
    taken = bring(services, tmp_path, "people", rows)
    assert dry.counts() == taken.counts()
    assert dry.rejected == 1
    assert [row.findings for row in dry.rows] == [row.findings for row in taken.rows]


def test_that_the_same_file_twice_changes_nothing(services, store, tmp_path):
    bring(services, tmp_path, "people", PEOPLE)
    before = contents(store)

    again = bring(services, tmp_path, "people", PEOPLE)

    assert again.counts()["unchanged"] == 3
    assert contents(store) == before


def test_that_the_same_file_does_not_undo_what_somebody_wrote_in_between(services, tmp_path):
    bring(services, tmp_path, "people", PEOPLE)
    found = services.people.detail(only(services, "Blid").id)
    home = replace(found.draft.addresses[0], street="Nygata", house_no="9")
    services.people.change(replace(found.draft, addresses=(home,)))

    again = bring(services, tmp_path, "people", PEOPLE)

    assert again.counts()["unchanged"] == 3
    live = [row for row in services.people.detail(found.id).draft.addresses if row.valid_to is None]
    assert [row.street for row in live] == ["Nygata"]


def test_that_a_changed_row_is_laid_over_what_is_there_cell_by_filled_cell(services, tmp_path):
    bring(services, tmp_path, "people", PEOPLE)
    found_id = only(services, "Blid").id
    bring(
        services,
        tmp_path,
        "people",
        [
            ["Id", "Fornavn", "Etternavn", "Født", "E-post"],
            ["2", "Blid", "Nepe", "", "blid@eksempel.invalid"],
        ],
        "ny.csv",
    )

    draft = services.people.detail(found_id).draft
    assert draft.birth_on == dt.date(1990, 2, 1)
    assert {contact.value.replace(" ", "") for contact in draft.contacts} == {
        "68050002",
        "blid@eksempel.invalid",
    }
    assert draft.addresses[0].street == "Kirkeveien"


def test_that_another_street_keeps_no_door_of_the_old_one(services, tmp_path):
    bring(services, tmp_path, "people", PEOPLE)
    found_id = only(services, "Klok").id
    rows = [["Id", "Fornavn", "Etternavn", "Adresse"], ["1", "Klok", "Hest", "Nygata 4"]]

    report = bring(services, tmp_path, "people", rows, "ny.csv")

    assert report.updated == 1, reasons(report)
    live = [row for row in services.people.detail(found_id).draft.addresses if row.valid_to is None]
    assert [(row.street, row.house_no, row.letter, row.postcode) for row in live] == [
        ("Nygata", "4", "", "9008")
    ]


def test_that_rejected_rows_are_taken_once_they_are_put_right(services, tmp_path):
    wrong = [PEOPLE[0], PEOPLE[1], ["2", "", "", "", "", "40.13.1990", "", "", "", "", ""]]
    first = bring(services, tmp_path, "people", wrong)
    assert (first.created, first.rejected) == (1, 1)
    assert first.rejected_rows[0].row_no == 3
    assert "Født" in reasons(first)

    second = bring(services, tmp_path, "people", [*wrong[:2], PEOPLE[2]])

    assert (second.created, second.unchanged, second.rejected) == (1, 1, 0)


def test_that_a_mapping_by_hand_is_remembered_for_the_same_headings(services, tmp_path):
    path = write_csv(tmp_path / "rar.csv", [["A", "B"], ["Klok", "Hest"]])
    table = read_table(path)
    mapping = by_hand({"A": "given_name", "B": "family_name"}, table.headings, "people")
    services.imports.remember(table.headings, mapping)

    assert services.imports.mapping(table.headings, "people").as_json() == mapping.as_json()
    assert take(services, path, "people").created == 1
    services.imports.remember(
        table.headings, by_hand({"A": "family_name", "B": "given_name"}, table.headings, "people")
    )
    assert services.imports.mapping(table.headings, "people").as_json()["A"] == "family_name"


def test_that_a_workbook_is_read_as_a_text_file_is(services, tmp_path):
    book = Workbook()
    for row in PEOPLE:
        book.active.append(row)
    path = tmp_path / "liste.xlsx"
    book.save(path)

    assert take(services, path, "people").created == 3
    assert bring(services, tmp_path, "people", PEOPLE).unchanged == 3


def test_that_a_former_number_finds_the_person(services, tmp_path):
    rows = [["Fødselsnr", "Fornavn", "Etternavn"], ["55838812345", "Klok", "Hest"]]
    bring(services, tmp_path, "people", rows)
    found_id = only(services, "Klok").id
    found = services.people.detail(found_id)
    ended = tuple(replace(number, valid_to=dt.date(2026, 11, 1)) for number in found.draft.identifiers)
    services.people.change(replace(found.draft, identifiers=ended))

    report = bring(
        services, tmp_path, "people", [[*rows[0], "E-post"], [*rows[1], "k@eksempel.invalid"]], "ny.csv"
    )

    assert [row.subject_id for row in report.rows] == [found_id], reasons(report)


def test_that_a_row_about_somebody_restricted_names_nobody(services, other_services, tmp_path):
    """A second case worker who may bring in lists (a leader without clearance) has no access to kode 6 and 7."""
    bring(services, tmp_path, "people", PEOPLE)
    found_id = only(services, "Klok").id
    protect(services, found_id, "fortrolig")
    lists = uncleared_leader(services, other_services)

    report = bring(
        lists,
        tmp_path,
        "people",
        [["Fødselsnr", "Fornavn", "Etternavn"], ["15838899701", "Annet", "Navn"]],
        "ny.csv",
    )

    assert report.rejected == 1
    assert "ikke har tilgang" in reasons(report)
    assert "Klok" not in reasons(report)
    assert "Hest" not in reasons(report)


def uncleared_leader(services, other_services):
    from boligdesk.domain.catalog import Role
    from boligdesk.services.desk import Services

    user = other_services.user
    services.office.change_user(user.id, user.version, user.name, (Role.LEADER, Role.CASEWORKER), 0, True)
    store = services.imports._session.store
    fresh = next(found for found in services.office.users() if found.id == user.id)
    return Services(store, fresh)


PROTECTED = [["Saksnr", "Fornavn", "Etternavn", "Adressesperre"], ["2025/7", "Klok", "Hest", ""]]


@pytest.mark.parametrize("code", ["kode 6", "kode 7"])
def test_that_address_protection_is_taken_only_by_somebody_cleared(services, other_services, tmp_path, code):
    rows = [PROTECTED[0], [*PROTECTED[1][:3], code]]
    refused = bring(uncleared_leader(services, other_services), tmp_path, "people", rows)
    assert refused.rejected == 1
    assert people(services) == ()

    taken = bring(services, tmp_path, "people", rows)

    assert taken.created == 1, reasons(taken)
    level = Protection.STRICT if code == "kode 6" else Protection.CONFIDENTIAL
    assert services.people.detail(people(services)[0].id, "Kontroll").protection == level
    others = other_services.cases.page(CaseFilter(), Sort("number"), 0, 10)
    assert [row.applicant for row in others.rows] == ([] if code == "kode 6" else ["Skjermet søker"])
    assert other_services.search.find("Klok", counted=True).counts["people"] == 0
    assert services.log.check().problem is None


def test_that_a_later_case_of_a_protected_person_is_as_hidden(services, other_services, tmp_path):
    rows = [
        ["Id", "Saksnr", "Fornavn", "Etternavn", "Adressesperre"],
        ["1", "", "Klok", "Hest", "kode 6"],
    ]
    bring(services, tmp_path, "people", rows)
    bring(services, tmp_path, "people", [rows[0][:4], ["1", "2025/9", "Klok", "Hest"]], "ny.csv")

    assert services.cases.page(CaseFilter(), Sort("number"), 0, 10).total == 1
    assert other_services.cases.page(CaseFilter(), Sort("number"), 0, 10).total == 0
    assert other_services.search.find("2025/9").cases == ()


def test_that_stopping_stores_nothing(services, store, tmp_path):
    rows = [PEOPLE[0], *([str(number), "", "", "Klok", f"Hest{number}", *[""] * 6] for number in range(120))]
    before = contents(store)
    told = []

    with pytest.raises(ImportStopped):
        bring(
            services, tmp_path, "people", rows,
            progress=lambda done, _all: told.append(done), cancelled=lambda: bool(told),
        )  # fmt: skip

    assert told == [50]
    assert contents(store) == before


def test_that_lists_are_brought_in_only_by_those_who_may(other_services, tmp_path):
    with pytest.raises(NotAllowed):
        bring(other_services, tmp_path, "people", PEOPLE)


def test_that_a_row_twice_in_the_file_is_taken_once(services, tmp_path):
    report = bring(services, tmp_path, "people", [*PEOPLE, PEOPLE[2]])

    assert (report.created, report.unchanged) == (3, 1)
    assert len(people(services)) == 3


def test_that_a_namesake_is_warned_of_and_taken(services, tmp_path):
    services.people.register(PersonDraft(names=(NameDraft("Blid", "Nepe"),), birth_on=dt.date(1990, 2, 1)))

    report = bring(services, tmp_path, "people", PEOPLE)

    assert report.created == 3
    assert any("samme navn" in found.message for row in report.rows for found in row.findings)


def test_that_a_telephone_that_cannot_be_used_is_kept_in_the_remark(services, tmp_path):
    path = tmp_path / "folk.csv"
    path.write_text("Etternavn;Fornavn;Telefon\nFjell;Treg;12\n", encoding="utf-8")
    table = read_table(path)
    report = services.imports.take(table, "people", services.imports.mapping(table.headings, "people"))
    assert (report.created, report.rejected, report.warnings) == (1, 0, 1)
    stored = services.people.detail(report.rows[0].subject_id).draft
    assert stored.contacts == ()
    assert "12" in stored.remark


def test_that_a_list_that_says_the_first_thing_again_after_another_is_taken(services, tmp_path):
    def take(street):
        path = tmp_path / "folk.csv"
        path.write_text(f"Id;Etternavn;Fornavn;Adresse\n7;Hest;Klok;{street}\n", encoding="utf-8")
        table = read_table(path)
        report = services.imports.take(table, "people", services.imports.mapping(table.headings, "people"))
        return report.rows[0].outcome, report.rows[0].subject_id

    outcomes = [take(street) for street in ("Storgata 1", "Havnegata 2", "Storgata 1", "Storgata 1")]
    assert [outcome for outcome, _person in outcomes] == ["created", "updated", "updated", "unchanged"]
    live = [home for home in services.people.detail(outcomes[0][1]).draft.addresses if home.valid_to is None]
    assert [(home.street, home.house_no) for home in live] == [("Storgata", "1")]
