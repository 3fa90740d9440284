"""Bo-oppfølging (ui.md S10): the log of visits and contacts. Plans, inspections and evictions are later versions."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout

from boligdesk.domain.access import Right
from boligdesk.services.changes import Kind
from boligdesk.services.records.common import Sort
from boligdesk.ui.list_page import ListPage
from boligdesk.ui.page import Window
from boligdesk.ui.places import Place
from boligdesk.ui.printing import ListPrint
from boligdesk.ui.tables import DataTable, WindowModel
from boligdesk.ui.theme import SPACE_3
from boligdesk.ui.whole_list import printed
from boligdesk.ui.widgets import PageHeader, tidy

from .columns import SORTED_BY, visit_columns
from .detail import VisitPane
from .filters import PersonDialog, VisitFilters

if TYPE_CHECKING:
    from uuid import UUID

    from boligdesk.services.changes import Changes
    from boligdesk.services.records.common import Page as Rows
    from boligdesk.services.records.people import PersonDetail, PersonProbe
    from boligdesk.services.records.work import VisitDetail, VisitRow
    from boligdesk.ui.tables import Deliver
    from boligdesk.ui.widgets.person_picker import Found

#: Windows of this width have room for the pane; F4 shows it below, too (ui.md 3.1).
PANE_FROM = 1366
#: Reading a visit leaves a trace: passing it on the way to another does not.
READ_AFTER_MS = 350
_WHY_OPENED = "Ser besøkene"
Totals = dict[str, "int | str"]


class BoOppfolgingPage(ListPage):
    key = "bo_oppfolging"
    window_title = "Bo-oppfølging"

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._sort = Sort("when", descending=True)
        self._pane_wanted: bool | None = None
        self._is_first = True
        self._may_write = Right.WRITE_GUIDANCE in window.services.user.rights
        self.header = PageHeader("Bo-oppfølging", "Besøk og kontakter i boveiledningen")
        self.header.add_secondary("Skriv ut", self.print_list, "print")
        if self._may_write:
            self.header.set_primary("Nytt besøk", lambda: self.new_visit(None), "add")
        self.filters = VisitFilters(window.today)
        self.filters.changed.connect(self._filtered)
        self.filters.person_wanted.connect(self._choose_person)
        self.model = WindowModel(visit_columns(window.today), self._fetch, parent=self)
        self.table = DataTable("Besøk og kontakter", self.model, window.settings, self.key)
        self.table.set_loading_text("Henter besøk …")
        self.table.opened.connect(lambda row: self._open_visit(row.id))
        self.table.sort_requested.connect(self._sort_by)
        self.pane = VisitPane(self._open_visit, self.new_visit, self._may_write)
        self._reading = QTimer(self)
        self._reading.setSingleShot(True)
        self._reading.setInterval(READ_AFTER_MS)
        self._reading.timeout.connect(self._read_chosen)
        self.table.current_changed.connect(lambda _row: self._reading.start())
        self._put()
        self.table.show_sort("when", descending=True)
        self._say_sort()

    def _put(self) -> None:
        across = QHBoxLayout()
        tidy(across, SPACE_3)
        across.addWidget(self.table, 1)
        across.addWidget(self.pane)
        self.lay_out(self.header, self.filters, body=across)
        self._fit()

    # --- what the window asks -------------------------------------------------------------------------------

    def open(self, place: Place) -> None:
        if place.state:
            self.filters.restore(place.state.get("filters", {}))
            if chosen := place.state.get("chosen"):
                self.table.select_id(chosen)
        if place.subject is not None and not place.state:
            self._open_for(place.subject)
            return
        self._load()

    def state(self) -> dict[str, Any]:
        row: VisitRow | None = self.table.current_row()
        return {"filters": self.filters.state(), "chosen": row.id if row is not None else None}

    def changed(self, changes: Changes) -> None:
        if changes.touches(Kind.VISIT) and self.model.has_loaded:
            self.model.refresh()

    def refresh(self) -> None:
        self.model.refresh()

    def primary(self) -> None:
        if self._may_write:
            self.new_visit(None)

    def focus_filter(self) -> None:
        self.filters.owner.setFocus()
        self.filters.from_on.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def toggle_detail(self) -> None:
        self._pane_wanted = not self._has_pane()
        self._fit()
        self._read_chosen()

    def subject_person(self) -> UUID | None:
        row: VisitRow | None = self.table.current_row()
        return row.person_id if row is not None else None

    def printout(self) -> ListPrint | None:
        wanted, sort = self.filters.wanted(), self._sort
        guidance = self.window_.services.guidance
        return printed(self, self.model, lambda most: guidance.page(wanted, sort, 0, most), self._job)

    def help_text(self) -> str:
        return (
            "Her står besøk og kontakter i boveiledningen. «Mine» er de du har hatt alene eller sammen med en kollega. "
            "Enter åpner besøket. F4 viser eller skjuler det valgte besøket ved siden av listen."
        )

    def leave(self) -> None:
        self._reading.stop()

    # --- the list -------------------------------------------------------------------------------------------

    def _open_for(self, person_id: UUID) -> None:
        """The visits of one person, whoever made them."""
        people = self.window_.services.people

        def done(found: PersonDetail) -> None:
            self.filters.set_person(found.id, found.name)
            self.filters.owner.set_value("team")
            self._load()

        self.window_.query(lambda: people.detail(person_id, _WHY_OPENED), done, owner=self)

    def _load(self) -> None:
        self._set_empty()
        if self.model.has_loaded:
            self.model.refresh()
        else:
            self.model.reload()

    def _fetch(self, offset: int, limit: int, deliver: Deliver) -> None:
        wanted, sort = self.filters.wanted(), self._sort
        guidance = self.window_.services.guidance

        def work() -> tuple[Rows[VisitRow], Totals]:
            page = guidance.page(wanted, sort, offset, limit)
            other = "team" if wanted.owner == "mine" else "mine"
            rest = guidance.page(replace(wanted, owner=other), sort, 0, 1)
            return page, {wanted.owner: page.total, other: rest.total}

        def done(found: tuple[Rows[VisitRow], Totals]) -> None:
            page, totals = found
            rest = int(totals["team"])
            deliver(page.rows, page.total)
            if wanted == self.filters.wanted():
                self.filters.owner.set_counts(totals)
                first, self._is_first = self._is_first, False
                others = rest if wanted.owner == "mine" and not page.total else 0
                if first and others and not self.filters.is_on():
                    self._show_team()  # whoever makes no visits reads those of the others
                elif not page.total:
                    self._set_empty(others)
            if not page.total:
                self.pane.show_nothing()

        self.window_.query(work, done, owner=self)

    def _filtered(self) -> None:
        self._set_empty()
        self.model.reload()

    def _show_team(self) -> None:
        self.filters.owner.set_value("team")
        self._filtered()

    def _set_empty(self, others: int = 0) -> None:
        """``others``: visits that colleagues have had, when I have none."""
        if others:
            self.table.set_empty(
                "Du har ikke hatt noen av besøkene.", "Vis teamets besøk", self._show_team, "home_heart"
            )
        elif self.filters.is_on():
            self.table.set_empty("Ingen besøk passer med filteret.", "Fjern filteret", self.filters.reset)
        elif self._may_write:
            self.table.set_empty(
                "Ingen besøk er skrevet ned ennå.", "Skriv ned et besøk", self.primary, "home_heart"
            )
        else:
            self.table.set_empty("Ingen besøk er skrevet ned ennå.", icon="home_heart")

    def _sort_by(self, key: str, descending: bool) -> None:
        self._sort = Sort(key, descending)
        self._say_sort()
        self.model.reload()

    def _sort_words(self) -> str:
        newest = "nyeste først" if self._sort.descending else "eldste først"
        orders = {"when": f", {newest}"}
        return f"Sortert etter {SORTED_BY[self._sort.key]}{orders.get(self._sort.key, '')}"

    def _say_sort(self) -> None:
        self.filters.sorted.setText(self._sort_words())

    def _job(self, rows: tuple[VisitRow, ...]) -> ListPrint:
        words = [*self.filters.words(), self._sort_words().lower()]
        return ListPrint("Bo-oppfølging", words, self.window_.today(), self.model.columns, rows)

    # --- person, pane, places -------------------------------------------------------------------------------

    def _choose_person(self) -> None:
        PersonDialog(self._find, self._take_person, self).open()

    def _find(self, probe: PersonProbe, done: Found) -> None:
        people = self.window_.services.people
        self.window_.query(lambda: people.matches(probe), done, owner=self)

    def _take_person(self, person_id: UUID, name: str) -> None:
        self.filters.set_person(person_id, name)
        self._filtered()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _has_pane(self) -> bool:
        is_wide = self.window().width() >= PANE_FROM
        return is_wide if self._pane_wanted is None else self._pane_wanted

    def _fit(self) -> None:
        self.pane.setVisible(self._has_pane())

    def _read_chosen(self) -> None:
        row: VisitRow | None = self.table.current_row()
        if row is None or not self._has_pane() or not self.isVisible():
            return
        guidance = self.window_.services.guidance
        visit_id = row.id

        def done(found: VisitDetail) -> None:
            now: VisitRow | None = self.table.current_row()
            if now is not None and now.id == visit_id:
                self.pane.show_visit(found)

        self.window_.query(lambda: guidance.detail(visit_id), done, owner=self)

    def _open_visit(self, visit_id: UUID) -> None:
        self.window_.go(Place("besok", subject=visit_id))

    def new_visit(self, person_id: UUID | None) -> None:
        self.window_.go(Place("nytt_besok", subject=person_id))
