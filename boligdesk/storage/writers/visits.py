"""Writes the home-guidance log: visits, what was noted, and the task that the next step gives the guide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import exists, or_, select

from boligdesk.domain.catalog import TaskKind, TaskState, VisitKind
from boligdesk.services.errors import InvalidInput, NotFound
from boligdesk.storage.policies import live, readable
from boligdesk.storage.tables import (
    CaseFile,
    CaseParty,
    HouseholdMember,
    Person,
    Task,
    Visit,
    VisitNote,
)
from boligdesk.storage.writers.case_rows import case_for_write, require_colleague
from boligdesk.storage.writers.deadlines import refresh_next_due
from boligdesk.storage.writers.scope import case_scopes

if TYPE_CHECKING:
    import datetime as dt

    from boligdesk.services.records.work import VisitDraft
    from boligdesk.storage.writer import Writer

_NOTED = ("observed", "said", "assessment", "next_step", "present", "interpreter", "minutes")
_GUIDANCE = VisitKind.GUIDANCE.value


class VisitWriter:
    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def log(self, draft: VisitDraft, starts_at: dt.datetime) -> tuple[UUID, int, UUID]:
        """A new visit led by the viewer. Without any words there is no note, and the visit can be undone."""
        writer = self._writer
        self._check_second(draft)
        read, shown, level = self._place(draft.person_id, draft.case_id)
        visit = writer.new_id()
        event = self._event("log_visit", visit, draft, (read, level))
        writer.insert(
            Visit,
            id=visit,
            kind=_GUIDANCE,
            person_id=draft.person_id,
            case_id=draft.case_id,
            lead_id=writer.viewer.user_id,
            read_scope_id=read,
            protection=level,
            **_header(draft, starts_at),
        )
        if _has_words(draft):
            self._note(visit, draft, None)
        self._follow_up(visit, draft, (read, shown), writer.viewer.user_id)
        return visit, 1, event

    def correct(self, draft: VisitDraft, starts_at: dt.datetime) -> tuple[UUID, int, UUID]:
        """A new note after the one that stood; what it said stays. Person and case are not corrected here."""
        writer = self._writer
        self._check_second(draft)
        visit = self._visit(draft.corrects_visit_id)
        if visit.person_id != draft.person_id or visit.case_id != draft.case_id:
            raise InvalidInput(
                "person_id",
                "Et besøk kan ikke flyttes til en annen person eller sak.",
                todo="Skriv i rettelsen at besøket er ført feil, og før et nytt.",
            )
        read, shown, level = self._place(draft.person_id, draft.case_id)
        event = self._event("correct_visit", visit.id, draft, (read, level))
        version = writer.step(Visit, visit.id, visit.row_version)
        version = writer.change(Visit, visit.id, version, **_header(draft, starts_at))
        self._note(visit.id, draft, self._latest_note(visit.id))
        self._follow_up(visit.id, draft, (read, shown), visit.lead_id)
        return visit.id, version, event

    def opened(self, visit_id: UUID) -> None:
        visit = self._visit(visit_id)
        self._writer.read_entry("apnet", person_id=visit.person_id, case_id=visit.case_id)

    # -- inside ---------------------------------------------------------------------------------

    def _event(self, verb: str, visit: UUID, draft: VisitDraft, scope: tuple[int, int]) -> UUID:
        return self._writer.event(
            verb,
            "visit",
            visit,
            scope=scope,
            case_id=draft.case_id,
            person_id=draft.person_id,
            params={"state": draft.outcome, "place": draft.place},
        )

    def _check_second(self, draft: VisitDraft) -> None:
        if draft.second_id is not None:
            require_colleague(self._writer, draft.second_id, "second_id")

    def _visit(self, visit_id: UUID | None) -> Any:
        row = self._writer.first(
            select(Visit.__table__).where(
                Visit.id == visit_id,
                Visit.kind == _GUIDANCE,
                Visit.ended_at.is_(None),
                readable(Visit, self._writer.viewer),
            )
        )
        if row is None:
            raise NotFound
        return row

    def _place(self, person_id: UUID, case_id: UUID | None) -> tuple[int, int, int]:
        """(read scope, list scope, protection) of the visit and its task. Raises NotFound or InvalidInput."""
        writer = self._writer
        person = writer.first(
            select(Person.id).where(
                Person.id == person_id, Person.merged_into_id.is_(None), readable(Person, writer.viewer)
            )
        )
        if person is None:
            raise NotFound
        if case_id is None:
            read, shown, level, _name, _order = case_scopes(writer, person_id, None)
            return read, shown, level
        case = case_for_write(writer, case_id, closed_too=True)
        if not self._concerns(case_id, person_id):
            raise InvalidInput(
                "case_id", "Saken gjelder en annen person.", todo="Velg en sak som gjelder personen."
            )
        return case.scope[0], case.shown, case.scope[1]

    def _concerns(self, case_id: UUID, person_id: UUID) -> bool:
        """The applicant, a party, or somebody of the household of the case today."""
        today = self._writer.today
        party = exists().where(
            CaseParty.case_id == CaseFile.id, CaseParty.person_id == person_id, live(CaseParty, today)
        )
        member = exists().where(
            HouseholdMember.household_id == CaseFile.household_id,
            HouseholdMember.person_id == person_id,
            live(HouseholdMember, today),
        )
        found = select(CaseFile.id).where(
            CaseFile.id == case_id, or_(CaseFile.applicant_id == person_id, party, member)
        )
        return self._writer.scalar(found) is not None

    def _latest_note(self, visit_id: UUID) -> UUID | None:
        found = self._writer.scalar(
            select(VisitNote.id)
            .where(VisitNote.visit_id == visit_id)
            .order_by(VisitNote.created_at.desc(), VisitNote.id.desc())
            .limit(1)
        )
        return found if isinstance(found, UUID) else None

    def _note(self, visit: UUID, draft: VisitDraft, corrects: UUID | None) -> None:
        self._writer.insert(
            VisitNote,
            visit_id=visit,
            areas=list(draft.areas),
            corrects_id=corrects,
            report_child_welfare_on=draft.report_child_welfare_on,
            **{key: _or_none(getattr(draft, key)) for key in _NOTED},
        )

    def _follow_up(self, visit: UUID, draft: VisitDraft, scopes: tuple[int, int], guide: UUID) -> None:
        """One open task per visit, for the guide; it follows ``next_on``, or lapses with it."""
        writer = self._writer
        writer.flush()
        open_task = writer.first(
            select(Task.id, Task.due_on).where(
                Task.subject_id == visit, Task.subject_kind == "visit", Task.ended_at.is_(None)
            )
        )
        if open_task is not None and draft.next_on is None:
            lapsed = {"state": TaskState.LAPSED.value, "ended_at": writer.now}
            writer.change(Task, open_task.id, None, **lapsed)
        elif open_task is not None:
            writer.change(Task, open_task.id, None, due_on=draft.next_on)
        elif draft.next_on is not None:
            writer.insert(
                Task,
                case_id=draft.case_id,
                person_id=draft.person_id,
                subject_kind="visit",
                subject_id=visit,
                kind=TaskKind.GUIDANCE_NEXT.value,
                due_on=draft.next_on,
                assignee_id=guide,
                org_unit_id=writer.office_unit,
                state=TaskState.OPEN.value,
                read_scope_id=scopes[0],
                list_scope_id=scopes[1],
            )
        if draft.case_id is not None:
            refresh_next_due(writer, draft.case_id)


def _header(draft: VisitDraft, starts_at: dt.datetime) -> dict[str, Any]:
    return {
        "starts_at": starts_at,
        "place": draft.place,
        "is_planned": draft.is_planned,
        "second_id": draft.second_id,
        "state": draft.outcome,
        "next_on": draft.next_on,
    }


def _has_words(draft: VisitDraft) -> bool:
    said = any(_or_none(getattr(draft, key)) is not None for key in _NOTED)
    return said or bool(draft.areas) or draft.report_child_welfare_on is not None


def _or_none(value: Any) -> Any:
    return None if value == "" else value
