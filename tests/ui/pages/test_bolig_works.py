"""Works on a dwelling and entrances of its building, through the real window."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from uilint import uilint

from boligdesk.services.records.dwellings import BuildingDraft, DwellingDraft
from boligdesk.services.records.register import EntranceDraft, WorkDraft
from boligdesk.ui.pages.bolig.page import BoligPage
from boligdesk.ui.pages.bolig.work_dialogs import EndWorkDialog, WorkDialog
from boligdesk.ui.pages.boliger.buildings import BuildingsDialog
from boligdesk.ui.places import Place
from tests.ui.harness import (
    desk_window,
    grab,
    office,
    office_path,
    office_template,
    open_desk,
    opened,
    settle,
)

__all__ = ["desk_window", "office", "office_path", "office_template", "open_desk", "opened"]

TODAY = dt.date(2026, 11, 24)
END = dt.date(2026, 12, 10)


@pytest.fixture
def house(office):
    """Solgården with one entrance of eight homes."""
    built = office.dwellings.save_building(BuildingDraft("Solgården", "Solveien", "4", units_total=12))
    door = office.dwellings.save_entrance(
        EntranceDraft(built.id, built.version, "B", 4, has_lift=True, units_total=8, limit_share=1000)
    )
    return built.id, door.id


@pytest.fixture
def home(office, house):
    draft = DwellingDraft("S-1", "Solveien", "4", "B", "H0203", building_id=house[0], entrance_id=house[1])
    return office.dwellings.register(draft, "utleid", dt.date(2026, 10, 1)).id


@pytest.fixture
def page(desk_window, home) -> BoligPage:
    desk_window.go(Place("bolig", subject=home))
    settle()
    return desk_window.navigator.here


def texts(widget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if not label.isHidden())


def press(widget, words: str) -> None:
    next(
        one for one in widget.findChildren(QPushButton) if one.text() == words and not one.isHidden()
    ).click()
    settle()


def stored_work(office, home, **more) -> None:
    detail = office.dwellings.detail(home)
    fields = {"begins_on": dt.date(2026, 11, 20), "planned_to": END, "takes_out": True, "cost_ore": 9_500_000}
    draft = WorkDraft("oppussing", "Nytt bad", version=detail.version, dwelling_id=home, **(fields | more))
    office.dwellings.record_work(draft)
    settle()


def test_that_a_work_is_recorded_and_the_status_follows(page, office, home, desk_window) -> None:
    assert "Ingen arbeid er registrert." in texts(page.works)
    page.works.add_button.click()
    dialog = page.findChild(WorkDialog)
    dialog.what.setText("Nytt bad")
    dialog.kind.setCurrentIndex(dialog.kind.findData("oppussing"))
    dialog.cause.setCurrentIndex(dialog.cause.findData("slitasje"))
    dialog.planned_to.set_value(END)
    dialog.cost.set_value(9_500_000)
    dialog.contractor.setText("Eiendom")
    dialog.act.click()
    settle()
    said = texts(page.works)
    assert (
        "Oppussing · slitasje · 24. nov. 2026 – planlagt 10. des. 2026 · 95\u00a0000\u00a0kr · Eiendom"
        in said
    )
    assert page.pill.spec.word == "Under utbedring"
    assert "Ledig fra 11. desember 2026." in page.since.text()
    desk_window.saver.undo()
    settle()
    assert office.dwellings.detail(home).status == "utleid"
    assert "Ingen arbeid er registrert." in texts(page.works)


def test_that_what_is_wrong_is_told_at_its_field(page) -> None:
    page.write_work(None)
    dialog = page.findChild(WorkDialog)
    dialog.begins_on.set_value(None)
    dialog.act.click()
    assert dialog.form.rows["begins_on"].error() == "Skriv dagen arbeidet begynner."
    dialog.begins_on.set_value(TODAY)
    dialog.act.click()
    settle()
    assert "Skriv kort hva" in dialog.form.rows["what"].error()
    dialog.what.setText("Nytt bad")
    dialog.planned_to.set_value(dt.date(2026, 11, 1))
    dialog.act.click()
    settle()
    assert "før det begynner" in dialog.form.rows["planned_to"].error()
    dialog.reject()


def test_that_a_finished_work_asks_what_the_home_becomes(page, office, home) -> None:
    stored_work(office, home)
    page.refresh()
    settle()
    press(page.works, "Avslutt …")
    dialog = page.findChild(EndWorkDialog)
    assert not dialog.form.rows["status_after"].isHidden()
    assert dialog.status.currentData() == "utleid"
    dialog.outcome.setCurrentIndex(1)
    assert dialog.form.rows["on"].isHidden()
    dialog.outcome.setCurrentIndex(0)
    dialog.act.click()
    settle()
    assert page.pill.spec.word == "Utleid"
    assert "20. nov. 2026 – 24. nov. 2026" in texts(page.works)
    assert "Ferdig" in texts(page.works)


def test_that_a_work_whose_day_has_come_is_set_going(page, office, home, opened) -> None:
    stored_work(office, home, takes_out=False)
    page.refresh()
    settle()
    press(page.works, "Rett")
    dialog = page.findChild(WorkDialog)
    assert (dialog.what.text(), dialog.takes_out.isChecked()) == ("Nytt bad", False)
    assert not dialog.where.isEnabled()
    dialog.takes_out.setChecked(True)
    dialog.act.click()
    settle()
    assert page.pill.spec.word == "Under utbedring"


def test_that_a_work_on_the_whole_building_is_recorded_here_and_moves_no_status(
    page, office, home, house
) -> None:
    page.write_work(None)
    dialog = page.findChild(WorkDialog)
    dialog.where.setCurrentIndex(1)
    assert dialog.form.rows["takes_out"].isHidden()
    dialog.what.setText("Nytt tak")
    dialog.act.click()
    settle()
    assert "Hele bygget · Reparasjon" in texts(page.works)
    assert page.pill.spec.word == "Utleid"
    press(page.works, "Avslutt …")
    page.findChild(EndWorkDialog).act.click()
    settle()
    assert office.dwellings.works_of_building(house[0])[0].state == "ferdig"


def test_that_the_page_says_the_entrance_and_its_share(page, office, home) -> None:
    said = texts(page)
    assert "B, med heis, 4 etasjer" in said
    assert "I oppgang B er 1 av 8 boliger kommunal (13 %), over grensen på 10 %." in said
    assert "Oppgang" in [row[0] for row in page.printout().rows]


def test_that_the_form_of_a_dwelling_offers_the_entrances_of_its_building(
    desk_window, office, home, house
) -> None:
    desk_window.go(Place("ny_bolig", subject=home))
    settle()
    form = desk_window.navigator.here.form
    assert form.entrance.currentText() == "B"
    form.building.setCurrentIndex(0)
    settle()
    assert (form.entrance.count(), form.entrance.isEnabled()) == (1, False)
    form.building.setCurrentIndex(1)
    settle()
    assert form.entrance.currentText() == "B"
    form.entrance.setCurrentIndex(0)
    desk_window.navigator.here.save()
    settle()
    assert office.dwellings.detail(home).entrance is None


@pytest.fixture
def buildings(desk_window, house, home) -> BuildingsDialog:
    desk_window.go(Place("boliger"))
    settle()
    dialog = BuildingsDialog(desk_window, may_write=True, parent=desk_window)
    dialog.show()
    dialog.edit(house[0])
    settle()
    return dialog


def test_that_entrances_are_written_below_the_building(buildings, office, house) -> None:
    box = buildings.entrances
    assert "1 av 8 boliger er våre · 4 etasjer · med heis · grense 10 %" in texts(box)
    box.add.click()
    box.letter.setText("c")
    box.numbers["units_total"].setText("seks")
    box.save_button.click()
    assert box.section.rows["units_total"].error() == "Skriv et tall."
    box.numbers["units_total"].setText("6")
    box.numbers["limit_share"].setText("12,5 %")
    box.save_button.click()
    settle()
    assert [
        (row.letter, row.units_total, row.limit_share) for row in office.dwellings.entrances(house[0])
    ] == [
        ("B", 8, 1000),
        ("C", 6, 1250),
    ]
    buildings.form.fields["owner"].setText("Kommunen")  # the form goes on over the new version
    buildings.save.click()
    settle()
    assert office.dwellings.building_draft(house[0]).owner == "Kommunen"
    buildings.close()


def test_that_an_entrance_with_homes_stays(buildings, office, house) -> None:
    press(buildings.entrances, "Ta bort")
    assert "kan ikke tas bort" in buildings.messages.bar().text
    assert len(office.dwellings.entrances(house[0])) == 1
    press(buildings.entrances, "Rett")
    assert buildings.entrances.letter.text() == "B"
    buildings.close()


@pytest.mark.parametrize("size", [(1366, 768), (960, 540)], ids=["1366", "960"])
def test_that_the_cards_and_forms_hold_to_the_house_rules(desk_window, page, office, home, size) -> None:
    stored_work(office, home)
    stored_work(
        office, home, begins_on=dt.date(2026, 10, 1), planned_to=dt.date(2026, 11, 1), takes_out=False
    )
    desk_window.resize(*size)
    page.refresh()
    settle()
    assert uilint(desk_window) == []
    grab(desk_window, f"bolig-arbeid-{size[0]}")
    for show in (lambda: page.write_work(page.detail.works[0]), lambda: page.end_work(page.detail.works[0])):
        show()
        dialog = page.findChild(WorkDialog) or page.findChild(EndWorkDialog)
        assert uilint(dialog) == []
        grab(dialog, f"bolig-arbeid-{type(dialog).__name__}-{size[0]}")
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        dialog.deleteLater()
        settle()


def test_that_the_form_of_a_building_holds_to_the_house_rules(buildings) -> None:
    assert uilint(buildings) == []
    grab(buildings, "bygg-oppganger")
    buildings.entrances.write(None)
    settle()
    assert uilint(buildings) == []
    grab(buildings, "bygg-oppgang-skjema")
    buildings.close()
