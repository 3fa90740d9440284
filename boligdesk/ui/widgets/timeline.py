"""What happened, newest first: a list with one tab stop, drawn and not built, so that hundreds of entries cost nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPen,
)
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from boligdesk.domain.calendar import short_date
from boligdesk.domain.guidance import OSLO
from boligdesk.ui.icons import paint_icon
from boligdesk.ui.theme import RADIUS, SPACE_2, font, set_role, tokens

from .basics import SectionHeading, tidy
from .filters import FilterMenuButton
from .states import EmptyState

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from PySide6.QtGui import QResizeEvent

    from boligdesk.services.records.common import TimelineEntry

KINDS: dict[str, tuple[str, str]] = {
    "notat": ("Notater", "note"),
    "besok": ("Besøk", "home_heart"),
    "dokument": ("Dokumenter", "document"),
    "soknad": ("Søknad", "document_pdf"),
    "frist": ("Oppgaver og frister", "clock"),
    "status": ("Status", "arrow_right"),
    "person": ("Person", "person"),
    "husstand": ("Husstand", "people"),
    "bolig": ("Bolig", "building"),
    "annet": ("Annet", "info"),
}
"""Kind of an entry: words of the filter, icon."""
_ALL = "alle"
_CLOSED_LINES = 6
_PAD, _GAP, _ICON = 10, 6, 18
_WRAP = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignTop)
_ITEM = Qt.ItemDataRole.UserRole
AnyIndex = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


@dataclass(frozen=True, slots=True)
class _Item:
    """An entry with its full words; the assessment stays apart from the facts (forvaltningsloven § 18c)."""

    entry: TimelineEntry
    text: str
    assessment: str

    @property
    def when(self) -> str:
        at = self.entry.at.astimezone(OSLO)
        return f"{short_date(at.date())} {at.year} {at:%H:%M}"

    @property
    def sentence(self) -> str:
        said = (self.entry.title, self.when, self.entry.who, self.text)
        words = ", ".join(part for part in said if part)
        return f"{words}. Vurdering: {self.assessment}" if self.assessment else words


class _Model(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.items: Sequence[_Item] = ()

    def set_items(self, items: Sequence[_Item]) -> None:
        self.beginResetModel()
        self.items = items
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.items)

    def data(self, index: AnyIndex, role: int = 0) -> Any:
        if not index.isValid():
            return None
        item = self.items[index.row()]
        if role == _ITEM:
            return item
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return item.sentence
        return item.entry.title if role == Qt.ItemDataRole.DisplayRole else None


class _View(QListView):
    """Enter opens or unfolds; Ctrl+C copies the words of the entry."""

    chosen = Signal(object)
    asked = Signal(object, object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.unfolded: set[UUID] = set()
        self.setFrameShape(QFrame.Shape.NoFrame)
        set_role(self, "nav")  # neither edge nor fill: the entries draw their own
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(40)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._ask)
        self.doubleClicked.connect(lambda index: self.chosen.emit(index.data(_ITEM)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentIndex().data(_ITEM)
        if item is not None and event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(item.sentence)
        elif (
            item is not None
            and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
            and not event.modifiers()
        ):
            self.chosen.emit(item)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def _ask(self, at: QPoint) -> None:
        index = self.indexAt(at)
        if index.isValid():
            self.asked.emit(index.data(_ITEM), self.viewport().mapToGlobal(at))


class TimelineList(QWidget):
    """A heading with a filter by type, and the entries below it.

    ``opened`` carries a TimelineEntry that has a page of its own (besok, dokument); ``undo_wanted`` one
    that the user wants to take back. Long texts show six lines; Enter shows all of it.
    """

    opened = Signal(object)
    undo_wanted = Signal(object)

    def __init__(self, title: str = "Hendelser") -> None:
        super().__init__()
        self._all: tuple[_Item, ...] = ()
        self._column = QVBoxLayout(self)
        tidy(self._column, SPACE_2)
        self.filter = FilterMenuButton("Type", ((_ALL, "Alle typer"),))
        self.filter.changed.connect(lambda _kind: self._show())
        self.heading = SectionHeading(title, actions=(self.filter,))
        self._column.addWidget(self.heading)
        self.view = _View(title)
        self._model = _Model(self)
        self.view.setModel(self._model)
        self.view.setItemDelegate(_Delegate(self.view))
        self.view.chosen.connect(self._choose)
        self.view.asked.connect(self._menu)
        self._column.addWidget(self.view, 1)
        self._empty = EmptyState("Det har ikke skjedd noe her ennå.", icon="history")
        self._column.addWidget(self._empty, 1)
        self._empty.hide()

    def insert_below_heading(self, widget: QWidget) -> None:
        """A note box between the heading and the entries."""
        self._column.insertWidget(1, widget)

    def set_entries(
        self,
        entries: Sequence[TimelineEntry],
        texts: Mapping[UUID, tuple[str, str]] | None = None,
    ) -> None:
        """Newest first. ``texts`` gives whole (facts, assessment) by subject id instead of the entry's short text."""
        whole = texts or {}
        self._all = tuple(_item(entry, whole) for entry in entries)
        kept = self.filter.value()
        present = {item.entry.kind for item in self._all}
        choices = [(kind, words) for kind, (words, _icon) in KINDS.items() if kind in present]
        self.filter.set_choices([(_ALL, "Alle typer"), *choices])
        if kept in present:
            self.filter.set_value(kept)
        self._show()

    def shown(self) -> tuple[TimelineEntry, ...]:
        """The entries that pass the filter."""
        return tuple(item.entry for item in self._model.items)

    def _show(self) -> None:
        kind = self.filter.value()
        chosen = self.view.currentIndex().row()
        self._model.set_items([item for item in self._all if kind in {_ALL, item.entry.kind}])
        if 0 <= chosen < self._model.rowCount():
            self.view.setCurrentIndex(self._model.index(chosen))
        self.view.setVisible(bool(self._model.items))
        self._empty.setVisible(not self._model.items)

    def _choose(self, item: _Item) -> None:
        if item.entry.kind in {"besok", "dokument"} and item.entry.subject_id is not None:
            self.opened.emit(item.entry)
            return
        self.view.unfolded ^= {item.entry.event_id}
        self.view.scheduleDelayedItemsLayout()

    def _menu(self, item: _Item, at: QPoint) -> None:
        menu = QMenu(self)
        menu.addAction("Kopier teksten", lambda: QGuiApplication.clipboard().setText(item.sentence))
        if item.entry.can_undo:
            menu.addAction("Angre dette", lambda: self.undo_wanted.emit(item.entry))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)


