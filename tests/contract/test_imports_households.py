"""Lists of household members from real files, on both stores."""

from __future__ import annotations

import datetime as dt

from boligdesk.services.records.common import Sort
from boligdesk.services.records.people import PersonFilter
from tests.contract.case_office import protect
from tests.contract.list_office import PEOPLE, bring, contents, reasons
from tests.contract.test_imports_people import only, uncleared_leader

HEAD = ["Id", "Hovedperson-id", "Navn", "Født", "Rolle", "Samvær prosent", "Termin"]
ROWS = [
    HEAD,
    ["1", "1", "Glad Hest", "01.02.1991", "Ektefelle", "", ""],
    ["2", "1", "Rask Hest", "03.04.2015", "Barn", "50", ""],
    ["3", "1", "", "", "Barn", "", "10.03.2027"],
    ["4", "2", "Liten Nepe", "05.06.2018", "Barn", "", ""],
]


def homes(services, name):
    return services.households.of_person(only(services, name).id)


def test_that_members_come_to_the_home_of_their_head(services, tmp_path):
    bring(services, tmp_path, "people", PEOPLE)

    report = bring(services, tmp_path, "households", ROWS, "hus.csv")

    assert report.rejected == 0, reasons(report)
    (home,) = homes(services, "Klok")
    found = {(member.name, member.role, member.care_share) for member in home.members}
    assert ("Rask Hest", "barn", 50) in found
    assert [member.expected_on for member in home.members if member.expected_on] == [dt.date(2027, 3, 10)]
    assert len(home.members) == 4
    assert len(homes(services, "Blid")[0].members) == 2
    assert services.log.check().problem is None


def test_that_a_dry_run_leaves_no_trace_and_the_same_file_changes_nothing(services, store, tmp_path):
    bring(services, tmp_path, "people", PEOPLE)
    before = contents(store)
    dry = bring(services, tmp_path, "households", ROWS, "hus.csv", dry=True)
    assert contents(store) == before

    assert bring(services, tmp_path, "households", ROWS, "hus.csv").counts() == dry.counts()
    taken = contents(store)

    assert bring(services, tmp_path, "households", ROWS, "hus.csv").unchanged == 4
    assert contents(store) == taken


def test_that_without_the_head_a_row_comes_back_and_goes_in_later(services, tmp_path):
    report = bring(services, tmp_path, "households", ROWS, "hus.csv")
    assert report.rejected == 4
    assert "personlista først" in reasons(report)
    assert services.people.page(PersonFilter(), Sort("name"), 0, 10).total == 0

    bring(services, tmp_path, "people", PEOPLE)

    assert bring(services, tmp_path, "households", ROWS, "hus.csv").rejected == 0


def test_that_a_head_without_access_is_not_named(services, other_services, tmp_path):
    bring(services, tmp_path, "people", PEOPLE)
    protect(services, only(services, "Klok").id, "strengt_fortrolig")
    lists = uncleared_leader(services, other_services)

    report = bring(lists, tmp_path, "households", ROWS, "hus.csv")

    assert report.rejected == 3
    assert "Klok" not in reasons(report)
    assert report.created == 1


def test_that_whoever_moves_in_with_a_protected_person_is_hidden_too(services, other_services, tmp_path):
    bring(services, tmp_path, "people", PEOPLE)
    protect(services, only(services, "Klok").id, "fortrolig")

    bring(services, tmp_path, "households", ROWS, "hus.csv")

    seen = {row.name for row in other_services.people.page(PersonFilter(), Sort("name"), 0, 50).rows}
    assert not any("Hest" in name for name in seen), seen
    assert other_services.search.find("Rask", counted=True).counts["people"] == 0


def test_that_a_member_is_changed_not_doubled(services, tmp_path):
    bring(services, tmp_path, "people", PEOPLE)
    bring(services, tmp_path, "households", ROWS, "hus.csv")
    rows = [HEAD, ["2", "1", "Rask Hest", "03.04.2015", "Barn", "100", ""]]

    report = bring(services, tmp_path, "households", rows, "ny.csv")

    assert report.updated == 1, reasons(report)
    members = homes(services, "Klok")[0].members
    assert [
        member.care_share for member in members if member.name == "Rask Hest" and member.valid_to is None
    ] == [100]
