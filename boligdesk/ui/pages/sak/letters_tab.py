"""«Vedtak og brev»: the letters of the case, newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from boligdesk.domain.access import Right
from boligdesk.services.errors import UserError
from boligdesk.ui.letter_words import letter_columns
from boligdesk.ui.places import Place
from boligdesk.ui.tables import DataTable, WindowModel
from boligdesk.ui.theme import SPACE_2, SPACE_3
from boligdesk.ui.widgets import Button, row

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from boligdesk.services.records.cases import CaseDetail
    from boligdesk.services.records.letters import LetterRow
    from boligdesk.ui.page import Window
    from boligdesk.ui.tables import Deliver


class LettersTab(QWidget):
    """Enter opens a letter. ``act``: letter (a new one) or ask (for papers). ``counted`` tells how many there are."""

    counted = Signal(int)

    def __init__(self, window: Window, act: Callable[[str], object]) -> None:
        super().__init__()
        self._window = window
        self._case_id: UUID | None = None
        self._may_write = Right.WRITE_LETTERS in window.services.user.rights
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, SPACE_3, 0, 0)
        outer.setSpacing(SPACE_2)
        self.new = Button("Nytt brev", lambda: act("letter"), icon="mail")
        self.ask = Button("Be om opplysninger …", lambda: act("ask"), icon="question_circle")
        self._top = row(self.new, self.ask)
        outer.addWidget(self._top)
        columns = letter_columns(window.today, with_person=False)
        model = WindowModel(columns, self._fetch)
        self.table = DataTable("Vedtak og brev i saken", model, window.settings, "sak.brev")
        model.setParent(self.table)
        can = self._may_write
        self.table.set_empty(
            "Ingen brev i saken ennå.",
            "Nytt brev" if can else "",
            (lambda: act("letter")) if can else None,
            "mail",
        )
        self.table.opened.connect(self._open)
        model.rows_arrived.connect(self._choose_first)
        outer.addWidget(self.table, 1)

    def show_case(self, detail: CaseDetail, *, may_write: bool) -> None:
        self._top.setVisible(may_write and self._may_write)
        if detail.id != self._case_id:
            self._case_id = detail.id
            self.table.rows.reload()
        else:
            self.table.rows.refresh()

    def refresh(self) -> None:
        if self._case_id is not None:
            self.table.rows.refresh()

    def focus_start(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fetch(self, _offset: int, _limit: int, deliver: Deliver) -> None:
        case_id, letters = self._case_id, self._window.services.letters
        if case_id is None:
            deliver((), 0)
            return

        def read() -> tuple[LetterRow, ...] | UserError:
            try:
                return letters.of_case(case_id)
            except UserError as error:
                return error

        def show(found: tuple[LetterRow, ...] | UserError) -> None:
            if isinstance(found, UserError):
                self.table.show_error(found)
            elif case_id == self._case_id:
                deliver(found, len(found))
                self.counted.emit(len(found))

        self._window.query(read, show, owner=self)

    def _choose_first(self) -> None:
        """A chosen row, so that Enter does something."""
        first = next((found for _number, found in self.table.rows.held_rows()), None)
        if first is not None and not self.table.currentIndex().isValid():
            self.table.select_id(first.id)

    def _open(self, chosen: Any) -> None:
        self._window.go(Place("brev", subject=chosen.id))
