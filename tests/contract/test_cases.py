"""Cases from service to storage, on both engines."""

from __future__ import annotations

import datetime as dt

import pytest

from boligdesk.services.errors import ConflictError, InvalidInput, NotAllowed, NotFound, UserError
from boligdesk.services.records.cases import ApplicationDraft, CaseFilter
from boligdesk.services.records.common import MASKED_NAME, FactDraft, Sort
from boligdesk.services.records.office import BirthdayRule
from boligdesk.services.records.people import (
    ContactDraft,
    HouseholdDraft,
    IdentifierDraft,
    MemberDraft,
    NameDraft,
    PersonDraft,
    RepresentativeDraft,
)
from tests.contract.case_office import TODAY, apply, cases, fact, person, protect, task_of, tasks, yes

# synthetic number only (month + 80)
FNR = "01914796756"


def test_that_an_application_makes_a_whole_case(services):
    saved = apply(
        services,
        received_on=dt.date(2026, 10, 26),
        what_it_takes="Et fast sted å bo",
        facts=(
            FactDraft("bedrooms", "kjent", 3, source="soknad"),
            FactDraft("pets", "ukjent", source="soknad"),
        ),
    )
    detail = services.cases.detail(saved.id)
    assert (detail.number, detail.phase, detail.version) == ("2026/1", "mottatt", saved.version)
    assert detail.assignee == "Ingrid B."
    assert [(track.law, track.decision_body, track.appeal_body) for track in detail.tracks] == [
        ("boligsosialloven", "Kommunen", "Statsforvalteren"),
        ("lokale_regler", "Kommunen", "Klagenemnda"),
    ]
    (deadline,) = detail.deadlines
    assert (deadline.label, deadline.due_on, deadline.side) == (
        "Foreløpig svar",
        dt.date(2026, 11, 26),
        "egen_plikt",
    )
    assert deadline.basis[0].startswith("forvaltningsloven (1967) § 11a: ")
    assert "26. november" in deadline.why
    assert [(value.text, value.state, value.observed_on) for value in detail.application.facts] == [
        ("3 soverom", "kjent", dt.date(2026, 10, 26)),
        ("Vet ikke", "ukjent", dt.date(2026, 10, 26)),
    ]
    assert detail.application.what_it_takes == "Et fast sted å bo"
    assert {row.kind for row in tasks(services).rows} == {"kontroller_vilkar", "send_forelopig_svar"}
    (row,) = cases(services).rows
    assert (row.applicant, row.next_due_on, row.next_due_what) == (
        "Hest, Klok",
        dt.date(2026, 11, 26),
        "Foreløpig svar",
    )


def test_that_a_request_for_help_alone_goes_to_the_state_only(services):
    saved = apply(services, kind="bistand", asks=("bistand",))
    assert [track.appeal_body for track in services.cases.detail(saved.id).tracks] == ["Statsforvalteren"]


def test_that_numbers_have_no_gaps_even_when_a_registration_fails(services):
    klok = person(services)
    first = apply(services, klok)
    with pytest.raises(InvalidInput):
        apply(services, klok, facts=(FactDraft("bedrooms", "kjent", 99),))
    with pytest.raises(InvalidInput):
        apply(services, klok, assignee_id=klok)
    second = apply(services, klok)
    numbers = [services.cases.detail(saved.id).number for saved in (first, second)]
    assert numbers == ["2026/1", "2026/2"]


def test_that_a_number_from_elsewhere_raises_the_series(services):
    klok = person(services)
    draft = ApplicationDraft(klok, assignee_id=services.user.id)
    services.cases.register_application(draft, "2026/1274")
    old = services.cases.register_application(draft, "2019/7")
    new = services.cases.register_application(draft)
    assert services.cases.detail(new.id).number == "2026/1275"
    assert services.cases.find("2019/7") == old.id
    with pytest.raises(InvalidInput) as refused:
        services.cases.register_application(draft, "2026/1274")
    assert refused.value.field == "case_number"
    with pytest.raises(InvalidInput):
        services.cases.register_application(draft, "tolv")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("received_on", dt.date(2026, 11, 25)),
        ("received_on", dt.date(1203, 1, 1)),
        ("kind", "slott"),
        ("asks", ()),
        ("asks", ("hage",)),
        ("channel", "brevdue"),
        ("own_attempts", "x" * 20_001),
    ],
)
def test_that_what_cannot_be_is_refused(services, field, value):
    with pytest.raises(InvalidInput) as refused:
        apply(services, **{field: value})
    assert refused.value.field == field
    assert cases(services).total == 0


