"""Documents: filed with their bytes on a case, a person or a dwelling, opened with a trace, removed with undo."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from boligdesk.domain.access import Right
from boligdesk.domain.catalog import DocumentKind
from boligdesk.domain.file_kinds import MOST_BYTES, FileKind, safe_name, sniff, title_from_name
from boligdesk.domain.text import clean
from boligdesk.services.changes import Changes, Kind
from boligdesk.services.errors import InvalidInput
from boligdesk.services.ports.cases import NewDocument
from boligdesk.services.records.common import Saved

if TYPE_CHECKING:
    from uuid import UUID

    from boligdesk.services.ports import Work
    from boligdesk.services.ports.cases import Stored
    from boligdesk.services.records.cases import DocumentDraft, DocumentRow
    from boligdesk.services.session import Session

_MOST_TITLE = 200
_MEGABYTE = 1024 * 1024


def add(session: Session, draft: DocumentDraft) -> Saved:
    """File a document. The same bytes at the same place are not stored twice: then ``event_id`` is None."""
    right = _right(draft.case_id, draft.person_id)
    session.require(right)
    new = _checked(draft)

    def work(unit: Work) -> Stored:
        same = unit.cases.same_document(new.sha256, draft.case_id, draft.person_id, draft.dwelling_id)
        if same is not None:
            return same.id, same.version, None
        return unit.write_cases.add_document(new)

    document_id, version, event = session.write(right, work)
    return Saved(
        document_id, version, _changes(document_id, draft.case_id, draft.person_id, draft.dwelling_id), event
    )


def read(session: Session, document_id: UUID) -> tuple[DocumentRow, bytes]:
    """Row and bytes, and a read entry in the same transaction. Raises NotFound."""

    def work(unit: Work) -> tuple[DocumentRow, bytes]:
        found = unit.cases.document(document_id)
        unit.write_cases.opened_document(document_id)
        return found

    return session.store.write(session.user.id, work)


def remove(session: Session, document_id: UUID, version: int) -> Saved:
    """End the document. Raises NotFound, ConflictError, and UserError for one that has been sent."""
    case_id, person_id, dwelling_id = session.read(lambda view: view.cases.document_place(document_id))
    stored_id, kept, event = session.write(
        _right(case_id, person_id), lambda unit: unit.write_cases.remove_document(document_id, version)
    )
    return Saved(stored_id, kept, _changes(document_id, case_id, person_id, dwelling_id), event)


def _right(case_id: UUID | None, person_id: UUID | None) -> Right:
    return Right.WRITE_NOTES if case_id or person_id else Right.WRITE_DWELLINGS


def _changes(
    document_id: UUID, case_id: UUID | None, person_id: UUID | None, dwelling_id: UUID | None
) -> Changes:
    places = ((Kind.CASE, case_id), (Kind.PERSON, person_id), (Kind.DWELLING, dwelling_id))
    kinds = {kind for kind, place in places if place}
    ids = {place for _kind, place in places if place}
    return Changes(frozenset({Kind.DOCUMENT, Kind.TASK} | kinds), frozenset({document_id} | ids))


def _checked(draft: DocumentDraft) -> NewDocument:
    if not (draft.case_id or draft.person_id or draft.dwelling_id):
        raise InvalidInput("case_id", "Velg en sak, en person eller en bolig.")
    if draft.kind not in DocumentKind.codes():
        raise InvalidInput("kind", "Velg hva slags dokument det er.")
    kind = _kind_of_file(draft)
    kept = replace(
        draft,
        file_name=safe_name(draft.file_name, kind),
        title=_title(draft, kind),
        from_to=clean(draft.from_to)[:_MOST_TITLE],
    )
    return NewDocument(kept, kind.mime, hashlib.sha256(draft.body).hexdigest())


def _kind_of_file(draft: DocumentDraft) -> FileKind:
    if not draft.body:
        raise InvalidInput("body", "Filen er tom.", todo="Se etter om den er lagret riktig, og prøv igjen.")
    if len(draft.body) > MOST_BYTES:
        raise InvalidInput(
            "body",
            "Filen er for stor.",
            f"Den kan være høyst {MOST_BYTES // _MEGABYTE} MB.",
            "Skann med lavere oppløsning, eller del den opp.",
        )
    kind = sniff(draft.file_name, draft.body)
    if kind is None:
        raise InvalidInput(
            "body",
            "Denne filtypen kan ikke lagres.",
            "Boligdesk tar imot PDF, bilder (PNG, JPEG, TIFF), Word og Excel uten makroer, tekst og e-post.",
            "Lagre den som PDF, og prøv igjen.",
        )
    return kind


def _title(draft: DocumentDraft, kind: FileKind) -> str:
    """What was typed, else the kind, else the name of the file."""
    title = clean(draft.title)
    if len(title) > _MOST_TITLE:
        raise InvalidInput("title", f"Tittelen kan ha høyst {_MOST_TITLE} tegn.")
    if title:
        return title
    if draft.kind != DocumentKind.ATTACHMENT:
        return DocumentKind(draft.kind).label
    return title_from_name(draft.file_name) or kind.words
