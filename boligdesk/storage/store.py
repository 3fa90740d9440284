"""``SqlStore``: function in, plain data out, one transaction each; retried when the engine says busy."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from boligdesk.services.errors import NotAllowed, UserError
from boligdesk.storage.driver_errors import names_of_ours, translated
from boligdesk.storage.engine import reading, retrying, writing
from boligdesk.storage.policies import Viewer, load_viewer
from boligdesk.storage.reader import SYSTEM
from boligdesk.storage.types import uuid7
from boligdesk.storage.view import View

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection, Engine

    from boligdesk.storage.work import Work


T = TypeVar("T")
OSLO = ZoneInfo("Europe/Oslo")


def utc_now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


class SqlStore:
    """The store on one engine. ``clock`` gives aware UTC; ``new_id`` time-ordered ids."""

    def __init__(
        self,
        engine: Engine,
        clock: Callable[[], dt.datetime] = utc_now,
        new_id: Callable[[], UUID] = uuid7,
    ) -> None:
        self.engine = engine
        self.clock = clock
        self._new_id = new_id
        self._settled: dt.date | None = None

    def read(self, user_id: UUID, work: Callable[[View], T]) -> T:
        """Run ``work`` in one reading transaction as the user. Raises NotAllowed for an unknown user."""

        def once() -> T:
            now = self.clock()
            today = day_in_oslo(now)
            with translated(names_of_ours), reading(self.engine).begin() as connection:
                return work(View(connection, _viewer(connection, user_id, today), now, today))

        return retrying(once)

    def write(self, user_id: UUID, work: Callable[[Work], T]) -> T:
        """Run ``work`` in one writing transaction; all of it is stored, or nothing.

        ``work`` may run again when another writer was first, so it must not reach outside the transaction.
        """
        self.settle()

        def once() -> T:
            with translated(names_of_ours), writing(self.engine).begin() as connection:
                unit = self.work_on(connection, user_id)
                result = work(unit)
                unit.finish()
                return result

        return retrying(once)

    def settle(self) -> None:
        """Once a day, before anything is written: what begins or ends today takes effect."""
        today = day_in_oslo(self.clock())
        if self._settled == today:
            return
        from boligdesk.storage.writers.protection_days import settle_day

        before, self._settled = self._settled, today  # the settling writes too
        try:
            settle_day(self)
        except UserError:
            self._settled = before
            raise

    def work_on(self, connection: Connection, user_id: UUID) -> Work:
        """A unit of work in a transaction of the caller's, who also calls ``finish``."""
        from boligdesk.storage.work import Work

        now = self.clock()
        today = day_in_oslo(now)
        return Work(connection, _viewer(connection, user_id, today), now, today, self._new_id)

    def close(self) -> None:
        """Let go of the connections (and of the file, with a last checkpoint)."""
        self.engine.dispose()


def day_in_oslo(moment: dt.datetime) -> dt.date:
    """The calendar day that Norwegian law sees."""
    return moment.astimezone(OSLO).date()


def _viewer(connection: Connection, user_id: UUID, today: dt.date) -> Viewer:
    if user_id == SYSTEM:
        return Viewer(SYSTEM, "Boligdesk", (), 0, (), ())
    viewer = load_viewer(connection, user_id, today)
    if viewer is None:
        raise NotAllowed(
            "Du har ikke tilgang til denne databasen.",
            "Brukeren finnes ikke, eller er sperret.",
            todo="Spør den som er systemansvarlig.",
        )
    return viewer
