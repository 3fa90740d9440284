"""What every page is given, and what the window asks of every page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable
    from uuid import UUID

    from boligdesk.services.changes import Changes
    from boligdesk.services.desk import Services
    from boligdesk.services.errors import ConflictError, UserError
    from boligdesk.services.records.common import Page as Rows
    from boligdesk.services.records.common import Saved
    from boligdesk.ui.files import Files
    from boligdesk.ui.places import Place
    from boligdesk.ui.printing import ListPrint
    from boligdesk.ui.tables import Columns
    from boligdesk.ui.tables.table_view import Settings
    from boligdesk.ui.tasks import Tasks

T = TypeVar("T")


class Window(Protocol):
    """What a page may ask of the window it stands in. One object, given at construction."""

    services: Services
    tasks: Tasks
    settings: Settings
    files: Files

    def today(self) -> dt.date:
        """The day in Norwegian law (the practice office has its own)."""

    def go(self, place: Place) -> None:
        """Open a place and remember the way back."""

    def tell(self, text: str, tone: str = "info") -> None:
        """Show an InfoBar at the top of the page."""

    def tell_done(self, text: str, events: tuple[UUID, ...], tone: str = "info") -> None:
        """Say what several acts did together, with one [Angre] for all of them; Ctrl+Z takes them back too."""

    def tell_error(self, error: UserError, retry: Callable[[], None] | None = None) -> None: ...

    def query(self, work: Callable[[], T], done: Callable[[T], None], *, owner: QObject) -> None:
        """Read in the database lane; ``done`` runs in the window's thread if ``owner`` still lives.

        A UserError becomes an InfoBar; anything else the bug dialog.
        """

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
        """Write in the database lane: status line «Lagrer …», then ``said`` with [Angre] when it can be undone.

        Publishes the changes to all open pages. ``invalid`` gets an InvalidInput first and returns True
        when it has shown it beside its field; ``conflict`` replaces the conflict page; ``again`` gets what
        was chosen there, {field: "mine" | "theirs"}, and saves over the new version.
        """

    def export_list(self, title: str, columns: Columns, read: Callable[[int, int], Rows[Any]]) -> None:
        """Ask for a path (.xlsx or .csv), read the whole list by ``read(offset, limit)`` and write it.

        The words are those of the screen, names masked as there; the log notes that a list was taken out.
        """


class Page(QWidget):
    """A page of the window. Subclasses build their widgets once and load in ``open``."""

    #: Name in places, shortcuts and settings, e.g. "saker".
    key = ""
    #: Title of the window, never with personal data.
    window_title = ""

    def __init__(self, window: Window, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.window_ = window
        self.setObjectName(f"page_{self.key}")

    def open(self, place: Place) -> None:
        """Show this place: load what it is about, restore ``place.state``."""
        raise NotImplementedError

    def state(self) -> dict[str, Any]:
        """What to remember when the page is left (scroll, selection, filter)."""
        return {}

    def changed(self, changes: Changes) -> None:
        """Something was saved, here or elsewhere in this window: refresh what concerns this page."""

    def refresh(self) -> None:
        """F5: read everything again."""

    def primary(self) -> None:
        """Ctrl+Enter: the page's one filled button."""

    def focus_filter(self) -> None:
        """Ctrl+F: the filter of this list."""

    def focus_start(self) -> None:
        """Put the focus in the work area when the page opens."""

    def toggle_detail(self) -> None:
        """F4: detail pane on or off."""

    def printout(self) -> ListPrint | None:
        """Ctrl+P: this view as a printed list; None = nothing to print here, ``whole_list.COMING`` = being read."""
        return None

    def help_text(self) -> str:
        """F1: what can be done on this page, in a few sentences."""
        return ""

    def subject_person(self) -> UUID | None:
        """The person in focus, for quick note (Ctrl+Shift+N) and new letter."""
        return None

    def subject_case(self) -> UUID | None:
        return None

    def leave(self) -> None:
        """Save drafts; called before another page is shown and before the window closes."""
