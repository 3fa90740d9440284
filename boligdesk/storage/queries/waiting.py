"""The waiting list: who is approved and waits for a dwelling. Strengt fortrolig stands in nobody's list."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, case, func, literal, or_, select

from boligdesk.domain.allocation_catalog import WaitingState
from boligdesk.domain.allocation_words import need_text, priority_text
from boligdesk.domain.catalog import Protection
from boligdesk.services.errors import NotFound
from boligdesk.services.records.allocation import WaitingRow
from boligdesk.services.records.common import MASKED_NAME, MASKED_SORT, Page
from boligdesk.storage.policies import listed, openable
from boligdesk.storage.queries.names import list_names
from boligdesk.storage.queries.search import SearchQueries
from boligdesk.storage.queries.shortlists import in_queue, reasons_of
from boligdesk.storage.tables import CaseFile, District, Person, WaitingEntry

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import ColumnElement, Row

    from boligdesk.services.records.allocation import WaitingFilter
    from boligdesk.services.records.common import Sort
    from boligdesk.storage.reader import Reader

#: Sort key -> columns. The first four are indexes of live rows.
SORTS: dict[str, tuple[Any, ...]] = {
    "order": (WaitingEntry.priority_rank, WaitingEntry.waiting_since),
    "name": (WaitingEntry.applicant_sort,),
    "since": (WaitingEntry.waiting_since,),
    "valid": (WaitingEntry.valid_to,),
    "bedrooms": (WaitingEntry.bedrooms_min,),
    "offers": (WaitingEntry.offers_made,),
    "state": (WaitingEntry.state,),
}
_NULLABLE = frozenset({"valid", "bedrooms"})
#: What a masked row does not show; its place in the list must not show it either.
_TELLING = frozenset({"valid", "bedrooms", "offers"})
NEEDS = ("step_free", "lift_or_ground", "wheelchair", "staffed", "shielded", "pets")
_STRICT = Protection.STRICT.level
_COLUMNS = (
    WaitingEntry.id,
    WaitingEntry.row_version,
    WaitingEntry.case_id,
    WaitingEntry.applicant_id,
    WaitingEntry.applicant_name,
    WaitingEntry.priority_class,
    WaitingEntry.priority_reasons,
    WaitingEntry.overridden_reason,
    WaitingEntry.waiting_since,
    WaitingEntry.bedrooms_min,
    WaitingEntry.bedrooms_max,
    *(getattr(WaitingEntry, need) for need in NEEDS),
    WaitingEntry.districts_wish,
    WaitingEntry.offers_made,
    WaitingEntry.valid_to,
    WaitingEntry.state,
    WaitingEntry.paused_to,
    CaseFile.number,
)


class WaitingQueries:
    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def median_days(self) -> tuple[int, int | None]:
        """(how many may get a dwelling today, how many days the middle one has waited)."""
        reader = self._reader
        count = int(
            reader.scalar(select(func.count()).select_from(WaitingEntry).where(in_queue(reader))) or 0
        )
        if not count:
            return 0, None
        middle = (
            select(WaitingEntry.waiting_since)
            .where(in_queue(reader))
            .order_by(WaitingEntry.waiting_since, WaitingEntry.id)
            .offset((count - 1) // 2)
            .limit(1)
        )
        since: dt.date = reader.scalar(middle)
        return count, max(0, (reader.today - since).days)

    def page(self, wanted: WaitingFilter, sort: Sort, offset: int, limit: int) -> Page[WaitingRow]:
        """One window of the list. An unknown sort key raises KeyError."""
        condition = and_(self._condition(wanted), self._listed(wanted))
        total = self._reader.scalar(select(func.count()).select_from(WaitingEntry).where(condition))
        order = self._order(sort)
        ids = select(WaitingEntry.id).where(condition).order_by(*order).offset(offset).limit(limit).subquery()
        rows = self._reader.rows(self._select().join(ids, ids.c.id == WaitingEntry.id).order_by(*order))
        return Page(self._rows(rows), int(total or 0), offset)

    def row(self, entry_id: UUID) -> WaitingRow:
        """Raises NotFound. Also for who may open a strictly confidential file, from the case itself."""
        viewer = self._reader.viewer
        seen = or_(
            openable(WaitingEntry, viewer),
            and_(listed(WaitingEntry, viewer), WaitingEntry.protection < _STRICT),
        )
        row = self._reader.first(self._select().where(WaitingEntry.id == entry_id, seen))
        if row is None:
            raise NotFound
        return self._rows([row])[0]

    def _select(self) -> Any:
        return select(*_COLUMNS, openable(WaitingEntry, self._reader.viewer).label("is_open")).join(
            CaseFile, CaseFile.id == WaitingEntry.case_id
        )

    def _listed(self, wanted: WaitingFilter) -> ColumnElement[bool]:
        """``policies.listed``, so put that the index of the order is walked and not that of the scope."""
        scopes = self._reader.viewer.scopes
        seen = (
            (WaitingEntry.list_scope_id + 0).in_(scopes)
            if scopes and not wanted.text
            else listed(WaitingEntry, self._reader.viewer)
        )
        return and_(seen, WaitingEntry.protection < _STRICT)

    def _order(self, sort: Sort) -> list[Any]:
        columns = [*SORTS[sort.key], WaitingEntry.id]
        turned = [column.desc() for column in columns] if sort.descending else columns
        if sort.key in _NULLABLE:
            turned = [turned[0].nulls_last(), *turned[1:]]
        if sort.key in _TELLING and self._has_masked():
            masked = and_(
                WaitingEntry.applicant_sort == MASKED_SORT, ~openable(WaitingEntry, self._reader.viewer)
            )
            return [case((masked, 1), else_=0), *turned]
        return turned

    def _has_masked(self) -> bool:
        statement = select(WaitingEntry.id).where(
            WaitingEntry.applicant_sort == MASKED_SORT, WaitingEntry.ended_at.is_(None)
        )
        return self._reader.first(statement.limit(1)) is not None

    def _condition(self, wanted: WaitingFilter) -> ColumnElement[bool]:
        parts: list[Any] = []
        if wanted.states:
            parts.append(self._in_states(wanted.states))
        else:
            parts.append(WaitingEntry.ended_at.is_(None))
        if wanted.priority_classes:
            parts.append(WaitingEntry.priority_class.in_(wanted.priority_classes))
        telling = self._telling(wanted)
        if telling:
            parts += [*telling, openable(WaitingEntry, self._reader.viewer)]
        text = self._text(wanted.text)
        return and_(*parts) if text is None else and_(*parts, text)

    def _in_states(self, states: tuple[str, ...]) -> ColumnElement[bool]:
        """A pause that is over is no pause."""
        over = and_(
            WaitingEntry.state == WaitingState.PAUSED.value, WaitingEntry.paused_to <= self._reader.today
        )
        parts: list[Any] = [and_(WaitingEntry.state.in_(states), func.coalesce(~over, True))]
        if WaitingState.ACTIVE.value in states:
            parts.append(over)
        return or_(*parts)

    def _telling(self, wanted: WaitingFilter) -> list[Any]:
        parts: list[Any] = []
        if wanted.bedrooms is not None:
            parts += [
                WaitingEntry.bedrooms_min <= wanted.bedrooms,
                or_(WaitingEntry.bedrooms_max.is_(None), WaitingEntry.bedrooms_max >= wanted.bedrooms),
            ]
        parts += [getattr(WaitingEntry, need) == 1 for need in wanted.needs if need in NEEDS]
        if wanted.district:
            padded = literal(" ").concat(WaitingEntry.districts_wish).concat(" ")
            parts.append(padded.contains(f" {wanted.district} ", autoescape=True))
        if wanted.with_children is not None:
            some = WaitingEntry.children > 0
            parts.append(some if wanted.with_children else WaitingEntry.children == 0)
        if wanted.valid_before is not None:
            parts.append(WaitingEntry.valid_to < wanted.valid_before)
        return parts

    def _text(self, text: str) -> ColumnElement[bool] | None:
        """By case number for everybody who has the row; by name only where the file may be opened."""
        search, viewer = SearchQueries(self._reader), self._reader.viewer
        by_number = search.matching(text, "case", WaitingEntry.case_id)
        by_name = search.matching(text, "person", Person.id)
        if by_number is None or by_name is None:
            return None
        people = select(Person.id).where(by_name)
        return or_(by_number, and_(WaitingEntry.applicant_id.in_(people), openable(WaitingEntry, viewer)))

    def _rows(self, rows: Any) -> tuple[WaitingRow, ...]:
        names = list_names(self._reader, [row.applicant_id for row in rows if row.is_open])
        districts = {row.code: row.name for row in self._reader.rows(select(District.code, District.name))}
        return tuple(self._row(row, names, districts) for row in rows)

    def _row(self, row: Row[Any], names: dict[UUID, str], districts: dict[str, str]) -> WaitingRow:
        is_open = bool(row.is_open)
        wishes = ", ".join(districts.get(code, code) for code in row.districts_wish.split())
        paused_over = (
            row.state == WaitingState.PAUSED.value
            and row.paused_to is not None
            and row.paused_to <= self._reader.today
        )
        return WaitingRow(
            id=row.id,
            version=row.row_version,
            case_id=row.case_id if is_open else None,
            case_number=row.number,
            applicant=names.get(row.applicant_id, row.applicant_name) if is_open else MASKED_NAME,
            is_masked=not is_open,
            priority_class=row.priority_class,
            priority_text=priority_text(row.priority_class, reasons_of(row) if is_open else ()),
            need_text=need_text(
                row.bedrooms_min, row.bedrooms_max, {need: getattr(row, need) for need in NEEDS}
            )
            if is_open
            else "",
            district_text=wishes if is_open else "",
            waiting_since=row.waiting_since,
            offers_made=row.offers_made if is_open else 0,
            valid_to=row.valid_to if is_open else None,
            state=WaitingState.ACTIVE.value if paused_over else row.state,
        )
