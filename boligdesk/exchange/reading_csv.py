"""Read a text file with separators: encoding and separator are found, not asked for."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from boligdesk.exchange.container import MAX_ROWS, Cancelled, Progress, ReadingStopped, refuse, unreadable
from boligdesk.services.errors import UserError
from boligdesk.services.imports.fields import KINDS
from boligdesk.services.imports.headings import is_known_heading
from boligdesk.services.imports.table import SourceRow

_SEPARATORS: Final = (";", "\t", ",", "|")
_SEPARATOR_NAMES: Final = {";": "semikolon", "\t": "tabulator", ",": "komma", "|": "loddrett strek"}
_NORWEGIAN: Final = frozenset("æøåÆØÅéÉèÈêëüÜöÖäÄôóòáàñçšŠžŽčČđĐŋŧ«»–—§°²½’‘“”…€\u00a0´`·")
#: Norwegian words do not hold three such letters in a row; other alphabets read as ours do.
_RUN: Final = re.compile(r"[^\x00-\x7f\W\d_]{3,}")
_OLD_ENCODINGS: Final = {"cp1252": "Windows", "cp865": "DOS", "mac_roman": "Mac"}
#: Bytes that no text holds in number, whatever its alphabet.
_CONTROLS: Final = bytes({*range(32)} - {9, 10, 12, 13, 26, 27})
_SAMPLE_RECORDS: Final = 60
_SAMPLE_CHARS: Final = 200_000
#: Room for texts far longer than any field takes: the row's own check says what is too long.
_FIELD_LIMIT: Final = 16 * 1024 * 1024
_EVERY: Final = 1000


def decode(content: bytes) -> tuple[str, str | None]:
    """The text and, where the encoding had to be judged, a note about it."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return _strict(content, encoding), None
    if _share(content[:4096], b"\x00") > 0.02:
        even, odd = content[:4096:2].count(0), content[1:4096:2].count(0)
        if max(even, odd) < len(content[:4096]) // 8:
            raise not_text()
        return _strict(content, "utf-16-be" if even > odd else "utf-16-le"), None
    if _share(content[:4096], _CONTROLS) > 0.05:
        raise not_text()
    try:
        return content.decode("utf-8"), None
    except UnicodeDecodeError:
        return _old_encoding(content)


def _share(content: bytes, wanted: bytes) -> float:
    return sum(content.count(byte) for byte in wanted) / max(1, len(content))


def not_text() -> UserError:
    """The content is neither text nor a known type of file."""
    return refuse(
        "Dette er ikke en tekstfil.",
        "Innholdet er ikke lesbar tekst.",
        "Velg en fil av typen Excel-arbeidsbok (.xlsx) eller CSV.",
    )


