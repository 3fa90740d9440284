"""«Be om opplysninger»: tick what is missing, and the letter is made; only the confirmation is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QPlainTextEdit, QVBoxLayout, QWidget

from boligdesk.domain.catalog import WrittenForm
from boligdesk.domain.deadlines import compute
from boligdesk.domain.letters import LetterKind
from boligdesk.domain.missing_papers import USUAL_PAPERS, USUAL_REASON
from boligdesk.services.letter_values import PAPERS_RULE
from boligdesk.services.records.letters import LetterDraft, LetterTexts
from boligdesk.ui.places import Place
from boligdesk.ui.widgets import DateField, label, tidy
from boligdesk.ui.widgets.act_dialog import ActDialog

if TYPE_CHECKING:
    import datetime as dt

    from boligdesk.services.records.cases import CaseDetail
    from boligdesk.services.records.common import Saved
    from boligdesk.services.records.letters import LetterDetail, LetterRow
    from boligdesk.services.records.papers import LetterValue
    from boligdesk.ui.page import Window

_OPEN = {"kladd", "til_godkjenning", "godkjent"}
_WIDTH = 560


def ask_for_papers(window: Window, detail: CaseDetail, parent: QWidget) -> None:
    """Open the window; a letter of the kind that is begun already is opened instead."""
    letters = window.services.letters

    def known(rows: tuple[LetterRow, ...]) -> None:
        begun = next(
            (row for row in rows if row.kind == LetterKind.MISSING_INFORMATION and row.status in _OPEN), None
        )
        if begun is None:
            AskDialog(window, detail, parent).open()
            return
        window.go(Place("brev", subject=begun.id))
        window.tell("Det finnes en kladd fra før. Skriv videre på den, eller forkast den.")

    window.query(lambda: letters.of_case(detail.id), known, owner=parent)


class AskDialog(ActDialog):
    """What is missing, why it is needed and by when. «Lag brevet» leads to the confirm page when nothing is missing."""

    def __init__(self, window: Window, detail: CaseDetail, parent: QWidget) -> None:
        super().__init__(
            window,
            "Be om opplysninger",
            f"Sak {detail.number}. Kryss av det som mangler. Når brevet er sendt, venter saken på søkeren.",
            "Lag brevet",
            parent,
            _WIDTH,
        )
        self._case_id = detail.id
        self._language = "nn" if detail.identity.written_form == WrittenForm.NYNORSK else "nb"
        self.body.addWidget(label("Det som mangler", "strong"))
        self.boxes = [QCheckBox(paper.words(self._language)) for paper in USUAL_PAPERS]
        ticks = QVBoxLayout()
        tidy(ticks, 0)
        for box in self.boxes:
            ticks.addWidget(box)
        self.body.addLayout(ticks)
        self.own = self._text(64)
        self.why = self._text(64)
        self.why.setPlainText(USUAL_REASON[self._language])
        self.due = DateField(window.today)
        self._usual_due = compute(PAPERS_RULE, window.today()).due
        self.due.set_value(self._usual_due)
        self.form.add("mangler", "&Annet som mangler", self.own, "Én ting per linje.")
        self.form.add("mangler_hvorfor", "&Hvorfor trenger dere det?", self.why)
        self.form.add("mangler_frist", "&Frist for å sende det", self.due)
        self.body.addWidget(self.form)
        self.boxes[0].setFocus(Qt.FocusReason.OtherFocusReason)
        self.resize(_WIDTH, 640)

    @staticmethod
    def _text(high: int) -> QPlainTextEdit:
        field = QPlainTextEdit()
        field.setTabChangesFocus(True)
        field.setFixedHeight(high)
        return field

    def items(self) -> tuple[str, ...]:
        """What is ticked, then what is written."""
        ticked = [box.text() for box in self.boxes if box.isChecked()]
        written = [line.strip(" -•\t") for line in self.own.toPlainText().splitlines()]
        return tuple(dict.fromkeys((*ticked, *(line for line in written if line))))

    def save(self) -> None:
        errors = self.form.own_errors()
        items, why, due = self.items(), self.why.toPlainText().strip(), self.due.value()
        if not items:
            errors["mangler"] = "Kryss av minst én ting, eller skriv hva som mangler."
        if not why:
            errors["mangler_hvorfor"] = "Skriv hva opplysningene skal brukes til."
        if due is not None and due <= self.window_.today():
            errors["mangler_frist"] = "Fristen må være etter i dag."
        self.form.set_errors(errors)
        if not errors:
            self._make(items, why, due)

    def _make(self, items: tuple[str, ...], why: str, due: dt.date | None) -> None:
        letters, window = self.window_.services.letters, self.window_
        draft = LetterDraft(self._case_id, LetterKind.MISSING_INFORMATION.value, self._language, items=items)
        chosen: dict[str, LetterValue] = {}
        if due is not None and due != self._usual_due:
            chosen["mangler_frist"] = due
        texts = LetterTexts({"mangler_hvorfor": why}, chosen)

        def work() -> Saved:
            started = letters.start(draft)
            return letters.save(started.id, started.version, texts)

        def made(saved: Saved) -> None:
            self.accept()
            window.query(
                lambda: letters.reread(saved.id), lambda found: _go_on(window, found), owner=window.tasks
            )

        window.save(work, owner=self, done=made, invalid=self._invalid, conflict=self.meet_conflict)

    def said(self) -> str:
        return ""


def _go_on(window: Window, letter: LetterDetail) -> None:
    """Nothing is missing: only the confirmation is left. Else the letter itself, with its check list."""
    complete = not any(finding.blocks for finding in letter.findings)
    window.go(Place("send_brev" if complete else "brev", subject=letter.id))
