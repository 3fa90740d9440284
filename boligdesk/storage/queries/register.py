"""Entrances of buildings and works, as the pages read them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, exists, func, or_, select

from boligdesk.domain.catalog import DwellingStatus
from boligdesk.domain.text import sort_key
from boligdesk.domain.works import WorkState, WorkTime, work_state
from boligdesk.services.errors import NotFound
from boligdesk.services.records.register import EntranceRow, WorkRow
from boligdesk.storage.policies import on_register
from boligdesk.storage.tables import Building, Dwelling, DwellingStatusPeriod, DwellingWork, Entrance
from boligdesk.storage.tables.declaring import aliased

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import Row

    from boligdesk.storage.reader import Reader

_ENTRANCE = (
    Entrance.id,
    Entrance.letter,
    Entrance.floors,
    Entrance.has_lift,
    Entrance.units_total,
    Entrance.limit_share,
)
_WORK = (
    DwellingWork.id,
    DwellingWork.building_id,
    DwellingWork.kind,
    DwellingWork.what,
    DwellingWork.cause,
    DwellingWork.contractor,
    DwellingWork.ordered_on,
    DwellingWork.begins_on,
    DwellingWork.planned_to,
    DwellingWork.finished_on,
    DwellingWork.cost_ore,
    DwellingWork.takes_out,
    DwellingWork.status_period_id,
)
_MOST = 100
_ORDER = {
    WorkState.OVERDUE.value: 0,
    WorkState.RUNNING.value: 0,
    WorkState.PLANNED.value: 1,
    WorkState.DONE.value: 2,
}


def entrances_of(reader: Reader, building_id: UUID) -> tuple[EntranceRow, ...]:
    """By letter, with the dwellings at our disposal in each. Raises NotFound."""
    _require_building(reader, building_id)
    ours = and_(Dwelling.entrance_id == Entrance.id, Dwelling.ended_at.is_(None))
    rows = reader.rows(
        select(*_ENTRANCE, func.count(Dwelling.id).label("dwellings"))
        .outerjoin(Dwelling, ours)
        .where(Entrance.building_id == building_id, Entrance.ended_at.is_(None))
        .group_by(*_ENTRANCE)
    )
    found = [_entrance(row, int(row.dwellings)) for row in rows]
    return tuple(sorted(found, key=lambda entrance: (sort_key(entrance.letter), str(entrance.id))))


def entrance_of(reader: Reader, entrance_id: UUID | None) -> EntranceRow | None:
    """The one entrance, with its dwellings whatever area the viewer covers: it is a share of a house."""
    if entrance_id is None:
        return None
    row = reader.first(select(*_ENTRANCE).where(Entrance.id == entrance_id, Entrance.ended_at.is_(None)))
    if row is None:
        return None
    count = reader.scalar(
        select(func.count(Dwelling.id)).where(
            Dwelling.entrance_id == entrance_id, Dwelling.ended_at.is_(None)
        )
    )
    return _entrance(row, int(count or 0))


def works_of(reader: Reader, dwelling_id: UUID | None, building_id: UUID | None) -> tuple[WorkRow, ...]:
    """Works of the dwelling and of the building: what goes on, what is to come, what is done, newest first."""
    places = [
        column == place
        for column, place in (
            (DwellingWork.dwelling_id, dwelling_id),
            (DwellingWork.building_id, building_id),
        )
        if place is not None
    ]
    rows = reader.rows(
        select(*_WORK)
        .where(or_(*places), DwellingWork.ended_at.is_(None))
        .order_by(DwellingWork.begins_on.desc(), DwellingWork.id.desc())
        .limit(_MOST)
    )
    found = [_work(reader, row) for row in rows]
    return tuple(sorted(found, key=lambda work: _ORDER[work.state]))  # stable: newest first within each


def works_of_building(reader: Reader, building_id: UUID) -> tuple[WorkRow, ...]:
    """Raises NotFound."""
    _require_building(reader, building_id)
    return works_of(reader, None, building_id)


def found_by_works(reader: Reader, dwelling_id: UUID) -> DwellingStatus | None:
    """The status that works found before the one they set, which is the live one; None = works did not set it.

    A dwelling that works found in no other status was vacant as far as anybody knows.
    """
    caused = exists().where(DwellingWork.status_period_id == DwellingStatusPeriod.id)
    live = reader.first(
        select(DwellingStatusPeriod.id, DwellingStatusPeriod.valid_from).where(
            DwellingStatusPeriod.dwelling_id == dwelling_id, DwellingStatusPeriod.valid_to.is_(None), caused
        )
    )
    if live is None:
        return None
    earlier = aliased(DwellingStatusPeriod)
    by_work = exists().where(DwellingWork.status_period_id == earlier.id)
    before = reader.scalar(
        select(earlier.status)
        .where(earlier.dwelling_id == dwelling_id, earlier.id != live.id, earlier.id < live.id, ~by_work)
        .where(earlier.status.not_in((DwellingStatus.WORKS.value, DwellingStatus.UNAVAILABLE.value)))
        .where((earlier.valid_to.is_(None)) | (earlier.valid_to != dt.date.min))
        .order_by(earlier.id.desc())
        .limit(1)
    )
    return DwellingStatus(before) if before else DwellingStatus.VACANT


def _require_building(reader: Reader, building_id: UUID) -> None:
    seen = select(Building.id).where(Building.id == building_id, on_register(Building, reader.viewer))
    if reader.scalar(seen) is None:
        raise NotFound


def _entrance(row: Row[Any], dwellings: int) -> EntranceRow:
    return EntranceRow(
        id=row.id,
        letter=row.letter,
        floors=row.floors,
        has_lift=None if row.has_lift is None else bool(row.has_lift),
        units_total=row.units_total,
        limit_share=row.limit_share,
        dwellings=dwellings,
    )


def _work(reader: Reader, row: Row[Any]) -> WorkRow:
    time = WorkTime(row.begins_on, row.planned_to, row.finished_on, bool(row.takes_out))
    state = work_state(time, reader.today)
    begun = state in {WorkState.RUNNING, WorkState.OVERDUE}
    return WorkRow(
        id=row.id,
        kind=row.kind,
        what=row.what,
        state=state.value,
        begins_on=row.begins_on,
        planned_to=row.planned_to,
        finished_on=row.finished_on,
        takes_out=bool(row.takes_out),
        cause=row.cause,
        contractor=row.contractor or "",
        ordered_on=row.ordered_on,
        cost_ore=row.cost_ore,
        of_building=row.building_id is not None,
        waits=begun and bool(row.takes_out) and row.status_period_id is None,
    )
