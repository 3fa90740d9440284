"""The top of the window: the mark, the search, the status in words, «Ny» and the user's own menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QLineEdit, QMenu, QSizePolicy, QWidget

from boligdesk.ui.frame import Strip
from boligdesk.ui.icons import icon
from boligdesk.ui.theme import theme
from boligdesk.ui.widgets.basics import Button
from boligdesk.ui.widgets.headers import StatusLine

if TYPE_CHECKING:
    from collections.abc import Callable

    from boligdesk.ui.shell.commands import Command

SEARCH_WIDTH = 420
THEMES = (("follow", "Følg Windows"), ("light", "Lyst"), ("dark", "Mørkt"))
DENSITIES = (("standard", "Standard"), ("kompakt", "Kompakt"))


class TopBar(Strip):
    """``search_wanted`` carries what was typed so far; the popup takes over from there."""

    search_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.name.setTextFormat(Qt.TextFormat.PlainText)
        line = self.line
        self.search = QLineEdit()
        self.search.setAccessibleName("Søk person, sak, bolig eller brev")
        self.search.setPlaceholderText("Søk person, sak, bolig eller brev (Ctrl+K)")
        self._lens = self.search.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        theme().changed.connect(self._retint)
        self.search.textEdited.connect(self._typed)
        self.search.returnPressed.connect(lambda: self.search_wanted.emit(""))
        self.search.setMaximumWidth(SEARCH_WIDTH)
        self.search.setMinimumWidth(240)
        self.search.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.search.installEventFilter(self)
        line.addWidget(self.search, 6)
        line.addStretch(1)
        self.status = StatusLine()
        self.status.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        line.addWidget(self.status)
        self.new = Button("Ny", icon="add")
        self.new.setAccessibleName("Ny: meny")
        self.new.setToolTip("Ny (Ctrl+N)")
        line.addWidget(self.new)
        self.user = Button("", icon="person")
        line.addWidget(self.user)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The field is a door: a click opens the popup."""
        if watched is self.search and event.type() == QEvent.Type.MouseButtonPress:
            self.search_wanted.emit("")
            return True
        return super().eventFilter(watched, event)

    def _retint(self) -> None:
        self._lens.setIcon(icon("search"))

    def _typed(self, text: str) -> None:
        """And so does the first letter, which the popup takes over."""
        if text:
            self.search.clear()
            self.search_wanted.emit(text)

    def set_user(self, name: str) -> None:
        self.user.setText(name)
        self.user.setAccessibleName(f"{name}: meny")
        self.user.setToolTip(name)

    def set_signed_in(self, signed_in: bool) -> None:
        """Before somebody is signed in, there is nothing to search, to make or to tell."""
        for widget in (self.search, self.status, self.new, self.user):
            widget.setVisible(signed_in)

    def fill_new(self, commands: tuple[Command, ...]) -> None:
        """The «Ny» menu (Ctrl+N, then a letter)."""
        menu = QMenu(self.new)
        for command in commands:
            action = menu.addAction(icon(command.icon), _with_letter(command.title, command.mnemonic))
            action.triggered.connect(lambda _checked=False, run=command.run: run())
        self.new.setMenu(menu)

    def open_new(self) -> None:
        """Ctrl+N."""
        menu = self.new.menu()
        if menu is not None:
            menu.popup(self.new.mapToGlobal(QPoint(0, self.new.height() + 2)))
            menu.setActiveAction(menu.actions()[0])


def _with_letter(title: str, letter: str) -> str:
    """«Ny søkn&ad»: the letter underlined where it last begins to make sense."""
    first_word = title.find(" ") + 1
    place = title.casefold().find(letter, first_word) if letter else -1
    return f"{title[:place]}&{title[place:]}" if place >= 0 else title


class UserMenu(QMenu):
    """Look, density, names, help, lock, close."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.looks: dict[str, QAction] = {}
        self.densities: dict[str, QAction] = {}
        self.waits: dict[str, QAction] = {}

    def add_choices(
        self,
        heading: str,
        choices: tuple[tuple[str, str], ...],
        into: dict[str, QAction],
        choose: Callable[[str], None],
    ) -> None:
        """A heading and its choices, one of which is in use."""
        if self.actions():
            self.addSeparator()
        title = self.addAction(heading)
        title.setEnabled(False)
        group = QActionGroup(self)
        for key, words in choices:
            action = self.addAction(words)
            action.setCheckable(True)
            action.triggered.connect(lambda _checked=False, key=key: choose(key))
            group.addAction(action)
            into[key] = action
