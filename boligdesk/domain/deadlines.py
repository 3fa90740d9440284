"""The one deadline engine: start date in, raw and due date out, with the reckoning told in Norwegian.

Arithmetic is that of domstolloven §§ 148–149: the start day is not counted, weeks, months and years end on
the same weekday or date, a party's deadline rolls forward to a working day. The office's own duty moves back
to the working day before (never forward); what must not move stays.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from boligdesk.domain.calendar import (
    MONTHS,
    add_months,
    add_weeks,
    add_working_days,
    closed_name,
    end_of_month,
    full_date,
    next_working_day,
    previous_working_day,
)
from boligdesk.domain.deadline_rules import (
    NEXT_WORKING_DAY,
    NO_ROLL,
    PREVIOUS_WORKING_DAY,
    UNITS,
    Basis,
    DeadlineInputError,
    DeadlineRule,
    Length,
    in_force_from,
    load_rules,
    rule_for,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

__all__ = [
    "Basis",
    "Computed",
    "DeadlineInputError",
    "DeadlineRule",
    "Length",
    "as_json",
    "compute",
    "in_force_from",
    "load_rules",
    "rule_as_json",
    "rule_for",
]

FIRST_YEAR, LAST_YEAR = 1900, 2200
_LONGEST = {"days": 3660, "weeks": 522, "months": 240, "years": 20, "working_days": 1000}
_NUMBERS = ("null", "én", "to", "tre", "fire", "fem", "seks", "sju", "åtte", "ni", "ti", "elleve", "tolv")
_UNIT_WORDS = {
    "days": ("én dag", "dager"),
    "weeks": ("én uke", "uker"),
    "months": ("én måned", "måneder"),
    "years": ("ett år", "år"),
    "working_days": ("én virkedag", "virkedager"),
}


@dataclass(frozen=True, slots=True)
class Computed:
    """A deadline worked out. ``raw`` is before rolling, ``due`` is what counts; ``why`` says it in words."""

    rule: DeadlineRule
    start: date
    raw: date
    due: date
    basis: tuple[Basis, ...]
    why: str

    @property
    def shows_on(self) -> date:
        """First day the task belongs on somebody's list."""
        return self.due - timedelta(days=self.rule.lead_days)


def compute(
    key: str,
    start: date,
    *,
    length: Length | None = None,
    closed: Collection[date] = (),
    rules: Sequence[DeadlineRule] | None = None,
) -> Computed:
    """Work out a deadline.

    Args:
        key: key of the rule; the version that holds on ``start`` is used.
        start: day of the rule's start event.
        length: other length than the rule's own, for rules that the letter or the office sets.
        closed: the office's own closed days. They move its own duties and internal dates, never a party's
            deadline: only the law's holidays do (domstolloven § 149).
        rules: other rules than the shipped ones (the office's dates of commencement).

    Raises:
        DeadlineInputError: unknown rule, rule not in force, absurd date or length.
    """
    if not FIRST_YEAR <= start.year <= LAST_YEAR:
        raise DeadlineInputError(
            "from",
            "Datoen kan ikke stemme.",
            f"Året må være fra {FIRST_YEAR} til {LAST_YEAR}.",
            "Se etter om året er skrevet riktig.",
        )
    rule = rule_for(key, start, rules)
    used = _length(rule, length)
    counted_closed = () if rule.side == "part" else closed
    raw = _raw(rule, used, start, counted_closed)
    due = _rolled(rule, start, raw, counted_closed)
    why = " ".join(_why(rule, used, start, raw, due, counted_closed))
    return Computed(rule, start, raw, due, rule.basis, why)


def _length(rule: DeadlineRule, wanted: Length | None) -> Length:
    if wanted is None or wanted == rule.length:
        return rule.length
    if not rule.adjustable:
        raise DeadlineInputError("length", f"Lengden på «{rule.title}» er fastsatt og kan ikke endres.")
    if wanted.unit not in UNITS or not 1 <= wanted.value <= _LONGEST[wanted.unit]:
        raise DeadlineInputError("length", "Fristen er for kort eller for lang til å stemme.")
    return wanted


def _raw(rule: DeadlineRule, length: Length, start: date, closed: Collection[date]) -> date:
    count = -length.value if rule.direction == "before" else length.value
    if length.unit == "days":
        raw = start + timedelta(days=count)
    elif length.unit == "weeks":
        raw = add_weeks(start, count)
    elif length.unit == "working_days":
        raw = add_working_days(start, count, closed)
    else:
        raw = add_months(start, count * (12 if length.unit == "years" else 1))
    return end_of_month(raw) if rule.end_of_month else raw


