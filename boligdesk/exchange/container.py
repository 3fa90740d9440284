"""Look at a file before reading it: what it really is, whatever its name says."""

from __future__ import annotations

import hashlib
import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Final, Literal

from boligdesk.services.errors import UserError

Progress = Callable[[int], None]
Cancelled = Callable[[], bool]
FileType = Literal["workbook", "text"]

#: Bigger files are refused unread. 100 MB is some hundred thousand rows.
MAX_BYTES: Final = 100 * 1024 * 1024
#: A packed workbook may not grow beyond this when it is unpacked.
MAX_UNPACKED: Final = 600 * 1024 * 1024
#: The texts of a workbook are held in memory all at once.
MAX_TEXTS: Final = 200 * 1024 * 1024
MAX_ROWS: Final = 500_000
MAX_COLUMNS: Final = 500

NOTHING_TAKEN: Final = "Ingenting er hentet inn."
_SAVE_AS: Final = "Åpne fila i regnearket, velg «Lagre som» og typen Excel-arbeidsbok (.xlsx) eller CSV. Prøv igjen med den nye fila."

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")
_BOOK_ENDINGS: Final = frozenset({".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"})
_TEXT_ENDINGS: Final = frozenset({".csv", ".txt", ".tsv", ".tab"})
_OTHER: Final = (
    (b"%PDF", "en PDF-fil"),
    (b"\x89PNG", "et bilde"),
    (b"\xff\xd8\xff", "et bilde"),
    (b"GIF8", "et bilde"),
    (b"II*\x00", "et bilde"),
    (b"MM\x00*", "et bilde"),
    (b"{\\rtf", "et tekstdokument"),
    (b"7z\xbc\xaf", "en pakket fil"),
    (b"Rar!", "en pakket fil"),
    (b"\x1f\x8b", "en pakket fil"),
    (b"MZ", "et program"),
    (b"SQLite format 3", "en database"),
)


class ReadingStopped(UserError):
    """The person stopped the reading."""

    code = "cancelled"

    def __init__(self) -> None:
        super().__init__("Lesingen er stanset.", safe=NOTHING_TAKEN)


def refuse(title: str, what: str = "", todo: str = "") -> UserError:
    """An error about the file; nothing has been taken in when a file cannot be read."""
    return UserError(title, what, NOTHING_TAKEN, todo)


def check_size(path: Path) -> None:
    """Refuse files that are not there, empty or too big, before a byte is read."""
    try:
        if path.is_dir():
            raise refuse("Dette er en mappe, ikke en fil.", todo="Velg fila med lista.")
        size = path.stat().st_size
    except FileNotFoundError as error:
        raise refuse(
            "Fila finnes ikke.", "Den kan være flyttet eller slettet.", "Velg fila på nytt."
        ) from error
    except OSError as error:
        raise unreadable(error) from error
    if size == 0:
        raise refuse("Fila er tom.", todo="Velg en fil med overskrifter og rader.")
    if size > MAX_BYTES:
        raise refuse(
            f"Fila er for stor ({size // 1024 // 1024} MB).",
            f"Boligdesk tar imot lister på inntil {MAX_BYTES // 1024 // 1024} MB.",
            "Del lista i flere filer, eller slett bilder og ark som ikke skal med.",
        )


def unreadable(error: OSError) -> UserError:
    """The file is there but the system does not hand it out."""
    if isinstance(error, PermissionError):
        return refuse(
            "Fila kan ikke åpnes.",
            "Den er åpen i et annet program, eller du har ikke lov til å lese den.",
            "Lukk fila i regnearket, og prøv igjen.",
        )
    return refuse(
        "Fila kan ikke leses.",
        "Disken eller nettverket svarte ikke.",
        "Kopier fila til din egen maskin, og prøv igjen.",
    )


def digest(path: Path, cancelled: Cancelled | None = None) -> str:
    """SHA-256 of the file in hexadecimal."""
    found = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                found.update(block)
                if cancelled is not None and cancelled():
                    raise ReadingStopped
    except OSError as error:
        raise unreadable(error) from error
    return found.hexdigest()


