"""The first column stays in sight while a list is scrolled sideways: who the row is about is never lost.

One table, one selection, one set of cells for screen readers: what stays is painted again over the table and lets
the mouse through; ``DataTable.indexAt`` and ``visualRect`` answer for what is seen. Only the heading is a part of its
own, because Qt's header knows its sections by their scrolled places.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QStyle, QStyleOptionViewItem, QWidget

from boligdesk.ui.theme import font, tokens

if TYPE_CHECKING:
    from .table_view import DataTable

COLUMN = 0
#: A column that takes more of the list than this would leave too little to scroll through.
MOST_SHARE = 0.6
_REPAINTS = {QEvent.Type.FocusIn, QEvent.Type.FocusOut}
_MOVES = {QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show}


class FrozenCells(QWidget):
    """The cells of the first column, drawn by the table's own delegate."""

    def __init__(self, table: DataTable) -> None:
        super().__init__(table)
        self._table = table
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        table, colors = self._table, tokens()
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(colors.surface))
        row, last = table.rowAt(0), table.rowAt(self.height() - 1)
        last = last if last >= 0 else table.rows.total() - 1
        while 0 <= row <= last:
            self._paint_row(painter, row)
            row += 1
        painter.fillRect(QRect(self.width() - 1, 0, 1, self.height()), QColor(colors.control))
        painter.end()

    def _paint_row(self, painter: QPainter, row: int) -> None:
        table = self._table
        index = table.rows.index(row, COLUMN)
        option = QStyleOptionViewItem()
        option.rect = QRect(0, table.rowViewportPosition(row), self.width(), table.rowHeight(row))
        if table.selectionModel().isSelected(index):
            option.state |= QStyle.StateFlag.State_Selected
        table.itemDelegate().paint(painter, option, index)


class FrozenHeading(QHeaderView):
    """The heading of the first column: sorts, is widened and has the column menu as the one below it."""

    def __init__(self, table: DataTable) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self._table = table
        below = table.horizontalHeader()
        self.setModel(table.rows)
        self.setFont(font("strong"))
        self.setAccessibleName(below.accessibleName())
        self.setDefaultAlignment(below.defaultAlignment())
        self.setHighlightSections(False)
        self.setMinimumSectionSize(below.minimumSectionSize())
        self.setSectionsClickable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.sectionClicked.connect(below.sectionClicked)
        self.sectionResized.connect(self._widened)
        self.customContextMenuRequested.connect(below.customContextMenuRequested)

    def follow(self, width: int) -> None:
        """Show what the heading below shows."""
        below = self._table.horizontalHeader()
        for section in range(1, self.count()):
            self.hideSection(section)
        self.resizeSection(COLUMN, width)
        orders = below.sortIndicatorOrder()
        self.setSortIndicatorShown(below.isSortIndicatorShown())
        if below.isSortIndicatorShown():
            self.setSortIndicator(below.sortIndicatorSection(), orders)

    def _widened(self, section: int, _old: int, width: int) -> None:
        if section == COLUMN and self._table.columnWidth(COLUMN) != width:
            self._table.setColumnWidth(COLUMN, width)


class FrozenColumn(QObject):
    """Keeps cells and heading where they belong. ``width`` is 0 while nothing is frozen."""

    def __init__(self, table: DataTable) -> None:
        super().__init__(table)
        self._table = table
        self.width = 0
        self.cells, self.heading = FrozenCells(table), FrozenHeading(table)
        self.cells.hide()
        self.heading.hide()
        sideways, header = table.horizontalScrollBar(), table.horizontalHeader()
        sideways.valueChanged.connect(self.place)
        sideways.rangeChanged.connect(self.place)
        header.sectionResized.connect(self.place)
        header.sortIndicatorChanged.connect(self.place)
        table.verticalScrollBar().valueChanged.connect(self.cells.update)
        model, chosen = table.rows, table.selectionModel()
        for changed in (model.dataChanged, model.modelReset, model.rowsInserted, model.rowsRemoved,
                        chosen.selectionChanged, chosen.currentChanged):  # fmt: skip
            changed.connect(self.cells.update)
        table.installEventFilter(self)
        table.viewport().installEventFilter(self)

    def place(self) -> None:
        """Over the column it stands for, only while that is scrolled away."""
        table = self._table
        room, wide = table.viewport().geometry(), table.columnWidth(COLUMN)
        is_away = table.horizontalScrollBar().value() > 0
        self.width = wide if is_away and wide <= room.width() * MOST_SHARE else 0
        header = table.horizontalHeader().geometry()
        if self.width:
            self.heading.setGeometry(header.left(), header.top(), wide, header.height())
            self.heading.follow(wide)
            self.cells.setGeometry(room.left(), room.top(), wide, room.height())
            self.cells.update()
        self.heading.setVisible(bool(self.width))
        self.cells.setVisible(bool(self.width) and table.state_widget() is None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._table:
            if event.type() in _REPAINTS:
                self.cells.update()
        elif event.type() in _MOVES:
            self.place()
        return False
