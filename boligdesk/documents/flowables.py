"""Blocks of a letter as strips, each with its place in the structure tree. Sizes in points."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from boligdesk.documents import fonts
from boligdesk.documents.lines import LaidLine, Look, break_lines, looks
from boligdesk.documents.strips import INK, LINK_INK, RULE, SHADE, Box, Strip, Words
from boligdesk.documents.tagging import Node
from boligdesk.services.records.papers import Run

if TYPE_CHECKING:
    from collections.abc import Sequence

    from boligdesk.services.records.papers import Block, Line

BODY, LEADING = 10.5, 15.6
TITLE, TITLE_LEADING = 17.0, 22.0
HEADING = {1: (12.5, 17.0), 2: (10.8, 15.6)}
AFTER = 7.5  # between paragraphs
ABOVE_HEADING = {1: 17.0, 2: 11.0}
TABLE_SIZE, TABLE_LEADING = 9.5, 13.0
_PAD, _PAD_DOWN = 5.0, 3.6
_NUMBER = re.compile(r"[−-]?(?:\d{1,3}(?:[ .\u00a0]\d{3})+|\d+)(?:,\d+)?(?:[ \u00a0]?(?:kr|%|m²))?")
_INDENT = 17.0


class Links:
    """Gives each link an element of its own, the same one from line to line."""

    def __init__(self, parent: Node) -> None:
        self._parent = parent
        self._last = ""
        self._node = parent

    def node_of(self, link: str) -> Node:
        """The element of the next piece in reading order."""
        if link != self._last:
            self._last = link
            self._node = self._parent.later("Link") if link else self._parent
        return self._node


def words(line: LaidLine, x: float, down: float, links: Links, colour: str = INK) -> list[Words]:
    """The pieces of a line, the last with what parts it from the next line."""
    found = []
    for place, piece in enumerate(line.pieces):
        text = piece.text + (line.glue if place == len(line.pieces) - 1 else "")
        ink = LINK_INK if piece.look.link else colour
        node = links.node_of(piece.look.link)
        found.append(Words(x + piece.x, down, text, piece.look, piece.width, node, ink))
    return found


def text_strips(
    stretches: list[tuple[Look, str]],
    node: Node,
    *,
    room: float,
    leading: float,
    size: float,
    x: float = 0.0,
    colour: str = INK,
) -> list[Strip]:
    """A paragraph, a strip a line. Neither its first nor its last line stands alone on a page."""
    down = baseline(leading, size)
    links = Links(node)
    strips = [Strip(leading, words(line, x, down, links, colour)) for line in break_lines(stretches, room)]
    if len(strips) > 1:
        strips[0].keep = strips[-2].keep = True
    return strips


def baseline(leading: float, size: float) -> float:
    """How far under the top of a line its baseline is, with the small letters in the middle."""
    return leading / 2 + size * 0.33


class Flow:
    """Makes the strips of a letter's body, one block after the other, under ``root``."""

    def __init__(self, root: Node, room: float) -> None:
        self.root = root
        self.room = room
        self.strips: list[Strip] = []
        self._deepest = 1

    def title(self, text: str) -> None:
        node = self.root.add("H1")
        self._put(
            text_strips(
                _plain(text, TITLE, bold=True), node, room=self.room, leading=TITLE_LEADING, size=TITLE
            ),
            0.0,
            keep=True,
        )

    def block(self, block: Block) -> None:
        """Add any kind of block. An empty one leaves nothing behind."""
        if block.kind == "table":
            if block.header or block.rows:
                self._table(block.header, block.rows)
        elif not any(run.text.strip() for line in block.lines for run in line):
            return
        elif block.kind == "heading":
            self.heading(block.lines[0], block.level)
        elif block.kind == "paragraph":
            self.paragraph(block.lines[0])
        elif block.kind in {"bullets", "numbers"}:
            self.items(block.lines, numbered=block.kind == "numbers")
        else:
            raise ValueError(block.kind)

    def heading(self, line: Line, level: int, *, small: bool = False) -> None:
        """Levels are never skipped: the first heading after the title is of the level under it (PDF/UA-1 7.4.2)."""
        level = min(max(level, 1), 2)
        drawn = min(level, self._deepest)
        self._deepest = drawn + 1
        size, leading = HEADING[2 if small else level]
        node = self.root.add(f"H{drawn + 1}")
        found = text_strips(looks(line, size, bold=True), node, room=self.room, leading=leading, size=size)
        self._put(found, ABOVE_HEADING[level], keep=True)

    def paragraph(self, line: Line, *, before: float = AFTER, keep: bool = False) -> None:
        """A paragraph that ends in a colon stays with what it announces."""
        node = self.root.add("P")
        found = text_strips(looks(line, BODY), node, room=self.room, leading=LEADING, size=BODY)
        said = "".join(run.text for run in line).rstrip()
        self._put(found, before, keep=keep or said.endswith(":"))

    def items(self, lines: Sequence[Line], *, numbered: bool) -> None:
        style = "Decimal" if numbered else "Disc"
        tree = self.root.add("L", attributes=(("List", "ListNumbering", style),))
        labels = [f"{number}." if numbered else "•" for number in range(1, len(lines) + 1)]
        indent = max(_INDENT, *(fonts.width(f"{label} ", fonts.REGULAR, BODY) + 5 for label in labels))
        for number, (label, line) in enumerate(zip(labels, lines, strict=True)):
            item = tree.add("LI")
            mark = Words(
                3.0, baseline(LEADING, BODY), f"{label} ", Look(fonts.REGULAR, BODY), 0.0, item.add("Lbl")
            )
            found = text_strips(
                looks(line, BODY),
                item.add("LBody"),
                room=self.room - indent,
                leading=LEADING,
                size=BODY,
                x=indent,
            )
            found[0].items = [mark, *found[0].items]
            # No item stands alone on a page: the first stays with the second, the last but one with the last.
            found[-1].keep = len(lines) > 1 and number in {0, len(lines) - 2}
            self._put(found, AFTER if number == 0 else 2.0)

    def keep_last(self, lines: int) -> None:
        """Let the last lines stay with what is added next."""
        for strip in self.strips[-lines:]:
            strip.keep = True

    def _put(self, strips: list[Strip], before: float, *, keep: bool = False) -> None:
        strips[0].before = before
        if keep:
            for strip in strips:
                strip.keep = True
        self.strips += strips

    def _table(self, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        table = _Table(self.root.add("Table"), header, rows, self.room)
        found = table.strips()
        found[0].before = AFTER + 2
        found[-1].height += 4
        self.strips += found


def _plain(text: str, size: float, *, bold: bool = False) -> list[tuple[Look, str]]:
    return looks((Run(text, bold=bold),), size)


class _Table:
    """Rows with thin rules. A row is not split unless it is taller than a third of a page."""

    tallest = 250.0

    def __init__(self, node: Node, header: Sequence[str], rows: Sequence[Sequence[str]], room: float) -> None:
        self.node = node
        columns = max(map(len, (header, *rows)))
        self.header = [*header, *[""] * (columns - len(header))]
        self.rows = [[*row, *[""] * (columns - len(row))] for row in rows]
        self.right = [
            any(row[place].strip() for row in self.rows)
            and all(_NUMBER.fullmatch(row[place].strip()) for row in self.rows if row[place].strip())
            for place in range(columns)
        ]
        self.widths = self._widths(room)
        self.room = room

    def strips(self) -> list[Strip]:
        head = self._row(self.header, is_head=True)
        for strip in head:
            strip.keep = True
        found = list(head)
        for number, row in enumerate(self.rows):
            strips = self._row(row, is_head=False)
            if sum(strip.height for strip in head) < self.tallest / 2:
                for strip in strips:
                    strip.again = head
            # The first row stays with the head, and the last one is not alone on a page.
            strips[-1].keep = number == len(self.rows) - 2
            found += strips
        found[-1].keep = False
        return found

    def _widths(self, room: float) -> list[float]:
        """Each column by what it holds: no narrower than its longest word as long as there is room."""
        wants, needs = [], []
        for place, title in enumerate(self.header):
            cells = [(title, fonts.BOLD), *((row[place], fonts.REGULAR) for row in self.rows)]
            texts = [(fonts.clean(text), face) for text, face in cells]
            wants.append(max(fonts.width(text, face, TABLE_SIZE) for text, face in texts) + 2 * _PAD)
            longest = (
                fonts.width(word, face, TABLE_SIZE)
                for text, face in texts
                for word in text.split(" ")
                if word
            )
            needs.append(max(longest, default=0.0) + 2 * _PAD)
        if sum(wants) <= room:
            spare = (room - sum(wants)) / len(wants)
            return [want + spare for want in wants]
        if sum(needs) >= room:
            # An even share is left to columns that need less than it.
            share = room / len(needs)
            small = [need for need in needs if need <= share]
            left = (room - sum(small)) / (len(needs) - len(small))
            return [need if need <= share else left for need in needs]
        stretch = (room - sum(needs)) / (sum(wants) - sum(needs))
        return [need + (want - need) * stretch for need, want in zip(needs, wants, strict=True)]

    def _row(self, cells: Sequence[str], *, is_head: bool) -> list[Strip]:
        row = self.node.add("TR")
        scope = (("Table", "Scope", "Column"),) if is_head else ()
        face = fonts.BOLD if is_head else fonts.REGULAR
        laid = [
            break_lines([(Look(face, TABLE_SIZE), fonts.clean(text))], wide - 2 * _PAD)
            for text, wide in zip(cells, self.widths, strict=True)
        ]
        nodes = [row.add("TH" if is_head else "TD", attributes=scope) for _ in cells]
        count = max(map(len, laid))
        height = count * TABLE_LEADING + 2 * _PAD_DOWN
        if height <= self.tallest:
            items = [
                item for place in range(len(cells)) for item in self._cell(laid[place], place, nodes[place])
            ]
            return [Strip(height, [*self._ground(height, is_head=is_head), *items])]
        return self._split(laid, nodes, count, is_head=is_head)

    def _split(
        self, laid: list[list[LaidLine]], nodes: list[Node], count: int, *, is_head: bool
    ) -> list[Strip]:
        """A very tall row, a strip a line, so that it may go on over the page."""
        found = []
        for number in range(count):
            first, last = number == 0, number == count - 1
            items = [
                item
                for place in range(len(laid))
                for item in self._cell(laid[place][number : number + 1], place, nodes[place], pad=first)
            ]
            height = TABLE_LEADING + _PAD_DOWN * (first + last)
            ground = self._ground(height, is_head=is_head) if last or is_head else []
            found.append(Strip(height, [*ground, *items], keep=first or number == count - 2))
        return found

    def _cell(self, lines: list[LaidLine], place: int, node: Node, *, pad: bool = True) -> list[Words]:
        left = sum(self.widths[:place]) + _PAD
        found = []
        for number, line in enumerate(lines):
            x = left + (self.widths[place] - 2 * _PAD - line.width if self.right[place] else 0.0)
            down = (_PAD_DOWN if pad else 0.0) + number * TABLE_LEADING + baseline(TABLE_LEADING, TABLE_SIZE)
            found += words(line, x, down, Links(node))
        return found

    def _ground(self, height: float, *, is_head: bool) -> list[Box]:
        rule = Box(0.0, height - 0.6, self.room, 0.6, RULE)
        return [Box(0.0, 0.0, self.room, height, SHADE), rule] if is_head else [rule]
