"""What a file is, by its first bytes and not by its name; programs and scripts are not taken in."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath

from boligdesk.domain.text import clean

MOST_BYTES = 50 * 1024 * 1024
_LONGEST_NAME = 120
_FORBIDDEN = re.compile(r'[<>:"|?*]')
_MAIL_HEADER = re.compile(rb"\A(?:[A-Za-z][A-Za-z0-9-]*:[^\n]*\n(?:[ \t][^\n]*\n)*){2,}", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class FileKind:
    mime: str
    suffix: str
    words: str


PDF = FileKind("application/pdf", ".pdf", "PDF")
PNG = FileKind("image/png", ".png", "Bilde (PNG)")
JPEG = FileKind("image/jpeg", ".jpg", "Bilde (JPEG)")
TIFF = FileKind("image/tiff", ".tif", "Bilde (TIFF)")
DOCX = FileKind(
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx", "Word-dokument"
)
XLSX = FileKind("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx", "Regneark")
TEXT = FileKind("text/plain", ".txt", "Tekst")
MAIL = FileKind("message/rfc822", ".eml", "E-post")

_MAGIC: tuple[tuple[bytes, FileKind], ...] = (
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
)
_SAME_SUFFIX = {".jpeg": ".jpg", ".tiff": ".tif"}
#: PDF readers look for the mark in the first 1024 bytes.
_PDF_HEAD = 1024


def sniff(file_name: str, body: bytes) -> FileKind | None:
    """Kind of the file; None = not one that is taken in (programs, scripts, macros, archives, unknown)."""
    if b"%PDF-" in body[:_PDF_HEAD] and not body.startswith((b"MZ", b"PK", b"\x7fELF", b"#!")):
        return PDF
    for magic, kind in _MAGIC:
        if body.startswith(magic):
            return kind
    if body.startswith(b"PK\x03\x04"):
        return _office(body)
    return _plain(PurePosixPath(file_name).suffix.casefold(), body)


def _office(body: bytes) -> FileKind | None:
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        return None
    if "[Content_Types].xml" not in names or any("vbaproject" in name.casefold() for name in names):
        return None
    if "word/document.xml" in names:
        return DOCX
    return XLSX if "xl/workbook.xml" in names else None


def _plain(suffix: str, body: bytes) -> FileKind | None:
    """Text counts only under its own name: the same bytes called .bat or .js are a script."""
    if (
        suffix not in {TEXT.suffix, MAIL.suffix}
        or b"\x00" in body
        or body.startswith((b"MZ", b"\x7fELF", b"#!"))
    ):
        return None
    if suffix == MAIL.suffix:
        return MAIL if _MAIL_HEADER.match(body.replace(b"\r\n", b"\n")) else None
    return TEXT


def safe_name(file_name: str, kind: FileKind) -> str:
    """The name to keep: no folders, no control characters, and the ending that the bytes have."""
    base = PurePosixPath(clean(file_name).replace("\\", "/")).name
    base = _FORBIDDEN.sub("", base).strip(". ")
    path = PurePosixPath(base)
    suffix = path.suffix.casefold()
    stem = path.stem if _SAME_SUFFIX.get(suffix, suffix) == kind.suffix else base
    return f"{stem[:_LONGEST_NAME].strip(' .') or 'dokument'}{kind.suffix}"


def title_from_name(file_name: str) -> str:
    """«leiekontrakt_2026.pdf» -> «Leiekontrakt 2026»."""
    stem = PurePosixPath(clean(file_name).replace("\\", "/")).stem
    words = " ".join(re.sub(r"[_]+|(?<=\w)-(?=\w)", " ", stem).split())[:_LONGEST_NAME]
    return words[:1].upper() + words[1:]
