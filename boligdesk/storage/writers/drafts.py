"""Saves and throws away drafts. A draft is nobody's record yet: no event, no log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete

from boligdesk.storage.tables import Draft

if TYPE_CHECKING:
    import datetime as dt
    from uuid import UUID

    from boligdesk.services.records.common import Draft as DraftRecord
    from boligdesk.storage.writer import Writer


class DraftWriter:
    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def save(self, draft: DraftRecord) -> dt.datetime:
        self.discard(draft.subject_kind, draft.subject_id, draft.field)
        self._writer.put_plain(
            Draft,
            {
                "id": self._writer.new_id(),
                "user_id": self._writer.viewer.user_id,
                "subject_kind": draft.subject_kind,
                "subject_id": draft.subject_id,
                "field": draft.field,
                "body": draft.body,
                "saved_at": self._writer.now,
            },
        )
        return self._writer.now

    def discard(self, subject_kind: str, subject_id: UUID | None, field: str) -> None:
        self._writer.connection.execute(
            delete(Draft).where(
                Draft.user_id == self._writer.viewer.user_id,
                Draft.subject_kind == subject_kind,
                Draft.subject_id.is_(None) if subject_id is None else Draft.subject_id == subject_id,
                Draft.field == field,
            )
        )
