"""Which file is the same person: those that look alike, and a search for any other; merges made before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from boligdesk.ui.drafting import OSLO
from boligdesk.ui.theme import SPACE_3
from boligdesk.ui.widgets import Button, Card, FormSection, row, tidy, wrapping
from boligdesk.ui.widgets.person_picker import MatchList, PersonPicker

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from boligdesk.services.records.merging import PastMerge
    from boligdesk.services.records.people import PersonMatch
    from boligdesk.ui.widgets.person_picker import Find

_ALIKE = "Disse ligner. Velg den som er samme person, eller søk etter en annen."
_NONE = "Vi fant ingen andre som ligner. Søk etter den andre mappen."


class Choosing(QWidget):
    """``chosen`` carries the PersonMatch, ``apart`` the record of an earlier merge to take back."""

    chosen = Signal(object)
    apart = Signal(object)

    def __init__(self, find: Find) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        tidy(column, SPACE_3)
        card = Card("Hvilken mappe gjelder den samme personen?")
        self.say = wrapping("", "sub")
        card.add(self.say)
        self.alike = MatchList()
        self.alike.chosen.connect(self.chosen.emit)
        card.add(self.alike)
        self.picker = PersonPicker(find, "&Søk etter den andre mappen")
        self.picker.new.hide()
        self.picker.chosen.connect(self.chosen.emit)
        card.add(self.picker)
        column.addWidget(card)
        self.before = Card("Slått sammen før")
        self.lines = QVBoxLayout()
        tidy(self.lines)
        self.before.body.addLayout(self.lines)
        self.before.hide()
        column.addWidget(self.before)
        column.addStretch(1)
        self.buttons: list[Button] = []

    def show_alike(self, found: Sequence[PersonMatch]) -> None:
        self.say.setText(_ALIKE if found else _NONE)
        self.alike.set_matches(found)
        self.picker.set_text("")

    def show_past(self, past: Sequence[PastMerge], person_id: UUID) -> None:
        """Only what lies in this file now can be taken out of it."""
        while (item := self.lines.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.buttons = []
        for merge in past:
            if not merge.is_undone and merge.kept_id == person_id:
                self.lines.addWidget(self._past_line(merge))
        self.before.setVisible(bool(self.buttons))

    def _past_line(self, merge: PastMerge) -> QWidget:
        at = merge.at.astimezone(OSLO)
        words = f"{at:%d.%m.%Y} kl. {at:%H.%M} av {merge.who}"
        button = Button(
            "Skill mappene fra hverandre", lambda: self.apart.emit(merge.record_id), icon="arrow_undo"
        )
        button.setAccessibleName(f"Skill mappene fra hverandre: slått sammen {words}")
        self.buttons.append(button)
        carrier = QWidget()
        column = QVBoxLayout(carrier)
        tidy(column, 4)
        column.addWidget(wrapping(f"Slått sammen {words}"))
        column.addWidget(row(button))
        return carrier


class WhyOpen(QWidget):
    """One of the files is strictly confidential: the reason is written before anything is shown."""

    answered = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        tidy(column, SPACE_3)
        card = Card("En av mappene er strengt fortrolig")
        card.add(
            wrapping("Skriv hvorfor du åpner den. Det du skriver, blir loggført sammen med navnet ditt.")
        )
        self.form = FormSection()
        self.reason = QLineEdit()
        self.reason.returnPressed.connect(self.answer)
        self.form.add("reason", "&Hvorfor åpner du mappen?", self.reason)
        card.add(self.form)
        self.button = Button("Vis mappene", self.answer)
        card.add(row(self.button))
        column.addWidget(card)
        column.addStretch(1)

    def ask(self) -> None:
        self.reason.clear()
        self.form.set_errors({})
        self.reason.setFocus()

    def answer(self) -> None:
        words = self.reason.text().strip()
        if words:
            self.answered.emit(words)
        else:
            self.form.set_errors({"reason": "Skriv hvorfor du åpner mappen."})
