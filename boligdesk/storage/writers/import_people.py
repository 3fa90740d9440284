"""Known people of a list, laid over with what it says, looked up for many rows at once.

Only what is plain is held: people without protection whom the user may read, in the area of their district, and
who live with nobody that is otherwise. Then a new telephone or home in the same district changes nobody's
access, and the rows, log and versions are those of ``PeopleWriter.change``, without a question per row. What
gives another name, number or district is not taken here: ``change`` says so, and has then written nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from boligdesk.domain.address_words import address_tokens
from boligdesk.storage.person_rows import NEVER, TABLES, columns_of, in_order, live_rows
from boligdesk.storage.policies import live, readable
from boligdesk.storage.queries.people import person_draft
from boligdesk.storage.search_index import contact_text, put_tokens
from boligdesk.storage.tables import AccessScope, Household, HouseholdMember, Person, ProtectionPeriod
from boligdesk.storage.tables.declaring import aliased
from boligdesk.storage.writers.import_lookups import chunks
from boligdesk.storage.writers.person_plan import Plan, make_plan, person_scalars
from boligdesk.storage.writers.person_wide import wide_columns

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection
    from uuid import UUID

    from boligdesk.services.records.people import PersonDraft
    from boligdesk.storage.person_rows import Rows
    from boligdesk.storage.writer import Writer

#: Columns that others repeat, or that decide who may see: a change of one is written the ordinary way.
_FAR_REACHING = ("display_name", "sort_name", "district_id")


class HeldPeople:
    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._people: dict[UUID, tuple[dict[str, Any], Rows]] = {}
        self._home: dict[UUID, set[UUID]] = {}

    def hold(self, people: Collection[UUID]) -> None:
        for part in chunks(sorted(people)):
            self._hold(part)

    def _hold(self, ids: list[UUID]) -> None:
        writer = self._writer
        statement = (
            select(Person.__table__)
            .where(Person.id.in_(ids), readable(Person, writer.viewer))
            .order_by(Person.id)
        )
        if not writer.is_sqlite:
            statement = statement.with_for_update()
        people = {row["id"]: dict(row) for row in writer.connection.execute(statement).mappings()}
        home = self._at_home(list(people))
        plain = self._plain({*people, *(other for some in home.values() for other in some)})
        rows: dict[UUID, Rows] = {key: {kind: [] for kind in TABLES} for key in people}
        for kind, table in TABLES.items():
            columns = (*columns_of(kind), table.person_id, table.row_version)
            found = select(*columns).where(table.person_id.in_(list(people))).order_by(table.id)
            for row in writer.connection.execute(found).mappings():
                if row["valid_to"] != NEVER:
                    rows[row["person_id"]][kind].append(dict(row))
        for key, person in people.items():
            if plain.issuperset({key, *home.get(key, ())}):
                self._people[key] = (person, {kind: in_order(some) for kind, some in rows[key].items()})
                self._home[key] = home.get(key, set())

    def _at_home(self, ids: list[UUID]) -> dict[UUID, set[UUID]]:
        """Whom each of them lives with today."""
        today = self._writer.today
        other = aliased(HouseholdMember)
        found: dict[UUID, set[UUID]] = {}
        for row in self._writer.rows(
            select(HouseholdMember.person_id, other.person_id.label("other"))
            .join(Household, Household.id == HouseholdMember.household_id)
            .join(other, other.household_id == HouseholdMember.household_id)
            .where(
                HouseholdMember.person_id.in_(ids),
                Household.dissolved_on.is_(None),
                other.person_id.is_not(None),
                other.person_id != HouseholdMember.person_id,
                live(HouseholdMember, today),
                live(other, today),
            )
        ):
            found.setdefault(row.person_id, set()).add(row.other)
        return found

    def _plain(self, ids: set[UUID]) -> set[UUID]:
        """Those without protection, now or in what they were last written with, in the area of their district."""
        writer = self._writer
        areas = {
            row.district_id: row.id
            for row in writer.rows(
                select(AccessScope.id, AccessScope.district_id).where(
                    AccessScope.kind == "omrade", AccessScope.org_unit_id == writer.office_unit
                )
            )
        }
        found: set[UUID] = set()
        for part in chunks(ids):
            guarded = select(ProtectionPeriod.person_id).where(
                ProtectionPeriod.person_id.in_(part), live(ProtectionPeriod, writer.today)
            )
            open_ones = select(Person.id, Person.district_id, Person.read_scope_id).where(
                Person.id.in_(part),
                Person.id.not_in(guarded),
                Person.protection == 0,
                Person.merged_into_id.is_(None),
            )
            found |= {
                row.id for row in writer.rows(open_ones) if areas.get(row.district_id) == row.read_scope_id
            }
        return found

    def let_go(self, person_id: UUID) -> None:
        """The person is written the ordinary way, and with him or her perhaps those at home."""
        for key in (person_id, *self._home.pop(person_id, ())):
            self._people.pop(key, None)

    def draft(self, person_id: UUID) -> PersonDraft | None:
        """As ``PersonDetail.draft``; None when the person is not held."""
        held = self._people.get(person_id)
        return None if held is None else person_draft(*held)

    def change(self, draft: PersonDraft) -> bool | None:
        """As ``PeopleWriter.change``: whether anything was written. None: it has to go the ordinary way."""
        writer = self._writer
        if draft.id is None or draft.id not in self._people:
            return None
        person, rows = self._people[draft.id]
        plan = make_plan(draft, rows, writer.today, writer.pepper, is_new=False)
        scalars = {key: value for key, value in person_scalars(draft).items() if person[key] != value}
        if not (plan.kinds or scalars):
            return False
        after = _after(rows, plan)
        wide = wide_columns(after, writer.today)
        if "identifiers" in plan.kinds or any(wide[name] != person[name] for name in _FAR_REACHING):
            return None
        self.let_go(draft.id)  # somebody named twice is looked up again
        self._write(person, rows, plan, scalars, wide)
        self._index(person, after)
        return True

    def _write(
        self,
        person: dict[str, Any],
        rows: Rows,
        plan: Plan,
        scalars: dict[str, Any],
        wide: dict[str, Any],
    ) -> None:
        writer, person_id = self._writer, person["id"]
        writer.event(
            "change_person",
            "person",
            person_id,
            scope=(person["read_scope_id"], 0),
            person_id=person_id,
            params={"fields": [*plan.kinds, *sorted(scalars)]},
        )
        writer.copy_held(Person, person)
        for kind, row_id, values in plan.changes:
            stored = next(row for row in rows[kind] if row["id"] == row_id)
            writer.change_held(TABLES[kind], stored, **values)
        for kind, values in plan.inserts:
            writer.insert(TABLES[kind], person_id=person_id, **values)
        writer.change_held(Person, person, **scalars)
        writer.change_held(Person, person, **wide)

    def _index(self, person: dict[str, Any], rows: Rows) -> None:
        names = [f"{row['given']} {row['middle'] or ''} {row['family']}" for row in rows["names"]]
        others = [contact_text(row["folded"]) for row in live_rows(rows["contacts"], self._writer.today)]
        numbers = [row["value"][:6] for row in rows["identifiers"]]
        homes = home_tokens(rows["addresses"], self._writer.today)
        put_tokens(
            self._writer,
            "person",
            person["id"],
            names,
            person["read_scope_id"],
            starts=others + numbers,
            homes=homes,
        )


def home_tokens(addresses: list[dict[str, Any]], today: dt.date) -> set[str]:
    """What the addresses in force are found by."""
    columns = ("street", "house_no", "letter", "unit_no")
    rows = live_rows(addresses, today)
    return {token for row in rows for token in address_tokens(*(row[column] for column in columns))}


def _after(rows: Rows, plan: Plan) -> Rows:
    """The rows as they will be read back."""
    changed = {row_id: values for _kind, row_id, values in plan.changes}
    return {
        kind: in_order(
            [
                *(row | changed.get(row["id"], {}) for row in sorted(some, key=lambda row: row["id"])),
                *(values for key, values in plan.inserts if key == kind),
            ]
        )
        for kind, some in rows.items()
    }
