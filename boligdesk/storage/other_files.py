"""A file that is no database of ours, named for what it is: by its first bytes, which in ours are random."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

#: Beginning of the file -> what it is. Three bytes at least: two come by chance in one file of 65 000.
_BEGINNINGS = (
    (b"SQLite format 3\0", "en vanlig SQLite-fil uten kryptering"),
    (b"PK\x03\x04", "en arbeidsbok, et dokument eller en pakket fil"),
    (b"\xd0\xcf\x11\xe0", "et gammelt Office-dokument"),
    (b"%PDF", "en PDF-fil"),
    (b"\x89PNG", "et bilde"),
    (b"\xff\xd8\xff", "et bilde"),
    (b"GIF8", "et bilde"),
    (b"\x1f\x8b\x08", "en pakket fil"),
    (b"7z\xbc\xaf", "en pakket fil"),
    (b"Rar!", "en pakket fil"),
    (b"\x7fELF", "et program"),
)
#: So long that no key makes readable text of it by chance.
_HEAD = 512
_BREAKS = frozenset("\t\n\r\f\ufeff")


def what_else(path: Path) -> str:
    """«en PDF-fil»; empty for a file that may be a database, for none, and for one that cannot be read."""
    if path.is_dir():
        return "en mappe"
    try:
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
    except OSError:
        return ""
    for beginning, name in _BEGINNINGS:
        if head.startswith(beginning):
            return name
    if not head:
        return "en tom fil"
    return "en tekstfil" if _is_text(head) else ""


def _is_text(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = head[: len(head) // 2 * 2].decode("utf-16", "ignore")
    else:
        try:
            text = head.decode("utf-8")
        except UnicodeDecodeError as error:
            if error.start < len(head) - 3:  # else the last letter is cut in two
                text = head.decode("cp1252", "replace")
            else:
                text = head[: error.start].decode("utf-8")
    return bool(text) and all(char.isprintable() or char in _BREAKS for char in text)
