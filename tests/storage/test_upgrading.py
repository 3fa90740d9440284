"""An upgrade copies first, and a failed one leaves the file as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import inspect, text

from boligdesk.domain.catalog import DwellingStatus
from boligdesk.services.errors import OlderStore, StoreUnavailable
from boligdesk.storage import schema
from boligdesk.storage.backup import check
from boligdesk.storage.engine import open_postgres, open_sqlite
from boligdesk.storage.filelock import FileInUse, FileLock
from boligdesk.storage.keys import create_practice_keys
from boligdesk.storage.location import StoreLocation
from boligdesk.storage.upgrading import upgrade_file, upgrade_server
from tests.storage.older_stores import OLDER, counts, counts_of, pour, stored_copy

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


@pytest.fixture(params=OLDER)
def stored(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[StoreLocation, DataKey, str]:
    """The office of an earlier version, as its file was stored, and which version."""
    return *stored_copy(request.param, tmp_path), request.param


def test_that_an_earlier_version_becomes_todays_with_every_row_and_a_copy_of_before(
    stored, tmp_path: Path
) -> None:
    location, key, version = stored
    before = counts_of(location, key)

    done = upgrade_file(location, key, tmp_path / "kopier")

    assert (done.before, done.after) == (version, schema.HEAD)
    assert revision_of(location, key) == schema.HEAD
    after = counts_of(location, key)
    assert {name: after[name] for name in before} == before
    assert {name for name, rows in before.items() if rows} >= {"dwelling", "event", "log_link", "person"}
    assert {name: after[name] for name in after.keys() - before.keys() if after[name]} == {}
    assert check(location.file, key).ok
    assert done.copy is not None
    kept = StoreLocation("file", "kopien", path=done.copy)
    assert revision_of(kept, key) == version
    assert counts_of(kept, key) == before


def test_that_the_real_steps_taken_half_way_leave_the_file_as_it_was(stored, tmp_path: Path) -> None:
    location, key, version = stored
    before = counts_of(location, key)

    def stopped(engine: Engine) -> None:
        schema.upgrade(engine)
        with engine.begin() as connection:
            connection.execute(text("DELETE FROM search_token"))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        upgrade_file(location, key, tmp_path / "kopier", stopped)
    assert revision_of(location, key) == version
    assert counts_of(location, key) == before


def test_that_a_server_of_an_earlier_version_is_upgraded_with_every_row(
    stored, new_database: Callable[..., str], monkeypatch
) -> None:
    location, key, version = stored
    url = new_database()
    engine, file = open_postgres(url), open_sqlite(location.file, key, read_only=True)
    with monkeypatch.context() as then:
        then.setattr(schema, "HEAD", version)
        schema.create(engine)
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM meta"))
    pour(file, engine)
    before = counts(file)
    assert counts(engine) == before
    with pytest.raises(OlderStore, match="eldre utgave"):
        schema.require_current(engine)

    done = upgrade_server(StoreLocation("postgresql", "tjeneren", url=url))

    assert (done.before, done.after) == (version, schema.HEAD)
    after = counts(engine)
    assert {name: after[name] for name in before} == before
    with engine.connect() as connection:
        assert {key["name"] for key in inspect(connection).get_foreign_keys("dwelling")} >= {
            "fk_dwelling_entrance_id"
        }
        statuses = {row[0] for row in connection.execute(text("SELECT DISTINCT status FROM dwelling"))}
    assert statuses <= set(DwellingStatus.codes())
    engine.dispose()
    file.dispose()
