"""Choices that are pressed, not typed: large enough for a thumb, on as many lines as it takes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QVBoxLayout, QWidget

from boligdesk.ui.theme import font, restyle
from boligdesk.ui.widgets import Button, tidy
from boligdesk.ui.widgets.flow import FlowRow

_ROOM = 40
_BIG_ROOM = 64


class Toggles(QWidget):
    """Buttons that stay down. ``many``: any number of them; else exactly one. ``big``: 56 px high."""

    changed = Signal()

    def __init__(
        self, name: str, choices: Sequence[tuple[str, str]], *, many: bool = False, big: bool = False
    ) -> None:
        super().__init__()
        self._many = many
        self.setAccessibleName(name)
        self.buttons: dict[str, Button] = {}
        for key, words in choices:
            self.buttons[key] = self._button(name, key, words, big)
        column = QVBoxLayout(self)
        tidy(column)
        column.addWidget(FlowRow(*self.buttons.values()))
        if choices:
            self.setFocusProxy(self.buttons[choices[0][0]])
            if not many:
                self.set_value(choices[0][0])

    def _button(self, name: str, key: str, words: str, big: bool) -> Button:
        button = Button(words)
        button.setCheckable(True)
        button.setAccessibleName(f"{name}: {words}")
        if big:
            restyle(button, "field", "true")
        measure = QFontMetricsF(font("field" if big else "strong"))
        button.setMinimumWidth(int(measure.horizontalAdvance(words)) + (_BIG_ROOM if big else _ROOM))
        button.clicked.connect(lambda _checked=False: self._pressed(key))
        return button

    def value(self) -> str:
        """The one that is down; empty when none is."""
        return next(iter(self.values()), "")

    def values(self) -> tuple[str, ...]:
        """All that are down, in the order shown."""
        return tuple(key for key, button in self.buttons.items() if button.isChecked())

    def set_value(self, key: str) -> None:
        self.set_values((key,))

    def set_values(self, keys: Sequence[str]) -> None:
        """Without emitting ``changed``."""
        for key, button in self.buttons.items():
            button.setChecked(key in keys)
            if not self._many and key in keys:
                self.setFocusProxy(button)

    def _pressed(self, key: str) -> None:
        if not self._many:
            self.set_value(key)
        self.changed.emit()
