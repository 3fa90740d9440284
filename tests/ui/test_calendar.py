"""The calendar of a date field: opened by key and button, moved by keys, read aloud, and typed dates as before."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QSpinBox, QStyle, QStyleOptionSpinBox, QToolTip
from uilint import uilint

from boligdesk.ui.theme import apply_theme, tokens
from boligdesk.ui.widgets import DateField, FormSection
from boligdesk.ui.widgets.calendar import FIRST_DAY, LAST_DAY, CalendarPopup, MonthGrid, first_shown

#: What the screenless platform says of every window that pops up; no fault of ours.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
TODAY = date(2026, 11, 24)
CHRISTMAS = date(2026, 12, 25)


@pytest.fixture
def field(qtbot):
    section = FormSection()
    made = section.add("day", "&Dato", DateField(lambda: TODAY)).field
    section.add("name", "&Navn", QLineEdit())
    qtbot.addWidget(section)
    with qtbot.waitActive(section):
        section.show()
        section.activateWindow()
    made.setFocus()
    yield made
    section.hide()  # the section lives as long as its field is used


@pytest.fixture
def opened(field):
    def show() -> CalendarPopup:
        QTest.keyClick(field, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
        return popup_of(field)

    yield show
    for popup in field.findChildren(CalendarPopup):
        popup.close()


def popup_of(field: DateField) -> CalendarPopup | None:
    return next((popup for popup in field.findChildren(CalendarPopup) if popup.isVisible()), None)


def test_that_alt_down_opens_the_month_of_the_date_and_enter_chooses(field, opened, qtbot):
    field.set_value(date(2026, 12, 24))
    popup = opened()
    assert popup.title.text() == "desember 2026"
    QTest.keyClick(popup.grid, Qt.Key.Key_Right)
    with qtbot.waitSignals([field.changed, field.editingFinished]):
        QTest.keyClick(popup.grid, Qt.Key.Key_Return)
    assert field.value() == CHRISTMAS
    assert field.text() == "25.12.2026"
    assert field.hasFocus()
    assert popup_of(field) is None


def test_that_an_empty_field_opens_on_the_office_s_own_day_and_i_dag_takes_it(field, opened):
    popup = opened()
    assert popup.grid.day == TODAY
    popup.grid.move_months(5)
    popup.today.click()
    assert field.value() == TODAY


def test_that_the_button_in_the_field_opens_it(field):
    button = next(w for w in field.children() if w.metaObject().className() == "QLineEditIconButton")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    popup = popup_of(field)
    assert popup is not None
    popup.close()


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Up])
def test_that_it_closes_without_choosing(field, opened, key):
    popup = opened()
    held = Qt.KeyboardModifier.AltModifier if key == Qt.Key.Key_Up else Qt.KeyboardModifier.NoModifier
    QTest.keyClick(popup.grid, key, held)
    assert popup_of(field) is None
    assert field.text() == ""


def test_that_a_click_on_a_day_chooses_it(field, opened):
    popup = opened()
    place = popup.grid.rect_of(date(2026, 11, 27)).center()
    QTest.mouseClick(popup.grid, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert field.value() == date(2026, 11, 27)


def test_that_choosing_takes_the_error_away_when_the_field_is_left(field, opened):
    field.setText("tull")
    popup = opened()
    QTest.keyClick(popup.grid, Qt.Key.Key_Return)
    field.nextInFocusChain().setFocus()
    field.window().findChild(QLineEdit, "name").setFocus()
    assert field.error() == ""
    assert field.text() == "24.11.2026"


def test_that_a_field_that_cannot_be_changed_opens_nothing(field):
    field.setReadOnly(True)
    field.open_calendar()
    assert popup_of(field) is None


KEYS = (
    (Qt.Key.Key_Left, False, date(2026, 11, 23)),
    (Qt.Key.Key_Down, False, date(2026, 12, 1)),
    (Qt.Key.Key_PageUp, False, date(2026, 10, 24)),
    (Qt.Key.Key_PageDown, True, date(2027, 11, 24)),
    (Qt.Key.Key_Home, False, date(2026, 11, 23)),
    (Qt.Key.Key_End, False, date(2026, 11, 29)),
)


@pytest.mark.parametrize(("key", "shift", "day"), KEYS)
def test_that_keys_move_by_day_week_month_and_year(qtbot, key, shift, day):
    grid = MonthGrid(TODAY)
    qtbot.addWidget(grid)
    held = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    QTest.keyClick(grid, key, held)
    assert grid.day == day


def test_that_weeks_begin_on_monday_and_every_day_has_its_place(qtbot):
    grid = MonthGrid(TODAY)
    qtbot.addWidget(grid)
    assert first_shown(TODAY) == date(2026, 10, 26)
    for number in range(1, 31):
        day = TODAY.replace(day=number)
        assert grid.day_at(grid.rect_of(day).center()) == day
    assert grid.day_at(QPoint(2, 60)) is None  # the number of the week
    grid.move_to(date.max)
    assert grid.day == LAST_DAY
    grid.move_to(date.min)
    assert grid.day == FIRST_DAY


def test_that_the_day_is_said_in_full_with_its_week_and_the_holiday(qtbot):
    grid = MonthGrid(TODAY)
    qtbot.addWidget(grid)
    assert grid.accessibleName() == "tirsdag 24. november 2026, uke 48"
    grid.move_to(CHRISTMAS)
    assert grid.accessibleName() == "fredag 25. desember 2026, uke 52, 1. juledag"
    grid.show()
    place = grid.rect_of(CHRISTMAS).center()
    QApplication.sendEvent(grid, QHelpEvent(QEvent.Type.ToolTip, place, grid.mapToGlobal(place)))
    assert QToolTip.text() == "1. juledag"
    QToolTip.hideText()


def test_that_the_calendar_has_no_fault_and_its_colours_follow_the_theme(field, opened, qapp):
    popup = opened()
    assert uilint(popup) == []
    box = popup.grid.rect_of(TODAY).adjusted(7, 7, -7, -7)
    for look in ("light", "dark"):
        apply_theme(qapp, look)
        image = popup.grid.grab().toImage()
        assert image.pixelColor(box.topLeft()).name() == tokens().accent.lower()
    apply_theme(qapp, "light")


@pytest.mark.parametrize("look", ["light", "dark"])
def test_that_a_spin_box_has_room_for_its_number_and_both_arrows(qtbot, qapp, look):
    apply_theme(qapp, look)
    box = QSpinBox()
    qtbot.addWidget(box)
    box.setValue(99)
    box.setMaximum(200)
    box.resize(110, box.sizeHint().height())
    box.show()
    option = QStyleOptionSpinBox()
    box.initStyleOption(option)
    controls = QStyle.ComplexControl.CC_SpinBox
    parts = QStyle.SubControl
    edit, up, down = (
        box.style().subControlRect(controls, option, part, box)
        for part in (parts.SC_SpinBoxEditField, parts.SC_SpinBoxUp, parts.SC_SpinBoxDown)
    )
    gap = 8  # between the number and the arrows
    assert edit.right() <= min(up.left(), down.left()) + gap
    assert not up.intersects(down)
    assert edit.height() >= box.fontMetrics().height()
    image = box.grab().toImage()
    ground = tokens().surface.lower()
    for arrow in (up, down):  # something is drawn in the middle of each
        inner = arrow.adjusted(8, 4, -6, -4)
        found = {image.pixelColor(x, y).name() for x in range(inner.left(), inner.right())
                 for y in range(inner.top(), inner.bottom())}  # fmt: skip
        assert found - {ground}
    apply_theme(qapp, "light")
