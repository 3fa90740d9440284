"""Nothing here yet, on its way, or failed: the same three everywhere."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from boligdesk.services.errors import UserError

from .basics import Button, IconLabel, Slot, label, row, wrapping
from .infobar import announce

SHOW_AFTER_MS = 300
CANCEL_AFTER_MS = 5000
_TEXT_WIDTH = 460


class _Centered(QWidget):
    """A narrow column in the middle of the space."""

    def __init__(self) -> None:
        super().__init__()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 16, 16, 16)
        outer.addStretch(2)
        self.column = QVBoxLayout()
        self.column.setSpacing(10)
        outer.addLayout(self.column)
        outer.addStretch(3)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def put(self, widget: QWidget) -> None:
        self.column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)

    def put_text(self, text: str, role: str) -> None:
        made = wrapping(text, role)
        made.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        made.setFixedWidth(_TEXT_WIDTH if len(text) > 50 else made.fontMetrics().horizontalAdvance(text) + 12)
        self.put(made)


class EmptyState(_Centered):
    """One sentence why, and one action: «Ingen saker passer med filteret. [Fjern filteret]»."""

    def __init__(
        self, sentence: str, action: str = "", slot: Slot | None = None, icon: str = "task_list_ltr"
    ) -> None:
        super().__init__()
        self.setAccessibleName(sentence)
        self.put(IconLabel(icon, "text3", 32))
        self.put_text(sentence, "sub")
        self.button = Button(action, slot) if action else None
        if self.button:
            self.put(self.button)


class LoadingState(_Centered):
    """«Henter 118 saker …» after 300 ms, [Avbryt] after 5 s. Never a spinner over the window."""

    def __init__(self, cancel: Slot | None = None) -> None:
        super().__init__()
        self.text = label("", "sub")
        self.put(self.text)
        self.button = Button("Avbryt hentingen", cancel)
        self.put(self.button)
        self._has_cancel = cancel is not None
        self._soon, self._long = QTimer(self), QTimer(self)
        for timer, delay, slot in (
            (self._soon, SHOW_AFTER_MS, self._appear),
            (self._long, CANCEL_AFTER_MS, self._offer_cancel),
        ):
            timer.setSingleShot(True)
            timer.setInterval(delay)
            timer.timeout.connect(slot)
        self.stop()

    def start(self, text: str) -> None:
        """Begin to wait for ``text`` («Henter 118 saker …»)."""
        self.text.setText(text)
        self._soon.start()
        if self._has_cancel:
            self._long.start()

    def stop(self) -> None:
        self._soon.stop()
        self._long.stop()
        self.button.hide()
        self.hide()

    def _appear(self) -> None:
        self.show()
        announce(self, self.text.text())

    def _offer_cancel(self) -> None:
        self.button.show()


class ErrorState(_Centered):
    """What happened, what is safe, what to do; [Prøv igjen]."""

    def __init__(
        self, title: str, what: str = "", safe: str = "", todo: str = "", retry: Slot | None = None
    ) -> None:
        super().__init__()
        self.put(IconLabel("dismiss_circle", "crit", 32))
        self.put_text(title, "strong")
        if text := " ".join(part for part in (what, safe, todo) if part):
            self.put_text(text, "sub")
        self.button = Button("Prøv igjen", retry, icon="arrow_clockwise") if retry else None
        if self.button:
            self.put(row(self.button))

    @classmethod
    def of(cls, error: UserError, retry: Slot | None = None) -> ErrorState:
        return cls(error.title, error.what, error.safe, error.todo, retry)
