"""A small window with one form and one act. What goes wrong is said inside it; nobody's words are overwritten."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from boligdesk.ui.theme import SPACE_3
from boligdesk.ui.widgets import Action
from boligdesk.ui.widgets.act_dialog import ActDialog, fault_words

if TYPE_CHECKING:
    from boligdesk.services.errors import ConflictError
    from boligdesk.services.records.common import Saved
    from boligdesk.ui.page import Window

__all__ = ["WIDTH", "Basis", "FormDialog", "fault_words"]

T = TypeVar("T")
WIDTH = 560
_MOST_OF_SCREEN = 0.8


# no slots: on Python 3.11 a frozen generic dataclass with them cannot be made from Basis[X](...)
@dataclass(frozen=True)
class Basis(Generic[T]):
    """What a form was filled from. ``read`` reads it again (database lane); ``part`` is what the form is about."""

    now: T
    read: Callable[[], T]
    part: Callable[[T], object]


class FormDialog(ActDialog, Generic[T]):
    """``form`` scrolls; ``act`` is the one filled button (Ctrl+Enter too). Subclasses give ``order`` and ``said``.

    When somebody saved meanwhile: other parts of the record are left as they are now and this part is saved on
    top; the same part changed by both is shown side by side, and the user chooses.
    """

    def __init__(
        self, window: Window, title: str, sub: str, act: str, basis: Basis[T], parent: QWidget
    ) -> None:
        super().__init__(window, title, sub, act, parent, WIDTH)
        self.basis = basis
        self._fresh: T | None = None
        self._lines: list[tuple[QWidget, tuple[str, ...]]] = []

    # --- for subclasses -------------------------------------------------------------------------------------

    def order(self) -> Callable[[T], Saved] | None:
        """What saving does with the record as it is; None after faults have been shown."""
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
        self.send(lambda: order(on))

    def meet_conflict(self, error: ConflictError) -> None:
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
