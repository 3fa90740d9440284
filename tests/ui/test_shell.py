"""The frame: navigation, saving, undo, messages, keys, narrow windows, closing."""

from __future__ import annotations

import datetime as dt
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget
from uilint import uilint

from boligdesk.services.changes import NOTHING, Changes, Kind
from boligdesk.services.errors import InvalidInput, StoreUnavailable
from boligdesk.services.records.cases import NoteDraft
from boligdesk.services.records.common import Saved
from boligdesk.services.records.work import SearchHit, TaskRow
from boligdesk.ui import pages_list
from boligdesk.ui.page import Page
from boligdesk.ui.places import Place
from boligdesk.ui.shell.names import without_names
from boligdesk.ui.tasks import Tasks
from boligdesk.ui.undo import Act, UndoStack
from boligdesk.ui.whole_list import COMING, NOTHING_TO_PRINT
from tests.ui.harness import (
    case_id,
    colleague,
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

__all__ = ["colleague", "desk_window", "office", "office_path", "office_template", "open_desk", "opened"]


class NotePage(Page):
    """A page as small as can be."""

    key = "min_dag"
    window_title = "Prøveside"

    def __init__(self, window, parent=None):
        super().__init__(window, parent)
        column = QVBoxLayout(self)
        self.field = QLineEdit()
        self.field.setAccessibleName("Felt")
        column.addWidget(self.field)
        self.opened, self.heard, self.left = [], [], 0

    def open(self, place):
        self.opened.append(place)

    def state(self):
        return {"text": self.field.text()}

    def changed(self, changes):
        self.heard.append(changes)

    def leave(self):
        self.left += 1

    def focus_start(self):
        self.field.setFocus()

    def help_text(self):
        return "Her kan du prøve."


class OtherPage(NotePage):
    key = "saker"
    window_title = "En annen side"


@pytest.fixture
def two_pages(monkeypatch):
    """The window shows two pages made for the test."""
    specs = tuple(spec for spec in pages_list.PAGES if spec.key in {"min_dag", "saker"})
    monkeypatch.setattr(pages_list, "PAGES", specs)
    monkeypatch.setattr(pages_list.PageSpec, "exists", lambda _spec: True)
    classes = {"min_dag": NotePage, "saker": OtherPage}
    monkeypatch.setattr(pages_list.PageSpec, "load", lambda spec: classes[spec.key])


@pytest.fixture
def window(two_pages, desk_window):
    return desk_window


def saved(event_id=None) -> Saved:
    return Saved(uuid4(), 2, Changes(frozenset({Kind.CASE})), event_id)


def press(window, key, modifiers=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(QApplication.focusWidget() or window, key, modifiers)
    settle()


def test_that_the_first_view_opens_and_its_title_holds_no_personal_data(window):
    page = window.navigator.here
    assert isinstance(page, NotePage)
    assert window.windowTitle() == "Prøveside – Boligdesk"
    assert QApplication.focusWidget() is page.field
    assert window.parts.navigation.current() == "min_dag"


def test_that_ctrl_and_a_digit_go_to_a_view_and_alt_left_comes_back_with_its_state(window):
    window.navigator.here.field.setText("husk meg")
    press(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert window.navigator.here.key == "saker"
    assert window.navigator.pages["min_dag"].left == 1
    press(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert window.navigator.here.key == "min_dag"
    assert window.navigator.here.opened[-1].state == {"text": "husk meg"}
    press(window, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert window.navigator.here.key == "saker"


def test_that_a_page_that_is_not_there_is_a_quiet_message(window):
    window.go(Place("personer"))
    assert "Personer" in window.messages.bar().text
    assert window.navigator.here.key == "min_dag"


def test_that_a_save_tells_publishes_and_can_be_undone_and_redone(window, office):
    page = window.navigator.here
    person = person_id(office, "Nepe")
    before = office.people.detail(person).draft.remark

    def work():
        detail = office.people.detail(person)
        from dataclasses import replace

        return office.people.change(replace(detail.draft, remark="Ringer helst om morgenen"))

    window.save(work, owner=page, said="Merknaden er lagret.")
    settle()
    assert office.people.detail(person).draft.remark == "Ringer helst om morgenen"
    assert page.heard[-1].touches(Kind.PERSON)
    assert window.messages.bar().text == "Merknaden er lagret."
    assert "Alt er lagret" in window.top.status.text()
    page.field.setFocus()
    press(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (office.people.detail(person).draft.remark, window.messages.bar().text) == (
        before,
        "Angret: Merknaden er lagret.",
    )
    press(window, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert office.people.detail(person).draft.remark == "Ringer helst om morgenen"


def test_that_ctrl_z_undoes_text_before_acts(window, monkeypatch):
    undone = []
    monkeypatch.setattr(window.saver, "undo", lambda: undone.append(1))
    field = window.navigator.here.field
    QTest.keyClicks(field, "abc")
    press(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert field.text() == ""
    assert undone == []


def test_that_the_undo_pile_holds_twenty_and_a_new_act_clears_what_was_undone():
    pile = UndoStack()
    acts = [Act((uuid4(),), str(number)) for number in range(25)]
    for act in acts:
        pile.did(act)
    for act in reversed(acts[5:]):
        assert pile.last_done() == act
        pile.undid(act, (uuid4(),))
    assert pile.last_done() is None
    assert pile.last_undone().said == "5"
    pile.did(Act((uuid4(),), "ny"))
    assert pile.last_undone() is None


def test_that_what_was_saved_is_told_on_the_page_it_leads_to(window):
    event = uuid4()

    def done(_saved):
        window.go(Place("saker"))

    window.save(lambda: saved(event), owner=window.navigator.here, said="Besøket er lagret.", done=done)
    settle()
    assert window.navigator.here.key == "saker"
    assert window.messages.bar().text == "Besøket er lagret."
    assert [button.text() for button in window.messages.bar().findChildren(QPushButton) if button.text()] == [
        "Angre"
    ]


def test_that_several_acts_are_taken_back_and_brought_back_as_one(window):
    undone = []

    class Service:
        def undo(self, event_id):
            undone.append(event_id)
            return saved(uuid4())

    window.saver.undo_service = Service()
    first, second = uuid4(), uuid4()
    window.tell_done("2 saker er gitt til Jonas H.", (first, second))
    press(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == [second, first]
    assert "Angret" in window.messages.bar().text
    press(window, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert len(undone) == 4


def test_that_nothing_to_print_is_said_and_rows_on_their_way_are_awaited_in_silence(window):
    page = window.navigator.here
    window.parts.print_page()
    assert window.messages.bar().text == NOTHING_TO_PRINT
    window.messages.clear()
    page.printout = lambda: COMING
    window.parts.print_page()
    assert window.messages.bar() is None


def test_that_an_invalid_field_is_offered_to_the_page_first(window):
    seen = []

    def work():
        raise InvalidInput("name", "Skriv navnet.")

    window.save(work, owner=window.navigator.here, invalid=lambda error: seen.append(error.field) or True)
    settle()
    assert seen == ["name"]
    assert window.messages.bar() is None
    window.save(work, owner=window.navigator.here)
    settle()
    assert "Skriv navnet." in window.messages.bar().text


def test_that_a_store_that_is_away_is_tried_again_and_the_text_stays(window):
    page = window.navigator.here
    page.field.setText("viktig")
    attempts = []

    def work():
        attempts.append(1)
        if len(attempts) == 1:
            raise StoreUnavailable("Fikk ikke lagret.", safe="Teksten din står her.")
        return saved()

    window.save(work, owner=page, said="Lagret.")
    settle()
    bar = window.messages.bar()
    assert "Fikk ikke lagret." in bar.text
    assert page.field.text() == "viktig"
    from boligdesk.ui.widgets import Button

    next(b for b in bar.findChildren(Button) if b.text() == "Prøv igjen").click()
    settle()
    assert len(attempts) == 2
    assert window.messages.bar().text == "Lagret."


def test_that_what_a_page_asked_for_is_told_also_when_the_page_is_gone(qtbot, two_pages, open_desk):
    from boligdesk.ui.main_window import MainWindow

    window = MainWindow(Tasks())
    window.show()
    window.enter(open_desk, {})
    owner = QWidget()
    done = []
    window.save(saved, owner=owner, said="Lagret.", done=done.append)
    owner.deleteLater()
    settle()
    qtbot.waitUntil(lambda: window.messages.bar() is not None and window.messages.bar().text == "Lagret.")
    assert done == []
    assert window.close() or True
    qtbot.waitUntil(lambda: not window.isVisible())
    window.deleteLater()


def test_that_closing_waits_for_what_is_being_saved(qtbot, two_pages, open_desk):
    import threading

    from boligdesk.ui.main_window import MainWindow

    window = MainWindow(Tasks())
    window.show()
    window.enter(open_desk, {})
    qtbot.waitUntil(lambda: not window.tasks.busy())
    gate, finished = threading.Event(), []

    def work():
        gate.wait(10)
        finished.append(1)
        return saved()

    window.save(work, owner=window)
    window.close()
    assert window.isVisible()
    gate.set()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert finished == [1]
    window.deleteLater()


def test_that_the_navigation_is_a_rail_in_a_narrow_window_and_nothing_is_cut(window):
    for width, height, rail in ((1440, 900, False), (1366, 768, False), (960, 540, True)):
        window.resize(width, height)
        settle()
        assert window.parts.navigation.rail is rail
        assert uilint(window) == []
    assert window.minimumSizeHint().width() <= 960


def test_that_f6_goes_through_the_parts_of_the_window(window):
    stops = []
    for _press in range(3):
        press(window, Qt.Key.Key_F6)
        stops.append(QApplication.focusWidget())
    assert stops == [window.top.search, window.parts.navigation, window.navigator.here.field]
    press(window, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert QApplication.focusWidget() is window.parts.navigation


def test_that_the_new_menu_and_help_name_only_what_is_there(window):
    titles = [action.text().replace("&", "") for action in window.top.new.menu().actions()]
    assert titles == ["Nytt notat"]
    press(window, Qt.Key.Key_F1)
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    assert "Hjelp" in dialog.windowTitle()
    grab(dialog, "hjelp")
    dialog.reject()
    settle()


def test_that_a_bug_is_told_with_a_number_and_the_window_lives_on(window):
    def work():
        raise ZeroDivisionError("hemmelig")

    window.query(work, lambda _x: None, owner=window)
    settle()
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    assert "hemmelig" not in dialog.report.details
    dialog.reject()
    settle()
    window.go(Place("saker"))
    assert window.navigator.here.key == "saker"


def test_that_theme_and_density_are_remembered(window, office):
    window.parts.choose_theme("dark")
    window.parts.choose_density("kompakt")
    window.parts.settings.flush()
    stored = office.office.setting("vindu")
    assert stored["vindu.utseende"] == "dark"
    assert stored["vindu.tetthet"] == "kompakt"
    window.parts.choose_theme("light")


def test_that_hidden_names_become_case_numbers_in_what_is_read():
    row = TaskRow(
        uuid4(), 1, "ring", "Ring tilbake", "", "Hest, Klok", "2026/1275", "bolig", None, None,
        dt.date(2026, 11, 27), False, "", "apen", None, "", False,
    )  # fmt: skip
    assert without_names((row,))[0].concerns == "2026/1275"
    assert without_names(NOTHING) is NOTHING
    letter = SearchHit("letter", uuid4(), "Vedtak", "482/2026 · 2026/1275 · Klok Hest")
    assert without_names((letter,))[0].detail == "482/2026 · 2026/1275"


def test_that_ctrl_shift_h_hides_names_in_every_answer(window, office):
    press(window, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    person = person_id(office, "Hest")
    answers = []
    window.query(lambda: office.people.detail(person), answers.append, owner=window)
    settle()
    assert answers[0].name == "Navn skjult"
    assert answers[0].draft.names[0].family == "Hest"


def test_that_hidden_names_are_gone_from_the_timeline_too(window, office):
    person, case = person_id(office, "Hest"), case_id(office, "Hest")
    office.cases.write_note(
        NoteDraft("Klok Hest ringte. Hests søster hjelper til.", kind="samtale", case_id=case)
    )
    plain = office.cases.detail(case)
    assert any("Hest" in entry.text for entry in plain.timeline)
    hidden = without_names(plain)
    assert not [entry for entry in hidden.timeline if "Hest" in entry.text or "Hest" in entry.title]
    assert "Hest" not in hidden.notes[0].facts_text
    assert hidden.identity.name == f"Sak {plain.number}"
    assert office.people.detail(person).draft.names[0].family == "Hest"


def test_that_a_quick_note_is_saved_on_the_person(window, office):
    person = person_id(office, "Bie")
    window.parts._note("Sprek Bie", person, None)
    settle()
    dialog = QApplication.activeModalWidget()
    assert uilint(dialog) == []
    QTest.keyClicks(dialog.text, "Ringte om nøkler")
    grab(dialog, "hurtignotat")
    QTest.keyClick(dialog.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert QApplication.activeModalWidget() is None
    assert "Notatet er lagret." in window.messages.bar().text
    assert office.drafts.all() == ()
