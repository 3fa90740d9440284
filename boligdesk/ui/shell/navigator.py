"""The stack of pages: made when first shown, left politely, found again with Alt+← and Alt+→."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget

from boligdesk.ui.pages_list import BY_KEY
from boligdesk.ui.places import History, Place

if TYPE_CHECKING:
    from boligdesk.services.changes import Changes
    from boligdesk.ui.page import Page, Window
    from boligdesk.ui.pages_list import PageSpec


class Navigator(QObject):
    """``arrived`` (page, spec) comes when a page is shown; ``missing`` (title) when it cannot be."""

    arrived = Signal(object, object)
    missing = Signal(str)

    def __init__(self, window: Window, parent: QObject) -> None:
        super().__init__(parent)
        self._window = window
        self.stack = QStackedWidget()
        self.history = History()
        self.specs: tuple[PageSpec, ...] = ()
        self.pages: dict[str, Page] = {}
        self.aside: Page | None = None

    @property
    def here(self) -> Page | None:
        """The page that is shown."""
        if self.aside is not None:
            return self.aside
        place = self.history.here
        return self.pages.get(place.page) if place else None

    def go(self, place: Place) -> None:
        """Show a place and remember the way back."""
        page = self._page(place)
        if page is None:
            return
        self._leave()
        self.history.go(place)
        self._show(page, place)

    def back(self) -> None:
        if self.aside is not None:
            self.return_from_aside()
            return
        self._leave()
        if place := self.history.back():
            self._show_known(place)

    def forward(self) -> None:
        if self.aside is not None:
            return
        self._leave()
        if place := self.history.forward():
            self._show_known(place)

    def show_aside(self, page: Page) -> None:
        """A page outside the history (a conflict): the page below keeps what was typed."""
        self.drop_aside()
        self.aside = page
        self.stack.addWidget(page)
        self.stack.setCurrentWidget(page)
        page.focus_start()

    def return_from_aside(self) -> None:
        """Back to the page below, as it was."""
        self.drop_aside()
        page = self.here
        if page is not None:
            self.stack.setCurrentWidget(page)
            page.focus_start()

    def drop_aside(self) -> None:
        if self.aside is not None:
            self.stack.removeWidget(self.aside)
            self.aside.deleteLater()
            self.aside = None

    def leave_all(self) -> None:
        """Every living page saves its drafts: the window is about to close."""
        for page in self.pages.values():
            page.leave()

    def changed(self, changes: Changes) -> None:
        for page in self.pages.values():
            page.changed(changes)

    def _leave(self) -> None:
        here = self.here
        if here is not None and self.aside is None:
            here.leave()
            self.history.remember(here.state())
        self.drop_aside()

    def _show_known(self, place: Place) -> None:
        page = self._page(place)
        if page is not None:
            self._show(page, place)

    def _show(self, page: Page, place: Place) -> None:
        self.stack.setCurrentWidget(page)
        self.arrived.emit(page, BY_KEY[place.page])
        page.open(place)
        page.focus_start()

    def _page(self, place: Place) -> Page | None:
        made = self.pages.get(place.page)
        if made is not None:
            return made
        spec = next((spec for spec in self.specs if spec.key == place.page), None)
        if spec is None:
            known = BY_KEY.get(place.page)
            self.missing.emit(known.title if known else "")
            return None
        page = spec.load()(self._window)
        self.pages[place.page] = page
        self.stack.addWidget(page)
        return page
