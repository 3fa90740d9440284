"""«Brukere og tilgang»: who works here, with what roles, and who is let into restricted files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from boligdesk.services.changes import Kind
from boligdesk.ui.printing import ListPrint
from boligdesk.ui.tables import DataTable, WindowModel, fixed_rows
from boligdesk.ui.widgets import Button, SectionHeading

from .access_card import AccessCard
from .tab import Tab
from .user_dialog import UserDialog
from .user_words import user_columns

if TYPE_CHECKING:
    from boligdesk.services.changes import Changes
    from boligdesk.services.records.common import User
    from boligdesk.ui.page import Page, Window


class UsersTab(Tab):
    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self.users: tuple[User, ...] = ()
        self.block_button = Button("Sperr brukeren", self.turn, icon="lock_closed")
        self.change_button = Button("Endre brukeren …", self.change, icon="edit")
        self.add_button = Button("Ny bruker …", self.primary, icon="add", kind="primary")
        self.heading = SectionHeading(
            "Brukere og tilgang",
            "Brukerne logger på med brukernavnet sitt i Windows. Endringer gjelder neste gang de starter Boligdesk.",
            actions=(self.block_button, self.change_button, self.add_button),
        )
        self.model = WindowModel(user_columns(), fixed_rows(lambda: self.users))
        self.table = DataTable("Brukere", self.model, window.settings, "administrasjon.brukere")
        self.model.setParent(self.table)
        self.table.set_loading_text("Henter brukere …")
        self.table.opened.connect(lambda _user: self.change())
        self.table.current_changed.connect(self._chosen)
        self.access = AccessCard(window)
        self.column.addWidget(self.heading)
        self.column.addWidget(self.access)
        self.column.addWidget(self.table, 1)
        self._chosen(None)

    def open(self) -> None:
        self.refresh()

    def refresh(self) -> None:
        self.window_.query(self.window_.services.office.users, self._arrived, owner=self)
        self.access.refresh()

    def changed(self, changes: Changes) -> None:
        if changes.touches(Kind.OFFICE):
            self.refresh()

    def _arrived(self, users: tuple[User, ...]) -> None:
        self.users = users
        self.model.refresh()
        if users and not self.table.currentIndex().isValid():
            self.table.select_id(users[0].id)

    def _chosen(self, user: User | None) -> None:
        for button in (self.block_button, self.change_button):
            button.setEnabled(user is not None)
        active = user is None or user.active
        self.block_button.setText("Sperr brukeren" if active else "Åpne for brukeren")
        self.block_button.set_icon("lock_closed" if active else "key")

    def primary(self) -> None:
        UserDialog(self.window_, None, self).open()

    def change(self) -> None:
        user: User | None = self.table.current_row()
        if user is not None:
            UserDialog(self.window_, user, self).open()

    def turn(self) -> None:
        """Block, or let in again. Nothing that the user has written is touched."""
        user: User | None = self.table.current_row()
        if user is None:
            return
        office, active = self.window_.services.office, not user.active
        self.window_.save(
            lambda: office.change_user(user.id, user.version, user.name, user.roles, user.clearance, active),
            owner=self,
            said=f"{user.name} kan logge på igjen." if active else f"{user.name} er sperret.",
            conflict=lambda error: self.window_.tell_error(error, self.refresh),
        )

    def focus_start(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def printout(self, page: Page) -> ListPrint | None:
        del page
        return ListPrint("Brukere og tilgang", (), self.window_.today(), self.model.columns, self.users)
