"""Ctrl+K: what is typed is searched at every letter; arrows choose, Enter opens, Esc goes back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from boligdesk.ui.icons import icon, paint_icon
from boligdesk.ui.theme import SPACE_2, font, set_role, tokens
from boligdesk.ui.widgets import announce, label

if TYPE_CHECKING:
    from boligdesk.services.records.work import SearchResult

FIXED_LINE = "Noen treff kan være skjermet."
WIDTH = 620
_ROW, _CAPTION = 34, 28
_LINE = Qt.ItemDataRole.UserRole
AnyIndex = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the answer. A caption has no ``run``."""

    title: str
    detail: str = ""
    icon: str = ""
    run: Callable[[], object] | None = None
    shortcut: str = ""

    @property
    def sentence(self) -> str:
        """What a screen reader says."""
        return ", ".join(part for part in (self.title, self.detail) if part)


class SearchPopup(QFrame):
    """A sheet over the window. ``asked`` carries the text at every change; ``show_lines`` gives the answer."""

    asked = Signal(str)
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._around = parent
        set_role(self, "card")
        self.setAutoFillBackground(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 10, 10)
        column.setSpacing(SPACE_2)
        self.field = QLineEdit()
        self.field.setAccessibleName("Søk person, sak, bolig eller brev")
        self.field.setPlaceholderText("Søk person, sak, bolig eller brev")
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self.asked)
        self._lens = self.field.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        column.addWidget(self.field)
        self.list = QListWidget()
        self.list.setAccessibleName("Treff")
        self.list.setItemDelegate(_LineDelegate(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemClicked.connect(self._run)
        column.addWidget(self.list, 1)
        column.addWidget(label(FIXED_LINE, "cap"))
        self._back_to: QWidget | None = None
        self.hide()

    def open_with(self, text: str) -> None:
        """Show the sheet over the window, with what was typed already."""
        if not self.isVisible():
            window = self.window()
            self._back_to = window.focusWidget()
        self._lens.setIcon(icon("search"))
        self.place()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if text == self.field.text():
            self.asked.emit(text)
        else:
            self.field.setText(text)
        if not text:
            self.field.selectAll()

    def place(self) -> None:
        """In the middle at the top, never higher than the window."""
        around = self._around.rect()
        wide = min(WIDTH, around.width() - 40)
        high = self._wanted_height()
        self.setGeometry(QRect((around.width() - wide) // 2, 8, wide, min(high, around.height() - 24)))

    def close_popup(self, *, give_back: bool = True) -> None:
        """Esc, or a hit was opened. The focus goes back to where it came from."""
        if not self.isVisible():
            return
        back, self._back_to = self._back_to, None
        self.hide()
        self.field.blockSignals(True)
        self.field.clear()
        self.field.blockSignals(False)
        if give_back and back is not None and back.isVisible():
            back.setFocus(Qt.FocusReason.OtherFocusReason)
        self.closed.emit()

    def show_lines(self, lines: list[Line]) -> None:
        """The answer; the first hit is chosen."""
        self.list.clear()
        hits = 0
        for line in lines:
            item = QListWidgetItem(line.title, self.list)
            item.setData(_LINE, line)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, line.sentence)
            if line.run is None:
                item.setFlags(Qt.ItemFlag.NoItemFlags)
            else:
                hits += 1
                if hits == 1:
                    self.list.setCurrentItem(item)
        self.place()
        current = self.list.currentItem()
        if current is not None:
            announce(self.field, current.data(_LINE).sentence)

    def lines(self) -> list[Line]:
        """What is shown."""
        return [self.list.item(row).data(_LINE) for row in range(self.list.count())]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        if watched is self.field and event.type() == QEvent.Type.FocusOut:
            self._lost_focus()
        return super().eventFilter(watched, event)

    def _lost_focus(self) -> None:
        """A click elsewhere closes the sheet; another window in front of ours does not."""
        focus = self.window().focusWidget()
        if focus is not None and focus is not self.field and not self.isAncestorOf(focus):
            self.close_popup(give_back=False)

    def _key(self, event: QKeyEvent) -> bool:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 6, Qt.Key.Key_PageUp: -6}
        key = Qt.Key(event.key())
        if key in steps:
            self._step(steps[key])
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if (item := self.list.currentItem()) is not None:
                self._run(item)
        elif key == Qt.Key.Key_Escape:
            self.close_popup()
        elif key in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab}:
            self._step(1 if key == Qt.Key.Key_Tab else -1)
        else:
            return False
        return True

    def _step(self, by: int) -> None:
        runnable = [row for row, line in enumerate(self.lines()) if line.run is not None]
        if not runnable:
            return
        now = self.list.currentRow()
        at = runnable.index(now) if now in runnable else -1
        row = runnable[max(0, min(len(runnable) - 1, at + by))]
        self.list.setCurrentRow(row)
        if row == runnable[0]:
            self.list.scrollToTop()
        announce(self.field, self.lines()[row].sentence)

    def _run(self, item: QListWidgetItem) -> None:
        line: Line = item.data(_LINE)
        if line.run is not None:
            self.close_popup()
            line.run()

    def _wanted_height(self) -> int:
        rows = sum(_CAPTION if line.run is None else _ROW for line in self.lines())
        return 10 + 34 + SPACE_2 + max(rows, _ROW) + 6 + SPACE_2 + 20 + 10


class _LineDelegate(QStyledItemDelegate):
    """Icon, name, detail to the right of it, key at the far right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        del option
        line: Line = index.data(_LINE)
        return QSize(100, _CAPTION if line.run is None else _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        line: Line = index.data(_LINE)
        rect = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if line.run is None:
            self._caption(painter, rect, line)
        else:
            self._hit(painter, rect, line, option)
        painter.restore()

    @staticmethod
    def _caption(painter: QPainter, rect: QRectF, line: Line) -> None:
        painter.setFont(font("cap"))
        painter.setPen(QColor(tokens().text2))
        flags = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft
        painter.drawText(rect.adjusted(12, 0, -8, -4), flags, line.title)

    @staticmethod
    def _hit(painter: QPainter, rect: QRectF, line: Line, option: QStyleOptionViewItem) -> None:
        colors = tokens()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colors.sel if chosen else colors.hover))
            painter.drawRoundedRect(rect.adjusted(4, 1, -4, -1), 4, 4)
        ink = colors.sel_text if chosen else colors.text
        quiet = colors.sel_text if chosen else colors.text2
        paint_icon(painter, QRectF(rect.left() + 12, rect.center().y() - 9, 18, 18), line.icon, color=ink)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        room = rect.adjusted(40, 0, -12, 0)
        painter.setFont(font("cap"))
        painter.setPen(QColor(quiet))
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(room, right, line.shortcut)
        taken = painter.fontMetrics().horizontalAdvance(line.shortcut) + 12 if line.shortcut else 0
        room.adjust(0, 0, -taken, 0)
        painter.setFont(font("strong"))
        painter.setPen(QColor(ink))
        metrics = painter.fontMetrics()
        title = metrics.elidedText(line.title, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, flags, title)
        room.adjust(metrics.horizontalAdvance(title) + 14, 0, 0, 0)
        painter.setFont(font("body"))
        painter.setPen(QColor(quiet))
        if room.width() > 40:
            detail = painter.fontMetrics().elidedText(
                line.detail, Qt.TextElideMode.ElideRight, int(room.width())
            )
            painter.drawText(room, flags, detail)


def groups(found: SearchResult, opened: Callable[[str, object], Callable[[], object]]) -> list[Line]:
    """The hits by group with their captions; groups without hits are left out."""
    lines: list[Line] = []
    for caption, hits in (
        ("Personer", found.people),
        ("Saker", found.cases),
        ("Boliger", found.dwellings),
        ("Brev", found.letters),
    ):
        if hits:
            lines.append(Line(caption))
        lines += [
            Line(hit.title, hit.detail, HIT_ICONS.get(hit.kind, "document"), opened(hit.kind, hit.id))
            for hit in hits
        ]
    return lines


HIT_ICONS = {"person": "person", "case": "folder_open", "dwelling": "building", "letter": "mail"}
