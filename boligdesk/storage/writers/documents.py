"""Documents come in with their bytes, and are taken away by being ended. Bytes are never changed."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import func, select

from boligdesk.domain.catalog import TaskKind, WaitingOn
from boligdesk.services.errors import NotFound, UserError
from boligdesk.services.ports.cases import NewTask
from boligdesk.storage.policies import on_register
from boligdesk.storage.queries.documents import may_open
from boligdesk.storage.tables import Blob, CaseFile, Document, DocumentVersion, Dwelling
from boligdesk.storage.writers.case_rows import case_for_write
from boligdesk.storage.writers.deadlines import add_task, live_tasks
from boligdesk.storage.writers.notes import place

if TYPE_CHECKING:
    from boligdesk.services.ports.cases import NewDocument
    from boligdesk.services.records.cases import DocumentDraft
    from boligdesk.storage.writer import Writer

#: Variant of the archive format: the document as it was made (produksjonsformat).
_AS_MADE = "P"


def add_document(writer: Writer, new: NewDocument) -> tuple[UUID, int, UUID]:
    """Store a checked file on a case, a person or a dwelling. Raises NotFound outside the viewer's reach."""
    draft = new.draft
    scope, person_id = _place(writer, draft)
    document_id, version_id, blob_id = writer.new_id(), writer.new_id(), writer.new_id()
    event = writer.event(
        "add_document",
        "document",
        document_id,
        scope=scope,
        case_id=draft.case_id,
        person_id=person_id,
        params={"kind": draft.kind},
    )
    writer.insert(
        Document,
        id=document_id,
        case_id=draft.case_id,
        person_id=None if draft.case_id else person_id,
        dwelling_id=draft.dwelling_id,
        kind=draft.kind,
        title=draft.title,
        dated_on=draft.dated_on,
        from_to=draft.from_to or None,
        current_version_id=version_id,
        read_scope_id=scope[0],
        protection=scope[1],
    )
    writer.insert(
        DocumentVersion,
        id=version_id,
        document_id=document_id,
        no=1,
        variant=_AS_MADE,
        file_name=draft.file_name,
        mime=new.mime,
        size=len(draft.body),
        sha256=new.sha256,
        blob_id=blob_id,
    )
    writer.put_plain(Blob, {"id": blob_id, "body": draft.body})
    if draft.case_id is not None:
        _look_at_it(writer, draft.case_id)
    return document_id, 1, event


def _place(writer: Writer, draft: DocumentDraft) -> tuple[tuple[int, int], UUID | None]:
    if draft.dwelling_id is None or draft.case_id or draft.person_id:
        return place(writer, draft.case_id, draft.person_id)
    scope = writer.scalar(
        select(Dwelling.list_scope_id).where(
            Dwelling.id == draft.dwelling_id, on_register(Dwelling, writer.viewer)
        )
    )
    if scope is None:
        raise NotFound
    return (int(scope), 0), None


def _look_at_it(writer: Writer, case_id: UUID) -> None:
    """Something came in while the case waited: somebody must look at it (model.md 2.1)."""
    waiting = writer.scalar(
        select(CaseFile.waiting_on).where(CaseFile.id == case_id, CaseFile.ended_at.is_(None))
    )
    if waiting not in {WaitingOn.APPLICANT.value, WaitingOn.OTHERS.value}:
        return
    if any(task.kind == TaskKind.ASSESS_INCOMING for task in live_tasks(writer, case_id)):
        return
    case = case_for_write(writer, case_id)
    add_task(writer, case, NewTask(TaskKind.ASSESS_INCOMING), case.assignee_id)


def remove_document(writer: Writer, document_id: UUID, version: int) -> tuple[UUID, int, UUID | None]:
    """End the document; the bytes stay, and the act can be undone. Raises UserError for a frozen one."""
    row = writer.first(
        select(
            Document.case_id,
            Document.person_id,
            Document.kind,
            Document.frozen_at,
            Document.ended_at,
            Document.row_version,
            Document.read_scope_id,
            Document.protection,
        ).where(Document.id == document_id, may_open(writer.viewer))
    )
    if row is None:
        raise NotFound
    if row.ended_at is not None:
        return document_id, row.row_version, None
    if row.frozen_at is not None:
        raise UserError(
            "Dokumentet er sendt og kan ikke fjernes.",
            safe="Ingenting er endret.",
            todo="Send et nytt brev i stedet.",
        )
    person_id = row.person_id
    if row.case_id is not None:
        person_id = case_for_write(writer, row.case_id, closed_too=True).applicant_id
    event = writer.event(
        "remove_document",
        "document",
        document_id,
        scope=(row.read_scope_id, row.protection),
        case_id=row.case_id,
        person_id=person_id,
        params={"kind": row.kind},
    )
    return document_id, writer.change(Document, document_id, version, ended_at=writer.now), event


def opened_document(writer: Writer, document_id: UUID) -> None:
    """Leave a read entry on the document, and on the person it is about. Raises NotFound."""
    row = writer.first(
        select(Document.case_id, func.coalesce(Document.person_id, CaseFile.applicant_id).label("person_id"))
        .outerjoin(CaseFile, CaseFile.id == Document.case_id)
        .where(Document.id == document_id, may_open(writer.viewer))
    )
    if row is None:
        raise NotFound
    writer.read_entry("vis_dokument", person_id=row.person_id, case_id=row.case_id, document_id=document_id)
