"""Saker in the real window: views, filters, acts on several at once, masking, and nothing to show."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from uilint import uilint

from boligdesk.services.records.cases import CaseFilter, CaseRow
from boligdesk.services.records.common import Sort
from boligdesk.ui.pages.saker.choice import ALL_OPEN, BY_KIND, GENERAL, Choice, choice_of
from boligdesk.ui.pages.saker.filters import PeriodDialog
from boligdesk.ui.pages.saker.views import ViewDialog
from boligdesk.ui.places import Place
from boligdesk.ui.printing import PrintDialog, to_pdf
from boligdesk.ui.tables.common_columns import case_status, date_cell, due_tone, phase_words
from boligdesk.ui.whole_list import COMING
from boligdesk.ui.widgets.colleague import ColleagueDialog
from tests.ui.harness import (
    case_id,
    colleague,
    desk_window,
    office,
    office_path,
    office_template,
    open_desk,
    opened,
    person_id,
    settle,
)

__all__ = ["colleague", "desk_window", "office", "office_path", "office_template", "open_desk", "opened"]

TODAY = dt.date(2026, 11, 24)


@pytest.fixture
def page(desk_window):
    desk_window.go(Place("saker"))
    settle()
    return desk_window.navigator.here


def rows(page):
    return [row for _number, row in page.rows.held_rows()]


def press(bar, words):
    next(button for button in bar.findChildren(QPushButton) if button.text() == words).click()
    settle()


def tick_all(page):
    for row in rows(page):
        page.rows.set_ticked(row.id, True)


def cells(page, row):
    return {column.key: column.text(row) for column in page.rows.columns}


def test_that_opening_the_page_leaves_the_focus_in_the_list(page, desk_window):
    assert desk_window.isActiveWindow()
    assert page.table.hasFocus()


def test_that_the_count_is_the_length_of_the_list(page, office):
    total = office.cases.page(CaseFilter(), Sort("due"), 0, 1).total
    assert page.rows.total() == total == 3
    assert page.filters.count.text() == "3 saker"
    assert page.filters.sorted_by.text() == "Sortert etter neste frist"


def test_that_a_row_says_step_age_deadline_and_who_has_it(page):
    row = next(row for row in rows(page) if row.applicant.startswith("Hest"))
    assert cells(page, row) | {"assignee": ""} == {
        "applicant": "Hest, Klok",
        "number": row.number,
        "age": "29 d.",
        "phase": "Mottatt (1 av 6)",
        "due": "tor. 26. nov.",
        "assignee": "",
        "status": "Haster",
    }


def test_that_status_comes_from_deadline_waiting_and_step():
    row = CaseRow(
        id=None, version=1, number="2026/1", kind="bolig", applicant="Hest, Klok", applicant_id=None, opened_on=TODAY,
        phase="mottatt", next_due_on=None, next_due_what="", assignee="", waiting_on="ingen", outcome=None,
        is_masked=False,
    )  # fmt: skip

    def word(**changes):
        given = {name: getattr(row, name) for name in CaseRow.__slots__}
        return case_status(CaseRow(**{**given, **changes}), TODAY).word

    assert word() == "Ikke startet"
    assert word(phase="utredning") == "Under arbeid"
    assert word(phase="inntaksteam") == "Til inntaksteam"
    assert word(waiting_on="soker", next_due_on=TODAY) == "Venter på søker"
    assert word(waiting_on="soker", next_due_on=TODAY - dt.timedelta(days=1)) == "Forfalt"
    assert word(next_due_on=TODAY + dt.timedelta(days=2)) == "Haster"
    assert word(next_due_on=TODAY + dt.timedelta(days=3)) == "Ikke startet"
    assert word(phase="avsluttet", outcome="avslag", next_due_on=TODAY) == "Avslått"
    assert word(is_masked=True, next_due_on=TODAY) == "Skjermet"


def test_that_a_warning_counts_working_days():
    friday = dt.date(2026, 11, 27)
    assert due_tone(dt.date(2026, 12, 1), friday) == "warn"
    assert due_tone(dt.date(2026, 12, 2), friday) == "neutral"
    assert due_tone(dt.date(2026, 11, 26), friday) == "crit"
    assert date_cell(dt.date(2027, 1, 4), friday).date == "man. 4. jan. 2027"
    assert phase_words("avsluttet") == "Avsluttet"


def test_that_the_views_of_the_office_narrow_the_list(page, office):
    by_name = {view.name: view for view in (*GENERAL, *BY_KIND)}
    page.show_view(by_name["Mine saker"])
    settle()
    mine = office.cases.page(CaseFilter(assignee_id=office.user.id), Sort("due"), 0, 1).total
    assert page.rows.total() == mine
    page.show_view(by_name["Kommunal bolig"])
    settle()
    assert page.rows.total() == 3
    page.show_view(by_name["Avsluttede"])
    settle()
    assert page.rows.total() == 0
    assert page.view_button.text() == "Visning: Avsluttede"


def test_that_text_narrows_and_can_be_cleared_with_the_keyboard(page, desk_window):
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert page.filters.search.hasFocus()
    page.filters.search.setText("nepe")
    QTest.keyClick(page.filters.search, Qt.Key.Key_Return)
    settle()
    assert [row.applicant for row in rows(page)] == ["Nepe, Blid"]
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(page.filters.search, Qt.Key.Key_F, both)
    settle()
    assert page.rows.total() == 3
    assert page.filters.search.text() == ""


def test_that_a_filter_is_a_chip_that_can_be_removed(page, office):
    office.cases.set_waiting(case_id(office, "Bie"), 1, "soker")
    page.filters._chosen("waiting", "soker")
    settle()
    assert [row.applicant for row in rows(page)] == ["Bie, Sprek"]
    assert page.view_button.text() == "Visning: Alle åpne, endret"
    chip = page.filters.menus["waiting"].chip
    page.filters.menus["waiting"].set_value("soker")
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    settle()
    assert page.rows.total() == 3
    assert page.view_button.text() == "Visning: Alle åpne"


def test_that_applied_from_and_to_are_asked_for_and_checked(page, desk_window):
    page.filters.ask_period()
    dialog = desk_window.findChild(PeriodDialog)
    dialog.first.setText("28.10.2026")
    dialog.last.setText("27.10.2026")
    dialog._check()
    assert dialog.form.rows["last"].error() == "Til-datoen må være etter fra-datoen."
    dialog.first.setText("27.10.2026")
    dialog._check()
    settle()
    assert [row.applicant for row in rows(page)] == ["Nepe, Blid"]
    assert page.filters.menus["period"].chip.text() == "Søkt 27. oktober 2026 – 27. oktober 2026"


def test_that_what_is_saved_of_a_view_is_read_back_and_nonsense_is_not():
    choice = Choice(kind="bolig", assignee="me", period="2026-01-01..", sort="opened", descending=True)
    assert choice_of(choice.body()) == choice
    odd = {"kind": "slott", "period": "i dag..", "sort": "farge", "state": 7, "ny": "x", "waiting": "soker"}
    assert choice_of(odd) == Choice(waiting="soker")


def test_that_a_view_is_saved_renamed_removed_and_brought_back(page, desk_window, office):
    page.filters._chosen("assignee", "me")
    page.view_acts.save_new()
    dialog = desk_window.findChild(ViewDialog)
    dialog.name.setText("Alle åpne")
    dialog.act.click()
    assert dialog.form.rows["name"].error() == "Det finnes en visning med dette navnet. Velg et annet."
    dialog.name.setText("Mine & dine")
    dialog.shared.setChecked(True)
    dialog.act.click()
    settle()
    assert page.view_button.accessibleName() == "Visning: Mine & dine"
    (stored,) = office.office.views("saker")
    assert (stored.name, stored.is_shared, stored.body["assignee"]) == ("Mine & dine", True, "me")
    page.view_acts.rename()
    dialog = desk_window.findChild(ViewDialog)
    dialog.name.setText("Våre")
    dialog.act.click()
    settle()
    assert [view.name for view in office.office.views("saker")] == ["Våre"]
    page.view_acts.remove()
    settle()
    assert office.office.views("saker") == ()
    assert page.view_button.view == ALL_OPEN
    press(page.messages.bar(), "Angre")
    assert [view.name for view in office.office.views("saker")] == ["Våre"]


def test_that_several_cases_are_given_away_and_taken_back_at_once(page, desk_window, office):
    before = {row.id: row.assignee for row in rows(page)}
    tick_all(page)
    assert page.tick_words.text() == "3 saker valgt"
    page.give_button.click()
    dialog = desk_window.findChild(ColleagueDialog)
    dialog.names.setCurrentText("Jonas H.")
    dialog.act.click()
    settle()
    assert {row.assignee for row in rows(page)} == {"Jonas H."}
    assert not page.tick_row.isVisibleTo(page)
    assert "gitt til Jonas H." in desk_window.messages.bar().text
    press(desk_window.messages.bar(), "Angre")
    assert {row.id: row.assignee for row in rows(page)} == before
    desk_window.saver.redo()
    settle()
    assert {row.assignee for row in rows(page)} == {"Jonas H."}
    desk_window.saver.undo()
    settle()
    assert {row.id: row.assignee for row in rows(page)} == before


def test_that_giving_cases_away_from_the_list_is_no_reading_of_them(page, office):
    before = office.log.entries(0, 1).total
    jonas = next(user.id for user in office.office.users() if user.login == "jonas")
    page.case_acts._give_to(tuple(rows(page)), jonas, "Jonas H.")
    settle()
    verbs = [entry.what for entry in office.log.entries(0, 50).rows][
        : office.log.entries(0, 1).total - before
    ]
    assert len(verbs) == 3


def test_that_a_list_that_is_not_all_here_is_read_before_it_is_printed(page, desk_window, qtbot):
    page.rows.reload()
    job = page.printout()
    assert job is COMING
    settle()
    dialog = page.findChild(PrintDialog)
    assert dialog is not None
    dialog.reject()
    settle()
    assert desk_window.messages.bar() is None


def test_that_a_case_that_changed_hands_meanwhile_is_not_given_away(page, desk_window, office):
    page.rows.set_ticked(rows(page)[0].id, True)
    page.rows.set_ticked(rows(page)[1].id, True)
    taken = rows(page)[0]
    version = office.cases.detail(taken.id).version
    users = {user.login: user.id for user in office.office.users()}
    now = users["jonas"] if taken.assignee != "Jonas H." else users["ingrid"]
    office.cases.assign(taken.id, version, now)
    page.case_acts._give_to(tuple(page.ticked.values()), users["ingrid"], "Ingrid B.")
    settle()
    words = desk_window.messages.bar().text
    assert f"{taken.number}: Saken har nettopp skiftet saksbehandler." in words
    assert office.cases.detail(taken.id).assignee_id == now


def test_that_ticks_go_when_the_list_becomes_another(page):
    tick_all(page)
    page.filters._chosen("phase", "kontroll")
    settle()
    assert page.ticked == {}
    assert not page.tick_row.isVisibleTo(page)


def test_that_a_restricted_row_tells_its_number_and_nothing_else(desk_window, office, colleague):
    person = office.people.detail(person_id(office, "Bie"))
    office.people.protect(person.id, person.version, "fortrolig", "Folkeregisteret", "Melding")
    desk_window.services = colleague
    desk_window.go(Place("saker"))
    settle()
    page = desk_window.navigator.here
    row = next(row for row in rows(page) if row.is_masked)
    shown = cells(page, row)
    assert shown.pop("number") == row.number
    assert shown.pop("applicant") == "Skjermet søker"
    assert shown.pop("status") == "Skjermet"
    assert set(shown.values()) == {""}
    assert page.rows.columns[0].icon(row) == "lock_closed"
    assert "bolig" not in page.rows.columns[1].second(row)
    page.rows.set_ticked(row.id, True)
    assert not page.give_button.isEnabled()


def test_that_a_filter_without_hits_offers_the_way_out(page):
    page.filters._chosen("phase", "vedtak")
    settle()
    state = page.table.state_widget()
    assert state.accessibleName() == "Ingen saker passer med filteret."
    state.button.click()
    settle()
    assert page.rows.total() == 3


def test_that_a_new_office_is_told_how_to_begin(desk_window, monkeypatch):
    services = desk_window.services
    real = services.cases.page
    nobody = CaseFilter(state="alle", text="finnes ikke")
    monkeypatch.setattr(
        services.cases, "page", lambda wanted, sort, offset=0, limit=200: real(nobody, sort, offset, limit)
    )
    desk_window.go(Place("saker"))
    settle()
    state = desk_window.navigator.here.table.state_widget()
    assert state.accessibleName() == "Ingen saker ennå."
    words = {button.text() for button in state.findChildren(QPushButton)}
    assert words == {"Registrer søknad", "Hent fra fil"}


def test_that_the_page_is_found_again_as_it_was_left(page, desk_window):
    page.filters._chosen("period", "90")
    settle()
    chosen = rows(page)[1].id
    page.table.select_id(chosen)
    desk_window.go(Place("min_dag"))
    desk_window.navigator.back()
    settle()
    assert page.filters.value().period == "90"
    assert page.table.current_row().id == chosen


def test_that_the_list_is_printed_without_what_was_typed(page):
    page.filters.search.setText("hest")
    QTest.keyClick(page.filters.search, Qt.Key.Key_Return)
    settle()
    job = page.printout()
    assert [row.applicant for row in job.rows] == ["Hest, Klok"]
    assert not any("hest" in words.casefold() for words in job.filters)
    assert to_pdf(job).startswith(b"%PDF")


@pytest.mark.parametrize(("wide", "high"), [(1440, 900), (1100, 700), (960, 540)])
def test_that_the_page_fits(page, desk_window, wide, high):
    desk_window.resize(wide, high)
    tick_all(page)
    page.filters.set_value(Choice("alle", "bolig", "mottatt", "me", "", "2026-01-01..2026-12-31", "soker"))
    settle()
    assert uilint(page) == []
    assert page.minimumSizeHint().width() <= page.width()