def test_that_a_question_that_is_not_in_the_catalogue_is_refused(services):
    with pytest.raises(InvalidInput) as refused:
        apply(services, facts=(yes("religion"),))
    assert refused.value.field == "religion"


def test_that_the_birthday_rule_chooses_and_says_why(services, other_services):
    jonas = other_services.user.id
    services.office.save_birthday_rules((BirthdayRule(11, 20, jonas), BirthdayRule(21, 31, services.user.id)))
    klok = person(services, born=dt.date(1988, 3, 15))
    assert services.cases.suggest_assignee(klok) == (
        jonas,
        "Søkeren er født den 15. i måneden, og Jonas H. har dag 11–20.",
    )
    detail = services.cases.detail(apply(services, klok, assignee_id=None).id)
    assert detail.assignee == "Jonas H."
    assert "Jonas H. har dag 11–20." in detail.timeline[0].text
    blid = person(services, "Blid", "Nepe", born=None)
    nobody, why = services.cases.suggest_assignee(blid)
    assert nobody is None
    assert "fødselsdatoen" in why


def test_that_who_knows_the_applicant_does_not_get_the_case(services):
    saved = apply(services, assignee_id=services.user.id, knows_applicant=True, conflict_grounds="Nabo")
    assert services.cases.detail(saved.id).assignee_id is None
    task = task_of(services, "fordel_sak", "unowned")
    assert task.second == "Saken har ingen saksbehandler"
    assert tasks(services, "mine").total == 0


def test_that_a_household_must_be_the_applicants(services):
    klok, blid = person(services), person(services, "Blid", "Nepe")
    home = services.households.save(HouseholdDraft((MemberDraft("hovedperson", blid),)))
    with pytest.raises(InvalidInput) as refused:
        apply(services, klok, household_id=home.id)
    assert refused.value.field == "household_id"
    saved = apply(services, blid, household_id=home.id)
    assert services.cases.detail(saved.id).household.id == home.id


def test_that_the_identity_bar_guards_against_the_wrong_person(services):
    klok = services.people.register(
        PersonDraft(
            names=(NameDraft("Klok", "Hest"),),
            birth_on=dt.date(1947, 11, 1),
            interpreter_language="tigrinja",
            identifiers=(IdentifierDraft("syntetisk", FNR),),
            contacts=(ContactDraft("telefon", "68 05 00 01"),),
            representatives=(RepresentativeDraft("verge", "Sprek Bie"),),
        )
    ).id
    child = person(services, "Blid", "Hest", born=dt.date(2019, 5, 1))
    home = services.households.save(
        HouseholdDraft(
            (
                MemberDraft("hovedperson", klok),
                MemberDraft("barn", child, care_share=100),
                MemberDraft("barn", expected_on=dt.date(2027, 1, 20)),
            )
        )
    )
    bar = services.cases.detail(apply(services, klok, household_id=home.id).id).identity
    assert (bar.name, bar.masked_number, bar.phone) == ("Klok Hest", "019147 •••••", "68 05 00 01")
    assert bar.flags == ("Verge", "Barn i husstanden", "Venter barn", "Tolk")


def test_that_opening_a_case_leaves_a_trace_with_its_reason(services):
    saved = apply(services)
    services.cases.detail(saved.id, "Søkeren ringte")
    entries = services.log.entries(0, 10, case_id=saved.id).rows
    assert ("lest", "Søkeren ringte") in [(row.kind, row.reason) for row in entries]
    assert services.log.check().problem is None


def test_that_two_desks_do_not_overwrite_each_other(services, other_services):
    saved = apply(services)
    seen = services.cases.detail(saved.id).version
    services.cases.set_waiting(saved.id, seen, "soker")
    with pytest.raises(ConflictError) as conflict:
        other_services.cases.assign(saved.id, seen, other_services.user.id)
    assert conflict.value.theirs_by == "Ingrid B."
    assert services.cases.detail(saved.id).assignee == "Ingrid B."


