"""Lists of dwellings from real files: into the register, on both stores."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from boligdesk.domain.catalog import DwellingStatus
from boligdesk.services.records.common import FactDraft, Sort
from boligdesk.services.records.dwellings import DwellingFilter
from boligdesk.storage.driver_errors import ConstraintBroken
from tests.contract.list_office import bring, contents, reasons

HEAD = [
    "Kode",
    "Adresse",
    "Bolignr",
    "Postnr",
    "Bydel",
    "Bygg",
    "Soverom",
    "Kvm",
    "Husleie",
    "Heis",
    "Trinnfri",
    "Status",
    "Kobo-id",
]
ROWS = [
    HEAD,
    ["B1", "Storgata 12 B", "H0203", "9008", "Sentrum", "Tårnet", "2", "61,5", "9 840,50", "Ja", "vet ikke", "Ledig", "K-1"],
    ["B2", "Storgata 12 B", "H0204", "9008", "Nyland", "Tårnet", "1", "48", "kr 8 100,-", "x", "Nei", "Utleid", ""],
    ["B3", "Kirkeveien 3", "", "9008", "Nyland", "", "3", "80", "11200", "", "Ja", "", ""],
]  # fmt: skip


def dwellings(services):
    return services.dwellings.page(DwellingFilter(), Sort("address"), 0, 100).rows


def detail(services, code):
    return services.dwellings.detail(next(row.id for row in dwellings(services) if row.code == code))


def known(services, code):
    return {fact.key: (fact.state, fact.value) for fact in detail(services, code).facts if fact.id}


def test_that_a_list_becomes_dwellings_buildings_districts_and_facts(services, tmp_path):
    report = bring(services, tmp_path, "dwellings", ROWS)

    assert (report.created, report.rejected) == (3, 0), reasons(report)
    first = detail(services, "B1")
    assert (first.draft.area_m2x10, first.draft.rent_ore, first.draft.bedrooms) == (615, 984050, 2)
    assert first.status == DwellingStatus.VACANT
    assert known(services, "B1") == {"lift": ("kjent", 1), "step_free": ("ukjent", None)}
    assert known(services, "B2") == {"lift": ("kjent", 1), "step_free": ("kjent", 0)}
    assert [building.name for building in services.dwellings.buildings()] == ["Tårnet"]
    assert {name for _id, name in services.office.districts()} >= {"Sentrum", "Nyland"}
    assert services.log.check().problem is None


def test_that_a_dry_run_leaves_no_trace_and_the_same_file_changes_nothing(services, store, tmp_path):
    before = contents(store)
    dry = bring(services, tmp_path, "dwellings", ROWS, dry=True)
    assert contents(store) == before

    assert bring(services, tmp_path, "dwellings", ROWS).counts() == dry.counts()
    taken = contents(store)

    assert bring(services, tmp_path, "dwellings", ROWS).unchanged == 3
    assert contents(store) == taken


def test_that_not_known_never_overwrites_known(services, tmp_path):
    bring(services, tmp_path, "dwellings", ROWS)
    found = detail(services, "B2")
    old = {fact.key: fact.id for fact in found.facts}
    services.dwellings.record_facts(
        found.id, found.version, (FactDraft("step_free", "kjent", 1, supersedes_id=old["step_free"]),)
    )
    rows = [
        ["Kode", "Adresse", "Soverom", "Heis", "Trinnfri"],
        ["B2", "Storgata 12 B", "", "vet ikke", "vet ikke"],
    ]

    report = bring(services, tmp_path, "dwellings", rows, "ny.csv")

    assert (report.unchanged, report.updated) == (1, 0), reasons(report)
    assert known(services, "B2") == {"lift": ("kjent", 1), "step_free": ("kjent", 1)}
    assert detail(services, "B2").draft.bedrooms == 1


def test_that_a_new_row_is_laid_over_filled_cells_only(services, tmp_path):
    bring(services, tmp_path, "dwellings", ROWS)
    rows = [["Kode", "Adresse", "Husleie", "Status"], ["B1", "Storgata 12 B", "10 000", "Under utbedring"]]

    report = bring(services, tmp_path, "dwellings", rows, "ny.csv")

    assert report.updated == 1, reasons(report)
    changed = detail(services, "B1")
    assert (changed.draft.rent_ore, changed.draft.area_m2x10, changed.draft.unit_no) == (
        1000000,
        615,
        "H0203",
    )
    assert changed.status == DwellingStatus.WORKS


def test_that_a_refused_row_takes_nothing_it_made_on_the_way_with_it(services, tmp_path):
    """The second dwelling has the number of another in Kobo; its district and building go back with it."""
    rows = [
        HEAD,
        ROWS[1],
        ["B9", "Nyveien 1", "", "9008", "Fjernt", "Nybygget", "1", "40", "", "", "", "Ledig", "K-1"],
        ["B10", "Nyveien 2", "", "9008", "Fjernt", "Nybygget", "1", "40", "", "", "", "Ledig", ""],
    ]

    report = bring(services, tmp_path, "dwellings", rows)

    assert [row.outcome for row in report.rows] == ["created", "rejected", "created"], reasons(report)
    assert {row.code for row in dwellings(services)} == {"B1", "B10"}
    assert {building.name for building in services.dwellings.buildings()} == {"Tårnet", "Nybygget"}
    assert services.log.check().problem is None


def test_that_the_entrance_of_a_list_is_kept_on_its_building(services, tmp_path):
    rows = [
        ["Kode", "Gate", "Husnummer", "Bygg", "Oppgang"],
        ["O-1", "Solveien", "4", "Solgården", "B"],
        ["O-2", "Solveien", "4", "Solgården", "b"],
        ["O-3", "Solveien", "4", "Solgården", "Nord"],
        ["O-4", "Solveien", "8", "", "C"],
    ]
    report = bring(services, tmp_path, "dwellings", rows, "oppganger.csv")
    assert (report.created, report.rejected) == (4, 0), reasons(report)
    (building,) = services.dwellings.buildings()
    assert [(row.letter, row.dwellings) for row in services.dwellings.entrances(building.id)] == [
        ("B", 2),
        ("Nord", 1),
    ]
    found = services.dwellings.page(DwellingFilter(), Sort("address"), 0, 10).rows
    addresses = [row.address for row in found]
    assert addresses == ["Solveien 4", "Solveien 4 B", "Solveien 4 B", "Solveien 8 C"]
    assert services.dwellings.detail(found[3].id).entrance is None
    again = bring(services, tmp_path, "dwellings", rows, "oppganger.csv")
    assert (again.created, again.updated, again.unchanged) == (0, 0, 4), reasons(again)


def test_that_a_dry_run_meets_what_the_database_itself_refuses(services, store, tmp_path):
    """Rows wait to be sent many at a time: the last of them must reach the database before it is all rolled back."""
    with store.engine.begin() as connection:
        connection.execute(text("CREATE UNIQUE INDEX uq_dwelling_rent_here ON dwelling (rent_ore)"))
    rows = [["Kode", "Adresse", "Husleie"], ["B1", "Storgata 1", "9000"], ["B2", "Storgata 2", "9000"]]
    before = contents(store)

    for dry in (True, False):
        with pytest.raises(ConstraintBroken):
            bring(services, tmp_path, "dwellings", rows, dry=dry)
        assert contents(store) == before


PLACES = [
    ["Kode", "Adresse", "Bolignr", "Postnr", "Soverom"],
    ["B1", "Eksempelveien 12 B", "H0203", "9008", "2"],
    ["B2", "Eksempelveien 12 B", "H0204", "9008", "2"],
    ["B3", "Kirkegata 3", "", "9008", "2"],
    ["B4", "Nygata 5", "", "9008", "2"],
    ["B5", "Nygata 5", "", "9008", "1"],
]


def without_code(services, folder, *rows, head=("Adresse", "Bolignr", "Postnr", "Soverom")):
    bring(services, folder, "dwellings", PLACES, "register.csv")
    report = bring(services, folder, "dwellings", [list(head), *rows], "uten-kode.csv")
    return report, {row.code for row in dwellings(services)}


def told(report, level, field="street"):
    return [
        next((found.message for found in row.findings if (found.level, found.field) == (level, field)), "")
        for row in report.rows
    ]


def test_that_a_list_without_codes_means_the_dwelling_at_just_that_place(services, tmp_path):
    report, codes = without_code(
        services,
        tmp_path,
        ["eksempelvn. 12b", "h 0203", "9008", "3"],
        ["Eksempelvegen 12 B", "H0204", "9008", "2"],
        ["KIRKEGT. 3", "", "9008", "3"],
    )

    assert [row.outcome for row in report.rows] == ["updated", "unchanged", "updated"], reasons(report)
    assert codes == {"B1", "B2", "B3", "B4", "B5"}
    assert told(report, "assumed")[0] == "Kjent igjen på adressen. Det er bolig B1."
    assert detail(services, "B1").draft.street == "Eksempelveien"
    assert (detail(services, "B1").draft.bedrooms, detail(services, "B3").draft.bedrooms) == (3, 3)
    assert report.warnings == 0


def test_that_a_place_that_is_like_several_or_only_partly_the_same_is_told(services, tmp_path):
    report, codes = without_code(
        services,
        tmp_path,
        ["Nygata 5", "", "9008", "3"],
        ["Eksempelveien 12 B", "H0203", "9010", "3"],
        ["Eksempelveien 12 B", "", "9008", "3"],
        ["Eksempelveien 12 B", "H0301", "9008", "3"],
        ["Eksempelveien 12", "H0203", "9008", "3"],
    )

    assert report.created == 5, reasons(report)
    assert len(codes) == 10
    assert told(report, "warning") == [
        "Ligner på boligene B4, B5, som har samme adresse. Sjekk om det er samme bolig.",
        "Ligner på bolig B1, som har samme adresse. Sjekk om det er samme bolig.",
        "Ligner på boligene B1, B2, som har samme adresse. Sjekk om det er samme bolig.",
        "",
        "",
    ]


def test_that_one_dwelling_written_in_two_ways_in_a_list_without_codes_becomes_one(services, tmp_path):
    rows = [["Adresse", "Bolignr"], ["Solveien 4", "H0101"], ["solvn. 4", "h0101"]]
    report = bring(services, tmp_path, "dwellings", rows)
    assert [row.outcome for row in report.rows] == ["created", "unchanged"], reasons(report)
    assert len(dwellings(services)) == 1


def test_that_a_code_of_its_own_makes_a_dwelling_of_its_own_with_a_warning(services, tmp_path):
    report, codes = without_code(
        services,
        tmp_path,
        ["X1", "", "Eksempelveien 12 B", "H0203", "9008"],
        ["", "77", "Eksempelveien 12 B", "H0204", "9008"],
        head=("Kode", "Id", "Adresse", "Bolignr", "Postnr"),
    )
    assert [row.outcome for row in report.rows] == ["created", "unchanged"], reasons(report)
    assert codes == {"B1", "B2", "B3", "B4", "B5", "X1"}
    assert "Ligner på bolig B1" in told(report, "warning")[0]
