"""Every row that names a person, carried from one file to another. Which those are stands in ``HANDLED``."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from sqlalchemy import select, update

from boligdesk.domain.catalog import NameKind
from boligdesk.domain.households import overlap
from boligdesk.services.records.merging import KEPT
from boligdesk.storage.person_rows import NEVER, TABLES, Rows, load_rows
from boligdesk.storage.tables import (
    CaseFile,
    CaseParty,
    Document,
    Draft,
    ExternalRef,
    Household,
    HouseholdMember,
    LetterRecipient,
    Note,
    Offer,
    Person,
    ProtectionPeriod,
    Representative,
    Task,
    Visit,
    WaitingEntry,
)
from boligdesk.storage.writers.person_plan import is_single

if TYPE_CHECKING:
    from uuid import UUID

    from boligdesk.storage.writer import Writer

#: Moved as they are.
_PLAIN: tuple[tuple[Any, str], ...] = (
    (ProtectionPeriod, "person_id"),
    (Representative, "representative_person_id"),
    (CaseFile, "applicant_id"),
    (Note, "person_id"),
    (Document, "person_id"),
    (Task, "person_id"),
    (Visit, "person_id"),
    (WaitingEntry, "applicant_id"),
    (Offer, "applicant_id"),
    (LetterRecipient, "person_id"),
    (Person, "merged_into_id"),
)
#: Moved without an event of their own: they say nothing about anybody. Their ids stand in the event.
_QUIET: dict[str, Any] = {"refs": ExternalRef, "drafts": Draft}
_STAYS = "the log is never rewritten; it is read for all the ids of a file"
_DERIVED = "made anew from the rest"
_NO_PERSON = "never about a person"
#: (table, column) -> what a merge does with it. A test walks the tables and fails for a column that is not here.
HANDLED: dict[tuple[str, str], str] = {
    **{(table.__tablename__, column): "moved" for table, column in _PLAIN},
    **{(table.__tablename__, "person_id"): "moved, singles and twins settled" for table in TABLES.values()},
    ("household_member", "person_id"): "moved, one row for one stay",
    ("case_party", "person_id"): "moved, one row for one party",
    ("task", "subject_id"): "moved with the task",
    ("external_ref", "subject_id"): "moved",
    ("draft", "subject_id"): "moved",
    ("event", "person_id"): _STAYS,
    ("event", "subject_id"): _STAYS,
    ("read_entry", "person_id"): _STAYS,
    ("merge_record", "kept_id"): "says what was merged",
    ("merge_record", "merged_id"): "says what was merged",
    ("person_secret", "person_id"): "emptied; the words lie with the kept person",
    ("search_token", "subject_id"): _DERIVED,
    ("access_scope", "subject_id"): "the list of the merged file, left without readers",
    ("fact", "subject_id"): _NO_PERSON,
    ("deadline", "subject_id"): _NO_PERSON,
    ("assignment", "subject_id"): _NO_PERSON,
}
#: How a row that was there twice is taken back: it never was in force.
_TAKEN_BACK: dict[str, Any] = {"valid_from": None, "valid_to": NEVER}
_WORDS = {
    "names": ("given", "middle", "family"),
    "identifiers": ("value_hmac",),
    "contacts": ("kind", "folded"),
    "addresses": ("kind", "street", "house_no", "letter", "unit_no", "care_of", "postcode", "city"),
    "representatives": ("kind", "name", "org_name", "representative_person_id"),
}


def move_all(writer: Writer, kept_id: UUID, merged_id: UUID, winners: dict[str, str]) -> set[UUID]:
    """Carry every row over; returns the households that somebody moved in. Hidden words must lie in the rows."""
    kept, merged = load_rows(writer, kept_id, None), load_rows(writer, merged_id, None)
    for kind in TABLES:
        _move_kind(writer, kind, (kept, merged), kept_id, winners.get(kind, KEPT))
        _move_rest(writer, TABLES[kind], "person_id", kept_id, merged_id)
    homes = _move_members(writer, kept_id, merged_id)
    _move_parties(writer, kept_id, merged_id)
    for table, column in _PLAIN:
        _move_rest(writer, table, column, kept_id, merged_id)
    return homes


def quiet_ids(writer: Writer, person_id: UUID) -> dict[str, list[UUID]]:
    """Import references and drafts of the person, for the event."""
    writer.flush()
    return {
        key: [
            row.id
            for row in writer.rows(
                select(table.id)
                .where(table.subject_kind == "person", table.subject_id == person_id)
                .order_by(table.id)
            )
        ]
        for key, table in _QUIET.items()
    }


def move_quiet(writer: Writer, ids: dict[str, list[UUID]], old_id: UUID, new_id: UUID) -> None:
    """Only those that still are where the event left them."""
    for key, table in _QUIET.items():
        if ids.get(key):
            writer.connection.execute(
                update(table)
                .where(table.id.in_(ids[key]), table.subject_id == old_id)
                .values(subject_id=new_id)
            )


# -- the person's own rows ----------------------------------------------------------------------------


def _move_kind(writer: Writer, kind: str, rows: tuple[Rows, Rows], kept_id: UUID, winner: str) -> None:
    """What gives way gives way first: two numbers in force must never meet."""
    kept, merged = rows[0][kind], rows[1][kind]
    ours, theirs = (_singles(kind, side, writer.today) for side in (kept, merged))
    losers = (theirs if winner == KEPT else ours) if ours and theirs else []
    giving_way = {row["id"]: _gives_way(kind, row, writer.today) for row in losers}
    for row in kept:
        if row["id"] in giving_way:
            writer.change(TABLES[kind], row["id"], None, **giving_way[row["id"]])
    standing = [row | giving_way.get(row["id"], {}) for row in kept]
    for row in merged:
        changes = giving_way.get(row["id"], {})
        twin = _twin(kind, row | changes, standing, writer.today)
        if twin is not None:
            changes = changes | _TAKEN_BACK
            _fill_twin(writer, kind, twin, row)
        writer.change(TABLES[kind], row["id"], None, person_id=kept_id, **changes)


def _is_live(row: dict[str, Any], today: dt.date) -> bool:
    return row["valid_to"] is None or row["valid_to"] > today


def _singles(kind: str, rows: list[dict[str, Any]], today: dt.date) -> list[dict[str, Any]]:
    return [row for row in rows if _is_live(row, today) and is_single(kind, row["kind"])]


def _gives_way(kind: str, row: dict[str, Any], today: dt.date) -> dict[str, Any]:
    """The other name is what the person is also called; another home or number was in force until today."""
    if kind == "names":
        return {"kind": NameKind.ALIAS.value}
    return {"valid_to": max(today, row["valid_from"] or today)}


def _twin(
    kind: str, row: dict[str, Any], standing: list[dict[str, Any]], today: dt.date
) -> dict[str, Any] | None:
    """A row in force that says the same already."""
    if not _is_live(row, today):
        return None
    for other in standing:
        same = all(_plain(row[name]) == _plain(other[name]) for name in _WORDS[kind])
        if (
            same
            and _is_live(other, today)
            and (row["kind"] == NameKind.ALIAS or row["kind"] == other["kind"])
        ):
            return other
    return None


def _plain(value: Any) -> Any:
    return (value or "").casefold() if value is None or isinstance(value, str) else value


def _fill_twin(writer: Writer, kind: str, twin: dict[str, Any], row: dict[str, Any]) -> None:
    """«Ikke ring» in one of the files holds in the one that is left; what only one of them says, is kept."""
    if kind == "contacts":
        note = twin["note"] or row["note"]
        quiet = bool(twin["must_not_call"] or row["must_not_call"])
        writer.change(TABLES[kind], twin["id"], None, must_not_call=quiet, note=note)
    elif kind == "representatives":
        filled = {name: twin[name] or row[name] for name in ("phone", "powers")}
        writer.change(TABLES[kind], twin["id"], None, **filled)


# -- rows elsewhere -----------------------------------------------------------------------------------


def _move_rest(writer: Writer, table: Any, column: str, kept_id: UUID, merged_id: UUID) -> None:
    writer.flush()
    named = getattr(table, column)
    for row in writer.rows(select(table.__table__).where(named == merged_id).order_by(table.id)):
        values = {column: kept_id}
        if table is Task and row.subject_kind == "person" and row.subject_id == merged_id:
            values["subject_id"] = kept_id
        writer.change(table, row.id, None, **values)


def _move_members(writer: Writer, kept_id: UUID, merged_id: UUID) -> set[UUID]:
    """One stay is one row: where both files have the same time in the same home, the kept one's is widened."""
    writer.flush()
    here, theirs = (_rows(writer, HouseholdMember, person_id) for person_id in (kept_id, merged_id))
    homes = set()
    for row in theirs:
        stays = [stay for stay in here if stay["household_id"] == row["household_id"] and not _never(stay)]
        meeting = [stay for stay in stays if not _never(row) and _meets(stay, row)]
        gone = _TAKEN_BACK if meeting else {}
        writer.change(HouseholdMember, row["id"], None, person_id=kept_id, **gone)
        if meeting:
            _widen(writer, meeting[0], row, [stay for stay in stays if stay is not meeting[0]])
        homes.add(row["household_id"])
    for home in sorted(homes):
        version = writer.scalar(select(Household.row_version).where(Household.id == home))
        writer.step(Household, home, version)
    return homes


