"""The paper room: what the services ask for, each part loaded when it is first used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boligdesk.resources import resource_path

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from boligdesk.documents.templates import LetterFiles, Templates
    from boligdesk.services.records.papers import Composed, LetterValue, Paper, PaperReport, TemplateInfo


class PaperRoom:
    """Fulfils ``services.ports.papers.Papers``. Holds no state but compiled templates; any thread may ask.

    ``letters``: folder of the templates, the shipped one unless told. ``fields``: key -> label of what a template
    may use, and ``order``: kinds in the order of the catalogue; both of the domain unless told. ``envelope``:
    a key of ``layout.ENVELOPES``.
    """

    def __init__(
        self,
        letters: Path | None = None,
        fields: Mapping[str, str] | None = None,
        order: Sequence[str] | None = None,
        envelope: str = "C5",
    ) -> None:
        self._letters = letters
        self._fields = fields
        self._order = order
        self._envelope = envelope
        self._made: tuple[LetterFiles, Templates] | None = None

    def kinds(self) -> tuple[str, ...]:
        """Kinds with a template; those the catalogue does not know come last, by name."""
        order = self._order
        if order is None:
            from boligdesk.domain.letters import LetterKind

            order = LetterKind.codes()
        found = self._parts[0].kinds()
        places = {kind: place for place, kind in enumerate(order)}
        return tuple(sorted(found, key=lambda kind: (places.get(kind, len(places)), kind)))

    def template(self, kind: str, language: str) -> TemplateInfo:
        files, templates = self._parts
        return templates.info(kind, language, files.read(kind, language))

    def compose(
        self, template: TemplateInfo, values: Mapping[str, LetterValue], *, is_draft: bool
    ) -> Composed:
        return self._parts[1].compose(template, values, is_draft=is_draft)

    def render(self, paper: Paper) -> bytes:
        from boligdesk.documents.layout import ENVELOPES
        from boligdesk.documents.pdf import render

        return render(paper, ENVELOPES[self._envelope])

    def check(self, pdf: bytes) -> PaperReport:
        from boligdesk.documents.checking import check

        return check(pdf)

    def plain_text(self, paper: Paper) -> str:
        from boligdesk.documents.plain import plain_text

        return plain_text(paper)

    @property
    def _parts(self) -> tuple[LetterFiles, Templates]:
        if self._made is None:
            from boligdesk.documents.templates import LetterFiles, Templates

            fields = self._fields
            if fields is None:
                from boligdesk.domain.letter_fields import FIELDS

                fields = {field.key: field.label for field in FIELDS}
            self._made = LetterFiles(self._letters or resource_path("letters")), Templates(fields)
        return self._made


if TYPE_CHECKING:
    from boligdesk.services.ports.papers import Papers

    _FULFILS: type[Papers] = PaperRoom
