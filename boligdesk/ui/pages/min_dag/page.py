"""Min dag: the list of tasks, the numbers that filter it, and the pane with the next step."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from boligdesk.domain.access import Right
from boligdesk.domain.calendar import full_date, iso_week, weekday_date
from boligdesk.domain.catalog import Role
from boligdesk.services.changes import Kind
from boligdesk.services.errors import UserError
from boligdesk.services.records.common import Page as Rows
from boligdesk.services.records.common import Sort
from boligdesk.ui.list_page import ListPage
from boligdesk.ui.page import Window
from boligdesk.ui.printing import ListPrint
from boligdesk.ui.tables import DataTable, WindowModel
from boligdesk.ui.tables.common_columns import full_due
from boligdesk.ui.tables.paging import Read, paged_fetch
from boligdesk.ui.theme import SPACE_3
from boligdesk.ui.whole_list import printed
from boligdesk.ui.widgets import PageHeader, tidy
from boligdesk.ui.widgets.basics import symbol_button

from .acts import TaskActs
from .columns import task_columns
from .filters import DayFilters
from .pane import LOAD_WIDTH, PaneActs, TaskPane
from .pane import WIDTH as PANE_WIDTH
from .steps import next_place, place_of

if TYPE_CHECKING:
    from boligdesk.services.changes import Changes
    from boligdesk.services.records.work import TaskCounts, TaskDetail, TaskLoad, TaskRow
    from boligdesk.ui.places import Place

    from .load import TeamLoad

#: Widths of the window where the layout changes (ui.md 3.1).
WIDE, NARROW = 1366, 1100
_DETAIL_AFTER_MS = 60
_SORT_WORDS = {"due": "frist", "kind": "oppgave", "concerns": "navn"}


class MinDagPage(ListPage):
    key = "min_dag"
    window_title = "Min dag"

    def __init__(self, window: Window, parent: QWidget | None = None) -> None:
        super().__init__(window, parent)
        self._sort = Sort("due")
        self._counts: TaskCounts | None = None
        self._details: dict[UUID, TaskDetail] = {}
        self._shown: TaskRow | None = None
        self._pane_wanted: bool | None = None
        self._wants_counts = False
        self.may_write = Right.WRITE_NOTES in window.services.user.rights
        self._is_leader = Role.LEADER in window.services.user.roles
        self._build()
        self._connect()

    # --- building ------------------------------------------------------------------------------------------

    def _build(self) -> None:
        today = self.window_.today
        self.header = PageHeader("Min dag", self._date_line())
        self.print_button = self.header.add_secondary("Skriv ut dagsliste", self.print_list, "print")
        self.pane_button = symbol_button("panel_right", "Vis eller skjul detaljene (F4)", self.toggle_detail)
        self.header.add_widget(self.pane_button)
        self.filters = DayFilters()
        for small in reversed(self.filters.compact.values()):
            self.header.add_widget(small)
        self.rows = WindowModel(
            task_columns(today, self._due_tooltip),
            paged_fetch(self.window_, self, self._read, self._arrived, self._not_arrived),
        )
        self.table = DataTable("Oppgaver", self.rows, self.window_.settings, "min_dag")
        self.rows.setParent(self.table)
        self.table.set_loading_text("Henter oppgavene …")
        self.table.show_sort("due")
        mine = self.acts = TaskActs(self)
        acts = PaneActs(self.primary, self.open_chosen, mine.give, mine.postpone, mine.finish)
        self.pane = TaskPane(today, acts, may_write=self.may_write)
        body = QHBoxLayout()
        tidy(body, SPACE_3)
        body.addWidget(self.table, 1)
        self._side = QVBoxLayout()
        tidy(self._side, SPACE_3)
        self._side.addWidget(self.pane, 1)
        body.addLayout(self._side)
        self.lay_out(self.header, self.filters, body=body)

    @cached_property
    def load(self) -> TeamLoad:
        """How the team's work is shared, hidden above the pane. Made when it is first wanted."""
        from .load import TeamLoad

        made = TeamLoad()
        made.hide()
        made.table.set_density(self.table.density)
        made.chosen.connect(self._colleague_chosen)
        self._side.insertWidget(0, made)
        return made

    def _connect(self) -> None:
        self.filters.changed.connect(self._filter_changed)
        self.table.opened.connect(lambda _row: self.open_chosen())
        self.table.current_changed.connect(self._chosen)
        self.table.sort_requested.connect(self._sort_by)
        self.table.entered.connect(self._hovered)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self.acts.menu_at)
        self.rows.rows_arrived.connect(self._rows_arrived)
        give = QShortcut(QKeySequence("Ctrl+G"), self)
        give.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        give.activated.connect(self.acts.give)
        self._detail_soon = QTimer(self)
        self._detail_soon.setSingleShot(True)
        self._detail_soon.setInterval(_DETAIL_AFTER_MS)
        self._detail_soon.timeout.connect(self._fetch_detail)
        self._counts_next = QTimer(self)  # once the rows have been painted
        self._counts_next.setSingleShot(True)
        self._counts_next.timeout.connect(self._read_counts)

    # --- for the window ------------------------------------------------------------------------------------

    def open(self, place: Place) -> None:
        self.filters.restore(place.state)
        selected = place.state.get("selected")
        if selected:
            self.table.select_id(UUID(selected))
        self._load()
        self._lay_out()
        self.rows.ask_now()  # so that it is read while the page is painted

    def state(self) -> dict[str, Any]:
        row = self.table.current_row()
        return {**self.filters.state(), "selected": str(row.id) if row else ""}

    def changed(self, changes: Changes) -> None:
        if changes.touches(Kind.TASK, Kind.CASE, Kind.PERSON, Kind.NOTE, Kind.DOCUMENT, Kind.VISIT):
            self.refresh()

    def refresh(self) -> None:
        self._details.clear()
        self._read_counts()
        self.rows.refresh()

    def primary(self) -> None:
        """The next step of the chosen task."""
        row = self.table.current_row()
        if row is None:
            return
        detail = self._details.get(row.id)
        if detail is None:
            self._with_detail(row, lambda found: self._step(row, found))
        else:
            self._step(row, detail)

    def focus_filter(self) -> None:
        self.filters.due.button.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if not self.filters.due.button.isVisible():
            self.filters.due.chip.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def toggle_detail(self) -> None:
        self._pane_wanted = not self.pane.isVisibleTo(self)
        self._lay_out()

    def printout(self) -> ListPrint | None:
        return printed(self, self.rows, self._everything, self._print_job)

    def help_text(self) -> str:
        return (
            "Her er det du må gjøre, med det som haster først. Velg en oppgave for å se hvorfor den er her og hva "
            "neste steg er. Enter åpner saken, Ctrl+Enter gjør neste steg og Ctrl+G gir oppgaven til en kollega. "
            "Hold musen over en frist for å se hvordan den er regnet ut."
            + (
                " Under «Teamet» ser du hvor mye hver kollega har. Velg en linje der for å se oppgavene."
                if self._is_leader
                else ""
            )
        )

    def subject_person(self) -> UUID | None:
        row: TaskRow | None = self.table.current_row()
        return row.person_id if row else None

    def subject_case(self) -> UUID | None:
        row: TaskRow | None = self.table.current_row()
        return row.case_id if row and not row.is_masked else None

    # --- reading -------------------------------------------------------------------------------------------

    def _load(self) -> None:
        self.header.set_title("Min dag", self._date_line())
        self._details.clear()
        self._show(None)
        self._say_empty()
        self._say_sort()
        self._wants_counts = True  # the list itself comes first
        self.rows.reload()

    def _date_line(self) -> str:
        today = self.window_.today()
        return f"{full_date(today)} · uke {iso_week(today)}"

    def _read(self) -> Read[TaskRow]:
        wanted, sort, tasks = self.filters.value(), self._sort, self.window_.services.tasks
        return lambda offset, limit: tasks.page(wanted, sort, offset, limit)

    def _arrived(self, page: Rows[TaskRow]) -> None:
        del page

    def _not_arrived(self, error: UserError) -> None:
        self.table.show_error(error)
        self._count_after_rows()

    def _count_after_rows(self) -> None:
        if self._wants_counts:
            self._wants_counts = False
            self._counts_next.start()

    def _rows_arrived(self) -> None:
        self._count_after_rows()
        row: TaskRow | None = self.table.current_row()
        if (row.id if row else None) != (self._shown.id if self._shown else None):
            self._chosen(row)
        self._say_sort()

    def _read_counts(self) -> None:
        tasks = self.window_.services.tasks
        self.window_.query(tasks.counts, self._counted, owner=self)
        if self._shows_load():
            self.window_.query(tasks.load, self.load.show_load, owner=self)

    def _counted(self, counts: TaskCounts) -> None:
        self._counts = counts
        self.filters.set_counts(counts)
        self._say_empty()

    def _say_empty(self) -> None:
        if self.filters.narrows():
            sentence = {
                "forfalt": "Ingen oppgaver er over fristen.",
                "to_dager": "Ingen oppgaver har frist innen to dager.",
                "sju_dager": "Ingen oppgaver har frist innen sju dager.",
            }.get(self.filters.due.value(), "Ingen oppgaver passer med filteret.")
            self.table.set_empty(sentence, "Vis alle frister", self.filters.clear)
        elif self.filters.owner.value() == "mine":
            self.table.set_empty(self._up_to_date(), icon="checkmark_circle")
        elif self.filters.owner.value() == "unowned":
            self.table.set_empty("Alle oppgaver har en eier.", icon="checkmark_circle")
        elif self.filters.owner.value() == "approval":
            self.table.set_empty("Ingen brev venter på godkjenning.", icon="checkmark_circle")
        else:
            self.table.set_empty("Teamet har ingen oppgaver nå.", icon="checkmark_circle")

    def _up_to_date(self) -> str:
        due = self._counts.next_due_on if self._counts else None
        return f"Du er à jour. Neste frist er {weekday_date(due)}." if due else "Du er à jour."

    def _say_sort(self) -> None:
        order = f"sortert etter {_SORT_WORDS[self._sort.key]}" + (
            ", omvendt" if self._sort.descending else ""
        )
        if self.filters.narrows() and self.rows.has_loaded:
            total = self.rows.total()
            self.filters.sorted_by.setText(f"{total} {'oppgave' if total == 1 else 'oppgaver'} · {order}")
        else:
            self.filters.sorted_by.setText(order.capitalize())

    # --- choosing ------------------------------------------------------------------------------------------

    def _filter_changed(self) -> None:
        self._say_empty()
        if self._shows_load() and not self.load.isVisibleTo(self):
            self._read_counts()
        self._lay_out()
        self.rows.reload()

    def _shows_load(self) -> bool:
        """A leader who looks at more than the own tasks."""
        return self._is_leader and self.filters.owner.value() != "mine"

    def _colleague_chosen(self, row: TaskLoad) -> None:
        self.filters.show_tasks_of(row.assignee_id, row.name)

    def _sort_by(self, key: str, descending: bool) -> None:
        self._sort = Sort(key, descending)
        self.rows.reload()
        self._say_sort()

    def _chosen(self, row: TaskRow | None) -> None:
        """A row was chosen, or the chosen one was read again: then what is known stays until it is replaced."""
        is_same = row is not None and self._shown is not None and row.id == self._shown.id
        if is_same and row is not None and row == self._shown and row.id in self._details:
            return
        if is_same:
            self._shown = row
            self._fetch_detail()
        else:
            self._show(row)

    def _show(self, row: TaskRow | None) -> None:
        self._shown = row
        self._detail_soon.stop()
        if row is None:
            self.pane.clear()
        elif detail := self._details.get(row.id):
            self.pane.show_detail(detail)
        else:
            self.pane.show_row(row)
            self._detail_soon.start()

    def _fetch_detail(self) -> None:
        self._detail_soon.stop()
        row = self._shown
        if row is not None:
            self._with_detail(row, self._show_detail)

    def _with_detail(self, row: TaskRow, then: Any) -> None:
        tasks = self.window_.services.tasks

        def keep(detail: TaskDetail) -> None:
            self._details[row.id] = detail
            then(detail)

        self.window_.query(lambda: tasks.detail(row.id), keep, owner=self)

    def _show_detail(self, detail: TaskDetail) -> None:
        if self._shown is not None and self._shown.id == detail.row.id:
            self.pane.show_detail(detail)

    def _hovered(self, index: QModelIndex) -> None:
        """The tooltip of a deadline needs its reasons before it opens."""
        if self.rows.columns[index.column()].key != "due":
            return
        row = self.rows.row_at(index.row())
        if row is not None and row.due_on is not None and row.id not in self._details:
            self._with_detail(row, lambda _detail: None)

    def _due_tooltip(self, row: TaskRow) -> str:
        if row.due_on is None:
            return "Oppgaven har ingen frist."
        lines = [full_due(row.due_on, self.window_.today())]
        if detail := self._details.get(row.id):
            lines += [part for part in (detail.deadline_why, *detail.basis) if part]
        return "\n".join(lines)

    # --- acts ----------------------------------------------------------------------------------------------

    def open_chosen(self) -> None:
        """Enter: the case, or the person when there is none."""
        row = self.table.current_row()
        place = place_of(row) if row else None
        if place is not None:
            self.window_.go(place)

    def _step(self, row: TaskRow, detail: TaskDetail) -> None:
        place = next_place(row, detail.next_action)
        if place is not None:
            self.window_.go(place)

    def own_row(self) -> TaskRow | None:
        """The chosen task, if this user may do something with it."""
        row: TaskRow | None = self.table.current_row()
        return row if row is not None and self.may_write and not row.is_masked else None

    def next_step(self) -> str:
        """Label of the next step of the chosen task, when it is known."""
        row = self.table.current_row()
        detail = self._details.get(row.id) if row else None
        return detail.next_step if detail else ""

    # --- printing and layout -------------------------------------------------------------------------------

    def _everything(self, most: int) -> Rows[TaskRow]:
        return self._read()(0, most)

    def _print_job(self, rows: tuple[Any, ...]) -> ListPrint:
        today = self.window_.today()
        filters = (full_date(today), *self.filters.words(), f"sortert etter {_SORT_WORDS[self._sort.key]}")
        return ListPrint("Dagsliste", filters, today, self.rows.columns, rows)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        wide = self.window().width()
        self.filters.set_narrow(wide < NARROW)
        has_pane = wide >= WIDE if self._pane_wanted is None else self._pane_wanted
        self.pane.setVisible(has_pane)
        if self._shows_load() or "load" in vars(self):
            self.load.setVisible(has_pane and self._shows_load())
        self.pane.setFixedWidth(LOAD_WIDTH if self._shows_load() else PANE_WIDTH)
