"""Templates of letters: read, held against the rules, compiled once, and filled in."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from boligdesk.documents import markdown, template_rules
from boligdesk.documents.sentences import sentences
from boligdesk.documents.template_source import MOST_SIGNS, Source, read_source, refusal
from boligdesk.documents.template_values import Slots
from boligdesk.services.errors import InvalidInput, MissingFields, NotFound
from boligdesk.services.records.papers import Composed, TemplateInfo

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from jinja2 import Environment, Template

    from boligdesk.services.records.papers import Block, LetterValue

_LONGEST_LETTER = 300_000
_ALL = "__all__"  # what a template cannot name: no field begins with a line


class LetterFiles:
    """The shipped templates: ``<folder>/<nb|nn>/<kind>.md``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def kinds(self) -> tuple[str, ...]:
        """Kinds with a file in any language, by name."""
        return tuple(sorted({path.stem for path in self.folder.glob("n[bn]/*.md")}))

    def read(self, kind: str, language: str) -> str:
        """Raises NotFound without such a file, BadTemplate when it is too large or not text."""
        path = self.folder / language / f"{kind}.md"
        if language not in {"nb", "nn"} or not re.fullmatch(r"\w{1,60}", kind) or not path.is_file():
            raise NotFound(
                "Fant ingen mal for dette brevet.", "Velg et annet brev eller en annen målform.", word="den"
            )
        if path.stat().st_size > MOST_SIGNS * 2:
            raise refusal(0, "Malen er for lang.", "Kort ned teksten.")
        try:
            return path.read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            raise refusal(0, "Fila er ikke lagret som UTF-8.", "Lagre den som UTF-8.") from error


@dataclass(frozen=True, slots=True)
class _Compiled:
    source: Source
    title: Template
    body: Template
    fields: tuple[str, ...]
    labels: dict[str, str]
    parts: tuple[str, ...]
    lines: dict[tuple[str, str], int]


class Templates:
    """Compiles each text once. ``fields``: key -> label of every field a template may use."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        self.fields = dict(fields)
        self._compiled: dict[str, _Compiled] = {}
        self._environment: Environment | None = None

    def info(self, kind: str, language: str, text: str) -> TemplateInfo:
        """What a template is and asks for. Raises BadTemplate."""
        known = self._known(text)
        source = known.source
        free = {one.key for one in source.free_texts}
        return TemplateInfo(
            kind=kind,
            language=language,
            title=source.title,
            version=source.version,
            sha256=sha256_of(text),
            text=text,
            approval=source.approval,
            fields=tuple(key for key in known.fields if key not in free),
            free_texts=tuple(source.free_texts),
            parts=known.parts,
        )

    def compose(
        self, template: TemplateInfo, values: Mapping[str, LetterValue], *, is_draft: bool
    ) -> Composed:
        """See the port. Raises InvalidInput for a value no letter can hold."""
        known = self._known(template.text)
        slots = Slots(known.labels, known.lines, values)
        given = {key: slots.value(key) for key in known.labels}
        title = " ".join(slots.plain(known.title.render(given | {_ALL: slots})).split())
        text = known.body.render(given | {_ALL: slots})
        if len(text) + sum(len(str(held)) for held in slots.held) > _LONGEST_LETTER:
            raise InvalidInput("text", "Brevet er for langt.", todo="Kort ned teksten.")
        blocks = tuple(markdown.to_blocks(text, slots.held))
        missing = tuple(dict.fromkeys(slots.missing))
        if missing and not is_draft:
            raise MissingFields(missing, tuple(known.labels[key] for key in missing))
        return Composed(title, blocks, missing, tuple(sentences(blocks)))

    def _known(self, text: str) -> _Compiled:
        sha = sha256_of(text)
        found = self._compiled.get(sha)
        if found is None:
            found = self._compile(text)
            if len(self._compiled) >= 64:
                self._compiled.clear()
            self._compiled[sha] = found
        return found

    def _compile(self, text: str) -> _Compiled:
        source = read_source(text)
        labels = self.fields | {free.key: free.label for free in source.free_texts}
        environment = self._environment or _environment()
        self._environment = environment
        names = template_rules.Names()
        body = _own_lines(source.body)
        template_rules.check(environment, source.title, source.title_line, labels, names)
        template_rules.check(environment, body, source.first_line, labels, names)
        flat, lines, slots = _flattened(environment, body, source.first_line)
        blocks = markdown.to_blocks(flat, slots, lines)
        _headings_in_order(blocks)
        for key, line in source.free_lines.items():
            if key not in names.fields:
                raise refusal(
                    line,
                    f"Fritekstfeltet «{key}» er ikke brukt i brevteksten.",
                    f"Sett inn «{{{{ {key} }}}}».",
                )
        return _Compiled(
            source=source,
            title=environment.from_string(source.title),
            body=environment.from_string(body),
            fields=tuple(names.fields),
            labels=labels,
            parts=markdown.parts_of(flat),
            lines=names.filters,
        )


def sha256_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _environment() -> Environment:
    from jinja2 import Environment, StrictUndefined, pass_context

    def held(context: Any, value: Any) -> str:
        slots: Slots = context[_ALL]
        return slots.hold(value)

    def shown(name: str, context: Any, value: Any) -> Any:
        slots: Slots = context[_ALL]
        return slots.filtered(name, value)

    made = Environment(  # noqa: S701 - no HTML: what is shown never meets a parser of markup
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        finalize=pass_context(held),
        cache_size=0,
    )
    made.globals.clear()
    made.tests.clear()
    made.filters.clear()
    made.filters.update({name: pass_context(partial(shown, name)) for name in template_rules.FILTERS})
    return made


def _own_lines(body: str) -> str:
    """Only a tag alone on its line takes the line with it; a tag at the end of a text leaves the line break."""
    alone = re.compile(r"\s*(?:\{%(?:(?!%\}).)*%\}\s*|\{#(?:(?!#\}).)*#\}\s*)+")
    return "\n".join(
        row[:-2] + "+" + row[-2:] if row.endswith(("%}", "#}")) and not alone.fullmatch(row) else row
        for row in body.split("\n")
    )


def _flattened(environment: Environment, body: str, first_line: int) -> tuple[str, list[int], list[str]]:
    """The body with all its branches and a slot for each value; the line of the file of each of its lines."""
    text, lines, slots = [""], [first_line], list[str]()
    inside = False
    for number, kind, data in template_rules.tokens(environment, body, first_line):
        line = number + first_line - 1
        if kind == "variable_begin":
            inside = True
            text[-1] += f"{markdown.OPEN}{len(slots)}{markdown.CLOSE}"
            slots.append("x")
        elif kind == "variable_end":
            inside = False
        elif kind == "data" and not inside:
            first, *rest = data.split("\n")
            if first and not text[-1]:
                lines[-1] = line
            text[-1] += first
            text += rest
            lines += range(line + 1, line + 1 + len(rest))
    return "\n".join(text), lines, slots


def _headings_in_order(blocks: list[Block]) -> None:
    levels = [block.level for block in blocks if block.kind == "heading"]
    if levels and levels[0] != 1:
        raise refusal(0, "Den første overskriften i brevet er på nivå to.", "Bruk «## » på den.")
