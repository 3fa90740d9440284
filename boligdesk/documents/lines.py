"""Words into lines. Lines are broken at spaces; a word wider than the line is broken where it hurts least.

There is no hyphenation: a hyphen at the end of a line would be read aloud, and found by nobody's search.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from boligdesk.documents import fonts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from boligdesk.services.records.papers import Run

_TOKENS = re.compile(r"\n| +|[^ \n]+")
_SOFT_PLACES = "-/@._?&="


@dataclass(frozen=True, slots=True)
class Look:
    """How a stretch is drawn. ``link``: the address it leads to."""

    face: str
    size: float
    link: str = ""


@dataclass(slots=True)
class Piece:
    """Text in one look, from ``x`` points after the start of the line."""

    look: Look
    text: str
    x: float
    width: float


@dataclass(slots=True)
class LaidLine:
    """One line. ``glue``: what stands between it and the next line when the text is read out of the file."""

    pieces: list[Piece]
    width: float
    glue: str = " "


def looks(runs: Iterable[Run], size: float, *, bold: bool = False) -> list[tuple[Look, str]]:
    """Stretches of cleaned text with their looks."""
    return [
        (Look(fonts.style(bold=bold or run.bold, italic=run.italic), size, run.link), fonts.clean(run.text))
        for run in runs
        if run.text
    ]


def break_lines(stretches: list[tuple[Look, str]], room: float) -> list[LaidLine]:
    """The lines of a paragraph no wider than ``room`` points. At least one line, which may be empty."""
    filler = _Filler(room)
    for kind, parts in _words(stretches):
        if kind == "word":
            filler.word(parts)
        elif kind == "break":
            filler.new_line()
        else:
            filler.space = parts[0]
    return filler.done()


def _words(stretches: list[tuple[Look, str]]) -> Iterator[tuple[str, list[tuple[Look, str]]]]:
    """Words (which may go over several looks), spaces and breaks in order."""
    word: list[tuple[Look, str]] = []
    for look, text in stretches:
        for part in _TOKENS.findall(text):
            if part[0] not in " \n":
                word.append((look, part))
                continue
            if word:
                yield "word", word
                word = []
            yield ("break", []) if part == "\n" else ("space", [(look, " ")])
    if word:
        yield "word", word


class _Filler:
    """Fills one line after the other."""

    def __init__(self, room: float) -> None:
        self.room = room
        self.lines: list[LaidLine] = [LaidLine([], 0.0)]
        self.space: tuple[Look, str] | None = None

    def done(self) -> list[LaidLine]:
        self.lines[-1].glue = ""
        return self.lines

    def new_line(self, glue: str = " ") -> None:
        self.lines[-1].glue = glue
        self.lines.append(LaidLine([], 0.0))
        self.space = None

    def word(self, parts: list[tuple[Look, str]]) -> None:
        wide = sum(fonts.width(text, look.face, look.size) for look, text in parts)
        line = self.lines[-1]
        gap = fonts.width(" ", self.space[0].face, self.space[0].size) if self.space and line.pieces else 0.0
        if line.pieces and line.width + gap + wide > self.room:
            self.new_line()
            gap = 0.0
        if gap and self.space:
            self._put(*self.space)
        self.space = None
        if wide <= self.room:
            for look, text in parts:
                self._put(look, text)
        else:
            self._broken(parts)

    def _broken(self, parts: list[tuple[Look, str]]) -> None:
        """A word wider than a line: after a sign that parts it, else in the middle."""
        for look, whole in parts:
            text = whole
            while text:
                left = self.room - self.lines[-1].width
                count = _fitting(text, look, left)
                if count < len(text):
                    soft = max(text.rfind(sign, 0, count) for sign in _SOFT_PLACES) + 1
                    count = soft if soft > count // 2 else count
                if not count and self.lines[-1].pieces:
                    self.new_line(glue="")
                    continue
                count = max(count, 1)
                self._put(look, text[:count])
                text = text[count:]
                if text:
                    self.new_line(glue="")

    def _put(self, look: Look, text: str) -> None:
        line = self.lines[-1]
        wide = fonts.width(text, look.face, look.size)
        last = line.pieces[-1] if line.pieces else None
        if last and last.look == look:
            last.text += text
            last.width += wide
        else:
            line.pieces.append(Piece(look, text, line.width, wide))
        line.width += wide


def _fitting(text: str, look: Look, room: float) -> int:
    """How many signs from the start fit."""
    used = 0.0
    for count, sign in enumerate(text):
        used += fonts.width(sign, look.face, look.size)
        if used > room:
            return count
    return len(text)
