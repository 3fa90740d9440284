"""Workbooks and text files that Boligdesk writes: rejected rows, the report of a dry run, any list."""

from __future__ import annotations

import csv
import datetime as dt
import io
import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from boligdesk.exchange.atomic import cannot_write, write_atomically
from boligdesk.services.imports.fields import KIND_LABELS, REASON_HEADING, ROW_HEADING, field_map
from boligdesk.services.imports.mapping import Mapping
from boligdesk.services.imports.rows import CheckedRow
from boligdesk.services.imports.table import ErrorCell, FormulaCell, SourceTable

if TYPE_CHECKING:
    from openpyxl import Workbook

LEVELS: Final = {"error": "Feil", "warning": "Advarsel", "assumed": "Antatt"}
SURENESS: Final = {"exact": "Ja", "variant": "Ja", "guess": "Må sjekkes", "none": "Ikke tatt med"}

#: A spreadsheet takes text that begins like this for a formula.
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")
_LONGEST_CELL: Final = 32_767
_WIDEST: Final = 60
_LOOK_AT: Final = 200
#: One less than a sheet holds, so that the last line can say that there is more.
_MOST_LINES: Final = 1_000_000


def write_rejected(path: Path | str, table: SourceTable, rejected: Iterable[CheckedRow]) -> int:
    """The rejected rows with the reason first and every original column after it; returns how many.

    The workbook can be corrected and read in again: the two first columns are ours and are skipped then.
    """
    rows = [[row.reasons(), row.row_no, *row.cells] for row in rejected]
    headings = [REASON_HEADING, ROW_HEADING, *table.headings]
    _save(Path(path), lambda book: _sheet(book, "Må rettes", headings, rows))
    return len(rows)


def write_report(
    path: Path | str, table: SourceTable, mapping: Mapping, checked: Iterable[CheckedRow]
) -> dict[str, int]:
    """The report of a dry run: a summary, the columns, and one line per finding. Returns the counts.

    Counts: ``read``, ``rejected``, ``warnings``, ``assumed`` (rows, not findings) and ``same``.
    """
    counts: Counter[str] = Counter()
    lines = list(_finding_lines(table, checked, counts))
    summary: list[list[object]] = [
        ["Liste", KIND_LABELS[mapping.kind]],
        ["Ark", table.sheet],
        ["Rader lest", counts["read"]],
        ["Rader som må rettes", counts["rejected"]],
        ["Rader med advarsel", counts["warnings"]],
        ["Rader der noe er antatt", counts["assumed"]],
        ["Rader som står flere ganger", counts["same"]],
    ]
    summary.extend(["Merk", note] for note in chain(table.notes, mapping.notes))
    fields = field_map(mapping.kind)
    columns: list[list[object]] = [
        [
            column.heading,
            fields[column.field].label if column.field else "",
            column.field or "",
            SURENESS[column.sure],
        ]
        for column in mapping.columns
    ]

    def fill(book: Workbook) -> None:
        _sheet(book, "Oppsummering", ["Hva", "Svar"], summary)
        _sheet(book, "Kolonner", ["Overskrift i fila", "Felt", "Navn i koblingsfil", "Kjent igjen"], columns)
        _sheet(book, "Rader", ["Rad", "Kolonne", "Hva", "Forklaring", "Står i fila"], lines[:_MOST_LINES])

    _save(Path(path), fill)
    return {name: counts[name] for name in ("read", "rejected", "warnings", "assumed", "same")}


def _finding_lines(
    table: SourceTable, checked: Iterable[CheckedRow], counts: Counter[str]
) -> Iterator[list[object]]:
    place = {heading: index for index, heading in enumerate(table.headings)}
    for row in checked:
        counts["read"] += 1
        counts["rejected"] += row.is_rejected
        counts["same"] += row.same_as is not None
        for level, name in (("warning", "warnings"), ("assumed", "assumed")):
            counts[name] += any(finding.level == level for finding in row.findings)
        for finding in row.findings:
            index = place.get(finding.heading)
            cell = row.cells[index] if index is not None else None
            yield [row.row_no, finding.heading, LEVELS[finding.level], finding.message, cell]


