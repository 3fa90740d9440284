"""A small window with one form and one act; what goes wrong is said inside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from boligdesk.services.errors import InvalidInput
from boligdesk.ui.theme import SPACE_3, set_role

from .basics import Button, tidy, wrapping
from .fields import FormSection
from .infobar import MessageArea

if TYPE_CHECKING:
    from collections.abc import Callable

    from boligdesk.services.errors import ConflictError, UserError
    from boligdesk.services.records.common import Saved
    from boligdesk.ui.page import Window


def fault_words(error: UserError) -> str:
    return " ".join(part for part in (error.title, error.what, error.todo) if part)


class ActDialog(QDialog):
    """``body`` scrolls, ``form`` holds the rows; ``act`` is the one filled button (Ctrl+Enter too)."""

    def __init__(self, window: Window, title: str, sub: str, act: str, parent: QWidget, width: int) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.window_ = window
        self.setWindowTitle(title)
        self.setMinimumWidth(width)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(SPACE_3)
        column.addWidget(wrapping(title, "h1"))
        if sub:
            column.addWidget(wrapping(sub, "sub"))
        self.messages = MessageArea()
        column.addWidget(self.messages)
        self.form = FormSection()
        self.inner = QWidget()
        self.body = QVBoxLayout(self.inner)
        tidy(self.body, SPACE_3)
        self.body.setContentsMargins(0, 0, 8, 0)
        set_role(self.inner, "scroll")
        self.area = QScrollArea()
        self.area.setAccessibleName(title)
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(self.inner)
        column.addWidget(self.area, 1)
        line = QHBoxLayout()
        tidy(line)
        self.back = Button("Gå tilbake", self.reject)
        self.act = Button(act, self.save, kind="primary")
        self.act.setToolTip("Ctrl+Enter")
        line.addWidget(self.back)
        line.addStretch(1)
        line.addWidget(self.act)
        column.addLayout(line)

    def save(self) -> None:
        """The act: check what stands in the fields, then ``send``."""
        raise NotImplementedError

    def said(self) -> str:
        """What the page says when it is done."""
        raise NotImplementedError

    def send(self, work: Callable[[], Saved]) -> None:
        """Write; the window closes when it is stored, and stays with what was typed when it is not."""
        self.window_.save(
            work,
            owner=self,
            said=self.said(),
            done=lambda _saved: self.accept(),
            invalid=self._invalid,
            conflict=self.meet_conflict,
        )

    def meet_conflict(self, error: ConflictError) -> None:
        """What was typed stays; the page below has already the new version when this is closed."""
        self.messages.show_error(error)

    def show_fault(self, field: str, text: str) -> bool:
        """Beside its field; False when the form has no such field."""
        return self.form.set_errors({field: text}) is not None

    def _invalid(self, error: UserError) -> bool:
        if not isinstance(error, InvalidInput):
            return False
        if not self.show_fault(error.field, fault_words(error)):
            self.messages.show_error(error)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if is_enter and held == Qt.KeyboardModifier.ControlModifier:
            self.act.click()
            return
        super().keyPressEvent(event)
