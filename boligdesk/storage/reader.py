"""What a query module stands on: one open transaction, seen by one viewer, at one moment."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import select

from boligdesk.domain.access import Right, rights_of
from boligdesk.storage.tables import AppUser, District, Meta, OrgUnit

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from sqlalchemy import Connection, Row
    from sqlalchemy.sql.base import Executable

    from boligdesk.storage.policies import Viewer

#: The actor of what the program itself does before there is a user.
SYSTEM = UUID(int=0)


class Reader:
    """One transaction. ``now`` and ``today`` (Europe/Oslo) are the same all through it."""

    def __init__(self, connection: Connection, viewer: Viewer, now: dt.datetime, today: dt.date) -> None:
        self.connection = connection
        self.viewer = viewer
        self.now = now
        self.today = today

    @cached_property
    def rights(self) -> frozenset[Right]:
        """What the viewer's roles allow today: a role taken away counts at once."""
        return rights_of(self.viewer.roles)

    @property
    def is_sqlite(self) -> bool:
        return self.connection.dialect.name == "sqlite"

    def rows(self, statement: Executable) -> Sequence[Row[Any]]:
        return self.connection.execute(statement).all()

    def first(self, statement: Executable) -> Row[Any] | None:
        return self.connection.execute(statement).first()

    def scalar(self, statement: Executable) -> Any:
        return self.connection.execute(statement).scalar()

    @cached_property
    def user_names(self) -> dict[UUID, str]:
        """Names of everybody who works or worked here, for «hvem» in rows and timelines."""
        names = {row.id: row.name for row in self.rows(select(AppUser.id, AppUser.name))}
        return {SYSTEM: "Boligdesk", **names}

    @cached_property
    def district_names(self) -> dict[UUID, str]:
        return {row.id: row.name for row in self.rows(select(District.id, District.name))}

    @cached_property
    def office_unit(self) -> UUID:
        """The unit that new cases and dwellings belong to in a one-office store."""
        found = self.scalar(select(OrgUnit.id).order_by(OrgUnit.code).limit(1))
        if found is None:
            raise LookupError("the store has no organisational unit")
        return UUID(str(found))

    def meta(self, key: str) -> str | None:
        value = self.scalar(select(Meta.value).where(Meta.key == key))
        return value if isinstance(value, str) else None

    @cached_property
    def pepper(self) -> bytes:
        """Key of the look-up hashes of identity numbers; made with the store, never shown."""
        return bytes.fromhex(self.meta("pepper") or "")
