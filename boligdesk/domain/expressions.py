"""Small rules over facts, written as data and answered with yes, no or unknown (Kleene's three values).

A rule is ``{"fact": key, "op": word, "value": ...}``, ``{"all": [...]}``, ``{"any": [...]}``, ``{"not": ...}``
or ``{"unsure": true}``: a person must judge. What nobody has answered is unknown and stays unknown: an answer
that comes later may turn unknown into yes or no, never yes into no. Asked and answered «ikke aktuelt» means
that the test does not hold, unless the rule says ``"not_relevant": "unknown"`` or ``"yes"``.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from boligdesk.domain.calendar import add_months
from boligdesk.domain.catalog import FactState
from boligdesk.domain.facts import APPLICATION, CATALOGUE, FactAnswer, FactKind, FactType, Section
from boligdesk.domain.people import age_on

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from boligdesk.domain.rule_reader import Node

_MOST_DEPTH = 20
_MOST_NUMBER = 10**12

#: Not answered in the form, but known of the case: the caller gives them as facts of the same shape.
DERIVED: tuple[FactKind, ...] = (
    FactKind("birth_on", APPLICATION, "Fødselsdato", FactType.DATE, Section.HOUSEHOLD, "a"),
    FactKind("received_on", APPLICATION, "Søknaden kom inn", FactType.DATE, Section.HOUSING_NOW, "h"),
    FactKind("persons", APPLICATION, "Personer i husstanden", FactType.NUMBER, Section.HOUSEHOLD, "b"),
)

#: Every fact that a rule may ask for.
ASKABLE: dict[str, FactKind] = {
    kind.key: kind for kind in (*CATALOGUE, *DERIVED) if kind.subject == APPLICATION
}


class Fact(Protocol):
    """What is known of one question. ``services`` hands over its ``FactValue`` as it is."""

    @property
    def state(self) -> str: ...
    @property
    def value(self) -> FactAnswer: ...
    @property
    def source(self) -> str: ...
    @property
    def observed_on(self) -> dt.date | None: ...


if TYPE_CHECKING:
    Facts = Mapping[str, Fact]


@dataclass(frozen=True, slots=True)
class Known:
    """A fact given by value; yes and no are 1 and 0."""

    value: FactAnswer = None
    state: str = FactState.KNOWN.value
    source: str = ""
    observed_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Test:
    """One question put to one fact. ``other``: the fact it is compared with instead of ``value``."""

    __test__ = False  # not a class of tests, whatever its name

    fact: str
    op: str
    value: int | tuple[str, ...] | None = None
    other: str = ""
    not_relevant: bool | None = False


@dataclass(frozen=True, slots=True)
class AllOf:
    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Not:
    part: Expression


@dataclass(frozen=True, slots=True)
class Unsure:
    """Neither yes nor no: the rule leaves it to a person."""


Expression = Test | AllOf | AnyOf | Not | Unsure

_YES_NO = ("is_yes", "is_no")
_NUMBERS = ("at_least", "at_most", "less_than", "more_than", "equals")
_DATES = ("years_at_least", "months_at_least", "within_days", "passed", "not_passed")
_BARE = (*_YES_NO, "passed", "not_passed")
_OPS: dict[FactType, tuple[str, ...]] = {
    FactType.YES_NO: _YES_NO,
    FactType.NUMBER: _NUMBERS,
    FactType.MONEY: _NUMBERS,
    FactType.CODE: ("in",),
    FactType.DATE: _DATES,
    FactType.TEXT: (),
}
_NOT_RELEVANT: dict[str, bool | None] = {"no": False, "yes": True, "unknown": None}


def parse(node: Node, depth: int = 0) -> Expression:
    """Read an expression. Raises RuleSetError with the place of what is wrong."""
    if depth > _MOST_DEPTH:
        node.fail("Regelen har for mange nivåer.")
    parts = node.parts()
    if "fact" in parts:
        return _parse_test(node)
    if len(parts) != 1:
        node.fail("En regel er enten «fact», «all», «any», «not» eller «unsure».")
    (word, inner), *_ = parts.items()
    if word in {"all", "any"}:
        found = tuple(parse(item, depth + 1) for item in inner.items(1, 50))
        return AllOf(found) if word == "all" else AnyOf(found)
    if word == "not":
        return Not(parse(inner, depth + 1))
    if word == "unsure":
        return Unsure() if inner.flag() else inner.fail("«unsure» må være true.")
    return node.fail(f"«{word}» er ikke en slags regel. Bruk «fact», «all», «any», «not» eller «unsure».")


def _parse_test(node: Node) -> Test:
    parts = node.fields(("fact", "op"), ("value", "other", "not_relevant"))
    kind = ASKABLE.get(parts["fact"].text(60))
    if kind is None:
        return parts["fact"].fail(f"Boligdesk har ingen opplysning som heter «{parts['fact'].value}».")
    if not _OPS[kind.type]:
        parts["fact"].fail(f"«{kind.label}» er fri tekst og kan ikke brukes i en regel.")
    op = parts["op"].one_of(_OPS[kind.type])
    missing = parts["not_relevant"].one_of(tuple(_NOT_RELEVANT)) if "not_relevant" in parts else "no"
    return Test(kind.key, op, *_operand(node, parts, kind, op), _NOT_RELEVANT[missing])


def _operand(
    node: Node, parts: Mapping[str, Node], kind: FactKind, op: str
) -> tuple[int | tuple[str, ...] | None, str]:
    given = [name for name in ("value", "other") if name in parts]
    if op in _BARE:
        return (None, "") if not given else parts[given[0]].fail(f"«{op}» tar ingen verdi.")
    if len(given) != 1 or (given == ["other"] and op not in _NUMBERS):
        node.fail(f"«{op}» må ha «value»" + (" eller «other»." if op in _NUMBERS else "."))
    operand = parts[given[0]]
    if given == ["other"]:
        other = ASKABLE.get(operand.text(60))
        if other is None or other.type is not kind.type:
            operand.fail(f"«{kind.label}» kan ikke sammenliknes med «{operand.value}».")
        return None, operand.text(60)
    if op == "in":
        known = [code for code, _ in kind.codes]
        return tuple(code.one_of(known) for code in operand.items(1, len(known))), ""
    return operand.integer(0, 2_400 if op in _DATES else _MOST_NUMBER), ""


def evaluate(rule: Expression, facts: Facts, on: dt.date) -> bool | None:
    """True, False, or None = unknown. ``on`` is the day that dates are reckoned from."""
    if isinstance(rule, Test):
        return _tested(rule, facts, on)
    if isinstance(rule, Not):
        inner = evaluate(rule.part, facts, on)
        return None if inner is None else not inner
    if isinstance(rule, Unsure):
        return None
    values = [evaluate(part, facts, on) for part in rule.parts]
    decides = isinstance(rule, AnyOf)
    if decides in values:
        return decides
    return None if None in values else not decides


def _tested(test: Test, facts: Facts, on: dt.date) -> bool | None:
    used = [facts.get(key) for key in (test.fact, test.other) if key]
    if any(fact is not None and fact.state == FactState.NOT_RELEVANT for fact in used):
        return test.not_relevant
    values = [_value(key, facts) for key in (test.fact, test.other) if key]
    if None in values:
        return None
    first = values[0]
    if isinstance(first, dt.date):
        return _date_holds(test.op, first, test.value if isinstance(test.value, int) else 0, on)
    if isinstance(first, str):
        return first in test.value if isinstance(test.value, tuple) else None
    limit = values[1] if test.other else test.value
    return _number_holds(test.op, first or 0, limit if isinstance(limit, int) else 0)


def _value(key: str, facts: Facts) -> int | str | dt.date | None:
    """The known value; None also for one of the wrong type: better asked again than judged wrongly."""
    fact = facts.get(key)
    if fact is None or fact.state != FactState.KNOWN:
        return None
    kind = ASKABLE[key].type
    value = fact.value
    if kind is FactType.DATE:
        return value if isinstance(value, dt.date) and not isinstance(value, dt.datetime) else None
    if kind is FactType.CODE:
        return value if isinstance(value, str) and value in dict(ASKABLE[key].codes) else None
    return value if isinstance(value, int) else None


def _number_holds(op: str, value: int, limit: int) -> bool:
    return {
        "is_yes": value != 0,
        "is_no": value == 0,
        "at_least": value >= limit,
        "at_most": value <= limit,
        "less_than": value < limit,
        "more_than": value > limit,
        "equals": value == limit,
    }[op]


def _date_holds(op: str, day: dt.date, count: int, on: dt.date) -> bool:
    """Months end on the same date or the month's last (domstolloven § 148); ``within_days`` holds when overdue."""
    if op == "years_at_least":
        return age_on(day, on) >= count
    if op == "months_at_least":
        return day <= on and add_months(day, count) <= on
    if op == "within_days":
        return (day - on).days <= count
    return day < on if op == "passed" else day >= on


