"""Small helpers of the contract tests of allocation: dwellings, people in the queue, vacancies."""

from __future__ import annotations

import datetime as dt

from boligdesk.domain.catalog import TaskKind
from boligdesk.domain.deadlines import Length, compute
from boligdesk.services.ports.cases import NewTask
from boligdesk.services.records.allocation import VacancyDraft, WaitingDraft
from boligdesk.services.records.common import FactDraft
from boligdesk.services.records.dwellings import DwellingDraft
from boligdesk.storage.writers.case_rows import case_for_write
from boligdesk.storage.writers.deadlines import add_deadline, add_task
from tests.contract.case_office import apply, person

TODAY = dt.date(2026, 11, 24)
NONE = dict.fromkeys(("step_free", "lift_or_ground", "wheelchair", "staffed", "shielded", "pets"), 0)
KNOWN = dict.fromkeys(("step_free", "lift", "wheelchair", "shielded", "pets"), 1)


def dwelling(services, code="B1", bedrooms=2, status="ledig", facts=KNOWN, **fields):
    """The id of a new dwelling whose accessibility is known."""
    fields.setdefault("rent_ore", 900_000)
    fields.setdefault("district_id", dict(map(reversed, services.office.districts()))["Sentrum"])
    draft = DwellingDraft(
        code=code,
        street="Eksempelveien",
        house_no="12",
        letter="B",
        unit_no=f"H0{len(code)}01",
        bedrooms=bedrooms,
        floor=2,
        offer_kind="ordinar_spredt",
        ownership="eid",
        **fields,
    )
    saved = services.dwellings.register(draft, status, dt.date(2026, 11, 2))
    if facts:
        answers = tuple(
            FactDraft(key, "kjent", value, "befaring", dt.date(2026, 11, 12)) for key, value in facts.items()
        )
        services.dwellings.record_facts(saved.id, saved.version, answers)
    return saved.id


def vacancy(services, dwelling_id=None, free_from=None, **fields):
    """The id of a vacancy reported today."""
    dwelling_id = dwelling_id or dwelling(services, **fields)
    return services.allocation.report_vacancy(VacancyDraft(dwelling_id, free_from)).id


def version(services, vacancy_id):
    return services.allocation.vacancy(vacancy_id).row.version


def waits(services, given="Klok", family="Hest", since=dt.date(2026, 10, 26), household_id=None, **fields):
    """The id of a queue entry of somebody who needs two bedrooms."""
    case_id = apply(services, person(services, given, family), household_id=household_id).id
    wanted = {
        "bedrooms_min": 2,
        "bedrooms_max": 2,
        "persons": 3,
        "children": 1,
        "max_rent_ore": 1_200_000,
        **NONE,
        **fields,
    }
    draft = WaitingDraft(
        case_id=case_id,
        priority_class=wanted.pop("priority_class", "B"),
        waiting_since=since,
        reason="Vedtak i det gamle arkivet",
        **wanted,
    )
    return services.allocation.join_waiting_by_hand(draft).id


def case_of(services, entry_id):
    return services.allocation.waiting_row(entry_id).case_id


def applicant(services, entry_id):
    """The id of the person behind an entry."""
    return services.cases.detail(case_of(services, entry_id)).identity.person_id


def choose(services, vacancy_id, entry_id, reason="", **more):
    return services.allocation.choose(vacancy_id, version(services, vacancy_id), entry_id, reason, **more)


def ranks(view):
    """Applicant -> place, of those who stand in the list."""
    return {one.applicant: one.rank for one in view.candidates}


def sent(store, services, offer_id, on=TODAY, due=dt.date(2026, 12, 1)):
    """The letter with the offer has left the house: what sending it does to the offer."""

    def work(unit):
        case_id = unit.allocation.offer(offer_id).case_id
        case = case_for_write(unit, case_id)
        unit.event("send_letter", "letter", offer_id, scope=case.scope, case_id=case_id)
        unit.write_allocation.offer_sent(offer_id, on, due)
        reply = compute("svarfrist_tilbud", on, length=Length(max(1, (due - on).days), "days"))
        deadline = add_deadline(unit, case_id, ("offer", offer_id), reply, case.scope)
        task = NewTask(TaskKind.OFFER_REPLY, reply.due, on)
        add_task(unit, case, task, services.user.id, deadline, subject=("offer", offer_id))

    store.write(services.user.id, work)


def joins(services, person_id, household_id):
    """The id of a queue entry of this person, of this household."""
    case_id = apply(services, person_id, household_id=household_id).id
    draft = WaitingDraft(case_id, "B", dt.date(2026, 10, 26), "Vedtak i arkivet", persons=2, bedrooms_min=2, bedrooms_max=2)  # fmt: skip
    return services.allocation.join_waiting_by_hand(draft).id
