"""Shortlists: ranked with reasons, asked «what if», frozen as shown, masked for those without access."""

from __future__ import annotations

import datetime as dt

import pytest

from boligdesk.domain.matching import passes, prefilter
from boligdesk.services import shortlists as lists
from boligdesk.services.errors import InvalidInput, NotAllowed, NotFound, UserError
from boligdesk.services.records.allocation import Demands
from boligdesk.services.records.dwellings import BuildingDraft
from boligdesk.services.records.register import EntranceDraft
from tests.contract.allocation_office import (
    applicant,
    choose,
    ranks,
    vacancy,
    version,
    waits,
)
from tests.contract.case_office import protect


def test_that_a_shortlist_ranks_and_says_why_somebody_is_out(services):
    waits(services, "Klok", "Hest", priority_class="A")
    waits(services, "Blid", "Nepe")
    waits(services, "Rask", "Sky", bedrooms_min=1, bedrooms_max=1, persons=1, children=0)
    found = services.allocation.shortlist(vacancy(services))
    assert ranks(found) == {"Hest, Klok": 1, "Nepe, Blid": 2, "Sky, Rask": None}
    assert (found.considered, found.eligible) == (3, 2)
    out = found.candidates[-1]
    assert out.first_fail == "Ikke aktuell: boligen er for stor"
    assert found.excluded_by == (("Soverom", 1),)
    assert found.candidates[0].why_here == "Prioritet A"
    assert {match.outcome for match in found.candidates[0].matches} >= {"oppfylt"}
    assert (found.rule_title, found.rule_version) == ("Tildeling 2026", found.rule_version)


def test_that_an_entry_is_read_as_the_rules_take_it_on_both_engines(services, store):
    entry = waits(services, since=dt.date(2026, 3, 1))
    found = store.read(services.user.id, lambda view: view.allocation.entries())
    assert [one.id for one in found] == [entry.bytes]
    assert found[0].waiting_since == dt.date(2026, 3, 1).toordinal()
    assert (found[0].bedrooms_min, found[0].persons, found[0].max_rent_ore) == (2, 3, 1_200_000)
    assert found[0].priority_label == "B"
    assert (found[0].step_free, found[0].districts_wish) == (0, "")


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"bedrooms_min": None, "bedrooms_max": None, "persons": None, "max_rent_ore": None},
        {"bedrooms_min": 1, "bedrooms_max": 1},
        {"bedrooms_min": 4, "bedrooms_max": 4},
        {"persons": 9},
        {"max_rent_ore": 100_000},
        {"wheelchair": 1},
        {"wheelchair": 2},
        {"wheelchair": None},
        {"staffed": 1},
        {"districts_no": ("sentrum",)},
        {"districts_wish": ("kroken",)},
    ],
)
def test_that_the_store_leaves_out_only_whom_the_conditions_leave_out(services, store, fields):
    codes = {name: code for code, name in store.read(services.user.id, lambda v: v.assessment.districts())}
    for key in ("districts_no", "districts_wish"):
        if key in fields:
            fields = {**fields, key: tuple(codes[name.title()] for name in fields[key])}
    entry_id = waits(services, **fields)
    place = vacancy(services, facts={"step_free": 1, "lift": 1, "wheelchair": 0, "shielded": 0, "pets": 0})

    def work(view):
        judge = lists.judge_of(view, place)
        conditions = prefilter(judge)
        everybody = view.allocation.entries()
        assert len(conditions) >= 5
        return view.allocation.entries(conditions), [one for one in everybody if passes(one, conditions)]

    kept, expected = store.read(services.user.id, work)
    assert kept == expected
    quick, whole = services.allocation.eligible(place), services.allocation.shortlist(place)
    assert [one.entry_id for one in quick.candidates] == [
        one.entry_id for one in whole.candidates if one.rank
    ]
    assert quick.considered == whole.considered == 1
    assert {one.entry_id for one in whole.candidates} == {entry_id}


def test_that_what_if_changes_nothing_and_says_who_comes_and_goes(services):
    waits(services, "Klok", "Hest", priority_class="A", pets=2)
    waits(services, "Blid", "Nepe", pets=0)
    place = vacancy(services, facts={"step_free": 1, "lift": 1, "wheelchair": 1, "shielded": 1, "pets": 0})
    asked = Demands(require=("dyr",))
    found = services.allocation.compare(place, asked)
    assert [(one.applicant, one.before, one.after) for one in found.gone] == [("Hest, Klok", 1, None)]
    assert [(one.applicant, one.before, one.after) for one in found.moved] == [("Nepe, Blid", 2, 1)]
    assert "dyr er ikke tillatt" in found.gone[0].sentence
    assert (found.before.eligible, found.after.eligible) == (2, 1)
    assert services.allocation.shortlist(place).eligible == 2
    assert services.allocation.shortlist(place, asked).eligible == 1
    assert services.allocation.vacancy(place).demands == Demands()