def test_that_giving_a_case_away_takes_its_tasks_along_and_back(services, other_services):
    saved = apply(services, received_on=dt.date(2026, 10, 26))
    given = services.cases.assign(saved.id, saved.version, other_services.user.id)
    assert tasks(services).total == 0
    assert tasks(other_services).total == 2
    services.undo.undo(given.event_id)
    assert services.cases.detail(saved.id).assignee == "Ingrid B."
    assert (tasks(services).total, tasks(other_services).total) == (2, 0)
    current = services.cases.detail(saved.id).version
    loose = services.cases.assign(saved.id, current, None)
    assert task_of(services, "fordel_sak", "unowned").case_id == saved.id
    again = services.cases.assign(saved.id, loose.version, services.user.id)
    assert tasks(services, "unowned").total == 0
    unchanged = services.cases.assign(saved.id, again.version, services.user.id)
    assert unchanged.event_id is None


def test_that_a_case_is_not_given_to_somebody_who_does_not_work_here(services):
    saved = apply(services)
    with pytest.raises(InvalidInput):
        services.cases.assign(saved.id, saved.version, saved.id)


def test_that_waiting_is_shown_and_undone(services):
    saved = apply(services)
    waiting = services.cases.set_waiting(saved.id, saved.version, "soker")
    assert cases(services, waiting_on="soker").total == 1
    assert tasks(services, waiting_on="soker").total == tasks(services).total == 1
    services.undo.undo(waiting.event_id)
    assert cases(services, waiting_on="soker").total == 0
    with pytest.raises(InvalidInput):
        services.cases.set_waiting(saved.id, saved.version, "godot")


def test_that_steps_lead_forward_and_stop_before_the_vedtak(services):
    saved = apply(services)
    moved = services.cases.set_phase(saved.id, saved.version, "utredning")
    assert services.cases.detail(saved.id).phase == "utredning"
    for phase in ("kontroll", "utredning", "vedtak", "avsluttet", "tull"):
        with pytest.raises(InvalidInput) as refused:
            services.cases.set_phase(saved.id, moved.version, phase)
        assert refused.value.field == "phase"
    services.undo.undo(moved.event_id)
    assert services.cases.detail(saved.id).phase == "mottatt"


def test_that_closing_ends_what_is_open_and_can_be_undone(services):
    saved = apply(services, received_on=dt.date(2026, 10, 26))
    with pytest.raises(InvalidInput):
        services.cases.close(saved.id, saved.version, "trukket", "  ")
    with pytest.raises(InvalidInput):
        services.cases.close(saved.id, saved.version, "glemt", "Vet ikke")
    closed = services.cases.close(saved.id, saved.version, "trukket", "Søkeren har funnet bolig.")
    detail = services.cases.detail(saved.id)
    assert (detail.phase, detail.outcome, detail.ended_on) == ("avsluttet", "trukket", TODAY)
    assert [deadline.state for deadline in detail.deadlines] == ["bortfalt"]
    assert {track.status for track in detail.tracks} == {"bortfalt"}
    assert tasks(services, "team").total == 0
    assert (cases(services).total, cases(services, state="avsluttede").total) == (0, 1)
    assert cases(services, state="avsluttede").rows[0].next_due_on is None
    with pytest.raises(UserError):
        services.cases.assign(saved.id, closed.version, None)
    services.undo.undo(closed.event_id)
    detail = services.cases.detail(saved.id)
    assert (detail.phase, detail.outcome, detail.ended_on) == ("mottatt", None, None)
    assert tasks(services, "team").total == 2
    assert [deadline.state for deadline in detail.deadlines] == ["lopende"]


def test_that_a_decision_meets_the_duty_to_reply(services):
    saved = apply(services)
    services.cases.close(saved.id, saved.version, "innvilget", "Vedtak 24. november.")
    detail = services.cases.detail(saved.id)
    assert [deadline.state for deadline in detail.deadlines] == ["oppfylt"]
    assert {track.status for track in detail.tracks} == {"avgjort"}


def test_that_a_leader_opens_a_closed_case_and_the_duty_runs_on(services, other_services):
    saved = apply(services, received_on=dt.date(2026, 10, 26))
    closed = services.cases.close(saved.id, saved.version, "trukket", "Feil sak.")
    with pytest.raises(NotAllowed):
        other_services.cases.reopen(saved.id, closed.version, "Søkeren angret seg")
    services.cases.reopen(saved.id, closed.version, "Søkeren vil ha bolig likevel.")
    detail = services.cases.detail(saved.id)
    assert (detail.phase, detail.outcome) == ("utredning", None)
    assert [(row.state, row.due_on) for row in detail.deadlines] == [("lopende", dt.date(2026, 11, 26))]
    assert tasks(services, "team").total == 2
    assert task_of(services, "send_forelopig_svar").is_legal
    with pytest.raises(UserError):
        services.cases.reopen(saved.id, detail.version, "En gang til")


