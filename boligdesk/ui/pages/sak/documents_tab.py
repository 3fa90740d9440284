"""«Dokumenter»: the list, the preview beside it, and files that come in by dropping or choosing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from boligdesk.domain.catalog import DocumentKind
from boligdesk.domain.file_kinds import JPEG, PDF, PNG, TIFF
from boligdesk.domain.guidance import OSLO
from boligdesk.ui.pages.sak.columns import document_columns
from boligdesk.ui.pages.sak.file_intake import FileIntake
from boligdesk.ui.tables import DataTable, WindowModel, fixed_rows
from boligdesk.ui.tasks import Lane
from boligdesk.ui.theme import SPACE_2, SPACE_3
from boligdesk.ui.widgets import Button, Card, FactGrid, PreviewPane, tidy, wrapping
from boligdesk.ui.widgets.files import FILE_FILTER, dropped_paths

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from boligdesk.services.records.cases import CaseDetail, DocumentRow
    from boligdesk.ui.page import Window

ONE_COLUMN_UNDER = 860
_PICTURES = {PNG.mime, JPEG.mime, TIFF.mime}
#: Lower than this there is room for the list or the document, not for both.
ONE_AT_A_TIME_UNDER = 420


class DocumentsTab(QWidget):
    """Bytes are fetched for the one document that is shown, and never before (each look is logged)."""

    def __init__(self, window: Window, choose_files: Callable[[], list[Path]] | None = None) -> None:
        super().__init__()
        self._window = window
        self._choose_files = choose_files or self._ask_files
        self._case_id: UUID | None = None
        self._rows: tuple[DocumentRow, ...] = ()
        self._may_write = False
        self._shown: UUID | None = None
        self._body = b""
        self._is_low = False
        self.setAcceptDrops(True)
        self.intake = FileIntake(window)
        self._build()

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, SPACE_3, 0, 0)
        outer.setSpacing(SPACE_2)
        self._top = QWidget()
        line = QHBoxLayout(self._top)
        tidy(line)
        self.add = Button("Legg til dokument …", self.choose, icon="attach")
        line.addWidget(self.add)
        self.hint = wrapping("Du kan også dra filer hit. PDF, bilder, Word, Excel, tekst og e-post.", "sub")
        line.addWidget(self.hint, 1)
        outer.addWidget(self._top)
        outer.addWidget(self.intake)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(SPACE_3)
        model = WindowModel(document_columns(), fixed_rows(lambda: self._rows))
        self.table = DataTable("Dokumenter", model, self._window.settings, "sak.dokumenter")
        model.setParent(self.table)
        self.table.set_empty(
            "Det er ingen dokumenter i saken ennå.", "Legg til dokument …", self.choose, "document"
        )
        self.table.current_changed.connect(self._chosen)
        self.table.opened.connect(self._open)
        self.split.addWidget(self.table)
        self.split.addWidget(self._side())
        self.split.setStretchFactor(0, 3)
        self.split.setStretchFactor(1, 4)
        self.split.setSizes([480, 600])
        outer.addWidget(self.split, 1)

    def _side(self) -> QWidget:
        panel = Card(role="panel")
        self.title = wrapping("", "h2")
        self.facts = FactGrid((), label_width=70)
        self.preview = PreviewPane("Dokumentet")
        self.save_copy = Button("Lagre en kopi …", self._save_copy, icon="save")
        self.remove = Button("Fjern dokumentet", self._remove, icon="delete")
        line = QHBoxLayout()
        tidy(line)
        line.addWidget(self.save_copy)
        line.addWidget(self.remove)
        line.addStretch(1)
        panel.add(self.title)
        panel.add(self.facts)
        panel.body.addLayout(line)
        panel.add(self.preview, 1)
        self.preview.clear("Velg et dokument i listen for å se det her.")
        self.panel = panel
        return panel

    # --- showing -------------------------------------------------------------------------------------------

    def show_case(self, detail: CaseDetail, *, may_write: bool) -> None:
        other = detail.id != self._case_id
        self._case_id, self._may_write = detail.id, may_write
        self.intake.aim(detail.id)
        self._top.setVisible(may_write)
        self.setAcceptDrops(may_write)
        before, self._rows = self._rows, detail.documents
        if other:
            self._show_nothing()
            self.table.rows.reload()
        elif before != self._rows:
            self.table.rows.refresh()
        if self._shown is not None and self._shown not in {row.id for row in self._rows}:
            self._show_nothing()
        self._enable()

    def show_document(self, document_id: UUID) -> None:
        """Choose a document from outside (the timeline)."""
        self.table.select_id(document_id)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_start(self) -> None:
        (self.table if self._rows else self.add).setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow, low = self.width() < ONE_COLUMN_UNDER, self.height() <= ONE_AT_A_TIME_UNDER
        self.split.setOrientation(
            Qt.Orientation.Vertical if narrow and not low else Qt.Orientation.Horizontal
        )
        if low is not self._is_low:
            self._is_low = low
            self._show_parts(panel=not low)

    def toggle_panel(self) -> None:
        """F4: the document beside the list; in a low window instead of it."""
        self._show_parts(panel=self.panel.isHidden())

    def _show_parts(self, *, panel: bool) -> None:
        self.panel.setVisible(panel)
        self.table.setVisible(not (panel and self._is_low))
        self.facts.setVisible(not self._is_low)  # the list said it, and the document needs the room

    def _chosen(self, row: DocumentRow | None) -> None:
        if row is None or row.id == self._shown:
            return
        self._shown, self._body = row.id, b""
        self.title.setText(row.title)
        self.facts.set_facts(_facts(row))
        self.preview.clear("Henter dokumentet …")
        self._enable()
        self._window.query(
            lambda: self._window.services.cases.document(row.id),
            lambda found: self._arrived(*found),
            owner=self,
        )

    def _arrived(self, row: DocumentRow, body: bytes) -> None:
        if row.id != self._shown:
            return
        self._body = body
        if row.mime == PDF.mime:
            self.preview.show_pdf(body)
        elif row.mime in _PICTURES and not QImage.fromData(body).isNull():
            self.preview.show_image(body)
        else:
            self.preview.clear("Denne filtypen vises ikke her. Lagre en kopi for å åpne den.")
        self._enable()

    def _show_nothing(self) -> None:
        self._shown, self._body = None, b""
        self.title.setText("")
        self.facts.set_facts(())
        self.preview.clear("Velg et dokument i listen for å se det her.")
        self._enable()

    def _enable(self) -> None:
        self.save_copy.setVisible(self._shown is not None)
        self.save_copy.setEnabled(bool(self._body))
        self.remove.setVisible(self._shown is not None and self._may_write)

    def _current(self) -> DocumentRow | None:
        return next((row for row in self._rows if row.id == self._shown), None)

    def _open(self, row: Any) -> None:
        self._chosen(row)
        if self.panel.isHidden():
            self._show_parts(panel=True)
        self.preview.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- acts ----------------------------------------------------------------------------------------------

    def choose(self) -> None:
        """[Legg til dokument …]: one or more files."""
        if self._may_write:
            self.intake.take(self._choose_files())

    def _ask_files(self) -> list[Path]:
        names, _kind = QFileDialog.getOpenFileNames(self, "Legg til dokument", "", FILE_FILTER)
        return [Path(name) for name in names]

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_paths(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = dropped_paths(event.mimeData())
        if paths and self._may_write:
            event.acceptProposedAction()
            self.intake.take(paths)

    def _remove(self) -> None:
        row = self._current()
        if row is not None:
            self._window.save(
                lambda: self._window.services.cases.remove_document(row.id, row.version),
                owner=self,
                said=f"Dokumentet «{row.title}» er fjernet.",
            )

    def _save_copy(self) -> None:
        row = self._current()
        if row is None or not self._body:
            return
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        name, _kind = QFileDialog.getSaveFileName(self, "Lagre en kopi", str(Path(folder) / row.file_name))
        if name:
            self.write_copy(Path(name))

    def write_copy(self, path: Path) -> None:
        """Put the shown document where the user wants it. The file is outside Boligdesk's protection from then on."""
        body = self._body
        self._window.tasks.run(
            Lane.OTHER,
            lambda _progress, _cancelled: path.write_bytes(body),
            lambda _size: self._window.tell("Kopien er lagret. Slett den når du er ferdig med den."),
            self._not_written,
            receiver=self,
        )

    def _not_written(self, error: BaseException) -> None:
        if not isinstance(error, OSError):
            raise error
        self._window.tell(
            "Kopien ble ikke lagret. Velg en annen mappe, eller se om disken er full. "
            "Dokumentet i saken er trygt.",
            "crit",
        )


def _facts(row: DocumentRow) -> tuple[tuple[str, str], ...]:
    kind = DocumentKind(row.kind).label if row.kind in DocumentKind.codes() else row.kind
    lines = (
        ("Type", kind),
        ("Fra/til", row.from_to),
        ("Lagt til", f"{row.added_at.astimezone(OSLO):%d.%m.%Y %H:%M} av {row.by}"),
    )
    return tuple(line for line in lines if line[1])
