"""The small windows of the frame: help, about, quick note."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from boligdesk import __version__
from boligdesk.domain.catalog import NoteKind
from boligdesk.services.errors import UserError
from boligdesk.services.records.cases import NoteDraft
from boligdesk.ui.drafting import DraftKeeper
from boligdesk.ui.shell.commands import SHORTCUTS
from boligdesk.ui.widgets import Button, FieldRow, label, tidy, wrapping

if TYPE_CHECKING:
    from uuid import UUID

    from boligdesk.services.records.common import Saved
    from boligdesk.ui.page import Window

_MARGIN = 20


class HelpDialog(QDialog):
    """What can be done on this page, and the keys."""

    def __init__(self, title: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Hjelp")
        self.setMinimumWidth(560)
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, 16, _MARGIN, 16)
        column.setSpacing(12)
        column.addWidget(label(title or "Boligdesk", "h1"))
        if text:
            column.addWidget(wrapping(text))
        column.addWidget(label("Hurtigtaster", "h2"))
        keys = QScrollArea()
        keys.setAccessibleName("Hurtigtaster")
        keys.setWidgetResizable(True)
        keys.setMinimumHeight(180)
        inside = QWidget()
        inside.setProperty("role", "scroll")
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(2)
        for line, (pressed, what) in enumerate(SHORTCUTS):
            grid.addWidget(label(pressed, "strong"), line, 0)
            grid.addWidget(label(what), line, 1)
        grid.setColumnStretch(1, 1)
        keys.setWidget(inside)
        column.addWidget(keys, 1)
        self.resize(600, 500)
        self.close_button = _closing_button(self, "Lukk hjelpen")
        column.addLayout(_to_the_right(self.close_button))


class AboutDialog(QDialog):
    """Which program, which version, where the data are."""

    def __init__(self, where: str, warning: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Om Boligdesk")
        self.setMinimumWidth(440)
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, 16, _MARGIN, 16)
        column.setSpacing(10)
        column.addWidget(label("Boligdesk", "h1"))
        column.addWidget(label(f"Versjon {__version__}", "sub"))
        column.addWidget(wrapping(f"Opplysningene ligger på: {where}."))
        if warning:
            column.addWidget(wrapping(warning, "sub"))
        column.addWidget(
            wrapping("Lisensene til Boligdesk og delene det bygger på, følger med programmet.", "sub")
        )
        column.addLayout(_to_the_right(_closing_button(self, "Lukk vinduet")))


def _closing_button(dialog: QDialog, words: str) -> Button:
    made = Button(words, dialog.accept, kind="primary")
    made.setDefault(True)
    return made


def _to_the_right(*buttons: Button) -> QHBoxLayout:
    line = QHBoxLayout()
    tidy(line)
    line.addStretch(1)
    for button in buttons:
        line.addWidget(button)
    return line


class NoteDialog(QDialog):
    """A quick note on the person or the case in focus (Ctrl+Shift+N). The text is a draft until it is saved."""

    def __init__(
        self, window: Window, about: str, person_id: UUID | None, case_id: UUID | None, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._person_id, self._case_id = person_id, case_id
        self.setWindowTitle("Nytt notat")
        self.setMinimumWidth(520)
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, 16, _MARGIN, 16)
        column.setSpacing(12)
        column.addWidget(wrapping(f"Nytt notat på {about}", "h1"))
        self.kind = QComboBox()
        for kind in NoteKind:
            self.kind.addItem(kind.label, kind.value)
        column.addWidget(FieldRow("&Hva slags notat?", self.kind))
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(150)
        self.text_row = FieldRow("Hva &skjedde?", self.text, "Skriv det som er sagt og gjort.")
        self.drafts = DraftKeeper(
            window,
            {"facts_text": self.text},
            "case" if case_id else "person",
            case_id or person_id,
            "hurtignotat",
            about,
            parent=self,
        )
        column.addWidget(self.drafts.offer)
        column.addWidget(self.text_row, 1)
        column.addWidget(self.drafts.status)
        self.save_button = Button("Lagre notatet", self.save, icon="save", kind="primary")
        column.addLayout(_to_the_right(Button("Lukk uten å lagre notatet", self.reject), self.save_button))
        QShortcut(QKeySequence("Ctrl+Return"), self, self.save)
        self.drafts.look()
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        """Ctrl+Enter."""
        text = self.text.toPlainText().strip()
        if not text:
            self.text_row.set_error("Skriv hva som skjedde.")
            self.text.setFocus()
            return
        note = NoteDraft(
            text, kind=str(self.kind.currentData()), case_id=self._case_id, person_id=self._person_id
        )
        services = self._window.services
        self.save_button.setEnabled(False)
        self._window.save(
            lambda: services.cases.write_note(note),
            owner=self,
            done=self._saved,
            invalid=self._invalid,
        )
        self.save_button.setEnabled(True)

    def _saved(self, _saved: Saved) -> None:
        self.drafts.done()
        # no [Angre]: what is written down stands, and is corrected by a new note
        self._window.tell("Notatet er lagret.", "ok")
        self.accept()

    def _invalid(self, error: UserError) -> bool:
        self.text_row.set_error(" ".join(part for part in (error.title, error.todo) if part))
        return True

    def reject(self) -> None:
        """Esc: the text stays as a draft."""
        self.drafts.keep()
        super().reject()
