"""«Venteliste»: who is approved and waits, with need, wait and validity; filters, acts on one, paper and file."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from boligdesk.domain.access import Right
from boligdesk.domain.allocation_catalog import VacancyStage, WaitingState
from boligdesk.services.records.allocation import VacancyFilter, WaitingFilter
from boligdesk.services.records.common import Sort
from boligdesk.ui.offer_words import EXPIRES_SOON_DAYS
from boligdesk.ui.places import Place
from boligdesk.ui.printing import ListPrint
from boligdesk.ui.tables import DataTable, WindowModel
from boligdesk.ui.tables.paging import Read, paged_fetch
from boligdesk.ui.theme import SPACE_3
from boligdesk.ui.widgets import Button, FilterMenuButton, SearchField, label, tidy
from boligdesk.ui.widgets.flow import FlowRow

from .columns import waiting_columns
from .waiting_dialogs import LeaveDialog, PauseDialog, PriorityDialog

if TYPE_CHECKING:
    from boligdesk.services.errors import UserError
    from boligdesk.services.records.allocation import AllocationCounts, VacancyRow, WaitingRow
    from boligdesk.services.records.common import Page as Rows
    from boligdesk.ui.page import Window

_SEARCH_WIDTH = 220
_ANY = ""
_BEDROOMS = ((_ANY, "Rom"), *((str(number), f"{number} soverom") for number in range(1, 6)))
_NEEDS = (
    (_ANY, "Tilgjengelighet"),
    ("lift_or_ground", "Heis eller 1. etasje"),
    ("step_free", "Trinnfri adkomst"),
    ("wheelchair", "Plass til rullestol"),
    ("staffed", "Base eller bemanning"),
    ("shielded", "Skjermet bolig"),
    ("pets", "Har dyr"),
)
_CHILDREN = ((_ANY, "Barn"), ("ja", "Med barn"), ("nei", "Uten barn"))
_VALID = ((_ANY, "Godkjenning"), ("snart", f"Utløper innen {EXPIRES_SOON_DAYS} dager"))
_STATES = (
    (_ANY, "Status"),
    *((state.value, state.label) for state in WaitingState),
)
#: Sort key of the column -> key of the service.
_SORTS = {
    "applicant": "name",
    "priority": "order",
    "waiting_since": "since",
    "offers": "offers",
    "valid_to": "valid",
}
_SORT_WORDS = {
    "order": "prioritet og ventetid",
    "name": "navn",
    "since": "ventetid",
    "offers": "tilbud",
    "valid": "godkjenning",
}
_MOST_VACANCIES = 30


class WaitingList(QWidget):
    """``said`` carries the line under the title."""

    said = Signal(str)

    def __init__(self, window: Window) -> None:
        super().__init__()
        self.window_ = window
        self._may_allocate = Right.ALLOCATE in window.services.user.rights
        self._sort = Sort("order")
        self._classes: tuple[tuple[str, str], ...] = ()
        self._total: int | None = None
        self._narrowed = False
        self.search = SearchField("Filtrer ventelisten", "Navn eller saksnummer")
        self.search.setFixedWidth(_SEARCH_WIDTH)
        self.menus = {
            "priority": FilterMenuButton("Prioritet", ((_ANY, "Prioritet"),)),
            "bedrooms": FilterMenuButton("Størrelse", _BEDROOMS),
            "need": FilterMenuButton("Tilgjengelighet", _NEEDS),
            "district": FilterMenuButton("Område", ((_ANY, "Område"),)),
            "valid": FilterMenuButton("Godkjenning", _VALID),
            "children": FilterMenuButton("Barn", _CHILDREN),
            "state": FilterMenuButton("Status", _STATES),
        }
        self.clear = Button("Fjern filtrene", self.clear_filters, icon="dismiss", kind="link")
        self.count_words = label("", "strong")
        self.sorted_by = label("", "cap")
        fetch = paged_fetch(window, self, self._read, self._arrived, self._failed)
        self.rows = WindowModel(waiting_columns(window.today), fetch)
        self.table = DataTable("Venteliste", self.rows, window.settings, "tildeling.venteliste")
        self.rows.setParent(self.table)
        self.table.set_loading_text("Henter ventelisten …")
        self.table.show_sort("priority")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.open_case = Button("Åpne saken", self._open_case, icon="document")
        self.priority = Button("Endre prioritet …", self._change_priority)
        self.pause = Button("Sett på pause …", self._pause)
        self.resume = Button("Ta av pause", self._resume)
        self.leave = Button("Ta ut av listen …", self._leave)
        self.acts = FlowRow(self.open_case, self.priority, self.pause, self.resume, self.leave)
        column = QVBoxLayout(self)
        tidy(column, SPACE_3)
        column.addWidget(FlowRow(self.search, *self.menus.values(), self.clear, spacing=2))
        column.addWidget(self.table, 1)
        column.addWidget(FlowRow(self.acts, self.count_words, self.sorted_by, spacing=12))

    def _connect(self) -> None:
        self.search.searched.connect(lambda _text: self.reload())
        for menu in self.menus.values():
            menu.changed.connect(lambda _key: self.reload())
        self.table.sort_requested.connect(self._sort_by)
        self.table.opened.connect(lambda _row: self._open_case())
        self.table.current_changed.connect(self._chosen)
        self.rows.rows_arrived.connect(self._choose_first)
        self._chosen(None)

    # --- coming and going ----------------------------------------------------------------------------------

    def open(self, place: Place) -> None:
        state = place.state.get("filters") or {}
        self._read_words(state)
        self.search.setText(str(state.get("text") or ""))
        if chosen := place.state.get("entry"):
            self.table.select_id(UUID(str(chosen)))
        self.reload()
        self._count()

    def state(self) -> dict[str, Any]:
        row = self._row()
        filters = {name: menu.value() for name, menu in self.menus.items()}
        return {"filters": {**filters, "text": self.search.text()}, "entry": str(row.id) if row else ""}

    def refresh(self) -> None:
        self.rows.refresh()
        self._count()

    def reload(self) -> None:
        self._total = None
        wanted = self.wanted()
        self._narrowed = wanted != WaitingFilter()
        self.clear.setVisible(self._narrowed)
        self.sorted_by.setText(
            f"Sortert etter {_SORT_WORDS[self._sort.key]}{', omvendt' if self._sort.descending else ''}"
        )
        self.table.set_empty(
            "Ingen på ventelisten passer med filteret."
            if self._narrowed
            else "Ingen står på ventelisten nå.",
            "Fjern filtrene" if self._narrowed else "",
            self.clear_filters if self._narrowed else None,
            "people",
        )
        self.rows.reload()

    def focus_start(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_filter(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _read_words(self, state: dict[str, Any]) -> None:
        """Classes and districts for the menus, then what was chosen before."""
        services = self.window_.services

        def read() -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
            return services.allocation.priority_classes(), services.allocation.districts()

        def arrived(found: tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]) -> None:
            self._classes, districts = found
            self.menus["priority"].set_choices([(_ANY, "Prioritet"), *self._classes])
            self.menus["district"].set_choices([(_ANY, "Område"), *districts])
            for name, menu in self.menus.items():
                value = str(state.get(name) or "")
                if value:
                    menu.set_value(value)

        self.window_.query(read, arrived, owner=self)

    def _count(self) -> None:
        def counted(found: AllocationCounts) -> None:
            who = (
                "1 søker kan få bolig nå" if found.waiting == 1 else f"{found.waiting} søkere kan få bolig nå"
            )
            median = (
                f" · median ventetid {found.median_wait_days} dager"
                if found.median_wait_days is not None
                else ""
            )
            self.said.emit(f"{who}{median}")

        self.window_.query(self.window_.services.allocation.counts, counted, owner=self)

    # --- the list ------------------------------------------------------------------------------------------

    def wanted(self) -> WaitingFilter:
        value = {name: menu.value() for name, menu in self.menus.items()}
        soon = self.window_.today() + dt.timedelta(days=EXPIRES_SOON_DAYS + 1)
        return WaitingFilter(
            text=self.search.text().strip(),
            priority_classes=(value["priority"],) if value["priority"] else (),
            bedrooms=int(value["bedrooms"]) if value["bedrooms"] else None,
            needs=(value["need"],) if value["need"] else (),
            district=value["district"],
            with_children={"ja": True, "nei": False}.get(value["children"]),
            valid_before=soon if value["valid"] else None,
            states=(value["state"],) if value["state"] else (),
        )

    def clear_filters(self) -> None:
        for menu in self.menus.values():
            menu.set_value(_ANY)
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        self.reload()

    def _read(self) -> Read[WaitingRow]:
        wanted, sort, allocation = self.wanted(), self._sort, self.window_.services.allocation
        return lambda offset, limit: allocation.waiting(wanted, sort, offset, limit)

    def _arrived(self, page: Rows[WaitingRow]) -> None:
        self._total = page.total
        who = "1 søker" if page.total == 1 else f"{page.total} søkere"
        self.count_words.setText(f"{who} i listen")

    def _failed(self, error: UserError) -> None:
        self.count_words.setText("")
        self.table.show_error(error)

    def _sort_by(self, key: str, descending: bool) -> None:
        self._sort = Sort(_SORTS[key], descending)
        self.reload()

    def _choose_first(self) -> None:
        if not self.table.currentIndex().isValid():
            first = next((row for _number, row in self.rows.held_rows()), None)
            if first is not None:
                self.table.select_id(first.id)

    def _row(self) -> WaitingRow | None:
        row: WaitingRow | None = self.table.current_row()
        return row

    def _chosen(self, row: WaitingRow | None) -> None:
        may = self._may_allocate and row is not None and not row.is_masked
        is_live = row is not None and row.state in {WaitingState.ACTIVE, WaitingState.PAUSED}
        self.open_case.setVisible(row is not None and row.case_id is not None)
        self.priority.setVisible(may and is_live)
        self.leave.setVisible(may and is_live)
        self.pause.setVisible(may and row is not None and row.state == WaitingState.ACTIVE)
        self.resume.setVisible(may and row is not None and row.state == WaitingState.PAUSED)

    # --- acts ----------------------------------------------------------------------------------------------

    def _open_case(self) -> None:
        row = self._row()
        if row is not None and row.case_id is not None:
            self.window_.go(Place("sak", subject=row.case_id, tab="bolig"))

    def _change_priority(self) -> None:
        if (row := self._row()) is not None:
            PriorityDialog(self.window_, row, self._classes, self).open()

    def _pause(self) -> None:
        if (row := self._row()) is not None:
            PauseDialog(self.window_, row, self).open()

    def _leave(self) -> None:
        if (row := self._row()) is not None:
            LeaveDialog(self.window_, row, self).open()

    def _resume(self) -> None:
        row, allocation = self._row(), self.window_.services.allocation
        if row is not None:
            self.window_.save(
                lambda: allocation.resume(row.id, row.version),
                owner=self,
                said="Søkeren er tatt av pause.",
                conflict=self.window_.tell_error,
            )

    def propose(self, button: QWidget) -> None:
        """«Lag forslag for bolig …»: the vacancies that have nobody yet."""
        allocation = self.window_.services.allocation
        stages = (VacancyStage.VACANT.value, VacancyStage.PROPOSED.value, VacancyStage.INTAKE_TEAM.value)

        def arrived(found: Rows[VacancyRow]) -> None:
            menu = QMenu(button)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            for row in found.rows:
                action = menu.addAction(row.address or row.code)
                action.triggered.connect(lambda _on=False, row=row: self._go_to(row.id))
            if found.rows:
                menu.addSeparator()
            menu.addAction("Meld ledig bolig").triggered.connect(
                lambda _on=False: self.window_.go(Place("meld_ledig"))
            )
            menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

        self.window_.query(
            lambda: allocation.vacancies(VacancyFilter(stages=stages), Sort("free"), 0, _MOST_VACANCIES),
            arrived,
            owner=self,
        )

    def _go_to(self, vacancy_id: UUID) -> None:
        self.window_.go(Place("tildeling", subject=vacancy_id))

    # --- paper and file ------------------------------------------------------------------------------------

    def everything(self, most: int) -> Rows[WaitingRow]:
        return self._read()(0, most)

    def export(self) -> None:
        self.window_.export_list("Venteliste", self.rows.columns, self._read())

    def print_job(self, rows: tuple[Any, ...]) -> ListPrint:
        words = [menu.chip.text() for menu in self.menus.values() if menu.value()]
        if self.search.text().strip():
            words.append("filtrert på tekst")
        words.append(f"sortert etter {_SORT_WORDS[self._sort.key]}")
        return ListPrint("Venteliste", tuple(words), self.window_.today(), self.rows.columns, rows)
