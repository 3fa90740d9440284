"""A user: name, login, roles and clearance, with faults beside the fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from boligdesk.domain.catalog import Role
from boligdesk.services.errors import InvalidInput, UserError
from boligdesk.ui.theme import SPACE_2, SPACE_3, set_role
from boligdesk.ui.widgets import Button, FormSection, MessageArea, label, tidy, wrapping

from .user_words import CLEARANCES, MAY_DO

if TYPE_CHECKING:
    from boligdesk.services.errors import ConflictError
    from boligdesk.services.records.common import Saved, User
    from boligdesk.ui.page import Window

_INDENT = 28


class RoleBoxes(QWidget):
    """A box for each role, with one line of what it may do."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        tidy(column, SPACE_2)
        self.boxes: dict[Role, QCheckBox] = {}
        for role in Role:
            box = QCheckBox(role.label)
            box.setAccessibleName(f"{role.label}. {MAY_DO[role]}")
            self.boxes[role] = box
            text = QVBoxLayout()
            tidy(text, 0)
            text.addWidget(box)
            line = wrapping(MAY_DO[role], "sub")
            line.setContentsMargins(_INDENT, 0, 0, 0)
            text.addWidget(line)
            column.addLayout(text)
        self.setFocusProxy(next(iter(self.boxes.values())))

    def value(self) -> tuple[Role, ...]:
        return tuple(role for role, box in self.boxes.items() if box.isChecked())

    def set_value(self, roles: tuple[Role, ...]) -> None:
        for role, box in self.boxes.items():
            box.setChecked(role in roles)


class UserDialog(QDialog):
    """A new user, or one to change. Closes when it is stored."""

    def __init__(self, window: Window, user: User | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._window, self._user = window, user
        self.setWindowTitle("Ny bruker" if user is None else "Endre bruker")
        self.resize(600, 500)
        self.login, self.name, self.clearance = QLineEdit(), QLineEdit(), QComboBox()
        self.roles = RoleBoxes()
        self.messages = MessageArea()
        self.form = FormSection()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 16, 20, 16)
        outer.setSpacing(SPACE_3)
        outer.addWidget(label(self.windowTitle(), "h1"))
        outer.addWidget(self.messages)
        outer.addWidget(self._fields(), 1)
        line = QHBoxLayout()
        tidy(line)
        self.back = Button("Lukk uten å lagre", self.reject)
        self.store = Button(
            "Legg til brukeren" if user is None else "Lagre brukeren", self.save, kind="primary"
        )
        line.addWidget(self.back)
        line.addStretch(1)
        line.addWidget(self.store)
        outer.addLayout(line)
        self._fill()

    def _fields(self) -> QScrollArea:
        self.form.add("name", "&Navn", self.name)
        self.form.add("login", "&Windows-brukernavn", self.login, "Det brukeren logger på maskinen med.")
        self.form.add(
            "clearance",
            "&Tilgang til skjermede saker",
            self.clearance,
            "De som ikke har tilgang, ser «Skjermet søker» eller ingenting.",
        )
        self.form.add(
            "roles", "&Roller", self.roles, "Velg én eller flere. Brukeren får alt rollene gir til sammen."
        )
        for value, words in CLEARANCES:
            self.clearance.addItem(words, value)
        inside = QWidget()
        set_role(inside, "scroll")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 12, 0)
        column.addWidget(self.form)
        column.addStretch(1)
        area = QScrollArea()
        area.setAccessibleName("Opplysninger om brukeren")
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        return area

    def _fill(self) -> None:
        user = self._user
        if user is not None:
            self.name.setText(user.name)
            self.login.setText(user.login)
            self.login.setReadOnly(True)
            self.roles.set_value(user.roles)
            self.clearance.setCurrentIndex(self.clearance.findData(user.clearance))
        self.name.setFocus()

    def save(self) -> None:
        office, user = self._window.services.office, self._user
        name, login, roles = self.name.text(), self.login.text(), self.roles.value()
        clearance = int(self.clearance.currentData())

        def work() -> Saved:
            if user is None:
                return office.register_user(login, name, roles, clearance)
            return office.change_user(user.id, user.version, name, roles, clearance, user.active)

        self._window.save(
            work,
            owner=self,
            said="Brukeren er lagt til." if user is None else "Brukeren er endret.",
            done=lambda _saved: self.accept(),
            invalid=self._show_fault,
            conflict=self._show_conflict,
        )

    def _show_fault(self, error: UserError) -> bool:
        text = " ".join(part for part in (error.title, error.what, error.todo) if part)
        field = error.field if isinstance(error, InvalidInput) else ""
        if self.form.set_errors({field: text}) is None:
            self.messages.show_message("crit", text)
        return True

    def _show_conflict(self, error: ConflictError) -> None:
        self.messages.show_message(
            "warn", f"{error.safe} Lukk vinduet, og åpne brukeren på nytt.", title=error.title
        )
