"""A robot at the desk: presses keys where the focus is, clicks buttons by their words, and counts its acts.

An act is what ui.md 1.2 counts: a click, a shortcut or a typed search term. Content that is written is none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from boligdesk.ui.places import Place
from boligdesk.ui.tables import DataTable

if TYPE_CHECKING:
    from boligdesk.ui.main_window import MainWindow
    from boligdesk.ui.page import Page

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
PLAIN = Qt.KeyboardModifier.NoModifier
_PATIENCE_MS = 20_000


class Lost(RuntimeError):
    """What the robot was to press is not there, or cannot be pressed."""


class Robot:
    def __init__(self, window: MainWindow, breath_ms: int = 0) -> None:
        """``breath_ms``: given to the window after each act, where its work is done in other threads."""
        self._breath_ms = breath_ms
        self.window, self.acts, self.confirmations = window, 0, 0

    # --- hands ---------------------------------------------------------------------------------------------

    def begins(self) -> None:
        """Count from here."""
        self.acts = self.confirmations = 0

    def presses(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
        self.acts += 1
        QTest.keyClick(self._target(), key, modifiers)
        self.waits()

    def types(self, term: str) -> None:
        """A term to search for."""
        self.acts += 1
        self.writes(term)

    def writes(self, text: str) -> None:
        """Content, where the focus is."""
        QTest.keyClicks(self._target(), text)
        self.waits()

    def clicks(self, words: str, inside: QWidget | None = None) -> None:
        """The button that begins with these words, on the page or in the window that is open. Raises Lost."""
        self.acts += 1
        button = self._button(words, inside or self._front())
        button.click()
        self.waits()

    def confirms(self, words: str) -> None:
        """«Are you sure?»: told beside the acts, as the table of budgets does."""
        self.clicks(words)
        self.acts, self.confirmations = self.acts - 1, self.confirmations + 1

    def goes(self, key: str, **place: object) -> Page:
        """Straight to a place; not counted, for the way there is another task."""
        self.comes_back()
        self.window.go(Place(key, **place))  # type: ignore[arg-type]
        self.waits()
        return self.page

    def comes_back(self) -> None:
        """The screenless platform does not give the window back after a dialog."""
        self.window.activateWindow()
        self.waits()

    def waits(self) -> None:
        """Until nothing is under way, and what is gone is gone."""
        clock = QElapsedTimer()
        clock.start()
        for _round in range(3):
            if self._breath_ms:
                QTest.qWait(self._breath_ms)
            QCoreApplication.processEvents()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            while self.window.tasks.busy() and clock.elapsed() < _PATIENCE_MS:
                QTest.qWait(5)

    # --- eyes ----------------------------------------------------------------------------------------------

    @property
    def page(self) -> Page:
        if self.window.navigator.here is None:
            raise Lost("no page is open")
        return self.window.navigator.here

    def can_click(self, words: str, inside: QWidget | None = None) -> bool:
        return any(button.isEnabled() for button in _buttons(inside or self._front()) if _says(button, words))

    def table(self) -> DataTable:
        """The list of the page that is shown."""
        found = next((one for one in self.page.findChildren(DataTable) if one.isVisible()), None)
        if found is None:
            raise Lost(f"no list on {self.page.key}")
        return found

    # --- own -----------------------------------------------------------------------------------------------

    def _button(self, words: str, inside: QWidget) -> QAbstractButton:
        found = [button for button in _buttons(inside) if _says(button, words)]
        if not found:
            raise Lost(f"no button «{words}» on {self.page.key}")
        if not found[0].isEnabled():
            raise Lost(f"«{words}» cannot be pressed: {found[0].toolTip()}")
        return found[0]

    def _front(self) -> QWidget:
        return QApplication.activePopupWidget() or QApplication.activeModalWidget() or self.window

    def _target(self) -> QWidget:
        return QApplication.activePopupWidget() or QApplication.focusWidget() or self.window


def _buttons(inside: QWidget) -> list[QAbstractButton]:
    return [button for button in inside.findChildren(QAbstractButton) if button.isVisible()]


def _says(button: QAbstractButton, words: str) -> bool:
    return button.text().replace("&", "").startswith(words)
