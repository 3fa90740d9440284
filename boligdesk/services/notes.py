"""Notes: what happened and what we think of it, kept apart (forvaltningsloven § 18c)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from boligdesk.domain.access import Right
from boligdesk.domain.catalog import NoteKind
from boligdesk.domain.guidance import as_instant
from boligdesk.domain.text import clean, clean_long
from boligdesk.services.changes import Changes, Kind
from boligdesk.services.errors import InvalidInput
from boligdesk.services.records.common import Saved

if TYPE_CHECKING:
    from uuid import UUID

    from boligdesk.services.ports import Work
    from boligdesk.services.records.cases import NoteDraft
    from boligdesk.services.session import Session

MOST_TEXT = 100_000


def write(session: Session, draft: NoteDraft) -> Saved:
    """Store a final note on a case, or on a person without one."""
    kept = _checked(draft)

    def work(unit: Work) -> tuple[UUID, int, UUID]:
        if kept.occurred_at is not None and kept.occurred_at > unit.now:
            raise InvalidInput("occurred_at", "Tidspunktet er ikke kommet ennå.", todo="Rett tidspunktet.")
        return unit.write_cases.write_note(kept)

    note_id, version, event = session.write(Right.WRITE_NOTES, work)
    place = kept.case_id or kept.person_id
    kind = Kind.CASE if kept.case_id else Kind.PERSON
    ids = frozenset({note_id, place} if place else {note_id})
    return Saved(note_id, version, Changes(frozenset({Kind.NOTE, kind}), ids), event)


def _checked(draft: NoteDraft) -> NoteDraft:
    facts, assessment = clean_long(draft.facts_text), clean_long(draft.assessment_text)
    if not facts and not assessment:
        raise InvalidInput("facts_text", "Skriv hva som har skjedd.")
    for field, text in (("facts_text", facts), ("assessment_text", assessment)):
        if len(text) > MOST_TEXT:
            raise InvalidInput(
                field, "Notatet er for langt.", "Det kan ha høyst 100 000 tegn.", "Del det i flere notater."
            )
    if draft.kind not in NoteKind.codes():
        raise InvalidInput("kind", "Velg hva slags notat det er.")
    if draft.case_id is None and draft.person_id is None:
        raise InvalidInput("case_id", "Velg en sak eller en person.")
    return replace(
        draft,
        facts_text=facts,
        assessment_text=assessment,
        with_whom=clean(draft.with_whom),
        occurred_at=as_instant(draft.occurred_at) if draft.occurred_at else None,
    )
