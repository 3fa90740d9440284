"""«Gi til …»: choose the colleague who takes over."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from .basics import Button, tidy, wrapping
from .fields import FieldRow

K = TypeVar("K")


class ColleagueDialog(QDialog):
    """One list of names and one act. Show it with ``open``; ``give`` gets the id and name chosen.

    An id of None may stand for nobody.
    """

    def __init__(
        self,
        title: str,
        what: str,
        act: str,
        colleagues: Sequence[tuple[K, str]],
        give: Callable[[K, str], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._colleagues: list[Any] = list(colleagues)
        self._give: Callable[[Any, str], object] = give
        self.setWindowTitle(title)
        self.setMinimumWidth(380)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(wrapping(title, "h1"))
        column.addWidget(wrapping(what))
        self.names = QComboBox()
        self.names.addItems([name for _id, name in self._colleagues])
        column.addWidget(FieldRow("&Kollega", self.names))
        line = QHBoxLayout()
        tidy(line)
        self.back = Button("Gå tilbake", self.reject)
        self.act = Button(act, self._choose, kind="primary")
        self.act.set_reason_disabled("" if self._colleagues else "Det er ingen andre å gi til.")
        line.addWidget(self.back)
        line.addStretch(1)
        line.addWidget(self.act)
        column.addLayout(line)
        if not self._colleagues:
            column.insertWidget(2, wrapping("Det er ingen andre å gi til.", "sub"))
        self.names.setFocus()

    def _choose(self) -> None:
        user_id, name = self._colleagues[self.names.currentIndex()]
        self.accept()
        self._give(user_id, name)
