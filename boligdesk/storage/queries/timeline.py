"""What happened in a case or about a person: events as sentences, newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import select

from boligdesk.domain.events import FINAL_ROWS, NEVER_UNDONE
from boligdesk.services.records.common import TimelineEntry
from boligdesk.services.timeline import sentence
from boligdesk.storage.merged import files_of
from boligdesk.storage.policies import readable
from boligdesk.storage.queries.documents import may_open
from boligdesk.storage.row_log import plain
from boligdesk.storage.tables import Base, Document, Event, EventChange, Note
from boligdesk.storage.tables.declaring import models
from boligdesk.storage.track_acts import EMPTIED, SUBJECT, bound_events

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement, Row

    from boligdesk.storage.reader import Reader

LATEST = 200
#: The timeline offers no undo of an undo; Ctrl+Y brings back what was taken back last.
_NOT_OFFERED = NEVER_UNDONE | {"undo"}
#: Steps of Ctrl+Z (ui.md 3.5); older acts are put right on their page.
_UNDO_STEPS = 20
_MOST_TEXT = 400


def case_timeline(reader: Reader, case_id: UUID, limit: int = LATEST) -> tuple[TimelineEntry, ...]:
    return timeline(reader, Event.case_id == case_id, limit)


def person_timeline(reader: Reader, person_id: UUID, limit: int = LATEST) -> tuple[TimelineEntry, ...]:
    """Everything about the person that the viewer may read, with and without a case."""
    return timeline(reader, Event.person_id.in_(files_of(reader, person_id)), limit)


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
        [row.id for row in rows[:_UNDO_STEPS] if row.id not in undone and row.verb not in _NOT_OFFERED],
    )
    on_tracks = [
        (row.id, row.subject_id, row.at)
        for row in rows
        if row.id in open_steps and row.subject_kind == SUBJECT
    ]
    open_steps -= bound_events(reader, on_tracks)
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
    standing = {change.event_id for change in changes}
    wanted: dict[str, tuple[set[UUID], set[str]]] = {}
    watched: list[tuple[Row[Any], frozenset[str]]] = []
    for change in changes:
        keys = _takes_back(change.tbl, change.old is None, change.new)
        if keys is None:
            standing.discard(change.event_id)
            continue
        watched.append((change, keys))
        ids, columns = wanted.setdefault(change.tbl, (set(), set()))
        ids.add(change.row_id)
        columns |= keys
    stored = {table: _stored(reader, table, ids, columns) for table, (ids, columns) in wanted.items()}
    for change, keys in watched:
        now = stored[change.tbl].get(change.row_id, {})
        if any(key not in now or now[key] != change.new[key] for key in keys):
            standing.discard(change.event_id)
    return standing


def _stored(reader: Reader, table: str, ids: set[UUID], columns: set[str]) -> dict[UUID, dict[str, Any]]:
    """The watched columns as they are now, in the form of the change log."""
    made = models(Base)[table].__table__
    rows = reader.connection.execute(
        select(*(made.c[name] for name in sorted({"id", *columns}))).where(made.c.id.in_(ids))
    )
    return {row["id"]: plain(dict(row)) for row in rows.mappings()}


def _takes_back(table: str, is_made: bool, new: dict[str, Any]) -> frozenset[str] | None:
    """Fields that must be as the act left them for it to be undone; None = the act stands."""
    if not is_made:
        return frozenset(new)
    if table in EMPTIED:
        return frozenset(new) & EMPTIED[table].keys()
    columns = set(models(Base)[table].__table__.columns.keys())
    if table in FINAL_ROWS or not {"ended_at", "dissolved_on", "valid_to"} & columns:
        return None
    return frozenset(new) & {"valid_to", "ended_at", "state", "status"}
