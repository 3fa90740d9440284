"""Documents of a case, a person or a dwelling: rows without bytes, and one with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, or_, select

from boligdesk.services.errors import NotFound
from boligdesk.services.records.cases import DocumentRow
from boligdesk.storage.policies import readable
from boligdesk.storage.tables import Blob, Document, DocumentVersion

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import ColumnElement, Row

    from boligdesk.storage.policies import Viewer
    from boligdesk.storage.reader import Reader

_COLUMNS = (
    Document.id,
    Document.row_version,
    Document.title,
    Document.kind,
    Document.dated_on,
    Document.from_to,
    Document.created_at,
    Document.created_by,
    DocumentVersion.file_name,
    DocumentVersion.mime,
    DocumentVersion.size,
)


def may_open(viewer: Viewer) -> ColumnElement[bool]:
    """About people by the rule of content; of a dwelling alone by the rule of the register."""
    of_register = and_(
        Document.dwelling_id.is_not(None),
        Document.case_id.is_(None),
        Document.person_id.is_(None),
        Document.protection == 0,
        Document.read_scope_id.in_(viewer.place_scopes),
    )
    return or_(readable(Document, viewer), of_register)


def documents_where(reader: Reader, where: Any) -> tuple[DocumentRow, ...]:
    """Live documents that the viewer may open, newest first."""
    rows = reader.rows(
        select(*_COLUMNS)
        .join(DocumentVersion, DocumentVersion.id == Document.current_version_id)
        .where(where, Document.ended_at.is_(None), may_open(reader.viewer))
        .order_by(Document.created_at.desc(), Document.id.desc())
    )
    return tuple(_row(reader, row) for row in rows)


def document_body(reader: Reader, document_id: UUID) -> tuple[DocumentRow, bytes]:
    """Row and bytes of the current version. Raises NotFound."""
    row = reader.first(
        select(*_COLUMNS, Blob.body)
        .join(DocumentVersion, DocumentVersion.id == Document.current_version_id)
        .join(Blob, Blob.id == DocumentVersion.blob_id)
        .where(Document.id == document_id, may_open(reader.viewer))
    )
    if row is None:
        raise NotFound
    return _row(reader, row), bytes(row.body)


def document_place(reader: Reader, document_id: UUID) -> tuple[UUID | None, UUID | None, UUID | None]:
    """(case, person, dwelling) it is filed on. Raises NotFound."""
    row = reader.first(
        select(Document.case_id, Document.person_id, Document.dwelling_id).where(
            Document.id == document_id, may_open(reader.viewer)
        )
    )
    if row is None:
        raise NotFound
    return row.case_id, row.person_id, row.dwelling_id


def same_document(
    reader: Reader, sha256: str, case_id: UUID | None, person_id: UUID | None, dwelling_id: UUID | None
) -> DocumentRow | None:
    """A live document with the same bytes at the same place."""
    if case_id is not None:
        where: Any = Document.case_id == case_id
    elif person_id is not None:
        where = and_(Document.person_id == person_id, Document.case_id.is_(None))
    else:
        where = Document.dwelling_id == dwelling_id
    found = documents_where(reader, and_(where, DocumentVersion.sha256 == sha256))
    return found[0] if found else None


def _row(reader: Reader, row: Row[Any]) -> DocumentRow:
    return DocumentRow(
        id=row.id,
        version=row.row_version,
        title=row.title,
        kind=row.kind,
        dated_on=row.dated_on,
        from_to=row.from_to or "",
        file_name=row.file_name,
        mime=row.mime,
        size=row.size,
        added_at=row.created_at,
        by=reader.user_names.get(row.created_by, ""),
    )
