"""A robot at the desk: presses keys where the focus is, reads what stands there, and counts the acts of ui.md 1.2."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QPushButton, QWidget

from boligdesk.ui.main_window import MainWindow
from boligdesk.ui.page import Page
from boligdesk.ui.places import Place
from boligdesk.ui.tables import DataTable
from tests.ui.harness import settle

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
PLAIN = Qt.KeyboardModifier.NoModifier


class Clerk:
    """A click, a shortcut or a typed search term is one act; content that is written is none."""

    def __init__(self, window: MainWindow) -> None:
        self.window, self.acts = window, 0

    # --- hands ---------------------------------------------------------------------------------------------

    def begins(self) -> None:
        """Count from here."""
        self.acts = 0

    def presses(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
        self.acts += 1
        QTest.keyClick(self._target(), key, modifiers)
        settle()

    def types(self, term: str) -> None:
        """A term to search for."""
        self.acts += 1
        self.writes(term)

    def writes(self, text: str) -> None:
        """Content, where the focus is."""
        QTest.keyClicks(self._target(), text)
        settle()

    def clicks(self, words: str) -> None:
        """The button that begins with these words, on the page or in the window that is open."""
        self.acts += 1
        button = next(
            b for b in self._front().findChildren(QPushButton) if b.isVisible() and b.text().startswith(words)
        )
        assert button.isEnabled(), f"«{words}» kan ikke trykkes"
        button.click()
        settle()

    # --- eyes ----------------------------------------------------------------------------------------------

    @property
    def page(self) -> Page:
        assert self.window.navigator.here is not None
        return self.window.navigator.here

    def sees(self, text: str) -> bool:
        return text in self.reads()

    def reads(self) -> str:
        """Everything that stands on the screen: labels, buttons, texts, the rows of the lists, messages."""
        front = self._front()
        said = [w.text() for w in front.findChildren(QLabel) if w.isVisible()]
        said += [w.text() for w in front.findChildren(QPushButton) if w.isVisible()]
        said += [w.toPlainText() for w in front.findChildren(QPlainTextEdit) if w.isVisible()]
        for table in front.findChildren(DataTable):
            if table.isVisible():
                said += [self.reads_row(table, row) for _number, row in table.rows.held_rows()]
        for view in front.findChildren(QWidget):
            model = getattr(view, "model", None)
            if (
                callable(model)
                and view.isVisible()
                and not isinstance(view, DataTable)
                and model() is not None
            ):
                index = [model().index(place, 0) for place in range(model().rowCount())]
                said += [str(place.data() or "") + str(place.data(_ALOUD) or "") for place in index]
        return "\n".join(said)

    def reads_row(self, table: DataTable, row: object) -> str:
        parts = []
        for column in table.rows.columns:
            parts.append(column.text(row))
            if column.second is not None:
                parts.append(column.second(row) or "")
        return " ".join(parts)

    def goes(self, key: str, **place: object) -> Page:
        """Straight to a place; not counted, for the way there is another task."""
        self.window.activateWindow()  # the screenless platform does not give it back after a dialog
        settle()
        self.window.go(Place(key, **place))  # type: ignore[arg-type]
        settle()
        return self.page

    # --- whole tasks ---------------------------------------------------------------------------------------

    def registers_application(self, number: str) -> None:
        """T4: a paper application from a known person."""
        self.presses(Qt.Key.Key_N, CTRL)
        self.presses(Qt.Key.Key_A)
        self.types(number)
        QTest.keyClick(self._target(), Qt.Key.Key_Return)  # the whole number of one person chooses by itself
        settle()
        self.presses(Qt.Key.Key_Space)  # «Kjenner du søkeren?» Nei
        self.presses(Qt.Key.Key_Return, CTRL)

    def finds(self, term: str) -> None:
        """T2: while the person is on the phone."""
        self.presses(Qt.Key.Key_K, CTRL)
        self.types(term)
        self.presses(Qt.Key.Key_Return)

    # --- own -----------------------------------------------------------------------------------------------

    def _front(self) -> QWidget:
        return QApplication.activePopupWidget() or QApplication.activeModalWidget() or self.window

    def _target(self) -> QWidget:
        popup = QApplication.activePopupWidget()
        return popup or QApplication.focusWidget() or self.window


_ALOUD = Qt.ItemDataRole.AccessibleTextRole
