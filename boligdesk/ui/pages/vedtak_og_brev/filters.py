"""What narrows the list of letters: segment, kind, whose, when, and text."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from boligdesk.domain.letters import LetterKind
from boligdesk.services.records.letters import LetterFilter
from boligdesk.ui.theme import SPACE_3
from boligdesk.ui.widgets import Button, FilterMenuButton, SearchField, SegmentedFilter, label, tidy
from boligdesk.ui.widgets.flow import FlowRow

if TYPE_CHECKING:
    from collections.abc import Callable

    from boligdesk.services.records.letters import LetterCounts

SEGMENTS = (
    ("kladder", "Kladder"),
    ("til_godkjenning", "Til godkjenning"),
    ("klare", "Klare for utskrift"),
    ("sendt", "Sendt"),
)
SENT = "sendt"
_KINDS = (("", "Alle brevtyper"), *((kind.value, kind.label) for kind in LetterKind))
_WHOSE = (("", "Laget av alle"), ("mine", "Laget av meg"))
_WHEN = (
    ("", "Alle datoer"),
    ("7", "Siste 7 dager"),
    ("30", "Siste 30 dager"),
    ("90", "Siste 90 dager"),
    ("i_ar", "I år"),
)
_SEARCH_WIDTH = 230


class LetterFilters(QWidget):
    """``segment_changed`` when another list is wanted, ``changed`` when the same one is narrowed."""

    segment_changed = Signal()
    changed = Signal()

    def __init__(self, today: Callable[[], dt.date]) -> None:
        super().__init__()
        self._today = today
        self.segments = SegmentedFilter("Brev", SEGMENTS)
        self.kind = FilterMenuButton("Brevtype", _KINDS)
        self.whose = FilterMenuButton("Laget av", _WHOSE)
        self.when = FilterMenuButton("Dato", _WHEN)
        self.search = SearchField("Filtrer brevene", "Navn, saksnummer eller journalnummer")
        self.search.setToolTip("Skriv for å filtrere listen (Ctrl+F)")
        self.search.setMinimumWidth(_SEARCH_WIDTH)
        self.search.setMaximumWidth(_SEARCH_WIDTH + 60)
        self.clear_button = Button("Fjern filtrene", self.reset, icon="dismiss", kind="link")
        self.sorted_by = label("", "cap")
        column = QVBoxLayout(self)
        tidy(column)
        column.addWidget(self.segments)
        line = QHBoxLayout()
        tidy(line, SPACE_3)
        line.addWidget(self.search)
        line.addWidget(FlowRow(self.kind, self.whose, self.when, self.clear_button, spacing=2), 1)
        line.addWidget(self.sorted_by)
        column.addLayout(line)
        self.segments.changed.connect(lambda _key: self._segment_chosen())
        for menu in self._menus.values():
            menu.changed.connect(lambda _key: self._say())
        self.search.searched.connect(lambda _text: self._say())
        self._mark()

    @property
    def _menus(self) -> dict[str, FilterMenuButton]:
        return {"kind": self.kind, "whose": self.whose, "when": self.when}

    def segment(self) -> str:
        return self.segments.value()

    def wanted(self) -> LetterFilter:
        first, when = None, self.when.value()
        if self.segment() == SENT and when:  # nothing else has a date of its own
            days = dt.timedelta(days=int(when)) if when.isdecimal() else None
            first = self._today() - days if days else dt.date(self._today().year, 1, 1)
        return LetterFilter(
            segment=self.segment(),
            text=self.search.text().strip(),
            kinds=(self.kind.value(),) if self.kind.value() else (),
            mine=self.whose.value() == "mine",
            dated_from=first,
        )

    def narrows(self) -> bool:
        return any(menu.value() for menu in self._shown) or bool(self.search.text().strip())

    @property
    def _shown(self) -> tuple[FilterMenuButton, ...]:
        dated = (self.when,) if self.segment() == SENT else ()
        return (self.kind, self.whose, *dated)

    def reset(self) -> None:
        """All filters away, the same segment."""
        self._restore_menus({})
        self._say()

    def set_counts(self, counts: LetterCounts) -> None:
        shown = dict(SEGMENTS)
        self.segments.set_counts(
            {key: n for key, n in counts.by_segment.items() if key in shown and key != SENT}
        )

    def words(self) -> tuple[str, ...]:
        """The filters as they are printed above the list; what was typed is left out, it may be a name."""
        titles = {"kind": dict(_KINDS), "whose": dict(_WHOSE), "when": dict(_WHEN)}
        said = [
            titles[name][menu.value()]
            for name, menu in self._menus.items()
            if menu in self._shown and menu.value()
        ]
        typed = ("filtrert på tekst",) if self.search.text().strip() else ()
        return (dict(SEGMENTS)[self.segment()], *said, *typed)

    def state(self) -> dict[str, Any]:
        menus = {name: menu.value() for name, menu in self._menus.items()}
        return {"segment": self.segment(), "text": self.search.text(), **menus}

    def restore(self, state: dict[str, Any]) -> None:
        """Show these without emitting."""
        segment = str(state.get("segment", ""))
        if segment in dict(SEGMENTS):
            self.segments.set_value(segment)
        self._restore_menus(state)

    def _restore_menus(self, state: dict[str, Any]) -> None:
        for name, menu in self._menus.items():
            menu.set_value(str(state.get(name, "")))
        blocked = self.search.blockSignals(True)
        self.search.setText(str(state.get("text", "")))
        self.search.blockSignals(blocked)
        self._mark()

    def _segment_chosen(self) -> None:
        self._mark()
        self.segment_changed.emit()

    def _say(self) -> None:
        self._mark()
        self.changed.emit()

    def _mark(self) -> None:
        self.when.setVisible(self.segment() == SENT)
        self.clear_button.setVisible(self.narrows())
