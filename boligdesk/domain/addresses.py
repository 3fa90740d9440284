"""Street addresses and unit numbers: taken apart, put together, compared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from boligdesk.domain.text import clean, fold

_LONGEST = 200
_UNIT_LAST = re.compile(r"[ ,]+([HLUK][ ]?[0-9]{4})$", re.IGNORECASE)
_ADDRESS = re.compile(
    r"(?P<street>.*[^\W\d_].*?)[ ,]+(?P<number>[0-9]{1,4}(?:[ ]?[-–/][ ]?[0-9]{1,4})?)"
    r"(?:[ ]?(?P<letter>[^\W\d_]))?"
)
_POST_BOX = re.compile(r"(?:postboks|boks|pb\.?)\s", re.IGNORECASE)
# Endings of street names that are written in several ways, after folding.
_ENDINGS = (
    (re.compile(r"(?:gaten|gata|gate|gt\.?|g\.)$"), "gate"),
    (re.compile(r"(?:veien|vegen|vei|veg|vn\.?|v\.)$"), "vei"),
    (re.compile(r"(?:plassen|plass|pl\.?)$"), "plass"),
)


@dataclass(frozen=True, slots=True)
class StreetAddress:
    """``number`` as written («12», «12-14»); ``letter`` upper case; ``unit`` as H0203. ``""`` = not there."""

    street: str
    number: str = ""
    letter: str = ""
    unit: str = ""


def split_address(text: str) -> StreetAddress:
    """Take «Storgata 12 B, H0203» apart. What has no house number is street as a whole, so nothing is lost."""
    whole = clean(text)
    if len(whole) > _LONGEST or _POST_BOX.match(whole):
        return StreetAddress(whole)
    unit = _UNIT_LAST.search(whole)
    found = _ADDRESS.fullmatch(whole[: unit.start()] if unit else whole)
    if not found:
        return StreetAddress(whole)
    return StreetAddress(
        found["street"].rstrip(" ,"),
        re.sub(r"\s", "", found["number"]).replace("–", "-"),
        (found["letter"] or "").upper(),
        (unit and format_unit(unit[1])) or "",
    )


def compose_address(address: StreetAddress) -> str:
    """«Storgata 12 B H0203»."""
    return " ".join(part for part in (address.street, address.number, address.letter, address.unit) if part)


def format_unit(text: str) -> str | None:
    """Bruksenhetsnummer as H0203, from «h0203» or «H 0203» or «H 02 03»; None when it is not one."""
    plain = re.sub(r"[\s.\-]", "", text).upper() if len(text) <= _LONGEST else ""
    return plain if re.fullmatch(r"[HLUK][0-9]{4}", plain) else None


def fold_address(text: str) -> str:
    """Comparison key: «Storgt. 12b», «STORGATA 12 B» and «Storgaten 12B» are one."""
    address = split_address(text)
    return " ".join(
        part
        for part in (
            _fold_street(address.street),
            address.number,
            address.letter.lower(),
            address.unit.lower(),
        )
        if part
    )


def fold_door(street: str, number: str, letter: str) -> str:
    """As ``fold_address``, of an address that is taken apart already; the unit is left out."""
    if not number:
        return fold_address(street)
    parts = (_fold_street(street), re.sub(r"\s", "", number).replace("–", "-"), letter.lower())
    return " ".join(part for part in parts if part)


@lru_cache(maxsize=4096)
def _fold_street(written: str) -> str:
    street = fold(written)
    for ending, same in _ENDINGS:
        street, changed = ending.subn(same, street)
        if changed:
            break
    return re.sub(r"[\s.\-]+", "", street)
