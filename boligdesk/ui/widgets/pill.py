"""Status as icon + word + colour, in that order of importance; the same drawing in tables and as a widget."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QSizePolicy

from boligdesk.ui.icons import paint_icon
from boligdesk.ui.theme import QUIET_TONES, Tone, font, tokens

TONE_ICONS: dict[Tone, str] = {
    "crit": "dismiss_circle",
    "warn": "warning",
    "info": "info",
    "ok": "checkmark_circle",
    "neutral": "clock",
    "lock": "lock_closed",
}
HEIGHT = 22
_ICON, _PAD, _GAP = 16, 8, 5


@dataclass(frozen=True, slots=True)
class PillSpec:
    """One status. ``icon`` overrides the tone's own; ``quiet`` None means: ok and neutral have no fill."""

    tone: Tone
    word: str
    icon: str = ""
    quiet: bool | None = None

    @property
    def is_quiet(self) -> bool:
        return self.tone in QUIET_TONES if self.quiet is None else self.quiet

    @property
    def icon_name(self) -> str:
        return self.icon or TONE_ICONS[self.tone]


def pill_width(spec: PillSpec) -> float:
    """Width in logical pixels; a quiet pill has no padding around it."""
    text = QFontMetricsF(_pill_font(spec)).horizontalAdvance(spec.word)
    return _ICON + _GAP + text + 1 + (0 if spec.is_quiet else 2 * _PAD)


def paint_pill(painter: QPainter, left: QPointF, spec: PillSpec, room: float, on_selection: str = "") -> None:
    """Draw with the left edge's middle at ``left``, elided to ``room``. ``on_selection``: text colour of a selected row."""
    colors = tokens()
    pair = colors.tones[spec.tone]
    rect = QRectF(left.x(), left.y() - HEIGHT / 2, min(pill_width(spec), room), HEIGHT)
    ink = pair.fg
    pad = 0 if spec.is_quiet else _PAD
    if colors.name == "contrast":
        ink = on_selection or ink
    if not spec.is_quiet:
        painter.setPen(QPen(QColor(ink), 1) if colors.name == "contrast" else Qt.PenStyle.NoPen)
        painter.setBrush(Qt.BrushStyle.NoBrush if colors.name == "contrast" else QColor(pair.bg))
        painter.drawRoundedRect(rect, 4, 4)
    icon_rect = QRectF(rect.left() + pad, rect.center().y() - _ICON / 2, _ICON, _ICON)
    paint_icon(painter, icon_rect, spec.icon_name, color=ink)
    painter.setFont(_pill_font(spec))
    painter.setPen(QColor(ink))
    text_rect = rect.adjusted(pad + _ICON + _GAP, 0, -pad, 0)
    shown = QFontMetricsF(painter.font()).elidedText(
        spec.word, Qt.TextElideMode.ElideRight, text_rect.width() + 1
    )
    painter.drawText(
        text_rect.adjusted(0, 0, 2, 0), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown
    )


def _pill_font(spec: PillSpec) -> QFont:
    made = font("cap")
    if not spec.is_quiet:
        made.setWeight(font("strong").weight())
    return made


class Pill(QLabel):
    """A status as a widget. Screen readers hear the word."""

    def __init__(self, tone: Tone, word: str, icon: str = "", *, quiet: bool | None = None) -> None:
        super().__init__()
        self.spec = PillSpec(tone, word, icon, quiet)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_spec(self.spec)

    def set_spec(self, spec: PillSpec) -> None:
        self.spec = spec
        self.setText(spec.word)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(int(pill_width(self.spec)) + 1, HEIGHT + 2)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_pill(painter, QPointF(0, self.height() / 2), self.spec, self.width())
        painter.end()
