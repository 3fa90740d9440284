"""Fields of a form. All have ``value()``, ``set_value()``, ``changed`` and ``error()`` (empty when all is well)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from boligdesk.ui.icons import icon
from boligdesk.ui.theme import SPACE_3, font, restyle, theme

from .basics import Button, IconLabel, SectionHeading, label, tidy, wrapping
from .parsing import parse_date, parse_money, show_date, show_money

DATE_WIDTH, MONEY_WIDTH = 150, 130


class DateField(QLineEdit):
    """A date as people write it; shown as 24.11.2026 when the field is left. Empty means unknown.

    The button in it and Alt+Down open a calendar; a day chosen there counts as typed and the field as left.
    """

    changed = Signal()

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self._today = today
        self.setMaximumWidth(DATE_WIDTH)
        self.setToolTip(
            "Skriv 24.11.2026, 241126 eller «i dag», eller velg i kalenderen (Alt+Pil ned). "
            "La feltet stå tomt hvis datoen er ukjent."
        )
        self.textEdited.connect(lambda _text: self.changed.emit())
        self._opener = self.addAction(icon("calendar_ltr"), QLineEdit.ActionPosition.TrailingPosition)
        self._opener.setText("Åpne kalenderen")
        self._opener.setToolTip("Åpne kalenderen (Alt+Pil ned)")
        self._opener.triggered.connect(self.open_calendar)
        theme().changed.connect(self._retint)

    def open_calendar(self) -> None:
        """Point at a day; starts at the one that stands in the field."""
        from .calendar import CalendarPopup  # most fields are only typed in

        if self.isReadOnly() or not self.isEnabled():
            return
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        CalendarPopup(self, self._today(), self.value(), self._pick).show_at(self)

    def _pick(self, day: date) -> None:
        self.set_value(day)
        self.changed.emit()
        self.editingFinished.emit()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.open_calendar()
        else:
            super().keyPressEvent(event)

    def _retint(self) -> None:
        self._opener.setIcon(icon("calendar_ltr"))

    def value(self) -> date | None:
        """The date, or None when empty or not understood (then ``error()`` says so)."""
        try:
            return parse_date(self.text(), self._today())
        except ValueError:
            return None

    def set_value(self, day: date | None) -> None:
        self.setText(show_date(day))

    def error(self) -> str:
        try:
            parse_date(self.text(), self._today())
        except ValueError as wrong:
            return str(wrong)
        return ""

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if not self.error():
            self.set_value(self.value())
        super().focusOutEvent(event)


class MoneyField(QLineEdit):
    """An amount in kroner; the value is whole øre. Empty means unknown. Put «kr» in the label."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setMaximumWidth(MONEY_WIDTH)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.textEdited.connect(lambda _text: self.changed.emit())

    def value(self) -> int | None:
        """Øre, or None when empty or not understood (then ``error()`` says so)."""
        try:
            return parse_money(self.text())
        except ValueError:
            return None

    def set_value(self, ore: int | None) -> None:
        self.setText(show_money(ore))

    def error(self) -> str:
        try:
            parse_money(self.text())
        except ValueError as wrong:
            return str(wrong)
        return ""

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if not self.error():
            self.set_value(self.value())
        super().focusOutEvent(event)


