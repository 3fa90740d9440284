"""The pane of the mapping: what one column of the file fills, and what is worth knowing about the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from boligdesk.services.imports.fields import field_map, fields_of
from boligdesk.ui.theme import SPACE_2, SPACE_3, set_role
from boligdesk.ui.widgets import Card, FieldRow, Pill, clear, label, tidy, wrapping

if TYPE_CHECKING:
    from collections.abc import Sequence

    from boligdesk.services.imports.mapping import Mapping

    from .import_words import ColumnRow

WIDTH = 312
NOT_USED = "Ikke bruk kolonnen"


class ColumnPane(QScrollArea):
    """``field_chosen`` carries heading and field name (empty = not used)."""

    field_chosen = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Valgt kolonne")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFixedWidth(WIDTH)
        self._heading = ""
        inside = QWidget()
        set_role(inside, "scroll")
        column = QVBoxLayout(inside)
        tidy(column, SPACE_3)
        self.card = Card()
        self.name = wrapping("", "h2")
        self.pill = Pill("neutral", "–")
        self.examples = wrapping("", "sub")
        self.combo = QComboBox()
        self.combo.setMaxVisibleItems(16)
        self.combo.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.combo.activated.connect(self._chosen)
        self.row = FieldRow("&Felt i Boligdesk", self.combo)
        self.help = wrapping("", "cap")
        for part in (self.name, self.pill, self.examples, self.row, self.help):
            self.card.add(part)
        column.addWidget(self.card)
        self.notes = Card("Verdt å vite")
        self._lines = QVBoxLayout()
        tidy(self._lines, SPACE_2)
        self.notes.body.addLayout(self._lines)
        column.addWidget(self.notes)
        column.addStretch(1)
        self.setWidget(inside)

    def show_column(self, chosen: ColumnRow | None, mapping: Mapping) -> None:
        self.card.setVisible(chosen is not None)
        if chosen is None:
            return
        self._heading = chosen.heading
        self.name.setText(f"«{chosen.heading}»")
        self.pill.set_spec(chosen.pill)
        values = ", ".join(chosen.examples)
        self.examples.setText(f"I fila står det for eksempel: {values}." if values else "Kolonnen er tom.")
        self._fill(chosen, mapping)
        spec = field_map(mapping.kind).get(chosen.field or "")
        self.help.setText(spec.help if spec else "Velg et felt hvis kolonnen skal være med.")

    def _fill(self, chosen: ColumnRow, mapping: Mapping) -> None:
        used = {column.field: column.heading for column in mapping.columns if column.field}
        self.combo.clear()
        self.combo.addItem(NOT_USED, "")
        for spec in fields_of(mapping.kind):
            other = used.get(spec.name, chosen.heading)
            words = spec.label + (" (må være med)" if spec.required else "")
            if other != chosen.heading:
                words += f" – nå «{other}»"
            self.combo.addItem(words, spec.name)
        self.combo.setCurrentIndex(max(self.combo.findData(chosen.field or ""), 0))

    def show_notes(self, notes: Sequence[str]) -> None:
        clear(self._lines)
        self.notes.setVisible(bool(notes))
        for note in notes:
            line = label(note, "body", wrap=True)
            self._lines.addWidget(line)

    def _chosen(self, place: int) -> None:
        self.field_chosen.emit(self._heading, str(self.combo.itemData(place) or ""))
