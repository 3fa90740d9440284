"""Conditions judged, tracks concluded and opened again, on both stores."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from boligdesk.documents.room import PaperRoom
from boligdesk.domain.catalog import TaskKind
from boligdesk.domain.rule_sets import load
from boligdesk.resources import resource_path
from boligdesk.services.desk import Services
from boligdesk.services.errors import ConflictError, InvalidInput, NotAllowed, NotFound, UserError
from boligdesk.services.records.assessment import ConditionDraft, Terms
from boligdesk.services.records.letters import LetterDraft
from boligdesk.services.records.people import HouseholdDraft, MemberDraft
from tests.contract.assessment_office import (
    FACTS,
    HELP,
    LOCAL,
    applied,
    conclude,
    concluded,
    condition,
    judge,
    judge_all,
    known,
    track,
)
from tests.contract.case_office import person, protect, tasks

RULES = resource_path("rules", "allocation", "ovelse_2026.json")
PAST = "Kommunestyret vedtok reglene før nyttår."


def own_rules(**changes):
    """The shipped rules under another name, as an office would adopt them."""
    return json.dumps(
        {**json.loads(RULES.read_text("utf-8")), "key": "egne", "title": "Egne regler", **changes}
    )


# -- what the page shows ----------------------------------------------------------------------------------------


def test_that_an_application_opens_both_questions_with_what_the_facts_point_to(services):
    case = applied(services)

    found = services.assessment.of_case(case)

    assert [one.law for one in found.tracks] == [HELP, LOCAL]
    assert found.has_children
    assert (found.rule_set.title, found.rule_set.edition_id) == ("Tildeling 2026", None)
    botid = condition(services, case, "botid")
    assert (botid.outcome, botid.suggested) == ("", "oppfylt")
    assert botid.suggested_why == "Du har bodd i kommunen siden 3. mars 2020, altså i minst seks måneder."
    assert botid.source == "Har bodd i kommunen siden: 3. mars 2020 (ansatt 26. oktober 2026)"
    assert not track(services, case).can_conclude


def test_that_an_unanswered_fact_is_named_and_never_guessed(services):
    case = applied(services, facts=())

    botid = condition(services, case, "botid")

    assert (botid.suggested, botid.missing) == ("uavklart", ("Har bodd i kommunen siden",))
    assert "Hvordan bor du nå?" in services.assessment.of_case(case).priority.unknown


def test_that_the_registered_household_goes_before_the_application(services):
    applicant = person(services)
    child = person(services, "Sprek", "Bie", born=dt.date(2019, 5, 1))
    shared = person(services, "Blid", "Bie", born=dt.date(2016, 5, 1))
    home = services.households.save(
        HouseholdDraft(
            (
                MemberDraft("hovedperson", applicant),
                MemberDraft("barn", child),
                MemberDraft("barn", shared, care_share=40),
            )
        )
    ).id
    case = applied(services, applicant, household_id=home)

    seen = services.session.read(lambda view: view.assessment.known(case))

    assert (seen.persons, seen.adults, seen.children, seen.children_part_time) == (3, 1, 2, 1)


# -- judging ----------------------------------------------------------------------------------------------------


def test_that_a_judgement_is_kept_with_reason_source_day_and_name(services):
    case = applied(services)

    saved = judge(services, case, "botid", reason="Folkeregisteret viser det.")

    row = condition(services, case, "botid")
    assert (row.outcome, row.reason_text, row.by) == ("oppfylt", "Folkeregisteret viser det.", "Ingrid B.")
    assert row.checked_on == dt.date(2026, 11, 24)
    assert row.source.startswith("Har bodd i kommunen siden: 3. mars 2020")
    now = track(services, case)
    assert (now.status, now.version) == ("utredes", saved.version)
    assert services.cases.detail(case).phase == "utredning"


@pytest.mark.parametrize(
    ("field", "draft"),
    [
        ("key", ConditionDraft("finnes_ikke", "oppfylt", "Fordi")),
        ("outcome", ConditionDraft("botid", "kanskje", "Fordi")),
        ("reason_text", ConditionDraft("botid", "ikke_oppfylt", " ... ")),
        ("reason_text", ConditionDraft("botid", "oppfylt", "x" * 4001)),
        ("outcome", ConditionDraft("alder", "unntak", "Fordi", "Urimelig ellers")),
        ("exception_reason", ConditionDraft("botid", "unntak", "Fordi")),
        ("checked_on", ConditionDraft("botid", "oppfylt", "Fordi", checked_on=dt.date(2026, 12, 24))),
    ],
)
def test_that_a_judgement_that_cannot_stand_is_refused_for_its_field(services, field, draft):
    case = applied(services)
    now = track(services, case)

    with pytest.raises(InvalidInput) as caught:
        services.assessment.assess(case, now.id, now.version, draft)

    assert caught.value.field == field
    assert track(services, case).version == now.version


def test_that_an_exception_is_given_where_the_rules_allow_it(services):
    case = applied(services)

    judge(services, case, "botid", "unntak", exception_reason="Flyttet hit for å være nær barna.")

    row = condition(services, case, "botid")
    assert (row.outcome, row.exception_reason) == ("unntak", "Flyttet hit for å være nær barna.")


def test_that_suggestions_are_accepted_in_one_act_in_the_applicants_language(services):
    case = applied(services, person(services, written_form="nn"))
    now = track(services, case)

    saved = services.assessment.accept_suggestions(case, now.id, now.version, ["alder", "botid"])

    assert condition(services, case, "botid").reason_text.startswith("Du har budd i kommunen sidan 3. mars")
    entry = services.cases.timeline(case)[0]
    assert entry.event_id == saved.event_id
    assert entry.text == "Alder: oppfylt. Botid i kommunen: oppfylt. Forslaget ble godtatt."


def test_that_what_only_a_person_can_judge_is_never_accepted_unseen(services):
    case = applied(services)
    now = track(services, case)

    with pytest.raises(UserError, match="må vurderes av deg"):
        services.assessment.accept_suggestions(case, now.id, now.version, ["alder", "kan_ikke_selv"])

    assert condition(services, case, "alder").outcome == ""


def test_that_the_second_of_two_who_judge_at_once_sees_both(services, other_services):
    case = applied(services)
    old = track(services, case)
    judge(services, case, "botid", reason="Folkeregisteret")

    with pytest.raises(ConflictError) as caught:
        other_services.assessment.assess(
            case, old.id, old.version, ConditionDraft("botid", "ikke_oppfylt", "For kort")
        )

    assert caught.value.mine == {"outcome": "ikke_oppfylt", "reason_text": "For kort"}
    assert caught.value.theirs == {"outcome": "oppfylt", "reason_text": "Folkeregisteret"}
    assert caught.value.theirs_by == "Ingrid B."


def test_that_the_same_judgement_twice_is_one(services):
    case = applied(services)
    first = judge(services, case, "botid")

    again = judge(services, case, "botid")

    assert (again.event_id, again.version) == (None, first.version)


# -- who may ----------------------------------------------------------------------------------------------------


def test_that_nobody_assesses_a_case_of_somebody_they_know(services, other_services):
    case = applied(services, knows_applicant=True)

    assert "Du er inhabil i denne saken." in track(services, case).why_not
    with pytest.raises(NotAllowed, match="inhabil"):
        judge(services, case, "botid")
    assert judge(other_services, case, "botid").event_id


def test_that_it_takes_the_right_to_casework(services, home_guide, administrator):
    case = applied(services)
    now = track(services, case)
    draft = ConditionDraft("botid", "oppfylt", "Fordi")
    for other in (home_guide, administrator):
        with pytest.raises(NotAllowed):
            other.assessment.assess(case, now.id, now.version, draft)


def test_that_a_protected_case_is_not_there_for_those_without_access(services, other_services):
    applicant = person(services)
    case = applied(services, applicant)
    now = track(services, case)
    protect(services, applicant, "fortrolig")

    with pytest.raises(NotFound):
        other_services.assessment.of_case(case)
    with pytest.raises(NotFound):
        other_services.assessment.assess(case, now.id, now.version, ConditionDraft("botid", "oppfylt", "x"))


def test_that_a_track_of_another_case_is_not_found(services):
    case, other = applied(services), applied(services, person(services, "Blid", "Nepe"))
    now = track(services, other)

    with pytest.raises(NotFound):
        services.assessment.assess(case, now.id, now.version, ConditionDraft("botid", "oppfylt", "Fordi"))


# -- concluding -------------------------------------------------------------------------------------------------


def test_that_a_conclusion_becomes_a_draft_decision_with_all_its_words(services):
    case = applied(services)

    saved = concluded(services, case)

    now = track(services, case)
    assert (now.status, now.proposed_outcome, now.version) == ("innstilt", "innvilgelse", saved.version)
    assert now.vedtak_id is not None
    assert now.decided_on is None
    assert now.terms == Terms(bedrooms_min=2, bedrooms_max=2, rooms=3, area_m2=65, term_months=36)
    assert now.children_text == "Barnet trenger en trygg bolig nær skolen."
    assert now.wishes_text == "Du ønsker å bo i sentrum."
    assert services.assessment.of_case(case).rule_set.edition_id is not None
    stored = services.session.read(lambda view: view.assessment.known(case)).tracks[1]
    assert (stored.priority_class, stored.prepared_by) == ("A", services.user.id)


def test_that_checking_is_done_with_the_first_conclusion_and_the_case_moves_with_the_last(services):
    case = applied(services)
    assert TaskKind.CHECK_CONDITIONS in {row.kind for row in tasks(services).rows}

    concluded(services, case)
    assert TaskKind.CHECK_CONDITIONS not in {row.kind for row in tasks(services).rows}
    assert services.cases.detail(case).phase == "utredning"

    concluded(services, case, HELP)
    assert services.cases.detail(case).phase == "vedtak"


def test_that_a_track_with_open_conditions_is_not_concluded(services):
    case = applied(services)
    judge(services, case, "botid", "uavklart", reason="")

    with pytest.raises(UserError, match="kan ikke konkluderes ennå") as caught:
        conclude(services, case)

    assert "«Alder» er ikke vurdert." in caught.value.what
    assert "«Botid i kommunen» er ikke avklart." in track(services, case).why_not


def test_that_what_is_not_met_is_not_granted(services):
    case = applied(services)
    judge_all(services, case)
    judge(services, case, "okonomi", "ikke_oppfylt", reason="Inntekten er for høy.")

    with pytest.raises(UserError, match="kan ikke konkluderes ennå"):
        conclude(services, case)
    assert conclude(services, case, outcome="avslag").event_id
    assert track(services, case).terms == Terms()


@pytest.mark.parametrize(
    ("law", "outcome", "field", "given"),
    [
        (LOCAL, "kanskje", "outcome", {}),
        (LOCAL, "innvilgelse", "conclusion_text", {"conclusion_text": " - "}),
        (LOCAL, "innvilgelse", "children_text", {"children_text": ""}),
        (LOCAL, "avslag", "other_help_text", {"other_help_text": ""}),
        (LOCAL, "innvilgelse", "priority_class", {"priority_class": "Q"}),
        (LOCAL, "innvilgelse", "priority_reason", {"priority_class": "C"}),
        (LOCAL, "innvilgelse", "bedrooms_max", {"terms": Terms(bedrooms_min=3, bedrooms_max=2)}),
        (LOCAL, "innvilgelse", "term_months", {"terms": Terms(term_months=0)}),
        (LOCAL, "innvilgelse", "valid_to", {"terms": Terms(valid_to=dt.date(2026, 11, 24))}),
        (HELP, "innvilgelse", "main_content", {"main_content": ("  ",)}),
        (HELP, "innvilgelse", "wishes_text", {"wishes_text": ""}),
    ],
)
def test_that_a_conclusion_that_lacks_something_is_refused_for_its_field(
    services, law, outcome, field, given
):
    case = applied(services)
    judge_all(services, case, law)

    with pytest.raises(InvalidInput) as caught:
        conclude(services, case, law, outcome, **given)

    assert caught.value.field == field
    assert track(services, case, law).status == "utredes"


def test_that_nothing_is_asked_about_children_where_there_are_none(services):
    alone = (known("adults", 1), known("children", 0), *FACTS[2:])
    case = applied(services, facts=alone)
    judge_all(services, case)

    assert conclude(services, case, children_text="").event_id


def test_that_another_class_than_suggested_stands_with_its_reason(services):
    case = applied(services)
    judge_all(services, case)

    conclude(services, case, priority_class="B", priority_reason="Bor trygt hos søsteren til jul.")

    seen = services.assessment.of_case(case).priority
    assert (seen.suggested_class, seen.chosen_class, seen.chosen_label) == ("A", "B", "Prioritet B")
    assert seen.overridden_reason == "Bor trygt hos søsteren til jul."


def test_that_a_concluded_track_is_not_judged_until_it_is_opened_again(services):
    case = applied(services)
    concluded(services, case)

    with pytest.raises(UserError, match="konkludert"):
        judge(services, case, "botid", "ikke_oppfylt")

    now = track(services, case)
    with pytest.raises(InvalidInput):
        services.assessment.reopen_track(case, now.id, now.version, "  ")
    services.assessment.reopen_track(case, now.id, now.version, "Ny opplysning om inntekt")
    again = track(services, case)
    assert (again.status, again.vedtak_id, again.proposed_outcome) == ("utredes", None, "")
    assert again.children_text == now.children_text
    assert judge(services, case, "botid", "ikke_oppfylt").event_id
    assert services.cases.timeline(case)[1].text.endswith("Ny opplysning om inntekt")


def test_that_a_conclusion_is_changed_in_place_until_a_letter_tells_of_it(services):
    case = applied(services)
    first = concluded(services, case)
    assert conclude(services, case).event_id is None

    changed = conclude(services, case, conclusion_text="Du trenger hjelp til å skaffe bolig.")

    now = track(services, case)
    assert (now.conclusion_text, now.status) == ("Du trenger hjelp til å skaffe bolig.", "innstilt")
    assert changed.version > first.version
    services.undo.undo(changed.event_id)
    assert track(services, case).conclusion_text.startswith("Du er uten bolig")


def test_that_a_closed_case_is_not_assessed(services):
    case = applied(services)
    services.cases.close(case, services.cases.detail(case).version, "trukket", "Søkeren trakk seg")

    assert track(services, case).why_not == ("Saken er avsluttet.",)
    with pytest.raises(UserError, match="avsluttet"):
        judge(services, case, "botid")


def test_that_a_law_without_rules_is_shown_and_cannot_be_concluded(services):
    case = applied(services, kind="startlan")

    (only,) = services.assessment.of_case(case).tracks

    assert (only.conditions, only.why_not) == ((), ("Reglene har ingen vilkår for dette.",))
    with pytest.raises(UserError):
        conclude(services, case, "startlan")


# -- rules ------------------------------------------------------------------------------------------------------


def test_that_the_office_adopts_rules_of_its_own_once_and_for_ever(services):
    saved = services.assessment.adopt_rules(own_rules(), PAST)

    assert services.assessment.rule_set().edition_id == saved.id
    assert [one.title for one in services.assessment.rule_sets()] == ["Egne regler"]
    assert services.assessment.adopt_rules(own_rules(), PAST).event_id is None
    with pytest.raises(UserError, match="finnes fra før"):
        services.assessment.adopt_rules(own_rules(validity_months=3), PAST)
    with pytest.raises(UserError):
        services.undo.undo(saved.event_id)


def test_that_adopted_rules_hold_from_their_first_day(services, clock):
    services.assessment.adopt_rules(own_rules(valid_from="2027-01-01"))
    assert services.assessment.rule_set().title == "Tildeling 2026"

    clock.set(dt.date(2027, 1, 4))

    assert services.assessment.rule_set().title == "Egne regler"


def test_that_rules_for_days_that_are_past_need_a_reason(services, clock):
    with pytest.raises(InvalidInput) as caught:
        services.assessment.adopt_rules(own_rules(), " . ")
    assert caught.value.field == "reason"
    assert services.assessment.rule_set().title == "Tildeling 2026"

    services.assessment.adopt_rules(own_rules(), PAST)
    assert services.assessment.adopt_rules(own_rules()).event_id is None
    services.assessment.adopt_rules(own_rules(version=4, valid_from=clock.now.date().isoformat()))

    said = [row for row in services.log.entries(0, 50).rows if "Regler for tildeling" in row.what]
    assert len(said) == 2
    assert PAST in repr(said)


def test_that_any_rules_can_be_read_and_taken_as_a_file(services):
    shipped = services.assessment.rules()
    assert services.assessment.rules_text() == RULES.read_text("utf-8")

    services.assessment.adopt_rules(own_rules(), PAST)

    own = services.assessment.rules()
    assert (own.key, shipped.key) == ("egne", "ovelse")
    assert load(services.assessment.rules_text(own.sha256)) == own
    assert services.assessment.rules(shipped.sha256) == shipped
    assert services.assessment.rules_text(shipped.sha256) == RULES.read_text("utf-8")
    with pytest.raises(NotFound):
        services.assessment.rules("0" * 64)


def test_that_rules_used_in_a_decision_do_not_bind_the_office(services):
    concluded(services, applied(services))
    assert services.assessment.rule_set().edition_id is not None

    services.assessment.adopt_rules(own_rules(version=1), PAST)

    assert services.assessment.rule_set().title == "Egne regler"


def test_that_a_concluded_track_is_shown_by_the_rules_it_was_concluded_by(services):
    case = applied(services)
    concluded(services, case)
    before = track(services, case)
    rules = json.loads(own_rules())
    rules["tracks"][LOCAL]["conditions"] = rules["tracks"][LOCAL]["conditions"][:2]
    services.assessment.adopt_rules(json.dumps(rules), PAST)

    assert [row.key for row in track(services, case).conditions] == [row.key for row in before.conditions]
    assert len(track(services, applied(services, person(services, "Blid", "Nepe"))).conditions) == 2


def test_that_rules_that_cannot_be_read_are_refused_with_the_place(services, other_services):
    with pytest.raises(InvalidInput) as caught:
        services.assessment.adopt_rules(own_rules(validity_months="lenge"))
    assert "validity_months" in caught.value.what
    with pytest.raises(NotAllowed):
        other_services.assessment.adopt_rules(own_rules(), PAST)


# -- what flows into the letter -----------------------------------------------------------------------------------


def test_that_the_letter_says_each_condition_once_in_the_order_of_the_rules(store, services):
    desk = Services(store, services.user, PaperRoom())
    case = applied(desk)
    judge(desk, case, "kan_ikke_selv")
    judge_all(desk, case)
    judge(desk, case, "kan_ikke_selv", reason="Du har søkt på tolv boliger uten å få noen.")
    conclude(desk, case)

    letter = desk.letters.start(LetterDraft(case, "innvilgelse_bolig")).id

    said = desk.letters.plain_text(desk.letters.preview(letter).paper)
    lines = ["Du har fylt 18 år.", "Du har bodd i kommunen siden 3. mars 2020, altså i minst seks måneder."]
    assert [said.count(line) for line in lines] == [1, 1]
    assert said.index(lines[0]) < said.index(lines[1]) < said.index("Du har søkt på tolv boliger")
    assert "Barnet trenger en trygg bolig nær skolen." in said
    assert "Du må flytte innen 15. desember 2026." in said
