"""Files that were merged into others: their ids stand in the log for ever, and lead to the file they lie in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, select

from boligdesk.storage.policies import readable
from boligdesk.storage.tables import Person
from boligdesk.storage.tables.declaring import aliased

if TYPE_CHECKING:
    from collections.abc import Collection

    from boligdesk.storage.policies import Viewer
    from boligdesk.storage.reader import Reader


def current_person(reader: Reader, person_id: UUID) -> UUID:
    """The file that an id leads to. One step is enough: a merge carries earlier ones along."""
    found = reader.scalar(select(Person.merged_into_id).where(Person.id == person_id))
    return found if isinstance(found, UUID) else person_id


def files_of(reader: Reader, person_id: UUID) -> list[UUID]:
    """The person, and the ids that were merged into him or her: log entries keep the id they were written with."""
    merged = reader.rows(select(Person.id).where(Person.merged_into_id == person_id).order_by(Person.id))
    return [person_id, *(row.id for row in merged)]


def kept_names(reader: Reader, people: Collection[UUID]) -> dict[UUID, str]:
    """Name of the file that each id leads to, for the people the viewer may read."""
    kept = aliased(Person)
    merged = reader.rows(
        select(Person.id, kept.display_name)
        .join(kept, kept.id == Person.merged_into_id)
        .where(Person.id.in_(people), readable(kept, reader.viewer))
    )
    own = reader.rows(
        select(Person.id, Person.display_name).where(Person.id.in_(people), readable(Person, reader.viewer))
    )
    return {row.id: row.display_name for row in (*merged, *own)}


def lies_readable(column: Any, viewer: Viewer) -> ColumnElement[bool]:
    """The id leads to a file that the viewer may read, through a merge."""
    merged, kept = aliased(Person), aliased(Person)
    return exists(
        select(kept.id).where(
            and_(merged.id == column, kept.id == merged.merged_into_id, readable(kept, viewer))
        )
    )
