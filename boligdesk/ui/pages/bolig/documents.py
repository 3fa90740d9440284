"""Documents and photos of a dwelling: put in (button or drop), looked at, taken away."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from boligdesk.domain.calendar import short_date
from boligdesk.domain.catalog import DocumentKind
from boligdesk.domain.file_kinds import MOST_BYTES, title_from_name
from boligdesk.services.errors import UserError
from boligdesk.services.records.cases import DocumentDraft, DocumentRow
from boligdesk.ui.widgets import (
    Button,
    Card,
    IconLabel,
    PreviewPane,
    clear,
    label,
    symbol_button,
    tidy,
    wrapping,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from boligdesk.services.records.common import Saved
    from boligdesk.ui.page import Window

_MEGABYTE = 1024 * 1024
_PICTURES = (".png", ".jpg", ".jpeg", ".tif", ".tiff")


def read_file(path: Path, dwelling_id: UUID) -> DocumentDraft:
    """The file as it is to be filed. Raises UserError when it cannot be read or is far too large."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise UserError(
                "Filen er for stor.",
                f"Den kan være høyst {MOST_BYTES // _MEGABYTE} MB.",
                "Ingenting er endret.",
                "Skann med lavere oppløsning, eller del den opp.",
            )
        body = path.read_bytes()
    except OSError:
        raise UserError(
            "Filen kan ikke leses.",
            "Den er flyttet eller låst.",
            "Ingenting er endret.",
            "Lukk den, og prøv igjen.",
        ) from None
    is_picture = path.suffix.casefold() in _PICTURES
    kind = DocumentKind.PHOTO if is_picture else DocumentKind.ATTACHMENT
    title = title_from_name(path.name)
    return DocumentDraft(path.name, body, title, kind.value, dwelling_id=dwelling_id)


class DocumentsCard(Card):
    """The list with its buttons. Files can be dropped on it."""

    def __init__(self, window: Window, may_write: bool) -> None:
        super().__init__("Dokumenter og bilder")
        self._window, self._may_write = window, may_write
        self._dwelling_id: UUID | None = None
        if may_write and self.heading is not None:
            self.add_button = Button("Legg til filer …", self._choose, icon="attach", kind="link")
            self.heading.add_action(self.add_button)
            self.setAcceptDrops(True)
        self._list = QVBoxLayout()
        tidy(self._list, 4)
        self.body.addLayout(self._list)
        self.buttons: dict[UUID, Button] = {}

    def show_documents(self, dwelling_id: UUID, documents: Iterable[DocumentRow]) -> None:
        self._dwelling_id = dwelling_id
        clear(self._list)
        self.buttons = {}
        for document in documents:
            self._list.addWidget(self._line(document))
        if not self.buttons:
            words = (
                "Ingen filer ennå. Dra dem hit, eller velg «Legg til filer …»."
                if self._may_write
                else "Ingen filer ennå."
            )
            self._list.addWidget(wrapping(words, "sub"))

    def _line(self, document: DocumentRow) -> QWidget:
        carrier = QWidget()
        line = QHBoxLayout(carrier)
        tidy(line)
        line.addWidget(IconLabel("image" if document.mime.startswith("image/") else "document", "text2"))
        words = QVBoxLayout()
        tidy(words, 0)
        words.addWidget(wrapping(document.title, "strong"))
        at = document.added_at.astimezone().date()
        kind = DocumentKind(document.kind).label
        words.addWidget(wrapping(f"{kind} · {short_date(at)} {at.year} · {document.by}", "cap"))
        line.addLayout(words, 1)
        button = Button("Vis", lambda: self.look(document), icon="eye", kind="link")
        button.setAccessibleName(f"Vis {document.title}")
        self.buttons[document.id] = button
        line.addWidget(button)
        if self._may_write:
            line.addWidget(symbol_button("delete", f"Fjern {document.title}", lambda: self._remove(document)))
        return carrier

    # --- in and out -----------------------------------------------------------------------------------------

    def add_files(self, paths: Iterable[Path]) -> None:
        """File them one by one; each says for itself when it is refused."""
        if self._dwelling_id is None:
            return
        for path in paths:
            self._add(path, self._dwelling_id)

    def _add(self, path: Path, dwelling_id: UUID) -> None:
        cases = self._window.services.cases

        def work() -> Saved:
            return cases.add_document(read_file(path, dwelling_id))

        self._window.save(work, owner=self, said="Filen er lagt til.")

    def _remove(self, document: DocumentRow) -> None:
        cases = self._window.services.cases
        self._window.save(
            lambda: cases.remove_document(document.id, document.version),
            owner=self,
            said="Filen er fjernet fra boligen.",
        )

    def look(self, document: DocumentRow) -> None:
        """Open the preview; the opening is logged."""
        cases = self._window.services.cases

        def show(found: tuple[DocumentRow, bytes]) -> None:
            DocumentDialog(*found, self).open()

        self._window.query(lambda: cases.document(document.id), show, owner=self)

    def _choose(self) -> None:
        names, _kind = QFileDialog.getOpenFileNames(self, "Velg filer")
        self.add_files(Path(name) for name in names)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.add_files(Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile())


class DocumentDialog(QDialog):
    """One file, looked at in memory. What cannot be shown here can be saved as a copy."""

    def __init__(self, document: DocumentRow, body: bytes, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._document, self._body = document, body
        self.setWindowTitle("Dokument")
        self.resize(820, 640)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.addWidget(wrapping(document.title, "h1"))
        self.preview = PreviewPane(document.title)
        if document.mime == "application/pdf":
            self.preview.show_pdf(body)
        elif document.mime.startswith("image/"):
            self.preview.show_image(body)
        else:
            self.preview.clear(
                "Denne filtypen vises ikke her. Lagre en kopi, og åpne den i programmet den hører til."
            )
        column.addWidget(self.preview, 1)
        line = QHBoxLayout()
        tidy(line)
        self.problem = label("", "error")
        line.addWidget(self.problem, 1)
        line.addWidget(Button("Lagre kopi …", self._save_copy, icon="arrow_download"))
        line.addWidget(Button("Lukk dokumentet", self.reject, kind="primary"))
        column.addLayout(line)

    def _save_copy(self) -> None:
        name, _kind = QFileDialog.getSaveFileName(self, "Lagre kopi", self._document.file_name)
        if not name:
            return
        try:
            Path(name).write_bytes(self._body)
        except OSError:
            self.problem.setText("Kopien kunne ikke lagres der. Velg en annen mappe.")
