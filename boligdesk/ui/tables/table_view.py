"""The list of the program: rows that are opened, ticked, sorted and copied, with its own empty, loading and error states."""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable
from typing import Any, Literal, Protocol

from PySide6.QtCore import (
    QElapsedTimer,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QRect,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QMenu, QTableView, QWidget

from boligdesk.services.errors import UserError
from boligdesk.ui.theme import font
from boligdesk.ui.widgets.basics import Slot
from boligdesk.ui.widgets.states import EmptyState, ErrorState, LoadingState

from .columns import row_copy
from .delegate import DATE_ONE_LINE, TICK_ROOM, CellDelegate
from .frozen import COLUMN, FrozenColumn
from .window_model import AnyIndex, WindowModel

Density = Literal["standard", "kompakt", "felt"]
ROW_HEIGHTS: dict[Density, tuple[int, int]] = {"standard": (32, 48), "kompakt": (26, 40), "felt": (56, 88)}
"""Height of a one-line and of a two-line row."""
TYPE_AHEAD_MS = 1000


class Settings(Protocol):
    """Where widths and hidden columns are remembered between sessions (no personal data)."""

    def get(self, key: str) -> str | None: ...

    def set(self, key: str, value: str) -> None: ...


class DataTable(QTableView):
    """A list over a ``WindowModel``.

    ``opened`` (Enter, double click) and ``current_changed`` carry the record (None when there is none);
    ``sort_requested`` carries the column's sort key and whether the order is descending.
    """

    opened = Signal(object)
    current_changed = Signal(object)
    ticks_changed = Signal()
    sort_requested = Signal(str, bool)

    def __init__(
        self, name: str, model: WindowModel, settings: Settings | None = None, key: str = ""
    ) -> None:
        super().__init__()
        self.rows = model
        self.hovered_row = -1
        self._settings, self._key = settings, key
        self._density: Density = "standard"
        self._state: QWidget | None = None
        self._empty: Callable[[], EmptyState] = lambda: EmptyState("Det er ingen rader her.")
        self._waiting_text = "Henter …"
        self._cancel: Slot | None = None
        self._wanted_id: Hashable | None = None
        self._widths: dict[str, int] = {}
        self._fitting = False
        self._typed, self._since_key = "", QElapsedTimer()
        self._frozen: FrozenColumn | None = None
        self._build(name)
        self._restore()
        self._connect()
        self._frozen = FrozenColumn(self)

    def _build(self, name: str) -> None:
        self.setAccessibleName(name)
        self.setItemDelegate(CellDelegate(self))
        self.setModel(self.rows)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setFont(font("strong"))
        header.setAccessibleName(f"Kolonner i {name.lower()}")
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setMinimumSectionSize(40)
        header.setSectionsClickable(True)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._hide_by_default()
        self.set_density("standard")

    def _connect(self) -> None:
        header = self.horizontalHeader()
        header.sectionClicked.connect(self._header_clicked)
        header.sectionResized.connect(self._user_resized)
        header.customContextMenuRequested.connect(self._column_menu)
        self.selectionModel().currentRowChanged.connect(self._current_moved)
        self.doubleClicked.connect(lambda index: self._open(index.row()))
        self.rows.rows_arrived.connect(self._rows_arrived)
        self.rows.refreshing.connect(self._waiting)
        self.rows.ticks_changed.connect(self.ticks_changed)
        self._save_timer = QTimer(self)
        self._save_timer.setSingleShot(True)
        self._save_timer.setInterval(400)
        self._save_timer.timeout.connect(self.save_settings)

    # --- for pages -----------------------------------------------------------------------------------------

    def current_row(self) -> Any:
        """The record in the chosen row, or None."""
        index = self.currentIndex()
        return self.rows.row_at(index.row()) if index.isValid() else None

    def select_id(self, identity: Hashable) -> None:
        """Choose a record by id, now if it is held, else when it arrives."""
        self._wanted_id = identity
        self._reselect()

    @property
    def density(self) -> Density:
        return self._density

    def set_density(self, density: Density) -> None:
        self._density = density
        self.verticalHeader().setMinimumSectionSize(24)
        self.verticalHeader().setDefaultSectionSize(self.row_height())

    def row_height(self) -> int:
        two_lines = any(column.second or column.date for column in self.rows.columns)
        return ROW_HEIGHTS[self._density][int(two_lines)]

    def set_multi_select(self, multi: bool = True) -> None:
        modes = QAbstractItemView.SelectionMode
        self.setSelectionMode(modes.ExtendedSelection if multi else modes.SingleSelection)

    def selected_rows(self) -> list[Any]:
        """The records in all selected rows that are held, from the top."""
        numbers = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [row for number in numbers if (row := self.rows.row_at(number)) is not None]

    def set_tick_mode(self, on: bool = True) -> None:
        """A box before each row; Space and a click on the box tick it, Ctrl+A ticks all that can be."""
        self.rows.tick_mode = on
        self._repaint()

    def set_empty(
        self, sentence: str, action: str = "", slot: Slot | None = None, icon: str = "task_list_ltr"
    ) -> None:
        """What to show when the list has no rows."""
        self._empty = lambda: EmptyState(sentence, action, slot, icon)
        if self.rows.has_loaded:
            self._show_rows_or_empty()

    def set_loading_text(self, text: str, cancel: Slot | None = None) -> None:
        """«Henter 118 saker …», shown if the first rows take longer than 300 ms."""
        self._waiting_text, self._cancel = text, cancel

    def show_error(self, error: UserError, retry: Slot | None = None) -> None:
        """The list could not be fetched. If old rows are held, they stay and the page shows the message instead."""
        self.rows.stop_waiting()
        self._set_state(ErrorState.of(error, retry or self.rows.refresh))

    def state_widget(self) -> QWidget | None:
        """The empty, loading or error state on top of the rows, if any."""
        return self._state

    def show_sort(self, key: str, descending: bool = False) -> None:
        """Show which order the rows are in; does not ask for it."""
        header = self.horizontalHeader()
        place = next((i for i, c in enumerate(self.rows.columns) if c.sort == key), -1)
        orders = Qt.SortOrder
        header.setSortIndicatorShown(place >= 0)
        header.setSortIndicator(place, orders.DescendingOrder if descending else orders.AscendingOrder)

    # --- keys and mouse ------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self._open(self.currentIndex().row())
        elif event.key() == Qt.Key.Key_Space and self.rows.tick_mode and not self._typed_lately():
            self._tick(self.currentIndex().row())
        elif event.matches(QKeySequence.StandardKey.SelectAll) and self.rows.tick_mode:
            self.rows.tick_all()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Type-ahead on the first column among the rows that are held; never walks rows that are not."""
        self._typed = self._typed + search if self._typed_lately() else search
        self._since_key.start()
        start = self.currentIndex().row() + (len(self._typed) == 1)
        hits = [
            number
            for number, row in self.rows.held_rows()
            if self.rows.columns[0].text(row).casefold().startswith(self._typed.casefold())
        ]
        if hits:
            self._go_to_row(next((number for number in hits if number >= start), hits[0]))

    def _typed_lately(self) -> bool:
        return self._since_key.isValid() and self._since_key.elapsed() < TYPE_AHEAD_MS

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        left = self.visualRect(index).left()
        if self.rows.tick_mode and index.column() == 0 and event.position().x() < left + TICK_ROOM + 6:
            self._go_to_row(index.row())
            self._tick(index.row())
            return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.rowAt(int(event.position().y())))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.rows.total():
            self._go_to_row(0)

    def _hover(self, row: int) -> None:
        if row != self.hovered_row:
            self.hovered_row = row
            self._repaint()

    def _repaint(self) -> None:
        self.viewport().update()
        if self._frozen is not None:
            self._frozen.cells.update()

    def _open(self, number: int) -> None:
        row = self.rows.row_at(number)
        if row is not None:
            self.opened.emit(row)

    def _tick(self, number: int) -> None:
        row = self.rows.row_at(number)
        if row is not None and self.rows.can_tick(row):
            identity = self.rows.row_id(row)
            self.rows.set_ticked(identity, identity not in self.rows.ticked)

    def _copy(self) -> None:
        shown = [c for i, c in enumerate(self.rows.columns) if not self.isColumnHidden(i)]
        QGuiApplication.clipboard().setText("\n".join(row_copy(shown, row) for row in self.selected_rows()))

    def _go_to_row(self, number: int) -> None:
        flags = QItemSelectionModel.SelectionFlag
        index = self.rows.index(number, self._first_logical())
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)

    # --- rows that come and go -----------------------------------------------------------------------------

    def _current_moved(self, now: QModelIndex, before: QModelIndex) -> None:
        del before
        row = self.rows.row_at(now.row()) if now.isValid() else None
        if row is not None:
            self._wanted_id = self.rows.row_id(row)
        self._repaint()
        self.current_changed.emit(row)

    def _waiting(self) -> None:
        if not self.rows.has_loaded:
            state = LoadingState(self._cancel)
            self._set_state(state)
            state.start(self._waiting_text)

    def _rows_arrived(self) -> None:
        self._show_rows_or_empty()
        self._reselect()

    def _reselect(self) -> None:
        """The record that was chosen stays chosen, wherever the new rows put it."""
        if self._wanted_id is None:
            return
        number = self.rows.row_of(self._wanted_id)
        if number < 0:
            return
        if number == self.currentIndex().row():
            self.current_changed.emit(self.rows.row_at(number))
        else:
            self._go_to_row(number)

    def _show_rows_or_empty(self) -> None:
        self._set_state(self._empty() if self.rows.total() == 0 else None)

    def _set_state(self, state: QWidget | None) -> None:
        if self._state is not None:
            self._state.hide()
            self._state.deleteLater()
        self._state = state
        if state is not None:
            state.setParent(self.viewport())
            state.setGeometry(self.viewport().rect())
            if not isinstance(state, LoadingState):
                state.show()
        if self._frozen is not None:
            self._frozen.place()

    # --- the first column stays in sight -------------------------------------------------------------------

    def frozen_width(self) -> int:
        """How much of the rows the first column covers while it is held in place; 0 when it is where it was."""
        return self._frozen.width if self._frozen is not None else 0

    def indexAt(self, point: QPoint) -> QModelIndex:
        if 0 <= point.x() < self.frozen_width():
            row = self.rowAt(point.y())
            return self.rows.index(row, COLUMN) if row >= 0 else QModelIndex()
        return super().indexAt(point)

    def visualRect(self, index: AnyIndex) -> QRect:
        found = super().visualRect(index)
        if index.column() == COLUMN and self.frozen_width():
            found.moveLeft(0)
        return found

    def scrollTo(
        self, index: AnyIndex, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        bar = self.horizontalScrollBar()
        before, held = bar.value(), self.frozen_width()
        super().scrollTo(index, hint)
        if held and index.column() == COLUMN:
            bar.setValue(before)  # it is in sight already
        elif held and (hidden := held - self.visualRect(index).left()) > 0:
            bar.setValue(bar.value() - hidden)

    # --- columns -------------------------------------------------------------------------------------------

    def first_visible(self) -> int:
        """Visual place of the first column that is not hidden."""
        header = self.horizontalHeader()
        shown = (header.visualIndex(i) for i in range(len(self.rows.columns)) if not self.isColumnHidden(i))
        return min(shown, default=0)

    def _first_logical(self) -> int:
        return max(self.horizontalHeader().logicalIndex(self.first_visible()), 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_columns()
        if self._state is not None:
            self._state.setGeometry(self.viewport().rect())

    def fit_columns(self) -> None:
        """Wished widths; what is left goes to the stretching columns, what is missing is taken from all alike."""
        shown = [i for i in range(len(self.rows.columns)) if not self.isColumnHidden(i)]
        if not shown:
            return
        columns = self.rows.columns
        widths = {i: self._widths.get(columns[i].key, columns[i].width) for i in shown}
        spare = self.viewport().width() - sum(widths.values())
        elastic = [i for i in shown if columns[i].stretch] or shown[-1:]
        if spare >= 0:
            for place, i in enumerate(elastic):
                widths[i] += spare // len(elastic) + (spare % len(elastic) if place == 0 else 0)
        else:
            widths = self._squeeze(widths, -spare)
        self._fitting = True
        for i, width in widths.items():
            self.setColumnWidth(i, width)
        self._fitting = False

    def _squeeze(self, widths: dict[int, int], missing: int) -> dict[int, int]:
        """Take ``missing`` pixels: first where text can be shortened or a date can break, status words last."""
        columns = self.rows.columns
        for least in (
            {i: self._comfortable(i, width) for i, width in widths.items()},
            {i: min(columns[i].narrowest, width) for i, width in widths.items()},
        ):
            room = {i: max(width - least[i], 0) for i, width in widths.items()}
            total = sum(room.values())
            if total >= missing:
                return {
                    i: width - min(-(-missing * room[i] // total), room[i]) for i, width in widths.items()
                }
        return {i: width - room[i] for i, width in widths.items()}

    def _comfortable(self, column: int, width: int) -> int:
        spec = self.rows.columns[column]
        if spec.pill is not None:
            return width
        return DATE_ONE_LINE if spec.date is not None else max(spec.narrowest, width * 7 // 10)

    def _header_clicked(self, section: int) -> None:
        column, header = self.rows.columns[section], self.horizontalHeader()
        if column.sort is None:
            return
        orders = Qt.SortOrder
        is_same = header.isSortIndicatorShown() and header.sortIndicatorSection() == section
        descending = is_same and header.sortIndicatorOrder() == orders.AscendingOrder
        self.show_sort(column.sort, descending)
        self.sort_requested.emit(column.sort, descending)

    def _column_menu(self, where: QPoint) -> None:
        menu = self.column_menu()
        menu.popup(self.horizontalHeader().mapToGlobal(where))

    def column_menu(self) -> QMenu:
        """Which columns to show; the first one always is."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for i, column in enumerate(self.rows.columns):
            action = menu.addAction(column.title)
            action.setCheckable(True)
            action.setChecked(not self.isColumnHidden(i))
            action.setEnabled(i > 0)
            action.toggled.connect(lambda on, i=i: self.show_column(i, on))
        return menu

    def show_column(self, column: int, on: bool) -> None:
        self.setColumnHidden(column, not on)
        self.fit_columns()
        self._save_timer.start()

    def _user_resized(self, section: int, _old: int, width: int) -> None:
        if not self._fitting and width > 0 and not self.isColumnHidden(section):
            self._widths[self.rows.columns[section].key] = width
            self._save_timer.start()

    def _hide_by_default(self) -> None:
        for i, column in enumerate(self.rows.columns):
            self.setColumnHidden(i, column.hidden)

    def save_settings(self) -> None:
        """Remember widths and hidden columns, if there is somewhere to."""
        self._save_timer.stop()
        if self._settings is None or not self._key:
            return
        hidden = [c.key for i, c in enumerate(self.rows.columns) if self.isColumnHidden(i)]
        self._settings.set(f"table/{self._key}", json.dumps({"widths": self._widths, "hidden": hidden}))

    def _restore(self) -> None:
        text = self._settings.get(f"table/{self._key}") if self._settings and self._key else None
        if not text:
            return
        try:
            kept = json.loads(text)
            self._widths = {str(k): int(v) for k, v in kept["widths"].items()}
            hidden = {str(k) for k in kept["hidden"]}
        except (ValueError, KeyError, TypeError, AttributeError):
            return  # a broken memory of widths is no reason to bother anyone
        for i, column in enumerate(self.rows.columns):
            self.setColumnHidden(i, i > 0 and column.key in hidden)
