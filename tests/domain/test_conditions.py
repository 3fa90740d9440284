"""What the facts suggest for the conditions, and when a track may be concluded."""

from __future__ import annotations

import datetime as dt

import pytest

from boligdesk.domain.allocation_catalog import ConditionOutcome, TrackOutcome
from boligdesk.domain.assessment import AssessedCondition, can_conclude, can_lapse, has_words
from boligdesk.domain.conditions import suggest
from boligdesk.domain.expressions import Known
from boligdesk.domain.rule_sets import RuleSetError, shipped

V2, V3 = shipped()
ON = dt.date(2026, 11, 24)
LOCAL, HELP = "lokale_regler", "boligsosialloven"


def known(**values):
    return {
        key: Known(value, source="Søknad", observed_on=dt.date(2026, 10, 26)) for key, value in values.items()
    }


def outcomes(law, rules=V3, on=ON, **values):
    return {found.key: found.outcome.value for found in suggest(rules, law, known(**values), on)}


def test_that_nothing_known_leaves_every_condition_open():
    assert set(outcomes(LOCAL).values()) == set(outcomes(HELP).values()) == {"uavklart"}


def test_that_a_full_application_is_suggested_condition_by_condition():
    found = suggest(
        V3,
        LOCAL,
        known(
            birth_on=dt.date(1988, 3, 15),
            residence_basis="norsk",
            botid_since=dt.date(2020, 3, 3),
            housing_now="uten_bolig",
            income_month=2_790_000,
        ),
        ON,
    )
    assert [(one.key, one.outcome.value) for one in found] == [
        ("alder", "oppfylt"),
        ("opphold", "oppfylt"),
        ("botid", "oppfylt"),
        ("boligbehov", "oppfylt"),
        ("kan_ikke_selv", "uavklart"),
        ("okonomi", "oppfylt"),
    ]
    botid = found[2]
    assert botid.sentence.nb == "Du har bodd i kommunen siden 3. mars 2020, altså i minst seks måneder."
    assert botid.sentence.nn == "Du har budd i kommunen sidan 3. mars 2020, altså i minst seks månader."
    assert botid.source == "Øvelse kommune, retningslinjer for tildeling § 4"
    assert [(used.key, used.words, used.source, used.observed_on) for used in botid.facts] == [
        ("botid_since", "3. mars 2020", "Søknad", dt.date(2026, 10, 26))
    ]
    assert found[5].sentence.nb.startswith("Inntekten din er 27\u00a0900\u00a0kr i måneden.")


def test_that_a_missing_fact_is_asked_for_by_name():
    botid = suggest(V3, LOCAL, {}, ON)[2]
    assert [(question.key, question.label) for question in botid.missing] == [
        ("botid_since", "Har bodd i kommunen siden")
    ]
    assert botid.facts == ()


def test_that_the_rules_of_the_day_decide():
    since = dt.date(2025, 3, 1)
    on = dt.date(2025, 10, 1)
    assert outcomes(LOCAL, V2, on, botid_since=since)["botid"] == "ikke_oppfylt"
    assert outcomes(LOCAL, V3, on, botid_since=since)["botid"] == "oppfylt"


def test_that_time_lived_here_never_stops_help_under_the_act():
    assert outcomes(HELP, botid_since=ON)["oppholdskommune"] == "oppfylt"
    assert "ikke_oppfylt" not in outcomes(HELP, botid_since=ON, residence_basis="sokt").values()


@pytest.mark.parametrize(
    ("facts", "local", "under_the_act"),
    [
        ({"residence_basis": "eos"}, "oppfylt", "oppfylt"),
        ({"residence_basis": "sokt"}, "uavklart", "uavklart"),
        ({"residence_basis": "midlertidig"}, "uavklart", "uavklart"),
        ({"residence_basis": "midlertidig", "residence_until": ON}, "oppfylt", "oppfylt"),
        (
            {"residence_basis": "kollektiv", "residence_until": dt.date(2026, 11, 23)},
            "uavklart",
            "uavklart",
        ),
        (
            {
                "residence_basis": "kollektiv",
                "residence_until": dt.date(2026, 11, 23),
                "residence_renewal": 0,
            },
            "ikke_oppfylt",
            "uavklart",
        ),
        (
            {
                "residence_basis": "kollektiv",
                "residence_until": dt.date(2026, 11, 23),
                "residence_renewal": 1,
            },
            "oppfylt",
            "oppfylt",
        ),
    ],
)
def test_that_the_right_to_stay_is_a_legal_question_under_the_act(facts, local, under_the_act):
    assert outcomes(LOCAL, **facts)["opphold"] == local
    assert outcomes(HELP, **facts)["lovlig_opphold"] == under_the_act


def test_that_somebody_who_came_as_a_refugee_is_not_refused_for_time():
    facts = {"botid_since": Known(state="ikke_aktuelt")}
    assert suggest(V3, LOCAL, facts, ON)[2].outcome is ConditionOutcome.UNSET


