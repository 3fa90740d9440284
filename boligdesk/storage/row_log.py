"""What the change log says of a row, as canonical JSON: the same text that the chain binds."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from operator import itemgetter
from typing import Any
from uuid import UUID

from boligdesk.storage.types import PreparedJson, canonical_json, id_text, json_encoder

#: Columns that the writer keeps; they say nothing new in a change log.
KEPT = frozenset({"row_version", "created_at", "created_by", "changed_at", "changed_by"})
#: Values that never enter the change log: bytes are bound by their hash elsewhere.
_SILENT = frozenset({"body_bytes", "value_hmac"})
_LEFT_OUT = KEPT | _SILENT
#: Who may see an entry: brought in line when the person is protected, so the chain does not bind it.
_FOLLOWS = frozenset({"read_scope_id", "protection"})
_AS_IT_IS = frozenset({str, int, bool, type(None)})


class Shape:
    """The columns of a table, as the writer fills and logs them."""

    __slots__ = ("_logged", "_names", "blank", "has_author", "has_version", "width")

    def __init__(self, table: Any) -> None:
        self.blank = {column.name: _default(column) for column in table.__table__.columns}
        self.has_author = "created_at" in self.blank
        self.has_version = "row_version" in self.blank
        self.width = len(self.blank)
        self._names = tuple(sorted(self.blank.keys() - _LEFT_OUT))
        self._logged = itemgetter(*self._names)

    def logged(self, row: dict[str, Any]) -> dict[str, Any]:
        """The columns of a whole row that the log repeats, in the order of canonical JSON."""
        return dict(zip(self._names, self._logged(row), strict=True))


@lru_cache(maxsize=128)
def shape_of(table: Any) -> Shape:
    return Shape(table)


def _default(column: Any) -> Any:
    default = column.default
    return default.arg if default is not None and default.is_scalar else None


def plain(values: dict[str, Any]) -> dict[str, Any]:
    """Values as JSON: ids and dates as text, bytes as hex; envelope columns and silent ones left out."""
    result: dict[str, Any] = {}
    for key, value in values.items():
        if key in _LEFT_OUT:
            continue
        if type(value) in _AS_IT_IS:
            result[key] = value
        elif isinstance(value, dict):
            result[key] = plain(value)
        elif isinstance(value, UUID | dt.date | bytes):
            result[key] = _as_text(value)
        else:
            result[key] = value
    return result


def chained(values: dict[str, Any]) -> dict[str, Any]:
    """What the chain binds of an entry: all but who may see it, which follows the person's protection."""
    return {key: value for key, value in plain(values).items() if key not in _FOLLOWS}


def entry_text(values: dict[str, Any]) -> str:
    """``chained`` as canonical JSON."""
    if values.get("params"):
        return canonical_json(chained(values))
    return _text({key: value for key, value in values.items() if key not in _FOLLOWS})


def prepared(values: dict[str, Any], *, only_text: bool) -> PreparedJson:
    """What ``plain`` leaves, with its canonical text. ``only_text``: nobody will ask for the data."""
    if only_text and _LEFT_OUT.isdisjoint(values) and dict not in map(type, values.values()):
        return PreparedJson(_NOTHING, _text(values))
    return PreparedJson(plain(values))


def _text(values: dict[str, Any]) -> str:
    """As ``canonical_json(plain(values))``, of values without dicts and columns that are left out."""
    text = _encode(values)
    if "\\u0000" in text:
        raise ValueError("JSON text must not hold NUL characters")
    return text


def _as_text(value: Any) -> str:
    if type(value) is UUID:  # by far the most
        return id_text(value)
    if isinstance(value, dt.date):  # a moment too
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no place in the log")


_encode = json_encoder(_as_text)
_NOTHING: dict[str, Any] = {}
