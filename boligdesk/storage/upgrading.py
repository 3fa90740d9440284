"""Bringing an older local file to this program's schema: copy first, and back to the copy if it fails."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING

from boligdesk.services.errors import StoreUnavailable
from boligdesk.storage import schema
from boligdesk.storage.backup import backup, check, restore
from boligdesk.storage.engine import open_postgres, open_sqlite
from boligdesk.storage.filelock import FileLock

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sqlalchemy import Engine

    from boligdesk.storage.keys import DataKey
    from boligdesk.storage.location import StoreLocation


@dataclass(frozen=True, slots=True)
class UpgradeResult:
    """``before`` equals ``after`` when there was nothing to do; then there is no ``copy``."""

    before: str
    after: str
    copy: Path | None = None


def upgrade_file(
    location: StoreLocation,
    data_key: DataKey,
    folder: Path,
    migrate: Callable[[Engine], object] = schema.upgrade,
) -> UpgradeResult:
    """Copy the file to ``folder``, upgrade it, check it. On failure the file is as before, and the error leaves.

    Raises StoreUnavailable for an empty or newer store, FileInUse while another program has the file.
    """
    path = location.file
    with ExitStack() as held:
        held.enter_context(FileLock(path))
        engine = open_sqlite(path, data_key)
        try:
            before = _older(engine)
        finally:
            engine.dispose()
        if before == schema.HEAD:
            return UpgradeResult(before, before)
        copy = backup(location, data_key, folder).path
        try:
            _migrated(path, data_key, migrate)
        except BaseException:
            held.close()  # restoring takes the lock itself
            if not _is_as_before(path, data_key, before):
                restore(copy, data_key, path, replace=True)
            raise
    return UpgradeResult(before, schema.HEAD, copy)


def upgrade_server(location: StoreLocation) -> UpgradeResult:
    """Upgrade the schema on a server in one transaction. The server's own tools take the copy."""
    engine = open_postgres(location.url or "")
    try:
        before = _older(engine)
        if before != schema.HEAD:
            _told(engine, schema.upgrade)
        return UpgradeResult(before, schema.HEAD)
    finally:
        engine.dispose()


def _older(engine: Engine) -> str:
    """The store's revision. StoreUnavailable when it is empty or newer than this program."""
    found = schema.current(engine)
    if found is None or found > schema.HEAD:
        schema.require_current(engine)
    return found or ""


def _migrated(path: Path, data_key: DataKey, migrate: Callable[[Engine], object]) -> None:
    engine = open_sqlite(path, data_key)
    try:
        _told(engine, migrate)
        schema.require_current(engine)
    finally:
        engine.dispose()
    if not check(path, data_key).ok:
        raise _failed("Kontrollen etterpå fant feil i filen.")


def _told(engine: Engine, migrate: Callable[[Engine], object]) -> None:
    from alembic.util import CommandError

    try:
        migrate(engine)
    except CommandError:
        raise _failed("Boligdesk kjenner ikke versjonen databasen har.") from None


def _failed(what: str) -> StoreUnavailable:
    return StoreUnavailable(
        "Oppgraderingen lyktes ikke.", what, "Databasen er som før.", "Ta kontakt med IT-støtte."
    )


def _is_as_before(path: Path, data_key: DataKey, before: str) -> bool:
    """Whether the failed migration rolled itself back, as it should."""
    try:
        if not check(path, data_key).ok:
            return False
        engine = open_sqlite(path, data_key, read_only=True)
    except StoreUnavailable:
        return False
    try:
        return schema.current(engine) == before
    finally:
        engine.dispose()