def test_that_answers_are_superseded_and_never_lost(services, store):
    saved = apply(services, facts=(FactDraft("bedrooms", "kjent", 3, source="soknad"),))
    detail = services.cases.detail(saved.id)
    first = fact(detail, "bedrooms")
    kept = services.cases.save_application(
        saved.id,
        detail.application.version,
        facts=(FactDraft("bedrooms", "kjent", 4, source="samtale", supersedes_id=first.id), yes("step_free")),
    )
    after = services.cases.detail(saved.id)
    assert fact(after, "bedrooms").text == "4 soverom"
    assert fact(after, "bedrooms").observed_on == TODAY
    assert fact(after, "step_free").text == "Ja"
    assert after.timeline[0].text == "Soverom som trengs, Trenger trinnfri adkomst"
    again = services.cases.save_application(
        saved.id, kept.version, facts=(FactDraft("bedrooms", "kjent", 4, supersedes_id=first.id),)
    )
    assert again.event_id is None


def test_that_two_who_answer_the_same_meet_and_others_pass(services, other_services):
    saved = apply(services, facts=(FactDraft("bedrooms", "kjent", 3), FactDraft("pets", "ukjent")))
    detail = services.cases.detail(saved.id)
    bedrooms, pets = fact(detail, "bedrooms"), fact(detail, "pets")
    version = detail.application.version
    services.cases.save_application(
        saved.id, version, facts=(FactDraft("bedrooms", "kjent", 4, supersedes_id=bedrooms.id),)
    )
    other_services.cases.save_application(
        saved.id, version, facts=(FactDraft("pets", "kjent", "hund", supersedes_id=pets.id),)
    )
    with pytest.raises(ConflictError) as conflict:
        other_services.cases.save_application(
            saved.id,
            version,
            facts=(FactDraft("bedrooms", "kjent", 2, supersedes_id=bedrooms.id), yes("step_free")),
        )
    assert conflict.value.mine == {"bedrooms": "2 soverom"}
    assert conflict.value.theirs == {"bedrooms": "4 soverom"}
    assert conflict.value.theirs_by == "Ingrid B."
    after = services.cases.detail(saved.id)
    assert [fact(after, key).text for key in ("bedrooms", "pets")] == ["4 soverom", "Hund"]
    assert fact(after, "step_free") is None


def test_that_texts_of_an_application_are_guarded_by_the_version(services, other_services):
    saved = apply(services, what_it_takes="Ro")
    version = services.cases.detail(saved.id).application.version
    services.cases.save_application(saved.id, version, "Ro og fast dag")
    with pytest.raises(ConflictError) as conflict:
        other_services.cases.save_application(saved.id, version, "Nær skolen")
    assert conflict.value.theirs == {"what_it_takes": "Ro og fast dag"}
    other_services.cases.save_application(saved.id, version, facts=(yes("step_free"),))


def test_that_a_fortrolig_case_is_listed_without_a_name(services, other_services):
    sprek = person(services, "Sprek", "Bie", born=dt.date(1990, 1, 2))
    saved = apply(services, sprek, received_on=dt.date(2026, 10, 26))
    protect(services, sprek, "fortrolig")
    (row,) = cases(other_services).rows
    assert (row.applicant, row.is_masked, row.applicant_id) == (MASKED_NAME, True, None)
    assert (row.next_due_on, row.next_due_what, row.assignee) == (None, "", "")
    assert row.number == services.cases.detail(saved.id).number
    with pytest.raises(NotFound):
        other_services.cases.detail(saved.id)
    with pytest.raises(NotFound):
        other_services.cases.timeline(saved.id)
    assert cases(other_services, text="Sprek").total == 0
    assert cases(other_services, text=row.number).total == 1
    assert cases(other_services, due_before=dt.date(2027, 1, 1)).total == 0
    assert cases(services).rows[0].applicant == "Bie, Sprek"
    assert services.cases.detail(saved.id).identity.flags == ("Fortrolig",)


