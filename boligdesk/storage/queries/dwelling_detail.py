"""The dwelling page: the register's card, facts, statuses, documents, timeline. Never who lives there."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from boligdesk.domain.catalog import FactState
from boligdesk.domain.dwellings import address_of, entrance_setting, residential_setting, timeline_words
from boligdesk.domain.facts import DWELLING, DWELLING_COLUMNS, kinds_of
from boligdesk.domain.identifiers import Matrikkelnummer
from boligdesk.services.errors import NotFound
from boligdesk.services.records.cases import DocumentRow
from boligdesk.services.records.common import FactValue, TimelineEntry
from boligdesk.services.records.dwellings import DwellingDetail, DwellingDraft, StatusPeriod
from boligdesk.storage.policies import on_register
from boligdesk.storage.queries.buildings import building_rows, municipal_in
from boligdesk.storage.queries.facts import live_facts
from boligdesk.storage.queries.register import entrance_of, found_by_works, works_of
from boligdesk.storage.tables import (
    CadastralRef,
    Document,
    DocumentVersion,
    Dwelling,
    DwellingStatusPeriod,
    Event,
)

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import Row

    from boligdesk.services.records.register import EntranceRow
    from boligdesk.storage.reader import Reader

_UNDOABLE = frozenset(
    {
        "register_dwelling",
        "change_dwelling",
        "set_dwelling_status",
        "record_work",
        "change_work",
        "end_work",
        "drop_work",
    }
)
_LATEST_EVENTS = 200
_FACT_LABELS = {kind.key: kind.label for kind in kinds_of(DWELLING)}


def dwelling_detail(reader: Reader, dwelling_id: UUID) -> DwellingDetail:
    """Raises NotFound when it is not on the viewer's register."""
    row = _row(reader, dwelling_id)
    building = building_rows(reader, row.building_id) if row.building_id else ()
    municipal = municipal_in(reader, row.building_id) if row.building_id else 0
    units = building[0].units_total if building else None
    entrance = entrance_of(reader, row.entrance_id)
    before = found_by_works(reader, dwelling_id)
    return DwellingDetail(
        id=row.id,
        version=row.row_version,
        draft=_draft(reader, row),
        address=address_of(row.street, row.house_no, row.letter, row.unit_no),
        district=reader.district_names.get(row.district_id, ""),
        building=building[0] if building else None,
        status=row.status,
        status_from=row.status_from,
        available_on=row.available_on,
        facts=_facts(reader, dwelling_id),
        statuses=_statuses(reader, dwelling_id),
        documents=_documents(reader, dwelling_id),
        timeline=_timeline(reader, dwelling_id),
        residential_setting=_setting(
            residential_setting(municipal, units, row.building_id is not None), entrance
        ),
        entrance=entrance,
        works=works_of(reader, dwelling_id, row.building_id),
        status_before_works=before.value if before else "",
    )


def stored_dwelling(reader: Reader, dwelling_id: UUID) -> DwellingDraft:
    """``DwellingDetail.draft`` alone. Raises NotFound."""
    return _draft(reader, _row(reader, dwelling_id))


def stored_facts(reader: Reader, dwelling_id: UUID) -> tuple[FactValue, ...]:
    """``DwellingDetail.facts`` alone. Raises NotFound."""
    return _facts(reader, _row(reader, dwelling_id).id)


def _row(reader: Reader, dwelling_id: UUID) -> Row[Any]:
    row = reader.first(
        select(Dwelling.__table__).where(Dwelling.id == dwelling_id, on_register(Dwelling, reader.viewer))
    )
    if row is None:
        raise NotFound
    return row


def _setting(building: str, entrance: EntranceRow | None) -> str:
    if entrance is None:
        return building
    share = entrance_setting(entrance.letter, entrance.dwellings, entrance.units_total, entrance.limit_share)
    return f"{building} {share}"


def cadastre_history(
    reader: Reader, dwelling_id: UUID
) -> tuple[tuple[str, dt.date | None, dt.date | None], ...]:
    """(number, from, to), newest first; one that was ended the day it began was a slip and is left out."""
    rows = reader.rows(
        select(
            CadastralRef.municipality,
            CadastralRef.gnr,
            CadastralRef.bnr,
            CadastralRef.fnr,
            CadastralRef.snr,
            CadastralRef.valid_from,
            CadastralRef.valid_to,
        )
        .where(CadastralRef.dwelling_id == dwelling_id)
        .order_by(CadastralRef.created_at.desc(), CadastralRef.id.desc())
    )
    return tuple(
        (
            str(Matrikkelnummer(row.municipality, row.gnr, row.bnr, row.fnr, row.snr)),
            row.valid_from,
            row.valid_to,
        )
        for row in rows
        if not _is_empty(row)
    )


def _is_empty(period: Any) -> bool:
    """Half-open with nothing inside; NULL is since always or still."""
    if period.valid_to is None:
        return False
    return bool((period.valid_from or dt.date.min) >= period.valid_to)


