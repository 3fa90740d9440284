"""What waits for a second person: access to strictly confidential files that a colleague has proposed (ui.md 3.9)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from boligdesk.domain.calendar import long_date
from boligdesk.ui.messages import ConfirmDialog
from boligdesk.ui.theme import SPACE_2
from boligdesk.ui.widgets import Button, Card, clear, tidy, wrapping

if TYPE_CHECKING:
    from boligdesk.services.records.people import FileReader
    from boligdesk.ui.page import Window

_FOLLOWS = (
    "Kollegaen kan åpne mappen fra nå, og må skrive en begrunnelse hver gang. Du får ikke tilgang selv."
)


class AccessCard(Card):
    """Hidden when nothing waits. Never says whose file it is."""

    def __init__(self, window: Window) -> None:
        super().__init__("Tilgang som venter på bekreftelse")
        self._window = window
        self.waiting: tuple[FileReader, ...] = ()
        self.dialog: QDialog | None = None
        self.add(
            wrapping("En kollega har foreslått dette. En annen enn den som foreslo, må bekrefte.", "sub")
        )
        carrier = QWidget()
        self._lines = QVBoxLayout(carrier)
        tidy(self._lines, SPACE_2)
        self.add(carrier)
        self.hide()

    def refresh(self) -> None:
        self._window.query(self._window.services.people.reader_proposals, self._arrived, owner=self)

    def _arrived(self, waiting: tuple[FileReader, ...]) -> None:
        self.waiting = waiting
        clear(self._lines)
        for one in waiting:
            self._lines.addWidget(self._line(one))
        self.setVisible(bool(waiting))

    def _line(self, one: FileReader) -> QWidget:
        line = QWidget()
        across = QHBoxLayout(line)
        tidy(across, SPACE_2)
        words = QVBoxLayout()
        tidy(words, 0)
        words.addWidget(wrapping(f"{one.name}: en strengt fortrolig mappe", "strong"))
        words.addWidget(
            wrapping(f"Foreslått av {one.proposed_by} {long_date(one.proposed_on)} · {one.reason}", "sub")
        )
        across.addLayout(words, 1)
        back = Button("Avvis" if one.may_confirm else "Trekk tilbake", partial(self.end, one), kind="link")
        back.setAccessibleName(f"{back.text()}: {one.name}")
        across.addWidget(back)
        confirm = Button("Bekreft …", partial(self.confirm, one))
        confirm.setAccessibleName(f"Bekreft: {one.name}")
        confirm.set_reason_disabled(
            "" if one.may_confirm else "Du har selv foreslått dette. En annen må bekrefte."
        )
        across.addWidget(confirm)
        return line

    def confirm(self, one: FileReader) -> None:
        facts = (("Kollega", one.name), ("Foreslått av", one.proposed_by), ("Grunn", one.reason))
        self.dialog = ConfirmDialog("Gi kollegaen tilgang?", facts, _FOLLOWS, "Gi tilgang", parent=self)
        self.dialog.accepted.connect(partial(self._confirmed, one))
        self.dialog.open()

    def _confirmed(self, one: FileReader) -> None:
        people = self._window.services.people
        self._window.save(
            lambda: people.confirm_reader(one.id), owner=self, said=f"{one.name} kan åpne mappen."
        )

    def end(self, one: FileReader) -> None:
        people = self._window.services.people
        self._window.save(lambda: people.end_reader(one.id), owner=self, said="Ingen har fått tilgang.")
