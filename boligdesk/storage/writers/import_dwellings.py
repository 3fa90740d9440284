"""New dwellings of a list, with facts and numbers in other systems, without a question per row.

The same rows, log and versions as through ``DwellingWriter``. What has to be asked about (a code or number
that is taken, a building nobody knows) is not taken here: ``is_free`` says so beforehand.
"""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, or_, select

from boligdesk.domain.catalog import FactState
from boligdesk.domain.dwellings import address_sort
from boligdesk.domain.facts import DWELLING, DWELLING_COLUMNS
from boligdesk.services.records.dwellings import DwellingDraft
from boligdesk.storage.policies import on_register
from boligdesk.storage.search_index import dwelling_texts, put_tokens
from boligdesk.storage.tables import Building, Dwelling, DwellingStatusPeriod, ExternalRef
from boligdesk.storage.writers.cadastre import insert_number
from boligdesk.storage.writers.facts import save_facts
from boligdesk.storage.writers.import_lookups import chunks

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from boligdesk.services.ports.imports import NewDwelling
    from boligdesk.storage.writer import Writer

#: What the draft says in the words of the table. Empty text is unknown.
_COLUMNS = tuple(
    field.name
    for field in fields(DwellingDraft)
    if field.name in Dwelling.__table__.columns and field.name != "id"
)


class NewDwellings:
    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._codes: set[str] = set()
        self._refs: set[tuple[str, str]] = set()
        self._buildings: set[UUID] = set()

    def look_up(self, codes: Collection[str], refs: Collection[tuple[str, str]]) -> None:
        """Which codes and numbers in other systems are taken, whoever may see it."""
        writer = self._writer
        self._buildings = {
            row.id for row in writer.rows(select(Building.id).where(on_register(Building, writer.viewer)))
        }
        lowered = func.lower(Dwelling.code)
        for part in chunks(codes):
            taken = or_(Dwelling.code.in_(part), lowered.in_([code.lower() for code in part]))
            for row in writer.rows(select(Dwelling.code, lowered.label("lower")).where(taken)):
                self._codes |= {row.code, row.lower, row.code.lower()}
        for part in chunks(refs):
            for row in writer.rows(
                select(ExternalRef.system, ExternalRef.ref).where(
                    ExternalRef.subject_kind == DWELLING,
                    ExternalRef.system.in_({system for system, _ref in part}),
                    ExternalRef.ref.in_({ref for _system, ref in part}),
                )
            ):
                self._refs.add((row.system, row.ref))

    def is_free(self, draft: DwellingDraft, refs: Collection[tuple[str, str]]) -> bool:
        """Everything ``DwellingWriter`` asks the database about, is known to be in order."""
        return (
            self._codes.isdisjoint({draft.code, draft.code.lower()})
            and self._refs.isdisjoint(refs)
            and (draft.district_id is None or draft.district_id in self._writer.district_names)
            and (draft.building_id is None or self._has_building(draft.building_id))
        )

    def put(self, new: NewDwelling, scope: int) -> UUID:
        writer, draft = self._writer, new.draft
        dwelling = writer.new_id()
        values = {name: getattr(draft, name) for name in _COLUMNS}
        writer.event("register_dwelling", "dwelling", dwelling, scope=(scope, 0))
        writer.insert(
            Dwelling,
            id=dwelling,
            **{name: None if value == "" else value for name, value in values.items()},
            address_sort=address_sort(draft.street, draft.house_no, draft.letter, draft.unit_no),
            list_scope_id=scope,
            status=new.status.value,
            available_on=new.step.available_on,
            ended_at=writer.now if new.status.is_gone else None,
        )
        writer.insert(DwellingStatusPeriod, dwelling_id=dwelling, status=new.status.value)
        if new.cadastre is not None:
            insert_number(writer, dwelling, new.cadastre, None)
        texts = dwelling_texts(draft.code, draft.street, draft.house_no, draft.letter, draft.unit_no)
        put_tokens(writer, "dwelling", dwelling, texts, scope, is_new=True)
        if new.facts:
            self._facts(dwelling, new, scope)
        for system, ref in new.refs:
            self._ref(dwelling, system, ref, scope)
        self._codes |= {draft.code, draft.code.lower()}
        return dwelling

    def _facts(self, dwelling: UUID, new: NewDwelling, scope: int) -> None:
        writer = self._writer
        self._event("record_facts", dwelling, scope, {"keys": [fact.key for fact in new.facts]})
        writer.copy_made(Dwelling, dwelling)
        save_facts(writer, DWELLING, dwelling, new.facts, (scope, 0), is_new=True)
        known = {fact.key: fact.value for fact in new.facts if fact.state == FactState.KNOWN}
        writer.change_made(
            Dwelling, dwelling, **{key: known[key] for key in DWELLING_COLUMNS if key in known}
        )

    def _ref(self, dwelling: UUID, system: str, ref: str, scope: int) -> None:
        writer = self._writer
        self._event("add_external_ref", dwelling, scope, {"system": system})
        writer.copy_made(Dwelling, dwelling)
        writer.insert(ExternalRef, system=system, ref=ref, subject_kind=DWELLING, subject_id=dwelling)
        self._refs.add((system, ref))

    def _event(self, verb: str, dwelling: UUID, scope: int, params: dict[str, Any]) -> None:
        self._writer.event(verb, "dwelling", dwelling, scope=(scope, 0), params=params)

    def _has_building(self, building_id: UUID) -> bool:
        if building_id not in self._buildings:
            writer = self._writer
            seen = select(Building.id).where(Building.id == building_id, on_register(Building, writer.viewer))
            if writer.scalar(seen) is not None:
                self._buildings.add(building_id)
        return building_id in self._buildings
