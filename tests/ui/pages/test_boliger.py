"""The list of dwellings: counts that add up, filters, order, paper, buildings."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from uilint import uilint

from boligdesk.services.records.common import FactDraft, Sort
from boligdesk.services.records.dwellings import BuildingDraft, DwellingDraft, DwellingFilter
from boligdesk.ui.pages.boliger.buildings import BuildingsDialog
from boligdesk.ui.pages.boliger.page import BoligerPage
from boligdesk.ui.places import Place
from tests.ui.harness import desk_window, office, office_path, office_template, open_desk, opened, settle

__all__ = ["desk_window", "office", "office_path", "office_template", "open_desk", "opened"]

SEEN = dt.date(2026, 11, 12)
#: code, street, unit, type, ownership, bedrooms, status
HOMES = (
    ("B-1", "Eksempelveien", "H0101", "omsorg_base", "eid", 1, "ledig"),
    ("B-2", "Eksempelveien", "H0102", "omsorg_base", "eid", 2, "utleid"),
    ("B-3", "Prøvegata", "H0201", "ordinar_spredt", "innleid", 3, "utleid"),
    ("B-4", "Prøvegata", "H0202", "ordinar_spredt", "eid", 4, "under_utbedring"),
    ("B-5", "Prøvegata", "", None, None, None, "ikke_disponibel"),
)


@pytest.fixture
def homes(office):
    """Five dwellings in two areas, one of them step-free."""
    areas = (office.office.add_district("Kroken"), office.office.add_district("Sentrum"))
    made = {}
    for number, (code, street, unit, kind, ownership, bedrooms, status) in enumerate(HOMES):
        draft = DwellingDraft(
            code, street, str(10 + number), unit_no=unit, district_id=areas[number % 2], offer_kind=kind,
            ownership=ownership, bedrooms=bedrooms,
        )  # fmt: skip
        made[code] = office.dwellings.register(draft, status, dt.date(2026, 10, 1))
    fact = FactDraft("step_free", "kjent", 1, "befaring", SEEN)
    office.dwellings.record_facts(made["B-1"].id, made["B-1"].version, (fact,))
    return {code: saved.id for code, saved in made.items()}


@pytest.fixture
def page(desk_window, homes) -> BoligerPage:
    desk_window.go(Place("boliger"))
    settle()
    shown = desk_window.navigator.here
    assert isinstance(shown, BoligerPage)
    return shown


def codes(page: BoligerPage) -> list[str]:
    return [row.code for _number, row in page.model.held_rows()]


def choose(page: BoligerPage, menu: str, words: str) -> None:
    """Press an entry of a filter menu, as a hand does."""
    action = next(a for a in page.filters.menus[menu].menu.actions() if a.text() == words)
    action.trigger()
    settle()


def test_that_the_numbers_of_the_head_line_add_up_to_the_list(page) -> None:
    said = page.header.sub.text()
    total, *parts = (int(number) for number in re.findall(r"\d+", said))
    assert total == sum(parts) == page.model.total() == len(HOMES)
    assert "1 ledig" in said
    assert "1 ikke disponibel" in said


def test_that_the_numbers_add_up_with_a_filter_too(page) -> None:
    choose(page, "status", "Utleid")
    assert codes(page) == ["B-2", "B-3"]
    assert page.header.sub.text() == "2 av 5 boliger passer · 2 utleide"


@pytest.mark.parametrize(
    ("menu", "words", "left"),
    [
        ("kind", "Omsorg samlokalisert med base", ["B-1", "B-2"]),
        ("district", "Sentrum", ["B-2", "B-4"]),
        ("rooms", "4 soverom eller flere", ["B-4"]),
        ("needs", "Trinnfri adkomst", ["B-1"]),
        ("ownership", "Innleid", ["B-3"]),
    ],
)
def test_that_each_filter_narrows_and_its_chip_widens_again(page, menu, words, left) -> None:
    choose(page, menu, words)
    assert sorted(codes(page)) == left
    page.filters.menus[menu].chip.click()
    settle()
    assert len(codes(page)) == len(HOMES)


def test_that_a_text_finds_the_street_and_the_empty_list_says_how_to_get_back(page) -> None:
    page.filters.text.setText("prøve")
    QTest.keyClick(page.filters.text, Qt.Key.Key_Return)
    settle()
    assert sorted(codes(page)) == ["B-3", "B-4", "B-5"]
    page.filters.text.setText("finnes ikke")
    QTest.keyClick(page.filters.text, Qt.Key.Key_Return)
    settle()
    state = page.table.state_widget()
    assert state.button.text() == "Fjern filteret"
    state.button.click()
    settle()
    assert len(codes(page)) == len(HOMES)


def test_that_the_order_is_stated_and_follows_the_heading(page) -> None:
    assert page.filters.sorted.text() == "Sortert etter adresse"
    page.table.sort_requested.emit("bedrooms", True)
    settle()
    assert codes(page)[0] == "B-4"
    assert page.filters.sorted.text() == "Sortert etter soverom, synkende"


def test_that_enter_opens_the_dwelling(page, desk_window) -> None:
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    settle()
    assert desk_window.navigator.here.key == "bolig"


def test_that_the_paper_has_every_row_and_the_filters_in_words(page) -> None:
    choose(page, "ownership", "Eid av kommunen")
    job = page.printout()
    assert [row.code for row in job.rows] == codes(page)
    assert "Eid av kommunen" in job.filters
    assert "sortert etter adresse" in job.filters


def test_that_a_dwelling_registered_elsewhere_appears_and_the_choice_is_kept(
    page, office, desk_window
) -> None:
    chosen = page.table.current_row().code
    saved = office.dwellings.register(DwellingDraft("A-0", "Aveien", "1"), "ledig")
    desk_window.tasks.publish(saved.changes)
    settle()
    assert codes(page)[0] == "A-0"
    assert page.table.current_row().code == chosen


def test_that_the_filter_is_found_again_on_the_way_back(page, desk_window) -> None:
    choose(page, "district", "Sentrum")
    desk_window.go(Place("bo_oppfolging"))
    desk_window.navigator.back()
    settle()
    assert sorted(codes(page)) == ["B-2", "B-4"]


def test_that_a_building_is_registered_and_a_wrong_number_is_told_at_its_field(page, office) -> None:
    page.show_buildings()
    settle()
    dialog = page.findChild(BuildingsDialog)
    assert uilint(dialog) == []
    dialog.new.click()
    settle()
    assert uilint(dialog) == []
    dialog.form.fields["street"].setText("Eksempelveien")
    dialog.form.fields["units_total"].setText("tolv")
    dialog.save.click()
    assert dialog.form.fields["units_total"].accessibleName().endswith("Skriv et helt tall.")
    dialog.form.fields["units_total"].setText("12")
    dialog.save.click()
    settle()
    assert [(b.name, b.units_total) for b in office.dwellings.buildings()] == [("Eksempelveien", 12)]
    assert dialog.model.total() == 1
    dialog.reject()


def test_that_an_old_form_of_a_building_overwrites_nothing(page, office) -> None:
    saved = office.dwellings.save_building(BuildingDraft("Bygg en"))
    page.show_buildings()
    dialog = page.findChild(BuildingsDialog)
    dialog.edit(saved.id)
    office.dwellings.save_building(BuildingDraft("Bygg to", id=saved.id, version=saved.version))
    dialog.form.fields["name"].setText("Bygg tre")
    dialog.save.click()
    settle()
    assert office.dwellings.buildings()[0].name == "Bygg to"
    assert dialog.messages.bar() is not None
    dialog.reject()


@pytest.mark.parametrize("size", [(1440, 900), (960, 540)])
def test_that_the_page_has_names_targets_and_whole_texts(page, desk_window, size) -> None:
    desk_window.resize(*size)
    settle()
    assert uilint(page) == []
    assert page.minimumSizeHint().width() <= 960 - 56


def test_that_the_list_shows_what_the_office_holds(page, office) -> None:
    held = office.dwellings.page(DwellingFilter(), Sort("address"), 0, 100).rows
    assert codes(page) == [row.code for row in held]
