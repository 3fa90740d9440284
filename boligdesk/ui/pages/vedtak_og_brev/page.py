"""Vedtak og brev (ui.md S7): every letter by how far it has come, and the ones that are ready printed together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from boligdesk.domain.access import Right
from boligdesk.domain.letters import LetterState
from boligdesk.services.changes import Kind
from boligdesk.services.records.common import Sort
from boligdesk.ui.letter_words import SORT_WORDS, letter_columns, letters_words, sent_columns
from boligdesk.ui.list_page import ListPage
from boligdesk.ui.marking_sent import SentDialog, mark_all
from boligdesk.ui.page import Window
from boligdesk.ui.places import Place
from boligdesk.ui.printing import ListPrint
from boligdesk.ui.tables import DataTable, WindowModel
from boligdesk.ui.tables.paging import Read, paged_fetch
from boligdesk.ui.theme import SPACE_3
from boligdesk.ui.whole_list import printed
from boligdesk.ui.widgets import Button, PageHeader, label, tidy
from boligdesk.ui.widgets.basics import symbol_button
from boligdesk.ui.widgets.flow import FlowRow

from .filters import SENT, LetterFilters
from .pane import LetterPane

if TYPE_CHECKING:
    import datetime as dt
    from uuid import UUID

    from boligdesk.services.changes import Changes
    from boligdesk.services.errors import UserError
    from boligdesk.services.records.letters import LetterCounts, LetterRow
    from boligdesk.ui.tables.columns import AnyColumn

PANE_FROM = 1366
#: Opening a letter leaves a trace: passing it on the way to another does not.
READ_AFTER_MS = 350
_BATCH = {LetterState.DRAFT.value, LetterState.APPROVED.value, LetterState.FINALISED.value}


class VedtakOgBrevPage(ListPage):
    key = "vedtak_og_brev"
    window_title = "Vedtak og brev"

    def __init__(self, window: Window, parent: QWidget | None = None) -> None:
        super().__init__(window, parent)
        self._may_write = Right.WRITE_LETTERS in window.services.user.rights
        self._pane_wanted: bool | None = None
        self._sorts = {"open": Sort("changed", descending=True), "sent": Sort("sent", descending=True)}
        self.ticked: dict[UUID, LetterRow] = {}
        self._build()
        self._connect()

    # --- building ------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.header = PageHeader("Vedtak og brev")
        self.header.add_secondary("Skriv ut listen", self.print_list, "print")
        self.header.add_secondary("Eksporter …", self.export, "arrow_download")
        self.pane_button = symbol_button("panel_right", "Vis eller skjul brevet (F4)", self.toggle_detail)
        self.header.add_widget(self.pane_button)
        if self._may_write:
            self.header.set_primary("Skriv ut og ferdigstill …", self.primary, "print")
        self.filters = LetterFilters(self.window_.today)
        self.tables = {
            "open": self._table("open", letter_columns(self.window_.today)),
            "sent": self._table("sent", sent_columns(self.window_.today)),
        }
        self.table = self.tables["open"]
        self.tables["open"].set_tick_mode(self._may_write)
        self.tables["open"].rows.can_tick = self._can_tick
        self.lists = QStackedWidget()
        for table in self.tables.values():
            self.lists.addWidget(table)
        self.pane = LetterPane(self.window_)
        body = QHBoxLayout()
        tidy(body, SPACE_3)
        body.addWidget(self.lists, 1)
        body.addWidget(self.pane)
        self.lay_out(self.header, self.filters, self._tick_row(), body=body)
        self._show_buttons()

    def _table(self, name: str, columns: tuple[AnyColumn, ...]) -> DataTable:
        fetch = paged_fetch(self.window_, self, self._read, lambda _page: None, self._not_arrived)
        rows = WindowModel(columns, fetch)
        table = DataTable("Vedtak og brev", rows, self.window_.settings, f"{self.key}.{name}")
        rows.setParent(table)
        table.set_loading_text("Henter brevene …")
        return table

    def _tick_row(self) -> QWidget:
        self.tick_words = label("", "strong")
        self.sent_button = Button("Merk som sendt …", self._mark_sent, icon="send")
        self._tick_line = FlowRow(
            self.tick_words,
            self.sent_button,
            Button("Fjern valget", self._untick, icon="dismiss", kind="link"),
        )
        self._tick_line.hide()
        return self._tick_line

    def _connect(self) -> None:
        self.filters.segment_changed.connect(self._segment_changed)
        self.filters.changed.connect(self._reload)
        for table in self.tables.values():
            table.opened.connect(self._open)
            table.current_changed.connect(self._chosen)
            table.sort_requested.connect(self._sort_by)
        self.tables["sent"].rows.rows_arrived.connect(self.choose_first)
        self.tables["open"].ticks_changed.connect(self._ticks_changed)
        self._reading = QTimer(self)
        self._reading.setSingleShot(True)
        self._reading.setInterval(READ_AFTER_MS)
        self._reading.timeout.connect(self._read_chosen)

    # --- for the window ------------------------------------------------------------------------------------

    def open(self, place: Place) -> None:
        self.filters.restore(place.state)
        if place.tab and not place.state:
            self.filters.restore({"segment": place.tab})
        self._choose_table()
        if chosen := place.state.get("chosen"):
            self.table.select_id(chosen)
        self._fit()
        self._reload()

    def state(self) -> dict[str, Any]:
        row: LetterRow | None = self.table.current_row()
        return {**self.filters.state(), "chosen": row.id if row else None}

    def changed(self, changes: Changes) -> None:
        if changes.touches(Kind.LETTER, Kind.CASE, Kind.PERSON):
            self.refresh()

    def refresh(self) -> None:
        self._read_counts()
        self.table.rows.refresh()

    def primary(self) -> None:
        """Print and finish what is ticked; without a tick, the letter that is chosen."""
        if not self._may_write or self.filters.segment() == SENT:
            return
        rows = list(self.ticked.values())
        if not rows and (row := self.table.current_row()) is not None and self._can_tick(row):
            rows = [row]
        if not rows:
            self.window_.tell("Kryss av brevene du vil skrive ut. Mellomrom krysser av en rad, Ctrl+A alle.")
            return
        self.window_.go(Place("send_brev", state={"letters": [(row.id, row.version) for row in rows]}))

    def focus_filter(self) -> None:
        self.filters.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filters.search.selectAll()

    def toggle_detail(self) -> None:
        self._pane_wanted = not self._has_pane()
        self._fit()
        self._read_chosen()

    def printout(self) -> ListPrint | None:
        read = self._read()
        return printed(self, self.table.rows, lambda most: read(0, most), self._job)

    def help_text(self) -> str:
        return (
            "Her er alle brev, etter hvor langt de har kommet. Mellomrom krysser av et brev, Ctrl+A alle. "
            "Ctrl+Enter skriver ut og ferdigstiller dem du har krysset av. Utskrift er ikke sending: «Merk som sendt» "
            "setter i gang fristene. Brev til skjermede mottakere kan ikke krysses av. De skrives ut hver for seg "
            "fra brevet. F4 viser eller skjuler det valgte brevet, Enter åpner det."
        )

    def subject_case(self) -> UUID | None:
        row: LetterRow | None = self.table.current_row()
        return row.case_id if row is not None else None

    def leave(self) -> None:
        self._reading.stop()

    # --- the list ------------------------------------------------------------------------------------------

    def _can_tick(self, row: LetterRow) -> bool:
        return row.can_tick and row.status in _BATCH

    @property
    def _name(self) -> str:
        return "sent" if self.filters.segment() == SENT else "open"

    def _read(self) -> Read[LetterRow]:
        wanted, sort, letters = self.filters.wanted(), self._sorts[self._name], self.window_.services.letters
        return lambda offset, limit: letters.page(wanted, sort, offset, limit)

    def _not_arrived(self, error: UserError) -> None:
        self.table.show_error(error)

    def _read_counts(self) -> None:
        letters = self.window_.services.letters
        self.window_.query(letters.counts, self._counted, owner=self)

    def _counted(self, counts: LetterCounts) -> None:
        self.filters.set_counts(counts)

    def _segment_changed(self) -> None:
        self._choose_table()
        self._reload()

    def _choose_table(self) -> None:
        self.table = self.tables[self._name]
        self.lists.setCurrentWidget(self.table)
        self._show_buttons()

    def _show_buttons(self) -> None:
        segment = self.filters.segment()
        if self.header.primary is not None:
            self.header.primary.setVisible(segment in {"kladder", "klare"})

    def _reload(self) -> None:
        sort = self._sorts[self._name]
        self.table.show_sort(sort.key, sort.descending)
        self.filters.sorted_by.setText(f"Sortert etter {SORT_WORDS[sort.key]}")
        self._say_empty()
        self._untick()
        self.pane.show_nothing()
        self._read_counts()
        self.table.rows.reload()

    def _sort_by(self, key: str, descending: bool) -> None:
        self._sorts[self._name] = Sort(key, descending)
        self._reload()

    def _say_empty(self) -> None:
        if self.filters.narrows():
            self.table.set_empty(
                "Ingen brev passer med filteret.", "Fjern filtrene", self.filters.reset, "mail"
            )
            return
        sentences = {
            "kladder": "Ingen kladder nå. Du starter et brev fra saken det gjelder.",
            "til_godkjenning": "Ingen brev venter på godkjenning.",
            "klare": "Ingen brev venter på utskrift eller sending.",
            "sendt": "Ingen brev er sendt ennå.",
        }
        self.table.set_empty(
            sentences[self.filters.segment()], "Åpne sakene", lambda: self.window_.go(Place("saker")), "mail"
        )

    def export(self) -> None:
        """The list as it stands, to a file."""
        self.window_.export_list("Vedtak og brev", self.table.rows.columns, self._read())

    def _job(self, rows: tuple[Any, ...]) -> ListPrint:
        words = (*self.filters.words(), self.filters.sorted_by.text().lower())
        return ListPrint("Vedtak og brev", words, self.window_.today(), self.table.rows.columns, rows)

    # --- ticks ---------------------------------------------------------------------------------------------

    def _ticks_changed(self) -> None:
        rows = self.tables["open"].rows
        known = {**self.ticked, **{row.id: row for _number, row in rows.held_rows()}}
        self.ticked = {key: known[key] for key in known if key in rows.ticked}
        number = len(self.ticked)
        self.tick_words.setText(f"{letters_words(number)} valgt")
        self._tick_line.setVisible(bool(number))
        unprinted = [r for r in self.ticked.values() if r.status != LetterState.FINALISED or not r.printed_at]
        self.sent_button.set_reason_disabled(
            "Bare brev som er ferdigstilt og skrevet ut, kan merkes som sendt." if unprinted else ""
        )

    def _untick(self) -> None:
        self.tables["open"].rows.clear_ticks()

    def _mark_sent(self) -> None:
        """One day for all that are ticked."""
        wanted = tuple(self.ticked)
        SentDialog(self.window_, len(wanted), lambda day: self._sent_on(wanted, day), self).open()

    def _sent_on(self, wanted: tuple[UUID, ...], day: dt.date) -> None:
        mark_all(self.window_, wanted, day, owner=self, done=self._untick)

    # --- the chosen letter ---------------------------------------------------------------------------------

    def _open(self, row: LetterRow) -> None:
        if row.is_masked:
            self.window_.tell("Du har ikke tilgang til dette brevet.", "lock")
        else:
            self.window_.go(Place("brev", subject=row.id))

    def _chosen(self, row: LetterRow | None) -> None:
        if row is None:
            self._reading.stop()
            self.pane.show_nothing()
            return
        self.pane.show_row(row)
        self._reading.start()

    def _read_chosen(self) -> None:
        if self._has_pane() and self.isVisible():
            self.pane.read()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _has_pane(self) -> bool:
        is_wide = self.window().width() >= PANE_FROM
        return is_wide if self._pane_wanted is None else self._pane_wanted

    def _fit(self) -> None:
        self.pane.setVisible(self._has_pane())
