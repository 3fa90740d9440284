"""Members of a list, put into homes that were looked up for many rows at once.

Only what is plain is held: homes and people without protection that the user may read. Then whoever comes
in changes nobody's access, and the rows, log and versions are those of ``HouseholdWriter``, without a
question to the database. All that is not held goes the ordinary way.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from boligdesk.domain.catalog import MemberRole
from boligdesk.domain.households import is_live, overlap
from boligdesk.services.records.people import MemberDraft
from boligdesk.storage.policies import live, readable
from boligdesk.storage.queries.households import flag, was_ever
from boligdesk.storage.tables import Household, HouseholdMember, Person
from boligdesk.storage.writers.households import member_columns
from boligdesk.storage.writers.import_lookups import chunks

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterable
    from uuid import UUID

    from boligdesk.services.records.people import HouseholdDraft
    from boligdesk.storage.writer import Writer


class _Home:
    """``members`` is what the form shows, those who live there first; ``row`` follows what is written."""

    __slots__ = ("is_made", "members", "row")

    def __init__(self, row: dict[str, Any], members: list[MemberDraft], *, is_made: bool = False) -> None:
        self.row = row
        self.members = members
        self.is_made = is_made


class HeldHomes:
    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._people: dict[UUID, tuple[int, str, dt.date | None]] = {}
        self._heads: dict[UUID, UUID] = {}
        self._homes: dict[UUID, _Home] = {}

    # -- looking up -----------------------------------------------------------------------------

    def hold(self, people: Collection[UUID], homes: Collection[UUID]) -> None:
        for part in chunks(people):
            self._hold_people(part)
        for part in chunks({*homes, *self._heads.values()}):
            self._hold_homes(part)

    def _hold_people(self, ids: list[UUID]) -> None:
        writer = self._writer
        statement = select(Person.id, Person.read_scope_id, Person.display_name, Person.birth_on).where(
            Person.id.in_(ids), Person.protection == 0, readable(Person, writer.viewer)
        )
        for row in writer.rows(statement):
            self._people[row.id] = (row.read_scope_id, row.display_name, row.birth_on)
        heads = (
            select(HouseholdMember.person_id, HouseholdMember.household_id)
            .join(Household, Household.id == HouseholdMember.household_id)
            .where(
                HouseholdMember.person_id.in_(ids),
                HouseholdMember.role == MemberRole.HEAD.value,
                live(HouseholdMember, writer.today),
                Household.dissolved_on.is_(None),
                readable(Household, writer.viewer),
            )
            .order_by(HouseholdMember.id)
        )
        for row in writer.rows(heads):
            self._heads.setdefault(row.person_id, row.household_id)

    def _hold_homes(self, ids: list[UUID]) -> None:
        writer = self._writer
        columns = (Household.id, Household.row_version, Household.read_scope_id, Household.dissolved_on)
        statement = select(*columns).where(
            Household.id.in_(ids), Household.protection == 0, readable(Household, writer.viewer)
        )
        if not writer.is_sqlite:
            statement = statement.with_for_update()
        homes = {row["id"]: _Home(dict(row), []) for row in writer.connection.execute(statement).mappings()}
        restricted: set[UUID] = set()
        for row in self._members(list(homes)):
            homes[row.household_id].members.append(_member(row))
            if row.person_id is None:
                continue
            if row.is_open and row.protection == 0:
                self._people.setdefault(row.person_id, (row.read_scope_id, row.display_name, row.birth_on))
            else:
                restricted.add(row.household_id)
        for home_id, home in homes.items():
            if home_id not in restricted and self._scope_of(home.members) == home.row["read_scope_id"]:
                self._homes[home_id] = home

    def _members(self, homes: list[UUID]) -> Iterable[Any]:
        writer = self._writer
        return writer.rows(
            select(
                HouseholdMember.id,
                HouseholdMember.household_id,
                *(getattr(HouseholdMember, name) for name in _PLAIN),
                HouseholdMember.needs_own_room,
                HouseholdMember.counts_income,
                Person.display_name,
                Person.birth_on,
                Person.read_scope_id,
                Person.protection,
                readable(Person, writer.viewer).label("is_open"),
            )
            .outerjoin(Person, Person.id == HouseholdMember.person_id)
            .where(HouseholdMember.household_id.in_(homes), was_ever())
            .order_by(HouseholdMember.valid_to.is_not(None), HouseholdMember.id)
        )

    def renew(self, home_id: UUID) -> None:
        """The home was written the ordinary way. Where somebody is restricted, others may be so from now on."""
        home = self._homes.pop(home_id, None)
        people = {member.person_id for member in home.members if member.person_id} if home else set()
        for person in people:
            self._people.pop(person, None)
            self._heads.pop(person, None)
        self._hold_homes([home_id])
        if home_id not in self._homes:
            self._homes, self._people, self._heads = {}, {}, {}
            return
        now = {member.person_id for member in self._homes[home_id].members if member.person_id}
        self._hold_people(list(people | now))

    # -- asking ---------------------------------------------------------------------------------

    def has_person(self, person_id: UUID) -> bool:
        return person_id in self._people

    def home_of(self, person_id: UUID) -> UUID | None:
        """The home that a held person is head of."""
        return self._heads.get(person_id)

    def members(self, home_id: UUID) -> tuple[MemberDraft, ...] | None:
        """None when the home is not held."""
        home = self._homes.get(home_id)
        return tuple(home.members) if home is not None else None

    def may_add(self, home_id: UUID, member: MemberDraft) -> bool:
        """Somebody lives there, so the area stays as it is; and nobody is there twice at a time."""
        home = self._homes[home_id]
        if home.row["dissolved_on"] is not None or not any(map(self._lives_here, home.members)):
            return False
        if member.person_id is None:
            return True
        same = [old for old in (*home.members, member) if old.person_id == member.person_id]
        return not overlap([(one.valid_from, one.valid_to) for one in same])

    # -- writing --------------------------------------------------------------------------------

    def add_person(self, person_id: UUID, scope: int, name: str, birth_on: dt.date | None) -> None:
        """Made a moment ago, in an area that the user may read."""
        self._people[person_id] = (scope, name, birth_on)

    def register(self, draft: HouseholdDraft, common: int) -> UUID:
        """``common`` is the office's own area, where a home lies before anybody lives in it."""
        writer = self._writer
        home_id = writer.new_id()
        scope = self._scope_of(draft.members) or common
        writer.event("register_household", "household", home_id, scope=(scope, 0))
        writer.insert(
            Household,
            id=home_id,
            label=draft.label,
            formed_on=draft.formed_on,
            dissolved_on=draft.dissolved_on,
            read_scope_id=common,
            protection=0,
        )
        row = {"id": home_id, "row_version": 1, "read_scope_id": scope, "dissolved_on": draft.dissolved_on}
        home = self._homes[home_id] = _Home(row, [], is_made=True)
        for member in draft.members:
            self._put(home, member)
        if scope != common:
            self._step(home, read_scope_id=scope)
        return home_id

    def add(self, home_id: UUID, member: MemberDraft) -> None:
        writer, home = self._writer, self._homes[home_id]
        scope = (home.row["read_scope_id"], 0)
        writer.event("change_household", "household", home_id, scope=scope, params={"fields": ["members"]})
        self._step(home)
        self._put(home, member)

    # -- inside ---------------------------------------------------------------------------------

    def _put(self, home: _Home, member: MemberDraft) -> None:
        home_id = home.row["id"]
        row_id = self._writer.insert(HouseholdMember, household_id=home_id, **member_columns(member))
        _scope, name, born = self._people[member.person_id] if member.person_id else (0, "", None)
        home.members.append(replace(member, id=row_id, name=name, birth_on=born))
        if member.person_id is not None and member.role == MemberRole.HEAD and self._lives_here(member):
            self._heads.setdefault(member.person_id, home_id)

    def _step(self, home: _Home, **values: Any) -> None:
        if home.is_made:
            self._writer.copy_made(Household, home.row["id"], **values)
        else:
            self._writer.copy_held(Household, home.row, **values)

    def _scope_of(self, members: Iterable[MemberDraft]) -> int | None:
        """Where a home lies: in the area of the first who lives there, else of the first who ever did."""
        people = [member for member in members if member.person_id is not None]
        here = [member for member in people if self._lives_here(member)]
        first = next(iter(sorted(here or people, key=_id_of)), None)
        return self._people[first.person_id][0] if first is not None and first.person_id else None

    def _lives_here(self, member: MemberDraft) -> bool:
        today = self._writer.today
        return member.person_id is not None and is_live(member.valid_from, member.valid_to, today)


_PLAIN = ("person_id", "role", "care_share", "expected_on", "valid_from", "valid_to")


def _id_of(member: MemberDraft) -> bytes:
    """Order of the rows; members that are not stored yet come in their own order."""
    return member.id.bytes if member.id is not None else b""


def _member(row: Any) -> MemberDraft:
    return MemberDraft(
        **{name: getattr(row, name) for name in _PLAIN},
        name=row.display_name or "",
        birth_on=row.birth_on,
        needs_own_room=flag(row.needs_own_room),
        counts_income=flag(row.counts_income),
        id=row.id,
    )
