"""Who, when, what, old and new; and a chain that shows every change behind its back."""

from __future__ import annotations

import re
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

import boligdesk.storage.writers as writers_package
from boligdesk.domain import events
from boligdesk.domain.log_words import FIELDS, TABLES, field_words, value_words
from boligdesk.services.errors import NotAllowed
from boligdesk.services.records.people import ContactDraft
from boligdesk.storage.tables import Base
from tests.contract.case_office import apply, person, protect

_VERB = re.compile(r'(?:\bevent|_event)\(\s*"([a-z_]+)"')


def verbs():
    folder = Path(writers_package.__file__).parent
    return {verb for path in folder.glob("*.py") for verb in _VERB.findall(path.read_text(encoding="utf-8"))}


def test_that_every_verb_has_words_of_its_own():
    found = verbs()
    assert {"register_person", "set_dwelling_status", "log_visit", "close_case", "undo"} <= found
    untold = {verb for verb in found if events.title(verb) in {"Endring", verb}}
    assert untold == set()
    assert events.title("something_new") == "Endring"


def test_that_the_words_of_the_log_are_about_columns_that_exist():
    for table, fields in FIELDS.items():
        columns = set(Base.metadata.tables[table].columns.keys())
        if table not in {"building", "dwelling"}:
            assert set(fields) <= columns, table
        assert field_words(table, next(iter(fields))).startswith(TABLES[table])


@pytest.mark.parametrize(
    ("table", "field"),
    [
        ("dwelling_status", "void_cause"),
        ("person_identifier", "value"),
        ("person_secret", "body"),
        ("person", "protection"),
        ("case_file", "applicant_name"),
    ],
)
def test_that_what_must_stay_hidden_has_no_word(table, field):
    assert field_words(table, field) == ""


def test_that_stored_codes_are_told_in_words():
    assert value_words("case_file", "phase", "utredning") == "Vurdering"
    assert value_words("dwelling", "step_free", 0) == "nei"
    assert value_words("dwelling", "rent_ore", 984000).replace("\u00a0", " ") == "9 840 kr"
    assert value_words("person", "birth_on", "1988-03-15") == "15.03.1988"
    assert value_words("note", "occurred_at", "2026-11-24T09:00:00+00:00") == "24.11.2026 kl. 10.00"
    assert value_words("person", "remark", None) == "–"


def test_that_a_change_tells_who_when_what_old_and_new(services, clock):
    found = services.people.detail(person(services))
    services.people.change(
        replace(found.draft, contacts=(ContactDraft("telefon", "68 05 00 01"),), remark="Ny")
    )

    row = services.log.entries(person_id=found.id, kind="skrevet").rows[0]

    assert (row.who, row.what, row.subject) == (
        "Ingrid B.",
        "Opplysninger om personen er endret",
        "Klok Hest",
    )
    assert row.at <= clock.now
    assert ("Person: merknad", "–", "Ny") in row.changes
    assert not any("_" in field for field, _old, _new in row.changes)


def test_that_opening_a_file_leaves_a_read_entry_with_its_reason(services):
    case = apply(services)
    services.cases.detail(case.id, "Telefon fra søkeren")

    row = services.log.entries(case_id=case.id, kind="lest").rows[0]

    assert (row.who, row.what, row.reason) == ("Ingrid B.", "Åpnet", "Telefon fra søkeren")


def test_that_the_log_shows_nothing_of_the_strictly_protected(services, cleared_services):
    found = person(services, "Blid", "Nepe")
    case = apply(services, found)
    services.cases.detail(case.id)
    services.people.protect(
        found, services.people.detail(found).version, "strengt_fortrolig", "Folkeregisteret", "x"
    )

    entries = cleared_services.log.entries(limit=500).rows

    shown = " ".join([f"{row.subject} {row.changes}" for row in entries])
    assert "Nepe" not in shown
    assert services.log.entries(limit=500).total > cleared_services.log.entries(limit=500).total
    assert not any("Skjermet" in row.subject for row in entries)


def test_that_a_fortrolig_person_is_not_named_to_uncleared_readers(services, other_services):
    protect(services, person(services, "Blid", "Nepe"), "fortrolig")
    with pytest.raises(NotAllowed):
        other_services.log.entries()


ATTACKS = {
    "altered": "UPDATE event SET verb = 'other' WHERE id = (SELECT id FROM event ORDER BY at LIMIT 1)",
    "altered change": "UPDATE event_change SET tbl = 'x' WHERE no = 1",
    "deleted link": "DELETE FROM log_link WHERE seq = 3",
    "deleted tail": "DELETE FROM log_link WHERE seq = (SELECT max(seq) FROM log_link)",
    "deleted entry": "DELETE FROM read_entry WHERE id = (SELECT source_id FROM log_link WHERE source = 'read' LIMIT 1)",
    "reordered": "UPDATE log_link SET seq = CASE seq WHEN 2 THEN 1000 ELSE seq END",
    "inserted": "INSERT INTO read_entry (id, at, actor_id, op, role) SELECT {new}, at, actor_id, op, role FROM read_entry LIMIT 1",
}


def unguarded(store):
    """A connection of somebody who has the key and takes the guards away."""
    connection = store.engine.connect()
    if connection.dialect.name == "sqlite":
        names = (
            connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars().all()
        )
        for name in names:
            connection.execute(text(f'DROP TRIGGER "{name}"'))
    else:
        connection.execute(text("SET session_replication_role = replica"))
    return connection


@pytest.mark.parametrize("attack", ATTACKS)
def test_that_the_chain_shows_an_attack(services, store, attack):
    case = apply(services)
    services.cases.detail(case.id)
    assert services.log.check().problem is None
    new = "randomblob(16)" if store.engine.dialect.name == "sqlite" else "gen_random_uuid()"

    with unguarded(store) as connection:
        connection.execute(text(ATTACKS[attack].replace("{new}", new)))
        connection.commit()

    assert services.log.check().problem is not None


def test_that_a_removed_end_stays_visible_after_more_is_written(services, store):
    case = apply(services)
    services.cases.detail(case.id)
    with unguarded(store) as connection:
        connection.execute(
            text(
                "DELETE FROM read_entry WHERE id = (SELECT source_id FROM log_link ORDER BY seq DESC LIMIT 1)"
            )
        )
        connection.execute(text("DELETE FROM log_link WHERE seq = (SELECT max(seq) FROM log_link)"))
        connection.commit()
    assert services.log.check().problem is not None

    person(services, "Blid", "Nepe")
    person(services, "Sprek", "Bie")

    assert services.log.check().problem is not None


def test_that_writers_at_the_same_time_leave_no_gap(services, other_services):
    failed = []

    def write(desk, name):
        try:
            for number in range(4):
                person(desk, name, f"Hest{number}")
        except Exception as error:  # noqa: BLE001 - told to the test from another thread
            failed.append(error)

    threads = [
        threading.Thread(target=write, args=(desk, name))
        for desk, name in ((services, "Klok"), (other_services, "Blid"))
    ]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        assert services.log.check().problem is None
    for thread in threads:
        thread.join()

    assert failed == []
    assert services.log.check().problem is None