def tests_of(rule: Expression) -> tuple[Test, ...]:
    """Every test in the rule, in reading order."""
    if isinstance(rule, Test):
        return (rule,)
    if isinstance(rule, Not):
        return tests_of(rule.part)
    if isinstance(rule, Unsure):
        return ()
    return tuple(test for part in rule.parts for test in tests_of(part))


def facts_of(rule: Expression) -> tuple[str, ...]:
    """Every fact the rule may ask for, once, in reading order."""
    return _once(key for test in tests_of(rule) for key in (test.fact, test.other) if key)


def open_facts(rule: Expression, facts: Facts, on: dt.date) -> tuple[str, ...]:
    """Facts whose answers could turn unknown into yes or no; none when the rule is already decided.

    No answer to any other fact can change what ``evaluate`` says.
    """
    if evaluate(rule, facts, on) is not None or isinstance(rule, Unsure):
        return ()
    if isinstance(rule, Test):
        return tuple(key for key in (rule.fact, rule.other) if key and _value(key, facts) is None) or (
            (rule.fact,)
        )
    inner = (rule.part,) if isinstance(rule, Not) else rule.parts
    return _once(key for part in inner for key in open_facts(part, facts, on))


def grounds(rule: Expression, facts: Facts, on: dt.date) -> tuple[str, ...]:
    """The answered facts that the outcome rests on; for unknown, those that are answered so far."""
    decided = evaluate(rule, facts, on)
    if decided is None:
        return tuple(key for key in facts_of(rule) if _is_answered(key, facts))
    if isinstance(rule, Test):
        return tuple(key for key in (rule.fact, rule.other) if key and _is_answered(key, facts))
    if isinstance(rule, Not):
        return grounds(rule.part, facts, on)
    if isinstance(rule, Unsure):
        return ()
    ruling = [part for part in rule.parts if evaluate(part, facts, on) is decided]
    return _once(key for part in ruling for key in grounds(part, facts, on))


def _is_answered(key: str, facts: Facts) -> bool:
    fact = facts.get(key)
    return fact is not None and (fact.state == FactState.NOT_RELEVANT or _value(key, facts) is not None)


def _once(keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(keys))
