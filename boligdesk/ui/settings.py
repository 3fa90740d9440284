"""Column widths, theme, density, window size: remembered per user in the store. Never personal data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from boligdesk.ui.tasks import Lane

if TYPE_CHECKING:
    from boligdesk.services.office import Office
    from boligdesk.ui.tasks import Tasks

#: The name of the one row that holds them all.
KEY = "vindu"
WRITE_AFTER_MS = 2000


class UserSettings(QObject):
    """Text by key, answered from memory; written at most every two seconds, and by ``flush``.

    A setting that could not be written is not worth a message: it is kept for this session and tried again.
    """

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._office: Office | None = None
        self._values: dict[str, str] = {}
        self._is_new = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WRITE_AFTER_MS)
        self._timer.timeout.connect(self.flush)

    def attach(self, office: Office, stored: dict[str, str]) -> None:
        """From now on these are the settings of a signed-in user. ``stored`` is what ``read`` gave."""
        self._office = office
        self._values = {**stored, **self._values}

    def get(self, key: str) -> str | None:
        return self._values.get(key)

    def set(self, key: str, value: str) -> None:
        if self._values.get(key) == value:
            return
        self._values[key] = value
        self._is_new = True
        if self._office is not None and not self._timer.isActive():
            self._timer.start()

    def flush(self) -> None:
        """Write now what has not been written."""
        self._timer.stop()
        if self._office is None or not self._is_new:
            return
        self._is_new = False
        office, values = self._office, dict(self._values)
        self._tasks.run(
            Lane.DATABASE,
            lambda _progress, _cancelled: office.save_setting(KEY, values),
            failed=self._keep,
        )

    def _keep(self, _error: BaseException) -> None:
        self._is_new = True


def read(office: Office) -> dict[str, str]:
    """The stored settings; called in the database lane."""
    stored = office.setting(KEY) or {}
    return {str(key): str(value) for key, value in stored.items()}
