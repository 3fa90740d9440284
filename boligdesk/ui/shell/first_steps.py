"""What an office must do before it can send letters, told to those who can do it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer

from boligdesk.domain.access import Right
from boligdesk.ui.places import Place

if TYPE_CHECKING:
    from boligdesk.ui.main_window import MainWindow

#: After the first page has come: what is read for this must not delay it.
LOOK_AFTER_MS = 2_500
PLACE = Place("administrasjon", tab="kontoret")
_TEXT = "Brevhodet er ikke satt. Ingen brev kan ferdigstilles før det står hvem de kommer fra."


class FirstSteps(QObject):
    """Looks once after signing in; never in front of another message."""

    def __init__(self, window: MainWindow, parent: QObject) -> None:
        super().__init__(parent)
        self._window = window
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(LOOK_AFTER_MS)
        self._timer.timeout.connect(self.look)
        if Right.MANAGE_USERS in window.services.user.rights:
            self._timer.start()

    @property
    def is_waiting(self) -> bool:
        return self._timer.isActive()

    def look(self) -> None:
        self._window.query(self._read, self._found, owner=self)

    def _read(self) -> dict[str, Any]:
        return self._window.services.letters.letterhead()

    def _found(self, head: dict[str, Any]) -> None:
        from boligdesk.ui.widgets.infobar import Action

        window = self._window
        here = window.navigator.here
        is_there = here is not None and here.key == PLACE.page
        if head or is_there or window.messages.bar() is not None:
            return
        window.messages.show_message("warn", _TEXT, (Action("Fyll ut brevhodet", lambda: window.go(PLACE)),))
