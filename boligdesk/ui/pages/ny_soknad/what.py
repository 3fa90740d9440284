"""«2 Hva?»: what is asked for, when and how it came, who takes it, and whether you know the applicant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from boligdesk.domain.access import Right
from boligdesk.domain.catalog import Asks, CaseKind, Channel
from boligdesk.ui.theme import SPACE_3
from boligdesk.ui.widgets import Button, Card, DateField, FieldRow, row, tidy, wrapping

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from uuid import UUID

    from boligdesk.services.records.common import User

#: What is asked for -> the kind of case; the first that is ticked decides.
KINDS = (
    (Asks.RENT, CaseKind.HOUSING),
    (Asks.SWAP, CaseKind.SWAP),
    (Asks.EXTENSION, CaseKind.EXTENSION),
    (Asks.ASSISTANCE, CaseKind.ASSISTANCE),
)
_CHANNELS = (Channel.PAPER, Channel.PHONE, Channel.VISIT, Channel.DIGITAL, Channel.OTHER)
_NOBODY = "Uten saksbehandler (fordeles senere)"


class KnowField(QWidget):
    """«Kjenner du søkeren?» [Nei] [Ja – gi saken videre]: no answer until one is given."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Kjenner du søkeren?")
        self.no, self.yes = Button("Nei"), Button("Ja – gi saken videre")
        column = QVBoxLayout(self)
        tidy(column)
        column.addWidget(row(self.no, self.yes))
        for button, value in ((self.no, False), (self.yes, True)):
            button.setCheckable(True)
            button.setAccessibleName(f"Kjenner du søkeren? {button.text()}")
            button.clicked.connect(lambda _on, value=value: self._choose(value))
        self.setFocusProxy(self.no)

    def _choose(self, value: bool) -> None:
        self.set_value(value)
        self.changed.emit()

    def value(self) -> bool | None:
        if self.no.isChecked() == self.yes.isChecked():
            return None
        return self.yes.isChecked()

    def set_value(self, value: bool | None) -> None:
        self.no.setChecked(value is False)
        self.yes.setChecked(value is True)


