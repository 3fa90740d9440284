"""A letter as neutral content: what the paper room draws, and what the screen shows as plain text.

No PDF, no template language: ``documents`` makes a page of this, and anything else could.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import dataclass

LetterValue = str | int | dt.date | tuple[str, ...] | None
"""Text, whole number, øre, day or list of sentences; None = not known, and then the letter cannot be finished."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style. ``link``: an https: or mailto: address."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""


Line = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of the body. ``part`` is the part of the letter it belongs to («konklusjon», «klage»).

    ``kind``: heading (``level`` 1 or 2, ``lines[0]``), paragraph (``lines[0]``), bullets or numbers (a line an
    item), table (``header`` and ``rows`` of cells, no styles).
    """

    kind: str
    part: str
    lines: tuple[Line, ...] = ()
    level: int = 0
    header: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def text(self) -> str:
        """The words of the block, a line each."""
        said = ["".join(run.text for run in line) for line in self.lines]
        return "\n".join(said + [" · ".join(row) for row in ((self.header, *self.rows) if self.rows else ())])


@dataclass(frozen=True, slots=True)
class Composed:
    """A template filled in. ``missing`` are the keys of fields without a value, in reading order.

    In a draft a missing value stands in the text as «[mangler: …]»; such a letter is never finished.
    """

    title: str
    blocks: tuple[Block, ...]
    missing: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who sends. ``logo``: PNG or JPEG bytes with the words for those who do not see it."""

    municipality: str
    office: str
    address: tuple[str, ...]
    phone: str = ""
    email: str = ""
    web: str = ""
    organisation_no: str = ""
    logo: bytes = b""
    logo_words: str = ""


@dataclass(frozen=True, slots=True)
class Signer:
    name: str
    title: str


@dataclass(frozen=True, slots=True)
class Paper:
    """One letter to one recipient, ready to be drawn.

    ``language``: nb or nn. ``recipient``: name and address lines as they stand in the window. ``references``:
    (label, value) beside the window. ``is_draft``: drawn with «KLADD» across the page.
    """

    language: str
    title: str
    letterhead: Letterhead
    recipient: tuple[str, ...]
    dated_on: dt.date
    blocks: tuple[Block, ...]
    references: tuple[tuple[str, str], ...] = ()
    signers: tuple[Signer, ...] = ()
    attachments: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    shield: str = ""
    is_draft: bool = False


@dataclass(frozen=True, slots=True)
class FreeText:
    """A place in a template where the caseworker writes. ``suggestions``: (label, text), always edited."""

    key: str
    label: str
    help: str = ""
    suggestions: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class TemplateInfo:
    """One letter template in one language. ``approval``: ingen, en_til (somebody else with the right) or leder."""

    kind: str
    language: str
    title: str
    version: int
    sha256: str
    text: str
    approval: str
    fields: tuple[str, ...]
    free_texts: tuple[FreeText, ...] = ()
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PaperFinding:
    """What a check of a PDF file found. ``rule``: clause of the standard; ``text``: what is wrong, for people."""

    standard: str
    rule: str
    text: str


@dataclass(frozen=True, slots=True)
class PaperReport:
    """Result of checking one PDF file. ``standards``: those it was held against (PDF/A-2a, PDF/UA-1)."""

    is_valid: bool
    standards: tuple[str, ...]
    pages: int
    findings: tuple[PaperFinding, ...] = dataclasses.field(default_factory=tuple)
