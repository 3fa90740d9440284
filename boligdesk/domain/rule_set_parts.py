"""The parts of a rule file, each read with every check that a rule must pass. Used by ``rule_sets.load`` alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from boligdesk.domain.allocation_catalog import (
    Consequence,
    NeedKey,
    NeedKind,
    OfferAnswer,
    OrderBy,
    RefusedDistrict,
    Seniority,
)
from boligdesk.domain.catalog import TrackLaw
from boligdesk.domain.expressions import ASKABLE, Unsure, parse, tests_of
from boligdesk.domain.facts import FactType
from boligdesk.domain.rule_reader import unique
from boligdesk.domain.rule_sets import (
    BedroomNorm,
    Condition,
    ConsequenceRule,
    Need,
    Neighbourhood,
    NormRow,
    OfferRules,
    Order,
    PriorityClass,
    Reason,
    RuleSet,
    Sentence,
    TrackRules,
)

if TYPE_CHECKING:
    from boligdesk.domain.expressions import Expression
    from boligdesk.domain.rule_reader import Node

#: A value of a fact inside a sentence: ``{must_leave_by}``, or ``{must_leave_by|kort}`` for «15. des.».
PLACE = re.compile(r"\{([a-z_0-9]+)(\|kort)?\}")
_SHOWABLE = frozenset({FactType.DATE, FactType.NUMBER, FactType.MONEY})
_TOP = (
    "key title version municipality valid_from valid_to source tracks priority needs bedroom_norm order "
    "neighbourhood offer validity_months term_months"
).split()
_TRACKS = (TrackLaw.BOLIGSOSIALLOVEN, TrackLaw.LOCAL_RULES)
_WISHABLE = (NeedKind.ABSOLUTE.value, NeedKind.WISH.value)


def rule_set(root: Node, sha256: str) -> RuleSet:
    """Raises RuleSetError at the first thing that is wrong."""
    parts = root.fields(_TOP)
    starts = parts["valid_from"].day()
    ends = None if parts["valid_to"].value is None else parts["valid_to"].day()
    if ends is not None and ends <= starts:
        parts["valid_to"].fail("Reglene må slutte å gjelde etter at de begynte.")
    return RuleSet(
        parts["key"].key(),
        parts["title"].text(100),
        parts["version"].integer(1, 9999),
        parts["municipality"].text(100),
        starts,
        ends,
        parts["source"].text(),
        sha256,
        _tracks(parts["tracks"]),
        _priority(parts["priority"]),
        _needs(parts["needs"]),
        _norm(parts["bedroom_norm"]),
        _order(parts["order"]),
        _neighbourhood(parts["neighbourhood"]),
        _offer(parts["offer"]),
        parts["validity_months"].integer(1, 120),
        parts["term_months"].integer(1, 240),
    )


def _sentence(node: Node) -> Sentence:
    parts = node.fields(("nb", "nn"))
    for part in parts.values():
        text = part.text()
        if re.search(r"[{}]", PLACE.sub("", text)):
            part.fail("Krøllparenteser må stå rundt navnet på en opplysning, som {must_leave_by}.")
        for name, short in PLACE.findall(text):
            kind = ASKABLE.get(name)
            if kind is None or kind.type not in _SHOWABLE or (short and kind.type is not FactType.DATE):
                part.fail(f"«{name}» kan ikke settes inn i en setning.")
    return Sentence(parts["nb"].text(), parts["nn"].text())


def _tracks(node: Node) -> tuple[TrackRules, ...]:
    parts = node.fields([law.value for law in _TRACKS])
    return tuple(_track(law, parts[law.value]) for law in _TRACKS)


def _track(law: TrackLaw, node: Node) -> TrackRules:
    parts = node.fields(("decision_body", "appeal_body", "conditions"))
    nodes = parts["conditions"].items(1, 50)
    conditions = tuple(_condition(law, item) for item in nodes)
    unique(nodes, [condition.key for condition in conditions])
    return TrackRules(law, parts["decision_body"].text(200), parts["appeal_body"].text(200), conditions)


def _condition(law: TrackLaw, node: Node) -> Condition:
    parts = node.fields(
        ("key", "label", "question", "source", "met", "not_met", "unclear"), ("suggest", "exception_allowed")
    )
    rule = parse(parts["suggest"]) if "suggest" in parts and parts["suggest"].value is not None else None
    key = parts["key"].key()
    if law is TrackLaw.BOLIGSOSIALLOVEN and (key == "botid" or _asks_for_time(rule)):
        # Such a claim belongs to the local scheme alone (boligsosialloven § 3, domain facts 10 no. 8).
        node.fail("Krav om botid kan ikke stilles til bistand etter boligsosialloven.")
    return Condition(
        key,
        _sentence(parts["label"]),
        _sentence(parts["question"]),
        parts["source"].text(300),
        _sentence(parts["met"]),
        _sentence(parts["not_met"]),
        _sentence(parts["unclear"]),
        rule,
        parts["exception_allowed"].flag() if "exception_allowed" in parts else False,
    )


def _asks_for_time(rule: Expression | None) -> bool:
    return rule is not None and any(
        test.fact == "botid_since" and test.op in {"months_at_least", "years_at_least"} and test.value != 0
        for test in tests_of(rule)
    )


def _priority(node: Node) -> tuple[PriorityClass, ...]:
    nodes = node.items(1, 20)
    last = len(nodes)
    classes = tuple(_priority_class(item, number == last) for number, item in enumerate(nodes, 1))
    unique(nodes, [found.code for found in classes])
    for number, (item, found) in enumerate(zip(nodes, classes, strict=True), 1):
        if found.rank != number:
            item.fail(f"Klassene må stå i rekkefølge. Her må «rank» være {number}.")
    return classes


def _priority_class(node: Node, is_last: bool) -> PriorityClass:
    needed = ["code", "label", "rank", "source", "reasons"]
    parts = node.fields([*needed, "otherwise"] if is_last else needed)
    nodes = parts["reasons"].items(0 if is_last else 1, 50)
    reasons = tuple(_reason(item) for item in nodes)
    unique(nodes, [reason.key for reason in reasons])
    if not is_last and not any(reason.decides for reason in reasons):
        node.fail("Minst én grunn må kunne gi denne prioriteten alene.")
    return PriorityClass(
        parts["code"].text(20),
        _sentence(parts["label"]),
        parts["rank"].integer(1, 20),
        parts["source"].text(300),
        reasons,
        _reason(parts["otherwise"], otherwise=True) if is_last else None,
    )


def _reason(node: Node, *, otherwise: bool = False) -> Reason:
    if otherwise:
        parts = node.fields(("key", "sentence", "short"))
        rule: Expression = Unsure()  # a person is here when in no other class: nothing is asked
    else:
        parts = node.fields(("key", "when", "sentence", "short"), ("decides",))
        rule = parse(parts["when"])
    decides = parts["decides"].flag() if "decides" in parts else True
    return Reason(parts["key"].key(), rule, _sentence(parts["sentence"]), _sentence(parts["short"]), decides)


def _needs(node: Node) -> tuple[Need, ...]:
    nodes = node.items(1, len(NeedKey))
    needs = tuple(_need(item) for item in nodes)
    unique(nodes, [need.key for need in needs])
    return needs


def _need(node: Node) -> Need:
    own = {NeedKey.LIFT_OR_GROUND: ["ground_floors"], NeedKey.DISTRICT: ["refused"]}
    raw = node.parts()
    if "key" not in raw:
        node.fail("«key» mangler.")
    key = NeedKey(raw["key"].one_of(NeedKey.codes()))
    parts = node.fields(["key", "kind", "label", "source", *own.get(key, [])])
    kinds = (NeedKind.NEIGHBOURHOOD.value,) if key is NeedKey.NEIGHBOURHOOD else _WISHABLE
    return Need(
        key,
        NeedKind(parts["kind"].one_of(kinds)),
        _sentence(parts["label"]),
        parts["source"].text(300),
        tuple(floor.integer(-5, 20) for floor in parts["ground_floors"].items(1, 10))
        if "ground_floors" in parts
        else (),
        RefusedDistrict(parts["refused"].one_of(RefusedDistrict.codes()))
        if "refused" in parts
        else RefusedDistrict.EXCLUDES,
    )


def _norm(node: Node) -> BedroomNorm:
    parts = node.fields(("source", "rows", "counts_part_time_children", "counts_expected_child"))
    nodes = parts["rows"].items(1, 20)
    rows = tuple(_norm_row(item, number, number == len(nodes) - 1) for number, item in enumerate(nodes))
    if rows[0].persons_min != 1:
        nodes[0].fail("Den minste boligen må være for én person.")
    for item, small, large in zip(nodes[1:], rows, rows[1:], strict=False):
        most = small.persons_max or 0
        if not small.persons_min <= large.persons_min <= most + 1:
            item.fail("Det er husstander som ingen av boligene er for, eller radene står i feil rekkefølge.")
        if large.persons_max is not None and large.persons_max < most:
            item.fail("En større bolig kan ikke være for færre personer.")
    return BedroomNorm(
        parts["source"].text(300),
        rows,
        parts["counts_part_time_children"].flag(),
        parts["counts_expected_child"].flag(),
    )


def _norm_row(node: Node, number: int, is_last: bool) -> NormRow:
    parts = node.fields(("bedrooms", "persons_min", "persons_max"))
    if parts["bedrooms"].integer(0, 20) != number:
        parts["bedrooms"].fail(f"Radene går fra 0 soverom og oppover. Her må det stå {number}.")
    least = parts["persons_min"].integer(1, 30)
    if is_last:
        if parts["persons_max"].value is not None:
            parts["persons_max"].fail("Den største boligen kan ikke ha et høyeste tall på personer.")
        return NormRow(number, least, None)
    return NormRow(number, least, parts["persons_max"].integer(least, 30))


def _order(node: Node) -> Order:
    parts = node.fields(("source", "by", "seniority"))
    nodes = parts["by"].items(1, len(OrderBy))
    by = tuple(OrderBy(item.one_of(OrderBy.codes())) for item in nodes)
    unique(nodes, by)
    seniority = Seniority(parts["seniority"].one_of(Seniority.codes()))
    if OrderBy.PRIORITY not in by:
        parts["by"].fail("Prioriteten må være med i rekkefølgen.")
    if seniority is Seniority.TIE_BREAKER and OrderBy.WAITING in by[:-1]:
        parts["by"].fail("Ventetid skal bare skille dem som ellers står likt, og må stå sist.")
    return Order(parts["source"].text(300), by, seniority)


def _neighbourhood(node: Node) -> Neighbourhood:
    parts = node.fields(("source", "limit_percent"))
    return Neighbourhood(parts["source"].text(300), parts["limit_percent"].integer(0, 100))


def _offer(node: Node) -> OfferRules:
    parts = node.fields(("source", "reply_working_days", "consequences"))
    nodes = parts["consequences"].items(2, 20)
    rules = tuple(_consequence(item) for item in nodes)
    unique(nodes, [f"{rule.answer.value} fra gang {rule.from_time}" for rule in rules])
    for answer in (OfferAnswer.NO, OfferAnswer.NONE):
        if not any(rule.answer is answer and rule.from_time == 1 for rule in rules):
            parts["consequences"].fail(f"Det må stå hva første «{answer.label.lower()}» fører til.")
    return OfferRules(parts["source"].text(300), parts["reply_working_days"].integer(1, 60), rules)


def _consequence(node: Node) -> ConsequenceRule:
    parts = node.fields(("answer", "from_time", "consequence", "sentence"))
    return ConsequenceRule(
        OfferAnswer(parts["answer"].one_of((OfferAnswer.NO.value, OfferAnswer.NONE.value))),
        parts["from_time"].integer(1, 20),
        Consequence(parts["consequence"].one_of(Consequence.codes())),
        _sentence(parts["sentence"]),
    )
