"""Dated deadline rules: what ``resources/rules/deadlines.json`` holds, read once and checked.

Sources: domain facts 1.4–1.6 and 1.10–1.11, model 3. A rule with ``valid_from`` None is not in force; the
office sets the date when the law is (``in_force_from``). ``confidence`` U: local or not confirmed.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from boligdesk.domain.calendar import long_date
from boligdesk.resources import resource_path

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

UNITS = ("days", "weeks", "months", "years", "working_days")
DIRECTIONS = ("after", "before")
NEXT_WORKING_DAY = "neste_virkedag"
PREVIOUS_WORKING_DAY = "forrige_virkedag"
NO_ROLL = "ingen"
ROLLS = (NEXT_WORKING_DAY, PREVIOUS_WORKING_DAY, NO_ROLL)
SIDES = ("part", "egen_plikt", "internt")


class DeadlineInputError(ValueError):
    """Rule or date that cannot be used, in calm Norwegian.

    The domain may not know the services' errors; the fields are those of ``InvalidInput``, so that a service
    turns one into the other with ``InvalidInput(error.field, error.title, error.what, error.todo)``.
    """

    def __init__(self, field: str, title: str, what: str = "", todo: str = "") -> None:
        super().__init__(" ".join(part for part in (title, what, todo) if part))
        self.field = field
        self.title = title
        self.what = what
        self.todo = todo


@dataclass(frozen=True, slots=True)
class Length:
    """``value`` is never negative; ``unit`` is one of ``UNITS``."""

    value: int
    unit: str


@dataclass(frozen=True, slots=True)
class Basis:
    """Where a rule comes from: act, section, and what it says in plain words."""

    act: str
    section: str
    text: str


@dataclass(frozen=True, slots=True)
class DeadlineRule:
    """One rule in one period of validity. ``valid_to`` is the first day it no longer holds."""

    key: str
    title: str
    start_event: str
    length: Length
    direction: str
    end_of_month: bool
    roll: str
    side: str
    adjustable: bool
    task_kind: str | None
    lead_days: int
    confidence: str
    valid_from: date | None
    valid_to: date | None
    basis: tuple[Basis, ...]

    @property
    def act(self) -> str:
        """The act that the rule itself rests on; the rest of ``basis`` says how it is reckoned."""
        return self.basis[0].act

    def holds_on(self, day: date) -> bool:
        starts = self.valid_from
        return starts is not None and starts <= day and (self.valid_to is None or day < self.valid_to)


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _rule(raw: dict[str, Any]) -> DeadlineRule:
    fields = dict(raw)
    fields["length"] = Length(**fields["length"])
    fields["basis"] = tuple(Basis(**source) for source in fields["basis"])
    fields["valid_from"], fields["valid_to"] = _date(fields["valid_from"]), _date(fields["valid_to"])
    rule = DeadlineRule(**fields)
    known = (
        rule.length.unit in UNITS
        and rule.direction in DIRECTIONS
        and rule.roll in ROLLS
        and rule.side in SIDES
        and rule.confidence in {"V", "U"}
    )
    if not known or not rule.basis or rule.length.value < 0 or rule.lead_days < 0:
        msg = f"deadline rule {rule.key} holds a word or number that is not known"
        raise ValueError(msg)
    return rule


def read_rules(path: Path) -> tuple[DeadlineRule, ...]:
    """Read a rules file. Raises ValueError, TypeError or KeyError when it is not one (a bug, it is shipped)."""
    return tuple(_rule(raw) for raw in json.loads(path.read_text("utf-8"))["rules"])


@lru_cache(maxsize=1)
def load_rules() -> tuple[DeadlineRule, ...]:
    """The shipped rules, those not in force included."""
    return read_rules(resource_path("rules", "deadlines.json"))


def in_force_from(rules: Sequence[DeadlineRule], act: str, on: date) -> tuple[DeadlineRule, ...]:
    """The rules as they are when ``act`` takes effect on ``on``: its rules start, those they replace end."""
    starting = {rule.key for rule in rules if rule.act == act and rule.valid_from is None}

    def dated(rule: DeadlineRule) -> DeadlineRule:
        if rule.key not in starting:
            return rule
        if rule.act == act and rule.valid_from is None:
            return replace(rule, valid_from=on)
        return replace(rule, valid_to=on) if rule.holds_on(on) else rule

    return tuple(dated(rule) for rule in rules)


def rule_for(key: str, on: date, rules: Sequence[DeadlineRule] | None = None) -> DeadlineRule:
    """The rule that holds on a day. Raises DeadlineInputError for an unknown key or none in force."""
    known = load_rules() if rules is None else rules
    same = [rule for rule in known if rule.key == key]
    if not same:
        raise DeadlineInputError(
            "rule", "Fristregelen finnes ikke.", todo=_suggestion(key, sorted({rule.key for rule in known}))
        )
    found = next((rule for rule in same if rule.holds_on(on)), None)
    if found is None:
        raise DeadlineInputError(
            "rule",
            f"Fristregelen «{key}» gjelder ikke {long_date(on)}.",
            "Loven den bygger på, var ikke i kraft den dagen, eller kontoret har ikke satt en dato for den.",
        )
    return found


def _suggestion(key: str, keys: list[str]) -> str:
    close = get_close_matches(key.strip().lower()[:60], keys, n=3, cutoff=0.5)
    if close:
        return "Mente du " + " eller ".join(f"«{match}»" for match in close) + "?"
    return "Se «boligdesk deadlines rules» for alle reglene."
