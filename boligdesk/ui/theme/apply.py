"""Puts the look on the application: Fusion, palette, style sheet, fonts; and changes it while it runs.

``Qt`` and ``QStyle`` are imported and asked for in functions: PySide makes all their hundred enumerations at once,
and the first picture does without them (``apply_first``, then ``settle``).
"""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from .fonts import FontRole, font, load_the_rest
from .stylesheet import stylesheet
from .tokens import DARK, LIGHT, Tokens, contrast_tokens

ThemeMode = Literal["follow", "light", "dark"]
SYSTEM_FONTS = (  # the kinds of widgets that Qt dresses in Windows' own fonts
    "QAbstractItemView",
    "QDockWidgetTitle",
    "QHeaderView",
    "QMdiSubWindowTitleBar",
    "QMenu",
    "QMenuBar",
    "QMessageBox",
    "QStatusBar",
    "QTipLabel",
)
_HALF = 128


class _Theme(QObject):
    """The look in use. ``changed`` is emitted after the application wears a new one."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.tokens = LIGHT
        self.mode: ThemeMode = "light"
        self.watching = False
        self.is_fusion = False
        self.is_settled = False

    def follow_system(self) -> None:
        """Wear what the system asks for, if the user follows it or turned high contrast on or off."""
        app = QApplication.instance()
        if isinstance(app, QApplication) and (
            self.mode == "follow" or _wants_contrast() or self.tokens.name == "contrast"
        ):
            apply_theme(app, self.mode)

    def keep_fonts(self) -> None:
        """After a change on the system's side, when Qt has asked Windows for its fonts once more."""
        app = QApplication.instance()
        if isinstance(app, QApplication):
            _set_fonts(app)


_theme: list[_Theme] = []


def theme() -> _Theme:
    """The one theme object: ``theme().tokens``, ``theme().changed``."""
    if not _theme:
        _theme.append(_Theme())
    return _theme[0]


def tokens() -> Tokens:
    """The colours in use now. Ask while painting; never keep them."""
    return theme().tokens


def apply_theme(app: QApplication, mode: ThemeMode, *, contrast: bool | None = None) -> Tokens:
    """Dress the application. ``contrast`` forces high contrast on or off; None asks the system."""
    now = theme()
    now.mode = mode
    now.is_settled = True
    if not now.is_fusion:
        app.setStyle("Fusion")
        now.is_fusion = True
    _tell_platform(mode)
    if _wants_contrast() if contrast is None else contrast:
        app.setStyleSheet("")
        app.setPalette(QPalette())  # the system's own colours win over the style's
        now.tokens = contrast_tokens(app.palette())
    else:
        now.tokens = _choose(mode)
        _wear(app, now.tokens)
    _set_fonts(app)
    _watch_system(now)
    now.changed.emit()
    return now.tokens


def apply_first(app: QApplication, mode: ThemeMode) -> None:
    """What the first picture wears: Fusion is on already, and the system's palette tells whether it is dark.

    ``settle`` must follow, which asks the system itself.
    """
    now = theme()
    now.mode, now.is_fusion, now.is_settled = mode, True, False
    is_dark = mode == "dark" or (mode == "follow" and app.palette().window().color().lightness() < _HALF)
    now.tokens = DARK if is_dark else LIGHT
    _wear(app, now.tokens)
    _set_fonts(app)


def settle(app: QApplication) -> None:
    """After ``apply_first``: dress the application anew where the system or the user wants something else."""
    now = theme()
    if now.is_settled:
        return
    load_the_rest()
    if now.mode == "follow" and not _wants_contrast() and _choose(now.mode) is now.tokens:
        now.is_settled = True
        _watch_system(now)
    else:
        apply_theme(app, now.mode)


def _wear(app: QApplication, colors: Tokens) -> None:
    app.setPalette(palette(colors))
    app.setStyleSheet(stylesheet(colors))


