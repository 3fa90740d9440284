"""What the caseworker writes and chooses in a letter: free texts, days, lists, written form."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QPlainTextEdit, QWidget

from boligdesk.domain.letter_fields import BY_KEY, label_of
from boligdesk.domain.letters import LANGUAGES
from boligdesk.services.records.letters import LetterTexts
from boligdesk.ui.widgets import Button, Card, DateField, FormSection, SegmentedFilter, label, row

from . import words

if TYPE_CHECKING:
    from collections.abc import Callable

    from boligdesk.services.records.letters import LetterDetail
    from boligdesk.services.records.papers import FreeText, LetterValue

_LINES, _READ_LINES, _LIST_LINES = 3, 2, 4


class TextBox(QPlainTextEdit):
    """A text of a few lines that grows with what is written; Tab goes on to the next field."""

    def __init__(self, lines: int = _LINES) -> None:
        super().__init__()
        self._least = lines
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.textChanged.connect(self._grow)
        self._grow()

    def _grow(self) -> None:
        rows = max(self._least, min(int(self.document().size().height()) + 1, 16))
        self.setFixedHeight(rows * self.fontMetrics().lineSpacing() + 18)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()  # the page's own key
            return
        super().keyPressEvent(event)


class WritingCard(Card):
    """``changed`` after each change; ``value`` is what to show and save. Read-only for whoever approves."""

    changed = Signal()

    def __init__(self, today: Callable[[], dt.date]) -> None:
        super().__init__("Det du skriver")
        self._today = today
        self.texts: dict[str, TextBox] = {}
        self.days: dict[str, DateField] = {}
        self.lists: dict[str, TextBox] = {}
        self._touched: set[str] = set()
        self._form = FormSection()
        self._read_only = False
        self.language = SegmentedFilter("Målform", LANGUAGES)
        self.language.changed.connect(lambda _key: self.changed.emit())
        self._language_line = row(label("Målform", "sub"), self.language)
        self.add(self._language_line)
        self.add(self._form)

    def build(self, detail: LetterDetail, *, read_only: bool) -> None:
        """The fields of this letter, filled."""
        self.body.removeWidget(self._form)
        self._form.hide()
        self._form.deleteLater()
        self._form = FormSection()
        self.add(self._form)
        self.texts, self.days, self.lists, self._touched = {}, {}, {}, set()
        self._read_only = read_only
        for key, value in detail.choices.items():
            if key in BY_KEY:
                self._add_choice(key, value)
        for free in detail.free_texts:
            self._add_text(free, detail.texts.get(free.key, ""))
        self.language.set_value(detail.language if detail.language in dict(LANGUAGES) else "nb")
        self._language_line.setVisible(not read_only)
        if self.heading is not None:
            self.heading.title.setText("Det som er skrevet" if read_only else "Det du skriver")
        self.setVisible(self.has_fields)

    def refill(self, detail: LetterDetail, before: LetterDetail) -> None:
        """The same letter after it was saved: what is stored now, where nothing new is written."""
        for key, box in self.texts.items():
            stored, known = detail.texts.get(key, ""), before.texts.get(key, "")
            if stored != known and box.toPlainText().strip() == known.strip():
                with QSignalBlocker(box):
                    box.setPlainText(stored)

    @property
    def has_fields(self) -> bool:
        return bool(self.texts or self.days or self.lists)

    def value(self) -> LetterTexts:
        return LetterTexts(
            {key: box.toPlainText() for key, box in self.texts.items()},
            {key: self._choice(key) for key in self._touched} or None,
            self.language.value(),
        )

    def errors(self) -> dict[str, str]:
        """Days that cannot be read."""
        return self._form.own_errors()

    def show_errors(self, errors: dict[str, str]) -> None:
        self._form.set_errors(errors)

    def fix(self, target: str) -> bool:
        """Put the focus where ``target`` is written; False when it is not here."""
        fields: dict[str, QWidget] = {**self.texts, **self.days, **self.lists}
        field = fields.get(target)
        if field is None:
            return False
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def mark(self, targets: dict[str, str]) -> None:
        """Say beside each field what its finding says; the others are cleared."""
        for name, line in self._form.rows.items():
            wanted = targets.get(name, "")
            if line.error() != wanted:
                line.set_error(wanted)

    def first_field(self) -> QWidget | None:
        """Where writing begins: the first that is empty, else the first."""
        fields: list[Any] = [*self.days.values(), *self.lists.values(), *self.texts.values()]
        empty = (
            one for one in fields if not (one.text() if isinstance(one, DateField) else one.toPlainText())
        )
        return next(empty, fields[0] if fields else None)

    def _choice(self, key: str) -> LetterValue:
        if key in self.days:
            return self.days[key].value()
        lines = (line.strip(" -•\t") for line in self.lists[key].toPlainText().splitlines())
        return tuple(line for line in lines if line)

    def _add_choice(self, key: str, value: LetterValue) -> None:
        if words.is_day(key):
            day = DateField(self._today)
            day.set_value(value if isinstance(value, dt.date) else None)
            day.setReadOnly(self._read_only)
            day.changed.connect(lambda: self._choice_changed(key))
            self.days[key] = day
            self._form.add(key, label_of(key), day)
            return
        box = TextBox(_LIST_LINES)
        box.setPlainText("\n".join(value) if isinstance(value, tuple) else "")
        box.setReadOnly(self._read_only)
        box.textChanged.connect(lambda: self._choice_changed(key))
        self.lists[key] = box
        self._form.add(key, label_of(key), box, "Én ting per linje.")

    def _choice_changed(self, key: str) -> None:
        self._touched.add(key)
        self.changed.emit()

    def _add_text(self, free: FreeText, text: str) -> None:
        box = TextBox(_READ_LINES if self._read_only else _LINES)
        box.setPlainText(text)
        box.setReadOnly(self._read_only)
        box.textChanged.connect(self.changed.emit)
        self.texts[free.key] = box
        line = self._form.add(free.key, free.label, box, "" if self._read_only else free.help)
        layout = line.layout()
        if free.suggestions and not self._read_only and layout is not None:
            button = self._suggestions(free, box)
            layout.addWidget(button)

    @staticmethod
    def _suggestions(free: FreeText, box: TextBox) -> Button:
        """«Sett inn tekstforslag»: always to be edited, never sent by itself."""
        button = Button("Sett inn tekstforslag …", icon="add", kind="link")
        menu = QMenu(button)
        for title, text in free.suggestions:
            menu.addAction(title).triggered.connect(lambda _checked=False, text=text: _insert(box, text))
        button.setMenu(menu)
        button.setAccessibleName(f"Sett inn tekstforslag i {free.label}")
        return button


def _insert(box: TextBox, text: str) -> None:
    """At the end, as a paragraph of its own, and marked so that it is read before it is kept."""
    before = box.toPlainText().rstrip()
    cursor = box.textCursor()
    cursor.movePosition(cursor.MoveOperation.End)
    start = cursor.position()
    cursor.insertText(f"\n\n{text}" if before else text)
    cursor.setPosition(start)
    cursor.movePosition(cursor.MoveOperation.End, cursor.MoveMode.KeepAnchor)
    box.setTextCursor(cursor)
    box.setFocus(Qt.FocusReason.OtherFocusReason)
