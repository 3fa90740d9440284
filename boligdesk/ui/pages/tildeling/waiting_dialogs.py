"""Acts on one in the waiting list: another priority, a pause, out of the list. Each with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from boligdesk.domain.allocation_catalog import WaitingState
from boligdesk.ui.widgets import DateField
from boligdesk.ui.widgets.act_dialog import ActDialog

if TYPE_CHECKING:
    from boligdesk.services.records.allocation import WaitingRow
    from boligdesk.ui.page import Window

_WIDTH = 480
_LEAVES = (
    (WaitingState.WITHDRAWN.value, "Søkeren har trukket søknaden"),
    (WaitingState.HOUSED.value, "Søkeren har fått bolig"),
    (WaitingState.LAPSED.value, "Godkjenningen er falt bort"),
)


def _who(row: WaitingRow) -> str:
    return f"{row.applicant} ({row.case_number})"


class PriorityDialog(ActDialog):
    def __init__(
        self, window: Window, row: WaitingRow, classes: tuple[tuple[str, str], ...], parent: QWidget
    ) -> None:
        super().__init__(
            window, "Endre prioritet", f"{_who(row)} har prioritet {row.priority_class} nå.", "Lagre prioriteten", parent, _WIDTH
        )  # fmt: skip
        self._row = row
        self.chosen = QComboBox()
        for code, words in classes:
            self.chosen.addItem(words, code)
        self.chosen.setCurrentIndex(max(self.chosen.findData(row.priority_class), 0))
        self.reason = QLineEdit()
        self.form.add("priority_class", "&Ny prioritet", self.chosen)
        self.form.add("reason", "&Hvorfor?", self.reason, "Begrunnelsen står i saken.")
        self.body.addWidget(self.form)
        self.body.addStretch(1)
        self.chosen.setFocus()

    def save(self) -> None:
        allocation, row = self.window_.services.allocation, self._row
        code, reason = str(self.chosen.currentData()), self.reason.text()
        self.send(lambda: allocation.change_priority(row.id, row.version, code, reason))

    def said(self) -> str:
        return "Prioriteten er endret."


class PauseDialog(ActDialog):
    def __init__(self, window: Window, row: WaitingRow, parent: QWidget) -> None:
        super().__init__(
            window, "Sett på pause", f"{_who(row)} kommer ikke med i forslag så lenge pausen varer.", "Sett på pause", parent, _WIDTH
        )  # fmt: skip
        self._row = row
        self.until = DateField(window.today)
        self.reason = QLineEdit()
        self.form.add("until", "&Til", self.until, "Tomt felt betyr til noen tar søkeren av pause.")
        self.form.add("reason", "&Hvorfor?", self.reason)
        self.body.addWidget(self.form)
        self.body.addStretch(1)
        self.until.setFocus()

    def save(self) -> None:
        if self.form.set_errors(self.form.own_errors()) is not None:
            return
        allocation, row, until, reason = (
            self.window_.services.allocation,
            self._row,
            self.until.value(),
            self.reason.text(),
        )
        self.send(lambda: allocation.pause(row.id, row.version, until, reason))

    def said(self) -> str:
        return "Søkeren er satt på pause."


class LeaveDialog(ActDialog):
    def __init__(self, window: Window, row: WaitingRow, parent: QWidget) -> None:
        super().__init__(
            window, "Ta ut av ventelisten", f"{_who(row)} kommer ikke lenger med i forslag.", "Ta ut av ventelisten", parent, _WIDTH
        )  # fmt: skip
        self._row = row
        self.state = QComboBox()
        for code, words in _LEAVES:
            self.state.addItem(words, code)
        self.reason = QLineEdit()
        self.form.add("state", "H&va har skjedd?", self.state)
        self.form.add("reason", "&Begrunnelse", self.reason)
        self.body.addWidget(self.form)
        self.body.addStretch(1)
        self.state.setFocus()

    def save(self) -> None:
        allocation, row = self.window_.services.allocation, self._row
        state, reason = str(self.state.currentData()), self.reason.text()
        self.send(lambda: allocation.leave_waiting(row.id, row.version, state, reason))

    def said(self) -> str:
        return "Søkeren er tatt ut av ventelisten."
