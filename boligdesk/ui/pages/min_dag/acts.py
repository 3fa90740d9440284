"""What can be done with the chosen task: given away, postponed, finished."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu

from boligdesk.domain.access import Right
from boligdesk.domain.calendar import weekday_date

from .columns import case_of
from .pane import LEGAL

if TYPE_CHECKING:
    from boligdesk.services.records.common import User
    from boligdesk.services.records.work import TaskRow

    from .page import MinDagPage


class TaskActs:
    """Each act works on the task that is chosen when it begins."""

    def __init__(self, page: MinDagPage) -> None:
        self._page = page

    def give(self) -> None:
        row = self._page.own_row()
        if row is None:
            return
        users = self._page.window_.services.office.users
        self._page.window_.query(users, lambda found: self._ask_colleague(row, found), owner=self._page)

    def _ask_colleague(self, row: TaskRow, users: tuple[User, ...]) -> None:
        from boligdesk.ui.widgets.colleague import ColleagueDialog

        colleagues = [
            (user.id, user.name)
            for user in users
            if user.active and user.id != row.assignee_id and Right.READ_PEOPLE in user.rights
        ]
        dialog = ColleagueDialog(
            "Gi oppgaven til kollega", self._words(row), "Gi oppgaven", colleagues,
            lambda user_id, name: self._give_to(row, user_id, name), self._page.window(),
        )  # fmt: skip
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _give_to(self, row: TaskRow, user_id: UUID, name: str) -> None:
        tasks = self._page.window_.services.tasks
        said = f"Oppgaven er gitt til {name.rstrip('.')}."
        self._page.window_.save(
            lambda: tasks.give_to(row.id, row.version, user_id), owner=self._page, said=said
        )

    def postpone(self) -> None:
        from .postpone import PostponeDialog

        row = self._page.own_row()
        if row is None or row.is_legal:
            if row is not None:
                self._page.window_.tell(LEGAL)
            return
        tasks = self._page.window_.services.tasks

        def save(day: dt.date, reason: str) -> None:
            self._page.window_.save(
                lambda: tasks.postpone(row.id, row.version, day, reason),
                owner=dialog,
                said=f"Oppgaven er utsatt til {weekday_date(day)}.",
                done=lambda _saved: dialog.accept(),
                invalid=dialog.show_invalid,
            )

        dialog = PostponeDialog(self._words(row), self._page.window_.today, save, self._page.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def finish(self) -> None:
        row = self._page.own_row()
        if row is not None:
            tasks = self._page.window_.services.tasks
            self._page.window_.save(
                lambda: tasks.finish(row.id, row.version), owner=self._page, said="Oppgaven er lukket."
            )

    @staticmethod
    def _words(row: TaskRow) -> str:
        return " · ".join(part for part in (row.title, row.concerns, case_of(row)) if part)

    def menu_at(self, where: QPoint) -> None:
        if self._page.table.indexAt(where).isValid():
            self.row_menu().popup(self._page.table.viewport().mapToGlobal(where))

    def row_menu(self) -> QMenu:
        """The acts of the pane, for those who have hidden it."""
        menu = QMenu(self._page)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        row = self._page.table.current_row()
        if row is None:
            return menu
        if step := self._page.next_step():
            menu.addAction(f"{step}\tCtrl+Enter", self._page.primary)
        menu.addAction("Åpne saken\tEnter" if row.case_id else "Åpne personen\tEnter", self._page.open_chosen)
        if self._page.own_row() is not None:
            menu.addSeparator()
            menu.addAction("Gi til kollega …\tCtrl+G", self.give)
            menu.addAction("Utsett …", self.postpone).setEnabled(not row.is_legal)
            menu.addAction("Merk som ferdig", self.finish)
        return menu
