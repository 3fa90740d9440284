"""Dates as people and spreadsheets write them."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from boligdesk.services.imports.table import Cell
from boligdesk.services.imports.values import Outcome, Parsed, Parser, Problem, as_text, is_number

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2199
#: Older people than this are possible, but more often a slip of the pen.
_OLDEST: Final = 110
#: Two-digit years up to this many years ahead belong to this century (leases, deadlines).
_AHEAD: Final = 20

#: Day 0 of the serial numbers of spreadsheets; right from 1 March 1900 on.
_SERIAL_ZERO: Final = dt.date(1899, 12, 30)
_SERIALS: Final = range(2200, 109_575)
_BARE_YEARS: Final = range(1900, 2101)

_DAY_FIRST: Final = re.compile(r"^(\d{1,2})\s*[./\- ]\s*(\d{1,2})\s*[./\- ]\s*(\d{4}|\d{2})$")
_YEAR_FIRST: Final = re.compile(r"^(\d{4})\s*[./\-]\s*(\d{1,2})\s*[./\-]\s*(\d{1,2})$")
_IN_WORDS: Final = re.compile(
    r"^(?:[a-zæøå]+\.?\s+)?(\d{1,2})\.?[\s\-]*([a-zæøå]{3,9})\.?[\s\-]*(\d{4}|\d{2})$"
)
_TIME: Final = re.compile(
    r"(?:,? KL\.? ?\d{1,2}(?:[:.]\d{2}){0,2}|(?:[T ]|, )\d{1,2}[:.]\d{2}([:.]\d{2})?([.,]\d+)?(Z|[+-]\d{2}:?\d{2})?)$"
)
_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "jan januar january",
            "feb februar february",
            "mar mars march",
            "apr april",
            "mai may",
            "jun juni june",
            "jul juli july",
            "aug august",
            "sep sept september",
            "okt oct oktober october",
            "nov november",
            "des dec desember december",
        ),
        start=1,
    )
    for name in names.split()
}

_NOT_A_DATE: Final = Problem("Dette er ikke en dato. Skriv dag, måned og år, for eksempel 31.12.2025.")
_NO_SUCH_DAY: Final = Problem("Datoen finnes ikke i kalenderen.")
_YEAR_ONLY: Final = Problem("Her står bare et årstall. Skriv dag, måned og år.")
_OUT_OF_RANGE: Final = Problem(f"Årstallet må være mellom {FIRST_YEAR} og {LAST_YEAR}.")
_SERIAL_NOTE: Final = "Tallet er lest som regnearkets dagnummer."


def _two_digit(year: int, today: dt.date, *, birth: bool) -> tuple[int, str]:
    """Rule: a birth is never ahead; other dates are at most ``_AHEAD`` years ahead."""
    this = today.year % 100
    century = today.year - this
    limit = this if birth else this + _AHEAD
    full = century + year if year <= limit else century - 100 + year
    return full, f"Årstall med to siffer er lest som {full // 100}00-tallet."


def _make(day: int, month: int, year: str, today: dt.date, *, birth: bool) -> Outcome:
    assumption = None
    number = int(year)
    if len(year) == 2:
        number, assumption = _two_digit(number, today, birth=birth)
    if not FIRST_YEAR <= number <= LAST_YEAR:
        return _OUT_OF_RANGE
    try:
        return Parsed(dt.date(number, month, day), assumption)
    except ValueError:
        return _NO_SUCH_DAY


def _from_digits(text: str, today: dt.date, *, birth: bool) -> Outcome:
    """A run of digits: 20251231, 31122025, 311225 or a serial number."""
    if len(text) == 8:
        year_first = text[:2] in {"19", "20", "21"} and "01" <= text[4:6] <= "12" and "01" <= text[6:] <= "31"
        if year_first:
            return _make(int(text[6:]), int(text[4:6]), text[:4], today, birth=birth)
        return _make(int(text[:2]), int(text[2:4]), text[4:], today, birth=birth)
    if len(text) == 6:
        return _make(int(text[:2]), int(text[2:4]), text[4:], today, birth=birth)
    number = int(text)
    if number in _BARE_YEARS:
        return _YEAR_ONLY
    if number in _SERIALS:
        return Parsed(_SERIAL_ZERO + dt.timedelta(days=number), _SERIAL_NOTE)
    return _NOT_A_DATE


def _from_text(text: str, today: dt.date, *, birth: bool) -> Outcome:
    text = _TIME.sub("", " ".join(text.casefold().split()).upper()).casefold().strip(" .")
    if found := _DAY_FIRST.match(text):
        return _make(int(found[1]), int(found[2]), found[3], today, birth=birth)
    if found := _YEAR_FIRST.match(text):
        return _make(int(found[3]), int(found[2]), found[1], today, birth=birth)
    if text.isascii() and text.isdigit() and len(text) <= 8:
        return _from_digits(text, today, birth=birth)
    if (found := _IN_WORDS.match(text)) and found[2] in _MONTHS:
        return _make(int(found[1]), _MONTHS[found[2]], found[3], today, birth=birth)
    return _NOT_A_DATE


def _read(cell: Cell, today: dt.date, *, birth: bool) -> Outcome:
    if isinstance(cell, dt.datetime):
        cell = cell.date()
    if isinstance(cell, dt.date):
        return Parsed(cell) if FIRST_YEAR <= cell.year <= LAST_YEAR else _OUT_OF_RANGE
    if isinstance(cell, str):
        if len(cell) == 10 and cell[4] == "-" == cell[7] and cell.isascii():
            try:
                found = dt.date.fromisoformat(cell)
            except ValueError:
                return _from_text(cell, today, birth=birth)
            return Parsed(found) if FIRST_YEAR <= found.year <= LAST_YEAR else _OUT_OF_RANGE
        return _from_text(cell, today, birth=birth) if len(cell) < 60 else _NOT_A_DATE
    if is_number(cell) and isinstance(cell, int | float) and 0 < cell < 100_000_000:
        text = str(int(cell))
        # A spreadsheet drops the zero in front of 01122025.
        return _from_digits(text.zfill(8) if len(text) == 7 else text, today, birth=birth)
    return _NOT_A_DATE


def parse_date(cell: Cell, today: dt.date) -> Outcome:
    """Any date from 1900 to 2199."""
    return _read(cell, today, birth=False)


def parse_past_date(cell: Cell, today: dt.date) -> Outcome:
    """A date when something happened. A future one is taken with a warning: clocks and years slip."""
    read = _read(cell, today, birth=False)
    if isinstance(read, Parsed) and isinstance(read.value, dt.date) and read.value > today:
        return Parsed(read.value, read.assumption, "Datoen ligger fram i tid.")
    return read


def parse_birth_date(cell: Cell, today: dt.date) -> Outcome:
    """A birth date. A bare year becomes 1 January with precision «ar» in ``birth_precision``."""
    read = _read(cell, today, birth=True)
    if read is _YEAR_ONLY:
        year = int(as_text(cell).strip(". "))
        if year > today.year:
            return Problem("Fødselsdatoen ligger fram i tid.")
        return Parsed(dt.date(year, 1, 1), "Bare fødselsåret er kjent.", also=(("birth_precision", "ar"),))
    if not isinstance(read, Parsed) or not isinstance(read.value, dt.date):
        return read
    if read.value > today:
        return Problem("Fødselsdatoen ligger fram i tid.")
    if today.year - read.value.year > _OLDEST:
        return Parsed(read.value, read.assumption, f"Personen er over {_OLDEST} år etter denne datoen.")
    return read


PARSERS: Final[dict[str, Parser]] = {
    "date": parse_date,
    "past_date": parse_past_date,
    "birth_date": parse_birth_date,
}
