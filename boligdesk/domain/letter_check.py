"""The completeness check of a letter: what it must say (stops) and what it should mind (warns).

The rules are dated data (``resources/rules/letters.json``), each with its source and how it is satisfied.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from boligdesk.domain.calendar import long_date
from boligdesk.domain.letter_fields import label_of
from boligdesk.domain.money import format_kr
from boligdesk.resources import resource_path

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

STOP, WARN = "stopp", "varsel"

FieldValue = str | int | dt.date | tuple[str, ...] | None
_SENTENCE = re.compile(r"(?<=[.!?:])\s+|\n+")
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the check list. ``target``: field or place that [Rett] goes to; "" = nowhere."""

    key: str
    label: str
    is_met: bool
    severity: str
    text: str
    target: str
    source: str

    @property
    def blocks(self) -> bool:
        return not self.is_met and self.severity == STOP


@dataclass(frozen=True, slots=True)
class Addressee:
    """A recipient as the check sees one. ``problem``: what is wrong with the address, "" = nothing."""

    role: str
    name: str
    problem: str = ""


@dataclass(frozen=True, slots=True)
class CheckFacts:
    """What the check looks at.

    ``parts`` maps each part of the letter to its words; ``sentences`` are all texts that people wrote;
    ``unserved`` names representatives who should have the letter and are not among the recipients.
    """

    kind: str
    on: dt.date
    parts: Mapping[str, str]
    values: Mapping[str, FieldValue]
    addressees: Sequence[Addressee] = ()
    unserved: Sequence[str] = ()
    has_children: bool = False
    written: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """Free text field -> what was written in it."""
    other_drafts: Sequence[str] = ()
    gaps: Sequence[str] = ()
    """Fields that the letter shows, that have no value, and that no other rule asks for."""
    language: str = ""
    """Written form of the template; "" = not judged."""


@dataclass(frozen=True, slots=True)
class CheckRule:
    """One rule in one period, as the file says it."""

    key: str
    label: str
    kinds: tuple[str, ...]
    severity: str
    source: str
    valid_from: dt.date | None
    valid_to: dt.date | None
    body: Mapping[str, Any]

    def holds(self, kind: str, on: dt.date) -> bool:
        if self.valid_from is None or on < self.valid_from or (self.valid_to and on >= self.valid_to):
            return False
        return "*" in self.kinds or kind in self.kinds


@lru_cache(maxsize=1)
def rules() -> tuple[CheckRule, ...]:
    """The shipped rules, in the order of the check list."""
    read = json.loads(resource_path("rules", "letters.json").read_text(encoding="utf-8"))
    return tuple(
        CheckRule(
            key=row["key"],
            label=row["label"],
            kinds=tuple(row["kinds"]),
            severity=row["severity"],
            source=row["source"],
            valid_from=None if row["valid_from"] is None else dt.date.fromisoformat(row["valid_from"]),
            valid_to=None if row["valid_to"] is None else dt.date.fromisoformat(row["valid_to"]),
            body=row,
        )
        for row in read["rules"]
    )


def check(facts: CheckFacts, used: Sequence[CheckRule] | None = None) -> tuple[Finding, ...]:
    """The whole check list of a letter, met and unmet, stops before warnings."""
    found = []
    for rule in rules() if used is None else used:
        if not rule.holds(facts.kind, facts.on) or not _applies(rule, facts):
            continue
        problem, target = _problem(rule, facts)
        found.append(Finding(rule.key, rule.label, not problem, rule.severity, problem, target, rule.source))
    return tuple(sorted(found, key=lambda finding: finding.severity != STOP))


