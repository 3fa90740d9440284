"""A letter leaves the house: arrival assumed, deadlines begun and met, the clock stopped where it waits."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import select

from boligdesk.domain.catalog import CasePhase, DeadlineState, TaskKind, TaskState, WaitingOn
from boligdesk.domain.letters import ArrivalBasis, LetterKind, LetterState
from boligdesk.storage.tables import CaseFile, ClockStop, Deadline, Letter, LetterRecipient, Task
from boligdesk.storage.writers.deadlines import add_deadline, add_task, live_tasks, meet, refresh_next_due
from boligdesk.storage.writers.letter_rows import (
    SUBJECT,
    address_scope,
    end_tasks,
    letter_event,
    letter_for_write,
)

if TYPE_CHECKING:
    import datetime as dt

    from boligdesk.services.ports.letters import Dispatch
    from boligdesk.storage.writer import Writer
    from boligdesk.storage.writers.case_rows import CaseForWrite
    from boligdesk.storage.writers.letter_rows import LetterForWrite

Stored = tuple[UUID, int, UUID | None]


def send(writer: Writer, dispatch: Dispatch) -> Stored:
    """All that sending starts and ends, in one event."""
    found = letter_for_write(writer, dispatch.letter_id)
    row, case = found.row, found.case
    event = letter_event(
        writer,
        "send_letter",
        case,
        dispatch.letter_id,
        {"kind": row.kind, "sent_on": dispatch.sent_on.isoformat()},
    )
    saved = writer.change(
        Letter,
        dispatch.letter_id,
        dispatch.version,
        status=LetterState.SENT.value,
        sent_on=dispatch.sent_on,
        appeal_due_on=dispatch.appeal_due_on,
        due_on=dispatch.due_on,
    )
    _arrive(writer, dispatch, ArrivalBasis.ASSUMED, None)
    end_tasks(writer, dispatch.letter_id, TaskKind.PRINT_LETTER)
    _meet(writer, case.id, dispatch.meets, event)
    begin(writer, found, dispatch)
    if dispatch.waits_for_applicant:
        _stop_clock(writer, case, dispatch)
    if row.kind == LetterKind.APPROVAL_DWELLING and case.phase != CasePhase.CLOSED:
        writer.change(CaseFile, case.id, None, phase=CasePhase.EXECUTION.value)
    refresh_next_due(writer, case.id)
    return dispatch.letter_id, saved, event


def begin(writer: Writer, found: LetterForWrite, dispatch: Dispatch) -> None:
    """Deadlines and tasks that run from this dispatch; a task follows the deadline of its own place."""
    case = found.case
    made: list[UUID] = []
    for kind, subject_id, computed in dispatch.deadlines:
        _lapse(writer, subject_id, computed.rule.key)
        made.append(add_deadline(writer, case.id, (kind, subject_id), computed, case.scope))
    for place, task in enumerate(dispatch.tasks):
        subject = dispatch.deadlines[place][:2] if place < len(dispatch.deadlines) else None
        subject = (SUBJECT, found.row.id) if subject is None or subject[0] == "track" else subject
        deadline = made[place] if place < len(made) else None
        add_task(writer, case, task, case.assignee_id, deadline, subject=subject)


def _lapse(writer: Writer, subject_id: UUID, rule_key: str, reason: str | None = None) -> None:
    live = writer.rows(
        select(Deadline.id).where(
            Deadline.subject_id == subject_id, Deadline.rule_key == rule_key, Deadline.ended_at.is_(None)
        )
    )
    for row in live:
        writer.change(
            Deadline,
            row.id,
            None,
            state=DeadlineState.LAPSED.value,
            ended_at=writer.now,
            corrected_on=writer.today if reason else None,
            corrected_reason=reason,
        )
        tasks = select(Task.id).where(Task.deadline_id == row.id, Task.ended_at.is_(None))
        for task in writer.rows(tasks):
            writer.change(Task, task.id, None, state=TaskState.LAPSED.value, ended_at=writer.now)


def _arrive(writer: Writer, dispatch: Dispatch, basis: ArrivalBasis, reason: str | None) -> None:
    rows = writer.rows(
        select(LetterRecipient.id).where(
            LetterRecipient.letter_id == dispatch.letter_id, LetterRecipient.ended_at.is_(None)
        )
    )
    for row in rows:
        writer.change(
            LetterRecipient,
            row.id,
            None,
            dispatched_on=dispatch.sent_on,
            arrived_on=dispatch.arrived_on,
            arrived_basis=basis.value,
            arrived_reason=reason,
        )


def _meet(writer: Writer, case_id: UUID, rules: tuple[str, ...], event: UUID) -> None:
    """The office's duty is done, and so is the task it gave."""
    if not rules:
        return
    writer.flush()
    live = writer.rows(
        select(Deadline.id).where(
            Deadline.case_id == case_id, Deadline.rule_key.in_(rules), Deadline.ended_at.is_(None)
        )
    )
    for row in live:
        meet(writer, row.id, event)
        tasks = select(Task.id).where(Task.deadline_id == row.id, Task.ended_at.is_(None))
        for task in writer.rows(tasks):
            done = {
                "state": TaskState.DONE.value,
                "done_at": writer.now,
                "done_by": writer.viewer.user_id,
            }
            writer.change(Task, task.id, None, ended_at=writer.now, **done)


def _stop_clock(writer: Writer, case: CaseForWrite, dispatch: Dispatch) -> None:
    """«Stanset – venter på søker»; the law's own deadlines run on (model.md 3)."""
    writer.insert(
        ClockStop,
        case_id=case.id,
        valid_from=dispatch.sent_on,
        reason="venter på opplysninger fra søkeren",
        letter_id=dispatch.letter_id,
        **address_scope(case),
    )
    writer.change(CaseFile, case.id, None, waiting_on=WaitingOn.APPLICANT.value)
    for task in live_tasks(writer, case.id):
        writer.change(Task, task.id, None, waiting_on=WaitingOn.APPLICANT.value)


def correct_arrival(
    writer: Writer, letter_id: UUID, version: int, arrived_on: dt.date, reason: str, dispatch: Dispatch
) -> Stored:
    """The old deadline ends with the reason, and a new one is computed; nothing is edited."""
    found = letter_for_write(writer, letter_id)
    event = letter_event(
        writer,
        "correct_arrival",
        found.case,
        letter_id,
        {"kind": found.row.kind, "arrived_on": arrived_on.isoformat(), "reason": reason},
    )
    saved = writer.change(Letter, letter_id, version, appeal_due_on=dispatch.appeal_due_on)
    if saved == version:
        saved = writer.step(Letter, letter_id, version)
    _arrive(writer, dispatch, ArrivalBasis.CORRECTED, reason)
    appeals = tuple(one for one in dispatch.deadlines if one[0] == "track")
    for _kind, subject_id, computed in appeals:
        _lapse(writer, subject_id, computed.rule.key, reason)
        deadline = add_deadline(writer, found.case.id, ("track", subject_id), computed, found.case.scope)
        for task in dispatch.tasks:
            add_task(writer, found.case, task, found.case.assignee_id, deadline, subject=(SUBJECT, letter_id))
    refresh_next_due(writer, found.case.id)
    return letter_id, saved, event
