"""What a command answers: one JSON document for scripts, or aligned Norwegian lines for people."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import json
import sys
import textwrap
import unicodedata
from dataclasses import dataclass
from enum import Enum
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from boligdesk.services.errors import InvalidInput, UserError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

WIDTH = 100
_GAP = "  "
_NARROWEST = 6


@dataclass(frozen=True, slots=True)
class Answer:
    """``document`` is printed with ``--json``, ``lines`` without. ``warnings`` go to stderr either way."""

    document: Any
    lines: Sequence[str]
    code: int = 0
    warnings: Sequence[str] = ()


def prepare_streams() -> None:
    """Norwegian letters must come through a pipe on Windows, and no letter may stop a command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            if stream.isatty():
                stream.reconfigure(errors="replace")
            else:
                stream.reconfigure(encoding="utf-8", errors="replace")


def write_answer(answer: Answer, as_json: bool) -> None:
    """Print the answer; everything has reached the receiver when this returns."""
    if as_json:
        print(json.dumps(answer.document, ensure_ascii=False, indent=2))
    elif answer.lines:
        print("\n".join(answer.lines))
    sys.stdout.flush()
    for warning in answer.warnings:
        print(one_line(warning), file=sys.stderr)


def write_error(error: UserError, as_json: bool) -> None:
    """One line for people on stderr; with ``--json`` also one document on stdout."""
    print(one_line(error.line()), file=sys.stderr)
    if as_json:
        print(json.dumps(error_document(error), ensure_ascii=False, indent=2))
        sys.stdout.flush()


def error_document(error: UserError) -> dict[str, Any]:
    """``{"error": {...}}`` with stable keys; ``field`` only where one field is wrong."""
    told = {
        "code": error.code,
        "title": error.title,
        "what": error.what,
        "safe": error.safe,
        "todo": error.todo,
    }
    if isinstance(error, InvalidInput):
        told["field"] = error.field
    return {"error": told}


def one_line(text: str) -> str:
    return " ".join(printable(text).split())


def printable(text: str) -> str:
    """Without characters that steer a terminal or turn the direction of what follows."""
    return "".join(
        " " if char in "\t\n\r\v\f" else char for char in text if char in "\t\n\r\v\f" or not _steers(char)
    )


def _steers(char: str) -> bool:
    return unicodedata.category(char) in {"Cc", "Cf", "Co", "Cn"}


def plain(value: Any) -> Any:
    """A record as JSON: dates in ISO form, ids as text, codes as they are stored."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, dict):
        return {str(_plain_value(key)): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if isinstance(value, set | frozenset):
        return sorted(plain(each) for each in value)
    return _plain_value(value)


def _plain_value(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    from uuid import UUID  # here: the window starts without it

    return str(value) if isinstance(value, UUID) else value


def table(
    headings: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    right: Sequence[int] = (),
    whole: Sequence[int] = (),
    fold: bool = False,
) -> list[str]:
    """Aligned columns in at most ``WIDTH`` characters; the widest columns give way first.

    ``right``: columns (counted from 0) that hold numbers. ``whole``: columns that are never cut. ``fold``:
    what is too long goes on below instead of being cut.
    """
    lines = [list(headings), *([in_words(cell) for cell in row] for row in rows)]
    widths = _widths(lines, whole)
    return [text for line in lines for text in _aligned(line, widths, right, fold)]


def _widths(lines: list[list[str]], whole: Sequence[int]) -> list[int]:
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    room = WIDTH - len(_GAP) * (len(widths) - 1)
    gives_way = [column for column in range(len(widths)) if column not in whole]
    while sum(widths) > room and gives_way:
        widest = max(gives_way, key=lambda column: widths[column])
        if widths[widest] <= _NARROWEST:
            break
        widths[widest] -= 1
    return widths


def _aligned(line: Sequence[str], widths: Sequence[int], right: Sequence[int], fold: bool) -> list[str]:
    """One row of a table as one line, or as several when it is folded."""
    columns = [
        (textwrap.wrap(cell, width) if fold else [_cut(cell, width)]) or [""]
        for cell, width in zip(line, widths, strict=True)
    ]
    return [
        _GAP.join(
            text.rjust(widths[place]) if place in right else text.ljust(widths[place])
            for place, text in enumerate(texts)
        ).rstrip()
        for texts in zip_longest(*columns, fillvalue="")
    ]


def _cut(cell: str, width: int) -> str:
    return cell if len(cell) <= width else f"{cell[: width - 1]}…"


def facts(pairs: Iterable[tuple[str, Any]]) -> list[str]:
    """«Navn: verdi» lines with the values under one another; what is empty is left out."""
    shown = [(label, in_words(value)) for label, value in pairs if in_words(value)]
    wide = max((len(label) for label, _value in shown), default=0) + 1
    return [line for label, value in shown for line in wrapped(f"{label}:".ljust(wide) + " ", value)]


def wrapped(lead: str, text: str) -> list[str]:
    """Text after a lead, folded at the width of the page and indented under itself."""
    return textwrap.wrap(
        text, WIDTH, initial_indent=lead, subsequent_indent=" " * len(lead), break_on_hyphens=False
    ) or [lead.rstrip()]


def in_words(value: Any) -> str:
    """A cell as a person reads it: ``12.03.2026``, ``Ja``, empty for unknown."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Ja" if value else "Nei"
    if isinstance(value, dt.datetime):
        return f"{value.astimezone():%d.%m.%Y %H.%M}"
    if isinstance(value, dt.date):
        return f"{value.day:02}.{value.month:02}.{value.year:04}"
    return one_line(str(value))


def kroner(ore: int | None) -> str:
    """``9 840 kr`` or ``9 840,50 kr``; empty when unknown."""
    if ore is None:
        return ""
    whole, rest = divmod(abs(ore), 100)
    text = f"{whole:,}".replace(",", " ") + (f",{rest:02}" if rest else "")
    return f"{'-' if ore < 0 else ''}{text} kr"
