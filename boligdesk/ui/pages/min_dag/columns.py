"""The columns of Min dag."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from boligdesk.services.records.work import TaskRow
from boligdesk.ui.tables import Column
from boligdesk.ui.tables.common_columns import case_words, date_cell, date_text, task_status


def task_columns(
    today: Callable[[], dt.date], due_tooltip: Callable[[TaskRow], str]
) -> tuple[Column[TaskRow], ...]:
    """``due_tooltip`` says how the deadline was computed."""
    return (
        Column[TaskRow](
            "title", "Hva må gjøres", lambda r: r.title, 300, lambda r: r.second,
            sort="kind", strong=True, stretch=True, narrowest=150,
        ),
        Column[TaskRow](
            "concerns", "Gjelder", lambda r: r.concerns or "–", 190, case_of, sort="concerns",
            icon=lambda r: "lock_closed" if r.is_masked else "", narrowest=110,
        ),
        Column[TaskRow](
            "due", "Frist", lambda r: date_text(r.due_on) or "Ingen frist", 196,
            date=lambda r: date_cell(r.due_on, today()), sort="due", tooltip=due_tooltip, narrowest=118,
        ),
        Column[TaskRow](
            "status", "Status", lambda r: task_status(r, today()).word, 150,
            pill=lambda r: task_status(r, today()), narrowest=136,
        ),
    )  # fmt: skip


def case_of(row: TaskRow) -> str:
    return case_words(row.case_number, row.case_kind, is_masked=row.is_masked)
