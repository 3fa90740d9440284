"""One question of the catalogue as a field: the answer, where it comes from, and a clash with somebody else's answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QComboBox, QFrame, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from boligdesk.domain.calendar import short_date
from boligdesk.domain.catalog import FactSource, FactState
from boligdesk.domain.facts import MOST_TEXT, FactType, choices, in_words
from boligdesk.services.records.common import FactDraft
from boligdesk.ui.theme import set_role

from .basics import Button, label, row, tidy, wrapping
from .fields import DateField, FieldRow, MoneyField, TriStateField

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from boligdesk.domain.facts import FactAnswer, FactKind
    from boligdesk.services.records.common import FactValue

_NUMBER_WIDTH, _CODE_WIDTH, _TEXT_HIGH = 90, 320, 62
_NOT_ASKED = "Ikke spurt ennå"


class NumberField(QLineEdit):
    """A whole number between two bounds. Empty means unknown."""

    changed = Signal()

    def __init__(self, least: int, most: int) -> None:
        super().__init__()
        self._least, self._most = least, most
        self.setMaximumWidth(_NUMBER_WIDTH)
        self.textEdited.connect(lambda _text: self.changed.emit())

    def value(self) -> int | None:
        """The number, or None when empty or not understood (then ``error()`` says so)."""
        text = "".join(self.text().split())
        return int(text) if text.isascii() and text.isdigit() and not self.error() else None

    def set_value(self, number: int | None) -> None:
        self.setText("" if number is None else str(number))

    def error(self) -> str:
        text = "".join(self.text().split())
        if not text:
            return ""
        fits = text.isascii() and text.isdigit() and len(text) < 10 and self._least <= int(text) <= self._most
        return "" if fits else f"Skriv et tall fra {self._least} til {self._most}."


class CodeField(QComboBox):
    """One of a closed list; first «Vet ikke». The wheel scrolls the page, never the answer.

    ``former``: codes that are out of use; shown only where one is the answer.
    """

    changed = Signal()

    def __init__(self, codes: tuple[tuple[str, str], ...], former: tuple[tuple[str, str], ...] = ()) -> None:
        super().__init__()
        self._former = dict(former)
        self.setMaximumWidth(_CODE_WIDTH)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.addItem("Vet ikke", None)
        for code, words in codes:
            self.addItem(words, code)
        self.activated.connect(lambda _index: self.changed.emit())
        self.installEventFilter(self)

    def value(self) -> str | None:
        code = self.currentData()
        return None if code is None else str(code)

    def set_value(self, code: str | None) -> None:
        if code in self._former and self.findData(code) < 0:
            self.addItem(self._former[code], code)
        self.setCurrentIndex(max(self.findData(code), 0))

    def error(self) -> str:
        return ""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self and event.type() == QEvent.Type.Wheel and not self.view().isVisible():
            event.ignore()
            return True
        return super().eventFilter(watched, event)


class TextAnswer(QPlainTextEdit):
    """A few lines; Tab goes on. ``left`` comes when the field is left."""

    changed = Signal()
    left = Signal()

    def __init__(self, high: int = _TEXT_HIGH) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setFixedHeight(high)
        self.textChanged.connect(self.changed)

    def value(self) -> str | None:
        return self.toPlainText().strip() or None

    def set_value(self, text: str | None) -> None:
        self.setPlainText(text or "")

    def error(self) -> str:
        too_long = len(self.toPlainText()) > MOST_TEXT
        return f"Teksten kan ha høyst {MOST_TEXT} tegn. Legg resten ved som dokument." if too_long else ""

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


Answer = TriStateField | DateField | MoneyField | NumberField | CodeField | TextAnswer


def make_field(kind: FactKind, today: Callable[[], dt.date]) -> Answer:
    """The field that fits the type of answer."""
    if kind.type is FactType.YES_NO:
        return TriStateField()
    if kind.type is FactType.DATE:
        return DateField(today)
    if kind.type is FactType.MONEY:
        return MoneyField()
    if kind.type is FactType.NUMBER:
        return NumberField(kind.least, kind.most)
    if kind.type is FactType.CODE:
        return CodeField(choices(kind, today()), kind.codes)
    return TextAnswer()


class ClashRow(FieldRow):
    """A row of a form where two people's answers can be shown below the field, to choose one."""

    def show_clash(self, mine: str, theirs: str, by: str, keep_mine: Callable[[], None]) -> None:
        self.end_clash()
        box = QFrame()
        box.setObjectName("clash")
        set_role(box, "panel")
        inside = QVBoxLayout(box)
        inside.setContentsMargins(10, 8, 10, 8)
        who = by or "En kollega"
        said = f"{who} har svart «{theirs or 'Vet ikke'}» mens du svarte «{mine}». Ingenting er overskrevet."
        inside.addWidget(wrapping(said))

        def keep() -> None:
            self.end_clash()
            keep_mine()

        inside.addWidget(
            row(Button("Behold mitt svar", keep), Button("Bruk det andre svaret", self.end_clash))
        )
        layout = self.layout()
        if layout is not None:
            layout.addWidget(box)

    def end_clash(self) -> None:
        for box in self.findChildren(QFrame, "clash"):
            box.hide()
            box.setObjectName("")
            box.deleteLater()


