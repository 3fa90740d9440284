"""Which priority class the facts suggest, with the reasons in sentences. A person decides and may change it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from boligdesk.domain.conditions import Question, filled, questions
from boligdesk.domain.expressions import AnyOf, evaluate, facts_of, open_facts
from boligdesk.domain.housing_needs import Household, behind, with_household
from boligdesk.domain.rule_sets import Sentence

if TYPE_CHECKING:
    import datetime as dt

    from boligdesk.domain.expressions import Facts
    from boligdesk.domain.rule_sets import PriorityClass, Reason, RuleSet

__all__ = ["GivenReason", "Household", "PrioritySuggestion", "suggest"]


@dataclass(frozen=True, slots=True)
class GivenReason:
    """``sentence`` for the letter and the panel, ``short`` for the row. ``decides`` False: supports only."""

    key: str
    sentence: Sentence
    short: Sentence
    decides: bool


@dataclass(frozen=True, slots=True)
class PrioritySuggestion:
    """``unknown``: questions whose answers could give a higher class; the answer to no other question can."""

    class_code: str
    label: Sentence
    rank: int
    reasons: tuple[GivenReason, ...]
    unknown: tuple[Question, ...]
    source: str

    @property
    def sentence(self) -> Sentence:
        """«Prioritet A: må ut 15. des., barn»."""
        return Sentence(
            f"{self.label.nb}: {', '.join(reason.short.nb for reason in self.reasons)}",
            f"{self.label.nn}: {', '.join(reason.short.nn for reason in self.reasons)}",
        )


def suggest(rule_set: RuleSet, facts: Facts, household: Household | None, on: dt.date) -> PrioritySuggestion:
    """The first class that one of its deciding reasons gives, else the last.

    Unknown never gives a class and never takes one away: it is asked about.
    """
    merged = with_household(rule_set, facts, household)
    asked: list[str] = []
    for found in rule_set.priority[:-1]:
        rule = AnyOf(tuple(reason.when for reason in found.reasons if reason.decides))
        if evaluate(rule, merged, on):
            return _suggestion(found, _holding(found, merged, on), merged, asked)
        asked += _asked(rule_set, rule, merged, on)
    last = rule_set.priority[-1]
    holding = _holding(last, merged, on)
    if last.otherwise is not None and not any(reason.decides for reason in holding):
        holding = (last.otherwise, *holding)
    return _suggestion(last, holding, merged, asked)


def _asked(rule_set: RuleSet, rule: AnyOf, facts: Facts, on: dt.date) -> tuple[str, ...]:
    """Open questions of a rule that does not hold, with those that a worked-out number rests on."""
    return open_facts(rule, facts, on) + tuple(
        name for key in facts_of(rule) for name in behind(rule_set, key, facts)
    )


def _holding(found: PriorityClass, facts: Facts, on: dt.date) -> tuple[Reason, ...]:
    return tuple(reason for reason in found.reasons if evaluate(reason.when, facts, on))


def _suggestion(
    found: PriorityClass, reasons: tuple[Reason, ...], facts: Facts, asked: list[str]
) -> PrioritySuggestion:
    given = tuple(
        GivenReason(reason.key, filled(reason.sentence, facts), filled(reason.short, facts), reason.decides)
        for reason in reasons
    )
    return PrioritySuggestion(found.code, found.label, found.rank, given, questions(asked), found.source)
