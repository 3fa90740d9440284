"""What goes in many rows at a time, leaves what the ordinary way leaves: row for row, log for log."""

from __future__ import annotations

import datetime as dt
import shutil

import pytest

from boligdesk.domain.catalog import FactSource, FactState, MemberRole
from boligdesk.services.records.cases import ApplicationDraft
from boligdesk.services.records.common import FactDraft
from boligdesk.services.records.dwellings import DwellingDraft
from boligdesk.services.records.people import (
    AddressDraft,
    ContactDraft,
    HouseholdDraft,
    IdentifierDraft,
    MemberDraft,
    NameDraft,
    PersonDraft,
)
from boligdesk.storage.engine import open_postgres, open_sqlite
from boligdesk.storage.store import SqlStore
from boligdesk.storage.writers.import_cases import HeldCases
from boligdesk.storage.writers.import_dwellings import NewDwellings
from boligdesk.storage.writers.import_homes import HeldHomes
from boligdesk.storage.writers.import_people import HeldPeople
from tests.contract.conftest import KEY, Clock, services_of
from tests.contract.list_office import bring
from tests.contract.list_twins import Told, ids_in

PEOPLE = [
    ["Id", "Saksnr", "Fødselsnr", "Fornavn", "Etternavn", "Født", "Mobil", "Adresse", "Postnr", "Poststed", "Bydel", "Status", "Dato"],
    ["1", "2024/000017", "15838899701", "Klok", "Hest", "15.03.1988", "680 50 001", "Storgata 12 B", "9008", "Tromsø", "Sentrum", "", "03.02.2024"],
    ["2", "2024/000018", "", "Blid", "Nepe", "01.02.1990", "68050002", "Kirkeveien 3", "9008", "Tromsø", "Kroken", "avsluttet", "04.02.2024"],
    ["3", "2026/000900", "", "Sprek", "Bie", "", "", "", "", "", "Ny bydel", "", "05.02.2026"],
    ["4", "", "", "Rask", "Rev", "02.03.1979", "", "Kirkeveien 3", "9008", "Tromsø", "Kroken", "", ""],
    ["5", "2024/000019", "", "Stille", "Sel", "07.07.1977", "", "", "", "", "", "", "06.02.2024"],
    ["6", "", "", "", "", "", "", "", "", "", "", "", ""],
]  # fmt: skip
DWELLINGS = [
    ["Boligkode", "Id", "Adresse", "Bolignr", "Bydel", "Bygg", "Soverom", "Leie", "Heis", "Trinnfri", "Husdyr", "Status", "Kobo-id", "Matrikkel"],
    ["B-1", "71", "Storgata 1 A", "H0101", "Sentrum", "Lyngen", "2", "8500", "Ja", "Nei", "", "Ledig", "900", "5501-1/2"],
    ["B-2", "72", "Storgata 1 A", "H0102", "Sentrum", "Lyngen", "1", "7500", "", "", "", "Utleid", "901", ""],
    ["B-3", "73", "Kirkeveien 3", "", "Sentrum", "", "3", "", "Ja", "?", "Ja", "", "", ""],
    ["b-3", "74", "Kirkeveien 4", "", "Sentrum", "", "3", "", "Ja", "?", "Ja", "", "", ""],
    ["B-5", "75", "Kirkeveien 5", "", "Kroken", "", "3", "", "", "", "", "Ledig", "900", ""],
    ["B-6", "76", "Kirkeveien 6", "", "Kroken", "", "3", "", "", "", "", "Ledig", "", ""],
]  # fmt: skip
HOMES = [
    ["Id", "Hovedperson-id", "Husstandsnr", "Navn", "Født", "Rolle", "Samvær prosent", "Termin", "Fra", "Til"],
    ["1", "1", "", "Glad Hest", "01.02.1991", "Ektefelle", "", "", "", ""],
    ["2", "1", "", "Rask Hest", "03.04.2015", "Barn", "50", "", "01.01.2020", ""],
    ["3", "1", "", "", "", "Barn", "", "10.03.2027", "", ""],
    ["4", "2", "", "Liten Nepe", "05.06.2018", "Barn", "", "", "", "01.01.2021"],
    ["5", "2", "", "Ny Nepe", "05.06.2019", "Barn", "", "", "", ""],
    ["6", "", "H9", "Sein Sau", "05.06.1960", "Annen", "", "", "", ""],
    ["7", "", "H9", "Glad Sau", "05.06.1961", "Annen", "", "", "", ""],
    ["8", "", "H9", "Glad Sau", "05.06.1961", "Annen", "40", "", "", ""],
    ["9", "404", "", "Tapt Sau", "05.06.1961", "Annen", "40", "", "", ""],
    ["10", "1", "", "Rask Hest", "03.04.2015", "Barn", "60", "", "", ""],
    ["11", "1", "", "Siste Hest", "03.04.2017", "Barn", "", "", "", ""],
]  # fmt: skip
APPLICATIONS = [
    ["Id", "Person-id", "Saksnr", "Mottatt", "Prioritet", "Status", "Soverom", "Maks leie", "Trinnfri", "Ønsket bydel"],
    ["1", "", "2024/000017", "01.10.2024", "2", "", "2", "9000", "Ja", "Sentrum"],
    ["2", "", "2024/000018", "02.10.2024", "3", "innvilget", "1", "", "", ""],
    ["3", "3", "", "20.11.2026", "", "", "3", "", "?", ""],
    ["4", "4", "", "18.11.2026", "1", "avslag", "", "", "", ""],
    ["5", "4", "2026/000950", "19.11.2026", "4", "trukket", "", "", "", ""],
    ["6", "4", "", "21.11.2026", "", "", "", "", "", ""],
    ["7", "", "2024/000019", "03.10.2024", "5", "innvilget", "", "", "", ""],
    ["8", "", "2024/000017", "01.10.2024", "2", "", "2", "9000", "Ja", "Sentrum"],
    ["9", "404", "", "01.10.2026", "", "", "", "", "", ""],
    ["10", "1", "", "01.01.2039", "", "", "", "", "", ""],
    ["11", "1", "", "22.11.2026", "2", "venteliste", "2", "8000", "Ja", "Sentrum"],
    ["12", "4", "", "22.11.2026", "B", "godkjent", "", "", "?", ""],
    ["13", "4", "", "22.11.2026", "", "under behandling", "", "", "", ""],
    ["14", "4", "", "21.11.2026", "", "på venteliste", "", "", "", ""],
]  # fmt: skip
PEOPLE_AGAIN = [
    ["Id", "Fødselsnr", "Fornavn", "Etternavn", "Født", "Mobil", "E-post", "Adresse", "Postnr", "Poststed", "Bydel", "Merknad", "Adressesperre"],
    ["1", "", "Klok", "Hest", "", "68050011", "klok@eksempel.invalid", "Storgata 14", "9008", "Tromsø", "", "Ringte selv", ""],
    ["2", "", "Blid", "Nepe", "", "68050012", "", "", "", "", "", "", ""],
    ["", "15838899701", "Klok", "Hest", "", "68050013", "", "", "", "", "", "", ""],
    ["3", "", "Sprek", "Bukk", "", "68050014", "", "", "", "", "", "", ""],
    ["4", "", "Rask", "Rev", "", "68050015", "", "Kirkeveien 4", "9008", "Tromsø", "Sentrum", "", ""],
    ["5", "", "Stille", "Sel", "", "68050016", "", "", "", "", "", "", "kode 7"],
    ["7", "", "Sein", "Sel", "", "68050017", "", "", "", "", "", "", ""],
]  # fmt: skip
LISTS = {"people": PEOPLE, "dwellings": DWELLINGS, "households": HOMES, "applications": APPLICATIONS}