def write_list(
    path: Path | str, title: str, headings: Sequence[str], rows: Iterable[Sequence[object]]
) -> int:
    """Any list as .xlsx, or as .csv (semicolon, UTF-8 with mark) by the path's ending; returns the row count.

    The title stands above the headings in a workbook and is left out of a text file.
    """
    path = Path(path)
    listed = [list(row) for row in rows]
    if path.suffix.casefold() in {".csv", ".txt"}:
        write_atomically(path, lambda file: _write_csv(file, headings, listed))
    else:
        _save(path, lambda book: _sheet(book, "Liste", headings, listed, title=title), title=title)
    return len(listed)


def _save(path: Path, fill: Callable[[Workbook], None], *, title: str = "") -> None:
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    book.properties.creator = "Boligdesk"
    book.properties.title = title or None
    packed = io.BytesIO()
    try:
        fill(book)
        book.save(packed)  # openpyxl keeps the sheets in temporary files until here
    except OSError as error:
        raise cannot_write(error) from error

    def write(file: BinaryIO) -> None:
        file.write(packed.getbuffer())

    write_atomically(path, write)


def _sheet(
    book: Workbook, name: str, headings: Sequence[str], rows: Sequence[Sequence[object]], *, title: str = ""
) -> None:
    """One sheet with fixed, filterable headings and columns wide enough to read."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    sheet: Any = book.create_sheet(name)
    heading_row = 3 if title else 1
    sheet.freeze_panes = f"A{heading_row + 1}"
    for index, width in enumerate(_widths(headings, rows), start=1):
        sheet.column_dimensions[get_column_letter(index)].width = width
    bold = Font(bold=True)

    def cell(value: object, *, heading: bool = False) -> Any:
        plain = _cell_value(value)
        if not heading and not isinstance(plain, str):
            return plain
        made = WriteOnlyCell(sheet, value=plain)
        if isinstance(plain, str):
            made.data_type = "s"  # whatever it begins with, it is text
            if plain.startswith(_FORMULA_STARTS):
                made.quotePrefix = True
        if heading:
            made.font = bold
        return made

    if title:
        sheet.append([cell(title, heading=True)])
        sheet.append([])
    sheet.append([cell(heading, heading=True) for heading in headings])
    for row in rows:
        sheet.append([cell(value) for value in row])
    last = get_column_letter(max(1, len(headings)))
    sheet.auto_filter.ref = f"A{heading_row}:{last}{heading_row + len(rows)}"


def _widths(headings: Sequence[str], rows: Sequence[Sequence[object]]) -> list[float]:
    widths = [len(heading) + 3 for heading in headings]
    for row in rows[:_LOOK_AT]:
        for index, value in enumerate(row[: len(widths)]):
            text = value if isinstance(value, str) else str(_cell_value(value) or "")
            widths[index] = max(widths[index], min(_WIDEST, len(text) + 2))
    return [float(min(_WIDEST, width)) for width in widths]


def _cell_value(value: object) -> Any:
    """What a spreadsheet cell can hold; control characters and overlong text are cut away."""
    if value is None or (
        isinstance(value, int | dt.date | dt.time) and not isinstance(value, bool | dt.datetime)
    ):
        return value
    if isinstance(value, bool):
        return "Ja" if value else "Nei"
    if isinstance(value, float):
        return value if math.isfinite(value) else ""
    if isinstance(value, dt.datetime):
        return value.astimezone().replace(tzinfo=None) if value.tzinfo else value
    if isinstance(value, FormulaCell | ErrorCell):
        return value.text
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    return ILLEGAL_CHARACTERS_RE.sub("", str(value))[:_LONGEST_CELL]


def _write_csv(file: BinaryIO, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", errors="replace")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([_csv_value(heading) for heading in headings])
    for row in rows:
        writer.writerow([_csv_value(value) for value in row])
    text.flush()
    text.detach()


def _csv_value(value: object) -> object:
    """Text that a spreadsheet would run as a formula gets an apostrophe in front; numbers get a decimal comma."""
    if isinstance(value, float) and math.isfinite(value):
        return str(value).replace(".", ",")
    plain = _cell_value(value)
    if isinstance(plain, dt.datetime):
        return plain.isoformat(sep=" ", timespec="minutes")
    if isinstance(plain, str) and plain.startswith(_FORMULA_STARTS):
        return "'" + plain
    return plain
