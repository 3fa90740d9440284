"""One page of a list as an answer: the same shape for all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from boligdesk.cli.output import Answer, plain, table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from boligdesk.services.records.common import Page

T = TypeVar("T")


def page_answer(
    page: Page[T],
    headings: Sequence[str],
    cells: Callable[[T], Sequence[Any]],
    document: Callable[[T], Any] = plain,
    *,
    right: Sequence[int] = (),
    whole: Sequence[int] = (),
) -> Answer:
    """``{"rows", "total", "offset", "hidden"}``, or a table with a line that says how much of it this is."""
    shown = {
        "rows": [document(row) for row in page.rows],
        "total": page.total,
        "offset": page.offset,
        "hidden": page.hidden,
    }
    return Answer(
        shown, _lines(page, table(headings, [cells(row) for row in page.rows], right=right, whole=whole))
    )


def _lines(page: Page[T], shown: list[str]) -> list[str]:
    lines = shown if page.rows else []
    if not page.total:
        lines.append("Ingen rader.")
    elif len(page.rows) < page.total:
        first = page.offset + 1 if page.rows else page.offset
        lines.append(f"Rad {first}–{page.offset + len(page.rows)} av {page.total}.")
    if page.hidden:
        lines.append(f"{page.hidden} rader har du ikke tilgang til.")
    return lines
