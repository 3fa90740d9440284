"""Report a vacancy: find the dwelling, the day, what nobody knows, and the list at once."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from uilint import uilint

from boligdesk.ui.pages.meld_ledig.page import MeldLedigPage
from boligdesk.ui.pages.tildeling.page import TildelingPage
from boligdesk.ui.places import Place
from tests.contract.allocation_office import dwelling, waits
from tests.ui.harness import desk_window, office, office_path, office_template, open_desk, opened, settle

__all__ = ["desk_window", "office", "office_path", "office_template", "open_desk", "opened"]


@pytest.fixture
def home(office):
    office.office.add_district("Sentrum")
    waits(office, "Rask", "Ost")
    waits(office, "Modig", "Ask")
    return dwelling(office, facts={"lift": 1})


@pytest.fixture
def page(desk_window, home) -> MeldLedigPage:
    desk_window.go(Place("meld_ledig"))
    settle()
    found = desk_window.navigator.here
    assert isinstance(found, MeldLedigPage)
    return found


def texts(widget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def test_that_a_vacancy_and_its_list_are_four_acts_from_the_report(page, desk_window, office, home) -> None:
    page.picker.line.setText("Eksempelveien")
    QTest.keyClick(page.picker.line, Qt.Key.Key_Return)
    settle()
    assert page.dwelling is not None
    page.primary()
    settle()
    board = desk_window.navigator.here
    assert isinstance(board, TildelingPage)
    assert board.board.stages.value() == "forslag"
    assert board.board.vacancy.send.text() == "Send 2 til inntaksteam"
    board.primary()
    settle()
    assert [row.stage for row in office.allocation.vacancies().rows] == ["inntaksteam"]


def test_that_nothing_can_be_reported_before_a_dwelling_is_chosen(page) -> None:
    assert not page.act.isEnabled()
    page.picker.look("finnes ikke")
    settle()
    assert "Vi fant ingen bolig" in page.picker.say.text()


def test_that_what_nobody_knows_is_said(page, home) -> None:
    page.picker.look("Eksempel")
    settle()
    page.picker.buttons[0].click()
    settle()
    assert "trinnfri adkomst" in page.unknown.text()
    assert "Ja · befaring 12. nov. 2026" in texts(page)


def test_that_the_day_and_the_remark_are_kept(desk_window, office, home) -> None:
    desk_window.go(Place("meld_ledig", subject=home))
    settle()
    page = desk_window.navigator.here
    page.free_from.set_value(dt.date(2026, 12, 1))
    page.remark.setPlainText("Nøkkel hos vaktmesteren")
    page.only.click()
    settle()
    row = office.allocation.vacancies().rows[0]
    assert (row.stage, row.free_from) == ("ledig", dt.date(2026, 12, 1))
    assert office.allocation.vacancy(row.id).remark == "Nøkkel hos vaktmesteren"


def test_that_a_wrong_day_is_told_at_its_field(desk_window, office, home) -> None:
    desk_window.go(Place("meld_ledig", subject=home))
    settle()
    page = desk_window.navigator.here
    page.free_from.setText("32.13.")
    page.primary()
    assert page.form.rows["free_from"].error()
    page.free_from.set_value(dt.date(1999, 1, 1))
    page.primary()
    settle()
    assert "kan ikke stemme" in page.form.rows["free_from"].error()


def test_that_the_page_of_a_dwelling_leads_here(desk_window, home) -> None:
    desk_window.go(Place("bolig", subject=home))
    settle()
    desk_window.navigator.here.report.click()
    settle()
    page = desk_window.navigator.here
    assert isinstance(page, MeldLedigPage)
    assert page.dwelling is not None
    assert page.dwelling.id == home


def test_that_nothing_is_cut_at_any_size(page, desk_window) -> None:
    page.picker.look("Eksempel")
    settle()
    for choose in (False, True):
        if choose:
            page.picker.buttons[0].click()
            settle()
        for wide, high in ((1440, 900), (960, 540)):
            desk_window.resize(wide, high)
            settle()
            assert uilint(page) == []