def test_that_a_strictly_protected_case_is_nowhere_but_counted(services, other_services, cleared_services):
    sprek = person(services, "Sprek", "Bie")
    saved = apply(services, sprek)
    apply(services, person(services, "Blid", "Nepe"))
    protect(services, sprek, "strengt_fortrolig")
    for desk in (other_services, cleared_services):
        page = cases(desk)
        assert [row.applicant for row in page.rows] == ["Nepe, Blid"]
        assert (page.total, page.hidden) == (1, 1)
        assert cases(desk, text="nepe").hidden == 0
        assert {row.concerns for row in tasks(desk, "team").rows} == {"Nepe, Blid"}
        with pytest.raises(NotFound):
            desk.cases.detail(saved.id)
        with pytest.raises(NotFound):
            desk.cases.find("2026/1")
    assert cases(services).total == 2
    with pytest.raises(InvalidInput, match="hvorfor du åpner"):
        services.cases.detail(saved.id)
    assert services.log.entries(0, 20, case_id=saved.id).rows[0].kind == "skrevet"  # nothing was opened
    assert services.cases.detail(saved.id, "Ringer søkeren").identity.name == "Sprek Bie"
    opened = services.log.entries(0, 20, case_id=saved.id)
    assert (opened.rows[0].kind, opened.rows[0].reason) == ("lest", "Ringer søkeren")
    assert services.cases.reread(saved.id).identity.name == "Sprek Bie"
    assert services.log.entries(0, 20, case_id=saved.id).total == opened.total


def office_of_three(services, other_services):
    """Three cases that differ in everything a list can be sorted or filtered by."""
    klok = person(services)
    first = apply(services, klok, received_on=dt.date(2026, 10, 26))
    apply(
        services,
        person(services, "Blid", "Ås"),
        kind="bistand",
        asks=("bistand",),
        received_on=dt.date(2026, 11, 3),
        assignee_id=other_services.user.id,
    )
    apply(
        services,
        person(services, "Sprek", "Bie"),
        kind="avvik",
        received_on=dt.date(2026, 11, 1),
        knows_applicant=True,
    )
    services.cases.set_phase(first.id, first.version, "kontroll")


@pytest.mark.parametrize(
    ("key", "order"),
    [
        ("number", ["Hest, Klok", "Ås, Blid", "Bie, Sprek"]),
        ("applicant", ["Bie, Sprek", "Hest, Klok", "Ås, Blid"]),
        ("opened", ["Hest, Klok", "Bie, Sprek", "Ås, Blid"]),
        ("due", ["Hest, Klok", "Ås, Blid", "Bie, Sprek"]),
        ("kind", ["Bie, Sprek", "Ås, Blid", "Hest, Klok"]),
        ("phase", ["Ås, Blid", "Bie, Sprek", "Hest, Klok"]),
        ("assignee", ["Hest, Klok", "Ås, Blid", "Bie, Sprek"]),
    ],
)
def test_that_the_list_sorts_alike_on_both_stores_in_windows(services, other_services, key, order):
    office_of_three(services, other_services)
    assert [row.applicant for row in cases(services, Sort(key)).rows] == order
    down = Sort(key, descending=True)
    assert [row.applicant for row in cases(services, down).rows] == order[::-1]
    windows = [services.cases.page(CaseFilter(), Sort(key), offset, 1) for offset in range(4)]
    assert [row.applicant for page in windows for row in page.rows] == order
    assert {page.total for page in windows} == {3}


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"text": "hest"}, ["Hest, Klok"]),
        ({"text": "2026/3"}, ["Bie, Sprek"]),
        ({"kinds": ("bistand", "avvik")}, ["Ås, Blid", "Bie, Sprek"]),
        ({"phases": ("kontroll",)}, ["Hest, Klok"]),
        ({"unassigned": True}, ["Bie, Sprek"]),
        ({"opened_from": dt.date(2026, 11, 1), "opened_to": dt.date(2026, 11, 1)}, ["Bie, Sprek"]),
        ({"due_before": dt.date(2026, 11, 27)}, ["Hest, Klok"]),
        ({"state": "avsluttede"}, []),
        ({"text": "hest", "unassigned": True}, []),
    ],
)
def test_that_conditions_hold_together(services, other_services, wanted, found):
    office_of_three(services, other_services)
    page = cases(services, **wanted)
    assert [row.applicant for row in page.rows] == found
    assert page.total == len(found)


def test_that_those_without_the_right_get_no_list_and_no_change(
    services, home_guide, administrator, caretaker
):
    saved = apply(services)
    for desk in (administrator, caretaker):
        with pytest.raises(NotAllowed):
            cases(desk)
        with pytest.raises(NotAllowed):
            desk.cases.detail(saved.id)
    assert home_guide.cases.detail(saved.id).number == "2026/1"
    with pytest.raises(NotAllowed):
        home_guide.cases.close(saved.id, saved.version, "trukket", "x")
    with pytest.raises(NotFound):
        services.cases.detail(services.user.id)
