"""Boliger (ui.md S8): what the office has at its disposal, and in what state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt

from boligdesk.domain.access import Right
from boligdesk.services.changes import Kind
from boligdesk.services.records.common import Sort
from boligdesk.ui.home_words import counted
from boligdesk.ui.list_page import ListPage
from boligdesk.ui.page import Window
from boligdesk.ui.places import Place
from boligdesk.ui.printing import ListPrint
from boligdesk.ui.tables import DataTable, WindowModel
from boligdesk.ui.whole_list import printed
from boligdesk.ui.widgets import PageHeader

from .buildings import BuildingsDialog
from .columns import SORTED_BY, dwelling_columns
from .filters import DwellingFilters

if TYPE_CHECKING:
    from uuid import UUID

    from boligdesk.services.changes import Changes
    from boligdesk.services.records.common import Page as Rows
    from boligdesk.services.records.dwellings import DwellingCounts, DwellingRow
    from boligdesk.ui.tables import Deliver

Found = tuple["Rows[DwellingRow]", "DwellingCounts", "DwellingCounts"]


class BoligerPage(ListPage):
    key = "boliger"
    window_title = "Boliger"

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._sort = Sort("address")
        self._may_write = Right.WRITE_DWELLINGS in window.services.user.rights
        self.header = PageHeader("Boliger", "Henter …")
        self._add_actions()
        self.filters = DwellingFilters()
        self.filters.changed.connect(self._filtered)
        self.model = WindowModel(dwelling_columns(window.today), self._fetch, parent=self)
        self.table = DataTable("Boliger", self.model, window.settings, self.key)
        self.table.set_loading_text("Henter boliger …")
        self.table.opened.connect(lambda row: self.window_.go(Place("bolig", subject=row.id)))
        self.table.sort_requested.connect(self._sort_by)
        self.lay_out(self.header, self.filters)
        self.table.show_sort("address")
        self._say_sort()

    def _add_actions(self) -> None:
        self.header.add_secondary("Bygg …", self.show_buildings, "building")
        self.header.add_secondary("Skriv ut", self.print_list, "print")
        self.header.add_secondary("Eksporter …", self.export, "arrow_download")
        if self._may_write:
            self.header.set_primary("Ny bolig", lambda: self.window_.go(Place("ny_bolig")), "add")

    # --- what the window asks -------------------------------------------------------------------------------

    def open(self, place: Place) -> None:
        if place.state:
            self.filters.restore(place.state.get("filters", {}))
            if chosen := place.state.get("chosen"):
                self.table.select_id(chosen)
        self._set_empty()
        self._load_districts(str(place.state.get("filters", {}).get("district", "")))

    def state(self) -> dict[str, Any]:
        row = self.table.current_row()
        chosen: UUID | None = row.id if row is not None else None
        return {"filters": self.filters.state(), "chosen": chosen}

    def changed(self, changes: Changes) -> None:
        if changes.touches(Kind.DWELLING) and self.model.has_loaded:
            self.model.refresh()

    def refresh(self) -> None:
        self.model.refresh()

    def primary(self) -> None:
        if self.header.primary is not None:
            self.header.primary.click()

    def focus_filter(self) -> None:
        self.filters.text.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def printout(self) -> ListPrint | None:
        wanted, sort = self.filters.wanted(), self._sort
        dwellings = self.window_.services.dwellings
        return printed(self, self.model, lambda most: dwellings.page(wanted, sort, 0, most), self._job)

    def help_text(self) -> str:
        return (
            "Her står alle boliger kontoret disponerer. Velg filter, eller skriv en adresse eller kode. "
            "Enter åpner boligen. Klikk på en overskrift for å sortere. Med «Bygg …» registrerer du bygg, "
            "så boligsiden kan vise hvor stor del av bygget som er kommunal."
        )

    # --- the list -------------------------------------------------------------------------------------------

    def _load_districts(self, chosen: str) -> None:
        def done(districts: tuple[tuple[UUID, str], ...]) -> None:
            self.filters.set_districts(districts)
            if chosen in {str(key) for key, _name in districts}:
                self.filters.menus["district"].set_value(chosen)
            if self.model.has_loaded:
                self.model.refresh()
            else:
                self.model.reload()

        self.window_.query(self.window_.services.office.districts, done, owner=self)

    def _fetch(self, offset: int, limit: int, deliver: Deliver) -> None:
        wanted, sort = self.filters.wanted(), self._sort
        dwellings = self.window_.services.dwellings

        def work() -> Found:
            everything = type(wanted)(with_gone=wanted.with_gone)
            return (
                dwellings.page(wanted, sort, offset, limit),
                dwellings.counts(wanted),
                dwellings.counts(everything),
            )

        def done(found: Found) -> None:
            rows, fitting, all_of_them = found
            deliver(rows.rows, rows.total)
            if wanted == self.filters.wanted():
                self._say_counts(rows.total, fitting, all_of_them)

        self.window_.query(work, done, owner=self)

    def _say_counts(self, shown: int, fitting: DwellingCounts, everything: DwellingCounts) -> None:
        """The head line. Its parts add up to its first number, and that to the list."""
        if self.filters.wanted().with_gone:
            words = ["1 bolig ute av registeret" if shown == 1 else f"{shown} boliger ute av registeret"]
        elif self.filters.is_on():
            words = [f"{shown} av {everything.total} boliger passer", *counted(fitting.by_status)]
        else:
            words = [f"{shown} i alt", *counted(fitting.by_status)]
        self.header.set_title("Boliger", " · ".join(words))

    def _filtered(self) -> None:
        self._set_empty()
        self.model.reload()

    def _set_empty(self) -> None:
        if self.filters.is_on():
            self.table.set_empty("Ingen boliger passer med filteret.", "Fjern filteret", self.filters.reset)
        elif self._may_write:
            self.table.set_empty(
                "Ingen boliger er registrert ennå.", "Registrer en bolig", self.primary, "building"
            )
        else:
            self.table.set_empty("Ingen boliger er registrert ennå.", icon="building")

    def _sort_by(self, key: str, descending: bool) -> None:
        self._sort = Sort(key, descending)
        self._say_sort()
        self.model.reload()

    def _sort_words(self) -> str:
        order = ", synkende" if self._sort.descending else ""
        return f"Sortert etter {SORTED_BY[self._sort.key]}{order}"

    def _say_sort(self) -> None:
        self.filters.sorted.setText(self._sort_words())

    # --- paper, buildings -----------------------------------------------------------------------------------

    def export(self) -> None:
        """The list as it stands, to a file."""
        wanted, sort = self.filters.wanted(), self._sort
        dwellings = self.window_.services.dwellings
        self.window_.export_list(
            "Boliger", self.model.columns, lambda offset, limit: dwellings.page(wanted, sort, offset, limit)
        )

    def _job(self, rows: tuple[DwellingRow, ...]) -> ListPrint:
        words = [*(self.filters.words() or ["Alle boliger"]), self._sort_words().lower()]
        return ListPrint("Boliger", words, self.window_.today(), self.model.columns, rows)

    def show_buildings(self) -> None:
        """The list of buildings, where they are registered and changed."""
        BuildingsDialog(self.window_, self._may_write, self).open()
