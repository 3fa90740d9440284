"""One file: everything about a case behind tabs, under a head that always says whose it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from boligdesk.domain.access import Right
from boligdesk.domain.catalog import Role
from boligdesk.services.changes import Kind
from boligdesk.services.errors import InvalidInput, UserError
from boligdesk.ui.page import Page
from boligdesk.ui.pages.sak import words
from boligdesk.ui.pages.sak.application_tab import ApplicationTab
from boligdesk.ui.pages.sak.assessment_tab import AssessmentTab
from boligdesk.ui.pages.sak.columns import document_columns, visit_columns
from boligdesk.ui.pages.sak.documents_tab import DocumentsTab
from boligdesk.ui.pages.sak.doing import CaseActs
from boligdesk.ui.pages.sak.follow_up_tab import FollowUpTab
from boligdesk.ui.pages.sak.head import CaseHead
from boligdesk.ui.pages.sak.home_tab import HomeTab
from boligdesk.ui.pages.sak.letters_tab import LettersTab
from boligdesk.ui.pages.sak.log_tab import LogTab
from boligdesk.ui.pages.sak.overview import OverviewTab
from boligdesk.ui.places import Place
from boligdesk.ui.printing import ListPrint
from boligdesk.ui.theme import PAGE_MARGINS, SPACE_2
from boligdesk.ui.widgets import ErrorState, LoadingState, PageHeader, label, tidy

if TYPE_CHECKING:
    from uuid import UUID

    from boligdesk.services.changes import Changes
    from boligdesk.services.records.cases import CaseDetail
    from boligdesk.services.records.common import TimelineEntry
    from boligdesk.ui.page import Window

WIDE_FROM = 1090
"""Width of the page itself (a window of 1366 less navigation and edges)."""
ROOMY_FROM = 1260
_TABS = (
    ("oversikt", "Oversikt"),
    ("soknad", "Søknad og behov"),
    ("vurdering", "Vurdering"),
    ("brev", "Vedtak og brev"),
    ("bolig", "Bolig og leie"),
    ("dokumenter", "Dokumenter"),
    ("oppfolging", "Oppfølging"),
    ("logg", "Logg"),
)
_TAB_ACTS = {"open_application": "soknad", "open_documents": "dokumenter", "open_assessment": "vurdering"}


class SakPage(Page):
    """Tabs are made when they are first shown; the record is read once for all of them."""

    key = "sak"
    window_title = "Sak"

    def __init__(self, window: Window, parent: QWidget | None = None) -> None:
        super().__init__(window, parent)
        self.detail: CaseDetail | None = None
        self._case_id: UUID | None = None
        self._wanted: dict[str, Any] = {}
        self._built: dict[str, QWidget] = {}
        rights = window.services.user.rights
        self._rights = rights
        self._is_leader = Role.LEADER in window.services.user.roles
        column = QVBoxLayout(self)
        column.setContentsMargins(*PAGE_MARGINS)
        column.setSpacing(SPACE_2)
        self.header = PageHeader("")
        self.header.title.hide()
        self.others = label("", "sub")
        self.others.hide()
        self.header.add_widget(self.others)
        column.addWidget(self.header)
        self.stack = QStackedWidget()
        column.addWidget(self.stack, 1)
        self._file = QWidget()
        inside = QVBoxLayout(self._file)
        tidy(inside, SPACE_2)
        self.acts = CaseActs(window, self)
        self.head = CaseHead(self._act, window.today)
        inside.addWidget(self.head)
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName("Faner i saken")
        self.tabs.tabBar().setAccessibleName("Faner i saken")
        inside.addWidget(self.tabs, 1)
        self.stack.addWidget(self._file)
        self.loading = LoadingState()
        self.stack.addWidget(self.loading)
        self._error: QWidget | None = None
        self._keys: list[str] = []
        for key, title in _TABS:
            if key != "logg" or Right.READ_LOG in rights:
                holder = QWidget()
                self._keys.append(key)
                tidy(QVBoxLayout(holder), 0)
                self.tabs.addTab(holder, title)
        self.tabs.currentChanged.connect(lambda _index: self._tab_shown())
        for keys, step in (("Ctrl+Tab", 1), ("Ctrl+Shift+Tab", -1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda step=step: self._next_tab(step))

    # --- coming and going ----------------------------------------------------------------------------------

    def open(self, place: Place) -> None:
        other = place.subject != self._case_id
        self._wanted = dict(place.state)
        act = str(self._wanted.get("act", ""))
        # where one was when the page was left counts more than where one came in
        tab = str(self._wanted.get("tab", "")) or place.tab or _TAB_ACTS.get(act, "") or "oversikt"
        if other:
            self._keep()
            self._case_id, self.detail = place.subject, None
            self._show_others(())
            self.header.set_crumbs(())
            self.stack.setCurrentWidget(self.loading)
            self.loading.start("Henter saken …")
        self._go_tab(tab)
        self.load()

    def load(self, reason: str | None = None) -> None:
        """Open the file: one read, which is logged."""
        case_id = self._case_id
        if case_id is None:
            return
        cases = self.window_.services.cases
        self._read(case_id, lambda: cases.detail(case_id, reason))

    def reread(self) -> None:
        """The same open file again, after a change: no new opening in the log."""
        case_id = self._case_id
        if case_id is None or self.detail is None:
            return
        cases = self.window_.services.cases
        self._read(case_id, lambda: cases.reread(case_id))

    def _read(self, case_id: UUID, work: Any) -> None:
        def read() -> CaseDetail | UserError:
            try:
                found: CaseDetail = work()
            except UserError as error:
                return error  # shown on the page itself, where the file would have been
            return found

        self.window_.query(read, lambda found: self._arrived(case_id, found), owner=self)

    def _arrived(self, case_id: UUID, found: CaseDetail | UserError) -> None:
        if case_id != self._case_id:
            return
        self.loading.stop()
        if isinstance(found, UserError):
            self._failed(found)
            return
        self.detail = found
        self.stack.setCurrentWidget(self._file)
        name = found.identity.name
        self.header.set_crumbs(
            (("Saker", lambda: self.window_.go(Place("saker"))), (f"{found.number} {name}", None))
        )
        self._show_others(found.others_here)
        self.head.show_case(
            found, may_write=self._may_write, may_note=self._may_note, is_leader=self._is_leader
        )
        self._set_count("dokumenter", len(found.documents))
        self._fill(self._tab_key())
        self._begin(str(self._wanted.pop("act", "")))

    def _failed(self, error: UserError) -> None:
        tab = self._built.get("soknad")
        if isinstance(tab, ApplicationTab):
            tab.give_up_waiting()
        if isinstance(error, InvalidInput) and error.field == "reason":
            self.acts.ask_why(self.load)
            return
        if self.detail is not None:
            self.window_.tell_error(error, self.reread)
            return
        if self._error is not None:
            self.stack.removeWidget(self._error)
            self._error.deleteLater()
        self._error = ErrorState.of(error, self.load)
        self.stack.addWidget(self._error)
        self.stack.setCurrentWidget(self._error)

    def state(self) -> dict[str, Any]:
        return {"tab": self._tab_key()}

    def changed(self, changes: Changes) -> None:
        if self.detail is None:
            return
        mine = {self.detail.id, self.detail.identity.person_id}
        about = changes.touches(Kind.CASE, Kind.NOTE, Kind.DOCUMENT, Kind.PERSON, Kind.HOUSEHOLD, Kind.TASK)
        if about and (not changes.ids or mine & changes.ids or changes.touches(Kind.HOUSEHOLD, Kind.TASK)):
            self.reread()
        if changes.touches(Kind.VISIT) and isinstance(tab := self._built.get("oppfolging"), FollowUpTab):
            tab.refresh()
        if changes.touches(Kind.ASSESSMENT, Kind.CASE) and isinstance(
            tab := self._built.get("vurdering"), AssessmentTab
        ):
            tab.refresh()
        if changes.touches(Kind.ALLOCATION, Kind.ASSESSMENT) and isinstance(
            tab := self._built.get("bolig"), HomeTab
        ):
            tab.refresh()
        if changes.touches(Kind.LETTER) and isinstance(tab := self._built.get("brev"), LettersTab):
            tab.refresh()

    def refresh(self) -> None:
        self.reread() if self.detail is not None else self.load()
        for key in ("vurdering", "bolig", "brev", "oppfolging", "logg"):
            tab = self._built.get(key)
            if isinstance(tab, AssessmentTab | HomeTab | LettersTab | FollowUpTab | LogTab):
                tab.refresh()

    def leave(self) -> None:
        self._keep()
        self.head.hide_number()

    def _keep(self) -> None:
        overview, application = self._built.get("oversikt"), self._built.get("soknad")
        assessment = self._built.get("vurdering")
        if isinstance(assessment, AssessmentTab):
            assessment.keep()
        if isinstance(overview, OverviewTab):
            overview.notes.keep()
        if isinstance(application, ApplicationTab):
            application.keep()

    # --- tabs ----------------------------------------------------------------------------------------------

    def _tab_key(self) -> str:
        return self._keys[max(self.tabs.currentIndex(), 0)]

    def _go_tab(self, key: str) -> None:
        self.tabs.setCurrentIndex(self._keys.index(key) if key in self._keys else 0)

    def _next_tab(self, step: int) -> None:
        self.tabs.setCurrentIndex((self.tabs.currentIndex() + step) % self.tabs.count())
        self.focus_start()

    def _tab_shown(self) -> None:
        self._keep()
        if self.detail is not None:
            self._fill(self._tab_key())

    def _set_count(self, key: str, count: int) -> None:
        title = dict(_TABS)[key]
        self.tabs.setTabText(self._keys.index(key), f"{title}  {count}" if count else title)

    def _tab(self, key: str) -> QWidget:
        """The tab's widget, made when it is first asked for."""
        if key in self._built:
            return self._built[key]
        made: QWidget
        if key == "soknad":
            made = ApplicationTab(self.window_, self.reread)
        elif key == "dokumenter":
            made = DocumentsTab(self.window_)
        elif key == "vurdering":
            made = AssessmentTab(self.window_)
        elif key == "bolig":
            made = HomeTab(self.window_)
        elif key == "brev":
            made = LettersTab(self.window_, self._act)
            made.counted.connect(lambda count: self._set_count("brev", count))
        elif key == "oppfolging":
            made = FollowUpTab(self.window_)
        elif key == "logg":
            made = LogTab(self.window_)
        else:
            made = OverviewTab(self.window_, self._act)
            made.timeline.opened.connect(self._open_entry)
            made.timeline.undo_wanted.connect(self.acts.undo)
        self._built[key] = made
        holder = self.tabs.currentWidget()
        layout = holder.layout() if holder else None
        if layout is not None:
            layout.addWidget(made)
        return made

    def _fill(self, key: str) -> None:
        detail, tab = self.detail, self._tab(key)
        if detail is None:
            return
        if isinstance(tab, OverviewTab):
            tab.show_case(detail, may_note=self._may_note)
        elif isinstance(tab, ApplicationTab):
            tab.show_case(detail, may_write=self._may_write and not words.is_closed(detail))
        elif isinstance(tab, DocumentsTab):
            tab.show_case(detail, may_write=self._may_note)
        elif isinstance(tab, AssessmentTab | LettersTab):
            tab.show_case(detail, may_write=self._may_write and not words.is_closed(detail))
        elif isinstance(tab, HomeTab | FollowUpTab | LogTab):
            tab.show_case(detail)

    def _open_entry(self, entry: TimelineEntry) -> None:
        if entry.kind == "besok":
            self.window_.go(Place("besok", subject=entry.subject_id))
            return
        self._go_tab("dokumenter")
        tab = self._tab("dokumenter")
        if isinstance(tab, DocumentsTab) and entry.subject_id is not None:
            tab.show_document(entry.subject_id)

    # --- acts ----------------------------------------------------------------------------------------------

    @property
    def _may_write(self) -> bool:
        return Right.WRITE_CASES in self._rights

    @property
    def _may_note(self) -> bool:
        return Right.WRITE_NOTES in self._rights

    def _begin(self, act: str) -> None:
        """What the place was opened for (the next step of a task)."""
        if act == "write_note":
            self._act("note")
        elif act == "assign_case":
            self._act("assign")

    def _act(self, name: str) -> None:
        detail = self.detail
        if detail is None:
            return
        if name in _TAB_ACTS:
            self._go_tab(_TAB_ACTS[name])
            self.focus_start()
        elif name == "note":
            self._go_tab("oversikt")
            tab = self._tab("oversikt")
            if isinstance(tab, OverviewTab):
                tab.notes.begin()
        else:
            self.acts.do(name, detail)

    def primary(self) -> None:
        """Ctrl+Enter: store the note that is being written, else the filled button."""
        tab = self._built.get("oversikt")
        if isinstance(tab, OverviewTab) and self._tab_key() == "oversikt":
            writing = self.focusWidget()
            if tab.notes.has_text() and writing is not None and tab.notes.isAncestorOf(writing):
                tab.notes.save()
                return
        if self.head.primary is not None and self.detail is not None:
            self._act(self.head.step.act)

    def focus_start(self) -> None:
        tab = self._built.get(self._tab_key())
        if isinstance(tab, OverviewTab):
            tab.notes.begin() if self._may_note else tab.timeline.view.setFocus()
        elif isinstance(
            tab, ApplicationTab | AssessmentTab | HomeTab | LettersTab | DocumentsTab | FollowUpTab | LogTab
        ):
            tab.focus_start()
        else:
            self.tabs.tabBar().setFocus()

    def focus_filter(self) -> None:
        tab = self._built.get("oversikt")
        if isinstance(tab, OverviewTab) and self._tab_key() == "oversikt":
            tab.timeline.filter.button.setFocus()

    def toggle_detail(self) -> None:
        tab = self._built.get("dokumenter")
        if isinstance(tab, DocumentsTab) and self._tab_key() == "dokumenter":
            tab.toggle_panel()

    def printout(self) -> ListPrint | None:
        detail = self.detail
        if detail is None:
            return None
        tab = self._built.get(self._tab_key())
        today = self.window_.today()
        if isinstance(tab, DocumentsTab):
            title = f"Dokumenter i sak {detail.number}"
            return ListPrint(title, ("nyeste først",), today, document_columns(), detail.documents)
        if isinstance(tab, FollowUpTab):
            rows = [row for _number, row in tab.table.rows.held_rows()]
            return ListPrint(f"Oppfølging, sak {detail.number}", (), today, visit_columns(), rows)
        return self.acts.timeline_print(detail, today)

    def help_text(self) -> str:
        return (
            "Øverst står det alltid hvem saken gjelder og hva som er neste frist. "
            "Ctrl+Tab går til neste fane. Skriv notater under «Oversikt»; Ctrl+Enter lagrer notatet. "
            "Under «Søknad og behov» lagres svarene når du går videre. "
            "Dra filer til «Dokumenter» for å legge dem i saken."
        )

    def subject_person(self) -> UUID | None:
        return self.detail.identity.person_id if self.detail else None

    def subject_case(self) -> UUID | None:
        return self.detail.id if self.detail else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.head.set_narrow(self.width() < WIDE_FROM, tight=self.width() < ROOMY_FROM)

    def _show_others(self, names: tuple[str, ...]) -> None:
        said = " og ".join(names[:2]) if len(names) < 3 else f"{names[0]} og {len(names) - 1} til"
        self.others.setText(f"{said} har også saken åpen" if names else "")
        self.others.setVisible(bool(names))
