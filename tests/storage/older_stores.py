"""Stores as an earlier version made them, with rows in every table that version had."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from sqlalchemy import func, inspect, select, table, text

from boligdesk.storage import schema
from boligdesk.storage.engine import open_sqlite
from boligdesk.storage.key_file import key_path
from boligdesk.storage.keys import unlock_practice
from boligdesk.storage.location import StoreLocation
from boligdesk.storage.tables import Base
from tests.storage.make_stored_version import FOLDER

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Engine

    from boligdesk.storage.keys import DataKey

#: Versions that are stored and that this program brings up to its own.
OLDER = sorted(found for path in FOLDER.glob("v*.db") if (found := path.stem[1:]) < schema.HEAD)
#: The version itself is no row of the office.
_VERSION = "alembic_version"


def stored_copy(version: str, folder: Path) -> tuple[StoreLocation, DataKey]:
    """A copy of the stored file, so that the stored one stays as it was."""
    source, path = FOLDER / f"v{version}.db", folder / "gammel.db"
    shutil.copy(source, path)
    shutil.copy(key_path(source), key_path(path))
    return StoreLocation("file", "filen", path=path), unlock_practice(path)


def counts(engine: Engine) -> dict[str, int]:
    """Rows of each table."""
    with engine.connect() as connection:
        names = set(inspect(connection).get_table_names()) - {_VERSION}
        return {
            name: connection.scalar(select(func.count()).select_from(table(name))) or 0
            for name in sorted(names)
        }


def counts_of(location: StoreLocation, key: DataKey) -> dict[str, int]:
    engine = open_sqlite(location.file, key, read_only=True)
    try:
        return counts(engine)
    finally:
        engine.dispose()


def pour(source: Engine, target: Engine) -> None:
    """Every row of a store into another of the same version. The rows hold together in the source already."""
    with source.connect() as old, target.begin() as new:
        new.execute(text("SET session_replication_role = replica"))
        found = inspect(old)
        for kind in Base.metadata.sorted_tables:
            if not found.has_table(kind.name):
                continue
            there = {column["name"] for column in found.get_columns(kind.name)}
            columns = [column for column in kind.columns if column.name in there]
            rows = [dict(row) for row in old.execute(select(*columns)).mappings()]
            if rows:
                new.execute(kind.insert(), rows)
        new.execute(text("SET session_replication_role = DEFAULT"))