def test_that_saved_demands_count_and_can_be_taken_back(services):
    waits(services, pets=2)
    place = vacancy(services, facts={"step_free": 1, "lift": 1, "wheelchair": 1, "shielded": 1, "pets": 0})
    saved = services.allocation.set_demands(place, version(services, place), Demands(require=("dyr",)))
    assert services.allocation.shortlist(place).eligible == 0
    assert services.allocation.vacancy(place).demands.require == ("dyr",)
    services.undo.undo(saved.event_id)
    assert services.allocation.shortlist(place).eligible == 1


@pytest.mark.parametrize(
    "wrong",
    [
        Demands(ignore=("dyr",)),
        Demands(require=("dyr",), wish=("dyr",)),
        Demands(require=("bomiljo",)),
        Demands(require=("badekar",)),
        Demands(ignore=("dyr",), reason="..."),
    ],
)
def test_that_demands_must_make_sense_and_leaving_out_needs_a_reason(services, wrong):
    place = vacancy(services)
    with pytest.raises(InvalidInput):
        services.allocation.set_demands(place, version(services, place), wrong)


def test_that_the_page_says_the_share_of_the_entrance_and_what_must_be_found_out(services):
    building = services.dwellings.save_building(BuildingDraft(name="Blokka", units_total=40)).id
    draft = EntranceDraft(building_id=building, letter="B", units_total=12, limit_share=2500, version=1)
    entrance = services.dwellings.save_entrance(draft).id
    place = vacancy(services, facts={}, building_id=building, entrance_id=entrance)
    found = services.allocation.vacancy(place)
    assert found.share_text == "Oppgangen: 1 av 12 er kommunale (8 %), innenfor grensen på 25 %."
    assert {"Plass til rullestol", "Dyr"} <= set(found.unknown_facts)
    assert ("Soverom", "2", "Register") in found.facts
    assert {value for label, value, _source in found.facts if label not in {"Soverom", "Etasje", "Leie"}} == {
        "Vet ikke"
    }


def test_that_why_tells_one_candidate_from_the_next(services):
    first = waits(services, "Klok", "Hest", priority_class="A")
    waits(services, "Blid", "Nepe")
    out = waits(services, "Rask", "Sky", persons=1, children=0, bedrooms_min=1, bedrooms_max=1)
    place = vacancy(services)
    found = services.allocation.why(place, first)
    assert found.title == "Hvorfor er Hest, Klok nr. 1?"
    assert found.sentences[0] == "Nr. 1 av 2 som er aktuelle."
    assert any("lavere prioritet (B)" in sentence for sentence in found.sentences)
    assert services.allocation.why(place, out).title == "Hvorfor er Sky, Rask ikke aktuell?"


# -- frozen ---------------------------------------------------------------------------------------


def test_that_a_frozen_list_stays_as_it_was_shown(services):
    first = waits(services, "Klok", "Hest", priority_class="A")
    second = waits(services, "Blid", "Nepe")
    place = vacancy(services)
    shown = services.allocation.shortlist(place)
    saved = services.allocation.freeze(place, version(services, place))
    row = services.allocation.waiting_row(second)
    services.allocation.change_priority(second, row.version, "A", "Ny dom i saken")
    row = services.allocation.waiting_row(first)
    services.allocation.leave_waiting(first, row.version, "trukket", "Flyttet til en annen kommune")

    frozen = services.allocation.frozen(saved.id)
    assert [(one.applicant, one.rank, one.matches) for one in frozen.candidates] == [
        (one.applicant, one.rank, one.matches) for one in shown.candidates
    ]
    assert (frozen.ref.no, frozen.ref.considered, frozen.ref.eligible) == (1, 2, 2)
    assert frozen.ref.rule_title == "Tildeling 2026"
    assert services.allocation.why(place, first, saved.id).title == "Hvorfor er Hest, Klok nr. 1?"
    assert ranks(services.allocation.shortlist(place)) == {"Nepe, Blid": 1}
    detail = services.allocation.vacancy(place)
    assert (detail.row.stage, detail.shortlists[0].id, detail.row.version) == (
        "forslag",
        saved.id,
        saved.version,
    )


def test_that_a_frozen_list_cannot_be_undone_and_says_what_to_do(services):
    waits(services)
    place = vacancy(services)
    saved = services.allocation.freeze(place, version(services, place))
    with pytest.raises(UserError, match="kan ikke angres"):
        services.undo.undo(saved.event_id)


