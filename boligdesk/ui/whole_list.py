"""Printing a list means all its rows, also those that were never scrolled to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from boligdesk.ui.printing import ListPrint

if TYPE_CHECKING:
    from boligdesk.services.records.common import Page as Rows
    from boligdesk.ui.page import Page
    from boligdesk.ui.tables import WindowModel

#: More rows than this are no list for paper.
MOST_ROWS = 5_000


#: «The rows are on their way»: the print window opens by itself when they have come.
COMING = ListPrint("", (), date.min, (), ())
NOTHING_TO_PRINT = "Det er ingenting å skrive ut på denne siden."


def printed(
    page: Page,
    model: WindowModel,
    everything: Callable[[int], Rows[Any]],
    job: Callable[[tuple[Any, ...]], ListPrint],
) -> ListPrint | None:
    """The list for paper when all rows are at hand; ``COMING`` when they must be read first; None = no rows.

    ``everything`` reads them and takes the most rows to read.
    """
    held = tuple(row for _number, row in model.held_rows())
    if held and len(held) == model.total():
        return job(held)
    # an empty list is asked for too: it may be one that has not arrived yet
    page.window_.query(
        lambda: everything(MOST_ROWS),
        lambda found: show(page, job(tuple(found.rows)) if found.rows else None),
        owner=page,
    )
    return COMING


def show(page: Page, job: ListPrint | None) -> None:
    """Open the print window over a page; says so when there is nothing to print, and is silent while rows come."""
    from boligdesk.ui.printing import PrintDialog

    if job is None:
        page.window_.tell(NOTHING_TO_PRINT)
    elif job is not COMING:
        PrintDialog(job, page).open()
