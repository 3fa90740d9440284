"""Files on their way into a case: read off the window's thread, one after the other, each refused with its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from boligdesk.domain.catalog import DocumentKind
from boligdesk.domain.file_kinds import title_from_name
from boligdesk.services.records.cases import DocumentDraft
from boligdesk.ui.tasks import Lane
from boligdesk.ui.theme import SPACE_2
from boligdesk.ui.widgets import Button, Card, DateField, InfoBar, clear, label, row, tidy
from boligdesk.ui.widgets.files import FileRead, read_file, suggested_kind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from uuid import UUID

    from boligdesk.services.errors import UserError
    from boligdesk.services.records.common import Saved
    from boligdesk.ui.page import Window

_MOST_FILES = 50


class _Line:
    """One file that waits for its title and kind."""

    def __init__(self, window: Window, read: FileRead, number: int) -> None:
        self.read = read
        self.title = QLineEdit(title_from_name(read.name))
        self.title.setMaxLength(200)
        self.title.setAccessibleName(f"Tittel på dokument {number}")
        self.kind = QComboBox()
        self.kind.setAccessibleName(f"Type dokument {number}")
        for kind in DocumentKind:
            self.kind.addItem(kind.label, kind.value)
        self.kind.setCurrentIndex(list(DocumentKind).index(suggested_kind(read.name)))
        self.dated = DateField(window.today)
        self.dated.setAccessibleName(f"Dato på dokument {number}")
        self.dated.setPlaceholderText("Dato")
        self.party = QLineEdit()
        self.party.setMaxLength(200)
        self.party.setPlaceholderText("Fra eller til")
        self.party.setAccessibleName(f"Hvem dokument {number} er fra eller til")

    def draft(self, case_id: UUID) -> DocumentDraft:
        return DocumentDraft(
            file_name=self.read.name,
            body=self.read.body,
            title=self.title.text(),
            kind=str(self.kind.currentData()),
            dated_on=self.dated.value(),
            from_to=self.party.text(),
            case_id=case_id,
        )


class FileIntake(QWidget):
    """Shows files that were dropped: title suggested from the name, kind, date; then [Lagre … i saken]."""

    def __init__(self, window: Window) -> None:
        super().__init__()
        self._window = window
        self._case_id: UUID | None = None
        self._waiting: list[Path] = []
        self._lines: list[_Line] = []
        self._at = 0
        self._saving = False
        column = QVBoxLayout(self)
        tidy(column, SPACE_2)
        self._card = Card("Nye dokumenter", role="panel")
        column.addWidget(self._card)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(0, 3)
        self._grid.setColumnStretch(3, 2)
        self._card.body.addLayout(self._grid)
        self.progress = label("", "sub")
        self.store = Button("Lagre dokumentene i saken", self.save, icon="save")
        self.drop = Button("Ikke lagre", self._forget, kind="link")
        self._card.add(row(self.store, self.drop, self.progress))
        self._faults = QVBoxLayout()
        tidy(self._faults, 4)
        column.addLayout(self._faults)
        self._show()

    def aim(self, case_id: UUID) -> None:
        """Files go to this case; those waiting for another are forgotten."""
        if case_id != self._case_id:
            self._case_id = case_id
            self._forget()

    def take(self, paths: Sequence[Path]) -> None:
        """Read the files, one by one, and show them."""
        if not paths:
            return
        clear(self._faults)
        self._waiting += paths[:_MOST_FILES]
        if len(paths) > _MOST_FILES:
            self._say_fault(f"Du kan legge til {_MOST_FILES} filer om gangen. Resten er ikke tatt med.")
        self._read_next()

    def lines(self) -> list[_Line]:
        return self._lines

    def faults(self) -> list[str]:
        """What was said about files that were not taken."""
        return [bar.text for bar in self.findChildren(InfoBar) if not bar.isHidden()]

    def _read_next(self) -> None:
        if not self._waiting:
            self._show()
            return
        path = self._waiting.pop(0)
        self._card.show()
        self.progress.setText(f"Leser filer … {len(self._waiting)} igjen")
        self._window.tasks.run(
            Lane.OTHER, lambda _progress, _cancelled: read_file(path), self._got, receiver=self
        )

    def _got(self, read: FileRead) -> None:
        if read.fault:
            self._say_fault(f"«{read.name}» er ikke tatt med. {read.fault}")
        else:
            self._lines.append(_Line(self._window, read, len(self._lines) + 1))
        self._read_next()

    def _show(self) -> None:
        while self._grid.takeAt(0) is not None:
            pass
        for place, line in enumerate(self._lines):
            for column, widget in enumerate((line.title, line.kind, line.dated, line.party)):
                self._grid.addWidget(widget, place, column)
        many = len(self._lines)
        self.store.setText("Lagre dokumentet i saken" if many == 1 else f"Lagre {many} dokumenter i saken")
        self._card.setVisible(bool(many))
        self.progress.setText("")
        if many:
            self._lines[0].title.setFocus()
            self._lines[0].title.selectAll()

    def _forget(self) -> None:
        for line in self._lines:
            for widget in (line.title, line.kind, line.dated, line.party):
                widget.deleteLater()
        self._lines, self._waiting = [], []
        clear(self._faults)
        self._show()

    def save(self) -> None:
        """Store the files, one save each, so that one that is refused does not hold back the others."""
        if wrong := next((line for line in self._lines if line.dated.error()), None):
            self._say_fault(wrong.dated.error())
            wrong.dated.setFocus()
            return
        if self._saving:
            return
        self._at = 0
        self._save_next()

    def _save_next(self) -> None:
        case_id = self._case_id
        if not self._lines or case_id is None:
            self._show()
            return
        line = self._lines[0]
        self._at += 1
        self._saving = True
        self.progress.setText(f"Lagrer dokument {self._at} …")
        draft = line.draft(case_id)
        title = draft.title.strip() or line.read.name
        self._window.save(
            lambda: self._store(draft),
            owner=self,
            said=f"Dokumentet «{title}» er lagt i saken.",
            done=lambda saved: self._stored(line, saved.event_id is None),
            invalid=lambda error: self._refused(line, error),
        )

    def _store(self, draft: DocumentDraft) -> Saved:
        """In the database lane. Whatever happens, the files that are left may be tried again."""
        try:
            return self._window.services.cases.add_document(draft)
        finally:
            self._saving = False

    def _stored(self, line: _Line, was_there: bool) -> None:
        if was_there:
            self._say_fault(f"«{line.read.name}» ligger i saken fra før. Den er ikke lagt inn to ganger.")
        self._take_off(line)
        self._save_next()

    def _refused(self, line: _Line, error: UserError) -> bool:
        text = " ".join(part for part in (error.title, error.what, error.todo) if part)
        self._say_fault(f"«{line.read.name}» er ikke lagret. {text}")
        self._take_off(line)
        self._save_next()
        return True

    def _take_off(self, line: _Line) -> None:
        self._lines.remove(line)
        for widget in (line.title, line.kind, line.dated, line.party):
            widget.hide()
            widget.deleteLater()

    def _say_fault(self, text: str) -> None:
        self._faults.addWidget(InfoBar("warn", text))
