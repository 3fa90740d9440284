"""Works on dwellings and buildings, and the status that follows them, on both stores."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from boligdesk.services.errors import ConflictError, InvalidInput, NotAllowed, NotFound, UserError
from boligdesk.services.records.dwellings import BuildingDraft, DwellingDraft, DwellingFilter
from boligdesk.services.records.register import WorkDraft, WorkEnd

if TYPE_CHECKING:
    from uuid import UUID

    from boligdesk.services.desk import Services
    from boligdesk.services.records.common import Saved
    from boligdesk.services.records.dwellings import DwellingDetail

TODAY = dt.date(2026, 11, 24)
BEFORE = dt.date(2026, 11, 1)
END = dt.date(2026, 12, 10)
DAY = dt.timedelta(days=1)


def home(services: Services, status: str = "ledig", building: UUID | None = None) -> UUID:
    draft = DwellingDraft(f"B-{uuid4().hex[:6]}", "Storgata", "12", building_id=building)
    return services.dwellings.register(draft, status, BEFORE).id


def detail(services: Services, dwelling: UUID) -> DwellingDetail:
    return services.dwellings.detail(dwelling)


def work(services: Services, dwelling: UUID, **more: object) -> WorkDraft:
    fields = {"planned_to": END, "takes_out": True, "cause": "slitasje", "begins_on": dt.date(2026, 11, 20)}
    fields |= more
    version = detail(services, dwelling).version
    return WorkDraft(kind="oppussing", what="Nytt bad", version=version, dwelling_id=dwelling, **fields)  # type: ignore[arg-type]


def recorded(services: Services, dwelling: UUID, **more: object) -> Saved:
    return services.dwellings.record_work(work(services, dwelling, **more))


def again(services: Services, dwelling: UUID, no: int = 0, **more: object) -> WorkDraft:
    """The stored work as a form gives it back, with changes."""
    found = detail(services, dwelling).works[no]
    fields = {
        name: getattr(found, name)
        for name in ("kind", "what", "begins_on", "planned_to", "cause", "takes_out", "cost_ore", "id")
    }
    version = detail(services, dwelling).version
    return WorkDraft(**(fields | {"version": version, "dwelling_id": dwelling} | more))  # type: ignore[arg-type]


def ended(
    services: Services, dwelling: UUID, no: int = 0, on: dt.date | None = TODAY, after: str = "ledig"
) -> Saved:
    found = detail(services, dwelling)
    return services.dwellings.end_work(WorkEnd(found.works[no].id, found.version, on, after))


def test_that_a_work_with_a_planned_end_puts_the_dwelling_under_works(services: Services) -> None:
    dwelling = home(services)
    saved = recorded(services, dwelling, cost_ore=12_500_000, contractor="Eiendom")
    found = detail(services, dwelling)
    assert saved.version == found.version
    assert (found.status, found.status_from, found.available_on) == (
        "under_utbedring",
        dt.date(2026, 11, 20),
        END + DAY,
    )
    (shown,) = found.works
    assert (shown.what, shown.kind, shown.cause, shown.state) == (
        "Nytt bad",
        "oppussing",
        "slitasje",
        "pagar",
    )
    assert (shown.cost_ore, shown.contractor, shown.takes_out, shown.of_building) == (
        12_500_000,
        "Eiendom",
        True,
        False,
    )
    assert found.status_before_works == "ledig"
    counts = services.dwellings.counts(DwellingFilter()).by_status
    assert counts == {"under_utbedring": 1}


def test_that_a_work_without_an_end_makes_the_dwelling_not_available(services: Services) -> None:
    dwelling = home(services)
    recorded(services, dwelling, planned_to=None)
    found = detail(services, dwelling)
    assert (found.status, found.available_on) == ("ikke_disponibel", None)
    services.dwellings.record_work(again(services, dwelling, planned_to=END))
    found = detail(services, dwelling)
    assert (found.status, found.available_on) == ("under_utbedring", END + DAY)
    assert [(period.status, period.reason) for period in found.statuses][:2] == [
        ("under_utbedring", ""),
        ("ledig", ""),
    ]  # the one that was put right the same day took no time


def test_that_a_finished_work_gives_the_dwelling_back(services: Services) -> None:
    dwelling = home(services)
    recorded(services, dwelling)
    ended(services, dwelling, on=dt.date(2026, 11, 22))
    found = detail(services, dwelling)
    assert (found.status, found.status_from, found.available_on) == ("ledig", dt.date(2026, 11, 22), None)
    assert [(one.state, one.finished_on) for one in found.works] == [("ferdig", dt.date(2026, 11, 22))]
    assert found.status_before_works == ""


def test_that_a_dwelling_with_a_tenant_can_go_back_to_let(services: Services) -> None:
    dwelling = home(services, "utleid")
    recorded(services, dwelling)
    assert detail(services, dwelling).status_before_works == "utleid"
    ended(services, dwelling, after="utleid")
    assert detail(services, dwelling).status == "utleid"
    vacant = home(services)
    recorded(services, vacant)
    with pytest.raises(InvalidInput) as refused:
        ended(services, vacant, after="utleid")
    assert refused.value.field == "status_after"


def test_that_the_last_of_two_works_gives_the_dwelling_back(services: Services) -> None:
    dwelling = home(services)
    recorded(services, dwelling)
    recorded(services, dwelling, planned_to=None, begins_on=TODAY)
    assert detail(services, dwelling).status == "ikke_disponibel"
    assert [one.begins_on for one in detail(services, dwelling).works] == [TODAY, dt.date(2026, 11, 20)]
    ended(services, dwelling, 0)
    found = detail(services, dwelling)
    assert (found.status, found.available_on) == ("under_utbedring", END + DAY)
    ended(services, dwelling, 0)
    assert detail(services, dwelling).status == "ledig"


def test_that_a_work_people_live_with_changes_no_status(services: Services) -> None:
    dwelling = home(services, "utleid")
    recorded(services, dwelling, takes_out=False)
    assert detail(services, dwelling).status == "utleid"
    services.dwellings.record_work(again(services, dwelling, takes_out=True))
    assert detail(services, dwelling).status == "under_utbedring"
    services.dwellings.record_work(again(services, dwelling, takes_out=False))
    assert detail(services, dwelling).status == "utleid"


def test_that_a_work_to_come_starts_when_it_is_saved_on_its_day(services: Services, clock) -> None:
    dwelling = home(services)
    recorded(services, dwelling, begins_on=TODAY + DAY)
    found = detail(services, dwelling)
    assert (found.status, found.works[0].state) == ("ledig", "planlagt")
    assert services.dwellings.record_work(again(services, dwelling)).event_id is None
    clock.set(TODAY + 2 * DAY)
    started = services.dwellings.record_work(again(services, dwelling))
    assert started.event_id is not None
    found = detail(services, dwelling)
    assert (found.status, found.status_from) == ("under_utbedring", TODAY + DAY)
    clock.set(END + 2 * DAY)
    assert detail(services, dwelling).works[0].state == "over_tiden"


def test_that_a_status_a_person_set_for_a_cause_nobody_tells_is_not_lifted_by_works(
    services: Services,
) -> None:
    dwelling = home(services)
    services.dwellings.set_status(
        dwelling, detail(services, dwelling).version, "ikke_disponibel", BEFORE, "Trygghet"
    )
    recorded(services, dwelling)
    assert detail(services, dwelling).status == "ikke_disponibel"
    ended(services, dwelling)
    assert detail(services, dwelling).status == "ikke_disponibel"


def test_that_a_reserved_dwelling_is_not_taken_out(services: Services) -> None:
    dwelling = home(services, "reservert")
    with pytest.raises(InvalidInput) as refused:
        recorded(services, dwelling)
    assert refused.value.field == "takes_out"
    recorded(services, dwelling, takes_out=False)
    assert detail(services, dwelling).status == "reservert"


def test_that_works_take_over_a_status_of_works_set_by_hand(services: Services) -> None:
    dwelling = home(services, "under_utbedring")
    recorded(services, dwelling)
    assert detail(services, dwelling).available_on == END + DAY
    ended(services, dwelling)
    assert detail(services, dwelling).status == "ledig"


def test_that_recording_changing_and_ending_a_work_can_be_undone(services: Services) -> None:
    dwelling = home(services, "utleid")
    first = recorded(services, dwelling)
    assert first.event_id is not None
    services.undo.undo(first.event_id)
    found = detail(services, dwelling)
    assert (found.status, found.available_on, found.works) == ("utleid", None, ())
    assert found.version > first.version
    recorded(services, dwelling)
    changed = services.dwellings.record_work(again(services, dwelling, planned_to=None))
    assert changed.event_id is not None
    services.undo.undo(changed.event_id)
    assert detail(services, dwelling).status == "under_utbedring"
    done = ended(services, dwelling)
    assert done.event_id is not None
    services.undo.undo(done.event_id)
    found = detail(services, dwelling)
    assert (found.status, found.works[0].state) == ("under_utbedring", "pagar")
    titles = [entry.title for entry in found.timeline]
    assert "Et arbeid er ferdig (angret)" in titles
    assert any(
        "Oppussing. Fra 20. november 2026 til 10. desember 2026." in entry.text for entry in found.timeline
    )


def test_that_a_work_is_not_unrecorded_once_it_is_finished(services: Services) -> None:
    dwelling = home(services, "utleid")
    saved = recorded(services, dwelling, takes_out=False)
    ended(services, dwelling)
    assert saved.event_id is not None
    with pytest.raises(UserError, match="senere"):
        services.undo.undo(saved.event_id)


def test_that_a_work_that_never_was_is_taken_off_the_list(services: Services) -> None:
    dwelling = home(services)
    recorded(services, dwelling)
    ended(services, dwelling, on=None)
    found = detail(services, dwelling)
    assert (found.status, found.works) == ("ledig", ())


def test_that_a_work_on_a_building_shows_on_its_dwellings_and_moves_none(services: Services) -> None:
    building = services.dwellings.save_building(BuildingDraft("Solgården")).id
    dwelling = home(services, "ledig", building)
    draft = WorkDraft("rehabilitering", "Nytt tak", TODAY, 1, building_id=building, planned_to=END)
    saved = services.dwellings.record_work(draft)
    assert (saved.id, saved.version) == (building, 2)
    found = detail(services, dwelling)
    assert found.status == "ledig"
    assert [(one.what, one.of_building) for one in found.works] == [("Nytt tak", True)]
    assert services.dwellings.works_of_building(building) == found.works
    with pytest.raises(InvalidInput) as refused:
        services.dwellings.record_work(replace(draft, version=2, takes_out=True))
    assert refused.value.field == "takes_out"
    services.dwellings.end_work(WorkEnd(found.works[0].id, 2, TODAY))
    assert services.dwellings.works_of_building(building)[0].state == "ferdig"


def test_that_an_old_screen_cannot_write_over_a_work(services: Services, other_services: Services) -> None:
    dwelling = home(services)
    old = work(services, dwelling)
    other_services.dwellings.record_work(old)
    with pytest.raises(ConflictError):
        services.dwellings.record_work(old)
    found = detail(services, dwelling)
    with pytest.raises(ConflictError):
        services.dwellings.end_work(WorkEnd(found.works[0].id, found.version - 1, TODAY))
    assert services.dwellings.record_work(again(services, dwelling)).event_id is None


@pytest.mark.parametrize(
    ("field", "more"),
    [
        ("kind", {"kind": "flytting"}),
        ("cause", {"cause": "x"}),
        ("what", {"what": " "}),
        ("what", {"what": "x" * 201}),
        ("begins_on", {"begins_on": dt.date(1800, 1, 1)}),
        ("planned_to", {"planned_to": dt.date(2026, 11, 19)}),
        ("cost_ore", {"cost_ore": -1}),
        ("what", {"dwelling_id": None}),
    ],
)
def test_that_a_work_that_cannot_be_right_is_refused(
    services: Services, field: str, more: dict[str, object]
) -> None:
    draft = replace(work(services, home(services)), **more)  # type: ignore[arg-type]
    with pytest.raises(InvalidInput) as refused:
        services.dwellings.record_work(draft)
    assert refused.value.field == field


@pytest.mark.parametrize("day", [TODAY + DAY, dt.date(2026, 11, 19)])
def test_that_a_work_is_finished_between_its_first_day_and_today(services: Services, day: dt.date) -> None:
    dwelling = home(services)
    recorded(services, dwelling)
    with pytest.raises(InvalidInput) as refused:
        ended(services, dwelling, on=day)
    assert refused.value.field == "on"


def test_that_works_are_written_only_by_those_who_write_dwellings(
    services: Services, home_guide: Services
) -> None:
    dwelling = home(services)
    with pytest.raises(NotAllowed):
        home_guide.dwellings.record_work(work(services, dwelling))
    with pytest.raises(NotFound):
        services.dwellings.record_work(WorkDraft("oppussing", "x", TODAY, 1, dwelling_id=uuid4()))
    with pytest.raises(NotFound):
        services.dwellings.end_work(WorkEnd(uuid4(), 1, TODAY))
    sold = home(services)
    services.dwellings.set_status(sold, 1, "solgt", TODAY)
    with pytest.raises(InvalidInput):
        recorded(services, sold)