def _item(entry: TimelineEntry, whole: Mapping[UUID, tuple[str, str]]) -> _Item:
    facts, assessment = entry.text, ""
    if entry.subject_id is not None and entry.subject_id in whole:
        facts, assessment = whole[entry.subject_id]
    return _Item(entry, facts, assessment)


class _Delegate(QStyledItemDelegate):
    """Icon and title, when and who to the right, the text below, the assessment apart from it."""

    def __init__(self, view: _View) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        del option
        wide = self._view.viewport().width() - 2
        return QSize(wide, self._lay_out(index.data(_ITEM), wide).height + 6)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        item: _Item = index.data(_ITEM)
        rect: QRect = option.rect.adjusted(1, 0, -1, -6)
        colors = tokens()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        focused = chosen and self._view.hasFocus()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colors.focus if focused else colors.line), 2 if focused else 1))
        painter.setBrush(QColor(colors.surface2))
        painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), RADIUS, RADIUS)
        self._lay_out(item, rect.width()).paint(painter, rect.topLeft())
        painter.restore()

    def _lay_out(self, item: _Item, wide: int) -> _Layout:
        is_open = item.entry.event_id in self._view.unfolded
        return _Layout(item, wide, None if is_open else _CLOSED_LINES)


class _Layout:
    """Where the words of one entry stand, at a width."""

    def __init__(self, item: _Item, wide: int, most_lines: int | None) -> None:
        self.item, self._wide = item, wide
        self._blocks: list[tuple[QRect, str, QFont, str]] = []
        room = wide - 2 * _PAD
        title_font, small, body = font("strong"), font("cap"), font("body")
        self._meta = " · ".join(part for part in (item.when, item.entry.who) if part)
        meta_wide = QFontMetrics(small).horizontalAdvance(self._meta) + 4
        title_wide = QFontMetrics(title_font).horizontalAdvance(item.entry.title) + 4
        title_room = room - _ICON - _GAP
        self._meta_below = title_wide + meta_wide + _GAP > title_room
        y = _PAD - 2
        y = self._add(item.entry.title, title_font, "text", y, _PAD + _ICON + _GAP,
                      title_room if self._meta_below else title_room - meta_wide - _GAP, None)  # fmt: skip
        self._meta_rect = QRect(_PAD + _ICON + _GAP, _PAD - 2, title_room, QFontMetrics(small).height() + 2)
        if self._meta_below:
            self._meta_rect.moveTop(y)
            y = self._meta_rect.bottom() + 1
        if item.text:
            y = self._add(item.text, body, "text", y + 2, _PAD, room, most_lines)
        if item.assessment:
            y = self._add("Vurdering", small, "text2", y + 4, _PAD, room, None)
            y = self._add(item.assessment, body, "text", y, _PAD, room, most_lines)
        self.height = y + _PAD - 2

    def _add(
        self, text: str, face: QFont, role: str, top: int, left: int, wide: int, most_lines: int | None
    ) -> int:
        metrics = QFontMetrics(face)
        shown = text
        high = metrics.boundingRect(QRect(0, 0, wide, 1_000_000), _WRAP, shown).height()
        if most_lines is not None and high > metrics.lineSpacing() * (most_lines + 0.5):
            shown = _cut(text, metrics, wide, most_lines)
            high = metrics.boundingRect(QRect(0, 0, wide, 1_000_000), _WRAP, shown).height()
        self._blocks.append((QRect(left, top, wide, high + 1), shown, face, role))
        return top + high + 1

    def paint(self, painter: QPainter, at: QPoint) -> None:
        colors = tokens()
        icon = KINDS.get(self.item.entry.kind, KINDS["annet"])[1]
        paint_icon(
            painter, QRectF(QPointF(at) + QPointF(_PAD, _PAD - 1), QSize(_ICON, _ICON).toSizeF()), icon
        )
        painter.setFont(font("cap"))
        painter.setPen(QColor(colors.text2))
        side = Qt.AlignmentFlag.AlignLeft if self._meta_below else Qt.AlignmentFlag.AlignRight
        painter.drawText(self._meta_rect.translated(at), side | Qt.AlignmentFlag.AlignVCenter, self._meta)
        for rect, text, face, role in self._blocks:
            painter.setFont(face)
            painter.setPen(QColor(colors.color(role)))
            painter.drawText(rect.translated(at), _WRAP, text)


def _cut(text: str, metrics: QFontMetrics, wide: int, lines: int) -> str:
    """As much as fills ``lines``, with «…» and how to see the rest."""
    more = " … (Enter viser alt)"
    low, high = 0, min(len(text), 4000)
    most = metrics.lineSpacing() * (lines + 0.5)
    while low < high:
        middle = (low + high + 1) // 2
        room = metrics.boundingRect(QRect(0, 0, wide, 1_000_000), _WRAP, text[:middle].rstrip() + more)
        low, high = (middle, high) if room.height() <= most else (low, middle - 1)
    return text[:low].rstrip() + more
