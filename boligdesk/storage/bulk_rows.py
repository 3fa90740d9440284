"""Many rows to the local file at once: SQLAlchemy's own way costs more than the insert itself."""

from __future__ import annotations

import datetime as dt
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from sqlalchemy import Date, LargeBinary, bindparam, insert, update

from boligdesk.storage.tables import SearchToken
from boligdesk.storage.types import (
    AsciiKey,
    Day,
    Id,
    Instant,
    Json,
    PreparedJson,
    canonical_json,
    instant_text,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from uuid import UUID

    from sqlalchemy import Connection, Table

#: From this many rows on, the local file is written to without a statement object per row.
_MANY = 8
_PLANS: dict[str, tuple[str, tuple[str, ...], list[Any]]] = {}


def insert_rows(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    """Each row says every column of the table that is not NULL."""
    if connection.dialect.name != "sqlite" or len(rows) < _MANY:
        connection.execute(insert(table), rows)
        return
    if table.name not in _PLANS:
        _PLANS[table.name] = _plan(connection, table)
    statement, names, binders = _PLANS[table.name]
    if table.name == SearchToken.__tablename__:  # in the order of the key: neighbours go into the same page
        rows.sort(key=_token_key)
    connection.exec_driver_sql(statement, _bound(rows, names, binders))


def update_rows(
    connection: Connection, table: Any, columns: tuple[str, ...], rows: list[dict[str, Any]]
) -> None:
    """The same columns of many rows. A row is ``columns`` with ``b_id`` and ``b_version``, the version it had.

    Raises RuntimeError when one of them is not as it was: the caller holds them, so that is a fault of ours.
    """
    statement = (
        update(table.__table__)
        .where(table.id == bindparam("b_id"), table.row_version == bindparam("b_version"))
        .values({name: bindparam(name) for name in columns})
    )
    if connection.execute(statement, rows).rowcount != len(rows):
        raise RuntimeError("a row was changed behind the back of its writer")


def _plan(connection: Connection, table: Table) -> tuple[str, tuple[str, ...], list[Any]]:
    names = tuple(column.name for column in table.columns)
    quoted, marks = ", ".join(f'"{name}"' for name in names), ", ".join("?" * len(names))
    statement = f'INSERT INTO "{table.name}" ({quoted}) VALUES ({marks})'  # noqa: S608 - names of ours
    return statement, names, [_binder(column.type, connection.dialect) for column in table.columns]


def _bound(rows: list[dict[str, Any]], names: tuple[str, ...], binders: list[Any]) -> list[tuple[Any, ...]]:
    """Rows as the driver takes them, worked out a column at a time."""
    full = len(names)
    values = itemgetter(*names)
    whole = [values(row) if len(row) == full else tuple(map(row.get, names)) for row in rows]
    columns: list[Sequence[Any]] = list(zip(*whole, strict=True))
    for place, bind in enumerate(binders):
        if bind is not None:
            columns[place] = _column(columns[place], bind)
    return list(zip(*columns, strict=True))


def _column(values: Sequence[Any], bind: Callable[[Any], Any]) -> list[Any]:
    """Most columns say the same in every row of a list, or nothing."""
    first = values[0]
    if values[-1] is first and all(value is first for value in values):
        return [None if first is None else bind(first)] * len(values)
    if bind is _id_bytes:  # the most common of all, so without a call for each
        return [None if value is None else value.int.to_bytes(16, "big") for value in values]
    return [None if value is None else bind(value) for value in values]


def _binder(kind: Any, dialect: Any) -> Callable[[Any], Any] | None:
    """How a value of the column that is not None goes to the local file."""
    for known, bind in _BINDERS.items():
        if isinstance(kind, known):
            return bind
    found: Callable[[Any], Any] | None = kind.dialect_impl(dialect).bind_processor(dialect)
    return found


def _id_bytes(value: UUID) -> bytes:
    return value.bytes


def _day_text(value: dt.date) -> str:
    if isinstance(value, dt.datetime):
        raise TypeError("Day takes a date, not a datetime")
    return value.isoformat()


def _ascii(value: str) -> str:
    if not value.isascii():
        raise ValueError("AsciiKey takes folded ASCII text only")
    return value


def _json_text(value: Any) -> str:
    return value.text if isinstance(value, PreparedJson) else canonical_json(value)


#: Rows of one token stand in the order they were made, and so in that of their ids.
_token_key = itemgetter("subject_kind", "token")


#: Bytes and whole numbers go as they are.
_BINDERS: dict[type[Any], Callable[[Any], Any] | None] = {
    Id: _id_bytes,
    Instant: instant_text,
    Json: _json_text,
    AsciiKey: _ascii,
    Day: _day_text,
    Date: _day_text,
    LargeBinary: None,
}
