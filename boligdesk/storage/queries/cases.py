"""The list of cases, and the small looks at one that its rules need. The page of a case: ``case_detail``."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import and_, case, func, or_, select

from boligdesk.domain.catalog import CaseKind, CasePhase, TaskKind
from boligdesk.domain.text import sort_key
from boligdesk.services.errors import NotFound
from boligdesk.services.ports.cases import CaseState
from boligdesk.services.records.cases import CaseRow
from boligdesk.services.records.common import MASKED_NAME, MASKED_SORT, Page
from boligdesk.storage.policies import listed, openable, readable
from boligdesk.storage.queries.case_detail import case_detail
from boligdesk.storage.queries.documents import document_body, document_place, same_document
from boligdesk.storage.queries.names import list_names
from boligdesk.storage.queries.search import SearchQueries
from boligdesk.storage.queries.timeline import case_timeline
from boligdesk.storage.tables import CaseFile, HouseholdMember, Person, Task
from boligdesk.storage.tables.declaring import aliased

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy import ColumnElement, Row

    from boligdesk.services.records.cases import CaseDetail, CaseFilter, DocumentRow
    from boligdesk.services.records.common import Sort, TimelineEntry
    from boligdesk.storage.reader import Reader


def _by_assignee(reader: Reader) -> ColumnElement[Any]:
    """Colleagues by name; cases without an owner last."""
    names = sorted(reader.user_names.items(), key=lambda item: sort_key(item[1]))
    return case(
        {user_id: place for place, (user_id, _name) in enumerate(names)},
        value=CaseFile.assignee_id,
        else_=len(names),
    )


def _by_kind(_reader: Reader) -> ColumnElement[Any]:
    kinds = sorted(CaseKind, key=lambda kind: sort_key(kind.label))
    return case({kind.value: place for place, kind in enumerate(kinds)}, value=CaseFile.kind)


def _by_phase(_reader: Reader) -> ColumnElement[Any]:
    return case({phase.value: place for place, phase in enumerate(CasePhase)}, value=CaseFile.phase)


#: Sort key -> columns. Those without an index (kind, phase, assignee) sort what the filter left.
SORTS: dict[str, Callable[[Reader], tuple[Any, ...]]] = {
    "number": lambda _reader: (CaseFile.year, CaseFile.seq),
    "applicant": lambda _reader: (CaseFile.applicant_sort,),
    "opened": lambda _reader: (CaseFile.opened_on,),
    "due": lambda _reader: (CaseFile.next_due_on,),
    "kind": lambda reader: (_by_kind(reader), CaseFile.year, CaseFile.seq),
    "phase": lambda reader: (_by_phase(reader), CaseFile.year, CaseFile.seq),
    "assignee": lambda reader: (_by_assignee(reader), CaseFile.year, CaseFile.seq),
}
_NULLABLE = frozenset({"due"})
#: What a masked row does not show.
_TELLING = frozenset({"due", "assignee"})


class CaseQueries:
    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def page(self, wanted: CaseFilter, sort: Sort, offset: int, limit: int) -> Page[CaseRow]:
        """One window of the list. An unknown sort key raises KeyError.

        A masked row shows neither due day nor owner, and its place must not show them either: sorted by one
        of those, masked rows stand after all others, by number.
        """
        condition = and_(self._listed(wanted), self._condition(wanted))
        total = int(self._reader.scalar(select(func.count()).select_from(CaseFile).where(condition)) or 0)
        masked = self._masked(condition) if sort.key in _TELLING else []
        order = self._order(sort)
        if not masked:
            rows = self._window(condition, order, offset, limit)
        else:
            clear = total - len(masked)
            rows = self._window(and_(condition, CaseFile.id.not_in(masked)), order, offset, limit)
            rest = masked[max(0, offset - clear) : max(0, offset + limit - clear)]
            if rest:
                by_number = [CaseFile.year, CaseFile.seq, CaseFile.id]
                rows += self._window(CaseFile.id.in_(rest), by_number, 0, len(rest))
        hidden = self._hidden(wanted.state) if wanted.is_plain else 0
        return Page(rows, total, offset, hidden)

    def _window(
        self, condition: ColumnElement[bool], order: list[Any], offset: int, limit: int
    ) -> tuple[CaseRow, ...]:
        ids = select(CaseFile.id).where(condition).order_by(*order).offset(offset).limit(limit).subquery()
        return self._rows(ids, order)

    def _masked(self, condition: ColumnElement[bool]) -> list[UUID]:
        """Restricted cases that the viewer has in the list and may not open; few, and together in the index."""
        viewer = self._reader.viewer
        rows = self._reader.rows(
            select(CaseFile.id)
            .where(CaseFile.applicant_sort == MASKED_SORT, condition, ~openable(CaseFile, viewer))
            .order_by(CaseFile.year, CaseFile.seq, CaseFile.id)
        )
        return [row.id for row in rows]

    def _listed(self, wanted: CaseFilter) -> ColumnElement[bool]:
        """``policies.listed``, so put that the index of the order is walked, or the ids of a text looked up.

        Left to itself SQLite looks the scope up and sorts everything it finds, for one window.
        """
        scopes = self._reader.viewer.scopes
        is_narrow = wanted.kinds or wanted.phases or wanted.assignee_id or wanted.unassigned
        if (is_narrow and not wanted.text) or not scopes:
            return listed(CaseFile, self._reader.viewer)
        return (CaseFile.list_scope_id + 0).in_(scopes)

    def _order(self, sort: Sort) -> list[Any]:
        columns = [*SORTS[sort.key](self._reader), CaseFile.id]
        if sort.descending:
            turned = [column.desc() for column in columns]
            return [turned[0].nulls_first(), *turned[1:]] if sort.key in _NULLABLE else turned
        return [columns[0].asc().nulls_last(), *columns[1:]] if sort.key in _NULLABLE else columns

    def _rows(self, ids: Any, order: list[Any]) -> tuple[CaseRow, ...]:
        """The columns of the window; a restricted case opens its name only to those who may read the person."""
        viewer = self._reader.viewer
        person_is_open = and_(Person.id == CaseFile.applicant_id, readable(Person, viewer))
        rows = self._reader.rows(
            select(
                CaseFile.id,
                CaseFile.row_version,
                CaseFile.number,
                CaseFile.kind,
                CaseFile.applicant_name,
                CaseFile.applicant_id,
                CaseFile.opened_on,
                CaseFile.phase,
                CaseFile.next_due_on,
                CaseFile.next_deadline_id,
                CaseFile.assignee_id,
                CaseFile.waiting_on,
                CaseFile.outcome,
                Person.display_name,
                openable(CaseFile, viewer).label("is_open"),
            )
            .join(ids, ids.c.id == CaseFile.id)
            .outerjoin(Person, person_is_open)
            .order_by(*order)
        )
        tasks = self._due_tasks(rows)
        names = list_names(self._reader, [row.applicant_id for row in rows])
        return tuple(self._row(row, tasks, names) for row in rows)

    def _row(self, row: Row[Any], tasks: dict[UUID, str], names: dict[UUID, str]) -> CaseRow:
        is_masked = not row.is_open or row.display_name is None
        what = "Foreløpig svar" if row.next_deadline_id else tasks.get(row.id, "")
        return CaseRow(
            id=row.id,
            version=row.row_version,
            number=row.number,
            kind=row.kind,
            applicant=MASKED_NAME if is_masked else names.get(row.applicant_id, row.display_name),
            applicant_id=None if is_masked else row.applicant_id,
            opened_on=row.opened_on,
            phase=row.phase,
            next_due_on=None if is_masked else row.next_due_on,
            next_due_what="" if is_masked else what,
            assignee="" if is_masked else self._reader.user_names.get(row.assignee_id, ""),
            waiting_on=row.waiting_on,
            outcome=row.outcome,
            is_masked=is_masked,
        )

    def _due_tasks(self, rows: Sequence[Row[Any]]) -> dict[UUID, str]:
        """What the task is called that is due next, for cases where it comes before every deadline."""
        wanted = [row.id for row in rows if row.next_due_on is not None and row.next_deadline_id is None]
        if not wanted:
            return {}
        found = self._reader.rows(
            select(Task.case_id, Task.kind)
            .where(Task.case_id.in_(wanted), Task.ended_at.is_(None), Task.due_on.is_not(None))
            .order_by(Task.due_on.desc(), Task.id.desc())
        )
        return {row.case_id: TaskKind(row.kind).label for row in found}

    def _hidden(self, state: str) -> int:
        """Cases that are in nobody's list here but exist: «3 uten tilgang» (ui.md 3.9)."""
        statement = select(func.count()).select_from(CaseFile).where(_state(state))
        shown = statement.where(listed(CaseFile, self._reader.viewer))
        return int(self._reader.scalar(statement) or 0) - int(self._reader.scalar(shown) or 0)

    def _condition(self, wanted: CaseFilter) -> ColumnElement[bool]:
        parts = [_state(wanted.state)]
        if wanted.kinds:
            parts.append(CaseFile.kind.in_(wanted.kinds))
        if wanted.phases:
            parts.append(CaseFile.phase.in_(wanted.phases))
        if wanted.assignee_id is not None:
            parts += [CaseFile.assignee_id == wanted.assignee_id, self._unmasked()]
        if wanted.unassigned:
            parts += [CaseFile.assignee_id.is_(None), self._unmasked()]
        if wanted.waiting_on:
            parts.append(CaseFile.waiting_on == wanted.waiting_on)
        if wanted.opened_from is not None:
            parts.append(CaseFile.opened_on >= wanted.opened_from)
        if wanted.opened_to is not None:
            parts.append(CaseFile.opened_on <= wanted.opened_to)
        # what a masked row does not show must not be told by a filter either
        if wanted.due_before is not None:
            parts += [CaseFile.next_due_on < wanted.due_before, self._unmasked()]
        if wanted.district_id is not None:
            parts += [CaseFile.district_id == wanted.district_id, self._unmasked()]
        text = self._text(wanted.text)
        return and_(*parts) if text is None else and_(*parts, text)

    def _unmasked(self) -> ColumnElement[bool]:
        return openable(CaseFile, self._reader.viewer)

    def _text(self, text: str) -> ColumnElement[bool] | None:
        """By number for everybody who has the row; by name only among people the viewer may read."""
        search = SearchQueries(self._reader)
        by_number = search.matching(text, "case", CaseFile.id)
        by_name = search.matching(text, "person", Person.id)
        if by_number is None or by_name is None:
            return None
        viewer, named = self._reader.viewer, aliased(CaseFile)
        people = select(Person.id).where(by_name, readable(Person, viewer))
        # both sides ask for ids, so that the few are looked up and not everything in the scopes
        theirs = select(named.id).where(named.applicant_id.in_(people), openable(named, viewer))
        return or_(by_number, CaseFile.id.in_(theirs))

    def detail(self, case_id: UUID) -> CaseDetail:
        """Everything on the page of a case. Raises NotFound."""
        return case_detail(self._reader, case_id)

    def timeline(self, case_id: UUID) -> tuple[TimelineEntry, ...]:
        self.state(case_id)
        return case_timeline(self._reader, case_id)

    def state(self, case_id: UUID) -> CaseState:
        """What the rules of an act look at. Raises NotFound."""
        row = self._reader.first(
            select(CaseFile.id, CaseFile.phase, CaseFile.ended_at).where(
                CaseFile.id == case_id, openable(CaseFile, self._reader.viewer)
            )
        )
        if row is None:
            raise NotFound
        return CaseState(row.id, CasePhase(row.phase), row.ended_at is None)

    def by_number(self, year: int, sequence: int) -> UUID | None:
        found = self._reader.scalar(
            select(CaseFile.id).where(
                CaseFile.year == year, CaseFile.seq == sequence, listed(CaseFile, self._reader.viewer)
            )
        )
        return found if isinstance(found, UUID) else None

    def birth_of(self, person_id: UUID) -> dt.date | None:
        """Raises NotFound for a person the viewer may not read."""
        row = self._reader.first(
            select(Person.birth_on).where(Person.id == person_id, readable(Person, self._reader.viewer))
        )
        if row is None:
            raise NotFound
        return row.birth_on  # type: ignore[no-any-return]  # a column of dates

    def lives_in(self, person_id: UUID, household_id: UUID) -> bool:
        member = select(HouseholdMember.id).where(
            HouseholdMember.household_id == household_id,
            HouseholdMember.person_id == person_id,
            HouseholdMember.valid_to.is_(None) | (HouseholdMember.valid_to > self._reader.today),
        )
        return self._reader.first(member.limit(1)) is not None

    def document(self, document_id: UUID) -> tuple[DocumentRow, bytes]:
        return document_body(self._reader, document_id)

    def same_document(
        self, sha256: str, case_id: UUID | None, person_id: UUID | None, dwelling_id: UUID | None
    ) -> DocumentRow | None:
        return same_document(self._reader, sha256, case_id, person_id, dwelling_id)

    def document_place(self, document_id: UUID) -> tuple[UUID | None, UUID | None, UUID | None]:
        return document_place(self._reader, document_id)


def _state(state: str) -> ColumnElement[bool]:
    if state == "apne":
        return CaseFile.ended_at.is_(None)
    if state == "avsluttede":
        return CaseFile.ended_at.is_not(None)
    return CaseFile.id.is_not(None)
