"""The letter as text, in the order it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boligdesk.documents.layout import contact, words_of
from boligdesk.domain.calendar import long_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from boligdesk.services.records.papers import Block, Line, Paper


def plain_text(paper: Paper) -> str:
    """Everything the page says but its foot. A blank line between the pieces; the draft is told at the top."""
    said, head = words_of(paper.language), paper.letterhead
    pairs = ((said["date"], long_date(paper.dated_on)), *paper.references)
    pieces = [
        [said["draft"]] if paper.is_draft else [],
        [head.municipality, head.office],
        [run.text for run in contact(paper)],
        paper.recipient,
        [paper.shield, *(f"{label}: {value}" for label, value in pairs)],
        [paper.title.upper()],
        *(list(_block(block)) for block in paper.blocks),
        *_signature(paper),
        _named(said["attachments"], paper.attachments),
        _named(said["copies"], paper.copies),
    ]
    texts = ("\n".join(line for line in piece if line) for piece in pieces)
    return "\n\n".join(text for text in texts if text) + "\n"


def _signature(paper: Paper) -> Iterator[list[str]]:
    if paper.signers:
        office = paper.letterhead.office or paper.letterhead.municipality
        yield [words_of(paper.language)["regards"], office]
        for signer in paper.signers:
            yield [signer.name, signer.title]
        if not paper.is_draft:
            yield [words_of(paper.language)["unsigned"]]


def _named(title: str, lines: Iterable[str]) -> list[str]:
    found = [f"- {line}" for line in lines]
    return [f"{title}:", *found] if found else []


def _block(block: Block) -> Iterator[str]:
    if block.kind == "table":
        for row in (block.header, *block.rows):
            yield " | ".join(row)
    for number, line in enumerate(block.lines, 1):
        mark = {"bullets": "- ", "numbers": f"{number}. "}.get(block.kind, "")
        yield mark + _line(line)


def _line(line: Line) -> str:
    """A link shows where it leads, unless that is what it says."""
    found = ""
    for run in line:
        found += run.text
        address = run.link.removeprefix("mailto:").removeprefix("https://").rstrip("/")
        if run.link and address != run.text.removeprefix("https://").rstrip("/"):
            found += f" ({run.link.removeprefix('mailto:')})"
    return found
