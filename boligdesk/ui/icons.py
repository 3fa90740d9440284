"""Fluent icons, drawn sharp at any screen scale in the colours of the theme.

``icon`` gives a QIcon for Qt's own widgets; ``paint_icon`` draws straight onto a painter; ``dress``
puts an icon on a button and re-tints it when the theme changes.
"""

from __future__ import annotations

from functools import cache, lru_cache

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractButton, QApplication

from boligdesk.resources import resource_path

from .theme import theme, tokens

ICON_SIZE = 20
TEXT_GAP = 2
"""Room to the right of an icon that stands before a text; Qt's own gap is too tight."""


@lru_cache(maxsize=256)
def _source(name: str) -> bytes:
    """The SVG of ``name``. KeyError if no such icon is shipped."""
    try:
        return resource_path("icons", f"{name}.svg").read_bytes()
    except FileNotFoundError:
        raise KeyError(name) from None


@lru_cache(maxsize=512)
def _tinted(name: str, color: str, size: int, ratio: float, room: int) -> QPixmap:
    # both take time to import, and the first picture has no such icon
    from PySide6.QtCore import Qt
    from PySide6.QtSvg import QSvgRenderer

    svg = _source(name).replace(b"<path ", f'<path fill="{color}" '.encode())
    pixmap = QPixmap(round((size + room) * ratio), round(size * ratio))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(svg).render(painter, QRectF(0, 0, size * ratio, size * ratio))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def pixmap(name: str, role: str = "text2", size: int = ICON_SIZE, ratio: float = 1.0) -> QPixmap:
    """One icon as a pixmap in the colour of ``role`` (a token or a tone) at a device pixel ratio."""
    return _tinted(name, tokens().color(role), size, ratio, 0)


def paint_icon(painter: QPainter, rect: QRectF, name: str, role: str = "text2", color: str = "") -> None:
    """Draw an icon in ``rect`` (logical pixels). ``color`` overrides the role, e.g. on a selected row."""
    ratio = painter.device().devicePixelRatioF()
    drawn = _tinted(name, color or tokens().color(role), round(rect.width()), ratio, 0)
    painter.drawPixmap(rect.topLeft(), drawn)


def icon(name: str, role: str = "text2", size: int = ICON_SIZE, room: int = 0) -> QIcon:
    """A QIcon for every screen's scale, with a disabled tint. KeyError if no such icon is shipped."""
    made = QIcon()
    for ratio in sorted({s.devicePixelRatio() for s in QGuiApplication.screens()} | {1.0}):
        colors = tokens()
        made.addPixmap(_tinted(name, colors.color(role), size, ratio, room), QIcon.Mode.Normal)
        made.addPixmap(_tinted(name, colors.text3, size, ratio, room), QIcon.Mode.Disabled)
    return made


def dress(button: QAbstractButton, name: str, role: str = "text2", size: int = ICON_SIZE) -> None:
    """Put an icon on a button; it follows the theme from then on."""
    button.setProperty("iconName", name)
    button.setProperty("iconRole", role)
    button.setProperty("iconPixels", size)
    _draw(button)
    _follow_theme()


@cache
def _follow_theme() -> None:
    """Connect once, at the first dressed button."""
    theme().changed.connect(redress_all)


def redress_all() -> None:
    """Tint the icons of all dressed buttons anew."""
    for widget in QApplication.allWidgets():
        if isinstance(widget, QAbstractButton) and widget.property("iconName"):
            _draw(widget)


def _draw(button: QAbstractButton) -> None:
    size = int(button.property("iconPixels"))
    room = TEXT_GAP if button.text() else 0
    # high contrast has no coloured buttons, so no icon may carry the colour meant for one
    role = "text" if tokens().name == "contrast" else str(button.property("iconRole"))
    button.setIcon(icon(str(button.property("iconName")), role, size, room))
    button.setIconSize(QSize(size + room, size))


@cache
def app_icon() -> QIcon:
    """The program's own icon: a house that is also a page."""
    return QIcon(str(resource_path("icons", "app.svg")))
