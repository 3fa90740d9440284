"""What narrows the guidance log: whose, who, from and to, outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from boligdesk.domain.catalog import VisitState
from boligdesk.services.records.work import VisitFilter
from boligdesk.ui.theme import SPACE_3
from boligdesk.ui.widgets import (
    Button,
    DateField,
    FilterMenuButton,
    SegmentedFilter,
    label,
    row,
    show_date,
    tidy,
    wrapping,
)
from boligdesk.ui.widgets.flow import FlowRow
from boligdesk.ui.widgets.person_picker import PersonPicker

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from boligdesk.ui.widgets.person_picker import Find

_OUTCOMES = (("", "Alle utfall"), *((state.value, state.label) for state in VisitState))


class VisitFilters(QWidget):
    """``changed`` comes when any of them changes; ``person_wanted`` when a person is to be chosen."""

    changed = Signal()
    person_wanted = Signal()

    def __init__(self, today: Callable[[], dt.date]) -> None:
        super().__init__()
        self._person: UUID | None = None
        self.owner = SegmentedFilter("Hvem sine besøk", (("mine", "Mine"), ("team", "Teamet")))
        self.person = Button("Alle personer", self.person_wanted.emit, icon="filter", kind="link")
        self.chip = Button("", lambda: self._choose_person(None, ""), icon="dismiss", kind="chip")
        self.chip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.outcome = FilterMenuButton("Utfall", _OUTCOMES)
        self.from_on, self.to_on = DateField(today), DateField(today)
        self.from_on.setAccessibleName("Fra dato")
        self.to_on.setAccessibleName("Til dato")
        self.sorted = label("", "cap")
        dates = row(label("Fra", "sub"), self.from_on, label("til", "sub"), self.to_on)
        column = QVBoxLayout(self)
        tidy(column)
        column.addWidget(FlowRow(self.owner, self.person, self.chip, self.outcome, dates, self.sorted))
        self.owner.changed.connect(lambda _key: self.changed.emit())
        self.outcome.changed.connect(lambda _key: self.changed.emit())
        for field in (self.from_on, self.to_on):
            field.editingFinished.connect(self._dated)
        self._dates: tuple[dt.date | None, dt.date | None] = (None, None)
        self._show_person("")

    def wanted(self) -> VisitFilter:
        return VisitFilter(
            self.owner.value(), self._person, self.from_on.value(), self.to_on.value(), self.outcome.value()
        )

    def set_person(self, person_id: UUID | None, name: str) -> None:
        """Only this person, or everybody; no signal."""
        self._person = person_id
        self._show_person(name)

    def words(self) -> list[str]:
        """What is chosen, for paper. The person is named: the list is about that person."""
        said = ["Mine" if self.owner.value() == "mine" else "Teamet"]
        if self._person is not None:
            said.append(self.chip.text())
        if self.outcome.value():
            said.append(self.outcome.chip.text())
        if self.from_on.value():
            said.append(f"fra {show_date(self.from_on.value())}")
        if self.to_on.value():
            said.append(f"til {show_date(self.to_on.value())}")
        return said

    def is_on(self) -> bool:
        return len(self.words()) > 1

    def reset(self) -> None:
        """Take everything away except whose; ``changed`` comes once."""
        self.outcome.set_value("")
        for field in (self.from_on, self.to_on):
            field.set_value(None)
        self._dates = (None, None)
        self._choose_person(None, "")

    def state(self) -> dict[str, Any]:
        return {
            "owner": self.owner.value(),
            "outcome": self.outcome.value(),
            "from": self.from_on.text(),
            "to": self.to_on.text(),
            "person": self._person,
            "name": self.chip.text(),
        }

    def restore(self, state: dict[str, Any]) -> None:
        """What ``state`` gave; no signal."""
        self.owner.set_value(str(state.get("owner", "mine")))
        self.outcome.set_value(str(state.get("outcome", "")))
        self.from_on.setText(str(state.get("from", "")))
        self.to_on.setText(str(state.get("to", "")))
        self._dates = (self.from_on.value(), self.to_on.value())
        self.set_person(state.get("person"), str(state.get("name", "")))

    def _choose_person(self, person_id: UUID | None, name: str) -> None:
        self.set_person(person_id, name)
        self.changed.emit()

    def _show_person(self, name: str) -> None:
        is_on = self._person is not None
        self.person.setVisible(not is_on)
        self.chip.setVisible(is_on)
        self.chip.setText(name)
        self.chip.setAccessibleName(f"Fjern filteret Person: {name}")
        self.chip.setToolTip("Fjern filteret")

    def _dated(self) -> None:
        """Only a new date asks for the list again; leaving the field does not."""
        dates = (self.from_on.value(), self.to_on.value())
        if dates != self._dates:
            self._dates = dates
            self.changed.emit()


class PersonDialog(QDialog):
    """Choose the person whose visits to show; ``take`` gets id and name."""

    def __init__(self, find: Find, take: Callable[[UUID, str], object], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Velg person")
        self.setMinimumWidth(520)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(SPACE_3)
        column.addWidget(wrapping("Hvem sine besøk vil du se?", "h1"))
        self.picker = PersonPicker(find, "&Navn eller fødselsnummer")
        self.picker.new.hide()
        self.picker.chosen.connect(lambda match: take(match.id, match.name))
        self.picker.chosen.connect(lambda _match: self.accept())
        column.addWidget(self.picker)
        column.addStretch(1)
        line = QHBoxLayout()
        tidy(line)
        line.addWidget(Button("Gå tilbake", self.reject))
        line.addStretch(1)
        column.addLayout(line)
        self.picker.line.setFocus()
