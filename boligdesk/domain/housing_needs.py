"""From what is known of a household to what its dwelling must be: the row that matching reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from boligdesk.domain.catalog import FactState
from boligdesk.domain.expressions import Known

if TYPE_CHECKING:
    from boligdesk.domain.expressions import Fact, Facts
    from boligdesk.domain.rule_sets import RuleSet

#: Yes/no facts of an application that are columns of the waiting list.
NEED_FACTS = ("step_free", "lift_or_ground", "wheelchair", "staffed", "shielded")
_HOUSEHOLD_SOURCE = "Husstanden"
_NORM_SOURCE = "Kommunens norm"


@dataclass(frozen=True, slots=True)
class Household:
    """Numbers of people from the register of households; None = not known there."""

    adults: int | None = None
    children: int | None = None
    children_part_time: int | None = None
    expects_child: bool | None = None


@dataclass(frozen=True, slots=True)
class EntryNeeds:
    """Columns of the waiting list: 1 absolute need, 2 wish, 0 none, None unknown. Money in øre."""

    bedrooms_min: int | None
    bedrooms_max: int | None
    persons: int | None
    max_rent_ore: int | None
    step_free: int | None
    lift_or_ground: int | None
    wheelchair: int | None
    staffed: int | None
    shielded: int | None
    pets: int | None


def with_household(rule_set: RuleSet, facts: Facts, household: Household | None) -> dict[str, Fact]:
    """The facts, with what the register of households knows put before what was said in the application.

    Number of persons and, unless somebody has assessed it, of bedrooms are worked out from them.
    """
    merged: dict[str, Fact] = dict(facts)
    if household is not None:
        known = {
            "adults": household.adults,
            "children": household.children,
            "children_part_time": household.children_part_time,
            "expects_child": None if household.expects_child is None else int(household.expects_child),
        }
        merged |= {
            key: Known(value, source=_HOUSEHOLD_SOURCE) for key, value in known.items() if value is not None
        }
    persons = _persons(rule_set, merged)
    if persons is not None:
        merged["persons"] = Known(persons, source=_HOUSEHOLD_SOURCE)
    persons = _number(merged, "persons")
    bedrooms = merged.get("bedrooms")
    if persons and (bedrooms is None or bedrooms.state == FactState.UNKNOWN or bedrooms.value is None):
        merged["bedrooms"] = Known(rule_set.bedroom_norm.span(persons)[0], source=_NORM_SOURCE)
    return merged


def behind(rule_set: RuleSet, key: str, merged: Facts) -> tuple[str, ...]:
    """Unanswered questions that a number worked out by ``with_household`` rests on; none for other facts."""
    if key not in {"persons", "bedrooms"}:
        return ()
    fact = merged.get(key)
    if fact is not None and fact.source not in {_HOUSEHOLD_SOURCE, _NORM_SOURCE}:
        return ()
    norm = rule_set.bedroom_norm
    counted = ["adults", "children"]
    counted += ["children_part_time"] if norm.counts_part_time_children else []
    counted += ["expects_child"] if norm.counts_expected_child else []
    return tuple(name for name in counted if _number(merged, name) is None and _is_open(merged, name))


def _is_open(facts: Facts, key: str) -> bool:
    fact = facts.get(key)
    return fact is None or fact.state != FactState.NOT_RELEVANT


def _persons(rule_set: RuleSet, facts: Facts) -> int | None:
    """None unless adults and children are known. Part-time and expected children count as the norm says."""
    adults, children = _number(facts, "adults"), _number(facts, "children")
    if adults is None or children is None:
        return None
    norm = rule_set.bedroom_norm
    more = (_number(facts, "children_part_time") or 0) if norm.counts_part_time_children else 0
    expected = (_number(facts, "expects_child") or 0) if norm.counts_expected_child else 0
    return adults + children + more + expected


def entry_needs(rule_set: RuleSet, facts: Facts, household: Household | None = None) -> EntryNeeds:
    """What the applicant needs. A number of bedrooms that somebody has set goes before the norm."""
    merged = with_household(rule_set, facts, household)
    persons = _number(merged, "persons")
    least, most = rule_set.bedroom_norm.span(persons) if persons else (None, None)
    asked = _number(facts, "bedrooms")
    if asked is not None:
        least, most = asked, most if most is None else max(most, asked)
    return EntryNeeds(
        bedrooms_min=least,
        bedrooms_max=most,
        persons=persons,
        max_rent_ore=_number(merged, "max_rent"),
        pets=_pets(facts),
        **{key: _need(facts, key) for key in NEED_FACTS},
    )


def _number(facts: Facts, key: str) -> int | None:
    fact = facts.get(key)
    known = fact is not None and fact.state == FactState.KNOWN and isinstance(fact.value, int)
    return fact.value if known and fact is not None and isinstance(fact.value, int) else None


def _need(facts: Facts, key: str) -> int | None:
    fact = facts.get(key)
    return 0 if fact is not None and fact.state == FactState.NOT_RELEVANT else _number(facts, key)


def _pets(facts: Facts) -> int | None:
    fact = facts.get("pets")
    if fact is None or fact.state == FactState.UNKNOWN or fact.value is None:
        return 0 if fact is not None and fact.state == FactState.NOT_RELEVANT else None
    return 0 if fact.value == "nei" else 1
