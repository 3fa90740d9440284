"""Letters on paper. The name of the print job says nothing of anybody; a failed print marks nothing as sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRectF, Signal
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtWidgets import QDialog, QWidget

from boligdesk.services.errors import UserError
from boligdesk.ui.pdf_pages import pages_of_resolution
from boligdesk.ui.printing import output_is_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from uuid import UUID

    from PySide6.QtGui import QImage
    from PySide6.QtPrintSupport import QPrinter

    from boligdesk.ui.tasks import Tasks

DOCUMENT_NAME = "Boligdesk brev"
DPI = 300
Letter = tuple["UUID", tuple[bytes, ...]]
"""A letter with one PDF for each of its recipients."""


class LettersNotPrinted(UserError):
    """The printer did not take a letter."""

    code = "letters_not_printed"

    def __init__(self, printed: int) -> None:
        before = f" {printed} brev før dette er skrevet ut." if printed else ""
        super().__init__(
            "Skriveren tok ikke imot brevet.",
            f"Brevet er ikke merket som sendt.{before}",
            "Brevet er ferdigstilt og ligger trygt i saken.",
            "Se om skriveren er på og har papir, eller velg en annen skriver.",
        )


@dataclass(frozen=True, slots=True)
class Printed:
    """What became of a batch. ``stopped``: the user stopped it; ``error`` None = nothing went wrong."""

    letters: tuple[UUID, ...]
    printer: str
    stopped: bool = False
    error: UserError | None = None


def choose_printer(parent: QWidget) -> QPrinter | None:
    """Ask which printer; None when the user went back."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = new_printer()
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle("Skriv ut brev")
    return printer if dialog.exec() == QDialog.DialogCode.Accepted and isinstance(printer, QPrinter) else None


def new_printer() -> QPrinter:
    """The usual printer on A4, with the neutral name of the job."""
    from PySide6.QtPrintSupport import QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(DOCUMENT_NAME)
    printer.setCreator("Boligdesk")
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setPageOrientation(QPageLayout.Orientation.Portrait)
    printer.setFullPage(True)
    return printer


class LetterPrinter(QObject):
    """Prints letters one after another; pages are drawn in the lane of slow work, put on paper in the window's.

    Each letter is a print job of its own, so that none begins on the back of another; a PDF file takes them all.
    """

    progressed = Signal(int, int)

    def __init__(self, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._printer: QPrinter | None = None
        self._letters: list[Letter] = []
        self._done: Callable[[Printed], object] | None = None
        self._printed: list[UUID] = []
        self._painter: QPainter | None = None
        self._stopped = False

    def start(self, printer: QPrinter, letters: Sequence[Letter], done: Callable[[Printed], object]) -> None:
        """Print; ``done`` follows in the window's thread."""
        self._printer, self._letters, self._done = printer, list(letters), done
        self._printed, self._painter, self._stopped = [], None, False
        self._next()

    def stop(self) -> None:
        """No more letters after the one that is being printed."""
        self._stopped = True

    def _next(self) -> None:
        from boligdesk.ui.tasks import Lane

        at, of = len(self._printed), len(self._letters)
        self.progressed.emit(at, of)
        if self._stopped or at == of:
            self._finish(None)
            return
        pdfs = self._letters[at][1]

        def work() -> list[tuple[QImage, ...]]:
            return [pages_of_resolution(pdf, DPI) for pdf in pdfs]

        self._tasks.run(
            Lane.OTHER, lambda _progress, _cancelled: work(), self._paint, self._failed, receiver=self
        )

    def _paint(self, copies: list[tuple[QImage, ...]]) -> None:
        printer = self._printer
        if printer is None:
            return
        one_file = bool(printer.outputFileName())
        for images in copies:
            if not self._put(printer, images):
                self._finish(LettersNotPrinted(len(self._printed)))
                return
            if not one_file:
                self._end()
        self._printed.append(self._letters[len(self._printed)][0])
        self._next()

    def _put(self, printer: QPrinter, images: tuple[QImage, ...]) -> bool:
        """Draw one copy; False when the printer does not take it."""
        fresh = self._painter is None
        if self._painter is None:
            painter = QPainter()
            if not painter.begin(printer):
                return False
            self._painter = painter
        for number, image in enumerate(images):
            if (number or not fresh) and not printer.newPage():
                return False
            room = printer.paperRect(printer.Unit.DevicePixel)
            self._painter.drawImage(QRectF(0, 0, room.width(), room.height()), image)
        return True

    def _end(self) -> None:
        if self._painter is not None:
            self._painter.end()
            self._painter = None

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, UserError):
            self._finish(error)
            return
        self._end()
        self._tasks.bug.emit(error)

    def _finish(self, error: UserError | None) -> None:
        self._end()
        printer, done = self._printer, self._done
        if printer is None or done is None:
            return
        name = printer.outputFileName()
        if error is None and name and self._printed and not output_is_whole(name):
            error, self._printed = LettersNotPrinted(0), []
        if error is not None and name:
            self._printed = []  # a file that broke off holds no letter one can trust
        self._printer = self._done = None
        done(Printed(tuple(self._printed), printer.printerName() or "fil", self._stopped, error))
