"""Read a list from a file: find the headings, and hand out rows as the person sees them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from boligdesk.exchange import reading_csv, reading_xlsx
from boligdesk.exchange.container import (
    Cancelled,
    Progress,
    check_size,
    digest,
    file_type,
    odd_name,
    printable_name,
    refuse,
)
from boligdesk.services.imports.fields import KINDS
from boligdesk.services.imports.headings import GROUP_MARK, is_known_heading, key
from boligdesk.services.imports.table import Cell, SourceRow, SourceTable

Merge = tuple[int, int, int, int]

#: Titles, dates and logos above the headings take at most this many filled rows.
_LOOK_AT: Final = 25


def read_table(
    path: Path | str,
    sheet: str | None = None,
    *,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> SourceTable:
    """Read one sheet (.xlsx) or text file (.csv, .txt), whatever its name says.

    ``progress`` gets the number of rows read now and then; ``cancelled`` is asked as often. Raises UserError
    with what happened, that nothing was taken in, and what to do.
    """
    path = Path(path)
    check_size(path)
    kind = file_type(path)
    fingerprint = digest(path, cancelled)
    merges: list[Merge] = []
    name = ""
    sheets: tuple[str, ...] = ()
    if kind == "workbook":
        read = reading_xlsx.read_workbook(path, sheet, progress=progress, cancelled=cancelled)
        rows, notes, merges, name, sheets = read.rows, read.notes, read.merges, read.name, read.sheets
    else:
        rows, notes = reading_csv.read_text(path, progress=progress, cancelled=cancelled)
    named = odd_name(path, kind)
    if not rows:
        raise refuse("Lista har ingen rader.", named, "Velg en fil med overskrifter og rader.")
    top = find_heading_row(rows)
    headings, used, heading_notes = read_headings(rows, top, merges)
    body = _body(rows[used:], headings)
    if not body:
        raise refuse(
            "Lista har overskrifter, men ingen rader.", named, "Velg en fil med rader under overskriftene."
        )
    headings, body = _cut(headings, body)
    shown, renamed = _distinct(headings, body)
    repeated = _without_repeated_headings(body, shown, rows[used - 1])
    if len(repeated) < len(body):
        heading_notes.append("Overskriftene står flere ganger nedover i lista. De er hoppet over.")
    return SourceTable(
        name=printable_name(path),
        sheet=name,
        sheets=sheets,
        headings=shown,
        rows=tuple(repeated),
        notes=(*((named,) if named else ()), *notes, *heading_notes, *renamed),
        sha256=fingerprint,
        heading_row=rows[used - 1].row_no,
    )


def _texts(row: SourceRow) -> list[str]:
    return [cell.strip() if isinstance(cell, str) else "" for cell in row.cells]


def recognised(texts: Sequence[str]) -> int:
    """How many of the texts are known headings of the kind of list that knows most of them."""
    words = [text for text in texts if text and len(text) < 80]
    if not words:
        return 0
    return max(sum(is_known_heading(word, kind) for word in words) for kind in KINDS)


def find_heading_row(rows: Sequence[SourceRow]) -> int:
    """Index of the heading row: most known headings; else the widest row of texts; else the first.

    One known heading is too little for a row to go by, but for a list of one column.
    """
    first = rows[:_LOOK_AT]
    known = [recognised(_texts(row)) for row in first]
    is_one_column = all(len(row.cells) == 1 for row in first)
    if max(known) >= (1 if is_one_column else 2):
        return known.index(max(known))
    widths = [sum(1 for text in _texts(row) if text and not text.isdigit()) for row in first]
    return widths.index(max(widths)) if max(widths) > 0 else 0


def read_headings(
    rows: Sequence[SourceRow], top: int, merges: Sequence[Merge]
) -> tuple[list[str], int, list[str]]:
    """(headings, index of the first row of values, notes). Headings on two levels become one."""
    notes: list[str] = []
    above = rows[:top]
    upper, lower = None, rows[top]
    if top + 1 < len(rows) and _goes_on_below(lower, rows[top + 1], merges):
        upper, lower, top = lower, rows[top + 1], top + 1
    elif above and _is_group_row(above[-1], lower, merges):
        upper, above = above[-1], above[:-1]
    if above:
        notes.append(f"{len(above)} rad{'er' if len(above) > 1 else ''} over overskriftene er hoppet over.")
    headings = _texts_of_any(lower)
    if upper is not None:
        headings = _two_levels(upper, lower, merges)
        notes.append("Overskriftene står på to linjer. De er slått sammen.")
    return headings, top + 1, notes


def _texts_of_any(row: SourceRow) -> list[str]:
    """Headings as text; a year or a number can be a heading too."""
    return [" ".join(str(cell).split()) if cell is not None else "" for cell in row.cells]


def _wide_merges(row: SourceRow, merges: Sequence[Merge]) -> list[Merge]:
    return [merge for merge in merges if merge[0] == row.row_no and merge[3] > merge[1]]


def _goes_on_below(row: SourceRow, below: SourceRow, merges: Sequence[Merge]) -> bool:
    """Is the row below a second line of headings?"""
    if below.row_no != row.row_no + 1:
        return False
    upper, lower = _texts(row), _texts(below)
    if any(not isinstance(cell, str) for cell in below.cells if cell is not None):
        return False
    spread = _wide_merges(row, merges)
    if spread:
        return (
            any(text for merge in spread for text in lower[merge[1] - 1 : merge[3]])
            and recognised(lower) >= 1
        )
    under_gaps = [
        text for index, text in enumerate(lower) if text and (index >= len(upper) or not upper[index])
    ]
    return recognised(lower) >= 2 and len(under_gaps) >= 1


def _is_group_row(row: SourceRow, below: SourceRow, merges: Sequence[Merge]) -> bool:
    """Is the row above a line of group headings, and not a title over the whole list?"""
    if row.row_no + 1 != below.row_no:
        return False
    texts = [text for text in _texts(row) if text]
    spread = _wide_merges(row, merges)
    if spread:
        width = sum(1 for cell in below.cells if cell is not None)
        return len(texts) >= 2 or any(merge[3] - merge[1] + 1 < width - 1 for merge in spread)
    gaps = sum(1 for index in range(1, len(row.cells)) if row.cells[index] is None)
    return len(texts) >= 2 and gaps >= 1 and len(texts) < sum(1 for cell in below.cells if cell is not None)


def _two_levels(upper: SourceRow, lower: SourceRow, merges: Sequence[Merge]) -> list[str]:
    """One heading per column: the group only where it spans several columns."""
    top, bottom = _texts_of_any(upper), _texts_of_any(lower)
    width = max(len(top), len(bottom))
    top += [""] * (width - len(top))
    bottom += [""] * (width - len(bottom))
    groups = _groups(top, upper, merges)
    return [_joined(top[index], groups[index], bottom[index]) for index in range(width)]


def _joined(own: str, group: str, below: str) -> str:
    if below and group:
        return f"{group}{GROUP_MARK}{below}"
    return below or own


def _groups(top: list[str], row: SourceRow, merges: Sequence[Merge]) -> list[str]:
    """The group heading over each column; a text file has lost the merge, so a group reaches to the next."""
    groups = [""] * len(top)
    spread = _wide_merges(row, merges)
    if spread:
        for _top, left, _bottom, right in spread:
            for index in range(left - 1, min(right, len(top))):
                groups[index] = top[left - 1]
        return groups
    for index, text in enumerate(top):
        groups[index] = text or (groups[index - 1] if index else "")
    return [
        group if (top[index] == "" or (index + 1 < len(top) and top[index + 1] == "")) else ""
        for index, group in enumerate(groups)
    ]


def _body(rows: Sequence[SourceRow], headings: list[str]) -> list[SourceRow]:
    """Rows as wide as the widest of them; headings are widened too."""
    width = max([len(headings), *(len(row.cells) for row in rows)])
    headings.extend([""] * (width - len(headings)))
    return [
        row
        if len(row.cells) == width
        else SourceRow(row.row_no, row.cells + (None,) * (width - len(row.cells)))
        for row in rows
        if any(
            cell is not None and cell != "" and not (isinstance(cell, str) and cell.isspace())
            for cell in row.cells
        )
    ]


def _cut(headings: list[str], body: list[SourceRow]) -> tuple[list[str], list[SourceRow]]:
    """Without columns at the end that have neither heading nor value."""
    width = len(headings)
    while width > 1 and not headings[width - 1] and all(_empty(row.cells[width - 1]) for row in body):
        width -= 1
    if width == len(headings):
        return headings, body
    return headings[:width], [SourceRow(row.row_no, row.cells[:width]) for row in body]


def _empty(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _letter(index: int) -> str:
    """The column's letter in a spreadsheet: 0 is A."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


