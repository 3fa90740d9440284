"""The part of Markdown that a template may use, as blocks. Values are put in afterwards and are never markup."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Any

from boligdesk.documents.template_source import refusal
from boligdesk.services.records.papers import Block, Line, Run

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

OPEN, CLOSE = "\ue000", "\ue001"
SLOT = re.compile(f"{OPEN}([0-9]+){CLOSE}")
_PART = re.compile(r"@del +([a-zæøå][a-zæøå0-9_]{0,59}) *")
_LINK = re.compile(r"https://[^\s<>\"]+|mailto:[^\s<>\"@]+@[^\s<>\"@]+")
_BULLET = re.compile(r"[-•*] +")
_REFUSED = {
    "html_block": ("HTML kan ikke brukes i en mal.", "Skriv teksten uten koder."),
    "html_inline": ("HTML kan ikke brukes i en mal.", "Skriv teksten uten koder."),
    "image": ("Bilder kan ikke stå i brevteksten.", "Fjern bildet. Logoen hører til brevhodet."),
    "fence": ("Kodeblokker kan ikke brukes i en mal.", "Fjern de tre tegnene foran teksten."),
    "code_block": ("Linja er rykket inn.", "Fjern mellomrommene foran teksten."),
    "code_inline": ("Tegnet ` kan ikke brukes i en mal.", "Fjern det."),
    "blockquote_open": ("Sitater kan ikke brukes i en mal.", "Fjern tegnet > foran teksten."),
    "hr": ("Streker kan ikke brukes i en mal.", "Fjern linja."),
    "hardbreak": (
        "Linja har et tvunget linjeskift.",
        "Fjern mellomrommene eller skråstreken på slutten av linja.",
    ),
}


@functools.cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    class Parser(MarkdownIt):
        """Leaves addresses as the template has them: a wrong one is refused aloud, not taken for text."""

        def normalizeLink(self, url: str) -> str:  # noqa: N802 - the parser's name
            return url

        def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802 - the parser's name
            return True

    return Parser("commonmark", {"maxNesting": 12}).enable("table").disable(["entity", "reference"])


def to_blocks(text: str, values: Sequence[str | tuple[str, ...]], lines: Sequence[int] = ()) -> list[Block]:
    """Blocks of a text with slots, which hold a text or a list of texts. ``lines``: which line of the file each line of the text comes from.

    Raises BadTemplate for anything but headings (## and ###), paragraphs, flat lists, tables, bold, italic and
    links to https: and mailto:.
    """
    found: list[Block] = []
    part, start = "", 0
    rows = text.split("\n")
    for number, row in enumerate([*rows, "@del slutt"]):
        if not row.startswith("@del"):
            continue
        named = _PART.fullmatch(row)
        if named is None:
            raise refusal(_line(lines, number), "Delen mangler navn.", "Skriv «@del navn» på en egen linje.")
        section = "\n".join(rows[start:number])
        if section.strip():
            found += _Reader(part, values, [_line(lines, at) for at in range(start, number)]).blocks(section)
        part, start = named[1], number + 1
    return found


def parts_of(text: str) -> tuple[str, ...]:
    """Names of the parts, each once, in order."""
    return tuple(dict.fromkeys(named[1] for row in text.split("\n") if (named := _PART.fullmatch(row))))


def _line(lines: Sequence[int], number: int) -> int:
    return lines[number] if number < len(lines) else 0


def free_blocks(text: str, part: str) -> list[Block]:
    """What a person wrote: paragraphs parted by blank lines, and lines with «- » in front as a list."""
    found: list[Block] = []
    for chunk in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n").replace("\r", "\n").strip()):
        said: list[str] = []
        items: list[Line] = []
        for row in chunk.split("\n"):
            mark = _BULLET.match(row.strip())
            if mark and row.strip()[mark.end() :]:
                _flush(found, part, said)
                items.append((Run(row.strip()[mark.end() :]),))
            elif items and row[:1] in " \t":  # goes on with the item
                items[-1] = (Run(f"{items[-1][0].text} {row.strip()}"),)
            else:
                _flush_items(found, part, items)
                said.append(row.strip())
        _flush(found, part, said)
        _flush_items(found, part, items)
    return found


def _flush(found: list[Block], part: str, said: list[str]) -> None:
    text = "\n".join(said).strip()
    if text:
        found.append(Block("paragraph", part, ((Run(text),),)))
    said.clear()


def _flush_items(found: list[Block], part: str, items: list[Line]) -> None:
    if items:
        found.append(Block("bullets", part, tuple(items)))
    items.clear()


class _Reader:
    """Reads one part of a letter."""

    def __init__(self, part: str, values: Sequence[str | tuple[str, ...]], lines: list[int]) -> None:
        self.part = part
        self.values = values
        self.lines = lines
        self.at = 0

    def blocks(self, text: str) -> list[Block]:
        tokens = _parser().parse(text)
        found: list[Block] = []
        place = 0
        while place < len(tokens):
            token = tokens[place]
            self._see(token)
            if token.type == "heading_open":
                found.append(self._heading(token, tokens[place + 1]))
                place += 3
            elif token.type == "paragraph_open":
                found += self._paragraph(tokens[place + 1])
                place += 3
            elif token.type in {"bullet_list_open", "ordered_list_open"}:
                end = _closing(tokens, place)
                found.append(self._list(token, tokens[place + 1 : end]))
                place = end + 1
            elif token.type == "table_open":
                end = _closing(tokens, place)
                found.append(self._table(tokens[place + 1 : end]))
                place = end + 1
            else:
                raise self._refused(token)
        return found

    def _see(self, token: Token) -> None:
        if token.map is not None:
            self.at = _line(self.lines, token.map[0])

    def _refused(self, token: Token) -> Exception:
        what, todo = _REFUSED.get(token.type, ("Linja kan ikke leses.", "Skriv den på en enklere måte."))
        return refusal(self.at, what, todo)

    def _heading(self, token: Token, inline: Token) -> Block:
        if not token.markup.startswith("#"):
            raise refusal(
                self.at, "En overskrift kan ikke lages med streker.", "Sett «## » foran overskriften."
            )
        if len(token.markup) == 1:
            raise refusal(self.at, "Tittelen står allerede øverst i malen.", "Bruk «## » til overskrifter.")
        if len(token.markup) > 3:
            raise refusal(self.at, "Overskrifter har bare to nivåer.", "Bruk «## » eller «### ».")
        line = self._runs(inline, links=False)
        return Block("heading", self.part, (line,), level=len(token.markup) - 1)

    def _paragraph(self, inline: Token) -> list[Block]:
        alone = SLOT.fullmatch(inline.content.strip())
        if alone:
            value = self.values[int(alone[1])]
            if isinstance(value, str):
                return free_blocks(value, self.part)
            items = tuple((Run(_flat(one)),) for one in value)
            return [Block("bullets", self.part, items)] if items else []
        return [Block("paragraph", self.part, (self._runs(inline),))]

    def _list(self, token: Token, inner: list[Token]) -> Block:
        if token.attrGet("start") not in {None, 1}:
            raise refusal(
                self.at, "En nummerert liste må begynne med 1.", "Skriv «1. » foran det første punktet."
            )
        items: list[Line] = []
        in_item = 0
        for one in inner:
            self._see(one)
            if one.type == "list_item_open":
                in_item = 0
            elif one.type == "inline":
                in_item += 1
                if in_item > 1:
                    raise refusal(
                        self.at, "Et punkt i en liste kan bare ha ett avsnitt.", "Del det i flere punkter."
                    )
                items.append(self._runs(one))
            elif one.type in {"bullet_list_open", "ordered_list_open"}:
                raise refusal(self.at, "En liste kan ikke stå inni en liste.", "Gjør den til en egen liste.")
            elif one.type not in {"list_item_close", "paragraph_open", "paragraph_close"}:
                raise self._refused(one)
        return Block("bullets" if token.type.startswith("bullet") else "numbers", self.part, tuple(items))

    def _table(self, inner: list[Token]) -> Block:
        rows: list[list[str]] = []
        for one in inner:
            self._see(one)
            if one.type == "tr_open":
                rows.append([])
            elif one.type == "inline":
                line = self._runs(one, links=False)
                if any(run.bold or run.italic for run in line):
                    raise refusal(
                        self.at, "Teksten i en tabell kan ikke være fet eller kursiv.", "Fjern stjernene."
                    )
                rows[-1].append("".join(run.text for run in line))
        return Block("table", self.part, header=tuple(rows[0]), rows=tuple(map(tuple, rows[1:])))

    def _runs(self, inline: Token, *, links: bool = True) -> Line:
        found: list[Run] = []
        bold = italic = 0
        link = ""
        for token in inline.children or ():
            if token.type in {"strong_open", "strong_close"}:
                bold += token.nesting
            elif token.type in {"em_open", "em_close"}:
                italic += token.nesting
            elif token.type == "link_open":
                link = self._address(token, links=links)
            elif token.type == "link_close":
                link = ""
            elif token.type in {"text", "softbreak"}:
                text = " " if token.type == "softbreak" else self._filled(token.content)
                _append(found, Run(text, bool(bold), bool(italic), link))
            else:
                raise self._refused(token)
        return tuple(found)

    def _address(self, token: Token, *, links: bool) -> str:
        address = str(token.attrGet("href") or "")
        if not links:
            raise refusal(
                self.at, "En lenke kan ikke stå i en overskrift eller en tabell.", "Flytt den til teksten."
            )
        if OPEN in address:
            raise refusal(self.at, "Adressen til en lenke kan ikke være et felt.", "Skriv adressen i malen.")
        if not _LINK.fullmatch(address):
            raise refusal(
                self.at,
                "Lenka går ikke til et nettsted eller en e-postadresse.",
                "Bruk «https:» eller «mailto:».",
            )
        return address

    def _filled(self, text: str) -> str:
        return SLOT.sub(lambda slot: _flat(self.values[int(slot[1])]), text)


def _flat(value: Any) -> str:
    """A value within a line."""
    text = enumerated(value) if isinstance(value, tuple) else str(value)
    return re.sub(r"[ \t\r\n]+", " ", text).strip()


def enumerated(values: tuple[str, ...]) -> str:
    """«en, to og tre»."""
    return " og ".join(part for part in (", ".join(values[:-1]), *values[-1:]) if part)


def _append(found: list[Run], run: Run) -> None:
    """Join with the one before when the style is the same."""
    last = found[-1] if found else None
    if last and (last.bold, last.italic, last.link) == (run.bold, run.italic, run.link):
        found[-1] = Run(last.text + run.text, run.bold, run.italic, run.link)
    elif run.text:
        found.append(run)


def _closing(tokens: list[Token], place: int) -> int:
    """Where what opens at ``place`` is closed."""
    level = tokens[place].level
    return next(
        at for at in range(place + 1, len(tokens)) if tokens[at].level == level and tokens[at].nesting == -1
    )
