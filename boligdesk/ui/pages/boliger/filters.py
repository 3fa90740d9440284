"""What narrows the register: six menus and a text. Knows the filter as a record and in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from boligdesk.domain.catalog import DwellingStatus, OfferKind, Ownership
from boligdesk.services.records.dwellings import DwellingFilter
from boligdesk.ui.widgets import FilterMenuButton, SearchField, label, tidy
from boligdesk.ui.widgets.flow import FlowRow

if TYPE_CHECKING:
    from collections.abc import Sequence

_GONE = "borte"
_STATUSES = (
    ("", "Alle statuser"),
    *((s.value, s.label) for s in DwellingStatus if not s.is_gone),
    (_GONE, "Solgt eller revet"),
)
_KINDS = (("", "Alle typer"), *((kind.value, kind.label) for kind in OfferKind))
_OWNERSHIPS = (("", "Alle eierformer"), *((own.value, own.label) for own in Ownership))
_ROOMS = (
    ("", "Alle størrelser"),
    ("0", "Uten eget soverom"),
    ("1", "1 soverom"),
    ("2", "2 soverom"),
    ("3", "3 soverom"),
    ("4+", "4 soverom eller flere"),
)
_NEEDS = (
    ("", "All tilgjengelighet"),
    ("step_free", "Trinnfri adkomst"),
    ("lift", "Heis"),
    ("wide_door", "Brede dører"),
    ("bath", "Tilrettelagt bad"),
    ("wheelchair", "Plass til rullestol"),
    ("pets", "Dyr er tillatt"),
)


class DwellingFilters(QWidget):
    """``changed`` comes when any of them changes."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        tidy(column, 4)
        self.text = SearchField("Finn bolig på adresse eller kode", "Adresse eller kode")
        self.text.setMinimumWidth(220)
        self.menus = {
            "status": FilterMenuButton("Status", _STATUSES),
            "kind": FilterMenuButton("Type", _KINDS),
            "district": FilterMenuButton("Område", (("", "Alle områder"),)),
            "rooms": FilterMenuButton("Rom", _ROOMS),
            "needs": FilterMenuButton("Tilgjengelighet", _NEEDS),
            "ownership": FilterMenuButton("Eierform", _OWNERSHIPS),
        }
        self.sorted = label("", "cap")
        self._flow = FlowRow(self.text, *self.menus.values(), self.sorted)
        column.addWidget(self._flow)
        self.text.searched.connect(lambda _text: self.changed.emit())
        for menu in self.menus.values():
            menu.changed.connect(lambda _key: self.changed.emit())

    def set_districts(self, districts: Sequence[tuple[UUID, str]]) -> None:
        """The office's own areas; what was chosen stays chosen if it still exists."""
        menu = self.menus["district"]
        chosen = menu.value()
        choices = (("", "Alle områder"), *((str(key), name) for key, name in districts))
        menu.set_choices(choices)
        if chosen in dict(choices):
            menu.set_value(chosen)

    def wanted(self) -> DwellingFilter:
        values = {key: menu.value() for key, menu in self.menus.items()}
        gone = values["status"] == _GONE
        statuses = tuple(s.value for s in DwellingStatus if s.is_gone) if gone else _one(values["status"])
        rooms = values["rooms"]
        return DwellingFilter(
            text=self.text.text().strip(),
            statuses=statuses,
            offer_kinds=_one(values["kind"]),
            ownerships=_one(values["ownership"]),
            district_id=UUID(values["district"]) if values["district"] else None,
            bedrooms_min=int(rooms.rstrip("+")) if rooms else None,
            bedrooms_max=int(rooms) if rooms.isdecimal() else None,
            needs=_one(values["needs"]),
            with_gone=gone,
        )

    def words(self) -> list[str]:
        """What is chosen, for paper and for the empty list."""
        chosen = [menu.chip.text() for menu in self.menus.values() if menu.value()]
        text = self.text.text().strip()
        return [*chosen, *([f"«{text}»"] if text else [])]

    def is_on(self) -> bool:
        return bool(self.words())

    def reset(self) -> None:
        """Take everything away; ``changed`` comes once."""
        for menu in self.menus.values():
            menu.set_value("")
        self.text.blockSignals(True)
        self.text.clear()
        self.text.blockSignals(False)
        self.changed.emit()

    def state(self) -> dict[str, Any]:
        return {"text": self.text.text(), **{key: menu.value() for key, menu in self.menus.items()}}

    def restore(self, state: dict[str, Any]) -> None:
        """What ``state`` gave; no signal. An area that is not loaded yet is left out."""
        self.text.blockSignals(True)
        self.text.setText(str(state.get("text", "")))
        self.text.blockSignals(False)
        for key, menu in self.menus.items():
            if key != "district":
                menu.set_value(str(state.get(key, "")))


def _one(value: str) -> tuple[str, ...]:
    return (value,) if value else ()
