"""A new case with all that comes with it: application, tracks, deadline, tasks, assignment (model.md 2.1, 7)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import select

from boligdesk.domain.cases import format_number, public_title
from boligdesk.domain.catalog import CasePhase, TaskKind, TrackStatus, WaitingOn
from boligdesk.domain.facts import APPLICATION
from boligdesk.services.errors import InvalidInput
from boligdesk.storage.search_index import put_tokens
from boligdesk.storage.tables import (
    Application,
    Assignment,
    CaseFile,
    ConflictOfInterest,
    LegalTrack,
    Person,
)
from boligdesk.storage.writers.case_rows import CaseForWrite, require_colleague
from boligdesk.storage.writers.deadlines import add_deadline, add_task
from boligdesk.storage.writers.facts import save_facts
from boligdesk.storage.writers.scope import case_scopes

if TYPE_CHECKING:
    import datetime as dt

    from boligdesk.services.ports.cases import NewCase
    from boligdesk.storage.writer import Writer

SERIES = "sak"
#: The part of a case that one person has.
CASEWORK = "saksbehandler"


@dataclass(frozen=True, slots=True)
class Applicant:
    """What a new case repeats of its applicant: ``case_scopes`` and the district."""

    read: int
    shown: int
    level: int
    name: str
    order: str
    district_id: UUID | None


@dataclass(frozen=True, slots=True)
class Made:
    """What came with an application and runs until the case is closed."""

    tracks: tuple[UUID, ...] = ()
    tasks: tuple[UUID, ...] = ()
    deadline: UUID | None = None


def register_case(writer: Writer, new: NewCase) -> tuple[UUID, int, UUID]:
    """Everything is read and checked before the number is taken: the series stays locked until the commit.

    Raises InvalidInput when a number that came from outside is in use.
    """
    if new.assignee_id is not None:
        require_colleague(writer, new.assignee_id, "assignee_id")
    scopes = case_scopes(writer, new.person_id, None)
    district = writer.scalar(select(Person.district_id).where(Person.id == new.person_id))
    case, event, _made = put_case(writer, new, Applicant(*scopes, district), _number(writer, new))
    return case.id, 1, event


def put_case(
    writer: Writer, new: NewCase, applicant: Applicant, number: tuple[int, int]
) -> tuple[CaseForWrite, UUID, Made]:
    """The rows of a case whose number is free, without a question to the database."""
    case = CaseForWrite(
        id=writer.new_id(),
        version=1,
        applicant_id=new.person_id,
        assignee_id=new.assignee_id,
        phase=CasePhase.RECEIVED.value,
        waiting_on=WaitingOn.NOBODY.value,
        ended_at=None,
        org_unit_id=writer.office_unit,
        scope=(applicant.read, applicant.level),
        shown=applicant.shown,
    )
    application_id, deadline_id = writer.new_id(), writer.new_id() if new.reply else None
    event = _event(writer, new, case, format_number(*number))
    _case_row(writer, new, case, applicant, number, deadline_id)
    _application(writer, new, case, application_id)
    made = _duties(writer, new, case, application_id, deadline_id)
    assign_row(writer, case.id, new.assignee_id)
    if new.knows_applicant is not None:
        _conflict(writer, new, case.id)
    save_facts(writer, APPLICATION, application_id, new.facts, case.scope, is_new=True)
    put_tokens(writer, "case", case.id, [format_number(*number)], case.shown, is_new=True)
    return case, event, made


def _case_row(
    writer: Writer,
    new: NewCase,
    case: CaseForWrite,
    applicant: Applicant,
    number: tuple[int, int],
    deadline_id: UUID | None,
) -> None:
    due_on, next_deadline = next_due(new, deadline_id)
    writer.insert(
        CaseFile,
        id=case.id,
        year=number[0],
        seq=number[1],
        number=format_number(*number),
        kind=new.kind.value,
        applicant_id=new.person_id,
        applicant_name=applicant.name,
        applicant_sort=applicant.order,
        household_id=new.household_id,
        org_unit_id=case.org_unit_id,
        district_id=applicant.district_id,
        assignee_id=new.assignee_id,
        phase=case.phase,
        opened_on=new.received_on,
        public_title=public_title(new.kind),
        public_title_masked=public_title(new.kind),
        list_scope_id=case.shown,
        read_scope_id=case.scope[0],
        next_due_on=due_on,
        next_deadline_id=next_deadline,
    )


def add_to_case(writer: Writer, case: CaseForWrite, new: NewCase, *, has_duties: bool) -> Made:
    """An application with its tracks, and with what is due when anything is, under the event that is open."""
    application_id = writer.new_id()
    _application(writer, new, case, application_id)
    made = Made()
    if has_duties:
        made = _duties(writer, new, case, application_id, writer.new_id() if new.reply else None)
    save_facts(writer, APPLICATION, application_id, new.facts, case.scope, is_new=True)
    return made


def _number(writer: Writer, new: NewCase) -> tuple[int, int]:
    if new.number is None:
        return writer.today.year, writer.next_number(SERIES, writer.today.year)
    year, sequence = new.number
    writer.raise_number(SERIES, year, sequence)
    if writer.scalar(select(CaseFile.id).where(CaseFile.year == year, CaseFile.seq == sequence)):
        raise InvalidInput(
            "case_number", "Saksnummeret er i bruk.", todo="Bruk et annet nummer, eller la det stå tomt."
        )
    return year, sequence


def _event(writer: Writer, new: NewCase, case: CaseForWrite, number: str) -> UUID:
    return writer.event(
        "register_application",
        "case",
        case.id,
        scope=case.scope,
        case_id=case.id,
        person_id=new.person_id,
        occurred_on=new.received_on,
        params={
            "number": number,
            "kind": new.kind.value,
            "channel": new.channel,
            "received_on": new.received_on.isoformat(),
            "assignee": str(new.assignee_id) if new.assignee_id else None,
            "assigned_why": new.assigned_why,
        },
    )


def next_due(new: NewCase, deadline_id: UUID | None) -> tuple[dt.date | None, UUID | None]:
    """The case's copy of what is due next, as ``deadlines.due_next`` would count it."""
    days = [task.due_on for task in new.tasks if task.due_on]
    if new.reply is not None and new.reply.due <= min(days, default=new.reply.due):
        return new.reply.due, deadline_id
    return min(days, default=None), None


