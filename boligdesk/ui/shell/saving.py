"""Reading and writing for the pages: lanes, status line, messages, undo, and what happens when it goes wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Signal

from boligdesk.services.changes import NOTHING, Changes, Kind
from boligdesk.services.errors import ConflictError, InvalidInput, NotAllowed, NotFound, UserError
from boligdesk.services.records.common import Saved
from boligdesk.ui.shell.names import without_names
from boligdesk.ui.tasks import Lane
from boligdesk.ui.undo import Act, UndoStack

if TYPE_CHECKING:
    from uuid import UUID

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

    Signals go to the window: ``told`` (text, undo or None, tone), ``failed`` (error, retry or None), ``bug``,
    ``conflicted`` (error, again or None), ``saving`` and ``saved`` for the status line.
    """

    told = Signal(str, object, str)
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
        if order.done is not None and shiboken6.isValid(order.owner):
            order.done(saved)  # first: it may go to another page, and what is told would be gone
        if order.said and saved.event_id is not None:
            self.tell_act(Act((saved.event_id,), order.said))
        elif order.said:
            self.told.emit(order.said, None, "info")

    def tell_act(self, act: Act, tone: str = "info") -> None:
        """Say what was done with [Angre], and put it on the pile of Ctrl+Z."""
        self.acts.did(act)
        self.told.emit(act.said, lambda: self.take_back(act), tone)

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
            self.told.emit("Det er ingenting å angre.", None, "info")
        else:
            self.take_back(act)

    def redo(self) -> None:
        """Ctrl+Y: bring back what was undone last."""
        act = self.acts.last_undone()
        if act is None:
            self.told.emit("Det er ingenting å gjøre om.", None, "info")
            return
        self._reverse(act, "Gjort om", self.acts.redid)

    def take_back(self, act: Act) -> None:
        """[Angre] in the bar of this very act."""
        self._reverse(act, "Angret", self.acts.undid)

    def _reverse(self, act: Act, word: str, moved: Callable[[Act, Any], None]) -> None:
        service = self.undo_service
        if service is None:
            return

        reversing: list[UUID] = []

        def work() -> Saved:
            changes, saved = NOTHING, None
            for event_id in reversed(act.events):
                saved = service.undo(event_id)
                changes |= saved.changes
                if saved.event_id is not None:
                    reversing.append(saved.event_id)
            if saved is None:
                raise UserError("Det er ingenting å angre.")
            return Saved(saved.id, saved.version, changes, saved.event_id)

        def done(_saved: Saved) -> None:
            moved(act, tuple(reversing))
            self.told.emit(f"{word}: {act.said}", None, "info")

        def refused(error: BaseException) -> None:
            if reversing:  # some of several were taken back before one was refused
                moved(act, tuple(reversing))
            elif isinstance(error, UserError) and error.code == UserError.code:
                self.acts.forget(act)  # the store says that it can never be undone
            self._refused(order, error)
            if reversing:
                self._tasks.publish(Changes(frozenset(Kind)))

        order = Order(work, self, done=done)
        self._start(order, refused)
