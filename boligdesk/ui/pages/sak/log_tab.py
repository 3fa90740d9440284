"""«Logg»: who saw and who changed what in the case; for those who may read the log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from boligdesk.ui.pages.sak.columns import log_columns
from boligdesk.ui.tables import DataTable, WindowModel
from boligdesk.ui.theme import SPACE_2, SPACE_3
from boligdesk.ui.widgets import Button, tidy, wrapping

if TYPE_CHECKING:
    from uuid import UUID

    from boligdesk.services.records.cases import CaseDetail
    from boligdesk.services.records.work import LogRow
    from boligdesk.ui.page import Window
    from boligdesk.ui.tables import Deliver


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
        self.export = Button("Eksporter loggen …", self._export, icon="arrow_download")
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

    def _export(self) -> None:
        """The whole log of the case. The case number names nobody; a name would."""
        case_id, log = self._case_id, self._window.services.log
        if case_id is not None:
            self._window.export_list(
                f"Logg for sak {self._number.replace('/', '-')}",
                log_columns(),
                lambda offset, limit: log.entries(offset, limit, case_id=case_id),
            )


def _identity(entry: LogRow) -> tuple[object, ...]:
    return entry.at, entry.who, entry.what, entry.subject
