"""The confirm page of one letter (ui.md 3.7): what matters, the safe button first, and the act apart from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QVBoxLayout, QWidget

from boligdesk.ui.letter_words import is_vedtak
from boligdesk.ui.theme import SPACE_3
from boligdesk.ui.widgets import Card, FactGrid, FormSection, InfoBar, clear, tidy, wrapping

if TYPE_CHECKING:
    from collections.abc import Sequence

    from boligdesk.services.records.common import User
    from boligdesk.services.records.letters import LetterDetail, SendConfirm

_LABEL_WIDTH = 110
#: Routine of a letter to a protected recipient (ui.md 3.9), in the order it is done.
ROUTINE = (
    "Skriv ut brevet på en skriver der du står, og hent det med en gang.",
    "Legg brevet i en indre konvolutt. Skriv bare navnet på den, ingen adresse.",
    "Legg den indre konvolutten i en ytre. Følg kontorets rutine for hvor den sendes.",
    "Ikke send brevet eller noe om det på e-post. Ikke la det ligge framme.",
)
_FOLLOWED = "Jeg har kontrollert navnet, begge konvoluttene og at adressen ikke står noe sted."


class SingleConfirm(QWidget):
    """``is_ready`` is False while the two-person check of a protected letter is not done; ``changed`` tells."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._is_protected = False
        column = QVBoxLayout(self)
        tidy(column, SPACE_3)
        self.warnings = QVBoxLayout()
        tidy(self.warnings)
        self.card = Card()
        self.facts = FactGrid(label_width=_LABEL_WIDTH)
        self.consequence = wrapping("")
        self.card.add(self.facts)
        self.card.add(self.consequence)
        column.addWidget(self.card)
        column.addLayout(self.warnings)
        self.routine = self._routine()
        column.addWidget(self.routine)

    def _routine(self) -> Card:
        card = Card("Egen rutine for skjermet mottaker")
        for number, line in enumerate(ROUTINE, 1):
            card.add(wrapping(f"{number}. {line}"))
        self.followed = QCheckBox(_FOLLOWED)
        self.followed.toggled.connect(lambda _on: self.changed.emit())
        card.add(self.followed)
        self.form = FormSection()
        self.colleague = QComboBox()
        self.colleague.currentIndexChanged.connect(lambda _index: self.changed.emit())
        self.form.add(
            "colleague", "&Kontrollert sammen med", self.colleague, "To personer skal kontrollere brevet."
        )
        card.add(self.form)
        return card

    def show_letter(self, detail: LetterDetail, confirm: SendConfirm, colleagues: Sequence[User]) -> None:
        what = "Vedtak" if is_vedtak(detail.kind) else "Brev"
        facts = [
            ("Til", "\n".join(confirm.to) or "Ingen mottaker"),
            (what, confirm.what),
            ("Godkjent", confirm.approved),
            ("Klagefrist", confirm.appeal[:1].upper() + confirm.appeal[1:]),
        ]
        self.facts.set_facts([fact for fact in facts if fact[1]])
        self.consequence.setText(
            "Brevet får journalnummer og dato, og låses. Etter dette kan det ikke endres. Feil rettes med nytt brev."
        )
        clear(self.warnings)
        for text in confirm.warnings:
            self.warnings.addWidget(InfoBar("warn", text, closable=False))
        self._is_protected = confirm.is_protected
        self.routine.setVisible(confirm.is_protected)
        self.followed.setChecked(False)
        self.colleague.clear()
        self.colleague.addItem("Velg en kollega", None)
        for user in colleagues:
            self.colleague.addItem(user.name, user.id)

    def is_ready(self) -> bool:
        if not self._is_protected:
            return True
        return self.followed.isChecked() and self.colleague.currentData() is not None

    def checked_with(self) -> str:
        """Who checked the protected letter together with the user; "" for other letters."""
        return self.colleague.currentText() if self._is_protected and self.is_ready() else ""
