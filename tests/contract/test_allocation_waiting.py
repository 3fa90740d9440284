"""The waiting list: by hand, another priority, pause, leaving; filters and masks."""

from __future__ import annotations

import datetime as dt

import pytest

from boligdesk.services.errors import ConflictError, InvalidInput, UserError
from boligdesk.services.records.allocation import WaitingDraft, WaitingFilter
from boligdesk.services.records.common import Sort
from tests.contract.allocation_office import applicant, case_of, choose, vacancy, waits
from tests.contract.case_office import apply, protect


def row(services, entry_id):
    return services.allocation.waiting_row(entry_id)


def shown(services, **wanted):
    return [one.applicant for one in services.allocation.waiting(WaitingFilter(**wanted)).rows]


def test_that_an_approval_from_before_is_put_on_the_list_by_hand(services):
    entry = waits(
        services, since=dt.date(2026, 8, 1), lift_or_ground=1, pets=2, valid_to=dt.date(2027, 11, 24)
    )
    found = row(services, entry)
    assert (found.applicant, found.priority_text, found.need_text) == (
        "Hest, Klok",
        "B",
        "2 sov · heis / 1. et. · ønsker dyr",
    )
    assert (found.waiting_since, found.valid_to, found.state) == (
        dt.date(2026, 8, 1),
        dt.date(2027, 11, 24),
        "aktiv",
    )
    counts = services.allocation.counts()
    assert (counts.waiting, counts.median_wait_days) == (1, 115)
    timeline = services.cases.timeline(found.case_id)
    assert timeline[0].title == "Satt på ventelisten"
    assert "Vedtak i det gamle arkivet" in timeline[0].text


def test_that_joining_can_be_taken_back_and_done_again(services):
    case_id = apply(services).id
    draft = WaitingDraft(case_id, "A", dt.date(2026, 9, 1), "Vedtak 3. september")
    saved = services.allocation.join_waiting_by_hand(draft)
    with pytest.raises(UserError, match="fra før"):
        services.allocation.join_waiting_by_hand(draft)
    services.undo.undo(saved.event_id)
    assert services.allocation.waiting().total == 0
    assert services.allocation.join_waiting_by_hand(draft).id != saved.id


@pytest.mark.parametrize(
    ("field", "more"),
    [
        ("reason", {"reason": ".."}),
        ("priority_class", {"priority_class": "Q"}),
        ("waiting_since", {"waiting_since": dt.date(2027, 1, 1)}),
        ("valid_to", {"valid_to": dt.date(2026, 1, 1)}),
        ("bedrooms_max", {"bedrooms_min": 3, "bedrooms_max": 2}),
        ("children", {"persons": 2, "children": 2}),
        ("pets", {"pets": 3}),
        ("districts_wish", {"districts_wish": ("finnes ikke",)}),
    ],
)
def test_that_what_is_entered_by_hand_must_make_sense(services, field, more):
    case_id = apply(services).id
    values = {"priority_class": "A", "waiting_since": dt.date(2026, 9, 1), "reason": "Vedtak", **more}
    with pytest.raises(InvalidInput) as error:
        services.allocation.join_waiting_by_hand(WaitingDraft(case_id, **values))
    assert error.value.field == field


def test_that_a_new_approval_follows_into_the_same_row(services, store):
    entry = waits(services, since=dt.date(2026, 8, 1))
    case_id = case_of(services, entry)

    def work(unit):
        from dataclasses import replace

        from boligdesk.services import allocation_checks
        from boligdesk.services.rules import rule_set_in_force

        draft = WaitingDraft(case_id, "A", dt.date(2026, 8, 1), "x", persons=5)
        new = allocation_checks.by_hand(unit, draft, rule_set_in_force(unit, unit.today))
        new = replace(new, priority_reasons=("barn", "må ut 15. des."))
        unit.event("send_letter", "letter", case_id, scope=(1, 0), case_id=case_id)
        return unit.write_allocation.join_waiting(new)

    assert store.write(services.user.id, work) == entry
    assert row(services, entry).priority_text == "A – barn, må ut 15. des."
    place = vacancy(services, bedrooms=4)
    assert services.allocation.shortlist(place).candidates[0].why_here == (
        "Prioritet A: barn, må ut 15. des."
    )


def test_that_a_priority_is_changed_with_a_reason_and_back(services):
    entry = waits(services)
    before = row(services, entry)
    with pytest.raises(InvalidInput):
        services.allocation.change_priority(entry, before.version, "A", "")
    saved = services.allocation.change_priority(entry, before.version, "A", "Ny situasjon for barna")
    assert row(services, entry).priority_text == "A – Ny situasjon for barna"
    with pytest.raises(ConflictError):
        services.allocation.change_priority(entry, before.version, "C", "Annet")
    services.undo.undo(saved.event_id)
    assert row(services, entry).priority_text == "B"
    assert services.allocation.priority_classes()[0] == ("A", "Prioritet A")


