"""Money, areas, counts, floors and other numbers as people write them."""

from __future__ import annotations

import datetime as dt
import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final

from boligdesk.services.imports.table import Cell
from boligdesk.services.imports.values import (
    MADE_A_DATE,
    Outcome,
    Parsed,
    Parser,
    Problem,
    as_text,
    is_date_cell,
    without_spaces,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

_MAX_KRONER: Final = 1_000_000_000
_UNUSUAL_RENT: Final = 100_000
_MAX_AREA: Final = 10_000
_UNUSUAL_AREA: Final = 500
_MAX_COUNT: Final = 50

_CURRENCY: Final = re.compile(r"^(kr\.?|nok)|(kr\.?|kroner|nok)$|(/|pr\.?|per)(mnd\.?|måned|m\.?)$")
_NO_ORE: Final = re.compile(r"[,.](-+|–|—)$")
_THOUSAND_DOTS: Final = re.compile(r"^[1-9]\d{0,2}(\.\d{3})+(,\d+)?$")
#: Only what cannot be a Norwegian decimal comma: several commas, or a dot after the comma.
_THOUSAND_COMMAS: Final = re.compile(r"^[1-9]\d{0,2}((,\d{3}){2,}(\.\d+)?|,\d{3}\.\d+)$")
#: 9,840 kroner: too many decimals for øre, and no thousands in Norwegian.
_EITHER_WAY: Final = re.compile(r"^\D*[1-9]\d{0,2},\d{3}(?!\d)\D*$")
_PLAIN: Final = re.compile(r"^\d+([.,]\d+)?$")
_ABOUT: Final = re.compile(r"^(ca\.?|cirka|omtrent|~|≈|\+/-)\s*", re.IGNORECASE)
_SQUARE: Final = re.compile(r"(m2|m²|kvm\.?|kvadratmeter|bra|m)$")
_WORD_NUMBERS: Final = {
    "en": 1,
    "ett": 1,
    "én": 1,
    "to": 2,
    "tre": 3,
    "fire": 4,
    "fem": 5,
    "seks": 6,
    "sju": 7,
    "syv": 7,
}
#: A program that writes every number with decimals: 3.0 and 3,00 are 3.
_NO_DECIMALS: Final = re.compile(r"(?<=\d)[.,]0{1,2}$")
_COUNT: Final = re.compile(
    r"^(\d{1,3}|[a-zé]{2,5})[\s\-.]*(roms?|r|soverom|sov|sr|stk|værelser?|leilighet|romsleilighet|roms leilighet)?\.?$"
)
_FLOOR: Final = re.compile(r"^(-?\d{1,2})\.?\s*(et|etg|etasje|etage|e)?\.?$")
_FLOOR_WORDS: Final = {
    "kjeller": -1,
    "sokkel": 0,
    "underetasje": -1,
    "u": -1,
    "u1": -1,
    "u2": -2,
    "k": -1,
    "sokkeletasje": 0,
}
_NOT_PERCENT: Final = "Her må det stå prosent fra 0 til 100."
_PERCENT: Final = re.compile(r"^(\d{1,3}(?:[.,]\d+)?)\s*(%|prosent|pst\.?)?$")
_LEADING_INT: Final = re.compile(r"^(\d{1,3})\s*[-–:.(,]\s*\D")


def _decimal(text: str) -> tuple[Decimal, str | None] | None:
    """A bare number in Norwegian or English writing, and what was assumed."""
    if _PLAIN.match(text) and not _THOUSAND_DOTS.match(text) and not _THOUSAND_COMMAS.match(text):
        return Decimal(text.replace(",", ".")), None
    if _THOUSAND_DOTS.match(text):
        assumed = None if "," in text else "Punktum er lest som skille mellom tusener."
        return Decimal(text.replace(".", "").replace(",", ".")), assumed
    if _THOUSAND_COMMAS.match(text):
        return Decimal(text.replace(",", "")), "Komma er lest som skille mellom tusener."
    return None


def _amount(cell: Cell, strip: re.Pattern[str]) -> tuple[Decimal, str | None] | Problem | None:
    """The number of a cell with its unit stripped; None when there is no number in it."""
    if isinstance(cell, bool) or is_date_cell(cell):
        return Problem(MADE_A_DATE) if is_date_cell(cell) else None
    if isinstance(cell, int | float):
        try:
            number = Decimal(str(cell))
        except InvalidOperation:
            return None
        return (number, None) if number.is_finite() else None
    raw = as_text(cell)
    text = _ABOUT.sub("", raw)
    about = text != raw
    text = without_spaces(text.casefold()).replace("'", "").replace("’", "")
    if len(text) > 40:
        return None
    text = _NO_ORE.sub("", text)
    for _ in range(3):
        text = strip.sub("", text)
    text = _NO_ORE.sub("", text)
    negative = text[:1] in {"-", "−", "–"}
    found = _decimal(text.lstrip("-−–"))
    if found is None:
        return None
    number, assumed = found
    return (-number if negative else number), ("«Ca.» er tatt bort." if about else assumed)


def parse_money(cell: Cell, _today: dt.date) -> Outcome:
    """Kroner in the cell, øre (int) out. Negative amounts and text are refused."""
    found = _amount(cell, _CURRENCY)
    if isinstance(found, Problem):
        return found
    if found is None:
        return Problem("Dette er ikke et beløp. Skriv bare tallet, for eksempel 9 840,50.")
    kroner, assumed = found
    if isinstance(cell, str) and _EITHER_WAY.match(without_spaces(cell)) and "." not in cell:
        return Problem("Komma med tre siffer bak kan leses på to måter. Skriv for eksempel 9840 eller 9,84.")
    if kroner < 0:
        return Problem("Beløpet kan ikke være negativt.")
    if kroner > _MAX_KRONER:
        return Problem("Beløpet er for stort.")
    ore = int((kroner * 100).quantize(Decimal(1), ROUND_HALF_UP))
    if kroner * 100 != ore and not isinstance(cell, float):
        assumed = "Beløpet er rundet av til hele øre."
    return Parsed(ore, assumed, "Beløpet er uvanlig høyt." if kroner > _UNUSUAL_RENT else None)


def parse_area(cell: Cell, _today: dt.date) -> Outcome:
    """Square metres in the cell, tenths of a square metre (int) out."""
    found = _amount(cell, _SQUARE)
    if isinstance(found, Problem):
        return found
    if found is None:
        return Problem("Dette er ikke et areal. Skriv kvadratmeter som tall, for eksempel 82 eller 82,5.")
    metres, assumed = found
    if not 0 < metres <= _MAX_AREA:
        return Problem(f"Arealet må være over 0 og ikke mer enn {_MAX_AREA} m².")
    tenths = int((metres * 10).quantize(Decimal(1), ROUND_HALF_UP))
    return Parsed(tenths, assumed, "Arealet er uvanlig stort." if metres > _UNUSUAL_AREA else None)


def _whole(cell: Cell) -> int | Problem | None:
    """A cell that simply is a whole number."""
    if is_date_cell(cell):
        return Problem(MADE_A_DATE)
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int):
        return cell
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() else Problem("Her må det stå et helt tall.")
    text = _NO_DECIMALS.sub("", as_text(cell))
    return (
        int(text)
        if len(text) < 10 and text.isascii() and text.lstrip("-").isdigit() and "-" not in text[1:]
        else None
    )


