"""The one way to write: versioned, logged, chained, in one transaction.

A command names its event first; every row it makes or changes is then recorded with old and new values
under that event. At the end of the transaction the events are linked into the hash chain.
"""

from __future__ import annotations

import secrets
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import select, update

from boligdesk.services.errors import ConflictError, UserError
from boligdesk.storage.bulk_rows import insert_rows, update_rows
from boligdesk.storage.chain import Link, link_all
from boligdesk.storage.engine import inserting
from boligdesk.storage.policies import load_viewer
from boligdesk.storage.reader import Reader
from boligdesk.storage.row_log import KEPT, entry_text, prepared, shape_of
from boligdesk.storage.tables import Base, Event, EventChange, NumberSeries, ReadEntry
from boligdesk.storage.tables.declaring import models
from boligdesk.storage.types import uuid7

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator
    from uuid import UUID

    from sqlalchemy import Connection, Table

    from boligdesk.storage.policies import Viewer


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
        self._made: dict[int, dict[str, Any]] = {}  # by the number of the id, which is quicker to look up
        self._waves: list[dict[tuple[Any, tuple[str, ...]], list[dict[str, Any]]]] = []
        self._wave_of: dict[UUID, int] = {}
        self._salts = b""
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
        self._open = Link("event", self.event_id, entry_text(values))
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
        self._links.append(Link("read", entry_id, entry_text(values)))

    # -- rows -----------------------------------------------------------------------------------

    def insert(self, table: Any, **values: Any) -> UUID:
        """Make a row; id, envelope and defaults are filled in. Returns its id."""
        shape = shape_of(table)
        row = shape.blank | values
        if shape.has_author:
            row["created_at"], row["created_by"] = self.now, self.viewer.user_id
        if shape.has_version:
            row["row_version"], row["changed_at"], row["changed_by"] = 1, self.now, self.viewer.user_id
        row["id"] = values.get("id") or self.new_id()
        self._made[row["id"].int] = row
        self._put(table, row)
        self._record(table, row["id"], None, shape.logged(row))
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

    def change_made(self, table: Any, row_id: UUID, **values: Any) -> int:
        """As ``change`` without a version, of a row that this transaction made: while it waits, where it waits."""
        row = self._made.get(row_id.int)
        if row is None:
            return self.change(table, row_id, None, **values)
        old = {key: row[key] for key, value in values.items() if row[key] != value}
        if old:
            new = {key: values[key] for key in old}
            self.copy_made(table, row_id, **new)
            self._record(table, row_id, old, new)
        return int(row["row_version"])

    def copy_made(self, table: Any, row_id: UUID, **values: Any) -> None:
        """One version on without a log entry: a copy of what is logged elsewhere, or a child that changed."""
        row = self._made.get(row_id.int)
        if row is None:
            self.flush()
            self._update(table, row_id, self._stored(table, row_id)["row_version"], values)
        else:
            row |= values | {"row_version": row["row_version"] + 1}

    def change_held(self, table: Any, stored: dict[str, Any], **values: Any) -> None:
        """As ``change``, of a row that the caller has read and locked: ``stored`` follows, the update waits."""
        old = {key: stored[key] for key, value in values.items() if stored[key] != value}
        if old:
            new = {key: values[key] for key in old}
            self.copy_held(table, stored, **new)
            self._record(table, stored["id"], old, new)

    def copy_held(self, table: Any, stored: dict[str, Any], **values: Any) -> None:
        """As ``change_held``, one version on without a log entry. Updates of one row go out one after the other."""
        row_id, version = stored["id"], stored["row_version"]
        wave = self._wave_of.get(row_id, 0)
        self._wave_of[row_id] = wave + 1
        if wave == len(self._waves):
            self._waves.append({})
        kept = {"row_version": version + 1, "changed_at": self.now, "changed_by": self.viewer.user_id}
        stored |= values | {"row_version": version + 1}
        key = (table, (*values, *kept))
        self._waves[wave].setdefault(key, []).append({**values, **kept, "b_id": row_id, "b_version": version})

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

    def put_rows(self, table: Any, rows: list[dict[str, Any]]) -> None:
        """As ``put_plain``, many at once."""
        if not rows:
            return
        self._buffer.setdefault(table.__table__, []).extend(rows)

    def next_number(self, series: str, year: int) -> int:
        """The next number of a series without gaps; the series is locked until the transaction ends."""
        self.flush()
        maker = inserting(is_sqlite=self.is_sqlite)
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
        maker = inserting(is_sqlite=self.is_sqlite)
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
        if self._buffer:
            waiting, self._buffer = self._buffer, {}
            self._made.clear()
            for table in sorted(waiting, key=_table_order):
                insert_rows(self.connection, table, waiting[table])
        if self._waves:
            waves, self._waves = self._waves, []
            self._wave_of.clear()
            for wave in waves:
                for (changed, columns), rows in wave.items():
                    update_rows(self.connection, changed, columns, rows)

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
            self._made.clear()
            self._waves.clear()
            self._wave_of.clear()
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
        waiting = self._buffer.get(table.__table__)
        if waiting is None:
            waiting = self._buffer[table.__table__] = []
        waiting.append(values)

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
        differing = [key for key, value in values.items() if stored[key] != value and key not in KEPT]
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
        before = None if old is None else prepared(old, only_text=self.is_sqlite)
        after = prepared(new, only_text=self.is_sqlite)
        name, salt = table.__tablename__, self._salt()
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

    def _salt(self) -> bytes:
        """Sixteen bytes nobody can guess, drawn from the system many at a time."""
        if not self._salts:
            self._salts = secrets.token_bytes(_SALT * 256)
        salt, self._salts = self._salts[:_SALT], self._salts[_SALT:]
        return salt


#: Bytes of a change's salt.
_SALT = 16
_ORDER: dict[str, int] = {}


def _table_order(table: Table) -> int:
    if not _ORDER:
        models(Base)  # a table is sorted after those it points to
        _ORDER.update({item.name: number for number, item in enumerate(table.metadata.sorted_tables)})
    return _ORDER[table.name]