def test_that_sending_to_the_team_freezes_once_a_day_and_can_be_taken_back(services, clock):
    entries = tuple(waits(services, "Klok", f"Hest{number}") for number in range(3))
    place = vacancy(services)
    saved = services.allocation.send_to_team(place, version(services, place), entries[:2])
    detail = services.allocation.vacancy(place)
    assert (detail.row.stage, len(detail.shortlists), saved.version) == ("inntaksteam", 1, detail.row.version)
    services.allocation.send_to_team(place, saved.version, entries)
    assert len(services.allocation.vacancy(place).shortlists) == 1
    clock.set(dt.date(2026, 11, 25))
    again = services.allocation.send_to_team(place, version(services, place), entries[:1])
    assert len(services.allocation.vacancy(place).shortlists) == 2
    services.undo.undo(again.event_id)
    assert services.allocation.vacancy(place).row.stage == "inntaksteam"


def test_that_only_eligible_ones_are_sent_to_the_team(services):
    out = waits(services, "Rask", "Sky", persons=1, children=0, bedrooms_min=1, bedrooms_max=1)
    place = vacancy(services)
    with pytest.raises(UserError, match="ikke blant de første"):
        services.allocation.send_to_team(place, version(services, place), (out,))
    assert services.allocation.vacancy(place).shortlists == ()


# -- protection -----------------------------------------------------------------------------------


def test_that_a_restricted_applicant_stands_there_without_a_word(services, other_services):
    entry = waits(services, "Klok", "Hest", priority_class="A", districts_wish=())
    waits(services, "Blid", "Nepe")
    protect(services, applicant(services, entry), "fortrolig")
    place = vacancy(services)
    row = other_services.allocation.shortlist(place).candidates[0]
    assert (row.applicant, row.is_masked, row.rank, row.case_id) == ("Skjermet søker", True, 1, None)
    assert {(one.wanted, one.has, one.source, one.sentence) for one in row.matches} == {("", "", "", "")}
    assert {one.outcome for one in row.matches if one.need == "omrade"} == {"avklares"}
    assert row.why_here == "Prioritet A"
    told = other_services.allocation.why(place, entry)
    assert told.sentences == ("Nr. 1 av 2 som er aktuelle.",)
    mine = services.allocation.shortlist(place).candidates[0]
    assert (mine.applicant, mine.is_masked) == ("Hest, Klok", False)


def test_that_a_restricted_applicant_who_is_out_is_not_told_why(services, other_services):
    entry = waits(services, "Rask", "Sky", persons=1, children=0, bedrooms_min=1, bedrooms_max=1)
    protect(services, applicant(services, entry), "fortrolig")
    row = other_services.allocation.shortlist(vacancy(services)).candidates[0]
    assert (row.first_fail, row.why_here, row.rank) == ("Ikke aktuell", "Ikke aktuell", None)


def test_that_nobody_has_a_strictly_confidential_applicant_in_a_list(services, other_services):
    entry = waits(services)
    place = vacancy(services)
    saved = services.allocation.freeze(place, version(services, place))
    protect(services, applicant(services, entry), "strengt_fortrolig")
    for desk in (services, other_services):
        assert desk.allocation.shortlist(place).candidates == ()
        assert desk.allocation.waiting().total == 0
        assert desk.allocation.counts().waiting == 0
        frozen = desk.allocation.frozen(saved.id)
        assert (frozen.candidates, frozen.hidden) == ((), 1)
    with pytest.raises(UserError):
        choose(services, place, entry)
    with pytest.raises(NotFound):
        other_services.allocation.waiting_row(entry)


def test_that_a_snapshot_holds_no_reasons_of_the_restricted(services, store):
    entry = waits(services, priority_class="A")
    row = services.allocation.waiting_row(entry)
    services.allocation.change_priority(entry, row.version, "B", "Trusler fra nabo")
    protect(services, applicant(services, entry), "fortrolig")
    place = vacancy(services)
    saved = services.allocation.freeze(place, version(services, place))
    stored = store.read(services.user.id, lambda view: view.allocation.shortlist(saved.id))
    ranking = store.read(services.user.id, lambda view: lists.replayed(view, stored))
    assert ranking.entries[0].priority_label == "B"


def test_that_reading_takes_the_right_to_read_people(administrator, caretaker, services):
    place = vacancy(services)
    for desk in (administrator, caretaker):
        with pytest.raises(NotAllowed):
            desk.allocation.shortlist(place)
        with pytest.raises(NotAllowed):
            desk.allocation.waiting()
