"""The window: a bare frame at once, furnished after its first picture; the desk when somebody is signed in.

It is the ``Window`` of ``ui.page``. The parts do the work: ``shell.navigator`` (pages and the way back),
``shell.saving`` (reading and writing), ``search`` (Ctrl+K), ``shell.keys`` (shortcuts).
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from boligdesk.ui.frame import NAMELESS_BELOW, Frame
from boligdesk.ui.looks import Looks
from boligdesk.ui.theme import apply_theme, set_role

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from boligdesk.services.desk import Services
    from boligdesk.services.errors import ConflictError, UserError
    from boligdesk.services.records.common import Page as Rows
    from boligdesk.services.records.common import Saved
    from boligdesk.ui.files import Files
    from boligdesk.ui.first_run.opener import OpenDesk
    from boligdesk.ui.page import Page
    from boligdesk.ui.pages_list import PageSpec
    from boligdesk.ui.places import Place
    from boligdesk.ui.shell.desk_parts import DeskParts
    from boligdesk.ui.shell.navigator import Navigator
    from boligdesk.ui.shell.saving import Desk
    from boligdesk.ui.shell.top_bar import TopBar
    from boligdesk.ui.tables import Columns
    from boligdesk.ui.tables.table_view import Settings
    from boligdesk.ui.tasks import Tasks
    from boligdesk.ui.theme import Tone
    from boligdesk.ui.widgets.headers import PracticeBar
    from boligdesk.ui.widgets.infobar import MessageArea

T = TypeVar("T")

#: After the rows of the first page have come: they are what somebody waits for.
BADGES_AFTER_MS = 300


class MainWindow(Frame):
    """``entered`` when a desk was opened in it; ``locked_out`` when the user asked to lock it.

    ``bare``: only the frame, for the first picture; nothing else may be asked of it before ``furnish``.
    """

    entered = Signal()
    lock_wanted = Signal()
    services: Services
    settings: Settings
    files: Files
    tasks: Tasks
    saver: Desk
    navigator: Navigator
    top: TopBar
    practice: PracticeBar
    center: QStackedWidget
    messages: MessageArea
    start: QWidget  # what stands here before the desk: progress, unlocking, first run
    desk_area: QWidget
    _line: QHBoxLayout
    _is_furnished = False

    def __init__(self, tasks: Tasks | None = None, looks: Looks | None = None, *, bare: bool = False) -> None:
        super().__init__(looks or Looks())
        self.desk: OpenDesk | None = None
        self.parts: DeskParts | None = None
        self._is_shut = False
        self._is_leaving = False
        if not bare:
            self.furnish(tasks)

    def furnish(self, tasks: Tasks | None = None) -> None:
        """Everything below the frame."""
        from boligdesk.ui.shell.navigator import Navigator
        from boligdesk.ui.shell.saving import Desk
        from boligdesk.ui.tasks import Tasks as Lanes

        self.tasks = tasks or Lanes()
        self.saver = Desk(self.tasks, self)
        self.navigator = Navigator(self, self)
        self._build()
        self._connect()
        self._is_furnished = True
        self.fit()

    def _build(self) -> None:
        from boligdesk.ui.shell.top_bar import TopBar
        from boligdesk.ui.widgets.basics import tidy
        from boligdesk.ui.widgets.headers import PracticeBar
        from boligdesk.ui.widgets.infobar import MessageArea

        column = self.column
        self.take_strip()
        self.top = TopBar()
        self.top.set_signed_in(False)
        column.addWidget(self.top)
        self.practice = PracticeBar()
        self.practice.hide()
        column.addWidget(self.practice)
        self.center = QStackedWidget()
        column.addWidget(self.center, 1)
        self.start = QWidget()
        self.center.addWidget(self.start)
        self.desk_area = QWidget()
        self._line = QHBoxLayout(self.desk_area)
        tidy(self._line, 0)
        sheet = QFrame()
        set_role(sheet, "page")
        inside = QVBoxLayout(sheet)
        tidy(inside, 0)
        self.messages = MessageArea()
        self.messages.setContentsMargins(20, 10, 20, 0)
        inside.addWidget(self.messages)
        inside.addWidget(self.navigator.stack, 1)
        self._line.addWidget(sheet, 1)
        self.center.addWidget(self.desk_area)

    def _connect(self) -> None:
        from PySide6.QtCore import Qt

        self.saver.told.connect(self._show_told)
        self.saver.failed.connect(self.tell_error)
        self.saver.bug.connect(self.show_bug)
        self.saver.conflicted.connect(self.show_conflict)
        self.saver.saving.connect(self.top.status.set_saving)
        self.saver.saved.connect(self._say_saved)
        self.tasks.changed.connect(self.navigator.changed)
        self.tasks.user_error.connect(self.tell_error)
        self.tasks.bug.connect(self.show_bug)
        self.tasks.idle.connect(self._close_when_idle, Qt.ConnectionType.QueuedConnection)
        self.navigator.arrived.connect(self._arrived)
        self.navigator.missing.connect(self._tell_missing)

    # --- before and after signing in -----------------------------------------------------------------------

    def show_start(self, widget: QWidget) -> None:
        """Show something before the desk, or in front of it (the lock)."""
        old, self.start = self.start, widget
        self.center.addWidget(widget)
        self.center.setCurrentWidget(widget)
        self.center.removeWidget(old)
        old.deleteLater()
        self.top.set_signed_in(False)
        if self.parts is not None:
            self.parts.set_locked(True)

    def enter(self, desk: OpenDesk, stored: dict[str, str]) -> None:
        """Somebody is signed in: build the desk and go to the first view they may see."""
        from boligdesk.ui.shell.desk_parts import DeskParts

        self.desk = desk
        self.services = desk.services
        self.files = desk.files
        self.saver.undo_service = desk.services.undo
        self.parts = DeskParts(self, desk, stored)
        self.settings = self.parts.settings
        self._line.insertWidget(0, self.parts.navigation)
        self.practice.setVisible(desk.is_practice)
        self.parts.restore()
        self._say_saved()
        self.show_desk()
        first = self.parts.first_place()
        if first is not None:
            self.go(first)
        QTimer.singleShot(BADGES_AFTER_MS, self.parts, self.parts.refresh_badges)
        if desk.warning and not desk.is_practice:
            self.tell(desk.warning, "warn")
        self.entered.emit()

    def show_desk(self) -> None:
        """The desk itself (again)."""
        self.center.setCurrentWidget(self.desk_area)
        self.top.set_signed_in(True)
        if self.parts is not None:
            self.parts.set_locked(False)
        self.fit()

    # --- what a page may ask -------------------------------------------------------------------------------

    def today(self) -> dt.date:
        return self._now().date()

    def _now(self) -> dt.datetime:
        return self.desk.now() if self.desk else dt.datetime.now(dt.UTC).astimezone()

    def go(self, place: Place) -> None:
        self.messages.clear()
        self.navigator.go(place)

    def tell(self, text: str, tone: Tone | str = "info") -> None:
        self.messages.show_message(_tone(tone), text)

    def tell_done(self, text: str, events: tuple[UUID, ...], tone: Tone | str = "info") -> None:
        from boligdesk.ui.undo import Act

        if events:
            self.saver.tell_act(Act(events, text), tone)
        else:
            self.tell(text, tone)

    def tell_error(self, error: UserError, retry: Callable[[], None] | None = None) -> None:
        self.messages.show_error(error, retry)

    def query(self, work: Callable[[], T], done: Callable[[T], None], *, owner: QObject) -> None:
        self.saver.query(work, done, owner)

    def save(
        self,
        work: Callable[[], Saved],
        *,
        owner: QObject,
        said: str = "",
        done: Callable[[Saved], None] | None = None,
        invalid: Callable[[UserError], bool] | None = None,
        conflict: Callable[[ConflictError], None] | None = None,
        again: Callable[[dict[str, str]], None] | None = None,
    ) -> None:
        """As ``ui.page.Window``. ``again`` gets {field: "mine" or "theirs"} from the conflict page and saves once more."""
        from boligdesk.ui.shell.saving import Order

        self.saver.save(Order(work, owner, said, done, invalid, conflict, again))

    def export_list(self, title: str, columns: Columns, read: Callable[[int, int], Rows[Any]]) -> None:
        from boligdesk.ui.shell.exporting import Exporter

        Exporter(self.tasks, self.files, self.services.log, self, self.tell).export(
            title, columns, read, hides_names=self.saver.hides_names
        )

    def show_conflict(
        self,
        error: ConflictError,
        again: Callable[[dict[str, str]], None] | None = None,
        *,
        labels: dict[str, str] | None = None,
        show: Callable[[str, Any], str] | None = None,
    ) -> None:
        """Mine and theirs side by side; the page below keeps what was typed."""
        from boligdesk.ui.pages.konflikt.page import Conflict, KonfliktPage

        below = self.navigator.here
        page = KonfliktPage(
            self,
            Conflict(error, again, labels or {}, show),
            self.navigator.return_from_aside,
            below.refresh if below is not None else lambda: None,
        )
        self.messages.clear()
        self.navigator.show_aside(page)
        self._title(page.window_title)

    def show_bug(self, error: BaseException) -> None:
        """An exception nobody expected: a number in the log, and the program goes on."""
        from PySide6.QtCore import Qt

        from boligdesk.ui.messages import BugDialog, report_bug

        dialog = BugDialog(report_bug(error), self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    # --- own -----------------------------------------------------------------------------------------------

    def wear(self, mode: str) -> None:
        """Light, dark, or as Windows."""
        app = QApplication.instance()
        if isinstance(app, QApplication):
            apply_theme(app, "light" if mode == "light" else "dark" if mode == "dark" else "follow")

    def _show_told(self, text: str, undo: Callable[[], None] | None, tone: str) -> None:
        from boligdesk.ui.widgets.infobar import Action

        actions = (Action("Angre", undo),) if undo is not None else ()
        self.messages.show_message(_tone(tone), text, actions)

    def _tell_missing(self, title: str) -> None:
        name = f"«{title}» " if title else "Siden "
        self.messages.show_message("info", f"{name}er ikke tilgjengelig for deg her.")

    def _arrived(self, page: Page, spec: PageSpec) -> None:
        self._title(page.window_title or spec.title)
        if self.parts is not None:
            self.parts.mark(spec.under)

    def _title(self, words: str) -> None:
        from boligdesk.ui.widgets.infobar import announce

        self.setWindowTitle(f"{words} – Boligdesk")
        announce(self, words)

    def _say_saved(self) -> None:
        clock = f"{self._now():%H:%M}"
        if self.desk is not None and self.desk.is_server:
            self.top.status.set_saved(clock)
        else:
            self.top.status.set_local(clock)

    def fit(self) -> None:
        if not self._is_furnished:
            super().fit()
            return
        self.top.set_narrow(self.width() < NAMELESS_BELOW)
        if self.parts is not None:
            self.parts.fit(self.width())

    # --- closing -------------------------------------------------------------------------------------------

    def closeEvent(self, event: QCloseEvent) -> None:
        """Drafts first, then everything under way is finished; nobody is asked anything."""
        if self._is_shut:
            event.accept()
            return
        if not self._is_leaving:
            self._is_leaving = True
            self.saver.has_failed = False
            self.navigator.leave_all()
            if self.parts is not None:
                self.parts.remember()
        if self.tasks.busy():
            self.top.status.set_saving()
            event.ignore()
            return
        if self.saver.has_failed:
            self._is_leaving = False  # what could not be saved is on the screen, with [Prøv igjen]
            event.ignore()
            return
        self._shut()
        event.accept()

    def _close_when_idle(self) -> None:
        if self._is_leaving and not self._is_shut:
            self.close()

    def _shut(self) -> None:
        self._is_shut = True
        self.tasks.shutdown()
        if self.desk is not None:
            self.desk.close()


def _tone(name: str) -> Tone:
    """The tone of a bar; a word that is none is an ordinary message."""
    known: Tone = name if name in {"crit", "warn", "ok", "neutral", "lock"} else "info"  # type: ignore[assignment]  # narrowed by the set
    return known
