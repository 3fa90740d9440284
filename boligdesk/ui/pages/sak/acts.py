"""The small windows of the case: give it away, end it, open it again, say why it is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from boligdesk.domain.access import Right
from boligdesk.domain.catalog import CaseOutcome
from boligdesk.services.errors import InvalidInput
from boligdesk.ui.widgets import Button, FormSection, tidy, wrapping
from boligdesk.ui.widgets.colleague import ColleagueDialog

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from boligdesk.services.errors import UserError
    from boligdesk.services.records.common import User

_NOBODY = "Uten saksbehandler"
_CHOOSE = "Velg utfall"


class ActDialog(QDialog):
    """A heading, a form and one act. It stays open until the act is stored; the page calls ``accept``.

    ``show_invalid`` puts what the service refused beside its field.
    """

    def __init__(self, title: str, about: str, verb: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(460)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(wrapping(title, "h1"))
        if about:
            column.addWidget(wrapping(about))
        self.form = FormSection()
        column.addWidget(self.form)
        line = QHBoxLayout()
        tidy(line)
        line.addWidget(Button("Gå tilbake", self.reject))
        line.addStretch(1)
        self.button = Button(verb, self.press, kind="primary")
        line.addWidget(self.button)
        column.addLayout(line)

    def press(self) -> None:
        """The act."""
        raise NotImplementedError

    def show_invalid(self, error: UserError) -> bool:
        if not isinstance(error, InvalidInput) or error.field not in self.form.rows:
            return False
        text = " ".join(part for part in (error.title, error.what, error.todo) if part)
        self.form.set_errors({error.field: text})
        return True

    def _long_field(self, name: str, text: str, help_text: str = "") -> QPlainTextEdit:
        field = QPlainTextEdit()
        field.setTabChangesFocus(True)
        field.setFixedHeight(84)
        self.form.add(name, text, field, help_text)
        return field


def assign_dialog(
    users: tuple[User, ...],
    now: UUID | None,
    me: UUID,
    save: Callable[[UUID | None, str], object],
    parent: QWidget | None = None,
) -> ColleagueDialog:
    """«Gi til …»: colleagues who work on cases, me first; a case with an owner may be left without one."""
    names: list[tuple[UUID | None, str]] = [
        (user.id, f"{user.name} (meg)" if user.id == me else user.name)
        for user in colleagues(users, me)
        if user.id != now
    ]
    if now is not None:
        names.append((None, _NOBODY))
    dialog = ColleagueDialog(
        "Gi saken til en kollega", "Åpne oppgaver i saken følger med.", "Gi saken videre", names, save, parent
    )
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return dialog


def colleagues(users: tuple[User, ...], me: UUID) -> list[User]:
    """Active users who work on cases: me first, then by name."""
    found = [user for user in users if user.active and Right.WRITE_CASES in user.rights]
    return sorted(found, key=lambda user: (user.id != me, user.name.casefold()))


class CloseDialog(ActDialog):
    """«Avslutt saken …»: how it ended, and why."""

    def __init__(
        self, number: str, save: Callable[[str, str], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(
            "Avslutt saken",
            f"Sak {number}. Frister og oppgaver som er åpne, blir lukket samtidig. Du kan angre.",
            "Avslutt saken",
            parent,
        )
        self._save = save
        self.outcome = QComboBox()
        self.outcome.addItem(_CHOOSE, "")
        for outcome in CaseOutcome:
            self.outcome.addItem(outcome.label, outcome.value)
        self.form.add("outcome", "&Hvordan endte saken?", self.outcome)
        self.reason = self._long_field(
            "reason", "H&vorfor avsluttes den?", "For eksempel «Søkeren har kjøpt bolig»."
        )
        self.outcome.setFocus()

    def press(self) -> None:
        errors = {}
        if not self.outcome.currentData():
            errors["outcome"] = "Velg hvordan saken endte."
        if not self.reason.toPlainText().strip():
            errors["reason"] = "Skriv hvorfor saken avsluttes."
        self.form.set_errors(errors)
        if not errors:
            self._save(str(self.outcome.currentData()), self.reason.toPlainText().strip())


class ReasonDialog(ActDialog):
    """One text: why a closed case is opened again, or why a restricted file is opened."""

    def __init__(
        self,
        title: str,
        about: str,
        question: str,
        verb: str,
        save: Callable[[str], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, about, verb, parent)
        self._save = save
        self.reason = self._long_field("reason", question)
        self.reason.setFocus()

    def press(self) -> None:
        text = self.reason.toPlainText().strip()
        self.form.set_errors({} if text else {"reason": "Skriv noen ord om hvorfor."})
        if text:
            self._save(text)


def reopen_dialog(save: Callable[[str], object], parent: QWidget | None) -> ReasonDialog:
    return ReasonDialog(
        "Gjenåpne saken",
        "Saken går tilbake til vurdering. Er det ikke svart på søknaden, løper fristen videre.",
        "&Hvorfor åpnes saken igjen?",
        "Gjenåpne saken",
        save,
        parent,
    )


def why_dialog(save: Callable[[str], object], parent: QWidget | None) -> ReasonDialog:
    return ReasonDialog(
        "Skriv hvorfor du åpner saken",
        "Saken er strengt fortrolig. Begrunnelsen blir loggført.",
        "&Hvorfor trenger du saken?",
        "Åpne saken",
        save,
        parent,
    )