def blocking(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """What must be put right before the letter can go on."""
    return tuple(finding for finding in findings if finding.blocks)


def mandatory_fields(kind: str, on: dt.date, *, has_children: bool) -> frozenset[str]:
    """Fields without which a letter of the kind is not complete."""
    needed: set[str] = set()
    for rule in rules():
        if rule.severity == STOP and rule.holds(kind, on):
            if rule.body.get("when") == "has_children" and not has_children:
                continue
            needed.update(rule.body.get("fields", ()))
    return frozenset(needed)


def _applies(rule: CheckRule, facts: CheckFacts) -> bool:
    return facts.has_children if rule.body.get("when") == "has_children" else True


def _problem(rule: CheckRule, facts: CheckFacts) -> tuple[str, str]:
    """(what is wrong in one sentence, where to put it right); ("", "") = the rule is satisfied."""
    for key in rule.body.get("fields", ()):
        if _is_empty(facts.values.get(key)):
            return str(rule.body.get("missing") or f"{label_of(key)} mangler."), key
    for part in rule.body.get("parts", ()):
        if not facts.parts.get(part, "").strip():
            return f"Delen «{rule.label}» mangler i malen.", ""
    for key, wanted in rule.body.get("contains", {}).items():
        if wanted not in str(facts.values.get(key) or "").casefold():
            return str(rule.body["missing"]), key
    for key in rule.body.get("future", ()):
        value = facts.values.get(key)
        if isinstance(value, dt.date) and value <= facts.on:
            return f"{label_of(key)} er {long_date(value)}. Datoen må være etter i dag.", key
    named = rule.body.get("check")
    return _CHECKS[named](rule, facts) if named else ("", "")


def _is_empty(value: FieldValue) -> bool:
    if value is None:
        return True
    if isinstance(value, str):
        return not value.strip()
    return isinstance(value, tuple) and not any(item.strip() for item in value)


def _recipients(_rule: CheckRule, facts: CheckFacts) -> tuple[str, str]:
    if not facts.addressees:
        return "Brevet har ingen mottaker.", "mottakere"
    broken = next((one for one in facts.addressees if one.problem), None)
    return (broken.problem, "mottakere") if broken else ("", "")


def _representatives(_rule: CheckRule, facts: CheckFacts) -> tuple[str, str]:
    if not facts.unserved:
        return "", ""
    return f"Skal også ha brevet: {', '.join(facts.unserved)}.", "mottakere"


def _long_sentences(rule: CheckRule, facts: CheckFacts) -> tuple[str, str]:
    limit = int(rule.body["limit"])
    count, first = 0, ""
    for key, text in facts.written.items():
        long = [part for part in _SENTENCE.split(text) if len(part.split()) > limit]
        count += len(long)
        first = first or (key if long else "")
    if not count:
        return "", ""
    said = "1 lang setning" if count == 1 else f"{count} lange setninger"
    return f"{said}, over {limit} ord. Del dem gjerne opp.", first


def _patterns(rule: CheckRule, facts: CheckFacts) -> tuple[str, str]:
    for key, text in facts.written.items():
        for pattern in rule.body["patterns"]:
            hit = re.search(pattern, text, re.IGNORECASE)
            if hit:
                return f"«{hit[0][:_SHOWN]}»: {rule.body['missing']}", key
    return "", ""


def _written_form(rule: CheckRule, facts: CheckFacts) -> tuple[str, str]:
    """Words that only the other written form has, in what people wrote and in the reasons from the assessment."""
    foreign = rule.body["foreign"].get(facts.language)
    judged = facts.values.get("vurderinger")
    texts = {**facts.written, "vurderinger": " ".join(judged) if isinstance(judged, tuple) else ""}
    for key, text in texts.items() if foreign else ():
        hit = re.search(foreign, text, re.IGNORECASE)
        if hit:
            return f"«{hit[0][:_SHOWN]}»: {rule.body['missing'][facts.language]}", key
    return "", ""


def _amounts(rule: CheckRule, facts: CheckFacts) -> tuple[str, str]:
    for key, (low, high) in rule.body["amounts"].items():
        value = facts.values.get(key)
        if isinstance(value, int) and not low <= value <= high:
            return f"{label_of(key)} er {format_kr(value)}. {rule.body['missing']}", key
    return "", ""


def _other_drafts(_rule: CheckRule, facts: CheckFacts) -> tuple[str, str]:
    return (f"Det finnes en annen kladd: {facts.other_drafts[0]}.", "") if facts.other_drafts else ("", "")


def _gaps(_rule: CheckRule, facts: CheckFacts) -> tuple[str, str]:
    """What would stop the letter when it is finished is told before."""
    if not facts.gaps:
        return "", ""
    return f"{', '.join(label_of(key) for key in facts.gaps)} mangler.", facts.gaps[0]


_CHECKS: dict[str, Callable[[CheckRule, CheckFacts], tuple[str, str]]] = {
    "recipients": _recipients,
    "representatives": _representatives,
    "long_sentences": _long_sentences,
    "patterns": _patterns,
    "written_form": _written_form,
    "amounts": _amounts,
    "other_drafts": _other_drafts,
    "gaps": _gaps,
}
