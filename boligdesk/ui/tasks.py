"""Work off the window's thread, in two lanes: one database thread, one thread for the rest (files, print, import).

Work is a plain function of services. Its result comes back on the window's thread, unless the receiver is gone,
a newer request with the same key has taken its place, or the user cancelled it: then it is dropped.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import CancelledError, Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from enum import Enum
from threading import Event
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QDialog, QProgressBar, QVBoxLayout, QWidget

from boligdesk.services.errors import UserError
from boligdesk.ui.widgets.basics import Button, row, wrapping

T = TypeVar("T")
Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]
Work = Callable[[Progress, Cancelled], T]
SHOW_PROGRESS_MS = 400


class Lane(Enum):
    """Which thread: everything that touches the store goes in ``DATABASE``."""

    DATABASE = "database"
    OTHER = "other"


class ImmediateExecutor(Executor):
    """Runs work at once, in the caller's thread: for tests."""

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        future: Future[T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except BaseException as error:  # noqa: BLE001  the future carries it on, as a pool of threads does
            future.set_exception(error)
        return future


@dataclass(slots=True, eq=False)
class Job:
    """One piece of work under way. ``cancel`` asks it to stop; its result is then dropped."""

    title: str
    receiver: QObject | None
    key: str
    done: Callable[[Any], object] | None
    failed: Callable[[BaseException], object] | None
    _stop: Event = field(default_factory=Event)
    future: Future[Any] | None = None
    is_obsolete: bool = False
    is_over: bool = False

    def cancel(self) -> None:
        self._stop.set()
        self.is_obsolete = True
        if self.future is not None:
            self.future.cancel()

    def cancelled(self) -> bool:
        return self._stop.is_set()

    def is_wanted(self) -> bool:
        """Whether somebody still waits for the result."""
        is_alive = self.receiver is None or shiboken6.isValid(self.receiver)
        return is_alive and not self.is_obsolete


class Tasks(QObject):
    """The program's background work. One object for the whole window; ``shutdown`` it when the window closes.

    ``changed`` carries what a write touched (``services.changes.Changes``); pages connect and refresh themselves.
    ``user_error`` carries a UserError nobody took; ``bug`` any other exception nobody took.
    """

    changed = Signal(object)
    user_error = Signal(object)
    bug = Signal(object)
    idle = Signal()
    _finished = Signal(object)
    _progressed = Signal(object, int, int)

    def __init__(self, parent: QObject | None = None, *, immediate: bool = False) -> None:
        super().__init__(parent)
        self._lanes: dict[Lane, Executor] = {
            lane: ImmediateExecutor() if immediate else ThreadPoolExecutor(1, f"boligdesk-{lane.value}")
            for lane in Lane
        }
        self._jobs: list[Job] = []
        self._dialogs: dict[int, ProgressDialog] = {}
        self._closed = False
        # queued when emitted on a lane's thread, direct in tests that run work at once
        self._finished.connect(self._deliver, Qt.ConnectionType.AutoConnection)
        self._progressed.connect(self._show_progress, Qt.ConnectionType.AutoConnection)

    def run(
        self,
        lane: Lane,
        work: Work[T],
        done: Callable[[T], object] | None = None,
        failed: Callable[[BaseException], object] | None = None,
        *,
        receiver: QObject | None = None,
        key: str = "",
        title: str = "",
    ) -> Job:
        """Start ``work(progress, cancelled)``; ``done(result)`` or ``failed(error)`` follows on the window's thread.

        ``receiver``: drop the result if this object is gone. ``key``: an older job of the same receiver and key
        is obsolete. ``title``: show a progress window with [Avbryt] if it takes more than 400 ms.
        """
        job = Job(title, receiver, key, done, failed)
        if self._closed:  # asked by a timer while the window goes: nobody waits for an answer
            job.is_over = job.is_obsolete = True
            return job
        if key:
            for older in self._jobs:
                if older.key == key and older.receiver is receiver:
                    older.cancel()
        self._jobs.append(job)
        if title:
            QTimer.singleShot(SHOW_PROGRESS_MS, self, lambda: self._open_dialog(job))
        job.future = self._lanes[lane].submit(
            work, lambda at, of: self._progressed.emit(job, at, of), job.cancelled
        )
        job.future.add_done_callback(lambda _future: self._finished.emit(job))
        return job

    def publish(self, changes: object) -> None:
        """Tell every open page what was changed."""
        self.changed.emit(changes)

    def busy(self) -> bool:
        return bool(self._jobs)

    def shutdown(self) -> None:
        """Ask everything to stop and wait for the two threads to end. Work that has begun is finished first."""
        self._closed = True
        for job in list(self._jobs):
            job.cancel()
        for lane in self._lanes.values():
            lane.shutdown(wait=True, cancel_futures=True)
        self._jobs.clear()
        for dialog in self._dialogs.values():
            dialog.deleteLater()
        self._dialogs.clear()

    def _deliver(self, job: Job) -> None:
        job.is_over = True
        if job in self._jobs:
            self._jobs.remove(job)
        if dialog := self._dialogs.pop(id(job), None):
            dialog.hide()
            dialog.deleteLater()
        if not self._closed and job.is_wanted() and job.future is not None and not job.future.cancelled():
            self._hand_over(job, job.future)
        if not self._jobs:
            self.idle.emit()

    def _hand_over(self, job: Job, future: Future[Any]) -> None:
        error = future.exception()
        if error is None:
            if job.done is not None:
                job.done(future.result())
        elif job.failed is not None:
            job.failed(error)
        elif isinstance(error, UserError):
            self.user_error.emit(error)
        elif not isinstance(error, CancelledError):
            self.bug.emit(error)

    def _open_dialog(self, job: Job) -> None:
        if not job.is_over and not self._closed and job.is_wanted():
            parent = job.receiver if isinstance(job.receiver, QWidget) else None
            dialog = ProgressDialog(job, parent)
            self._dialogs[id(job)] = dialog
            dialog.open()

    def _show_progress(self, job: Job, at: int, of: int) -> None:
        if dialog := self._dialogs.get(id(job)):
            dialog.bar.setRange(0, of)
            dialog.bar.setValue(at)


class ProgressDialog(QDialog):
    """What is being done, how far it has come, and [Avbryt]."""

    def __init__(self, job: Job, parent: QWidget | None = None) -> None:
        super().__init__(parent.window() if parent else None)
        self._job = job
        self.setWindowTitle("Vent litt")
        self.setMinimumWidth(360)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(wrapping(job.title))
        self.bar = QProgressBar()
        self.bar.setAccessibleName(job.title)
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 0)
        column.addWidget(self.bar)
        self.button = Button("Avbryt arbeidet", self.reject)
        column.addWidget(row(self.button))

    def reject(self) -> None:
        """[Avbryt] and Esc: stop the work, not only the window."""
        self._job.cancel()
        super().reject()
