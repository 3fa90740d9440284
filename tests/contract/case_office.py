"""Small helpers of the contract tests of cases, notes, documents and tasks."""

from __future__ import annotations

import datetime as dt

from boligdesk.domain.catalog import Protection
from boligdesk.services.records.cases import ApplicationDraft, CaseFilter
from boligdesk.services.records.common import FactDraft, Sort
from boligdesk.services.records.people import NameDraft, PersonDraft
from boligdesk.services.records.work import TaskFilter

TODAY = dt.date(2026, 11, 24)
BY_DUE = Sort("due")


def person(services, given="Klok", family="Hest", born=dt.date(1988, 3, 15), **fields):
    """The id of a new person."""
    return services.people.register(
        PersonDraft(names=(NameDraft(given, family),), birth_on=born, **fields)
    ).id


def apply(services, person_id=None, **fields):
    """What registering an application gave, the applicant made when none is given."""
    person_id = person_id or person(services)
    fields.setdefault("assignee_id", services.user.id)
    return services.cases.register_application(ApplicationDraft(person_id, **fields))


def protect(services, person_id, level):
    detail = services.people.detail(person_id)
    services.people.protect(
        person_id, detail.version, Protection(level), "Folkeregisteret", "Melding 1. november"
    )


def cases(services, sort=None, **filters):
    return services.cases.page(CaseFilter(**filters), sort or Sort("number"))


def tasks(services, owner="mine", due="alle", **filters):
    return services.tasks.page(TaskFilter(owner, due, **filters), BY_DUE)


def task_of(services, kind, owner="team"):
    """The one task of the kind in the list."""
    found = [row for row in tasks(services, owner).rows if row.kind == kind]
    assert len(found) == 1, [row.kind for row in found]
    return found[0]


def yes(key, supersedes=None):
    return FactDraft(key, "kjent", 1, supersedes_id=supersedes)


def fact(detail, key):
    return next((value for value in detail.application.facts if value.key == key), None)
