"""The entrances of a building, below its form: one line each, saved one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from boligdesk.services.errors import InvalidInput
from boligdesk.services.records.register import EntranceDraft
from boligdesk.ui.theme import SPACE_2, SPACE_3
from boligdesk.ui.widgets import Button, FormSection, TriStateField, clear, label, tidy, wrapping

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from boligdesk.services.errors import ConflictError, UserError
    from boligdesk.services.records.common import Saved
    from boligdesk.services.records.register import EntranceRow
    from boligdesk.ui.page import Window
    from boligdesk.ui.widgets import MessageArea

_NUMBERS = ("floors", "units_total", "limit_share")


def entrance_words(entrance: EntranceRow) -> str:
    """«2 av 8 boliger er våre · 4 etasjer · med heis · grense 25 %»."""
    homes = "bolig" if (entrance.units_total or entrance.dwellings) == 1 else "boliger"
    ours = (
        f"{entrance.dwellings} av {entrance.units_total} {homes} er våre"
        if entrance.units_total
        else f"{entrance.dwellings} {homes} av ukjent antall"
    )
    floors = f"{entrance.floors} {'etasje' if entrance.floors == 1 else 'etasjer'}" if entrance.floors else ""
    lift = {True: "med heis", False: "uten heis", None: ""}[entrance.has_lift]
    limit = f"grense {_percent(entrance.limit_share)} %" if entrance.limit_share is not None else ""
    return " · ".join(part for part in (ours, floors, lift, limit) if part)


def _percent(share: int | None) -> str:
    return "" if share is None else f"{share / 100:g}".replace(".", ",")


class EntrancesBox(QWidget):
    """``saved`` carries the building's new version, so that the form above is saved over the right one.

    ``opened``: the form below the list is shown, and wants to be seen.
    """

    saved = Signal(int)
    opened = Signal()

    def __init__(self, window: Window, messages: MessageArea) -> None:
        super().__init__()
        self._window, self._messages = window, messages
        self._building: UUID | None = None
        self._version = 0
        self._stored: EntranceRow | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, SPACE_3, 8, 0)
        column.addWidget(label("Oppganger", "h2"))
        self._rows = QVBoxLayout()
        tidy(self._rows, SPACE_2)
        column.addLayout(self._rows)
        self.add = Button("Legg til oppgang", lambda: self.write(None), icon="add", kind="link")
        column.addWidget(self.add)
        self.form = self._form()
        column.addWidget(self.form)
        self.form.hide()

    def _form(self) -> QWidget:
        carrier = QWidget()
        grid = QGridLayout(carrier)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        self.section = FormSection()
        self.letter, self.lift = QLineEdit(), TriStateField()
        self.numbers = {name: QLineEdit() for name in _NUMBERS}
        self.section.add("letter", "Oppgan&g", self.letter, "For eksempel A eller Nord.")
        self.section.add("units_total", "Boliger i &alt i oppgangen", self.numbers["units_total"])
        self.section.add("floors", "Etas&jer", self.numbers["floors"])
        self.section.add(
            "limit_share",
            "Grense for &kommunal andel i prosent",
            self.numbers["limit_share"],
            "Fra boligplanen.",
        )
        self.section.add("has_lift", "Har oppgangen heis?", self.lift)
        places = (
            ("letter", 0, 0),
            ("units_total", 0, 1),
            ("floors", 1, 0),
            ("limit_share", 1, 1),
            ("has_lift", 2, 0),
        )
        for name, row, column in places:
            grid.addWidget(self.section.rows[name], row, column, Qt.AlignmentFlag.AlignBottom)
        line = QHBoxLayout()
        tidy(line)
        self.save_button = Button("Lagre oppgangen", self._save)
        line.addWidget(self.save_button)
        line.addWidget(Button("Gå tilbake", self.form_closed, kind="link"))
        line.addStretch(1)
        grid.addLayout(line, 3, 0, 1, 2)
        return carrier

    # --- showing --------------------------------------------------------------------------------------------

    def show_building(self, building: UUID | None, version: int) -> None:
        """None: a building that is not registered yet has none."""
        self._building, self._version = building, version
        self.setVisible(building is not None)
        self.form_closed()
        clear(self._rows)
        if building is not None:
            dwellings = self._window.services.dwellings
            self._window.query(
                lambda: dwellings.entrances(building), lambda found: self._show(building, found), owner=self
            )

    def _show(self, building: UUID, found: tuple[EntranceRow, ...]) -> None:
        if building != self._building:
            return
        clear(self._rows)
        if not found:
            self._rows.addWidget(wrapping("Ingen oppganger er registrert.", "sub"))
        for entrance in found:
            self._rows.addWidget(self._row(entrance))

    def _row(self, entrance: EntranceRow) -> QWidget:
        carrier = QWidget()
        across = QHBoxLayout(carrier)
        tidy(across, SPACE_2)
        words = QVBoxLayout()
        tidy(words, 0)
        words.addWidget(label(entrance.letter, "strong"))
        words.addWidget(wrapping(entrance_words(entrance), "sub"))
        across.addLayout(words, 1)
        for text, act in (("Rett", lambda: self.write(entrance)), ("Ta bort", lambda: self._drop(entrance))):
            button = Button(text, act, kind="link")
            button.setAccessibleName(f"{text} oppgang {entrance.letter}")
            across.addWidget(button)
        return carrier

    # --- writing --------------------------------------------------------------------------------------------

    def write(self, entrance: EntranceRow | None) -> None:
        """Open the form below the list: one to correct, or a new one."""
        self._stored = entrance
        self.letter.setText(entrance.letter if entrance else "")
        for name in ("floors", "units_total"):
            value = getattr(entrance, name) if entrance else None
            self.numbers[name].setText("" if value is None else str(value))
        self.numbers["limit_share"].setText(_percent(entrance.limit_share) if entrance else "")
        self.lift.set_value(entrance.has_lift if entrance else None)
        self.section.set_errors({})
        self.form.show()
        self.add.hide()
        self.letter.setFocus()
        self.opened.emit()

    def form_closed(self) -> None:
        self.form.hide()
        self.add.show()

    def draft(self) -> EntranceDraft | None:
        """None after the faults have been shown."""
        values: dict[str, int | None] = {}
        faults: dict[str, str] = {}
        for name, field in self.numbers.items():
            text = field.text().strip().removesuffix("%").strip().replace(",", ".")
            whole = text.isdecimal()
            if name == "limit_share" and text.replace(".", "", 1).isdecimal():
                values[name] = round(float(text) * 100)
                continue
            values[name] = int(text) if whole else None
            if text and not whole:
                faults[name] = "Skriv et tall."
        if self.section.set_errors(faults) is not None or self._building is None:
            return None
        return EntranceDraft(
            self._building,
            self._version,
            self.letter.text(),
            values["floors"],
            self.lift.value(),
            values["units_total"],
            values["limit_share"],
            self._stored.id if self._stored else None,
        )

    def _save(self) -> None:
        draft = self.draft()
        if draft is not None:
            dwellings = self._window.services.dwellings
            self._keep(lambda: dwellings.save_entrance(draft), "Oppgangen er lagret.")

    def _drop(self, entrance: EntranceRow) -> None:
        dwellings, version = self._window.services.dwellings, self._version
        self._keep(lambda: dwellings.end_entrance(entrance.id, version), "Oppgangen er tatt bort.")

    def _keep(self, work: Callable[[], Saved], said: str) -> None:
        self._window.save(
            work, owner=self, said=said, done=self._done, invalid=self._refused, conflict=self._conflict
        )

    def _done(self, saved: Saved) -> None:
        self.show_building(self._building, saved.version)
        self.saved.emit(saved.version)

    def _refused(self, error: UserError) -> bool:
        """Beside its field, or in the dialog's own place for messages: the window's lies under it."""
        text = " ".join(part for part in (error.title, error.what, error.todo) if part)
        field = error.field if isinstance(error, InvalidInput) else ""
        if self.form.isHidden() or self.section.set_errors({field: text}) is None:
            self._messages.show_error(error)
        return True

    def _conflict(self, error: ConflictError) -> None:
        self._messages.show_error(error)
