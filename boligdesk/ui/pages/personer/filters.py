"""What narrows Personer: a text, the area, and whether there is an open case; and the order of the list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from boligdesk.services.records.common import Sort
from boligdesk.services.records.people import PersonFilter
from boligdesk.ui.widgets import FilterMenuButton, SearchField, label, tidy
from boligdesk.ui.widgets.flow import FlowRow

if TYPE_CHECKING:
    from collections.abc import Sequence

ALL_AREAS = ("", "Alle områder")
_OPEN = (("", "Med og uten sak"), ("ja", "Har åpen sak"), ("nei", "Har ingen åpen sak"))
#: Choices of «Sorter»; the first is the usual one. A minus is the other way round.
_SORTS = (
    ("name", "Sortert etter navn"),
    ("birth", "Eldste først"),
    ("-birth", "Yngste først"),
    ("-created", "Sist registrerte først"),
    ("created", "Først registrerte først"),
)
_OPEN_VALUES = {"": None, "ja": True, "nei": False}


class PersonFilters(QWidget):
    """``changed`` comes when a filter does, ``sorted_otherwise`` when the order does."""

    changed = Signal()
    sorted_otherwise = Signal()

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        tidy(column, 4)
        self.search = SearchField(
            "Finn person på navn, nummer, telefon eller adresse", "Navn, nummer, telefon …"
        )
        self.search.setMinimumWidth(260)
        self.district = FilterMenuButton("Område", (ALL_AREAS,))
        self.open_case = FilterMenuButton("Sak", _OPEN)
        self.order = FilterMenuButton("Rekkefølge", _SORTS)
        self.count = label("", "sub")
        column.addWidget(FlowRow(self.search, self.district, self.open_case, self.order, self.count))
        self.search.searched.connect(lambda _text: self.changed.emit())
        self.district.changed.connect(lambda _key: self.changed.emit())
        self.open_case.changed.connect(lambda _key: self.changed.emit())
        self.order.changed.connect(lambda _key: self._order_chosen())
        self._header_sort: Sort | None = None
        self._remembered = ""

    def set_districts(self, districts: Sequence[tuple[UUID, str]]) -> None:
        """The office's own areas; what was chosen stays chosen if it still exists."""
        choices = (ALL_AREAS, *((str(key), name) for key, name in districts))
        chosen = self.district.value() or self._remembered
        self._remembered = ""
        self.district.set_choices(choices)
        if chosen in dict(choices):
            self.district.set_value(chosen)

    def value(self) -> PersonFilter:
        district = self.district.value()
        return PersonFilter(
            self.search.text().strip(),
            UUID(district) if district else None,
            _OPEN_VALUES[self.open_case.value()],
        )

    def narrows(self) -> bool:
        return self.value() != PersonFilter()

    def words(self) -> list[str]:
        """What is chosen, for paper; the text itself stays out of it."""
        chosen = [menu.chip.text() for menu in (self.district, self.open_case) if menu.value()]
        return [*chosen, *(["filtrert på tekst"] if self.search.text().strip() else [])]

    def sort(self) -> Sort:
        if self._header_sort is not None:
            return self._header_sort
        key = self.order.value()
        return Sort(key.removeprefix("-"), key.startswith("-"))

    def set_sort(self, sort: Sort) -> None:
        """As asked by a click on a heading."""
        key = f"{'-' if sort.descending else ''}{sort.key}"
        known = key in dict(_SORTS)
        self.order.set_value(key if known else _SORTS[0][0])
        self._header_sort = None if known else sort

    def clear(self) -> None:
        """Take every filter away; ``changed`` comes once."""
        self.restore({})
        self.changed.emit()

    def state(self) -> dict[str, Any]:
        sort = self.sort()
        return {
            "text": self.search.text(),
            "district": self.district.value(),
            "open_case": self.open_case.value(),
            "sort": [sort.key, sort.descending],
        }

    def restore(self, state: dict[str, Any]) -> None:
        """What ``state`` gave; no signal. The area is chosen when the areas have been read."""
        self.search.blockSignals(True)
        self.search.setText(str(state.get("text", "")))
        self.search.blockSignals(False)
        self.open_case.set_value(str(state.get("open_case", "")))
        self.district.set_value("")
        self._remembered = str(state.get("district", ""))
        if state.get("sort"):
            self.set_sort(Sort(*state["sort"]))

    def _order_chosen(self) -> None:
        self._header_sort = None
        self.sorted_otherwise.emit()
