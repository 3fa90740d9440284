"""The care of an open store from the window: copied, checked, and where it lies."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from boligdesk.services.errors import UserError
from boligdesk.storage.location import COPIES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from boligdesk.storage.backup import BackupResult
    from boligdesk.storage.health import Examination
    from boligdesk.storage.opening import OpenedStore


class BackupStopped(UserError):
    """The person stopped the copying. No file is left."""

    code = "stopped"

    def __init__(self) -> None:
        super().__init__(
            "Sikkerhetskopien er stoppet.", safe="Databasen er ikke endret, og ingen halv kopi er lagt igjen."
        )


class StoreCare:
    """Reads through connections of its own, so that others can work meanwhile."""

    def __init__(self, opened: OpenedStore) -> None:
        self._opened = opened

    @property
    def where(self) -> str:
        return self._opened.location.display

    @property
    def is_server(self) -> bool:
        return self._opened.location.path is None

    @property
    def copies_folder(self) -> str:
        path = self._opened.location.path
        return "" if path is None else str(path.parent / COPIES)

    def backup(
        self,
        folder: Path,
        progress: Callable[[int, int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> BackupResult:
        """A proved copy, noted beside the store. Refused for a server, which has tools of its own."""
        from boligdesk.storage.backup import backup
        from boligdesk.storage.health import note_backup

        def step(at: int, of: int) -> None:
            if cancelled is not None and cancelled():
                raise BackupStopped
            if progress is not None:
                progress(at, of)

        location = self._opened.location
        if location.path is None or self._opened.data_key is None:
            raise UserError(
                "Boligdesk tar ikke sikkerhetskopi av en databasetjener.",
                "Den sikres med tjenerens egne verktøy.",
                todo="Be IT-drift om å prøve å hente en kopi tilbake.",
            )
        moment = dt.datetime.now().astimezone()
        done = backup(location, self._opened.data_key, folder, now=moment, progress=step)
        note_backup(location.path, moment)
        return done

    def last_backup(self) -> dt.datetime | None:
        from boligdesk.storage.health import last_backup

        path = self._opened.location.path
        return None if path is None else last_backup(path)

    def check_store(self) -> Examination:
        from boligdesk.storage.health import examine

        return examine(self._opened.location, self._opened.data_key)
