"""Buildings of the register; their entrances are read in ``register``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, and_, func, select

from boligdesk.domain.dwellings import address_of, address_sort
from boligdesk.services.errors import NotFound
from boligdesk.services.records.dwellings import BuildingDraft, BuildingRow
from boligdesk.storage.policies import on_register
from boligdesk.storage.tables import Building, Dwelling

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import Row

    from boligdesk.storage.reader import Reader

_COLUMNS = (
    Building.id,
    Building.name,
    Building.street,
    Building.house_no,
    Building.letter,
    Building.postcode,
    Building.city,
    Building.district_id,
    Building.building_no,
    Building.built_year,
    Building.owner,
    Building.units_total,
    Building.floors,
    Building.has_lift,
    Building.row_version,
)


def building_rows(reader: Reader, building_id: UUID | None = None) -> tuple[BuildingRow, ...]:
    """All buildings on the viewer's register, or the one, by address; with their dwellings on that register."""
    where = [on_register(Building, reader.viewer)]
    if building_id is not None:
        where.append(Building.id == building_id)
    belongs = and_(
        Dwelling.building_id == Building.id, Dwelling.ended_at.is_(None), on_register(Dwelling, reader.viewer)
    )
    rows = reader.rows(
        select(*_COLUMNS, func.count(Dwelling.id).label("dwellings"))
        .outerjoin(Dwelling, belongs)
        .where(*where)
        .group_by(*_COLUMNS)
    )
    ordered = sorted(
        rows,
        key=lambda row: (
            address_sort(row.street or row.name, row.house_no or "", row.letter or "", ""),
            str(row.id),
        ),
    )
    return tuple(_row(reader, row) for row in ordered)


def building_draft(reader: Reader, building_id: UUID) -> BuildingDraft:
    """Raises NotFound."""
    row = reader.first(
        select(*_COLUMNS).where(Building.id == building_id, on_register(Building, reader.viewer))
    )
    if row is None:
        raise NotFound
    return BuildingDraft(
        name=row.name,
        street=row.street or "",
        house_no=row.house_no or "",
        letter=row.letter or "",
        postcode=row.postcode or "",
        city=row.city or "",
        district_id=row.district_id,
        building_no=row.building_no or "",
        built_year=row.built_year,
        owner=row.owner or "",
        units_total=row.units_total,
        floors=row.floors,
        has_lift=_yes_no(row.has_lift),
        id=row.id,
        version=row.row_version,
    )


def municipal_in(reader: Reader, building_id: UUID) -> int:
    """Dwellings at our disposal in the building, whatever area the viewer covers: it is a share of a house."""
    counts: ColumnElement[bool] = and_(Dwelling.building_id == building_id, Dwelling.ended_at.is_(None))
    return int(reader.scalar(select(func.count(Dwelling.id)).where(counts)) or 0)


def _row(reader: Reader, row: Row[Any]) -> BuildingRow:
    return BuildingRow(
        id=row.id,
        name=row.name,
        address=address_of(row.street, row.house_no, row.letter, None),
        district=reader.district_names.get(row.district_id, ""),
        dwellings=row.dwellings,
        units_total=row.units_total,
        has_lift=_yes_no(row.has_lift),
        version=row.row_version,
    )


def _yes_no(value: int | None) -> bool | None:
    return None if value is None else bool(value)
