"""The smallest parts: labels by role, buttons, icons as widgets, rules, cards."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from boligdesk.ui.icons import ICON_SIZE, dress, paint_icon
from boligdesk.ui.theme import CARD_MARGINS, CONTROL_HEIGHT, SPACE_2, font, restyle, set_role

Slot = Callable[[], object]


def label(text: str, role: str = "body", *, wrap: bool = False) -> QLabel:
    """A plain-text label in a role: ``h1 h2 strong sub cap body error``. Never reads rich text from data."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    set_role(made, role)
    return made


def wrapping(text: str, role: str = "body") -> QLabel:
    """A label that breaks lines; give it stretch 1 and no stretch sibling, or Qt clips its last line."""
    return label(text, role, wrap=True)


class Button(QPushButton):
    """A button with a verb and its object. ``kind``: secondary, primary, quiet, link, chip, symbol."""

    def __init__(
        self, text: str, slot: Slot | None = None, *, icon: str = "", kind: str = "secondary"
    ) -> None:
        super().__init__(text)
        self.setAutoDefault(False)  # Enter must never fire an act that has not got the focus
        self.kind = kind
        restyle(self, "kind", kind)
        if kind == "primary":
            self.setFont(font("strong"))
        if icon:
            self.set_icon(icon)
        if slot is not None:
            self.clicked.connect(lambda _checked=False: slot())

    def set_icon(self, name: str) -> None:
        """Icon before the text, in the colour that goes with the kind."""
        roles = {"primary": "on_accent", "link": "link", "chip": "info"}
        dress(self, name, roles.get(self.kind, "text"))

    def set_reason_disabled(self, reason: str) -> None:
        """Disable and say why in the tooltip; an empty reason enables. Say it in a text beside as well."""
        self.setEnabled(not reason)
        self.setToolTip(reason)


def symbol_button(icon: str, name: str, slot: Slot | None = None) -> Button:
    """A button with only an icon: name in tooltip and for screen readers."""
    made = Button("", slot, icon=icon, kind="symbol")
    made.setAccessibleName(name)
    made.setToolTip(name)
    made.setFixedSize(CONTROL_HEIGHT, CONTROL_HEIGHT)
    return made


class IconLabel(QWidget):
    """An icon that carries no meaning of its own (a word stands beside it); follows theme and screen scale."""

    def __init__(self, name: str, role: str = "text2", size: int = ICON_SIZE) -> None:
        super().__init__()
        self._name, self._role = name, role
        self.setFixedSize(QSize(size, size))

    def set_icon(self, name: str, role: str) -> None:
        self._name, self._role = name, role
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        paint_icon(painter, QRectF(self.rect()), self._name, self._role)
        painter.end()


class Card(QFrame):
    """A framed surface with an optional title, actions to the right of it, and a column for content."""

    def __init__(self, title: str = "", *, role: str = "card") -> None:
        super().__init__()
        self.setFrameShape(
            QFrame.Shape.StyledPanel
        )  # an edge in high contrast, where there is no style sheet
        set_role(self, role)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(*CARD_MARGINS)
        self.body.setSpacing(SPACE_2)
        self.heading: SectionHeading | None = None
        if title:
            self.heading = SectionHeading(title)
            self.body.addWidget(self.heading)

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        self.body.addWidget(widget, stretch)


class SectionHeading(QWidget):
    """H2, with actions or a pill to the right and an optional sentence below."""

    def __init__(self, title: str, sub: str = "", actions: tuple[QWidget, ...] = ()) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        tidy(column, 2)
        row = QHBoxLayout()
        tidy(row, SPACE_2)
        self.title = label(title, "h2")
        row.addWidget(self.title)
        row.addStretch(1)
        for action in actions:
            row.addWidget(action)
        self._row = row
        column.addLayout(row)
        if sub:
            column.addWidget(wrapping(sub, "sub"))

    def add_action(self, widget: QWidget) -> None:
        self._row.addWidget(widget)


def rule() -> QFrame:
    """A thin decorative line across."""
    made = QFrame()
    set_role(made, "rule")
    return made


def tidy(layout: QBoxLayout, spacing: int = SPACE_2) -> None:
    """No margins, one spacing."""
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(spacing)


def row(*widgets: QWidget, spacing: int = SPACE_2, stretch_last: bool = False) -> QWidget:
    """Widgets side by side on a transparent carrier, pushed to the left."""
    carrier = QWidget()
    line = QHBoxLayout(carrier)
    tidy(line, spacing)
    for widget in widgets:
        line.addWidget(widget)
    if not stretch_last:
        line.addStretch(1)
    return carrier


def clear(layout: QLayout) -> None:
    """Take every widget out of a layout and let Qt delete it."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
