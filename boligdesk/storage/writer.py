"""The one way to write: versioned, logged, chained, in one transaction.

A command names its event first; every row it makes or changes is then recorded with old and new values
under that event. At the end of the transaction the events are linked into the hash chain.
"""

from __future__ import annotations

import datetime as dt
import secrets
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import Table, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from boligdesk.services.errors import ConflictError, UserError
from boligdesk.storage.chain import Link, link_all
from boligdesk.storage.policies import load_viewer
from boligdesk.storage.reader import Reader
from boligdesk.storage.tables import Event, EventChange, NumberSeries, ReadEntry, SearchToken
from boligdesk.storage.types import Id, Instant, Json, PreparedJson, canonical_json, instant_text, uuid7

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Connection

    from boligdesk.storage.policies import Viewer

#: Columns that the writer keeps; they say nothing new in a change log.
_KEPT = frozenset({"row_version", "created_at", "created_by", "changed_at", "changed_by"})
#: Values that never enter the change log: bytes are bound by their hash elsewhere.
_SILENT = frozenset({"body_bytes", "value_hmac"})
_LEFT_OUT = _KEPT | _SILENT
_AS_IT_IS = frozenset({str, int, bool, type(None)})


class Writer(Reader):
    """A transaction that writes. Rows wait in a buffer per table and go out together (``flush``)."""

    def __init__(
        self,
        connection: Connection,
        viewer: Viewer,
        now: dt.datetime,
        today: dt.date,
        new_id: Callable[[], UUID] = uuid7,
    ) -> None:
        super().__init__(connection, viewer, now, today)
        self.new_id = new_id
        self.event_id: UUID | None = None
        self._change_no = 0
        self._buffer: dict[Table, list[dict[str, Any]]] = {}
        self._links: list[Link] = []
        self._open: Link | None = None

    # -- events ---------------------------------------------------------------------------------

    def event(
        self,
        verb: str,
        subject_kind: str,
        subject_id: UUID,
        *,
        scope: tuple[int, int],
        case_id: UUID | None = None,
        person_id: UUID | None = None,
        params: dict[str, Any] | None = None,
        occurred_on: dt.date | None = None,
        undo_of: UUID | None = None,
    ) -> UUID:
        """Open a new event; later changes belong to it. ``scope`` is (read scope, protection).

        ``params`` holds what the sentence of the timeline needs, never the person's name.
        """
        self.event_id = self.new_id()
        self._change_no = 0
        values = {
            "id": self.event_id,
            "at": self.now,
            "actor_id": self.viewer.user_id,
            "verb": verb,
            "case_id": case_id,
            "person_id": person_id,
            "subject_kind": subject_kind,
            "subject_id": subject_id,
            "occurred_on": occurred_on or self.today,
            "command_id": self.event_id,
            "params": params or {},
            "undo_of_id": undo_of,
            "read_scope_id": scope[0],
            "protection": scope[1],
        }
        self._put(Event, values)
        self._open = Link("event", self.event_id, chained(values))
        self._links.append(self._open)
        return self.event_id

    def read_entry(
        self,
        op: str,
        *,
        person_id: UUID | None = None,
        case_id: UUID | None = None,
        document_id: UUID | None = None,
        reason: str | None = None,
    ) -> None:
        """Somebody opened, printed or exported a file: who, when, which role, why."""
        entry_id = self.new_id()
        values = {
            "id": entry_id,
            "at": self.now,
            "actor_id": self.viewer.user_id,
            "op": op,
            "person_id": person_id,
            "case_id": case_id,
            "document_id": document_id,
            "role": ",".join(self.viewer.roles),
            "reason": reason,
        }
        self._put(ReadEntry, values)
        self._links.append(Link("read", entry_id, chained(values)))

    # -- rows -----------------------------------------------------------------------------------

    def insert(self, table: Any, **values: Any) -> UUID:
        """Make a row; id, envelope and defaults are filled in. Returns its id."""
        row = _blank_row(table) | values
        if "created_at" in row:
            row |= {"created_at": self.now, "created_by": self.viewer.user_id}
        if "row_version" in row:
            row |= {"row_version": 1, "changed_at": self.now, "changed_by": self.viewer.user_id}
        row["id"] = values.get("id") or self.new_id()
        self._put(table, row)
        self._record(table, row["id"], None, row)
        return row["id"]  # type: ignore[no-any-return]  # every table here has a UUID id

    def change(self, table: Any, row_id: UUID, version: int | None, **values: Any) -> int:
        """Change a row and return its new version; the same version when nothing differs.

        ``version`` is what the user's screen showed; None for children saved through their root.
        Raises ConflictError when the stored row is another version, naming the fields that differ.
        """
        self.flush()
        stored = self._stored(table, row_id)
        if version is not None and stored["row_version"] != version:
            raise self._conflict(stored, values)
        old = {key: stored[key] for key, value in values.items() if stored[key] != value}
        if not old:
            return int(stored["row_version"])
        new = {key: values[key] for key in old}
        self._update(table, row_id, stored["row_version"], new)
        self._record(table, row_id, old, new)
        return int(stored["row_version"]) + 1

    def step(self, table: Any, row_id: UUID, version: int) -> int:
        """Raise a root's version because a child changed. Raises ConflictError on a stale version."""
        self.flush()
        stored = self._stored(table, row_id)
        if stored["row_version"] != version:
            raise self._conflict(stored, {})
        self._update(table, row_id, version, {})
        return version + 1

    def pause_event(self) -> tuple[UUID | None, int, Link | None]:
        """Set the open event aside while another one is written (a district made on the way)."""
        return self.event_id, self._change_no, self._open

    def resume_event(self, paused: tuple[UUID | None, int, Link | None]) -> None:
        self.event_id, self._change_no, self._open = paused

    def put_envelope(self, table: Any, **values: Any) -> UUID:
        """Make a row that is nobody's history (screen settings): with envelope, without log."""
        row_id = self.new_id()
        stamp = {"created_at": self.now, "created_by": self.viewer.user_id}
        stamp |= {"changed_at": self.now, "changed_by": self.viewer.user_id}
        self._put(table, {"id": row_id, "row_version": 1, **stamp, **values})
        return row_id

    def change_quietly(self, table: Any, row_id: UUID, version: int, **values: Any) -> None:
        """Change a row that is nobody's history."""
        self.flush()
        self._update(table, row_id, version, values)

    def put_plain(self, table: Any, values: dict[str, Any]) -> None:
        """Store derived or bulky rows that the change log does not repeat (tokens, bytes)."""
        self._put(table, values)

    def next_number(self, series: str, year: int) -> int:
        """The next number of a series without gaps; the series is locked until the transaction ends."""
        self.flush()
        maker = sqlite.insert if self.is_sqlite else postgresql.insert
        statement = (
            maker(NumberSeries)
            .values(series=series, year=year, last=1)
            .on_conflict_do_update(index_elements=["series", "year"], set_={"last": NumberSeries.last + 1})
            .returning(NumberSeries.last)
        )
        return int(self.connection.execute(statement).scalar_one())

    def raise_number(self, series: str, year: int, seen: int) -> None:
        """Numbers given elsewhere raise the series to the greatest seen."""
        self.flush()
        maker = sqlite.insert if self.is_sqlite else postgresql.insert
        statement = maker(NumberSeries).values(series=series, year=year, last=seen)
        self.connection.execute(
            statement.on_conflict_do_update(
                index_elements=["series", "year"],
                set_={"last": statement.excluded.last},
                where=NumberSeries.last < statement.excluded.last,
            )
        )

    def renew_viewer(self) -> None:
        """An area or a list was made on the way: whoever may see it, sees it from here on."""
        renewed = load_viewer(self.connection, self.viewer.user_id, self.today)
        if renewed is not None:  # None = the program itself, which has no scopes
            self.viewer = renewed

    def flush(self) -> None:
        """Send what waits, parents before children."""
        if not self._buffer:
            return
        waiting, self._buffer = self._buffer, {}
        for table in sorted(waiting, key=_table_order):
            insert_rows(self.connection, table, waiting[table])

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """What is written inside stands or falls together; a UserError takes it back and goes on up."""
        self.flush()
        links = len(self._links)
        nested = self.connection.begin_nested()
        try:
            yield
            self.flush()
        except UserError:
            nested.rollback()
            self._buffer.clear()
            del self._links[links:]
            self.event_id = None
            raise
        nested.commit()

    def finish(self) -> None:
        """Last act before commit: flush and link the log."""
        self.flush()
        if self._links:
            link_all(self, self._links)
            self._links = []

    # -- inside ---------------------------------------------------------------------------------

    def _put(self, table: Any, values: dict[str, Any]) -> None:
        self._buffer.setdefault(table.__table__, []).append(values)

    def _stored(self, table: Any, row_id: UUID) -> dict[str, Any]:
        statement = select(table.__table__).where(table.id == row_id)
        if not self.is_sqlite:
            statement = statement.with_for_update()
        return dict(self.connection.execute(statement).mappings().one())

    def _update(self, table: Any, row_id: UUID, version: int, values: dict[str, Any]) -> None:
        self.connection.execute(
            update(table)
            .where(table.id == row_id, table.row_version == version)
            .values(**values, row_version=version + 1, changed_at=self.now, changed_by=self.viewer.user_id)
        )

    def _conflict(self, stored: dict[str, Any], values: dict[str, Any]) -> ConflictError:
        differing = [key for key, value in values.items() if stored[key] != value and key not in _KEPT]
        return ConflictError(
            mine={key: values[key] for key in differing},
            theirs={key: stored[key] for key in differing},
            theirs_by=self.user_names.get(stored["changed_by"], ""),
            theirs_at=stored["changed_at"].isoformat(),
        )

    def _record(self, table: Any, row_id: UUID, old: dict[str, Any] | None, new: dict[str, Any]) -> None:
        if self.event_id is None or self._open is None:
            raise RuntimeError("a row was written before its event was named")
        self._change_no += 1
        before = None if old is None else PreparedJson(plain(old))
        after = PreparedJson(plain(new))
        name, salt = table.__tablename__, secrets.token_bytes(16)
        self._put(
            EventChange,
            {
                "id": self.new_id(),
                "event_id": self.event_id,
                "no": self._change_no,
                "tbl": name,
                "row_id": row_id,
                "old": before,
                "new": after,
                "salt": salt,
            },
        )
        self._open.add_change(salt, self._change_no, name, row_id, before, after)


