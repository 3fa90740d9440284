"""Money: whole øre, never floats. What is shown has no-break spaces, so that an amount is never split."""

from __future__ import annotations

import re

_NO_BREAK = "\u00a0"
_MINUS = "\u2212"
_AMOUNT = re.compile(
    r"(?P<sign>-)?(?P<kroner>[0-9]{1,3}(?:[ .][0-9]{3})+|[0-9]{1,15})(?:[,.](?P<ore>[0-9]{1,2}|-))?"
)
# An amount above this is a slip of the finger, and would not fit a 64-bit column with sums over it.
_MOST_KRONER = 10**12


def format_kr(ore: int) -> str:
    """«9 840 kr», «1 681,25 kr», «−500 kr». Øre are shown only when there are any."""
    kroner, rest = divmod(abs(ore), 100)
    grouped = f"{kroner:,}".replace(",", _NO_BREAK)
    cents = f",{rest:02d}" if rest else ""
    return f"{_MINUS if ore < 0 else ''}{grouped}{cents}{_NO_BREAK}kr"


def parse_kr(text: str) -> int | None:
    """Øre from what people write: «9 840», «9.840,50», «kr 9840,-», «9840.5 kr». None when it is not an amount.

    A dot followed by three digits parts thousands, as in Norwegian; a comma never does.
    """
    plain = re.sub(r"\s+", " ", text.strip().casefold()).replace(_MINUS, "-").replace("–", "-")
    plain = re.sub(r"^(?:kr\.?|nok) ?|[ ]?(?:kr\.?|nok|kroner)$", "", plain)
    found = _AMOUNT.fullmatch(plain)
    if not found:
        return None
    kroner = int(re.sub(r"[ .]", "", found["kroner"]))
    if kroner > _MOST_KRONER:
        return None
    cents = (found["ore"] or "0").replace("-", "0")
    amount = kroner * 100 + int(cents.ljust(2, "0"))
    return -amount if found["sign"] else amount
