"""A small window with one form and one act; what goes wrong is said inside it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from boligdesk.services.errors import InvalidInput
from boligdesk.ui.theme import SPACE_3, set_role
from boligdesk.ui.widgets import Button, FormSection, MessageArea, tidy, wrapping

if TYPE_CHECKING:
    from boligdesk.services.errors import ConflictError, UserError
    from boligdesk.services.records.common import Saved
    from boligdesk.ui.page import Window


def fault_words(error: InvalidInput) -> str:
    return " ".join(part for part in (error.title, error.what, error.todo) if part)


class FormDialog(QDialog):
    """``form`` scrolls; ``act`` is the one filled button (Ctrl+Enter too). Subclasses give ``work``."""

    def __init__(self, window: Window, title: str, sub: str, act: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._window = window
        self.setWindowTitle(title)
        self.setMinimumWidth(520)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(SPACE_3)
        column.addWidget(wrapping(title, "h1"))
        if sub:
            column.addWidget(wrapping(sub, "sub"))
        self.messages = MessageArea()
        column.addWidget(self.messages)
        self.form = FormSection()
        self.form.body.setContentsMargins(0, 0, 8, 0)
        set_role(self.form, "scroll")
        area = QScrollArea()
        area.setAccessibleName(title)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self.form)
        column.addWidget(area, 1)
        line = QHBoxLayout()
        tidy(line)
        self.back = Button("Gå tilbake", self.reject)
        self.act = Button(act, self.save, kind="primary")
        line.addWidget(self.back)
        line.addStretch(1)
        line.addWidget(self.act)
        column.addLayout(line)

    def work(self) -> Callable[[], Saved] | None:
        """What saving does, made of what stands in the fields now; None after faults have been shown."""
        raise NotImplementedError

    def said(self) -> str:
        """What the page says when it is done."""
        raise NotImplementedError

    def save(self) -> None:
        work = self.work()
        if work is not None:
            self._window.save(
                work,
                owner=self,
                said=self.said(),
                done=lambda _saved: self.accept(),
                invalid=self._invalid,
                conflict=self._conflict,
            )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if (
            event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
            and held == Qt.KeyboardModifier.ControlModifier
        ):
            self.save()
            return
        super().keyPressEvent(event)

    def _invalid(self, error: UserError) -> bool:
        if not isinstance(error, InvalidInput):
            return False
        if self.form.set_errors({error.field: fault_words(error)}) is None:
            self.messages.show_error(error)
        return True

    def _conflict(self, error: ConflictError) -> None:
        """What was typed stays; the page below has already the new version when this is closed."""
        self.messages.show_error(error)
