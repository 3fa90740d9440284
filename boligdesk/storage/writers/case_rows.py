"""The row of a case as its writers need it, fetched under the access rule and, for a change, locked."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import select

from boligdesk.services.errors import InvalidInput, NotFound, UserError
from boligdesk.storage.policies import openable
from boligdesk.storage.tables import AppUser, CaseFile
from boligdesk.storage.writers.scope import case_scopes

if TYPE_CHECKING:
    from boligdesk.storage.writer import Writer


@dataclass(frozen=True, slots=True)
class CaseForWrite:
    """``scope`` is (read scope, protection) of content; ``shown`` the scope of rows in work lists."""

    id: UUID
    version: int
    applicant_id: UUID
    assignee_id: UUID | None
    phase: str
    waiting_on: str
    ended_at: dt.datetime | None
    org_unit_id: UUID
    scope: tuple[int, int]
    shown: int


def case_for_write(writer: Writer, case_id: UUID, *, closed_too: bool = False) -> CaseForWrite:
    """Raises NotFound for a case the viewer may not open, UserError for a closed one unless ``closed_too``."""
    writer.flush()
    statement = select(
        CaseFile.id,
        CaseFile.row_version,
        CaseFile.applicant_id,
        CaseFile.assignee_id,
        CaseFile.phase,
        CaseFile.waiting_on,
        CaseFile.ended_at,
        CaseFile.org_unit_id,
    ).where(CaseFile.id == case_id, openable(CaseFile, writer.viewer))
    row = writer.first(statement if writer.is_sqlite or closed_too else statement.with_for_update())
    if row is None:
        raise NotFound
    if row.ended_at is not None and not closed_too:
        raise UserError("Saken er avsluttet.", safe="Ingenting er endret.", todo="Åpne saken igjen først.")
    read, shown, level, _name, _order = case_scopes(writer, row.applicant_id, case_id)
    return CaseForWrite(
        id=row.id,
        version=row.row_version,
        applicant_id=row.applicant_id,
        assignee_id=row.assignee_id,
        phase=row.phase,
        waiting_on=row.waiting_on,
        ended_at=row.ended_at,
        org_unit_id=row.org_unit_id,
        scope=(read, level),
        shown=shown,
    )


def version_of(writer: Writer, case_id: UUID) -> int:
    """The version that a screen must carry from now on."""
    writer.flush()
    return int(writer.scalar(select(CaseFile.row_version).where(CaseFile.id == case_id)))


def require_colleague(writer: Writer, user_id: UUID, field: str) -> None:
    """Raises InvalidInput unless the user works here now."""
    if not writer.scalar(select(AppUser.id).where(AppUser.id == user_id, AppUser.active)):
        raise InvalidInput(field, "Velg en kollega som arbeider her.")
