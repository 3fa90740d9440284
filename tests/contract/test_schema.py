"""Guards of the database itself, and the revision of a store; on both stores."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from boligdesk.domain.catalog import DwellingStatus
from boligdesk.services.errors import StoreUnavailable
from boligdesk.services.records.dwellings import DwellingDraft
from boligdesk.storage import schema
from tests.contract.case_office import apply


@pytest.fixture
def office(services, store):
    case = apply(services)
    services.cases.detail(case.id)
    services.dwellings.register(
        DwellingDraft(code="B1", street="Storgata"), DwellingStatus.VACANT, dt.date(2026, 11, 1)
    )
    return store


@pytest.mark.parametrize(
    ("statement", "token"),
    [
        ("UPDATE person SET remark = 'x'", "version_step"),
        ("UPDATE case_file SET phase = 'vedtak', row_version = row_version + 2", "version_step"),
        ("DELETE FROM event", "append_only"),
        ("UPDATE event SET verb = 'x'", "append_only"),
        ("UPDATE event_change SET tbl = 'x'", "append_only"),
        ("DELETE FROM read_entry", "append_only"),
        ("UPDATE log_link SET seq = seq + 1", "append_only"),
        (
            (
                "INSERT INTO dwelling_status (id, dwelling_id, status, row_version, created_at, created_by, "
                "changed_at, changed_by, valid_from, valid_to) SELECT {new}, dwelling_id, status, row_version, "
                "created_at, created_by, changed_at, changed_by, valid_from, NULL FROM dwelling_status"
            ),
            "no_overlap",
        ),
    ],
)
def test_that_the_database_refuses_what_would_break_the_record(office, statement, token):
    sqlite = office.engine.dialect.name == "sqlite"
    made = statement.replace("{new}", "randomblob(16)" if sqlite else "gen_random_uuid()")

    with office.engine.connect() as connection, pytest.raises(DBAPIError, match=token):
        connection.execute(text(made))


@pytest.mark.parametrize(("revision", "words"), [("9999", "nyere utgave"), ("0000", "eldre utgave")])
def test_that_a_store_of_another_age_is_told_apart(store, revision, words):
    with store.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :new"), {"new": revision})

    with pytest.raises(StoreUnavailable, match=words):
        schema.require_current(store.engine)
    if revision > schema.HEAD:
        with pytest.raises(StoreUnavailable, match=words):
            schema.upgrade(store.engine)


def test_that_a_store_is_made_once_and_upgraded_only_when_it_is_old(store):
    assert schema.upgrade(store.engine) is False
    with pytest.raises(StoreUnavailable, match="finnes fra før"):
        schema.create(store.engine)
