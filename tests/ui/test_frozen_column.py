"""The first column stays in sight while a list is scrolled sideways, and the list is the same list."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTableView

from boligdesk.ui.tables import Column, DataTable, WindowModel, fixed_rows
from boligdesk.ui.tables.window_model import WINDOW


@dataclass(frozen=True, slots=True)
class Case:
    id: int
    name: str


COLUMNS = (
    Column[Case]("name", "Søker", lambda r: r.name, 180, narrowest=180, sort="name"),
    *(Column[Case](f"c{n}", f"Felt {n}", lambda r, n=n: f"{r.id}.{n}", 150, narrowest=150) for n in range(1, 7)),
)  # fmt: skip
HELD, SCROLLED = 180, 200


@pytest.fixture
def make(qtbot):
    def made(rows: int = 40, fetch=None) -> DataTable:
        people = [Case(n, f"Søker {n:03}") for n in range(rows)]
        model = WindowModel(COLUMNS, fetch or fixed_rows(lambda: people))
        table = DataTable("Saker", model)
        model.setParent(table)
        qtbot.addWidget(table)
        table.resize(600, 400)
        with qtbot.waitActive(table):
            table.show()
            table.activateWindow()
        table.setFocus()
        model.reload()
        qtbot.wait(1)
        return table

    return made


@pytest.fixture
def table(make):
    made = make()
    made.horizontalScrollBar().setValue(SCROLLED)
    return made


def picture(table: DataTable) -> bytes:
    """What stands in the first column's place."""
    left = table.viewport().geometry().left()
    area = QRect(left, table.viewport().geometry().top(), HELD - 1, 300)
    image = table.grab(area).toImage()
    return bytes(image.constBits())


def test_that_the_first_column_looks_the_same_however_far_the_list_is_scrolled(make):
    table = make()
    assert table.frozen_width() == 0
    still = picture(table)
    for far in (1, SCROLLED, table.horizontalScrollBar().maximum()):
        table.horizontalScrollBar().setValue(far)
        assert table.frozen_width() == HELD
        assert picture(table) == still
    table.horizontalScrollBar().setValue(0)
    assert table.frozen_width() == 0


def test_that_a_list_that_fits_has_nothing_frozen(make):
    table = make()
    table.resize(1400, 400)
    assert table.horizontalScrollBar().maximum() == 0
    assert not table._frozen.cells.isVisible()
    assert not table._frozen.heading.isVisible()


def test_that_a_wide_first_column_does_not_crowd_out_the_rest(table):
    table.setColumnWidth(0, 500)
    assert table.frozen_width() == 0


def test_that_a_click_on_the_frozen_cell_chooses_its_row_and_leaves_the_list_where_it_is(table):
    place = QPoint(20, table.rowViewportPosition(3) + 5)
    assert table.childAt(table.viewport().mapTo(table, place)) is table.viewport()  # the mouse goes through
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert table.current_row().id == 3
    assert table.currentIndex().column() == 0
    assert table.horizontalScrollBar().value() == SCROLLED
    assert table.hasFocus()


def test_that_the_box_in_a_frozen_cell_is_ticked(table):
    table.set_tick_mode()
    place = QPoint(15, table.rowViewportPosition(2) + 5)
    before = picture(table)
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert table.rows.ticked == {2}
    assert picture(table) != before


def test_that_a_double_click_on_a_frozen_cell_opens_the_row(table, qtbot):
    place = QPoint(60, table.rowViewportPosition(4) + 5)
    with qtbot.waitSignal(table.opened) as opened:
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
        QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert opened.args[0].id == 4


def test_that_the_keyboard_reaches_every_column_beside_the_frozen_one(table):
    table.setCurrentIndex(table.rows.index(0, 6))
    for column in (5, 4, 3, 2, 1):
        QTest.keyClick(table, Qt.Key.Key_Left)
        assert table.currentIndex().column() == column
        assert table.visualRect(table.currentIndex()).left() >= table.frozen_width()
    assert table.horizontalScrollBar().value() == 0
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert table.current_row().id == 1


def test_that_the_chosen_row_moves_in_the_frozen_cells_too(table):
    QTest.keyClick(table, Qt.Key.Key_Down)
    before = picture(table)
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert picture(table) != before
    assert table.horizontalScrollBar().value() == SCROLLED


def test_that_the_frozen_heading_sorts_and_shows_the_order(table, qtbot):
    heading = table._frozen.heading
    with qtbot.waitSignal(table.sort_requested) as asked:
        place = QPoint(20, heading.height() // 2)
        QTest.mouseClick(heading.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert asked.args == ["name", False]
    assert heading.isSortIndicatorShown()
    assert heading.sortIndicatorSection() == 0
    assert [heading.isSectionHidden(n) for n in range(7)] == [False] + [True] * 6


def test_that_the_frozen_heading_widens_the_column_of_the_list(table):
    table._frozen.heading.resizeSection(0, 220)
    assert table.columnWidth(0) == 220
    assert table._frozen.cells.width() == 220


def test_that_screen_readers_and_tooltips_find_the_frozen_cell_where_it_is_seen(table):
    """Qt's own interface asks these two; there is no second table that could say something else."""
    seen = QPoint(20, table.rowViewportPosition(3) + 5)
    assert table.rows.data(table.indexAt(seen), Qt.ItemDataRole.AccessibleTextRole).startswith("Søker 003")
    assert table.visualRect(table.indexAt(seen)).contains(seen)
    beside = QPoint(HELD + 5, seen.y())
    assert table.indexAt(beside).column() == 2  # columns 0 and 1 begin 200 to the left of where they were
    assert table.findChildren(QTableView) == []
    assert table._frozen.heading.focusPolicy() == table._frozen.cells.focusPolicy() == Qt.FocusPolicy.NoFocus
    assert table._frozen.heading.accessibleName() == "Kolonner i saker"


def test_that_painting_the_frozen_cells_asks_for_nothing(make, qtbot):
    asked = []

    def fetch(offset, limit, deliver):
        asked.append(offset)
        deliver([Case(n, f"Søker {n:06}") for n in range(offset, offset + limit)], 100_000)

    table = make(fetch=fetch)
    table.horizontalScrollBar().setValue(SCROLLED)
    asked.clear()
    table.scrollToBottom()
    table._frozen.cells.repaint()
    assert asked == []
    qtbot.waitUntil(lambda: asked == [100_000 - WINDOW])


def test_that_an_empty_list_has_no_frozen_cells_over_its_sentence(make):
    table = make(0)
    table.resize(400, 300)
    table.horizontalScrollBar().setValue(100)
    assert table.state_widget().isVisible()
    assert not table._frozen.cells.isVisible()