def _draft(reader: Reader, row: Row[Any]) -> DwellingDraft:
    now = [number for number, _since, ended in cadastre_history(reader, row.id) if ended is None]
    return DwellingDraft(
        code=row.code,
        street=row.street or "",
        house_no=row.house_no or "",
        letter=row.letter or "",
        unit_no=row.unit_no or "",
        postcode=row.postcode or "",
        city=row.city or "",
        district_id=row.district_id,
        building_id=row.building_id,
        entrance_id=row.entrance_id,
        offer_kind=row.offer_kind,
        ownership=row.ownership,
        disposal_form=row.disposal_form or "",
        rooms=row.rooms,
        bedrooms=row.bedrooms,
        area_m2x10=row.area_m2x10,
        floor=row.floor,
        rent_ore=row.rent_ore,
        cadastre=now[0] if now else "",
        counts_kostra=bool(row.counts_kostra),
        remark=row.remark or "",
        id=row.id,
        version=row.row_version,
    )


def _facts(reader: Reader, dwelling_id: UUID) -> tuple[FactValue, ...]:
    """Every question that a row answers, asked or not, then the others that have an answer."""
    found = {fact.key: fact for fact in live_facts(reader, DWELLING, dwelling_id)}
    first = [found.pop(key) if key in found else _never_asked(key) for key in DWELLING_COLUMNS]
    return (*first, *found.values())


def _never_asked(key: str) -> FactValue:
    label, state, day = _FACT_LABELS[key], FactState.UNKNOWN.value, None
    return FactValue(key, label, state, "Ikke kontrollert", None, "", day, "")


def _statuses(reader: Reader, dwelling_id: UUID) -> tuple[StatusPeriod, ...]:
    """Newest first. The cause of «ikke disponibel» is not among the columns read (ui.md 3.9)."""
    rows = reader.rows(
        select(
            DwellingStatusPeriod.status,
            DwellingStatusPeriod.reason,
            DwellingStatusPeriod.valid_from,
            DwellingStatusPeriod.valid_to,
            DwellingStatusPeriod.created_by,
        )
        .where(DwellingStatusPeriod.dwelling_id == dwelling_id)
        .order_by(DwellingStatusPeriod.created_at.desc(), DwellingStatusPeriod.id.desc())
    )
    return tuple(
        StatusPeriod(
            row.status,
            row.reason or "",
            row.valid_from,
            row.valid_to,
            reader.user_names.get(row.created_by, ""),
        )
        for row in rows
        if not _is_empty(row)
    )


def _documents(reader: Reader, dwelling_id: UUID) -> tuple[DocumentRow, ...]:
    """Papers of the dwelling itself: one that is also about a person or a case is read there."""
    rows = reader.rows(
        select(
            Document.id,
            Document.row_version,
            Document.title,
            Document.kind,
            Document.dated_on,
            Document.from_to,
            DocumentVersion.file_name,
            DocumentVersion.mime,
            DocumentVersion.size,
            Document.created_at,
            Document.created_by,
        )
        .join(DocumentVersion, DocumentVersion.id == Document.current_version_id)
        .where(
            Document.dwelling_id == dwelling_id,
            Document.person_id.is_(None),
            Document.case_id.is_(None),
            Document.ended_at.is_(None),
            Document.read_scope_id.in_(reader.viewer.place_scopes),
            Document.protection == 0,
        )
        .order_by(Document.created_at.desc(), Document.id.desc())
    )
    return tuple(
        DocumentRow(
            id=row.id,
            version=row.row_version,
            title=row.title,
            kind=row.kind,
            dated_on=row.dated_on,
            from_to=row.from_to or "",
            file_name=row.file_name,
            mime=row.mime,
            size=row.size,
            added_at=row.created_at,
            by=reader.user_names.get(row.created_by, ""),
        )
        for row in rows
    )


def _timeline(reader: Reader, dwelling_id: UUID) -> tuple[TimelineEntry, ...]:
    """Newest first. Events of a dwelling concern no person, so they follow the register's rule."""
    rows = reader.rows(
        select(Event.id, Event.at, Event.actor_id, Event.verb, Event.params, Event.undo_of_id)
        .where(
            Event.subject_id == dwelling_id,
            Event.subject_kind == "dwelling",
            Event.person_id.is_(None),
            Event.protection == 0,
        )
        .order_by(Event.at.desc(), Event.id.desc())
        .limit(_LATEST_EVENTS)
    )
    undone = {row.undo_of_id for row in rows if row.undo_of_id}
    return tuple(_entry(reader, row, row.id in undone, dwelling_id) for row in rows)


def _entry(reader: Reader, row: Row[Any], undone: bool, dwelling_id: UUID) -> TimelineEntry:
    kind, title, text = timeline_words(row.verb, row.params, _FACT_LABELS)
    return TimelineEntry(
        event_id=row.id,
        at=row.at,
        who=reader.user_names.get(row.actor_id, ""),
        kind=kind,
        title=f"{title} (angret)" if undone else title,
        text=text,
        subject_kind="dwelling",
        subject_id=dwelling_id,
        can_undo=row.verb in _UNDOABLE and not undone,
    )
