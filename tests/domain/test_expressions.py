"""Rules over facts: yes, no, unknown, and what would settle it."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boligdesk.domain.expressions import (
    AllOf,
    AnyOf,
    Known,
    Not,
    Test,
    Unsure,
    evaluate,
    facts_of,
    grounds,
    open_facts,
    parse,
)
from boligdesk.domain.rule_reader import Node, RuleSetError

ON = dt.date(2026, 11, 24)
NUMBERS = ("adults", "children", "bedrooms", "bedrooms_now")


def rule(value):
    return parse(Node(value, "when"))


def says(value, **facts):
    return evaluate(rule(value), {key: Known(answer) for key, answer in facts.items()}, ON)


def asks(fact, op, value=None, **more):
    return {"fact": fact, "op": op, **({} if value is None else {"value": value}), **more}


@pytest.mark.parametrize(
    ("since", "met"),
    [
        (dt.date(2026, 5, 24), True),
        (dt.date(2026, 5, 25), False),
        (dt.date(2020, 2, 29), True),
        (dt.date(2026, 11, 25), False),
        (None, None),
    ],
)
def test_that_months_are_counted_to_the_same_date(since, met):
    assert says(asks("botid_since", "months_at_least", 6), botid_since=since) is met


def test_that_a_month_without_the_date_ends_on_its_last_day():
    six = rule(asks("botid_since", "months_at_least", 6))
    facts = {"botid_since": Known(dt.date(2026, 8, 31))}
    assert [evaluate(six, facts, dt.date(2027, 2, day)) for day in (27, 28)] == [False, True]


@pytest.mark.parametrize(
    ("day", "within"),
    [
        (dt.date(2026, 12, 24), True),
        (dt.date(2026, 12, 25), False),
        (ON, True),
        (dt.date(2026, 1, 1), True),
    ],
)
def test_that_a_day_within_so_many_days_may_be_past(day, within):
    assert says(asks("must_leave_by", "within_days", 30), must_leave_by=day) is within


@pytest.mark.parametrize(("born", "adult"), [((2008, 11, 24), True), ((2008, 11, 25), False)])
def test_that_somebody_is_of_age_on_the_birthday(born, adult):
    assert says(asks("birth_on", "years_at_least", 18), birth_on=dt.date(*born)) is adult


def test_that_each_comparison_holds_at_its_limit():
    found = {
        op: [says(asks("children", op, 2), children=number) for number in (1, 2, 3)]
        for op in ("at_least", "at_most", "less_than", "more_than", "equals")
    }
    assert found == {
        "at_least": [False, True, True],
        "at_most": [True, True, False],
        "less_than": [True, False, False],
        "more_than": [False, False, True],
        "equals": [False, True, False],
    }


def test_that_two_facts_are_compared_only_when_both_are_known():
    small = asks("bedrooms_now", "less_than", other="bedrooms")
    assert [
        says(small, bedrooms_now=1, bedrooms=3),
        says(small, bedrooms_now=3, bedrooms=3),
        says(small, bedrooms_now=1),
        says(small, bedrooms=3),
    ] == [True, False, None, None]


def test_that_a_day_today_has_not_passed():
    assert [
        says(asks("residence_until", op), residence_until=ON + dt.timedelta(days=days))
        for op in ("passed", "not_passed")
        for days in (-1, 0)
    ] == [True, False, False, True]


def test_that_not_relevant_is_an_answer_and_unknown_is_not():
    leave = asks("must_leave_by", "within_days", 30)
    facts = {"must_leave_by": Known(state="ikke_aktuelt")}
    assert evaluate(rule(leave), facts, ON) is False
    assert evaluate(rule({**leave, "not_relevant": "unknown"}), facts, ON) is None
    assert evaluate(rule({**leave, "not_relevant": "yes"}), facts, ON) is True
    assert evaluate(rule({"not": leave}), facts, ON) is True
    assert evaluate(rule(leave), {"must_leave_by": Known(state="ukjent")}, ON) is None


@pytest.mark.parametrize("value", ["tre", 3.5, dt.datetime(2026, 1, 1), None, dt.date(2026, 1, 1)])
def test_that_a_value_of_the_wrong_type_is_asked_again(value):
    assert evaluate(rule(asks("children", "at_least", 1)), {"children": Known(value)}, ON) is None
    kind = {"housing_now": Known("slott"), "must_leave_by": Known(dt.datetime(2026, 12, 1))}
    assert evaluate(rule(asks("housing_now", "in", ["eier"])), kind, ON) is None
    assert evaluate(rule(asks("must_leave_by", "within_days", 30)), kind, ON) is None


KLEENE = [True, False, None]
YES, NO, OPEN = Test("children", "at_least", 0), Test("children", "less_than", 0), Unsure()
AS_RULE = {True: YES, False: NO, None: OPEN}
SOME = {"children": Known(1)}


@pytest.mark.parametrize("left", KLEENE)
@pytest.mark.parametrize("right", KLEENE)
def test_that_and_or_not_are_those_of_kleene(left, right):
    order = {False: 0, None: 1, True: 2}
    parts = (AS_RULE[left], AS_RULE[right])
    assert order[evaluate(AllOf(parts), SOME, ON)] == min(order[left], order[right])
    assert order[evaluate(AnyOf(parts), SOME, ON)] == max(order[left], order[right])
    assert order[evaluate(Not(AS_RULE[left]), SOME, ON)] == 2 - order[left]


LEAVES = st.builds(
    Test,
    st.sampled_from(NUMBERS),
    st.sampled_from(("at_least", "at_most", "equals", "less_than", "more_than")),
    st.integers(0, 4),
    st.just(""),
    st.sampled_from((True, False)),
) | st.builds(
    lambda fact, other: Test(fact, "less_than", None, other),
    st.sampled_from(NUMBERS),
    st.sampled_from(NUMBERS),
)
RULES = st.recursive(
    LEAVES | st.just(Unsure()),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=4).map(lambda parts: AllOf(tuple(parts))),
        st.lists(inner, min_size=1, max_size=4).map(lambda parts: AnyOf(tuple(parts))),
        inner.map(Not),
    ),
    max_leaves=12,
)
ANSWERS = st.builds(Known, st.integers(0, 4)) | st.just(Known(state="ikke_aktuelt"))
FACTS = st.dictionaries(st.sampled_from(NUMBERS), ANSWERS | st.just(Known(state="ukjent")))
FULL = st.fixed_dictionaries(dict.fromkeys(NUMBERS, ANSWERS))


def with_answers(facts, full, keys):
    return {**facts, **{key: full[key] for key in keys}}


def unanswered(facts):
    return [key for key in NUMBERS if facts.get(key) is None or facts[key].state == "ukjent"]


@given(RULES, FACTS, FULL)
def test_that_a_later_answer_never_turns_yes_into_no(made, facts, full):
    now = evaluate(made, facts, ON)
    if now is not None:
        later = with_answers(facts, full, unanswered(facts))
        assert evaluate(made, later, ON) is now


@given(RULES, FACTS, FULL)
def test_that_only_the_open_facts_can_change_what_is_said(made, facts, full):
    asked = open_facts(made, facts, ON)
    assert set(asked) <= set(facts_of(made)) & set(unanswered(facts))
    others = [key for key in unanswered(facts) if key not in asked]
    assert evaluate(made, with_answers(facts, full, others), ON) is evaluate(made, facts, ON)


@given(RULES, FACTS)
def test_that_the_grounds_alone_give_the_same_outcome(made, facts):
    kept = {key: facts[key] for key in grounds(made, facts, ON)}
    assert evaluate(made, kept, ON) is evaluate(made, facts, ON)


@given(RULES, FACTS)
def test_that_de_morgan_holds_with_unknowns(made, facts):
    both = (made, Not(made), Unsure())
    not_all = evaluate(Not(AllOf(both)), facts, ON)
    assert not_all is evaluate(AnyOf(tuple(Not(part) for part in both)), facts, ON)


@pytest.mark.parametrize(
    ("value", "part"),
    [
        ({"fact": "lottery", "op": "is_yes"}, "lottery"),
        ({"fact": "needs_text", "op": "is_yes"}, "fri tekst"),
        ({"fact": "children", "op": "within_days", "value": 3}, "at_least"),
        ({"fact": "children", "op": "at_least"}, "value"),
        ({"fact": "children", "op": "at_least", "value": 1, "other": "adults"}, "value"),
        ({"fact": "children", "op": "at_least", "value": -1}, "Tallet"),
        ({"fact": "children", "op": "at_least", "value": 1.0}, "helt tall"),
        ({"fact": "children", "op": "at_least", "value": True}, "helt tall"),
        ({"fact": "children", "op": "less_than", "other": "debt"}, "sammenliknes"),
        ({"fact": "step_free", "op": "is_yes", "value": 1}, "ingen verdi"),
        ({"fact": "pets", "op": "in", "value": ["slange"]}, "hund"),
        ({"fact": "pets", "op": "in", "value": []}, "Listen"),
        ({"all": []}, "Listen"),
        ({"all": [], "any": []}, "enten"),
        ({"some": []}, "some"),
        ({"unsure": False}, "true"),
        ({"fact": "children", "op": "at_least", "valu": 1}, "Mente du «value»"),
        ([], "krøllparenteser"),
        ({}, "enten"),
    ],
)
def test_that_a_rule_that_cannot_be_read_says_what_and_where(value, part):
    with pytest.raises(RuleSetError, match=part) as caught:
        rule({"any": [value]})
    assert caught.value.where.startswith("when.any[0]")


def test_that_a_rule_of_endless_depth_is_refused():
    deep = {"unsure": True}
    for _ in range(40):
        deep = {"not": deep}
    with pytest.raises(RuleSetError, match="nivåer"):
        rule(deep)
