"""A list as it came out of a file, before anything in it is understood."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class FormulaCell:
    """A formula whose result is not stored in the file, so nobody knows what it shows."""

    text: str = ""


@dataclass(frozen=True, slots=True)
class ErrorCell:
    """A cell that shows an error (``#REF!``, ``#N/A``) instead of a value."""

    text: str


#: What a cell may hold: str, int, float, bool, date, time, a marker, or None for empty.
Cell: TypeAlias = object


@dataclass(frozen=True, slots=True)
class SourceRow:
    """``row_no`` is the number the person sees in a spreadsheet, counted from 1."""

    row_no: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class SourceTable:
    """One sheet or text file.

    Attributes:
        name: the file's name without its folder.
        sheet: the sheet that was read, empty for a text file.
        sheets: the visible sheets of the file, in order.
        headings: one per column, each different from the others.
        rows: the rows below the headings that are not empty; each has as many cells as headings.
        notes: what was assumed while reading, in Norwegian, for the person to check.
        sha256: of the file's bytes, in hexadecimal.
        heading_row: the row number of the (lowest) heading row.
    """

    name: str
    sheet: str
    sheets: tuple[str, ...]
    headings: tuple[str, ...]
    rows: tuple[SourceRow, ...]
    notes: tuple[str, ...]
    sha256: str
    heading_row: int
