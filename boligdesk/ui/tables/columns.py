"""What a list shows: one ``Column`` per column, made of small functions of the row. Adding a column is one entry."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from boligdesk.ui.theme import Tone
from boligdesk.ui.widgets.pill import PillSpec

R = TypeVar("R")
Align = Literal["left", "right", "center"]


@dataclass(frozen=True, slots=True)
class DateCell:
    """A deadline: bold date with weekday, plain words, and a bar for those that are passed or near."""

    date: str
    words: str = ""
    tone: Tone = "neutral"


# no slots: on Python 3.11 Column[Row](...) fails for a frozen generic class that has them
@dataclass(frozen=True)
class Column(Generic[R]):
    """One column of a list of ``R``.

    ``second`` makes the cell two lines; ``date`` and ``pill`` take over the drawing, ``text`` stays what is read
    aloud, copied and printed. ``sort`` is the key that the header asks for; None means not sortable.
    ``width`` in logical pixels is the wish, ``narrowest`` the least; columns with ``stretch`` share what is left.
    """

    key: str
    title: str
    text: Callable[[R], str]
    width: int = 160
    second: Callable[[R], str | None] | None = None
    date: Callable[[R], DateCell | None] | None = None
    pill: Callable[[R], PillSpec | None] | None = None
    icon: Callable[[R], str] | None = None
    tone: Callable[[R], Tone | None] | None = None
    tooltip: Callable[[R], str] | None = None
    align: Align = "left"
    sort: str | None = None
    strong: bool = False
    stretch: bool = False
    narrowest: int = 64
    hidden: bool = False


AnyColumn = Column[Any]
Columns = Sequence[AnyColumn]


def cell_text(column: AnyColumn, row: Any) -> str:
    """All words of one cell on one line, as read aloud, copied and printed."""
    parts = [column.text(row)]
    if column.second is not None:
        parts.append(column.second(row) or "")
    if column.date is not None and (cell := column.date(row)) is not None:
        parts = [part for part in (cell.date, cell.words) if part]
    if column.pill is not None and (spec := column.pill(row)) is not None and spec.word not in parts:
        parts.append(spec.word)
    return ", ".join(part for part in parts if part)


def row_sentence(columns: Columns, row: Any) -> str:
    """The full row as one sentence for screen readers: «Svar på klage, Sprek Bie, frist fre. 20. nov., …»."""
    said = (f"{c.title.lower()} {cell_text(c, row)}" if c.date else cell_text(c, row) for c in columns)
    return ", ".join(part for part in said if part)


def row_copy(columns: Columns, row: Any) -> str:
    """The row for the clipboard: cells with tabs between, so that a spreadsheet takes it."""
    return "\t".join(cell_text(column, row) for column in columns)
