"""Buildings and the share of them that is municipal, on both stores."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from boligdesk.services.errors import ConflictError, InvalidInput, NotFound
from boligdesk.services.records.dwellings import BuildingDraft, DwellingDraft

if TYPE_CHECKING:
    from uuid import UUID

    from boligdesk.services.desk import Services

TODAY = dt.date(2026, 11, 24)
HOUSE = BuildingDraft("Solgården", "Solveien", "4", units_total=12, has_lift=True, floors=3)


def with_dwellings(services: Services, building: UUID, count: int) -> list[UUID]:
    return [
        services.dwellings.register(
            DwellingDraft(f"S-{no}", "Solveien", "4", unit_no=f"H010{no}", building_id=building),
            "ledig",
            TODAY,
        ).id
        for no in range(1, count + 1)
    ]


def test_that_a_building_counts_its_dwellings(services: Services) -> None:
    building = services.dwellings.save_building(HOUSE).id
    other = services.dwellings.save_building(BuildingDraft("", "Alfaveien", "2")).id
    homes = with_dwellings(services, building, 2)
    rows = services.dwellings.buildings()
    assert [(row.name, row.address, row.dwellings, row.units_total) for row in rows] == [
        ("Alfaveien 2", "Alfaveien 2", 0, None),
        ("Solgården", "Solveien 4", 2, 12),
    ]
    assert [row.has_lift for row in rows] == [None, True]
    assert [row.id for row in services.dwellings.of_building(building)] == homes
    assert services.dwellings.of_building(other) == ()
    assert services.dwellings.detail(homes[0]).building == rows[1]


def test_that_the_dwelling_says_how_much_of_the_building_is_municipal(services: Services) -> None:
    building = services.dwellings.save_building(HOUSE)
    home, gone = with_dwellings(services, building.id, 2)
    assert (
        services.dwellings.detail(home).residential_setting == "2 av 12 boliger i bygget er kommunale (17 %)."
    )
    services.dwellings.set_status(gone, 1, "solgt", TODAY)
    assert (
        services.dwellings.detail(home).residential_setting == "1 av 12 boliger i bygget er kommunal (8 %)."
    )
    services.dwellings.save_building(
        replace(services.dwellings.building_draft(building.id), units_total=None)
    )
    assert "mangler" in services.dwellings.detail(home).residential_setting


def test_that_a_building_is_saved_over_its_version(services: Services, other_services: Services) -> None:
    building = services.dwellings.save_building(HOUSE)
    draft = services.dwellings.building_draft(building.id)
    assert replace(draft, id=None, version=0) == HOUSE
    assert services.dwellings.save_building(draft).event_id is None
    other_services.dwellings.save_building(replace(draft, floors=4))
    with pytest.raises(ConflictError) as conflict:
        services.dwellings.save_building(replace(draft, floors=5))
    assert (conflict.value.mine, conflict.value.theirs) == ({"floors": 5}, {"floors": 4})


def test_that_a_change_of_a_building_can_be_undone(services: Services) -> None:
    building = services.dwellings.save_building(HOUSE)
    draft = services.dwellings.building_draft(building.id)
    changed = services.dwellings.save_building(replace(draft, has_lift=None))
    assert changed.event_id is not None
    services.undo.undo(changed.event_id)
    assert services.dwellings.building_draft(building.id).has_lift is True


@pytest.mark.parametrize(
    ("field", "draft"),
    [
        ("name", BuildingDraft("")),
        ("building_no", BuildingDraft("Huset", building_no="12")),
        ("units_total", BuildingDraft("Huset", units_total=0)),
        ("built_year", BuildingDraft("Huset", built_year=20)),
        ("street", BuildingDraft("Huset", house_no="4")),
        ("district_id", BuildingDraft("Huset", district_id=uuid4())),
    ],
)
def test_that_a_building_that_cannot_be_right_is_refused(
    services: Services, field: str, draft: BuildingDraft
) -> None:
    with pytest.raises(InvalidInput) as refused:
        services.dwellings.save_building(draft)
    assert refused.value.field == field


def test_that_a_building_that_is_not_there_is_not_found(services: Services) -> None:
    with pytest.raises(NotFound):
        services.dwellings.building_draft(uuid4())
    with pytest.raises(NotFound):
        services.dwellings.save_building(replace(HOUSE, id=uuid4(), version=1))
