"""«Angre» on both stores: what it takes back, what it refuses, and what follows."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from boligdesk.domain.catalog import DwellingStatus
from boligdesk.services.errors import NotAllowed, NotFound, UserError
from boligdesk.services.records.cases import CaseFilter
from boligdesk.services.records.common import Sort
from boligdesk.services.records.dwellings import DwellingDraft
from tests.contract.case_office import apply, person, tasks
from tests.contract.list_office import PEOPLE, bring

DAY = dt.date(2026, 11, 1)


def renamed(services, found, family):
    draft = services.people.detail(found).draft
    name = replace(draft.names[0], family=family)
    return services.people.change(replace(draft, names=(name,)))


def dwelling(services, code="B1"):
    draft = DwellingDraft(code=code, street="Storgata", house_no="12", unit_no="H0203")
    return services.dwellings.register(draft, DwellingStatus.VACANT, DAY)


def test_that_a_new_name_is_taken_back_with_its_search_words_and_the_masked_copies(services):
    found = person(services)
    case = apply(services, found)
    changed = renamed(services, found, "Storbjørk")
    assert services.search.find("bjørk").people

    services.undo.undo(changed.event_id)

    assert services.people.detail(found).name == "Klok Hest"
    assert services.search.find("bjørk").people == ()
    assert services.search.find("hest").people[0].id == found
    page = services.cases.page(CaseFilter(), Sort("number"))
    assert [row.applicant for row in page.rows if row.id == case.id] == ["Hest, Klok"]
    assert services.log.check().problem is None


def test_that_nothing_is_undone_twice_and_an_undoing_can_be_done_again(services):
    found = person(services)
    changed = renamed(services, found, "Nepe")
    undone = services.undo.undo(changed.event_id)
    with pytest.raises(UserError, match="allerede angret"):
        services.undo.undo(changed.event_id)

    services.undo.undo(undone.event_id)

    assert services.people.detail(found).name == "Klok Nepe"
    assert services.search.find("nepe").people[0].id == found


def test_that_what_somebody_changed_since_is_not_undone(services):
    found = person(services)
    changed = renamed(services, found, "Nepe")
    renamed(services, found, "Bie")

    with pytest.raises(UserError, match="ikke angres lenger"):
        services.undo.undo(changed.event_id)

    assert services.people.detail(found).name == "Klok Bie"


def test_that_a_closed_case_comes_back_with_its_tasks_and_due_day(services):
    case = apply(services)
    before = services.cases.page(CaseFilter(), Sort("number")).rows[0]
    due = {row.due_on for row in tasks(services).rows}
    closed = services.cases.close(case.id, before.version, "trukket", "Søkeren har trukket søknaden")
    assert tasks(services).rows == ()

    services.undo.undo(closed.event_id)

    after = services.cases.page(CaseFilter(), Sort("number")).rows[0]
    assert (after.phase, after.next_due_on) == (before.phase, before.next_due_on)
    assert {row.due_on for row in tasks(services).rows} == due


def test_that_an_undone_dwelling_is_not_found_any_more(services):
    made = dwelling(services)
    assert services.search.find("storgata").dwellings

    services.undo.undo(made.event_id)

    found = services.search.find("storgata", counted=True)
    assert (found.dwellings, found.counts["dwellings"]) == ((), 0)


def test_that_a_caretaker_takes_back_a_status_and_nothing_else(services, caretaker):
    made = dwelling(services)
    changed = caretaker.dwellings.set_status(
        made.id, made.version, DwellingStatus.WORKS, dt.date(2026, 11, 24)
    )
    caretaker.undo.undo(changed.event_id)
    assert services.dwellings.detail(made.id).status == DwellingStatus.VACANT

    with pytest.raises(NotFound):
        caretaker.undo.undo(renamed(services, person(services), "Nepe").event_id)


def test_that_a_guide_does_not_take_back_what_guides_may_not_do(services, home_guide):
    changed = renamed(services, person(services), "Nepe")
    with pytest.raises(NotAllowed):
        home_guide.undo.undo(changed.event_id)


def test_that_what_a_list_or_a_decision_made_stays(services, tmp_path):
    bring(services, tmp_path, "people", PEOPLE)
    case = services.cases.page(CaseFilter(), Sort("number")).rows[0]
    event = services.cases.timeline(case.id)[0]
    assert not event.can_undo
    with pytest.raises(UserError, match="hentet fra liste"):
        services.undo.undo(event.event_id)


def test_that_nobody_undoes_the_unknown(services):
    with pytest.raises(NotFound):
        services.undo.undo(services.user.id)
