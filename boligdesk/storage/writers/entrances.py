"""Saves entrances. An entrance is a part of its building: the building's version is the one that counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from boligdesk.services.errors import InvalidInput, NotFound
from boligdesk.storage.policies import on_register
from boligdesk.storage.tables import Building, Dwelling, Entrance

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import Row

    from boligdesk.services.records.register import EntranceDraft
    from boligdesk.storage.writer import Writer


def save_entrance(writer: Writer, draft: EntranceDraft) -> tuple[UUID, int, UUID | None]:
    """Register (``id`` None) or correct. (entrance, the building's version, event); event None = nothing differed."""
    building = stored_building(writer, draft.building_id)
    values: dict[str, Any] = {
        "letter": draft.letter,
        "floors": draft.floors,
        "has_lift": None if draft.has_lift is None else int(draft.has_lift),
        "units_total": draft.units_total,
        "limit_share": draft.limit_share,
    }
    _refuse_same(writer, draft)
    scope = (int(building.list_scope_id), 0)
    if draft.id is None:
        entrance = writer.new_id()
        event = writer.event(
            "register_entrance", "building", building.id, scope=scope, params={"letter": draft.letter}
        )
        version = writer.step(Building, building.id, draft.version)
        writer.insert(Entrance, id=entrance, building_id=building.id, **values)
        return entrance, version, event
    stored = _stored(writer, draft.id, building.id)
    fields = [key for key, value in values.items() if getattr(stored, key) != value]
    if not fields:
        return draft.id, int(building.row_version), None
    event = writer.event(
        "change_entrance",
        "building",
        building.id,
        scope=scope,
        params={"letter": draft.letter, "fields": fields},
    )
    version = writer.step(Building, building.id, draft.version)
    writer.change(Entrance, draft.id, None, **values)
    return draft.id, version, event


def end_entrance(writer: Writer, entrance_id: UUID, version: int) -> tuple[UUID, int, UUID | None]:
    """Take an entrance off the building. Refused while dwellings are entered in it."""
    stored = _stored(writer, entrance_id, None)
    building = stored_building(writer, stored.building_id)
    used = writer.scalar(
        select(func.count(Dwelling.id)).where(
            Dwelling.entrance_id == entrance_id, Dwelling.ended_at.is_(None)
        )
    )
    if used:
        raise InvalidInput(
            "letter",
            "Oppgangen kan ikke tas bort.",
            "Den har boliger." if used > 1 else "Den har en bolig.",
            "Flytt boligene til en annen oppgang først.",
        )
    scope = (int(building.list_scope_id), 0)
    event = writer.event(
        "end_entrance", "building", building.id, scope=scope, params={"letter": stored.letter}
    )
    after = writer.step(Building, building.id, version)
    writer.change(Entrance, entrance_id, None, ended_at=writer.now)
    return entrance_id, after, event


def stored_building(writer: Writer, building_id: UUID) -> Row[Any]:
    """Raises NotFound outside the viewer's register."""
    row = writer.first(
        select(Building.id, Building.list_scope_id, Building.row_version).where(
            Building.id == building_id, on_register(Building, writer.viewer)
        )
    )
    if row is None:
        raise NotFound
    return row


def is_of_building(writer: Writer, entrance_id: UUID, building_id: UUID | None) -> bool:
    found = writer.scalar(
        select(Entrance.building_id).where(Entrance.id == entrance_id, Entrance.ended_at.is_(None))
    )
    return found is not None and found == building_id


def _stored(writer: Writer, entrance_id: UUID, building_id: UUID | None) -> Row[Any]:
    row = writer.first(
        select(Entrance.__table__).where(Entrance.id == entrance_id, Entrance.ended_at.is_(None))
    )
    if row is None or building_id not in {None, row.building_id}:
        raise NotFound
    return row


def _refuse_same(writer: Writer, draft: EntranceDraft) -> None:
    """One entrance a letter; in small or capital letters it is the same door."""
    same = select(Entrance.id).where(
        Entrance.building_id == draft.building_id,
        Entrance.ended_at.is_(None),
        func.lower(Entrance.letter) == draft.letter.lower(),
        Entrance.id != draft.id,
    )
    if writer.first(same) is not None:
        raise InvalidInput("letter", "Bygget har en oppgang med dette navnet fra før.")