@pytest.fixture
def twin(request, store, tmp_path):
    """Another office on the same engine, as ``store`` was made."""
    if store.engine.dialect.name == "sqlite":
        path = tmp_path / "tvilling.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        engine = open_sqlite(path, KEY)
    else:
        template = request.getfixturevalue("postgres_template")
        engine = open_postgres(request.getfixturevalue("new_database")(template))
    made = SqlStore(engine, Clock())
    yield made
    made.close()


@pytest.fixture
def one_by_one(monkeypatch):
    """Nothing is held, so every row goes the ordinary way, in a transaction of its own inside the other."""

    def start() -> None:
        monkeypatch.setattr(HeldCases, "has", lambda *_given: False)
        monkeypatch.setattr(HeldCases, "may_register", lambda *_given: False)
        monkeypatch.setattr(HeldCases, "knows", lambda *_given: False)
        monkeypatch.setattr(HeldHomes, "has_person", lambda *_given: False)
        monkeypatch.setattr(NewDwellings, "is_free", lambda *_given: False)
        monkeypatch.setattr(HeldPeople, "draft", lambda *_given: None)

    return start


def told(report):
    return [
        (row.row_no, row.outcome, [(finding.level, finding.message) for finding in row.findings])
        for row in report.rows
    ]


def test_that_many_rows_at_a_time_leave_what_one_by_one_leaves(services, store, twin, one_by_one, tmp_path):
    both = ids_in(store)
    quick = {kind: told(bring(services, tmp_path, kind, rows)) for kind, rows in LISTS.items()}
    quick["again"] = told(bring(services, tmp_path, "people", PEOPLE_AGAIN))
    here = Told(store, also=both)
    one_by_one()
    others = services_of(twin, "ingrid")

    slow = {kind: told(bring(others, tmp_path, kind, rows)) for kind, rows in LISTS.items()}
    slow["again"] = told(bring(others, tmp_path, "people", PEOPLE_AGAIN))

    assert slow == quick
    there = Told(twin, also=both)
    for name, rows in here.tables.items():
        assert there.tables[name] == rows, name
    assert services.log.check().problem is None
    assert others.log.check().problem is None


