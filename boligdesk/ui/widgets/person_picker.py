"""«fnr eller navn»: who it is about. Search comes before registering, and likely duplicates are shown with why."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from boligdesk.domain.catalog import CasePhase
from boligdesk.services.records.people import PersonMatch, PersonProbe
from boligdesk.ui.theme import SPACE_2, SPACE_3, font, set_role

from .basics import Button, IconLabel, clear, label, tidy, wrapping
from .infobar import announce

if TYPE_CHECKING:
    from collections.abc import Sequence

#: A short pause in the typing before the office is asked.
LOOK_AFTER_MS = 200
_SHORTEST = 2
_NUMBER_LENGTH = 11
_SURE = 3

Found = Callable[["tuple[PersonMatch, ...]"], None]
Find = Callable[[PersonProbe, Found], None]


def match_words(match: PersonMatch) -> str:
    """What is known in one line: «Klok Hest, 15.03.1988. Har 1 avsluttet sak (2023).»."""
    born = f", {match.birth_on:%d.%m.%Y}" if match.birth_on else ""
    return f"{match.name}{born}. {case_words(match)}"


def case_words(match: PersonMatch) -> str:
    """How many cases, open ones first."""
    open_ones = [case for case in match.cases if case.is_open and case.phase != CasePhase.CLOSED]
    closed = [case for case in match.cases if case not in open_ones]
    parts = []
    if open_ones:
        word = "åpen sak" if len(open_ones) == 1 else "åpne saker"
        parts.append(f"{len(open_ones)} {word} ({', '.join(case.number for case in open_ones)})")
    if closed:
        word = "avsluttet sak" if len(closed) == 1 else "avsluttede saker"
        years = sorted({case.opened_on.year for case in closed})
        parts.append(f"{len(closed)} {word} ({', '.join(str(year) for year in years)})")
    return f"Har {' og '.join(parts)}." if parts else "Har ingen saker."


class MatchList(QWidget):
    """People who may be the one, each with why and [Bruk denne]. ``chosen`` carries the PersonMatch."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        tidy(self._column, 6)
        self.buttons: list[Button] = []
        self.matches: tuple[PersonMatch, ...] = ()

    def set_matches(self, matches: Sequence[PersonMatch]) -> None:
        self.matches = tuple(matches)
        clear(self._column)
        self.buttons = []
        for match in matches:
            self._column.addWidget(self._line(match))

    def _line(self, match: PersonMatch) -> QFrame:
        box = QFrame()
        set_role(box, "panel")
        line = QHBoxLayout(box)
        line.setContentsMargins(12, 6, 8, 6)
        line.setSpacing(SPACE_3)
        line.addWidget(IconLabel("person", "accent"))
        words = QVBoxLayout()
        tidy(words, 0)
        words.addWidget(wrapping(match_words(match)))
        words.addWidget(label(match.why, "cap", wrap=True))
        line.addLayout(words, 1)
        button = Button("Bruk denne", lambda: self.chosen.emit(match))
        button.setAccessibleName(f"Bruk denne: {match_words(match)}")
        self.buttons.append(button)
        line.addWidget(button)
        return box


class _Line(QLineEdit):
    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers()
        if plain and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.entered.emit()
            return
        super().keyPressEvent(event)


class PersonPicker(QWidget):
    """One search line, its matches, [Bruk denne] and [Ny person].

    ``find(probe, done)`` asks the office and calls ``done`` in the window's thread. ``chosen`` carries the
    PersonMatch; a whole number that one person has is chosen at once. ``new_wanted`` carries what was typed.
    """

    chosen = Signal(object)
    new_wanted = Signal(str)
    cleared = Signal()

    def __init__(self, find: Find, text: str = "&Fødselsnummer eller navn") -> None:
        super().__init__()
        self._find = find
        self._asked = ""
        self.person: PersonMatch | None = None
        column = QVBoxLayout(self)
        tidy(column, SPACE_2)
        name = QLabel(text)
        name.setFont(font("strong"))
        self.line = _Line()
        self.line.setMaximumWidth(420)
        self.line.setAccessibleName(text.replace("&", ""))
        name.setBuddy(self.line)
        column.addWidget(name)
        top = QHBoxLayout()
        tidy(top)
        top.addWidget(self.line, 1)
        self.new = Button("Ny person", self._want_new, icon="add")
        top.addWidget(self.new)
        top.addStretch(1)
        column.addLayout(top)
        self.say = wrapping("", "sub")
        column.addWidget(self.say)
        self.list = MatchList()
        self.list.chosen.connect(self.choose)
        column.addWidget(self.list)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(LOOK_AFTER_MS)
        self._timer.timeout.connect(self._look)
        self.line.textEdited.connect(lambda _text: self._timer.start())
        self.line.entered.connect(self._enter)
        self._waits_to_choose = False
        self.set_text("")

    def set_text(self, text: str) -> None:
        """Start anew with this text and nobody chosen."""
        self.person = None
        self._asked = ""
        self.line.setText(text)
        self.list.set_matches(())
        self._say("Skriv hele nummeret, eller navnet. Rekkefølgen på navnene er det samme.")
        if text:
            self._look()

    def choose(self, match: PersonMatch) -> None:
        """This is the one."""
        self.person = match
        self._timer.stop()
        self.list.set_matches(())
        self.chosen.emit(match)

    def _enter(self) -> None:
        """Enter: the only match, or look now."""
        if self._timer.isActive() or self.line.text().strip() != self._asked:
            self._timer.stop()
            self._waits_to_choose = True
            self._look()
        else:
            self._choose_only()

    def _choose_only(self) -> None:
        if len(self.list.matches) == 1:
            self.choose(self.list.matches[0])
        elif self.list.buttons:
            self.list.buttons[0].setFocus()

    def _look(self) -> None:
        text = self.line.text().strip()
        self._asked = text
        if len(text) < _SHORTEST:
            self._waits_to_choose = False
            self.list.set_matches(())
            return
        self._find(PersonProbe(text=text), lambda found: self._show(text, found))

    def _show(self, text: str, found: tuple[PersonMatch, ...]) -> None:
        if text != self._asked:
            return
        digits = "".join(text.split())
        is_number = digits.isdigit() and len(digits) == _NUMBER_LENGTH
        wanted, self._waits_to_choose = self._waits_to_choose, False
        sure = [match for match in found if match.strength >= _SURE]
        self.list.set_matches(found)
        if is_number and len(sure) == 1:
            self.choose(sure[0])
            return
        if not found:
            way_on = "" if self.new.isHidden() else " Velg «Ny person» for å registrere personen."
            self._say(f"Vi fant ingen du har tilgang til.{way_on}")
        else:
            self._say(f"Fant {len(found)} som kan være den samme. Velg rett person.")
        if wanted:
            self._choose_only()

    def _want_new(self) -> None:
        self.new_wanted.emit(self.line.text().strip())

    def _say(self, text: str) -> None:
        self.say.setText(text)
        announce(self, text)
