"""The list of views at the left: captions, counts, and a narrow rail with only icons."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from boligdesk.ui.icons import paint_icon
from boligdesk.ui.theme import font, set_role, tokens

FULL_WIDTH, RAIL_WIDTH = 224, 56
_KEY = Qt.ItemDataRole.UserRole
_ICON = Qt.ItemDataRole.UserRole + 1
_BADGE = Qt.ItemDataRole.UserRole + 2
AnyIndex = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class NavItem:
    """One view; with an empty ``key`` a caption over the views that follow."""

    key: str
    title: str
    icon: str = ""


class NavList(QListWidget):
    """Views to go to. ``chosen`` carries the key; ``set_current`` does not emit it."""

    chosen = Signal(str)

    def __init__(self, items: tuple[NavItem, ...]) -> None:
        super().__init__()
        set_role(self, "nav")
        self.setAccessibleName("Visninger")
        self.setItemDelegate(_NavDelegate(self))
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.rail = False
        self._items: dict[str, QListWidgetItem] = {}
        for entry in items:
            self._add(entry)
        self.setFixedWidth(FULL_WIDTH)
        self.currentItemChanged.connect(self._moved)

    def _add(self, entry: NavItem) -> None:
        item = QListWidgetItem(entry.title, self)
        item.setData(_KEY, entry.key)
        item.setData(_ICON, entry.icon)
        if entry.key:
            self._items[entry.key] = item
        else:
            item.setFlags(Qt.ItemFlag.NoItemFlags)

    def set_rail(self, rail: bool) -> None:
        """Icons only (names in tooltips), or icons and names."""
        self.rail = rail
        self.setFixedWidth(RAIL_WIDTH if rail else FULL_WIDTH)
        for item in self._items.values():
            item.setToolTip(item.text() if rail else "")
        self.scheduleDelayedItemsLayout()

    def set_badge(self, key: str, text: str) -> None:
        """A count beside the name («9», «14/16»); empty removes it."""
        item = self._items[key]
        item.setData(_BADGE, text)
        spoken = f"{item.text()}, {text}" if text else item.text()
        item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)

    def set_current(self, key: str) -> None:
        self.blockSignals(True)
        self.setCurrentItem(self._items[key])
        self.blockSignals(False)
        self.viewport().update()

    def current(self) -> str:
        item = self.currentItem()
        return str(item.data(_KEY)) if item else ""

    def _moved(self, item: QListWidgetItem | None) -> None:
        if item is not None and item.data(_KEY):
            self.chosen.emit(str(item.data(_KEY)))


class _NavDelegate(QStyledItemDelegate):
    def __init__(self, nav: NavList) -> None:
        super().__init__(nav)
        self._nav = nav

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        del option
        is_view = bool(index.data(_KEY))
        if self._nav.rail:
            return QSize(RAIL_WIDTH, 44 if is_view else 13)
        return QSize(FULL_WIDTH - 4, 38 if is_view else 32)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(option.rect)
        if index.data(_KEY):
            self._paint_view(painter, rect, option, index)
        else:
            self._paint_caption(painter, rect, str(index.data()))
        painter.restore()

    def _paint_caption(self, painter: QPainter, rect: QRectF, title: str) -> None:
        colors = tokens()
        if self._nav.rail:
            painter.setPen(QPen(QColor(colors.line), 1))
            painter.drawLine(
                int(rect.left()) + 10, int(rect.center().y()), int(rect.right()) - 10, int(rect.center().y())
            )
            return
        painter.setFont(font("cap"))
        painter.setPen(QColor(colors.text2))
        painter.drawText(rect.adjusted(16, 6, 0, 0), Qt.AlignmentFlag.AlignVCenter, title)

    def _paint_view(
        self, painter: QPainter, rect: QRectF, option: QStyleOptionViewItem, index: AnyIndex
    ) -> None:
        colors = tokens()
        state = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        box = rect.adjusted(6, 2, -6, -2)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colors.sel if chosen else colors.hover))
            painter.drawRoundedRect(box, 4, 4)
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colors.accent if colors.name != "contrast" else colors.sel_text))
            painter.drawRoundedRect(QRectF(box.left(), box.top() + 9, 3, box.height() - 18), 1.5, 1.5)
        if chosen and self._nav.hasFocus():
            painter.setPen(QPen(QColor(colors.focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 4, 4)
        ink = colors.sel_text if chosen else colors.text
        left = rect.center().x() - 10 if self._nav.rail else box.left() + 12
        paint_icon(painter, QRectF(left, rect.center().y() - 10, 20, 20), str(index.data(_ICON)), color=ink)
        if not self._nav.rail:
            self._paint_words(painter, box, index, ink, chosen)

    @staticmethod
    def _paint_words(painter: QPainter, box: QRectF, index: AnyIndex, ink: str, chosen: bool) -> None:
        painter.setFont(font("strong" if chosen else "body"))
        painter.setPen(QColor(ink))
        badge = str(index.data(_BADGE) or "")
        painter.drawText(
            box.adjusted(0, 0, -10, 0), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, badge
        )
        taken = painter.fontMetrics().horizontalAdvance(badge) + 14 if badge else 8
        room = box.adjusted(42, 0, -taken, 0)
        title = painter.fontMetrics().elidedText(
            str(index.data()), Qt.TextElideMode.ElideRight, int(room.width())
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, title)
