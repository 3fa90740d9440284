"""Min dag, as the services see it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import datetime as dt
    from uuid import UUID

    from boligdesk.services.ports.cases import Stored
    from boligdesk.services.records.common import Page, Sort
    from boligdesk.services.records.work import (
        TaskCounts,
        TaskDetail,
        TaskDraft,
        TaskFilter,
        TaskLoad,
        TaskRow,
    )


class TaskReads(Protocol):
    def page(self, wanted: TaskFilter, sort: Sort, offset: int, limit: int) -> Page[TaskRow]: ...
    def counts(self) -> TaskCounts: ...
    def load(self) -> tuple[TaskLoad, ...]: ...
    def row(self, task_id: UUID) -> TaskRow:
        """Raises NotFound for a task that is not in the viewer's lists."""
        ...

    def of_case(self, case_id: UUID) -> tuple[TaskRow, ...]: ...
    def detail(self, task_id: UUID) -> TaskDetail:
        """Raises NotFound for a task that is not in the viewer's lists."""
        ...


class TaskWrites(Protocol):
    def finish(self, task_id: UUID, version: int) -> Stored: ...
    def postpone(self, task_id: UUID, version: int, due_on: dt.date, reason: str) -> Stored: ...
    def give_to(self, task_id: UUID, version: int, user_id: UUID) -> Stored: ...
    def add(self, draft: TaskDraft) -> tuple[UUID, int, UUID]: ...
