"""Reading a rule file that people write: every mistake is told in plain words with its place."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MOST_TEXT = 2_000
_MOST_FILE = 2_000_000
_FIRST_DAY, _LAST_DAY = dt.date(1990, 1, 1), dt.date(2200, 12, 31)


class RuleSetError(ValueError):
    """The rules cannot be used. The message is for people; ``where`` is the place in the file."""

    def __init__(self, what: str, where: str = "") -> None:
        super().__init__(f"{what} Sted: {where}." if where else what)
        self.what = what
        self.where = where


def canonical(value: Any) -> bytes:
    """One byte string for one content: sorted keys, no spaces, UTF-8."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode()


def read_json(text: str) -> tuple[Node, str]:
    """The document, and the sha256 of its canonical form. Raises RuleSetError."""
    if len(text) > _MOST_FILE:
        raise RuleSetError("Filen er for stor til å være et regelsett.")
    try:
        value = json.loads(
            text.removeprefix("\ufeff"), object_pairs_hook=_no_doubles, parse_constant=_no_constant
        )
        digest = hashlib.sha256(canonical(value)).hexdigest()
    except json.JSONDecodeError as error:
        raise RuleSetError(
            "Filen er ikke et gyldig JSON-dokument.", f"linje {error.lineno}, tegn {error.colno}"
        ) from None
    except (RecursionError, UnicodeEncodeError, ValueError) as error:
        if isinstance(error, RuleSetError):
            raise
        raise RuleSetError("Filen holder tegn, tall eller nivåer som ikke kan leses.") from None
    return Node(value, ""), digest


def _no_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        double = next(name for name in names if names.count(name) > 1)
        raise RuleSetError(f"«{double}» står to ganger i samme del av filen.")
    return found


def _no_constant(name: str) -> NoReturn:
    raise RuleSetError(f"«{name}» er ikke et tall.")


class Node:
    """A value in the file and where it stands."""

    __slots__ = ("value", "where")

    def __init__(self, value: Any, where: str) -> None:
        self.value = value
        self.where = where

    def fail(self, what: str) -> NoReturn:
        raise RuleSetError(what, self.where or "øverst i filen")

    def fields(self, required: Iterable[str], optional: Iterable[str] = ()) -> dict[str, Node]:
        """The parts of an object; every required one is there and none is unknown."""
        if not isinstance(self.value, dict):
            self.fail("Her må det stå en del i krøllparenteser.")
        needed = tuple(required)
        known = (*needed, *optional)
        for name in self.value:
            if name not in known:
                close = get_close_matches(name, known, n=1)
                hint = f" Mente du «{close[0]}»?" if close else ""
                self.fail(f"«{name}» er ikke et felt her.{hint}")
        for name in needed:
            if name not in self.value:
                self.fail(f"«{name}» mangler.")
        return self.parts()

    def parts(self) -> dict[str, Node]:
        """The parts of an object, whatever they are called."""
        if not isinstance(self.value, dict):
            self.fail("Her må det stå en del i krøllparenteser.")
        start = f"{self.where}." if self.where else ""
        return {name: Node(part, f"{start}{name}") for name, part in self.value.items()}

    def items(self, least: int = 0, most: int = 200) -> list[Node]:
        if not isinstance(self.value, list):
            self.fail("Her må det stå en liste.")
        if not least <= len(self.value) <= most:
            self.fail(f"Listen må ha fra {least} til {most} deler.")
        return [Node(part, f"{self.where}[{number}]") for number, part in enumerate(self.value)]

    def text(self, most: int = MOST_TEXT) -> str:
        if not isinstance(self.value, str) or not self.value.strip():
            self.fail("Her må det stå en tekst.")
        if self.value != self.value.strip() or not self.value.replace("\u00a0", "").isprintable():
            self.fail("Teksten har mellomrom i endene eller tegn som ikke kan vises.")
        if len(self.value) > most:
            self.fail(f"Teksten kan ha høyst {most} tegn.")
        return str(self.value)

    def key(self) -> str:
        """A stored code: lower-case ASCII word."""
        text = self.text(60)
        if not (text.isascii() and text.replace("_", "").isalnum() and text == text.lower()):
            self.fail("Koden må være små bokstaver a–z, tall og understrek.")
        return text

    def integer(self, least: int, most: int) -> int:
        if isinstance(self.value, bool) or not isinstance(self.value, int):
            self.fail("Her må det stå et helt tall.")
        if not least <= self.value <= most:
            self.fail(f"Tallet må være fra {least} til {most}.")
        return int(self.value)

    def flag(self) -> bool:
        if not isinstance(self.value, bool):
            self.fail("Her må det stå true eller false.")
        return bool(self.value)

    def one_of(self, choices: Sequence[str]) -> str:
        if self.value not in choices:
            self.fail(f"Her må det stå en av: {', '.join(choices)}.")
        return str(self.value)

    def day(self) -> dt.date:
        try:
            day = dt.date.fromisoformat(self.value if isinstance(self.value, str) else "")
        except ValueError:
            self.fail("Her må det stå en dato, som 2026-01-01.")
        if not _FIRST_DAY <= day <= _LAST_DAY:
            self.fail("Datoen kan ikke stemme.")
        return day


def unique(nodes: Sequence[Node], keys: Sequence[str]) -> None:
    """Raises RuleSetError at the second of two parts with the same key."""
    seen: set[str] = set()
    for node, key in zip(nodes, keys, strict=True):
        if key in seen:
            node.fail(f"«{key}» står to ganger.")
        seen.add(key)
