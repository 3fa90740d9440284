"""Paper -> PDF/A-2a and PDF/UA-1 in one file."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from boligdesk.documents import fonts
from boligdesk.documents.canvas import FOOTER, TaggedCanvas
from boligdesk.documents.finalize import finalize
from boligdesk.documents.layout import (
    ENVELOPES,
    MM,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    fold_marks,
    foot,
    lay_out,
    words_of,
)
from boligdesk.documents.strips import DRAFT_INK, RULE, Box, Words
from boligdesk.services.errors import MissingGlyphs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from boligdesk.documents.layout import Envelope, Layout
    from boligdesk.documents.strips import Placed
    from boligdesk.services.records.papers import Block, Paper

_ONE_AT_A_TIME = threading.Lock()
"""reportlab's fonts hold what each open document uses; one document at a time is what it promises."""


def render(paper: Paper, envelope: Envelope | None = None) -> bytes:
    """The same bytes for the same paper. Raises MissingGlyphs before anything is drawn."""
    refuse_unknown_signs(paper)
    layout = lay_out(paper, envelope or ENVELOPES["C5"])
    with _ONE_AT_A_TIME:
        canvas = _drawn(paper, layout)
        raw = canvas.done()
    language = {"nb": "nb-NO", "nn": "nn-NO"}[paper.language]
    return finalize(
        raw, canvas.structure, title=fonts.clean(paper.title), language=language, day=paper.dated_on
    )


def _drawn(paper: Paper, layout: Layout) -> TaggedCanvas:
    canvas = TaggedCanvas(PAGE_WIDTH * MM, PAGE_HEIGHT * MM, layout.root)
    for number, page in enumerate(layout.pages, 1):
        if number > 1:
            canvas.next_page()
        if paper.is_draft:
            canvas.across(words_of(paper.language)["draft"], 150, DRAFT_INK)
        for left, placed in page:
            _draw(canvas, left, placed)
        if number == 1:
            for left, down, width in fold_marks(layout.envelope):
                canvas.box(left, down, Box(0.0, 0.0, width, 0.5, RULE))
        for item in foot(paper, number, len(layout.pages)):
            canvas.words(0.0, 0.0, item, FOOTER)
    return canvas


def _draw(canvas: TaggedCanvas, left: float, placed: Placed) -> None:
    for item in placed.strip.items:
        if isinstance(item, Words):
            canvas.words(left, placed.top, item)
        elif isinstance(item, Box):
            canvas.box(left, placed.top, item)
        else:
            canvas.picture(left, placed.top, item)


def refuse_unknown_signs(paper: Paper) -> None:
    """Raises MissingGlyphs for the first place that holds signs no font of the letter has."""
    for where, text in _texts(paper):
        signs = fonts.missing(fonts.clean(text))
        if signs:
            raise MissingGlyphs(signs, where)


def _texts(paper: Paper) -> Iterator[tuple[str, str]]:
    head = paper.letterhead
    for line in (head.municipality, head.office, *head.address, head.phone, head.email, head.web):
        yield "avsenderen", line
    yield "avsenderen", head.organisation_no
    for line in paper.recipient:
        yield "mottakerens navn eller adresse", line
    yield "skjermingen", paper.shield
    for label, value in paper.references:
        yield "referansene", f"{label} {value}"
    yield "tittelen", paper.title
    yield from _of_blocks(paper.blocks)
    for signer in paper.signers:
        yield "underskriften", f"{signer.name} {signer.title}"
    for number, line in enumerate(paper.attachments, 1):
        yield f"vedlegg {number}", line
    for number, line in enumerate(paper.copies, 1):
        yield f"kopimottaker {number}", line


def _of_blocks(blocks: tuple[Block, ...]) -> Iterator[tuple[str, str]]:
    """Each block with where it stands: the heading above it and its number there. Never what it says."""
    heading, number = "", 0
    for block in blocks:
        under = f" under «{heading}»" if heading else ""
        if block.kind == "heading":
            yield "en overskrift", block.text
            heading, number = block.text, 0
            continue
        number += 1
        name = {"paragraph": "avsnitt", "table": "tabell"}.get(block.kind, "liste")
        yield f"{name} ({number}. del{under})", block.text
