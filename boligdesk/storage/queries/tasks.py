"""Min dag: what must be done, for whom, by when. Rows that are not shown yet are in no list here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import and_, func, or_, select

from boligdesk.domain.catalog import TaskKind
from boligdesk.domain.guidance import day_of
from boligdesk.domain.tasks import TaskKnown, due_window, next_step, second_line, why
from boligdesk.services.errors import NotFound
from boligdesk.services.records.common import MASKED_NAME, Page
from boligdesk.services.records.work import TaskCounts, TaskDetail, TaskFilter, TaskRow
from boligdesk.storage.policies import listed, openable, readable
from boligdesk.storage.queries.case_detail import basis_words
from boligdesk.storage.queries.names import list_names
from boligdesk.storage.queries.timeline import case_timeline, person_timeline
from boligdesk.storage.tables import Application, CaseFile, Deadline, Person, Task

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Row

    from boligdesk.services.records.common import Sort
    from boligdesk.storage.reader import Reader

#: Sort key -> columns. Without a due day = last.
SORTS: dict[str, tuple[Any, ...]] = {
    "due": (Task.due_on, Task.id),
    "kind": (Task.kind, Task.due_on, Task.id),
    "concerns": (CaseFile.applicant_sort, Task.due_on, Task.id),
    "case": (CaseFile.year, CaseFile.seq, Task.id),
    "made": (Task.created_at, Task.id),
}
_LATEST_EVENTS = 3


class TaskQueries:
    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def page(self, wanted: TaskFilter, sort: Sort, offset: int, limit: int) -> Page[TaskRow]:
        """One window. An unknown sort key raises KeyError, an unknown filter word ValueError."""
        condition = self._condition(wanted)
        order = _order(sort)
        ids = (
            _joined(select(Task.id)).where(condition).order_by(*order).offset(offset).limit(limit).subquery()
        )
        rows = self._reader.rows(self._columns().join(ids, ids.c.id == Task.id).order_by(*order))
        total = self._count(wanted)
        names = list_names(self._reader, [row.person_id for row in rows])
        return Page(tuple(self._row(row, names) for row in rows), total, offset)

    def counts(self) -> TaskCounts:
        """The tabs, and the head line's numbers, which are about what is mine. Each equals its list."""
        mine = {
            due: self._count(TaskFilter("mine", due)) for due in ("alle", "forfalt", "to_dager", "sju_dager")
        }
        viewer = self._reader.viewer
        coming = self._reader.scalar(
            select(func.min(Task.due_on)).where(
                Task.ended_at.is_(None),
                Task.assignee_id == viewer.user_id,
                Task.due_on >= self._reader.today,
                listed(Task, viewer),
            )
        )
        return TaskCounts(
            mine=mine["alle"],
            team=self._count(TaskFilter("team")),
            unowned=self._count(TaskFilter("unowned")),
            overdue=mine["forfalt"],
            within_two_days=mine["to_dager"],
            within_seven_days=mine["sju_dager"],
            next_due_on=coming,
        )

    def row(self, task_id: UUID) -> TaskRow:
        """Raises NotFound for a task that is not in the viewer's lists."""
        found = self._found(task_id)
        return self._row(found, list_names(self._reader, [found.person_id]))

    def of_case(self, case_id: UUID) -> tuple[TaskRow, ...]:
        """Open tasks of a case, also those that are not shown yet, the most urgent first."""
        rows = self._reader.rows(
            self._columns()
            .where(Task.case_id == case_id, Task.ended_at.is_(None), listed(Task, self._reader.viewer))
            .order_by(Task.due_on.is_(None), Task.due_on, Task.id)
        )
        names = list_names(self._reader, [row.person_id for row in rows])
        return tuple(self._row(row, names) for row in rows)

    def detail(self, task_id: UUID) -> TaskDetail:
        """Why it is here and what to do. Raises NotFound. Without access to the person, only the row."""
        found = self._found(task_id)
        row = self._row(found, list_names(self._reader, [found.person_id]))
        kind = TaskKind(row.kind)
        step = next_step(kind, has_case=row.case_id is not None)
        if row.is_masked:
            return TaskDetail(row, "Du har ikke tilgang til denne saken.", "", "", "", (), ())
        if row.case_id is not None:
            latest = case_timeline(self._reader, row.case_id, _LATEST_EVENTS)
        elif row.person_id is not None:
            latest = person_timeline(self._reader, row.person_id, _LATEST_EVENTS)
        else:
            latest = ()
        deadline = None
        if found.deadline_id is not None:
            deadline = self._reader.first(
                select(Deadline.why, Deadline.basis).where(
                    Deadline.id == found.deadline_id, readable(Deadline, self._reader.viewer)
                )
            )
        return TaskDetail(
            row=row,
            why=why(self._known(found)),
            next_step=step.label,
            next_action=step.action,
            deadline_why=deadline.why if deadline else "",
            basis=basis_words(deadline.basis) if deadline else (),
            latest=latest,
        )

    def _found(self, task_id: UUID) -> Row[Any]:
        row = self._reader.first(self._columns().where(Task.id == task_id, listed(Task, self._reader.viewer)))
        if row is None:
            raise NotFound
        return row

    def _count(self, wanted: TaskFilter) -> int:
        statement = select(func.count(Task.id))
        if wanted.case_kind:
            statement = _joined(statement)
        return int(self._reader.scalar(statement.where(self._condition(wanted))) or 0)

    def _condition(self, wanted: TaskFilter) -> ColumnElement[bool]:
        viewer, today = self._reader.viewer, self._reader.today
        parts: list[ColumnElement[bool]] = [
            Task.ended_at.is_(None),
            or_(Task.show_from.is_(None), Task.show_from <= today),
            listed(Task, viewer),
        ]
        if wanted.owner == "mine":
            parts.append(Task.assignee_id == viewer.user_id)
        elif wanted.owner == "unowned":
            parts.append(Task.assignee_id.is_(None))
        elif wanted.owner != "team":
            raise ValueError("unknown owner filter")
        first, last = due_window(wanted.due, today)
        if first is not None:
            parts.append(Task.due_on >= first)
        if last is not None:
            parts.append(Task.due_on <= last)
        if wanted.case_kind:
            parts.append(CaseFile.kind == wanted.case_kind)
        if wanted.waiting_on:
            parts.append(Task.waiting_on == wanted.waiting_on)
        return and_(*parts)

    def _columns(self) -> Any:
        viewer = self._reader.viewer
        received = (
            select(func.max(Application.received_on))
            .where(Application.case_id == Task.case_id, readable(Application, viewer))
            .correlate(Task)
            .scalar_subquery()
        )
        person = and_(
            Person.id == func.coalesce(Task.person_id, CaseFile.applicant_id), readable(Person, viewer)
        )
        return (
            _joined(
                select(
                    Task.id,
                    Task.row_version,
                    Task.kind,
                    Task.case_id,
                    Task.deadline_id,
                    Task.due_on,
                    Task.is_movable,
                    Task.waiting_on,
                    Task.state,
                    Task.postponed_reason,
                    Task.assignee_id,
                    Task.created_at,
                    Task.created_by,
                    CaseFile.number,
                    CaseFile.kind.label("case_kind"),
                    Person.id.label("person_id"),
                    Person.display_name,
                    Deadline.raw_on,
                    received.label("received_on"),
                    openable(Task, viewer).label("is_open"),
                )
            )
            .outerjoin(Deadline, Deadline.id == Task.deadline_id)
            .outerjoin(Person, person)
        )

    def _row(self, row: Row[Any], names: dict[UUID, str]) -> TaskRow:
        is_masked = not row.is_open or row.person_id is None
        return TaskRow(
            id=row.id,
            version=row.row_version,
            kind=row.kind,
            title=TaskKind(row.kind).label,
            second="" if is_masked else second_line(self._known(row)),
            concerns=MASKED_NAME if is_masked else names.get(row.person_id, row.display_name),
            case_number=row.number or "",
            case_kind=row.case_kind or "",
            case_id=row.case_id,
            person_id=None if is_masked else row.person_id,
            due_on=row.due_on,
            is_legal=not row.is_movable,
            waiting_on=row.waiting_on,
            state=row.state,
            assignee_id=row.assignee_id,
            assignee=self._reader.user_names.get(row.assignee_id, ""),
            is_masked=is_masked,
        )

    def _known(self, row: Row[Any]) -> TaskKnown:
        return TaskKnown(
            kind=TaskKind(row.kind),
            today=self._reader.today,
            made_on=day_of(row.created_at),
            state=row.state,
            due_on=row.due_on,
            month_on=row.raw_on,
            received_on=row.received_on,
            waiting_on=row.waiting_on,
            postponed_reason=row.postponed_reason or "",
            made_by=self._reader.user_names.get(row.created_by, ""),
        )


def _joined(statement: Any) -> Any:
    return statement.select_from(Task).outerjoin(CaseFile, CaseFile.id == Task.case_id)


def _order(sort: Sort) -> list[Any]:
    columns = SORTS[sort.key]
    if sort.descending:
        return [column.desc().nulls_first() for column in columns]
    return [column.asc().nulls_last() for column in columns]
