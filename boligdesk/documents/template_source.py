"""The file of a template: what stands between the «---» lines, and the text under them."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from boligdesk.domain.letters import Approval
from boligdesk.services.errors import BadTemplate
from boligdesk.services.records.papers import FreeText

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_SIGNS = 60_000
_SINGLE = ("title", "version", "approval", "document_kind")
_KEYS = (*_SINGLE, "free", "suggestion")
_KEY = re.compile(r"[a-zæøå][a-zæøå0-9_]{0,59}")
_PRIVATE = re.compile(r"[\ue000-\uf8ff\x00-\x08\x0b-\x1f\x7f]")


def refusal(line: int, what: str, todo: str = "") -> BadTemplate:
    """One fault of a template. ``line`` counts from 1; 0 = the whole file."""
    place = f"Linje {line}: " if line else ""
    return BadTemplate(
        "Brevmalen kan ikke brukes.", f"{place}{what}", todo or "Rett malen, og prøv igjen.", line
    )


def nearest(word: str, known: Iterable[str]) -> str:
    """«Mente du «…»?», or "" when nothing is like it."""
    found = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"Mente du «{found[0]}»?" if found else ""


@dataclass(slots=True)
class Source:
    """``first_line``: the line of the file that the body begins on. ``title_line``: that of the title."""

    title: str = ""
    title_line: int = 0
    version: int = 0
    approval: str = ""
    document_kind: str = ""
    free_texts: list[FreeText] = field(default_factory=list)
    free_lines: dict[str, int] = field(default_factory=dict)
    body: str = ""
    first_line: int = 0


def read_source(text: str) -> Source:
    """Take a template apart. Raises BadTemplate."""
    if len(text) > MOST_SIGNS:
        raise refusal(
            0, f"Malen er for lang. Den kan ha høyst {MOST_SIGNS // 1000} 000 tegn.", "Kort ned teksten."
        )
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for number, line in enumerate(lines, 1):
        if _PRIVATE.search(line.replace("\t", " ")):
            raise refusal(number, "Linja har et tegn som ikke kan brukes.", "Skriv linja på nytt.")
    if lines[0].strip() != "---":
        raise refusal(1, "Malen må begynne med en linje «---».", "Se hvordan de andre malene begynner.")
    end = next((place for place, line in enumerate(lines[1:], 1) if line.strip() == "---"), 0)
    if not end:
        raise refusal(1, "Linja «---» etter opplysningene om malen mangler.", "Sett den inn før brevteksten.")
    source = Source(body="\n".join(lines[end + 1 :]), first_line=end + 2)
    seen: set[str] = set()
    for number, line in enumerate(lines[1:end], 2):
        if line.strip():
            _take(source, number, line, seen)
    for key in _SINGLE[:3]:
        if key not in seen:
            raise refusal(1, f"Opplysningen «{key}» mangler øverst i malen.", f"Skriv en linje «{key}: …».")
    return source


def _take(source: Source, number: int, line: str, seen: set[str]) -> None:
    key, colon, value = (part.strip() for part in line.partition(":"))
    if not colon or key not in _KEYS:
        raise refusal(number, f"«{key[:40]}» er ikke en opplysning om malen.", nearest(key, _KEYS))
    if key in _SINGLE and key in seen:
        raise refusal(number, f"Opplysningen «{key}» står to ganger.", "Fjern den ene.")
    if not value:
        raise refusal(number, f"Opplysningen «{key}» er tom.", "Skriv verdien etter kolonet.")
    seen.add(key)
    if key == "title":
        source.title, source.title_line = value, number
    elif key == "version":
        source.version = _version(number, value)
    elif key == "approval":
        codes = [str(one.value) for one in Approval]
        if value not in codes:
            raise refusal(
                number, f"«{value[:40]}» er ikke en måte å godkjenne på.", f"Velg blant {', '.join(codes)}."
            )
        source.approval = value
    elif key == "document_kind":
        source.document_kind = value
    elif key == "free":
        _free(source, number, value)
    else:
        _suggestion(source, number, value)


def _version(number: int, value: str) -> int:
    if not (value.isascii() and value.isdigit() and 0 < int(value[:9]) < 10**6):
        raise refusal(
            number, f"Utgaven må være et helt tall, ikke «{value[:40]}».", "Skriv for eksempel «version: 1»."
        )
    return int(value)


def _free(source: Source, number: int, value: str) -> None:
    parts = [part.strip() for part in value.split("|", 2)]
    if len(parts) < 2 or not parts[1]:
        raise refusal(
            number, "Et fritekstfelt må ha nøkkel og ledetekst.", "Skriv «free: nøkkel | ledetekst | hjelp»."
        )
    key, label, *rest = parts
    if not _KEY.fullmatch(key):
        raise refusal(
            number,
            f"«{key[:40]}» kan ikke være nøkkel for et fritekstfelt.",
            "Bruk små bokstaver, tall og _.",
        )
    if key in source.free_lines:
        raise refusal(number, f"Fritekstfeltet «{key}» står to ganger.", "Fjern det ene.")
    source.free_lines[key] = number
    source.free_texts.append(FreeText(key, label, rest[0] if rest else ""))


def _suggestion(source: Source, number: int, value: str) -> None:
    parts = [part.strip() for part in value.split("|", 2)]
    if len(parts) < 3 or not all(parts):
        raise refusal(
            number,
            "Et tekstforslag må ha nøkkel, navn og tekst.",
            "Skriv «suggestion: nøkkel | navn | tekst».",
        )
    key, label, text = parts
    place = next((place for place, free in enumerate(source.free_texts) if free.key == key), None)
    if place is None:
        raise refusal(
            number,
            f"Fritekstfeltet «{key[:40]}» finnes ikke over denne linja.",
            nearest(key, source.free_lines),
        )
    free = source.free_texts[place]
    source.free_texts[place] = FreeText(key, free.label, free.help, (*free.suggestions, (label, text)))
