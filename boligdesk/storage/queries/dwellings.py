"""The Boliger page: windows, counts and the rows of a building."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, case, collate, func, or_, select

from boligdesk.domain.catalog import DwellingStatus, OfferKind
from boligdesk.domain.dwellings import StatusNow, accessibility, address_of
from boligdesk.domain.facts import DWELLING_COLUMNS
from boligdesk.services.errors import NotFound
from boligdesk.services.records.common import Page, Sort
from boligdesk.services.records.dwellings import DwellingCounts, DwellingFilter, DwellingRow
from boligdesk.storage.policies import on_register
from boligdesk.storage.queries.buildings import building_draft, building_rows
from boligdesk.storage.queries.dwelling_detail import (
    cadastre_history,
    dwelling_detail,
    stored_dwelling,
    stored_facts,
)
from boligdesk.storage.queries.register import entrances_of, works_of_building
from boligdesk.storage.queries.search import SearchQueries
from boligdesk.storage.tables import District, Dwelling, ExternalRef

if TYPE_CHECKING:
    import datetime as dt
    from uuid import UUID

    from sqlalchemy import ColumnElement, Row

    from boligdesk.services.records.common import FactValue
    from boligdesk.services.records.dwellings import BuildingDraft, BuildingRow, DwellingDetail, DwellingDraft
    from boligdesk.services.records.register import EntranceRow, WorkRow
    from boligdesk.storage.reader import Reader

_GONE = tuple(status for status in DwellingStatus if status.is_gone)
_KIND_ORDER = case(*((Dwelling.offer_kind == kind, no) for no, kind in enumerate(OfferKind)))
_STATUS_ORDER = case(*((Dwelling.status == status, no) for no, status in enumerate(DwellingStatus)))

#: Sort key -> columns; unknown values last in both directions, addresses within equal values, id at the end.
SORTS: dict[str, tuple[Any, ...]] = {
    "address": (Dwelling.address_sort,),
    "code": (Dwelling.code,),
    "district": (District.sort_name, Dwelling.address_sort),
    "kind": (_KIND_ORDER, Dwelling.address_sort),
    "bedrooms": (Dwelling.bedrooms, Dwelling.address_sort),
    "area": (Dwelling.area_m2x10, Dwelling.address_sort),
    "rent": (Dwelling.rent_ore, Dwelling.address_sort),
    "status": (_STATUS_ORDER, Dwelling.address_sort),
    "available": (Dwelling.available_on, Dwelling.address_sort),
}

_SAID = ("step_free", "lift", "wheelchair", "wide_door", "bath")
_ROW = (
    Dwelling.id,
    Dwelling.code,
    Dwelling.street,
    Dwelling.house_no,
    Dwelling.letter,
    Dwelling.unit_no,
    Dwelling.district_id,
    Dwelling.offer_kind,
    Dwelling.bedrooms,
    Dwelling.rooms,
    Dwelling.area_m2x10,
    Dwelling.step_free,
    Dwelling.lift,
    Dwelling.wheelchair,
    Dwelling.wide_door,
    Dwelling.bath,
    Dwelling.rent_ore,
    Dwelling.status,
    Dwelling.status_from,
    Dwelling.available_on,
)


class DwellingQueries:
    """Everything here holds to the areas of the register that the viewer covers."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def page(self, wanted: DwellingFilter, sort: Sort, offset: int, limit: int) -> Page[DwellingRow]:
        where = self._where(wanted)
        window = (
            select(Dwelling.id)
            .outerjoin(District, District.id == Dwelling.district_id)
            .where(where)
            .order_by(*self._order(sort))
            .offset(offset)
            .limit(limit)
            .subquery()
        )
        rows = self._reader.rows(
            select(*_ROW)
            .join(window, window.c.id == Dwelling.id)
            .outerjoin(District, District.id == Dwelling.district_id)
            .order_by(*self._order(sort))
        )
        total = self._reader.scalar(select(func.count(Dwelling.id)).where(where))
        return Page(tuple(self._row(row) for row in rows), int(total or 0), offset)

    def counts(self, wanted: DwellingFilter) -> DwellingCounts:
        rows = self._reader.rows(
            select(Dwelling.status, func.count(Dwelling.id).label("number"))
            .where(self._where(wanted))
            .group_by(Dwelling.status)
        )
        by_status = {row.status: row.number for row in rows}
        return DwellingCounts(sum(n for status, n in by_status.items() if status not in _GONE), by_status)

    def detail(self, dwelling_id: UUID) -> DwellingDetail:
        return dwelling_detail(self._reader, dwelling_id)

    def draft(self, dwelling_id: UUID) -> DwellingDraft:
        return stored_dwelling(self._reader, dwelling_id)

    def facts(self, dwelling_id: UUID) -> tuple[FactValue, ...]:
        return stored_facts(self._reader, dwelling_id)

    def status(self, dwelling_id: UUID) -> StatusNow:
        row = self._reader.first(
            select(Dwelling.status, Dwelling.status_from, Dwelling.available_on, Dwelling.row_version).where(
                Dwelling.id == dwelling_id, self._register
            )
        )
        if row is None:
            raise NotFound
        return StatusNow(DwellingStatus(row.status), row.status_from, row.available_on, row.row_version)

    def buildings(self) -> tuple[BuildingRow, ...]:
        return building_rows(self._reader)

    def building_draft(self, building_id: UUID) -> BuildingDraft:
        return building_draft(self._reader, building_id)

    def of_building(self, building_id: UUID) -> tuple[DwellingRow, ...]:
        rows = self._reader.rows(
            select(*_ROW)
            .where(Dwelling.building_id == building_id, Dwelling.ended_at.is_(None), self._register)
            .order_by(*self._order(Sort("address")))
        )
        return tuple(self._row(row) for row in rows)

    def entrances(self, building_id: UUID) -> tuple[EntranceRow, ...]:
        return entrances_of(self._reader, building_id)

    def works_of_building(self, building_id: UUID) -> tuple[WorkRow, ...]:
        return works_of_building(self._reader, building_id)

    def cadastres(self, dwelling_id: UUID) -> tuple[tuple[str, dt.date | None, dt.date | None], ...]:
        self.status(dwelling_id)
        return cadastre_history(self._reader, dwelling_id)

    def external_refs(self, dwelling_id: UUID) -> tuple[tuple[str, str], ...]:
        self.status(dwelling_id)
        rows = self._reader.rows(
            select(ExternalRef.system, ExternalRef.ref)
            .where(ExternalRef.subject_id == dwelling_id, ExternalRef.subject_kind == "bolig")
            .order_by(ExternalRef.created_at, ExternalRef.id)
        )
        return tuple((row.system, row.ref) for row in rows)

    def by_external_ref(self, system: str, ref: str) -> UUID | None:
        """The dwelling that another system knows by this number, among those on the viewer's register."""
        return self._one_id(
            select(Dwelling.id)
            .join(ExternalRef, ExternalRef.subject_id == Dwelling.id)
            .where(
                ExternalRef.system == system,
                ExternalRef.ref == ref,
                ExternalRef.subject_kind == "bolig",
                self._register,
            )
        )

    def by_code(self, code: str) -> UUID | None:
        return self._one_id(select(Dwelling.id).where(Dwelling.code == code, self._register))

    # -- inside ---------------------------------------------------------------------------------

    @property
    def _register(self) -> ColumnElement[bool]:
        return on_register(Dwelling, self._reader.viewer)

    def _one_id(self, statement: Any) -> UUID | None:
        found: UUID | None = self._reader.scalar(statement)
        return found

    def _where(self, wanted: DwellingFilter) -> ColumnElement[bool]:
        """All conditions of the filter. A registration that was taken back is on no list."""
        shows_gone = wanted.with_gone or any(status in _GONE for status in wanted.statuses)
        here = Dwelling.ended_at.is_(None)
        conditions = [self._register, or_(here, Dwelling.status.in_(_GONE)) if shows_gone else here]
        text = SearchQueries(self._reader).matching(wanted.text, "dwelling", Dwelling.id)
        if text is not None:
            conditions.append(text)
        for column, values in (
            (Dwelling.status, wanted.statuses),
            (Dwelling.offer_kind, wanted.offer_kinds),
            (Dwelling.ownership, wanted.ownerships),
        ):
            if values:
                conditions.append(column.in_(values))
        if wanted.district_id is not None:
            conditions.append(Dwelling.district_id == wanted.district_id)
        if wanted.bedrooms_min is not None:
            conditions.append(Dwelling.bedrooms >= wanted.bedrooms_min)
        if wanted.bedrooms_max is not None:
            conditions.append(Dwelling.bedrooms <= wanted.bedrooms_max)
        conditions += [getattr(Dwelling, key) == 1 for key in wanted.needs if key in DWELLING_COLUMNS]
        return and_(*conditions)

    def _order(self, sort: Sort) -> list[Any]:
        columns = list(SORTS.get(sort.key, SORTS["address"]))
        if sort.key == "code":
            columns = [collate(Dwelling.code, "BINARY" if self._reader.is_sqlite else "C")]
        first, *rest = columns
        ordered = first.desc() if sort.descending else first.asc()
        return [ordered.nulls_last(), *rest, Dwelling.id]

    def _row(self, row: Row[Any]) -> DwellingRow:
        return DwellingRow(
            id=row.id,
            code=row.code,
            address=address_of(row.street, row.house_no, row.letter, row.unit_no),
            district=self._reader.district_names.get(row.district_id, ""),
            offer_kind=row.offer_kind,
            bedrooms=row.bedrooms,
            rooms=row.rooms,
            area_m2x10=row.area_m2x10,
            accessibility=accessibility({key: getattr(row, key) for key in _SAID}),
            rent_ore=row.rent_ore,
            status=row.status,
            status_from=row.status_from,
            available_on=row.available_on,
        )
