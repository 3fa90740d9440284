"""The rules of days that letters follow, each with where it comes from. They are read here, and changed elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boligdesk.domain.deadline_rules import rule_for
from boligdesk.domain.letter_sentences import held_together
from boligdesk.services.letter_dispatch import INTERIM_RULE, POST_RULE
from boligdesk.services.letter_values import APPEAL_RULE, PAPERS_RULE

if TYPE_CHECKING:
    import datetime as dt

    from boligdesk.domain.deadline_rules import DeadlineRule, Length
    from boligdesk.domain.rule_sets import RuleSet

_UNITS = {
    "days": ("dag", "dager"),
    "weeks": ("uke", "uker"),
    "months": ("måned", "måneder"),
    "years": ("år", "år"),
    "working_days": ("virkedag", "virkedager"),
}
_SHOWN = (POST_RULE, APPEAL_RULE, INTERIM_RULE, PAPERS_RULE)


def day_rules(on: dt.date, rules: RuleSet) -> tuple[tuple[str, str], ...]:
    """(name, what it says with its source) of what holds on the day."""
    days = rules.offer.reply_working_days
    reply = f"{days} {_UNITS['working_days'][days != 1]} etter at tilbudet er sendt."
    local = f"Kilde: {rules.offer.source} ({rules.name})."
    found = [("Svar på tilbud", held_together(f"{reply} {local}"))]
    found += [(rule.title, _said(rule)) for rule in (rule_for(key, on) for key in _SHOWN)]
    return tuple(found)


def _said(rule: DeadlineRule) -> str:
    basis = rule.basis[0]
    act = f"{basis.act[:1].lower()}{basis.act[1:]}"
    said = f"{_length(rule.length)} etter at {rule.start_event}. {basis.text} Kilde: {act}, {basis.section}."
    return held_together(said)


def _length(length: Length) -> str:
    return f"{length.value} {_UNITS[length.unit][length.value != 1]}"
