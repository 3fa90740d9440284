"""From a location to a store that can be used: keys, lock, engine, schema."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from boligdesk.storage import keys, schema
from boligdesk.storage.engine import open_postgres, open_sqlite
from boligdesk.storage.filelock import FileLock
from boligdesk.storage.key_file import key_path, load
from boligdesk.storage.preparing import prepare
from boligdesk.storage.reader import SYSTEM
from boligdesk.storage.store import SqlStore

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection, Engine

    from boligdesk.domain.catalog import Role
    from boligdesk.storage.keys import DataKey
    from boligdesk.storage.keystores import KeyStore
    from boligdesk.storage.location import StoreLocation


@dataclass(slots=True)
class OpenedStore:
    """An open store. ``warning`` is plain words about a weaker protection, or empty."""

    store: SqlStore
    location: StoreLocation
    is_practice: bool = False
    warning: str = ""
    data_key: DataKey | None = None
    is_read_only: bool = False
    _held: ExitStack = field(default_factory=ExitStack)

    def prepare(self) -> None:
        """Before anybody works here, and once the clock is the right one: see ``storage.preparing``."""
        if not self.is_read_only:
            prepare(self.store)

    def close(self) -> None:
        """Let go of the store and of the lock on its file."""
        self.store.close()
        self._held.close()


@dataclass(frozen=True, slots=True)
class FirstUser:
    """Whoever makes the store; gets the roles that can let others in."""

    login: str
    name: str
    roles: tuple[Role, ...]
    clearance: int = 2


def create_store(
    location: StoreLocation,
    *,
    passphrase: Callable[[], str] | None,
    keystore: KeyStore | None,
    office: str,
    first: FirstUser,
) -> tuple[OpenedStore, str]:
    """A new store with its first user; returns it open, with the recovery key (shown once; "" on a server).

    ``passphrase`` None makes a practice file that anybody can open. Nothing is left behind on failure.
    """
    with ExitStack() as undo:
        held = ExitStack()
        undo.callback(held.close)
        recovery, data_key, warning = "", None, ""
        if location.kind == "postgresql":
            engine = open_postgres(location.url or "")
        else:
            path = location.file
            path.parent.mkdir(parents=True, exist_ok=True)
            held.enter_context(FileLock(path))
            if passphrase is None:
                data_key = keys.create_practice_keys(path)
            else:
                made = keys.create_keys(path, passphrase(), keystore)
                data_key, recovery = made.data_key, made.recovery_key
            undo.callback(lambda: key_path(path).unlink(missing_ok=True))
            engine = open_sqlite(path, data_key, create=True)
            undo.callback(lambda: path.unlink(missing_ok=True))
            warning = load(key_path(path)).warning
        undo.callback(engine.dispose)
        store = SqlStore(engine)
        schema.create(engine, lambda connection: _found(store, connection, office, first))
        undo.pop_all()
    opened = OpenedStore(store, location, passphrase is None and location.kind == "file", warning, data_key)
    opened._held = held  # noqa: SLF001 - made here, owned by the record
    return opened, recovery


def _found(store: SqlStore, connection: Connection, office: str, first: FirstUser) -> None:
    """The office and whoever made it, in the transaction that makes the tables."""
    work = store.work_on(connection, SYSTEM)
    work.write_office.found_office(office)
    work.write_office.register_user(first.login, first.name, first.roles, first.clearance)
    work.finish()


def open_store(
    location: StoreLocation,
    *,
    passphrase: Callable[[], str],
    keystore: Callable[[], KeyStore | None],
    read_only: bool = False,
    upgrade: bool = False,
) -> OpenedStore:
    """Open an existing store. A practice file opens without asking; a read-only opening takes no lock.

    Raises StoreUnavailable for a schema of another age unless ``upgrade`` (the caller took the backup).
    """
    with ExitStack() as undo:
        held = ExitStack()
        undo.callback(held.close)
        practice, warning, data_key = False, "", None
        engine: Engine
        if location.kind == "postgresql":
            engine = open_postgres(location.url or "")
        else:
            path = location.file
            file = load(key_path(path))
            practice, warning = file.practice, file.warning
            data_key = keys.unlock_practice(path) if practice else keys.unlock(path, passphrase(), keystore())
            if not read_only:
                held.enter_context(FileLock(path))
            engine = open_sqlite(path, data_key, read_only=read_only)
        undo.callback(engine.dispose)
        if upgrade:
            schema.upgrade(engine)
        schema.require_current(engine)
        undo.pop_all()
    opened = OpenedStore(SqlStore(engine), location, practice, warning, data_key, read_only)
    opened._held = held  # noqa: SLF001 - made here, owned by the record
    return opened
