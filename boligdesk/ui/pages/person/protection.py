"""Address protection: who decided, on what basis, and what follows is shown before it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from boligdesk.domain.access import Right
from boligdesk.domain.catalog import Protection
from boligdesk.services.errors import InvalidInput
from boligdesk.ui.messages import ConfirmDialog
from boligdesk.ui.theme import SPACE_3
from boligdesk.ui.widgets import Button, Card, FormSection, MessageArea, announce, tidy, wrapping
from boligdesk.ui.widgets.flow import FlowRow

from .dialogs import WIDTH, fault_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from boligdesk.services.errors import ConflictError, UserError
    from boligdesk.services.records.common import Saved, User
    from boligdesk.services.records.people import PersonDetail
    from boligdesk.ui.page import Window

_DECIDERS = ("Politiet", "Barnevernet", "Lederen på kontoret")
_FOLLOWS = {
    Protection.CONFIDENTIAL: (
        "Andre enn dem med tilgang ser bare «Skjermet søker», saksnummer og status. Det gjelder også sakene og "
        "alle i husstanden. Det skjer med en gang."
    ),
    Protection.STRICT: (
        "Personen forsvinner fra alle lister og søk for andre enn dem med tilgang. Navn, nummer, telefon og adresse "
        "lagres for seg. Det gjelder også sakene og alle i husstanden. Mappen kan bare åpnes med en begrunnelse. "
        "Det skjer med en gang."
    ),
}
_ENDS = (
    "Navn, adresse og saker blir synlige for alle som har tilgang til vanlige mapper. Det gjelder også husstanden, "
    "hvis ingen andre der er skjermet. Det skjer med en gang."
)


def levels_for(user: User) -> tuple[Protection, ...]:
    """The levels the user may set: the right, and clearance for the level."""
    if Right.PROTECT_PEOPLE not in user.rights:
        return ()
    strict = Protection.STRICT.level
    wanted = (Protection.CONFIDENTIAL, Protection.STRICT, Protection.STRICT_ABROAD)
    return tuple(level for level in wanted if user.clearance >= min(level.level, strict))


def follows(level: Protection) -> str:
    """What happens, in words."""
    return _FOLLOWS[Protection.CONFIDENTIAL if level is Protection.CONFIDENTIAL else Protection.STRICT]


class ProtectionCard(Card):
    """Shown to those who may set it, and to everybody who may read a protected file."""

    form_closed = Signal()

    def __init__(self, window: Window) -> None:
        super().__init__("Adressesperre")
        self._window = window
        self._levels = levels_for(window.services.user)
        self._detail: PersonDetail | None = None
        self.dialog: QDialog | None = None
        self.words = wrapping("")
        self.add(self.words)
        self.set_button = Button("Sett adressesperre …", self.set_protection, icon="lock_closed")
        self.end_button = Button("Avslutt adressesperren …", self.end_protection)
        self._buttons = FlowRow(self.set_button, self.end_button)
        self.add(self._buttons)

    def show_person(self, detail: PersonDetail) -> None:
        self._detail = detail
        is_on = detail.protection != Protection.NONE
        self.words.setText(detail.protection_text if is_on else "Personen har ingen adressesperre.")
        self.set_button.setText("Endre adressesperren …" if is_on else "Sett adressesperre …")
        self.end_button.setVisible(is_on)
        self._buttons.setVisible(bool(self._levels))
        self.setVisible(is_on or bool(self._levels))

    def set_protection(self) -> None:
        if self._detail is not None:
            self._open(ProtectDialog(self._window, self._detail, self._levels, self))

    def end_protection(self) -> None:
        if self._detail is not None:
            self._open(EndProtectionDialog(self._window, self._detail, self))

    def _open(self, dialog: QDialog) -> None:
        self.dialog = dialog
        dialog.finished.connect(lambda _result: self.form_closed.emit())
        dialog.open()


class _GroundsDialog(QDialog):
    """A few fields, then a page that says what follows, then the act. Nothing is done by Enter."""

    def __init__(self, window: Window, title: str, sub: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = window
        self.confirm: ConfirmDialog | None = None
        self.setWindowTitle(title)
        self.setMinimumWidth(WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(SPACE_3)
        column.addWidget(wrapping(title, "h1"))
        column.addWidget(wrapping(sub, "sub"))
        self.messages = MessageArea()
        column.addWidget(self.messages)
        self.form = FormSection()
        column.addWidget(self.form)
        line = QHBoxLayout()
        tidy(line)
        line.addWidget(Button("Gå tilbake", self.reject))
        line.addStretch(1)
        self.next = Button("Se hva som skjer", self.look, kind="primary")
        line.addWidget(self.next)
        column.addLayout(line)

    def look(self) -> None:
        """The page before the act; every field must say something."""
        missing = {
            name: "Skriv hvem som har bestemt det." if name == "decided_by" else "Skriv hva det bygger på."
            for name, row in self.form.rows.items()
            if isinstance(row.field, QLineEdit) and not row.field.text().strip()
        }
        if self.form.set_errors(missing) is None:
            self.confirm = self.question()
            self.confirm.accepted.connect(self._do)
            self.confirm.open()

    def question(self) -> ConfirmDialog:
        raise NotImplementedError

    def work(self) -> Callable[[], Saved]:
        raise NotImplementedError

    def said(self) -> str:
        raise NotImplementedError

    def _do(self) -> None:
        self._window.save(
            self.work(),
            owner=self,
            said=self.said(),
            done=lambda _saved: self.accept(),
            invalid=self._invalid,
            conflict=self._conflict,
        )

    def _conflict(self, error: ConflictError) -> None:
        """Look at the file as it is now before deciding on a protection."""
        self.messages.show_message(
            "warn", "Gå tilbake og se på mappen slik den er nå. Ingenting er endret.", title=error.title
        )

    def _invalid(self, error: UserError) -> bool:
        if not isinstance(error, InvalidInput):
            return False
        if self.form.set_errors({error.field: fault_words(error)}) is None:
            self.messages.show_error(error)
        announce(self, fault_words(error), urgent=True)
        return True


class ProtectDialog(_GroundsDialog):
    """Which level, who decided, on what basis."""

    def __init__(
        self, window: Window, detail: PersonDetail, levels: tuple[Protection, ...], parent: QWidget
    ) -> None:
        super().__init__(window, "Sett adressesperre", "Sperren gjelder fra i dag.", parent)
        self._detail = detail
        self.level, self.decided_by, self.basis = QComboBox(), QComboBox(), QLineEdit()
        for level in levels:
            self.level.addItem(level.label, level.value)
        self.level.setCurrentIndex(max(self.level.findData(detail.protection), 0))
        self.decided_by.addItems(_DECIDERS)
        self.form.add("level", "&Hvilken sperre", self.level)
        self.form.add("decided_by", "Hvem har &bestemt det?", self.decided_by)
        self.form.add(
            "basis", "Hva &bygger det på?", self.basis, "For eksempel brev fra politiet av 3. november."
        )
        self.level.setFocus()

    def question(self) -> ConfirmDialog:
        level = Protection(self.level.currentData())
        facts = (
            ("Person", self._detail.name),
            ("Sperre", level.label),
            ("Bestemt av", self.decided_by.currentText()),
            ("Bygger på", self.basis.text().strip()),
        )
        return ConfirmDialog(
            "Sette adressesperren?", facts, follows(level), "Sett adressesperren", parent=self
        )

    def work(self) -> Callable[[], Saved]:
        people, found = self._window.services.people, self._detail
        level, who, why = self.level.currentData(), self.decided_by.currentText(), self.basis.text()
        return lambda: people.protect(found.id, found.version, level, who, why)

    def said(self) -> str:
        return "Adressesperren gjelder fra nå."


class EndProtectionDialog(_GroundsDialog):
    """The notice that says that it ends."""

    def __init__(self, window: Window, detail: PersonDetail, parent: QWidget) -> None:
        super().__init__(
            window, "Avslutt adressesperren", "Den som bestemte sperren, må ha sagt at den er slutt.", parent
        )
        self._detail = detail
        self.basis = QLineEdit()
        self.form.add(
            "basis", "Hva &bygger det på?", self.basis, "For eksempel melding fra politiet av 3. november."
        )
        self.basis.setFocus()

    def question(self) -> ConfirmDialog:
        facts = (("Person", self._detail.name), ("Bygger på", self.basis.text().strip()))
        return ConfirmDialog("Avslutte adressesperren?", facts, _ENDS, "Avslutt adressesperren", parent=self)

    def work(self) -> Callable[[], Saved]:
        people, found, why = self._window.services.people, self._detail, self.basis.text()
        return lambda: people.end_protection(found.id, found.version, why)

    def said(self) -> str:
        return "Adressesperren er avsluttet."
