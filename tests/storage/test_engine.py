from __future__ import annotations

import os
import sqlite3
import threading

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from boligdesk.services.errors import StoreUnavailable
from boligdesk.storage.driver_errors import StoreBusy, translated
from boligdesk.storage.engine import is_local_file, open_postgres, open_sqlite, reading, retrying, writing
from boligdesk.storage.keys import DataKey

from .conftest import TEST_KEY

NAME = "Blid Nepe"


@pytest.fixture
def notes(engine):
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE notes (id INTEGER PRIMARY KEY, body TEXT)"))
        connection.execute(text("INSERT INTO notes VALUES (1, :body)"), {"body": NAME})
    return engine


@pytest.fixture
def database(tmp_path):
    """A closed file with one row."""
    path = tmp_path / "kontor.db"
    engine = open_sqlite(path, TEST_KEY, create=True)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE notes (id INTEGER PRIMARY KEY, body TEXT)"))
        connection.execute(text("INSERT INTO notes VALUES (1, :body)"), {"body": NAME})
    engine.dispose()
    return path


def bodies(engine):
    with reading(engine).connect() as connection:
        return list(connection.scalars(text("SELECT body FROM notes ORDER BY id")))


def test_that_a_rolled_back_transaction_leaves_nothing_not_even_a_table(notes):
    def half():
        with notes.begin() as connection:
            connection.execute(text("CREATE TABLE half (id INTEGER)"))
            connection.execute(text("INSERT INTO notes VALUES (2, 'x')"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half()
    assert bodies(notes) == [NAME]
    with notes.begin() as connection:
        connection.execute(text("CREATE TABLE half (id INTEGER)"))


def test_that_a_reading_engine_refuses_to_write_and_a_writing_one_does_not(notes):
    with (
        pytest.raises(StoreUnavailable, match="skrivebeskyttet"),
        translated(),
        reading(notes).begin() as connection,
    ):
        connection.execute(text("INSERT INTO notes VALUES (2, 'x')"))
    with writing(reading(notes)).begin() as connection:
        connection.execute(text("INSERT INTO notes VALUES (2, 'x')"))
    with notes.begin() as connection:
        connection.execute(text("INSERT INTO notes VALUES (3, 'y')"))
    assert bodies(notes) == [NAME, "x", "y"]


def test_that_a_reader_is_not_stopped_by_a_writer_and_sees_only_what_is_saved(notes):
    with notes.begin() as connection:
        connection.execute(text("INSERT INTO notes VALUES (2, 'x')"))
        assert bodies(notes) == [NAME]
    assert bodies(notes) == [NAME, "x"]


def test_that_two_who_check_and_then_write_never_both_win(notes):
    barrier, won = threading.Barrier(2), []

    def take(who):
        def work():
            with notes.begin() as connection:
                lock = "" if is_local_file(notes) else " FOR UPDATE"
                free = connection.scalar(text(f"SELECT body FROM notes WHERE id = 1{lock}")) == NAME
                if free:
                    connection.execute(text("UPDATE notes SET body = :who WHERE id = 1"), {"who": who})
            return free

        barrier.wait()
        if retrying(work):
            won.append(who)

    threads = [threading.Thread(target=take, args=(who,)) for who in ("a", "b")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert bodies(notes) == won


def test_that_parameters_are_not_in_the_error(notes):
    with pytest.raises(DBAPIError) as caught, notes.begin() as connection:
        connection.execute(text("INSERT INTO nowhere VALUES (:body)"), {"body": NAME})
    assert NAME not in str(caught.value)


def test_that_the_local_file_runs_with_our_settings(sqlite_engine):
    expected = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "trusted_schema": 0,
        "temp_store": 2,
        "cache_size": -65536,
        "busy_timeout": 5000,
        "cipher_log_level": "NONE",
    }
    with sqlite_engine.connect() as connection:
        found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in expected}
    assert found == expected


def test_that_the_server_runs_with_our_settings(postgres_engine):
    expected = {
        "transaction_isolation": "read committed",
        "lock_timeout": "4s",
        "statement_timeout": "1min",
        "idle_in_transaction_session_timeout": "5min",
        "application_name": "Boligdesk",
        "TimeZone": "UTC",
    }
    with postgres_engine.connect() as connection:
        found = {name: connection.execute(text(f"SHOW {name}")).scalar() for name in expected}
    assert found == expected


def test_that_nothing_readable_is_on_the_disk(tmp_path, sqlite_engine):
    with sqlite_engine.begin() as connection:
        connection.execute(text("CREATE TABLE notes (body TEXT)"))
        connection.execute(text("INSERT INTO notes VALUES (:body)"), {"body": NAME * 100})
    files = [path for path in tmp_path.iterdir() if path.is_file()]
    assert {path.suffix for path in files} >= {".db", ".db-wal"}
    for path in files:
        content = path.read_bytes()
        assert NAME.encode() not in content
        assert b"CREATE TABLE" not in content
        assert TEST_KEY.raw not in content
        if os.name != "nt":
            assert path.stat().st_mode & 0o077 == 0


def test_that_a_wrong_key_is_told_and_harms_nothing(database, capfd):
    before = database.read_bytes()
    with pytest.raises(StoreUnavailable, match="nøkkel") as caught:
        open_sqlite(database, DataKey(bytes(32)))
    assert caught.value.code == "wrong_key"
    assert database.read_bytes() == before
    assert capfd.readouterr() == ("", "")


def test_that_a_wrong_key_leaves_unfolded_saves_alone(tmp_path, database):
    engine = open_sqlite(database, TEST_KEY)
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO notes VALUES (2, 'ny')"))
    left = {path.name: path.read_bytes() for path in tmp_path.iterdir() if not path.name.endswith("-shm")}
    engine.dispose()
    for name, content in left.items():  # as after a power cut: the newest save is in the -wal only
        (tmp_path / name).write_bytes(content)
    with pytest.raises(StoreUnavailable):
        open_sqlite(database, DataKey(bytes(32)))
    assert {name: (tmp_path / name).read_bytes() for name in left} == left
    engine = open_sqlite(database, TEST_KEY)
    assert bodies(engine) == [NAME, "ny"]
    engine.dispose()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 en arbeidsbok", os.urandom(20_000), b"\0" * 8192])
def test_that_a_file_that_is_no_database_is_told(tmp_path, content):
    path = tmp_path / "kontor.db"
    path.write_bytes(content)
    with pytest.raises(StoreUnavailable) as caught:
        open_sqlite(path, TEST_KEY)
    assert caught.value.code in {"wrong_key", "damaged"}
    assert path.read_bytes() == content


def test_that_an_unencrypted_database_is_not_opened(tmp_path):
    path = tmp_path / "andre.db"
    with sqlite3.connect(path) as plain:
        plain.execute("CREATE TABLE t (a)")
    plain.close()
    with pytest.raises(StoreUnavailable, match="uten kryptering"):
        open_sqlite(path, TEST_KEY)


def test_that_damage_in_the_middle_is_told_when_it_is_met(database):
    engine = open_sqlite(database, TEST_KEY)
    with engine.begin() as connection:
        for number in range(2, 200):
            connection.execute(text("INSERT INTO notes VALUES (:n, :body)"), {"n": number, "body": "x" * 500})
    engine.dispose()
    content = bytearray(database.read_bytes())
    content[len(content) // 2] ^= 1
    database.write_bytes(content)
    engine = open_sqlite(database, TEST_KEY)
    with pytest.raises(StoreUnavailable, match="skadet"), translated():
        bodies(engine)
    engine.dispose()


def test_that_a_missing_file_is_told_and_not_made(tmp_path):
    with pytest.raises(StoreUnavailable, match="Får ikke åpnet"):
        open_sqlite(tmp_path / "mangler.db", TEST_KEY)
    assert list(tmp_path.iterdir()) == []


def test_that_a_write_protected_file_is_told_before_anything_is_written(database, monkeypatch):
    # the suite may run as root, whom no permission stops: the question to the system is answered for it
    monkeypatch.setattr(os, "access", lambda path, _mode: path != database)
    with pytest.raises(StoreUnavailable, match="skrivebeskyttet") as caught:
        open_sqlite(database, TEST_KEY)
    assert caught.value.code == "read_only"
    reader = open_sqlite(database, TEST_KEY, read_only=True)
    assert bodies(reader) == [NAME]
    reader.dispose()


def test_that_creating_never_overwrites(database):
    before = database.read_bytes()
    with pytest.raises(StoreUnavailable, match="allerede"):
        open_sqlite(database, TEST_KEY, create=True)
    assert database.read_bytes() == before


def test_that_odd_characters_in_a_path_are_only_characters(tmp_path):
    path = tmp_path / "100 % #1 æøå?mode=memory" / "kontor.db"
    if os.name == "nt":
        path = tmp_path / "100 % #1 æøå" / "kontor.db"
    open_sqlite(path, TEST_KEY, create=True).dispose()
    assert path.stat().st_size > 0


def test_that_a_second_program_may_read_while_the_first_writes(database):
    first, second = open_sqlite(database, TEST_KEY), open_sqlite(database, TEST_KEY, read_only=True)
    with first.begin() as connection:
        connection.execute(text("INSERT INTO notes VALUES (2, 'ny')"))
    assert bodies(second) == [NAME, "ny"]
    with (
        pytest.raises(StoreUnavailable, match="skrivebeskyttet"),
        translated(),
        writing(second).begin() as connection,
    ):
        connection.execute(text("INSERT INTO notes VALUES (3, 'x')"))
    second.dispose()
    assert bodies(first) == [NAME, "ny"]
    first.dispose()


def test_that_a_full_disk_is_told_and_the_rest_is_safe(database):
    engine = open_sqlite(database, TEST_KEY)

    def fill():
        with translated(), engine.begin() as connection:
            connection.exec_driver_sql("PRAGMA max_page_count = 3")  # as a disk with room for three pages
            connection.execute(text("INSERT INTO notes VALUES (2, zeroblob(100000))"))

    with pytest.raises(StoreUnavailable, match="ikke plass") as caught:
        fill()
    assert caught.value.code == "disk_full"
    assert bodies(engine) == [NAME]
    engine.dispose()


def test_that_a_busy_file_is_told_as_busy(database):
    first, second = open_sqlite(database, TEST_KEY), open_sqlite(database, TEST_KEY)
    with first.begin(), second.connect() as impatient:
        impatient.connection.execute("PRAGMA busy_timeout = 1")
        with pytest.raises(StoreBusy, match="opptatt"), translated():
            impatient.execute(text("SELECT 1"))
    first.dispose()
    second.dispose()


def test_that_no_server_and_no_database_are_told_without_the_password():
    with pytest.raises(StoreUnavailable, match="kontakt") as caught:
        open_postgres("postgresql://ola:hemmelig@127.0.0.1:9/boligdesk")
    assert "hemmelig" not in caught.value.line()


def test_that_a_database_that_is_not_there_is_told(postgres_url):
    with pytest.raises(StoreUnavailable, match="påloggingen"):
        open_postgres(postgres_url.replace("/postgres", "/finnes_ikke"))


def test_that_a_lost_connection_is_told_and_the_next_one_works(postgres_engine):
    with (
        pytest.raises(StoreUnavailable, match="kontakt"),
        translated(),
        postgres_engine.connect() as connection,
    ):
        connection.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
    with postgres_engine.connect() as connection:
        assert connection.scalar(text("SELECT 1")) == 1


def test_that_a_deadlock_is_tried_again_and_both_succeed(postgres_engine):
    with postgres_engine.begin() as connection:
        connection.execute(text("CREATE TABLE n (id int PRIMARY KEY, v int)"))
        connection.execute(text("INSERT INTO n VALUES (1, 0), (2, 0)"))
    met, attempts = threading.Barrier(2), []

    def add(first, second):
        rounds = []

        def work():
            rounds.append(1)
            with postgres_engine.begin() as connection:
                connection.execute(text("UPDATE n SET v = v + 1 WHERE id = :id"), {"id": first})
                if len(rounds) == 1:
                    met.wait()
                connection.execute(text("UPDATE n SET v = v + 1 WHERE id = :id"), {"id": second})

        retrying(work)
        attempts.append(len(rounds))

    threads = [threading.Thread(target=add, args=pair) for pair in ((1, 2), (2, 1))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with postgres_engine.connect() as connection:
        assert list(connection.scalars(text("SELECT v FROM n ORDER BY id"))) == [2, 2]
    assert sorted(attempts) == [1, 2]


def test_that_retrying_gives_up_after_a_few_tries_and_never_on_other_errors():
    tries, waits = [], []

    def busy():
        tries.append(1)
        raise StoreBusy("opptatt")

    with pytest.raises(StoreBusy):
        retrying(busy, attempts=3, sleep=waits.append)
    assert (len(tries), len(waits)) == (3, 2)

    def late():
        tries.append(1)
        raise StoreBusy("opptatt")

    with pytest.raises(StoreBusy):
        retrying(late, sleep=waits.append, clock=iter([0.0, 9.0]).__next__)
    assert len(tries) == 4

    def wrong():
        tries.append(1)
        raise StoreUnavailable("noe annet")

    with pytest.raises(StoreUnavailable):
        retrying(wrong, sleep=waits.append)
    assert len(tries) == 5
