"""«Logg»: who opened and who changed what, in the whole office. Nothing here can be changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QScrollArea, QVBoxLayout, QWidget

from boligdesk.ui.printing import ListPrint
from boligdesk.ui.tables import DataTable, WindowModel
from boligdesk.ui.tables.paging import Read, paged_fetch
from boligdesk.ui.tasks import Lane
from boligdesk.ui.theme import SPACE_2, SPACE_3, set_role
from boligdesk.ui.whole_list import printed
from boligdesk.ui.widgets import (
    Button,
    Card,
    FactGrid,
    MessageArea,
    SearchField,
    SectionHeading,
    SegmentedFilter,
    label,
    tidy,
    wrapping,
)
from boligdesk.ui.widgets.flow import FlowRow
from boligdesk.ui.work_line import WorkLine

from .import_words import count
from .log_words import export_columns, log_columns, moment_words
from .tab import Tab

if TYPE_CHECKING:
    from uuid import UUID

    from boligdesk.services.changes import Changes
    from boligdesk.services.errors import UserError
    from boligdesk.services.records.common import Page as Rows
    from boligdesk.services.records.office import ChainCheck
    from boligdesk.services.records.work import LogRow, SearchHit, SearchResult
    from boligdesk.ui.page import Page, Window

PANE_WIDTH = 312
#: Page width from which there is room for the pane (ui.md 3.1: a window of 1366).
WIDE = 1090
_KINDS = (("", "Alt"), ("skrevet", "Skrevet"), ("lest", "Lest"))


class EntryPane(QScrollArea):
    """One entry with every field that was changed: old and new."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Valgt linje i loggen")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFixedWidth(PANE_WIDTH)
        inside = QWidget()
        set_role(inside, "scroll")
        column = QVBoxLayout(inside)
        tidy(column)
        self.card = Card()
        self.what = wrapping("", "h2")
        self.facts = FactGrid(label_width=84)
        self.title = label("Endret", "strong")
        self.changes = FactGrid(label_width=110)
        for part in (self.what, self.facts, self.title, self.changes):
            self.card.add(part)
        column.addWidget(self.card)
        column.addStretch(1)
        self.setWidget(inside)
        self.show_entry(None)

    def show_entry(self, entry: LogRow | None) -> None:
        self.card.setVisible(entry is not None)
        if entry is None:
            return
        self.what.setText(entry.what)
        facts = [("Når", moment_words(entry.at)), ("Hvem", entry.who)]
        facts += [
            (name, text) for name, text in (("Gjelder", entry.subject), ("Begrunnelse", entry.reason)) if text
        ]
        self.facts.set_facts(facts)
        self.title.setVisible(bool(entry.changes))
        self.changes.set_facts((field, f"{old or '–'} → {new or '–'}") for field, old, new in entry.changes)


