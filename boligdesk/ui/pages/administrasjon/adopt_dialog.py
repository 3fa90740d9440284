"""New rules before they are adopted: what differs, from which day, and why when that day is past."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from boligdesk.domain.calendar import full_date, long_date
from boligdesk.domain.rule_sets import RuleSetError, dated, load
from boligdesk.domain.rule_words import differences
from boligdesk.ui.widgets import Card, DateField, FactGrid, label, rule, wrapping
from boligdesk.ui.widgets.act_dialog import ActDialog

if TYPE_CHECKING:
    import datetime as dt

    from boligdesk.domain.rule_sets import RuleSet
    from boligdesk.domain.rule_words import Difference
    from boligdesk.services.records.common import Saved
    from boligdesk.ui.page import Window

_WIDTH, _HEIGHT = 640, 560
_SUB = "Sjekk det som er endret. Reglene kan ikke endres etter at de er vedtatt."


class AdoptDialog(ActDialog):
    """``text`` is the file, ``rules`` what it says, ``now`` the rules of today. ``adopted`` carries what was stored."""

    adopted = Signal(object)

    def __init__(self, window: Window, text: str, rules: RuleSet, now: RuleSet, parent: QWidget) -> None:
        super().__init__(window, "Vedta nye regler for tildeling", _SUB, "Vedta reglene", parent, _WIDTH)
        self._text, self.rules = text, rules
        self._wanted = rules
        self.resize(_WIDTH, _HEIGHT)
        facts = (
            ("Nye regler", rules.name),
            ("Kommune", rules.municipality),
            ("Kilde", rules.source),
            ("Slutter å gjelde", full_date(rules.valid_to) if rules.valid_to else "Ingen sluttdato"),
            ("Reglene nå", now.name),
        )
        self.body.addWidget(FactGrid(facts, label_width=120))
        self.day = DateField(window.today)
        self.day.set_value(rules.valid_from)
        self.reason = QLineEdit()
        self.form.add("valid_from", "Reglene gjelder &fra", self.day)
        self.form.add(
            "reason",
            "&Hvorfor fra en dag som har vært?",
            self.reason,
            "Saker som er konkludert, vurderes ikke på nytt. Begrunnelsen står i loggen.",
        )
        self.body.addWidget(self.form)
        self.body.addWidget(_changes(differences(now, rules)))
        self.body.addStretch(1)
        self.day.changed.connect(self._fit_reason)
        self.day.editingFinished.connect(self._fit_reason)
        self._fit_reason()
        self.back.setFocus()

    def _is_past(self, day: dt.date | None) -> bool:
        return day is not None and day < self.window_.today()

    def _fit_reason(self) -> None:
        self.form.rows["reason"].setVisible(self._is_past(self.day.value()))

    def save(self) -> None:
        day, reason = self.day.value(), self.reason.text()
        errors = self.form.own_errors()
        if day is None and not errors:
            errors["valid_from"] = "Skriv dagen reglene gjelder fra."
        if self._is_past(day) and not reason.strip():
            errors["reason"] = "Skriv hvorfor reglene skal gjelde fra en dag som har vært."
        text = self._text
        if day is not None and not errors and day != self.rules.valid_from:
            text = dated(text, day)
            try:
                self._wanted = load(text)
            except RuleSetError as error:
                errors["valid_from"] = error.what
        elif not errors:
            self._wanted = self.rules
        self.form.set_errors(errors)
        if not errors:
            self.send(lambda: self._adopt(text, reason if self._is_past(day) else ""))

    def _adopt(self, text: str, reason: str) -> Saved:
        """Without [Angre]: adopted rules stand, and new ones take their place."""
        return replace(self.window_.services.assessment.adopt_rules(text, reason), event_id=None)

    def accept(self) -> None:
        self.adopted.emit(self._wanted)
        super().accept()

    def said(self) -> str:
        return f"{self._wanted.name} er vedtatt. De gjelder fra {long_date(self._wanted.valid_from)}."


def _changes(found: tuple[Difference, ...]) -> Card:
    number = len(found)
    made = Card(
        "Ingen regler er endret"
        if not number
        else f"{number} {'regel' if number == 1 else 'regler'} er endret"
    )
    if not number:
        made.add(wrapping("Bare navn, versjon, kilde eller datoer er nye.", "sub"))
    for place, one in enumerate(found):
        if place:
            made.add(rule())
        made.add(wrapping(one.name, "strong"))
        made.add(label(one.section, "cap"))
        made.add(
            FactGrid((("Nå", one.before or "Finnes ikke"), ("Blir", one.now or "Tas bort")), label_width=44)
        )
    return made
