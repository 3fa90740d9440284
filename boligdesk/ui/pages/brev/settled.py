"""What is settled about a letter: number, days and recipients when it is finished; who has approved or returned it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from boligdesk.domain.letters import LetterState
from boligdesk.ui.theme import SPACE_2
from boligdesk.ui.widgets import Card, FactGrid, IconLabel, clear, tidy, wrapping

from . import words

if TYPE_CHECKING:
    from boligdesk.services.records.letters import LetterDetail

_LABEL_WIDTH = 120


class SettledCard(Card):
    def __init__(self) -> None:
        super().__init__("Ferdig brev")
        self.facts = FactGrid(label_width=_LABEL_WIDTH)
        self.add(self.facts)
        self.note = wrapping("", "sub")
        self.add(self.note)

    def show_letter(self, detail: LetterDetail) -> None:
        self.facts.set_facts(words.finished_facts(detail))
        notes = {
            LetterState.FINALISED.value: "Brevet er låst, men ikke sendt. Utskrift er ikke sending.",
            LetterState.SENT.value: "Brevet er låst. Feil rettes med et nytt brev.",
            LetterState.RECALLED.value: "Brevet er trukket tilbake og skal ikke sendes. Journalnummeret er utgått.",
        }
        self.note.setText(notes.get(detail.status, ""))


class ApprovalCard(Card):
    """The last words of approval, and what was changed since; hidden while there is nothing to say."""

    def __init__(self) -> None:
        super().__init__("Godkjenning")
        self._lines = QVBoxLayout()
        tidy(self._lines, SPACE_2)
        self.body.addLayout(self._lines)

    def show_letter(self, detail: LetterDetail) -> None:
        clear(self._lines)
        for row in reversed(detail.approvals):
            is_good = row.outcome == "godkjent" and row.holds
            self._line(
                "checkmark_circle" if is_good else "arrow_undo",
                "ok" if is_good else "warn",
                words.approval_line(row),
                row.comment,
            )
        if detail.status in words.OPEN and detail.changed_since:
            what = ", ".join(label.lower() for label in detail.changed_since)
            self._line("edit", "info", "Endret siden forrige gang", f"{what[:1].upper()}{what[1:]}.")
        self.setVisible(bool(self._lines.count()))

    def _line(self, icon: str, tone: str, said: str, more: str) -> None:
        holder = QWidget()
        line = QHBoxLayout(holder)
        tidy(line, SPACE_2)
        line.addWidget(IconLabel(icon, tone), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        tidy(column, 0)
        column.addWidget(wrapping(said, "strong"))
        if more:
            column.addWidget(wrapping(more))
        line.addLayout(column, 1)
        self._lines.addWidget(holder)
