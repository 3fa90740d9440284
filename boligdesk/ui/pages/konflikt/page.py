"""The conflict page (ui.md 6.4): mine and theirs side by side, a choice per field, nothing overwritten meanwhile."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from boligdesk.ui.drafting import OSLO
from boligdesk.ui.page import Page
from boligdesk.ui.pages.konflikt.labels import label_of, words_of
from boligdesk.ui.theme import PAGE_MARGINS, SPACE_3, font
from boligdesk.ui.widgets import Button, Card, InfoBar, PageHeader, label, row, tidy, wrapping

if TYPE_CHECKING:
    from boligdesk.services.errors import ConflictError
    from boligdesk.ui.page import Window
    from boligdesk.ui.places import Place

Again = Callable[[dict[str, str]], None]
"""Gets {field: "mine" or "theirs"}; the page that asked merges, and saves over the new version."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """What the page is about. Without ``again`` there is nothing to choose, only the newest to fetch.

    ``show``: the field's value in words where it is a code or an id; ``labels``: the words beside the fields.
    """

    error: ConflictError
    again: Again | None = None
    labels: dict[str, str] = field(default_factory=dict)
    show: Callable[[str, Any], str] | None = None


class KonfliktPage(Page):
    """Shown aside by the window; the page below keeps what was typed."""

    key = "konflikt"
    window_title = "To har endret det samme"

    def __init__(
        self,
        window: Window,
        conflict: Conflict,
        back: Callable[[], None],
        reload: Callable[[], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(window, parent)
        self._conflict, self._back, self._reload = conflict, back, reload
        self.choices: dict[str, Choice] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(*PAGE_MARGINS)
        column.setSpacing(SPACE_3)
        header = PageHeader("To har endret det samme", self._sentence())
        column.addWidget(header)
        scroll = QScrollArea()
        scroll.setAccessibleName("Feltene som er ulike")
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget()
        inner.setProperty("role", "scroll")
        self._fields = QVBoxLayout(inner)
        tidy(self._fields, SPACE_3)
        scroll.setWidget(inner)
        column.addWidget(scroll, 1)
        self._build_fields()
        self.back_button = header.add_secondary("Gå tilbake til skjemaet", back)
        self.primary_button: Button
        if self._can_choose:
            self.primary_button = header.set_primary("Lagre det jeg har valgt", self.primary)
            self._update()
        else:
            self.primary_button = header.set_primary("Hent det som gjelder nå", self._take_theirs)

    @property
    def _can_choose(self) -> bool:
        return self._conflict.again is not None and bool(self._conflict.error.mine)

    def _sentence(self) -> str:
        error = self._conflict.error
        who = error.theirs_by or "En annen"
        when = ""
        if error.theirs_at:
            at = dt.datetime.fromisoformat(error.theirs_at).astimezone(OSLO)
            when = f" {at:%d.%m. kl. %H:%M}"
        return f"{who} lagret{when}, mens du skrev. Ingenting er overskrevet."

    def _build_fields(self) -> None:
        error = self._conflict.error
        names = list(dict.fromkeys((*error.mine, *error.theirs)))
        for name in names:
            choice = Choice(
                label_of(name, self._conflict.labels),
                self._words(name, error.mine.get(name)),
                self._words(name, error.theirs.get(name)),
                error.theirs_by,
                self._update if self._can_choose else None,
            )
            self.choices[name] = choice
            self._fields.addWidget(choice)
        if not names:
            text = "Det dere har endret, er ikke det samme feltet. Hent det som gjelder nå, og gjør endringen din på nytt."
            self._fields.addWidget(InfoBar("info", text, closable=False))
        elif not self._can_choose:
            text = "Det du skrev, står fortsatt i skjemaet. Hent det som gjelder nå, og skriv inn det som mangler."
            self._fields.addWidget(InfoBar("info", text, closable=False))
        self._fields.addStretch(1)

    def _words(self, name: str, value: Any) -> str:
        show = self._conflict.show
        return (show(name, value) if show else "") or words_of(value)

    def _update(self) -> None:
        missing = sum(choice.value() is None for choice in self.choices.values())
        words = "Velg for alle feltene først." if missing else ""
        self.primary_button.set_reason_disabled(words)

    def primary(self) -> None:
        """Ctrl+Enter: save what was chosen over the version that is stored now."""
        again = self._conflict.again
        if again is None:
            self._take_theirs()
            return
        if any(choice.value() is None for choice in self.choices.values()):
            return
        chosen = {name: choice.value() or "theirs" for name, choice in self.choices.items()}
        self._back()
        again(chosen)

    def _take_theirs(self) -> None:
        self._back()
        self._reload()

    def open(self, place: Place) -> None:
        """Nothing to load: the conflict came with the page."""
        del place

    def focus_start(self) -> None:
        first = next(iter(self.choices.values()), None)
        if first is not None and self._can_choose:
            first.mine.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.primary_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def help_text(self) -> str:
        return (
            "Du og en annen har endret det samme. Velg hva som skal gjelde for hvert felt, og lagre. "
            "Går du tilbake til skjemaet, er ingenting endret."
        )


class Choice(Card):
    """One field: what I wrote, what the other wrote, and which of them holds."""

    def __init__(
        self, name: str, mine: str, theirs: str, theirs_by: str, changed: Callable[[], None] | None
    ) -> None:
        super().__init__(name)
        sides = QHBoxLayout()
        tidy(sides, 24)
        other = theirs_by or "Den andre"
        self.mine = Button("Bruk mitt")
        self.theirs = Button("Bruk det andre")
        self._group = QButtonGroup(self)
        for title, words, button, who in (
            ("Du skrev", mine, self.mine, "mitt"),
            (f"{other} skrev", theirs, self.theirs, "det andre"),
        ):
            column = QVBoxLayout()
            tidy(column, 6)
            column.addWidget(label(title, "cap"))
            column.addWidget(wrapping(words))
            if changed is not None:
                button.setCheckable(True)
                button.setAccessibleName(f"{name}: bruk {who}, {words}")
                button.toggled.connect(lambda on, button=button: _mark(button, on))
                button.clicked.connect(lambda _checked=False: changed())
                self._group.addButton(button)
                column.addWidget(row(button))
            column.addStretch(1)
            sides.addLayout(column, 1)
        self.body.addLayout(sides)

    def value(self) -> str | None:
        """``mine``, ``theirs``, or None while nothing is chosen."""
        if self.mine.isChecked():
            return "mine"
        return "theirs" if self.theirs.isChecked() else None


def _mark(button: Button, on: bool) -> None:
    button.setFont(font("strong" if on else "body"))
    button.set_icon("checkmark") if on else button.setIcon(type(button.icon())())
