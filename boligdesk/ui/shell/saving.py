"""Reading and writing for the pages: lanes, status line, messages, undo, and what happens when it goes wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Signal

from boligdesk.services.errors import ConflictError, InvalidInput, NotAllowed, NotFound, UserError
from boligdesk.ui.shell.names import without_names
from boligdesk.ui.tasks import Lane
from boligdesk.ui.undo import Act, UndoStack

if TYPE_CHECKING:
    from boligdesk.services.records.common import Saved
    from boligdesk.services.undo import Undo
    from boligdesk.ui.tasks import Tasks

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Order:
    """One save as a page asked for it."""

    work: Callable[[], Saved]
    owner: QObject
    said: str = ""
    done: Callable[[Saved], None] | None = None
    invalid: Callable[[UserError], bool] | None = None
    conflict: Callable[[ConflictError], None] | None = None
    again: Callable[[dict[str, str]], None] | None = None


class Desk(QObject):
    """Where pages read and write.

    Signals go to the window: ``told`` (text, undo or None), ``failed`` (error, retry or None), ``bug``,
    ``conflicted`` (error, again or None), ``saving`` and ``saved`` for the status line.
    """

    told = Signal(str, object)
    failed = Signal(object, object)
    bug = Signal(object)
    conflicted = Signal(object, object)
    saving = Signal()
    saved = Signal()

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self.acts = UndoStack()
        self.undo_service: Undo | None = None
        self.hides_names = False
        self.under_way = 0
        self.has_failed = False

    # --- reading -------------------------------------------------------------------------------------------

    def query(self, work: Callable[[], T], done: Callable[[T], None], owner: QObject) -> None:
        def show(found: T) -> None:
            done(without_names(found) if self.hides_names else found)

        def wrong(error: BaseException) -> None:
            retry = None if isinstance(error, NotAllowed | NotFound | InvalidInput) else again
            self._tell_failure(error, retry)

        def again() -> None:
            if shiboken6.isValid(owner):
                self.query(work, done, owner)

        self._tasks.run(Lane.DATABASE, lambda _progress, _cancelled: work(), show, wrong, receiver=owner)

    # --- writing -------------------------------------------------------------------------------------------

    def save(self, order: Order) -> None:
        """Never dropped: it is carried out and told also when the page that asked is gone."""
        self._start(order, lambda error: self._refused(order, error))

    def _start(self, order: Order, refused: Callable[[BaseException], None]) -> None:
        self.under_way += 1
        self.has_failed = False
        self.saving.emit()
        self._tasks.run(
            Lane.DATABASE,
            lambda _progress, _cancelled: order.work(),
            lambda saved: self._stored(order, saved),
            refused,
        )

    def _stored(self, order: Order, saved: Saved) -> None:
        self._over()
        self._tasks.publish(saved.changes)
        if saved.event_id is not None and order.said:
            act = Act(saved.event_id, order.said)
            self.acts.did(act)
            self.told.emit(order.said, lambda: self.take_back(act))
        elif order.said:
            self.told.emit(order.said, None)
        if order.done is not None and shiboken6.isValid(order.owner):
            order.done(saved)

    def _refused(self, order: Order, error: BaseException) -> None:
        self.has_failed = True
        self._over()
        is_there = shiboken6.isValid(order.owner)
        if (
            isinstance(error, InvalidInput)
            and order.invalid is not None
            and is_there
            and order.invalid(error)
        ):
            return
        if isinstance(error, ConflictError):
            if order.conflict is not None and is_there:
                order.conflict(error)
            else:
                self.conflicted.emit(error, order.again)
            return
        can_help = not isinstance(error, InvalidInput | NotAllowed | NotFound)
        self._tell_failure(error, (lambda: self.save(order)) if can_help else None)

    def _over(self) -> None:
        self.under_way -= 1
        if not self.under_way:
            self.saved.emit()

    def _tell_failure(self, error: BaseException, retry: Callable[[], None] | None) -> None:
        if isinstance(error, UserError):
            self.failed.emit(error, retry)
        else:
            self.bug.emit(error)

    # --- undo ----------------------------------------------------------------------------------------------

    def undo(self) -> None:
        """Ctrl+Z: take back the last act of this session."""
        act = self.acts.last_done()
        if act is None:
            self.told.emit("Det er ingenting å angre.", None)
        else:
            self.take_back(act)

    def redo(self) -> None:
        """Ctrl+Y: bring back what was undone last."""
        act = self.acts.last_undone()
        if act is None:
            self.told.emit("Det er ingenting å gjøre om.", None)
            return
        self._reverse(act, "Gjort om", self.acts.redid)

    def take_back(self, act: Act) -> None:
        """[Angre] in the bar of this very act."""
        self._reverse(act, "Angret", self.acts.undid)

    def _reverse(self, act: Act, word: str, moved: Callable[[Act, Any], None]) -> None:
        service = self.undo_service
        if service is None:
            return

        def done(saved: Saved) -> None:
            moved(act, saved.event_id)
            self.told.emit(f"{word}: {act.said}", None)

        def refused(error: BaseException) -> None:
            if isinstance(error, UserError) and error.code == UserError.code:
                self.acts.forget(act)  # the store says that it can never be undone
            self._refused(order, error)

        order = Order(lambda: service.undo(act.event_id), self, done=done)
        self._start(order, refused)
