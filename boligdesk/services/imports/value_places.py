"""Addresses, unit numbers, postcodes and cadastral numbers."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Final

from boligdesk.domain.addresses import format_unit, split_address
from boligdesk.domain.identifiers import (
    MUNICIPALITY_FIRST,
    Matrikkelnummer,
    is_led_by_municipality,
    parse_matrikkelnummer,
)
from boligdesk.services.imports.table import Cell
from boligdesk.services.imports.value_people import TEXT_MAX, clean
from boligdesk.services.imports.values import (
    MADE_A_DATE,
    Outcome,
    Parsed,
    Parser,
    Problem,
    as_text,
    is_date_cell,
    is_number,
    without_spaces,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

_UNIT_FORM: Final = "Bolignummer skrives med bokstaven H, L, U eller K og fire siffer, for eksempel H0203."
_POSTCODE_AND_CITY: Final = re.compile(r"^(?:N(?:O)?-)?(\d{4})[\s,]+(\D{2,60})$", re.IGNORECASE)
_HOUSE: Final = re.compile(r"^(?:nr\.?\s*)?(\d{1,4}(?:\s*[-–/]\s*\d{1,4})?)\s*([^\W\d_])?$", re.IGNORECASE)
_LETTER: Final = re.compile(r"^(?:oppg(?:ang)?\.?\s*)?([^\W\d_])$", re.IGNORECASE)


_OWN_MUNICIPALITY: Final = "Kommunenummer mangler. Kommunens eget nummer blir brukt."
_PART_DIGITS: Final = 5
_CARE_OF: Final = re.compile(r"^c/?o\s+([^,]{2,80}),\s*(.+)$", re.IGNORECASE)
_NO_ADDRESS: Final = frozenset(
    {
        "ufb",
        "ufb.",
        "uten fast bopel",
        "uten fast bosted",
        "uten fast adresse",
        "ingen fast bopel",
        "ingen adresse",
        "bostedsløs",
    }
)


def parse_street(cell: Cell, _today: dt.date) -> Outcome:
    """A street with or without number; fills ``house_number``, ``letter`` and ``unit_number`` from the same cell."""
    if is_date_cell(cell):
        return Problem(MADE_A_DATE)
    if len(as_text(cell)) > TEXT_MAX:
        return Problem(f"Adressen er for lang. Den kan ha høyst {TEXT_MAX} tegn.")
    value, warning = clean(cell)
    if not value:
        return Problem("Her står det ingen adresse.")
    if value.casefold() in _NO_ADDRESS:
        return Parsed(None, "Lest som uten fast bosted.")
    care_of = ""
    if found := _CARE_OF.match(value):
        care_of, value = found[1], found[2]
    address = split_address(value)
    also = (
        ("house_number", address.number),
        ("letter", address.letter),
        ("unit_number", address.unit),
        ("care_of", care_of),
    )
    return Parsed(address.street, None, warning, tuple(pair for pair in also if pair[1]))


def parse_house_number(cell: Cell, _today: dt.date) -> Outcome:
    """12, «12 B» (fills ``letter``) or «12-14»."""
    if is_date_cell(cell):
        return Problem(MADE_A_DATE)
    found = _HOUSE.match(clean(cell)[0])
    if found is None:
        return Problem("Dette er ikke et husnummer. Skriv for eksempel 12 eller 12 B.")
    number = re.sub(r"\s", "", found[1]).replace("–", "-")
    return Parsed(number, also=(("letter", found[2].upper()),) if found[2] else ())


def parse_letter(cell: Cell, _today: dt.date) -> Outcome:
    """The letter after a house number, upper case."""
    found = _LETTER.match(clean(cell)[0])
    return Parsed(found[1].upper()) if found else Problem("Her skal det stå én bokstav.")


def parse_unit_number(cell: Cell, _today: dt.date) -> Outcome:
    """H0203. Four digits alone are read as a main floor; anything else is a landlord's own number."""
    raw = as_text(cell)
    unit = format_unit(raw)
    if unit is not None:
        return Parsed(unit)
    if isinstance(cell, str) and re.fullmatch(r"[0-9]{4}", raw) and (unit := format_unit("H" + raw)):
        return Parsed(unit, f"Lest som {unit}.")
    return Problem(_UNIT_FORM)


