"""A rule set told in plain words: what the screen shows and the printer prints, and how two sets differ.

Every part of a set gives a line, so what differs between two sets differs in a line too. ``exact`` holds what
the words leave out (nynorsk, details of an expression): no change is silent.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from boligdesk.domain.allocation_catalog import NeedKey, NeedKind, OfferAnswer, RefusedDistrict
from boligdesk.domain.calendar import full_date
from boligdesk.domain.expressions import ASKABLE, AllOf, AnyOf, Not, Test, Unsure
from boligdesk.domain.facts import FactType
from boligdesk.domain.money import format_kr
from boligdesk.domain.rule_set_parts import PLACE

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from boligdesk.domain.expressions import Expression
    from boligdesk.domain.rule_sets import BedroomNorm, Condition, PriorityClass, Reason, RuleSet, TrackRules

_NUMBER_WORDS = {
    "at_least": "er minst {}",
    "at_most": "er høyst {}",
    "less_than": "er mindre enn {}",
    "more_than": "er mer enn {}",
    "equals": "er {}",
}
_PLACES = {FactType.DATE: "dato", FactType.NUMBER: "antall", FactType.MONEY: "beløp"}
_KINDS = {NeedKind.NEIGHBOURHOOD: "Varsler, og utelukker ingen"}
_REFUSED = {
    RefusedDistrict.EXCLUDES: "Områder som søkeren har sagt nei til, er utelukket.",
    RefusedDistrict.WISH: "Områder som søkeren har sagt nei til, teller som ønske.",
}
_ANSWERS = {OfferAnswer.NO: "Takker nei", OfferAnswer.NONE: "Svarer ikke"}
_BARE_WORDS = {
    "is_yes": "er ja",
    "is_no": "er nei",
    "passed": "er passert",
    "not_passed": "er ikke passert",
}


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule. ``key`` is the same for the same rule in another set."""

    key: str
    name: str
    text: str
    source: str = ""
    exact: str = ""


