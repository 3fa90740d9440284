"""What the writers of letters share: the row under the access rule, its event, its tasks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import select

from boligdesk.domain.catalog import TaskState
from boligdesk.services.errors import NotFound
from boligdesk.storage.policies import openable
from boligdesk.storage.tables import Letter, Task
from boligdesk.storage.writers.case_rows import case_for_write

if TYPE_CHECKING:
    from boligdesk.domain.catalog import TaskKind
    from boligdesk.storage.writer import Writer
    from boligdesk.storage.writers.case_rows import CaseForWrite

SUBJECT = "letter"


@dataclass(frozen=True, slots=True)
class LetterForWrite:
    """The stored row with its case."""

    row: Any
    case: CaseForWrite


def letter_for_write(writer: Writer, letter_id: UUID) -> LetterForWrite:
    """Raises NotFound for a letter the viewer may not open."""
    writer.flush()
    row = writer.first(
        select(Letter.__table__).where(Letter.id == letter_id, openable(Letter, writer.viewer))
    )
    if row is None:
        raise NotFound
    return LetterForWrite(row, case_for_write(writer, row.case_id, closed_too=True))


def letter_event(
    writer: Writer, verb: str, case: CaseForWrite, letter_id: UUID, params: dict[str, Any]
) -> UUID:
    return writer.event(
        verb,
        SUBJECT,
        letter_id,
        scope=case.scope,
        case_id=case.id,
        person_id=case.applicant_id,
        params=params,
    )


def end_tasks(writer: Writer, subject_id: UUID, *kinds: TaskKind, done: bool = True) -> None:
    """Open tasks about the subject are finished, or lapse."""
    writer.flush()
    statement = select(Task.id).where(
        Task.subject_id == subject_id,
        Task.kind.in_([kind.value for kind in kinds]),
        Task.ended_at.is_(None),
    )
    for task in writer.rows(statement):
        if done:
            values = {
                "state": TaskState.DONE.value,
                "done_at": writer.now,
                "done_by": writer.viewer.user_id,
            }
        else:
            values = {"state": TaskState.LAPSED.value}
        writer.change(Task, task.id, None, ended_at=writer.now, **values)


def address_scope(case: CaseForWrite) -> dict[str, int]:
    """Scope columns of content rows of the case."""
    return {"read_scope_id": case.scope[0], "protection": case.scope[1]}
