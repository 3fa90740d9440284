"""``SqlStore``: function in, plain data out, one transaction each; retried when the engine says busy."""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from boligdesk.services.errors import NotAllowed, UserError
from boligdesk.storage.driver_errors import translated, unique_names
from boligdesk.storage.engine import reading, retrying, writing
from boligdesk.storage.policies import Viewer, load_viewer
from boligdesk.storage.queries.cases import CaseQueries
from boligdesk.storage.queries.drafts import DraftQueries
from boligdesk.storage.queries.dwellings import DwellingQueries
from boligdesk.storage.queries.households import HouseholdQueries
from boligdesk.storage.queries.log import LogQueries
from boligdesk.storage.queries.merge import MergeQueries
from boligdesk.storage.queries.office import OfficeQueries
from boligdesk.storage.queries.people import PeopleQueries
from boligdesk.storage.queries.search import SearchQueries
from boligdesk.storage.queries.tasks import TaskQueries
from boligdesk.storage.queries.visits import VisitQueries
from boligdesk.storage.reader import SYSTEM, Reader
from boligdesk.storage.tables import Base
from boligdesk.storage.types import uuid7
from boligdesk.storage.writer import Writer
from boligdesk.storage.writers.cases import CaseWriter
from boligdesk.storage.writers.drafts import DraftWriter
from boligdesk.storage.writers.dwellings import DwellingWriter
from boligdesk.storage.writers.households import HouseholdWriter
from boligdesk.storage.writers.imports import ImportWriter
from boligdesk.storage.writers.merge import MergeWriter
from boligdesk.storage.writers.office import OfficeWriter
from boligdesk.storage.writers.people import PeopleWriter
from boligdesk.storage.writers.protection_days import settle_day
from boligdesk.storage.writers.tasks import TaskWriter
from boligdesk.storage.writers.undo import UndoWriter
from boligdesk.storage.writers.visits import VisitWriter

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection, Engine

    from boligdesk.storage.queries.letters import LetterQueries
    from boligdesk.storage.writers.letters import LetterWriter

T = TypeVar("T")
OSLO = ZoneInfo("Europe/Oslo")
UNIQUE_NAMES = unique_names(Base.metadata)


class View(Reader):
    """A reading transaction with the queries of every screen family."""

    @cached_property
    def people(self) -> PeopleQueries:
        return PeopleQueries(self)

    @cached_property
    def merging(self) -> MergeQueries:
        return MergeQueries(self)

    @cached_property
    def households(self) -> HouseholdQueries:
        return HouseholdQueries(self)

    @cached_property
    def dwellings(self) -> DwellingQueries:
        return DwellingQueries(self)

    @cached_property
    def cases(self) -> CaseQueries:
        return CaseQueries(self)

    @cached_property
    def tasks(self) -> TaskQueries:
        return TaskQueries(self)

    @cached_property
    def visits(self) -> VisitQueries:
        return VisitQueries(self)

    @cached_property
    def office(self) -> OfficeQueries:
        return OfficeQueries(self)

    @cached_property
    def search(self) -> SearchQueries:
        return SearchQueries(self)

    @cached_property
    def log(self) -> LogQueries:
        return LogQueries(self)

    @cached_property
    def drafts(self) -> DraftQueries:
        return DraftQueries(self)

    @cached_property
    def letters(self) -> LetterQueries:
        from boligdesk.storage.queries.letters import LetterQueries

        return LetterQueries(self)


class Work(Writer, View):
    """A writing transaction: every query, and the writers of every aggregate."""

    @cached_property
    def write_people(self) -> PeopleWriter:
        return PeopleWriter(self)

    @cached_property
    def write_merging(self) -> MergeWriter:
        return MergeWriter(self)

    @cached_property
    def write_households(self) -> HouseholdWriter:
        return HouseholdWriter(self)

    @cached_property
    def write_dwellings(self) -> DwellingWriter:
        return DwellingWriter(self)

    @cached_property
    def write_cases(self) -> CaseWriter:
        return CaseWriter(self)

    @cached_property
    def write_tasks(self) -> TaskWriter:
        return TaskWriter(self)

    @cached_property
    def write_visits(self) -> VisitWriter:
        return VisitWriter(self)

    @cached_property
    def write_office(self) -> OfficeWriter:
        return OfficeWriter(self)

    @cached_property
    def write_drafts(self) -> DraftWriter:
        return DraftWriter(self)

    @cached_property
    def write_letters(self) -> LetterWriter:
        from boligdesk.storage.writers.letters import LetterWriter

        return LetterWriter(self)

    @cached_property
    def write_imports(self) -> ImportWriter:
        return ImportWriter(self)

    @cached_property
    def undo(self) -> UndoWriter:
        return UndoWriter(self)


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
            with translated(UNIQUE_NAMES), reading(self.engine).begin() as connection:
                return work(View(connection, _viewer(connection, user_id, today), now, today))

        return retrying(once)

    def write(self, user_id: UUID, work: Callable[[Work], T]) -> T:
        """Run ``work`` in one writing transaction; all of it is stored, or nothing.

        ``work`` may run again when another writer was first, so it must not reach outside the transaction.
        """
        self.settle()

        def once() -> T:
            with translated(UNIQUE_NAMES), writing(self.engine).begin() as connection:
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
        before, self._settled = self._settled, today  # the settling writes too
        try:
            settle_day(self)
        except UserError:
            self._settled = before
            raise

    def work_on(self, connection: Connection, user_id: UUID) -> Work:
        """A unit of work in a transaction of the caller's, who also calls ``finish``."""
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
