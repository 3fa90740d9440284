"""One check for each need: from the values of an entry to a verdict, nothing else.

The same function judges one entry and, by way of the distinct values, whole columns of thirty thousand.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from boligdesk.domain.allocation_catalog import NeedKey, NeedKind, RefusedDistrict
from boligdesk.domain.match_types import Entry, Share

if TYPE_CHECKING:
    from collections.abc import Callable

    from boligdesk.domain.match_types import Has, Profile
    from boligdesk.domain.rule_sets import Need, RuleSet

#: Verdicts. ASK: the applicant's need is not known. CHECK: the dwelling's fact is not. WARN: to be weighed.
MET, FAILS, UNMET, ASK, CHECK, WARN = range(6)
UNKNOWN = frozenset({ASK, CHECK})

_YES_NO = {
    NeedKey.LIFT_OR_GROUND: "lift_or_ground",
    NeedKey.STEP_FREE: "step_free",
    NeedKey.WHEELCHAIR: "wheelchair",
    NeedKey.STAFFED: "staffed",
    NeedKey.SHIELDED: "shielded",
    NeedKey.PETS: "pets",
}
_COLUMNS = {
    NeedKey.BEDROOMS: ("bedrooms_min", "bedrooms_max"),
    NeedKey.HOUSEHOLD: ("persons", "bedrooms_min", "bedrooms_max"),
    NeedKey.RENT: ("max_rent_ore",),
    NeedKey.DISTRICT: ("districts_wish", "districts_no"),
    NeedKey.NEIGHBOURHOOD: (),
    **{key: (column,) for key, column in _YES_NO.items()},
}

if TYPE_CHECKING:
    Verdict = Callable[..., int]


@dataclass(frozen=True, slots=True)
class Check:
    """``columns``: positions in ``Entry`` of what ``verdict`` takes."""

    need: Need
    kind: NeedKind
    columns: tuple[int, ...]
    verdict: Verdict

    def of(self, entry: Entry) -> int:
        return self.verdict(*[entry[column] for column in self.columns])


def check_of(
    need: Need, kind: NeedKind, rule_set: RuleSet, profile: Profile, *, lifted: bool = False
) -> Check:
    """``kind``: absolute or wish, as «Endre krav» has it. ``lifted``: a wish for it excludes too."""
    miss = FAILS if kind is NeedKind.ABSOLUTE else UNMET
    columns = tuple(Entry._fields.index(name) for name in _COLUMNS[need.key])
    if need.key is NeedKey.BEDROOMS:
        verdict = _bedrooms(number(profile.bedrooms), miss)
    elif need.key is NeedKey.HOUSEHOLD:
        verdict = _household(number(profile.bedrooms), rule_set, miss)
    elif need.key is NeedKey.RENT:
        verdict = _rent(number(profile.rent_ore), miss)
    elif need.key is NeedKey.DISTRICT:
        verdict = _district(profile, need, miss)
    elif need.key is NeedKey.NEIGHBOURHOOD:
        shown = shares(rule_set, profile)
        outcome = CHECK if not shown else WARN if any(is_over for _, _, is_over in shown) else MET
        verdict = _always(outcome)
    else:
        verdict = _yes_no(has_it(need, profile), miss, FAILS if lifted else UNMET)
    return Check(need, kind, columns, verdict)


def number(has: Has) -> int | None:
    return has.value if isinstance(has.value, int) else None


def truth(has: Has) -> bool | None:
    return None if has.value is None else bool(has.value)


def has_it(need: Need, profile: Profile) -> bool | None:
    """Whether the dwelling has what a yes/no need asks for; None = not known."""
    if need.key is not NeedKey.LIFT_OR_GROUND:
        has: Has = getattr(profile, _YES_NO[need.key])
        return truth(has)
    lift, floor = truth(profile.lift), number(profile.floor)
    if lift or floor in need.ground_floors:
        return True
    # A basement may lie level with the ground on one side: somebody has to look.
    is_above = floor is not None and floor > max(need.ground_floors)
    return False if lift is False and is_above else None


def fields_of(need: NeedKey) -> tuple[str, ...]:
    """Names in ``Profile`` of what the need reads, the telling one first."""
    return {
        NeedKey.BEDROOMS: ("bedrooms",),
        NeedKey.HOUSEHOLD: ("bedrooms",),
        NeedKey.LIFT_OR_GROUND: ("lift", "floor"),
        NeedKey.RENT: ("rent_ore",),
        NeedKey.DISTRICT: ("district",),
        NeedKey.NEIGHBOURHOOD: (),
    }.get(need) or ((_YES_NO[need],) if need in _YES_NO else ())


def shares(rule_set: RuleSet, profile: Profile) -> list[tuple[str, Share, bool]]:
    """(place in words, share, over the limit) of each place that is known, the nearest first.

    Exactly at the limit is within it.
    """
    found = []
    for place, share in (("Oppgangen", profile.entrance), ("Bygget", profile.building)):
        if share.municipal is None or not share.total:
            continue
        limit = limit_of(rule_set, share)
        found.append((place, share, share.municipal * 100 > limit * share.total))
    return found


def limit_of(rule_set: RuleSet, share: Share) -> int:
    return rule_set.neighbourhood.limit_percent if share.limit_percent is None else share.limit_percent


def codes_in(districts: str | None) -> frozenset[str]:
    return frozenset((districts or "").split())


def _always(outcome: int) -> Verdict:
    return lambda: outcome


def _yes_no(has: bool | None, miss: int, wish_miss: int) -> Verdict:
    def verdict(need: int | None) -> int:
        if need not in {0, 1, 2}:
            return ASK
        if need == 0 or has:
            return MET
        if has is None:
            return CHECK
        return miss if need == 1 else wish_miss

    return verdict


def _bedrooms(bedrooms: int | None, miss: int) -> Verdict:
    def verdict(least: int | None, most: int | None) -> int:
        if bedrooms is None:
            return ASK if least is None and most is None else CHECK
        if (least is not None and bedrooms < least) or (most is not None and bedrooms > most):
            return miss
        # The most is never under the least, so the one that is hit tells the other.
        is_sure = (least is not None and most is not None) or bedrooms in {least, most}
        return MET if is_sure else ASK

    return verdict


def _household(bedrooms: int | None, rule_set: RuleSet, miss: int) -> Verdict:
    """Too many persons is too many. For too few, what somebody has assessed goes before the norm."""
    row = None if bedrooms is None else rule_set.bedroom_norm.row(bedrooms)

    def verdict(persons: int | None, least: int | None, most: int | None) -> int:
        if persons is None:
            return ASK
        if row is None or bedrooms is None:
            return CHECK
        if row.persons_max is not None and persons > row.persons_max:
            return miss
        is_assessed = (most is not None and bedrooms <= most) or (least is not None and bedrooms <= least)
        return MET if persons >= row.persons_min or is_assessed else miss

    return verdict


def _rent(rent: int | None, miss: int) -> Verdict:
    def verdict(most: int | None) -> int:
        if most is None:
            return ASK
        if rent is None:
            return CHECK
        return MET if rent <= most else miss

    return verdict


def _district(profile: Profile, need: Need, miss: int) -> Verdict:
    here = profile.district.value or None
    refused = FAILS if need.refused is RefusedDistrict.EXCLUDES else miss

    def verdict(wish: str | None, no: str | None) -> int:
        wished, unwanted = codes_in(wish), codes_in(no)
        if here is None:
            if wish is None and no is None:
                return ASK
            return CHECK if wished or unwanted else MET
        if here in unwanted:
            return refused
        if wish is None:
            return ASK
        return MET if not wished or here in wished else miss

    return verdict