def _distinct(headings: list[str], body: Sequence[SourceRow]) -> tuple[tuple[str, ...], list[str]]:
    """Every column gets a heading of its own; what was changed is told."""
    used: set[str] = set()
    result: list[str] = []
    notes: list[str] = []
    for index, given in enumerate(headings):
        heading = given[:200] or f"Kolonne {_letter(index)}"
        if not given and any(not _empty(row.cells[index]) for row in body):
            notes.append(f"Kolonne {_letter(index)} har ingen overskrift.")
        name, number = heading, 1
        while name in used:
            number += 1
            name = f"{heading} ({number})"
        if number > 1:
            notes.append(f"Overskriften «{heading}» står flere ganger. Nummer {number} heter «{name}» her.")
        used.add(name)
        result.append(name)
    return tuple(result), notes


def _without_repeated_headings(
    body: list[SourceRow], headings: Sequence[str], heading_row: SourceRow
) -> list[SourceRow]:
    """Old print-outs repeat the headings on every page."""
    marks = [key(text) for text in _texts(heading_row)]
    filled = [mark for mark in marks if mark]
    if len(filled) < 2 or len(headings) < 2:
        return body
    first = next(cell for cell in heading_row.cells if cell)
    index = heading_row.cells.index(first)
    return [
        row
        for row in body
        if row.cells[index] != first or [key(text) for text in _texts(row)][: len(marks)] != marks
    ]
