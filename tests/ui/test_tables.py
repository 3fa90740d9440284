"""Lists of any length: windows, selection, ticks, sorting, keys, widths, states."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester

from boligdesk.services.errors import StoreUnavailable
from boligdesk.ui.tables import Column, DataTable, DateCell, WindowModel, fixed_rows, row_copy, row_sentence
from boligdesk.ui.tables.window_model import KEPT_WINDOWS, PLACEHOLDER, WINDOW
from boligdesk.ui.theme import apply_theme
from boligdesk.ui.widgets import EmptyState, ErrorState, LoadingState, PillSpec

SPOKEN = Qt.ItemDataRole.AccessibleTextRole


@dataclass(frozen=True, slots=True)
class Case:
    id: int
    name: str


COLUMNS = (
    Column[Case]("name", "Søker", lambda r: r.name, 200, lambda r: f"2026/{r.id:04}", strong=True, stretch=True, sort="name"),
    Column[Case]("due", "Frist", lambda r: "20. nov.", 180, date=lambda r: DateCell("fre. 20. nov.", "4 dager over", "crit")),
    Column[Case]("room", "Rom", lambda r: str(r.id), 70, align="right", sort="room", tooltip=lambda r: f"Rom {r.id}"),
    Column[Case]("status", "Status", lambda r: "Forfalt", 150, pill=lambda r: PillSpec("crit", "Forfalt")),
)  # fmt: skip


class Shelf:
    """A store that answers when it is told to."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.first = 0
        self.asked = []

    def fetch(self, offset, limit, deliver):
        self.asked.append((offset, deliver, limit))

    def answer(self) -> None:
        asked, self.asked = self.asked, []
        for offset, deliver, limit in asked:
            numbers = range(offset, min(offset + limit, self.total))
            deliver([Case(n + self.first, f"Søker {n + self.first:06}") for n in numbers], self.total)

    def offsets(self) -> list[int]:
        return [offset for offset, _deliver, _limit in self.asked]


def people(count: int) -> list[Case]:
    return [Case(n, f"Søker {n:06}") for n in range(count)]


@pytest.fixture
def table(qtbot):
    def make(rows, settings=None) -> DataTable:
        model = WindowModel(COLUMNS, rows.fetch if isinstance(rows, Shelf) else fixed_rows(lambda: rows))
        made = DataTable("Saker", model, settings, "cases")
        model.setParent(made)
        qtbot.addWidget(made)
        made.resize(900, 400)
        with qtbot.waitActive(made):
            made.show()
            made.activateWindow()
        made.setFocus()
        model.reload()
        qtbot.wait(1)
        return made

    return make


def test_that_the_model_keeps_qts_rules_while_rows_come_and_go(qapp, qtbot):
    shelf = Shelf(450)
    model = WindowModel(COLUMNS, shelf.fetch)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.reload()
    for total in (450, 470, 10, 0, 3):
        qtbot.wait(2)
        shelf.total = total
        shelf.answer()
        assert model.rowCount() == total
        model.refresh()
    tester.deleteLater()


def test_that_two_hundred_thousand_rows_cost_only_the_windows_that_are_seen(table, qtbot):
    shelf = Shelf(200_000)
    view = table(shelf)
    assert shelf.offsets() == [0]
    shelf.answer()
    assert view.rows.rowCount() == 200_000
    view.scrollToBottom()
    view.viewport().repaint()
    assert shelf.offsets() == []  # never from data() or paint, only when the event loop is idle
    qtbot.waitUntil(lambda: bool(shelf.asked))
    assert set(shelf.offsets()) == {200_000 - WINDOW}
    shelf.answer()
    assert view.rows.row_at(199_999).name == "Søker 199999"


def test_that_only_the_windows_still_on_the_screen_are_asked_for(qapp, qtbot):
    shelf = Shelf(100_000)
    model = WindowModel(COLUMNS, shelf.fetch)
    model.reload()
    qtbot.waitUntil(lambda: bool(shelf.asked))
    shelf.answer()
    for row in range(0, 50_000, 100):
        model.data(model.index(row, 0))
    qtbot.waitUntil(lambda: bool(shelf.asked))
    assert len(shelf.asked) == 2
    assert max(shelf.offsets()) == 50_000 - WINDOW


