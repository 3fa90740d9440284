"""A municipality's local rules of assessment and allocation: versioned, dated data, read once and checked.

No limit, age or number of days lies in code. A set that is adopted is never changed: a new version is a new
set with its own period. ``sha256`` is of the content, whatever the layout of the file.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from functools import lru_cache
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
from boligdesk.domain.calendar import long_date
from boligdesk.domain.catalog import TrackLaw
from boligdesk.domain.expressions import Expression
from boligdesk.domain.rule_reader import RuleSetError, read_json
from boligdesk.resources import resource_path

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "BedroomNorm",
    "Condition",
    "ConsequenceRule",
    "Need",
    "Neighbourhood",
    "NormRow",
    "OfferRules",
    "Order",
    "PriorityClass",
    "Reason",
    "RuleSet",
    "RuleSetError",
    "Sentence",
    "TrackRules",
    "dated",
    "in_force",
    "load",
    "shipped",
]


@dataclass(frozen=True, slots=True)
class Sentence:
    """The same words in bokmål and nynorsk."""

    nb: str
    nn: str

    def __str__(self) -> str:
        return self.nb

    def in_form(self, written_form: str) -> str:
        """``written_form``: ``nn`` or ``nynorsk`` gives nynorsk, all else bokmål."""
        return self.nn if written_form in {"nn", "nynorsk"} else self.nb


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of a track. ``suggest`` None = only a person can judge it."""

    key: str
    label: Sentence
    question: Sentence
    source: str
    met: Sentence
    not_met: Sentence
    unclear: Sentence
    suggest: Expression | None
    exception_allowed: bool


@dataclass(frozen=True, slots=True)
class TrackRules:
    law: TrackLaw
    decision_body: str
    appeal_body: str
    conditions: tuple[Condition, ...]

    def condition(self, key: str) -> Condition:
        """Raises RuleSetError when the track has no such condition."""
        for condition in self.conditions:
            if condition.key == key:
                return condition
        raise RuleSetError(f"Regelsettet har ikke vilkåret «{key}».", f"tracks.{self.law.value}")


@dataclass(frozen=True, slots=True)
class Reason:
    """Why somebody has a priority. ``decides`` False: told when it holds, but gives no priority alone."""

    key: str
    when: Expression
    sentence: Sentence
    short: Sentence
    decides: bool


@dataclass(frozen=True, slots=True)
class PriorityClass:
    """``rank`` 1 comes first. ``otherwise``: what is said in the last class, which is for everybody else."""

    code: str
    label: Sentence
    rank: int
    source: str
    reasons: tuple[Reason, ...]
    otherwise: Reason | None


@dataclass(frozen=True, slots=True)
class Need:
    """One thing a dwelling is held against. ``ground_floors`` and ``refused`` are for one need each."""

    key: NeedKey
    kind: NeedKind
    label: Sentence
    source: str
    ground_floors: tuple[int, ...] = ()
    refused: RefusedDistrict = RefusedDistrict.EXCLUDES


@dataclass(frozen=True, slots=True)
class NormRow:
    """Persons that a dwelling with so many bedrooms is for. ``persons_max`` None = no upper end."""

    bedrooms: int
    persons_min: int
    persons_max: int | None


@dataclass(frozen=True, slots=True)
class BedroomNorm:
    """Rows by number of bedrooms from 0 up; the last row holds for all larger dwellings too."""

    source: str
    rows: tuple[NormRow, ...]
    counts_part_time_children: bool
    counts_expected_child: bool

    def row(self, bedrooms: int) -> NormRow:
        return self.rows[max(0, min(bedrooms, len(self.rows) - 1))]

    def span(self, persons: int) -> tuple[int, int | None]:
        """Fewest and most bedrooms for so many persons (at least one); None = no upper end."""
        persons = max(1, persons)
        fits = [
            row.bedrooms
            for row in self.rows
            if row.persons_min <= persons and (row.persons_max is None or persons <= row.persons_max)
        ]
        return fits[0], None if fits[-1] == self.rows[-1].bedrooms else fits[-1]


