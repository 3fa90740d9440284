"""Entrances of buildings, and the share of municipal dwellings in them, on both stores."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from boligdesk.services.errors import ConflictError, InvalidInput, NotFound, UserError
from boligdesk.services.records.dwellings import BuildingDraft, DwellingDraft
from boligdesk.services.records.register import EntranceDraft

if TYPE_CHECKING:
    from uuid import UUID

    from boligdesk.services.desk import Services

TODAY = dt.date(2026, 11, 24)


@pytest.fixture
def house(services: Services) -> UUID:
    return services.dwellings.save_building(BuildingDraft("Solgården", "Solveien", "4", units_total=12)).id


def version(services: Services, building: UUID) -> int:
    return services.dwellings.building_draft(building).version


def entrance(services: Services, building: UUID, letter: str = "b", **more: object) -> UUID:
    draft = EntranceDraft(building, version(services, building), letter, **more)  # type: ignore[arg-type]
    return services.dwellings.save_entrance(draft).id


def home(services: Services, code: str, building: UUID | None, entrance_id: UUID | None) -> UUID:
    draft = DwellingDraft(code, "Solveien", "4", building_id=building, entrance_id=entrance_id)
    return services.dwellings.register(draft, "ledig", TODAY).id


def test_that_entrances_are_kept_apart_with_their_dwellings(services: Services, house: UUID) -> None:
    second = entrance(services, house, "b", floors=4, has_lift=True, units_total=8)
    first = entrance(services, house, "a")
    home(services, "S-1", house, second)
    home(services, "S-2", house, second)
    home(services, "S-3", house, None)
    assert [
        (row.id, row.letter, row.floors, row.has_lift, row.units_total, row.dwellings)
        for row in services.dwellings.entrances(house)
    ] == [(first, "A", None, None, None, 0), (second, "B", 4, True, 8, 2)]


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({}, "I oppgang B er 1 bolig kommunal. Antall boliger i oppgangen i alt mangler."),
        ({"units_total": 8}, "I oppgang B er 1 av 8 boliger kommunal (13 %)."),
        (
            {"units_total": 8, "limit_share": 1000},
            "I oppgang B er 1 av 8 boliger kommunal (13 %), over grensen på 10 %.",
        ),
        (
            {"units_total": 8, "limit_share": 1250},
            "I oppgang B er 1 av 8 boliger kommunal (13 %), innenfor grensen på 12,5 %.",
        ),
    ],
)
def test_that_a_dwelling_says_the_share_of_its_entrance(
    services: Services, house: UUID, more: dict[str, object], words: str
) -> None:
    found = services.dwellings.detail(home(services, "S-1", house, entrance(services, house, **more)))
    assert found.entrance is not None
    assert found.draft.entrance_id == found.entrance.id
    assert found.residential_setting.endswith(words)


def test_that_the_buildings_version_guards_its_entrances(
    services: Services, other_services: Services, house: UUID
) -> None:
    seen = version(services, house)
    made = services.dwellings.save_entrance(EntranceDraft(house, seen, "A"))
    assert made.version == seen + 1 == version(services, house)
    with pytest.raises(ConflictError):
        other_services.dwellings.save_entrance(EntranceDraft(house, seen, "B"))
    same = EntranceDraft(house, made.version, "A", id=made.id)
    assert services.dwellings.save_entrance(same).event_id is None
    changed = services.dwellings.save_entrance(replace(same, floors=3))
    assert changed.event_id is not None
    services.undo.undo(changed.event_id)
    assert services.dwellings.entrances(house)[0].floors is None
    assert version(services, house) == changed.version + 1


def test_that_an_entrance_is_taken_off_when_nobody_is_entered_in_it(services: Services, house: UUID) -> None:
    used, unused = entrance(services, house, "A"), entrance(services, house, "B")
    dwelling = home(services, "S-1", house, used)
    with pytest.raises(UserError, match="kan ikke tas bort"):
        services.dwellings.end_entrance(used, version(services, house))
    gone = services.dwellings.end_entrance(unused, version(services, house))
    assert [row.letter for row in services.dwellings.entrances(house)] == ["A"]
    entrance(services, house, "B")  # the letter is free again
    assert gone.event_id is not None
    draft = services.dwellings.detail(dwelling).draft
    with pytest.raises(InvalidInput) as refused:
        services.dwellings.change(replace(draft, entrance_id=unused))
    assert refused.value.field == "entrance_id"


def test_that_registering_an_entrance_can_be_undone(services: Services, house: UUID) -> None:
    saved = services.dwellings.save_entrance(EntranceDraft(house, version(services, house), "A"))
    assert saved.event_id is not None
    services.undo.undo(saved.event_id)
    assert services.dwellings.entrances(house) == ()


@pytest.mark.parametrize(
    ("field", "more"),
    [
        ("letter", {"letter": " "}),
        ("letter", {"letter": "a"}),
        ("floors", {"floors": 0}),
        ("units_total", {"units_total": 0}),
        ("limit_share", {"limit_share": 10_001}),
    ],
)
def test_that_an_entrance_that_cannot_be_right_is_refused(
    services: Services, house: UUID, field: str, more: dict[str, object]
) -> None:
    entrance(services, house, "A")
    draft = replace(EntranceDraft(house, version(services, house), "C"), **more)  # type: ignore[arg-type]
    with pytest.raises(InvalidInput) as refused:
        services.dwellings.save_entrance(draft)
    assert refused.value.field == field


def test_that_a_dwelling_is_in_an_entrance_of_its_own_building(services: Services, house: UUID) -> None:
    other = services.dwellings.save_building(BuildingDraft("Skogen")).id
    strange = entrance(services, other, "A")
    for building in (house, None):
        with pytest.raises(InvalidInput) as refused:
            home(services, "S-1", building, strange)
        assert refused.value.field == "entrance_id"


def test_that_what_is_not_there_is_not_found(services: Services, house: UUID) -> None:
    with pytest.raises(NotFound):
        services.dwellings.entrances(uuid4())
    with pytest.raises(NotFound):
        services.dwellings.save_entrance(EntranceDraft(uuid4(), 1, "A"))
    with pytest.raises(NotFound):
        services.dwellings.save_entrance(EntranceDraft(house, 1, "A", id=uuid4()))
    with pytest.raises(NotFound):
        services.dwellings.end_entrance(uuid4(), 1)