def test_that_old_windows_are_forgotten(qapp, qtbot):
    shelf = Shelf(100_000)
    model = WindowModel(COLUMNS, shelf.fetch)
    model.reload()
    for row in range(0, WINDOW * (KEPT_WINDOWS + 5), WINDOW):
        model.row_at(row)
        qtbot.waitUntil(lambda: bool(shelf.asked))
        shelf.answer()
    assert sum(1 for _ in model.held_rows()) == WINDOW * KEPT_WINDOWS


def test_that_a_missing_row_shows_a_quiet_placeholder(qapp, qtbot):
    shelf = Shelf(1000)
    model = WindowModel(COLUMNS, shelf.fetch)
    model.reload()
    qtbot.waitUntil(lambda: bool(shelf.asked))
    shelf.answer()
    missing = model.index(900, 0)
    assert model.data(missing) == PLACEHOLDER
    assert model.data(missing, SPOKEN) is None
    assert model.data(model.index(900, 1)) == ""
    model.stop_waiting()


def test_that_an_answer_to_an_old_question_is_ignored(qapp, qtbot):
    shelf = Shelf(10)
    model = WindowModel(COLUMNS, shelf.fetch)
    model.reload()
    qtbot.waitUntil(lambda: bool(shelf.asked))
    late = shelf.asked[:]
    model.reload()
    late[0][1]([Case(99, "Gammel")], 1)
    assert model.total() == 0
    qtbot.waitUntil(lambda: len(shelf.asked) == 2)
    shelf.asked = shelf.asked[1:]
    shelf.answer()
    assert model.row_at(0).name == "Søker 000000"


def test_that_a_refresh_keeps_old_rows_dimmed_and_the_choice_by_id(table, qtbot):
    shelf = Shelf(50)
    view = table(shelf)
    shelf.answer()
    view.select_id(7)
    assert view.current_row().id == 7
    view.rows.refresh()
    assert view.rows.stale
    assert view.rows.row_at(7).id == 7
    qtbot.waitUntil(lambda: bool(shelf.asked))
    shelf.first = 5
    shelf.answer()
    assert not view.rows.stale
    assert (view.current_row().id, view.currentIndex().row()) == (7, 2)


def test_that_a_row_is_one_sentence_for_screen_readers(table):
    view = table(people(3))
    said = view.rows.data(view.rows.index(1, 0), SPOKEN)
    assert said == "Søker 000001, 2026/0001, frist fre. 20. nov., 4 dager over, 1, Forfalt"
    assert view.rows.data(view.rows.index(1, 3), SPOKEN) == "Forfalt"
    assert row_sentence(COLUMNS, Case(1, "Søker 000001")) == said


def test_that_enter_and_double_click_open_the_row(table, qtbot):
    view = table(people(3))
    opened = []
    view.opened.connect(lambda row: opened.append(row.id))
    view.select_id(1)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    where = view.visualRect(view.rows.index(2, 0)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=where)
    qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert opened == [1, 2]


