"""Everything in the frame that belongs to the signed-in user: navigation, menus, search, shortcuts, settings."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog

from boligdesk.domain.access import Right
from boligdesk.services.changes import Changes, Kind
from boligdesk.ui.pages_list import PageSpec, pages_for
from boligdesk.ui.places import Place
from boligdesk.ui.settings import UserSettings
from boligdesk.ui.shell import commands, keys
from boligdesk.ui.shell.first_steps import FirstSteps
from boligdesk.ui.shell.idle import MINUTES, USUAL_MINUTES, IdleWatch
from boligdesk.ui.shell.top_bar import DENSITIES, THEMES, UserMenu
from boligdesk.ui.tables import DataTable
from boligdesk.ui.theme import theme
from boligdesk.ui.widgets.nav import NavItem, NavList

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from boligdesk.ui.first_run.opener import OpenDesk
    from boligdesk.ui.main_window import MainWindow
    from boligdesk.ui.search.finder import Finder
    from boligdesk.ui.search.popup import SearchPopup

RAIL_BELOW = 1100
_THEME, _DENSITY, _GEOMETRY = "vindu.utseende", "vindu.tetthet", "vindu.plass"
_IDLE = "vindu.laas_etter"


class DeskParts(QObject):
    """Made once, when the desk is entered."""

    def __init__(self, window: MainWindow, desk: OpenDesk, stored: dict[str, str]) -> None:
        super().__init__(window)
        self._window, self._desk = window, desk
        self.specs = pages_for(desk.services.user.rights)
        window.navigator.specs = self.specs
        self.settings = UserSettings(window.tasks, self)
        self.settings.attach(desk.services.office, stored)
        self.navigation = NavList(_items(self.specs))
        self.navigation.chosen.connect(lambda key: window.go(Place(key)))
        self._start_search()
        self.idle = IdleWatch(self)
        self.idle.idle.connect(window.lock_wanted)
        self._hidden: list[QDialog] = []
        self._fill_user_menu()
        self.shortcuts = keys.bind(window, self._keys())
        self._text_undo = keys.TextUndo(self)
        self.first_steps = FirstSteps(window, self)
        window.tasks.changed.connect(self._refresh_badges)
        window.navigator.arrived.connect(lambda page, _spec: self._set_density_on(page))

    def _start_search(self) -> None:
        window = self._window
        makers = (
            commands.makers(self.specs, window.go, self.quick_note)
            if self._may_note
            else (commands.makers(self.specs, window.go, None))
        )
        window.top.fill_new(makers)
        window.top.new.setVisible(bool(makers))
        self._makers = makers
        window.top.search_wanted.connect(self.search)

    @cached_property
    def finder(self) -> Finder:
        """Ctrl+K. Made when it is first wanted."""
        from boligdesk.ui.search.finder import Finder

        window = self._window
        made = Finder(
            window.root,
            window.tasks,
            window.go,
            self._note_on_person,
            lambda: window.saver.hides_names,
        )
        every = (*self._makers, *commands.goers(self.specs, window.go))
        made.attach(self._desk.services.search, self.specs, every)
        return made

    def search(self, text: str = "") -> None:
        """Ctrl+K, or the first letters in the field at the top."""
        self.finder.open(text)

    def _sheet(self) -> SearchPopup | None:
        """The sheet of the search, once somebody has searched."""
        return self.finder.popup if "finder" in vars(self) else None

    @property
    def _may_note(self) -> bool:
        return Right.WRITE_NOTES in self._desk.services.user.rights

    def _fill_user_menu(self) -> None:
        window, menu = self._window, UserMenu(self._window)
        menu.add_choices("Utseende", THEMES, menu.looks, self.choose_theme)
        menu.add_choices("Tetthet", DENSITIES, menu.densities, self.choose_density)
        waits = tuple((str(minutes), f"{minutes} minutter") for minutes in MINUTES)
        menu.add_choices(
            "Lås når ingen har brukt Boligdesk på",
            waits,
            menu.waits,
            lambda key: self.choose_idle_minutes(int(key)),
        )
        menu.addSeparator()
        self.hide_action = menu.addAction("Skjul navn\tCtrl+Shift+H")
        self.hide_action.setCheckable(True)
        self.hide_action.triggered.connect(lambda _checked=False: self.toggle_names())
        menu.addSeparator()
        menu.addAction("Hjelp\tF1").triggered.connect(lambda _checked=False: self.help())
        menu.addAction("Om Boligdesk").triggered.connect(lambda _checked=False: self.about())
        menu.addSeparator()
        menu.addAction("Lås Boligdesk").triggered.connect(lambda _checked=False: window.lock_wanted.emit())
        menu.addAction("Avslutt Boligdesk").triggered.connect(lambda _checked=False: window.close())
        self.user_menu = menu
        window.top.user.setMenu(menu)
        window.top.set_user(self._desk.services.user.name)

    def _keys(self) -> dict[str, Callable[[], object]]:
        window, navigator = self._window, self._window.navigator

        def on_page(name: str) -> Callable[[], None]:
            def act() -> None:
                if (page := navigator.here) is not None:
                    getattr(page, name)()

            return act

        found: dict[str, Callable[[], object]] = {
            "F1": self.help,
            "F4": on_page("toggle_detail"),
            "F5": on_page("refresh"),
            "F6": lambda: self.next_pane(1),
            "Shift+F6": lambda: self.next_pane(-1),
            "Ctrl+K": self.search,
            "Ctrl+N": window.top.open_new,
            "Ctrl+S": self.save_now,
            "Ctrl+Z": window.saver.undo,
            "Ctrl+Y": window.saver.redo,
            "Ctrl+P": self.print_page,
            "Ctrl+F": on_page("focus_filter"),
            "Ctrl+Return": on_page("primary"),
            "Ctrl+Enter": on_page("primary"),
            "Ctrl+Shift+H": self.toggle_names,
            "Alt+Left": navigator.back,
            "Alt+Right": navigator.forward,
            "Esc": self.escape,
        }
        if self._may_note:
            found["Ctrl+Shift+N"] = self.quick_note
        if any(spec.key == "nytt_brev" for spec in self.specs):
            found["Ctrl+Shift+B"] = self.new_letter
        for spec in self.specs:
            if spec.digit:
                found[f"Ctrl+{spec.digit}"] = partial(window.go, Place(spec.key))
        return found

    # --- places --------------------------------------------------------------------------------------------

    def first_place(self) -> Place | None:
        """The first view this user may see."""
        first = next((spec for spec in self.specs if spec.in_navigation), None)
        return Place(first.key) if first else None

    def mark(self, key: str) -> None:
        """Mark the view that the shown page lies under."""
        if any(spec.key == key and spec.in_navigation for spec in self.specs):
            self.navigation.set_current(key)

    def fit(self, width: int) -> None:
        self.navigation.set_rail(width < RAIL_BELOW)
        if (sheet := self._sheet()) is not None:
            sheet.place()

    def next_pane(self, step: int) -> None:
        """F6 and Shift+F6."""
        window = self._window
        keys.cycle(keys.panes(self.navigation, window.navigator.here, window.top.search), step)

    def escape(self) -> None:
        """Esc: the sheet or the message that is open; then back from a page beside the way."""
        window = self._window
        if (sheet := self._sheet()) is not None and sheet.isVisible():
            sheet.close_popup()
        elif (bar := window.messages.bar()) is not None:
            bar.close_bar()
        elif window.navigator.aside is not None:
            window.navigator.return_from_aside()

    def refresh_badges(self) -> None:
        """The number of my tasks beside «Min dag»."""
        if not any(spec.key == "min_dag" for spec in self.specs):
            return
        tasks = self._desk.services.tasks
        self._window.query(
            tasks.counts,
            lambda counts: self.navigation.set_badge("min_dag", str(counts.mine) if counts.mine else ""),
            owner=self,
        )

    def _refresh_badges(self, changes: Changes) -> None:
        if changes.touches(Kind.TASK, Kind.CASE):
            self.refresh_badges()

    # --- acts ----------------------------------------------------------------------------------------------

    def save_now(self) -> None:
        """Ctrl+S: drafts are written at once; everything else already is."""
        page = self._window.navigator.here
        if page is not None:
            page.leave()
        self.settings.flush()
        self._window.tell("Alt er lagret.", "ok")

    def print_page(self) -> None:
        """Ctrl+P."""
        from boligdesk.ui.whole_list import show

        page = self._window.navigator.here
        if page is not None:
            show(page, page.printout())

    def help(self) -> None:
        """F1."""
        from boligdesk.ui.shell.dialogs import HelpDialog

        page = self._window.navigator.here
        title, text = (page.window_title, page.help_text()) if page is not None else ("", "")
        self._open(HelpDialog(title, text, self._window))

    def about(self) -> None:
        from boligdesk.ui.shell.dialogs import AboutDialog

        self._open(AboutDialog(self._desk.where, self._desk.warning, self._window))

    def quick_note(self) -> None:
        """Ctrl+Shift+N: on the case or the person in focus; without one, first ask whom it is about."""
        page = self._window.navigator.here
        person = page.subject_person() if page is not None else None
        case = page.subject_case() if page is not None else None
        if person is None and case is None:
            self.finder.choose_person(self._note_on_person)
            return
        self._note("saken" if case is not None else "personen", person, case)

    def new_letter(self) -> None:
        """Ctrl+Shift+B: on the case in focus."""
        page = self._window.navigator.here
        case = page.subject_case() if page is not None else None
        if case is None:
            self._window.tell("Åpne saken brevet gjelder, eller velg den i en liste.")
        else:
            self._window.go(Place("nytt_brev", subject=case))

    def _note_on_person(self, person_id: UUID, name: str) -> None:
        self._note(name, person_id, None)

    def _note(self, about: str, person: UUID | None, case: UUID | None) -> None:
        from boligdesk.ui.shell.dialogs import NoteDialog

        self._open(NoteDialog(self._window, about, person, case, self._window))

    def _open(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def toggle_names(self) -> None:
        """Ctrl+Shift+H: names out of everything that is shown from now on, or back."""
        saver = self._window.saver
        saver.hides_names = not saver.hides_names
        self.hide_action.setChecked(saver.hides_names)
        for page in self._window.navigator.pages.values():
            page.refresh()
        words = (
            "Navn er skjult. Trykk Ctrl+Shift+H for å vise dem igjen."
            if saver.hides_names
            else "Navn vises igjen."
        )
        self._window.tell(words)

    # --- the lock ------------------------------------------------------------------------------------------

    def idle_minutes(self) -> int:
        stored = self.settings.get(_IDLE) or ""
        return int(stored) if stored in {str(minutes) for minutes in MINUTES} else USUAL_MINUTES

    def choose_idle_minutes(self, minutes: int) -> None:
        self.settings.set(_IDLE, str(minutes))
        self.user_menu.waits[str(minutes)].setChecked(True)
        self.idle.set_minutes(minutes)

    def set_locked(self, locked: bool) -> None:
        """Nothing behind the lock can be seen or reached: no shortcut, no search, no open dialog."""
        for shortcut in self.shortcuts.values():
            shortcut.setEnabled(not locked)
        if not locked:
            hidden, self._hidden = self._hidden, []
            for dialog in hidden:
                if shiboken6.isValid(dialog):
                    dialog.open()
            self.idle.set_minutes(self.idle_minutes())
            return
        self.idle.pause()
        if (sheet := self._sheet()) is not None:
            sheet.close_popup()
        for dialog in self._window.findChildren(QDialog):
            if dialog.isVisible():
                dialog.hide()
                self._hidden.append(dialog)

    # --- look ----------------------------------------------------------------------------------------------

    def choose_theme(self, mode: str) -> None:
        self._window.wear(mode)
        self.settings.set(_THEME, mode)
        self._window.looks.keep(theme=mode)
        self.user_menu.looks[mode].setChecked(True)

    def choose_density(self, density: str) -> None:
        self.settings.set(_DENSITY, density)
        self._window.looks.keep(density=density)
        self.user_menu.densities[density].setChecked(True)
        for page in self._window.navigator.pages.values():
            self._set_density_on(page)

    def _set_density_on(self, page: Any) -> None:
        density = "kompakt" if self.settings.get(_DENSITY) == "kompakt" else "standard"
        for table in page.findChildren(DataTable):
            table.set_density(density)

    def restore(self) -> None:
        """Put on what was chosen last time: on this machine first, for the window wears that already."""
        look = self._window.looks.look
        mode = look.theme or self.settings.get(_THEME)
        if mode in self.user_menu.looks and mode != theme().mode:
            self._window.wear(str(mode))
        self.user_menu.looks[mode if mode in self.user_menu.looks else theme().mode].setChecked(True)
        density = look.density or self.settings.get(_DENSITY)
        if density:
            self.settings.set(_DENSITY, density)
        self.user_menu.densities[density if density in self.user_menu.densities else "standard"].setChecked(
            True
        )
        if not look.place and (place := self.settings.get(_GEOMETRY)):
            self._window.restore_geometry_text(place)
        self.choose_idle_minutes(self.idle_minutes())

    def remember(self) -> None:
        """Before the window closes."""
        self.settings.set(_GEOMETRY, self._window.geometry_text())
        self._window.looks.keep(place=self._window.geometry_text())
        self.settings.flush()


def _items(specs: tuple[PageSpec, ...]) -> tuple[NavItem, ...]:
    items: list[NavItem] = []
    group = ""
    for spec in specs:
        if not spec.in_navigation:
            continue
        if spec.group != group:
            group = spec.group
            items.append(NavItem("", group))
        items.append(NavItem(spec.key, spec.title, spec.icon))
    return tuple(items)
