"""The log as a leader reads it: what was written and what was opened, in one stream."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, exists, func, literal, or_, select, union_all

from boligdesk.domain.events import title
from boligdesk.domain.facts import FactError, FactType, in_words, kind_of
from boligdesk.domain.log_words import field_words, value_words
from boligdesk.services.records.common import MASKED_NAME, Page
from boligdesk.services.records.office import ChainCheck
from boligdesk.services.records.work import LogRow
from boligdesk.services.timeline import sentence
from boligdesk.storage import chain
from boligdesk.storage.merged import files_of, kept_names, lies_readable
from boligdesk.storage.policies import readable
from boligdesk.storage.tables import CaseFile, Event, EventChange, Person, ReadEntry

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from sqlalchemy import ColumnElement, Select

    from boligdesk.storage.policies import Viewer
    from boligdesk.storage.reader import Reader

#: Events of the office itself (users, rules) concern no person.
_OFFICE_SCOPE = 0
#: Rules that hold for days past are adopted with a reason. It names nobody, and belongs in the log.
_TELLS_WHY = "adopt_rules"
#: How far past the window the entries are counted.
_COUNTED_AHEAD = 2_000
_READ_WORDS = {
    "apnet": "Åpnet",
    "sok": "Søkte opp",
    "treff_apnet": "Åpnet fra søk",
    "skrevet_ut": "Skrev ut",
    "eksport": "Tok ut i fil",
    "vis_nummer": "Viste fødselsnummeret",
    "vis_adresse": "Viste den skjermede adressen",
    "vis_dokument": "Åpnet dokument",
    "vis_brev": "Åpnet brev",
    "skriv_ut": "Skrev ut brev",
}


class LogQueries:
    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def entries(
        self, offset: int, limit: int, person_id: UUID | None, case_id: UUID | None, kind: str = ""
    ) -> Page[LogRow]:
        """Newest first. Only entries about people the viewer may read, and the office's own.

        The total is exact up to some thousands past the window and grows as somebody reads on: a log has
        millions of entries, and who may see each is a question of its own.
        """
        streams = self._streams(person_id, case_id, kind)
        total = sum(self._number(stream, offset + limit + _COUNTED_AHEAD) for stream in streams)
        # each stream walks its own index as far as the window reaches; only that much is merged
        walks = [
            select(stream.order_by(_at(stream).desc(), _id(stream).desc()).limit(offset + limit).subquery())
            for stream in streams
        ]
        stream = (union_all(*walks) if len(walks) > 1 else walks[0]).subquery()
        rows = self._reader.rows(
            select(stream).order_by(stream.c.at.desc(), stream.c.id.desc()).offset(offset).limit(limit)
        )
        names = self._subjects(rows)
        changes = self._changes([row.id for row in rows if row.kind == "skrevet"])
        reasons = self._reasons([row.id for row in rows if row.what == _TELLS_WHY])
        return Page(tuple(self._row(row, names, changes, reasons) for row in rows), total, offset)

    def check(self) -> ChainCheck:
        """Recompute the hash chain."""
        found = chain.verify(self._reader)
        problem = None if found.broken_at is None else f"{found.reason} Ledd nr. {found.broken_at}."
        return ChainCheck(found.links, found.head.hex(), problem)

    def _streams(self, person_id: UUID | None, case_id: UUID | None, kind: str) -> list[Select[Any]]:
        viewer = self._reader.viewer
        written = select(
            Event.id,
            Event.at,
            Event.actor_id,
            Event.verb.label("what"),
            Event.person_id,
            Event.case_id,
            literal(None).label("reason"),
            Event.subject_kind,
            literal("skrevet").label("kind"),
        ).where(or_(readable(Event, viewer), Event.read_scope_id == _OFFICE_SCOPE))
        readable_person = exists(
            select(Person.id).where(Person.id == ReadEntry.person_id, readable(Person, viewer))
        )
        listed_case = exists(select(CaseFile.id).where(CaseFile.id == ReadEntry.case_id, _listed(viewer)))
        read = select(
            ReadEntry.id,
            ReadEntry.at,
            ReadEntry.actor_id,
            ReadEntry.op.label("what"),
            ReadEntry.person_id,
            ReadEntry.case_id,
            ReadEntry.reason,
            literal("").label("subject_kind"),
            literal("lest").label("kind"),
        ).where(
            or_(ReadEntry.person_id.is_(None), readable_person, lies_readable(ReadEntry.person_id, viewer)),
            or_(ReadEntry.case_id.is_(None), listed_case),
        )
        if person_id is not None:
            written, read = (
                written.where(Event.person_id.in_(files_of(self._reader, person_id))),
                read.where(ReadEntry.person_id.in_(files_of(self._reader, person_id))),
            )
        if case_id is not None:
            written, read = written.where(Event.case_id == case_id), read.where(ReadEntry.case_id == case_id)
        if kind:
            return [written if kind == "skrevet" else read]
        return [written, read]

    def _number(self, stream: Select[Any], most: int) -> int:
        some = stream.with_only_columns(_at(stream), maintain_column_froms=True)
        some = some.order_by(_at(stream).desc(), _id(stream).desc()).limit(most)
        return int(self._reader.scalar(select(func.count()).select_from(some.subquery())) or 0)

    def _subjects(self, rows: Sequence[Any]) -> dict[UUID, str]:
        viewer = self._reader.viewer
        people = {row.person_id for row in rows if row.person_id is not None}
        cases = {row.case_id for row in rows if row.case_id is not None}
        names = kept_names(self._reader, people)
        numbers = {
            row.id: row.number
            for row in self._reader.rows(
                select(CaseFile.id, CaseFile.number).where(and_(CaseFile.id.in_(cases), _listed(viewer)))
            )
        }
        return names | numbers

    def _reasons(self, event_ids: list[UUID]) -> dict[UUID, str]:
        if not event_ids:
            return {}
        found = self._reader.rows(select(Event.id, Event.params).where(Event.id.in_(event_ids)))
        return {row.id: str(row.params.get("reason") or "") for row in found}

    def _changes(self, event_ids: list[UUID]) -> dict[UUID, list[tuple[str, str, str]]]:
        result: dict[UUID, list[tuple[str, str, str]]] = {}
        for row in self._reader.rows(
            select(EventChange.event_id, EventChange.tbl, EventChange.old, EventChange.new)
            .where(EventChange.event_id.in_(event_ids))
            .order_by(EventChange.event_id, EventChange.no)
        ):
            result.setdefault(row.event_id, []).extend(_change(row.tbl, row.old, row.new))
        return result

    def _row(
        self,
        row: Any,
        names: dict[UUID, str],
        changes: dict[UUID, list[tuple[str, str, str]]],
        reasons: dict[UUID, str],
    ) -> LogRow:
        subject = [names.get(key, MASKED_NAME) for key in (row.person_id, row.case_id) if key is not None]
        what = _READ_WORDS.get(row.what, "Åpnet") if row.kind == "lest" else _act(row.what, row.subject_kind)
        return LogRow(
            row.at,
            self._reader.user_names.get(row.actor_id, ""),
            what,
            " · ".join(subject),
            row.kind,
            row.reason or reasons.get(row.id, ""),
            tuple(changes.get(row.id, ())),
        )


def _act(verb: str, subject_kind: str) -> str:
    """The act in words. What exactly was changed stands in the changes, so the params are not needed."""
    return title(verb) if verb == "undo" else sentence(verb, subject_kind, {}, lambda _user: "")[1]


def _change(table: str, old: dict[str, Any] | None, new: dict[str, Any]) -> list[tuple[str, str, str]]:
    """(what, before, now) of one row, field by field; of a new row only what is filled."""
    if table == "fact":
        return _fact(new) if old is None else []
    found = []
    for key, value in new.items():
        word = field_words(table, key)
        if word and (old is not None or value not in (None, "", [])):
            before = None if old is None else old.get(key)
            found.append((word, value_words(table, key, before), value_words(table, key, value)))
    return found


def _fact(new: dict[str, Any]) -> list[tuple[str, str, str]]:
    """An answer is always a new row; what it replaced stands in the entry before."""
    try:
        kind = kind_of(str(new.get("subject_kind")), str(new.get("key")))
    except FactError:
        return []
    value = new.get(kind.type.column)
    if kind.type is FactType.DATE and value:
        value = dt.date.fromisoformat(value)
    return [(kind.label, "–", in_words(kind, str(new.get("state")), value))]


def _listed(viewer: Viewer) -> ColumnElement[bool]:
    """``policies.listed`` so put that SQLite looks the few ids up, and not everything in the scopes."""
    inside: ColumnElement[bool] = (CaseFile.list_scope_id + 0).in_(viewer.scopes)
    return inside


def _at(stream: Select[Any]) -> Any:
    return stream.selected_columns.at


def _id(stream: Select[Any]) -> Any:
    return stream.selected_columns.id
