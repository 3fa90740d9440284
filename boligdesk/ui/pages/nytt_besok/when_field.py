"""Day and clock of a visit. Left as it stands it means now."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from boligdesk.ui.visit_words import local
from boligdesk.ui.widgets import DateField, label, tidy

_CLOCK = re.compile(r"([01]?\d|2[0-3])[:. ]?([0-5]\d)?")


def parse_clock(text: str) -> dt.time | None:
    """«10», «10:30», «10.30», «1030». Empty is None. ValueError with a sentence otherwise."""
    cleaned = text.strip().removeprefix("kl.").strip()
    if not cleaned:
        return None
    found = _CLOCK.fullmatch(cleaned)
    if not found:
        raise ValueError("Skriv klokkeslettet som 10:30.")
    return dt.time(int(found[1]), int(found[2] or 0))


class WhenField(QWidget):
    """``value()`` is a Norwegian wall clock without zone; None means now."""

    changed = Signal()

    def __init__(self, today: Callable[[], dt.date]) -> None:
        super().__init__()
        self._today = today
        self.day = DateField(today)
        self.day.setAccessibleName("Dato for besøket")
        self.clock = QLineEdit()
        self.clock.setMaximumWidth(80)
        self.clock.setPlaceholderText("nå")
        self.clock.setAccessibleName("Klokkeslett for besøket. Tomt betyr nå.")
        line = QHBoxLayout(self)
        tidy(line)
        line.addWidget(self.day)
        line.addWidget(label("klokka", "sub"))
        line.addWidget(self.clock)
        line.addStretch(1)
        self.setFocusProxy(self.day)
        self.day.changed.connect(self.changed)
        self.clock.textEdited.connect(lambda _text: self.changed.emit())

    def set_value(self, moment: dt.datetime | None) -> None:
        at = local(moment) if moment else None
        self.day.set_value(at.date() if at else self._today())
        self.clock.setText(f"{at:%H:%M}" if at else "")

    def value(self) -> dt.datetime | None:
        clock = parse_clock(self.clock.text())
        if clock is None:
            return None
        return dt.datetime.combine(self.day.value() or self._today(), clock)

    def error(self) -> str:
        """What cannot be read, or what is missing when it was not now."""
        try:
            clock = parse_clock(self.clock.text())
        except ValueError as wrong:
            return str(wrong)
        if fault := self.day.error():
            return fault
        is_now = self.day.value() in {None, self._today()}
        return "" if clock is not None or is_now else "Skriv omtrent når på dagen det var."
