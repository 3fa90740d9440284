"""Takes back an ordinary act by a new event that restores the old values. Nothing is erased."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import and_, or_, select

from boligdesk.domain.events import FINAL_ROWS, NEVER_UNDONE, instead
from boligdesk.services.errors import NotFound, UserError
from boligdesk.storage.merged import current_person
from boligdesk.storage.person_rows import from_plain
from boligdesk.storage.policies import readable
from boligdesk.storage.search_index import index_case, index_dwelling, index_person
from boligdesk.storage.tables import (
    Base,
    Building,
    Dwelling,
    Event,
    EventChange,
    Household,
    LegalTrack,
    Person,
)
from boligdesk.storage.tables.declaring import models
from boligdesk.storage.track_acts import EMPTIED, SUBJECT, stands
from boligdesk.storage.writers import allocation_undo
from boligdesk.storage.writers.assessment import settle_track
from boligdesk.storage.writers.deadlines import refresh_next_due
from boligdesk.storage.writers.merge_undo import DERIVED, undo_event
from boligdesk.storage.writers.person_wide import refresh_wide
from boligdesk.storage.writers.scope import rescope_household, rescope_with_household

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

    from boligdesk.storage.writer import Writer

_ROOTS = {
    "person": Person,
    "household": Household,
    "dwelling": Dwelling,
    "building": Building,
    SUBJECT: LegalTrack,
}
_MODELS = models(Base)
_NEVER = dt.date.min


def _refuse_verb(verb: str) -> None:
    if verb not in NEVER_UNDONE:
        return
    if instead(verb):
        raise UserError("Dette kan ikke angres.", todo=instead(verb))
    if verb.startswith("import"):
        raise UserError("Det som er hentet fra liste, kan ikke angres.", todo="Rett det på siden i stedet.")
    if verb == "undo_merge":
        raise UserError("Dette kan ikke gjøres om.", todo="Slå mappene sammen på nytt i stedet.")
    if verb.endswith("_reader"):
        raise UserError("Tilgang til en mappe kan ikke angres.", todo="Avslutt tilgangen på personsiden.")
    raise UserError("Adressesperre kan ikke angres.", todo="Avslutt eller endre sperren på personsiden.")


class UndoWriter:
    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def subject_kind(self, event_id: UUID) -> str:
        """What the event is about, for the right that it takes. Raises NotFound."""
        found = self._writer.scalar(select(Event.subject_kind).where(Event.id == event_id, self._may_read()))
        if found is None:
            raise NotFound
        return str(found)

    def undo(self, event_id: UUID) -> tuple[UUID, str, UUID]:
        """Restore what the event changed; returns (new event id, subject kind, subject id).

        Raises UserError when the act cannot be taken back, with what to do instead, or when somebody
        has changed the same since.
        """
        event = self._writer.first(select(Event.__table__).where(Event.id == event_id, self._may_read()))
        if event is None:
            raise NotFound
        if self._writer.first(select(Event.id).where(Event.undo_of_id == event_id)):
            raise UserError("Dette er allerede angret.", safe="Ingenting er endret nå.")
        changes = self._writer.rows(
            select(EventChange.__table__)
            .where(EventChange.event_id == event_id)
            .order_by(EventChange.no.desc())
        )
        _refuse_verb(event.verb)
        if event.verb == "merge_people":
            apart = undo_event(self._writer, event.params)
            return apart.event_id or event_id, event.subject_kind, event.subject_id
        self._refuse_final(changes)
        self._refuse_bound(event, changes)
        new_event = self._writer.event(
            "undo",
            event.subject_kind,
            event.subject_id,
            scope=(event.read_scope_id, event.protection),
            case_id=event.case_id,
            person_id=event.person_id,
            params={"verb": event.verb},
            undo_of=event_id,
        )
        for change in changes:
            self._restore(change)
        self._refresh_derived(event)
        return new_event, event.subject_kind, event.subject_id

    def _may_read(self) -> ColumnElement[bool]:
        """Acts on the register are for whoever sees the register, also without access to people."""
        viewer = self._writer.viewer
        place = and_(
            Event.subject_kind.in_(("dwelling", "building", "vacancy")),
            Event.person_id.is_(None),
            Event.read_scope_id.in_(viewer.place_scopes),
        )
        return or_(readable(Event, viewer), place)

    def _refuse_final(self, changes: Any) -> None:
        if not changes or any(change.old is None and change.tbl in FINAL_ROWS for change in changes):
            raise UserError(
                "Dette kan ikke angres.",
                "Det som er skrevet ned, blir stående.",
                todo="Skriv en rettelse i stedet.",
            )

    def _refuse_bound(self, event: Any, changes: Any) -> None:
        """What was judged stands while a conclusion, a letter or a decision rests on it."""
        allocation_undo.refuse_bound(self._writer, event)
        if event.subject_kind == SUBJECT:
            moved = any(change.tbl == LegalTrack.__tablename__ for change in changes)
            found = stands(self._writer, event.subject_id, event.at, moved_track=moved)
            if found is not None:
                raise found

    def _restore(self, change: Any) -> None:
        model = _MODELS[change.tbl]
        stored = dict(
            self._writer.connection.execute(select(model.__table__).where(model.id == change.row_id))
            .mappings()
            .one()
        )
        wanted = self._take_back(model) if change.old is None else from_plain(model, change.old)
        derived = DERIVED.get(change.tbl, frozenset())
        wanted = {key: value for key, value in wanted.items() if key not in derived}
        made = from_plain(model, change.new)
        watched = {"valid_to", "ended_at", "state", "status", "finished_on", *EMPTIED.get(change.tbl, ())}
        touched = wanted.keys() if change.old is not None else made.keys() & watched
        if any(stored[key] != made[key] for key in touched if key in made):
            raise UserError(
                "Dette kan ikke angres lenger.",
                "Noen har endret det samme senere.",
                "Ingenting er endret nå.",
                "Åpne siden og rett det der.",
            )
        if wanted:
            self._writer.change(model, change.row_id, None, **wanted)

    def _take_back(self, model: Any) -> dict[str, Any]:
        """How a row that was made is taken back: acts end, periods never were."""
        columns = model.__table__.columns
        if model.__tablename__ in EMPTIED:
            return EMPTIED[model.__tablename__]
        if "ended_at" in columns:
            return {"ended_at": self._writer.now}
        if "dissolved_on" in columns:
            return {"dissolved_on": self._writer.today}
        if "valid_to" in columns:
            return {"valid_from": None, "valid_to": _NEVER}
        raise UserError("Dette kan ikke angres.", todo="Rett det på siden i stedet.")

    def _step_root(self, event: Any) -> None:
        """An open form notices, also when only rows below the root were restored."""
        root: Any = _ROOTS.get(event.subject_kind)
        if root is not None:
            self._writer.flush()
            version = self._writer.scalar(select(root.row_version).where(root.id == event.subject_id))
            self._writer.step(root, event.subject_id, version)

    def _refresh_derived(self, event: Any) -> None:
        if event.person_id is not None:
            person_id = current_person(self._writer, event.person_id)
            refresh_wide(self._writer, person_id)
            rescope_with_household(self._writer, person_id)
            index_person(self._writer, person_id)
        if event.subject_kind == "household":
            rescope_household(self._writer, event.subject_id)
        if event.subject_kind == SUBJECT:
            settle_track(self._writer, event.subject_id)
        allocation_undo.settle(self._writer, event)
        self._step_root(event)
        if event.case_id is not None:
            index_case(self._writer, event.case_id)
            refresh_next_due(self._writer, event.case_id)
        if event.subject_kind == "dwelling":
            index_dwelling(self._writer, event.subject_id)