def file_type(path: Path) -> FileType:
    """What the file's content is. UserError, with what to do, for everything that is no list."""
    try:
        with path.open("rb") as file:
            head = file.read(4096)
            if head.startswith(_OLE):
                file.seek(0)
                raise _old_office(file.read())
    except OSError as error:
        raise unreadable(error) from error
    if head.startswith(_ZIP):
        _check_archive(path)
        return "workbook"
    for magic, what in _OTHER:
        if head.startswith(magic):
            raise refuse(
                f"Dette er {what}, ikke en liste.", "Navnet på fila sier noe annet enn innholdet.", _SAVE_AS
            )
    if head.lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith((b"<html", b"<!doctype", b"<?xml", b"<table")):
        raise refuse(
            "Dette er en nettside eller XML, ikke en liste.",
            "Noen systemer lagrer slike filer med endelsen .xls.",
            _SAVE_AS,
        )
    return "text"


def odd_name(path: Path, kind: FileType) -> str:
    """What to tell when the ending of the name says something else than the content; else empty."""
    ending = path.suffix.lower()
    if kind == "text" and ending in _BOOK_ENDINGS:
        return f"Navnet slutter på {ending}, men innholdet er ren tekst. Fila er lest som CSV."
    if kind == "workbook" and ending in _TEXT_ENDINGS:
        return f"Navnet slutter på {ending}, men innholdet er en Excel-arbeidsbok. Fila er lest som det."
    return ""


def _old_office(content: bytes) -> UserError:
    """Old Office files and encrypted new ones share one container; stream names are UTF-16 in it."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        return refuse(
            "Arbeidsboka er låst med passord.",
            "Boligdesk kan ikke lese den, og spør ikke etter passordet.",
            "Åpne fila i regnearket, fjern passordet i en kopi, og prøv igjen med kopien. Slett kopien etterpå.",
        )
    if "Workbook".encode("utf-16-le") in content or "Book".encode("utf-16-le") in content:
        return refuse(
            "Dette er en gammel Excel-fil (.xls).",
            "Boligdesk leser bare den nyere typen (.xlsx) og CSV.",
            _SAVE_AS,
        )
    return refuse("Dette er et gammelt Office-dokument, ikke en liste.", todo=_SAVE_AS)


def _check_archive(path: Path) -> None:
    """A workbook is a zip archive; look at its table of contents only."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            names = {entry.filename for entry in entries}
            small = any(entry.filename == "mimetype" and entry.file_size < 200 for entry in entries)
            kind = archive.read("mimetype") if small else b""
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError) as error:
        raise broken() from error
    except OSError as error:
        raise unreadable(error) from error
    texts = sum(entry.file_size for entry in entries if entry.filename.lower() == "xl/sharedstrings.xml")
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED or texts > MAX_TEXTS:
        raise refuse(
            "Fila er for stor når den pakkes ut.",
            "Det kan være en skadet fil, eller en fil som er laget for å gjøre skade.",
            "Lagre bare arket med lista i en ny fil, og prøv igjen.",
        )
    if any(name.lower() == "xl/workbook.xml" for name in names):
        return
    if "xl/workbook.bin" in names:
        raise refuse("Dette er en binær Excel-fil (.xlsb).", todo=_SAVE_AS)
    if b"opendocument.spreadsheet" in kind:
        raise refuse("Dette er et regneark i OpenDocument-format (.ods).", todo=_SAVE_AS)
    if any(name.startswith("word/") for name in names) or b"opendocument.text" in kind:
        raise refuse(
            "Dette er et tekstdokument, ikke et regneark.",
            todo="Kopier tabellen inn i et regneark, og lagre det som .xlsx.",
        )
    raise refuse(
        "Dette er en pakket fil, ikke en liste.", todo="Pakk ut fila først, og velg lista som ligger i den."
    )


def broken() -> UserError:
    """The archive or the XML in it is damaged."""
    return refuse(
        "Arbeidsboka er skadet.",
        "Innholdet lar seg ikke lese, kanskje fordi kopieringen ble avbrutt.",
        "Hent fila på nytt, eller åpne og lagre den i regnearket.",
    )


def printable_name(path: Path) -> str:
    """The file's name without its folder, also where the name is not valid text."""
    return os.fsencode(path.name).decode("utf-8", "replace")