@dataclass(frozen=True, slots=True)
class RuleSection:
    title: str
    lines: tuple[RuleLine, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """What was said and what is said; "" = the rule was not there, or is not there any more."""

    section: str
    name: str
    before: str
    now: str


def described(rules: RuleSet) -> tuple[RuleSection, ...]:
    """The whole set, in the order people ask for it."""
    return (
        *(_track(track) for track in rules.tracks),
        RuleSection("Prioritet", tuple(line for one in rules.priority for line in _priority(one))),
        RuleSection("Krav til boligen", _needs(rules)),
        RuleSection("Soverom og husstand", _norm(rules.bedroom_norm)),
        RuleSection("Rekkefølge og bomiljø", _order(rules)),
        RuleSection("Tilbud og varighet", _offer(rules)),
    )


def differences(before: RuleSet, now: RuleSet) -> tuple[Difference, ...]:
    """Every rule that is new, gone or changed, in the order of the new set; what is gone comes last."""
    old = _by_key(described(before))
    new = _by_key(described(now))
    found = []
    for key, (section, line) in new.items():
        if key not in old:
            found.append(Difference(section, line.name, "", _whole(line)))
            continue
        was = old[key][1]
        said, says = _whole(was), _whole(line)
        if was.name != line.name:
            said, says = f"{was.name}: {said}", f"{line.name}: {says}"
        if said != says:
            found.append(Difference(section, line.name, said, says))
        elif was.exact != line.exact:
            found.append(Difference(section, line.name, said, f"{says} (nynorsk eller detaljer er endret)"))
    gone = [
        Difference(section, line.name, _whole(line), "")
        for key, (section, line) in old.items()
        if key not in new
    ]
    return (*found, *gone)


def period_words(valid_from: dt.date, valid_to: dt.date | None) -> str:
    """«Gjelder fra torsdag 1. januar 2026». ``valid_to`` is the first day they no longer hold."""
    start = f"Gjelder fra {full_date(valid_from)}"
    return start if valid_to is None else f"{start} og slutter å gjelde {full_date(valid_to)}"


def _whole(line: RuleLine) -> str:
    return f"{line.text} Kilde: {line.source}." if line.source else line.text


def _by_key(sections: Sequence[RuleSection]) -> dict[str, tuple[str, RuleLine]]:
    return {line.key: (section.title, line) for section in sections for line in section.lines}


# -- the parts ---------------------------------------------------------------------------------------------------


def _track(track: TrackRules) -> RuleSection:
    law = track.law.value
    bodies = f"Vedtaket gjøres av: {track.decision_body}. Klagen avgjøres av: {track.appeal_body}."
    head = RuleLine(f"{law}.organ", "Hvem avgjør", bodies)
    conditions = tuple(_condition(law, one) for one in track.conditions)
    return RuleSection(f"Vilkår: {track.law.label}", (head, *conditions))


def _condition(law: str, one: Condition) -> RuleLine:
    parts = [one.question.nb]
    parts.append(_suggestion(one.suggest))
    if one.exception_allowed:
        parts.append("Unntak kan gis.")
    exact = repr((one.label, one.question, one.met, one.not_met, one.unclear, one.suggest))
    return RuleLine(f"{law}.{one.key}", one.label.nb, " ".join(parts), one.source, exact)


def _priority(one: PriorityClass) -> list[RuleLine]:
    key = f"prioritet.{one.code}"
    lines = [RuleLine(key, one.label.nb, f"Nummer {one.rank} i rekkefølgen.", one.source, repr(one.label))]
    lines += [
        RuleLine(
            f"{key}.{reason.key}",
            f"{one.label.nb}: {reason.short.nb}",
            _reason(reason),
            one.source,
            repr(reason),
        )
        for reason in one.reasons
    ]
    if one.otherwise is not None:
        said = f"Alle andre. «{_shown(one.otherwise.sentence.nb)}»"
        lines.append(
            RuleLine(f"{key}.ellers", f"{one.label.nb}: ellers", said, one.source, repr(one.otherwise))
        )
    return [RuleLine(line.key, _shown(line.name), line.text, line.source, line.exact) for line in lines]


def _reason(reason: Reason) -> str:
    said = f"Når {expression_words(reason.when)}. I brevet: «{_shown(reason.sentence.nb)}»"
    return said if reason.decides else f"{said} Gir ikke prioritet alene."


def _shown(sentence: str) -> str:
    """A sentence with what kind of value will stand in it."""
    return PLACE.sub(lambda found: f"[{_PLACES.get(ASKABLE[found[1]].type, 'svar')}]", sentence)


def _needs(rules: RuleSet) -> tuple[RuleLine, ...]:
    lines = []
    for need in rules.needs:
        parts = [f"{_KINDS.get(need.kind, need.kind.label)}."]
        if need.ground_floors:
            parts.append(f"Uten heis godtas etasje {_list([str(one) for one in need.ground_floors], 'og')}.")
        if need.key is NeedKey.DISTRICT:
            parts.append(_REFUSED[need.refused])
        lines.append(
            RuleLine(f"krav.{need.key.value}", need.label.nb, " ".join(parts), need.source, repr(need.label))
        )
    return tuple(lines)


def _norm(norm: BedroomNorm) -> tuple[RuleLine, ...]:
    rows = []
    for row in norm.rows:
        if row.persons_max is None:
            persons = f"{_persons(row.persons_min)} eller flere"
        elif row.persons_max == row.persons_min:
            persons = _persons(row.persons_min)
        else:
            persons = f"{row.persons_min}–{row.persons_max} personer"
        more = " eller flere" if row is norm.rows[-1] else ""
        rows.append(
            RuleLine(f"soverom.{row.bedrooms}", f"{row.bedrooms} soverom{more}", f"{persons}.", norm.source)
        )
    counted = [
        f"Barn med delt bosted telles {'med' if norm.counts_part_time_children else 'ikke med'}.",
        f"Barn i vente telles {'med' if norm.counts_expected_child else 'ikke med'}.",
    ]
    return (*rows, RuleLine("soverom.telling", "Hvem som telles", " ".join(counted), norm.source))


def _persons(number: int) -> str:
    return f"{number} {'person' if number == 1 else 'personer'}"


def _order(rules: RuleSet) -> tuple[RuleLine, ...]:
    order, limit = rules.order, rules.neighbourhood
    said = f"Først {', så '.join(one.label.lower() for one in order.by)}. {order.seniority.label}."
    warns = f"Boligdesk varsler når mer enn {limit.limit_percent} prosent av boligene er kommunale. Det utelukker ingen."
    return (
        RuleLine("rekkefolge", "Rekkefølge på lista", said, order.source),
        RuleLine("bomiljo", "Bomiljø", warns, limit.source),
    )


def _offer(rules: RuleSet) -> tuple[RuleLine, ...]:
    offer = rules.offer
    days = offer.reply_working_days
    lines = [
        RuleLine(
            "tilbud.svarfrist",
            "Svarfrist",
            f"{days} {'virkedag' if days == 1 else 'virkedager'} fra tilbudet er sendt.",
            offer.source,
        )
    ]
    for one in offer.consequences:
        name = f"{_ANSWERS.get(one.answer, one.answer.label)}, {one.from_time}. gang"
        key = f"tilbud.{one.answer.value}.{one.from_time}"
        said = f"{one.consequence.label}. {one.sentence.nb}"
        lines.append(RuleLine(key, name, said, offer.source, repr(one.sentence)))
    lines.append(RuleLine("godkjenning", "Godkjenningen gjelder", _months(rules.validity_months)))
    lines.append(RuleLine("leietid", "Vanlig leietid", _months(rules.term_months)))
    lines.append(RuleLine("kommune", "Kommune", f"{rules.municipality}."))
    return tuple(lines)


def _months(number: int) -> str:
    return f"{number} {'måned' if number == 1 else 'måneder'}."


# -- expressions -------------------------------------------------------------------------------------------------


def _suggestion(rule: Expression | None) -> str:
    """When the program proposes an answer, and when it leaves it to a person."""
    ways = _alternatives(rule) if rule is not None else [Unsure()]
    plain = [one for one in ways if not _is_for_people(one)]
    judged = [_without_unsure(one) for one in ways if isinstance(one, AllOf) and _is_for_people(one)]
    if not plain and not judged:
        return "En person må vurdere det."
    said = (
        [f"Boligdesk foreslår «oppfylt» når {_either([expression_words(one) for one in plain])}."]
        if plain
        else []
    )
    if any(isinstance(one, Unsure) for one in ways):
        return " ".join((*said, "Ellers må en person vurdere det."))
    if judged:
        said.append(f"Når {_either([expression_words(one) for one in judged])}, må en person vurdere det.")
    return " ".join((*said, "Ellers foreslår Boligdesk «ikke oppfylt»."))


def _alternatives(rule: Expression) -> list[Expression]:
    if isinstance(rule, AnyOf):
        return [inner for part in rule.parts for inner in _alternatives(part)]
    return [rule]


def _is_for_people(rule: Expression) -> bool:
    return isinstance(rule, Unsure) or (
        isinstance(rule, AllOf) and any(isinstance(one, Unsure) for one in rule.parts)
    )


def _without_unsure(rule: AllOf) -> AllOf:
    return AllOf(tuple(one for one in rule.parts if not isinstance(one, Unsure)))


def expression_words(rule: Expression) -> str:
    """«"Må flytte innen" er om 30 dager eller mindre», as it stands after «når»."""
    if isinstance(rule, Test):
        return _test(rule)
    if isinstance(rule, Not):
        return f"det ikke er slik at {expression_words(rule.part)}"
    if isinstance(rule, Unsure):
        return "en person vurderer det slik"
    if isinstance(rule, AnyOf):
        return _either([expression_words(one) for one in _alternatives(rule)])
    return " og ".join(_part(one) for one in rule.parts)


def _part(rule: Expression) -> str:
    """A part of an «og»: an «eller» inside it stands in brackets."""
    said = expression_words(rule)
    return f"({said})" if isinstance(rule, AnyOf) and len(rule.parts) > 1 else said


def _either(parts: Sequence[str]) -> str:
    if len(parts) > 1 and any("," in one or " eller " in one or " og " in one for one in parts):
        return f"{'; '.join(parts[:-1])}; eller {parts[-1]}"
    return _list(parts, "eller")


def _test(test: Test) -> str:
    kind = ASKABLE[test.fact]
    name = f"«{kind.label}»"
    if test.op in _BARE_WORDS:
        return f"{name} {_BARE_WORDS[test.op]}"
    if test.op in _NUMBER_WORDS:
        if test.other:
            limit = f"«{ASKABLE[test.other].label}»"
        else:
            limit = format_kr(_number(test)) if kind.type is FactType.MONEY else str(_number(test))
        return f"{name} {_NUMBER_WORDS[test.op].format(limit)}"
    if test.op == "in":
        words = dict(kind.codes)
        codes = test.value if isinstance(test.value, tuple) else ()
        return f"{name} er {_list([_low(words[code]) for code in codes], 'eller')}"
    return f"{name} {_date_words(test.op, _number(test))}"


def _date_words(op: str, count: int) -> str:
    if op == "within_days":
        return f"er om {count} {'dag' if count == 1 else 'dager'} eller mindre"
    if not count:
        return "ikke er fram i tid"
    unit = "år" if op == "years_at_least" else "måned" if count == 1 else "måneder"
    return f"er minst {count} {unit} siden"


def _number(test: Test) -> int:
    return test.value if isinstance(test.value, int) else 0


def _low(text: str) -> str:
    """Inside a sentence: «norsk statsborger», but «EØS-borger»."""
    return text if text[1:2].isupper() else f"{text[:1].lower()}{text[1:]}"


def _list(parts: Sequence[str], word: str) -> str:
    """«a, b eller c»."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {word} {parts[-1]}"