@lru_cache(maxsize=128)
def _defaults(table: Any) -> dict[str, Any]:
    made = {}
    for column in table.__table__.columns:
        default = column.default
        made[column.name] = default.arg if default is not None and default.is_scalar else None
    return made


def _blank_row(table: Any) -> dict[str, Any]:
    """A row with every column, as it is when nobody says anything."""
    return dict(_defaults(table))


def plain(values: dict[str, Any]) -> dict[str, Any]:
    """Values as JSON: ids and dates as text, bytes as hex; envelope columns and silent ones left out."""
    result: dict[str, Any] = {}
    for key, value in values.items():
        if key in _LEFT_OUT:
            continue
        if type(value) in _AS_IT_IS:
            result[key] = value
        elif isinstance(value, UUID | dt.date | dt.datetime):
            result[key] = value.isoformat() if isinstance(value, dt.date) else str(value)
        elif isinstance(value, bytes):
            result[key] = value.hex()
        elif isinstance(value, dict):
            result[key] = plain(value)
        else:
            result[key] = value
    return result


def chained(values: dict[str, Any]) -> dict[str, Any]:
    """What the chain binds of an entry: all but who may see it, which follows the person's protection."""
    return {key: value for key, value in plain(values).items() if key not in {"read_scope_id", "protection"}}