def parse_integer(cell: Cell, _today: dt.date) -> Outcome:
    """A count from 0 to 50; «3-roms» and «to» are understood."""
    number = _whole(cell)
    if isinstance(number, Problem):
        return number
    assumed = None
    if number is None:
        found = _COUNT.match(as_text(cell).casefold())
        word = found[1] if found else ""
        if not word or not (word.isdigit() or word in _WORD_NUMBERS):
            return Problem("Her må det stå et helt tall.")
        number = int(word) if word.isdigit() else _WORD_NUMBERS[word]
        assumed = f"Lest som {number}."
    if not 0 <= number <= _MAX_COUNT:
        return Problem(f"Tallet må være mellom 0 og {_MAX_COUNT}.")
    return Parsed(number, assumed)


def parse_rooms(cell: Cell, today: dt.date) -> Outcome:
    """Number of rooms; «3-roms» becomes 3 and says so."""
    read = parse_integer(cell, today)
    if isinstance(read, Parsed) and read.assumption:
        return Parsed(read.value, f"Lest som {read.value} rom.")
    return read


def parse_floor(cell: Cell, _today: dt.date) -> Outcome:
    """Floor number: «2. etg» is 2, a cellar is -1. A loft has no number and is left unknown."""
    number = _whole(cell)
    if isinstance(number, Problem):
        return number
    if number is None:
        text = as_text(cell).casefold()
        if text in _FLOOR_WORDS:
            return Parsed(_FLOOR_WORDS[text], f"Lest som etasje {_FLOOR_WORDS[text]}.")
        if text.startswith("loft"):
            return Parsed(None, warning="Loft har ikke etasjenummer. Etasjen er satt til ukjent.")
        found = _FLOOR.match(text)
        if found is None:
            return Problem("Dette er ikke en etasje. Skriv tallet, for eksempel 2.")
        number = int(found[1])
    if not -5 <= number <= 60:
        return Problem("Etasjen må være mellom −5 og 60.")
    return Parsed(number)


