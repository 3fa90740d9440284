"""The passphrase, and the way in when it is forgotten."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit

from boligdesk.services.errors import InvalidInput, UserError
from boligdesk.ui.first_run.parts import Sheet, secret_field
from boligdesk.ui.widgets.basics import Button, wrapping
from boligdesk.ui.widgets.fields import FieldRow
from boligdesk.ui.widgets.infobar import MessageArea


def told(error: UserError) -> str:
    """An error in the words that stand beside a field."""
    return " ".join(part for part in (error.title, error.what, error.todo) if part)


class UnlockPage(Sheet):
    """Opens the store, or the locked window. ``given`` carries the passphrase."""

    given = Signal(str)
    forgotten = Signal()

    def __init__(self, where: str, *, is_lock: bool = False) -> None:
        title = "Boligdesk er låst" if is_lock else "Velkommen tilbake"
        sub = "Det du holdt på med, er trygt." if is_lock else f"Data: {where}"
        super().__init__(title, sub)
        self.messages = MessageArea()
        self.column.addWidget(self.messages)
        self.field = secret_field()
        self.row = FieldRow("&Passordsetning", self.field)
        self.column.addWidget(self.row)
        self.open_button = Button("Lås opp", self._open, icon="key", kind="primary")
        self.forgot = (
            None if is_lock else Button("Jeg har glemt passordsetningen", self.forgotten.emit, kind="link")
        )
        self.finish(self.open_button, left=self.forgot)
        self.field.returnPressed.connect(self._open)

    def _open(self) -> None:
        if not self.field.text():
            self.row.set_error("Skriv passordsetningen.")
            return
        self.row.set_error("")
        self.messages.clear()
        self.set_busy("Åpner …")
        self.given.emit(self.field.text())

    def refuse(self, error: UserError) -> None:
        """It did not open: beside the field when the passphrase is wrong, else above it."""
        self.set_busy("")
        if isinstance(error, InvalidInput):
            self.row.set_error(told(error))
            self.field.selectAll()
        else:
            self.messages.show_error(error)
        self.focus_start()

    def focus_start(self) -> None:
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)


class RecoverPage(Sheet):
    """The recovery key from the paper, and a new passphrase. ``given`` carries (key, passphrase)."""

    given = Signal(str, str)
    regretted = Signal()

    def __init__(self) -> None:
        super().__init__(
            "Lag en ny passordsetning",
            "Finn arket med gjenopprettingsnøkkelen. Den har sju grupper med fem tegn.",
        )
        self.messages = MessageArea()
        self.column.addWidget(self.messages)
        self.key = QLineEdit()
        self.key_row = FieldRow("&Gjenopprettingsnøkkel", self.key, "Små bokstaver og mellomrom går bra.")
        self.column.addWidget(self.key_row)
        self.passphrase = PassphraseFields()
        for line in self.passphrase.rows:
            self.column.addWidget(line)
        self.save = Button("Lagre ny passordsetning", self._save, kind="primary")
        self.finish(self.save, left=Button("Gå tilbake", self.regretted.emit))

    def _save(self) -> None:
        self.key_row.set_error("" if self.key.text().strip() else "Skriv nøkkelen fra arket.")
        passphrase = self.passphrase.value()
        if self.key_row.error():
            self.key.setFocus()
        elif passphrase:
            self.messages.clear()
            self.set_busy("Åpner …")
            self.given.emit(self.key.text(), passphrase)

    def refuse(self, error: UserError) -> None:
        self.set_busy("")
        if isinstance(error, InvalidInput) and error.field == "recovery_key":
            self.key_row.set_error(told(error))
            self.key.setFocus()
        elif isinstance(error, InvalidInput) and error.field == "passphrase":
            self.passphrase.refuse(told(error))
        else:
            self.messages.show_error(error)

    def focus_start(self) -> None:
        self.key.setFocus(Qt.FocusReason.OtherFocusReason)


class PassphraseFields:
    """A new passphrase, twice. ``value()`` is empty until both are the same, and says why beside the field."""

    def __init__(self) -> None:
        self.first, self.second = secret_field(), secret_field()
        help_text = "Minst 12 tegn. Fire eller fem tilfeldige ord er lette å huske og vanskelige å gjette."
        self.rows = (
            FieldRow("Ny &passordsetning", self.first, help_text),
            FieldRow("Skriv den en gang &til", self.second),
        )

    def value(self) -> str:
        first, second = self.first.text(), self.second.text()
        self.rows[0].set_error("" if first else "Skriv en passordsetning.")
        self.rows[1].set_error(
            "" if not first or first == second else "De to er ikke like. Skriv dem på nytt."
        )
        if not first:
            self.first.setFocus()
        elif first != second:
            self.second.setFocus()
        return first if first and first == second else ""

    def refuse(self, text: str) -> None:
        """The store did not accept it (too short, too simple)."""
        self.rows[0].set_error(text)
        self.first.setFocus()
        self.first.selectAll()


class UnknownUser(Sheet):
    """The store is there, but does not let this user in: unknown, blocked, or on a day before the first role."""

    leave = Signal()

    def __init__(self, login: str, error: UserError) -> None:
        super().__init__(error.title)
        self.column.addWidget(wrapping(error.what or f"Boligdesk kjenner ikke brukernavnet «{login}»."))
        if error.safe:
            self.column.addWidget(wrapping(error.safe))
        self.column.addWidget(wrapping(error.todo or "Be lederen eller systemansvarlig om å legge deg inn."))
        if not error.safe:  # nothing of this user's is here yet
            self.column.addWidget(wrapping("Når du er lagt inn, kan du starte Boligdesk på nytt.", "sub"))
        self.quit = Button("Avslutt Boligdesk", self.leave.emit, kind="primary")
        self.finish(self.quit)

    def focus_start(self) -> None:
        self.quit.setFocus(Qt.FocusReason.OtherFocusReason)


class ResumePage(Sheet):
    """The lock of a desk that has no passphrase of its own: an exercise, or a server that knows the user."""

    chosen = Signal()

    def __init__(self) -> None:
        super().__init__("Boligdesk er låst", "Det du holdt på med, er trygt.")
        self.open_button = Button("Lås opp", self.chosen.emit, icon="key", kind="primary")
        self.finish(self.open_button)

    def focus_start(self) -> None:
        self.open_button.setFocus(Qt.FocusReason.OtherFocusReason)


class UnsureKeyPage(Sheet):
    """The recovery key was shown once, and nobody said that it is kept. ``renew`` makes another; ``later`` goes on."""

    renew = Signal()
    later = Signal()

    def __init__(self) -> None:
        super().__init__("Har du gjenopprettingsnøkkelen?")
        self.messages = MessageArea()
        self.column.addWidget(self.messages)
        self.column.addWidget(
            wrapping(
                "Boligdesk ble avsluttet før du bekreftet at nøkkelen er tatt vare på. Uten den kommer ingen inn "
                "hvis passordsetningen blir glemt."
            )
        )
        self.column.addWidget(wrapping("Lager du en ny, slutter den forrige å virke.", "sub"))
        self.make = Button("Lag ny gjenopprettingsnøkkel", self._make, icon="key", kind="primary")
        self.skip = Button("Gjør det senere", self.later.emit)
        self.finish(self.make, left=self.skip)

    def _make(self) -> None:
        self.messages.clear()
        self.set_busy("Lager nøkkelen …")
        self.renew.emit()

    def refuse(self, error: UserError) -> None:
        self.set_busy("")
        self.messages.show_error(error)

    def focus_start(self) -> None:
        self.make.setFocus(Qt.FocusReason.OtherFocusReason)


class UpgradePage(Sheet):
    """The store is of an older program. ``chosen``: take a copy and upgrade it."""

    chosen = Signal()
    leave = Signal()

    def __init__(self, error: UserError) -> None:
        super().__init__("Databasen må oppgraderes")
        self.messages = MessageArea()
        self.column.addWidget(self.messages)
        self.column.addWidget(wrapping(f"{error.title} {error.what}"))
        self.column.addWidget(
            wrapping(
                "Boligdesk tar en kopi først. Går noe galt, blir databasen som før. Lukk Boligdesk på andre maskiner."
            )
        )
        self.act = Button("Ta kopi og oppgrader databasen", self._choose, kind="primary")
        self.finish(self.act, left=Button("Avslutt Boligdesk", self.leave.emit))

    def _choose(self) -> None:
        self.messages.clear()
        self.set_busy("Oppgraderer databasen …")
        self.chosen.emit()

    def refuse(self, error: UserError) -> None:
        self.set_busy("")
        self.messages.show_error(error)

    def focus_start(self) -> None:
        self.act.setFocus(Qt.FocusReason.OtherFocusReason)
