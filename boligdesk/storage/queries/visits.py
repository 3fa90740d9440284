"""The home-guidance log: the list, and one visit with everything that was written about it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import and_, case, exists, func, or_, select

from boligdesk.domain.catalog import VisitKind, VisitState
from boligdesk.domain.guidance import start_of_day
from boligdesk.services.errors import NotFound
from boligdesk.services.records.common import Page, Sort
from boligdesk.services.records.work import VisitDetail, VisitDraft, VisitFilter, VisitRow
from boligdesk.storage.person_rows import live_name, load_rows, load_secret
from boligdesk.storage.policies import readable
from boligdesk.storage.tables import Event, EventChange, Person, Visit, VisitNote
from boligdesk.storage.tables.declaring import aliased

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy import ColumnElement, Row

    from boligdesk.storage.reader import Reader

_STATE_ORDER = case(*((Visit.state == state, no) for no, state in enumerate(VisitState)))
#: Sort key -> columns; the newest first within equal values, id at the end.
SORTS: dict[str, tuple[Any, ...]] = {
    "when": (Visit.starts_at,),
    "person": (Person.sort_name, Visit.starts_at.desc()),
    "outcome": (_STATE_ORDER, Visit.starts_at.desc()),
}
#: A list shows the beginning of a text; the whole stands on the page of the visit.
_SHOWN = 300
_GUIDANCE = VisitKind.GUIDANCE.value
_NOTE = (
    VisitNote.id,
    VisitNote.created_at,
    VisitNote.created_by,
    VisitNote.areas,
    VisitNote.observed,
    VisitNote.said,
    VisitNote.assessment,
    VisitNote.next_step,
    VisitNote.present,
    VisitNote.interpreter,
    VisitNote.minutes,
    VisitNote.report_child_welfare_on,
)


class VisitQueries:
    """Only visits with people whose files the viewer may open."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def page(self, wanted: VisitFilter, sort: Sort, offset: int, limit: int) -> Page[VisitRow]:
        where = self._where(wanted)
        window = (
            select(Visit.id)
            .join(Person, Person.id == Visit.person_id)
            .where(where)
            .order_by(*_order(sort))
            .offset(offset)
            .limit(limit)
            .subquery()
        )
        rows = self._reader.rows(_rows().join(window, window.c.id == Visit.id).order_by(*_order(sort)))
        total = self._reader.scalar(
            select(func.count(Visit.id)).join(Person, Person.id == Visit.person_id).where(where)
        )
        return Page(tuple(self._row(row) for row in rows), int(total or 0), offset)

    def detail(self, visit_id: UUID) -> VisitDetail:
        """Raises NotFound. The earlier texts are put together from the notes and the change log."""
        reader = self._reader
        row = reader.first(
            select(
                Visit.id,
                Visit.person_id,
                Visit.case_id,
                Visit.starts_at,
                Visit.place,
                Visit.is_planned,
                Visit.lead_id,
                Visit.second_id,
                Visit.state,
                Visit.next_on,
                Visit.created_at,
                Person.display_name,
            )
            .join(Person, Person.id == Visit.person_id)
            .where(Visit.id == visit_id, self._seen)
        )
        if row is None:
            raise NotFound
        notes = reader.rows(
            select(*_NOTE)
            .where(VisitNote.visit_id == visit_id)
            .order_by(VisitNote.created_at.desc(), VisitNote.id.desc())
        )
        drafts = self._texts(row, notes)
        newest = notes[0] if notes else None
        return VisitDetail(
            id=row.id,
            person=self._full_name(row),
            draft=drafts[0],
            by=reader.user_names.get(newest.created_by if newest else row.lead_id, ""),
            written_at=newest.created_at if newest else row.created_at,
            corrections=tuple(drafts[1:]),
        )

    # -- inside ---------------------------------------------------------------------------------

    def _full_name(self, row: Row[Any]) -> str:
        """The name of a strictly protected person too, for those who may read it; lists never show it."""
        secret = load_secret(self._reader, row.person_id)
        if secret is None:
            return str(row.display_name)
        return live_name(load_rows(self._reader, row.person_id, secret)["names"], self._reader.today)

    @property
    def _seen(self) -> ColumnElement[bool]:
        viewer = self._reader.viewer
        return and_(
            Visit.kind == _GUIDANCE,
            Visit.ended_at.is_(None),
            readable(Visit, viewer),
            readable(Person, viewer),
        )

    def _where(self, wanted: VisitFilter) -> ColumnElement[bool]:
        conditions = [self._seen]
        if wanted.owner == "mine":
            me = self._reader.viewer.user_id
            conditions.append(or_(Visit.lead_id == me, Visit.second_id == me))
        if wanted.person_id is not None:
            conditions.append(Visit.person_id == wanted.person_id)
        if wanted.from_on is not None:
            conditions.append(Visit.starts_at >= start_of_day(wanted.from_on))
        if wanted.to_on is not None:
            conditions.append(Visit.starts_at < start_of_day(wanted.to_on + dt.timedelta(days=1)))
        if wanted.outcome:
            conditions.append(Visit.state == wanted.outcome)
        return and_(*conditions)

    def _row(self, row: Row[Any]) -> VisitRow:
        return VisitRow(
            id=row.id,
            person_id=row.person_id,
            person=row.display_name,
            starts_at=row.starts_at,
            place=row.place,
            outcome=row.state,
            areas=tuple(row.areas or ()),
            observed=row.observed or "",
            next_step=row.next_step or "",
            next_on=row.next_on,
            by=self._reader.user_names.get(row.lead_id, ""),
            is_corrected=bool(row.is_corrected),
        )

    def _texts(self, row: Row[Any], notes: Any) -> list[VisitDraft]:
        """What stands now, then what stood before each correction, newest first.

        A correction logged the old values of the visit's own columns, and wrote exactly one note.
        """
        header = {
            "starts_at": row.starts_at,
            "place": row.place,
            "is_planned": bool(row.is_planned),
            "second_id": row.second_id,
            "state": row.state,
            "next_on": row.next_on,
        }
        corrected = self._corrections(row.id)
        waiting = list(notes)
        drafts = [_draft(row, header, waiting[0] if waiting else None)]
        for event in corrected:
            waiting = waiting[1:]
            header = header | _plain_header(event.old or {})
            drafts.append(_draft(row, header, waiting[0] if waiting else None))
        return drafts

    def _corrections(self, visit_id: UUID) -> Any:
        """Correcting events, newest first, with the visit's columns before each; None = only words differed."""
        changed = and_(
            EventChange.event_id == Event.id,
            EventChange.tbl == Visit.__tablename__,
            EventChange.row_id == visit_id,
        )
        return self._reader.rows(
            select(Event.id, EventChange.old)
            .outerjoin(EventChange, changed)
            .where(Event.subject_id == visit_id, Event.verb == "correct_visit")
            .order_by(Event.at.desc(), Event.id.desc())
        )


