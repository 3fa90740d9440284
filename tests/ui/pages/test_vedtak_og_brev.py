"""The list of letters: segments that agree with their lists, ticks, filters, the letter beside it, paper."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from uilint import uilint

from boligdesk.ui.letter_words import letter_status
from boligdesk.ui.marking_sent import SentDialog
from boligdesk.ui.places import Place
from boligdesk.ui.printing import to_pdf
from tests.ui.harness import (
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

from tests.ui.harness import person_id
from tests.ui.pages.letter_office import TODAY, approvable, finished, furnish, interim


@pytest.fixture
def page(desk_window, office):
    """Two drafts, one finished."""
    furnish(office)
    interim(office, "Nepe")
    approvable(office)
    finished(office, "Bie")
    desk_window.go(Place("vedtak_og_brev"))
    settle()
    return desk_window.navigator.pages["vedtak_og_brev"]


def choose(page, segment):
    page.filters.segments.set_value(segment)
    page.filters.segments.changed.emit(segment)
    settle()


def rows(page):
    return [row for _number, row in page.table.rows.held_rows()]


def test_that_each_segment_says_how_many_it_holds(page, office):
    counts = office.letters.counts().by_segment
    for segment in ("kladder", "til_godkjenning", "klare", "sendt"):
        choose(page, segment)
        assert len(rows(page)) == counts[segment]
    assert not uilint(page)


def test_that_space_and_ctrl_a_tick_and_the_primary_asks_once(page, desk_window):
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Space)
    assert len(page.ticked) == 1
    QTest.keyClick(page.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert page.tick_words.text() == "2 brev valgt"
    page.primary()
    settle()
    assert desk_window.navigator.here.key == "send_brev"
    assert len(desk_window.navigator.here.items) == 2


def test_that_a_protected_letter_cannot_be_ticked(page, office):
    person = person_id(office, "Bie")
    known = office.people.detail(person, "prøve")
    office.people.protect(person, known.version, "fortrolig", "Skatteetaten", "Vedtak om fortrolig adresse")
    choose(page, "klare")
    row = rows(page)[0]
    assert letter_status(row).word == "Egen utskrift"
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Space)
    QTest.keyClick(page.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert page.ticked == {}


def test_that_somebody_without_access_sees_a_masked_row(page, office, colleague):
    person = person_id(office, "Bie")
    known = office.people.detail(person, "prøve")
    office.people.protect(person, known.version, "fortrolig", "Skatteetaten", "Vedtak om fortrolig adresse")
    from boligdesk.services.records.common import Sort
    from boligdesk.services.records.letters import LetterFilter

    found = colleague.letters.page(LetterFilter("klare"), Sort("changed")).rows
    assert [(row.to, letter_status(row).word, row.can_tick) for row in found] == [
        ("Skjermet søker", "Skjermet", False)
    ]


def test_that_the_chosen_letter_is_drawn_after_a_moment(page, qtbot):
    qtbot.waitUntil(lambda: page.pane.view.pdf.startswith(b"%PDF"))
    page.toggle_detail()
    assert not page.pane.isVisible()


def test_that_filters_narrow_and_are_told_on_paper(page):
    page.filters.kind.set_value("forelopig_svar")
    page.filters.kind.changed.emit("forelopig_svar")
    settle()
    assert [row.kind for row in rows(page)] == ["forelopig_svar"]
    page.filters.search.setText("Finnes ikke")
    page.filters.search._send()
    settle()
    assert rows(page) == []
    page.filters.reset()
    settle()
    assert len(rows(page)) == 2
    assert to_pdf(page.printout()).startswith(b"%PDF")


def test_that_a_printed_letter_is_marked_as_sent_from_the_list(page, office):
    choose(page, "klare")
    letter = rows(page)[0].id
    page.table.rows.tick_all()
    assert not page.sent_button.isEnabled()
    office.letters.printed((letter,), "Kontorets skriver")
    page.refresh()
    settle()
    page.table.rows.clear_ticks()
    page.table.rows.tick_all()
    page.sent_button.click()
    page.findChild(SentDialog).act.click()
    settle()
    assert office.letters.reread(letter).sent_on == TODAY
    choose(page, "sendt")
    assert rows(page)[0].arrived_on is not None


def test_that_enter_opens_the_letter_and_the_way_back_finds_the_row(page, desk_window):
    chosen = page.table.current_row()
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    settle()
    assert desk_window.navigator.here.detail.id == chosen.id
    desk_window.navigator.back()
    settle()
    assert page.table.current_row().id == chosen.id


def test_that_an_empty_segment_says_what_to_do(page):
    choose(page, "til_godkjenning")
    assert "Ingen brev venter på godkjenning." in page.table.state_widget().accessibleName()


def test_that_names_are_hidden_here_too(page, desk_window):
    desk_window.parts.toggle_names()
    settle()
    assert {row.to for row in rows(page)} == {row.case_number for row in rows(page)}
    desk_window.parts.toggle_names()
