"""A protection that begins or ends on a day to come takes effect on that day, also when nobody decides anything.

Asked once a day, when the store is opened or first written to: whose rows say another protection than the
decisions in force today. Mostly nobody's, and nothing is written.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from boligdesk.domain.catalog import Protection
from boligdesk.storage.policies import live
from boligdesk.storage.reader import SYSTEM
from boligdesk.storage.tables import (
    Event,
    Household,
    HouseholdMember,
    Person,
    PersonSecret,
    ProtectionPeriod,
)

if TYPE_CHECKING:
    from uuid import UUID

    from boligdesk.storage.reader import Reader
    from boligdesk.storage.store import SqlStore
    from boligdesk.storage.writer import Writer

#: The log may be this far ahead of the clock before the clock is taken to be wrong.
_SLACK = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Late:
    """A person whose rows are of another day. ``own`` is what is decided about the person, ``level`` all in all."""

    person_id: UUID
    own: int
    level: int
    was: int
    was_hidden: bool

    @property
    def is_easing(self) -> bool:
        return self.level < self.was or (self.was_hidden and self.own < Protection.STRICT.level)


def settle_day(store: SqlStore) -> int:
    """Bring what began or ended since last time into force; returns how many people it was about."""
    if not store.read(SYSTEM, late):
        return 0
    return store.write(SYSTEM, _settle_all)


def _settle_all(unit: Writer) -> int:
    from boligdesk.storage.writers.protection import settle  # nearly every day there is nobody to do it for
    from boligdesk.storage.writers.scope import rescope_person

    done = 0
    for each in late(unit):
        if each.own or each.was_hidden or each.level == 0:
            _tell(unit, each)
            settle(unit, each.person_id, each.own)
            done += 1
    unit.flush()
    for each in late(unit):  # those who only live with somebody, where that is what changed
        _tell(unit, each)
        rescope_person(unit, each.person_id)
        done += 1
    return done


def _tell(unit: Writer, each: Late) -> None:
    row = unit.first(select(Person.read_scope_id, Person.protection).where(Person.id == each.person_id))
    scope = (row.read_scope_id, row.protection) if row is not None else (0, 0)
    verb = "protection_ends" if each.is_easing else "protection_begins"
    unit.event(verb, "person", each.person_id, scope=scope, person_id=each.person_id)


def late(reader: Reader) -> list[Late]:
    """Whose rows differ from the decisions in force today.

    A clock that is behind the log is wrong: then nobody's protection is taken away, it is only given.
    """
    own = {
        row.person_id: int(row.level)
        for row in reader.rows(
            select(ProtectionPeriod.person_id, func.max(ProtectionPeriod.level).label("level"))
            .where(live(ProtectionPeriod, reader.today))
            .group_by(ProtectionPeriod.person_id)
        )
    }
    stored = {
        row.id: int(row.protection)
        for row in reader.rows(select(Person.id, Person.protection).where(Person.protection > 0))
    }
    hidden = {
        row.person_id for row in reader.rows(select(PersonSecret.person_id).where(PersonSecret.body != ""))
    }
    expected = _with_homes(reader, own)
    strict = Protection.STRICT.level
    found = [
        Late(key, own.get(key, 0), expected.get(key, 0), stored.get(key, 0), key in hidden)
        for key in sorted({*own, *stored, *hidden, *expected})
        if expected.get(key, 0) != stored.get(key, 0) or (own.get(key, 0) >= strict) != (key in hidden)
    ]
    if any(each.is_easing for each in found) and _clock_is_behind(reader):
        return [each for each in found if not each.is_easing]
    return found


def _with_homes(reader: Reader, own: dict[UUID, int]) -> dict[UUID, int]:
    """The strictest of one's own and that of those one lives with today."""
    homes: dict[UUID, list[UUID]] = {}
    protected = select(HouseholdMember.household_id).where(
        HouseholdMember.person_id.in_(own), live(HouseholdMember, reader.today)
    )
    members = (
        select(HouseholdMember.household_id, HouseholdMember.person_id)
        .join(Household, Household.id == HouseholdMember.household_id)
        .where(
            HouseholdMember.household_id.in_(protected),
            HouseholdMember.person_id.is_not(None),
            live(HouseholdMember, reader.today),
            Household.dissolved_on.is_(None),
        )
    )
    rows: list[Any] = list(reader.rows(members)) if own else []
    for row in rows:
        homes.setdefault(row.household_id, []).append(row.person_id)
    found = dict(own)
    for people in homes.values():
        level = max(own.get(person, 0) for person in people)
        for person in people:
            found[person] = max(found.get(person, 0), level)
    return found


def _clock_is_behind(reader: Reader) -> bool:
    newest = reader.scalar(select(func.max(Event.at)))
    return newest is not None and newest > reader.now + _SLACK
