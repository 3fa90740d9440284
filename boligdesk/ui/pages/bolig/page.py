"""Bolig (ui.md S8): address and status on top, what is known with source and date, history. Never who lives there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QVBoxLayout, QWidget

from boligdesk.domain.access import Right
from boligdesk.domain.catalog import DwellingStatus
from boligdesk.services.changes import Kind
from boligdesk.ui.home_words import kind_words, status_pill
from boligdesk.ui.page import Page, Window
from boligdesk.ui.places import Place
from boligdesk.ui.printing import ListPrint
from boligdesk.ui.tables import Column
from boligdesk.ui.theme import PAGE_MARGINS, SPACE_3, set_role
from boligdesk.ui.whole_list import show
from boligdesk.ui.widgets import Button, Card, FactGrid, PageHeader, Pill, symbol_button, tidy, wrapping
from boligdesk.ui.widgets.timeline import TimelineList

from .documents import DocumentsCard
from .facts_dialog import FactsDialog
from .status_dialog import StatusDialog
from .words import data_facts, fact_words, since, status_facts
from .work_dialogs import EndWorkDialog, WorkDialog, draft_of
from .works import WorksCard, work_words

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from boligdesk.services.changes import Changes
    from boligdesk.services.records.common import TimelineEntry
    from boligdesk.services.records.dwellings import DwellingDetail
    from boligdesk.services.records.register import WorkRow

TWO_COLUMNS_FROM = 860
_TIMELINE_HEIGHT = 300


class BoligPage(Page):
    key = "bolig"
    window_title = "Bolig"

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._id: UUID | None = None
        self.detail: DwellingDetail | None = None
        self._may_write = Right.WRITE_DWELLINGS in window.services.user.rights
        column = QVBoxLayout(self)
        column.setContentsMargins(*PAGE_MARGINS)
        column.setSpacing(SPACE_3)
        self.header = PageHeader("Bolig")
        self.pill = Pill("neutral", "")
        self.header.add_widget(self.pill)
        # only its picture: the acts of a dwelling fill the head in the narrowest window
        self.header.add_widget(symbol_button("print", "Skriv ut", lambda: show(self, self.printout())))
        if self._may_write:
            self.report = self.header.add_secondary("Meld ledig", self._report_vacancy)
            self.edit = self.header.add_secondary("Rett opplysninger", self._edit, "edit")
            self.status_button = self.header.set_primary("Endre status …", self.change_status)
        column.addWidget(self.header)
        column.addWidget(self._scroll(), 1)

    def _scroll(self) -> QScrollArea:
        inner = QWidget()
        set_role(inner, "scroll")
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight, inner)
        tidy(self._across, SPACE_3)
        self._across.setContentsMargins(0, 0, 6, 0)
        for cards in (self._left(), self._right()):
            side = QVBoxLayout()
            tidy(side, SPACE_3)
            for card in cards:
                side.addWidget(card)
            side.addStretch(1)
            self._across.addLayout(side, 1)
        self.area = QScrollArea()
        self.area.setAccessibleName("Opplysninger om boligen")
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.area.setWidget(inner)
        return self.area

    def _left(self) -> tuple[QWidget, ...]:
        facts = Card("Tilgjengelighet og fakta")
        if self._may_write and facts.heading is not None:
            self.facts_button = Button("Oppdater fakta …", self.update_facts, icon="edit", kind="link")
            facts.heading.add_action(self.facts_button)
        self.facts = FactGrid(label_width=190)
        facts.add(self.facts)
        data = Card("Om boligen")
        self.data = FactGrid(label_width=190)
        data.add(self.data)
        return facts, data

    def _right(self) -> tuple[QWidget, ...]:
        setting = Card("Bomiljø")
        self.setting = wrapping("")
        setting.add(self.setting)
        statuses = Card("Status")
        self.since = wrapping("")
        statuses.add(self.since)
        self.statuses = FactGrid(label_width=190)
        statuses.add(self.statuses)
        self.works = WorksCard(may_write=self._may_write)
        self.works.wanted.connect(self.write_work)
        self.works.start_wanted.connect(self.start_work)
        self.works.end_wanted.connect(self.end_work)
        self.documents = DocumentsCard(self.window_, self._may_write)
        history = Card()
        self.timeline = TimelineList("Historikk")
        self.timeline.setMinimumHeight(_TIMELINE_HEIGHT)
        self.timeline.opened.connect(self._open_entry)
        self.timeline.undo_wanted.connect(self._undo)
        history.add(self.timeline)
        return setting, statuses, self.works, self.documents, history

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= TWO_COLUMNS_FROM
        directions = QBoxLayout.Direction
        self._across.setDirection(directions.LeftToRight if wide else directions.TopToBottom)

    # --- what the window asks -------------------------------------------------------------------------------

    def open(self, place: Place) -> None:
        if place.subject != self._id:
            self.detail = None
            self.area.hide()
            self.header.set_title("Bolig", "Henter boligen …")
            self.pill.hide()
        self._id = place.subject
        self.refresh()

    def changed(self, changes: Changes) -> None:
        if self._id is not None and changes.touches(Kind.DWELLING, Kind.DOCUMENT):
            self.refresh()

    def refresh(self) -> None:
        dwelling_id = self._id
        if dwelling_id is None:
            return

        def done(found: DwellingDetail) -> None:
            if found.id == self._id:
                self._show(found)

        self.window_.query(lambda: self.window_.services.dwellings.detail(dwelling_id), done, owner=self)

    def primary(self) -> None:
        if self._may_write:
            self.status_button.click()

    def focus_start(self) -> None:
        self.area.setFocus(Qt.FocusReason.OtherFocusReason)

    def printout(self) -> ListPrint | None:
        found = self.detail
        if found is None:
            return None
        lines = [
            ("Status", since(found)),
            *((fact.label, fact_words(fact)) for fact in found.facts),
            *data_facts(found),
            ("Bomiljø", found.residential_setting),
            *((work.what, work_words(work)) for work in found.works),
        ]
        columns = (
            Column[tuple[str, str]]("name", "Opplysning", lambda r: r[0]),
            Column[tuple[str, str]]("value", "Svar", lambda r: r[1]),
        )
        title = f"{found.address or 'Bolig'} · {found.draft.code}"
        return ListPrint(
            title, ("Opplysninger om boligen",), self.window_.today(), columns, lines, landscape=False
        )

    def help_text(self) -> str:
        return (
            "Her står det vi vet om boligen, med kilde og dato. «Vet ikke» betyr at ingen har kontrollert det. "
            "Siden viser aldri hvem som bor her. Dra filer til «Dokumenter og bilder» for å legge dem til."
        )

    # --- showing --------------------------------------------------------------------------------------------

    def _show(self, found: DwellingDetail) -> None:
        self.detail = found
        address = found.address or "Uten adresse"
        sub = (
            found.draft.code,
            found.district,
            kind_words(found.draft.offer_kind) if found.draft.offer_kind else "",
        )
        self.header.set_title(address, " · ".join(part for part in sub if part))
        self.header.set_crumbs((("Boliger", lambda: self.window_.go(Place("boliger"))), (address, None)))
        self.pill.set_spec(status_pill(found.status, found.available_on, self.window_.today()))
        self.pill.show()
        self.facts.set_facts([(fact.label, fact_words(fact)) for fact in found.facts])
        self.data.set_facts(data_facts(found))
        self.setting.setText(found.residential_setting)
        self.since.setText(since(found))
        self.statuses.set_facts(status_facts(found.statuses))
        self.works.show_works(found)
        self.documents.show_documents(found.id, found.documents)
        self.timeline.set_entries(found.timeline)
        if self._may_write:
            is_gone = DwellingStatus(found.status).is_gone
            self.status_button.set_reason_disabled("Boligen er ute av registeret." if is_gone else "")
            self.report.set_reason_disabled("Boligen er ute av registeret." if is_gone else "")
        self.area.show()

    # --- acts -----------------------------------------------------------------------------------------------

    def _edit(self) -> None:
        if self._id is not None:
            self.window_.go(Place("ny_bolig", subject=self._id))

    def _report_vacancy(self) -> None:
        if self._id is not None:
            self.window_.go(Place("meld_ledig", subject=self._id))

    def change_status(self) -> None:
        self._dialog(lambda found: StatusDialog(self.window_, found, self).open())

    def update_facts(self) -> None:
        self._dialog(lambda found: FactsDialog(self.window_, found, self).open())

    def write_work(self, work: WorkRow | None) -> None:
        """Correct a work, or record a new one."""
        self._dialog(lambda found: WorkDialog(self.window_, found, work, self).open())

    def end_work(self, work: WorkRow) -> None:
        self._dialog(lambda found: EndWorkDialog(self.window_, found, work, self).open())

    def start_work(self, work: WorkRow) -> None:
        """Its day has come: saving it as it is lets the status follow."""

        def start(found: DwellingDetail) -> None:
            draft, dwellings = draft_of(work, found), self.window_.services.dwellings
            self.window_.save(
                lambda: dwellings.record_work(draft), owner=self, said="Statusen følger arbeidet."
            )

        self._dialog(start)

    def _dialog(self, show_it: Callable[[DwellingDetail], None]) -> None:
        if self.detail is not None:
            show_it(self.detail)

    def _open_entry(self, entry: TimelineEntry) -> None:
        found = self.detail
        if found is None or entry.kind != "dokument":
            return
        for document in found.documents:
            if document.id == entry.subject_id:
                self.documents.look(document)

    def _undo(self, entry: TimelineEntry) -> None:
        undo = self.window_.services.undo
        self.window_.save(lambda: undo.undo(entry.event_id), owner=self, said="Endringen er angret.")
