"""Saker: the list of cases by views and filters, with acts on several at once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from boligdesk.domain.access import Right
from boligdesk.services.changes import Kind
from boligdesk.services.records.cases import CaseFilter
from boligdesk.services.records.common import Page as Rows
from boligdesk.services.records.common import Sort
from boligdesk.ui.list_page import ListPage
from boligdesk.ui.page import Window
from boligdesk.ui.places import Place
from boligdesk.ui.printing import ListPrint
from boligdesk.ui.tables import DataTable, WindowModel
from boligdesk.ui.tables.paging import Read, paged_fetch
from boligdesk.ui.whole_list import printed, show
from boligdesk.ui.widgets import Button, EmptyState, MessageArea, PageHeader, label
from boligdesk.ui.widgets.flow import FlowRow

from .acts import CaseActs, ViewActs
from .choice import ALL_OPEN, BY_KIND, Choice, View, choice_of, saved_view
from .columns import SORT_WORDS, case_columns
from .filters import CaseFilters
from .giving import count_words
from .views import ViewButton

if TYPE_CHECKING:
    from boligdesk.services.changes import Changes
    from boligdesk.services.errors import UserError
    from boligdesk.services.records.cases import CaseRow
    from boligdesk.services.records.common import User
    from boligdesk.services.records.office import SavedViewRow

_OFFICE = "saker"


class SakerPage(ListPage):
    key = "saker"
    window_title = "Saker"

    def __init__(self, window: Window, parent: QWidget | None = None) -> None:
        super().__init__(window, parent)
        self.ticked: dict[UUID, CaseRow] = {}
        self._page: Rows[CaseRow] | None = None
        self._has_none = False
        rights = window.services.user.rights
        self.may_write = Right.WRITE_CASES in rights
        self._may_import = Right.IMPORT_LISTS in rights
        self.view_button = ViewButton()
        self.case_acts = CaseActs(self)
        self.view_acts = ViewActs(self)
        self._build()
        self._connect()

    # --- building ------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.header = PageHeader("Saker")
        self.header.add_secondary("Skriv ut listen", self.print_list, "print")
        self.header.add_secondary("Eksporter …", self.export, "arrow_download")
        if self.may_write:
            self.header.set_primary("Ny søknad", self.primary, "add")
        self.messages = MessageArea()
        self.filters = CaseFilters(self.window_.today, self.view_button)
        fetch = paged_fetch(self.window_, self, self._read, self._arrived, self._not_arrived)
        self.rows = WindowModel(case_columns(self.window_.today), fetch)
        self.table = DataTable("Saker", self.rows, self.window_.settings, "saker")
        self.rows.setParent(self.table)
        self.table.set_loading_text("Henter sakene …")
        self.table.set_tick_mode()
        self.lay_out(self.header, self.messages, self.filters, self._tick_row())

    def _tick_row(self) -> QWidget:
        self.tick_words = label("", "strong")
        self.give_button = Button("Gi til …", self.case_acts.give, icon="person")
        if not self.may_write:
            self.give_button.hide()
        self.tick_row = FlowRow(
            self.tick_words,
            self.give_button,
            Button("Skriv ut de valgte", self._print_ticked, icon="print"),
            Button("Fjern valget", self.rows_unticked, icon="dismiss", kind="link"),
        )
        self.tick_row.hide()
        return self.tick_row

    def _connect(self) -> None:
        self.filters.changed.connect(self._filter_changed)
        self.filters.cleared.connect(self.clear_filters)
        self.table.opened.connect(lambda row: self.window_.go(Place("sak", subject=row.id)))
        self.table.sort_requested.connect(self._sort_by)
        self.table.ticks_changed.connect(self._ticks_changed)
        self.rows.rows_arrived.connect(self._offer_import)
        self.view_button.chosen.connect(self.show_view)
        clear = QShortcut(QKeySequence("Ctrl+Shift+F"), self)
        clear.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        clear.activated.connect(self.clear_filters)

    # --- for the window ------------------------------------------------------------------------------------

    def open(self, place: Place) -> None:
        self.messages.clear()
        self._read_office()
        state = place.state
        choice = choice_of(state.get("choice") or {})
        self.filters.set_value(choice, str(state.get("text") or ""))
        view = self.view_button.named(str(state.get("view") or "")) or ALL_OPEN
        self.view_button.show_view(view, choice)
        if selected := state.get("selected"):
            self.table.select_id(UUID(selected))
        self._reload()

    def state(self) -> dict[str, Any]:
        row = self.table.current_row()
        return {
            "choice": self.filters.value().body(),
            "text": self.filters.text(),
            "view": self.view_button.view.name,
            "selected": str(row.id) if row else "",
        }

    def changed(self, changes: Changes) -> None:
        if changes.touches(Kind.VIEW, Kind.OFFICE):
            self._read_office()
        if changes.touches(Kind.CASE, Kind.PERSON, Kind.TASK):
            self.rows.refresh()

    def refresh(self) -> None:
        self._read_office()
        self.rows.refresh()

    def primary(self) -> None:
        if self.may_write:
            self.window_.go(Place("ny_soknad"))

    def focus_filter(self) -> None:
        self.filters.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filters.search.selectAll()

    def printout(self) -> ListPrint | None:
        return printed(self, self.rows, self._everything, self._print_job)

    def help_text(self) -> str:
        return (
            "Her er alle sakene du har tilgang til. Velg en visning, og avgrens listen med filtrene. Ctrl+F går til "
            "tekstfilteret, Ctrl+Shift+F fjerner alle filtre. Enter åpner saken. Mellomrom krysser av en sak, så kan "
            "du gi flere saker til en kollega samtidig eller skrive dem ut."
        )

    def subject_person(self) -> UUID | None:
        row: CaseRow | None = self.table.current_row()
        return row.applicant_id if row else None

    def subject_case(self) -> UUID | None:
        row: CaseRow | None = self.table.current_row()
        return row.id if row and not row.is_masked else None

    # --- reading -------------------------------------------------------------------------------------------

    def _case_filter(self) -> CaseFilter:
        user = self.window_.services.user
        return self.filters.value().filter(self.filters.text(), user.id, self.window_.today())

    def _read(self) -> Read[CaseRow]:
        wanted, sort, cases = self._case_filter(), self.filters.value().order(), self.window_.services.cases
        return lambda offset, limit: cases.page(wanted, sort, offset, limit)

    def _arrived(self, page: Rows[CaseRow]) -> None:
        self._page = page
        hidden = f" · {page.hidden} uten tilgang" if page.hidden else ""
        self.filters.count.setText(f"{count_words(page.total)}{hidden}")
        self._say_empty()

    def _not_arrived(self, error: UserError) -> None:
        self.filters.count.setText("")
        self.table.show_error(error)

    def _reload(self) -> None:
        choice = self.filters.value()
        self._page, self._has_none = None, False
        self.table.show_sort(choice.sort, choice.descending)
        turned = ", omvendt" if choice.descending else ""
        self.filters.sorted_by.setText(f"Sortert etter {SORT_WORDS[choice.sort]}{turned}")
        self.filters.count.setText("")
        self.rows.clear_ticks()
        self.rows.reload()

    def _read_office(self) -> None:
        office = self.window_.services.office

        def read() -> tuple[tuple[User, ...], tuple[tuple[UUID, str], ...], tuple[SavedViewRow, ...]]:
            return office.users(), office.districts(), office.views(_OFFICE)

        self.window_.query(read, lambda found: self._office_read(*found), owner=self)

    def _office_read(
        self,
        users: tuple[User, ...],
        districts: tuple[tuple[UUID, str], ...],
        views: tuple[SavedViewRow, ...],
    ) -> None:
        able = [(user.id, user.name) for user in users if user.active and Right.WRITE_CASES in user.rights]
        self.case_acts.colleagues = able
        self.filters.set_colleagues(able)
        self.filters.set_districts(districts)
        own = [saved_view(row) for row in views]
        self.view_button.set_own(own)
        shown = self.view_button.view.saved
        if shown is not None:
            now = next((view for view in own if view.saved and view.saved.id == shown.id), ALL_OPEN)
            self.view_button.show_view(now, self.filters.value())

    # --- views and filters ---------------------------------------------------------------------------------

    def show_view(self, view: View) -> None:
        """The view with its own filters; the text filter goes."""
        self.filters.set_value(view.choice)
        self.view_button.show_view(view, view.choice)
        self._reload()

    def show_choice(self, choice: Choice) -> None:
        self.filters.set_value(choice, self.filters.text())
        self._filter_changed()

    def clear_filters(self) -> None:
        """Ctrl+Shift+F: the kind of case that the view is about stays."""
        choice = self.filters.value().without_filters()
        by_kind = next((view for view in BY_KIND if view.choice.kind == choice.kind), ALL_OPEN)
        self.filters.set_value(choice)
        self.view_button.show_view(by_kind, replace(choice, sort=by_kind.choice.sort, descending=False))
        self._reload()

    def _filter_changed(self) -> None:
        self.view_button.show_view(self.view_button.view, self.filters.value())
        self._reload()

    def _sort_by(self, key: str, descending: bool) -> None:
        self.filters.set_value(
            replace(self.filters.value(), sort=key, descending=descending), self.filters.text()
        )
        self._filter_changed()

    # --- nothing to show -----------------------------------------------------------------------------------

    def _say_empty(self) -> None:
        choice = self.filters.value()
        if self.filters.narrows():
            self.table.set_empty("Ingen saker passer med filteret.", "Fjern filteret", self.clear_filters)
        elif choice.kind:
            self.table.set_empty(
                "Ingen åpne saker av denne typen.", "Vis alle åpne", lambda: self.show_view(ALL_OPEN)
            )
        elif self._has_none:
            act = "Registrer søknad" if self.may_write else ""
            self.table.set_empty("Ingen saker ennå.", act, self.primary)
        else:
            self.table.set_empty("Ingen åpne saker nå.", "Vis avsluttede saker", self._show_closed)
            self._ask_whether_any()

    def _show_closed(self) -> None:
        self.show_choice(replace(self.filters.value(), state="alle"))

    def _ask_whether_any(self) -> None:
        """An empty list in a new office says how to begin."""
        if self._page is None or self._page.total or self._page.hidden:
            return
        cases = self.window_.services.cases
        read = lambda: cases.page(CaseFilter(state="alle"), Sort("number"), 0, 1)  # noqa: E731  a local question
        self.window_.query(read, self._whether_any, owner=self)

    def _whether_any(self, page: Rows[CaseRow]) -> None:
        if not page.total and not page.hidden and not self._has_none:
            self._has_none = True
            self._say_empty()
            self._offer_import()

    def _offer_import(self) -> None:
        """The second act of the first run, beside the first."""
        state = self.table.state_widget()
        if self._has_none and self._may_import and isinstance(state, EmptyState):
            state.put(
                Button("Hent fra fil", lambda: self.window_.go(Place("administrasjon", tab="hent_inn")))
            )

    # --- several at once -----------------------------------------------------------------------------------

    def rows_unticked(self) -> None:
        self.rows.clear_ticks()

    def _ticks_changed(self) -> None:
        held = {row.id: row for _number, row in self.rows.held_rows()}
        known = {**self.ticked, **held}
        self.ticked = {key: known[key] for key in known if key in self.rows.ticked}
        number = len(self.ticked)
        self.tick_words.setText(f"{count_words(number)} valgt")
        self.tick_row.setVisible(bool(number))
        masked = any(row.is_masked for row in self.ticked.values())
        self.give_button.set_reason_disabled("Du kan ikke gi videre en skjermet sak." if masked else "")

    # --- printing ------------------------------------------------------------------------------------------

    def _everything(self, most: int) -> Rows[CaseRow]:
        return self._read()(0, most)

    def export(self) -> None:
        """The list as it stands, to a file."""
        self.window_.export_list("Saker", self.rows.columns, self._read())

    def _print_ticked(self) -> None:
        show(self, self._print_job(tuple(self.ticked.values()), "bare de valgte"))

    def _print_job(self, rows: tuple[Any, ...], note: str = "") -> ListPrint:
        choice, today = self.filters.value(), self.window_.today()
        parts = (
            self.view_button.view.name,
            *self.filters.words(),
            "filtrert på tekst" if self.filters.text() else "",
            f"sortert etter {SORT_WORDS[choice.sort]}",
            note,
        )
        words = tuple(part for part in parts if part)
        return ListPrint("Saker", words, today, self.rows.columns, rows)
