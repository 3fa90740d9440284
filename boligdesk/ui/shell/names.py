"""«Skjul navn» (Ctrl+Shift+H): names become case numbers in everything that is read for showing.

For a projector or a shared screen. What a form edits (drafts) is left alone, or the hidden name would be saved.
"""

from __future__ import annotations

import dataclasses
from typing import Any, TypeVar

T = TypeVar("T")
HIDDEN = "Navn skjult"
#: (record, field with a name, field with the case number that takes its place or "")
FIELDS: tuple[tuple[str, str, str], ...] = (
    ("TaskRow", "concerns", "case_number"),
    ("CaseRow", "applicant", "number"),
    ("PersonRow", "name", ""),
    ("PersonMatch", "name", ""),
    ("PersonDetail", "name", ""),
    ("Identity", "name", ""),
    ("VisitRow", "person", ""),
    ("VisitDetail", "person", ""),
    ("LogRow", "subject", ""),
)
_BY_RECORD: dict[str, list[tuple[str, str]]] = {}
for _record, _name, _number in FIELDS:
    _BY_RECORD.setdefault(_record, []).append((_name, _number))
#: Records on the way to a name; everything else is given on as it is.
_CARRIERS = {"Page", "TaskDetail", "CaseDetail", "SearchResult"}


def without_names(value: T) -> T:
    """The same records with the names taken out."""
    made: Any = _hidden(value)
    return made  # type: ignore[no-any-return]  # the same type as came in


def _hidden(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(_hidden(part) for part in value) if not hasattr(value, "_fields") else value
    if not dataclasses.is_dataclass(value) or isinstance(value, type):
        return value
    kind = type(value).__name__
    if kind == "SearchHit":
        return _hidden_hit(value)
    changes: dict[str, Any] = {}
    for name, number in _BY_RECORD.get(kind, ()):
        if getattr(value, name):
            changes[name] = (number and getattr(value, number)) or HIDDEN
    if kind in _CARRIERS:
        for field in dataclasses.fields(value):
            inner = getattr(value, field.name)
            if isinstance(inner, tuple) or dataclasses.is_dataclass(inner):
                changes[field.name] = _hidden(inner)
    if kind == "CaseDetail":
        number = getattr(value, "number", "")
        changes["identity"] = dataclasses.replace(changes["identity"], name=f"Sak {number}")
    return dataclasses.replace(value, **changes) if changes else value


def _hidden_hit(hit: Any) -> Any:
    if hit.kind == "person":
        return dataclasses.replace(hit, title=HIDDEN)
    if hit.kind == "case":
        return dataclasses.replace(hit, detail=hit.detail.split(" · ")[0])
    return hit
