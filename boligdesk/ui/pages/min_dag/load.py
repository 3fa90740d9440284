"""The leader's view of the team: who has how much, who is behind, and the oldest deadline (ui.md S1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy

from boligdesk.domain.calendar import short_date
from boligdesk.services.records.work import TaskLoad
from boligdesk.ui.tables import Column, DataTable, WindowModel, fixed_rows
from boligdesk.ui.widgets import Card, wrapping

from .pane import LOAD_WIDTH

if TYPE_CHECKING:
    from boligdesk.ui.theme import Tone

MOST_ROWS = 7
NOBODY = "Uten eier"


def _late(row: TaskLoad) -> Tone | None:
    return "crit" if row.overdue else None


def _near(row: TaskLoad) -> Tone | None:
    return "warn" if row.within_two_days else None


LOAD_COLUMNS = (
    Column[TaskLoad]("who", "Hvem", lambda r: r.name or NOBODY, 96, strong=True, stretch=True, narrowest=90),
    Column[TaskLoad]("open", "Åpne", lambda r: str(r.open), 58, align="right", narrowest=58),
    Column[TaskLoad](
        "overdue", "Forfalt", lambda r: str(r.overdue), 70, align="right", narrowest=70, tone=_late,
        tooltip=lambda _row: "Oppgaver som er over fristen",
    ),
    Column[TaskLoad](
        "near", "Haster", lambda r: str(r.within_two_days), 68, align="right", narrowest=68, tone=_near,
        tooltip=lambda _row: "Oppgaver med frist innen to arbeidsdager",
    ),
    Column[TaskLoad](
        "oldest", "Eldste", lambda r: short_date(r.oldest_due_on) if r.oldest_due_on else "–", 74, narrowest=74,
        tooltip=lambda _row: "Den eldste fristen",
    ),
)  # fmt: skip


class TeamLoad(Card):
    """``chosen`` carries the row whose tasks are wanted. Each number is the length of the list it opens."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__("Fordeling i teamet", role="panel")
        self._rows: tuple[TaskLoad, ...] = ()
        self.model = WindowModel(
            LOAD_COLUMNS, fixed_rows(lambda: self._rows), row_id=lambda row: row.assignee_id, parent=self
        )
        self.table = DataTable("Fordeling i teamet", self.model)
        self.table.set_empty("Teamet har ingen oppgaver nå.", icon="checkmark_circle")
        self.table.opened.connect(self.chosen)
        self.table.clicked.connect(self._clicked)
        self.setFixedWidth(LOAD_WIDTH)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.add(wrapping("Velg en linje for å se oppgavene.", "cap"))
        self.add(self.table)

    def show_load(self, rows: tuple[TaskLoad, ...]) -> None:
        self._rows = rows
        self.model.reload()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """As high as its lines; more of them than ``MOST_ROWS`` are scrolled."""
        lines = min(max(len(self._rows), 1), MOST_ROWS)
        around = self.table.horizontalHeader().sizeHint().height() + 6
        self.table.setFixedHeight(lines * self.table.verticalHeader().defaultSectionSize() + around)

    def _clicked(self, index: QModelIndex) -> None:
        row = self.model.row_at(index.row())
        if row is not None:
            self.chosen.emit(row)
