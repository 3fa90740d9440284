"""What the page asks of each of its tabs, and a tab for those without the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from boligdesk.ui.theme import SPACE_2, SPACE_3
from boligdesk.ui.widgets import EmptyState

if TYPE_CHECKING:
    from boligdesk.services.changes import Changes
    from boligdesk.ui.page import Page, Window
    from boligdesk.ui.printing import ListPrint


class Tab(QWidget):
    """One tab, made when it is first shown."""

    def __init__(self, window: Window) -> None:
        super().__init__()
        self.window_ = window
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, SPACE_3, 0, 0)
        self.column.setSpacing(SPACE_2)

    def open(self) -> None:
        """The tab is shown: read what is not read yet."""

    def refresh(self) -> None: ...

    def changed(self, changes: Changes) -> None: ...

    def primary(self) -> None: ...

    def focus_start(self) -> None: ...

    def focus_filter(self) -> None: ...

    def toggle_detail(self) -> None: ...

    def fit(self, width: int) -> None:
        """The page has this width now."""

    def printout(self, page: Page) -> ListPrint | None:
        """As ``Page.printout``; ``page`` is what the print window stands over."""
        del page
        return None


class ClosedTab(Tab):
    """Why there is nothing here for this user, and whom to ask."""

    def __init__(self, window: Window, sentence: str) -> None:
        super().__init__(window)
        self.column.addWidget(EmptyState(sentence, icon="lock_closed"), 1)