class FactField(QWidget):
    """A question with its answer. ``answered`` comes when a new answer is given and can be read."""

    answered = Signal()

    def __init__(self, kind: FactKind, today: Callable[[], dt.date]) -> None:
        super().__init__()
        self.kind = kind
        self.stored: FactValue | None = None
        self.field = make_field(kind, today)
        self.field.setObjectName(kind.key)
        unit = f" (kr {kind.unit})".replace(" )", ")") if kind.type is FactType.MONEY else ""
        self.row = ClashRow(f"{kind.label}{unit}".replace("&", "&&"), self.field, kind.help)
        column = QVBoxLayout(self)
        tidy(column, 2)
        column.addWidget(self.row)
        self.caption = label(_NOT_ASKED, "cap", wrap=True)
        column.addWidget(self.caption)
        self._shown: FactAnswer = None
        self._touched = False
        self._listen()

    def set_stored(self, fact: FactValue | None) -> None:
        """What is known now. An answer that is being written and not yet sent is left alone."""
        self.stored = fact
        self.caption.setText(_caption(fact))
        if self._touched and self._value() != self._shown:
            return
        self._fill(_plain(self.kind, fact))

    def set_answer(self, state: str, value: FactAnswer) -> None:
        """Put an answer that is not stored yet into the field (a draft found again)."""
        shown = bool(value) if self.kind.type is FactType.YES_NO and value is not None else value
        self.field.set_value(shown if state == FactState.KNOWN else None)  # type: ignore[arg-type]  # by type
        self._touched = True

    def draft(self, source: str = FactSource.STAFF.value) -> FactDraft | None:
        """The answer, if it says something else than what was shown; None otherwise or when it cannot be read."""
        if self.error() or not self._touched:
            return None
        value = self._value()
        known_before = self.stored is not None and self.stored.state == FactState.KNOWN
        if value is None and not known_before and not self._says_unknown():
            return None
        if value == self._shown and (value is not None or self.stored is not None):
            return None
        state = FactState.UNKNOWN if value is None else FactState.KNOWN
        before = self.stored.id if self.stored else None
        stored = int(value) if isinstance(value, bool) else value
        return FactDraft(self.kind.key, state.value, stored, source, None, before)

    def sent(self) -> None:
        """The answer is on its way: it is what is shown from now on."""
        self._shown, self._touched = self._value(), False

    def error(self) -> str:
        return self.field.error()

    def show_error(self) -> None:
        self.row.set_error(self.error())

    def show_clash(self, mine: str, theirs: str, by: str, keep_mine: Callable[[], None]) -> None:
        """Two answers to this one question. The field shows the stored one until mine is insisted on."""
        self.row.show_clash(mine, theirs, by, keep_mine)

    def end_clash(self) -> None:
        self.row.end_clash()

    def words(self) -> str:
        """The answer in the field as a person reads it."""
        value = self._value()
        known = FactState.UNKNOWN if value is None else FactState.KNOWN
        return in_words(self.kind, known.value, int(value) if isinstance(value, bool) else value)

    def _value(self) -> FactAnswer:
        return self.field.value()

    def _says_unknown(self) -> bool:
        """«Vet ikke» is an answer where it is a button or a choice; an empty line is not."""
        return self.kind.type in {FactType.YES_NO, FactType.CODE} and self.stored is None

    def _fill(self, value: FactAnswer) -> None:
        blocked = self.field.blockSignals(True)
        self.field.set_value(value)  # type: ignore[arg-type]  # the field was made for this type
        self.field.blockSignals(blocked)
        self._shown, self._touched = self._value(), False
        self.row.set_error("")

    def _listen(self) -> None:
        self.field.changed.connect(self._touch)
        if isinstance(self.field, TriStateField | CodeField):
            self.field.changed.connect(self._leave)
        elif isinstance(self.field, TextAnswer):
            self.field.left.connect(self._leave)
        else:
            self.field.editingFinished.connect(self._leave)

    def _touch(self) -> None:
        self._touched = True

    def _leave(self) -> None:
        if not self._touched:
            return
        self.show_error()
        if not self.error():
            self.answered.emit()


def _plain(kind: FactKind, fact: FactValue | None) -> FactAnswer:
    """The value as the field takes it."""
    if fact is None or fact.state != FactState.KNOWN:
        return None
    return bool(fact.value) if kind.type is FactType.YES_NO and fact.value is not None else fact.value


def _caption(fact: FactValue | None) -> str:
    """«Søknad 26. okt. 2026 · Ingrid B.»."""
    if fact is None:
        return _NOT_ASKED
    codes = {source.value: source.label for source in FactSource}
    said = codes.get(fact.source, fact.source)
    day = fact.observed_on
    when = f"{said} {short_date(day)} {day.year}" if day else said
    start = fact.text if fact.state == FactState.NOT_RELEVANT else ""
    return " · ".join(part for part in (start, when, fact.by) if part)