def test_that_space_and_the_box_tick_a_row(table, qtbot):
    view = table(people(3))
    view.set_tick_mode()
    view.select_id(1)
    qtbot.keyClick(view, Qt.Key.Key_Space)
    box = view.visualRect(view.rows.index(2, 0))
    qtbot.mouseClick(
        view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(box.left() + 18, box.center().y())
    )
    assert view.rows.ticked == {1, 2}
    assert view.rows.data(view.rows.index(1, 0), Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
    check = Qt.ItemDataRole.CheckStateRole
    assert view.rows.setData(view.rows.index(1, 0), Qt.CheckState.Unchecked, check)
    view.rows.clear_ticks()
    assert view.rows.ticked == set()


def test_that_ctrl_c_copies_the_row_as_words(table, qtbot):
    view = table(people(3))
    view.select_id(2)
    view.show_column(2, on=False)
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    shown = [column for column in COLUMNS if column.key != "room"]
    assert QGuiApplication.clipboard().text() == row_copy(shown, Case(2, "Søker 000002"))


def test_that_typing_finds_a_name_among_the_rows_that_are_held(table, qtbot):
    view = table([Case(1, "Bie, Sprek"), Case(2, "Hest, Klok"), Case(3, "Hare, Rask"), Case(4, "Nepe, Blid")])
    qtbot.keyClicks(view, "ha")
    assert view.current_row().name == "Hare, Rask"


def test_that_the_header_asks_for_an_order_and_turns_it(table):
    view = table(people(3))
    asked = []
    view.sort_requested.connect(lambda key, descending: asked.append((key, descending)))
    header = view.horizontalHeader()
    for section in (0, 0, 2, 1):
        header.sectionClicked.emit(section)
    assert asked == [("name", False), ("name", True), ("room", False)]
    assert header.sortIndicatorSection() == 2


class Memory(dict):
    def set(self, key, value):
        self[key] = value


def test_that_widths_and_hidden_columns_are_remembered(table):
    memory = Memory()
    view = table(people(3), memory)
    view.horizontalHeader().resizeSection(2, 123)
    view.show_column(3, on=False)
    view.save_settings()
    again = table(people(3), memory)
    assert again.isColumnHidden(3)
    assert again.columnWidth(2) == 123


@pytest.mark.parametrize("kept", ["", "not json", "[]", '{"widths": {"a": "x"}, "hidden": []}'])
def test_that_a_broken_memory_of_widths_bothers_nobody(table, kept):
    view = table(people(3), Memory({"table/cases": kept}))
    assert not view.isColumnHidden(3)


def test_that_the_column_menu_hides_all_but_the_first(table):
    view = table(people(3))
    menu = view.column_menu()
    assert [action.isEnabled() for action in menu.actions()] == [False, True, True, True]
    menu.actions()[3].setChecked(False)
    assert view.isColumnHidden(3)
    menu.deleteLater()


@pytest.mark.parametrize("wide", [1400, 900, 500])
def test_that_the_columns_fill_the_width_without_a_sideways_scroll(table, wide):
    view = table(people(3))
    view.resize(wide, 400)
    assert sum(view.columnWidth(i) for i in range(4)) == pytest.approx(view.viewport().width(), abs=4)
    assert not view.horizontalScrollBar().isVisible()


def test_that_density_changes_the_height_of_rows(table):
    view = table(people(3))
    heights = []
    for density in ("standard", "kompakt", "felt"):
        view.set_density(density)
        heights.append(view.rowHeight(0))
    assert heights == [48, 40, 88]


def test_that_tab_leaves_the_table(table):
    assert not table(people(3)).tabKeyNavigation()


def test_that_an_empty_list_says_why_and_offers_one_action(table):
    rows = []
    view = table(rows)
    pressed = []
    view.set_empty("Ingen saker passer med filteret.", "Fjern filteret", lambda: pressed.append(1))
    assert isinstance(view.state_widget(), EmptyState)
    view.state_widget().button.click()
    rows.extend(people(2))
    view.rows.refresh()
    view.rows._ask()
    assert pressed == [1]
    assert view.state_widget() is None


def test_that_waiting_and_failing_are_shown_on_top_of_the_list(table, qtbot):
    shelf = Shelf(5)
    view = table(shelf)
    assert isinstance(view.state_widget(), LoadingState)
    tried = []
    view.show_error(StoreUnavailable("Vi fikk ikke hentet listen."), lambda: tried.append(1))
    assert isinstance(view.state_widget(), ErrorState)
    view.state_widget().button.click()
    view.rows.reload()
    qtbot.waitUntil(lambda: len(shelf.asked) >= 2)
    shelf.asked = shelf.asked[-1:]
    shelf.answer()
    assert tried == [1]
    assert view.state_widget() is None


def test_that_several_rows_can_be_chosen_when_the_list_allows_it(table):
    view = table(people(5))
    view.set_multi_select()
    view.selectAll()
    assert [row.id for row in view.selected_rows()] == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("contrast", [False, True])
def test_that_every_kind_of_cell_is_drawn(table, qapp, contrast):
    apply_theme(qapp, "light", contrast=contrast)
    try:
        view = table(people(30))
        view.set_tick_mode()
        view.rows.set_ticked(1, ticked=True)
        view.select_id(2)
        qapp.sendEvent(view, QEvent(QEvent.Type.Leave))
        picture = view.grab().toImage()
        assert len({picture.pixel(x, y) for x in range(0, 900, 3) for y in range(0, 300, 3)}) > 4
    finally:
        apply_theme(qapp, "light")