def parse_unit_number_kept(cell: Cell, today: dt.date) -> Outcome:
    """As ``parse_unit_number``, but a landlord's own number does not cost a person the whole row."""
    read = parse_unit_number(cell, today)
    if isinstance(read, Problem):
        return Parsed(None, warning=f"Nummeret er ikke tatt med. {_UNIT_FORM}")
    return read


def parse_postcode(cell: Cell, _today: dt.date) -> Outcome:
    """Four digits as text. Lost zeros in front come back; «9008 Tromsø» fills ``city``."""
    raw = as_text(cell).replace("\u00a0", " ").strip()
    if is_date_cell(cell):
        return Problem(MADE_A_DATE)
    if found := _POSTCODE_AND_CITY.match(raw):
        return Parsed(found[1], "Poststedet er lest fra samme celle.", also=(("city", clean(found[2])[0]),))
    digits = re.sub(r"^N(?:O)?-", "", raw, flags=re.IGNORECASE).replace(" ", "")
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 4 or int(digits) == 0:
        return Problem("Postnummer har fire siffer. En utenlandsk adresse kan stå i merknaden.")
    if len(digits) < 4:
        return Parsed(digits.zfill(4), "Nuller foran er satt inn, slik at postnummeret har fire siffer.")
    return Parsed(digits)


def parse_cadastre(cell: Cell, _today: dt.date) -> Outcome:
    """A ``Matrikkelnummer``. Without municipality it is the office's own, and says so."""
    if is_date_cell(cell):
        return Problem(MADE_A_DATE)
    number = parse_matrikkelnummer(as_text(cell)) if not is_number(cell) else None
    if number is None:
        return Problem("Skriv kommunenummer, gårdsnummer og bruksnummer, for eksempel 5501-124/56.")
    if number.gnr == 0 or number.bnr == 0 or (number.kommune is not None and len(number.kommune) != 4):
        return Problem("Kommunenummer har fire siffer, og gårdsnummer og bruksnummer kan ikke være 0.")
    if number.kommune is None:
        return Parsed(number, _OWN_MUNICIPALITY)
    return Parsed(number, MUNICIPALITY_FIRST if is_led_by_municipality(as_text(cell)) else None)


def parse_municipality(cell: Cell, _today: dt.date) -> Outcome:
    """The four digits of a municipality; a spreadsheet drops the zero in front."""
    digits = as_text(cell)
    if is_date_cell(cell) or not re.fullmatch(r"[0-9]{3,4}", digits) or int(digits) == 0:
        return Problem("Kommunenummer har fire siffer.")
    return Parsed(digits.zfill(4))


def parse_cadastre_part(cell: Cell, _today: dt.date) -> Outcome:
    """A number of the land register in a column of its own. What is longer is something else, and left out."""
    digits = without_spaces(as_text(cell)).removesuffix(",0").removesuffix(".0")
    if is_date_cell(cell):
        return Problem(MADE_A_DATE)
    if not (digits.isascii() and digits.isdigit()):
        return Problem("Her skal det stå et helt tall.")
    if len(digits) > _PART_DIGITS:
        return Parsed(None, warning="Tallet er for langt for et matrikkelnummer. Det er ikke tatt med.")
    return Parsed(int(digits))


def joined_cadastre(parts: Sequence[object], municipality: object) -> Outcome | None:
    """Farm, title, lease and section number of their own columns, as ``parse_cadastre``; None when all are empty."""
    farm, title, lease, section = (part if isinstance(part, int) else 0 for part in parts)
    if not farm and not title:
        return None
    if not farm or not title:
        return Problem("Skriv både gårdsnummer og bruksnummer. De kan ikke være 0.")
    place = municipality if isinstance(municipality, str) else None
    has_lease = lease or None if not section else lease
    number = Matrikkelnummer(place, farm, title, has_lease, section or None)
    return Parsed(number, None if place else _OWN_MUNICIPALITY)


PARSERS: Final[dict[str, Parser]] = {
    "street": parse_street,
    "house_number": parse_house_number,
    "letter": parse_letter,
    "unit_number": parse_unit_number,
    "unit_number_kept": parse_unit_number_kept,
    "postcode": parse_postcode,
    "cadastre": parse_cadastre,
    "cadastre_part": parse_cadastre_part,
    "municipality": parse_municipality,
}
