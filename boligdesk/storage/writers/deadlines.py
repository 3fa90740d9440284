"""Deadlines of cases, the tasks they give, and the case's copy of what is due next (model.md 3).

A legal deadline is never edited: it is met, or it lapses and a new one is computed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import func, select, update

from boligdesk.domain.catalog import DeadlineSide, DeadlineState, TaskState
from boligdesk.storage.tables import CaseFile, Deadline, Task

if TYPE_CHECKING:
    import datetime as dt

    from boligdesk.domain.deadlines import Computed
    from boligdesk.services.ports.cases import NewTask
    from boligdesk.storage.writer import Writer
    from boligdesk.storage.writers.case_rows import CaseForWrite

#: Sides that bind: what the office only set itself does not head the case's row.
BINDING = (DeadlineSide.PARTY.value, DeadlineSide.OWN_DUTY.value)


def add_deadline(
    writer: Writer,
    case_id: UUID,
    subject: tuple[str, UUID],
    computed: Computed,
    scope: tuple[int, int],
    deadline_id: UUID | None = None,
) -> UUID:
    """Store a computed deadline about ``subject`` (kind, id), under the event that is open."""
    basis = [{"act": part.act, "section": part.section, "text": part.text} for part in computed.basis]
    return writer.insert(
        Deadline,
        id=deadline_id,
        case_id=case_id,
        subject_kind=subject[0],
        subject_id=subject[1],
        rule_key=computed.rule.key,
        start_on=computed.start,
        raw_on=computed.raw,
        due_on=computed.due,
        side=computed.rule.side,
        basis=basis,
        why=computed.why,
        state=DeadlineState.RUNNING.value,
        read_scope_id=scope[0],
        protection=scope[1],
    )


def add_task(
    writer: Writer,
    case: CaseForWrite,
    new: NewTask,
    assignee_id: UUID | None,
    deadline_id: UUID | None = None,
    subject: tuple[str, UUID] | None = None,
) -> UUID:
    """A task of the case, about ``subject`` (kind, id) or the case itself. One of the law cannot be moved."""
    kind, subject_id = subject or ("case", case.id)
    return writer.insert(
        Task,
        case_id=case.id,
        subject_kind=kind,
        subject_id=subject_id,
        kind=new.kind.value,
        deadline_id=deadline_id,
        due_on=new.due_on,
        show_from=new.show_from,
        is_movable=deadline_id is None,
        assignee_id=assignee_id,
        org_unit_id=case.org_unit_id,
        waiting_on=case.waiting_on,
        state=TaskState.OPEN.value,
        list_scope_id=case.shown,
        read_scope_id=case.scope[0],
    )


def meet(writer: Writer, deadline_id: UUID, event_id: UUID) -> None:
    """The duty is done. Nothing happens to a deadline that has ended already."""
    if writer.scalar(select(Deadline.id).where(Deadline.id == deadline_id, Deadline.ended_at.is_(None))):
        writer.change(
            Deadline,
            deadline_id,
            None,
            state=DeadlineState.MET.value,
            met_by_event_id=event_id,
            ended_at=writer.now,
        )


def live_tasks(writer: Writer, case_id: UUID) -> list[Any]:
    writer.flush()
    statement = select(Task.id, Task.kind, Task.assignee_id, Task.deadline_id, Task.waiting_on).where(
        Task.case_id == case_id, Task.ended_at.is_(None)
    )
    return list(writer.rows(statement.order_by(Task.id)))


def end_all(writer: Writer, case_id: UUID, event_id: UUID, *, answered: bool) -> None:
    """A closed case has nothing due: its own duty to reply is met by a decision, the rest lapses."""
    deadlines = writer.rows(
        select(Deadline.id, Deadline.side).where(Deadline.case_id == case_id, Deadline.ended_at.is_(None))
    )
    for row in deadlines:
        if answered and row.side == DeadlineSide.OWN_DUTY:
            meet(writer, row.id, event_id)
        else:
            writer.change(Deadline, row.id, None, state=DeadlineState.LAPSED.value, ended_at=writer.now)
    for task in live_tasks(writer, case_id):
        writer.change(Task, task.id, None, state=TaskState.LAPSED.value, ended_at=writer.now)


def revive_all(writer: Writer, case_id: UUID, closed_at: dt.datetime) -> None:
    """What ``end_all`` let lapse at that moment, runs on; a task whose deadline was met stays away."""
    deadlines = select(Deadline.id).where(
        Deadline.case_id == case_id,
        Deadline.ended_at == closed_at,
        Deadline.state == DeadlineState.LAPSED.value,
    )
    running = set()
    for row in writer.rows(deadlines):
        writer.change(Deadline, row.id, None, state=DeadlineState.RUNNING.value, ended_at=None)
        running.add(row.id)
    tasks = select(Task.id, Task.deadline_id).where(
        Task.case_id == case_id, Task.ended_at == closed_at, Task.state == TaskState.LAPSED.value
    )
    for task in writer.rows(tasks):
        if task.deadline_id is None or task.deadline_id in running:
            writer.change(Task, task.id, None, state=TaskState.OPEN.value, ended_at=None)


def due_next(writer: Writer, case_id: UUID) -> tuple[dt.date | None, UUID | None]:
    """(least due day of binding deadlines and open tasks, the deadline it is), counted from the rows."""
    writer.flush()
    deadline = writer.first(
        select(Deadline.due_on, Deadline.id)
        .where(Deadline.case_id == case_id, Deadline.ended_at.is_(None), Deadline.side.in_(BINDING))
        .order_by(Deadline.due_on, Deadline.id)
        .limit(1)
    )
    task_due = writer.scalar(
        select(func.min(Task.due_on)).where(Task.case_id == case_id, Task.ended_at.is_(None))
    )
    if deadline is not None and (task_due is None or deadline.due_on <= task_due):
        return deadline.due_on, deadline.id
    return task_due, None


def refresh_next_due(writer: Writer, case_id: UUID) -> None:
    """Bring the case's copy in line. A copy is not logged, so that undoing one act does not bind another."""
    due_on, deadline_id = due_next(writer, case_id)
    writer.connection.execute(
        update(CaseFile)
        .where(
            CaseFile.id == case_id,
            CaseFile.next_due_on.is_distinct_from(due_on)
            | CaseFile.next_deadline_id.is_distinct_from(deadline_id),
        )
        .values(next_due_on=due_on, next_deadline_id=deadline_id, row_version=CaseFile.row_version + 1)
    )
