"""Min dag in the real window: lists and numbers that agree, the next step, the acts and how they are undone."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from uilint import uilint

from boligdesk.services.records.common import Sort
from boligdesk.services.records.work import TaskDraft, TaskFilter, VisitDraft
from boligdesk.ui.pages.min_dag.postpone import PostponeDialog
from boligdesk.ui.pages.min_dag.steps import next_place
from boligdesk.ui.places import Place
from boligdesk.ui.printing import to_pdf
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
    settle,
)

__all__ = ["colleague", "desk_window", "office", "office_path", "office_template", "open_desk", "opened"]

TODAY = dt.date(2026, 11, 24)
LETTER = UUID(int=7)
TASKS = (("ring_tilbake", "Hest", 0), ("folg_opp", "Nepe", 6), ("annet", "Bie", 30))


@pytest.fixture
def page(desk_window, office, qtbot):
    """The page with three tasks of my own beside those the applications made."""
    for kind, family, days in TASKS:
        due = TODAY + dt.timedelta(days=days)
        office.tasks.add(TaskDraft(kind, case_id=case_id(office, family), due_on=due))
    desk_window.go(Place("min_dag"))
    made = desk_window.navigator.here
    qtbot.waitUntil(lambda: made.rows.has_loaded)
    wait_for_pane(made, qtbot)
    return made


def show_team(page):
    page.filters.owner.set_value("team")
    page.filters._chosen()
    settle()


def wait_for_pane(page, qtbot):
    settle()
    qtbot.waitUntil(lambda: page.table.current_row() is None or page.pane.why.isVisibleTo(page.pane))


def rows(page):
    return [row for _number, row in page.rows.held_rows()]


def choose(page, qtbot, kind):
    page.table.select_id(next(row.id for row in rows(page) if row.kind == kind))
    qtbot.waitUntil(lambda: page.next_step() != "")
    wait_for_pane(page, qtbot)
    return page.table.current_row()


def test_that_each_number_is_the_length_of_the_list_it_opens(page):
    for button in page.filters.numbers.values():
        shown = button.accessibleName().split()[0]
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        settle()
        assert button.isChecked()
        assert str(page.rows.total()) == shown
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        settle()
        assert page.filters.value() == TaskFilter()


def test_that_the_segments_count_their_own_lists(page, office):
    for owner in ("mine", "team", "unowned"):
        page.filters.owner.set_value(owner)
        page.filters.owner.changed.emit(owner)
        settle()
        words = page.filters.owner._buttons[owner].accessibleName()
        assert words.endswith(f", {page.rows.total()}")
        assert page.rows.total() == office.tasks.page(TaskFilter(owner), Sort("due"), 0, 1).total


def test_that_the_head_says_which_day_and_week_it_is(page):
    assert page.header.sub.text() == "tirsdag 24. november 2026 · uke 48"


def test_that_what_is_due_first_stands_first_and_the_order_is_said(page):
    days = [row.due_on for row in rows(page) if row.due_on]
    assert days == sorted(days)
    assert page.filters.sorted_by.text() == "Sortert etter frist"


def test_that_the_pane_says_why_and_how_the_deadline_came_about(page, qtbot):
    show_team(page)
    row = choose(page, qtbot, "send_forelopig_svar")
    assert "§ 11" in page.pane.basis.text()
    assert page.pane.due_why.text()
    tip = page._due_tooltip(row)
    assert page.pane.due_why.text() in tip
    assert "§ 11" in tip


def test_that_a_deadline_of_the_law_cannot_be_moved_and_says_why(page, qtbot):
    show_team(page)
    row = choose(page, qtbot, "send_forelopig_svar")
    assert row.is_legal
    assert not page.pane.postpone.isEnabled()
    assert (
        page.pane.postpone.toolTip()
        == page.pane.legal.text()
        == "Fristen følger av loven og kan ikke flyttes."
    )
    assert page.pane.legal.isVisibleTo(page)


def test_that_ctrl_enter_opens_what_the_button_says(page, qtbot, desk_window, monkeypatch):
    gone = []
    monkeypatch.setattr(desk_window, "go", gone.append)
    row = choose(page, qtbot, "ring_tilbake")
    assert page.pane.next_step.text() == "Skriv notat"
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert gone == [Place("sak", subject=row.case_id, tab="oversikt")]
    assert gone[0].state == {"act": "write_note"}
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert gone[1] == Place("sak", subject=row.case_id)


def test_that_every_next_step_leads_somewhere(page, qtbot):
    row = choose(page, qtbot, "ring_tilbake")
    for action in ("open_case", "open_application", "open_documents", "write_note", "assign_case"):
        assert next_place(row, action).subject == row.case_id
    assert next_place(row, "log_visit") == Place("nytt_besok", subject=row.person_id)
    assert next_place(row, "open_person") == Place("person", subject=row.person_id)
    interim = next_place(row, "write_interim")
    assert interim == Place("nytt_brev", subject=row.case_id)
    assert interim.state == {"kind": "forelopig_svar"}


def test_that_a_task_about_a_letter_or_an_offer_leads_to_it(page, qtbot):
    row = replace(choose(page, qtbot, "ring_tilbake"), subject_kind="letter", subject_id=LETTER)
    assert next_place(row, "open_letter") == Place("brev", subject=LETTER)
    assert next_place(row, "open_vacancy") == Place("tildeling", subject=LETTER)
    offer = next_place(row, "open_offer")
    assert (offer, offer.state) == (Place("tildeling"), {"offer": LETTER})


def test_that_a_finished_task_can_be_taken_back(page, qtbot, desk_window):
    choose(page, qtbot, "folg_opp")
    before = page.rows.total()
    QTest.mouseClick(page.pane.finish, Qt.MouseButton.LeftButton)
    settle()
    bar = desk_window.messages.bar()
    assert bar.text == "Oppgaven er lukket."
    assert page.rows.total() == before - 1
    assert page.pane.title.text() == page.table.current_row().title
    next(button for button in bar.findChildren(QPushButton) if button.text() == "Angre").click()
    settle()
    assert page.rows.total() == before


def test_that_a_task_is_given_to_a_colleague(page, qtbot, desk_window, colleague):
    choose(page, qtbot, "folg_opp")
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    settle()
    dialog = desk_window.findChild(ColleagueDialog)
    assert [dialog.names.itemText(i) for i in range(dialog.names.count())] == ["Jonas H."]
    dialog.act.click()
    settle()
    assert desk_window.messages.bar().text == "Oppgaven er gitt til Jonas H."
    mine = colleague.tasks.page(TaskFilter(), Sort("due"), 0, 10)
    assert [row.kind for row in mine.rows] == ["folg_opp"]


def test_that_postponing_wants_a_later_day_and_a_reason(page, qtbot, desk_window):
    choose(page, qtbot, "folg_opp")
    page.acts.postpone()
    dialog = desk_window.findChild(PostponeDialog)
    dialog.act.click()
    assert dialog.form.rows["due_on"].error() == "Skriv den nye datoen."
    assert dialog.form.rows["reason"].error() == "Skriv hvorfor oppgaven utsettes."
    dialog.date.setText("i dag")
    dialog.reason.setText("Venter på brev")
    dialog.act.click()
    assert dialog.form.rows["due_on"].error() == "Velg en dag etter i dag."
    dialog.date.setText("15.12.2026")
    before = page.rows.total()
    dialog.act.click()
    settle()
    assert page.rows.total() == before - 1
    assert desk_window.messages.bar().text == "Oppgaven er utsatt til tirsdag 15. desember."


def test_that_a_filter_without_hits_offers_the_way_out(page):
    page.filters.kind.set_value("garanti")
    page.filters._chosen()
    settle()
    state = page.table.state_widget()
    assert state.accessibleName() == "Ingen oppgaver passer med filteret."
    state.button.click()
    settle()
    assert page.rows.total() > 0


def test_that_an_empty_day_names_the_next_deadline(page, qtbot, office):
    for row in rows(page):
        if row.kind != "folg_opp":
            office.tasks.finish(row.id, row.version)
    left = office.tasks.page(TaskFilter(), Sort("due"), 0, 10).rows
    for row in left:
        office.tasks.postpone(row.id, row.version, TODAY + dt.timedelta(days=10), "Senere")
    page.refresh()
    settle()
    assert page.table.state_widget().accessibleName() == "Du er à jour. Neste frist er fredag 4. desember."
    assert not page.pane.next_step.isVisibleTo(page)


def test_that_the_page_is_found_again_as_it_was_left(page, qtbot, desk_window):
    page.filters.due.set_value("sju_dager")
    page.filters._chosen()
    settle()
    row = choose(page, qtbot, "folg_opp")
    desk_window.go(Place("saker"))
    desk_window.navigator.back()
    settle()
    assert page.filters.value().due == "sju_dager"
    assert page.table.current_row().id == row.id


def test_that_the_day_is_printed_with_its_filters_in_words(page):
    job = page.printout()
    assert len(job.rows) == page.rows.total()
    assert "Mine oppgaver" in job.filters
    assert "sortert etter frist" in job.filters
    assert to_pdf(job).startswith(b"%PDF")


@pytest.mark.parametrize(("wide", "high"), [(1440, 900), (1366, 768), (1100, 700), (960, 540)])
def test_that_the_page_fits(page, qtbot, desk_window, wide, high):
    desk_window.resize(wide, high)
    settle()
    assert page.pane.isVisibleTo(page) == (wide >= 1366)
    assert page.minimumSizeHint().width() <= page.width()
    assert uilint(page) == []
    desk_window.navigator.here.toggle_detail()
    wait_for_pane(page, qtbot)
    assert uilint(page) == []


def click_load(page, name):
    number = next(number for number, row in page.load.model.held_rows() if row.name == name)
    place = page.load.table.visualRect(page.load.model.index(number, 0)).center()
    held = Qt.KeyboardModifier.NoModifier
    QTest.mouseClick(page.load.table.viewport(), Qt.MouseButton.LeftButton, held, place)
    settle()


def test_that_a_leader_sees_how_the_team_s_work_is_shared(page, office, colleague):
    assert not page.load.isVisible()
    give = next(row for row in rows(page) if row.kind == "annet")
    office.tasks.give_to(give.id, give.version, colleague.user.id)
    show_team(page)
    assert page.load.isVisible()
    total = sum(row.open for _number, row in page.load.model.held_rows())
    assert total == page.rows.total() == office.tasks.counts().team
    click_load(page, "Jonas H.")
    assert (page.rows.total(), page.filters.value().assignee_id) == (1, colleague.user.id)
    assert page.filters.colleague.text() == "Jonas H."
    assert page.printout().filters[1:3] == ("Teamets oppgaver", "Jonas H.")
    assert uilint(page) == []
    page.filters.colleague.click()
    settle()
    assert page.rows.total() == total


def test_that_the_chosen_colleague_is_there_when_one_comes_back(page, desk_window, office, colleague):
    give = next(row for row in rows(page) if row.kind == "annet")
    office.tasks.give_to(give.id, give.version, colleague.user.id)
    show_team(page)
    click_load(page, "Jonas H.")
    desk_window.go(Place("saker"))
    desk_window.navigator.back()
    settle()
    assert page.filters.colleague.text() == "Jonas H."
    assert page.rows.total() == 1
    page.filters.numbers["unowned"].click()
    settle()
    assert page.filters.value() == TaskFilter("unowned")


def test_that_the_load_table_is_the_leader_s_only_and_follows_f4(page, desk_window, qtbot):
    show_team(page)
    page.toggle_detail()
    assert not page.load.isVisible()
    page.toggle_detail()
    assert page.load.isVisible()
    page._is_leader = False
    page._lay_out()
    assert not page.load.isVisible()


def test_that_there_is_a_tab_for_approval_only_when_something_waits(page, opened, office):
    tab = page.filters.owner._buttons["approval"]
    assert not tab.isVisible()
    draft = TaskDraft("godkjenn", case_id=case_id(office, "Hest"))
    opened.store.write(office.user.id, lambda unit: unit.write_tasks.add(draft))
    page.refresh()
    settle()
    assert tab.isVisible()
    tab.click()
    settle()
    assert [row.title for row in rows(page)] == ["Godkjenn brevet"]
    assert tab.text() == "Godkjenning  1"
    assert page.filters.words() == ("Brev som venter på godkjenning", "Alle frister")


def test_that_what_was_agreed_on_a_visit_stands_in_the_row_and_beside_it(page, office, qtbot):
    klok = office.search.find("Hest").people[0].id
    office.guidance.log_visit(VisitDraft(klok, next_step="Ringe NAV sammen", next_on=TODAY))
    page.refresh()
    settle()
    row = choose(page, qtbot, "boveiledning_neste")
    assert row.second == "Neste: Ringe NAV sammen"
    assert "Neste: Ringe NAV sammen." in page.pane.why.text()
    assert page.next_step() == "Logg besøket"
