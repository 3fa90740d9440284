"""Notices that nobody has touched the keyboard or the mouse for a while."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

#: The choices in the user menu, in minutes.
MINUTES = (5, 15, 30, 60)
USUAL_MINUTES = 15
_TOUCHES = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
    QEvent.Type.TabletPress,
}


class IdleWatch(QObject):
    """``idle`` after ``set_minutes`` without a touch in any window of the program.

    It listens at the windows of the system, not at the application: a filter there would be called for
    everything that happens to every widget.
    """

    idle = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._watched: list[QWindow] = []
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.timeout.connect(self.idle)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self._watch)
            self._watch(app.focusWindow())

    def set_minutes(self, minutes: int) -> None:
        """Begin to count, or count from now on with another limit."""
        self.timer.start(minutes * 60_000)

    def touch(self) -> None:
        """Somebody is here."""
        if self.timer.isActive():
            self.timer.start()

    def pause(self) -> None:
        """Stop counting: the window is locked."""
        self.timer.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        del watched
        if event.type() in _TOUCHES:
            self.touch()
        return False

    def _watch(self, window: QWindow | None) -> None:
        self._watched = [known for known in self._watched if shiboken6.isValid(known)]
        if window is not None and window not in self._watched:
            window.installEventFilter(self)
            self._watched.append(window)
