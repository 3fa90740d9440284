"""Address protection: who decided, on what basis, and what follows is shown before it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from boligdesk.domain.access import Right
from boligdesk.domain.calendar import long_date
from boligdesk.domain.catalog import Protection
from boligdesk.services.errors import InvalidInput
from boligdesk.ui.messages import ConfirmDialog
from boligdesk.ui.theme import SPACE_3
from boligdesk.ui.widgets import Button, Card, DateField, FormSection, MessageArea, announce, tidy, wrapping
from boligdesk.ui.widgets.flow import FlowRow

from .dialogs import WIDTH, fault_words

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from boligdesk.services.errors import ConflictError, UserError
    from boligdesk.services.records.common import Saved, User
    from boligdesk.services.records.people import PersonDetail
    from boligdesk.ui.page import Window

_AT_ONCE, _THEN = "Det skjer med en gang.", "Det skjer av seg selv den dagen."
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
        is_on = bool(detail.protection_text)
        self.words.setText(detail.protection_text or "Personen har ingen adressesperre.")
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


class GroundsDialog(QDialog):
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
            name: self.missing(name)
            for name, row in self.form.rows.items()
            if type(row.field) is QLineEdit and not row.field.text().strip()
        } | self.form.own_errors()
        if self.form.set_errors(missing) is None:
            self.confirm = self.question()
            self.confirm.accepted.connect(self._do)
            self.confirm.open()

    def missing(self, name: str) -> str:
        """What is said of a field that is empty."""
        return "Skriv hvem som har bestemt det." if name == "decided_by" else "Skriv hva det bygger på."

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


class ProtectDialog(GroundsDialog):
    """Which level, who decided, on what basis."""

    def __init__(
        self, window: Window, detail: PersonDetail, levels: tuple[Protection, ...], parent: QWidget
    ) -> None:
        super().__init__(
            window,
            "Sett adressesperre",
            "Uten datoer gjelder sperren fra i dag, til noen avslutter den.",
            parent,
        )
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
        self.since, self.until = DateField(window.today), DateField(window.today)
        self.form.add("valid_from", "Gjelder &fra", self.since)
        self.form.add("valid_to", "Gjelder &til", self.until, "Den første dagen uten sperre.")
        self.level.setFocus()

    def question(self) -> ConfirmDialog:
        level = Protection(self.level.currentData())
        facts = (
            ("Person", self._detail.name),
            ("Sperre", level.label),
            ("Bestemt av", self.decided_by.currentText()),
            ("Bygger på", self.basis.text().strip()),
            ("Gjelder", self._when()),
        )
        words = follows(level) if self._is_now() else follows(level).replace(_AT_ONCE, _THEN)
        return ConfirmDialog("Sette adressesperren?", facts, words, "Sett adressesperren", parent=self)

    def _is_now(self) -> bool:
        since = self.since.value()
        return since is None or since <= self._window.today()

    def _when(self) -> str:
        since, until = self.since.value(), self.until.value()
        start = "fra i dag" if since is None or self._is_now() else f"fra {long_date(since)}"
        return f"{start} til {long_date(until)}" if until else start

    def work(self) -> Callable[[], Saved]:
        people, found = self._window.services.people, self._detail
        level, who, why = self.level.currentData(), self.decided_by.currentText(), self.basis.text()
        since, until = self.since.value(), self.until.value()
        return lambda: people.protect(found.id, found.version, level, who, why, since, until)

    def said(self) -> str:
        since = self.since.value()
        if since is None or self._is_now():
            return "Adressesperren gjelder fra nå."
        return f"Adressesperren gjelder fra {long_date(since)}."


class EndProtectionDialog(GroundsDialog):
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
        self.ends = DateField(window.today)
        self.form.add("ends", "Første dag &uten sperre", self.ends, "Uten dato er det i dag.")
        self.basis.setFocus()

    def _later(self) -> dt.date | None:
        ends = self.ends.value()
        return ends if ends is not None and ends > self._window.today() else None

    def question(self) -> ConfirmDialog:
        later = self._later()
        facts = (
            ("Person", self._detail.name),
            ("Bygger på", self.basis.text().strip()),
            ("Slutter", long_date(later) if later else "i dag"),
        )
        words = _ENDS.replace(_AT_ONCE, _THEN) if later else _ENDS
        return ConfirmDialog("Avslutte adressesperren?", facts, words, "Avslutt adressesperren", parent=self)

    def work(self) -> Callable[[], Saved]:
        people, found, why = self._window.services.people, self._detail, self.basis.text()
        ends = self.ends.value()
        return lambda: people.end_protection(found.id, found.version, why, ends)

    def said(self) -> str:
        later = self._later()
        return f"Adressesperren slutter {long_date(later)}." if later else "Adressesperren er avsluttet."
