"""What narrows Min dag: numbers that filter, whose tasks, deadline, kind of case, who it waits for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from boligdesk.domain.catalog import CaseKind, WaitingOn
from boligdesk.services.records.work import TaskCounts, TaskFilter
from boligdesk.ui.theme import SPACE_3
from boligdesk.ui.widgets import Button, FilterMenuButton, KpiButton, SegmentedFilter, label, tidy
from boligdesk.ui.widgets.flow import FlowRow

if TYPE_CHECKING:
    from uuid import UUID

OWNERS = (("mine", "Mine"), ("team", "Teamet"), ("unowned", "Uten eier"), ("approval", "Godkjenning"))
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
        self.owner.show_choice("approval", False)
        self._colleague: UUID | None = None
        self.colleague = Button("", self._forget_colleague, icon="dismiss", kind="chip")
        self.colleague.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.colleague.setToolTip("Fjern filteret")
        self.colleague.hide()
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
        line.addWidget(FlowRow(self.owner, self.colleague, self.due, self.kind, self.waiting), 1)
        line.addWidget(self.sorted_by)
        column.addLayout(line)
        self.owner.changed.connect(lambda _key: self.set_colleague(None))
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
            self.set_colleague(None)
            self._chosen()

        button.setCheckable(True)
        button.setToolTip("Vis bare disse oppgavene")
        button.clicked.connect(lambda _checked=False: press())
        return button

    def show_tasks_of(self, colleague: UUID | None, name: str) -> None:
        """The team's list, narrowed to one colleague, or to what nobody has."""
        self.owner.set_value("team" if colleague else "unowned")
        self.set_colleague(colleague, name)
        self._chosen()

    def set_colleague(self, colleague: UUID | None, name: str = "") -> None:
        """Only this one's tasks, or everybody's; no signal."""
        self._colleague = colleague
        self.colleague.setText(name)
        self.colleague.setAccessibleName(f"Fjern filteret Kollega: {name}")
        self.colleague.setVisible(colleague is not None)

    def _forget_colleague(self) -> None:
        self.set_colleague(None)
        self._chosen()

    def _chosen(self) -> None:
        self._mark()
        self.changed.emit()

    def _mark(self) -> None:
        now = (self.owner.value(), self.due.value())
        for key, _icon, _tone, _words, owner, due in _NUMBERS:
            for button in (self.numbers[key], self.compact.get(key)):
                if button is not None:
                    is_on = now == (owner, due) and now != ("mine", "alle")
                    button.setChecked(is_on and self._colleague is None)

    def set_narrow(self, narrow: bool) -> None:
        """The window below 1100: two numbers in the header instead of four cards."""
        self._cards.setVisible(not narrow)
        for button in self.compact.values():
            button.setVisible(narrow)

    def set_counts(self, counts: TaskCounts) -> None:
        numbers = {"mine": counts.mine, "team": counts.team, "unowned": counts.unowned}
        self.owner.set_counts({**numbers, "approval": counts.approval})
        # a tab with nothing in it is no tab; one that is open stays
        self.owner.show_choice("approval", bool(counts.approval) or self.owner.value() == "approval")
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
        return TaskFilter(
            self.owner.value(), self.due.value(), self.kind.value(), self.waiting.value(), self._colleague
        )

    def narrows(self) -> bool:
        """Whether anything but whose tasks is chosen."""
        return self.value() != TaskFilter(self.owner.value())

    def clear(self) -> None:
        """All deadlines, kinds, waits and colleagues; whose tasks stays."""
        self.set_colleague(None)
        for menu, first in ((self.due, "alle"), (self.kind, ""), (self.waiting, "")):
            menu.set_value(first)
        self._chosen()

    def words(self) -> tuple[str, ...]:
        """The filters as they are printed above the list."""
        pairs: list[tuple[str, tuple[tuple[str, str], ...]]] = [
            (self.owner.value(), _OWNER_WORDS),
            (self.due.value(), DUES),
            (self.kind.value(), KINDS[1:]),
            (self.waiting.value(), WAITING[1:]),
        ]
        owner, *rest = (title for value, choices in pairs for key, title in choices if key == value)
        return (owner, *([self.colleague.text()] if self._colleague else []), *rest)

    def state(self) -> dict[str, Any]:
        now = self.value()
        chosen = {"owner": now.owner, "due": now.due, "kind": now.case_kind, "waiting": now.waiting_on}
        return {**chosen, "colleague": (now.assignee_id, self.colleague.text()) if now.assignee_id else None}

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
        self.set_colleague(*(state.get("colleague") or (None, "")))
        self._mark()


_OWNER_WORDS = (
    ("mine", "Mine oppgaver"),
    ("team", "Teamets oppgaver"),
    ("unowned", "Oppgaver uten eier"),
    ("approval", "Brev som venter på godkjenning"),
)
