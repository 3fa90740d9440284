"""Tasks: finished, moved, given away, added by hand. Each with its event, so that it can be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import select

from boligdesk.domain.catalog import DeadlineSide, TaskState
from boligdesk.services.errors import NotFound, UserError
from boligdesk.storage.policies import openable, readable
from boligdesk.storage.tables import Deadline, Person, Task
from boligdesk.storage.writers.case_rows import case_for_write, require_colleague
from boligdesk.storage.writers.deadlines import meet, refresh_next_due
from boligdesk.storage.writers.scope import case_scopes

if TYPE_CHECKING:
    import datetime as dt

    from boligdesk.services.records.work import TaskDraft
    from boligdesk.storage.writer import Writer

Stored = tuple[UUID, int, UUID | None]


class TaskWriter:
    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def finish(self, task_id: UUID, version: int) -> Stored:
        """Done. The office's own duty that the task follows is then met."""
        task = self._task(task_id)
        event = self._event("finish_task", task)
        writer = self._writer
        new_version = writer.change(
            Task,
            task_id,
            version,
            state=TaskState.DONE.value,
            done_at=writer.now,
            done_by=writer.viewer.user_id,
            ended_at=writer.now,
        )
        if task.deadline_id and self._is_own_duty(task.deadline_id):
            meet(writer, task.deadline_id, event)
        self._refresh(task.case_id)
        return task_id, new_version, event

    def postpone(self, task_id: UUID, version: int, due_on: dt.date, reason: str) -> Stored:
        """To another day; out of sight until then. Raises UserError for a deadline of the law."""
        task = self._task(task_id)
        if not task.is_movable:
            raise UserError(
                "Fristen kan ikke flyttes.",
                "Den følger av loven.",
                "Ingenting er endret.",
                "Gi oppgaven til en kollega hvis du ikke rekker den.",
            )
        event = self._event("postpone_task", task, to=due_on.isoformat())
        new_version = self._writer.change(
            Task,
            task_id,
            version,
            due_on=due_on,
            show_from=due_on,
            state=TaskState.POSTPONED.value,
            postponed_reason=reason,
        )
        self._refresh(task.case_id)
        return task_id, new_version, event

    def give_to(self, task_id: UUID, version: int, user_id: UUID) -> Stored:
        task = self._task(task_id)
        require_colleague(self._writer, user_id, "user_id")
        if task.assignee_id == user_id:
            return task_id, task.row_version, None
        event = self._event("give_task", task, to=str(user_id))
        return task_id, self._writer.change(Task, task_id, version, assignee_id=user_id), event

    def add(self, draft: TaskDraft) -> tuple[UUID, int, UUID]:
        """A task made by a person, on a case or on a person without one."""
        writer = self._writer
        if draft.assignee_id is not None:
            require_colleague(writer, draft.assignee_id, "assignee_id")
        read, shown, level, applicant_id = self._place(draft)
        task_id = writer.new_id()
        subject = ("case", draft.case_id) if draft.case_id else ("person", applicant_id)
        event = writer.event(
            "add_task",
            "task",
            task_id,
            scope=(read, level),
            case_id=draft.case_id,
            person_id=applicant_id,
            params={"kind": draft.kind, "due_on": draft.due_on.isoformat() if draft.due_on else None},
        )
        writer.insert(
            Task,
            id=task_id,
            case_id=draft.case_id,
            person_id=None if draft.case_id else applicant_id,
            subject_kind=subject[0],
            subject_id=subject[1],
            kind=draft.kind,
            due_on=draft.due_on,
            assignee_id=draft.assignee_id,
            org_unit_id=writer.office_unit,
            state=TaskState.OPEN.value,
            list_scope_id=shown,
            read_scope_id=read,
        )
        self._refresh(draft.case_id)
        return task_id, 1, event

    def _place(self, draft: TaskDraft) -> tuple[int, int, int, UUID]:
        """(read scope, list scope, protection, person) of where the task belongs. Raises NotFound."""
        if draft.case_id is not None:
            case = case_for_write(self._writer, draft.case_id)
            return case.scope[0], case.shown, case.scope[1], case.applicant_id
        person = self._writer.first(
            select(Person.id).where(Person.id == draft.person_id, readable(Person, self._writer.viewer))
        )
        if person is None:
            raise NotFound
        read, shown, level, _name, _order = case_scopes(self._writer, person.id, None)
        return read, shown, level, person.id

    def _task(self, task_id: UUID) -> Any:
        task = self._writer.first(
            select(Task.__table__).where(Task.id == task_id, openable(Task, self._writer.viewer))
        )
        if task is None:
            raise NotFound
        if task.ended_at is not None:
            raise UserError("Oppgaven er allerede lukket.", safe="Ingenting er endret.")
        return task

    def _event(self, verb: str, task: Any, **params: str) -> UUID:
        writer = self._writer
        person_id = task.person_id
        if task.case_id is not None:
            case = case_for_write(writer, task.case_id, closed_too=True)
            scope, person_id = case.scope, case.applicant_id
        else:
            level = writer.scalar(select(Person.protection).where(Person.id == task.person_id))
            scope = (task.read_scope_id, int(level or 0))
        return writer.event(
            verb,
            "task",
            task.id,
            scope=scope,
            case_id=task.case_id,
            person_id=person_id,
            params={"kind": task.kind, **params},
        )

    def _is_own_duty(self, deadline_id: UUID) -> bool:
        side = self._writer.scalar(select(Deadline.side).where(Deadline.id == deadline_id))
        return bool(side == DeadlineSide.OWN_DUTY)

    def _refresh(self, case_id: UUID | None) -> None:
        if case_id is not None:
            refresh_next_due(self._writer, case_id)
