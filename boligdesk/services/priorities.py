"""The priority of an applicant in words: what the rules suggest, or what a person chose and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from boligdesk.domain.conditions import filled
from boligdesk.domain.expressions import evaluate
from boligdesk.domain.priority import suggest
from boligdesk.domain.rule_sets import RuleSetError
from boligdesk.services.known_facts import facts_of, household_of, known_to
from boligdesk.services.records.assessment import PriorityView

if TYPE_CHECKING:
    import datetime as dt

    from boligdesk.domain.priority import PrioritySuggestion
    from boligdesk.domain.rule_sets import PriorityClass, RuleSet
    from boligdesk.services.ports.assessment import CaseKnown, TrackState


@dataclass(frozen=True, slots=True)
class PriorityWords:
    """``label``: the class in the words of the rules; ``reasons``: whole sentences. Both empty = none is known."""

    label: str
    reasons: tuple[str, ...]


def suggested(case: CaseKnown, rule_set: RuleSet, on: dt.date) -> PrioritySuggestion:
    return suggest(rule_set, facts_of(case), household_of(case), on)


def class_of(rule_set: RuleSet, code: str) -> PriorityClass | None:
    """None for a class that the rules do not have (any more)."""
    try:
        return rule_set.priority_class(code)
    except RuleSetError:
        return None


def priority_words(
    case: CaseKnown, rule_set: RuleSet, track: TrackState, on: dt.date, language: str
) -> PriorityWords:
    """The class that the track was concluded with, else the suggested one; reasons as of the day."""
    found = suggested(case, rule_set, on)
    chosen = class_of(rule_set, track.priority_class) if track.priority_class else None
    if chosen is None:
        return PriorityWords(
            found.label.in_form(language),
            tuple(reason.sentence.in_form(language) for reason in found.reasons),
        )
    label = chosen.label.in_form(language)
    if track.priority_reason:
        return PriorityWords(label, (track.priority_reason,))
    return PriorityWords(label, tuple(reason[0] for reason in _holding(case, rule_set, chosen, on, language)))


def short_reasons(case: CaseKnown, rule_set: RuleSet, code: str, on: dt.date) -> tuple[str, ...]:
    """«må ut 15. des.», «barn»: why the applicant is in the class, for a row. None hold = none."""
    found = class_of(rule_set, code)
    return tuple(reason[1] for reason in _holding(case, rule_set, found, on, "nb")) if found else ()


def _holding(
    case: CaseKnown, rule_set: RuleSet, found: PriorityClass, on: dt.date, language: str
) -> list[tuple[str, str]]:
    """(sentence, short) of every reason of the class that holds; what the last class says of all others."""
    facts = known_to(rule_set, case)
    holding = [reason for reason in found.reasons if evaluate(reason.when, facts, on)]
    if found.otherwise is not None and not any(reason.decides for reason in holding):
        holding.insert(0, found.otherwise)
    return [
        (filled(reason.sentence, facts).in_form(language), filled(reason.short, facts).in_form(language))
        for reason in holding
    ]


def priority_view(case: CaseKnown, rule_set: RuleSet, track: TrackState | None, on: dt.date) -> PriorityView:
    """What the panel shows. A class that a person chose stands beside the suggested one."""
    found = suggested(case, rule_set, on)
    code = track.priority_class if track is not None else ""
    chosen = class_of(rule_set, code) if code and code != found.class_code else None
    return PriorityView(
        suggested_class=found.class_code,
        suggested_label=found.label.nb,
        reasons=tuple(reason.sentence.nb for reason in found.reasons),
        unknown=tuple(question.label for question in found.unknown),
        chosen_class=chosen.code if chosen else "",
        chosen_label=chosen.label.nb if chosen else "",
        overridden_reason=track.priority_reason if track is not None else "",
        classes=tuple((one.code, one.label.nb) for one in rule_set.priority),
    )
