"""Long work told in its place: what is being done, how far it has come, and a button that stops it.

Unlike the progress window of ``Tasks``, stopping only asks: what became of the work is always told. An import
that was already stored when the button was pressed must not look stopped.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from boligdesk.services.errors import UserError
from boligdesk.ui.theme import SPACE_3
from boligdesk.ui.widgets import Button, announce, label, tidy

if TYPE_CHECKING:
    from boligdesk.ui.tasks import Lane, Tasks, Work

T = TypeVar("T")
SHOW_AFTER_MS = 300


class WorkLine(QWidget):
    """One piece of work at a time; ``busy_changed`` lets the rest of the tab be put out of use meanwhile."""

    busy_changed = Signal(bool)
    _step = Signal(int, int)

    def __init__(self, tasks: Tasks) -> None:
        super().__init__()
        self._tasks = tasks
        self._stop = Event()
        self._words = ""
        self.busy = False
        line = QHBoxLayout(self)
        tidy(line, SPACE_3)
        self.text = label("", "strong")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.button = Button("Avbryt", self.stop)
        line.addWidget(self.text)
        line.addWidget(self.bar, 1)
        line.addWidget(self.button)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SHOW_AFTER_MS)
        self._soon.timeout.connect(self._appear)
        self._step.connect(self._show_step)
        self.hide()

    def run(
        self,
        lane: Lane,
        words: str,
        work: Work[T],
        done: Callable[[T], object],
        failed: Callable[[UserError], object],
        *,
        stop: str = "Avbryt arbeidet",
    ) -> None:
        """``words`` say what is done («Leser lista …»), ``stop`` what the button stops; empty when it cannot be."""
        if self.busy:
            return
        self._stop = asked = Event()
        self._words = words
        self.text.setText(words)
        self.bar.setAccessibleName(words)
        self.bar.setRange(0, 0)
        self.button.setText(stop)
        self.button.setVisible(bool(stop))
        self.button.setEnabled(True)
        self._set_busy(True)
        self._tasks.run(
            lane,
            lambda _progress, _cancelled: work(self._step.emit, asked.is_set),
            lambda result: self._over(lambda: done(result)),
            lambda error: self._over(lambda: self._failed(error, failed)),
            receiver=self,
        )

    def stop(self) -> None:
        self._stop.set()
        self.button.setEnabled(False)
        self.text.setText("Stopper …")

    def _failed(self, error: BaseException, failed: Callable[[UserError], object]) -> None:
        if isinstance(error, UserError):
            failed(error)
        else:
            self._tasks.bug.emit(error)

    def _over(self, then: Callable[[], object]) -> None:
        self._set_busy(False)
        then()

    def _set_busy(self, busy: bool) -> None:
        self.busy = busy
        if busy:
            self._soon.start()
        else:
            self._soon.stop()
            self.hide()
        self.busy_changed.emit(busy)

    def _appear(self) -> None:
        self.show()
        announce(self, self._words)

    def _show_step(self, at: int, of: int) -> None:
        self.bar.setRange(0, of)
        self.bar.setValue(at)
        if not of and at and not self._stop.is_set():
            self.text.setText(f"{self._words} {at} rader")
