"""Personer: everybody with a file, found by text and filters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from boligdesk.domain.access import Right
from boligdesk.services.changes import Kind
from boligdesk.services.records.common import Page as Rows
from boligdesk.services.records.common import Sort
from boligdesk.ui.list_page import ListPage
from boligdesk.ui.page import Window
from boligdesk.ui.person_words import counted
from boligdesk.ui.places import Place
from boligdesk.ui.printing import ListPrint
from boligdesk.ui.tables import DataTable, WindowModel
from boligdesk.ui.tables.paging import Read, paged_fetch
from boligdesk.ui.whole_list import printed
from boligdesk.ui.widgets import Button, EmptyState, PageHeader

from .columns import SORT_WORDS, person_columns
from .filters import PersonFilters

if TYPE_CHECKING:
    from boligdesk.services.changes import Changes
    from boligdesk.services.errors import UserError
    from boligdesk.services.records.people import PersonRow


class PersonerPage(ListPage):
    key = "personer"
    window_title = "Personer"

    def __init__(self, window: Window, parent: QWidget | None = None) -> None:
        super().__init__(window, parent)
        rights = window.services.user.rights
        self.may_write = Right.WRITE_PEOPLE in rights
        self._may_import = Right.IMPORT_LISTS in rights
        self.header = PageHeader("Personer")
        self.header.add_secondary("Skriv ut listen", self.print_list, "print")
        self.header.add_secondary("Eksporter …", self.export, "arrow_download")
        if self.may_write:
            self.header.set_primary("Ny person", self.primary, "add")
        self.filters = PersonFilters()
        fetch = paged_fetch(window, self, self._read, self._arrived, self._not_arrived)
        self.rows = WindowModel(person_columns(window.today), fetch)
        self.table = DataTable("Personer", self.rows, window.settings, self.key)
        self.rows.setParent(self.table)
        self.table.set_loading_text("Henter personene …")
        self.lay_out(self.header, self.filters)
        self._connect()

    def _connect(self) -> None:
        self.filters.changed.connect(self._reload)
        self.filters.sorted_otherwise.connect(self._reload)
        self.table.opened.connect(lambda row: self.window_.go(Place("person", subject=row.id)))
        self.table.sort_requested.connect(self._sort_by)
        self.rows.rows_arrived.connect(self._offer_import)

    # --- for the window ------------------------------------------------------------------------------------

    def open(self, place: Place) -> None:
        state = place.state
        if state:
            self.filters.restore(state)
        if selected := state.get("selected"):
            self.table.select_id(UUID(selected))
        self.window_.query(self.window_.services.office.districts, self._districts_read, owner=self)

    def state(self) -> dict[str, Any]:
        row = self.table.current_row()
        return {**self.filters.state(), "selected": str(row.id) if row else ""}

    def changed(self, changes: Changes) -> None:
        if changes.touches(Kind.PERSON, Kind.CASE) and self.rows.has_loaded:
            self.rows.refresh()

    def refresh(self) -> None:
        self.rows.refresh()

    def primary(self) -> None:
        if self.may_write:
            self.window_.go(Place("ny_person"))

    def focus_filter(self) -> None:
        self.filters.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filters.search.selectAll()

    def printout(self) -> ListPrint | None:
        return printed(self, self.rows, lambda most: self._read()(0, most), self._job)

    def help_text(self) -> str:
        return (
            "Her er alle personene du har tilgang til. Skriv et navn, et nummer, en telefon eller en adresse. "
            "Rekkefølgen på ordene er det samme. Enter åpner personen. En lås foran navnet betyr at adressen er sperret."
        )

    def subject_person(self) -> UUID | None:
        row: PersonRow | None = self.table.current_row()
        return row.id if row else None

    # --- reading -------------------------------------------------------------------------------------------

    def _districts_read(self, districts: tuple[tuple[UUID, str], ...]) -> None:
        self.filters.set_districts(districts)
        self._reload()

    def _read(self) -> Read[PersonRow]:
        where, sort, people = self.filters.value(), self.filters.sort(), self.window_.services.people
        return lambda offset, limit: people.page(where, sort, offset, limit)

    def _reload(self) -> None:
        sort = self.filters.sort()
        self.table.show_sort(sort.key, sort.descending)
        self.filters.count.setText("")
        self.rows.reload()

    def _sort_by(self, key: str, descending: bool) -> None:
        self.filters.set_sort(Sort(key, descending))
        self._reload()

    def _arrived(self, page: Rows[PersonRow]) -> None:
        self.filters.count.setText(counted(page.total, "person", "personer"))
        if self.filters.narrows():
            self.table.set_empty(
                "Ingen personer passer med filteret.", "Fjern filteret", self.filters.clear, icon="person"
            )
        else:
            self.table.set_empty(
                "Ingen personer ennå.", "Ny person" if self.may_write else "", self.primary, icon="person"
            )

    def _not_arrived(self, error: UserError) -> None:
        self.filters.count.setText("")
        self.table.show_error(error)

    def _offer_import(self) -> None:
        state = self.table.state_widget()
        if isinstance(state, EmptyState) and self._may_import and not self.filters.narrows():
            state.put(Button("Hent fra fil", self._to_import))

    def _to_import(self) -> None:
        self.window_.go(Place("administrasjon", tab="hent_inn"))

    # --- printing ------------------------------------------------------------------------------------------

    def export(self) -> None:
        """The list as it stands, to a file."""
        self.window_.export_list("Personer", self.rows.columns, self._read())

    def _job(self, rows: tuple[Any, ...]) -> ListPrint:
        sort = self.filters.sort()
        turned = ", omvendt" if sort.descending else ""
        words = (*self.filters.words(), f"sortert etter {SORT_WORDS[sort.key]}{turned}")
        return ListPrint("Personer", words, self.window_.today(), self.rows.columns, rows)