def _application(writer: Writer, new: NewCase, case: CaseForWrite, application_id: UUID) -> None:
    writer.insert(
        Application,
        id=application_id,
        case_id=case.id,
        asks=list(new.asks),
        channel=new.channel,
        received_on=new.received_on,
        received_by=writer.viewer.user_id,
        what_it_takes=new.what_it_takes or None,
        own_attempts=new.own_attempts or None,
        read_scope_id=case.scope[0],
        protection=case.scope[1],
    )


def _duties(
    writer: Writer, new: NewCase, case: CaseForWrite, application_id: UUID, deadline_id: UUID | None
) -> Made:
    tracks = [
        writer.insert(
            LegalTrack,
            case_id=case.id,
            law=track.law.value,
            decision_body=track.decision_body,
            appeal_body=track.appeal_body,
            status=TrackStatus.OPEN.value,
            read_scope_id=case.scope[0],
            protection=case.scope[1],
        )
        for track in new.tracks
    ]
    if new.reply is not None:
        add_deadline(writer, case.id, ("application", application_id), new.reply, case.scope, deadline_id)
    tasks = []
    for task in new.tasks:
        follows = deadline_id if task.kind is TaskKind.INTERIM_REPLY else None
        owner = None if task.kind is TaskKind.ASSIGN_CASE else new.assignee_id
        tasks.append(add_task(writer, case, task, owner, follows))
    return Made(tuple(tracks), tuple(tasks), deadline_id)


def assign_row(writer: Writer, case_id: UUID, user_id: UUID | None) -> None:
    """The one answer to who has the case; the case row repeats it."""
    if user_id is not None:
        writer.insert(
            Assignment,
            user_id=user_id,
            subject_kind="case",
            subject_id=case_id,
            part=CASEWORK,
            valid_from=writer.today,
        )


def _conflict(writer: Writer, new: NewCase, case_id: UUID) -> None:
    writer.insert(
        ConflictOfInterest,
        case_id=case_id,
        user_id=writer.viewer.user_id,
        answer=int(bool(new.knows_applicant)),
        grounds=new.conflict_grounds or None,
    )
