"""Saves buildings. A building follows its district; its dwellings have areas of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from boligdesk.services.errors import ConflictError, InvalidInput, NotFound
from boligdesk.storage.policies import on_register
from boligdesk.storage.tables import Building
from boligdesk.storage.writers.scope import area_scope

if TYPE_CHECKING:
    from uuid import UUID

    from boligdesk.services.records.dwellings import BuildingDraft
    from boligdesk.storage.writer import Writer

_WORDS = ("name", "street", "house_no", "letter", "postcode", "city", "building_no", "owner")
_PLAIN = ("district_id", "built_year", "units_total", "floors")


def save_building(writer: Writer, draft: BuildingDraft) -> tuple[UUID, int, UUID | None]:
    """Register (``id`` None) or change. (id, new version, event); event None = nothing differed."""
    if draft.district_id is not None and draft.district_id not in writer.district_names:
        raise InvalidInput("district_id", "Velg et av områdene i listen.")
    values: dict[str, Any] = {
        **{key: getattr(draft, key) or None for key in _WORDS},
        **{key: getattr(draft, key) for key in _PLAIN},
        "has_lift": None if draft.has_lift is None else int(draft.has_lift),
    }
    scope = area_scope(writer, writer.office_unit, draft.district_id)
    if draft.id is None:
        building = writer.new_id()
        event = writer.event("register_building", "building", building, scope=(scope, 0))
        writer.insert(
            Building, id=building, **values, manager_unit_id=writer.office_unit, list_scope_id=scope
        )
        return building, 1, event
    stored = writer.first(
        select(Building.__table__).where(Building.id == draft.id, on_register(Building, writer.viewer))
    )
    if stored is None:
        raise NotFound
    fields = [key for key, value in values.items() if getattr(stored, key) != value]
    if not fields:
        return draft.id, int(stored.row_version), None
    event = writer.event("change_building", "building", draft.id, scope=(scope, 0), params={"fields": fields})
    try:
        version = writer.change(Building, draft.id, draft.version, **values, list_scope_id=scope)
    except ConflictError as conflict:
        conflict.mine.pop("list_scope_id", None)
        conflict.theirs.pop("list_scope_id", None)
        raise
    return draft.id, version, event
