"""Opening a store: the only file that knows dialects.

Transactions of the local file start with BEGIN IMMEDIATE (one writer, no lost race between check
and write) unless the engine came from ``reading``: then BEGIN, with writes refused.
"""

from __future__ import annotations

import os
import random
import time
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import QueuePool, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from boligdesk.services.errors import StoreUnavailable
from boligdesk.storage.atomic_files import discard
from boligdesk.storage.driver_errors import (
    StoreBusy,
    from_os_error,
    is_transient,
    translate_driver,
    translated,
    unavailable,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sqlalchemy.engine import Connection, Engine

    from boligdesk.storage.keys import DataKey

T = TypeVar("T")

_READING = "boligdesk_reading"
_BUSY_MS = 5_000
_CACHE_KIB = 64 * 1024  # pages are decrypted once; see the design study "data", 2.3
_PLAIN_HEADER = b"SQLite format 3\0"
_LOCAL_HOSTS = {"", "localhost", "127.0.0.1", "::1"}
_LOCK_MS = 4_000
_STATEMENT_MS = 60_000
_IDLE_MS = 300_000
_CONNECT_S = 5


def open_sqlite(path: Path, data_key: DataKey, *, read_only: bool = False, create: bool = False) -> Engine:
    """An engine on an encrypted local file; the key and WAL are proved before it is returned.

    ``create`` makes a new empty file (refused when it exists); without it the file must be there.
    Raises StoreUnavailable with a sentence for a wrong key, a damaged, missing or unencrypted file.
    """
    if create:
        _make_empty(path)
    else:
        _refuse_unreadable(path)
    engine = create_engine(
        "sqlite+pysqlite://",
        module=_sqlcipher(),
        creator=lambda: connect_sqlite(path, data_key, read_only=read_only),
        poolclass=QueuePool,
        pool_size=4,
        max_overflow=8,
        hide_parameters=True,
    )
    event.listen(engine, "begin", _begin_sqlite)
    try:
        proved = _proved(engine)
    except StoreUnavailable:
        if create:  # ours, and still empty
            discard(path)
        raise
    return reading(proved) if read_only else proved


def connect_sqlite(path: Path, data_key: DataKey, *, read_only: bool = False, wal: bool = True) -> Any:
    """One raw driver connection with every setting of ours, in autocommit mode.

    ``wal=False`` leaves the journal as it is (backup files are single files). Errors: StoreUnavailable.
    """
    if not read_only and path.exists() and not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        raise _write_protected()
    connection = _keyed(path, data_key, "ro")
    if read_only:
        return connection
    # only a key that was proved may write: closing a writing connection moves the -wal into the file,
    # also when the file is damaged or the key is another one
    connection.close()
    connection = _keyed(path, data_key, "rw")
    try:
        _prepare_writing(connection, wal=wal)
    except _sqlcipher().Error as error:
        connection.close()
        raise translate_driver(error) from None
    return connection


def _keyed(path: Path, data_key: DataKey, mode: str) -> Any:
    driver = _sqlcipher()
    connection: Any = None
    try:
        connection = driver.connect(
            f"{path.absolute().as_uri()}?mode={mode}",
            uri=True,
            isolation_level=None,  # no hidden BEGIN: the begin event decides
            check_same_thread=False,  # the pool hands a connection to one thread at a time
            timeout=_BUSY_MS / 1000,
        )
        connection.execute(f"PRAGMA key = \"x'{data_key.raw.hex()}'\"")  # must be the first statement
        for pragma in (
            "cipher_compatibility = 4",
            "cipher_log_level = NONE",
            f"busy_timeout = {_BUSY_MS}",
            "foreign_keys = ON",
        ):
            connection.execute(f"PRAGMA {pragma}")
        for pragma in ("trusted_schema = OFF", "temp_store = MEMORY", f"cache_size = -{_CACHE_KIB}"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()  # the first page proves the key
    except driver.Error as error:
        if connection is not None:
            connection.close()
        if not os.access(path.parent, os.W_OK):  # SQLite needs its side files, also to read
            raise _write_protected() from None
        raise translate_driver(error) from None
    return connection


def _write_protected() -> StoreUnavailable:
    error = unavailable("read_only")
    error.title = "Databasen ligger i en skrivebeskyttet mappe, eller filen er skrivebeskyttet."
    error.what = "Boligdesk må kunne skrive i mappen for å åpne databasen."
    error.safe = "Ingenting er endret."
    return error


def _prepare_writing(connection: Any, *, wal: bool) -> None:
    if wal:
        (mode,) = connection.execute("PRAGMA journal_mode = WAL").fetchone()
        if mode != "wal":
            connection.close()
            raise StoreUnavailable(
                "Databasen kan ikke brukes der den ligger.",
                "Disken støtter ikke den måten Boligdesk lagrer på.",
                "Ingenting er endret.",
                "Flytt databasen og nøkkelfilen til en vanlig disk på denne maskinen.",
            )
    connection.execute("PRAGMA synchronous = FULL")  # a power cut loses no confirmed save
    connection.execute("PRAGMA secure_delete = ON")


def _begin_sqlite(connection: Connection) -> None:
    reads = connection.get_execution_options().get(_READING, False)
    connection.exec_driver_sql(f"PRAGMA query_only = {'ON' if reads else 'OFF'}")
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


def open_postgres(url: str) -> Engine:
    """An engine on a PostgreSQL server, proved by one connection. Raises StoreUnavailable.

    READ COMMITTED, UTC, time limits on locks, statements and forgotten transactions. A server on
    another machine must speak TLS unless the address itself says ``sslmode=``.
    """
    address = make_url(url).set(drivername="postgresql+psycopg")
    limits = {
        "timezone": "UTC",
        "lock_timeout": _LOCK_MS,
        "statement_timeout": _STATEMENT_MS,
        "idle_in_transaction_session_timeout": _IDLE_MS,
    }
    arguments: dict[str, Any] = {
        "application_name": "Boligdesk",
        "connect_timeout": _CONNECT_S,
        "options": " ".join(f"-c {name}={value}" for name, value in limits.items()),
    }
    host = str(address.host or address.query.get("host") or "")
    if host not in _LOCAL_HOSTS and not host.startswith("/") and "sslmode" not in address.query:
        arguments["sslmode"] = "require"
    engine = create_engine(
        address,
        connect_args=arguments,
        isolation_level="READ COMMITTED",
        pool_pre_ping=True,  # a laptop sleeps, a server restarts
        pool_size=4,
        max_overflow=8,
        hide_parameters=True,
    )
    event.listen(engine, "begin", _begin_postgres)
    return _proved(engine)


def _begin_postgres(connection: Connection) -> None:
    # psycopg writes it into its own BEGIN: no extra trip. SQLAlchemy's option of the same meaning cannot be
    # taken back on an engine made from an engine.
    driver: Any = connection.connection.dbapi_connection
    driver.read_only = connection.get_execution_options().get(_READING, False)


def reading(engine: Engine) -> Engine:
    """The same pool for transactions that only read: no write lock is taken and writes are refused."""
    return engine.execution_options(**{_READING: True})


def writing(engine: Engine) -> Engine:
    """The same pool for transactions that write (also what a fresh engine does)."""
    return engine.execution_options(**{_READING: False})


def is_local_file(engine: Engine) -> bool:
    """Whether the store is the encrypted local file (else it is a server)."""
    return engine.dialect.name == "sqlite"


def inserting(*, is_sqlite: bool) -> Callable[[Any], Any]:
    """The engine's own INSERT, which knows ON CONFLICT. Only the dialect that is used is imported."""
    if is_sqlite:
        from sqlalchemy.dialects import sqlite

        return sqlite.insert
    from sqlalchemy.dialects import postgresql

    return postgresql.insert


def retrying(
    work: Callable[[], T],
    *,
    attempts: int = 4,
    patience: float = 8.0,
    sleep: Callable[[float], None] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
) -> T:
    """Run a whole transaction, again if it was busy, deadlocked or not serialisable.

    Waits a little longer each time (with jitter, so that two losers do not meet again); starts no new
    attempt after ``patience`` seconds. The last failure is raised as it came.
    """
    started = clock()
    for attempt in range(1, attempts + 1):
        try:
            return work()
        except (DBAPIError, StoreBusy) as error:
            if attempt == attempts or clock() - started > patience or not is_transient(error):
                raise
        sleep(0.02 * 2**attempt * (0.5 + random.random()))  # noqa: S311 - jitter, not a secret
    raise AssertionError("attempts must be at least 1")


def _proved(engine: Engine) -> Engine:
    try:
        with translated(), reading(engine).connect() as connection:
            connection.execute(text("SELECT 1"))
    except BaseException:
        engine.dispose()
        raise
    return engine


def _make_empty(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        raise StoreUnavailable(
            "Det finnes allerede en fil her.",
            "Boligdesk lager ikke en ny database oppå en annen fil.",
            "Ingenting er endret.",
            "Velg et annet navn, eller åpne filen som finnes.",
        ) from None
    except OSError as error:
        raise from_os_error(error) from None


def _refuse_unreadable(path: Path) -> None:
    try:
        with path.open("rb") as stream:
            header = stream.read(len(_PLAIN_HEADER))
    except OSError as error:
        raise from_os_error(error) from None
    if header == _PLAIN_HEADER:
        raise StoreUnavailable(
            "Dette er ikke en Boligdesk-database.",
            "Filen er en vanlig SQLite-fil uten kryptering.",
            "Filen er ikke endret.",
            "Velg en annen fil.",
        )
    if not header:
        raise unavailable("damaged")


def _sqlcipher() -> Any:
    from sqlcipher3 import dbapi2

    return dbapi2