def _rolled(rule: DeadlineRule, start: date, raw: date, closed: Collection[date]) -> date:
    if rule.roll == NEXT_WORKING_DAY:
        return next_working_day(raw, closed)
    if rule.roll == PREVIOUS_WORKING_DAY:
        back = previous_working_day(raw, closed)
        # a duty cannot fall before what started it (a day or two set over a holiday)
        return back if back >= min(start, raw) else raw
    return raw


def _why(
    rule: DeadlineRule, length: Length, start: date, raw: date, due: date, closed: Collection[date]
) -> list[str]:
    said = [_counted(rule, length, start, raw)]
    if length.unit == "working_days":
        said += _left_out(start, raw, closed)
    name = closed_name(raw, closed)
    if name and rule.roll == NO_ROLL:
        said.append(f"Det er {_as_noun(name)}. Denne datoen flyttes ikke.")
    elif name:
        said += _moved(rule, name, raw, due, closed)
    if rule.confidence == "U":
        said.append("Regelen er lokal eller ikke bekreftet. Kontoret må selv fastsette den.")
    return said


def _counted(rule: DeadlineRule, length: Length, start: date, raw: date) -> str:
    if length.value == 0:
        return f"Datoen er {full_date(raw)}."
    one, many = _UNIT_WORDS[length.unit]
    number = _NUMBERS[length.value] if length.value < len(_NUMBERS) else str(length.value)
    span = one if length.value == 1 else f"{number} {many}"
    link = "før" if rule.direction == "before" else "fra"
    sentence = f"{span[0].upper()}{span[1:]} {link} {full_date(start)}"
    if rule.end_of_month:
        return f"{sentence}, til slutten av måneden, er {full_date(raw)}."
    if length.unit in {"months", "years"} and raw.day != start.day:
        return f"{sentence} er {full_date(raw)}, for {MONTHS[raw.month - 1]} har ingen dag {start.day}."
    return f"{sentence} er {full_date(raw)}."


def _moved(rule: DeadlineRule, name: str, raw: date, due: date, closed: Collection[date]) -> list[str]:
    if due == raw:
        return [f"Det er {_as_noun(name)}. Fristen kan ikke flyttes til før den begynte."]
    step = 1 if due > raw else -1
    between = [raw + timedelta(days=step * gone) for gone in range(1, abs((due - raw).days))]
    others = [closed_name(day, closed) or "" for day in between]
    also = f" Deretter kommer {_listed(others)}." if step > 0 else f" Før den kommer {_listed(others)}."
    if rule.roll == NEXT_WORKING_DAY:
        moved = f"Fristen flyttes til første virkedag, {full_date(due)}."
    else:
        moved = f"Kontorets egen frist flyttes til siste virkedag før, {full_date(due)}."
    return [f"Det er {_as_noun(name)}.{also if others else ''}", moved]


def _left_out(start: date, raw: date, closed: Collection[date]) -> list[str]:
    first, last = min(start, raw), max(start, raw)
    inside = [first + timedelta(days=gone) for gone in range((last - first).days + 1)]
    named = [name for day in inside if day not in {start, raw} and (name := closed_name(day, closed))]
    special = [name for name in named if name not in {"lørdag", "søndag"}]
    if not named:
        return []
    if not special:
        return ["Lørdag og søndag er ikke regnet med."]
    return [f"Lørdag, søndag, {_listed(list(dict.fromkeys(special)))} er ikke regnet med."]


def _as_noun(name: str) -> str:
    if name in {"1. mai", "17. mai"}:
        return "offentlig høytidsdag"
    return f"en {name}" if name in {"lørdag", "søndag"} else name


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} og {names[-1]}" if names else ""


def _basis_json(basis: Sequence[Basis]) -> list[dict[str, str]]:
    return [{"act": source.act, "section": source.section, "text": source.text} for source in basis]


def as_json(computed: Computed) -> dict[str, Any]:
    """What ``deadlines compute --json`` prints. Keys are stable."""
    return {
        "rule": computed.rule.key,
        "from": computed.start.isoformat(),
        "raw": computed.raw.isoformat(),
        "due": computed.due.isoformat(),
        "basis": _basis_json(computed.basis),
        "why": computed.why,
    }


def rule_as_json(rule: DeadlineRule) -> dict[str, Any]:
    """What ``deadlines rules --json`` prints for one rule. Keys are stable."""
    return {
        "rule": rule.key,
        "title": rule.title,
        "start_event": rule.start_event,
        "length": {"value": rule.length.value, "unit": rule.length.unit},
        "direction": rule.direction,
        "end_of_month": rule.end_of_month,
        "roll": rule.roll,
        "side": rule.side,
        "adjustable": rule.adjustable,
        "task_kind": rule.task_kind,
        "lead_days": rule.lead_days,
        "confidence": rule.confidence,
        "valid_from": rule.valid_from.isoformat() if rule.valid_from else None,
        "valid_to": rule.valid_to.isoformat() if rule.valid_to else None,
        "basis": _basis_json(rule.basis),
    }
