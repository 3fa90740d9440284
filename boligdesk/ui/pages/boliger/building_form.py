"""The fields of a building."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from boligdesk.services.records.dwellings import BuildingDraft
from boligdesk.ui.widgets import FormSection, TriStateField

if TYPE_CHECKING:
    from collections.abc import Sequence

    from boligdesk.services.errors import InvalidInput

_TEXTS = (
    ("name", "&Navn på bygget", "Står navnet tomt, brukes adressen."),
    ("street", "&Gate", ""),
    ("house_no", "&Husnummer", ""),
    ("letter", "&Bokstav", ""),
    ("postcode", "&Postnummer", ""),
    ("city", "Post&sted", ""),
    ("building_no", "B&ygningsnummer", "Åtte eller ni sifre fra matrikkelen."),
    ("owner", "&Eier", ""),
)
_NUMBERS = (
    ("built_year", "Bygge&år", "Skriv årstallet med fire sifre."),
    ("units_total", "Boliger i alt i b&ygget", "Skriv et helt tall."),
    ("floors", "E&tasjer", "Skriv et helt tall."),
)
#: Two columns; the name, the owner and the total go across.
_PLACES = (
    ("name", 0, 0, 2), ("street", 1, 0, 2), ("house_no", 2, 0, 1), ("letter", 2, 1, 1), ("postcode", 3, 0, 1),
    ("city", 3, 1, 1), ("district_id", 4, 0, 1), ("units_total", 4, 1, 1), ("floors", 5, 0, 1), ("built_year", 5, 1, 1),
    ("has_lift", 6, 0, 2), ("building_no", 7, 0, 1), ("owner", 7, 1, 1),
)  # fmt: skip


class BuildingForm(QWidget):
    """``draft()`` is what stands in the fields, or None after the faults have been shown."""

    def __init__(self) -> None:
        super().__init__()
        self._stored: BuildingDraft | None = None
        self._section = FormSection()
        self.fields: dict[str, QLineEdit] = {}
        for name, text, help_text in _TEXTS:
            self.fields[name] = QLineEdit()
            self._section.add(name, text, self.fields[name], help_text)
        for name, text, _fault in _NUMBERS:
            self.fields[name] = QLineEdit()
            self.fields[name].setMaximumWidth(130)
            self._section.add(name, text, self.fields[name])
        self.district = QComboBox()
        self.district.addItem("Ikke oppgitt", None)
        self._section.add("district_id", "&Område", self.district)
        self.lift = TriStateField()
        self._section.add("has_lift", "Har bygget heis?", self.lift)
        self._lay_out()

    def _lay_out(self) -> None:
        carrier = QWidget()
        grid = QGridLayout(carrier)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        for name, line, column, span in _PLACES:
            grid.addWidget(self._section.rows[name], line, column, 1, span)
        for column in (0, 1):
            grid.setColumnStretch(column, 1)
        self._section.body.addWidget(carrier)
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._outer.addWidget(self._section)
        self._outer.addStretch(1)
        fields = [self._section.rows[name].field for name, *_place in _PLACES]
        for before, after in pairwise(fields):  # Tab reads as the eye does
            QWidget.setTabOrder(before, after)

    def add_below(self, widget: QWidget) -> None:
        self._outer.insertWidget(1, widget)

    def set_version(self, version: int) -> None:
        """A part of the building was saved on its own: what stands in the fields is saved over that version."""
        if self._stored is not None:
            self._stored = replace(self._stored, version=version)

    def set_districts(self, districts: Sequence[tuple[UUID, str]]) -> None:
        for key, name in districts:
            self.district.addItem(name, str(key))

    def set_draft(self, draft: BuildingDraft | None) -> None:
        """The building to correct, or None for a new one."""
        self._stored = draft
        shown = draft or BuildingDraft("")
        for name, _text, _help in (*_TEXTS, *_NUMBERS):
            value = getattr(shown, name)
            self.fields[name].setText("" if value is None else str(value))
        place = self.district.findData(str(shown.district_id)) if shown.district_id else 0
        self.district.setCurrentIndex(max(place, 0))
        self.lift.set_value(shown.has_lift)
        self._section.set_errors({})

    def draft(self) -> BuildingDraft | None:
        numbers: dict[str, int | None] = {}
        faults: dict[str, str] = {}
        for name, _text, fault in _NUMBERS:
            text = self.fields[name].text().strip()
            if text and not text.isdecimal():
                faults[name] = fault
            numbers[name] = int(text) if text.isdecimal() else None
        if self._section.set_errors(faults) is not None:
            return None
        district = self.district.currentData()
        return BuildingDraft(
            **{name: self.fields[name].text() for name, _text, _help in _TEXTS},
            built_year=numbers["built_year"],
            units_total=numbers["units_total"],
            floors=numbers["floors"],
            district_id=UUID(district) if district else None,
            has_lift=self.lift.value(),
            id=self._stored.id if self._stored else None,
            version=self._stored.version if self._stored else 0,
        )

    def show_error(self, error: InvalidInput) -> bool:
        """Beside its field; False if it is about none of them."""
        text = " ".join(part for part in (error.title, error.what, error.todo) if part)
        return self._section.set_errors({error.field: text}) is not None