def test_that_a_list_with_rows_of_every_kind_is_taken_and_told(services, tmp_path):
    outcomes = {
        kind: [row.outcome for row in bring(services, tmp_path, kind, rows).rows]
        for kind, rows in LISTS.items()
    }

    again = [row.outcome for row in bring(services, tmp_path, "people", PEOPLE_AGAIN).rows]

    assert again == ["updated"] * 6 + ["created"]
    assert outcomes["people"] == ["created"] * 5 + ["rejected"]
    assert outcomes["dwellings"] == ["created", "created", "created", "rejected", "rejected", "created"]
    assert outcomes["households"] == [
        *("created", "updated", "updated", "created", "updated", "created", "updated", "updated"),
        *("rejected", "updated", "updated"),
    ]
    assert outcomes["applications"] == ["created"] * 7 + ["rejected"] * 3 + ["created"] * 4


#: What only a list leaves (which rows were in it, and that it was taken), and what was there before.
_OF_LISTS = ("external_ref", "import_run", "log_link", "number_series", "meta")


def as_typed(told):
    """The tables as they are when a person typed it: nothing of the list itself, and another source."""
    return {
        name: [
            row.replace("'source': 'import'", "'source': 'ansatt'") for row in rows if "import_run" not in row
        ]
        for name, rows in told.tables.items()
        if name not in _OF_LISTS
    }


def in_lists(services, folder):
    """In two runs: the first row of a list asks about its district, what comes after it does not."""
    bring(services, folder, "people", [["Id", "Fornavn", "Etternavn", "Bydel"], ["1", "Først", "Hest", "Sentrum"],
        ["2", "Klok", "Hest", "Sentrum"]])  # fmt: skip
    bring(services, folder, "people", [["Id", "Fødselsnr", "Fornavn", "Etternavn", "Født", "Mobil", "Adresse", "Postnr", "Poststed"],
        ["3", "15838899701", "Blid", "Nepe", "15.03.1988", "680 50 001", "Storgata 12 B", "9008", "Tromsø"]])  # fmt: skip
    bring(services, folder, "dwellings", [["Boligkode", "Adresse", "Soverom", "Heis", "Status"],
        ["B-1", "Storgata 1 A", "2", "Ja", "Ledig"]])  # fmt: skip
    bring(services, folder, "households", [["Hovedperson-id", "Navn", "Født", "Rolle"],
        ["2", "Glad Hest", "01.02.1991", "Partner"], ["2", "Liten Hest", "01.02.2021", "Barn"]])  # fmt: skip
    bring(services, folder, "applications", [["Person-id", "Mottatt", "Soverom"], ["3", "20.11.2026", "3"]])  # fmt: skip


WHY = "Kontrollsifrene stemmer ikke. Hentet fra liste."


def by_hand(services):
    district = {name: one for one, name in services.office.districts()}
    persons = [
        services.people.register(draft).id
        for draft in (
            PersonDraft((NameDraft("Først", "Hest"),), addresses=(AddressDraft(district_id=district["Sentrum"]),)),
            PersonDraft((NameDraft("Klok", "Hest"),), addresses=(AddressDraft(district_id=district["Sentrum"]),)),
            PersonDraft(
                (NameDraft("Blid", "Nepe"),),
                birth_on=dt.date(1988, 3, 15),
                birth_precision="dag",
                identifiers=(IdentifierDraft("fnr", "15838899701", override_reason=WHY),),
                contacts=(ContactDraft("telefon", "68050001"),),
                addresses=(AddressDraft(street="Storgata", house_no="12", letter="B", postcode="9008", city="Tromsø"),),
            ),
        )
    ]  # fmt: skip
    today = dt.date(2026, 11, 24)
    home = services.dwellings.register(
        DwellingDraft("B-1", street="Storgata", house_no="1", letter="A", bedrooms=2), "ledig"
    )
    lift = FactDraft("lift", FactState.KNOWN, 1, FactSource.IMPORT, today)
    services.dwellings.record_facts(home.id, home.version, (lift,))
    glad = services.people.register(
        PersonDraft((NameDraft("Glad", "Hest"),), birth_on=dt.date(1991, 2, 1), birth_precision="dag")
    ).id
    household = services.households.save(
        HouseholdDraft((MemberDraft(MemberRole.HEAD, persons[1]), MemberDraft(MemberRole.PARTNER, glad)))
    ).id
    small = services.people.register(
        PersonDraft((NameDraft("Liten", "Hest"),), birth_on=dt.date(2021, 2, 1), birth_precision="dag")
    ).id
    stored = services.households.detail(household)
    members = (*stored.members, MemberDraft(MemberRole.CHILD, small))
    services.households.save(HouseholdDraft(members, id=household, version=stored.version))
    received = dt.date(2026, 11, 20)
    bedrooms = FactDraft("bedrooms", FactState.KNOWN, 3, FactSource.IMPORT, received)
    services.cases.register_application(
        ApplicationDraft(persons[2], received_on=received, channel="import", facts=(bedrooms,))
    )


def test_that_a_list_leaves_what_somebody_who_types_it_leaves(services, store, twin, tmp_path):
    both = ids_in(store)
    in_lists(services, tmp_path)
    others = services_of(twin, "ingrid")

    by_hand(others)

    listed, typed = as_typed(Told(store, also=both)), as_typed(Told(twin, also=both))
    for name, rows in listed.items():
        assert typed[name] == rows, name
