"""The fields of a dwelling: the same form registers one and corrects one."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from boligdesk.domain.catalog import DwellingStatus, OfferKind, Ownership
from boligdesk.services.records.dwellings import DwellingDraft
from boligdesk.ui.home_words import area_words, parse_area
from boligdesk.ui.theme import SPACE_4
from boligdesk.ui.widgets import Card, DateField, FormSection, MoneyField, tidy

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from boligdesk.services.records.dwellings import BuildingRow
    from boligdesk.services.records.register import EntranceRow

Spec = tuple[str, str, str]
_TEXTS: tuple[Spec, ...] = (
    ("code", "Bolig&kode", "Koden kontoret bruker. To boliger kan ikke ha samme kode."),
    ("street", "&Gate", ""),
    ("house_no", "&Husnummer", ""),
    ("letter", "&Bokstav", ""),
    ("unit_no", "Bolig&nummer", "For eksempel H0203."),
    ("postcode", "&Postnummer", ""),
    ("city", "Post&sted", ""),
    ("disposal_form", "&Disposisjonsform", "For eksempel eiet, leiet eller borettslag."),
    ("cadastre", "&Matrikkelnummer", "For eksempel 5501-200/1234."),
)
_NUMBERS = (("rooms", "&Rom"), ("bedrooms", "So&verom"), ("floor", "&Etasje"))
_WHOLE = "Skriv et helt tall."
_COLUMN = 180
#: Card title; (field, line, column, columns it spans).
_CARDS: tuple[tuple[str, tuple[tuple[str, int, int, int], ...]], ...] = (
    ("Adresse", (("street", 0, 0, 2), ("house_no", 0, 2, 1), ("letter", 0, 3, 1), ("postcode", 1, 0, 1), ("city", 1, 1, 1),
                 ("unit_no", 1, 2, 2), ("district_id", 2, 0, 2), ("building_id", 2, 2, 1), ("entrance_id", 2, 3, 1))),
    ("Boligen", (("code", 0, 0, 2), ("offer_kind", 0, 2, 2), ("rooms", 1, 0, 1), ("bedrooms", 1, 1, 1), ("floor", 1, 2, 1),
                 ("area", 1, 3, 1), ("rent_ore", 2, 0, 2))),
    ("Eie og register", (("ownership", 0, 0, 2), ("disposal_form", 0, 2, 2), ("cadastre", 1, 0, 2),
                         ("counts_kostra", 2, 0, 4), ("remark", 3, 0, 4))),
    ("Status nå", (("status", 0, 0, 2), ("from_on", 0, 2, 2))),
)  # fmt: skip
_FIRST_STATUSES = [status for status in DwellingStatus if not status.is_gone]


class AreaField(QLineEdit):
    """Square metres with at most one decimal; the value is tenths. Empty means unknown."""

    def __init__(self) -> None:
        super().__init__()
        self.setMaximumWidth(130)

    def value(self) -> int | None:
        try:
            return parse_area(self.text())
        except ValueError:
            return None

    def error(self) -> str:
        try:
            parse_area(self.text())
        except ValueError as wrong:
            return str(wrong)
        return ""


class DwellingForm(QWidget):
    """``draft()`` is what stands in the fields, or None after the faults have been shown.

    ``building_chosen`` carries the building or None: its entrances are wanted (``set_entrances``).
    """

    building_chosen = Signal(object)

    def __init__(self, today: Callable[[], dt.date]) -> None:
        super().__init__()
        self._stored = DwellingDraft("")
        self.section = FormSection()
        self.lines: dict[str, QLineEdit] = {}
        for name, text, help_text in _TEXTS:
            self.lines[name] = QLineEdit()
            self.section.add(name, text, self.lines[name], help_text)
        for name, text in _NUMBERS:
            self.lines[name] = QLineEdit()
            self.lines[name].setMaximumWidth(130)
            self.section.add(name, text, self.lines[name])
        self.area, self.rent, self.remark = AreaField(), MoneyField(), QPlainTextEdit()
        self.remark.setTabChangesFocus(True)
        self.remark.setFixedHeight(84)
        self.section.add("area", "&Areal i m²", self.area)
        self.section.add("rent_ore", "&Leie i kr per måned", self.rent)
        self.section.add(
            "remark",
            "Me&rknad",
            self.remark,
            "Skriv ikke noe om den som bor her. Alle med tilgang til boliger kan lese.",
        )
        self._add_choices(today)
        self._lay_out()

    def _add_choices(self, today: Callable[[], dt.date]) -> None:
        self.kind = _choices(OfferKind)
        self.ownership = _choices(Ownership)
        self.district, self.building, self.entrance = QComboBox(), QComboBox(), QComboBox()
        for choice in (self.district, self.building, self.entrance):
            choice.addItem("Ikke oppgitt", None)
            choice.setMinimumContentsLength(12)
        self.building.currentIndexChanged.connect(
            lambda _index: self.building_chosen.emit(_uuid(self.building))
        )
        self.kostra = QCheckBox("Boligen telles med i KOSTRA")
        self.status = QComboBox()
        for status in _FIRST_STATUSES:
            self.status.addItem(status.label, status.value)
        self.from_on = DateField(today)
        self.section.add("offer_kind", "&Type", self.kind)
        self.section.add("ownership", "&Eierform", self.ownership)
        self.section.add("district_id", "&Område", self.district)
        self.section.add("building_id", "B&ygg", self.building)
        self.section.add("entrance_id", "&Oppgang", self.entrance)
        self.section.add("counts_kostra", "Statistikk", self.kostra)
        self.section.add("status", "&Status", self.status)
        self.section.add("from_on", "&Fra", self.from_on, "La feltet stå tomt hvis du ikke vet.")

    def _lay_out(self) -> None:
        outer = QVBoxLayout(self)
        tidy(outer, SPACE_4)
        outer.setContentsMargins(0, 0, 8, 0)
        fields: list[QWidget] = []
        self.cards: dict[str, Card] = {}
        for title, places in _CARDS:
            card = self.cards[title] = Card(title)
            grid = QGridLayout()
            grid.setHorizontalSpacing(SPACE_4)
            grid.setVerticalSpacing(12)
            for name, line, column, span in places:
                row = self.section.rows[name]
                grid.addWidget(row, line, column, 1, span, Qt.AlignmentFlag.AlignBottom)
                fields.append(row.field)
            for column in range(4):
                grid.setColumnStretch(column, 1)
                grid.setColumnMinimumWidth(column, _COLUMN)
            card.body.addLayout(grid)
            outer.addWidget(card)
        outer.addStretch(1)
        for before, after in pairwise(fields):  # Tab reads as the eye does
            QWidget.setTabOrder(before, after)

    # --- what stands in it ----------------------------------------------------------------------------------

    def set_lists(self, districts: Sequence[tuple[UUID, str]], buildings: Sequence[BuildingRow]) -> None:
        """The office's own areas and buildings; call before ``set_draft``."""
        for choice, rows in (
            (self.district, [(key, name) for key, name in districts]),
            (self.building, [(building.id, building.name) for building in buildings]),
        ):
            choice.clear()
            choice.addItem("Ikke oppgitt", None)
            for key, name in rows:
                choice.addItem(name, str(key))

    def set_entrances(self, building: UUID | None, entrances: Sequence[EntranceRow]) -> None:
        """Those of the building that stands in the field; a late answer about another one is left."""
        if building != _uuid(self.building):
            return
        self.entrance.clear()
        self.entrance.addItem("Ikke oppgitt", None)
        for entrance in entrances:
            self.entrance.addItem(entrance.letter, str(entrance.id))
        stored = str(self._stored.entrance_id) if self._stored.entrance_id else None
        self.entrance.setCurrentIndex(max(self.entrance.findData(stored), 0))
        self.entrance.setEnabled(bool(entrances))

    def set_draft(self, draft: DwellingDraft | None) -> None:
        """The dwelling to correct; None for a new one, which also has a first status."""
        shown = self._stored = draft or DwellingDraft("")
        for name, line in self.lines.items():
            value = getattr(shown, name)
            line.setText("" if value is None else str(value))
        self.area.setText(area_words(shown.area_m2x10))
        self.rent.set_value(shown.rent_ore)
        self.remark.setPlainText(shown.remark)
        for choice, wanted in (
            (self.kind, shown.offer_kind),
            (self.ownership, shown.ownership),
            (self.district, str(shown.district_id) if shown.district_id else None),
            (self.building, str(shown.building_id) if shown.building_id else None),
        ):
            choice.setCurrentIndex(max(choice.findData(wanted), 0))
        self.kostra.setChecked(shown.counts_kostra)
        self.status.setCurrentIndex(0)
        self.from_on.set_value(None)
        self.cards["Status nå"].setVisible(draft is None)
        self.section.set_errors({})

    def draft(self) -> DwellingDraft | None:
        faults = self.section.own_errors()
        numbers: dict[str, int | None] = {}
        for name, _text in _NUMBERS:
            text = self.lines[name].text().strip()
            digits = text.removeprefix("-")
            if text and not digits.isdecimal():
                faults[name] = _WHOLE
            numbers[name] = int(text) if digits.isdecimal() else None
        if self.section.set_errors(faults) is not None:
            return None
        values: dict[str, Any] = {name: self.lines[name].text() for name, _text, _help in _TEXTS}
        values |= {
            **numbers,
            "area_m2x10": self.area.value(),
            "rent_ore": self.rent.value(),
            "remark": self.remark.toPlainText(),
            "offer_kind": self.kind.currentData(),
            "ownership": self.ownership.currentData(),
            "district_id": _uuid(self.district),
            "building_id": _uuid(self.building),
            "entrance_id": _uuid(self.entrance),
            "counts_kostra": self.kostra.isChecked(),
        }
        return replace(self._stored, **values)

    def names(self) -> dict[str, str]:
        """Areas and buildings by id, for words."""
        choices = (self.district, self.building, self.entrance)
        return {str(c.itemData(i)): c.itemText(i) for c in choices for i in range(c.count()) if c.itemData(i)}

    def show_fault(self, field: str, text: str) -> bool:
        """Beside its field; False if it is about none of them."""
        name = "area" if field == "area_m2x10" else field
        return self.section.set_errors({name: text}) is not None

    def texts(self) -> dict[str, QLineEdit | QPlainTextEdit]:
        """What is typed and would be missed."""
        return {**self.lines, "area": self.area, "rent_ore": self.rent, "remark": self.remark}


def _choices(kinds: type[OfferKind | Ownership]) -> QComboBox:
    made = QComboBox()
    made.addItem("Ikke oppgitt", None)
    for kind in kinds:
        made.addItem(kind.label, kind.value)
    made.setMinimumContentsLength(12)
    return made


def _uuid(choice: QComboBox) -> UUID | None:
    data = choice.currentData()
    return UUID(data) if data else None
