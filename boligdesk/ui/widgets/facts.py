"""Label and value pairs, in columns that line up and values that wrap."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from .basics import clear, label, wrapping

Fact = tuple[str, "str | QWidget"]


class FactGrid(QWidget):
    """Facts below one another. A value is text (wraps, can be marked and copied) or a widget such as a pill."""

    def __init__(self, facts: Iterable[Fact] = (), *, label_width: int = 150) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnMinimumWidth(0, label_width)
        self._grid.setColumnStretch(1, 1)
        self.set_facts(facts)

    def set_facts(self, facts: Iterable[Fact]) -> None:
        clear(self._grid)
        for line, (name, value) in enumerate(facts):
            top = Qt.AlignmentFlag.AlignTop
            self._grid.addWidget(label(name, "sub"), line, 0, top)
            if isinstance(value, QWidget):
                self._grid.addWidget(value, line, 1, top | Qt.AlignmentFlag.AlignLeft)
                continue
            shown = wrapping(value or "–")
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._grid.addWidget(shown, line, 1)
