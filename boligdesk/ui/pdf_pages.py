"""Pages of a PDF in memory as pictures, for the screen and for the printer.

PDFium must never work in two threads at once: whoever opens a document holds ``LOCK`` meanwhile.
"""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QImage

from boligdesk.services.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable

LOCK = Lock()
POINTS_PER_INCH = 72


class BrokenPdf(UserError):
    """The bytes are no PDF that can be shown."""

    code = "broken_pdf"

    def __init__(self) -> None:
        super().__init__(
            "Vi fikk ikke vist sidene.",
            "Filen er skadet, eller den er ikke en PDF.",
            "Ingenting er endret.",
            "Prøv igjen. Skjer det på nytt, ta kontakt med IT-støtte.",
        )


def pages_of_width(pdf: bytes, pixels: int) -> tuple[QImage, ...]:
    """Every page, ``pixels`` wide. Raises BrokenPdf."""
    return _drawn(pdf, lambda width: pixels / width)


def pages_of_resolution(pdf: bytes, dpi: int) -> tuple[QImage, ...]:
    """Every page for paper, at so many dots an inch. Raises BrokenPdf."""
    return _drawn(pdf, lambda _width: dpi / POINTS_PER_INCH)


def _drawn(pdf: bytes, scale: Callable[[float], float]) -> tuple[QImage, ...]:
    import pypdfium2 as pdfium

    with LOCK:
        try:
            document = pdfium.PdfDocument(pdf)
            try:
                return tuple(image_of(page, scale(float(page.get_width()))) for page in document)
            finally:
                document.close()
        except pdfium.PdfiumError as error:
            raise BrokenPdf from error


def image_of(page: Any, scale: float) -> QImage:
    """One page as PDFium holds it; 1.0 is 72 dots an inch. Call it with ``LOCK`` held."""
    picture = page.render(scale=scale, rev_byteorder=True).to_pil().convert("RGBA")
    raw = picture.tobytes()
    return QImage(raw, picture.width, picture.height, QImage.Format.Format_RGBA8888).copy()
