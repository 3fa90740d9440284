"""The shortcuts of the window, moving between its parts with F6, and undo in a text field before undo of acts."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QTextEdit,
    QWidget,
)

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow

    from boligdesk.ui.page import Page


def bind(window: QMainWindow, keys: dict[str, Callable[[], object]]) -> dict[str, QShortcut]:
    """One shortcut of the window per key."""
    made = {}
    for key, act in keys.items():
        shortcut = QShortcut(QKeySequence(key), window)
        shortcut.activated.connect(lambda act=act: act())
        made[key] = shortcut
    return made


class TextUndo(QObject):
    """Lets Ctrl+Z and Ctrl+Y through to the window when the text field has nothing to undo or redo.

    Qt's text fields take the keys also when they cannot use them. Only the field with the focus is watched.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._watched: QWidget | None = None
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)

    def _focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        del old
        if self._watched is not None and shiboken6.isValid(self._watched):
            self._watched.removeEventFilter(self)
        self._watched = None
        if isinstance(new, QLineEdit | QPlainTextEdit | QTextEdit):
            new.installEventFilter(self)
            self._watched = new

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        if event.matches(QKeySequence.StandardKey.Undo) and not _can_undo(watched):
            event.ignore()
            return True
        if event.matches(QKeySequence.StandardKey.Redo) and not _can_redo(watched):
            event.ignore()
            return True
        return False


def _can_undo(field: QObject) -> bool:
    if isinstance(field, QLineEdit):
        return field.isUndoAvailable()
    return isinstance(field, QPlainTextEdit | QTextEdit) and field.document().isUndoAvailable()


def _can_redo(field: QObject) -> bool:
    if isinstance(field, QLineEdit):
        return field.isRedoAvailable()
    return isinstance(field, QPlainTextEdit | QTextEdit) and field.document().isRedoAvailable()


def panes(navigation: QWidget, page: Page | None, top: QWidget) -> list[QWidget]:
    """Where F6 stops: navigation, the top of the page (its filters), its lists, its detail pane, the search.

    A page may name further stops by giving a widget the property ``pane``.
    """
    stops = [navigation]
    if page is not None:
        inside = [w for w in page.findChildren(QWidget) if w.isVisibleTo(page) and w.isEnabled()]
        lists = [
            w
            for w in inside
            if isinstance(w, QAbstractItemView) and w.focusPolicy() != Qt.FocusPolicy.NoFocus
        ]
        named = [w for w in inside if w.property("pane")]
        first = next((w for w in _in_tab_order(page) if w not in lists), None)
        found = [w for w in (first, *lists, *named) if w is not None]
        stops += sorted(dict.fromkeys(found), key=lambda w: _place(w, page))
    return [*stops, top]


def _place(widget: QWidget, page: QWidget) -> tuple[int, int]:
    corner = widget.mapTo(page, widget.rect().topLeft())
    return (corner.y() // 40, corner.x())


def _in_tab_order(page: QWidget) -> list[QWidget]:
    found: list[QWidget] = []
    widget = page.nextInFocusChain()
    while widget is not None and widget is not page:
        takes_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        if takes_tab and page.isAncestorOf(widget) and widget.isVisibleTo(page) and widget.isEnabled():
            found.append(widget)
        widget = widget.nextInFocusChain()
    return found


def cycle(stops: list[QWidget], step: int) -> None:
    """Move the focus to the next (1) or the previous (-1) stop."""
    focus = QApplication.focusWidget()
    inside = [
        number
        for number, stop in enumerate(stops)
        if focus is not None and (stop is focus or stop.isAncestorOf(focus))
    ]
    here = inside[-1] if inside else (0 if step > 0 else len(stops))
    target = stops[(here + step) % len(stops)]
    if isinstance(target, QScrollArea) or target.focusPolicy() == Qt.FocusPolicy.NoFocus:
        target = next((w for w in target.findChildren(QWidget) if _takes_focus(w)), target)
    target.setFocus(Qt.FocusReason.TabFocusReason)


def _takes_focus(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isVisible() and widget.isEnabled()
