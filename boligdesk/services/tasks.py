"""Min dag: what must be done, and the one next step."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from boligdesk.domain.access import Right
from boligdesk.domain.catalog import TaskKind
from boligdesk.domain.tasks import BY_HAND
from boligdesk.domain.text import clean
from boligdesk.services.changes import Changes, Kind
from boligdesk.services.errors import InvalidInput
from boligdesk.services.records.common import Saved

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable
    from uuid import UUID

    from boligdesk.services.ports import Work
    from boligdesk.services.ports.cases import Stored
    from boligdesk.services.records.common import Page, Sort
    from boligdesk.services.records.work import (
        TaskCounts,
        TaskDetail,
        TaskDraft,
        TaskFilter,
        TaskLoad,
        TaskRow,
    )
    from boligdesk.services.session import Session

_MOST_REASON = 300
_LAST_YEAR = 2200


class Tasks:
    """Every method raises NotFound for a task outside the user's lists, NotAllowed without the right."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def page(self, wanted: TaskFilter, sort: Sort, offset: int = 0, limit: int = 200) -> Page[TaskRow]:
        """Sort keys: due, kind, concerns, case, made."""
        self._session.require(Right.READ_PEOPLE)
        return self._session.read(lambda view: view.tasks.page(wanted, sort, offset, limit))

    def counts(self) -> TaskCounts:
        """The tabs and the head line; each number is the length of the list it opens."""
        self._session.require(Right.READ_PEOPLE)
        return self._session.read(lambda view: view.tasks.counts())

    def load(self) -> tuple[TaskLoad, ...]:
        """What the team has to do, by colleague: nobody's first, then whoever is most behind."""
        self._session.require(Right.READ_PEOPLE)
        return self._session.read(lambda view: view.tasks.load())

    def detail(self, task_id: UUID) -> TaskDetail:
        self._session.require(Right.READ_PEOPLE)
        return self._session.read(lambda view: view.tasks.detail(task_id))

    def of_case(self, case_id: UUID) -> tuple[TaskRow, ...]:
        """What is open on a case, also what Min dag does not show yet."""
        self._session.require(Right.READ_PEOPLE)
        return self._session.read(lambda view: view.tasks.of_case(case_id))

    def finish(self, task_id: UUID, version: int) -> Saved:
        """Done; the deadline it follows is met. Can be undone."""
        return self._write(task_id, lambda unit: unit.write_tasks.finish(task_id, version))

    def postpone(self, task_id: UUID, version: int, due_on: dt.date, reason: str) -> Saved:
        """To another day, with a reason. Raises UserError for a deadline of the law. Can be undone."""
        why = clean(reason)
        if not why:
            raise InvalidInput("reason", "Skriv hvorfor oppgaven utsettes.")
        if len(why) > _MOST_REASON:
            raise InvalidInput("reason", f"Begrunnelsen kan ha høyst {_MOST_REASON} tegn.")

        def work(unit: Work) -> Stored:
            if due_on <= unit.today or due_on.year > _LAST_YEAR:
                raise InvalidInput("due_on", "Velg en dag etter i dag.")
            return unit.write_tasks.postpone(task_id, version, due_on, why)

        return self._write(task_id, work)

    def give_to(self, task_id: UUID, version: int, user_id: UUID) -> Saved:
        """Hand the task to a colleague. Can be undone."""
        return self._write(task_id, lambda unit: unit.write_tasks.give_to(task_id, version, user_id))

    def add(self, draft: TaskDraft) -> Saved:
        """A task of one's own making, on a case or a person. Without an assignee it is one's own."""
        if draft.kind not in TaskKind.codes() or TaskKind(draft.kind) not in BY_HAND:
            raise InvalidInput("kind", "Velg hva som skal gjøres.")
        if draft.case_id is None and draft.person_id is None:
            raise InvalidInput("case_id", "Velg en sak eller en person.")
        kept = replace(draft, assignee_id=draft.assignee_id or self._session.user.id)

        def work(unit: Work) -> Stored:
            if kept.due_on is not None and (kept.due_on < unit.today or kept.due_on.year > _LAST_YEAR):
                raise InvalidInput("due_on", "Fristen kan ikke være før i dag.")
            return unit.write_tasks.add(kept)

        task_id, version, event = self._session.write(Right.WRITE_NOTES, work)
        places = {place for place in (draft.case_id, draft.person_id) if place}
        return Saved(task_id, version, Changes(_TOUCHED, frozenset({task_id} | places)), event)

    def _write(self, task_id: UUID, work: Callable[[Work], Stored]) -> Saved:
        def both(unit: Work) -> tuple[Stored, UUID | None]:
            case_id = unit.tasks.row(task_id).case_id
            return work(unit), case_id

        (stored_id, version, event), case_id = self._session.write(Right.WRITE_NOTES, both)
        ids = {task_id} | ({case_id} if case_id else set())
        return Saved(stored_id, version, Changes(_TOUCHED, frozenset(ids)), event)


_TOUCHED = frozenset({Kind.TASK, Kind.CASE})
