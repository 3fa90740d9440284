"""The housing register."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from uuid import UUID

    from boligdesk.services.records.cases import DocumentRow
    from boligdesk.services.records.common import FactValue, TimelineEntry
    from boligdesk.services.records.register import EntranceRow, WorkRow


@dataclass(frozen=True, slots=True)
class DwellingFilter:
    text: str = ""
    statuses: tuple[str, ...] = ()
    offer_kinds: tuple[str, ...] = ()
    ownerships: tuple[str, ...] = ()
    district_id: UUID | None = None
    bedrooms_min: int | None = None
    bedrooms_max: int | None = None
    needs: tuple[str, ...] = ()
    """Accessibility columns that must be yes: step_free, lift, wheelchair, wide_door, bath, pets."""
    with_gone: bool = False


@dataclass(frozen=True, slots=True)
class DwellingRow:
    id: UUID
    code: str
    address: str
    district: str
    offer_kind: str | None
    bedrooms: int | None
    rooms: int | None
    area_m2x10: int | None
    accessibility: str
    """«Trinnfri, heis · vet ikke: bad»."""
    rent_ore: int | None
    status: str
    status_from: dt.date | None
    available_on: dt.date | None


@dataclass(frozen=True, slots=True)
class DwellingCounts:
    """Counts of the head line. They add up: ``total`` = sum of ``by_status`` without the gone."""

    total: int
    by_status: dict[str, int]


@dataclass(frozen=True, slots=True)
class DwellingDraft:
    """A dwelling to register (``id`` None) or save over ``version``."""

    code: str
    street: str = ""
    house_no: str = ""
    letter: str = ""
    unit_no: str = ""
    postcode: str = ""
    city: str = ""
    district_id: UUID | None = None
    building_id: UUID | None = None
    entrance_id: UUID | None = None
    offer_kind: str | None = None
    ownership: str | None = None
    disposal_form: str = ""
    rooms: int | None = None
    bedrooms: int | None = None
    area_m2x10: int | None = None
    floor: int | None = None
    rent_ore: int | None = None
    cadastre: str = ""
    counts_kostra: bool = True
    remark: str = ""
    id: UUID | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class StatusPeriod:
    status: str
    reason: str
    valid_from: dt.date | None
    valid_to: dt.date | None
    by: str


@dataclass(frozen=True, slots=True)
class BuildingRow:
    id: UUID
    name: str
    address: str
    district: str
    dwellings: int
    units_total: int | None
    has_lift: bool | None
    version: int = 0


@dataclass(frozen=True, slots=True)
class BuildingDraft:
    name: str
    street: str = ""
    house_no: str = ""
    letter: str = ""
    postcode: str = ""
    city: str = ""
    district_id: UUID | None = None
    building_no: str = ""
    built_year: int | None = None
    owner: str = ""
    units_total: int | None = None
    floors: int | None = None
    has_lift: bool | None = None
    id: UUID | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class DwellingDetail:
    id: UUID
    version: int
    draft: DwellingDraft
    address: str
    district: str
    building: BuildingRow | None
    status: str
    status_from: dt.date | None
    available_on: dt.date | None
    facts: tuple[FactValue, ...]
    """The accessibility facts first, each with source and date; never asked = state «ukjent», no date."""
    statuses: tuple[StatusPeriod, ...]
    documents: tuple[DocumentRow, ...]
    timeline: tuple[TimelineEntry, ...]
    residential_setting: str
    """«2 av 12 boliger i bygget er kommunale (17 %).», or what is missing to say it; then the entrance."""
    entrance: EntranceRow | None = None
    works: tuple[WorkRow, ...] = ()
    """Of the dwelling and of its building: what goes on first, then the newest."""
    status_before_works: str = ""
    """When works have set the status: the one they found."""
