"""Who may open a strictly confidential file: proposed by one, confirmed by another, ended by one (ui.md 3.9)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QDialog, QLineEdit, QWidget

from boligdesk.domain.access import Right
from boligdesk.domain.calendar import long_date
from boligdesk.domain.catalog import Protection
from boligdesk.ui.messages import ConfirmDialog
from boligdesk.ui.person_words import joined
from boligdesk.ui.widgets import PillSpec

from .cards import Act, Row, RowsCard
from .protection import GroundsDialog

if TYPE_CHECKING:
    from collections.abc import Callable

    from boligdesk.services.records.common import Saved, User
    from boligdesk.services.records.people import FileReader, PersonDetail
    from boligdesk.ui.page import Window

_CONFIRMS = "Kollegaen kan åpne mappen fra nå, og må skrive en begrunnelse hver gang."
WAITS = PillSpec("warn", "Venter på bekreftelse")
_PROPOSED = "En annen med rettigheten må bekrefte under «Brukere og tilgang» før kollegaen kan åpne mappen."
_ENDS = "Kollegaen kan ikke åpne mappen fra nå. Det gjelder også sakene og alle i husstanden."


def waiting_words(reader: FileReader) -> str:
    return f"foreslått av {reader.proposed_by} {long_date(reader.proposed_on)}"


class ReadersCard(RowsCard):
    """Shown on a strictly confidential file, to those who may open it."""

    form_closed = Signal()

    def __init__(self, window: Window) -> None:
        may = Right.PROTECT_PEOPLE in window.services.user.rights
        super().__init__("Hvem kan åpne mappen", "Gi en kollega tilgang …" if may else "", self.propose)
        self._window, self._may = window, may
        self._detail: PersonDetail | None = None
        self._readers: tuple[FileReader, ...] = ()
        self.dialog: QDialog | None = None

    def show_readers(self, detail: PersonDetail, readers: tuple[FileReader, ...]) -> None:
        self._detail, self._readers = detail, readers
        self.set_rows([self._row(reader) for reader in readers])
        self.setVisible(bool(readers))

    def _row(self, reader: FileReader) -> Row:
        if reader.since is None:
            acts = [Act("Trekk tilbake", reader.name, lambda: self.end(reader))]
            if reader.may_confirm:
                acts.insert(0, Act("Bekreft", reader.name, lambda: self.confirm(reader)))
            sub = joined((waiting_words(reader), reader.reason))
            return Row(reader.name, sub, tuple(acts) if self._may else (), WAITS)
        sub = joined((f"fra {long_date(reader.since)}", reader.reason))
        acts = (
            [Act("Avslutt tilgangen", reader.name, lambda: self.end(reader))]
            if len(self._named()) > 1
            else []
        )
        return Row(reader.name, sub, tuple(acts) if self._may else ())

    def _named(self) -> list[FileReader]:
        return [reader for reader in self._readers if reader.since is not None]

    def propose(self) -> None:
        office = self._window.services.office
        self._window.query(office.users, self._ask_whom, owner=self)

    def _ask_whom(self, users: tuple[User, ...]) -> None:
        """Colleagues with the clearance who are not on the list."""
        if self._detail is None:
            return
        there = {reader.user_id for reader in self._readers}
        strict = Protection.STRICT.level
        able = [user for user in users if user.active and user.clearance >= strict and user.id not in there]
        if not able:
            self._window.tell(
                "Ingen flere på kontoret har tilgang til strengt fortrolige saker. Den tilgangen gis under «Brukere "
                "og tilgang».",
                "warn",
            )
            return
        self._open(ProposeDialog(self._window, self._detail, able, self))

    def confirm(self, reader: FileReader) -> None:
        facts = (("Kollega", reader.name), ("Foreslått av", reader.proposed_by), ("Grunn", reader.reason))
        people = self._window.services.people
        self._act(
            ConfirmDialog("Gi kollegaen tilgang?", facts, _CONFIRMS, "Gi tilgang", parent=self),
            lambda: people.confirm_reader(reader.id),
            f"{reader.name} kan åpne mappen.",
        )

    def end(self, reader: FileReader) -> None:
        people = self._window.services.people
        if reader.since is None:
            self._save(lambda: people.end_reader(reader.id), "Forslaget er trukket tilbake.")
            return
        self._act(
            ConfirmDialog(
                "Avslutte tilgangen?", (("Kollega", reader.name),), _ENDS, "Avslutt tilgangen", parent=self
            ),
            lambda: people.end_reader(reader.id),
            f"{reader.name} kan ikke lenger åpne mappen.",
        )

    def _act(self, dialog: ConfirmDialog, work: Callable[[], Saved], said: str) -> None:
        dialog.accepted.connect(lambda: self._save(work, said))
        self._open(dialog)

    def _save(self, work: Callable[[], Saved], said: str) -> None:
        self._window.save(work, owner=self, said=said)

    def _open(self, dialog: QDialog) -> None:
        self.dialog = dialog
        dialog.finished.connect(lambda _result: self.form_closed.emit())
        dialog.open()


class ProposeDialog(GroundsDialog):
    """Which colleague, and why."""

    def __init__(self, window: Window, detail: PersonDetail, users: list[User], parent: QWidget) -> None:
        super().__init__(window, "Gi en kollega tilgang", _PROPOSED, parent)
        self._detail = detail
        self._users = {user.id: user for user in users}
        self.user, self.basis = QComboBox(), QLineEdit()
        for user in users:
            self.user.addItem(user.name, user.id)
        self.form.add("user_id", "&Kollega", self.user)
        self.form.add(
            "basis", "&Hvorfor trenger kollegaen mappen?", self.basis, "Ikke skriv hvem mappen gjelder."
        )
        self.user.setFocus()

    def question(self) -> ConfirmDialog:
        facts = (("Kollega", self.user.currentText()), ("Grunn", self.basis.text().strip()))
        return ConfirmDialog("Foreslå tilgang?", facts, _PROPOSED, "Foreslå tilgang", parent=self)

    def work(self) -> Callable[[], Saved]:
        people, key = self._window.services.people, self._detail.id
        user, why = self.user.currentData(), self.basis.text()
        return lambda: people.propose_reader(key, user, why)

    def said(self) -> str:
        return "Tilgangen er foreslått. En annen må bekrefte."
