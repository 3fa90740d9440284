"""The priority that the facts suggest, and the needs worked out from a household."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boligdesk.domain.expressions import Known
from boligdesk.domain.housing_needs import EntryNeeds, Household, entry_needs
from boligdesk.domain.priority import suggest
from boligdesk.domain.rule_sets import shipped

V2, V3 = shipped()
ON = dt.date(2026, 11, 24)
NO_NEEDS = dict.fromkeys(("lift_or_ground", "step_free", "wheelchair", "staffed", "shielded"), 0)
SETTLED = {
    **NO_NEEDS,
    "must_leave_by": dt.date(2028, 1, 1),
    "housing_now": "leier_privat",
    "notice_given": 0,
    "bedrooms_now": 5,
    "bedrooms": 2,
    "children": 0,
}


def known(values):
    return {key: value if isinstance(value, Known) else Known(value) for key, value in values.items()}


def suggested(rules=V3, household=None, **changes):
    return suggest(rules, known({**SETTLED, **changes}), household, ON)


def keys(found):
    return [reason.key for reason in found.reasons]


@pytest.mark.parametrize(
    ("changes", "code", "reasons"),
    [
        ({}, "C", ["vilkar"]),
        ({"children": 2}, "C", ["vilkar", "barn"]),
        ({"must_leave_by": dt.date(2026, 12, 24)}, "A", ["ma_flytte"]),
        ({"must_leave_by": dt.date(2026, 12, 25)}, "C", ["vilkar"]),
        ({"must_leave_by": dt.date(2026, 12, 15), "children": 3}, "A", ["ma_flytte", "barn"]),
        ({"must_leave_by": dt.date(2026, 11, 1)}, "A", ["ma_flytte"]),
        ({"must_leave_by": Known(state="ikke_aktuelt")}, "C", ["vilkar"]),
        ({"housing_now": "uten_bolig"}, "A", ["uten_bolig"]),
        ({"housing_now": "midlertidig"}, "B", ["midlertidig"]),
        ({"housing_now": "midlertidig", "children": 1}, "A", ["barn_midlertidig", "barn"]),
        ({"notice_given": 1}, "B", ["sagt_opp"]),
        ({"notice_given": 1, "children": 1}, "B", ["sagt_opp", "barn"]),
        ({"wheelchair": 1}, "B", ["helse"]),
        ({"bedrooms_now": 1}, "B", ["for_liten"]),
        ({"notice_given": 1, "housing_now": "uten_bolig"}, "A", ["uten_bolig"]),
    ],
)
def test_that_the_class_is_the_first_that_a_reason_gives(changes, code, reasons):
    found = suggested(**changes)
    assert (found.class_code, keys(found), found.unknown) == (code, reasons, ())


def test_that_the_reasons_are_sentences_in_both_forms():
    found = suggested(must_leave_by=dt.date(2026, 12, 15), children=3)
    assert [reason.sentence.nb for reason in found.reasons] == [
        "Du må flytte innen 15. desember 2026. Det er om 30 dager eller mindre.",
        "Du har barn under 18 år i husstanden.",
    ]
    assert [reason.sentence.nn for reason in found.reasons] == [
        "Du må flytte innan 15. desember 2026. Det er om 30 dagar eller mindre.",
        "Du har barn under 18 år i hushaldet.",
    ]
    assert found.sentence.nb == "Prioritet A: må ut 15. des., barn"
    assert found.source == "Øvelse kommune, retningslinjer for tildeling § 8 bokstav a"


def test_that_the_days_are_those_of_the_rules_in_force():
    assert suggested(V2, must_leave_by=dt.date(2026, 12, 15)).class_code == "C"
    assert suggested(V2, must_leave_by=dt.date(2026, 12, 8)).class_code == "A"


def test_that_nothing_known_gives_the_last_class_and_asks():
    found = suggest(V3, {}, None, ON)
    assert (found.class_code, found.rank) == ("C", 3)
    assert {question.key for question in found.unknown} >= {
        "must_leave_by",
        "housing_now",
        "notice_given",
        "children",
        "wheelchair",
        "bedrooms_now",
        "adults",
    }


def test_that_only_what_could_give_a_higher_class_is_asked():
    facts = known({"notice_given": 1, "must_leave_by": dt.date(2028, 1, 1), "housing_now": "leier_privat"})
    found = suggest(V3, facts, None, ON)
    assert (found.class_code, found.unknown) == ("B", ())
    assert suggest(V3, known({"housing_now": "uten_bolig"}), None, ON).unknown == ()


def test_that_the_register_of_households_goes_before_the_application():
    found = suggested(household=Household(1, 2), housing_now="midlertidig", children=0)
    assert (found.class_code, keys(found)) == ("A", ["barn_midlertidig", "barn"])


def test_that_a_dwelling_is_too_small_by_the_norm_when_nobody_has_said_what_is_needed():
    facts = {key: value for key, value in SETTLED.items() if key != "bedrooms"} | {"bedrooms_now": 2}
    found = suggest(V3, known(facts), Household(2, 3), ON)
    assert (found.class_code, keys(found)) == ("B", ["for_liten", "barn"])
    assert found.reasons[0].sentence.nb == "Boligen din er for liten. Den har 2 soverom, og du trenger 3."


ASKED = {
    "must_leave_by": st.sampled_from((dt.date(2026, 12, 1), dt.date(2028, 1, 1))),
    "housing_now": st.sampled_from(("uten_bolig", "midlertidig", "leier_privat")),
    "notice_given": st.integers(0, 1),
    "children": st.integers(0, 3),
    "adults": st.integers(1, 2),
    "children_part_time": st.integers(0, 1),
    "expects_child": st.integers(0, 1),
    "bedrooms_now": st.integers(0, 4),
    "bedrooms": st.integers(0, 4),
    **{key: st.integers(0, 1) for key in NO_NEEDS},
}
FULL = st.fixed_dictionaries({key: values.map(Known) for key, values in ASKED.items()})


@given(FULL, st.sets(st.sampled_from(sorted(ASKED))))
def test_that_no_answer_to_a_question_that_is_not_asked_gives_a_higher_class(full, answered):
    found = suggest(V3, {key: full[key] for key in answered}, None, ON)
    asked = {question.key for question in found.unknown}
    assert not asked & answered
    others = {key: value for key, value in full.items() if key not in asked}
    assert suggest(V3, others, None, ON).rank >= found.rank


@given(FULL, st.sampled_from(sorted(NO_NEEDS)))
def test_that_more_need_never_lowers_the_class(full, key):
    less, more = ({**full, key: Known(value)} for value in (0, 1))
    assert suggest(V3, more, None, ON).rank <= suggest(V3, less, None, ON).rank


def test_that_a_waiting_row_is_worked_out_from_facts_and_household():
    facts = known(
        {
            "max_rent": 1_100_000,
            "lift_or_ground": 1,
            "step_free": 0,
            "wheelchair": Known(state="ikke_aktuelt"),
            "staffed": Known(state="ukjent"),
            "pets": "hund",
        }
    )
    assert entry_needs(V3, facts, Household(2, 3)) == EntryNeeds(
        bedrooms_min=3,
        bedrooms_max=4,
        persons=5,
        max_rent_ore=1_100_000,
        step_free=0,
        lift_or_ground=1,
        wheelchair=0,
        staffed=None,
        shielded=None,
        pets=1,
    )


@pytest.mark.parametrize(
    ("bedrooms", "span"),
    [(4, (4, 4)), (2, (2, 4)), (6, (6, 6)), (None, (3, 4))],
)
def test_that_bedrooms_somebody_has_set_go_before_the_norm(bedrooms, span):
    facts = {} if bedrooms is None else known({"bedrooms": bedrooms})
    found = entry_needs(V3, facts, Household(2, 3))
    assert (found.bedrooms_min, found.bedrooms_max) == span


def test_that_part_time_and_expected_children_count_as_the_norm_says():
    assert entry_needs(V3, {}, Household(1, 1, 1, True)).persons == 4
    assert entry_needs(V3, {}, Household(1, None)).persons is None
    assert entry_needs(V3, {}, Household(1, None)).bedrooms_min is None
    assert entry_needs(V3, {}).pets is None


@pytest.mark.parametrize(("answer", "pets"), [("nei", 0), ("katt", 1)])
def test_that_an_animal_is_an_absolute_need(answer, pets):
    assert entry_needs(V3, known({"pets": answer})).pets == pets
    assert entry_needs(V3, {"pets": Known(state="ikke_aktuelt")}).pets == 0
    assert entry_needs(V3, {"pets": Known(state="ukjent")}).pets is None
