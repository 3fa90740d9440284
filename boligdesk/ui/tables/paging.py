"""Feeds a ``WindowModel`` from a service, through the window's lane, with the list's own error state."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from boligdesk.services.errors import UserError
from boligdesk.services.records.common import Page

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from boligdesk.ui.page import Window

    from .window_model import Deliver, Fetch

R = TypeVar("R")
Read = Callable[[int, int], Page[R]]


def paged_fetch(
    window: Window,
    owner: QObject,
    read: Callable[[], Read[R]],
    arrived: Callable[[Page[R]], object],
    failed: Callable[[UserError], object],
) -> Fetch:
    """A fetch over ``read()(offset, limit)``.

    ``read`` is called in the window's thread and binds filter and order of that moment; what it returns runs in
    the database lane. ``arrived`` gets each page before its rows are shown; ``failed`` what the table shows
    instead of rows (``DataTable.show_error``).
    """

    def fetch(offset: int, limit: int, deliver: Deliver) -> None:
        work = read()

        def ask() -> Page[R] | UserError:
            try:
                return work(offset, limit)
            except UserError as error:
                return error

        def show(found: Page[R] | UserError) -> None:
            if isinstance(found, UserError):
                failed(found)
                return
            arrived(found)
            deliver(found.rows, found.total)

        window.query(ask, show, owner=owner)

    return fetch
