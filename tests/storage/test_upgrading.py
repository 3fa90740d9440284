"""An upgrade copies first, and a failed one leaves the file as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from boligdesk.services.errors import StoreUnavailable
from boligdesk.storage import schema
from boligdesk.storage.engine import open_postgres, open_sqlite
from boligdesk.storage.filelock import FileInUse, FileLock
from boligdesk.storage.keys import create_practice_keys
from boligdesk.storage.location import StoreLocation
from boligdesk.storage.upgrading import upgrade_file, upgrade_server

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sqlalchemy import Engine

    from boligdesk.storage.keys import DataKey


@pytest.fixture
def older(tmp_path: Path) -> tuple[StoreLocation, DataKey]:
    """A store whose revision is older than the program's, with something in it."""
    path = tmp_path / "kontor.db"
    key = create_practice_keys(path)
    engine = open_sqlite(path, key, create=True)
    schema.create(engine)
    set_revision(engine, "0000")
    engine.dispose()
    return StoreLocation("file", "filen", path=path), key


def set_revision(engine: Engine, revision: str) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :new"), {"new": revision})


def revision_of(location: StoreLocation, key: DataKey) -> str | None:
    engine = open_sqlite(location.file, key, read_only=True)
    try:
        return schema.current(engine)
    finally:
        engine.dispose()


def names_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} if folder.exists() else set()


def test_that_an_upgrade_takes_a_copy_first(older, tmp_path: Path) -> None:
    location, key = older
    done = upgrade_file(location, key, tmp_path / "kopier", lambda engine: set_revision(engine, schema.HEAD))
    assert (done.before, done.after) == ("0000", schema.HEAD)
    assert done.copy is not None
    assert revision_of(StoreLocation("file", "kopien", path=done.copy), key) == "0000"
    assert revision_of(location, key) == schema.HEAD


def test_that_a_store_of_today_is_left_alone(older, tmp_path: Path) -> None:
    location, key = older
    engine = open_sqlite(location.file, key)
    set_revision(engine, schema.HEAD)
    engine.dispose()
    done = upgrade_file(location, key, tmp_path / "kopier")
    assert done.before == done.after == schema.HEAD
    assert names_in(tmp_path / "kopier") == set()


def test_that_an_upgrade_that_stops_half_way_is_taken_back(older, tmp_path: Path) -> None:
    location, key = older

    def half(engine: Engine) -> None:
        set_revision(engine, "0000b")
        with engine.begin() as connection:
            connection.execute(text("DROP TABLE search_token"))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        upgrade_file(location, key, tmp_path / "kopier", half)
    assert revision_of(location, key) == "0000"
    engine = open_sqlite(location.file, key, read_only=True)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM search_token")).scalar() == 0
    engine.dispose()


def test_that_an_upgrade_that_says_done_but_is_not_is_taken_back(older, tmp_path: Path) -> None:
    location, key = older
    with pytest.raises(StoreUnavailable):
        upgrade_file(location, key, tmp_path / "kopier", lambda engine: set_revision(engine, "0000c"))
    assert revision_of(location, key) == "0000"


def test_that_an_unknown_revision_is_refused_in_words(older, tmp_path: Path) -> None:
    location, key = older
    with pytest.raises(StoreUnavailable, match="Oppgraderingen lyktes ikke"):
        upgrade_file(location, key, tmp_path / "kopier")
    assert revision_of(location, key) == "0000"


def test_that_a_newer_store_is_not_touched(older, tmp_path: Path) -> None:
    location, key = older
    engine = open_sqlite(location.file, key)
    set_revision(engine, "9999")
    engine.dispose()
    with pytest.raises(StoreUnavailable, match="nyere utgave"):
        upgrade_file(location, key, tmp_path / "kopier")
    assert names_in(tmp_path / "kopier") == set()


def test_that_an_open_window_stops_an_upgrade(older, tmp_path: Path) -> None:
    location, key = older
    with FileLock(location.file), pytest.raises(FileInUse):
        upgrade_file(location, key, tmp_path / "kopier")


def test_that_a_server_of_today_is_left_alone(new_database: Callable[..., str]) -> None:
    url = new_database()
    engine = open_postgres(url)
    schema.create(engine)
    engine.dispose()
    done = upgrade_server(StoreLocation("postgresql", "tjeneren", url=url))
    assert done.before == done.after == schema.HEAD
