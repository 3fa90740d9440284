"""Before a strictly confidential file is opened: the reason is written first (ui.md 3.9)."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from boligdesk.ui.theme import SPACE_3
from boligdesk.ui.widgets import Button, Card, FormSection, IconLabel, label, row, tidy, wrapping

_WIDTH = 520


class _Line(QLineEdit):
    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self.entered.emit()
            return
        super().keyPressEvent(event)


class ReasonGate(QWidget):
    """``answered`` carries the reason. Says nothing about who the file is about."""

    answered = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 24, 0, 0)
        card = Card()
        card.setFixedWidth(_WIDTH)
        column = QVBoxLayout()
        tidy(column, SPACE_3)
        column.addWidget(
            row(IconLabel("lock_closed", "lock", 24), label("Mappen er strengt fortrolig", "h1"))
        )
        column.addWidget(
            wrapping("Skriv hvorfor du åpner den. Det du skriver, blir loggført sammen med navnet ditt.")
        )
        self.form = FormSection()
        self.reason = _Line()
        self.form.add("reason", "&Hvorfor åpner du mappen?", self.reason)
        column.addWidget(self.form)
        self.open_button = Button("Åpne mappen", self.answer, kind="primary")
        column.addWidget(row(self.open_button))
        card.body.addLayout(column)
        outer.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addStretch(1)
        self.reason.entered.connect(self.answer)

    def ask(self, fault: str = "") -> None:
        """Start anew; ``fault`` is what was wrong with the last answer."""
        self.reason.clear()
        self.form.set_errors({"reason": fault} if fault else {})
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def answer(self) -> None:
        words = self.reason.text().strip()
        if not words:
            self.form.set_errors({"reason": "Skriv hvorfor du åpner mappen."})
            return
        self.answered.emit(words)
