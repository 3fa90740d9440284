"""A canvas on which nothing can be drawn without saying what it is: an element of the tree, or an artifact."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from boligdesk.documents import fonts
from boligdesk.documents.tagging import Annotation, Node, Structure

if TYPE_CHECKING:
    from boligdesk.documents.strips import Box, Picture, Words

Kind = str | Node
"""What is being drawn: an element, or the properties of an artifact."""

LAYOUT, FOOTER, WATERMARK = (
    "<</Type /Layout>>",
    "<</Type /Pagination /Subtype /Footer>>",
    "<</Type /Pagination /Subtype /Watermark>>",
)


class TaggedCanvas:
    """Wraps a reportlab canvas. Distances are in points from the upper left corner of the paper."""

    def __init__(self, width: float, height: float, root: Node) -> None:
        from reportlab.pdfgen.canvas import Canvas

        fonts.load()
        self._stream = io.BytesIO()
        self._height = height
        # Invariant: no clock in the file. Compression and dates are for `finalize`.
        self._canvas = Canvas(
            self._stream,
            pagesize=(width, height),
            pageCompression=0,
            invariant=1,
            initialFontName=fonts.REGULAR,
            pdfVersion=(1, 7),
        )
        self.structure = Structure(root, [[]])
        self._open: Kind | None = None
        self._text: Any = None
        self._underlines: list[tuple[float, float, float]] = []
        self._state: tuple[Any, ...] = ()

    @property
    def _page(self) -> int:
        return len(self.structure.marks) - 1

    def words(self, left: float, top: float, item: Words, artifact: str = LAYOUT) -> None:
        """Text. What follows in the same element goes into the same marked content."""
        self._begin(artifact if item.node is None else item.node)
        x, y = left + item.x, self._height - top - item.down
        if self._text is None:
            self._text = self._canvas.beginText()
            self._state = ()
        state = (item.look.face, item.look.size, item.colour)
        if state[2:] != self._state[2:]:
            self._text.setFillColor(item.colour)
        if state[:2] != self._state[:2]:
            self._text.setFont(*state[:2])
        self._state = state
        self._text.setTextOrigin(x, y)
        self._text.textOut(item.text)
        if item.look.link and item.node is not None:
            self._underlines.append((x, y - 1.6, item.width))
            box = (x, y - 3.0, x + item.width, y + item.look.size)
            self.structure.links.append(
                Annotation(self._page, box, item.look.link, item.text.strip(), item.node)
            )

    def box(self, left: float, top: float, item: Box) -> None:
        """A filled rectangle, an artifact."""
        self._begin(LAYOUT)
        self._end_text()
        y = self._height - top - item.down - item.height
        self._canvas.setFillColor(item.colour)
        self._canvas.rect(left + item.x, y, item.width, item.height, stroke=0, fill=1)

    def picture(self, left: float, top: float, item: Picture) -> None:
        from reportlab.lib.utils import ImageReader

        self._begin(item.node)
        self._end_text()
        x, y = left + item.x, self._height - top - item.down - item.height
        item.node.box = (x, y, x + item.width, y + item.height)
        self._canvas.drawImage(ImageReader(io.BytesIO(item.data)), x, y, item.width, item.height)

    def across(self, text: str, size: float, colour: str) -> None:
        """Large letters from corner to corner, under everything else: an artifact."""
        self._begin(WATERMARK)
        width = fonts.width(text, fonts.BOLD, size)
        canvas = self._canvas
        canvas.saveState()
        canvas.setFillColor(colour)
        canvas.translate(canvas._pagesize[0] / 2, self._height / 2)  # noqa: SLF001 - has no other name
        canvas.rotate(52)
        canvas.setFont(fonts.BOLD, size)
        canvas.drawString(-width / 2, -size / 3, text)
        canvas.restoreState()

    def next_page(self) -> None:
        self._end()
        self._canvas.showPage()
        self.structure.marks.append([])

    def done(self) -> bytes:
        """The file as reportlab writes it, yet without tree and metadata."""
        self._end()
        self._canvas.showPage()
        self._canvas.save()
        return self._stream.getvalue()

    def _begin(self, kind: Kind) -> None:
        if self._open is not None and self._open is kind:
            return
        self._end()
        self._open = kind
        if isinstance(kind, Node):
            marks = self.structure.marks[-1]
            kind.mark(self._page, len(marks))
            self._canvas.addLiteral(f"/{kind.role} <</MCID {len(marks)}>> BDC")
            marks.append(kind)
        else:
            self._canvas.addLiteral(f"/Artifact {kind} BDC")

    def _end_text(self) -> None:
        if self._text is None:
            return
        self._canvas.drawText(self._text)
        self._text = None
        if self._underlines:
            for x, y, width in self._underlines:
                self._canvas.rect(x, y, width, 0.5, stroke=0, fill=1)
            self._underlines = []

    def _end(self) -> None:
        if self._open is not None:
            self._end_text()
            self._canvas.addLiteral("EMC")
            self._open = None
