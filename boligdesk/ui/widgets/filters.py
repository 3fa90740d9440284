"""What narrows a list: numbers that filter, segments, filter menus with removable chips, and the search field."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QActionGroup, QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QMenu, QPushButton, QSizePolicy, QWidget

from boligdesk.ui.icons import icon, paint_icon
from boligdesk.ui.theme import RADIUS, font, theme, tokens

from .basics import Button, Slot, tidy

SEARCH_DELAY_MS = 150


class KpiButton(QPushButton):
    """A number that filters: a big figure over a few words; ``compact`` is an ordinary button «Over fristen 1»."""

    def __init__(
        self, icon_name: str, role: str, words: str, slot: Slot | None = None, *, compact: bool = False
    ) -> None:
        super().__init__()
        self._icon, self._role, self._words, self._number = icon_name, role, words, "–"
        self._compact = compact
        self.setAutoDefault(False)
        self.setMinimumHeight(32 if compact else 68)
        policy = QSizePolicy.Policy.Fixed if compact else QSizePolicy.Policy.Expanding
        self.setSizePolicy(policy, QSizePolicy.Policy.Fixed)
        if slot is not None:
            self.clicked.connect(lambda _checked=False: slot())
        self.set_number("–")

    def set_number(self, number: int | str) -> None:
        self._number = str(number)
        self.setAccessibleName(f"{self._number} {self._words}")
        self.updateGeometry()
        self.update()

    def set_compact(self, compact: bool) -> None:
        """The narrow window's form."""
        self._compact = compact
        self.setMinimumHeight(32 if compact else 68)
        policy = QSizePolicy.Policy.Fixed if compact else QSizePolicy.Policy.Expanding
        self.setSizePolicy(policy, QSizePolicy.Policy.Fixed)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        words = QFontMetricsF(font("body")).horizontalAdvance(self._words)
        if self._compact:
            number = QFontMetricsF(font("strong")).horizontalAdvance(self._number)
            return QSize(int(words + number) + 62, 32)
        return QSize(int(words) + 32, 72)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_frame(painter)
        paint = self._paint_compact if self._compact else self._paint_full
        paint(painter)
        painter.end()

    def _paint_frame(self, painter: QPainter) -> None:
        colors = tokens()
        edge, thick = (
            (colors.focus, 2.0)
            if self.hasFocus()
            else (colors.control if self._compact else colors.line, 1.0)
        )
        fill = colors.surface
        if self.isChecked() or self.isDown():
            fill, edge = colors.sel, colors.focus
        elif self.underMouse() and self.isEnabled():
            fill = colors.hover
        painter.setPen(QPen(QColor(edge), thick))
        painter.setBrush(QColor(fill))
        inset = thick / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), RADIUS, RADIUS)

    def _ink(self, name: str) -> QColor:
        colors = tokens()
        if not self.isEnabled():
            return QColor(colors.text3)
        return QColor(colors.sel_text if self.isChecked() else colors.color(name))

    def _paint_full(self, painter: QPainter) -> None:
        paint_icon(painter, QRectF(14, 16, 20, 20), self._icon, self._role)
        painter.setFont(font("num"))
        painter.setPen(self._ink("text"))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(42, 6, self.width() - 50, 40), flags, self._number)
        painter.setFont(font("body"))
        painter.setPen(self._ink("text2"))
        painter.drawText(QRectF(14, 44, self.width() - 20, 22), flags, self._words)

    def _paint_compact(self, painter: QPainter) -> None:
        middle = self.height() / 2
        paint_icon(painter, QRectF(12, middle - 10, 20, 20), self._icon, self._role)
        painter.setPen(self._ink("text"))
        painter.setFont(font("body"))
        words = painter.fontMetrics().horizontalAdvance(self._words)
        painter.drawText(QPointF(38, middle + painter.fontMetrics().ascent() / 2 - 2), self._words)
        painter.setFont(font("strong"))
        painter.drawText(
            QPointF(38 + words + 8, middle + painter.fontMetrics().ascent() / 2 - 2), self._number
        )


