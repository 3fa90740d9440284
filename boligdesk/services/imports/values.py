"""Read one cell: what it means, what was assumed, or in one Norwegian sentence why it cannot be taken.

No message quotes the cell: the report shows the cell beside the message, and messages are kept.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeAlias

from boligdesk.services.imports.table import Cell, ErrorCell, FormulaCell


@dataclass(frozen=True, slots=True)
class Parsed:
    """A value that can be taken.

    Attributes:
        value: the Python value; None means «asked, but not known».
        assumption: how an unclear cell was read.
        warning: something the person should look at; the value is taken all the same.
        also: further fields this cell fills, unless a column of their own does.
    """

    value: object
    assumption: str | None = None
    warning: str | None = None
    also: tuple[tuple[str, object], ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """Why the cell cannot be taken, with what to write instead."""

    message: str


Outcome: TypeAlias = Parsed | Problem
Parser: TypeAlias = Callable[[Cell, dt.date], Outcome]

UNKNOWN: Final = Parsed(None)

_UNKNOWN_WORDS: Final = frozenset(
    {
        "?",
        "??",
        "???",
        "-",
        "--",
        "–",
        "—",
        ".",
        "n/a",
        "na",
        "ukjent",
        "vet ikke",
        "ikke kjent",
        "ikke oppgitt",
        "null",
        "none",
    }
)

MADE_A_DATE: Final = (
    "Regnearket har gjort verdien om til en dato. Gjør kolonnen om til tekst, og skriv verdien på nytt."
)


def is_empty(cell: Cell) -> bool:
    """Nothing was written in the cell."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def is_unknown(cell: Cell) -> bool:
    """The cell says that the answer is not known (``?``, ``-``, «vet ikke»)."""
    return isinstance(cell, str) and len(cell) < 20 and cell.strip().casefold() in _UNKNOWN_WORDS


def as_text(cell: Cell) -> str:
    """The cell as a person reads it in the sheet, without space around it."""
    if isinstance(cell, str):
        text = cell.strip()
        # The apostrophe that keeps a spreadsheet from running text as a formula.
        return text[1:] if text[:1] == "'" and text[1:2] in {"=", "+", "-", "@"} else text
    if isinstance(cell, bool):
        return "Ja" if cell else "Nei"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell).replace(".", ",")
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        return cell.date().isoformat()
    if isinstance(cell, FormulaCell | ErrorCell):
        return cell.text
    return "" if cell is None else str(cell)


def is_date_cell(cell: Cell) -> bool:
    return isinstance(cell, dt.date | dt.time | dt.timedelta)


def is_number(cell: Cell) -> bool:
    return isinstance(cell, int | float) and not isinstance(cell, bool)


_SPACES: Final = re.compile(r"[\s\u00a0\u2007\u2009\u202f\u2060]+")


def without_spaces(text: str) -> str:
    """Every kind of space removed, also those that do not break."""
    return _SPACES.sub("", text)


def parse(value_kind: str, cell: Cell, today: dt.date) -> Outcome:
    """Read a cell that is not empty. ``value_kind`` is that of the field's spec."""
    if isinstance(cell, FormulaCell):
        return Problem(
            "Cellen har en formel uten utregnet verdi. Åpne fila i regnearket, lagre den og prøv igjen."
        )
    if isinstance(cell, ErrorCell):
        return Problem("Cellen viser en feil i regnearket. Skriv verdien på nytt.")
    if value_kind != "protection" and is_unknown(cell):
        return UNKNOWN
    return parsers()[value_kind](cell, today)


def parsers() -> dict[str, Parser]:
    """Parser per value kind."""
    if not _PARSERS:
        from boligdesk.services.imports import (
            value_dates,
            value_numbers,
            value_people,
            value_places,
            value_words,
        )

        for module in (value_dates, value_numbers, value_people, value_places, value_words):
            _PARSERS.update(module.PARSERS)
    return _PARSERS


_PARSERS: dict[str, Parser] = {}
