"""The structure tree of a PDF file: what each piece of the page is, for those who do not see it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Mark:
    """Marked content ``number`` on a page (both from 0)."""

    page: int
    number: int


@dataclass(eq=False, slots=True)
class Node:
    """One element of the tree. ``role`` is a standard type of ISO 32000-1, 14.8.4 (P, H1, L, Table …).

    ``attributes``: (owner, name, value), the value a PDF name. Children stand in reading order.
    """

    role: str
    parent: Node | None = None
    alt: str = ""
    attributes: tuple[tuple[str, str, str], ...] = ()
    box: tuple[float, float, float, float] | None = None
    kids: list[Node | Mark | Annotation] = field(default_factory=list)

    def add(self, role: str, *, attributes: tuple[tuple[str, str, str], ...] = (), alt: str = "") -> Node:
        """A child after those already there."""
        child = Node(role, self, alt, attributes)
        self.kids.append(child)
        return child

    def later(self, role: str) -> Node:
        """A child that takes its place among the others when it is first drawn."""
        return Node(role, self)

    def mark(self, page: int, number: int) -> None:
        """Note that the element has this marked content."""
        if self.parent is not None and not self.kids and self.role == "Link":
            self.parent.kids.append(self)
        self.kids.append(Mark(page, number))


@dataclass(frozen=True, slots=True, eq=False)
class Annotation:
    """A link on a page: where (points, from the lower left corner), where to, and the words of it."""

    page: int
    box: tuple[float, float, float, float]
    uri: str
    words: str
    node: Node


@dataclass(slots=True)
class Structure:
    """What a drawing leaves behind for the file: the tree, the links and how much is marked on each page."""

    root: Node
    marks: list[list[Node]] = field(default_factory=list)
    links: list[Annotation] = field(default_factory=list)