class LogTab(Tab):
    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self.person: SearchHit | None = None
        self._is_wide, self._wants_pane = True, False
        self.check_button = Button("Kontroller loggen", self.check, icon="shield_error")
        self.export_button = Button("Eksporter …", self.export, icon="arrow_download")
        self.messages = MessageArea()
        self.working = WorkLine(window.tasks)
        self.kind = SegmentedFilter("Vis", _KINDS)
        self.search = SearchField("Finn en person", "Finn en person")
        self.chip = Button("", self.clear_person, icon="dismiss", kind="chip")
        self.count = label("", "sub")
        self.menu = QMenu(self)
        self.pane = EntryPane()
        self._build()

    def _build(self) -> None:
        self.column.addWidget(
            SectionHeading(
                "Logg",
                "Alt som er lest og skrevet, det nyeste først. Loggen kan ikke endres.",
                actions=(self.check_button, self.export_button),
            )
        )
        self.column.addWidget(self.messages)
        self.column.addWidget(self.working)
        self.working.busy_changed.connect(lambda busy: self.check_button.setEnabled(not busy))
        self.search.setFixedWidth(260)
        self.search.searched.connect(self._find)
        self.kind.changed.connect(lambda _key: self._reload())
        self.chip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.chip.hide()
        self.column.addWidget(FlowRow(self.kind, self.search, self.chip, self.count, spacing=SPACE_3))
        fetch = paged_fetch(self.window_, self, self._read, self._arrived, self._not_arrived)
        self.model = WindowModel(log_columns(), fetch, row_id=_identity)
        self.table = DataTable("Logg", self.model, self.window_.settings, "administrasjon.logg")
        self.model.setParent(self.table)
        self.table.set_loading_text("Henter loggen …")
        self.table.set_empty("Ingenting i loggen passer med filteret.", icon="history")
        self.table.current_changed.connect(self.pane.show_entry)
        self.table.opened.connect(lambda _entry: self._show_pane())
        self.model.rows_arrived.connect(self._choose_first)
        line = QHBoxLayout()
        tidy(line, SPACE_2)
        line.addWidget(self.table, 1)
        line.addWidget(self.pane)
        self.column.addLayout(line, 1)

    # --- reading -------------------------------------------------------------------------------------------

    def open(self) -> None:
        if self.model.has_loaded:
            self.model.refresh()
        else:
            self.model.reload()

    def refresh(self) -> None:
        self.model.refresh()

    def changed(self, changes: Changes) -> None:
        """The log grows with everything; it is read again when the tab is shown or on F5."""

    def _read(self) -> Read[LogRow]:
        log, kind = self.window_.services.log, self.kind.value()
        person_id: UUID | None = self.person.id if self.person else None
        return lambda offset, limit: log.entries(offset, limit, person_id, None, kind)

    def _arrived(self, page: Rows[LogRow]) -> None:
        self.count.setText("1 linje" if page.total == 1 else f"{count(page.total)} linjer")

    def _not_arrived(self, error: UserError) -> None:
        self.count.setText("")
        self.table.show_error(error)

    def _choose_first(self) -> None:
        first = next((entry for _number, entry in self.model.held_rows()), None)
        if first is not None and not self.table.currentIndex().isValid():
            self.table.select_id(_identity(first))

    def _reload(self) -> None:
        self.count.setText("")
        self.pane.show_entry(None)
        self.model.reload()

    # --- one person ----------------------------------------------------------------------------------------

    def _find(self, text: str) -> None:
        if text:
            search = self.window_.services.search
            self.window_.query(lambda: search.find(text), self._found, owner=self)

    def _found(self, result: SearchResult) -> None:
        self.messages.clear()
        people = result.people
        if len(people) == 1:
            self.show_person(people[0])
        elif people:
            self._offer(people)
        else:
            self.messages.show_message("info", "Fant ingen person med dette navnet som du har tilgang til.")

    def _offer(self, people: tuple[SearchHit, ...]) -> None:
        self.menu.clear()
        for hit in people:
            words = " · ".join(part for part in (hit.title, hit.detail) if part)
            self.menu.addAction(words).triggered.connect(
                lambda _checked=False, hit=hit: self.show_person(hit)
            )
        self.menu.popup(self.search.mapToGlobal(QPoint(0, self.search.height())))

    def show_person(self, hit: SearchHit) -> None:
        """Only what was done with this person's file."""
        self.person = hit
        self.search.clear()
        self.chip.setText(hit.title)
        self.chip.setAccessibleName(f"Vis alle igjen, ikke bare {hit.title}")
        self.chip.setToolTip("Vis alle igjen")
        self.chip.show()
        self._reload()

    def clear_person(self) -> None:
        self.person = None
        self.chip.hide()
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self._reload()

    # --- check, export, print ------------------------------------------------------------------------------

    def check(self) -> None:
        log = self.window_.services.log
        self.messages.clear()
        self.working.run(
            Lane.DATABASE,
            "Kontrollerer loggen …",
            lambda _progress, _cancelled: log.check(),
            self._checked,
            self.messages.show_error,
            stop="",
        )

    def _checked(self, found: ChainCheck) -> None:
        if found.problem is None:
            self.messages.show_message("ok", f"{count(found.links)} ledd uten brudd.", title="Loggen er hel.")
        else:
            self.messages.show_message(
                "crit",
                f"{found.problem} Noen kan ha endret databasen utenom Boligdesk. Si fra til IT-drift og "
                "personvernombudet.",
                title="Loggen er brutt.",
            )

    def export(self) -> None:
        self.window_.export_list("Logg", export_columns(), self._read())

    def printout(self, page: Page) -> ListPrint | None:
        read = self._read()
        return printed(page, self.model, lambda most: read(0, most), self._job)

    def _job(self, rows: tuple[LogRow, ...]) -> ListPrint:
        words = [dict(_KINDS)[self.kind.value()], "én person" if self.person else "", "det nyeste først"]
        return ListPrint(
            "Logg", [word for word in words if word], self.window_.today(), self.model.columns, rows
        )

    # --- the tab -------------------------------------------------------------------------------------------

    def fit(self, width: int) -> None:
        self._is_wide = width >= WIDE
        self.pane.setVisible(self._is_wide or self._wants_pane)

    def toggle_detail(self) -> None:
        self._wants_pane = self.pane.isHidden()
        self.pane.setVisible(self._wants_pane)

    def _show_pane(self) -> None:
        self._wants_pane = True
        self.pane.show()

    def focus_start(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_filter(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)


def _identity(entry: LogRow) -> tuple[object, ...]:
    return entry.at, entry.who, entry.what, entry.subject