def test_that_a_pause_ends_by_itself_on_its_day(services, clock):
    entry, place = waits(services), vacancy(services)
    saved = services.allocation.pause(entry, 1, dt.date(2026, 12, 1), "På sykehus")
    assert row(services, entry).state == "pauset"
    assert services.allocation.shortlist(place).considered == 0
    clock.set(dt.date(2026, 12, 1))
    assert row(services, entry).state == "aktiv"
    assert services.allocation.shortlist(place).considered == 1
    assert shown(services, states=("aktiv",)) == ["Hest, Klok"]
    assert shown(services, states=("pauset",)) == []
    services.undo.undo(saved.event_id)
    assert row(services, entry).state == "aktiv"


def test_that_a_pause_without_a_day_ends_when_somebody_says_so(services):
    entry = waits(services)
    saved = services.allocation.pause(entry, 1, None, "Vil vente")
    again = services.allocation.resume(entry, saved.version)
    assert row(services, entry).state == "aktiv"
    assert services.allocation.resume(entry, again.version).event_id is None
    with pytest.raises(InvalidInput):
        services.allocation.pause(entry, again.version, dt.date(2026, 11, 24), "I dag")


def test_that_somebody_with_an_offer_is_neither_paused_nor_let_go(services):
    entry, place = waits(services), vacancy(services)
    choose(services, place, entry)
    found = row(services, entry)
    with pytest.raises(UserError, match="har et tilbud"):
        services.allocation.pause(entry, found.version, None, "Vent")
    with pytest.raises(UserError, match="har et tilbud"):
        services.allocation.leave_waiting(entry, found.version, "trukket", "Flyttet")


def test_that_leaving_can_be_taken_back(services):
    entry = waits(services)
    saved = services.allocation.leave_waiting(entry, 1, "bortfalt", "Svarte ikke på fornyelse")
    assert services.allocation.waiting().total == 0
    assert shown(services, states=("bortfalt",)) == ["Hest, Klok"]
    services.undo.undo(saved.event_id)
    assert row(services, entry).state == "aktiv"
    with pytest.raises(InvalidInput):
        services.allocation.leave_waiting(entry, 1, "aktiv", "Nei")


def test_that_an_approval_that_has_run_out_is_listed_but_never_proposed(services, clock):
    waits(services, valid_to=dt.date(2026, 12, 1))
    place = vacancy(services)
    clock.set(dt.date(2026, 12, 2))
    assert services.allocation.shortlist(place).considered == 0
    assert services.allocation.waiting().total == 1
    assert shown(services, valid_before=dt.date(2026, 12, 31)) == ["Hest, Klok"]


def test_that_the_filters_find_those_they_are_for(services, store):
    sentrum = dict(store.read(services.user.id, lambda view: view.assessment.districts()))
    code = next(code for code, name in sentrum.items() if name == "Sentrum")
    waits(services, "Klok", "Hest", priority_class="A", lift_or_ground=1, districts_wish=(code,))
    waits(services, "Blid", "Nepe", bedrooms_min=4, bedrooms_max=4, persons=1, children=0)
    assert shown(services) == ["Hest, Klok", "Nepe, Blid"]
    assert shown(services, priority_classes=("A",)) == ["Hest, Klok"]
    assert shown(services, bedrooms=4) == ["Nepe, Blid"]
    assert shown(services, needs=("lift_or_ground",)) == ["Hest, Klok"]
    assert shown(services, district=code) == ["Hest, Klok"]
    assert shown(services, with_children=True) == ["Hest, Klok"]
    assert shown(services, with_children=False) == ["Nepe, Blid"]
    assert shown(services, text="nepe") == ["Nepe, Blid"]
    assert shown(services, text="2026/1") == ["Hest, Klok"]
    assert row(services, services.allocation.waiting().rows[0].id).district_text == "Sentrum"


@pytest.mark.parametrize("key", ["order", "name", "since", "valid", "bedrooms", "offers", "state"])
@pytest.mark.parametrize("descending", [False, True])
def test_that_a_masked_row_tells_nothing_by_its_words_or_its_place(services, other_services, key, descending):
    hidden = waits(services, "Klok", "Hest", bedrooms_min=1, bedrooms_max=1, valid_to=dt.date(2026, 12, 1))
    others = [
        waits(services, "Blid", f"Nepe{number}", bedrooms_min=number, valid_to=dt.date(2027, number, 1))
        for number in (1, 2)
    ]
    protect(services, applicant(services, hidden), "fortrolig")
    page = other_services.allocation.waiting(WaitingFilter(), Sort(key, descending))
    assert {one.id for one in page.rows} == {hidden, *others}
    if key in {"valid", "bedrooms", "offers"}:
        assert page.rows[-1].id == hidden
    masked = next(one for one in page.rows if one.id == hidden)
    assert (masked.applicant, masked.case_id, masked.need_text, masked.valid_to) == (
        "Skjermet søker",
        None,
        "",
        None,
    )
    assert shown(other_services, bedrooms=1) == ["Nepe1, Blid"]
    assert shown(other_services, text="hest") == []
