"""Ctrl+K through the real window on a real office."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from uilint import uilint

from boligdesk.services.records.work import SearchResult
from boligdesk.ui.shell.commands import Command, matching
from tests.ui.harness import (
    desk_window,
    grab,
    office,
    office_path,
    office_template,
    open_desk,
    opened,
    person_id,
    settle,
)

__all__ = ["desk_window", "office", "office_path", "office_template", "open_desk", "opened"]


@pytest.fixture
def places(desk_window, monkeypatch):
    """Where the window was asked to go."""
    asked = []
    monkeypatch.setattr(desk_window, "go", asked.append)
    desk_window.parts.finder._go = asked.append
    return asked


def open_popup(window):
    QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    settle()
    return window.parts.finder.popup


def test_that_three_acts_find_and_open_a_person(desk_window, office, places):
    popup = open_popup(desk_window)
    assert popup.isVisible()
    assert popup.field.hasFocus()
    QTest.keyClicks(popup.field, "hest")
    settle()
    titles = [line.title for line in popup.lines()]
    assert titles[0] == "Personer"
    assert popup.lines()[popup.list.currentRow()].title == titles[1]
    assert "Saker" in titles
    assert "Brev" not in titles
    grab(desk_window, "search-light")
    QTest.keyClick(popup.field, Qt.Key.Key_Return)
    assert not popup.isVisible()
    assert places[-1].page == "person"
    assert places[-1].subject == person_id(office, "Hest")


def test_that_arrows_pass_over_the_captions_and_esc_gives_the_focus_back(desk_window):
    before = QApplication.focusWidget()
    popup = open_popup(desk_window)
    QTest.keyClicks(popup.field, "b")
    settle()
    rows = []
    for _step in range(4):
        rows.append(popup.lines()[popup.list.currentRow()])
        QTest.keyClick(popup.field, Qt.Key.Key_Down)
    assert all(line.run is not None for line in rows)
    assert len({line.title for line in rows}) == 4
    QTest.keyClick(popup.field, Qt.Key.Key_Escape)
    settle()
    assert not popup.isVisible()
    assert QApplication.focusWidget() is before


def test_that_the_line_about_restricted_hits_always_stands_there(desk_window):
    popup = open_popup(desk_window)
    QTest.keyClicks(popup.field, "finnesikke")
    settle()
    assert [line.title for line in popup.lines()] == ["Ingen treff på «finnesikke»."]
    from PySide6.QtWidgets import QLabel

    assert "Noen treff kan være skjermet." in [label.text() for label in popup.findChildren(QLabel)]
    assert uilint(popup) == []


def test_that_nothing_typed_shows_what_was_opened_last_and_what_can_be_done(desk_window, office):
    office.people.detail(person_id(office, "Nepe"))
    popup = open_popup(desk_window)
    titles = [line.title for line in popup.lines()]
    assert titles[:2] == ["Sist åpnet", "Blid Nepe"]
    assert "Gjør" in titles


def test_that_a_note_can_be_written_on_the_person_found(desk_window):
    popup = open_popup(desk_window)
    QTest.keyClicks(popup.field, "nepe")
    settle()
    line = next(line for line in popup.lines() if line.title == "Nytt notat på Blid Nepe")
    popup.close_popup()
    line.run()
    settle()
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    dialog.reject()
    settle()


def test_that_an_answer_to_an_older_text_is_dropped(desk_window):
    finder = desk_window.parts.finder
    finder.popup.open_with("")
    shown = []
    finder.popup.show_lines = lambda lines: shown.append([line.title for line in lines])
    jobs = []

    class Later:
        """Tasks that answer when the test says so, with the rule of the real ones: same key, older is obsolete."""

        def run(self, _lane, work, done, _failed, *, receiver, key):
            jobs.append((key, work, done))

    finder._tasks = Later()
    finder._ask("he")
    finder._ask("hes")
    assert [key for key, _work, _done in jobs] == ["search", "search"]
    finder._show("hes", SearchResult())
    assert shown[-1][0] == "Ingen treff på «hes»."


def test_that_commands_are_found_by_the_beginning_of_their_words():
    commands = tuple(Command(title, "add", lambda: None, words=words) for title, words in
                     (("Ny søknad", "registrer"), ("Hent inn lister", "importer excel")))  # fmt: skip
    assert [c.title for c in matching(commands, "ny søk")] == ["Ny søknad"]
    assert [c.title for c in matching(commands, "EXCEL")] == ["Hent inn lister"]
    assert matching(commands, "øknad") == ()


def test_that_the_field_in_the_top_bar_is_a_door_to_the_popup(desk_window):
    desk_window.top.search.setFocus()
    QTest.keyClicks(desk_window.top.search, "b")
    settle()
    popup = desk_window.parts.finder.popup
    assert popup.isVisible()
    assert popup.field.text() == "b"
    assert desk_window.top.search.text() == ""
    assert popup.field.hasFocus()
