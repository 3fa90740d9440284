"""Drafts of the user: what was being written when the light went out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from boligdesk.services.records.common import Draft as DraftRecord
from boligdesk.storage.policies import openable, readable
from boligdesk.storage.tables import CaseFile, Draft, Person

if TYPE_CHECKING:
    from uuid import UUID

    from boligdesk.storage.reader import Reader


class DraftQueries:
    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def load(self, subject_kind: str, subject_id: UUID | None, field: str) -> DraftRecord | None:
        row = self._reader.first(
            select(Draft.__table__)
            .where(
                self._mine(),
                Draft.subject_kind == subject_kind,
                Draft.subject_id.is_(None) if subject_id is None else Draft.subject_id == subject_id,
                Draft.field == field,
            )
            .order_by(Draft.saved_at.desc(), Draft.id)  # two windows may have saved at the same moment
            .limit(1)
        )
        return None if row is None else self._record(row)

    def all(self) -> tuple[DraftRecord, ...]:
        """Newest first."""
        rows = self._reader.rows(
            select(Draft.__table__).where(self._mine()).order_by(Draft.saved_at.desc(), Draft.id)
        )
        return tuple(self._record(row) for row in rows)

    def _mine(self) -> Any:
        return Draft.user_id == self._reader.viewer.user_id

    def _record(self, row: Any) -> DraftRecord:
        return DraftRecord(
            row.subject_kind, row.subject_id, row.field, row.body, row.saved_at, self._label(row)
        )

    def _label(self, row: Any) -> str:
        """Whom the draft is about, as long as the user may still see that."""
        viewer = self._reader.viewer
        if row.subject_kind == "person":
            found = self._reader.scalar(
                select(Person.display_name).where(Person.id == row.subject_id, readable(Person, viewer))
            )
        elif row.subject_kind == "case":
            found = self._reader.scalar(
                select(CaseFile.applicant_name).where(
                    CaseFile.id == row.subject_id, openable(CaseFile, viewer)
                )
            )
        else:
            found = None
        return str(found or "")
