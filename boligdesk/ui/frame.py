"""The bare frame of the window: what the first picture shows, and nothing that takes time to import."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMainWindow, QVBoxLayout, QWidget

from boligdesk.ui.icons import app_icon
from boligdesk.ui.theme import SPACE_2, give_role

if TYPE_CHECKING:
    from boligdesk.ui.looks import Looks

SMALLEST = (960, 540)
USUAL = (1366, 768)
HEIGHT = 52
NAMELESS_BELOW = 1100
"""Narrower than this, the name of the program and of the user give way to the search."""
_MARK = 24


class Mark(QWidget):
    """The program's own icon."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(_MARK, _MARK)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        app_icon().paint(painter, self.rect())
        painter.end()


class Strip(QWidget):
    """The top of the window with the mark and the name; ``shell.top_bar`` adds the rest."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(HEIGHT)
        self.line = QHBoxLayout(self)
        self.line.setContentsMargins(18, 0, 12, 0)
        self.line.setSpacing(SPACE_2)
        self.line.addWidget(Mark())
        self.name = QLabel("Boligdesk")
        give_role(self.name, "h2")
        self.line.addWidget(self.name)
        self.line.addStretch(1)

    def set_narrow(self, narrow: bool) -> None:
        self.name.setVisible(not narrow)


class Frame(QMainWindow):
    """A window as it was last time, empty below its top."""

    def __init__(self, looks: Looks) -> None:
        super().__init__()
        self.looks = looks
        self.setWindowTitle("Boligdesk")
        self.setWindowIcon(app_icon())
        self.setMinimumSize(*SMALLEST)
        self.resize(*USUAL)
        if looks.look.place:
            self.restore_geometry_text(looks.look.place)
        self.root = QWidget()
        give_role(self.root, "window")
        self.column = QVBoxLayout(self.root)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        self._strip = Strip()
        self.column.addWidget(self._strip)
        self.column.addStretch(1)
        self.setCentralWidget(self.root)

    def take_strip(self) -> None:
        """Make room for the real top."""
        self.column.takeAt(self.column.count() - 1)
        self.column.removeWidget(self._strip)
        self._strip.hide()
        self._strip.deleteLater()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """After a change of width."""
        self._strip.set_narrow(self.width() < NAMELESS_BELOW)

    def geometry_text(self) -> str:
        """Where and how large the window is, as text for the settings."""
        return bytes(self.saveGeometry().toBase64().data()).decode("ascii")

    def restore_geometry_text(self, text: str) -> None:
        self.restoreGeometry(QByteArray.fromBase64(QByteArray(text.encode("ascii"))))
