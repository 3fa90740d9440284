"""Joins the search sheet to the services and to what can be done from anywhere."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from boligdesk.services.errors import UserError
from boligdesk.ui.places import Place
from boligdesk.ui.search.popup import HIT_ICONS, Line, SearchPopup, groups
from boligdesk.ui.shell.commands import Command, for_person, matching
from boligdesk.ui.shell.names import without_names
from boligdesk.ui.tasks import Lane

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from PySide6.QtWidgets import QWidget

    from boligdesk.services.records.work import SearchHit, SearchResult
    from boligdesk.services.search import Search
    from boligdesk.ui.pages_list import PageSpec
    from boligdesk.ui.tasks import Tasks

#: Which page a hit opens.
PAGES = {"person": "person", "case": "sak", "dwelling": "bolig", "letter": "brev"}
PER_GROUP = 5
RECENT = 8


class Finder(QObject):
    """Asks at every letter; an older answer that comes late is dropped. Never waits in the window's thread."""

    def __init__(
        self,
        parent: QWidget,
        tasks: Tasks,
        go: Callable[[Place], None],
        note: Callable[[UUID, str], object],
        hides_names: Callable[[], bool],
    ) -> None:
        super().__init__(parent)
        self._tasks, self._go, self._note, self._hides_names = tasks, go, note, hides_names
        self._search: Search | None = None
        self._specs: tuple[PageSpec, ...] = ()
        self._commands: tuple[Command, ...] = ()
        self._purpose: Callable[[UUID, str], object] | None = None
        self.popup = SearchPopup(parent)
        self.popup.asked.connect(self._ask)
        self.popup.closed.connect(self._forget_purpose)

    def attach(self, search: Search, specs: tuple[PageSpec, ...], commands: tuple[Command, ...]) -> None:
        """From now on somebody is signed in."""
        self._search, self._specs, self._commands = search, specs, commands

    def open(self, text: str = "") -> None:
        """Ctrl+K."""
        self._purpose = None
        self.popup.open_with(text)

    def choose_person(self, then: Callable[[UUID, str], object]) -> None:
        """The same sheet, to say whom it is about: only people are shown."""
        self._purpose = then
        self.popup.open_with("")

    def _forget_purpose(self) -> None:
        self._purpose = None

    def _ask(self, text: str) -> None:
        search = self._search
        if search is None:
            return
        if text.strip():
            self._tasks.run(
                Lane.DATABASE,
                lambda _progress, _cancelled: search.find(text, PER_GROUP),
                lambda found: self._show(text, found),
                self._failed,
                receiver=self,
                key="search",
            )
        else:
            self._tasks.run(
                Lane.DATABASE,
                lambda _progress, _cancelled: search.recent(RECENT),
                self._show_recent,
                self._failed,
                receiver=self,
                key="search",
            )

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, UserError):
            self.popup.show_lines([Line(f"{error.title} {error.todo}".strip()), *self._actions("", ())])
        else:
            self._tasks.bug.emit(error)

    def _show(self, text: str, found: SearchResult) -> None:
        if self._hides_names():
            found = without_names(found)
        if self._purpose is not None:
            lines = self._people(found.people)
        else:
            lines = groups(found, self._opening) + self._actions(text, found.people)
        self.popup.show_lines(lines or [Line(f"Ingen treff på «{text.strip()}».")])

    def _show_recent(self, recent: tuple[SearchHit, ...]) -> None:
        if self._hides_names():
            recent = without_names(recent)
        if self._purpose is not None:
            lines = self._people(recent) or [Line("Skriv navnet på den notatet gjelder.")]
        else:
            lines = [Line("Sist åpnet")] if recent else []
            lines += [
                Line(
                    hit.title,
                    hit.detail,
                    HIT_ICONS.get(hit.kind, "document"),
                    self._opening(hit.kind, hit.id),
                )
                for hit in recent
            ]
            lines += self._actions("", ())
        self.popup.show_lines(lines)

    def _people(self, hits: tuple[SearchHit, ...]) -> list[Line]:
        purpose = self._purpose
        if purpose is None:
            return []
        found = [
            Line(hit.title, hit.detail, "person", partial(purpose, hit.id, hit.title))
            for hit in hits
            if hit.kind == "person" and not hit.is_masked
        ]
        return [Line("Hvem gjelder notatet?"), *found] if found else []

    def _opening(self, kind: str, subject: object) -> Callable[[], object]:
        page = PAGES.get(kind, "person")
        return lambda: self._go(Place(page, subject=subject))  # type: ignore[arg-type]  # the id of a hit

    def _actions(self, text: str, people: tuple[SearchHit, ...]) -> list[Line]:
        commands = matching(self._commands, text)
        first = next((hit for hit in people if not hit.is_masked), None)
        if first is not None:
            own = for_person(
                first.id, first.title, self._specs, self._go, partial(self._note, first.id, first.title)
            )
            commands = (*own, *commands)
        if not commands:
            return []
        lines = [Line(each.title, "", each.icon, each.run, each.shortcut) for each in commands]
        return [Line("Gjør"), *lines]
