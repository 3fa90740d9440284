"""Safety copies of the local database: made, proved, checked and brought back.

A copy is one encrypted file with the key of the original, and its key file beside it. It has its
final name only when it is whole and proved; the key file is there before it.
"""

from __future__ import annotations

import os
import shutil
import uuid
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from boligdesk.services.errors import InvalidInput, StoreUnavailable
from boligdesk.storage.atomic_files import discard, sync_file, sync_folder
from boligdesk.storage.driver_errors import from_os_error, translate_driver, unavailable
from boligdesk.storage.engine import connect_sqlite
from boligdesk.storage.filelock import FileLock
from boligdesk.storage.keys import key_path, load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from boligdesk.storage.keys import DataKey
    from boligdesk.storage.location import StoreLocation


_SIDE_FILES = ("-wal", "-shm", "-journal")
_STEP_PAGES = 2_000
_MARGIN = 1.05  # room for the copy and a little


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What a check of a database found. ``problems`` are Norwegian lines without content of the file."""

    problems: tuple[str, ...]
    rows: dict[str, int]

    @property
    def ok(self) -> bool:
        return not self.problems


@dataclass(frozen=True, slots=True)
class BackupResult:
    """A finished, proved copy."""

    path: Path
    key_file: Path
    rows: dict[str, int]


@dataclass(frozen=True, slots=True)
class RestoreResult:
    """The database is back. ``epoch`` is new (also in the table ``meta``); ``set_aside`` is the old file."""

    path: Path
    set_aside: Path | None
    epoch: uuid.UUID


def backup(
    location: StoreLocation,
    data_key: DataKey,
    folder: Path,
    *,
    now: datetime | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> BackupResult:
    """Copy the database, also while others write, to ``folder/<name> <date> <time>.db``; never overwrites.

    ``progress(pages done, pages in all)`` may be called often. Raises UserError; then no file is left.
    """
    source = _local_file(location)
    moment = now or datetime.now().astimezone()
    target = _free_name(folder, f"{source.stem} {moment:%Y-%m-%d %H.%M.%S}", source.suffix)
    part = target.with_name(f"{target.name}.{uuid.uuid4().hex[:8]}.uferdig")
    with _cleaned_up(part, target.with_name(target.name + ".nokkel")) as keep, _disk_errors():
        folder.mkdir(parents=True, exist_ok=True)
        _need_room(folder, source)
        rows = _copy(source, part, data_key, progress)
        _prove(part, data_key, rows)
        _copy_private(key_path(source), key_path(target))
        load(key_path(target))
        sync_file(key_path(target))
        part.rename(target)
        sync_folder(folder)
        keep()
    return BackupResult(target, key_path(target), rows)


def check(path: Path, data_key: DataKey) -> CheckResult:
    """Read every page of a database file: seals, structure, references. StoreUnavailable if it will not open."""
    with closing(connect_sqlite(path, data_key, read_only=True)) as connection:
        problems = _problems(connection)
        rows = {} if problems else _row_counts(connection)
    return CheckResult(tuple(problems), rows)


def restore(copy: Path, data_key: DataKey, target: Path, *, replace: bool = False) -> RestoreResult:
    """Bring a copy back as ``target``. With ``replace`` an existing database is set aside, not deleted.

    Needs the file lock of ``target``. The copy is proved first and its rows compared afterwards; a
    fresh ``epoch`` tells other machines that time was set back. Until the last rename the old file is in use.
    The key file in place is kept when it belongs to the same database (its passphrase is the newer one).
    """
    if target.exists() and not replace:
        raise InvalidInput(
            "target",
            "Det finnes allerede en database her.",
            "Ingenting er endret.",
            "Velg et annet navn, eller be om at den gamle legges til side.",
        )
    found = check(copy, data_key)
    if not found.ok:
        raise unavailable("damaged")
    epoch = uuid.uuid4()
    part = target.with_name(f"{target.name}.{uuid.uuid4().hex[:8]}.uferdig")
    with _disk_errors():
        target.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(target), _cleaned_up(part) as keep, _disk_errors():
        _need_room(target.parent, copy)
        rows = _copy(copy, part, data_key, None)
        _prove(part, data_key, rows)
        _mark_epoch(part, data_key, epoch)
        set_aside = _set_aside(target, data_key, copy)
        part.replace(target)
        sync_folder(target.parent)
        keep()
    return RestoreResult(target, set_aside, epoch)


def _local_file(location: StoreLocation) -> Path:
    if location.path is None:
        raise InvalidInput(
            "database",
            "Boligdesk tar ikke sikkerhetskopi av en databasetjener.",
            f"Du bruker {location.display}. Den sikres med tjenerens egne verktøy.",
            "Be IT-drift om pg_dump eller pg_basebackup, og om å prøve å hente den tilbake.",
        )
    return location.path


def _free_name(folder: Path, stem: str, suffix: str) -> Path:
    """A name that is not taken; two copies in one second get a number."""
    for number in range(1, 1000):
        name = folder / f"{stem}{f' ({number})' if number > 1 else ''}{suffix or '.db'}"
        if not name.exists() and not key_path(name).exists():
            return name
    raise unavailable("io_error")


def _copy(
    source: Path, part: Path, data_key: DataKey, progress: Callable[[int, int], None] | None
) -> dict[str, int]:
    """Copy one moment of ``source`` into the new file ``part``; gives the row counts of that moment."""
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    with (
        closing(connect_sqlite(source, data_key, read_only=True)) as reader,
        closing(connect_sqlite(part, data_key, wal=False)) as writer,
    ):
        reader.execute("BEGIN")  # holds the moment: writers go on, this copy does not see them
        rows = _row_counts(reader)
        reader.backup(writer, pages=_STEP_PAGES, progress=_steps(progress))
        reader.execute("ROLLBACK")
        writer.execute("PRAGMA journal_mode = DELETE")  # one file, no -wal beside it
    sync_file(part)
    return rows


def _steps(progress: Callable[[int, int], None] | None) -> Callable[[int, int, int], None]:
    def step(_status: int, remaining: int, total: int) -> None:
        if progress is not None:
            progress(total - remaining, total)

    return step


def _prove(part: Path, data_key: DataKey, rows: dict[str, int]) -> None:
    found = check(part, data_key)
    if not found.ok or found.rows != rows:
        raise StoreUnavailable(
            "Kopien ble ikke riktig.",
            "Boligdesk leste den tilbake, og den var ikke lik originalen.",
            "Originalen er ikke endret, og kopien er slettet.",
            "Prøv en annen disk. Skjer det igjen, må IT-støtte se på disken.",
        )


def _problems(connection: Any) -> list[str]:
    found = []
    if pages := _broken_seals(connection):
        found.append(f"{pages} sider i filen har feil kontrollsum.")
        return found  # the other checks would only stop at these pages
    structure = [row[0] for row in connection.execute("PRAGMA integrity_check(100)") if row[0] != "ok"]
    if structure:
        found.append(f"{len(structure)} feil i oppbygningen av tabeller eller indekser.")
    if loose := connection.execute("PRAGMA foreign_key_check").fetchall():
        tables = ", ".join(sorted({str(row[0]) for row in loose}))
        found.append(f"{len(loose)} rader viser til noe som ikke finnes (tabell: {tables}).")
    return found


def _broken_seals(connection: Any) -> int:
    """Pages whose seal is broken. Asked twice: a page that a writer is moving just now is whole the next time."""
    broken = set(connection.execute("PRAGMA cipher_integrity_check").fetchall())
    return len(broken & set(connection.execute("PRAGMA cipher_integrity_check").fetchall())) if broken else 0


def _row_counts(connection: Any) -> dict[str, int]:
    tables = connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name"
    ).fetchall()
    return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for (name,) in tables}  # noqa: S608 - names of our own tables, out of the schema


def _mark_epoch(part: Path, data_key: DataKey, epoch: uuid.UUID) -> None:
    with closing(connect_sqlite(part, data_key, wal=False)) as connection:
        if connection.execute(
            "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'meta'"
        ).fetchone():
            connection.execute(
                "INSERT INTO meta (key, value) VALUES ('epoch', ?) "
                "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                (str(epoch),),
            )
    sync_file(part)


def _set_aside(target: Path, data_key: DataKey, copy: Path) -> Path | None:
    """Give the old database a second name (its first name is replaced later, in one step), settle the key file."""
    stamp = f"{datetime.now().astimezone():%Y-%m-%d %H.%M.%S}"
    aside = _free_name(target.parent, f"{target.stem} lagt til side {stamp}", target.suffix)
    if not target.exists():
        _settle_key(target, copy, None)
        return None
    _fold_in_wal(target, data_key)
    for side in _SIDE_FILES:  # left over when the old file could not be opened: it must not meet the new one
        if (leftover := target.with_name(target.name + side)).exists():
            leftover.rename(aside.with_name(aside.name + side))
    try:
        os.link(target, aside)
    except OSError:  # no hard links on this disk: a copy does the same, slower
        _copy_private(target, aside)
        sync_file(aside)
    _settle_key(target, copy, aside)
    return aside


def _settle_key(target: Path, copy: Path, aside: Path | None) -> None:
    present, wanted = key_path(target), key_path(copy)
    if aside is not None and present.exists():
        _copy_private(present, key_path(aside))
    if not wanted.exists() or wanted == present:
        return
    try:
        same = present.exists() and load(present).file_id == load(wanted).file_id
    except StoreUnavailable:
        same = False  # one of them is damaged: the copy's key file was proved when it was made
    if not same:
        part = present.with_name(present.name + ".uferdig")
        _copy_private(wanted, part)
        sync_file(part)
        part.replace(present)


def _copy_private(source: Path, target: Path) -> None:
    """Copy a file so that only its owner may read the new one, from the first byte on."""

    def for_the_owner(path: str, flags: int) -> int:
        return os.open(path, flags, 0o600)

    with source.open("rb") as given, open(target, "wb", opener=for_the_owner) as copy:
        shutil.copyfileobj(given, copy)


def _fold_in_wal(target: Path, data_key: DataKey) -> None:
    """Put what waits in the -wal file into the old database itself; a damaged one stays as it is."""
    try:
        with closing(connect_sqlite(target, data_key)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")
    except (StoreUnavailable, _driver_error()):
        return


def _need_room(folder: Path, source: Path) -> None:
    wal = source.with_name(source.name + "-wal")
    needed = source.stat().st_size + (wal.stat().st_size if wal.exists() else 0)
    free = shutil.disk_usage(folder).free
    if free < needed * _MARGIN:
        error = unavailable("disk_full")
        error.what = f"Kopien trenger {needed // 1_000_000 + 1} MB, men det er {free // 1_000_000} MB ledig."
        error.safe = "Ingenting er endret."
        raise error


@contextmanager
def _cleaned_up(*unfinished: Path) -> Iterator[Callable[[], None]]:
    """Remove these files and their side files unless the block says that they are to be kept."""
    kept: list[bool] = []
    try:
        yield lambda: kept.append(True)
    finally:
        if not kept:
            for path in unfinished:
                for side in ("", *_SIDE_FILES):
                    discard(path.with_name(path.name + side))


@contextmanager
def _disk_errors() -> Iterator[None]:
    """Driver and disk errors as sentences; they all left the original alone."""
    try:
        yield
    except OSError as error:
        raise _calm(from_os_error(error)) from None
    except _driver_error() as error:
        translated = translate_driver(error)
        raise (_calm(translated) if isinstance(translated, StoreUnavailable) else translated) from None


def _calm(error: StoreUnavailable) -> StoreUnavailable:
    error.safe = "Databasen er ikke endret, og ingen halvferdig fil er lagt igjen."
    return error


def _driver_error() -> type[Exception]:
    from sqlcipher3 import dbapi2

    found: type[Exception] = dbapi2.Error
    return found
