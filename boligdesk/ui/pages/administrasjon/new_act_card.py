"""The day the new forvaltningslov holds from: not in force until the office says so, and asked once before it is set."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from boligdesk.domain.calendar import full_date, long_date
from boligdesk.services.errors import InvalidInput
from boligdesk.ui.messages import ConfirmDialog
from boligdesk.ui.widgets import Button, Card, DateField, FormSection, Pill, PillSpec, row, wrapping
from boligdesk.ui.widgets.act_dialog import fault_words

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog

    from boligdesk.services.errors import UserError
    from boligdesk.ui.page import Window

_ABOUT = (
    "Loven ble vedtatt 20. juni 2025 (lov nr. 81), og regjeringen bestemmer når den begynner å gjelde. Skriv datoen "
    "her når den er kjent. Til da viser brevene til loven fra 1967."
)
_FOLLOWS = (
    "Brev som ferdigstilles fra denne dagen, viser til paragrafene i den nye loven. Brev som er ferdigstilt, "
    "endres ikke. Du kan endre datoen igjen."
)
_FOLLOWS_NONE = "Brev som ferdigstilles fra nå, viser til paragrafene i loven fra 1967. Brev som er ferdigstilt, endres ikke."


class NewActCard(Card):
    def __init__(self, window: Window) -> None:
        super().__init__("Ny forvaltningslov")
        self._window = window
        self.day: dt.date | None = None
        self.dialog: QDialog | None = None
        self.pill = Pill("neutral", "Ikke satt i kraft")
        if self.heading is not None:
            self.heading.add_action(self.pill)
        self.add(wrapping(_ABOUT, "sub"))
        self.field = DateField(window.today)
        self.form = FormSection()
        self.form.add(
            "fra",
            "Den nye loven gjelder &fra",
            self.field,
            "La feltet stå tomt så lenge datoen ikke er kjent.",
        )
        self.add(self.form)
        self.save_button = Button("Lagre datoen …", self.ask)
        self.add(row(self.save_button))

    def show_day(self, day: dt.date | None) -> None:
        self.day = day
        self.field.set_value(day)
        self.form.set_errors({})
        self.pill.set_spec(_pill(day, self._window.today()))

    def ask(self) -> None:
        """Once, because it changes what all later letters say."""
        fault = self.field.error()
        self.form.set_errors({"fra": fault} if fault else {})
        if fault:
            return
        day = self.field.value()
        if day == self.day:
            self.form.set_errors({"fra": "Datoen er den samme som før."})
            return
        facts = (("Nå", _words(self.day)), ("Blir", _words(day)))
        follows = _FOLLOWS_NONE if day is None else _FOLLOWS
        self.dialog = ConfirmDialog(
            "Endre hvilken lov brevene viser til?", facts, follows, "Lagre datoen", parent=self
        )
        self.dialog.accepted.connect(lambda: self._store(day))
        self.dialog.open()

    def _store(self, day: dt.date | None) -> None:
        letters = self._window.services.letters
        self._window.save(
            lambda: letters.set_new_act(day),
            owner=self,
            said=f"Lagret. Ny forvaltningslov: {_words(day).lower()}.",
            done=lambda _saved: self.show_day(day),
            invalid=self._refused,
        )

    def _refused(self, error: UserError) -> bool:
        return (
            isinstance(error, InvalidInput) and self.form.set_errors({"fra": fault_words(error)}) is not None
        )


def _words(day: dt.date | None) -> str:
    return "Ikke satt i kraft" if day is None else f"Gjelder fra {full_date(day)}"


def _pill(day: dt.date | None, today: dt.date) -> PillSpec:
    if day is None:
        return PillSpec("neutral", "Ikke satt i kraft")
    if day > today:
        return PillSpec("info", f"Gjelder fra {long_date(day)}")
    return PillSpec("ok", f"Gjelder siden {long_date(day)}")
