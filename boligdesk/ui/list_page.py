"""What pages that are one list have in common: where it stands, what has the focus, the first row, and paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

from boligdesk.ui.page import Page
from boligdesk.ui.theme import PAGE_MARGINS, SPACE_3
from boligdesk.ui.whole_list import show

if TYPE_CHECKING:
    from boligdesk.ui.tables import DataTable


class ListPage(Page):
    """Subclasses make ``table`` and then call ``lay_out``."""

    table: DataTable

    def lay_out(self, *parts: QWidget, body: QWidget | QLayout | None = None) -> None:
        """The parts below one another; the list, or a ``body`` that holds it, takes the rest."""
        column = QVBoxLayout(self)
        column.setContentsMargins(*PAGE_MARGINS)
        column.setSpacing(SPACE_3)
        for part in parts:
            column.addWidget(part)
        if isinstance(body, QLayout):
            column.addLayout(body, 1)
        else:
            column.addWidget(body or self.table, 1)
        self.table.rows.rows_arrived.connect(self.choose_first)

    def focus_start(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def choose_first(self) -> None:
        """A list that has the focus has a chosen row, so that Enter does something."""
        if not self.table.currentIndex().isValid():
            first = next((row for _number, row in self.table.rows.held_rows()), None)
            if first is not None:
                self.table.select_id(self.table.rows.row_id(first))

    def print_list(self) -> None:
        """The list as it stands on paper, also the rows that were never scrolled to."""
        show(self, self.printout())
