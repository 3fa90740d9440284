"""Min dag: what must be done, for whom, by when. Rows that are not shown yet are in no list here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import and_, case, func, or_, select

from boligdesk.domain.catalog import TaskKind
from boligdesk.domain.guidance import day_of
from boligdesk.domain.tasks import TaskKnown, due_window, next_step, second_line, why
from boligdesk.services.errors import NotFound
from boligdesk.services.records.common import MASKED_NAME, Page
from boligdesk.services.records.work import TaskCounts, TaskDetail, TaskFilter, TaskLoad, TaskRow
from boligdesk.storage.policies import listed, openable, readable
from boligdesk.storage.queries.names import list_names
from boligdesk.storage.tables import Application, CaseFile, Deadline, Person, Task

if TYPE_CHECKING:
    import datetime as dt

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
        return Page(self._made(rows), total, offset)

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
            approval=self._count(TaskFilter("approval")),
        )

    def load(self) -> tuple[TaskLoad, ...]:
        """The team's list by colleague: nobody's first, then by what is overdue, what is near, and what is open."""
        overdue, near = (self._how_many(due) for due in ("forfalt", "to_dager"))
        found = self._reader.rows(
            select(
                Task.assignee_id,
                func.count(Task.id).label("open"),
                overdue.label("overdue"),
                near.label("near"),
                func.min(Task.due_on).label("oldest"),
            )
            .where(self._condition(TaskFilter("team")))
            .group_by(Task.assignee_id)
        )
        names = self._reader.user_names
        made = (
            TaskLoad(
                row.assignee_id,
                names.get(row.assignee_id, ""),
                int(row.open),
                int(row.overdue or 0),
                int(row.near or 0),
                row.oldest,
            )
            for row in found
        )
        return tuple(sorted(made, key=_most_behind))

    def _how_many(self, due: str) -> ColumnElement[Any]:
        return func.sum(case((and_(*_due_within(due, self._reader.today)), 1), else_=0))

    def row(self, task_id: UUID) -> TaskRow:
        """Raises NotFound for a task that is not in the viewer's lists."""
        return self._made([self._found(task_id)])[0]

    def of_case(self, case_id: UUID) -> tuple[TaskRow, ...]:
        """Open tasks of a case, also those that are not shown yet, the most urgent first."""
        rows = self._reader.rows(
            self._columns()
            .where(Task.case_id == case_id, Task.ended_at.is_(None), listed(Task, self._reader.viewer))
            .order_by(Task.due_on.is_(None), Task.due_on, Task.id)
        )
        return self._made(rows)

    def detail(self, task_id: UUID) -> TaskDetail:
        """Why it is here and what to do. Raises NotFound. Without access to the person, only the row."""
        # what a chosen task tells is not needed to show the list of them
        from boligdesk.storage.queries.case_detail import basis_words
        from boligdesk.storage.queries.timeline import case_timeline, person_timeline

        found = self._found(task_id)
        agreed = self._agreed([found])
        row = self._row(found, list_names(self._reader, [found.person_id]), agreed)
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
            why=why(self._known(found, agreed)),
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
        elif wanted.owner == "approval":
            parts.append(Task.kind == TaskKind.APPROVE_LETTER.value)
        elif wanted.owner != "team":
            raise ValueError("unknown owner filter")
        if wanted.assignee_id is not None:
            parts.append(Task.assignee_id == wanted.assignee_id)
        parts += _due_within(wanted.due, today)
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
                    Task.subject_kind,
                    Task.subject_id,
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

    def _made(self, rows: Any) -> tuple[TaskRow, ...]:
        names = list_names(self._reader, [row.person_id for row in rows])
        agreed = self._agreed(rows)
        return tuple(self._row(row, names, agreed) for row in rows)

    def _agreed(self, rows: Any) -> dict[UUID, str]:
        """Next steps of the visits that the tasks follow, by visit; asked for only when there are any."""
        visits = {row.subject_id for row in rows if row.kind == TaskKind.GUIDANCE_NEXT and row.is_open}
        if not visits:
            return {}
        from boligdesk.storage.queries.visits import agreed_steps

        return agreed_steps(self._reader, visits)

    def _row(self, row: Row[Any], names: dict[UUID, str], agreed: dict[UUID, str]) -> TaskRow:
        is_masked = not row.is_open or row.person_id is None
        return TaskRow(
            id=row.id,
            version=row.row_version,
            kind=row.kind,
            title=TaskKind(row.kind).label,
            second="" if is_masked else second_line(self._known(row, agreed)),
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
            subject_kind="" if is_masked else row.subject_kind or "",
            subject_id=None if is_masked else row.subject_id,
        )

    def _known(self, row: Row[Any], agreed: dict[UUID, str]) -> TaskKnown:
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
            agreed=agreed.get(row.subject_id, ""),
        )


def _due_within(due: str, today: dt.date) -> list[ColumnElement[bool]]:
    """Conditions of a filter word; ValueError for an unknown one."""
    first, last = due_window(due, today)
    parts = [Task.due_on >= first] if first is not None else []
    return [*parts, Task.due_on <= last] if last is not None else parts


def _most_behind(load: TaskLoad) -> tuple[bool, int, int, int, str]:
    has_owner = load.assignee_id is not None
    return has_owner, -load.overdue, -load.within_two_days, -load.open, load.name


def _joined(statement: Any) -> Any:
    return statement.select_from(Task).outerjoin(CaseFile, CaseFile.id == Task.case_id)


def _order(sort: Sort) -> list[Any]:
    columns = SORTS[sort.key]
    if sort.descending:
        return [column.desc().nulls_first() for column in columns]
    return [column.asc().nulls_last() for column in columns]
