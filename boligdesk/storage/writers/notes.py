"""Notes are final when written; a mistake is put right by a new note (model.md 6.9)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from boligdesk.domain.guidance import day_of
from boligdesk.services.errors import NotFound, UserError
from boligdesk.storage.policies import readable
from boligdesk.storage.tables import Note, Person
from boligdesk.storage.writers.case_rows import case_for_write

if TYPE_CHECKING:
    from uuid import UUID

    from boligdesk.services.records.cases import NoteDraft
    from boligdesk.storage.writer import Writer


def write_note(writer: Writer, draft: NoteDraft) -> tuple[UUID, int, UUID]:
    """Store a checked note on a case, or on a person without one. Raises NotFound outside the viewer's reach."""
    scope, person_id = place(writer, draft.case_id, draft.person_id)
    if draft.corrects_id is not None:
        _require_correctable(writer, draft)
    note_id = writer.new_id()
    occurred_at = draft.occurred_at or writer.now
    event = writer.event(
        "write_note",
        "note",
        note_id,
        scope=scope,
        case_id=draft.case_id,
        person_id=person_id,
        occurred_on=day_of(occurred_at),
        params={"kind": draft.kind, "corrects": draft.corrects_id is not None},
    )
    writer.insert(
        Note,
        id=note_id,
        case_id=draft.case_id,
        person_id=None if draft.case_id else person_id,
        kind=draft.kind,
        occurred_at=occurred_at,
        facts_text=draft.facts_text,
        assessment_text=draft.assessment_text or None,
        with_whom=draft.with_whom or None,
        final_at=writer.now,
        corrects_id=draft.corrects_id,
        read_scope_id=scope[0],
        protection=scope[1],
    )
    return note_id, 1, event


def place(writer: Writer, case_id: UUID | None, person_id: UUID | None) -> tuple[tuple[int, int], UUID]:
    """((read scope, protection), person) of what is filed on a case or a person. Raises NotFound."""
    if case_id is not None:
        case = case_for_write(writer, case_id, closed_too=True)
        return case.scope, case.applicant_id
    person = writer.first(
        select(Person.id, Person.read_scope_id, Person.protection).where(
            Person.id == person_id, readable(Person, writer.viewer)
        )
    )
    if person is None:
        raise NotFound
    return (person.read_scope_id, person.protection), person.id


def _require_correctable(writer: Writer, draft: NoteDraft) -> None:
    same_place: Any = (
        Note.case_id == draft.case_id
        if draft.case_id
        else (Note.person_id == draft.person_id) & Note.case_id.is_(None)
    )
    if not writer.scalar(
        select(Note.id).where(Note.id == draft.corrects_id, same_place, readable(Note, writer.viewer))
    ):
        raise NotFound
    if writer.scalar(select(Note.id).where(Note.corrects_id == draft.corrects_id).limit(1)):
        raise UserError(
            "Notatet er allerede rettet.", safe="Ingenting er endret.", todo="Rett det nyeste notatet."
        )
