"""Conditions for the store's WHERE that never drop anybody whom the rules keep."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from boligdesk.domain.allocation_catalog import NeedKey, NeedKind
from boligdesk.domain.match_checks import FAILS, codes_in, number

if TYPE_CHECKING:
    from collections.abc import Iterable

    from boligdesk.domain.match_types import Entry
    from boligdesk.domain.matching import Judge


class Column(NamedTuple):
    """A condition a store can put in its WHERE: ``column IS NULL OR column op value``.

    ``op``: ``<=``, ``>=``, ``!=``, or ``lacks`` (the text does not hold ``value`` as one of its words).
    """

    column: str
    op: str
    value: int | str


_EXACT = {
    NeedKey.LIFT_OR_GROUND: "lift_or_ground",
    NeedKey.STEP_FREE: "step_free",
    NeedKey.WHEELCHAIR: "wheelchair",
    NeedKey.STAFFED: "staffed",
    NeedKey.SHIELDED: "shielded",
    NeedKey.PETS: "pets",
}


def prefilter(judge: Judge) -> tuple[Column, ...]:
    """Conditions that everybody whom the rules keep fulfils; they may let through some whom the rules do not.

    What is unknown passes. Any of the conditions may be left out.
    """
    found: list[Column] = []
    for check in judge.checks:
        key, profile = check.need.key, judge.profile
        if key is NeedKey.DISTRICT:
            # whoever refused the district fails; a wish for another one sorts, unless wishes are absolute
            here = profile.district.value
            refused = here and check.verdict("", str(here)) == FAILS
            found += [Column("districts_no", "lacks", str(here))] if refused else []
        elif check.kind is not NeedKind.ABSOLUTE:
            continue
        elif key is NeedKey.BEDROOMS:
            bedrooms = number(profile.bedrooms)
            if bedrooms is not None:
                found += [Column("bedrooms_min", "<=", bedrooms), Column("bedrooms_max", ">=", bedrooms)]
        elif key is NeedKey.HOUSEHOLD:
            bedrooms = number(profile.bedrooms)
            most = None if bedrooms is None else judge.rules.bedroom_norm.row(bedrooms).persons_max
            found += [] if most is None else [Column("persons", "<=", most)]
        elif key is NeedKey.RENT:
            rent = number(profile.rent_ore)
            found += [] if rent is None else [Column("max_rent_ore", ">=", rent)]
        elif key in _EXACT:
            found += [Column(_EXACT[key], "!=", need) for need in (1, 2) if check.verdict(need) == FAILS]
    return tuple(found)


def passes(entry: Entry, conditions: Iterable[Column]) -> bool:
    """What the conditions say of one entry: the meaning that a store's SQL must have."""
    return all(_passes(getattr(entry, column), op, value) for column, op, value in conditions)


def _passes(has: int | str | None, op: str, value: int | str) -> bool:
    if has is None:
        return True
    if op == "lacks":
        return value not in codes_in(str(has))
    if op == "!=":
        return has != value
    return int(has) <= int(value) if op == "<=" else int(has) >= int(value)
