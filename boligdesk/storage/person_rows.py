"""The rows saved with a person, and where the words of a strictly protected person are kept.

For a person with strictly confidential address (kode 6) the rows stay, but what they say is blank; the
words lie in ``person_secret`` by row id and are laid over the rows again for those who may read it.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import Date, LargeBinary, select

from boligdesk.domain.catalog import NameKind
from boligdesk.domain.people import UNKNOWN_NAME, display_name
from boligdesk.storage.policies import readable
from boligdesk.storage.row_log import plain
from boligdesk.storage.tables import (
    ContactPoint,
    Person,
    PersonAddress,
    PersonIdentifier,
    PersonName,
    PersonSecret,
    Representative,
)
from boligdesk.storage.types import Day, Id, Instant, canonical_json

if TYPE_CHECKING:
    from collections.abc import Iterable

    from boligdesk.storage.reader import Reader

#: Kinds of rows by the name they have in ``PersonDraft``.
TABLES: dict[str, Any] = {
    "names": PersonName,
    "identifiers": PersonIdentifier,
    "contacts": ContactPoint,
    "addresses": PersonAddress,
    "representatives": Representative,
}
#: What a row of a strictly protected person says instead. The keyed hash of a number stays: it is no
#: number, and it keeps the same number from getting a second file.
BLANKS: dict[str, dict[str, Any]] = {
    "names": {"given": "", "middle": None, "family": ""},
    "identifiers": {"value": "", "override_reason": None},
    "contacts": {"value": "", "folded": "", "note": None},
    "addresses": dict.fromkeys(
        (
            "care_of",
            "house_no",
            "letter",
            "unit_no",
            "postcode",
            "city",
            "country",
            "district_id",
            "dwelling_id",
        )
    )
    | {"street": ""},
    "representatives": dict.fromkeys(("representative_person_id", "name", "org_name", "phone", "powers")),
}
PERSON_BLANKS: dict[str, Any] = dict.fromkeys(
    ("birth_on", "birth_precision", "dead_on", "remark", "interpreter_language")
)
#: End of a period that never was: its act was taken back.
NEVER = dt.date.min

Rows = dict[str, list[dict[str, Any]]]


class Secret:
    """The words of one strictly protected person: ``words[row id or "person"][column]`` as JSON values."""

    def __init__(self, row_id: UUID, body: str) -> None:
        self.row_id = row_id
        self.words: dict[str, dict[str, Any]] = json.loads(body)

    def keep(self, key: UUID | str, values: dict[str, Any]) -> None:
        self.words[str(key)] = self.words.get(str(key), {}) | plain(values)

    def of(self, table: Any, key: UUID | str) -> dict[str, Any]:
        return from_plain(table, self.words.get(str(key), {}))

    def body(self) -> str:
        return canonical_json(self.words)


def load_secret(reader: Reader, person_id: UUID) -> Secret | None:
    """None = nothing is hidden, or the viewer is not among the named readers."""
    row = reader.first(
        select(PersonSecret.id, PersonSecret.body).where(
            PersonSecret.person_id == person_id, readable(PersonSecret, reader.viewer)
        )
    )
    return Secret(row.id, row.body) if row is not None and row.body else None


def load_rows(reader: Reader, person_id: UUID, secret: Secret | None) -> Rows:
    """Every row of the person that ever was, live ones first, then the last ended first."""
    found: Rows = {}
    for kind, table in TABLES.items():
        rows = [
            dict(row)
            for row in reader.connection.execute(
                select(*columns_of(kind)).where(table.person_id == person_id).order_by(table.id)
            ).mappings()
        ]
        if secret is not None:
            rows = [row | secret.of(table, row["id"]) for row in rows]
        rows = [row for row in rows if row["valid_to"] != NEVER]
        found[kind] = in_order(rows)
    return found


def in_order(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows in the order they were made, live ones first, then the last ended first."""
    return sorted(rows, key=lambda row: row["valid_to"] or dt.date.max, reverse=True)


def columns_of(kind: str) -> list[Any]:
    """What a row says, without the envelope."""
    skipped = {"person_id", "created_at", "created_by", "changed_at", "changed_by", "row_version"}
    return [column for column in TABLES[kind].__table__.columns if column.name not in skipped]


def live_rows(rows: Iterable[dict[str, Any]], today: dt.date) -> list[dict[str, Any]]:
    return [
        row
        for row in rows
        if (row["valid_from"] is None or row["valid_from"] <= today)
        and (row["valid_to"] is None or row["valid_to"] > today)
    ]


def person_words(reader: Reader, person_id: UUID, secret: Secret | None) -> dict[str, Any]:
    """The person row itself, with the hidden words laid over it."""
    row = reader.connection.execute(select(Person.__table__).where(Person.id == person_id)).mappings().one()
    return dict(row) | (secret.of(Person, "person") if secret is not None else {})


def from_plain(table: Any, values: dict[str, Any]) -> dict[str, Any]:
    """JSON of the change log back to column values."""
    columns = table.__table__.columns
    return {key: _value(columns[key].type, value) for key, value in values.items()}


def _value(kind: Any, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(kind, Id):
        return UUID(value)
    if isinstance(kind, Instant):
        return dt.datetime.fromisoformat(value)
    if isinstance(kind, Date | Day):
        return dt.date.fromisoformat(value)
    return bytes.fromhex(value) if isinstance(kind, LargeBinary) else value


def main_name(rows: list[dict[str, Any]], today: dt.date) -> dict[str, Any] | None:
    """The official name in force, else any name in force, else the last one."""
    current = live_rows(rows, today)
    official = [row for row in current if row["kind"] == NameKind.OFFICIAL]
    return next(iter([*official, *current, *rows]), None)


def live_name(rows: list[dict[str, Any]], today: dt.date) -> str:
    """«Klok Hest»."""
    row = main_name(rows, today)
    return display_name(row["given"], row["middle"] or "", row["family"]) if row else UNKNOWN_NAME
