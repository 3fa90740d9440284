"""Files that earlier versions wrote open in this one, with everything in them."""

from __future__ import annotations

import shutil

import pytest
from sqlalchemy import func, inspect, select

from boligdesk.app import practice_login, sign_in
from boligdesk.services.records.common import Sort
from boligdesk.services.records.people import PersonFilter
from boligdesk.storage import schema
from boligdesk.storage.backup import check
from boligdesk.storage.key_file import key_path
from boligdesk.storage.keys import unlock_practice
from boligdesk.storage.location import parse_location
from boligdesk.storage.opening import open_store
from boligdesk.storage.tables import Base
from tests.storage.make_stored_version import FOLDER

#: Tables that no part of the program fills yet.
UNUSED = {"case_party", "merge_record", "reference"}
#: Tables that came later than the version named: a file as old as that has them empty.
ADDED_AFTER = {
    "0001": {"entrance", "dwelling_work"},
    "0002": {
        "clock_stop",
        "edition",
        "journal_entry",
        "letter",
        "letter_approval",
        "letter_recipient",
        "offer",
        "print_batch",
        "print_item",
        "shortlist",
        "shortlist_row",
        "track_condition",
        "vacancy",
        "vedtak",
        "waiting_entry",
    },
}


@pytest.fixture(params=sorted(path.name for path in FOLDER.glob("*.db")))
def stored(request, tmp_path):
    """A copy of the file and its key, so that the stored one stays as it was."""
    path = tmp_path / request.param
    shutil.copy(FOLDER / request.param, path)
    shutil.copy(key_path(FOLDER / request.param), key_path(path))
    return path


@pytest.mark.parametrize("version", ["0001", "0002"])
def test_that_every_released_version_is_stored(version):
    assert (FOLDER / f"v{version}.db").is_file()


def test_that_a_stored_file_is_whole_and_opens_with_everything_in_it(stored):
    assert check(stored, unlock_practice(stored)).ok
    before = stored.read_bytes()
    opened = open_store(
        parse_location(str(stored)),
        passphrase=str,
        keystore=lambda: None,
        upgrade=stored.stem[1:] != schema.HEAD,
    )
    engine = opened.store.engine

    assert schema.upgrade(engine) is False
    assert set(inspect(engine).get_table_names()) == {*Base.metadata.tables, "alembic_version"}
    with engine.connect() as connection:
        empty = {
            table.name
            for table in Base.metadata.sorted_tables
            if not connection.scalar(select(func.count()).select_from(table))
        }
    assert empty <= UNUSED | {
        name for version, names in ADDED_AFTER.items() if version >= stored.stem[1:] for name in names
    }
    services = sign_in(opened, practice_login(opened)).services
    assert services.log.check().problem is None
    assert services.people.page(PersonFilter(), Sort("name"), 0, 1).total > 0
    opened.close()
    if stored.stem[1:] == schema.HEAD:
        assert stored.read_bytes() == before


def test_that_a_stored_file_has_the_columns_of_this_program(stored):
    opened = open_store(
        parse_location(str(stored)),
        passphrase=str,
        keystore=lambda: None,
        upgrade=stored.stem[1:] != schema.HEAD,
    )
    found = inspect(opened.store.engine)
    for table in Base.metadata.sorted_tables:
        assert {column["name"] for column in found.get_columns(table.name)} == set(table.columns.keys()), (
            table.name
        )
        wanted = {index.name for index in table.indexes}
        assert wanted <= {index["name"] for index in found.get_indexes(table.name)}, table.name
    opened.close()
