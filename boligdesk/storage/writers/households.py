"""Saves households: members are time, so nobody is moved; rows end and new ones begin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from boligdesk.domain.households import is_live, overlap
from boligdesk.services.changes import NOTHING, Changes, Kind
from boligdesk.services.errors import ConflictError, InvalidInput, NotFound
from boligdesk.services.records.common import Saved
from boligdesk.storage.person_rows import NEVER
from boligdesk.storage.policies import readable
from boligdesk.storage.queries.households import was_ever
from boligdesk.storage.tables import Household, HouseholdMember, Person
from boligdesk.storage.writers.scope import area_scope, rescope_household

if TYPE_CHECKING:
    import datetime as dt
    from uuid import UUID

    from boligdesk.services.records.people import HouseholdDraft, MemberDraft, SplitDraft
    from boligdesk.storage.writer import Writer

_COLUMNS = (
    "person_id",
    "role",
    "care_share",
    "expected_on",
    "needs_own_room",
    "counts_income",
    "valid_from",
    "valid_to",
)
_WORDS = {
    "label": "Navn på husstanden",
    "formed_on": "Husstanden ble til",
    "dissolved_on": "Husstanden er oppløst",
}


class HouseholdWriter:
    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def register(self, draft: HouseholdDraft) -> Saved:
        """A new household. Raises NotFound for a member without access, InvalidInput for an overlap."""
        writer = self._writer
        household_id = writer.new_id()
        changes, inserts = self._plan(draft, {})
        scope = (area_scope(writer, writer.office_unit, None), 0)
        event = writer.event("register_household", "household", household_id, scope=scope)
        writer.insert(
            Household,
            id=household_id,
            label=draft.label,
            formed_on=draft.formed_on,
            dissolved_on=draft.dissolved_on,
            read_scope_id=scope[0],
            protection=scope[1],
        )
        self._apply(household_id, changes, inserts)
        return Saved(household_id, self._version(household_id), _changes(household_id), event)

    def change(self, draft: HouseholdDraft) -> Saved:
        """Save over ``draft.version``. Raises NotFound, ConflictError, InvalidInput."""
        writer = self._writer
        if draft.id is None:
            raise NotFound
        stored = self._locked(draft.id)
        if stored["row_version"] != draft.version:
            self._refuse_older(draft, stored)
        rows = self._member_rows(draft.id)
        changes, inserts = self._plan(draft, rows)
        own = {key: getattr(draft, key) for key in _WORDS if getattr(draft, key) != stored[key]}
        if not (changes or inserts or own):
            return Saved(draft.id, draft.version, NOTHING)
        event = writer.event(
            "change_household",
            "household",
            draft.id,
            scope=(stored["read_scope_id"], stored["protection"]),
            params={"fields": [*sorted(own), *(["members"] if changes or inserts else [])]},
        )
        writer.step(Household, draft.id, draft.version)
        writer.change(Household, draft.id, None, **own)
        self._apply(draft.id, changes, inserts)
        return Saved(draft.id, self._version(draft.id), _changes(draft.id), event)

    def split(self, draft: SplitDraft) -> Saved:
        """Both households under one event, so that they are taken back as one."""
        writer = self._writer
        stored = self._locked(draft.household_id)
        if stored["row_version"] != draft.version:
            self._refuse_stale(stored)
        rows = self._member_rows(draft.household_id)
        if set(draft.leaving) - rows.keys():
            raise NotFound
        leaving = {key: rows[key] for key in draft.leaving}
        self._require_readable({row["person_id"] for row in leaving.values()})
        here = {key for key, row in rows.items() if is_live(row["valid_from"], row["valid_to"], draft.on)}
        if leaving.keys() - here:
            raise InvalidInput("valid_from", "Noen av dem bodde ikke her den dagen.", todo="Rett datoen.")
        if not here - leaving.keys():
            raise InvalidInput(
                "members", "Noen må bli boende.", todo="Rett husstanden hvis alle har flyttet."
            )
        made = writer.new_id()
        scope = (stored["read_scope_id"], stored["protection"])
        event = writer.event("split_household", "household", draft.household_id, scope=scope)
        writer.step(Household, draft.household_id, draft.version)
        for key in leaving:
            writer.change(HouseholdMember, key, None, valid_to=draft.on)
        fresh = area_scope(writer, writer.office_unit, None)
        writer.insert(
            Household, id=made, label=draft.label, formed_on=draft.on, read_scope_id=fresh, protection=0
        )
        moved = [row | {"valid_from": draft.on, "valid_to": None} for row in leaving.values()]
        self._apply(made, [], moved)
        rescope_household(writer, draft.household_id)
        changes = _changes(made) | _changes(draft.household_id)
        return Saved(made, self._version(made), changes, event)

    def _plan(
        self, draft: HouseholdDraft, rows: dict[UUID, dict[str, Any]]
    ) -> tuple[list[tuple[UUID, dict[str, Any]]], list[dict[str, Any]]]:
        """Rows to change and rows to make."""
        today = self._writer.today
        after = {key: dict(row) for key, row in rows.items()}
        inserts: list[dict[str, Any]] = []
        for member in draft.members:
            values = member_columns(member)
            row = after.get(member.id) if member.id is not None else None
            if member.id is not None and row is None:
                raise NotFound
            if row is None:
                inserts.append(values)
            elif not self._is_masked(row):
                _merge(row, values, inserts, today)
        if draft.dissolved_on is not None:
            for row in (*after.values(), *inserts):
                if row["valid_to"] is None or row["valid_to"] > draft.dissolved_on:
                    row["valid_to"] = max(draft.dissolved_on, row["valid_from"] or draft.dissolved_on)
        _refuse_overlap([*after.values(), *inserts])
        self._require_readable({row["person_id"] for row in inserts} | _born(rows, after))
        changes = [
            (key, {name: row[name] for name in _COLUMNS if row[name] != rows[key][name]})
            for key, row in after.items()
            if row != rows[key]
        ]
        return changes, inserts

    def _apply(
        self, household_id: UUID, changes: list[tuple[UUID, dict[str, Any]]], inserts: list[dict[str, Any]]
    ) -> None:
        for row_id, values in changes:
            self._writer.change(HouseholdMember, row_id, None, **values)
        for values in inserts:
            self._writer.insert(HouseholdMember, household_id=household_id, **values)
        rescope_household(self._writer, household_id)

    def _is_masked(self, row: dict[str, Any]) -> bool:
        """A row shown as «Skjermet søker» came back from the form without its words: it stays as it is."""
        if row["person_id"] is None:
            return False
        return not self._readable({row["person_id"]})

    def _require_readable(self, people: set[UUID | None]) -> None:
        wanted = {person for person in people if person is not None}
        if wanted - self._readable(wanted):
            raise NotFound

    def _readable(self, people: set[UUID]) -> set[UUID]:
        if not people:
            return set()
        rows = self._writer.rows(
            select(Person.id).where(Person.id.in_(people), readable(Person, self._writer.viewer))
        )
        return {row.id for row in rows}

    def _locked(self, household_id: UUID) -> dict[str, Any]:
        writer = self._writer
        statement = select(Household.__table__).where(
            Household.id == household_id, readable(Household, writer.viewer)
        )
        row = writer.connection.execute(statement if writer.is_sqlite else statement.with_for_update())
        found = row.mappings().first()
        if found is None:
            raise NotFound
        return dict(found)

    def _member_rows(self, household_id: UUID) -> dict[UUID, dict[str, Any]]:
        columns = [getattr(HouseholdMember, name) for name in _COLUMNS]
        statement = select(HouseholdMember.id, *columns).where(
            HouseholdMember.household_id == household_id, was_ever()
        )
        rows = self._writer.connection.execute(statement).mappings().all()
        return {row["id"]: {name: row[name] for name in _COLUMNS} for row in rows}

    def _refuse_stale(self, stored: dict[str, Any]) -> None:
        raise ConflictError(
            {}, {}, self._writer.user_names.get(stored["changed_by"], ""), stored["changed_at"].isoformat()
        )

    def _refuse_older(self, draft: HouseholdDraft, stored: dict[str, Any]) -> None:
        """The fields that differ in words; members only that they may differ, for names stay out of errors."""
        mine = {word: _said(getattr(draft, key)) for key, word in _WORDS.items()}
        theirs = {word: _said(stored[key]) for key, word in _WORDS.items()}
        same = {word for word in mine if mine[word] == theirs[word]}
        members = self._member_rows(stored["id"])
        live = sum(row["valid_to"] is None for row in members.values())
        wanted = sum(member.valid_to is None for member in draft.members)
        mine["Medlemmer"], theirs["Medlemmer"] = _people(wanted), _people(live)
        raise ConflictError(
            {word: text for word, text in mine.items() if word not in same},
            {word: text for word, text in theirs.items() if word not in same},
            self._writer.user_names.get(stored["changed_by"], ""),
            stored["changed_at"].isoformat(),
        )

    def _version(self, household_id: UUID) -> int:
        self._writer.flush()
        return int(self._writer.scalar(select(Household.row_version).where(Household.id == household_id)))


def member_columns(member: MemberDraft) -> dict[str, Any]:
    """Columns of a member; the term is only kept while the child is not born."""
    return {
        "person_id": member.person_id,
        "role": member.role,
        "care_share": member.care_share,
        "expected_on": member.expected_on if member.person_id is None else None,
        "needs_own_room": None if member.needs_own_room is None else int(member.needs_own_room),
        "counts_income": None if member.counts_income is None else int(member.counts_income),
        "valid_from": member.valid_from,
        "valid_to": member.valid_to,
    }


def _merge(
    row: dict[str, Any], values: dict[str, Any], inserts: list[dict[str, Any]], today: dt.date
) -> None:
    """Lay the form over the stored row. Another share of nights is another time: end, and begin again."""
    if row["person_id"] is not None and values["person_id"] != row["person_id"]:
        raise InvalidInput(
            "members",
            "Et medlem kan ikke byttes ut med et annet.",
            todo="Sett en sluttdato på det ene, og legg til det andre.",
        )
    shares_differ = values["care_share"] != row["care_share"] and row["care_share"] is not None
    started = row["valid_from"]
    if shares_differ and row["valid_to"] is None and (started is None or started < today):
        start = values["valid_from"] if values["valid_from"] not in {None, started} else today
        inserts.append(values | {"valid_from": start})
        row["valid_to"] = start
        return
    row.update(values)


def _refuse_overlap(rows: list[dict[str, Any]]) -> None:
    by_person: dict[UUID, list[tuple[dt.date | None, dt.date | None]]] = {}
    for row in rows:
        if row["person_id"] is not None and row["valid_to"] != NEVER:
            by_person.setdefault(row["person_id"], []).append((row["valid_from"], row["valid_to"]))
    if any(overlap(periods) for periods in by_person.values()):
        raise InvalidInput(
            "members",
            "Den samme personen står to ganger i husstanden i samme tidsrom.",
            todo="Rett datoene, eller ta bort den ene.",
        )


def _born(rows: dict[UUID, dict[str, Any]], after: dict[UUID, dict[str, Any]]) -> set[UUID | None]:
    return {row["person_id"] for key, row in after.items() if rows[key]["person_id"] is None}


def _said(value: Any) -> str:
    if value is None or value == "":
        return "ikke oppgitt"
    return value if isinstance(value, str) else f"{value.day:02d}.{value.month:02d}.{value.year:04d}"


def _people(number: int) -> str:
    return f"{number} medlem" if number == 1 else f"{number} medlemmer"


def _changes(household_id: UUID) -> Changes:
    kinds = frozenset({Kind.HOUSEHOLD, Kind.PERSON, Kind.CASE, Kind.TASK})
    return Changes(kinds, frozenset({household_id}))
