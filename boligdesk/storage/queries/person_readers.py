"""Who is on the list of a strictly confidential file, and who is proposed for one."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, and_, or_, select

from boligdesk.domain.access import Right
from boligdesk.domain.catalog import Protection
from boligdesk.services.records.people import FileReader
from boligdesk.storage.policies import live, readable
from boligdesk.storage.tables import AccessScope, Person, ScopeMember

if TYPE_CHECKING:
    from uuid import UUID

    from boligdesk.storage.reader import Reader

#: A proposal is in force from here; no day ever comes to it.
WAITS = dt.date.max


def waiting(table: Any) -> ColumnElement[bool]:
    """Proposed, and neither confirmed nor taken back."""
    return and_(table.valid_from == WAITS, table.valid_to.is_(None))


def readers_of(reader: Reader, person_id: UUID) -> tuple[FileReader, ...]:
    """Those named and those proposed, for somebody who may open the file; nobody for one that is not strict."""
    scope = select(Person.read_scope_id).where(
        Person.id == person_id,
        Person.protection >= Protection.STRICT.level,
        readable(Person, reader.viewer),
    )
    named = and_(ScopeMember.scope_id.in_(scope), or_(live(ScopeMember, reader.today), waiting(ScopeMember)))
    return _rows(reader, named)


def proposals(reader: Reader) -> tuple[FileReader, ...]:
    """What waits for a second person, for those cleared for such files. Never tells whose file it is."""
    if Right.PROTECT_PEOPLE not in reader.rights or reader.viewer.clearance < Protection.STRICT.level:
        return ()
    strict = select(AccessScope.id).where(
        AccessScope.kind == "liste",
        AccessScope.min_clearance >= Protection.STRICT.level,
        AccessScope.min_clearance <= reader.viewer.clearance,
    )
    return _rows(reader, and_(ScopeMember.scope_id.in_(strict), waiting(ScopeMember)))


def _rows(reader: Reader, condition: Any) -> tuple[FileReader, ...]:
    names = reader.user_names
    rows = reader.rows(
        select(
            ScopeMember.id,
            ScopeMember.user_id,
            ScopeMember.reason,
            ScopeMember.valid_from,
            ScopeMember.created_by,
            ScopeMember.created_at,
        )
        .where(condition, ScopeMember.user_id.is_not(None))
        .order_by(ScopeMember.id)
    )
    return tuple(
        FileReader(
            id=row.id,
            user_id=row.user_id,
            name=names.get(row.user_id, ""),
            reason=row.reason or "",
            since=None if row.valid_from == WAITS else row.valid_from,
            proposed_by=names.get(row.created_by, ""),
            proposed_on=row.created_at.date(),
            may_confirm=row.valid_from == WAITS and row.created_by != reader.viewer.user_id,
        )
        for row in rows
    )