def agreed_steps(reader: Reader, visit_ids: Collection[UUID]) -> dict[UUID, str]:
    """The beginning of the next step as it stands, by visit, of those that the viewer may open."""
    if not visit_ids:
        return {}
    found = reader.rows(
        select(Visit.id, func.substr(VisitNote.next_step, 1, _SHOWN).label("next_step"))
        .select_from(Visit)
        .join(VisitNote, _stands())
        .join(Person, Person.id == Visit.person_id)
        .where(
            Visit.id.in_(visit_ids),
            VisitNote.next_step.is_not(None),
            readable(Visit, reader.viewer),
            readable(Person, reader.viewer),
        )
    )
    return {row.id: row.next_step for row in found}


def _stands() -> ColumnElement[bool]:
    """The note of a visit that no other corrects."""
    later = aliased(VisitNote)
    # the visit is named again because its notes are indexed by it
    corrects = and_(later.visit_id == VisitNote.visit_id, later.corrects_id == VisitNote.id)
    return and_(VisitNote.visit_id == Visit.id, ~exists().where(corrects))


def _rows() -> Any:
    """Row columns with the note that stands."""
    corrected = exists().where(Event.subject_id == Visit.id, Event.verb == "correct_visit")
    return (
        select(
            Visit.id,
            Visit.person_id,
            Visit.starts_at,
            Visit.place,
            Visit.state,
            Visit.next_on,
            Visit.lead_id,
            Person.display_name,
            VisitNote.areas,
            func.substr(VisitNote.observed, 1, _SHOWN).label("observed"),
            func.substr(VisitNote.next_step, 1, _SHOWN).label("next_step"),
            corrected.label("is_corrected"),
        )
        .join(Person, Person.id == Visit.person_id)
        .outerjoin(VisitNote, _stands())
    )


def _order(sort: Sort) -> list[Any]:
    first, *rest = SORTS.get(sort.key, SORTS["when"])
    return [first.desc() if sort.descending else first.asc(), *rest, Visit.id]


def _draft(row: Row[Any], header: dict[str, Any], note: Row[Any] | None) -> VisitDraft:
    bare = VisitDraft(
        person_id=row.person_id,
        starts_at=header["starts_at"],
        place=header["place"],
        outcome=header["state"],
        is_planned=header["is_planned"],
        next_on=header["next_on"],
        second_id=header["second_id"],
        case_id=row.case_id,
    )
    if note is None:
        return bare
    return replace(
        bare,
        minutes=note.minutes,
        areas=tuple(note.areas),
        observed=note.observed or "",
        said=note.said or "",
        assessment=note.assessment or "",
        next_step=note.next_step or "",
        present=note.present or "",
        interpreter=note.interpreter or "",
        report_child_welfare_on=note.report_child_welfare_on,
    )


def _plain_header(old: dict[str, Any]) -> dict[str, Any]:
    """Old values of the change log, back from JSON."""
    header = dict(old)
    if header.get("starts_at"):
        header["starts_at"] = dt.datetime.fromisoformat(header["starts_at"])
    if header.get("next_on"):
        header["next_on"] = dt.date.fromisoformat(header["next_on"])
    if header.get("second_id"):
        header["second_id"] = UUID(header["second_id"])
    return header