def parse_percent(cell: Cell, _today: dt.date) -> Outcome:
    """0 to 100. A spreadsheet's 0.5 is 50; «50/50» and «delt» are 50. The text «0,5» is refused.

    Whether it means half of the nights or half a percent, only the rest of the column tells (``are_shares``).
    """
    if isinstance(cell, float) and 0 < cell < 1:
        return _share(Decimal(str(cell)))
    text = as_text(cell).casefold()
    if text in {"50/50", "delt", "delt bosted", "halvparten"}:
        return Parsed(50, "Lest som 50 prosent.")
    number = _percent(cell)
    if number is None or number > 100:
        return Problem(_NOT_PERCENT)
    if isinstance(cell, str) and number <= 1 and _is_bare_decimal(text):
        return Problem(
            "Tallet kan være en andel eller en prosent. Skriv prosent fra 0 til 100, for eksempel 50 %."
        )
    return Parsed(int(number.quantize(Decimal(1), ROUND_HALF_UP)))


def parse_share(cell: Cell, today: dt.date) -> Outcome:
    """A percent in a column that holds shares of one: «0,5» is 50, 1 is 100."""
    number = _percent(cell)
    if number is None or not 0 <= number <= 1 or as_text(cell)[-1:] in {"%", "t", "."}:
        return parse_percent(cell, today)
    return _share(number)


def are_shares(cells: Iterable[Cell]) -> bool:
    """Does a column of percents hold shares of one? Several lie between 0 and 1, and none above it."""
    numbers = [number for cell in cells if (number := _percent(cell)) is not None]
    return all(number <= 1 for number in numbers) and sum(0 < number < 1 for number in numbers) > 1


def _share(number: Decimal) -> Parsed:
    percent = int((number * 100).quantize(Decimal(1), ROUND_HALF_UP))
    return Parsed(percent, f"Lest som {percent} prosent.")


def _percent(cell: Cell) -> Decimal | None:
    """The bare number, as it is written."""
    found = None if is_date_cell(cell) else _PERCENT.match(as_text(cell).casefold())
    return Decimal(found[1].replace(",", ".")) if found else None


def _is_bare_decimal(text: str) -> bool:
    """Written with decimals, and without the word or sign that says what it is."""
    return text[-1:].isdigit() and ("," in text or "." in text)


def parse_year(cell: Cell, today: dt.date) -> Outcome:
    """A building year."""
    if isinstance(cell, dt.date):
        return Parsed(cell.year, "Bare årstallet er tatt med.")
    number = _whole(cell)
    if not isinstance(number, int) or not 1500 <= number <= today.year + 10:
        return Problem("Dette er ikke et årstall. Skriv fire siffer.")
    return Parsed(number)


def parse_priority(cell: Cell, _today: dt.date) -> Outcome:
    """A number stays a number (1 is most urgent); a letter or word stays a word."""
    number = _whole(cell)
    if isinstance(number, Problem):
        return number
    if number is not None:
        return Parsed(number) if 0 <= number <= 1000 else Problem("Prioriteten må være mellom 0 og 1000.")
    text = as_text(cell)
    if found := _LEADING_INT.match(text):
        return Parsed(int(found[1]), f"Lest som prioritet {found[1]}.")
    return Parsed(text) if len(text) <= 40 else Problem("Prioriteten er for lang.")


PARSERS: Final[dict[str, Parser]] = {
    "money": parse_money,
    "area": parse_area,
    "integer": parse_integer,
    "rooms": parse_rooms,
    "floor": parse_floor,
    "percent": parse_percent,
    "share": parse_share,
    "year": parse_year,
    "priority": parse_priority,
}
