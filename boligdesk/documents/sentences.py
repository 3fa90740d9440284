"""Where a sentence ends, for the check of plain language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from boligdesk.services.records.papers import Block

_ABBREVIATIONS = set("kl nr jf jfr ca pkt bl.a f.eks dvs mv osv evt ev tlf inkl".split())
_END = re.compile(r"(?<=[.!?])[\s\u00a0]+(?=[A-ZÆØÅ«0-9])")


def sentences(blocks: Iterable[Block]) -> Iterator[str]:
    """Sentences of paragraphs and lists, for the check of plain language."""
    for block in blocks:
        if block.kind not in {"paragraph", "bullets", "numbers"}:
            continue
        for line in block.lines:
            yield from _of_line("".join(run.text for run in line))


def _of_line(text: str) -> Iterator[str]:
    start = 0
    for end in _END.finditer(text):
        word = text[start : end.start()].rsplit(None, 1)[-1].rstrip(".").casefold()
        follows_number = word.isdigit() and text[end.end()].isdigit()
        if word.lstrip("(«") in _ABBREVIATIONS or follows_number:
            continue
        yield text[start : end.start()].strip()
        start = end.end()
    if text[start:].strip():
        yield text[start:].strip()
