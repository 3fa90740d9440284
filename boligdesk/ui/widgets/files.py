"""Files from the disk or dropped on the window, looked at before they go anywhere: size, kind, and what they may be."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from boligdesk.domain.catalog import DocumentKind
from boligdesk.domain.file_kinds import MOST_BYTES, sniff

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData

FILE_FILTER = "Dokumenter (*.pdf *.png *.jpg *.jpeg *.tif *.tiff *.docx *.xlsx *.txt *.eml);;Alle filer (*)"
_MEGABYTE = 1024 * 1024
_REFUSED = (
    "Denne filtypen kan ikke lagres. Boligdesk tar imot PDF, bilder (PNG, JPEG, TIFF), Word og Excel "
    "uten makroer, tekst og e-post."
)


@dataclass(frozen=True, slots=True)
class FileRead:
    """A file from the disk: its bytes, or why it was not taken."""

    name: str
    body: bytes = b""
    fault: str = ""


def dropped_paths(data: QMimeData) -> list[Path]:
    """The files in what is dragged; folders and web addresses are left out."""
    return [
        Path(url.toLocalFile())
        for url in data.urls()
        if url.isLocalFile() and Path(url.toLocalFile()).is_file()
    ]


def read_file(path: Path) -> FileRead:
    """The bytes, or one sentence of what is wrong. Never more than the limit is read."""
    try:
        if path.stat().st_size > MOST_BYTES:
            return FileRead(
                path.name, fault=f"Filen er for stor. Den kan være høyst {MOST_BYTES // _MEGABYTE} MB."
            )
        body = path.read_bytes()
    except OSError:
        return FileRead(path.name, fault="Vi fikk ikke lest filen. Se om den er åpen i et annet program.")
    if not body:
        return FileRead(path.name, fault="Filen er tom.")
    if sniff(path.name, body) is None:
        return FileRead(path.name, fault=_REFUSED)
    return FileRead(path.name, body)


def suggested_kind(name: str) -> DocumentKind:
    """What the file's name says it is; an attachment when it says nothing."""
    words = name.casefold()
    hints = (
        ("søknad", DocumentKind.APPLICATION),
        ("soknad", DocumentKind.APPLICATION),
        ("kontrakt", DocumentKind.AGREEMENT),
        ("avtale", DocumentKind.AGREEMENT),
        ("vedtak", DocumentKind.VEDTAK),
        ("klage", DocumentKind.APPEAL),
        ("uttalelse", DocumentKind.STATEMENT),
        ("rapport", DocumentKind.REPORT),
        ("brev", DocumentKind.CORRESPONDENCE),
        ("foto", DocumentKind.PHOTO),
    )
    return next((kind for hint, kind in hints if hint in words), DocumentKind.ATTACHMENT)