#: From this many rows on, the local file is written to without a statement object per row.
_MANY = 8
_PLANS: dict[str, tuple[str, list[tuple[str, Callable[[Any], Any] | None]]]] = {}


def insert_rows(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    """Many rows at once. SQLAlchemy's own way costs more than the insert itself on the local file."""
    if connection.dialect.name != "sqlite" or len(rows) < _MANY:
        connection.execute(insert(table), rows)
        return
    if table.name not in _PLANS:
        columns = [(column.name, _binder(column.type, connection.dialect)) for column in table.columns]
        names, marks = ", ".join(f'"{name}"' for name, _bind in columns), ", ".join("?" * len(columns))
        _PLANS[table.name] = (f'INSERT INTO "{table.name}" ({names}) VALUES ({marks})', columns)  # noqa: S608 - names of ours
    statement, columns = _PLANS[table.name]
    if table.name == SearchToken.__tablename__:  # in the order of the key: neighbours go into the same page
        rows.sort(key=_token_key)
    connection.exec_driver_sql(
        statement,
        [
            tuple([row.get(name) if bind is None else bind(row.get(name)) for name, bind in columns])
            for row in rows
        ],
    )


def _binder(kind: Any, dialect: Any) -> Callable[[Any], Any] | None:
    """How a value of the column goes to the local file. Ids and instants repeat, so they are remembered."""
    if isinstance(kind, Id):
        return lru_cache(maxsize=4096)(lambda value: None if value is None else value.bytes)
    if isinstance(kind, Instant):
        return lru_cache(maxsize=256)(lambda value: None if value is None else instant_text(value))
    if isinstance(kind, Json):
        return _json_text
    found: Callable[[Any], Any] | None = kind.dialect_impl(dialect).bind_processor(dialect)
    return found


def _token_key(row: dict[str, Any]) -> tuple[str, str, UUID]:
    return row["subject_kind"], row["token"], row["subject_id"]


def _json_text(value: Any) -> str | None:
    if value is None:
        return None
    return value.text if isinstance(value, PreparedJson) else canonical_json(value)


_ORDER: dict[str, int] = {}


def _table_order(table: Table) -> int:
    if not _ORDER:
        _ORDER.update({item.name: number for number, item in enumerate(table.metadata.sorted_tables)})
    return _ORDER[table.name]
