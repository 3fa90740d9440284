"""«Logg»: who saw and who changed what in the case; for those who may read the log."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from boligdesk.ui.pages.sak.columns import log_columns
from boligdesk.ui.tables import DataTable, WindowModel, cell_text
from boligdesk.ui.tasks import Lane
from boligdesk.ui.theme import SPACE_2, SPACE_3
from boligdesk.ui.widgets import Button, tidy, wrapping

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from boligdesk.services.records.cases import CaseDetail
    from boligdesk.services.records.work import LogRow
    from boligdesk.ui.page import Window
    from boligdesk.ui.tables import Deliver

_BATCH = 1000


class LogTab(QWidget):
    """The newest first, as stored; nothing here can be changed."""

    def __init__(self, window: Window) -> None:
        super().__init__()
        self._window = window
        self._case_id: UUID | None = None
        self._number = ""
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, SPACE_3, 0, 0)
        outer.setSpacing(SPACE_2)
        line = QHBoxLayout()
        tidy(line)
        line.addWidget(wrapping("Alle som har åpnet eller endret saken. Loggen kan ikke endres.", "sub"), 1)
        self.export = Button("Lagre loggen som fil …", self._ask_path, icon="arrow_download")
        line.addWidget(self.export)
        outer.addLayout(line)
        model = WindowModel(log_columns(), self._fetch, row_id=_identity)
        self.table = DataTable("Logg", model, window.settings, "sak.logg")
        model.setParent(self.table)
        self.table.set_empty("Ingen har åpnet saken ennå.", icon="history")
        outer.addWidget(self.table, 1)

    def show_case(self, detail: CaseDetail) -> None:
        if detail.id != self._case_id:
            self._case_id, self._number = detail.id, detail.number
            self.table.rows.reload()

    def refresh(self) -> None:
        if self._case_id is not None:
            self.table.rows.refresh()

    def focus_start(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fetch(self, offset: int, limit: int, deliver: Deliver) -> None:
        case_id = self._case_id
        if case_id is None:
            deliver((), 0)
            return
        log = self._window.services.log
        self._window.query(
            lambda: log.entries(offset, limit, case_id=case_id),
            lambda page: deliver(page.rows, page.total),
            owner=self,
        )

    def _ask_path(self) -> None:
        # the case number names nobody; a name would
        name = f"logg-{self._number.replace('/', '-')}.csv"
        chosen, _kind = QFileDialog.getSaveFileName(self, "Lagre loggen", name, "CSV (*.csv)")
        if chosen:
            self.write(Path(chosen))

    def write(self, path: Path) -> None:
        """The whole log of the case as CSV for a spreadsheet."""
        case_id = self._case_id
        if case_id is not None:
            self._window.query(
                lambda: self._all(case_id), lambda rows: self._put(path, log_csv(rows)), owner=self
            )

    def _all(self, case_id: UUID) -> list[LogRow]:
        rows: list[LogRow] = []
        while True:
            page = self._window.services.log.entries(len(rows), _BATCH, case_id=case_id)
            rows += page.rows
            if len(rows) >= page.total or not page.rows:
                return rows

    def _put(self, path: Path, text: str) -> None:
        self._window.tasks.run(
            Lane.OTHER,
            lambda _progress, _cancelled: path.write_text(text, encoding="utf-8-sig", newline=""),
            lambda _size: self._window.tell(
                "Loggen er lagret. Filen har personopplysninger, så ta vare på den."
            ),
            self._not_written,
            receiver=self,
        )

    def _not_written(self, error: BaseException) -> None:
        if not isinstance(error, OSError):
            raise error
        self._window.tell("Loggen ble ikke lagret. Velg en annen mappe, eller se om disken er full.", "crit")


def log_csv(rows: Sequence[LogRow]) -> str:
    """Semicolons, as Norwegian spreadsheets expect. A cell that begins like a formula is kept as text."""
    columns = log_columns()
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow([column.title for column in columns])
    for entry in rows:
        cells = [cell_text(column, entry) for column in columns]
        writer.writerow([f"'{cell}" if cell.startswith(("=", "+", "-", "@")) else cell for cell in cells])
    return out.getvalue()


def _identity(entry: LogRow) -> tuple[object, ...]:
    return entry.at, entry.who, entry.what, entry.subject
