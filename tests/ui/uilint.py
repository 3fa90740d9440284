"""Faults that can be seen without eyes: nameless widgets, small targets, cut labels, windows that do not fit."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QScrollArea,
    QScrollBar,
    QTabBar,
    QWidget,
)

OWN_TO_QT = ("qt_", "QLineEditIconButton", "QComboBoxPrivate", "QtPrivate")
SMALLEST_TARGET = 24
NARROWEST_WINDOW = 960
NAMED = (QAbstractButton, QAbstractItemView, QAbstractScrollArea, QAbstractSpinBox, QComboBox, QLineEdit)


def uilint(root: QWidget, *, target: int = SMALLEST_TARGET, widest: int = NARROWEST_WINDOW) -> list[str]:
    """Faults of a shown widget and everything visible in it, one line each; empty when all is well."""
    found = [fault for widget in _visible(root) for fault in _faults(widget, root, target)]
    if root.isWindow() and root.minimumSizeHint().width() > widest:
        found.append(f"{_who(root)}: needs {root.minimumSizeHint().width()} px, has {widest}")
    return found


def _visible(root: QWidget) -> list[QWidget]:
    return [w for w in (root, *root.findChildren(QWidget)) if w.isVisibleTo(root) and not _is_qts_own(w)]


def _is_qts_own(widget: QWidget) -> bool:
    kind = widget.metaObject().className()
    return (
        widget.objectName().startswith("qt_")
        or kind.startswith(OWN_TO_QT)
        or isinstance(widget, QScrollBar | QMenu)
    )


def _faults(widget: QWidget, root: QWidget, target: int) -> list[str]:
    found = []
    takes_focus = widget.focusPolicy() != Qt.FocusPolicy.NoFocus and isinstance(widget, NAMED)
    if takes_focus and not _has_name(widget, root):
        found.append(f"{_who(widget)}: has no name")
    if isinstance(widget, QAbstractButton) and min(widget.width(), widget.height()) < target:
        found.append(f"{_who(widget)}: {widget.width()} x {widget.height()} is a small target")
    if isinstance(widget, QLabel) and widget.text() and _is_cut(widget):
        found.append(f"{_who(widget)}: text is cut: {widget.text()[:40]}")
    if (
        isinstance(widget, QAbstractButton)
        and widget.text()
        and widget.width() < widget.minimumSizeHint().width()
    ):
        found.append(f"{_who(widget)}: text is cut: {widget.text()[:40]}")
    return found


def _has_name(widget: QWidget, root: QWidget) -> bool:
    words = [widget.accessibleName()]
    if isinstance(widget, QAbstractButton):
        words.append(widget.text())
    if isinstance(widget, QTabBar) or (isinstance(widget, QScrollArea) and not widget.accessibleName()):
        words.append(widget.parentWidget().accessibleName() if widget.parentWidget() else "")
    words += [label.text() for label in root.window().findChildren(QLabel) if label.buddy() is widget]
    return any(letter.isalpha() for word in words for letter in word)


def _is_cut(label: QLabel) -> bool:
    room = label.contentsRect()
    if label.wordWrap():
        return room.height() + 1 < label.heightForWidth(label.width()) - 2 * label.margin()
    return room.width() + 1 < label.sizeHint().width() or room.height() + 2 < label.minimumSizeHint().height()


def _who(widget: QWidget) -> str:
    return f"{type(widget).__name__} «{widget.objectName() or widget.accessibleName()}»"