class TriStateField(QWidget):
    """Ja · Nei · Vet ikke, one of three; None is «Vet ikke». One tab stop, arrow keys move, Space chooses."""

    changed = Signal()

    def __init__(self, name: str = "") -> None:
        super().__init__()
        line = QHBoxLayout(self)
        tidy(line, 4)
        self._group = QButtonGroup(self)
        self._buttons: dict[bool | None, Button] = {}
        for value, word in ((True, "Ja"), (False, "Nei"), (None, "Vet ikke")):
            button = Button(word)
            button.setCheckable(True)
            button.setMinimumWidth(int(button.fontMetrics().horizontalAdvance(word)) + 36)
            button.toggled.connect(lambda on, button=button: button.setFont(font("strong" if on else "body")))
            button.clicked.connect(lambda _checked=False: self.changed.emit())
            self._group.addButton(button)
            self._buttons[value] = button
            line.addWidget(button)
        line.addStretch(1)
        self.set_name(name)
        self.set_value(None)

    def set_name(self, name: str) -> None:
        """The question, said by screen readers before each answer."""
        self.setAccessibleName(name)
        for button in self._buttons.values():
            button.setAccessibleName(f"{name}: {button.text()}" if name else button.text())

    def value(self) -> bool | None:
        return next((value for value, button in self._buttons.items() if button.isChecked()), None)

    def set_value(self, value: bool | None) -> None:
        self._buttons[value].setChecked(True)
        self.setFocusProxy(self._buttons[value])

    def error(self) -> str:
        """There is no wrong answer."""
        return ""


class FieldRow(QWidget):
    """Label (with ``&`` for its access key), field, help, and the error with its icon right below the field."""

    def __init__(self, text: str, field: QWidget, help_text: str = "") -> None:
        super().__init__()
        self.field = field
        column = QVBoxLayout(self)
        tidy(column, 4)
        self.label = QLabel(text)
        self.label.setFont(font("strong"))
        self.label.setBuddy(field)
        column.addWidget(self.label)
        if help_text:
            column.addWidget(wrapping(help_text, "cap"))
        column.addWidget(field)
        self._error_line = QWidget()
        line = QHBoxLayout(self._error_line)
        tidy(line, 6)
        line.addWidget(IconLabel("dismiss_circle", "crit", 16), 0, Qt.AlignmentFlag.AlignTop)
        self._error = label("", "error", wrap=True)
        line.addWidget(self._error, 1)
        column.addWidget(self._error_line)
        self._plain = text.replace("&", "")
        self._help = help_text
        self.set_error("")
        if isinstance(field, TriStateField):
            field.set_name(self._plain)
        if isinstance(field, DateField | MoneyField):
            field.installEventFilter(self)

    def set_error(self, text: str) -> None:
        """Show what is wrong (icon, text and edge); empty takes it away. The name carries it to screen readers."""
        self._error.setText(text)
        self._error_line.setVisible(bool(text))
        restyle(self.field, "bad", "true" if text else "false")
        if not isinstance(self.field, TriStateField):
            self.field.setAccessibleName(". ".join(part for part in (self._plain, self._help, text) if part))

    def error(self) -> str:
        return self._error.text()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut and isinstance(watched, DateField | MoneyField):
            self.set_error(watched.error())
        return super().eventFilter(watched, event)


class FormSection(QWidget):
    """A heading and its rows; keeps the rows by field name so that errors find their place."""

    def __init__(self, title: str = "", sub: str = "") -> None:
        super().__init__()
        self.body = QVBoxLayout(self)
        tidy(self.body, SPACE_3)
        self.rows: dict[str, FieldRow] = {}
        if title:
            self.body.addWidget(SectionHeading(title, sub))

    def add(self, name: str, text: str, field: QWidget, help_text: str = "") -> FieldRow:
        """A row for the record's field ``name``; the field gets it as objectName."""
        field.setObjectName(name)
        made = FieldRow(text, field, help_text)
        self.rows[name] = made
        self.body.addWidget(made)
        return made

    def set_errors(self, errors: dict[str, str]) -> QWidget | None:
        """Show these, clear the others, move the focus to the first; returns that field."""
        first: QWidget | None = None
        for name, line in self.rows.items():
            line.set_error(errors.get(name, ""))
            if first is None and errors.get(name):
                first = line.field
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        return first

    def own_errors(self) -> dict[str, str]:
        """What the fields themselves cannot read (dates, amounts), by name."""
        found = {name: line.field.error() for name, line in self.rows.items() if hasattr(line.field, "error")}
        return {name: text for name, text in found.items() if text}
