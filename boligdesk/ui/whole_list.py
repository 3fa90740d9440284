"""Printing a list means all its rows, also those that were never scrolled to."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from boligdesk.services.records.common import Page as Rows
    from boligdesk.ui.page import Page
    from boligdesk.ui.printing import ListPrint
    from boligdesk.ui.tables import WindowModel

#: More rows than this are no list for paper.
MOST_ROWS = 5_000


def printed(
    page: Page,
    model: WindowModel,
    everything: Callable[[int], Rows[Any]],
    job: Callable[[tuple[Any, ...]], ListPrint],
) -> ListPrint | None:
    """The list for paper when all rows are at hand; else None, and the print window opens when they have come.

    ``everything`` reads them and takes the most rows to read.
    """
    held = tuple(row for _number, row in model.held_rows())
    if len(held) == model.total():
        return job(held) if held else None
    page.window_.query(
        lambda: everything(MOST_ROWS), lambda found: show(page, job(tuple(found.rows))), owner=page
    )
    return None


def show(page: Page, job: ListPrint | None) -> None:
    """Open the print window over a page; nothing to print opens nothing."""
    from boligdesk.ui.printing import PrintDialog

    if job is not None:
        PrintDialog(job, page).open()
