"""A store that makes a whole office in one transaction: everything is stored, or nothing, and in half the time."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from boligdesk.storage.engine import writing
from boligdesk.storage.store import SqlStore, day_in_oslo
from boligdesk.storage.view import View

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator
    from uuid import UUID

    from sqlalchemy import Connection

    from boligdesk.storage.policies import Viewer
    from boligdesk.storage.work import Work

T = TypeVar("T")


class OneTransaction(SqlStore):
    """For one maker alone: an act that fails ends the whole, so nobody may count on a refused act being undone."""

    _connection: Connection | None = None

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """Everything inside is one transaction, stored at the end."""
        with writing(self.engine).begin() as connection:
            self._connection = connection
            self.forget_viewers()
            try:
                yield
            finally:
                self._connection = None

    def forget_viewers(self) -> None:
        """After an act that changes what somebody may see."""
        self._viewers: dict[tuple[UUID, dt.date], Viewer] = {}

    def settle(self) -> None:
        """The days of the story need no settling; the first opening does what is left."""

    def read(self, user_id: UUID, work: Callable[[View], T]) -> T:
        now = self.clock()
        today = day_in_oslo(now)
        connection = self._here()
        return work(View(connection, self._viewer(connection, user_id, today), now, today))

    def write(self, user_id: UUID, work: Callable[[Work], T]) -> T:
        unit = self.work_on(self._here(), user_id)
        result = work(unit)
        unit.finish()
        return result

    def work_on(self, connection: Connection, user_id: UUID) -> Work:
        from boligdesk.storage.work import Work

        now = self.clock()
        today = day_in_oslo(now)
        return Work(connection, self._viewer(connection, user_id, today), now, today, self._new_id)

    def _here(self) -> Connection:
        if self._connection is None:
            raise RuntimeError("outside the transaction")
        return self._connection

    def _viewer(self, connection: Connection, user_id: UUID, today: dt.date) -> Viewer:
        """Looked up once a day: what somebody may see follows the day."""
        if (user_id, today) not in self._viewers:
            self._viewers[user_id, today] = super().work_on(connection, user_id).viewer
        return self._viewers[user_id, today]
