"""Read one sheet of an Excel workbook. Nothing in it is run; formulas give the result that is stored."""

from __future__ import annotations

import re
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from boligdesk.exchange.container import (
    MAX_COLUMNS,
    MAX_ROWS,
    Cancelled,
    Progress,
    ReadingStopped,
    broken,
    refuse,
    unreadable,
)
from boligdesk.services.errors import UserError
from boligdesk.services.imports.table import Cell, ErrorCell, FormulaCell, SourceRow

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

_EVERY: Final = 1000
_BLOCK: Final = 1 << 20
_MERGE: Final = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*ref="([A-Z]{1,3})(\d+):([A-Z]{1,3})(\d+)"')
_FORMULA: Final = re.compile(rb"<(?:\w+:)?f[\s>/]")
_OVERLAP: Final = 200

#: (first row, first column, last row, last column), counted from 1.
Merge = tuple[int, int, int, int]

#: What openpyxl and the XML parser raise for damaged workbooks (it promises no error type of its own).
_DAMAGE: Final = (
    zipfile.BadZipFile,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    EOFError,
    SyntaxError,
    NotImplementedError,
    RuntimeError,
    zlib.error,
)


class Sheet:
    """One sheet that has been read."""

    __slots__ = ("merges", "name", "notes", "rows", "sheets")

    def __init__(
        self, name: str, sheets: tuple[str, ...], rows: list[SourceRow], merges: list[Merge]
    ) -> None:
        self.name = name
        self.sheets = sheets
        self.rows = rows
        self.merges = merges
        self.notes: list[str] = []


