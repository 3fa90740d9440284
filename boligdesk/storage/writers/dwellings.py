"""Saves dwellings: the card, statuses through time, facts and the columns that repeat them."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, or_, select, update
from sqlalchemy.exc import IntegrityError

from boligdesk.domain.catalog import DwellingStatus
from boligdesk.domain.dwellings import address_sort
from boligdesk.domain.facts import DWELLING, DWELLING_COLUMNS
from boligdesk.services.errors import ConflictError, InvalidInput, NotFound
from boligdesk.storage.driver_errors import ConstraintBroken, translate
from boligdesk.storage.policies import on_register
from boligdesk.storage.search_index import index_dwelling
from boligdesk.storage.tables import (
    Building,
    Document,
    Dwelling,
    DwellingStatusPeriod,
    Event,
    ExternalRef,
    Fact,
)
from boligdesk.storage.writers.buildings import save_building
from boligdesk.storage.writers.cadastre import end_number, insert_number, live_number
from boligdesk.storage.writers.dwelling_status import succeed_status
from boligdesk.storage.writers.entrances import end_entrance, is_of_building, save_entrance
from boligdesk.storage.writers.facts import differing, save_facts
from boligdesk.storage.writers.scope import area_scope
from boligdesk.storage.writers.vacancies import follow_dwelling
from boligdesk.storage.writers.works import WorkWriter

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator
    from uuid import UUID

    from boligdesk.domain.dwellings import StatusStep
    from boligdesk.domain.identifiers import Matrikkelnummer
    from boligdesk.services.records.common import FactDraft
    from boligdesk.services.records.dwellings import BuildingDraft, DwellingDraft
    from boligdesk.services.records.register import EntranceDraft, WorkDraft, WorkEnd
    from boligdesk.storage.writer import Writer

#: (id, new version, event); event None = nothing differed and nothing was stored.
Outcome = tuple["UUID", int, "UUID | None"]

_PLAIN = (
    "rooms",
    "bedrooms",
    "area_m2x10",
    "floor",
    "rent_ore",
    "district_id",
    "building_id",
    "entrance_id",
    "counts_kostra",
)
_WORDS = (
    "code",
    "street",
    "house_no",
    "letter",
    "unit_no",
    "postcode",
    "city",
    "offer_kind",
    "ownership",
    "disposal_form",
    "remark",
)


class DwellingWriter:
    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def register(
        self,
        draft: DwellingDraft,
        cadastre: Matrikkelnummer | None,
        status: DwellingStatus,
        step: StatusStep,
        since: dt.date | None,
    ) -> Outcome:
        """Raises InvalidInput when the code is taken or the district or building does not exist."""
        writer = self._writer
        self._check_code(draft.code, None)
        values = self._columns(draft)
        dwelling = writer.new_id()
        event = self._event("register_dwelling", dwelling, values["list_scope_id"])
        writer.insert(
            Dwelling,
            id=dwelling,
            **values,
            status=status.value,
            status_from=since,
            available_on=step.available_on,
            ended_at=writer.now if status.is_gone else None,
        )
        writer.insert(DwellingStatusPeriod, dwelling_id=dwelling, status=status.value, valid_from=since)
        if cadastre is not None:
            insert_number(writer, dwelling, cadastre, None)
        with _one_code():
            writer.flush()
        index_dwelling(writer, dwelling)
        return dwelling, 1, event

    def change(self, draft: DwellingDraft, cadastre: Matrikkelnummer | None) -> Outcome:
        writer = self._writer
        if draft.id is None:
            raise NotFound
        stored = self._stored(draft.id)
        values = self._columns(draft)
        old_number = live_number(writer, draft.id)
        same_number = (old_number.number if old_number else None) == cadastre
        fields = [key for key in (*_WORDS, *_PLAIN) if stored[key] != values[key]]
        if not fields and same_number:
            return draft.id, int(stored["row_version"]), None
        self._check_code(draft.code, draft.id)
        changed = fields if same_number else [*fields, "cadastre"]
        event = self._event("change_dwelling", draft.id, values["list_scope_id"], {"fields": changed})
        try:
            with _one_code():
                version = writer.change(Dwelling, draft.id, draft.version, **values)
        except ConflictError as conflict:
            raise _in_fields(conflict) from None
        if not same_number:
            if old_number is not None:
                end_number(writer, old_number)
            if cadastre is not None:
                insert_number(writer, draft.id, cadastre, writer.today if old_number else None)
            if not fields:
                version = writer.step(Dwelling, draft.id, version)
        if stored["list_scope_id"] != values["list_scope_id"]:
            self._rescope(draft.id, values["list_scope_id"])
        index_dwelling(writer, draft.id)
        return draft.id, version, event

    def set_status(
        self, dwelling_id: UUID, version: int, status: DwellingStatus, step: StatusStep, reason: str
    ) -> Outcome:
        """End the live period and begin the next. The cause of «ikke disponibel» goes where no list reads."""
        writer = self._writer
        stored = self._stored(dwelling_id)
        params: dict[str, Any] = {"status": status.value, "changes": step.changes}
        if step.changes:
            params["from_on"] = step.from_on.isoformat()
        if step.available_on is not None:
            params["available_on"] = step.available_on.isoformat()
        event = self._event("set_dwelling_status", dwelling_id, stored["list_scope_id"], params)
        values: dict[str, Any] = {"available_on": step.available_on}
        if step.changes:
            values |= {
                "status": status.value,
                "status_from": step.from_on,
                "ended_at": writer.now if status.is_gone else None,
            }
        new_version = writer.change(Dwelling, dwelling_id, version, **values)
        if step.changes:
            succeed_status(writer, dwelling_id, status, step.from_on, reason)
        return dwelling_id, new_version, event

    def record_facts(self, dwelling_id: UUID, facts: tuple[FactDraft, ...]) -> Outcome:
        """Facts carry their own check: two people who answer different questions both get through."""
        writer = self._writer
        stored = self._stored(dwelling_id)
        new = differing(writer, DWELLING, dwelling_id, facts)
        if not new:
            return dwelling_id, int(stored["row_version"]), None
        scope = (int(stored["list_scope_id"]), 0)
        event = self._event("record_facts", dwelling_id, scope[0], {"keys": [fact.key for fact in new]})
        version = writer.step(Dwelling, dwelling_id, int(stored["row_version"]))
        save_facts(writer, DWELLING, dwelling_id, new, scope)
        writer.flush()
        shown = self._projections([dwelling_id])[dwelling_id]
        if any(stored[key] != value for key, value in shown.items()):
            version = writer.change(Dwelling, dwelling_id, None, **shown)
        return dwelling_id, version, event

    def save_building(self, draft: BuildingDraft) -> Outcome:
        return save_building(self._writer, draft)

    def save_entrance(self, draft: EntranceDraft) -> Outcome:
        return save_entrance(self._writer, draft)

    def end_entrance(self, entrance_id: UUID, version: int) -> Outcome:
        return end_entrance(self._writer, entrance_id, version)

    def record_work(self, draft: WorkDraft) -> Outcome:
        return WorkWriter(self._writer).record(draft)

    def end_work(self, end: WorkEnd) -> Outcome:
        return WorkWriter(self._writer).end(end)

    def add_external_ref(self, dwelling_id: UUID, version: int, system: str, ref: str) -> Outcome:
        """Raises InvalidInput when another dwelling has the number; the same again changes nothing."""
        writer = self._writer
        stored = self._stored(dwelling_id)
        taken = writer.scalar(
            select(ExternalRef.subject_id).where(
                ExternalRef.system == system, ExternalRef.subject_kind == DWELLING, ExternalRef.ref == ref
            )
        )
        if taken == dwelling_id:
            return dwelling_id, int(stored["row_version"]), None
        if taken is not None:
            raise InvalidInput("ref", "En annen bolig har dette nummeret i det andre systemet.")
        event = self._event("add_external_ref", dwelling_id, stored["list_scope_id"], {"system": system})
        new_version = writer.step(Dwelling, dwelling_id, version)
        writer.insert(ExternalRef, system=system, ref=ref, subject_kind=DWELLING, subject_id=dwelling_id)
        return dwelling_id, new_version, event

    def stale_projections(self) -> int:
        """How many dwellings repeat their facts wrongly; always 0 unless somebody wrote past this class."""
        columns = [getattr(Dwelling, key) for key in DWELLING_COLUMNS]
        rows = self._writer.rows(select(Dwelling.id, *columns))
        right = self._projections([row.id for row in rows])
        return sum(any(getattr(row, key) != value for key, value in right[row.id].items()) for row in rows)

    # -- inside ---------------------------------------------------------------------------------

    def _event(self, verb: str, dwelling: UUID, scope: int, params: dict[str, Any] | None = None) -> UUID:
        return self._writer.event(verb, "dwelling", dwelling, scope=(scope, 0), params=params)

    def _stored(self, dwelling_id: UUID) -> dict[str, Any]:
        """The row as it is. Raises NotFound outside the viewer's register."""
        row = self._writer.first(
            select(Dwelling.__table__).where(
                Dwelling.id == dwelling_id, on_register(Dwelling, self._writer.viewer)
            )
        )
        if row is None:
            raise NotFound
        return dict(row._mapping)  # noqa: SLF001 - the row's public mapping view

    def _check_code(self, code: str, own_id: UUID | None) -> None:
        same = or_(Dwelling.code == code, func.lower(Dwelling.code) == code.lower())
        found = self._writer.first(select(Dwelling.id, Dwelling.ended_at).where(same, Dwelling.id != own_id))
        if found is not None:
            gone = "Boligen som har koden, er ute av registeret." if found.ended_at else ""
            raise _code_taken(gone)

    def _columns(self, draft: DwellingDraft) -> dict[str, Any]:
        writer = self._writer
        if draft.district_id is not None and draft.district_id not in writer.district_names:
            raise InvalidInput("district_id", "Velg et av områdene i listen.")
        if draft.building_id is not None and not self._has_building(draft.building_id):
            raise InvalidInput("building_id", "Velg et av byggene i listen.")
        if draft.entrance_id is not None and not is_of_building(writer, draft.entrance_id, draft.building_id):
            raise InvalidInput("entrance_id", "Velg en av oppgangene i bygget.")
        return {
            **{key: getattr(draft, key) or None for key in _WORDS},
            **{key: getattr(draft, key) for key in _PLAIN},
            "address_sort": address_sort(draft.street, draft.house_no, draft.letter, draft.unit_no),
            "list_scope_id": area_scope(writer, writer.office_unit, draft.district_id),
        }

    def _has_building(self, building_id: UUID) -> bool:
        seen = select(Building.id).where(
            Building.id == building_id, on_register(Building, self._writer.viewer)
        )
        return self._writer.scalar(seen) is not None

    def _projections(self, dwelling_ids: list[UUID]) -> dict[UUID, dict[str, int | None]]:
        """The accessibility columns as the live facts say: 1 yes, 0 no, None unknown or never asked."""
        right: dict[UUID, dict[str, int | None]] = {
            dwelling: dict.fromkeys(DWELLING_COLUMNS) for dwelling in dwelling_ids
        }
        live = select(Fact.subject_id, Fact.key, Fact.value_num).where(
            Fact.subject_kind == DWELLING,
            Fact.superseded_at.is_(None),
            Fact.state == "kjent",
            Fact.key.in_(DWELLING_COLUMNS),
        )
        if len(dwelling_ids) == 1:
            live = live.where(Fact.subject_id == dwelling_ids[0])
        for row in self._writer.rows(live):
            if row.subject_id in right:
                right[row.subject_id][row.key] = row.value_num
        return right

    def _rescope(self, dwelling_id: UUID, scope: int) -> None:
        """Facts, events and own papers follow the dwelling to its new area."""
        writer = self._writer
        writer.flush()
        own = Document.person_id.is_(None) & Document.case_id.is_(None)
        for table, where in (
            (Fact, Fact.subject_id == dwelling_id),
            (Event, (Event.subject_id == dwelling_id) & Event.person_id.is_(None)),
        ):
            writer.connection.execute(update(table).where(where).values(read_scope_id=scope))
        writer.connection.execute(
            update(Document)
            .where(Document.dwelling_id == dwelling_id, own)
            .values(read_scope_id=scope, row_version=Document.row_version + 1)
        )
        follow_dwelling(writer, dwelling_id, scope)


@contextmanager
def _one_code() -> Iterator[None]:
    """Somebody may take the code between our look and our write; the database then decides."""
    try:
        yield
    except IntegrityError as error:
        broken = translate(error)
        if isinstance(broken, ConstraintBroken) and broken.name in {"uq_dwelling_code", "dwelling.code"}:
            raise _code_taken("") from None
        raise


def _code_taken(what: str) -> InvalidInput:
    return InvalidInput("code", "Boligkoden er i bruk.", what, "Velg en annen kode.")


def _in_fields(conflict: ConflictError) -> ConflictError:
    """Only what a person wrote: derived columns are no part of the choice."""
    shown = {*_WORDS, *_PLAIN}
    return ConflictError(
        {key: value for key, value in conflict.mine.items() if key in shown},
        {key: value for key, value in conflict.theirs.items() if key in shown},
        conflict.theirs_by,
        conflict.theirs_at,
    )
