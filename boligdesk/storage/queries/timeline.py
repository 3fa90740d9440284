"""What happened in a case or about a person: events as sentences, newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import select

from boligdesk.services.records.common import TimelineEntry
from boligdesk.services.timeline import sentence
from boligdesk.storage.policies import readable
from boligdesk.storage.queries.documents import may_open
from boligdesk.storage.tables import Base, Document, Event, EventChange, Note

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement, Row

    from boligdesk.storage.reader import Reader

LATEST = 200
#: Steps of Ctrl+Z (ui.md 3.5); older acts are put right on their page.
_UNDO_STEPS = 20
_MOST_TEXT = 400
#: Rows that stand for ever once written, and acts that end by a decision of their own; as ``UndoWriter``.
_FINAL = frozenset({"note", "visit_note", "fact", "document_version", "journal_entry", "merge_record"})
_NEVER_UNDONE = frozenset({"undo", "protect_person", "end_person_protection"})


def case_timeline(reader: Reader, case_id: UUID, limit: int = LATEST) -> tuple[TimelineEntry, ...]:
    return timeline(reader, Event.case_id == case_id, limit)


def person_timeline(reader: Reader, person_id: UUID, limit: int = LATEST) -> tuple[TimelineEntry, ...]:
    """Everything about the person that the viewer may read, with and without a case."""
    return timeline(reader, Event.person_id == person_id, limit)


def timeline(reader: Reader, where: ColumnElement[bool], limit: int) -> tuple[TimelineEntry, ...]:
    rows = reader.rows(
        select(
            Event.id,
            Event.at,
            Event.actor_id,
            Event.verb,
            Event.params,
            Event.subject_kind,
            Event.subject_id,
            Event.undo_of_id,
        )
        .where(where, readable(Event, reader.viewer))
        .order_by(Event.at.desc(), Event.id.desc())
        .limit(limit)
    )
    texts = _texts(reader, rows)
    undone = {row.undo_of_id for row in rows if row.undo_of_id is not None}
    open_steps = _undoable(
        reader,
        [row.id for row in rows[:_UNDO_STEPS] if row.id not in undone and row.verb not in _NEVER_UNDONE],
    )
    return tuple(_entry(reader, row, texts, undone, open_steps) for row in rows)


def _entry(
    reader: Reader, row: Row[Any], texts: dict[UUID, str], undone: set[UUID], open_steps: set[UUID]
) -> TimelineEntry:
    kind, title, text = sentence(row.verb, row.subject_kind, row.params, lambda key: _colleague(reader, key))
    own = texts.get(row.subject_id, "") if row.verb != "undo" else ""
    return TimelineEntry(
        event_id=row.id,
        at=row.at,
        who=reader.user_names.get(row.actor_id, ""),
        kind=kind,
        title=f"{title} (angret)" if row.id in undone else title,
        text=own or text,
        subject_kind=row.subject_kind,
        subject_id=row.subject_id,
        can_undo=row.id in open_steps,
    )


def _colleague(reader: Reader, key: Any) -> str:
    try:
        return reader.user_names.get(UUID(str(key)), "")
    except ValueError:
        return ""


def _texts(reader: Reader, rows: Sequence[Row[Any]]) -> dict[UUID, str]:
    """The beginning of notes, and titles of documents."""
    notes = [row.subject_id for row in rows if row.subject_kind == "note"]
    documents = [row.subject_id for row in rows if row.subject_kind == "document"]
    found: dict[UUID, str] = {}
    if notes:
        for note in reader.rows(
            select(Note.id, Note.facts_text, Note.assessment_text).where(
                Note.id.in_(notes), readable(Note, reader.viewer)
            )
        ):
            found[note.id] = _shortened(note.facts_text or note.assessment_text or "")
    if documents:
        for document in reader.rows(
            select(Document.id, Document.title).where(Document.id.in_(documents), may_open(reader.viewer))
        ):
            found[document.id] = document.title
    return found


def _shortened(text: str) -> str:
    return text if len(text) <= _MOST_TEXT else f"{text[:_MOST_TEXT].rstrip()} …"


def _undoable(reader: Reader, event_ids: list[UUID]) -> set[UUID]:
    """Events whose every change ``UndoWriter`` would take back, and that nobody has changed since."""
    if not event_ids:
        return set()
    changes = reader.rows(
        select(
            EventChange.event_id, EventChange.tbl, EventChange.row_id, EventChange.old, EventChange.new
        ).where(EventChange.event_id.in_(event_ids))
    )
    later = _later(reader, changes)
    good: dict[UUID, bool] = {}
    for change in changes:
        fields = _takes_back(change.tbl, change.old, change.new)
        touched = {key for at, keys in later.get(change.row_id, []) if at > change.event_id for key in keys}
        fine = fields is not None and not (fields & touched)
        good[change.event_id] = good.get(change.event_id, True) and fine
    return {event_id for event_id, fine in good.items() if fine}


def _later(reader: Reader, changes: Sequence[Row[Any]]) -> dict[UUID, list[tuple[UUID, frozenset[str]]]]:
    """(event, fields) of every change of the same rows. Ids of events are in order of time."""
    rows = reader.rows(
        select(EventChange.event_id, EventChange.row_id, EventChange.new).where(
            EventChange.row_id.in_({change.row_id for change in changes}), EventChange.old.is_not(None)
        )
    )
    found: dict[UUID, list[tuple[UUID, frozenset[str]]]] = {}
    for row in rows:
        found.setdefault(row.row_id, []).append((row.event_id, frozenset(row.new)))
    return found


def _takes_back(table: str, old: dict[str, Any] | None, new: dict[str, Any]) -> frozenset[str] | None:
    """Fields that undoing the change would restore; None = it stands."""
    if old is not None:
        return frozenset(new)
    columns = Base.metadata.tables[table].columns
    if table in _FINAL or not {"ended_at", "valid_to"} & set(columns.keys()):
        return None
    return frozenset(new) & {"valid_to", "ended_at", "state", "status"}
