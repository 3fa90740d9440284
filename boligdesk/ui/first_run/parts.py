"""What the pages before the desk are made of: a narrow sheet in the middle, one thing at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QProgressBar, QScrollArea, QVBoxLayout, QWidget

from boligdesk.ui.theme import SPACE_3, set_role
from boligdesk.ui.widgets.basics import Button, label, tidy, wrapping

if TYPE_CHECKING:
    from collections.abc import Callable

WIDTH = 520


class Sheet(QScrollArea):
    """A card in the middle of the window; scrolls when the window is low. ``column`` takes the content."""

    def __init__(self, title: str, sub: str = "") -> None:
        super().__init__()
        self.setAccessibleName(title)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget()
        inner.setProperty("role", "scroll")
        outer = QVBoxLayout(inner)
        outer.addStretch(2)
        card = QFrame()
        set_role(card, "card")
        card.setFixedWidth(WIDTH)
        self.column = QVBoxLayout(card)
        self.column.setContentsMargins(24, 20, 24, 20)
        self.column.setSpacing(SPACE_3)
        self.title = wrapping(title, "h1")
        self.column.addWidget(self.title)
        if sub:
            self.column.addWidget(wrapping(sub, "sub"))
        middle = QHBoxLayout()  # an alignment would make Qt forget that wrapped text is higher when narrow
        middle.addStretch(1)
        middle.addWidget(card)
        middle.addStretch(1)
        outer.addLayout(middle)
        outer.addStretch(3)
        self.setWidget(inner)
        self.busy_text = label("", "sub")
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self._waiting = QWidget()
        waiting = QVBoxLayout(self._waiting)
        tidy(waiting, 6)
        waiting.addWidget(self.busy_text)
        waiting.addWidget(self.bar)
        self._waiting.hide()
        self._line: QWidget | None = None

    def finish(self, *buttons: Button, left: Button | None = None) -> None:
        """The place where waiting is told, and the buttons in the last row."""
        self.column.addWidget(self._waiting)
        self._line = QWidget()
        line = QHBoxLayout(self._line)
        tidy(line)
        if left is not None:
            line.addWidget(left)
        line.addStretch(1)
        for button in buttons:
            line.addWidget(button)
        self.column.addWidget(self._line)

    def set_busy(self, text: str) -> None:
        """«Åpner …» with a bar that moves; empty when it is over."""
        self.busy_text.setText(text)
        self.bar.setAccessibleName(text or "Ferdig")
        self._waiting.setVisible(bool(text))
        if self._line is not None:
            self._line.setEnabled(not text)

    def focus_start(self) -> None:
        """Put the focus where the work begins."""


class Progress(Sheet):
    """Only waiting: «Åpner …»."""

    def __init__(self, text: str) -> None:
        super().__init__("Boligdesk")
        self.finish()
        self.set_busy(text)


class Refusal(Sheet):
    """It cannot be opened: what happened, what is safe, what to do."""

    def __init__(
        self,
        title: str,
        sentences: tuple[str, ...],
        retry: Callable[[], object] | None = None,
        leave: Callable[[], object] | None = None,
    ) -> None:
        super().__init__(title)
        for sentence in sentences:
            if sentence:
                self.column.addWidget(wrapping(sentence))
        self.retry = Button("Prøv igjen", retry, icon="arrow_clockwise", kind="primary") if retry else None
        self.quit = Button("Avslutt Boligdesk", leave) if leave else None
        self.finish(*(button for button in (self.quit, self.retry) if button is not None))

    def focus_start(self) -> None:
        first = self.retry or self.quit
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)


def secret_field() -> QLineEdit:
    """A field whose text is not shown and not remembered by the input method."""
    made = QLineEdit()
    made.setEchoMode(QLineEdit.EchoMode.Password)
    made.setInputMethodHints(Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhSensitiveData)
    return made
