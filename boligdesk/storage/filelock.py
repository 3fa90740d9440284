"""One writing program per local database file.

The lock is the operating system's own, on the side file ``<name>.laas``, so it vanishes with the
program however it ends. Decision: a program that only reads (``cases list`` beside an open window)
takes no lock, because SQLite in WAL mode serves readers of the same machine safely; everything
that writes, migrates, or replaces the file needs the lock and is refused while another has it.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Self

from boligdesk.services.errors import StoreUnavailable
from boligdesk.storage.driver_errors import from_os_error

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import TracebackType

_LOCKED_BYTE = 1 << 30  # far behind the text: Windows locks are mandatory, and the text must stay readable
_INFO_BYTES = 200


class FileInUse(StoreUnavailable):
    """Another Boligdesk has the file open for writing; ``since`` is when it opened it, if it says."""

    code = "file_in_use"

    def __init__(self, since: datetime | None) -> None:
        when = f" siden {since.astimezone():%d.%m.%Y kl. %H.%M}" if since else ""
        super().__init__(
            "Databasen er åpen i et annet Boligdesk.",
            f"Et annet Boligdesk på denne maskinen har hatt filen åpen{when}.",
            "Ingenting er endret.",
            "Bruk vinduet som er åpent, eller lukk det og prøv igjen.",
        )
        self.since = since


def lock_path(database: Path) -> Path:
    """The side file that carries the lock."""
    return database.with_name(database.name + ".laas")


class FileLock:
    """Held from construction until ``release`` (or the end of a ``with`` block, or of the process).

    Raises FileInUse when another program, or another FileLock of this one, holds the file.
    """

    def __init__(self, database: Path, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        try:
            handle = os.open(lock_path(database), os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
        except OSError as error:
            raise from_os_error(error) from None
        if not _try_lock(handle):
            since = _read_since(handle)
            os.close(handle)
            raise FileInUse(since)
        self._handle: int | None = handle
        _write_info(handle, json.dumps({"pid": os.getpid(), "since": clock().isoformat(timespec="seconds")}))

    def release(self) -> None:
        """Let others in. The side file stays: removing it would let two programs lock different files."""
        if self._handle is not None:
            handle, self._handle = self._handle, None
            _write_info(handle, "")
            _unlock(handle)
            os.close(handle)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def _write_info(handle: int, text: str) -> None:
    """Best effort: the information is a courtesy, a full disk must not stop the lock."""
    try:
        os.ftruncate(handle, 0)
        os.lseek(handle, 0, os.SEEK_SET)
        os.write(handle, text.encode("ascii"))
    except OSError:
        return


def _read_since(handle: int) -> datetime | None:
    try:
        os.lseek(handle, 0, os.SEEK_SET)
        info = json.loads(os.read(handle, _INFO_BYTES))
        return datetime.fromisoformat(info["since"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


if sys.platform == "win32":
    import msvcrt

    def _try_lock(handle: int) -> bool:
        os.lseek(handle, _LOCKED_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _unlock(handle: int) -> None:
        os.lseek(handle, _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _try_lock(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _unlock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_UN)
