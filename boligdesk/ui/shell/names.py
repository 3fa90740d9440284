"""«Skjul navn» (Ctrl+Shift+H): names become case numbers in everything that is read for showing.

For a projector or a shared screen. The sentences of the timeline and the notes lose the names of the people
they are about. What a form edits (drafts) is left alone, or the hidden name would be saved.
"""

from __future__ import annotations

import dataclasses
import re
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
    ("LetterRow", "to", "case_number"),
    ("LetterDetail", "applicant", ""),
    ("RecipientRow", "name", ""),
    ("JournalRow", "counterpart", "case_number"),
    ("MergeSide", "name", ""),
    ("NameField", "kept", ""),
    ("NameField", "merged", ""),
    ("VacancyRow", "offer_to", ""),
    ("OfferRow", "applicant", "case_number"),
    ("Candidate", "applicant", "case_number"),
    ("MovedRow", "applicant", ""),
    ("WaitingRow", "applicant", "case_number"),
)
_BY_RECORD: dict[str, list[tuple[str, str]]] = {}
for _record, _name, _number in FIELDS:
    _BY_RECORD.setdefault(_record, []).append((_name, _number))
#: Records on the way to a name; everything else is given on as it is.
_CARRIERS = {"Page", "TaskDetail", "CaseDetail", "SearchResult", "MergePlan", "LetterDetail",
             "VacancyDetail", "ShortlistView", "Compared", "Chosen"}  # fmt: skip
#: Sentences about the people of a case or a visit, read and never edited: (record, its texts).
_TEXTS = {
    "TimelineEntry": ("title", "text"),
    "NoteRow": ("facts_text", "assessment_text", "with_whom"),
    "FactValue": ("text",),
    "HouseholdDetail": ("label", "summary"),
    "MemberDraft": ("name",),
    "OfferRow": ("chosen_reason", "answer_reason"),
}
#: Records with paper in them: (record, its fields that are emptied).
_EMPTIED = {"LetterFiles": ("pdfs",), "Preview": ("paper", "chips"), "SendConfirm": ("to",)}
#: Shorter parts of a name are words too often.
_SHORTEST_PART = 3


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
    if kind == "SearchHit" or kind in _EMPTIED:
        return _hidden_hit(value) if kind == "SearchHit" else _emptied(value, _EMPTIED[kind])
    changes: dict[str, Any] = {}
    for name, number in _BY_RECORD.get(kind, ()):
        if getattr(value, name):
            changes[name] = (number and getattr(value, number)) or HIDDEN
    if kind in _CARRIERS:
        for field in dataclasses.fields(value):
            inner = getattr(value, field.name)
            if isinstance(inner, tuple) or dataclasses.is_dataclass(inner):
                changes[field.name] = _hidden(inner)
    made: Any = dataclasses.replace(value, **changes) if changes else value
    case: Any = value
    if kind == "CaseDetail":
        number = getattr(value, "number", "")
        made = dataclasses.replace(made, identity=dataclasses.replace(made.identity, name=f"Sak {number}"))
        return _without(made, _pattern(_people_of(case)), top=True)
    if kind in {"TaskDetail", "OfferRow"}:
        name = case.row.concerns if kind == "TaskDetail" else case.applicant
        return _without(made, _pattern((name,)), top=True)
    return made


def _emptied(value: Any, fields: tuple[str, ...]) -> Any:
    """A letter as paper, and who it goes to: all of it is names, and none of it is edited."""
    emptied: dict[str, Any] = {}
    for field in fields:
        inner = getattr(value, field)
        emptied[field] = (
            () if isinstance(inner, tuple) else dataclasses.replace(inner, recipient=(), blocks=())
        )
    return dataclasses.replace(value, **emptied)


def _people_of(case: Any) -> tuple[str, ...]:
    members = case.household.members if case.household is not None else ()
    return (case.identity.name, *(member.name for member in members))


def _pattern(names: tuple[str, ...]) -> re.Pattern[str] | None:
    """Whole names first, then their parts, as words of their own (also «Hests»)."""
    whole = {name for name in names if name}
    parts = {part for name in whole for part in name.replace(",", " ").split() if len(part) >= _SHORTEST_PART}
    words = sorted(whole | parts, key=lambda word: (-len(word), word))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})s?\b") if words else None


def _without(value: Any, names: re.Pattern[str] | None, *, top: bool = False) -> Any:
    """The record with the names taken out of its sentences, and out of those of the records in it."""
    if names is None:
        return value
    if isinstance(value, tuple):
        return tuple(_without(part, names) for part in value)
    kind = type(value).__name__
    if not (top or kind in _TEXTS):
        return value
    changes: dict[str, Any] = {
        field: names.sub(HIDDEN, getattr(value, field))
        for field in _TEXTS.get(kind, ())
        if getattr(value, field)
    }
    for field in dataclasses.fields(value):
        inner = getattr(value, field.name)
        if isinstance(inner, tuple) or type(inner).__name__ in _TEXTS:
            changes[field.name] = _without(inner, names)
    if kind == "TaskDetail":
        changes["why"] = names.sub(HIDDEN, getattr(value, "why", ""))
    return dataclasses.replace(value, **changes) if changes else value


def _hidden_hit(hit: Any) -> Any:
    if hit.kind == "person":
        return dataclasses.replace(hit, title=HIDDEN)
    if hit.kind == "case":
        return dataclasses.replace(hit, detail=hit.detail.split(" · ")[0])
    if hit.kind == "letter":
        return dataclasses.replace(hit, detail=hit.detail.rsplit(" · ", 1)[0])
    return hit
