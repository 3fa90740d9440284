"""Kinds of arguments: what is written on the line, turned into values or refused in one sentence."""

from __future__ import annotations

import argparse
import datetime as dt
import re
from collections.abc import Callable, Sequence

from boligdesk.cli.parser import Parser, suggestion

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_NORWEGIAN = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
MOST_ROWS = 100_000


def day(text: str) -> dt.date:
    """``2026-03-12`` or ``12.03.2026``."""
    given = text.strip()
    if found := _ISO.fullmatch(given):
        year, month, number = map(int, found.groups())
    elif found := _NORWEGIAN.fullmatch(given):
        number, month, year = map(int, found.groups())
    else:
        raise argparse.ArgumentTypeError(
            f"«{text}» er ikke en dato. Skriv den som 2026-03-12 eller 12.03.2026."
        )
    try:
        return dt.date(year, month, number)
    except ValueError:
        raise argparse.ArgumentTypeError(f"Datoen «{text}» finnes ikke.") from None


def count(text: str) -> int:
    """A number of rows."""
    if not text.isascii() or not text.isdecimal() or int(text) > MOST_ROWS:
        raise argparse.ArgumentTypeError(f"«{text}» er ikke et antall fra 0 til {MOST_ROWS}.")
    return int(text)


def one_of(what: str, known: Sequence[str]) -> Callable[[str], str]:
    """One of a few words; a wrong one is met with what was probably meant."""

    def read(text: str) -> str:
        if text in known:
            return text
        raise argparse.ArgumentTypeError(f"Ukjent {what}: «{text}». {suggestion(text, known)}")

    return read


def add_window(parser: Parser, limit: int = 50) -> None:
    """``--limit`` and ``--offset`` of a list."""
    parser.add_argument(
        "--limit", type=count, default=limit, metavar="ANTALL", help=f"høyst så mange rader ({limit})"
    )
    parser.add_argument("--offset", type=count, default=0, metavar="ANTALL", help="hopp over så mange rader")


def add_sort(parser: Parser, known: Sequence[str], default: str) -> None:
    """``--sort`` and ``--descending`` of a list."""
    parser.add_argument(
        "--sort",
        type=one_of("sortering", known),
        default=default,
        metavar="KOLONNE",
        help=f"en av {', '.join(known)} ({default})",
    )
    parser.add_argument("--descending", action="store_true", help="snu rekkefølgen")
