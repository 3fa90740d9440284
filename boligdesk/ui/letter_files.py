"""Finished letters on their way to the screen or the printer. «Skjul navn» takes them away: paper has names on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from boligdesk.services.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from uuid import UUID

    from PySide6.QtWidgets import QWidget

    from boligdesk.ui.letter_printing import Printed
    from boligdesk.ui.page import Window

NAMES_HIDDEN = "Navn er skjult, og da vises ikke brevet. Trykk Ctrl+Shift+H for å vise navn igjen."


@dataclass(frozen=True, slots=True)
class LetterFiles:
    """The PDF files of one letter, one for each recipient; () when names are hidden."""

    letter_id: UUID
    pdfs: tuple[bytes, ...]


class PrintingLetters(QObject):
    """Fetches the files of finished letters, asks for a printer, prints, and notes in the log that it was done.

    ``told`` carries what became of it; nothing is told when the user went back from the choice of printer.
    """

    told = Signal(object)
    progressed = Signal(int, int)

    def __init__(self, window: Window, parent: QWidget) -> None:
        super().__init__(parent)
        self._window, self._parent = window, parent
        self._stop: Callable[[], None] = lambda: None

    def start(self, letter_ids: Sequence[UUID]) -> None:
        letters, wanted = self._window.services.letters, tuple(letter_ids)

        def read() -> tuple[LetterFiles, ...]:
            return tuple(LetterFiles(letter_id, letters.pdfs(letter_id)) for letter_id in wanted)

        self._window.query(read, self._print, owner=self)

    def stop(self) -> None:
        self._stop()

    def _print(self, files: tuple[LetterFiles, ...]) -> None:
        from boligdesk.ui import letter_printing

        if any(not one.pdfs for one in files):
            self._window.tell(NAMES_HIDDEN, "warn")
            return
        printer = letter_printing.choose_printer(self._parent)
        if printer is None:
            return
        work = letter_printing.LetterPrinter(self._window.tasks, self)
        work.progressed.connect(self.progressed)
        self._stop = work.stop
        work.start(printer, [(one.letter_id, one.pdfs) for one in files], self._over)

    def _over(self, printed: Printed) -> None:
        if not printed.letters:
            self.told.emit(printed)
            return
        letters = self._window.services.letters
        self._window.query(
            lambda: letters.printed(printed.letters, printed.printer),
            lambda _nothing: self.told.emit(printed),
            owner=self,
        )


def printed_words(printed: Printed) -> tuple[str, str]:
    """(what to say, its tone) after printing. Printing is not sending, and that is said."""
    number = len(printed.letters)
    if printed.error is not None:
        return _error_words(printed.error), "crit"
    if printed.stopped:
        return f"Utskriften er stoppet. {number} brev er skrevet ut. Ingen er merket som sendt.", "warn"
    what = "Brevet er" if number == 1 else f"{number} brev er"
    return f"{what} skrevet ut. Merk som sendt når {'det' if number == 1 else 'de'} er lagt i posten.", "ok"


def _error_words(error: UserError) -> str:
    return " ".join(part for part in (error.title, error.what, error.safe, error.todo) if part)
