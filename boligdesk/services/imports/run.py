"""Brings a checked list into the store: dry run first, then in one transaction.

A row is recognised by what it said last time (a fingerprint), by its id in the old system, or by its
number or code. The same file twice therefore changes nothing, also when somebody has worked on the
records in between; a row that says something new is laid over what is there, cell by filled cell.
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

from boligdesk.domain.access import Right
from boligdesk.services.changes import Changes, Kind
from boligdesk.services.errors import UserError
from boligdesk.services.imports.fields import check_kind
from boligdesk.services.imports.mapping import by_hand, heading_signature, recognise
from boligdesk.services.imports.report import ImportReport
from boligdesk.services.imports.rows import check_rows
from boligdesk.services.imports.take_applications import ApplicationTaker
from boligdesk.services.imports.take_dwellings import DwellingTaker
from boligdesk.services.imports.take_households import HouseholdTaker
from boligdesk.services.imports.take_people import PeopleTaker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from boligdesk.services.imports.mapping import Mapping
    from boligdesk.services.imports.rows import CheckedRow
    from boligdesk.services.imports.table import SourceTable
    from boligdesk.services.imports.taking import Taker
    from boligdesk.services.ports import Work
    from boligdesk.services.session import Session

_TAKERS: dict[str, type[Taker]] = {
    "dwellings": DwellingTaker,
    "people": PeopleTaker,
    "households": HouseholdTaker,
    "applications": ApplicationTaker,
}
#: Everything a list may have touched.
TOUCHED = Changes(frozenset({Kind.PERSON, Kind.HOUSEHOLD, Kind.CASE, Kind.TASK, Kind.DWELLING}))


class ImportStopped(UserError):
    """The person stopped the run. Nothing was stored."""

    code = "stopped"

    def __init__(self) -> None:
        super().__init__("Innhentingen er stoppet.", safe="Ingenting fra lista er lagret.")


class _DryRun(Exception):
    """Carries the report out of a transaction that is to be rolled back."""

    def __init__(self, report: ImportReport) -> None:
        super().__init__()
        self.report = report


class Imports:
    def __init__(self, session: Session) -> None:
        self._session = session

    def mapping(self, headings: tuple[str, ...], kind: str) -> Mapping:
        """The mapping remembered for a list with these headings, else what is recognised."""
        signature = heading_signature(headings)
        kept = self._session.read(lambda view: view.office.remembered_mapping(check_kind(kind), signature))
        return recognise(headings, kind) if kept is None else by_hand(kept, headings, kind)

    def remember(self, headings: tuple[str, ...], mapping: Mapping) -> None:
        """Keep a mapping made by hand for the next list with the same headings."""
        self._session.write(
            Right.IMPORT_LISTS,
            lambda work: work.write_imports.remember_mapping(
                mapping.kind, heading_signature(headings), mapping.as_json()
            ),
        )

    def dry_run(
        self,
        table: SourceTable,
        kind: str,
        mapping: Mapping,
        progress: Callable[[int, int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> ImportReport:
        """Exactly what ``take`` would do, to the last row that waits to be sent; and then all of it rolled back."""

        def work(unit: Work) -> NoReturn:
            report = self._run(unit, table, kind, mapping, progress, cancelled, is_dry=True)
            unit.finish()
            raise _DryRun(report)

        try:
            self._session.write(Right.IMPORT_LISTS, work)
        except _DryRun as done:
            return done.report
        raise AssertionError("a dry run always ends in its report")

    def take(
        self,
        table: SourceTable,
        kind: str,
        mapping: Mapping,
        progress: Callable[[int, int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> ImportReport:
        """Store the good rows, all in one transaction; the others are told with their reasons.

        ``progress(rows done, rows in all)``; when ``cancelled`` answers True nothing is stored (ImportStopped).
        """

        def work(unit: Work) -> ImportReport:
            return self._run(unit, table, kind, mapping, progress, cancelled, is_dry=False)

        return self._session.write(Right.IMPORT_LISTS, work)

    def _run(
        self,
        unit: Work,
        table: SourceTable,
        kind: str,
        mapping: Mapping,
        progress: Callable[[int, int], None] | None,
        cancelled: Callable[[], bool] | None,
        *,
        is_dry: bool,
    ) -> ImportReport:
        with _without_collector():
            rows: list[CheckedRow] = []
            for row in check_rows(table, mapping, check_kind(kind), unit.today):
                _stop_if(cancelled, len(rows))
                rows.append(row)
            taker = _TAKERS[kind](unit, self._session, rows)
            for number, row in enumerate(rows, start=1):
                _stop_if(cancelled, number)
                taker.take(row)
                if progress is not None and (number % 50 == 0 or number == len(rows)):
                    progress(number, len(rows))
            taker.finish()
        report = ImportReport(kind, tuple(taker.outcomes), tuple(taker.checked), is_dry)
        if report.created or report.updated:
            unit.write_imports.finished(kind, table.sha256, mapping.as_json(), report.counts())
        return report


@contextmanager
def _without_collector() -> Iterator[None]:
    """Nothing of a list is garbage until all of it is stored; looking for it costs an eighth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _stop_if(cancelled: Callable[[], bool] | None, number: int) -> None:
    if cancelled is not None and number % 50 == 0 and cancelled():
        raise ImportStopped
