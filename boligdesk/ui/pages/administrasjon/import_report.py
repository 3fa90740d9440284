"""The third step: what would happen, line by line, and the button that makes it happen. Then what did happen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from boligdesk.services.imports.fields import KIND_LABELS
from boligdesk.ui.tables import Column, DataTable, WindowModel, fixed_rows
from boligdesk.ui.theme import SPACE_2, SPACE_3
from boligdesk.ui.widgets import (
    Button,
    IconLabel,
    SectionHeading,
    SegmentedFilter,
    label,
    row,
    tidy,
    wrapping,
)

from .import_words import LEVELS, SHOWN_ON, FindingRow, count, findings, rows_words, sum_words

if TYPE_CHECKING:
    from boligdesk.services.imports.report import ImportReport
    from boligdesk.services.imports.table import SourceTable
    from boligdesk.ui.page import Window

_FILTERS = (("error", "Må rettes"), ("warning", "Advarsler"), ("assumed", "Antatt"))
_NOTHING = {
    "error": "Ingen rader må rettes.",
    "warning": "Ingen rader har advarsler.",
    "assumed": "Ingenting er antatt.",
}


class ReportStep(QWidget):
    """The dry run."""

    take_wanted = Signal()
    back_wanted = Signal()
    save_wanted = Signal()

    def __init__(self, window: Window) -> None:
        super().__init__()
        self._all: list[FindingRow] = []
        self.take_button = Button("Hent inn radene", self.take_wanted.emit, kind="primary")
        self.back_button = Button("Tilbake til kolonnene", self.back_wanted.emit)
        self.save_button = Button("Lagre rapport …", self.save_wanted.emit, icon="arrow_download")
        self.heading = SectionHeading(
            "Slik blir det", actions=(self.save_button, self.back_button, self.take_button)
        )
        self.sum = wrapping("", "strong")
        self.explained = wrapping("", "sub")
        self.filter = SegmentedFilter("Vis", _FILTERS)
        self.filter.changed.connect(lambda _key: self._reload())
        self.model = WindowModel(_finding_columns(), fixed_rows(self._chosen))
        self.table = DataTable("Funn i lista", self.model, window.settings, "hent_inn.funn")
        self.model.setParent(self.table)
        column = QVBoxLayout(self)
        tidy(column, SPACE_2)
        for part in (self.heading, self.sum, self.explained, self.filter):
            column.addWidget(part)
        column.addWidget(self.table, 1)

    def show_report(self, table: SourceTable, report: ImportReport) -> None:
        self._all = list(findings(table, report))
        self.sum.setText(sum_words(report))
        counts = {key: sum(found.level == key for found in self._all) for key, _word in _FILTERS}
        self.filter.set_counts({key: count(number) for key, number in counts.items()})
        self.filter.set_value(next((key for key, _word in _FILTERS if counts[key]), "error"))
        number = report.created + report.updated
        self.take_button.setText(f"Hent inn {rows_words(number)}" if number else "Hent inn radene")
        self.take_button.set_reason_disabled(
            "" if number else "Det er ingen nye eller endrede rader å hente."
        )
        self.explained.setText(_explain(report, number))
        self._reload()

    def _chosen(self) -> list[FindingRow]:
        key = self.filter.value()
        return [found for found in self._all if found.level == key]

    def _reload(self) -> None:
        self.table.set_empty(_NOTHING[self.filter.value()], icon="checkmark_circle")
        self.model.reload()


class ResultStep(QWidget):
    """What was stored, and what came back."""

    save_wanted = Signal()
    open_wanted = Signal(str)
    again_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._place = ""
        column = QVBoxLayout(self)
        tidy(column, SPACE_3)
        self.again_button = Button("Hent inn en liste til", self.again_wanted.emit)
        self.heading = SectionHeading("Lista er hentet inn", actions=(self.again_button,))
        self.sum = label("", "strong", wrap=True)
        self.rejected = wrapping("")
        self.save_button = Button("Lagre rader som må rettes …", self.save_wanted.emit, icon="arrow_download")
        self.open_button = Button("", lambda: self.open_wanted.emit(self._place), kind="primary")
        column.addWidget(self.heading)
        column.addWidget(row(IconLabel("checkmark_circle", "ok"), self.sum, stretch_last=True))
        column.addWidget(self.rejected)
        column.addWidget(row(self.open_button, self.save_button))
        column.addStretch(1)

    def show_report(self, report: ImportReport) -> None:
        self._place, words = SHOWN_ON[report.kind]
        self.heading.title.setText(f"{KIND_LABELS[report.kind]} er hentet inn")
        self.open_button.setText(words)
        self.sum.setText(sum_words(report))
        self.save_button.setVisible(bool(report.rejected))
        self.rejected.setText(
            f"{rows_words(report.rejected)} er ikke hentet inn. Lagre dem som arbeidsbok. Det som må rettes, står i "
            "den første kolonnen. Rett radene der, og hent inn den arbeidsboken etterpå."
            if report.rejected
            else "Alle radene i lista er med."
        )


def _explain(report: ImportReport, number: int) -> str:
    """What the button will do, and what becomes of the rest."""
    if not number and not report.rejected:
        return "Alt i lista er hentet inn før. Å hente den inn en gang til endrer ingenting."
    parts = []
    if number:
        parts.append(f"{rows_words(number)} blir hentet inn.")
    if report.unchanged:
        parts.append(f"{rows_words(report.unchanged)} er hentet inn før og blir ikke endret.")
    if report.rejected and number:
        parts.append(
            f"{rows_words(report.rejected)} må rettes. Du får dem i en egen arbeidsbok når resten er inne."
        )
    elif report.rejected:
        parts.append("Lagre rapporten, og rett i fila det som står der.")
    if report.warnings:
        parts.append(f"{rows_words(report.warnings)} har advarsler. Sjekk dem før du henter inn.")
    return " ".join(parts)


def _finding_columns() -> tuple[Column[FindingRow], ...]:
    return (
        Column("row", "Rad", lambda r: count(r.row_no), 64, align="right", strong=True, narrowest=52),
        Column("heading", "Kolonne", lambda r: r.heading or "Hele raden", 150, narrowest=100),
        Column("cell", "Står i fila", lambda r: r.cell or "–", 150, narrowest=90, tooltip=lambda r: r.cell),
        Column("message", "Forklaring", lambda r: r.message, 320, stretch=True, tooltip=lambda r: r.message),
        Column("level", "Hva", lambda r: LEVELS[r.level].word, 118, pill=lambda r: LEVELS[r.level], narrowest=110),
    )  # fmt: skip
