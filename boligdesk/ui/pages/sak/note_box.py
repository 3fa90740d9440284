"""The note box above the timeline: what happened, and apart from it what we think of it. A draft while it is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from boligdesk.domain.catalog import NoteKind
from boligdesk.services.records.cases import NoteDraft
from boligdesk.ui.drafting import DraftKeeper, TextField
from boligdesk.ui.widgets import Button, label, tidy

if TYPE_CHECKING:
    from uuid import UUID

    from boligdesk.services.errors import UserError
    from boligdesk.services.records.common import Saved
    from boligdesk.ui.page import Window

_LOW, _HIGH = 58, 104
_HINT = "Skriv et notat … (lagres som kladd mens du skriver)"


class NoteBox(QWidget):
    """One note on one case. It is small until somebody writes in it; Ctrl+Enter stores it."""

    def __init__(self, window: Window) -> None:
        super().__init__()
        self._window = window
        self._case_id: UUID | None = None
        self._busy = False
        column = QVBoxLayout(self)
        tidy(column, 6)
        self.text = self._field("Notat: hva skjedde", _HINT)
        self.assessment = self._field("Vurdering, atskilt fra det som skjedde", "Vurdering (hvis du har en)")
        self.kind = QComboBox()
        self.kind.setAccessibleName("Hva slags notat")
        for kind in (NoteKind.NOTE, NoteKind.CALL, NoteKind.MEETING, NoteKind.EMAIL):
            self.kind.addItem(kind.label, kind.value)
        self.whom = QLineEdit()
        self.whom.setPlaceholderText("Med hvem")
        self.whom.setAccessibleName("Med hvem")
        self.whom.setMaxLength(200)
        fields: dict[str, TextField] = {
            "facts_text": self.text,
            "assessment_text": self.assessment,
            "with_whom": self.whom,
        }
        self.drafts = DraftKeeper(window, fields, "case", None, "notat", parent=self)
        self.store = Button("Lagre notatet", self.save, icon="save")
        self.store.setToolTip("Ctrl+Enter")
        self.error = label("", "error", wrap=True)
        self._more = QWidget()
        below = QVBoxLayout(self._more)
        tidy(below, 6)
        below.addWidget(self.assessment)
        line = QHBoxLayout()
        tidy(line)
        line.addWidget(self.kind)
        line.addWidget(self.whom, 1)
        line.addWidget(self.store)
        below.addLayout(line)
        column.addWidget(self.drafts.offer)
        column.addWidget(self.text)
        column.addWidget(self.error)
        below.addWidget(self.drafts.status)
        column.addWidget(self._more)
        self.text.textChanged.connect(self._grow)
        self.error.hide()
        self._grow()

    def _field(self, name: str, hint: str) -> QPlainTextEdit:
        made = QPlainTextEdit()
        made.setAccessibleName(name)
        made.setPlaceholderText(hint)
        made.setTabChangesFocus(True)
        made.setFixedHeight(_LOW)
        return made

    def show_case(self, case_id: UUID, about: str, enabled: bool) -> None:
        """Write about this case from now on; a draft found is offered."""
        self.setVisible(enabled)
        if case_id == self._case_id:
            return
        self.keep()
        self._case_id = case_id
        self._empty()
        self.drafts.aim("case", case_id, about)
        if enabled:
            self.drafts.look()

    def has_text(self) -> bool:
        return any(self.drafts.texts().values())

    def keep(self) -> None:
        """Save the draft now."""
        if self._case_id is not None:
            self.drafts.keep()

    def begin(self) -> None:
        """Put the cursor in the box."""
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        """Store the note for good and empty the box."""
        case_id = self._case_id
        if case_id is None:
            return
        draft = NoteDraft(
            facts_text=self.text.toPlainText(),
            assessment_text=self.assessment.toPlainText(),
            kind=str(self.kind.currentData()),
            with_whom=self.whom.text(),
            case_id=case_id,
        )
        if not draft.facts_text.strip() and not draft.assessment_text.strip():
            self._say_error("Skriv hva som har skjedd.")
            self.begin()
            return
        if self._busy:
            return
        self._busy = True
        self._window.save(
            lambda: self._write(draft),
            owner=self,
            said="Notatet er lagret.",
            done=lambda saved: self._stored(case_id, saved),
            invalid=self._refused,
        )

    def _write(self, draft: NoteDraft) -> Saved:
        """In the database lane. Whatever happens, the note may be tried again afterwards."""
        try:
            return self._window.services.cases.write_note(draft)
        finally:
            self._busy = False

    def _stored(self, case_id: UUID, saved: Saved) -> None:
        del saved
        if case_id == self._case_id:
            self._empty()
            self.drafts.done()
            self.begin()

    def _refused(self, error: UserError) -> bool:
        self._say_error(" ".join(part for part in (error.title, error.what, error.todo) if part))
        self.begin()
        return True

    def _say_error(self, text: str) -> None:
        self.error.setText(text)
        self.error.setVisible(bool(text))
        self.text.setAccessibleDescription(text)

    def _empty(self) -> None:
        for widget in (self.text, self.assessment):
            widget.setPlainText("")
        self.whom.clear()
        self.kind.setCurrentIndex(0)
        self._say_error("")
        self._grow()

    def _grow(self) -> None:
        """The second text and the buttons come when they are of use."""
        writing = self.has_text()
        self._more.setVisible(writing)
        self.text.setFixedHeight(_HIGH if writing else _LOW)
        if writing and self.error.text():
            self._say_error("")
