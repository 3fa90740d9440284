"""Tasks and visits follow the protection of the person; a list tells nothing by its order."""

from __future__ import annotations

import datetime as dt

import pytest

from boligdesk.services.records.cases import CaseFilter
from boligdesk.services.records.common import Sort
from boligdesk.services.records.work import TaskDraft, VisitDraft, VisitFilter
from tests.contract.case_office import apply, person, protect, tasks


def with_task_and_visit(services):
    found = person(services)
    services.tasks.add(
        TaskDraft(
            kind="ring_tilbake", person_id=found, due_on=dt.date(2026, 12, 1), assignee_id=services.user.id
        )
    )
    services.guidance.log_visit(
        VisitDraft(person_id=found, starts_at=dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC), place="hjemme", outcome="gjennomfort", observed="Ryddig")
    )  # fmt: skip
    return found


@pytest.mark.parametrize(("level", "rows"), [("fortrolig", 1), ("strengt_fortrolig", 0)])
def test_that_a_task_without_a_case_follows_the_person(services, other_services, level, rows):
    found = with_task_and_visit(services)
    assert tasks(other_services, "team").total == 1

    protect(services, found, level)

    page = tasks(other_services, "team")
    assert page.total == rows
    assert {row.concerns for row in page.rows} <= {"Skjermet søker"}
    assert tasks(services, "team").total == 1
    assert other_services.guidance.page(VisitFilter(), Sort("when"), 0, 10).total == 0


def test_that_a_task_made_after_the_protection_lies_where_a_moved_one_would(services, other_services):
    found = person(services)
    protect(services, found, "fortrolig")
    services.tasks.add(TaskDraft(kind="ring_tilbake", person_id=found, assignee_id=services.user.id))

    assert [row.concerns for row in tasks(other_services, "team").rows] == ["Skjermet søker"]


@pytest.mark.parametrize("key", ["due", "assignee"])
@pytest.mark.parametrize("descending", [False, True])
def test_that_a_masked_case_stands_after_all_others(services, other_services, key, descending):
    hidden = person(services, "Blid", "Nepe")
    masked = apply(services, hidden).id
    others = [apply(services, person(services, "Klok", f"Hest{number}")).id for number in range(3)]
    protect(services, hidden, "fortrolig")

    page = other_services.cases.page(CaseFilter(), Sort(key, descending), 0, 10)
    assert (page.total, page.rows[-1].id, {row.id for row in page.rows}) == (4, masked, {masked, *others})
    windows = [
        other_services.cases.page(CaseFilter(), Sort(key, descending), offset, 2).rows for offset in (0, 2)
    ]
    assert [row.id for rows in windows for row in rows] == [row.id for row in page.rows]
    assert other_services.cases.page(CaseFilter(assignee_id=services.user.id), Sort(key), 0, 10).total == 3
    assert page.rows[0].version >= 1