def _never(row: Any) -> bool:
    return bool(row["valid_to"] == NEVER)


def _meets(stay: Any, other: Any) -> bool:
    return overlap([(row["valid_from"], row["valid_to"]) for row in (stay, other)])


def _widen(writer: Writer, stay: dict[str, Any], other: Any, others: list[dict[str, Any]]) -> None:
    """The longer time of the two, unless another stay lies in between; unknowns are filled."""
    starts, ends = (stay["valid_from"], other["valid_from"]), (stay["valid_to"], other["valid_to"])
    wanted: dict[str, Any] = {
        "valid_from": None if None in starts else min(starts),
        "valid_to": None if None in ends else max(ends),
    }
    if any(_meets(wanted, each) for each in others):
        wanted = {}
    for name in ("care_share", "expected_on", "needs_own_room", "counts_income"):
        if stay[name] is None and other[name] is not None:
            wanted[name] = other[name]
    if wanted:
        writer.change(HouseholdMember, stay["id"], None, **wanted)
        stay.update(wanted)


def _move_parties(writer: Writer, kept_id: UUID, merged_id: UUID) -> None:
    """Twice a party in one case is once."""
    writer.flush()
    here, theirs = (_rows(writer, CaseParty, person_id) for person_id in (kept_id, merged_id))
    cases = {row["case_id"] for row in here if _is_live(row, writer.today)}
    for row in theirs:
        twice = row["case_id"] in cases and _is_live(row, writer.today)
        writer.change(CaseParty, row["id"], None, person_id=kept_id, **(_TAKEN_BACK if twice else {}))


def _rows(writer: Writer, table: Any, person_id: UUID) -> list[dict[str, Any]]:
    found = writer.connection.execute(
        select(table.__table__).where(table.person_id == person_id).order_by(table.id)
    )
    return [dict(row) for row in found.mappings()]
