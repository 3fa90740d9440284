"""«Utsett …»: a new date and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from boligdesk.services.errors import InvalidInput
from boligdesk.ui.widgets import Button, DateField, FormSection, tidy, wrapping

if TYPE_CHECKING:
    from boligdesk.services.errors import UserError


class PostponeDialog(QDialog):
    """Stays open until the task is stored with its new date. Show it with ``open``.

    ``save`` gets date and reason; the page calls ``accept`` when it is stored, or ``show_invalid``.
    """

    def __init__(
        self,
        task: str,
        today: Callable[[], dt.date],
        save: Callable[[dt.date, str], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._today, self._save = today, save
        self.setWindowTitle("Utsett oppgaven")
        self.setMinimumWidth(420)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(wrapping("Utsett oppgaven", "h1"))
        column.addWidget(wrapping(task))
        self.form = FormSection()
        self.date = DateField(today)
        self.reason = QLineEdit()
        self.reason.setMaxLength(200)
        self.form.add("due_on", "&Ny dato", self.date, "Oppgaven kommer tilbake i listen denne dagen.")
        self.form.add("reason", "&Hvorfor", self.reason, "For eksempel «skolen svarer etter ferien».")
        column.addWidget(self.form)
        line = QHBoxLayout()
        tidy(line)
        line.addWidget(Button("Gå tilbake", self.reject))
        line.addStretch(1)
        self.act = Button("Utsett oppgaven", self._check, kind="primary")
        self.act.setDefault(True)
        line.addWidget(self.act)
        column.addLayout(line)
        self.date.setFocus()

    def _check(self) -> None:
        errors = self.form.own_errors()
        day = self.date.value()
        if "due_on" not in errors:
            if day is None:
                errors["due_on"] = "Skriv den nye datoen."
            elif day <= self._today():
                errors["due_on"] = "Velg en dag etter i dag."
        if not self.reason.text().strip():
            errors["reason"] = "Skriv hvorfor oppgaven utsettes."
        self.form.set_errors(errors)
        if not errors and day is not None:
            self._save(day, self.reason.text().strip())

    def show_invalid(self, error: UserError) -> bool:
        """What the service refused, beside its field; False when it has no field here."""
        if not isinstance(error, InvalidInput) or error.field not in self.form.rows:
            return False
        text = " ".join(part for part in (error.title, error.what, error.todo) if part)
        self.form.set_errors({error.field: text})
        return True
