"""A table model over any number of rows that only ever holds the windows that were looked at.

``data`` runs about 2 000 times per repaint: it looks in a dict and nothing else. A missing row shows a quiet
placeholder and asks for its window; requests are gathered until the event loop is idle.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Sequence
from operator import attrgetter
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from .columns import AnyColumn, Columns, cell_text, row_sentence

#: More rows than the tallest screen shows at once.
WINDOW = 100
KEPT_WINDOWS = 32
PLACEHOLDER = "…"
Deliver = Callable[[Sequence[Any], int], None]
Fetch = Callable[[int, int, Deliver], None]
AnyIndex = QModelIndex | QPersistentModelIndex
_TOOLTIP, _ALIGN, _CHECK, _SPOKEN = 3, 7, 10, 11
_ROOT = QModelIndex()


class WindowModel(QAbstractTableModel):
    """Rows by window through ``fetch(offset, limit, deliver)``, which must call ``deliver(rows, total)`` later or at once.

    ``rows_arrived`` comes after each delivery; ``refreshing`` is emitted when a refresh or reload begins.
    """

    rows_arrived = Signal()
    refreshing = Signal()
    ticks_changed = Signal()

    def __init__(
        self,
        columns: Columns,
        fetch: Fetch,
        *,
        row_id: Callable[[Any], Hashable] = attrgetter("id"),
        sentence: Callable[[Any], str] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns: list[AnyColumn] = list(columns)
        self.row_id = row_id
        self.tick_mode = False
        self.can_tick: Callable[[Any], bool] = lambda _row: True
        """Rows that have no box in tick mode; set it together with ``tick_mode``."""
        self.ticked: set[Hashable] = set()
        self.stale = False
        self.has_loaded = False
        self._fetch = fetch
        self._sentence = sentence or (lambda row: row_sentence(self.columns, row))
        self._total = 0
        self._windows: OrderedDict[int, Sequence[Any]] = OrderedDict()
        self._asked: set[int] = set()
        self._wanted: OrderedDict[int, None] = OrderedDict()
        self._generation = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._ask)

    # --- for pages -----------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Another list (new filter or order): forget the rows and start at the top."""
        self.beginResetModel()
        self._windows.clear()
        self._total = 0
        self.has_loaded = False
        self.endResetModel()
        self._start_generation([0])

    def ask_now(self) -> None:
        """Ask for what is wanted already, when nothing more will be before the event loop is idle."""
        self._timer.stop()
        self._ask()

    def refresh(self) -> None:
        """The same list again: old rows stay, dimmed, until the new ones arrive; place and selection are kept."""
        self.stale = self.has_loaded
        self._start_generation(list(self._windows)[-2:] or [0])
        self._all_changed()

    def stop_waiting(self) -> None:
        """The fetch failed or was cancelled: old rows are shown undimmed; missing ones may be asked for again."""
        self._generation += 1
        self._asked.clear()
        self.stale = False
        self._all_changed()

    def row_at(self, row: int) -> Any:
        """The record in row ``row``, or None while it is on its way (and then it is asked for)."""
        window = self._windows.get(row // WINDOW)
        if window is None:
            if 0 <= row < self._total:
                self._want(row // WINDOW)
            return None
        place = row % WINDOW
        return window[place] if place < len(window) else None

    def row_of(self, identity: Hashable) -> int:
        """Row number of a record among those held now, or -1."""
        return next((number for number, row in self.held_rows() if self.row_id(row) == identity), -1)

    def held_rows(self) -> Iterator[tuple[int, Any]]:
        """(row number, record) of everything held now, from the top."""
        for window in sorted(self._windows):
            for place, row in enumerate(self._windows[window]):
                yield window * WINDOW + place, row

    def total(self) -> int:
        return self._total

    def set_ticked(self, identity: Hashable, ticked: bool) -> None:
        if ticked == (identity in self.ticked):
            return
        (self.ticked.add if ticked else self.ticked.discard)(identity)
        if (number := self.row_of(identity)) >= 0:
            self.dataChanged.emit(self.index(number, 0), self.index(number, 0))
        self.ticks_changed.emit()

    def tick_all(self) -> None:
        """Every row held now that has a box."""
        held = {self.row_id(row) for _number, row in self.held_rows() if self.can_tick(row)}
        if held - self.ticked:
            self.ticked |= held
            self._all_changed()
            self.ticks_changed.emit()

    def clear_ticks(self) -> None:
        self.ticked.clear()
        self._all_changed()
        self.ticks_changed.emit()

    # --- for Qt --------------------------------------------------------------------------------------------

    def rowCount(self, parent: AnyIndex = _ROOT) -> int:
        return 0 if parent.isValid() else self._total

    def columnCount(self, parent: AnyIndex = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: AnyIndex, role: int = 0) -> Any:
        if role != 0:
            return self._other_data(index, role) if role in {_TOOLTIP, _ALIGN, _CHECK, _SPOKEN} else None
        if not index.isValid():
            return None
        row = self.row_at(index.row())
        if row is None:
            return PLACEHOLDER if index.column() == 0 else ""
        return self.columns[index.column()].text(row)

    def _other_data(self, index: AnyIndex, role: int) -> Any:
        if not index.isValid():
            return None
        column = self.columns[index.column()]
        if role == _ALIGN:
            side = Qt.AlignmentFlag.AlignRight if column.align == "right" else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        row = self.row_at(index.row())
        return None if row is None else self._row_data(row, index.column(), role)

    def _row_data(self, row: Any, place: int, role: int) -> Any:
        column = self.columns[place]
        if role == _TOOLTIP:
            return column.tooltip(row) if column.tooltip else None
        if role == _SPOKEN:
            return self._sentence(row) if place == 0 else cell_text(column, row)
        if self.tick_mode and place == 0 and self.can_tick(row):
            return Qt.CheckState.Checked if self.row_id(row) in self.ticked else Qt.CheckState.Unchecked
        return None

    def setData(self, index: AnyIndex, value: Any, role: int = 2) -> bool:
        row = self.row_at(index.row()) if index.isValid() else None
        if role != _CHECK or not self.tick_mode or index.column() != 0 or row is None:
            return False
        if not self.can_tick(row):
            return False
        self.set_ticked(self.row_id(row), Qt.CheckState(value) == Qt.CheckState.Checked)
        return True

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        if self.tick_mode and index.column() == 0:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and self.columns[section].align == "right":
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter  # over the numbers
        return self.columns[section].title if role == Qt.ItemDataRole.DisplayRole else None

    # --- fetching ------------------------------------------------------------------------------------------

    def _start_generation(self, windows: list[int]) -> None:
        self._generation += 1
        self._asked.clear()
        self._wanted.clear()
        for window in windows:
            self._want(window)
        self.refreshing.emit()

    def _want(self, window: int) -> None:
        if window not in self._asked:
            self._wanted[window] = None
            if not self._timer.isActive():
                self._timer.start()

    def _ask(self) -> None:
        wanted, self._wanted = list(self._wanted), OrderedDict()
        # fast scrolling wants many windows on the way; only the last two are still on the screen
        for window in wanted[-2:]:
            self._asked.add(window)
            self._fetch(window * WINDOW, WINDOW, self._receiver(window, self._generation))

    def _receiver(self, window: int, generation: int) -> Deliver:
        def deliver(rows: Sequence[Any], total: int) -> None:
            if generation == self._generation:
                self._take(window, rows, total)

        return deliver

    def _take(self, window: int, rows: Sequence[Any], total: int) -> None:
        if self.stale:
            self._windows.clear()
            self.stale = False
        self._asked.discard(window)
        self._set_total(total)
        self._windows[window] = rows
        self._windows.move_to_end(window)
        while len(self._windows) > KEPT_WINDOWS:
            self._windows.popitem(last=False)
        self.has_loaded = True
        self._all_changed()
        self.rows_arrived.emit()

    def _set_total(self, total: int) -> None:
        if total > self._total:
            self.beginInsertRows(QModelIndex(), self._total, total - 1)
            self._total = total
            self.endInsertRows()
        elif total < self._total:
            self.beginRemoveRows(QModelIndex(), total, self._total - 1)
            self._total = total
            self.endRemoveRows()

    def _all_changed(self) -> None:
        if self._total:
            self.dataChanged.emit(self.index(0, 0), self.index(self._total - 1, len(self.columns) - 1))


def fixed_rows(rows: Callable[[], Sequence[Any]]) -> Fetch:
    """A fetch over rows that are in memory already (short lists)."""

    def fetch(offset: int, limit: int, deliver: Deliver) -> None:
        found = rows()
        deliver(found[offset : offset + limit], len(found))

    return fetch
