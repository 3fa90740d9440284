"""What a case says is due next, against a recount of its deadlines and tasks, on both engines."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from boligdesk.services.records.work import TaskDraft
from boligdesk.storage.reader import SYSTEM
from boligdesk.storage.tables import CaseFile, Deadline, Task
from tests.contract.case_office import TODAY, apply, cases, task_of


def recounted(store, case_id):
    """(stored, recounted) due day and deadline, straight from the rows."""

    def work(view):
        stored = view.first(
            select(CaseFile.next_due_on, CaseFile.next_deadline_id).where(CaseFile.id == case_id)
        )
        deadlines = view.rows(
            select(Deadline.due_on, Deadline.id).where(
                Deadline.case_id == case_id, Deadline.ended_at.is_(None)
            )
        )
        tasks = view.rows(select(Task.due_on).where(Task.case_id == case_id, Task.ended_at.is_(None)))
        days = [row.due_on for row in [*deadlines, *tasks] if row.due_on]
        least = min(days, default=None)
        binding = [row.id for row in deadlines if row.due_on == least]
        return tuple(stored), (least, binding[0] if binding else None)

    return store.read(SYSTEM, work)


def assert_in_step(store, case_id):
    stored, counted = recounted(store, case_id)
    assert stored == counted
    return stored[0]


def test_that_the_copy_follows_every_act_and_every_undo(services, other_services, store):
    case = apply(services, received_on=dt.date(2026, 10, 26))
    assert assert_in_step(store, case.id) == dt.date(2026, 11, 26)
    added = services.tasks.add(TaskDraft("ring_tilbake", case_id=case.id, due_on=dt.date(2026, 11, 25)))
    assert assert_in_step(store, case.id) == dt.date(2026, 11, 25)
    assert cases(services).rows[0].next_due_what == "Ring tilbake"
    moved = services.tasks.postpone(added.id, added.version, dt.date(2026, 12, 1), "Ferie")
    assert assert_in_step(store, case.id) == dt.date(2026, 11, 26)
    reply = task_of(services, "send_forelopig_svar")
    done = services.tasks.finish(reply.id, reply.version)
    assert assert_in_step(store, case.id) == dt.date(2026, 12, 1)
    services.undo.undo(moved.event_id)
    assert assert_in_step(store, case.id) == dt.date(2026, 11, 25)
    services.undo.undo(done.event_id)
    assert assert_in_step(store, case.id) == dt.date(2026, 11, 25)
    services.undo.undo(added.event_id)
    assert assert_in_step(store, case.id) == dt.date(2026, 11, 26)
    version = services.cases.detail(case.id).version
    given = services.cases.assign(case.id, version, other_services.user.id)
    closed = services.cases.close(case.id, given.version, "trukket", "Fant bolig selv.")
    assert assert_in_step(store, case.id) is None
    services.undo.undo(closed.event_id)
    assert assert_in_step(store, case.id) == dt.date(2026, 11, 26)
    version = services.cases.detail(case.id).version
    again = services.cases.close(case.id, version, "avslag", "Vedtak 24. november.")
    services.cases.reopen(case.id, again.version, "Feil i vedtaket.")
    assert assert_in_step(store, case.id) is None


def test_that_a_task_before_the_deadline_of_registration_counts_from_the_start(services, store):
    case = apply(services, kind="avvik")
    assert assert_in_step(store, case.id) is None
    services.tasks.add(TaskDraft("annet", case_id=case.id, due_on=TODAY))
    assert assert_in_step(store, case.id) == TODAY


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (dt.date(2026, 1, 31), dt.date(2026, 2, 27)),
        (dt.date(2026, 10, 26), dt.date(2026, 11, 26)),
        (dt.date(2026, 11, 24), dt.date(2026, 12, 24)),
    ],
)
def test_that_the_offices_own_duty_never_moves_forward(services, received, due):
    case = apply(services, received_on=received)
    (deadline,) = services.cases.detail(case.id).deadlines
    assert (deadline.due_on, deadline.start_on) == (due, received)