def _set_fonts(app: QApplication) -> None:
    """One font for all, menus and lists too, which Windows gives fonts of their own.

    Qt fetches those again for a new style, style sheet or colour scheme: call this after them, not before.
    """
    app.setFont(font("body"))
    for kind in SYSTEM_FONTS:
        app.setFont(font("body"), kind)  # type: ignore[arg-type]  # the stub says bytes, the function takes only str
    QToolTip.setFont(font("body"))


def palette(colors: Tokens) -> QPalette:
    """A QPalette of the tokens, for everything that Fusion draws itself."""
    made = QPalette()
    roles = QPalette.ColorRole
    for role, name in (
        (roles.Window, colors.window),
        (roles.WindowText, colors.text),
        (roles.Base, colors.surface),
        (roles.AlternateBase, colors.surface2),
        (roles.Text, colors.text),
        (roles.Button, colors.surface),
        (roles.ButtonText, colors.text),
        (roles.BrightText, colors.tones["crit"].fg),
        (roles.Highlight, colors.sel),
        (roles.HighlightedText, colors.sel_text),
        (roles.Accent, colors.accent),
        (roles.Link, colors.link),
        (roles.LinkVisited, colors.link),
        (roles.PlaceholderText, colors.text3),
        (roles.ToolTipBase, colors.surface),
        (roles.ToolTipText, colors.text),
        (roles.Mid, colors.line),
        (roles.Dark, colors.control),
        (roles.Light, colors.surface2),
        (roles.Shadow, colors.line),
    ):
        made.setColor(role, QColor(name))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(colors.text3))
    return made


def set_role(widget: QWidget, role: str) -> None:
    """Give a widget its part in the style sheet (``card``, ``h1``, ``sub`` ...), with the font that goes with it."""
    give_role(widget, role)
    _look_again(widget)


def give_role(widget: QWidget, role: str) -> None:
    """``set_role`` for a widget that was made a moment ago: the style sheet has not looked at it yet."""
    kinds: dict[str, FontRole] = {"h1": "h1", "h2": "h2", "cap": "cap", "strong": "strong", "num": "num"}
    if role in kinds:
        widget.setFont(font(kinds[role]))
    widget.setProperty("role", role)


def restyle(widget: QWidget, name: str, value: str) -> None:
    """Set a dynamic property and let the style sheet look again."""
    widget.setProperty(name, value)
    _look_again(widget)


def _look_again(widget: QWidget) -> None:
    from PySide6.QtCore import Qt

    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):  # else it is looked at when it is shown
        style = widget.style()
        style.unpolish(widget)
        style.polish(widget)


def _choose(mode: ThemeMode) -> Tokens:
    from PySide6.QtCore import Qt

    if mode == "follow":
        dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return DARK if dark else LIGHT
    return DARK if mode == "dark" else LIGHT


def _tell_platform(mode: ThemeMode) -> None:
    from PySide6.QtCore import Qt

    schemes = {"follow": Qt.ColorScheme.Unknown, "light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
    QGuiApplication.styleHints().setColorScheme(schemes[mode])


def _wants_contrast() -> bool:
    from PySide6.QtCore import Qt

    # the hints object must be held while it is asked: a chained call asks an object that is gone
    hints = QGuiApplication.styleHints()
    accessibility = hints.accessibility()
    return (
        accessibility is not None and accessibility.contrastPreference() == Qt.ContrastPreference.HighContrast
    )


def _watch_system(now: _Theme) -> None:
    if now.watching:
        return
    from PySide6.QtCore import Qt

    now.watching = True
    hints = QGuiApplication.styleHints()
    hints.colorSchemeChanged.connect(now.follow_system)
    hints.colorSchemeChanged.connect(now.keep_fonts, Qt.ConnectionType.QueuedConnection)
    accessibility = hints.accessibility()
    if accessibility is not None:
        accessibility.contrastPreferenceChanged.connect(now.follow_system)
