"""A person number, read while it is typed: which kind it is and what is special about it, in plain words.

No number is all right. A number that does not add up may be kept when somebody writes why.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from boligdesk.domain import identifiers
from boligdesk.domain.catalog import IdentifierKind
from boligdesk.domain.people import check_number, kind_of_number
from boligdesk.services.records.people import IdentifierDraft

from .basics import IconLabel, tidy, wrapping
from .fields import FieldRow

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from boligdesk.domain.people import NumberCheck

NO_NUMBER = "Uten nummer er helt i orden. Du kan legge det til senere."
KEEP_ANYWAY = "Rett nummeret, eller skriv under hvorfor det likevel skal brukes."
_LENGTH = 11
_LINE_WIDTH = 190
_AUTO = ""
_READ_AS = {"d-number": IdentifierKind.D_NUMBER, "h-number": IdentifierKind.H_NUMBER}


def read_kind(digits: str) -> IdentifierKind:
    """The kind the digits say; what looks like a person number but is wrong is still read as one."""
    found = kind_of_number(digits)
    if found is not IdentifierKind.OTHER:
        return found
    if not check_number(IdentifierKind.H_NUMBER, digits).is_refused:
        return IdentifierKind.H_NUMBER
    return _READ_AS.get(identifiers.check_person_number(digits).kind, IdentifierKind.FODSELSNUMMER)


class NumberField(QWidget):
    """``draft()`` is the number as typed, None without one; ``error()`` says why it cannot be stored yet."""

    changed = Signal()

    def __init__(self, birth_on: Callable[[], dt.date | None] = lambda: None) -> None:
        super().__init__()
        self._birth_on = birth_on
        column = QVBoxLayout(self)
        tidy(column, 6)
        self.line = QLineEdit()
        self.line.setMaximumWidth(_LINE_WIDTH)
        self.kind = QComboBox()
        self.kind.setAccessibleName("Hva slags nummer det er")
        self.kind.addItem("Les det av sifrene", _AUTO)
        for kind in IdentifierKind:
            self.kind.addItem(kind.label, kind.value)
        across = QHBoxLayout()
        tidy(across)
        across.addWidget(self.line, 1)
        across.addWidget(self.kind)
        across.addStretch(1)
        column.addLayout(across)
        self._said = QWidget()
        said = QHBoxLayout(self._said)
        tidy(said, 6)
        self._icon = IconLabel("info", "text2", 16)
        said.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        self.words = wrapping("", "sub")
        said.addWidget(self.words, 1)
        column.addWidget(self._said)
        self.reason = QLineEdit()
        self.reason_row = FieldRow("&Hvorfor skal nummeret likevel brukes?", self.reason)
        column.addWidget(self.reason_row)
        self.setFocusProxy(self.line)
        self.line.textChanged.connect(lambda _text: self._read())
        self.kind.currentIndexChanged.connect(lambda _index: self._read())
        self._read()

    def setAccessibleName(self, name: str) -> None:
        """The name goes to the line that takes the focus."""
        super().setAccessibleName(name)
        self.line.setAccessibleName(name)

    def digits(self) -> str:
        return identifiers.normalise(self.line.text())

    def set_value(self, number: str, kind: str = _AUTO, reason: str = "") -> None:
        self.kind.setCurrentIndex(max(self.kind.findData(kind), 0))
        self.line.setText(number)
        self.reason.setText(reason)

    def draft(self) -> IdentifierDraft | None:
        digits = self.digits()
        if not digits:
            return None
        reason = self.reason.text().strip() if self.check().is_refused else ""
        return IdentifierDraft(self.read_as().value, digits, reason)

    def read_as(self) -> IdentifierKind:
        chosen = self.kind.currentData()
        return IdentifierKind(chosen) if chosen else read_kind(self.digits())

    def check(self) -> NumberCheck:
        return check_number(self.read_as(), self.digits(), self._birth_on())

    def error(self) -> str:
        if not self.digits() or not self.check().is_refused or self.reason.text().strip():
            return ""
        return f"Nummeret stemmer ikke. {KEEP_ANYWAY}"

    def again(self) -> None:
        """Read once more: the birth date was changed."""
        self._read()

    def _read(self) -> None:
        digits = self.digits()
        is_refused = False
        if not digits:
            self._say("info", "text2", NO_NUMBER)
        elif len(digits) < _LENGTH and self.kind.currentData() != IdentifierKind.OTHER:
            is_refused = True
            missing = _LENGTH - len(digits)
            self._say("edit", "text2", f"{missing} {'siffer' if missing == 1 else 'sifre'} igjen.")
        else:
            is_refused = self._say_result()
        self.reason_row.setVisible(is_refused and len(digits) >= _LENGTH)
        self.changed.emit()

    def _say_result(self) -> bool:
        found, kind = self.check(), self.read_as()
        words = " ".join(found.remarks)
        if found.is_refused:
            self._say("dismiss_circle", "crit", f"Nummeret stemmer ikke som {_inside(kind)}. {words}")
        elif kind is IdentifierKind.OTHER:
            self._say("info", "text2", "Andre nummer blir ikke kontrollert.")
        elif found.remarks:
            self._say("info", "info", f"{kind.label}. {words}")
        else:
            self._say("checkmark_circle", "ok", f"{kind.label}. Kontrollsifrene stemmer.")
        return found.is_refused

    def _say(self, icon: str, role: str, words: str) -> None:
        self._icon.set_icon(icon, role)
        self.words.setText(words)


def _inside(kind: IdentifierKind) -> str:
    return kind.label if kind is IdentifierKind.D_NUMBER else kind.label.lower()
