"""Find the dwelling: address or code, the ones that fit with what they are, one press to choose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from boligdesk.services.records.common import Sort
from boligdesk.services.records.dwellings import DwellingFilter
from boligdesk.ui.home_words import area_words, status_pill
from boligdesk.ui.theme import SPACE_2, SPACE_3, set_role
from boligdesk.ui.widgets import Button, IconLabel, Pill, SearchField, announce, clear, label, tidy, wrapping

if TYPE_CHECKING:
    from boligdesk.services.records.common import Page as Rows
    from boligdesk.services.records.dwellings import DwellingRow
    from boligdesk.ui.page import Window

MOST = 8
_SHORTEST = 2
_ASK = "Skriv adressen eller boligkoden."


class _Line(SearchField):
    """Enter chooses the only one that fits; arrow down goes to the first."""

    def __init__(self, picker: DwellingPicker) -> None:
        super().__init__("Bolig", "Adresse eller boligkode")
        self._picker = picker

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            super().keyPressEvent(event)
            self._picker.enter()
            return
        if event.key() == Qt.Key.Key_Down and self._picker.buttons:
            self._picker.buttons[0].setFocus(Qt.FocusReason.TabFocusReason)
            return
        super().keyPressEvent(event)


class DwellingPicker(QWidget):
    """``chosen`` carries the DwellingRow."""

    chosen = Signal(object)

    def __init__(self, window: Window) -> None:
        super().__init__()
        self._window = window
        self._asked = ""
        self._waits = self._is_looking = False
        self.rows: tuple[DwellingRow, ...] = ()
        self.buttons: list[Button] = []
        column = QVBoxLayout(self)
        tidy(column, SPACE_2)
        self.line = _Line(self)
        self.line.setMaximumWidth(420)
        name = label("Hvilken bolig er ledig?", "strong")
        name.setBuddy(self.line)
        column.addWidget(name)
        column.addWidget(self.line)
        self.say = wrapping(_ASK, "sub")
        column.addWidget(self.say)
        self._list = QVBoxLayout()
        tidy(self._list, 6)
        column.addLayout(self._list)
        self.line.searched.connect(self.look)

    def start(self) -> None:
        self.line.clear()
        self._show((), "")

    def look(self, text: str) -> None:
        text = text.strip()
        self._asked = text
        if len(text) < _SHORTEST:
            self._is_looking = False
            self._show((), text)
            return
        dwellings = self._window.services.dwellings
        self._is_looking = True
        self._window.query(
            lambda: dwellings.page(DwellingFilter(text=text), Sort("address"), 0, MOST),
            lambda found: self._arrived(text, found),
            owner=self,
        )

    def _arrived(self, text: str, found: Rows[DwellingRow]) -> None:
        if text != self._asked:
            return
        self._is_looking = False
        self._show(tuple(found.rows), text)
        if found.total > len(found.rows):
            self._tell(f"Viser {len(found.rows)} av {found.total}. Skriv mer av adressen.")
        if self._waits:
            self._waits = False
            self._choose_only()

    def _show(self, rows: tuple[DwellingRow, ...], text: str) -> None:
        clear(self._list)
        self.rows, self.buttons = rows, []
        for row in rows:
            self._list.addWidget(self._one(row))
        if len(text) < _SHORTEST:
            self.say.setText(_ASK)
        elif not rows:
            self._tell("Vi fant ingen bolig med den adressen eller koden.")
        else:
            self._tell("Velg boligen." if len(rows) > 1 else "Trykk Enter for å velge boligen.")

    def _one(self, row: DwellingRow) -> QFrame:
        box = QFrame()
        set_role(box, "panel")
        line = QHBoxLayout(box)
        line.setContentsMargins(12, 6, 8, 6)
        line.setSpacing(SPACE_3)
        line.addWidget(IconLabel("building", "accent"))
        words = QVBoxLayout()
        tidy(words, 0)
        words.addWidget(wrapping(row.address or row.code, "strong"))
        words.addWidget(label(dwelling_words(row), "cap", wrap=True))
        line.addLayout(words, 1)
        spec = status_pill(row.status, row.available_on, self._window.today())
        line.addWidget(Pill(spec.tone, spec.word, spec.icon, quiet=True))
        button = Button("Bruk denne", lambda: self.chosen.emit(row))
        button.setAccessibleName(f"Bruk denne: {row.address or row.code}")
        self.buttons.append(button)
        line.addWidget(button)
        return box

    def enter(self) -> None:
        """Enter in the field: the only one that fits, now or when it has come."""
        if self.line.text().strip() != self._asked:
            self._waits = True
            self.look(self.line.text())
            return
        if self._is_looking:
            self._waits = True
            return
        self._choose_only()

    def _choose_only(self) -> None:
        if len(self.rows) == 1:
            self.chosen.emit(self.rows[0])
        elif self.buttons:
            self.buttons[0].setFocus(Qt.FocusReason.TabFocusReason)

    def _tell(self, text: str) -> None:
        self.say.setText(text)
        announce(self, text)


def dwelling_words(row: DwellingRow) -> str:
    """«B-005 · Kroken · 4-roms · 82 m²»."""
    parts = (
        row.code,
        row.district,
        f"{row.rooms}-roms" if row.rooms is not None else "",
        f"{row.bedrooms} soverom" if row.bedrooms is not None else "",
        f"{area_words(row.area_m2x10)}\u00a0m²" if row.area_m2x10 else "",
    )
    return " · ".join(part for part in parts if part)
