"""«Merk som sendt»: the day the letters were put in the post. Deadlines start with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boligdesk.domain.calendar import full_date
from boligdesk.services.changes import NOTHING
from boligdesk.services.errors import UserError
from boligdesk.services.letter_dispatch import assumed_arrival
from boligdesk.ui.letter_words import letters_words
from boligdesk.ui.widgets import DateField, wrapping
from boligdesk.ui.widgets.act_dialog import ActDialog

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable
    from uuid import UUID

    from PySide6.QtWidgets import QWidget

    from boligdesk.services.changes import Changes
    from boligdesk.ui.page import Window


class SentDialog(ActDialog):
    """Asks for the day and gives it to ``send``; one or several letters."""

    def __init__(
        self, window: Window, number: int, send: Callable[[dt.date], object], parent: QWidget
    ) -> None:
        what = "Brevet" if number == 1 else letters_words(number)
        super().__init__(
            window,
            "Merk som sendt",
            f"{what} er lagt i posten. Frister i {'det' if number == 1 else 'dem'} begynner å løpe.",
            "Merk som sendt",
            parent,
            440,
        )
        self._send = send
        self.day = DateField(window.today)
        self.day.set_value(window.today())
        self.day.changed.connect(self._say_arrival)
        self.form.add("sent_on", "&Sendt", self.day)
        self.body.addWidget(self.form)
        self.arrival = wrapping("", "sub")
        self.body.addWidget(self.arrival)
        self._say_arrival()
        self.day.setFocus()

    def _say_arrival(self) -> None:
        day = self.day.value()
        self.arrival.setText(f"Regnes som mottatt {full_date(assumed_arrival(day))}." if day else "")

    def save(self) -> None:
        errors = self.form.own_errors()
        day = self.day.value()
        if day is None and not errors:
            errors = {"sent_on": "Skriv dagen brevet ble sendt."}
        elif day is not None and day > self.window_.today():
            errors = {"sent_on": "Brevet kan ikke være sendt fram i tid."}
        self.form.set_errors(errors)
        if not errors and day is not None:
            self._send(day)
            self.accept()

    def said(self) -> str:
        return ""


def mark_all(
    window: Window, letter_ids: tuple[UUID, ...], day: dt.date, *, owner: QWidget, done: Callable[[], object]
) -> None:
    """Mark letters as sent on one day. One that cannot be is told, and the rest go on; ``done`` when all could."""
    letters = window.services.letters

    def work() -> tuple[int, Changes, UserError | None]:
        marked, changes, first = 0, NOTHING, None
        for letter_id in letter_ids:
            try:
                saved = letters.mark_sent(letter_id, letters.reread(letter_id).version, day)
            except UserError as error:
                first = first or error
                continue
            marked += 1
            changes |= saved.changes
        return marked, changes, first

    def told(found: tuple[int, Changes, UserError | None]) -> None:
        marked, changes, error = found
        window.tasks.publish(changes)
        if error is None:
            done()
            window.tell(f"{letters_words(marked)} er merket som sendt.", "ok")
            return
        why = " ".join(part for part in (error.title, error.what) if part)
        rest = letters_words(len(letter_ids) - marked)
        window.tell(f"{letters_words(marked)} er merket som sendt. {rest} er det ikke: {why}", "warn")

    window.query(work, told, owner=owner)
