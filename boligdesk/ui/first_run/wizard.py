"""The first start: where, passphrase and recovery key, who am I, and how to begin. Four steps, one sheet each."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFileDialog, QLabel, QLineEdit, QRadioButton, QVBoxLayout

from boligdesk.services.errors import InvalidInput, UserError
from boligdesk.ui.first_run.paper import print_key, save_key
from boligdesk.ui.first_run.parts import Sheet
from boligdesk.ui.first_run.unlock import PassphraseFields, told
from boligdesk.ui.theme import font
from boligdesk.ui.widgets.basics import Button, label, row, tidy, wrapping
from boligdesk.ui.widgets.fields import FieldRow
from boligdesk.ui.widgets.infobar import InfoBar, MessageArea

THIS_MACHINE, SERVER, PRACTICE = "maskin", "server", "ovelse"
#: Which group of the recovery key is typed back (counted from one).
CHECKED_GROUP = 3


def _step(number: int) -> str:
    return f"Steg {number} av 4"


class WhereStep(Sheet):
    """1 Hvor ligger dataene? ``chosen`` carries the kind and, for a server, its address."""

    chosen = Signal(str, str)

    def __init__(self, this_machine: str, *, can_practice: bool) -> None:
        super().__init__("Hvor skal opplysningene ligge?", _step(1))
        self.messages = MessageArea()
        self.column.addWidget(self.messages)
        self.group = QButtonGroup(self)
        self.radios: dict[str, QRadioButton] = {}
        choices = [
            (THIS_MACHINE, "&Denne maskinen", f"Én kryptert fil: {this_machine}"),
            (SERVER, "&Felles server", "Flere bruker de samme opplysningene. Spør IT om adressen."),
        ]
        if can_practice:
            choices.append(
                (PRACTICE, "Prøv med &øvelsesdata", "Et oppdiktet kontor. Ingenting du gjør, er på ekte.")
            )
        for key, title, text in choices:
            self._add(key, title, text)
        self.address = QLineEdit()
        self.address_row = FieldRow(
            "&Adressen til serveren", self.address, "For eksempel postgresql://server/boligdesk"
        )
        self.column.addWidget(self.address_row)
        self.address_row.hide()
        self.next = Button("Gå videre", self._go_on, kind="primary")
        self.finish(self.next)
        self.radios[THIS_MACHINE].setChecked(True)
        self.group.buttonToggled.connect(lambda _button, _on: self._show_address())

    def _add(self, key: str, title: str, text: str) -> None:
        radio = QRadioButton(title)
        radio.setFont(font("strong"))
        radio.setAccessibleName(f"{title.replace('&', '')}. {text}")
        self.group.addButton(radio)
        self.radios[key] = radio
        below = wrapping(text, "sub")
        below.setIndent(30)
        pair = QVBoxLayout()
        tidy(pair, 0)
        pair.addWidget(radio)
        pair.addWidget(below)
        self.column.addLayout(pair)

    def _show_address(self) -> None:
        self.address_row.setVisible(self.kind() == SERVER)

    def kind(self) -> str:
        return next(key for key, radio in self.radios.items() if radio.isChecked())

    def _go_on(self) -> None:
        kind, address = self.kind(), self.address.text().strip()
        if kind == SERVER and not address:
            self.address_row.set_error("Skriv adressen, eller velg et annet sted.")
            self.address.setFocus()
            return
        self.address_row.set_error("")
        self.messages.clear()
        self.set_busy("Lager øvelseskontoret …" if kind == PRACTICE else "Ser etter …")
        self.chosen.emit(kind, address if kind == SERVER else "")

    def refuse(self, error: UserError) -> None:
        self.set_busy("")
        if self.kind() == SERVER and isinstance(error, InvalidInput):
            self.address_row.set_error(told(error))
            self.address.setFocus()
        else:
            self.messages.show_error(error)

    def focus_start(self) -> None:
        self.radios[self.kind()].setFocus(Qt.FocusReason.OtherFocusReason)


class PassphraseStep(Sheet):
    """2 Passordsetning, twice. ``chosen`` carries it."""

    chosen = Signal(str)
    back = Signal()

    def __init__(self) -> None:
        super().__init__("Lag en passordsetning", _step(2))
        self.messages = MessageArea()
        self.column.addWidget(self.messages)
        self.column.addWidget(
            wrapping(
                "Passordsetningen låser opp opplysningene. Du skriver den hver gang du starter Boligdesk."
            )
        )
        self.fields = PassphraseFields()
        for line in self.fields.rows:
            self.column.addWidget(line)
        self.next = Button("Lag databasen", self._go_on, kind="primary")
        self.finish(self.next, left=Button("Gå tilbake", self.back.emit))
        self.fields.second.returnPressed.connect(self._go_on)

    def _go_on(self) -> None:
        passphrase = self.fields.value()
        if passphrase:
            self.messages.clear()
            self.set_busy("Lager en kryptert database …")
            self.chosen.emit(passphrase)

    def refuse(self, error: UserError) -> None:
        self.set_busy("")
        if isinstance(error, InvalidInput) and error.field == "passphrase":
            self.fields.refuse(told(error))
        else:
            self.messages.show_error(error)

    def focus_start(self) -> None:
        self.fields.first.setFocus(Qt.FocusReason.OtherFocusReason)


class RecoveryStep(Sheet):
    """2 The recovery key: shown once, on paper, and one group typed back."""

    done = Signal()

    def __init__(self, key: str, step: str | None = None) -> None:
        super().__init__("Ta vare på gjenopprettingsnøkkelen", _step(2) if step is None else step)
        self._key = key
        self.column.addWidget(
            wrapping(
                "Glemmer du passordsetningen, er denne nøkkelen den eneste veien inn. "
                "Den vises bare nå. Skriv den ut eller av, og lås den inn."
            )
        )
        self.shown = QLabel(two_lines(key))
        self.shown.setFont(font("h2"))
        self.shown.setAccessibleName("Gjenopprettingsnøkkelen: " + key)
        self.shown.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.column.addWidget(self.shown)
        self.print_button = Button("Skriv ut nøkkelen …", lambda: print_key(key, self), icon="print")
        self.save_button = Button("Lagre nøkkelen i en fil …", self._save, icon="save")
        self.column.addWidget(row(self.print_button, self.save_button))
        self.saved = MessageArea()
        self.column.addWidget(self.saved)
        self.field = QLineEdit()
        self.row = FieldRow(
            f"Skriv &gruppe {CHECKED_GROUP} av nøkkelen",
            self.field,
            "Da vet vi at du har nøkkelen på et trygt sted.",
        )
        self.column.addWidget(self.row)
        self.next = Button("Jeg har tatt vare på nøkkelen", self._go_on, kind="primary")
        self.finish(self.next)
        self.field.returnPressed.connect(self._go_on)

    def _go_on(self) -> None:
        typed = self.field.text().strip().upper().translate(str.maketrans("OIL", "011"))
        if typed != self._key.split("-")[CHECKED_GROUP - 1]:
            self.row.set_error(f"Det er ikke gruppe {CHECKED_GROUP}. Se på arket, og skriv de fem tegnene.")
            self.field.setFocus()
            return
        self.done.emit()

    def _save(self) -> None:
        path, _kind = QFileDialog.getSaveFileName(
            self, "Lagre gjenopprettingsnøkkelen", "gjenopprettingsnøkkel.txt", "Tekstfil (*.txt)"
        )
        if path:
            problem = save_key(self._key, path)
            if problem:
                self.saved.show_message("crit", problem)
            else:
                self.saved.show_message("info", "Nøkkelen er lagret. Flytt filen bort fra denne maskinen.")

    def focus_start(self) -> None:
        self.print_button.setFocus(Qt.FocusReason.OtherFocusReason)


class WhoStep(Sheet):
    """3 Hvem er du? ``chosen`` carries the name."""

    chosen = Signal(str)

    def __init__(self, login: str) -> None:
        super().__init__("Hvem er du?", _step(3))
        self.messages = MessageArea()
        self.column.addWidget(self.messages)
        self.name = QLineEdit(login)
        self.row = FieldRow("&Navnet ditt", self.name, "Slik kollegene ser det, for eksempel «Ingrid B.».")
        self.column.addWidget(self.row)
        self.column.addWidget(
            wrapping(
                f"Boligdesk kjenner deg igjen på brukernavnet «{login}» på maskinen. Du er den første her, så du blir "
                "leder, saksbehandler og systemansvarlig og kan legge inn de andre."
            )
        )
        self.next = Button("Gå videre", self._go_on, kind="primary")
        self.finish(self.next)
        self.name.returnPressed.connect(self._go_on)

    def _go_on(self) -> None:
        name = self.name.text().strip()
        self.row.set_error("" if name else "Skriv navnet ditt.")
        if name:
            self.set_busy("Lagrer …")
            self.chosen.emit(name)

    def refuse(self, error: UserError) -> None:
        self.set_busy("")
        self.row.set_error(told(error))
        self.name.setFocus()

    def focus_start(self) -> None:
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        self.name.selectAll()


class BeginStep(Sheet):
    """4 Start: bring in the lists the office has, or begin with nothing. ``chosen`` is True for the lists."""

    chosen = Signal(bool)

    def __init__(self, warning: str = "", *, can_import: bool = True) -> None:
        super().__init__("Alt er klart", _step(4))
        self.column.addWidget(
            wrapping(
                "Har kontoret lister over boliger, personer, husstander eller søknader i Excel? "
                "Hent dem inn nå eller senere. Du ser hva som er feil før noe blir lagret."
            )
        )
        if warning:
            self.column.addWidget(InfoBar("warn", warning, closable=False))
        self.column.addWidget(
            label("Du kan hente inn lister når som helst under Administrasjon.", "sub", wrap=True)
        )
        self.lists = Button(
            "Hent inn lister", lambda: self.chosen.emit(True), icon="arrow_download", kind="primary"
        )
        self.empty = Button("Begynn med tom database", lambda: self.chosen.emit(False))
        self.lists.setVisible(can_import)
        self.finish(self.empty, self.lists)

    def focus_start(self) -> None:
        self.lists.setFocus(Qt.FocusReason.OtherFocusReason)


def two_lines(key: str) -> str:
    """Seven groups are easier to read in two lines."""
    groups = key.split("-")
    return "-".join(groups[:4]) + "-\n" + "-".join(groups[4:])
