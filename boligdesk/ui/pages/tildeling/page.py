"""Tildeling (ui.md 5): the pipeline of vacancies, and the waiting list behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from boligdesk.domain.access import Right
from boligdesk.services.changes import Kind
from boligdesk.ui.page import Page, Window
from boligdesk.ui.places import Place
from boligdesk.ui.theme import PAGE_MARGINS, SPACE_3
from boligdesk.ui.whole_list import printed, show
from boligdesk.ui.widgets import Button, PageHeader, tidy

from .board import Board
from .waiting_list import WaitingList

if TYPE_CHECKING:
    from uuid import UUID

    from boligdesk.services.changes import Changes
    from boligdesk.ui.printing import ListPrint

WAITING_TAB = "venteliste"


class TildelingPage(Page):
    """Two views of one thing; the waiting list is made when it is first shown."""

    key = "tildeling"
    window_title = "Tildeling"

    def __init__(self, window: Window, parent: QWidget | None = None) -> None:
        super().__init__(window, parent)
        rights = window.services.user.rights
        self._may_report = Right.WRITE_DWELLINGS in rights
        column = QVBoxLayout(self)
        column.setContentsMargins(*PAGE_MARGINS)
        column.setSpacing(SPACE_3)
        self.stack = QStackedWidget()
        column.addWidget(self.stack)
        self._boards = QWidget()
        inside = QVBoxLayout(self._boards)
        tidy(inside, SPACE_3)
        self.header = PageHeader("Tildeling")
        self.to_waiting = self.header.add_secondary("Venteliste", self.show_waiting, "people")
        if self._may_report:
            self.report = self.header.add_secondary("Meld ledig bolig", self._report, "add")
        self.board = Board(window)
        inside.addWidget(self.header)
        inside.addWidget(self.board, 1)
        self.stack.addWidget(self._boards)
        self._queue: QWidget | None = None
        self.waiting: WaitingList | None = None
        self.propose: Button | None = None
        self.board.said.connect(lambda text: self.header.set_title("Tildeling", text))
        self.board.report_wanted.connect(self._report)

    def _make_waiting(self) -> WaitingList:
        if self.waiting is not None:
            return self.waiting
        made = WaitingList(self.window_)
        self._queue = QWidget()
        inside = QVBoxLayout(self._queue)
        tidy(inside, SPACE_3)
        header = PageHeader("Venteliste")
        header.set_crumbs((("Tildeling", lambda: self.window_.go(Place("tildeling"))), ("Venteliste", None)))
        header.add_secondary("Skriv ut", lambda: show(self, self.printout()), "print")
        header.add_secondary("Eksporter …", made.export, "arrow_download")
        if Right.ALLOCATE in self.window_.services.user.rights:
            button = header.set_primary(
                "Lag forslag for bolig …", lambda: made.propose(button), "task_list_ltr"
            )
            self.propose = button
        made.said.connect(lambda text: header.set_title("Venteliste", text))
        inside.addWidget(header)
        inside.addWidget(made, 1)
        self.stack.addWidget(self._queue)
        self.waiting = made
        return made

    @property
    def _is_waiting(self) -> bool:
        return self._queue is not None and self.stack.currentWidget() is self._queue

    # --- what the window asks -------------------------------------------------------------------------------

    def open(self, place: Place) -> None:
        if place.tab == WAITING_TAB:
            waiting = self._make_waiting()
            if self._queue is not None:
                self.stack.setCurrentWidget(self._queue)
            waiting.open(place)
        else:
            self.stack.setCurrentWidget(self._boards)
            self.board.open(place)

    def state(self) -> dict[str, Any]:
        return self.waiting.state() if self._is_waiting and self.waiting is not None else self.board.state()

    def changed(self, changes: Changes) -> None:
        if changes.touches(Kind.ALLOCATION, Kind.DWELLING, Kind.ASSESSMENT, Kind.LETTER):
            self.refresh()

    def refresh(self) -> None:
        self.board.refresh()
        if self.waiting is not None:
            self.waiting.refresh()

    def primary(self) -> None:
        if not self._is_waiting:
            self.board.vacancy.primary()
        elif self.propose is not None:
            self.propose.click()

    def focus_start(self) -> None:
        if self._is_waiting and self.waiting is not None:
            self.waiting.focus_start()
        else:
            self.board.focus_start()

    def focus_filter(self) -> None:
        if self._is_waiting and self.waiting is not None:
            self.waiting.focus_filter()
        else:
            self.board.focus_stage()

    def printout(self) -> ListPrint | None:
        waiting = self.waiting
        if self._is_waiting and waiting is not None:
            return printed(self, waiting.rows, waiting.everything, waiting.print_job)
        return self.board.vacancy.printout()

    def help_text(self) -> str:
        return (
            "Øverst står boligene som er i arbeid, trinn for trinn. Velg et trinn og en bolig. Forslaget sier hvorfor hver "
            "søker står der, og mellomrom krysser av dem som skal til inntaksteamet. Enter åpner saken. "
            "«Endre krav» viser hva andre krav fører til, før noe lagres."
        )

    def subject_case(self) -> UUID | None:
        if self._is_waiting and self.waiting is not None:
            row = self.waiting.table.current_row()
            return row.case_id if row is not None else None
        candidate = (
            self.board.vacancy.shortlist.current() if self.board.vacancy.shortlist.isVisibleTo(self) else None
        )
        return candidate.case_id if candidate is not None else None

    # --- acts -----------------------------------------------------------------------------------------------

    def show_waiting(self) -> None:
        self.window_.go(Place("tildeling", tab=WAITING_TAB))

    def _report(self) -> None:
        self.window_.go(Place("meld_ledig"))
