"""A letter as strips: pieces of the page that are never split, with what keeps them together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from boligdesk.documents.lines import Look
    from boligdesk.documents.tagging import Node

INK, SOFT_INK, LINK_INK = "#1b1b1b", "#555555", "#0b4f8a"
RULE, SHADE, DRAFT_INK = "#b9c0c6", "#eff2f4", "#e3e6e8"


@dataclass(frozen=True, slots=True)
class Words:
    """Text with its baseline ``down`` points under the top of the strip. ``node`` None: an artifact."""

    x: float
    down: float
    text: str
    look: Look
    width: float
    node: Node | None
    colour: str = INK


@dataclass(frozen=True, slots=True)
class Box:
    """A filled rectangle, always an artifact: a rule or a shade."""

    x: float
    down: float
    width: float
    height: float
    colour: str


@dataclass(frozen=True, slots=True)
class Picture:
    x: float
    down: float
    width: float
    height: float
    data: bytes
    node: Node


@dataclass(slots=True)
class Strip:
    """``before``: space above, which falls away at the top of a page. ``keep``: stays with the strip below.

    ``again``: drawn once more, as artifacts, where a page begins with this strip (the head of a table).
    """

    height: float
    items: Sequence[Words | Box | Picture]
    before: float = 0.0
    keep: bool = False
    again: Sequence[Strip] = ()


@dataclass(frozen=True, slots=True)
class Placed:
    """A strip and how far from the upper edge of the paper it begins."""

    top: float
    strip: Strip


def paginate(strips: list[Strip], first_top: float, top: float, bottom: float) -> list[list[Placed]]:
    """Strips on pages. Distances in points from the upper edge; the first page begins at ``first_top``."""
    pages: list[list[Placed]] = [[]]
    at = first_top
    for group in _groups(strips):
        tall = sum(strip.before + strip.height for strip in group)
        fits_a_page = tall - group[0].before + _again_height(group[0]) <= bottom - top
        if pages[-1] and fits_a_page and at + tall > bottom:
            pages.append([])
            at = top
        for strip in group:
            if pages[-1] and at + strip.before + strip.height > bottom:
                pages.append([])
                at = top
            if len(pages) > 1 and not pages[-1]:
                for head in strip.again:
                    pages[-1].append(Placed(at, as_artifact(head)))
                    at += head.height
            at += strip.before if pages[-1] else 0.0
            pages[-1].append(Placed(at, strip))
            at += strip.height
    return pages


def as_artifact(strip: Strip) -> Strip:
    """The same to the eye, nothing to a screen reader."""
    items = [replace(item, node=None) if isinstance(item, Words) else item for item in strip.items]
    return Strip(strip.height, items)


def _again_height(strip: Strip) -> float:
    return sum(head.height for head in strip.again)


def _groups(strips: list[Strip]) -> Iterator[list[Strip]]:
    group: list[Strip] = []
    for strip in strips:
        group.append(strip)
        if not strip.keep:
            yield group
            group = []
    if group:
        yield group
