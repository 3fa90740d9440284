"""Making and upgrading the schema. Alembic is imported only when there is something to do."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from sqlalchemy import inspect, text

from boligdesk.services.errors import OlderStore, StoreUnavailable
from boligdesk.storage.driver_errors import translated
from boligdesk.storage.engine import is_local_file, reading, writing
from boligdesk.storage.types import uuid7

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection, Engine

#: The revision this program writes; compared with one SELECT at each start.
HEAD = "0003"
#: One upgrade at a time on a server, whoever starts it.
_ADVISORY_LOCK = 0x626F6C69


def current(engine: Engine) -> str | None:
    """The revision of the store; None = an empty store."""
    with translated(), reading(engine).begin() as connection:
        return _revision(connection)


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return found if isinstance(found, str) else None


def require_current(engine: Engine) -> None:
    """Raises StoreUnavailable when the store is empty, older or newer than this program."""
    revision = current(engine)
    if revision == HEAD:
        return
    if revision is None:
        raise StoreUnavailable(
            "Databasen er tom.", todo="Lag en ny database med «boligdesk database create»."
        )
    if revision > HEAD:
        raise StoreUnavailable(
            "Databasen er laget av en nyere utgave av Boligdesk.",
            f"Den har versjon {revision}, og dette programmet kan versjon {HEAD}.",
            "Ingenting er endret.",
            "Oppdater Boligdesk på denne maskinen.",
        )
    raise OlderStore(
        "Databasen er fra en eldre utgave av Boligdesk.",
        f"Den har versjon {revision}, og dette programmet trenger versjon {HEAD}.",
        "Ingenting er endret.",
        "Kjør «boligdesk database upgrade». Den tar sikkerhetskopi først.",
    )


def create(engine: Engine, then: Callable[[Connection], object] = lambda _connection: None) -> None:
    """Make all tables in an empty store, its identity, and what ``then`` adds: all of it, or nothing.

    Raises StoreUnavailable when the store is not empty, also when the tables in it are another program's.
    """
    if current(engine) is not None:
        raise StoreUnavailable(
            "Databasen finnes fra før.", safe="Ingenting er endret.", todo="Åpne den som vanlig."
        )
    with translated(), reading(engine).begin() as connection:
        if inspect(connection).get_table_names():
            raise StoreUnavailable(
                "Databasen er i bruk av et annet program.",
                "Den har tabeller som ikke er fra Boligdesk.",
                "Ingenting er endret.",
                "Be IT-støtte lage en tom database til Boligdesk.",
            )

    def complete(connection: Connection) -> None:
        _identify(connection)
        then(connection)

    _migrate(engine, complete)


def upgrade(engine: Engine) -> bool:
    """Bring an older store to this program's revision; False = nothing to do. Take the backup first.

    Raises StoreUnavailable for an empty store, and for one of a newer program.
    """
    revision = current(engine)
    if revision == HEAD:
        return False
    if revision is None or revision > HEAD:
        require_current(engine)
    _migrate(engine, lambda _connection: None)
    return True


def _migrate(engine: Engine, then: Callable[[Connection], None]) -> None:
    """All migrations and ``then`` in one transaction; foreign keys are checked before the commit.

    SQLite: foreign keys must be off before BEGIN, or a table rebuilt in batch mode silently deletes
    its children (CASCADE). PostgreSQL: one upgrader at a time.
    """
    with translated(), writing(engine).connect() as connection:
        if is_local_file(engine):
            raw: Any = connection.connection.driver_connection
            raw.execute("PRAGMA foreign_keys = OFF")
        try:
            with connection.begin():
                if not is_local_file(engine):
                    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})
                _run(connection)
                then(connection)
                if is_local_file(engine) and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                    raise StoreUnavailable(
                        "Oppgraderingen ble stoppet.",
                        "Databasen har rader som peker på noe som ikke finnes.",
                        "Databasen er som før.",
                        "Ta kontakt med IT-støtte.",
                    )
        finally:
            if is_local_file(engine):
                raw.execute("PRAGMA foreign_keys = ON")


def _run(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "boligdesk.storage:migrations")
    config.attributes["connection"] = connection
    command.upgrade(config, HEAD)


def _identify(connection: Connection) -> None:
    """The store's own identity, and the key of its look-up hashes."""
    values = {
        "store_id": str(uuid7()),
        "epoch": str(uuid7()),
        "pepper": secrets.token_hex(32),
        "min_client": HEAD,
    }
    for key, value in values.items():
        connection.execute(
            text("INSERT INTO meta (key, value) VALUES (:key, :value)"), {"key": key, "value": value}
        )