class SegmentedFilter(QWidget):
    """One choice of a few, all visible: [Mine 9] [Teamet 31]. Arrow keys move. ``wide`` shares the full width."""

    changed = Signal(str)

    def __init__(self, name: str, choices: Sequence[tuple[str, str]], *, wide: bool = False) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, Button] = {}
        self._titles = dict(choices)
        line = QHBoxLayout(self)
        tidy(line)
        for key, title in choices:
            button = Button(title)
            button.setCheckable(True)
            button.setAccessibleName(title)
            button.toggled.connect(lambda on, button=button: button.setFont(font("strong" if on else "body")))
            button.clicked.connect(lambda _checked=False, key=key: self.changed.emit(key))
            button.installEventFilter(self)
            self._group.addButton(button)
            self._buttons[key] = button
            line.addWidget(button, 1 if wide else 0)
        if not wide:
            line.addStretch(1)
        if choices:
            self.set_value(choices[0][0])

    def value(self) -> str:
        return next((key for key, button in self._buttons.items() if button.isChecked()), "")

    def set_value(self, key: str) -> None:
        """Choose without emitting ``changed``."""
        self._buttons[key].setChecked(True)

    def focus_chosen(self) -> None:
        """Put the focus on the choice that is made."""
        for button in self._buttons.values():
            if button.isChecked():
                button.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_counts(self, counts: dict[str, int | str]) -> None:
        """Numbers after the words; they must equal what the list shows."""
        for key, count in counts.items():
            self._buttons[key].setText(f"{self._titles[key]}  {count}")
            self._buttons[key].setAccessibleName(f"{self._titles[key]}, {count}")
            _hold_width(self._buttons[key])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Another theme gives a button back the font it was made with: set it anew."""
        if event.type() == QEvent.Type.StyleChange and isinstance(watched, Button):
            watched.setFont(font("strong" if watched.isChecked() else "body"))
        return super().eventFilter(watched, event)

    def show_choice(self, key: str, shown: bool) -> None:
        """Take a choice away, or bring it back."""
        self._buttons[key].setVisible(shown)


def _hold_width(button: QPushButton) -> None:
    """Room for the bold form, so that nothing moves when the choice does."""
    button.setMinimumWidth(int(QFontMetricsF(font("strong")).horizontalAdvance(button.text())) + 28)


class FilterMenuButton(QWidget):
    """«≡ Alle frister»: a menu of choices; a choice other than the first shows as a chip that can be removed."""

    changed = Signal(str)

    def __init__(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._name = name
        self._actions: dict[str, QAction] = {}
        self._value = ""
        self.menu = QMenu(self)
        line = QHBoxLayout(self)
        tidy(line, 4)
        self.button = Button("", icon="filter", kind="link")
        self.button.setMenu(self.menu)
        self.chip = Button("", self._reset, icon="dismiss", kind="chip")
        self.chip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        line.addWidget(self.button)
        line.addWidget(self.chip)
        self.set_choices(choices)

    def set_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """New choices, (key, title); the first means no filter and becomes the value."""
        self.menu.clear()
        self._actions.clear()
        group = QActionGroup(self.menu)
        for key, title in choices:
            action = self.menu.addAction(title)
            action.setCheckable(True)
            action.triggered.connect(lambda _checked=False, key=key: self._choose(key))
            group.addAction(action)
            self._actions[key] = action
        self._first = choices[0][0]
        self.set_value(self._first)

    def value(self) -> str:
        return self._value

    def set_value(self, key: str) -> None:
        """Choose without emitting ``changed``."""
        self._value = key
        self._actions[key].setChecked(True)
        title, is_first = self._actions[key].text(), key == self._first
        self.button.setVisible(is_first)
        self.button.setText(self._actions[self._first].text())
        self.button.setAccessibleName(f"{self._name}: {self.button.text()}")
        self.chip.setVisible(not is_first)
        self.chip.setText(title)
        self.chip.setAccessibleName(f"Fjern filteret {self._name}: {title}")
        self.chip.setToolTip("Fjern filteret")

    def _choose(self, key: str) -> None:
        if key != self._value:
            self.set_value(key)
            self.changed.emit(key)

    def _reset(self) -> None:
        self._choose(self._first)
        self.button.setFocus(Qt.FocusReason.OtherFocusReason)


class SearchField(QLineEdit):
    """A field that narrows a list while you type; ``searched`` comes after a short pause, at once on Enter and clear."""

    searched = Signal(str)

    def __init__(self, name: str, placeholder: str = "", *, delay_ms: int = SEARCH_DELAY_MS) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder or name)
        self.setClearButtonEnabled(True)
        self._sent = ""
        self._lens = self.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        theme().changed.connect(self._retint)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(delay_ms)
        self._timer.timeout.connect(self._send)
        self.textChanged.connect(self._typed)
        self.returnPressed.connect(self._send)
        self._name_clear_button()

    def _typed(self, text: str) -> None:
        if text:
            self._timer.start()
        else:
            self._send()

    def _send(self) -> None:
        self._timer.stop()
        text = self.text().strip()
        if text != self._sent:
            self._sent = text
            self.searched.emit(text)

    def _retint(self) -> None:
        self._lens.setIcon(icon("search"))

    def _name_clear_button(self) -> None:
        for button in self.findChildren(QWidget):
            if not button.accessibleName() and button.metaObject().className() == "QLineEditIconButton":
                button.setAccessibleName("Tøm feltet")
