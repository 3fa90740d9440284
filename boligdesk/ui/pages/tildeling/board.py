"""The pipeline: its stages as filters, the vacancies of one stage, and the chosen one below."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from boligdesk.domain.access import Right
from boligdesk.domain.allocation_catalog import VacancyStage
from boligdesk.domain.calendar import MONTHS
from boligdesk.services.errors import NotFound
from boligdesk.services.records.allocation import VacancyFilter
from boligdesk.services.records.common import Sort
from boligdesk.ui.places import Place
from boligdesk.ui.tables import DataTable, WindowModel
from boligdesk.ui.tables.paging import Read, paged_fetch
from boligdesk.ui.theme import SPACE_3
from boligdesk.ui.widgets import EmptyState, SegmentedFilter, clear, tidy

from .columns import vacancy_columns
from .vacancy_view import VacancyView

if TYPE_CHECKING:
    from boligdesk.services.errors import UserError
    from boligdesk.services.records.allocation import (
        AllocationCounts,
        OfferRow,
        VacancyDetail,
        VacancyRow,
    )
    from boligdesk.services.records.common import Page as Rows
    from boligdesk.ui.page import Window

_S = VacancyStage
STAGES = (_S.VACANT, _S.PROPOSED, _S.INTAKE_TEAM, _S.OFFER_SENT, _S.ACCEPTED, _S.CONTRACT, _S.MOVED_IN)
_CODES = frozenset(stage.value for stage in STAGES)
_IN_WORK = STAGES[:-1]
_LIST_HEAD, _LIST_ROW, _LIST_MOST = 38, 32, 4
#: Only shown when somebody has an offer.
_OF_OFFERS = frozenset({"offer", "due"})
_NOTHING: dict[VacancyStage, str] = {
    _S.VACANT: "Ingen boliger er meldt ledige.",
    _S.PROPOSED: "Ingen boliger har et forslag som venter.",
    _S.INTAKE_TEAM: "Ingen forslag er hos inntaksteamet.",
    _S.OFFER_SENT: "Ingen tilbud er ute nå.",
    _S.ACCEPTED: "Ingen har takket ja og venter på kontrakt.",
    _S.CONTRACT: "Ingen kontrakter venter på innflytting.",
    _S.MOVED_IN: "Ingen har flyttet inn denne måneden.",
}


class Board(QWidget):
    """``said`` carries the line under the page's title, ``report_wanted`` an empty pipeline's way on."""

    said = Signal(str)
    report_wanted = Signal()

    def __init__(self, window: Window) -> None:
        super().__init__()
        self.window_ = window
        self._may_report = Right.WRITE_DWELLINGS in window.services.user.rights
        self._sort = Sort("free")
        self._wanted: UUID | None = None
        self._stage_is_open = True
        """Nobody has chosen a stage: the first with anything in it."""
        self._wants_focus = False
        month = f"{MONTHS[window.today().month - 1][:3]}."
        titles = {**{one: one.label for one in STAGES}, _S.MOVED_IN: f"Innflyttet i {month}"}
        self.stages = SegmentedFilter(
            "Trinn i tildelingen", [(one.value, titles[one]) for one in STAGES], wide=True
        )
        fetch = paged_fetch(window, self, self._read_list, self._list_arrived, self._list_failed)
        self.rows = WindowModel(vacancy_columns(window.today), fetch)
        self.table = DataTable("Boliger i tildeling", self.rows, window.settings, "tildeling.boliger")
        self.rows.setParent(self.table)
        self.table.set_loading_text("Henter boligene …")
        self.table.show_sort("free")
        self.vacancy = VacancyView(window, self.table)
        column = QVBoxLayout(self)
        tidy(column, SPACE_3)
        column.addWidget(self.stages)
        column.addWidget(self.vacancy, 1)
        self._none = QVBoxLayout()
        column.addLayout(self._none)
        self.stages.changed.connect(lambda _key: self._stage_chosen())
        self.table.current_changed.connect(self._row_chosen)
        self.table.opened.connect(lambda _row: self.vacancy.focus_body())
        self.table.sort_requested.connect(self._sort_by)
        self.rows.rows_arrived.connect(self._choose_row)
        self.vacancy.moved_on.connect(self.go_to)
        self.vacancy.shown.connect(self._has_come)

    # --- coming and going ----------------------------------------------------------------------------------

    def open(self, place: Place) -> None:
        state = place.state
        vacancy = place.subject or (UUID(state["vacancy"]) if state.get("vacancy") else None)
        stage = str(state.get("stage") or "")
        if vacancy is not None:
            self.vacancy.wants_offer = bool(state.get("offer"))
            self.go_to(vacancy)
        elif state.get("offer"):
            self._go_to_offer(UUID(str(state["offer"])))
        elif stage in _CODES:
            self._show_stage(stage)
        elif not self._stage_is_open:
            self.rows.reload()
        self.count()

    def state(self) -> dict[str, Any]:
        wanted = self.vacancy.wanted
        return {"stage": self.stages.value(), "vacancy": str(wanted) if wanted else ""}

    def refresh(self) -> None:
        self.count()
        if self.rows.has_loaded:
            self.rows.refresh()
        self.vacancy.reread()

    def count(self) -> None:
        self.window_.query(self.window_.services.allocation.counts, self._counted, owner=self)

    def _counted(self, found: AllocationCounts) -> None:
        by_stage = {one.value: found.by_stage.get(one.value, 0) for one in _IN_WORK}
        self.stages.set_counts({**by_stage, _S.MOVED_IN.value: found.moved_in_this_month})
        homes = sum(by_stage.values())
        waiting = "1 søker" if found.waiting == 1 else f"{found.waiting} søkere"
        self.said.emit(f"{homes} {'bolig' if homes == 1 else 'boliger'} i arbeid · {waiting} på venteliste")
        if self._stage_is_open:
            self._show_stage(next((key for key, number in by_stage.items() if number), STAGES[0].value))

    def _show_stage(self, stage: str) -> None:
        self._stage_is_open = False
        self.stages.set_value(stage)
        self.rows.reload()

    def go_to(self, vacancy_id: UUID) -> None:
        """A vacancy, in whatever stage it stands."""
        allocation = self.window_.services.allocation
        self._wanted = vacancy_id
        self._stage_is_open = False

        def read() -> VacancyDetail | None:
            try:
                return allocation.vacancy(vacancy_id)
            except NotFound:
                return None  # gone since the way back was kept: the pipeline is shown

        def arrived(found: VacancyDetail | None) -> None:
            stage = found.row.stage if found is not None else ""
            self._show_stage(stage if stage in _CODES else self.stages.value())
            if found is not None:
                self.vacancy.open_vacancy(vacancy_id)

        self.window_.query(read, arrived, owner=self)
        self.count()

    def _go_to_offer(self, offer_id: UUID) -> None:
        allocation = self.window_.services.allocation
        self._stage_is_open = False

        def arrived(found: OfferRow) -> None:
            self.vacancy.wants_offer = True
            self.go_to(found.vacancy_id)

        self.window_.query(lambda: allocation.offer(offer_id), arrived, owner=self)

    def focus_start(self) -> None:
        """Where the work is; what is not read yet takes the focus when it has come."""
        self._wants_focus = not self.rows.has_loaded or self.vacancy.found is None
        if self.table.isVisibleTo(self) and self.rows.total() > 1:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.vacancy.found is not None and self.vacancy.isVisibleTo(self):
            self.vacancy.focus_body()
        else:
            self.focus_stage()

    def _has_come(self) -> None:
        if self._wants_focus:
            self.focus_start()

    def focus_stage(self) -> None:
        """The chosen filter button."""
        self.stages.focus_chosen()

    # --- the list of vacancies -----------------------------------------------------------------------------

    @property
    def stage(self) -> VacancyStage:
        return VacancyStage(self.stages.value())

    def _read_list(self) -> Read[VacancyRow]:
        stage, sort, allocation = self.stage, self._sort, self.window_.services.allocation
        wanted = VacancyFilter(stages=(stage.value,), with_ended=stage is _S.MOVED_IN)
        return lambda offset, limit: allocation.vacancies(wanted, sort, offset, limit)

    def _list_arrived(self, page: Rows[VacancyRow]) -> None:
        shown = min(max(page.total, 1), _LIST_MOST)
        self.table.setFixedHeight(_LIST_HEAD + shown * _LIST_ROW)
        has_offers = any(row.offer_to for row in page.rows)
        for place, column in enumerate(self.rows.columns):
            if column.key in _OF_OFFERS:
                self.table.setColumnHidden(place, not has_offers)
        self.table.fit_columns()
        # one vacancy is told by its own head: a list of it would say the same twice
        self.table.setVisible(page.total > 1)
        clear(self._none)
        self.vacancy.setVisible(bool(page.total))
        if not page.total:
            self._wanted = None
            self.vacancy.show_nothing()
            action = "Meld ledig bolig" if self._may_report and self.stage is _S.VACANT else ""
            slot = self.report_wanted.emit if action else None
            self._none.addWidget(EmptyState(_NOTHING[self.stage], action, slot, "building"))

    def _list_failed(self, error: UserError) -> None:
        clear(self._none)
        self.vacancy.show_nothing()
        self.vacancy.show()
        self.table.show()
        self.table.setFixedHeight(_LIST_HEAD + _LIST_MOST * _LIST_ROW)
        self.table.show_error(error)

    def _stage_chosen(self) -> None:
        self._wanted = None
        self._show_stage(self.stages.value())

    def _sort_by(self, key: str, descending: bool) -> None:
        self._sort = Sort(key, descending)
        self.rows.reload()

    def _choose_row(self) -> None:
        """The one that was asked for, the one that was chosen, else the first."""
        ids = [row.id for _number, row in self.rows.held_rows()]
        if not ids:
            return
        now = self.vacancy.wanted
        wanted: UUID = next((one for one in (self._wanted, now) if one is not None and one in ids), ids[0])
        self._wanted = wanted
        self.table.select_id(wanted)
        if now != wanted:
            self.vacancy.open_vacancy(wanted)

    def _row_chosen(self, row: VacancyRow | None) -> None:
        if row is None or row.id == self._wanted:
            return
        self._wanted = row.id
        self.vacancy.open_vacancy(row.id)
