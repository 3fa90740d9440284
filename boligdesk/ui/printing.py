"""Lists on paper: title, filters in words, date, headings on every page, page x of y.

Nothing is written to disk unless a path is given; the name of the print job holds no personal data.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextDocument,
)
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from boligdesk.services.errors import UserError
from boligdesk.ui.tables.columns import Columns, cell_text
from boligdesk.ui.theme import font

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

DOCUMENT_NAME = "Boligdesk liste"
MARGIN_MM = 15
RESOLUTION = 144
FOOTER, FOOTER_PIXELS = 28, 12
_PDF_END = b"%%EOF"
_CSS = """
h1 { font-size: 15pt; margin: 0 0 2pt 0; } p { font-size: 10pt; margin: 0 0 8pt 0; color: #4A525B; }
th { text-align: left; background-color: #E9ECEF; } td, th { font-size: 9pt; } h1, td, th { color: #1A1D21; }
"""


@dataclass(frozen=True, slots=True)
class ListPrint:
    """What to print. ``filters`` in words («Mine oppgaver», «sortert etter frist»); ``rows`` are all rows of the list."""

    title: str
    filters: Sequence[str]
    day: date
    columns: Columns
    rows: Sequence[Any]
    landscape: bool = True


def to_pdf(job: ListPrint) -> bytes:
    """The list as a PDF in memory, for preview and for tests."""
    room = QByteArray()
    buffer = QBuffer(room)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(DOCUMENT_NAME)
    writer.setCreator("Boligdesk")
    writer.setResolution(RESOLUTION)
    print_on(writer, job)
    buffer.close()
    return bytes(room.data())


def print_to_pdf(job: ListPrint, path: Path) -> None:
    """The list as a PDF file where the user asked for it. OSError if it cannot be written."""
    path.write_bytes(to_pdf(job))


def print_on(device: QPagedPaintDevice, job: ListPrint) -> int:
    """Draw the list on a printer or a PDF; returns the number of pages. Raises PrintFailed when it takes nothing."""
    orientation = QPageLayout.Orientation.Landscape if job.landscape else QPageLayout.Orientation.Portrait
    margins = QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM)
    device.setPageLayout(
        QPageLayout(QPageSize(QPageSize.PageSizeId.A4), orientation, margins, QPageLayout.Unit.Millimeter)
    )
    painter = QPainter()
    if not painter.begin(device):
        raise PrintFailed
    scale = device.logicalDpiX() / 96
    page = QSizeF(device.width() / scale, device.height() / scale - FOOTER)
    document = _document(job, page)
    painter.scale(scale, scale)
    pages = document.pageCount()
    for number in range(pages):
        if number and not device.newPage():
            painter.end()
            raise PrintFailed
        painter.save()
        painter.translate(0, -number * page.height())
        document.drawContents(painter, QRectF(0, number * page.height(), page.width(), page.height()))
        painter.restore()
        _footer(painter, QRectF(0, page.height(), page.width(), FOOTER), job, f"Side {number + 1} av {pages}")
    painter.end()
    return pages


def _document(job: ListPrint, page: QSizeF) -> QTextDocument:
    document = QTextDocument()
    document.setDocumentMargin(1)
    document.setDefaultFont(font("cap"))
    document.setDefaultStyleSheet(_CSS)
    document.setHtml(_html(job))
    document.setPageSize(page)
    return document


def _html(job: ListPrint) -> str:
    from html import escape  # every page knows ``ListPrint``; few are printed

    heads = "".join(f"<th>{escape(column.title)}</th>" for column in job.columns)
    lines = "".join(f"<tr>{''.join(_cell(column, row) for column in job.columns)}</tr>" for row in job.rows)
    words = " · ".join((*job.filters, f"{len(job.rows)} rader"))
    return (
        f"<h1>{escape(job.title)}</h1><p>{escape(words)}</p>"
        '<table width="100%" border="1" style="border-collapse: collapse; border-color: #6B7580" cellpadding="4">'
        f"<thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table>"
    )


def _cell(column: Any, row: Any) -> str:
    from html import escape

    align = f' align="{column.align}"' if column.align != "left" else ""
    return f"<td{align}>{escape(cell_text(column, row))}</td>"


def _footer(painter: QPainter, room: QRectF, job: ListPrint, page: str) -> None:
    small = font("cap")
    small.setPixelSize(FOOTER_PIXELS)  # points would be scaled twice: by the device and by the painter
    painter.setFont(small)
    painter.setPen(QColor("#4A525B"))
    below = room.adjusted(0, 8, 0, 0)
    painter.drawText(below, Qt.AlignmentFlag.AlignLeft, f"{job.title} · skrevet ut {job.day:%d.%m.%Y}")
    painter.drawText(below, Qt.AlignmentFlag.AlignRight, page)


class PrintFailed(UserError):
    """Printer or file did not take the list. Nothing of it is in Boligdesk's hands any more."""

    code = "print_failed"

    def __init__(self) -> None:
        super().__init__(
            "Listen ble ikke skrevet ut.",
            "Skriveren eller filen tok ikke imot alt.",
            "Ingenting i Boligdesk er endret.",
            "Velg en annen skriver eller mappe, eller se om disken er full.",
        )


def put_on_paper(printer: QPrinter, job: ListPrint) -> None:
    """Print, and look afterwards: Qt says nothing of a PDF that the disk had no room for. Raises PrintFailed."""
    print_on(printer, job)
    name = printer.outputFileName()
    if name and not output_is_whole(name):
        raise PrintFailed


def output_is_whole(name: str) -> bool:
    """Whether a PDF that was printed to reached its end."""
    path = Path(name)
    try:
        with path.open("rb") as file:
            file.seek(max(path.stat().st_size - len(_PDF_END) - 2, 0))
            return _PDF_END in file.read()
    except OSError:
        return False


class PrintDialog(QDialog):
    """What will be printed, before it is: pages, [Skriv ut …], [Lukk]."""

    def __init__(self, job: ListPrint, parent: QWidget | None = None) -> None:
        from boligdesk.ui.widgets import Button, MessageArea, PreviewPane, tidy

        super().__init__(parent)
        self._job = job
        self.setWindowTitle("Skriv ut listen")
        self.resize(860, 640)
        column = QVBoxLayout(self)
        self.messages = MessageArea()
        column.addWidget(self.messages)
        self.preview = PreviewPane("Utskriften")
        self.preview.show_pdf(to_pdf(job))
        column.addWidget(self.preview, 1)
        line = QHBoxLayout()
        tidy(line)
        line.addStretch(1)
        line.addWidget(Button("Lukk utskriften", self.reject))
        line.addWidget(Button("Skriv ut listen …", self._print, icon="print", kind="primary"))
        column.addLayout(line)

    def _print(self) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(DOCUMENT_NAME)
        dialog = QPrintDialog(printer, self)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.print_with(printer)

    def print_with(self, printer: QPrinter) -> None:
        """Print and close; what goes wrong is said here, and the list can be printed elsewhere."""
        try:
            put_on_paper(printer, self._job)
        except UserError as error:
            self.messages.show_error(error)
        else:
            self.accept()
