"""What every act on one person begins with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from boligdesk.services.errors import NotFound
from boligdesk.storage.policies import readable
from boligdesk.storage.tables import Person

if TYPE_CHECKING:
    from uuid import UUID

    from boligdesk.storage.writer import Writer


class PersonActs:
    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def _locked(self, person_id: UUID) -> Any:
        """The row, locked until the transaction ends. Raises NotFound for those without access."""
        self._writer.flush()
        statement = select(Person.id, Person.row_version, Person.read_scope_id, Person.protection).where(
            Person.id == person_id, readable(Person, self._writer.viewer)
        )
        row = self._writer.first(statement if self._writer.is_sqlite else statement.with_for_update())
        if row is None:
            raise NotFound
        return row

    def _version(self, person_id: UUID) -> int:
        self._writer.flush()
        return int(self._writer.scalar(select(Person.row_version).where(Person.id == person_id)))
