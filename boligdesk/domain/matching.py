"""Who on the waiting list may get a dwelling, and in what order, with the reason for each.

Absolute needs exclude and say why; wishes only sort; what nobody knows never excludes and never sorts: it is
asked about. Order: that of the rule set (priority class, wishes that are not met, waiting time), then the id,
so that the same input always gives the same list. There is no hidden score.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cached_property
from itertools import count
from operator import add
from typing import TYPE_CHECKING, Any, NamedTuple

from boligdesk.domain import match_words
from boligdesk.domain.allocation_catalog import Demand, NeedKey, NeedKind, OrderBy, RefusedDistrict
from boligdesk.domain.match_checks import ASK, CHECK, FAILS, UNKNOWN, UNMET, Check, check_of
from boligdesk.domain.match_order import Comparison, Moved, compare, why
from boligdesk.domain.match_prefilter import Column, passes, prefilter
from boligdesk.domain.match_types import Entry, EntryId, Has, Match, Profile, Share

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from boligdesk.domain.rule_sets import Need, RuleSet

__all__ = [
    "Column",
    "Comparison",
    "Entry",
    "EntryId",
    "Has",
    "Judge",
    "Match",
    "MatchError",
    "Moved",
    "Out",
    "Placed",
    "Profile",
    "Ranking",
    "Share",
    "compare",
    "compile",
    "passes",
    "prefilter",
    "rank",
    "why",
]

#: Rank and day of those who have none: after everybody else.
LAST = 1 << 40


class MatchError(ValueError):
    """Input that cannot be ranked. The message is for people."""


class Placed(NamedTuple):
    """Somebody the dwelling is right for. ``position`` is that among the entries that were judged.

    The key parts: ``priority_rank``, ``unmet`` wishes, ``waiting_since`` (LAST = not known), ``id``.
    ``unknown``: facts that are missing, of the applicant or of the dwelling.
    """

    place: int
    id: EntryId
    position: int
    priority_rank: int
    unmet: int
    waiting_since: int
    unknown: int


class Out(NamedTuple):
    """Somebody excluded: the first failing need in the order of the rules, and how many fail."""

    id: EntryId
    position: int
    first_fail: NeedKey
    fails: int


class Judge:
    """The rules set up for one dwelling. Asked about one entry at a time, or about all by ``rank``."""

    __slots__ = ("checks", "demands", "profile", "rules")

    def __init__(
        self, rules: RuleSet, profile: Profile, checks: tuple[Check, ...], demands: Mapping[str, str]
    ) -> None:
        self.rules = rules
        self.profile = profile
        self.checks = checks
        self.demands = dict(demands)

    def verdicts(self, entry: Entry) -> tuple[int, ...]:
        return tuple([check.of(entry) for check in self.checks])

    def first_fail(self, entry: Entry) -> NeedKey | None:
        """The first need that excludes the entry, in the order of the rules; None = none does."""
        return next((check.need.key for check in self.checks if check.of(entry) == FAILS), None)

    def failures(self, entry: Entry) -> tuple[str, ...]:
        """What is wrong with the dwelling for the entry, the same thing once: («boligen er for stor»,)."""
        return match_words.failures(self, entry)

    def first_failure(self, entry: Entry) -> str:
        """«boligen er for stor»; "" for somebody who is not excluded."""
        return next(iter(self.failures(entry)), "")

    def reason(self, entry: Entry) -> str:
        """«Ikke aktuell: boligen er for stor», the first failing need; "" for somebody who is not excluded."""
        failure = self.first_failure(entry)
        return f"Ikke aktuell: {failure}" if failure else ""

    def matches(self, entry: Entry) -> tuple[Match, ...]:
        """A row for each need, in the order of the rules, and last the priority."""
        return match_words.matches(self, entry)

    def missing_facts(self) -> tuple[str, ...]:
        """Labels of what is not known of the dwelling, to be found out before a shortlist is made."""
        return match_words.missing_facts(self)


def compile(  # noqa: A001 - the word for it; nobody here needs the built-in
    rule_set: RuleSet, profile: Profile, demands: Mapping[str, str] | None = None
) -> Judge:
    """Set up the rules for one dwelling.

    ``demands`` («Endre krav»): need key -> Demand code for this vacancy. ``absolutt`` makes the applicants' wishes
    for it absolute too, ``onske`` never excludes, ``ikke_med`` is not judged. The neighbourhood only ever warns. Raises MatchError for a word that is not known.
    """
    wanted = dict(demands or {})
    for key, word in wanted.items():
        if key not in NeedKey.codes() or word not in Demand.codes():
            raise MatchError("Kravene til boligen kan ikke leses. Velg dem på nytt.")
        if key == NeedKey.NEIGHBOURHOOD and word == Demand.ABSOLUTE:
            raise MatchError("Bomiljøet kan varsle, men aldri utelukke noen.")
    asked = [(need, wanted.get(need.key, "")) for need in rule_set.needs]
    checks = [_check(need, demand, rule_set, profile) for need, demand in asked if demand != Demand.LEFT_OUT]
    return Judge(rule_set, profile, tuple(checks), wanted)


def _check(need: Need, demand: str, rule_set: RuleSet, profile: Profile) -> Check:
    if not demand or need.key is NeedKey.NEIGHBOURHOOD:
        return check_of(need, need.kind, rule_set, profile)
    if demand == Demand.WISH:
        return check_of(replace(need, refused=RefusedDistrict.WISH), NeedKind.WISH, rule_set, profile)
    return check_of(need, NeedKind.ABSOLUTE, rule_set, profile, lifted=True)


class Ranking:
    """Everybody considered, in one order. What few ask for is worked out when it is asked for.

    ``unknown``: need -> among how many eligible its fact is missing.
    """

    def __init__(
        self, judge: Judge, entries: tuple[Entry, ...], order: Sequence[int], sums: list[int]
    ) -> None:
        self.judge = judge
        self.entries = entries
        self._sums = sums
        self._out = [position for position in order if sums[position] & _FAILED]
        kept = [position for position in order if not sums[position] & _FAILED]
        self.eligible = tuple(map(self._placed, count(1), kept)) if kept else ()

    def _placed(self, place: int, position: int) -> Placed:
        entry, found = self.entries[position], self._sums[position]
        rank_, since = entry[1], entry[3]
        key = (LAST if rank_ is None else rank_, found >> _UNMET & _COUNT, LAST if since is None else since)
        return Placed(place, entry[0], position, *key, found >> _UNKNOWN)

    @property
    def considered(self) -> int:
        return len(self.entries)

    @cached_property
    def excluded(self) -> tuple[Out, ...]:
        """In the order they would have stood in."""
        told = {mask: _told(self.judge, mask) for mask in {found & _FAILED for found in self._sums} if mask}
        return tuple(
            [
                Out(self.entries[position][0], position, *told[self._sums[position] & _FAILED])
                for position in self._out
            ]
        )

    @cached_property
    def near_misses(self) -> tuple[Out, ...]:
        """Those of ``excluded`` who fail on one need alone."""
        return tuple([found for found in self.excluded if found.fails == 1])

    @cached_property
    def excluded_by(self) -> dict[NeedKey, int]:
        """Need -> how many it excludes first, in the order of the rules."""
        counts = Counter([found.first_fail for found in self.excluded])
        return {
            check.need.key: counts[check.need.key] for check in self.judge.checks if check.need.key in counts
        }

    @cached_property
    def unknown(self) -> dict[NeedKey, int]:
        columns = list(zip(*self.entries, strict=True))
        counts: dict[NeedKey, int] = {}
        for check in self.judge.checks if columns else ():
            table = _table(check, columns)
            missing = {value for value, verdict in table.items() if verdict in UNKNOWN}
            if missing:
                values = list(_values(check, columns))
                counts[check.need.key] = sum([values[found.position] in missing for found in self.eligible])
        return {key: times for key, times in counts.items() if times}

    def placed(self, entry_id: EntryId) -> Placed | None:
        return next((found for found in self.eligible if found.id == entry_id), None)

    def out(self, entry_id: EntryId) -> Out | None:
        return next((found for found in self.excluded if found.id == entry_id), None)

    def entry(self, found: Placed | Out) -> Entry:
        return self.entries[found.position]


def rank(entries: Iterable[Entry], judge: Judge) -> Ranking:
    """Judge and order everybody. Raises MatchError when somebody is there twice.

    Thirty thousand are judged by columns, each distinct value once, and sorted one part of the order at a time
    (the sort is stable): no object is made for those who are excluded.
    """
    kept = tuple(entries)
    if not kept:
        return Ranking(judge, (), (), [])
    columns = list(zip(*kept, strict=True))
    ids = columns[0]
    if len(set(ids)) < len(ids):
        raise MatchError("Samme søker står to ganger i ventelisten.")
    sums = _sums(judge, columns)
    keys: dict[OrderBy, Sequence[int]] = {
        OrderBy.PRIORITY: [LAST if value is None else value for value in columns[1]],
        OrderBy.WISHES: [found >> _UNMET & _COUNT for found in sums],
        OrderBy.WAITING: [LAST if value is None else value for value in columns[3]],
    }
    order = sorted(range(len(kept)), key=ids.__getitem__)
    for part in reversed(judge.rules.order.by):
        order.sort(key=keys[part].__getitem__)
    return Ranking(judge, kept, order, sums)


# The verdicts of one entry as one number: a bit for each need that fails (the first need lowest), then how many
# wishes are unmet, then how many facts are unknown. Adding the numbers of all needs is the whole judging.
_UNMET, _UNKNOWN, _COUNT = 16, 24, 0xFF
_FAILED = (1 << _UNMET) - 1


def _sums(judge: Judge, columns: Sequence[Sequence[Any]]) -> list[int]:
    sums = [0] * len(columns[0])
    for place, check in enumerate(judge.checks):
        worth = {FAILS: 1 << place, UNMET: 1 << _UNMET, ASK: 1 << _UNKNOWN, CHECK: 1 << _UNKNOWN}
        weights = {value: worth.get(verdict, 0) for value, verdict in _table(check, columns).items()}
        if any(weights.values()):
            sums = list(map(add, sums, map(weights.__getitem__, _values(check, columns))))
    return sums


def _values(check: Check, columns: Sequence[Sequence[Any]]) -> Iterable[Any]:
    """What the check reads of everybody, in order."""
    if len(check.columns) == 1:
        return columns[check.columns[0]]
    if not check.columns:
        return [()] * len(columns[0])
    return zip(*[columns[column] for column in check.columns], strict=True)


def _table(check: Check, columns: Sequence[Sequence[Any]]) -> dict[Any, int]:
    """Distinct value -> verdict."""
    values = set(_values(check, columns))
    if len(check.columns) == 1:
        return {value: check.verdict(value) for value in values}
    return {value: check.verdict(*value) for value in values}


def _told(judge: Judge, mask: int) -> tuple[NeedKey, int]:
    """The first failing need of the mask and how many there are."""
    first = (mask & -mask).bit_length() - 1
    return judge.checks[first].need.key, mask.bit_count()
