"""Draws the cells: two lines, dates with their bar, pills, ticks. One delegate, because a row is one thing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from boligdesk.ui.icons import paint_icon
from boligdesk.ui.theme import Tokens, font, tokens
from boligdesk.ui.widgets.pill import paint_pill

from .columns import AnyColumn, DateCell
from .window_model import PLACEHOLDER, AnyIndex

if TYPE_CHECKING:
    from .table_view import DataTable

PAD = 10
TICK_ROOM = 30
DATE_ONE_LINE = 130
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class CellDelegate(QStyledItemDelegate):
    """Reads the record itself from the model; the model's roles are for screen readers and copying."""

    def __init__(self, table: DataTable) -> None:
        super().__init__(table)
        self._table = table

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        del option, index
        return QSize(100, self._table.row_height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        model = self._table.rows
        colors = tokens()
        rect = QRectF(option.rect)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        first = self._table.horizontalHeader().visualIndex(index.column()) == self._table.first_visible()
        self._paint_ground(painter, rect, index.row(), selected, first)
        row, column = model.row_at(index.row()), model.columns[index.column()]
        cell = rect.adjusted(PAD, 0, -PAD, -1)
        if model.tick_mode and index.column() == 0:
            if row is not None and model.can_tick(row):
                self._paint_tick(painter, cell, model.row_id(row) in model.ticked)
            cell.setLeft(cell.left() + TICK_ROOM)
        if row is None:
            _write(painter, cell, PLACEHOLDER, font("body"), colors.text3)
        else:
            painter.setOpacity(0.5 if model.stale else 1.0)
            self._paint_cell(painter, cell, column, row, selected)
        painter.restore()

    def _paint_ground(self, painter: QPainter, rect: QRectF, row: int, selected: bool, first: bool) -> None:
        colors = tokens()
        if selected:
            painter.fillRect(rect, QColor(colors.sel))
        elif row == self._table.hovered_row:
            painter.fillRect(rect, QColor(colors.hover))
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), QColor(colors.line))
        is_current = row == self._table.currentIndex().row()
        if selected and first:
            mark = colors.accent if colors.name != "contrast" else colors.sel_text
            painter.fillRect(QRectF(rect.left(), rect.top() + 4, 3, rect.height() - 9), QColor(mark))
        elif is_current and not selected and self._table.hasFocus():
            ring = QColor(colors.focus)
            painter.fillRect(QRectF(rect.left(), rect.top(), rect.width(), 2), ring)
            painter.fillRect(QRectF(rect.left(), rect.bottom() - 2, rect.width(), 2), ring)

    @staticmethod
    def _paint_tick(painter: QPainter, cell: QRectF, ticked: bool) -> None:
        colors = tokens()
        box = QRectF(cell.left(), cell.center().y() - 9, 18, 18)
        painter.setPen(QPen(QColor(colors.accent if ticked else colors.control), 1))
        painter.setBrush(QColor(colors.accent if ticked else colors.surface))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        if ticked:
            paint_icon(painter, box.adjusted(1, 1, -1, -1), "checkmark", color=colors.on_accent)

    def _paint_cell(
        self, painter: QPainter, cell: QRectF, column: AnyColumn, row: Any, selected: bool
    ) -> None:
        colors = tokens()
        ink = colors.sel_text if selected else colors.text
        if column.date is not None and (day := column.date(row)) is not None:
            _paint_date(painter, cell, day, colors, ink)
            return
        if column.pill is not None and (spec := column.pill(row)) is not None:
            paint_pill(painter, QPointF(cell.left(), cell.center().y()), spec, cell.width() + PAD / 2, ink)
            return
        if column.icon is not None and (name := column.icon(row)):
            paint_icon(painter, QRectF(cell.left(), cell.center().y() - 10, 20, 20), name, color=ink)
            cell.setLeft(cell.left() + 28)
        tone = column.tone(row) if column.tone else None
        if tone and colors.name != "contrast":
            ink = colors.tones[tone].fg
        second = column.second(row) if column.second else None
        self._paint_lines(painter, cell, column, (column.text(row), second or ""), ink, selected)

    @staticmethod
    def _paint_lines(
        painter: QPainter, cell: QRectF, column: AnyColumn, lines: tuple[str, str], ink: str, selected: bool
    ) -> None:
        colors = tokens()
        main = font("strong" if column.strong else "body")
        flags = _ALIGNMENTS[column.align]
        if not lines[1]:
            _write(painter, cell, lines[0], main, ink, flags)
            return
        upper, lower = _halves(cell, main, font("cap"))
        _write(painter, upper, lines[0], main, ink, flags)
        quiet = colors.sel_text if selected and colors.name == "contrast" else colors.text2
        _write(painter, lower, lines[1], font("cap"), quiet, flags)


_ALIGNMENTS = {
    "left": _LEFT,
    "right": Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
    "center": Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter,
}


def _paint_date(painter: QPainter, cell: QRectF, day: DateCell, colors: Tokens, ink: str) -> None:
    strong = font("strong")
    tinted = day.tone != "neutral" and colors.name != "contrast"
    tone = colors.tones[day.tone].fg if tinted else (ink if colors.name == "contrast" else colors.text2)
    if day.tone in {"crit", "warn"}:
        bar = colors.tones[day.tone].fg if colors.name != "contrast" else ink
        painter.fillRect(QRectF(cell.left() - 4, cell.top() + 6, 3, cell.height() - 12), QColor(bar))
    inner = cell.adjusted(5, 0, 0, 0)
    wide = QFontMetricsF(strong).horizontalAdvance(day.date)
    if day.words and wide + 10 + QFontMetricsF(font("body")).horizontalAdvance(day.words) > inner.width():
        upper, lower = _halves(inner, strong, font("body"))
        _write(painter, upper, day.date, strong, ink)
        _write(painter, lower, day.words, font("body"), tone)
        return
    _write(painter, inner, day.date, strong, ink)
    _write(painter, inner.adjusted(wide + 10, 0, 0, 0), day.words, font("body"), tone)


def _halves(cell: QRectF, upper: QFont, lower: QFont) -> tuple[QRectF, QRectF]:
    """Two lines, together in the middle of the cell."""
    high, low = QFontMetricsF(upper).height(), QFontMetricsF(lower).height()
    top = cell.center().y() - (high + low) / 2
    return QRectF(cell.left(), top, cell.width(), high), QRectF(cell.left(), top + high, cell.width(), low)


def _write(
    painter: QPainter, rect: QRectF, text: str, chosen: QFont, ink: str, flags: Qt.AlignmentFlag = _LEFT
) -> None:
    painter.setFont(chosen)
    painter.setPen(QColor(ink))
    # one pixel more than measured: rounding must not cut a text that fits
    shown = QFontMetricsF(chosen).elidedText(text, Qt.TextElideMode.ElideRight, rect.width() + 1)
    painter.drawText(rect.adjusted(0, 0, 1, 0), flags | Qt.TextFlag.TextSingleLine, shown)
