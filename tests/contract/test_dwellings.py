"""The housing register on both stores."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import pytest

from boligdesk.services.desk import Services
from boligdesk.services.errors import ConflictError, InvalidInput, NotAllowed, NotFound, UserError
from boligdesk.services.records.common import FactDraft, Sort
from boligdesk.services.records.dwellings import DwellingDraft, DwellingFilter
from boligdesk.storage.store import SqlStore
from boligdesk.storage.types import uuid7

if TYPE_CHECKING:
    from collections.abc import Callable

    from boligdesk.services.records.common import FactValue, Saved
    from boligdesk.services.records.dwellings import DwellingDetail

TODAY = dt.date(2026, 11, 24)
YESTERDAY = dt.date(2026, 11, 23)
LATER = dt.date(2026, 12, 1)
ALL = DwellingFilter()
BY_ADDRESS = Sort("address")


def home(code: str, **more: object) -> DwellingDraft:
    fields: dict[str, object] = {"street": "Storgata", "house_no": "12", "postcode": "9008", "city": "Tromsø"}
    return DwellingDraft(code, **(fields | more))  # type: ignore[arg-type]


def registered(services: Services, code: str, status: str = "ledig", **more: object) -> Saved:
    return services.dwellings.register(home(code, **more), status, YESTERDAY)


def addresses(services: Services, wanted: DwellingFilter = ALL, sort: Sort = BY_ADDRESS) -> list[str]:
    return [row.address for row in services.dwellings.page(wanted, sort, 0, 50).rows]


def codes(services: Services, sort: Sort, wanted: DwellingFilter = ALL) -> list[str]:
    return [row.code for row in services.dwellings.page(wanted, sort, 0, 50).rows]


def fact(detail: DwellingDetail, key: str) -> FactValue:
    return next(item for item in detail.facts if item.key == key)


def test_that_a_dwelling_is_stored_normalised(services: Services) -> None:
    district = services.office.districts()[0]
    saved = services.dwellings.register(
        home(
            " B-1 ",
            letter="b",
            unit_no="h 0203",
            cadastre="5501 gnr. 124 bnr. 56",
            district_id=district[0],
            offer_kind="ordinar_spredt",
            ownership="eid",
            rooms=4,
            bedrooms=3,
            area_m2x10=820,
            rent_ore=984_000,
            remark="Nytt kjøkken\r\ni 2024",
        ),
        "ledig",
        TODAY,
    )
    detail = services.dwellings.detail(saved.id)
    assert detail.address == "Storgata 12 B H0203"
    assert detail.district == district[1]
    assert (detail.draft.code, detail.draft.cadastre) == ("B-1", "5501-124/56")
    assert detail.draft.remark == "Nytt kjøkken\ni 2024"
    assert (detail.draft.area_m2x10, detail.draft.rent_ore) == (820, 984_000)
    assert (detail.status, detail.status_from) == ("ledig", TODAY)
    assert detail.timeline[0].title == "Boligen er registrert"


def test_that_a_code_belongs_to_one_dwelling(services: Services) -> None:
    registered(services, "B-1")
    for code in ("B-1", "b-1", " B-1 "):
        with pytest.raises(InvalidInput) as refused:
            registered(services, code)
        assert refused.value.field == "code"
    other = registered(services, "B-2")
    with pytest.raises(InvalidInput):
        services.dwellings.change(replace(services.dwellings.detail(other.id).draft, code="B-1"))


def test_that_the_database_decides_when_two_take_a_code_at_once(
    services: Services, other_services: Services, store: SqlStore, clock: Callable[[], dt.datetime]
) -> None:
    if store.engine.dialect.name == "sqlite":
        pytest.skip("one writer at a time: nobody comes between the look and the write")
    ids = uuid7
    came_between: list[Saved] = []

    def new_id() -> UUID:
        if not came_between:
            came_between.append(registered(other_services, "B-1"))
        return ids()

    slow = Services(SqlStore(store.engine, clock, new_id), services.user)
    with pytest.raises(InvalidInput) as refused:
        registered(slow, "B-1")
    assert refused.value.field == "code"
    assert [row.id for row in services.dwellings.page(ALL).rows] == [came_between[0].id]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("code", "  "),
        ("house_no", "tolv"),
        ("letter", "BB"),
        ("unit_no", "X0101"),
        ("postcode", "900"),
        ("cadastre", "55-1/2"),
        ("offer_kind", "slott"),
        ("ownership", "arvet"),
        ("bedrooms", 5),
        ("rent_ore", -1),
        ("area_m2x10", 1),
        ("city", "x" * 61),
        ("district_id", UUID(int=7)),
        ("building_id", UUID(int=7)),
    ],
)
def test_that_what_cannot_be_right_is_refused_by_field(services: Services, field: str, value: object) -> None:
    draft = replace(home("B-1", rooms=4), **{field: value})  # type: ignore[arg-type]
    with pytest.raises(InvalidInput) as refused:
        services.dwellings.register(draft, "ledig", TODAY)
    assert refused.value.field == field
    assert services.dwellings.page(ALL).total == 0


def test_that_addresses_stand_as_on_the_street(services: Services) -> None:
    for no, (street, number, letter) in enumerate(
        [
            ("Storgata", "12", ""),
            ("Ørnevegen", "1", ""),
            ("Storgata", "2", "B"),
            ("Storgata", "2", ""),
            ("Alfaveien", "9", ""),
        ]
    ):
        registered(services, f"B-{no}", street=street, house_no=number, letter=letter)
    wanted = ["Alfaveien 9", "Storgata 2", "Storgata 2 B", "Storgata 12", "Ørnevegen 1"]
    assert addresses(services) == wanted
    assert addresses(services, sort=Sort("address", descending=True)) == wanted[::-1]


def test_that_every_sort_puts_unknown_last(services: Services) -> None:
    (first, _name), (second, _other) = services.office.districts()[:2]
    registered(
        services, "B-1", house_no="1", bedrooms=2, area_m2x10=500, rent_ore=900, offer_kind="flyktning"
    )
    registered(services, "B-2", house_no="2", district_id=second, status="utleid")
    registered(
        services,
        "b-3",
        house_no="3",
        bedrooms=1,
        area_m2x10=700,
        rent_ore=800,
        offer_kind="omsorg_base",
        district_id=first,
    )
    by_name = [name for _id, name in services.office.districts()]
    in_districts = ["b-3", "B-2"] if by_name[0] < by_name[1] else ["B-2", "b-3"]
    assert codes(services, Sort("code")) == ["B-1", "B-2", "b-3"]
    assert codes(services, Sort("bedrooms")) == ["b-3", "B-1", "B-2"]
    assert codes(services, Sort("bedrooms", descending=True)) == ["B-1", "b-3", "B-2"]
    assert codes(services, Sort("area")) == ["B-1", "b-3", "B-2"]
    assert codes(services, Sort("rent", descending=True)) == ["B-1", "b-3", "B-2"]
    assert codes(services, Sort("kind")) == ["b-3", "B-1", "B-2"]
    assert codes(services, Sort("status")) == ["B-1", "b-3", "B-2"]
    assert sorted(codes(services, Sort("district"))[:2]) == sorted(in_districts)
    assert codes(services, Sort("district"))[2] == "B-1"
    assert codes(services, Sort("available")) == ["B-1", "B-2", "b-3"]


def test_that_a_list_comes_in_windows(services: Services) -> None:
    for number in range(1, 8):
        registered(services, f"B-{number}", house_no=str(number))
    page = services.dwellings.page(ALL, Sort("address"), 5, 5)
    assert ([row.address for row in page.rows], page.total, page.offset) == (
        ["Storgata 6", "Storgata 7"],
        7,
        5,
    )


def test_that_filters_hold_together_and_the_counts_add_up_with_the_list(services: Services) -> None:
    district = services.office.districts()[0][0]
    registered(services, "B-1", bedrooms=1, offer_kind="flyktning", ownership="eid", district_id=district)
    registered(services, "B-2", "utleid", bedrooms=2, offer_kind="flyktning", ownership="innleid")
    registered(services, "B-3", "under_utbedring", bedrooms=3, street="Blåbærstien")
    registered(services, "B-4", "solgt", bedrooms=2, district_id=district)
    for wanted, expected in [
        (ALL, ["B-1", "B-2", "B-3"]),
        (DwellingFilter(with_gone=True), ["B-1", "B-2", "B-3", "B-4"]),
        (DwellingFilter(statuses=("solgt",)), ["B-4"]),
        (DwellingFilter(statuses=("ledig", "utleid")), ["B-1", "B-2"]),
        (DwellingFilter(offer_kinds=("flyktning",), ownerships=("eid",)), ["B-1"]),
        (DwellingFilter(district_id=district), ["B-1"]),
        (DwellingFilter(district_id=district, with_gone=True), ["B-1", "B-4"]),
        (DwellingFilter(bedrooms_min=2), ["B-2", "B-3"]),
        (DwellingFilter(bedrooms_min=2, bedrooms_max=2), ["B-2"]),
        (DwellingFilter(text="blåb"), ["B-3"]),
        (DwellingFilter(text="bærst"), ["B-3"]),
        (DwellingFilter(text="storg 12"), ["B-1", "B-2"]),
        (DwellingFilter(text="finnes ikke"), []),
    ]:
        page = services.dwellings.page(wanted, Sort("code"), 0, 50)
        assert [row.code for row in page.rows] == expected
        counts = services.dwellings.counts(wanted)
        assert sum(counts.by_status.values()) == page.total == len(expected)
        assert counts.total == sum(row.status not in {"solgt", "revet"} for row in page.rows)


def test_that_a_changed_address_is_found_and_the_old_one_is_not(services: Services) -> None:
    saved = registered(services, "B-1", unit_no="H0203")
    draft = services.dwellings.detail(saved.id).draft
    changed = services.dwellings.change(replace(draft, street="Blåbærstien", house_no="4"))
    assert changed.version > saved.version
    assert addresses(services, DwellingFilter(text="blabar")) == ["Blåbærstien 4 H0203"]
    assert addresses(services, DwellingFilter(text="storgata")) == []
    assert addresses(services, DwellingFilter(text="h0203")) == ["Blåbærstien 4 H0203"]
    entry = services.dwellings.detail(saved.id).timeline[0]
    assert (entry.title, entry.text) == ("Opplysninger om boligen er endret", "Gate, husnummer")


def test_that_saving_what_is_there_changes_nothing(services: Services) -> None:
    saved = registered(services, "B-1", cadastre="5501-1/2")
    detail = services.dwellings.detail(saved.id)
    again = services.dwellings.change(detail.draft)
    assert (again.version, again.event_id) == (saved.version, None)
    assert len(services.dwellings.detail(saved.id).timeline) == len(detail.timeline)


def test_that_two_who_change_the_same_dwelling_get_a_choice(
    services: Services, other_services: Services
) -> None:
    saved = registered(services, "B-1", rent_ore=900_000)
    draft = services.dwellings.detail(saved.id).draft
    other_services.dwellings.change(replace(draft, rent_ore=950_000, street="Lillegata"))
    with pytest.raises(ConflictError) as conflict:
        services.dwellings.change(replace(draft, rent_ore=920_000))
    assert conflict.value.mine["rent_ore"] == 920_000
    assert conflict.value.theirs["rent_ore"] == 950_000
    assert set(conflict.value.mine) == {"rent_ore", "street"}
    assert conflict.value.theirs_by == "Jonas H."
    assert services.dwellings.detail(saved.id).draft.rent_ore == 950_000


def test_that_statuses_follow_one_another_through_time(services: Services) -> None:
    saved = services.dwellings.register(home("B-1"), "ledig")
    let = services.dwellings.set_status(saved.id, saved.version, "utleid", dt.date(2026, 3, 1))
    works = services.dwellings.set_status(
        saved.id, let.version, "under_utbedring", YESTERDAY, "Fukt på badet"
    )
    detail = services.dwellings.detail(saved.id)
    assert (detail.status, detail.status_from) == ("under_utbedring", YESTERDAY)
    assert [(p.status, p.valid_from, p.valid_to) for p in detail.statuses] == [
        ("under_utbedring", YESTERDAY, None),
        ("utleid", dt.date(2026, 3, 1), YESTERDAY),
        ("ledig", None, dt.date(2026, 3, 1)),
    ]
    assert detail.statuses[0].reason == "Fukt på badet"
    assert detail.statuses[0].by == "Ingrid B."
    with pytest.raises(InvalidInput) as early:
        services.dwellings.set_status(saved.id, works.version, "ledig", dt.date(2026, 3, 2))
    assert early.value.field == "from_on"


def test_that_a_status_that_lasted_no_day_leaves_no_period(services: Services) -> None:
    saved = services.dwellings.register(home("B-1"), "ledig", YESTERDAY)
    step = services.dwellings.set_status(saved.id, saved.version, "reservert", TODAY)
    services.dwellings.set_status(saved.id, step.version, "utleid", TODAY)
    statuses = services.dwellings.detail(saved.id).statuses
    assert [period.status for period in statuses] == ["utleid", "ledig"]


def test_that_a_status_may_only_follow_where_it_makes_sense(services: Services) -> None:
    saved = registered(services, "B-1", "utleid")
    for status in ("solgt", "utleid"):
        with pytest.raises(InvalidInput) as refused:
            services.dwellings.set_status(saved.id, saved.version, status, TODAY)
        assert refused.value.field == "status"
    with pytest.raises(InvalidInput):
        services.dwellings.set_status(saved.id, saved.version, "borte", TODAY)
    with pytest.raises(InvalidInput):
        services.dwellings.set_status(saved.id, saved.version, "under_utbedring", LATER)
    assert services.dwellings.detail(saved.id).version == saved.version


def test_that_vacant_from_a_day_to_come_is_kept_beside_the_status(services: Services) -> None:
    saved = registered(services, "B-1", "utleid")
    told = services.dwellings.set_status(saved.id, saved.version, "ledig", LATER)
    row = services.dwellings.page(ALL).rows[0]
    assert (row.status, row.available_on, row.status_from) == ("utleid", LATER, YESTERDAY)
    entry = services.dwellings.detail(saved.id).timeline[0]
    assert (entry.title, entry.text) == ("Dagen boligen blir ledig, er meldt", "Ledig fra 1. desember 2026.")
    services.dwellings.set_status(saved.id, told.version, "ledig", TODAY, available_on=LATER)
    row = services.dwellings.page(ALL).rows[0]
    assert (row.status, row.available_on, row.status_from) == ("ledig", LATER, TODAY)


def test_that_the_day_it_becomes_vacant_can_be_moved_and_taken_away(services: Services) -> None:
    saved = registered(services, "B-1")
    moved = services.dwellings.set_status(saved.id, saved.version, "ledig", TODAY, available_on=LATER)
    detail = services.dwellings.detail(saved.id)
    assert (detail.status_from, detail.available_on, len(detail.statuses)) == (YESTERDAY, LATER, 1)
    with pytest.raises(InvalidInput):
        services.dwellings.set_status(saved.id, moved.version, "ledig", TODAY, available_on=LATER)
    services.dwellings.set_status(saved.id, moved.version, "ledig", TODAY)
    assert services.dwellings.detail(saved.id).available_on is None


def test_that_a_stale_version_is_a_conflict_also_for_statuses(
    services: Services, other_services: Services
) -> None:
    saved = registered(services, "B-1")
    other_services.dwellings.set_status(saved.id, saved.version, "utleid", TODAY)
    with pytest.raises(ConflictError) as conflict:
        services.dwellings.set_status(saved.id, saved.version, "reservert", TODAY)
    assert conflict.value.theirs["status"] == "utleid"


def test_that_a_new_dwelling_may_become_vacant_later(services: Services) -> None:
    services.dwellings.register(home("B-1"), "ledig", LATER)
    row = services.dwellings.page(ALL).rows[0]
    assert (row.status, row.available_on, row.status_from) == ("ledig", LATER, TODAY)


def test_that_a_sold_dwelling_leaves_the_lists_and_can_be_brought_back(services: Services) -> None:
    saved = registered(services, "B-1")
    sold = services.dwellings.set_status(saved.id, saved.version, "solgt", TODAY)
    assert services.dwellings.page(ALL).total == 0
    assert services.dwellings.page(DwellingFilter(with_gone=True)).total == 1
    assert services.dwellings.detail(saved.id).status == "solgt"
    assert sold.event_id is not None
    services.undo.undo(sold.event_id)
    detail = services.dwellings.detail(saved.id)
    assert (detail.status, detail.status_from) == ("ledig", YESTERDAY)
    assert [period.status for period in detail.statuses] == ["ledig"]
    assert detail.statuses[0].valid_to is None
    assert services.dwellings.page(ALL).total == 1
    assert (detail.timeline[0].title, detail.timeline[0].text) == (
        "En endring er angret",
        "Statusen er som før.",
    )
    assert detail.timeline[1].title == "Status: Solgt (angret)"
    assert not detail.timeline[1].can_undo


def test_that_a_change_of_the_card_can_be_undone(services: Services) -> None:
    saved = registered(services, "B-1", cadastre="5401-1/2")
    draft = services.dwellings.detail(saved.id).draft
    changed = services.dwellings.change(replace(draft, street="Lillegata", cadastre="5501-1/2"))
    assert changed.event_id is not None
    services.undo.undo(changed.event_id)
    again = services.dwellings.detail(saved.id)
    assert (again.draft.street, again.draft.cadastre) == ("Storgata", "5401-1/2")
    assert addresses(services, DwellingFilter(text="storg")) == ["Storgata 12"]


def test_that_a_registration_taken_back_is_on_no_list(services: Services) -> None:
    saved = registered(services, "B-1")
    assert saved.event_id is not None
    services.undo.undo(saved.event_id)
    assert services.dwellings.page(DwellingFilter(with_gone=True)).total == 0
    assert services.dwellings.counts(ALL).total == 0


def test_that_why_a_dwelling_is_not_available_is_told_to_nobody(services: Services, store: SqlStore) -> None:
    saved = registered(services, "B-1", "utleid")
    services.dwellings.set_status(saved.id, saved.version, "ikke_disponibel", TODAY, "Hemmelig grunn")
    detail = services.dwellings.detail(saved.id)
    assert detail.status == "ikke_disponibel"
    assert "Hemmelig" not in repr(detail)
    assert "Hemmelig" not in repr(services.dwellings.page(ALL))
    with store.engine.connect() as connection:
        kept = connection.exec_driver_sql(
            "SELECT void_cause FROM dwelling_status WHERE valid_to IS NULL"
        ).scalar()
    assert kept == "Hemmelig grunn"


def test_that_land_register_numbers_are_kept_through_reforms(services: Services) -> None:
    saved = registered(services, "B-1", cadastre="5401-124/56")
    draft = services.dwellings.detail(saved.id).draft
    services.dwellings.change(replace(draft, cadastre="5501-124/56"))
    assert services.dwellings.cadastres(saved.id) == (
        ("5501-124/56", TODAY, None),
        ("5401-124/56", None, TODAY),
    )
    assert services.dwellings.detail(saved.id).draft.cadastre == "5501-124/56"


def test_that_numbers_in_other_systems_stand_once(services: Services) -> None:
    one, two = registered(services, "B-1"), registered(services, "B-2")
    added = services.dwellings.add_external_ref(one.id, one.version, "kobo", "a1b2")
    assert services.dwellings.external_refs(one.id) == (("kobo", "a1b2"),)
    again = services.dwellings.add_external_ref(one.id, added.version, "kobo", "a1b2")
    assert again.event_id is None
    with pytest.raises(InvalidInput):
        services.dwellings.add_external_ref(two.id, two.version, "kobo", "a1b2")
    with pytest.raises(InvalidInput):
        services.dwellings.add_external_ref(two.id, two.version, "excel", "a1b2")
    services.dwellings.add_external_ref(two.id, two.version, "fdv", "a1b2")


def test_that_a_dwelling_moved_to_another_district_keeps_its_history(services: Services) -> None:
    first, second = (district for district, _name in services.office.districts()[:2])
    saved = registered(services, "B-1", district_id=first)
    services.dwellings.record_facts(saved.id, saved.version, (FactDraft("lift", "kjent", 1),))
    draft = services.dwellings.detail(saved.id).draft
    services.dwellings.change(replace(draft, district_id=second))
    detail = services.dwellings.detail(saved.id)
    assert len(detail.timeline) == 3
    assert fact(detail, "lift").text == "Ja"
    assert addresses(services, DwellingFilter(text="storg", district_id=second)) == ["Storgata 12"]


def test_that_a_caretaker_keeps_the_register_and_an_administrator_only_reads_it(
    services: Services, caretaker: Services, administrator: Services
) -> None:
    saved = registered(caretaker, "B-1")
    caretaker.dwellings.set_status(saved.id, saved.version, "under_utbedring", TODAY, "Taklekkasje")
    assert administrator.dwellings.detail(saved.id).statuses[0].reason == "Taklekkasje"
    assert len(administrator.dwellings.detail(saved.id).timeline) == 2
    for act in (
        lambda: registered(administrator, "B-2"),
        lambda: administrator.dwellings.record_facts(saved.id, 2, (FactDraft("lift", "kjent", 1),)),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert services.dwellings.page(ALL).total == 1


def test_that_what_is_not_there_is_not_found(services: Services) -> None:
    nowhere = uuid4()
    with pytest.raises(NotFound):
        services.dwellings.detail(nowhere)
    with pytest.raises(NotFound):
        services.dwellings.set_status(nowhere, 1, "ledig", TODAY)
    with pytest.raises(NotFound):
        services.dwellings.change(home("B-1", id=nowhere, version=1))
    with pytest.raises(UserError):
        services.dwellings.change(home("B-1"))
