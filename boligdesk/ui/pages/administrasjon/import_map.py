"""The second step: what kind of list, which sheet, and what each column fills."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from boligdesk.services.imports.fields import KIND_LABELS, KINDS
from boligdesk.services.imports.rows import wanted
from boligdesk.ui.tables import Column, DataTable, WindowModel, fixed_rows
from boligdesk.ui.theme import SPACE_2, SPACE_3
from boligdesk.ui.widgets import Button, InfoBar, SectionHeading, SegmentedFilter, clear, label, row, tidy
from boligdesk.ui.widgets.flow import FlowRow

from .import_pane import ColumnPane
from .import_words import ColumnRow, column_rows, rows_words, shown

if TYPE_CHECKING:
    from boligdesk.services.imports.mapping import Mapping
    from boligdesk.services.imports.table import SourceRow, SourceTable
    from boligdesk.ui.page import Window

_PREVIEW_ROWS = 20
#: A list for looking at; nobody looks at more columns than this.
_PREVIEW_COLUMNS = 40
CHOOSE_KIND = "Velg type liste"


class MapStep(QWidget):
    """Shows a mapping and says what is chosen; the tab keeps it."""

    kind_chosen = Signal(str)
    sheet_chosen = Signal(str)
    field_chosen = Signal(str, str)
    try_wanted = Signal()
    other_wanted = Signal()
    save_wanted = Signal()
    load_wanted = Signal()

    def __init__(self, window: Window) -> None:
        super().__init__()
        self._window = window
        self._table: SourceTable | None = None
        self._rows: list[ColumnRow] = []
        self.try_button = Button("Prøv først", self.try_wanted.emit, kind="primary")
        self.other_button = Button("Velg en annen fil", self.other_wanted.emit)
        self.heading = SectionHeading("Koble kolonnene", actions=(self.other_button, self.try_button))
        self.about = label("", "sub", wrap=True)
        self.kind, self.sheet = QComboBox(), QComboBox()
        self.view = SegmentedFilter("Vis", (("kolonner", "Kolonner"), ("rader", "Slik ser lista ut")))
        self.messages = QVBoxLayout()
        tidy(self.messages)
        self.stack = QStackedWidget()
        self.preview: DataTable | None = None
        self.pane = ColumnPane()
        self._build()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        tidy(column, SPACE_2)
        column.addWidget(self.heading)
        column.addWidget(self.about)
        column.addWidget(self._choices())
        column.addLayout(self.messages)
        self.model = WindowModel(_columns(), fixed_rows(lambda: self._rows))
        self.table = DataTable("Kolonner i fila", self.model, self._window.settings, "hent_inn.kolonner")
        self.model.setParent(self.table)
        self.table.current_changed.connect(self._column_chosen)
        self.table.opened.connect(lambda _row: self.pane.combo.setFocus(Qt.FocusReason.OtherFocusReason))
        self.pane.field_chosen.connect(self.field_chosen)
        both = QWidget()
        line = QHBoxLayout(both)
        tidy(line, SPACE_3)
        line.addWidget(self.table, 1)
        line.addWidget(self.pane)
        self.stack.addWidget(both)
        column.addWidget(self.stack, 1)

    def _choices(self) -> QWidget:
        for combo, signal in ((self.kind, self.kind_chosen), (self.sheet, self.sheet_chosen)):
            combo.activated.connect(lambda _place, c=combo, s=signal: s.emit(str(c.currentData() or "")))
        self.kind.addItem(CHOOSE_KIND, "")
        for kind in KINDS:
            self.kind.addItem(KIND_LABELS[kind], kind)
        kind_label, self.sheet_label = label("&Type liste"), label("&Ark")
        kind_label.setBuddy(self.kind)
        self.sheet_label.setBuddy(self.sheet)
        self.kind.setAccessibleName("Type liste")
        self.sheet.setAccessibleName("Ark")
        self.view.changed.connect(self._show_view)
        files = Button("Koblingsfil", icon="more_horizontal")
        menu = QMenu(files)
        menu.addAction("Lagre koblingen som fil …").triggered.connect(self._save)
        menu.addAction("Hent kobling fra fil …").triggered.connect(self._load)
        files.setMenu(menu)
        self.files_menu = menu
        self._sheet_row = row(self.sheet_label, self.sheet)
        return FlowRow(row(kind_label, self.kind), self._sheet_row, self.view, files, spacing=SPACE_3)

    # --- for the tab ---------------------------------------------------------------------------------------

    def show_table(self, table: SourceTable) -> None:
        """A file was read; its mapping follows."""
        self._table = table
        sheet = f" · ark «{table.sheet}»" if table.sheet else ""
        self.about.setText(f"{table.name}{sheet} · {rows_words(len(table.rows))}")
        self.sheet.clear()
        for name in table.sheets:
            self.sheet.addItem(name, name)
        self.sheet.setCurrentIndex(max(self.sheet.findData(table.sheet), 0))
        self._sheet_row.setVisible(len(table.sheets) > 1)
        self.view.set_value("kolonner")
        self._make_preview(table)
        self.stack.setCurrentIndex(0)

    def show_no_kind(self) -> None:
        """The headings do not tell what the list is about."""
        self._rows = []
        self.model.reload()
        self.table.set_empty("Velg hva slags liste dette er.", icon="table")
        self.kind.setCurrentIndex(0)
        self.pane.hide()
        self._say("warn", "Overskriftene forteller ikke hva slags liste dette er. Velg type over tabellen.")
        self.try_button.set_reason_disabled("Velg type liste først.")

    def show_mapping(self, mapping: Mapping, by_hand: set[str], note: str = "") -> None:
        table = self._table
        if table is None:
            return
        chosen = self.table.current_row()
        self.kind.setCurrentIndex(self.kind.findData(mapping.kind))
        self._rows = column_rows(table, mapping, by_hand)
        self._mapping = mapping
        self.pane.show()
        self.pane.show_notes((*table.notes, *mapping.notes))
        self.model.refresh()
        self.table.select_id(chosen.id if chosen is not None else 0)
        self._say_state(mapping, note)

    def _say_state(self, mapping: Mapping, note: str) -> None:
        missing = mapping.missing()
        if missing:
            words = " ".join(f"Ingen kolonne er koblet til {wanted(spec, mapping.kind)}." for spec in missing)
            self._say("warn", f"{words} Velg en kolonne i tabellen, og deretter feltet ved siden av.")
        elif note:
            self._say("info", note)
        else:
            self._say("", "")
        self.try_button.set_reason_disabled("Koble feltene som må være med, først." if missing else "")

    def state_words(self) -> str:
        """What is said above the table now."""
        return " ".join(bar.text for bar in self.findChildren(InfoBar) if not bar.isHidden())

    def _say(self, tone: str, words: str) -> None:
        clear(self.messages)
        if words:
            self.messages.addWidget(InfoBar("warn" if tone == "warn" else "info", words, closable=False))

    # --- own -----------------------------------------------------------------------------------------------

    def _column_chosen(self, chosen: ColumnRow | None) -> None:
        if self._rows:
            self.pane.show_column(chosen, self._mapping)

    def _save(self) -> None:
        self.save_wanted.emit()

    def _load(self) -> None:
        self.load_wanted.emit()

    def _show_view(self, key: str) -> None:
        self.stack.setCurrentIndex(1 if key == "rader" else 0)

    def _make_preview(self, table: SourceTable) -> None:
        if self.preview is not None:
            self.stack.removeWidget(self.preview)
            self.preview.deleteLater()
        model = WindowModel(
            _preview_columns(table),
            fixed_rows(lambda: table.rows[:_PREVIEW_ROWS]),
            row_id=lambda source: source.row_no,
        )
        self.preview = DataTable("De første radene i fila", model)
        model.setParent(self.preview)
        model.reload()
        self.stack.addWidget(self.preview)


def _columns() -> tuple[Column[ColumnRow], ...]:
    return (
        Column("heading", "Overskrift i fila", lambda r: r.heading, 170, strong=True, narrowest=110),
        Column("examples", "Eksempler", lambda r: ", ".join(r.examples) or "–", 200, stretch=True,
               tooltip=lambda r: ", ".join(r.examples)),
        Column("field", "Felt i Boligdesk", lambda r: r.label, 170, narrowest=110),
        Column("sure", "Kobling", lambda r: r.pill.word, 130, pill=lambda r: r.pill, narrowest=112),
    )  # fmt: skip


def _preview_columns(table: SourceTable) -> list[Column[SourceRow]]:
    def at(place: int) -> Column[SourceRow]:
        return Column(f"k{place}", table.headings[place], lambda r: shown(r.cells[place]), 130, narrowest=110)

    made = [at(place) for place in range(min(len(table.headings), _PREVIEW_COLUMNS))]
    return [Column("row", "Rad", lambda r: str(r.row_no), 56, align="right", narrowest=48), *made]
