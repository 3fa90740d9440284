"""The housing register of the practice office: buildings, entrances, dwellings, facts, statuses and works."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from boligdesk.dev.practice.builder import PRACTICE_LOGIN, TODAY, Builder
from boligdesk.dev.practice.people import STREETS
from boligdesk.services.records.common import FactDraft
from boligdesk.services.records.dwellings import BuildingDraft, DwellingDraft
from boligdesk.services.records.register import EntranceDraft, WorkDraft

if TYPE_CHECKING:
    from uuid import UUID

    from boligdesk.services.desk import Services
    from boligdesk.services.records.common import Saved

_KINDS = (
    "ordinar_spredt",
    "ordinar_spredt",
    "ordinar_felles",
    "omsorg_base",
    "omsorg_spredt",
    "flyktning",
    "midlertidig",
)
#: The dwelling that nobody knows the end of the repair of.
_LEAK = 36
#: How long the free ones have been empty; all of them are to be let out (``allocating``).
_EMPTY_DAYS = {26: 26, 27: 9, 28: 12, 29: 33, 30: 14, 38: 17, 39: 41}
_STATUSES = (
    *("utleid",) * 26,
    *("ledig",) * 5,
    *("under_utbedring",) * 4,
    *("ikke_disponibel",) * 3,
    *("ledig",) * 2,  # reserved by the offers of ``allocating``
)


def make_dwellings(builder: Builder) -> None:
    """Five buildings with two entrances each, forty dwellings, what is known of them, and works."""
    desk = builder.desks["per"]
    office = builder.desks[PRACTICE_LOGIN]
    buildings = _buildings(builder, office)
    for number in range(40):
        builder.clock.set(dt.date(2024, 1, 9) + dt.timedelta(days=number), 10)
        building, house, entrances = buildings[number % len(buildings)]
        bedrooms, floor = (1, 2, 2, 3, 1, 4)[number % 6], number // 5 % 4 + 1
        saved = office.dwellings.register(
            DwellingDraft(
                code=f"TB-{101 + number}",
                street=house.street,
                house_no=house.house_no,
                unit_no=f"H0{floor}{number // 20 + 1:02d}",
                postcode=house.postcode,
                city="Tromsø",
                district_id=house.district_id,
                building_id=building,
                entrance_id=entrances[number // 20],
                offer_kind=_KINDS[number % len(_KINDS)],
                ownership="innleid" if number % 9 == 8 else "eid",
                rooms=bedrooms + 1,
                bedrooms=bedrooms,
                area_m2x10=280 + bedrooms * 170 + number % 5 * 10,
                floor=floor,
                rent_ore=(540_000 + bedrooms * 150_000 + number % 7 * 8_000),
                cadastre=f"5501-{118 + number % 5}/{200 + number}",
            ),
            "ledig",
            dt.date(2024, 1, 9) + dt.timedelta(days=number),
        )
        builder.dwellings.append(saved.id)
        _dwelling_facts(builder, desk, saved.id, number, floor, bool(house.has_lift))
    _dwelling_statuses(builder, office)
    roof = office.dwellings.building_draft(buildings[0][0])
    office.dwellings.record_work(
        WorkDraft(
            "rehabilitering",
            "Nytt tak og etterisolering",
            TODAY - dt.timedelta(days=20),
            roof.version,
            building_id=roof.id,
            planned_to=TODAY + dt.timedelta(days=60),
            cause="planlagt",
            contractor="Eiendom",
            cost_ore=140_000_000,
        )
    )


def _buildings(builder: Builder, office: Services) -> list[tuple[UUID, BuildingDraft, tuple[UUID, UUID]]]:
    """A house in each street, with its two entrances."""
    buildings = []
    for number, (street, postcode, district) in enumerate(STREETS):
        house = BuildingDraft(
            name=f"{street} {4 + number * 4}",
            street=street,
            house_no=str(4 + number * 4),
            postcode=postcode,
            city="Tromsø",
            district_id=builder.districts[district],
            built_year=1968 + number * 9,
            owner="Tromsø kommune",
            units_total=12 + number * 8,
            floors=4,
            has_lift=bool(number % 2),
        )
        built = office.dwellings.save_building(house)
        buildings.append((built.id, house, _entrances(office, built, house)))
    return buildings


def _entrances(office: Services, built: Saved, house: BuildingDraft) -> tuple[UUID, UUID]:
    """Two entrances; half of the house in each, and a limit for the municipal share."""
    half = (house.units_total or 2) // 2
    first = office.dwellings.save_entrance(
        EntranceDraft(built.id, built.version, "A", house.floors, house.has_lift, half, 2500)
    )
    second = office.dwellings.save_entrance(
        EntranceDraft(built.id, first.version, "B", house.floors, house.has_lift, half, 2500)
    )
    return first.id, second.id


def _work_on(desk: Services, dwelling: UUID, version: int, number: int, since: dt.date) -> None:
    """What keeps a dwelling out for a while: with a day to be ready, but for the leak."""
    planned = None if number == _LEAK else TODAY + dt.timedelta(days=7 + number % 5 * 9)
    desk.dwellings.record_work(
        WorkDraft(
            "oppussing" if planned else "reparasjon",
            "Nytt bad og maling" if planned else "Vannskade på kjøkkenet",
            since,
            version,
            dwelling_id=dwelling,
            planned_to=planned,
            cause="slitasje" if planned else "vannskade",
            contractor="Eiendom",
            ordered_on=since - dt.timedelta(days=6),
            cost_ore=9_500_000 + number * 250_000,
            takes_out=True,
        )
    )


def _dwelling_facts(
    builder: Builder, desk: Services, dwelling: UUID, number: int, floor: int, has_lift: bool
) -> None:
    """Some things are checked on the spot, some come from a register, some nobody knows."""
    seen = dt.date(2026, 9, 1) + dt.timedelta(days=number)
    builder.clock.set(seen, 12)
    facts = [FactDraft("lift", "kjent", int(has_lift), "register", seen)]
    if number % 4:
        facts.append(FactDraft("step_free", "kjent", int(has_lift or floor == 1), "befaring", seen))
    if number % 3 == 0:
        facts.append(FactDraft("bath", "kjent", int(number % 2 == 0), "befaring", seen))
    if number % 5 == 0:
        facts.append(FactDraft("wide_door", "ukjent", None, "ansatt", seen))
    if number % 10 == 0:
        facts.append(FactDraft("wheelchair", "kjent", 1, "befaring", seen))
    desk.dwellings.record_facts(dwelling, desk.dwellings.detail(dwelling).version, tuple(facts))


def _dwelling_statuses(builder: Builder, desk: Services) -> None:
    for number, (dwelling, status) in enumerate(zip(builder.dwellings, _STATUSES, strict=True)):
        since = dt.date(2026, 3, 2) + dt.timedelta(days=number * 6)
        builder.clock.set(since, 13)
        version = desk.dwellings.detail(dwelling).version
        if status == "ledig":
            rented = desk.dwellings.set_status(dwelling, version, "utleid", dt.date(2024, 3, 1))
            since = TODAY - dt.timedelta(days=_EMPTY_DAYS[number])
            builder.clock.set(since, 13)
            desk.dwellings.set_status(dwelling, rented.version, "ledig", since, available_on=since)
        elif status == "under_utbedring" or number == _LEAK:
            _work_on(desk, dwelling, version, number, since)
        else:
            desk.dwellings.set_status(dwelling, version, status, since)
