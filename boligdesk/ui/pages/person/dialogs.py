"""A small window with one form and one act. What goes wrong is said inside it; nobody's words are overwritten."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from boligdesk.services.errors import InvalidInput
from boligdesk.ui.theme import SPACE_3, set_role
from boligdesk.ui.widgets import Action, Button, FormSection, MessageArea, tidy, wrapping

if TYPE_CHECKING:
    from boligdesk.services.errors import ConflictError, UserError
    from boligdesk.services.records.common import Saved
    from boligdesk.ui.page import Window

T = TypeVar("T")
WIDTH = 560
_MOST_OF_SCREEN = 0.8


def fault_words(error: UserError) -> str:
    return " ".join(part for part in (error.title, error.what, error.todo) if part)


# no slots: on Python 3.11 a frozen generic dataclass with them cannot be made from Basis[X](...)
@dataclass(frozen=True)
class Basis(Generic[T]):
    """What a form was filled from. ``read`` reads it again (database lane); ``part`` is what the form is about."""

    now: T
    read: Callable[[], T]
    part: Callable[[T], object]


class FormDialog(QDialog, Generic[T]):
    """``form`` scrolls; ``act`` is the one filled button (Ctrl+Enter too). Subclasses give ``order`` and ``said``.

    When somebody saved meanwhile: other parts of the record are left as they are now and this part is saved on
    top; the same part changed by both is shown side by side, and the user chooses.
    """

    def __init__(
        self, window: Window, title: str, sub: str, act: str, basis: Basis[T], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.window_, self.basis = window, basis
        self._fresh: T | None = None
        self._lines: list[tuple[QWidget, tuple[str, ...]]] = []
        self.setWindowTitle(title)
        self.setMinimumWidth(WIDTH)
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

    # --- for subclasses -------------------------------------------------------------------------------------

    def order(self) -> Callable[[T], Saved] | None:
        """What saving does with the record as it is; None after faults have been shown."""
        raise NotImplementedError

    def said(self) -> str:
        """What the page says when it is done."""
        raise NotImplementedError

    def add_line(self, *names: str, spans: tuple[int, ...] = ()) -> None:
        """Rows of ``form`` side by side, as wide as ``spans`` says."""
        carrier = QWidget()
        grid = QGridLayout(carrier)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(SPACE_3)
        for column, name in enumerate(names):
            grid.addWidget(self.form.rows[name], 0, column, Qt.AlignmentFlag.AlignTop)
            grid.setColumnStretch(column, spans[column] if spans else 1)
        self._lines.append((carrier, names))
        self.body.addWidget(carrier)

    def show_rows(self, is_shown: Callable[[str], bool]) -> None:
        """Show some rows only; a line with none of them takes no room."""
        for carrier, names in self._lines:
            for name in names:
                self.form.rows[name].setVisible(is_shown(name))
            carrier.setVisible(any(is_shown(name) for name in names))

    def fit(self) -> None:
        """As high as the form, but never higher than the window below."""
        self.body.addStretch(1)
        parent = self.parentWidget()
        most = int(parent.window().height() * _MOST_OF_SCREEN) if parent else 600
        self.resize(WIDTH, min(self.inner.sizeHint().height() + 190, most))

    # --- saving ---------------------------------------------------------------------------------------------

    def save(self) -> None:
        order = self.order()
        if order is not None:
            self._send(order, self.basis.now)

    def _send(self, order: Callable[[T], Saved], on: T) -> None:
        self.window_.save(
            lambda: order(on),
            owner=self,
            said=self.said(),
            done=lambda _saved: self.accept(),
            invalid=self._invalid,
            conflict=self._conflict,
        )

    def _invalid(self, error: UserError) -> bool:
        if not isinstance(error, InvalidInput):
            return False
        if not self.show_fault(error.field, fault_words(error)):
            self.messages.show_error(error)
        return True

    def show_fault(self, field: str, text: str) -> bool:
        """Beside its field; False when the form has no such field."""
        return self.form.set_errors({field: text}) is not None

    def _conflict(self, error: ConflictError) -> None:
        self.window_.query(self.basis.read, lambda fresh: self._meet(error, fresh), owner=self)

    def _meet(self, error: ConflictError, fresh: T) -> None:
        before = self._fresh if self._fresh is not None else self.basis.now
        self._fresh = fresh
        if self.basis.part(fresh) == self.basis.part(before):
            self._save_mine()
            return
        who = error.theirs_by or "En annen"
        lines = [
            f"{word}: Du skrev «{mine}». {who} skrev «{error.theirs.get(word, '')}»."
            for word, mine in error.mine.items()
        ]
        self.messages.show_message(
            "warn",
            " ".join(["Ingenting er overskrevet.", *lines]),
            (
                Action("Lagre det jeg skrev", self._save_mine),
                Action("La det andre stå", self.reject),
            ),
            title=f"{who} har endret det samme mens du skrev.",
        )

    def _save_mine(self) -> None:
        order = self.order()
        if order is not None and self._fresh is not None:
            self._send(order, self._fresh)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if is_enter and held == Qt.KeyboardModifier.ControlModifier:
            self.act.click()
            return
        super().keyPressEvent(event)
