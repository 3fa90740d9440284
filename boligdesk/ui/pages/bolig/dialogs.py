"""The dwelling's small windows: one form, one act. A conflict is said, and what was typed stays."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from boligdesk.ui.widgets.act_dialog import ActDialog

if TYPE_CHECKING:
    from boligdesk.services.records.common import Saved
    from boligdesk.ui.page import Window

_WIDTH = 520


class FormDialog(ActDialog):
    """``form`` is what scrolls. Subclasses give ``work`` and ``said``."""

    def __init__(self, window: Window, title: str, sub: str, act: str, parent: QWidget) -> None:
        super().__init__(window, title, sub, act, parent, _WIDTH)
        self._window = window
        self.body.addWidget(self.form)

    def work(self) -> Callable[[], Saved] | None:
        """What saving does, made of what stands in the fields now; None after faults have been shown."""
        raise NotImplementedError

    def save(self) -> None:
        work = self.work()
        if work is not None:
            self.send(work)
