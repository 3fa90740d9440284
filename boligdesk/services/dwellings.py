"""The housing register: dwellings, buildings, statuses through time, facts. Never who lives where."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from boligdesk.domain.access import Right
from boligdesk.domain.catalog import DwellingStatus
from boligdesk.domain.dwellings import may_become, status_step, why_not
from boligdesk.domain.text import clean, clean_long
from boligdesk.services.changes import Changes, Kind
from boligdesk.services.dwelling_checks import (
    check_fact,
    checked_building,
    checked_dwelling,
    checked_end,
    checked_entrance,
    checked_work,
)
from boligdesk.services.errors import InvalidInput
from boligdesk.services.records.common import Saved, Sort

if TYPE_CHECKING:
    from uuid import UUID

    from boligdesk.domain.dwellings import StatusNow, StatusStep
    from boligdesk.services.ports import Work
    from boligdesk.services.records.common import FactDraft, Page
    from boligdesk.services.records.dwellings import (
        BuildingDraft,
        BuildingRow,
        DwellingCounts,
        DwellingDetail,
        DwellingDraft,
        DwellingFilter,
        DwellingRow,
    )
    from boligdesk.services.records.register import EntranceDraft, EntranceRow, WorkDraft, WorkEnd, WorkRow
    from boligdesk.services.session import Session

#: Other systems that know the dwelling by a number of their own.
EXTERNAL_SYSTEMS = {"kobo": "Kobo", "fdv": "FDV", "ekstra": "Ekstra referanse"}
_BY_ADDRESS = Sort("address")
_FIRST_DAY = dt.date(1900, 1, 1)
_MOST_REASON = 500
_MOST_REF = 100


class Dwellings:
    def __init__(self, session: Session) -> None:
        self._session = session

    # -- reading --------------------------------------------------------------------------------

    def page(
        self, wanted: DwellingFilter, sort: Sort = _BY_ADDRESS, offset: int = 0, limit: int = 100
    ) -> Page[DwellingRow]:
        """One window of the register; unknown values last.

        ``sort.key``: address, code, district, kind, bedrooms, area, rent, status, available.
        """
        self._session.require(Right.READ_DWELLINGS)
        return self._session.read(lambda view: view.dwellings.page(wanted, sort, offset, limit))

    def counts(self, wanted: DwellingFilter) -> DwellingCounts:
        """Counts of the same rows that ``page`` gives for the filter."""
        self._session.require(Right.READ_DWELLINGS)
        return self._session.read(lambda view: view.dwellings.counts(wanted))

    def detail(self, dwelling_id: UUID) -> DwellingDetail:
        """Raises NotFound. Opening a dwelling is not logged: it names nobody."""
        self._session.require(Right.READ_DWELLINGS)
        return self._session.read(lambda view: view.dwellings.detail(dwelling_id))

    def buildings(self) -> tuple[BuildingRow, ...]:
        self._session.require(Right.READ_DWELLINGS)
        return self._session.read(lambda view: view.dwellings.buildings())

    def building_draft(self, building_id: UUID) -> BuildingDraft:
        """Raises NotFound."""
        self._session.require(Right.READ_DWELLINGS)
        return self._session.read(lambda view: view.dwellings.building_draft(building_id))

    def of_building(self, building_id: UUID) -> tuple[DwellingRow, ...]:
        """Dwellings of the building that are still at our disposal, by address."""
        self._session.require(Right.READ_DWELLINGS)
        return self._session.read(lambda view: view.dwellings.of_building(building_id))

    def entrances(self, building_id: UUID) -> tuple[EntranceRow, ...]:
        """By letter, with our dwellings in each. Raises NotFound."""
        self._session.require(Right.READ_DWELLINGS)
        return self._session.read(lambda view: view.dwellings.entrances(building_id))

    def works_of_building(self, building_id: UUID) -> tuple[WorkRow, ...]:
        """Works on the building itself: what goes on first. Raises NotFound."""
        self._session.require(Right.READ_DWELLINGS)
        return self._session.read(lambda view: view.dwellings.works_of_building(building_id))

    def cadastres(self, dwelling_id: UUID) -> tuple[tuple[str, dt.date | None, dt.date | None], ...]:
        """Land register numbers through time, (number, from, to), newest first."""
        self._session.require(Right.READ_DWELLINGS)
        return self._session.read(lambda view: view.dwellings.cadastres(dwelling_id))

    def external_refs(self, dwelling_id: UUID) -> tuple[tuple[str, str], ...]:
        """(system, number) of the dwelling in other systems."""
        self._session.require(Right.READ_DWELLINGS)
        return self._session.read(lambda view: view.dwellings.external_refs(dwelling_id))

    # -- writing --------------------------------------------------------------------------------

    def register(self, draft: DwellingDraft, status: str, from_on: dt.date | None = None) -> Saved:
        """Register a dwelling with its first status. ``from_on`` None = since before anybody knows.

        «Ledig» from a day to come is «Ledig» from today with that day as ``available_on``.
        Raises InvalidInput, also when the code is taken.
        """
        stored, cadastre = checked_dwelling(draft)
        first = _status(status)

        def work(work: Work) -> tuple[UUID, int, UUID | None]:
            step = status_step(None, first, from_on or work.today, None, work.today)
            _sensible("from_on", step.from_on, work.today)
            since = step.from_on if from_on else None
            return work.write_dwellings.register(stored, cadastre, first, step, since)

        return _saved(self._session.write(Right.WRITE_DWELLINGS, work))

    def change(self, draft: DwellingDraft) -> Saved:
        """Save over ``draft.version``. Raises InvalidInput, NotFound or ConflictError."""
        stored, cadastre = checked_dwelling(draft)
        return _saved(
            self._session.write(
                Right.WRITE_DWELLINGS, lambda work: work.write_dwellings.change(stored, cadastre)
            )
        )

    def set_status(
        self,
        dwelling_id: UUID,
        version: int,
        status: str,
        from_on: dt.date,
        reason: str = "",
        available_on: dt.date | None = None,
    ) -> Saved:
        """A new status from a day (model.md 2.4), never before the one it follows began.

        «Utleid» can be set by hand here, because this version has no tenancies; when they come, an active
        tenancy sets it. «Ledig» from a day to come keeps the status and stores the day as ``available_on``;
        the status it already has, with another ``available_on``, changes that day alone.
        Sold and demolished end the dwelling: it leaves the lists. Why a dwelling is «ikke disponibel» is
        stored and shown nowhere (ui.md 3.9): somebody's safety may be the cause.
        Raises InvalidInput, NotFound or ConflictError.
        """
        wanted = _status(status)
        why = _reason(reason)

        def work(work: Work) -> tuple[UUID, int, UUID | None]:
            now = work.dwellings.status(dwelling_id)
            step = status_step(now.status, wanted, from_on, available_on, work.today)
            if now.version == version:  # a stale version is a conflict, whatever was wished for
                _check_step(now, wanted, step, work.today)
            return work.write_dwellings.set_status(dwelling_id, version, wanted, step, why)

        return _saved(self._session.write(Right.WRITE_DWELLINGS, work))

    def record_facts(
        self,
        dwelling_id: UUID,
        version: int,
        facts: tuple[FactDraft, ...],
    ) -> Saved:
        """What somebody saw, with source and date; earlier answers stay.

        Two people who answer different questions both get through; for the same question the second gets a
        ConflictError that names it. Raises InvalidInput and NotFound too. Facts stand for ever once written:
        there is nothing to undo (``event_id`` None), a new answer puts a wrong one right.
        """

        def work(work: Work) -> tuple[UUID, int, UUID | None]:
            for fact in facts:
                check_fact(fact, work.today)
            return work.write_dwellings.record_facts(dwelling_id, facts)

        root, version, _event = self._session.write(Right.WRITE_DWELLINGS, work)
        return _saved((root, version, None))

    def save_building(self, draft: BuildingDraft) -> Saved:
        """Register a building (``id`` None) or save over ``draft.version``."""
        stored = checked_building(draft)
        return _saved(
            self._session.write(
                Right.WRITE_DWELLINGS, lambda work: work.write_dwellings.save_building(stored)
            )
        )

    def save_entrance(self, draft: EntranceDraft) -> Saved:
        """Register an entrance (``id`` None) or correct it, over the building's version; ``Saved.id`` is its id.

        ``Saved.version`` is the building's. Raises InvalidInput, NotFound or ConflictError.
        """
        stored = checked_entrance(draft)
        return _saved(
            self._session.write(
                Right.WRITE_DWELLINGS, lambda work: work.write_dwellings.save_entrance(stored)
            )
        )

    def end_entrance(self, entrance_id: UUID, version: int) -> Saved:
        """Take an entrance off its building (``version`` is the building's). InvalidInput while dwellings are in it."""
        return _saved(
            self._session.write(
                Right.WRITE_DWELLINGS, lambda work: work.write_dwellings.end_entrance(entrance_id, version)
            )
        )

    def record_work(self, draft: WorkDraft) -> Saved:
        """Record or correct a work on a dwelling or a building; ``version`` and ``Saved`` are that one's.

        A work that takes the dwelling out and has begun sets its status: «under utbedring» when the planned
        end is known, with the day after as «ledig fra», «ikke disponibel» when it is not (ui.md S8, model.md 8).
        One that begins later leaves the status until it is saved again on or after its day. A status that
        nobody but a person may lift stays as it is. Raises InvalidInput, NotFound or ConflictError.
        """
        stored = checked_work(draft)
        return _saved(
            self._session.write(Right.WRITE_DWELLINGS, lambda work: work.write_dwellings.record_work(stored))
        )

    def end_work(self, end: WorkEnd) -> Saved:
        """The work is finished, or was never done. Without another work that takes it out, the dwelling is free.

        Raises InvalidInput, NotFound or ConflictError.
        """

        def work(work: Work) -> tuple[UUID, int, UUID | None]:
            checked_end(end, work.today)
            return work.write_dwellings.end_work(end)

        return _saved(self._session.write(Right.WRITE_DWELLINGS, work))

    def add_external_ref(self, dwelling_id: UUID, version: int, system: str, ref: str) -> Saved:
        """The dwelling's number in another system; stands for ever. Raises InvalidInput when it is taken."""
        if system not in EXTERNAL_SYSTEMS:
            raise InvalidInput("system", "Velg et av systemene i listen.")
        number = clean(ref)
        if not number or len(number) > _MOST_REF:
            raise InvalidInput("ref", "Skriv nummeret boligen har i det andre systemet.")
        return _saved(
            self._session.write(
                Right.WRITE_DWELLINGS,
                lambda work: work.write_dwellings.add_external_ref(dwelling_id, version, system, number),
            )
        )


def _saved(result: tuple[UUID, int, UUID | None]) -> Saved:
    root, version, event = result
    return Saved(root, version, Changes(frozenset({Kind.DWELLING}), frozenset({root})), event)


def _status(status: str) -> DwellingStatus:
    if status not in DwellingStatus.codes():
        raise InvalidInput("status", "Velg en av statusene i listen.")
    return DwellingStatus(status)


def _check_step(now: StatusNow, wanted: DwellingStatus, step: StatusStep, today: dt.date) -> None:
    only_day = wanted is now.status and step.available_on != now.available_on
    if not only_day and not may_become(now.status, wanted):
        title = f"Boligen kan ikke gå fra «{now.status.label}» til «{wanted.label}»."
        raise InvalidInput("status", title, why_not(now.status, wanted))
    if step.changes:
        _sensible("from_on", step.from_on, today)
        if now.since is not None and step.from_on < now.since:
            began = f"Den begynte {now.since:%d.%m.%Y}."
            raise InvalidInput("from_on", "Datoen er før den forrige statusen begynte.", began)
    if step.available_on is not None and step.available_on < step.from_on:
        raise InvalidInput("available_on", "Boligen kan ikke bli ledig før statusen begynner.")


def _reason(text: str) -> str:
    reason = clean_long(text)
    if len(reason) > _MOST_REASON:
        raise InvalidInput("reason", "Begrunnelsen er for lang.", f"Det er plass til {_MOST_REASON} tegn.")
    return reason


def _sensible(field: str, day: dt.date, today: dt.date) -> None:
    if day < _FIRST_DAY:
        raise InvalidInput(field, "Datoen ligger for langt tilbake.")
    if day > today:
        raise InvalidInput(
            field,
            "Statusen kan ikke begynne i framtiden.",
            todo="Sett den når dagen kommer, eller meld «Ledig fra».",
        )
