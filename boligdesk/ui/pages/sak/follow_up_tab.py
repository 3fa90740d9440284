"""«Oppfølging»: visits and contacts with the person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from boligdesk.domain.access import Right
from boligdesk.services.records.common import Sort
from boligdesk.services.records.work import VisitFilter
from boligdesk.ui.pages.sak.columns import visit_columns
from boligdesk.ui.places import Place
from boligdesk.ui.tables import DataTable, WindowModel
from boligdesk.ui.theme import SPACE_2, SPACE_3
from boligdesk.ui.widgets import Button, row

if TYPE_CHECKING:
    from uuid import UUID

    from boligdesk.services.records.cases import CaseDetail
    from boligdesk.ui.page import Window
    from boligdesk.ui.tables import Deliver


class FollowUpTab(QWidget):
    """Read here; a visit is written on its own page."""

    def __init__(self, window: Window) -> None:
        super().__init__()
        self._window = window
        self._person_id: UUID | None = None
        self._sort = Sort("when", descending=True)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, SPACE_3, 0, 0)
        outer.setSpacing(SPACE_2)
        may_write = Right.WRITE_GUIDANCE in window.services.user.rights
        self.new = Button("Nytt besøk", self._new, icon="home_heart")
        self.new.setVisible(may_write)
        outer.addWidget(row(self.new))
        model = WindowModel(visit_columns(), self._fetch)
        self.table = DataTable("Besøk og kontakt", model, window.settings, "sak.oppfolging")
        model.setParent(self.table)
        self.table.set_empty(
            "Ingen besøk er logget ennå.",
            "Nytt besøk" if may_write else "",
            self._new if may_write else None,
            "home_heart",
        )
        self.table.show_sort("when", descending=True)
        self.table.sort_requested.connect(self._sorted)
        self.table.opened.connect(self._open)
        outer.addWidget(self.table, 1)

    def show_case(self, detail: CaseDetail) -> None:
        person_id = detail.identity.person_id
        if person_id != self._person_id:
            self._person_id = person_id
            self.table.rows.reload()

    def refresh(self) -> None:
        if self._person_id is not None:
            self.table.rows.refresh()

    def focus_start(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fetch(self, offset: int, limit: int, deliver: Deliver) -> None:
        person_id, sort = self._person_id, self._sort
        if person_id is None:
            deliver((), 0)
            return
        guidance = self._window.services.guidance
        self._window.query(
            lambda: guidance.page(VisitFilter(owner="team", person_id=person_id), sort, offset, limit),
            lambda page: deliver(page.rows, page.total),
            owner=self,
        )

    def _sorted(self, key: str, descending: bool) -> None:
        self._sort = Sort(key, descending)
        self.table.show_sort(key, descending)
        self.table.rows.reload()

    def _new(self) -> None:
        if self._person_id is not None:
            self._window.go(Place("nytt_besok", subject=self._person_id))

    def _open(self, row_: Any) -> None:
        self._window.go(Place("besok", subject=row_.id))
