"""Is the store whole? What ``database check`` and ``doctor`` look at; nothing is changed, nobody signs in."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from boligdesk.services.errors import StoreUnavailable
from boligdesk.storage import backup, chain, schema
from boligdesk.storage.atomic_files import write_atomically
from boligdesk.storage.engine import open_postgres, open_sqlite
from boligdesk.storage.reader import SYSTEM
from boligdesk.storage.store import SqlStore
from boligdesk.storage.tables import Event, ReadEntry
from boligdesk.storage.view import View

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Engine

    from boligdesk.storage.keys import DataKey
    from boligdesk.storage.location import StoreLocation


@dataclass(frozen=True, slots=True)
class Examination:
    """``problems`` are Norwegian lines without content of the store. ``links`` counts the log chain."""

    problems: tuple[str, ...]
    revision: str | None = None
    links: int = 0
    head: str = ""
    rows: dict[str, int] = field(default_factory=dict)


def examine(location: StoreLocation, data_key: DataKey | None) -> Examination:
    """Pages and references of a file, the schema, and the whole log chain. StoreUnavailable if it will not open."""
    rows: dict[str, int] = {}
    if location.path is not None and data_key is not None:
        try:
            found = backup.check(location.path, data_key)
        except StoreUnavailable as error:
            if error.code != "damaged":
                raise
            return Examination((error.line(),))
        if not found.ok:
            return Examination(found.problems)  # the rest would only stop at the same pages
        rows = found.rows
    engine = open_reading(location, data_key)
    try:
        revision = schema.current(engine)
        try:
            schema.require_current(engine)
        except StoreUnavailable as error:
            return Examination((error.line(),), revision, rows=rows)
        report = SqlStore(engine).read(SYSTEM, chain.verify)
    finally:
        engine.dispose()
    problems = () if report.broken_at is None else (f"{report.reason} (ledd {report.broken_at})",)
    return Examination(problems, revision, report.links, report.head.hex(), rows)


def open_reading(location: StoreLocation, data_key: DataKey | None) -> Engine:
    """An engine that only reads; takes no lock."""
    if location.path is not None and data_key is not None:
        return open_sqlite(location.path, data_key, read_only=True)
    return open_postgres(location.url or "")


def newest_entry(location: StoreLocation, data_key: DataKey | None) -> dt.datetime | None:
    """When something was last written or opened here; None in an empty log.

    Raises StoreUnavailable when the store does not open, or has another schema than this program.
    """
    engine = open_reading(location, data_key)
    try:
        schema.require_current(engine)
        moments = SqlStore(engine).read(SYSTEM, _newest)
    finally:
        engine.dispose()
    return max((moment for moment in moments if moment is not None), default=None)


def _newest(view: View) -> list[dt.datetime | None]:
    return [view.scalar(select(func.max(table.at))) for table in (Event, ReadEntry)]


def note_backup(database: Path, moment: dt.datetime) -> None:
    """Remember beside the file when it was last copied. A courtesy: a full disk does not stop the copy."""
    with suppress(StoreUnavailable):
        write_atomically(_note_path(database), f"{moment.isoformat(timespec='seconds')}\n".encode("ascii"))


def last_backup(database: Path) -> dt.datetime | None:
    """When the file was last copied by Boligdesk; None when nobody noted it."""
    try:
        moment = dt.datetime.fromisoformat(_note_path(database).read_text(encoding="ascii").strip())
    except (OSError, ValueError):
        return None
    return moment if moment.tzinfo else None


def _note_path(database: Path) -> Path:
    return database.with_name(database.name + ".kopi")
