"""A month to point at: weeks begin on Monday and have their numbers, red days are those of the law.

Drawn here and not with ``QCalendarWidget``: that one does not know the office's own «i dag» (the practice office has
another), and says only a bare number to a screen reader.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QFontMetricsF,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolTip, QVBoxLayout, QWidget

from boligdesk.domain.calendar import MONTHS, SATURDAY, add_months, full_date, holiday_name, iso_week
from boligdesk.ui.theme import SPACE_2, font, set_role, tokens

from .basics import Button, label, symbol_button, tidy

DAYS, WEEKS = 7, 6
HEADS = ("man.", "tir.", "ons.", "tor.", "fre.", "lør.", "søn.")
FIRST_DAY, LAST_DAY = date(1880, 1, 1), date(2199, 12, 31)
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -DAYS, Qt.Key.Key_Down: DAYS}
_MONTH_KEYS = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}


def first_shown(day: date) -> date:
    """The Monday on or before the first of the month that ``day`` is in."""
    first = day.replace(day=1)
    return first - timedelta(days=first.weekday())


class MonthGrid(QWidget):
    """The days of one month. Arrows move by day and week, PgUp and PgDn by month (with Shift: year), Enter chooses."""

    chosen = Signal(object)
    moved = Signal(object)

    def __init__(self, today: date) -> None:
        super().__init__()
        self._today = self.day = today
        self._hovered: date | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.move_to(today)

    def move_to(self, day: date) -> None:
        """Show the month of ``day`` with that day marked."""
        self.day = min(max(day, FIRST_DAY), LAST_DAY)
        holiday = holiday_name(self.day)
        parts = (full_date(self.day), f"uke {iso_week(self.day)}", holiday or "")
        self.setAccessibleName(", ".join(part for part in parts if part))
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))
        self.update()
        self.moved.emit(self.day)

    def move_months(self, months: int) -> None:
        self.move_to(add_months(self.day, months))

    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(font("cap"))
        wide = max(34, int(max(metrics.horizontalAdvance(head) for head in HEADS)) + 10)
        return QSize(
            wide * (DAYS + 1), max(30, int(metrics.height()) + 12) * WEEKS + int(metrics.height()) + 10
        )

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    # --- keys and mouse ------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEPS and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.move_to(self.day + timedelta(days=_STEPS[key]))
        elif key in _MONTH_KEYS:
            is_year = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.move_months(_MONTH_KEYS[key] * (12 if is_year else 1))
        elif key == Qt.Key.Key_Home:
            self.move_to(self.day - timedelta(days=self.day.weekday()))
        elif key == Qt.Key.Key_End:
            self.move_to(self.day + timedelta(days=DAYS - 1 - self.day.weekday()))
        elif key in _ENTER:
            self.chosen.emit(self.day)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        day = self.day_at(event.position().toPoint())
        if day is not None and event.button() == Qt.MouseButton.LeftButton:
            self.move_to(day)
            self.chosen.emit(day)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.day_at(event.position().toPoint()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(None)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.angleDelta().y():
            self.move_months(-1 if event.angleDelta().y() > 0 else 1)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            day = self.day_at(event.pos())
            QToolTip.showText(event.globalPos(), (day and holiday_name(day)) or "", self)
            return True
        return super().event(event)

    def _hover(self, day: date | None) -> None:
        if day != self._hovered:
            self._hovered = day
            self.update()

    # --- places --------------------------------------------------------------------------------------------

    def _head(self) -> float:
        return QFontMetricsF(font("cap")).height() + 10

    def _cell(self, column: int, row: int) -> QRectF:
        wide = self.width() / (DAYS + 1)
        high = (self.height() - self._head()) / WEEKS
        return QRectF(column * wide, self._head() + row * high, wide, high)

    def rect_of(self, day: date) -> QRect:
        """Where a day stands; empty when its month is not shown."""
        row, column = divmod((day - first_shown(self.day)).days, DAYS)
        return self._cell(column + 1, row).toRect() if 0 <= row < WEEKS else QRect()

    def day_at(self, point: QPoint) -> date | None:
        column = int(point.x() // (self.width() / (DAYS + 1))) - 1
        row = int((point.y() - self._head()) // ((self.height() - self._head()) / WEEKS))
        if not (0 <= column < DAYS and 0 <= row < WEEKS):
            return None
        day = first_shown(self.day) + timedelta(days=row * DAYS + column)
        return day if FIRST_DAY <= day <= LAST_DAY else None

    # --- painting ------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        colors, start = tokens(), first_shown(self.day)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font("cap"))
        painter.setPen(QColor(colors.text2))
        middle = Qt.AlignmentFlag.AlignCenter
        for column, head in enumerate(("uke", *HEADS)):
            place = self._cell(column, 0)
            painter.drawText(QRectF(place.left(), 0, place.width(), self._head()), middle, head)
        line = self._cell(1, 0).left()
        painter.fillRect(
            QRectF(line - 0.5, self._head(), 1, self.height() - self._head()), QColor(colors.line)
        )
        for row in range(WEEKS):
            monday = start + timedelta(days=row * DAYS)
            painter.setFont(font("cap"))
            painter.setPen(QColor(colors.text2))
            painter.drawText(self._cell(0, row), middle, str(iso_week(monday)))
            for column in range(DAYS):
                self._paint_day(painter, self._cell(column + 1, row), monday + timedelta(days=column))
        painter.end()

    def _paint_day(self, painter: QPainter, cell: QRectF, day: date) -> None:
        colors = tokens()
        is_chosen, is_other = day == self.day, day.month != self.day.month
        box = cell.adjusted(2, 2, -2, -2)
        painter.setPen(Qt.PenStyle.NoPen)
        if is_chosen or day == self._hovered:
            painter.setBrush(QColor(colors.accent if is_chosen else colors.hover))
            painter.drawRoundedRect(box, 4, 4)
        if day == self._today:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(colors.on_accent if is_chosen else colors.accent), 1.5))
            painter.drawRoundedRect(box.adjusted(2, 2, -2, -2) if is_chosen else box, 3, 3)
        is_red = day.weekday() > SATURDAY or holiday_name(day) is not None
        ink = colors.tones["crit"].fg if is_red else colors.text
        if is_other:
            ink = colors.text3
        painter.setPen(QColor(colors.on_accent if is_chosen else ink))
        painter.setFont(font("strong" if is_chosen or day == self._today else "body"))
        painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, str(day.day))


class CalendarPopup(QFrame):
    """The month over or under a field. Esc and a click outside close it; ``choose`` gets the day that was chosen."""

    def __init__(
        self, owner: QWidget, today: date, shown: date | None, choose: Callable[[date], object]
    ) -> None:
        super().__init__(owner, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName("Kalender")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        set_role(self, "card")
        self._choose = choose
        self.grid = MonthGrid(today)
        self.title = label("", "strong")
        self.title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.before = symbol_button("chevron_left", "Forrige måned (PgUp)", lambda: self.grid.move_months(-1))
        self.after = symbol_button("chevron_right", "Neste måned (PgDn)", lambda: self.grid.move_months(1))
        self.today = Button("I dag", lambda: self._take(today), icon="calendar_today", kind="link")
        self.today.setAccessibleName(f"Velg i dag, {full_date(today)}")
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_2, SPACE_2, SPACE_2, SPACE_2)
        head = QHBoxLayout()
        tidy(head)
        head.addWidget(self.before)
        head.addWidget(self.title, 1)
        head.addWidget(self.after)
        column.addLayout(head)
        column.addWidget(self.grid)
        column.addWidget(self.today, 0, Qt.AlignmentFlag.AlignLeft)
        self.grid.moved.connect(self._moved)
        self.grid.chosen.connect(self._take)
        self.grid.move_to(shown or today)
        self.setFocusProxy(self.grid)

    def show_at(self, field: QWidget) -> None:
        """Below the field, or above it where the screen ends."""
        size = self.sizeHint()
        below = field.mapToGlobal(QPoint(0, field.height() + 2))
        screen = QGuiApplication.screenAt(below) or field.screen()
        room = screen.availableGeometry()
        above = field.mapToGlobal(QPoint(0, 0)).y() - size.height() - 2
        top = below.y() if below.y() + size.height() <= room.bottom() or above < room.top() else above
        left = max(room.left(), min(below.x(), room.right() - size.width()))
        self.setGeometry(left, top, size.width(), size.height())
        self.show()
        self.grid.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_closing = event.key() == Qt.Key.Key_Up and event.modifiers() & Qt.KeyboardModifier.AltModifier
        if is_closing or event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def _moved(self, day: date) -> None:
        self.title.setText(f"{MONTHS[day.month - 1]} {day.year}")

    def _take(self, day: date) -> None:
        self.close()
        self._choose(day)
