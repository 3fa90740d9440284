"""The chosen letter beside the list: what it is, and how it looks on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QSizePolicy

from boligdesk.domain.letters import LetterState
from boligdesk.ui.letter_words import letter_status
from boligdesk.ui.widgets import Button, Card, Pill, label, row, wrapping
from boligdesk.ui.widgets.pdf_view import PdfView

if TYPE_CHECKING:
    from boligdesk.services.records.letters import LetterRow, Preview
    from boligdesk.ui.page import Window

WIDTH = 320
_FROZEN = {LetterState.FINALISED.value, LetterState.SENT.value, LetterState.RECALLED.value}


class LetterPane(Card):
    """``show_letter`` reads the one chosen; it leaves a trace, so the page waits a little before it asks."""

    def __init__(self, window: Window) -> None:
        super().__init__(role="panel")
        self._window = window
        self._row: LetterRow | None = None
        self.setFixedWidth(WIDTH)
        self.setAccessibleName("Valgt brev")
        self.title = wrapping("", "h2")
        self.status = Pill("neutral", "")
        self.about = wrapping("", "sub")
        self.open_button = Button("Åpne brevet", self._open, icon="arrow_right")
        self.open_button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.view = PdfView(window.tasks, "Valgt brev")
        self.add(label("Valgt brev", "cap"))
        self.add(self.title)
        self._pill = row(self.status)
        self.add(self._pill)
        self.add(self.about)
        self.add(self.open_button)
        self.add(self.view, 1)
        self.show_nothing()

    def show_nothing(self) -> None:
        self._row = None
        self.title.setText("Ingen brev er valgt")
        for widget in (self._pill, self.about, self.open_button):
            widget.hide()
        self.view.clear("Velg et brev i listen for å se det her.")

    def show_row(self, chosen: LetterRow) -> None:
        """What the list knows; the page itself comes with ``read``."""
        other = self._row is None or self._row.id != chosen.id
        self._row = chosen
        self.title.setText(chosen.title)
        self.status.set_spec(letter_status(chosen))
        parts = (chosen.to, chosen.case_number, f"laget av {chosen.written_by}" if chosen.written_by else "")
        self.about.setText(" · ".join(part for part in parts if part))
        for widget in (self._pill, self.about):
            widget.show()
        self.open_button.setVisible(not chosen.is_masked)
        if chosen.is_masked:
            self.view.clear("Du har ikke tilgang til dette brevet.")
        elif other:
            self.view.clear("Henter brevet …")

    def read(self) -> None:
        """Fetch and draw the letter that was chosen."""
        chosen = self._row
        if chosen is None or chosen.is_masked:
            return
        letters = self._window.services.letters
        if chosen.status in _FROZEN:
            self._window.query(
                lambda: letters.pdfs(chosen.id), lambda pdfs: self._show_frozen(chosen, pdfs), owner=self
            )
        else:
            self._window.query(
                lambda: letters.preview(chosen.id), lambda found: self._show_draft(chosen, found), owner=self
            )

    def _show_frozen(self, chosen: LetterRow, pdfs: tuple[bytes, ...]) -> None:
        if self._row is not None and self._row.id == chosen.id and pdfs:
            self.view.show_pdf(pdfs[0])

    def _show_draft(self, chosen: LetterRow, found: Preview) -> None:
        if self._row is not None and self._row.id == chosen.id:
            letters = self._window.services.letters
            self.view.draw(lambda: (letters.draw(found.paper), letters.plain_text(found.paper)))

    def _open(self) -> None:
        from boligdesk.ui.places import Place

        if self._row is not None:
            self._window.go(Place("brev", subject=self._row.id))
