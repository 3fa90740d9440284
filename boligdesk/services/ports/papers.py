"""The paper room: templates and PDF, as the services see it. ``documents`` fulfils it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from boligdesk.services.records.papers import Composed, LetterValue, Paper, PaperReport, TemplateInfo


class Papers(Protocol):
    """Everything here is pure: same input, same output, nothing stored. May run in any thread."""

    def kinds(self) -> tuple[str, ...]:
        """Kinds of letters with a template, in the order of the catalogue."""
        ...

    def template(self, kind: str, language: str) -> TemplateInfo:
        """Raises NotFound when there is no such template, BadTemplate when the file does not hold."""
        ...

    def compose(
        self, template: TemplateInfo, values: Mapping[str, LetterValue], *, is_draft: bool
    ) -> Composed:
        """Fill in. ``is_draft``: a missing value is marked and told; otherwise it raises MissingFields."""
        ...

    def render(self, paper: Paper) -> bytes:
        """PDF/A-2a and PDF/UA-1 in one file, the same bytes for the same paper.

        Raises MissingGlyphs (which letters, where) before anything is drawn.
        """
        ...

    def check(self, pdf: bytes) -> PaperReport:
        """Hold the file against PDF/A-2a and PDF/UA-1. Raises InvalidInput when it is no PDF."""
        ...

    def plain_text(self, paper: Paper) -> str:
        """The same letter as text, in reading order (F4)."""
        ...