class WhatCard(Card):
    """``changed`` comes at every change, for the draft."""

    changed = Signal()

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__("2 Hva?")
        self._today = today
        self._me: UUID | None = None
        self._users: list[User] = []
        self._touched_assignee = False
        self.body.setSpacing(SPACE_3)
        self.asks: dict[Asks, QCheckBox] = {}
        asks = QWidget()
        column = QVBoxLayout(asks)
        tidy(column, 2)
        for ask, _kind in KINDS:
            self.asks[ask] = QCheckBox(ask.label)
            self.asks[ask].toggled.connect(lambda _on: self.changed.emit())
            column.addWidget(self.asks[ask])
        asks.setFocusProxy(self.asks[Asks.RENT])
        self.rows = {"asks": FieldRow("Hva søker personen om?", asks)}
        self.add(self.rows["asks"])
        self.received = DateField(today)
        self.channel = QComboBox()
        for channel in _CHANNELS:
            self.channel.addItem(channel.label, channel.value)
        self.channel.setMaximumWidth(180)
        self.rows["received_on"] = FieldRow("&Mottatt", self.received)
        self.rows["channel"] = FieldRow("&Kanal", self.channel)
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE_3)
        grid.addWidget(self.rows["received_on"], 0, 0)
        grid.addWidget(self.rows["channel"], 0, 1)
        grid.setColumnStretch(2, 1)
        self.body.addLayout(grid)
        self.assignee = QComboBox()
        self.assignee.setMaximumWidth(320)
        self.rows["assignee_id"] = FieldRow("&Saksbehandler", self.assignee)
        self.why = wrapping("", "sub")
        self.add(self.rows["assignee_id"])
        self.add(self.why)
        self.knows = KnowField()
        self.rows["knows_applicant"] = FieldRow("Kjenner du søkeren?", self.knows)
        self.add(self.rows["knows_applicant"])
        self.grounds = QLineEdit()
        self.grounds.setMaxLength(300)
        self.rows["conflict_grounds"] = FieldRow(
            "&Hvordan kjenner du søkeren?", self.grounds, "For eksempel familie, nabo eller venn."
        )
        self.add(self.rows["conflict_grounds"])
        self.assignee.activated.connect(lambda _index: self._assignee_chosen())
        self.received.changed.connect(self.changed)
        self.channel.activated.connect(lambda _index: self.changed.emit())
        self.grounds.textChanged.connect(lambda _text: self.changed.emit())
        self.knows.changed.connect(self._knows_answered)
        self.start()

    def start(self) -> None:
        """A new application: a paper about renting that came today."""
        for ask, box in self.asks.items():
            box.setChecked(ask is Asks.RENT)
        self.received.set_value(self._today())
        self.channel.setCurrentIndex(0)
        self._touched_assignee = False
        self._say_why("")
        self.knows.set_value(None)
        self.grounds.clear()
        self.rows["conflict_grounds"].hide()
        self.set_errors({})

    def set_users(self, users: list[User], me: UUID) -> None:
        self._users, self._me = users, me
        self._fill_users(self.assignee.currentData())

    def suggest(self, user_id: UUID | None, why: str) -> None:
        """Who the office's rule points at, and why; a choice already made stands."""
        if self._touched_assignee:
            return
        self._fill_users(user_id)
        self._say_why(why)

    def _say_why(self, text: str) -> None:
        self.why.setText(text)
        self.why.setVisible(bool(text))

    def asked(self) -> tuple[str, ...]:
        return tuple(ask.value for ask, box in self.asks.items() if box.isChecked())

    def kind(self) -> str:
        return next((kind.value for ask, kind in KINDS if self.asks[ask].isChecked()), CaseKind.HOUSING.value)

    def is_own_choice(self) -> bool:
        """Somebody was chosen here, or the rule's choice may not stand (you know the applicant)."""
        return self._touched_assignee or bool(self.knows.value())

    def own_errors(self) -> dict[str, str]:
        """What is missing or cannot be read, by field."""
        found = {}
        if not self.asked():
            found["asks"] = "Velg hva personen søker om."
        if self.received.error():
            found["received_on"] = self.received.error()
        elif self.received.value() is None:
            found["received_on"] = "Skriv datoen søknaden kom."
        if self.knows.value() is None:
            found["knows_applicant"] = "Svar på om du kjenner søkeren."
        elif self.knows.value() and not self.grounds.text().strip():
            found["conflict_grounds"] = "Skriv kort hvordan du kjenner søkeren."
        return found

    def set_errors(self, errors: dict[str, str]) -> bool:
        """Beside the fields; the first gets the focus. True when there was one here."""
        first: QWidget | None = None
        for name, line in self.rows.items():
            line.set_error(errors.get(name, ""))
            first = first or (line.field if errors.get(name) else None)
        if first is not None:
            first.setFocus()
        return first is not None

    def _fill_users(self, chosen: object) -> None:
        knows = self.knows.value()
        self.assignee.clear()
        for user in self._users:
            if not (knows and user.id == self._me):
                self.assignee.addItem(f"{user.name} (meg)" if user.id == self._me else user.name, user.id)
        self.assignee.addItem(_NOBODY, None)
        ids = [self.assignee.itemData(place) for place in range(self.assignee.count())]
        self.assignee.setCurrentIndex(ids.index(chosen) if chosen in ids else len(ids) - 1)

    def _assignee_chosen(self) -> None:
        self._touched_assignee = True
        self._say_why("Valgt av deg.")
        self.changed.emit()

    def _knows_answered(self) -> None:
        knows = bool(self.knows.value())
        self.rows["conflict_grounds"].setVisible(knows)
        self.rows["knows_applicant"].set_error("")
        self._fill_users(self.assignee.currentData())
        if knows:
            self._say_why("Du kan ikke ha saken når du kjenner søkeren. Velg en kollega.")
            self.grounds.setFocus()
        self.changed.emit()


def case_workers(users: tuple[User, ...], me: UUID) -> list[User]:
    """Active users who work on cases: me first, then by name."""
    found = [user for user in users if user.active and Right.WRITE_CASES in user.rights]
    return sorted(found, key=lambda user: (user.id != me, user.name.casefold()))