@contextmanager
def _damage_told(path: Path) -> Iterator[None]:
    """Damage becomes one calm sentence; harmless warnings about styles and validation stay inside."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except UserError:
        raise
    except OSError as error:
        raise (
            broken() if path.exists() and not isinstance(error, PermissionError) else unreadable(error)
        ) from error
    except _DAMAGE as error:
        raise broken() from error


@contextmanager
def _open(path: Path, *, results: bool) -> Iterator[Workbook]:
    import openpyxl

    # Handed over as an open file: openpyxl would judge a path by its ending, and leave it open when it fails.
    with path.open("rb") as file:
        book = openpyxl.load_workbook(file, read_only=True, data_only=results, keep_links=False)
        try:
            yield book
        finally:
            book.close()


def read_workbook(
    path: Path,
    sheet: str | None = None,
    *,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Sheet:
    """The named sheet, else the first visible one with at least two rows."""
    with _damage_told(path), _open(path, results=True) as book:
        chosen, names = _choose(book, sheet)
        inside = getattr(chosen, "_worksheet_path")  # noqa: B009 - openpyxl tells the sheet's file nowhere else
        merges, has_formulas = _scan(path, inside)
        reader = _Reader(progress, cancelled)
        if has_formulas:
            with _open(path, results=False) as formulas:
                rows = reader.read(_pairs(chosen, formulas[chosen.title]))
        else:
            rows = reader.read((row, ()) for row in _rows(chosen))
        found = Sheet(chosen.title, names, rows, merges)
        found.notes = _notes(book, chosen, names, reader, asked=sheet is not None)
        return found


def _rows(sheet: Any) -> Iterator[tuple[Any, ...]]:
    # The size written in the file may be wrong in both directions; without it rows come as they are.
    sheet.reset_dimensions()
    yield from sheet.iter_rows()


def _pairs(sheet: Any, formulas: Any) -> Iterator[tuple[tuple[Any, ...], tuple[Any, ...]]]:
    return zip(_rows(sheet), _rows(formulas), strict=True)


def _choose(book: Workbook, wanted: str | None) -> tuple[Any, tuple[str, ...]]:
    sheets: list[Any] = list(book.worksheets)
    visible = [sheet for sheet in sheets if sheet.sheet_state == "visible"]
    names = tuple(sheet.title for sheet in visible)
    if wanted is not None:
        for sheet in sheets:
            if sheet.title.casefold() == wanted.strip().casefold():
                return sheet, names
        raise refuse(
            f"Arbeidsboka har ikke noe ark som heter «{wanted}».",
            f"Arkene heter: {', '.join(names)}.",
            "Velg ett av dem.",
        )
    for sheet in visible:
        if _has_data(sheet):
            return sheet, names
    if any(_has_data(sheet) for sheet in sheets if sheet not in visible):
        raise refuse(
            "Alle ark med innhold er skjult.", todo="Vis arket i regnearket, eller skriv navnet på arket."
        )
    raise refuse("Arbeidsboka har ingen rader.", todo="Velg en fil med overskrifter og rader.")


def _has_data(sheet: Any) -> bool:
    filled = 0
    for number, row in enumerate(_rows(sheet)):
        filled += any(cell.value not in {None, ""} for cell in row)
        if filled >= 2:
            return True
        if number > 10_000:
            break
    return False


def _scan(path: Path, inside: str) -> tuple[list[Merge], bool]:
    """Merged cells and whether there are formulas: the streaming reader tells neither."""
    from openpyxl.utils import column_index_from_string

    merges: list[Merge] = []
    has_formulas = False
    with zipfile.ZipFile(path) as archive, archive.open(inside.lstrip("/")) as stream:
        tail = b""
        while block := stream.read(_BLOCK):
            text = tail + block
            has_formulas = has_formulas or _FORMULA.search(text) is not None
            last = 0
            for found in _MERGE.finditer(text):
                left, top, right, bottom = found.groups()
                merges.append(
                    (
                        int(top),
                        column_index_from_string(left.decode()),
                        int(bottom),
                        column_index_from_string(right.decode()),
                    )
                )
                last = found.end()
            tail = text[max(last, len(text) - _OVERLAP) :]
    return merges, has_formulas


class _Reader:
    """Turns cells into values and counts what has to be told."""

    def __init__(self, progress: Progress | None, cancelled: Cancelled | None) -> None:
        self._progress = progress
        self._cancelled = cancelled
        self.formulas = 0
        self.cut_columns = False

    def read(self, pairs: Iterable[tuple[tuple[Any, ...], tuple[Any, ...]]]) -> list[SourceRow]:
        rows: list[SourceRow] = []
        for row_no, (row, formulas) in enumerate(pairs, start=1):
            if row:
                cells = self._values(row, formulas)
                if any(cell is not None for cell in cells):
                    rows.append(SourceRow(row_no, cells))
            if len(rows) > MAX_ROWS:
                raise refuse(f"Lista har mer enn {MAX_ROWS} rader.", todo="Del lista i flere filer.")
            if row_no % _EVERY == 0:
                if self._cancelled is not None and self._cancelled():
                    raise ReadingStopped
                if self._progress is not None:
                    self._progress(row_no)
        return rows

    def _values(self, row: tuple[Any, ...], formulas: tuple[Any, ...]) -> tuple[Cell, ...]:
        if len(row) > MAX_COLUMNS:
            self.cut_columns = self.cut_columns or any(cell.value is not None for cell in row[MAX_COLUMNS:])
            row = row[:MAX_COLUMNS]
        values: list[Cell] = []
        for index, cell in enumerate(row):
            value = cell.value
            if formulas and index < len(formulas) and formulas[index].data_type == "f":
                self.formulas += 1
                # A stored result that is an empty text keeps the type "str"; no stored result has none.
                if value is None and cell.data_type != "str":
                    value = FormulaCell()
            if value is not None and cell.data_type == "e":
                value = ErrorCell(str(value))
            values.append(value if value != "" else None)
        return tuple(values)


def _notes(book: Workbook, chosen: Any, names: tuple[str, ...], reader: _Reader, *, asked: bool) -> list[str]:
    notes = []
    if len(names) > 1 and not asked:
        notes.append(f"Arbeidsboka har flere ark. Lest er «{chosen.title}».")
    if chosen.sheet_state != "visible":
        notes.append(f"Arket «{chosen.title}» er skjult i arbeidsboka.")
    hidden = sum(sheet.sheet_state != "visible" for sheet in book.worksheets)
    if hidden and not asked:
        notes.append(f"{hidden} skjult{'e' if hidden > 1 else ''} ark er ikke lest.")
    if reader.formulas:
        notes.append(f"{reader.formulas} celler har formler. Verdien som sist ble lagret, er brukt.")
    if reader.cut_columns:
        notes.append(f"Arket har mer enn {MAX_COLUMNS} kolonner. Resten er ikke lest.")
    return notes