@dataclass(frozen=True, slots=True)
class Order:
    source: str
    by: tuple[OrderBy, ...]
    seniority: Seniority


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """Warns when more than ``limit_percent`` of the dwellings are municipal. Never excludes."""

    source: str
    limit_percent: int


@dataclass(frozen=True, slots=True)
class ConsequenceRule:
    """What the ``from_time``-th such answer leads to (1 = the first)."""

    answer: OfferAnswer
    from_time: int
    consequence: Consequence
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class OfferRules:
    source: str
    reply_working_days: int
    consequences: tuple[ConsequenceRule, ...]


@dataclass(frozen=True, slots=True)
class RuleSet:
    """``valid_to`` is the first day it no longer holds; None = open. Months are whole calendar months."""

    key: str
    title: str
    version: int
    municipality: str
    valid_from: dt.date
    valid_to: dt.date | None
    source: str
    sha256: str
    tracks: tuple[TrackRules, ...]
    priority: tuple[PriorityClass, ...]
    needs: tuple[Need, ...]
    bedroom_norm: BedroomNorm
    order: Order
    neighbourhood: Neighbourhood
    offer: OfferRules
    validity_months: int
    term_months: int

    @property
    def name(self) -> str:
        """«Tildeling 2026», versjon 3."""
        return f"«{self.title}», versjon {self.version}"

    def holds_on(self, day: dt.date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)

    def track(self, law: str) -> TrackRules:
        """Raises RuleSetError when the set has no rules for the law."""
        for track in self.tracks:
            if track.law == law:
                return track
        raise RuleSetError(f"Regelsettet {self.name} har ingen vilkår for «{law}».")

    def priority_class(self, code: str) -> PriorityClass:
        """Raises RuleSetError for a class that the set does not have."""
        for found in self.priority:
            if found.code == code:
                return found
        raise RuleSetError(f"Regelsettet {self.name} har ikke prioritet «{code}».")

    def need(self, key: str) -> Need | None:
        return next((need for need in self.needs if need.key == key), None)


def load(text: str) -> RuleSet:
    """Read and check a rule set. Raises RuleSetError saying what is wrong and where."""
    from boligdesk.domain.rule_set_parts import rule_set  # the parts need the records of this file

    root, digest = read_json(text)
    return rule_set(root, digest)


def dated(text: str, valid_from: dt.date) -> str:
    """The same rules with another first day; all else as it stands in the file. ``text`` is one ``load`` can read."""
    body = json.loads(text.removeprefix("\ufeff"))
    return json.dumps({**body, "valid_from": valid_from.isoformat()}, ensure_ascii=False, indent=1)


def in_force(sets: Iterable[RuleSet], on: dt.date) -> RuleSet:
    """The set that holds on the day: of several, the one that took effect last, then the highest version.

    Raises RuleSetError when none holds, or when two different ones have equal right.
    """
    holding = sorted(
        (found for found in sets if found.holds_on(on)), key=lambda found: (found.valid_from, found.version)
    )
    if not holding:
        raise RuleSetError(f"Ingen tildelingsregler gjelder {long_date(on)}.")
    last = holding[-1]
    equal = [
        found
        for found in holding
        if (found.valid_from, found.version) == (last.valid_from, last.version)
        and found.sha256 != last.sha256
    ]
    if equal:
        raise RuleSetError(f"To ulike regelsett gjelder {long_date(on)}: {equal[0].name} og {last.name}.")
    return last


@lru_cache(maxsize=1)
def shipped() -> tuple[RuleSet, ...]:
    """The rules of the practice municipality that come with the program, oldest first."""
    files = sorted(resource_path("rules", "allocation").glob("*.json"))
    return tuple(
        sorted((load(path.read_text("utf-8")) for path in files), key=lambda found: found.valid_from)
    )
