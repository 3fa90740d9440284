"""The first journey through the real window: see the day, find a person, open the case, write a note, come back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.ui.harness import (
    case_id,
    desk_window,
    office,
    office_path,
    office_template,
    open_desk,
    opened,
    settle,
)

__all__ = ["desk_window", "office", "office_path", "office_template", "open_desk", "opened"]
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class Fingers:
    """Presses keys where the focus is, and counts them as ui.md 1.2 does: a shortcut is one, a typed text is one."""

    def __init__(self, window):
        self.window, self.acts = window, 0

    def press(self, key, modifiers=Qt.KeyboardModifier.NoModifier):
        self.acts += 1
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifiers)
        settle()

    def type_term(self, text):
        self.acts += 1
        self.write(text)

    def write(self, text):
        QTest.keyClicks(QApplication.focusWidget(), text)
        settle()


def test_that_a_person_is_found_while_they_are_on_the_phone_in_three_acts(desk_window):
    hand = Fingers(desk_window)
    hand.press(Qt.Key.Key_K, CTRL)
    hand.type_term("2026/")
    hand.press(Qt.Key.Key_Return)
    assert hand.acts == 3
    assert desk_window.navigator.here.key == "sak"


def test_that_a_call_is_logged_on_the_case_that_is_open_in_two_acts(desk_window, office):
    from boligdesk.ui.places import Place

    case = case_id(office, "Hest")
    desk_window.go(Place("sak", subject=case))
    settle()
    hand = Fingers(desk_window)
    hand.press(Qt.Key.Key_N, CTRL | SHIFT)
    hand.write("Ringte og spurte om visning")
    hand.press(Qt.Key.Key_Return, CTRL)
    assert hand.acts == 2
    assert "Ringte og spurte om visning" in [note.facts_text for note in office.cases.detail(case).notes]
