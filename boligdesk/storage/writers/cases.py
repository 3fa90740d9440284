"""What happens to a case: assigned, waiting, moved forward, closed, opened again; its application saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import or_, select

from boligdesk.domain.cases import DECISIONS
from boligdesk.domain.catalog import CasePhase, TaskKind, TaskState, TrackStatus, WaitingOn
from boligdesk.domain.facts import APPLICATION
from boligdesk.services.errors import NotFound
from boligdesk.services.ports.cases import NewTask
from boligdesk.storage.tables import Application, Assignment, CaseFile, LegalTrack, Task, Vedtak
from boligdesk.storage.writers.case_register import CASEWORK, assign_row, register_case
from boligdesk.storage.writers.case_rows import CaseForWrite, case_for_write, require_colleague, version_of
from boligdesk.storage.writers.deadlines import add_task, end_all, live_tasks, refresh_next_due, revive_all
from boligdesk.storage.writers.documents import add_document, opened_document, remove_document
from boligdesk.storage.writers.facts import differing, save_facts
from boligdesk.storage.writers.notes import write_note

if TYPE_CHECKING:
    from boligdesk.domain.catalog import CaseOutcome
    from boligdesk.services.ports.cases import NewCase, NewDocument
    from boligdesk.services.records.cases import NoteDraft
    from boligdesk.services.records.common import FactDraft
    from boligdesk.storage.writer import Writer

Stored = tuple[UUID, int, UUID | None]

#: Questions that a vedtak has answered: closing the case changes nothing of that.
_ANSWERED = frozenset({TrackStatus.DECIDED, TrackStatus.FINAL})


class CaseWriter:
    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def opened(self, case_id: UUID, reason: str | None) -> None:
        """Leave a read entry: somebody opened the file."""
        case = case_for_write(self._writer, case_id, closed_too=True)
        self._writer.read_entry("apnet", person_id=case.applicant_id, case_id=case_id, reason=reason)

    def register(self, new: NewCase) -> tuple[UUID, int, UUID]:
        return register_case(self._writer, new)

    def assign(self, case_id: UUID, version: int, user_id: UUID | None) -> Stored:
        """Give the case and its open tasks to a colleague; None = nobody, with a task to find somebody."""
        writer = self._writer
        case = case_for_write(writer, case_id)
        if user_id is not None:
            require_colleague(writer, user_id, "user_id")
        if case.assignee_id == user_id:
            return case_id, case.version, None
        event = self._event("assign_case", case, {"from": _text(case.assignee_id), "to": _text(user_id)})
        writer.change(CaseFile, case_id, version, assignee_id=user_id)
        live = select(Assignment.id).where(
            Assignment.subject_id == case_id, Assignment.part == CASEWORK, Assignment.valid_to.is_(None)
        )
        for row in writer.rows(live):
            writer.change(Assignment, row.id, None, valid_to=writer.today)
        assign_row(writer, case_id, user_id)
        self._move_tasks(case, user_id)
        refresh_next_due(writer, case_id)
        return case_id, version_of(writer, case_id), event

    def _move_tasks(self, case: CaseForWrite, user_id: UUID | None) -> None:
        writer = self._writer
        for task in live_tasks(writer, case.id):
            if task.kind == TaskKind.ASSIGN_CASE:
                done = {
                    "state": TaskState.DONE.value,
                    "done_at": writer.now,
                    "done_by": writer.viewer.user_id,
                }
                writer.change(Task, task.id, None, ended_at=writer.now, **done)
            elif task.assignee_id == case.assignee_id:
                writer.change(Task, task.id, None, assignee_id=user_id)
        if user_id is None:
            add_task(writer, case, NewTask(TaskKind.ASSIGN_CASE), None)

    def set_waiting(self, case_id: UUID, version: int, waiting_on: WaitingOn) -> Stored:
        writer = self._writer
        case = case_for_write(writer, case_id)
        if case.waiting_on == waiting_on:
            return case_id, case.version, None
        event = self._event("set_waiting", case, {"waiting_on": waiting_on.value})
        writer.change(CaseFile, case_id, version, waiting_on=waiting_on.value)
        for task in live_tasks(writer, case_id):
            writer.change(Task, task.id, None, waiting_on=waiting_on.value)
        return case_id, version_of(writer, case_id), event

    def set_phase(self, case_id: UUID, version: int, phase: CasePhase) -> Stored:
        case = case_for_write(self._writer, case_id)
        event = self._event("set_phase", case, {"from": case.phase, "to": phase.value})
        return case_id, self._writer.change(CaseFile, case_id, version, phase=phase.value), event

    def close(self, case_id: UUID, version: int, outcome: CaseOutcome, reason: str) -> Stored:
        """What is open on the case ends with it: a decision answers its questions, otherwise they lapse."""
        writer = self._writer
        case = case_for_write(writer, case_id)
        event = self._event("close_case", case, {"outcome": outcome.value, "reason": reason})
        writer.change(
            CaseFile,
            case_id,
            version,
            phase=CasePhase.CLOSED.value,
            outcome=outcome.value,
            ended_at=writer.now,
            waiting_on=WaitingOn.NOBODY.value,
        )
        decided = outcome in DECISIONS
        status = TrackStatus.DECIDED if decided else TrackStatus.LAPSED
        live = select(LegalTrack.id, LegalTrack.status).where(
            LegalTrack.case_id == case_id, LegalTrack.ended_at.is_(None)
        )
        for row in writer.rows(live):
            kept = row.status if row.status in _ANSWERED else status.value
            writer.change(LegalTrack, row.id, None, status=kept, ended_at=writer.now)
        end_all(writer, case_id, event, answered=decided)
        refresh_next_due(writer, case_id)
        return case_id, version_of(writer, case_id), event

    def reopen(self, case_id: UUID, version: int, reason: str) -> Stored:
        """Back to assessment. What lapsed because the case was closed, runs on; what was met, stays met."""
        writer = self._writer
        case = case_for_write(writer, case_id, closed_too=True)
        event = self._event("reopen_case", case, {"reason": reason})
        writer.change(
            CaseFile, case_id, version, phase=CasePhase.ASSESSMENT.value, outcome=None, ended_at=None
        )
        self._reopen_tracks(case)
        if case.ended_at is not None:
            revive_all(writer, case_id, case.ended_at)
        if case.assignee_id is None and not _has_task(writer, case_id, TaskKind.ASSIGN_CASE):
            add_task(writer, case, NewTask(TaskKind.ASSIGN_CASE), None)
        refresh_next_due(writer, case_id)
        return case_id, version_of(writer, case_id), event

    def _reopen_tracks(self, case: CaseForWrite) -> None:
        """Questions are open again, but one that a vedtak has answered stays answered."""
        writer = self._writer
        decided = select(Vedtak.track_id).where(
            Vedtak.case_id == case.id, Vedtak.ended_at.is_(None), Vedtak.decided_on.is_not(None)
        )
        answered = {row.track_id for row in writer.rows(decided)}
        closed = (TrackStatus.DECIDED.value, TrackStatus.LAPSED.value)
        tracks = select(LegalTrack.id, LegalTrack.status).where(
            LegalTrack.case_id == case.id,
            or_(LegalTrack.status.in_(closed), LegalTrack.ended_at == case.ended_at),
        )
        for row in writer.rows(tracks):
            status = TrackStatus.DECIDED if row.id in answered else TrackStatus.ASSESSING
            kept = row.status if row.status == TrackStatus.FINAL else status.value
            writer.change(LegalTrack, row.id, None, status=kept, ended_at=None)

    def save_application(
        self,
        case_id: UUID,
        version: int,
        what_it_takes: str | None,
        own_attempts: str | None,
        facts: tuple[FactDraft, ...],
    ) -> Stored:
        """Texts are guarded by the version; each fact by the fact it supersedes, so that two may work at once."""
        writer = self._writer
        case = case_for_write(writer, case_id)
        application = self._application(case_id)
        given = {"what_it_takes": what_it_takes, "own_attempts": own_attempts}
        stored = {"what_it_takes": application.what_it_takes, "own_attempts": application.own_attempts}
        texts: dict[str, Any] = {
            key: value or None
            for key, value in given.items()
            if value is not None and (value or None) != stored[key]
        }
        new = differing(writer, APPLICATION, application.id, facts)
        if not texts and not new:
            return application.id, application.row_version, None
        event = writer.event(
            "save_application",
            "application",
            application.id,
            scope=case.scope,
            case_id=case_id,
            person_id=case.applicant_id,
            params={"texts": sorted(texts), "facts": [draft.key for draft in new]},
        )
        kept = application.row_version
        if texts:
            kept = writer.change(Application, application.id, version, **texts)
        save_facts(writer, APPLICATION, application.id, new, case.scope)
        return application.id, kept, event

    def write_note(self, draft: NoteDraft) -> tuple[UUID, int, UUID]:
        return write_note(self._writer, draft)

    def add_document(self, new: NewDocument) -> tuple[UUID, int, UUID]:
        return add_document(self._writer, new)

    def opened_document(self, document_id: UUID) -> None:
        """Leave a read entry: somebody opened the document."""
        opened_document(self._writer, document_id)

    def remove_document(self, document_id: UUID, version: int) -> Stored:
        return remove_document(self._writer, document_id, version)

    def _application(self, case_id: UUID) -> Any:
        """The newest application of the case, locked. Raises NotFound for a case without one."""
        statement = (
            select(
                Application.id, Application.row_version, Application.what_it_takes, Application.own_attempts
            )
            .where(Application.case_id == case_id)
            .order_by(Application.id.desc())
            .limit(1)
        )
        row = self._writer.first(statement if self._writer.is_sqlite else statement.with_for_update())
        if row is None:
            raise NotFound
        return row

    def _event(self, verb: str, case: CaseForWrite, params: dict[str, Any]) -> UUID:
        return self._writer.event(
            verb,
            "case",
            case.id,
            scope=case.scope,
            case_id=case.id,
            person_id=case.applicant_id,
            params=params,
        )


def _has_task(writer: Writer, case_id: UUID, kind: TaskKind) -> bool:
    return any(task.kind == kind for task in live_tasks(writer, case_id))


def _text(user_id: UUID | None) -> str | None:
    return str(user_id) if user_id else None
