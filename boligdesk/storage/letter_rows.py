"""How a letter's body is kept: texts, choices and values as JSON that remembers which were days and lists."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from boligdesk.services.records.papers import LetterValue

_DAY, _LIST = "dato", "liste"


def to_json(values: Mapping[str, LetterValue]) -> dict[str, Any]:
    """A day is ``{"dato": "2026-11-24"}``, a list ``{"liste": [...]}``; the rest is itself."""
    return {key: _kept(value) for key, value in values.items()}


def from_json(values: Mapping[str, Any]) -> dict[str, LetterValue]:
    return {key: _read(value) for key, value in values.items()}


def _kept(value: LetterValue) -> Any:
    if isinstance(value, dt.date):
        return {_DAY: value.isoformat()}
    return {_LIST: list(value)} if isinstance(value, tuple) else value


def _read(value: Any) -> LetterValue:
    if isinstance(value, dict):
        if _DAY in value:
            return dt.date.fromisoformat(value[_DAY])
        return tuple(str(item) for item in value[_LIST])
    return value if isinstance(value, str | int) or value is None else str(value)