@pytest.mark.parametrize(
    ("facts", "outcome"),
    [
        ({"housing_now": "leier_privat", "notice_given": 0, "bedrooms_now": 3, "bedrooms": 3}, "uavklart"),
        (
            {
                "housing_now": "leier_privat",
                "notice_given": 0,
                "bedrooms_now": 3,
                "bedrooms": 3,
                "must_leave_by": dt.date(2028, 1, 1),
            },
            "ikke_oppfylt",
        ),
        ({"housing_now": "leier_privat", "notice_given": 1}, "oppfylt"),
        ({"housing_now": "leier_privat", "bedrooms_now": 1, "bedrooms": 3}, "oppfylt"),
        ({"housing_now": "hos_familie", "notice_given": 0, "bedrooms_now": 3, "bedrooms": 3}, "uavklart"),
    ],
)
def test_that_the_need_of_a_dwelling_follows_from_how_one_lives(facts, outcome):
    assert outcomes(LOCAL, **facts)["boligbehov"] == outcome


def test_that_a_law_without_rules_is_said_so():
    with pytest.raises(RuleSetError, match="startlan"):
        suggest(V3, "startlan", {}, ON)


def judged(outcome="oppfylt", reason="Se søknaden.", exception="", law=LOCAL):
    return [
        AssessedCondition(condition.key, outcome, reason, exception) for condition in V3.track(law).conditions
    ]


def codes(conditions, outcome, **more):
    return [(found.code, found.condition) for found in can_conclude(conditions, outcome, **more)]


def test_that_a_track_with_outcomes_and_reasons_may_be_granted():
    assert codes(judged(), "innvilgelse", rules=V3.track(LOCAL)) == []
    assert codes(judged(law=HELP), TrackOutcome.GRANTED, rules=V3.track(HELP)) == []


@pytest.mark.parametrize(
    ("outcome", "reason", "code"),
    [
        ("", "Se søknaden.", "mangler"),
        ("kanskje", "Se søknaden.", "mangler"),
        ("uavklart", "Se søknaden.", "uavklart"),
        ("oppfylt", "", "begrunnelse"),
        ("oppfylt", " … \n-", "begrunnelse"),
        ("ikke_aktuelt", "", "begrunnelse"),
        ("ikke_oppfylt", "Se søknaden.", "ikke_oppfylt"),
    ],
)
def test_that_each_condition_needs_an_outcome_and_a_reason(outcome, reason, code):
    conditions = judged()
    conditions[2] = AssessedCondition("botid", outcome, reason)
    assert codes(conditions, "innvilgelse", rules=V3.track(LOCAL)) == [(code, "botid")]


def test_that_a_condition_left_out_or_judged_twice_is_seen():
    assert codes(judged()[1:], "innvilgelse", rules=V3.track(LOCAL)) == [("mangler", "alder")]
    assert codes([*judged(), judged()[0]], "innvilgelse") == [("dobbelt", "alder")]
    assert codes([], "innvilgelse") == [("mangler", "")]


def test_that_an_exception_needs_its_own_reason_and_the_rules_leave():
    conditions = judged()
    conditions[2] = AssessedCondition("botid", "unntak", "Har bodd her i fire måneder.", "")
    assert codes(conditions, "innvilgelse", rules=V3.track(LOCAL)) == [("unntak", "botid")]
    conditions[2] = AssessedCondition("botid", "unntak", "", "Barna går på skole her.")
    assert codes(conditions, "innvilgelse", rules=V3.track(LOCAL)) == [("begrunnelse", "botid")]
    conditions[2] = AssessedCondition("botid", "unntak", "Fire måneder.", "Barna går på skole her.")
    assert codes(conditions, "innvilgelse", rules=V3.track(LOCAL)) == []
    conditions[0] = AssessedCondition("alder", "unntak", "Er 17 år.", "Bor alene.")
    assert codes(conditions, "innvilgelse", rules=V3.track(LOCAL)) == [("unntak_ikke_tillatt", "alder")]


def test_that_a_refusal_needs_other_help_considered():
    conditions = judged()
    conditions[3] = AssessedCondition("boligbehov", "ikke_oppfylt", "Leier en egnet bolig.")
    assert codes(conditions, "avslag", rules=V3.track(LOCAL)) == [("annen_hjelp", "")]
    assert codes(conditions, "avslag", rules=V3.track(LOCAL), other_help="Bostøtte og råd.") == []


def test_that_a_refusal_with_everything_met_is_warned_about_and_not_stopped():
    found = can_conclude(judged(), "avslag", other_help="Bostøtte.")
    assert [(one.code, one.is_warning) for one in found] == [("uten_grunn", True)]


def test_that_an_outcome_must_be_chosen():
    assert codes(judged(), "") == [("utfall", "")]


def test_that_a_request_for_help_never_lapses_without_a_vedtak():
    assert [found.code for found in can_lapse(HELP, "Søkeren har fått bolig.")] == ["vedtak"]
    assert can_lapse(HELP, "Søkeren har fått bolig.", has_vedtak=True) == ()
    assert can_lapse(LOCAL, "Søkeren har fått bolig.") == ()
    assert [found.code for found in can_lapse(LOCAL, " ")] == ["begrunnelse"]


def test_that_marks_alone_are_no_reason():
    assert [has_words(text) for text in (None, "", " \n", "...", "–", "\u200b", "a", "§ 4")] == [
        *[False] * 6,
        True,
        True,
    ]
