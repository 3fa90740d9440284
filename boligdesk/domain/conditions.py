"""What the facts suggest for each condition of a track. A suggestion only: a person sets the outcome."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from boligdesk.domain.allocation_catalog import ConditionOutcome
from boligdesk.domain.calendar import long_date, short_date
from boligdesk.domain.catalog import FactState
from boligdesk.domain.expressions import ASKABLE, evaluate, grounds, open_facts
from boligdesk.domain.facts import FactType, in_words
from boligdesk.domain.money import format_kr
from boligdesk.domain.rule_set_parts import PLACE
from boligdesk.domain.rule_sets import Sentence

if TYPE_CHECKING:
    import datetime as dt
    import re
    from collections.abc import Iterable

    from boligdesk.domain.expressions import Facts
    from boligdesk.domain.rule_sets import Condition, RuleSet

_NOT_GIVEN = Sentence("(ikke oppgitt)", "(ikkje oppgitt)")


@dataclass(frozen=True, slots=True)
class UsedFact:
    """An answer that a suggestion rests on, as a person reads it, with where it comes from."""

    key: str
    label: str
    words: str
    source: str
    observed_on: dt.date | None


@dataclass(frozen=True, slots=True)
class Question:
    """A fact that nobody has answered yet, and that could change the outcome."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One condition: what the facts say, in words that may stand in the letter."""

    key: str
    outcome: ConditionOutcome
    sentence: Sentence
    facts: tuple[UsedFact, ...]
    missing: tuple[Question, ...]
    source: str


def suggest(rule_set: RuleSet, law: str, facts: Facts, on: dt.date) -> tuple[Suggestion, ...]:
    """One suggestion for each condition of the track, in the order of the rules.

    Each is ``oppfylt``, ``ikke_oppfylt`` or ``uavklart``; exceptions are for people. Raises RuleSetError when
    the set has no rules for the law.
    """
    return tuple(_suggestion(condition, facts, on) for condition in rule_set.track(law).conditions)


def _suggestion(condition: Condition, facts: Facts, on: dt.date) -> Suggestion:
    rule = condition.suggest
    decided = None if rule is None else evaluate(rule, facts, on)
    outcome, sentence = {
        True: (ConditionOutcome.MET, condition.met),
        False: (ConditionOutcome.NOT_MET, condition.not_met),
        None: (ConditionOutcome.UNSET, condition.unclear),
    }[decided]
    return Suggestion(
        condition.key,
        outcome,
        filled(sentence, facts),
        () if rule is None else used_facts(grounds(rule, facts, on), facts),
        () if rule is None else questions(open_facts(rule, facts, on)),
        condition.source,
    )


def questions(keys: Iterable[str]) -> tuple[Question, ...]:
    """The facts as questions, each once."""
    return tuple(Question(key, ASKABLE[key].label) for key in dict.fromkeys(keys))


def used_facts(keys: Iterable[str], facts: Facts) -> tuple[UsedFact, ...]:
    """The answered facts among ``keys``, with words, source and date."""
    return tuple(
        UsedFact(
            key,
            ASKABLE[key].label,
            in_words(ASKABLE[key], facts[key].state, facts[key].value),
            facts[key].source,
            facts[key].observed_on,
        )
        for key in keys
        if key in facts
    )


def filled(sentence: Sentence, facts: Facts) -> Sentence:
    """The sentence with the values of facts in their places; what is not known is said to be so."""
    return Sentence(
        PLACE.sub(lambda found: _shown(found, facts, _NOT_GIVEN.nb), sentence.nb),
        PLACE.sub(lambda found: _shown(found, facts, _NOT_GIVEN.nn), sentence.nn),
    )


def _shown(found: re.Match[str], facts: Facts, not_given: str) -> str:
    fact = facts.get(found[1])
    if fact is None or fact.state != FactState.KNOWN or fact.value is None:
        return not_given
    value = fact.value
    if ASKABLE[found[1]].type is FactType.DATE:
        if isinstance(value, (int, str)):
            return not_given
        return short_date(value) if found[2] else long_date(value)
    if ASKABLE[found[1]].type is FactType.MONEY and isinstance(value, int):
        return format_kr(value)
    return str(value)
