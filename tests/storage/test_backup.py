from __future__ import annotations

import os
import subprocess
import sys
import threading
from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from boligdesk.services.errors import InvalidInput, StoreUnavailable, UserError
from boligdesk.storage import keys
from boligdesk.storage.backup import backup, check, restore
from boligdesk.storage.engine import open_sqlite, reading
from boligdesk.storage.filelock import FileInUse, FileLock
from boligdesk.storage.keys import DataKey, create_practice_keys, key_path, load
from boligdesk.storage.location import file_location, parse_location

NOON = datetime(2026, 3, 12, 12, 0, 5, tzinfo=UTC)


@pytest.fixture
def office(tmp_path):
    """A database with its key file; closed."""
    path = tmp_path / "kontor.db"
    data_key = create_practice_keys(path)
    engine = open_sqlite(path, data_key, create=True)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL)"))
        connection.execute(text("INSERT INTO meta VALUES ('epoch', 'first')"))
        connection.execute(text("CREATE TABLE notes (n INTEGER PRIMARY KEY, body TEXT)"))
    add(engine, range(1, 201))
    engine.dispose()
    return path, data_key


def add(engine, numbers):
    with engine.begin() as connection:
        for n in numbers:
            connection.execute(text("INSERT INTO notes VALUES (:n, :body)"), {"n": n, "body": "x" * 200})


def value(path, data_key, query):
    engine = open_sqlite(path, data_key, read_only=True)
    try:
        with engine.connect() as connection:
            return connection.scalar(text(query))
    finally:
        engine.dispose()


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_that_a_copy_is_one_whole_encrypted_file_with_its_key_file(office, tmp_path):
    path, data_key = office
    steps = []
    made = backup(
        file_location(path), data_key, tmp_path / "kopier", now=NOON, progress=lambda *s: steps.append(s)
    )
    assert names(tmp_path / "kopier") == [
        "kontor 2026-03-12 12.00.05.db",
        "kontor 2026-03-12 12.00.05.db.nokkel",
    ]
    assert made.rows == {"meta": 1, "notes": 200}
    assert check(made.path, keys.unlock_practice(made.path)).ok
    assert b"CREATE TABLE" not in made.path.read_bytes()
    assert steps[-1][0] == steps[-1][1] > 0
    assert names(tmp_path / "kopier") == [made.path.name, made.key_file.name]


def test_that_a_copy_never_overwrites_another(office, tmp_path):
    path, data_key = office
    first = backup(file_location(path), data_key, tmp_path / "kopier", now=NOON)
    before = first.path.read_bytes()
    second = backup(file_location(path), data_key, tmp_path / "kopier", now=NOON)
    assert second.path.name == "kontor 2026-03-12 12.00.05 (2).db"
    assert first.path.read_bytes() == before


def test_that_a_copy_made_while_others_write_holds_one_moment(office, tmp_path):
    path, data_key = office
    engine = open_sqlite(path, data_key)
    enough = threading.Event()

    def write():
        n = 1000
        while not enough.is_set():
            add(engine, (n, n + 1))  # always two together
            n += 2

    writer = threading.Thread(target=write)
    writer.start()
    try:
        made = [backup(file_location(path), data_key, tmp_path / "kopier", now=NOON) for _ in range(3)]
    finally:
        enough.set()
        writer.join()
        engine.dispose()
    for copy in made:
        assert value(copy.path, data_key, "SELECT count(*) FROM notes") == copy.rows["notes"]
        assert copy.rows["notes"] % 2 == 0


def test_that_a_server_is_left_to_its_own_tools(office, tmp_path):
    with pytest.raises(InvalidInput, match="pg_dump"):
        backup(parse_location("postgresql://db.test/boligdesk"), office[1], tmp_path / "kopier")
    assert not (tmp_path / "kopier").exists()


def test_that_a_wrong_key_makes_no_copy(office, tmp_path):
    with pytest.raises(StoreUnavailable):
        backup(file_location(office[0]), DataKey(bytes(32)), tmp_path / "kopier")
    assert names(tmp_path / "kopier") == []


