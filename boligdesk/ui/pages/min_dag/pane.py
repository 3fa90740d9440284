"""The chosen task: what is known, the one next step, the other acts, how the deadline came about, the last events."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout

from boligdesk.domain.calendar import short_date
from boligdesk.ui.tables.common_columns import case_words, full_due, task_status
from boligdesk.ui.theme import set_role
from boligdesk.ui.widgets import Button, Card, FactGrid, Pill, label, row, tidy, wrapping

from .steps import icon_of

if TYPE_CHECKING:
    from boligdesk.services.records.work import TaskDetail, TaskRow

WIDTH = 312
#: With the distribution in the team above it.
LOAD_WIDTH = 400
LEGAL = "Fristen følger av loven og kan ikke flyttes."
LATEST = 3


@dataclass(frozen=True, slots=True)
class PaneActs:
    """What the buttons do; each works on the task that is chosen."""

    next_step: Callable[[], object]
    open_case: Callable[[], object]
    give: Callable[[], object]
    postpone: Callable[[], object]
    finish: Callable[[], object]


class TaskPane(QFrame):
    """Shows a row at once and the rest when it has been fetched."""

    def __init__(self, today: Callable[[], dt.date], acts: PaneActs, *, may_write: bool) -> None:
        super().__init__()
        self._today, self._may_write = today, may_write
        self.setFixedWidth(WIDTH)
        self.setAccessibleName("Valgt oppgave")
        outer = QVBoxLayout(self)
        tidy(outer, 0)
        self._scroll = QScrollArea()
        self._scroll.setAccessibleName("Valgt oppgave")
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._card = Card(role="panel")
        self._scroll.setWidget(self._card)
        outer.addWidget(self._scroll)
        self._build_buttons(acts)
        self._build()
        self.clear()

    def _build_buttons(self, acts: PaneActs) -> None:
        self.next_step = Button("Åpne saken", acts.next_step, kind="primary")
        self.open_case = Button("Åpne saken", acts.open_case, icon="arrow_right")
        self.give = Button("Gi til kollega …", acts.give, icon="person", kind="link")
        self.postpone = Button("Utsett …", acts.postpone, icon="clock", kind="link")
        self.finish = Button("Merk som ferdig", acts.finish, icon="checkmark", kind="link")
        self.next_step.setToolTip("Gjør neste steg (Ctrl+Enter)")
        self.open_case.setToolTip("Åpne saken (Enter)")
        self.give.setToolTip("Gi oppgaven til en kollega (Ctrl+G)")

    def _build(self) -> None:
        self._cap = label("Valgt oppgave", "cap")
        self.title = wrapping("", "h2")
        self.status = Pill("neutral", "")
        self.concerns = wrapping("", "sub")
        self.why = wrapping("")
        self._step_cap = label("Neste steg", "cap")
        self.legal = wrapping(LEGAL, "cap")
        self._due_cap = label("Fristen", "cap")
        self.due = wrapping("", "strong")
        self.due_why = wrapping("")
        self.basis = wrapping("", "cap")
        self._events_cap = label("Sist i saken", "cap")
        self.events = FactGrid(label_width=56)
        for text in (self.why, self.due_why, self.basis):
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        card = self._card
        card.add(self._cap)
        card.add(self.title)
        card.add(self.status)
        for widget in (self.concerns, self.why, self._step_cap, self.next_step, self.open_case):
            card.add(widget)
        self._quiet = row(self.give, self.postpone, spacing=0)
        card.add(self._quiet)
        self._done = row(self.finish, spacing=0)
        card.add(self._done)
        for widget in (self.legal, self._due_cap, self.due, self.due_why, self.basis):
            card.add(widget)
        card.add(self._events_cap)
        card.add(self.events)
        card.body.addStretch(1)

    def clear(self) -> None:
        """No task is chosen."""
        set_role(self._card, "panel")
        for place in range(self._card.body.count()):
            item = self._card.body.itemAt(place)
            widget = item.widget() if item else None
            if widget is not None:
                widget.hide()
        self._cap.setText("Velg en oppgave for å se mer om den.")
        self._cap.show()

    def show_row(self, task: TaskRow) -> None:
        """What the list already knows; the sentences come with ``show_detail``."""
        self.clear()
        self._cap.setText("Valgt oppgave")
        self.title.setText(task.title)
        self.status.set_spec(task_status(task, self._today()))
        self.status.show()
        case = case_words(task.case_number, task.case_kind, is_masked=task.is_masked)
        self.concerns.setText(" · ".join(part for part in (task.concerns, case) if part))
        self.title.show()
        self.concerns.setVisible(bool(self.concerns.text()))
        if task.due_on is not None:
            self.due.setText(full_due(task.due_on, self._today()))
            self._due_cap.show()
            self.due.show()

    def show_detail(self, detail: TaskDetail) -> None:
        """Everything about the task that ``show_row`` showed."""
        self.show_row(detail.row)
        self._fill(self.why, detail.why)
        self._show_acts(detail)
        self._fill(self.due_why, detail.deadline_why)
        self._fill(self.basis, "\n".join(detail.basis))
        latest = detail.latest[:LATEST]
        self.events.set_facts((short_date(entry.at.date()), entry.title) for entry in latest)
        self._events_cap.setVisible(bool(latest))
        self.events.setVisible(bool(latest))

    def _show_acts(self, detail: TaskDetail) -> None:
        task = detail.row
        has_step = bool(detail.next_step)  # a restricted file has none for those without access
        self._step_cap.setVisible(has_step)
        self.next_step.setText(detail.next_step)
        self.next_step.set_icon(icon_of(detail.next_action))
        self.next_step.setVisible(has_step)
        is_other = has_step and detail.next_action not in {"open_case", "open_person"}
        self.open_case.setText("Åpne saken" if task.case_id else "Åpne personen")
        self.open_case.setVisible(is_other and (task.case_id or task.person_id) is not None)
        self.postpone.set_reason_disabled(LEGAL if task.is_legal else "")
        may_act = self._may_write and not task.is_masked
        self._quiet.setVisible(may_act)
        self._done.setVisible(may_act)
        self.legal.setVisible(may_act and task.is_legal)

    @staticmethod
    def _fill(widget: QLabel, text: str) -> None:
        widget.setText(text)
        widget.setVisible(bool(text))
