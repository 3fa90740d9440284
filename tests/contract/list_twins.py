"""Two offices made alike, and what stands in them in words that can be compared.

Ids, moments and hashes differ from office to office: an id becomes the number of its first mention in the
log, a moment only that there is one, and what is drawn by lot is left out.
"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import select

from boligdesk.storage.tables import Base, EventChange, LogLink

#: Drawn by lot, or made of what is.
_BY_LOT = frozenset({"salt", "hash", "prev_hash", "digest", "value_hmac"})


class Told:
    """Every row of every table, in words that are the same in two offices where the same was done."""

    def __init__(self, store: Any, *, also: set[uuid.UUID]) -> None:
        self._names = {one: str(one) for one in also}
        with store.engine.connect() as connection:
            rows = {
                table.name: [dict(row) for row in connection.execute(select(table)).mappings()]
                for table in Base.metadata.sorted_tables
            }
        self._name_in_order(rows)
        self.tables = {
            name: sorted(
                str({key: self._said(value) for key, value in row.items() if key not in _BY_LOT})
                for row in some
            )
            for name, some in rows.items()
        }

    def _name_in_order(self, rows: dict[str, list[dict[str, Any]]]) -> None:
        """In the order of the chain, the runs of lists after all else; then of the rows that no event tells of."""
        events = {row["id"]: row for name in ("event", "read_entry") for row in rows[name]}
        changes: dict[uuid.UUID, list[dict[str, Any]]] = {}
        for row in sorted(rows[EventChange.__tablename__], key=lambda row: row["no"]):
            changes.setdefault(row["event_id"], []).append(row)
        links = sorted(rows[LogLink.__tablename__], key=lambda row: row["seq"])
        for link in sorted(links, key=lambda row: events[row["source_id"]].get("verb") == "import_run"):
            self._said(link["source_id"])
            self._said(events[link["source_id"]].get("subject_id"))
            for change in changes.get(link["source_id"], []):
                self._said(change["id"])
                self._said(change["row_id"])
        for row in sorted(rows["external_ref"], key=lambda row: (row["system"], row["ref"])):
            self._said(row["id"])

    def _said(self, value: Any) -> Any:
        if isinstance(value, uuid.UUID):
            return self._names.setdefault(value, f"nr. {len(self._names)}")
        if isinstance(value, dt.datetime):
            return "et tidspunkt"
        if isinstance(value, dict):
            return {key: self._said(inside) for key, inside in sorted(value.items())}
        if isinstance(value, list | tuple):
            return [self._said(inside) for inside in value]
        return self._id_in_text(value) if isinstance(value, str) else value

    def _id_in_text(self, value: str) -> str:
        """The log keeps ids as text."""
        try:
            return str(self._said(uuid.UUID(value))) if len(value) == 36 else value
        except ValueError:
            return value


def ids_in(store: Any) -> set[uuid.UUID]:
    """What both offices had from the beginning."""
    with store.engine.connect() as connection:
        return {
            value
            for table in Base.metadata.sorted_tables
            for row in connection.execute(select(table))
            for value in row
            if isinstance(value, uuid.UUID)
        }
