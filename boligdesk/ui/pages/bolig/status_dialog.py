"""«Endre status …»: which, from when, why, and when the dwelling becomes vacant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from boligdesk.domain.catalog import DwellingStatus
from boligdesk.domain.dwellings import may_become
from boligdesk.ui.widgets import DateField

from .dialogs import FormDialog

if TYPE_CHECKING:
    from collections.abc import Callable

    from boligdesk.services.records.common import Saved
    from boligdesk.services.records.dwellings import DwellingDetail
    from boligdesk.ui.page import Window


class StatusDialog(FormDialog):
    """Offers only statuses that may follow the one the dwelling has."""

    def __init__(self, window: Window, found: DwellingDetail, parent: QWidget) -> None:
        now = DwellingStatus(found.status)
        super().__init__(
            window,
            "Endre status",
            f"{found.address or found.draft.code} er nå «{now.label.lower()}».",
            "Lagre statusen",
            parent,
        )
        self._found = found
        self.status = QComboBox()
        for status in DwellingStatus:
            if may_become(now, status):
                self.status.addItem(status.label, status.value)
        self.from_on = DateField(window.today)
        self.from_on.set_value(window.today())
        self.reason = QLineEdit()
        self.available_on = DateField(window.today)
        self.available_on.set_value(found.available_on)
        self.form.add("status", "&Ny status", self.status)
        self.form.add(
            "from_on",
            "&Fra",
            self.from_on,
            "Blir boligen ledig senere, skriv dagen her. Den beholder statusen den har til den dagen kommer.",
        )
        self.form.add("available_on", "&Ledig fra", self.available_on, "La feltet stå tomt hvis du ikke vet.")
        self.form.add(
            "reason", "&Begrunnelse", self.reason, "Ikke skriv navn. Begrunnelsen står i boligens historikk."
        )
        self.form.body.addStretch(1)
        self.resize(560, 470)
        self.status.currentIndexChanged.connect(lambda _index: self._fit())
        self._fit()
        self.status.setFocus()

    def _fit(self) -> None:
        """Statuses that end the dwelling have no day it becomes vacant."""
        status = self._status()
        row = self.form.rows["available_on"]
        row.setVisible(status not in {DwellingStatus.VACANT, DwellingStatus.RESERVED} and not status.is_gone)

    def _status(self) -> DwellingStatus:
        return DwellingStatus(self.status.currentData() or self._found.status)

    def work(self) -> Callable[[], Saved] | None:
        faults = self.form.own_errors()
        if self.from_on.value() is None and "from_on" not in faults:
            faults["from_on"] = "Skriv dagen statusen gjelder fra."
        if self.form.set_errors(faults) is not None:
            return None
        day = self.from_on.value()
        if day is None:
            return None
        dwellings, found, status = self._window.services.dwellings, self._found, self._status()
        reason = self.reason.text()
        available = self.available_on.value() if not self.form.rows["available_on"].isHidden() else None
        return lambda: dwellings.set_status(found.id, found.version, status.value, day, reason, available)

    def said(self) -> str:
        status, day = self._status(), self.from_on.value()
        if status is DwellingStatus.VACANT and day is not None and day > self._window.today():
            return "Dagen boligen blir ledig, er meldt."
        return f"Boligen står nå som «{status.label.lower()}»."
