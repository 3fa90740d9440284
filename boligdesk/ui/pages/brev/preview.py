"""The right half of the builder: the letter as it will look, or as it was frozen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from boligdesk.ui.letter_files import NAMES_HIDDEN, LetterFiles
from boligdesk.ui.letter_words import state_pill
from boligdesk.ui.theme import SPACE_2
from boligdesk.ui.widgets import Button, Pill, label, tidy
from boligdesk.ui.widgets.flow import FlowRow
from boligdesk.ui.widgets.pdf_view import PdfView

from . import words

if TYPE_CHECKING:
    from collections.abc import Callable

    from boligdesk.services.records.letters import LetterDetail, Preview
    from boligdesk.ui.page import Window

UNSENT = "Kladd – ikke sendt"


class PreviewSide(QWidget):
    """``show_draft`` draws what the store worked out, ``show_files`` what is frozen."""

    def __init__(self, window: Window, print_draft: Callable[[], object]) -> None:
        super().__init__()
        self._window = window
        self._pdfs: tuple[bytes, ...] = ()
        column = QVBoxLayout(self)
        tidy(column, SPACE_2)
        self.state_pill = Pill("warn", UNSENT, "edit")
        self.text_button = Button("Ren tekst", self.toggle_text, icon="note", kind="link")
        self.text_button.setToolTip("Vis brevet som ren tekst (F4)")
        self.print_button = Button("Skriv ut kladd", print_draft, icon="print")
        self.whose = QComboBox()
        self.whose.setAccessibleName("Eksemplar til")
        self.whose.currentIndexChanged.connect(self._show_copy)
        column.addWidget(
            FlowRow(
                label("Forhåndsvisning", "h2"),
                self.state_pill,
                self.whose,
                self.text_button,
                self.print_button,
            )
        )
        self.view = PdfView(window.tasks, "Brevet")
        column.addWidget(self.view, 1)

    def dress(self, detail: LetterDetail) -> None:
        """The words above the pages."""
        is_open = detail.status in words.OPEN
        pill = Pill("warn", UNSENT, "edit").spec if is_open else state_pill(detail.status)
        self.state_pill.set_spec(pill)
        self.print_button.setVisible(is_open)
        self.whose.setVisible(False)

    def show_draft(self, found: Preview) -> None:
        if not found.paper.blocks:
            self.view.clear(NAMES_HIDDEN)
            return
        letters = self._window.services.letters
        self.view.draw(lambda: (letters.draw(found.paper), letters.plain_text(found.paper)))

    def show_files(self, detail: LetterDetail, files: LetterFiles) -> None:
        """Copies to several recipients are chosen between."""
        self._pdfs = files.pdfs
        if not files.pdfs:
            self.view.clear(NAMES_HIDDEN)
            return
        self.whose.blockSignals(True)
        self.whose.clear()
        names = [one.name for one in detail.recipients]
        for number in range(len(files.pdfs)):
            name = names[number] if number < len(names) else f"eksemplar {number + 1}"
            self.whose.addItem(f"Til {name}")
        self.whose.blockSignals(False)
        self.whose.setVisible(len(files.pdfs) > 1)
        self._show_copy(0)

    def _show_copy(self, number: int) -> None:
        if 0 <= number < len(self._pdfs):
            self.view.show_pdf(self._pdfs[number], _plain(self._pdfs[number]))

    def toggle_text(self) -> None:
        self.view.toggle_text()
        self.text_button.setText("Vis sidene" if self.view.shows_text else "Ren tekst")


def _plain(pdf: bytes) -> str:
    """The text of a finished letter, as it lies in the file."""
    import pypdfium2 as pdfium

    from boligdesk.ui.pdf_pages import LOCK

    with LOCK:
        document = pdfium.PdfDocument(pdf)
        try:
            pages = [page.get_textpage().get_text_bounded() for page in document]
        finally:
            document.close()
    return "\n\n".join(page.replace("\r\n", "\n") for page in pages)