def _strict(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise refuse(
            "Tegnene i fila lar seg ikke lese.",
            "Fila er trolig skadet eller avkuttet.",
            "Lagre fila på nytt som CSV UTF-8, og prøv igjen.",
        ) from error


def _oddness(text: str) -> float:
    """Share of the letters beyond ASCII that no Norwegian list would hold."""
    beyond = [char for char in text if not char.isascii()]
    if not beyond:
        return 0.0
    in_runs = sum(len(run) for run in _RUN.findall(text))
    return (sum(char not in _NORWEGIAN for char in beyond) + in_runs) / len(beyond)


def _old_encoding(content: bytes) -> tuple[str, str | None]:
    """Windows, DOS or Mac: the one whose letters look Norwegian. The rarer ones must be clearly better."""
    best, name, score = "", "", 2.0
    for encoding, shown in _OLD_ENCODINGS.items():
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        oddness = _oddness(text[:_SAMPLE_CHARS])
        if oddness < score - 0.15:
            best, name, score = text, shown, oddness
    if score <= 0.5:
        return best, f"Tegnene er lest som {name}-tegn. Sjekk at æ, ø og å er riktige."
    from charset_normalizer import from_bytes

    match = from_bytes(content[: 4 * _SAMPLE_CHARS]).best()
    if match is not None:
        return content.decode(
            match.encoding, "replace"
        ), "Tegnsettet er gjettet. Sjekk at navnene er riktige."
    return content.decode("latin-1"), "Tegnsettet er ukjent. Sjekk at navnene er riktige."


def _records(text: str, separator: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator)


def find_separator(text: str) -> str:
    """The separator that gives most columns in most of the first records.

    Decimal commas do not count: a comma that gives other widths from row to row scores low. Nor does what stands
    in the rows only, under one known heading. Without any separator the list has one column.
    """
    if text[:4].lower() == "sep=" and text[4:5] in _SEPARATORS:
        return text[4]
    sample = text[:_SAMPLE_CHARS]
    best, best_score = ";", 0.0
    for separator in _SEPARATORS:
        records: list[list[str]] = []
        try:
            for record in _records(sample, separator):
                if any(field.strip() for field in record):
                    records.append(record)
                if len(records) >= _SAMPLE_RECORDS:
                    break
        except csv.Error:
            continue
        if len(records) > 1 and len(sample) < len(text):
            records.pop()
        if _is_one_column(records):
            continue
        score = _width_score([len(record) for record in records])
        if score > best_score:
            best, best_score = separator, score
    return best


def _is_one_column(records: list[list[str]]) -> bool:
    """A heading that stands alone over «Hest, Klok»: the comma is of the name, and separates no columns."""
    for record in records:
        if len(record) > 1:
            return False
        if any(is_known_heading(record[0], kind) for kind in KINDS):
            return True
    return False


def _width_score(widths: list[int]) -> float:
    counted = Counter(width for width in widths if width > 1)
    if not counted:
        return 0.0
    width, often = max(counted.items(), key=lambda item: (item[1], item[0]))
    share = often / len(widths)
    return share * share * min(width, 12)


def read_text(
    path: Path, *, progress: Progress | None = None, cancelled: Cancelled | None = None
) -> tuple[list[SourceRow], list[str]]:
    """All records that hold something, with notes. Row numbers are those a spreadsheet shows for the file."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise unreadable(error) from error
    text, note = decode(content)
    del content
    notes = [note] if note else []
    separator = find_separator(text)
    first = 1
    if text[:4].lower() == "sep=":
        text, first = text.partition("\n")[2], 2
    csv.field_size_limit(_FIELD_LIMIT)
    rows = _read(text, separator, first, progress, cancelled)
    if any(len(row.cells) > 1 for row in rows):
        notes.append(f"Kolonnene er skilt med {_SEPARATOR_NAMES[separator]}.")
    return rows, notes


def _read(
    text: str, separator: str, first: int, progress: Progress | None, cancelled: Cancelled | None
) -> list[SourceRow]:
    rows: list[SourceRow] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    start = 0
    try:
        for row_no, record in enumerate(reader, start=first):
            if any(record):
                rows.append(SourceRow(row_no, tuple(field or None for field in record)))
            _refuse_open_quote(record, start + first, text)
            start = reader.line_num
            if len(rows) > MAX_ROWS:
                raise refuse(f"Lista har mer enn {MAX_ROWS} rader.", todo="Del lista i flere filer.")
            if row_no % _EVERY == 0:
                _tell(row_no, progress, cancelled)
    except csv.Error as error:
        raise refuse(
            f"Linje {reader.line_num} i fila lar seg ikke lese.",
            "Et felt er for langt.",
            "Rett linja, og prøv igjen.",
        ) from error
    return rows


def _refuse_open_quote(record: list[str], line: int, text: str) -> None:
    """A quotation mark that is never closed swallows the rest of the file into one field."""
    last = record[-1] if record else ""
    if "\n" in last and text.endswith(last[-20:]):
        raise refuse(
            f"Et anførselstegn på linje {line} blir aldri lukket.",
            "Alt etter det havner i samme felt.",
            "Fjern eller lukk anførselstegnet, og prøv igjen.",
        )


def _tell(row_no: int, progress: Progress | None, cancelled: Cancelled | None) -> None:
    if cancelled is not None and cancelled():
        raise ReadingStopped
    if progress is not None:
        progress(row_no)
