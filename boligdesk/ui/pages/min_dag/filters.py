"""What narrows Min dag: numbers that filter, whose tasks, deadline, kind of case, who it waits for."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from boligdesk.domain.catalog import CaseKind, WaitingOn
from boligdesk.services.records.work import TaskCounts, TaskFilter
from boligdesk.ui.theme import SPACE_3
from boligdesk.ui.widgets import FilterMenuButton, KpiButton, SegmentedFilter, label, tidy
from boligdesk.ui.widgets.flow import FlowRow

OWNERS = (("mine", "Mine"), ("team", "Teamet"), ("unowned", "Uten eier"))
DUES = (
    ("alle", "Alle frister"),
    ("forfalt", "Over fristen"),
    ("to_dager", "Innen to dager"),
    ("sju_dager", "Innen sju dager"),
)
KINDS = (("", "Alle sakstyper"), *((kind.value, kind.label) for kind in CaseKind))
WAITING = (
    ("", "Alle venteårsaker"),
    (WaitingOn.APPLICANT.value, "Venter på søker"),
    (WaitingOn.OTHERS.value, "Venter på andre"),
    (WaitingOn.NOBODY.value, "Venter på oss"),
)
#: key, icon, tone, words, owner, due. The first two also stand in the narrow window.
_NUMBERS = (
    ("overdue", "dismiss_circle", "crit", "over fristen", "mine", "forfalt"),
    ("two", "warning", "warn", "innen to dager", "mine", "to_dager"),
    ("seven", "calendar_ltr", "info", "innen sju dager", "mine", "sju_dager"),
    ("unowned", "people", "text2", "uten eier", "unowned", "alle"),
)
_COMPACT = {"overdue": "Over fristen", "two": "Innen to dager"}


class DayFilters(QWidget):
    """``changed`` comes when the user chose something. The numbers are buttons that set owner and deadline."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.numbers: dict[str, KpiButton] = {}
        self.compact: dict[str, KpiButton] = {}
        self.owner = SegmentedFilter("Hvem sine oppgaver", OWNERS)
        self.due = FilterMenuButton("Frist", DUES)
        self.kind = FilterMenuButton("Sakstype", KINDS)
        self.waiting = FilterMenuButton("Venter på", WAITING)
        self.sorted_by = label("", "cap")
        column = QVBoxLayout(self)
        tidy(column, SPACE_3)
        self._cards = self._number_row()
        column.addWidget(self._cards)
        line = QHBoxLayout()
        tidy(line, SPACE_3)
        line.addWidget(FlowRow(self.owner, self.due, self.kind, self.waiting), 1)
        line.addWidget(self.sorted_by)
        column.addLayout(line)
        for part in (self.owner, self.due, self.kind, self.waiting):
            part.changed.connect(self._chosen)

    def _number_row(self) -> QWidget:
        carrier = QWidget()
        line = QHBoxLayout(carrier)
        tidy(line, SPACE_3)
        for key, icon, tone, words, owner, due in _NUMBERS:
            self.numbers[key] = self._number(KpiButton(icon, tone, words), owner, due)
            line.addWidget(self.numbers[key])
            if key in _COMPACT:
                small = KpiButton(icon, tone, _COMPACT[key], compact=True)
                self.compact[key] = self._number(small, owner, due)
        return carrier

    def _number(self, button: KpiButton, owner: str, due: str) -> KpiButton:
        def press() -> None:
            is_on = (self.owner.value(), self.due.value()) == (owner, due)
            self.owner.set_value("mine" if is_on else owner)
            self.due.set_value("alle" if is_on else due)
            self._chosen()

        button.setCheckable(True)
        button.setToolTip("Vis bare disse oppgavene")
        button.clicked.connect(lambda _checked=False: press())
        return button

    def _chosen(self) -> None:
        self._mark()
        self.changed.emit()

    def _mark(self) -> None:
        now = (self.owner.value(), self.due.value())
        for key, _icon, _tone, _words, owner, due in _NUMBERS:
            for button in (self.numbers[key], self.compact.get(key)):
                if button is not None:
                    button.setChecked(now == (owner, due) and now != ("mine", "alle"))

    def set_narrow(self, narrow: bool) -> None:
        """The window below 1100: two numbers in the header instead of four cards."""
        self._cards.setVisible(not narrow)
        for button in self.compact.values():
            button.setVisible(narrow)

    def set_counts(self, counts: TaskCounts) -> None:
        self.owner.set_counts({"mine": counts.mine, "team": counts.team, "unowned": counts.unowned})
        found = {
            "overdue": counts.overdue,
            "two": counts.within_two_days,
            "seven": counts.within_seven_days,
            "unowned": counts.unowned,
        }
        for key, number in found.items():
            self.numbers[key].set_number(number)
            if key in self.compact:
                self.compact[key].set_number(number)

    def value(self) -> TaskFilter:
        return TaskFilter(self.owner.value(), self.due.value(), self.kind.value(), self.waiting.value())

    def narrows(self) -> bool:
        """Whether anything but whose tasks is chosen."""
        return self.value() != TaskFilter(self.owner.value())

    def clear(self) -> None:
        """All deadlines, kinds and waits; whose tasks stays."""
        for menu, first in ((self.due, "alle"), (self.kind, ""), (self.waiting, "")):
            menu.set_value(first)
        self._chosen()

    def words(self) -> tuple[str, ...]:
        """The filters as they are printed above the list."""
        pairs: list[tuple[str, tuple[tuple[str, str], ...]]] = [
            (self.owner.value(), tuple((key, f"{title} oppgaver") for key, title in _OWNER_WORDS)),
            (self.due.value(), DUES),
            (self.kind.value(), KINDS[1:]),
            (self.waiting.value(), WAITING[1:]),
        ]
        return tuple(title for value, choices in pairs for key, title in choices if key == value)

    def state(self) -> dict[str, Any]:
        now = self.value()
        return {"owner": now.owner, "due": now.due, "kind": now.case_kind, "waiting": now.waiting_on}

    def restore(self, state: dict[str, Any]) -> None:
        """As ``state`` gave it; anything unknown is left at its first choice."""
        parts = (
            (self.owner, "owner", OWNERS),
            (self.due, "due", DUES),
            (self.kind, "kind", KINDS),
            (self.waiting, "waiting", WAITING),
        )
        for part, key, choices in parts:
            wanted = state.get(key)
            part.set_value(wanted if wanted in dict(choices) else choices[0][0])
        self._mark()


_OWNER_WORDS = (("mine", "Mine"), ("team", "Teamets"), ("unowned", "Ingen sine"))