def test_that_a_missing_key_file_makes_no_copy(office, tmp_path):
    path, data_key = office
    key_path(path).unlink()
    with pytest.raises(StoreUnavailable):
        backup(file_location(path), data_key, tmp_path / "kopier")
    assert names(tmp_path / "kopier") == []


def test_that_a_folder_that_cannot_be_made_is_told(office, tmp_path):
    (tmp_path / "fil").write_text("x", encoding="utf-8")
    with pytest.raises(UserError):
        backup(file_location(office[0]), office[1], tmp_path / "fil" / "kopier")


LIMITED = """
import pathlib, resource, sys
from boligdesk.services.errors import StoreUnavailable
from boligdesk.storage.backup import backup
from boligdesk.storage.keys import unlock_practice
from boligdesk.storage.location import file_location
path = pathlib.Path(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))  # the disk takes no more than this
try:
    backup(file_location(path), unlock_practice(path), path.parent / "kopier")
except StoreUnavailable as error:
    print(error.code)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no limit on the size of one file")
def test_that_a_disk_that_fills_up_leaves_no_half_copy(office, tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(office[0])], capture_output=True, text=True, check=False
    )
    # SQLite reads "file too large" as a disk fault; a full disk itself is told as full
    assert (done.stdout, done.stderr) == ("io_error\n", "")
    assert names(tmp_path / "kopier") == []


def test_that_one_flipped_bit_is_found(office, tmp_path):
    path, data_key = office
    made = backup(file_location(path), data_key, tmp_path / "kopier")
    content = bytearray(made.path.read_bytes())
    content[len(content) // 2] ^= 4
    made.path.write_bytes(content)
    found = check(made.path, data_key)
    assert not found.ok
    assert "kontrollsum" in found.problems[0]
    with pytest.raises(StoreUnavailable, match="skadet"):
        restore(made.path, data_key, tmp_path / "ny.db")
    assert not (tmp_path / "ny.db").exists()


def test_that_loose_references_are_found(office):
    path, data_key = office
    engine = open_sqlite(path, data_key)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA query_only = OFF")
        connection.exec_driver_sql("CREATE TABLE child (n INTEGER REFERENCES notes)")
        connection.commit()
        raw = connection.connection
        raw.execute("PRAGMA foreign_keys = OFF")
        raw.execute("INSERT INTO child VALUES (99999)")
        raw.execute("PRAGMA foreign_keys = ON")
    engine.dispose()
    assert check(path, data_key).problems == ("1 rader viser til noe som ikke finnes (tabell: child).",)


def test_that_a_copy_is_brought_back_to_a_new_place_with_a_new_epoch(office, tmp_path):
    path, data_key = office
    made = backup(file_location(path), data_key, tmp_path / "kopier")
    target = tmp_path / "ny" / "kontor.db"
    result = restore(made.path, data_key, target)
    assert result.set_aside is None
    assert value(target, data_key, "SELECT value FROM meta WHERE key = 'epoch'") == str(result.epoch)
    assert value(made.path, data_key, "SELECT value FROM meta WHERE key = 'epoch'") == "first"
    assert keys.unlock_practice(target) == data_key
    assert value(target, data_key, "SELECT count(*) FROM notes") == 200


@pytest.mark.skipif(os.name == "nt", reason="Windows has no file modes; the folder's own rights hold")
def test_that_only_the_owner_may_read_the_copies_and_their_keys(office, tmp_path):
    path, data_key = office
    made = backup(file_location(path), data_key, tmp_path / "kopier")
    made.key_file.chmod(0o644)  # as a stick or a share gives it back
    target = tmp_path / "ny" / "kontor.db"
    restore(made.path, data_key, target)
    again = restore(made.path, data_key, target, replace=True)
    again_key = key_path(again.set_aside)

    made_now = (made.path, target, key_path(target), again.set_aside, again_key)
    fresh = backup(file_location(path), data_key, tmp_path / "flere")
    assert [file.stat().st_mode & 0o077 for file in (*made_now, fresh.key_file)] == [0] * 6


def test_that_an_existing_database_is_only_replaced_on_request_and_then_set_aside(office, tmp_path):
    path, data_key = office
    made = backup(file_location(path), data_key, tmp_path / "kopier")
    engine = open_sqlite(path, data_key)
    add(engine, [5000])
    engine.dispose()
    with pytest.raises(InvalidInput, match="allerede"):
        restore(made.path, data_key, path)
    result = restore(made.path, data_key, path, replace=True)
    assert result.set_aside is not None
    assert value(path, data_key, "SELECT count(*) FROM notes") == 200
    assert (
        value(result.set_aside, keys.unlock_practice(result.set_aside), "SELECT count(*) FROM notes") == 201
    )
    left = [name for name in names(tmp_path) if name.endswith(("-wal", "-shm", "uferdig"))]
    assert left == []


def test_that_a_database_killed_with_saves_in_its_wal_is_set_aside_with_them(office, tmp_path):
    path, data_key = office
    made = backup(file_location(path), data_key, tmp_path / "kopier")
    engine = open_sqlite(path, data_key)
    add(engine, [5000])
    wal = path.with_name(path.name + "-wal").read_bytes()
    main = path.read_bytes()
    engine.dispose()
    path.write_bytes(main)  # as after a power cut: the newest save is in the -wal only
    path.with_name(path.name + "-wal").write_bytes(wal)
    result = restore(made.path, data_key, path, replace=True)
    assert value(result.set_aside, data_key, "SELECT count(*) FROM notes") == 201
    assert value(path, data_key, "SELECT count(*) FROM notes") == 200


def test_that_a_damaged_database_is_replaced_too_and_kept_as_it_was(office, tmp_path):
    path, data_key = office
    made = backup(file_location(path), data_key, tmp_path / "kopier")
    path.write_bytes(b"\xff" * 9000)
    path.with_name(path.name + "-wal").write_bytes(b"old")
    key_path(path).write_bytes(b"damaged too")
    result = restore(made.path, data_key, path, replace=True)
    assert result.set_aside.read_bytes() == b"\xff" * 9000
    assert result.set_aside.with_name(result.set_aside.name + "-wal").read_bytes() == b"old"
    assert value(path, keys.unlock_practice(path), "SELECT count(*) FROM notes") == 200


def test_that_a_newer_passphrase_survives_an_older_copy(tmp_path):
    path = tmp_path / "kontor.db"
    cheap = keys.KdfCost(1, 8 * 1024, 1)
    new = keys.create_keys(path, "klok hest ser blid nepe", None, cheap)
    open_sqlite(path, new.data_key, create=True).dispose()
    made = backup(file_location(path), new.data_key, tmp_path / "kopier")
    keys.change_passphrase(path, "klok hest ser blid nepe", "sprek bie bor i en kube", None, cheap)
    restore(made.path, new.data_key, path, replace=True)
    assert keys.unlock(path, "sprek bie bor i en kube", None) == new.data_key
    assert load(key_path(path)).file_id == new.file.file_id


def test_that_an_open_database_is_not_replaced(office, tmp_path):
    path, data_key = office
    made = backup(file_location(path), data_key, tmp_path / "kopier")
    with FileLock(path), pytest.raises(FileInUse):
        restore(made.path, data_key, path, replace=True)
    engine = open_sqlite(path, data_key)
    with reading(engine).connect() as connection:
        assert connection.scalar(text("SELECT value FROM meta")) == "first"
    engine.dispose()


def test_that_a_database_in_use_passes_its_check(office):
    path, data_key = office
    engine = open_sqlite(path, data_key)
    enough = threading.Event()

    def write():
        n = 1000
        while not enough.is_set():
            add(engine, range(n, n + 50))
            n += 50

    writer = threading.Thread(target=write)
    writer.start()
    try:
        found = [check(path, data_key).problems for _ in range(5)]
    finally:
        enough.set()
        writer.join()
        engine.dispose()
    assert found == [()] * 5
