"""Fields made from a short description: a line, a choice, a date, a tick, a longer text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QWidget

from boligdesk.ui.widgets import DateField, TriStateField

if TYPE_CHECKING:
    import datetime as dt

Choices = Sequence[tuple[Any, str]]
_TEXT_HEIGHT = 76


@dataclass(frozen=True, slots=True)
class Field:
    """``kind``: line, text, date, check, yes_no, or choice (then ``choices`` are (value, words))."""

    name: str
    label: str
    kind: str = "line"
    help: str = ""
    choices: Choices = ()


def make(field: Field, today: Callable[[], dt.date]) -> QWidget:
    """The widget of a field, empty."""
    if field.kind == "date":
        return DateField(today)
    if field.kind == "check":
        return QCheckBox(field.help)
    if field.kind == "yes_no":
        return TriStateField(field.label.replace("&", ""))
    if field.kind == "text":
        text = QPlainTextEdit()
        text.setTabChangesFocus(True)
        text.setFixedHeight(_TEXT_HEIGHT)
        return text
    if field.kind == "choice":
        choice = QComboBox()
        choice.setMinimumContentsLength(10)
        for value, words in field.choices:
            choice.addItem(words, value)
        return choice
    return QLineEdit()


def value_of(widget: QWidget) -> Any:
    """What stands in the field."""
    if isinstance(widget, DateField | TriStateField):
        return widget.value()
    if isinstance(widget, QLineEdit):
        return widget.text().strip()
    if isinstance(widget, QComboBox):
        return widget.currentData()
    if isinstance(widget, QCheckBox):
        return widget.isChecked()
    return widget.toPlainText() if isinstance(widget, QPlainTextEdit) else None


def put(widget: QWidget, value: Any) -> None:
    """Fill the field."""
    if isinstance(widget, DateField | TriStateField):
        widget.set_value(value)
    elif isinstance(widget, QLineEdit):
        widget.setText(str(value or ""))
    elif isinstance(widget, QComboBox):
        places = (place for place in range(widget.count()) if widget.itemData(place) == value)
        widget.setCurrentIndex(next(places, 0))  # findData does not know ids that are no Qt values
    elif isinstance(widget, QCheckBox):
        widget.setChecked(bool(value))
    elif isinstance(widget, QPlainTextEdit):
        widget.setPlainText(str(value or ""))
