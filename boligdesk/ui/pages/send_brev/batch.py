"""Several letters before they are finished and printed, and what became of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from boligdesk.domain.letters import Approval, LetterState
from boligdesk.ui.theme import SPACE_2, set_role
from boligdesk.ui.widgets import IconLabel, clear, tidy, wrapping

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from boligdesk.services.records.letters import BatchResult, LetterDetail

FINISH, PRINT_AGAIN, LEFT_OUT = "ferdigstill", "skriv_ut", "utelatt"


@dataclass(frozen=True, slots=True)
class Item:
    """One letter of the batch: what is done with it, and why not when nothing is."""

    letter_id: UUID
    version: int
    title: str
    about: str
    act: str
    why: str = ""


def item_of(detail: LetterDetail) -> Item:
    """What the batch does with a letter as it stands."""
    about = f"{detail.applicant} · sak {detail.case_number}"
    act, why = FINISH, ""
    stops = [finding.text for finding in detail.findings if finding.blocks]
    if detail.status == LetterState.FINALISED:
        act = PRINT_AGAIN
    elif detail.status not in {LetterState.DRAFT, LetterState.APPROVED}:
        act, why = LEFT_OUT, "Brevet venter på godkjenning, eller det er sendt."
    elif detail.approval != Approval.NONE and detail.status != LetterState.APPROVED:
        act, why = LEFT_OUT, "Brevet må godkjennes først."
    elif stops:
        act, why = LEFT_OUT, stops[0]
    return Item(detail.id, detail.version, detail.title, about, act, why)


class BatchList(QScrollArea):
    """A line a letter with its icon: what will be done, then what was done."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Brev i bunken")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget()
        set_role(inner, "scroll")
        self._lines = QVBoxLayout(inner)
        tidy(self._lines, SPACE_2)
        self.setWidget(inner)

    def show_items(self, items: Sequence[Item]) -> None:
        said = {FINISH: "Får journalnummer, låses og skrives ut", PRINT_AGAIN: "Er ferdigstilt. Skrives ut"}
        clear(self._lines)
        for item in items:
            if item.act == LEFT_OUT:
                self._line("warning", "warn", item, f"Tas ikke med. {item.why}")
            else:
                self._line("print", "text2", item, said[item.act])
        self._lines.addStretch(1)

    def show_results(self, items: Sequence[Item], results: Sequence[BatchResult]) -> None:
        by_id = {result.letter_id: result for result in results}
        clear(self._lines)
        for item in items:
            result = by_id.get(item.letter_id)
            if item.act == LEFT_OUT:
                self._line("warning", "warn", item, f"Ikke tatt med. {item.why}")
            elif item.act == PRINT_AGAIN:
                self._line("checkmark_circle", "ok", item, "Var ferdigstilt fra før")
            elif result is None:
                self._line("clock", "text2", item, "Ikke begynt. Brevet er som det var.")
            elif result.error:
                self._line("dismiss_circle", "crit", item, f"Ikke ferdigstilt. {result.error}")
            else:
                self._line(
                    "checkmark_circle", "ok", item, f"Ferdigstilt, journalnummer {result.journal_number}"
                )
        self._lines.addStretch(1)

    def _line(self, icon: str, tone: str, item: Item, said: str) -> None:
        holder = QWidget()
        line = QHBoxLayout(holder)
        tidy(line, SPACE_2)
        line.addWidget(IconLabel(icon, tone), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        tidy(column, 0)
        column.addWidget(wrapping(f"{item.title} – {item.about}", "strong"))
        column.addWidget(wrapping(said, "sub"))
        line.addLayout(column, 1)
        self._lines.addWidget(holder)
