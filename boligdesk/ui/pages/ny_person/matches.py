"""Who may be the same: shown beside the form while it is filled in, with why and how sure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from boligdesk.services.records.people import PersonMatch, PersonProbe
from boligdesk.ui.theme import SPACE_2, set_role
from boligdesk.ui.widgets import Button, Card, Pill, PillSpec, announce, clear, tidy, wrapping
from boligdesk.ui.widgets.person_picker import case_words

if TYPE_CHECKING:
    from collections.abc import Callable

LOOK_AFTER_MS = 250
SURE, LIKELY = 3, 2
_SHORTEST = 2
_STRENGTHS = {
    3: PillSpec("warn", "Sikkert treff"),
    2: PillSpec("warn", "Trolig samme person"),
    1: PillSpec("neutral", "Ligner", icon="info"),
}
_NOTHING_TYPED = "Skriv navn, fødselsdato, nummer eller telefon, så ser vi etter om personen finnes fra før."
_NONE = "Vi fant ingen som ligner, blant dem du har tilgang til."


class MatchPanel(Card):
    """``look()`` after each key; ``chosen`` carries the id of the person who was there already."""

    chosen = Signal(object)

    def __init__(
        self,
        probe: Callable[[], PersonProbe],
        find: Callable[[PersonProbe, Callable[[tuple[PersonMatch, ...]], None]], None],
    ) -> None:
        super().__init__("Finnes personen fra før?")
        self._probe, self._find = probe, find
        self._asked: PersonProbe | None = None
        self._is_answered = False
        self._then: Callable[[], None] | None = None
        self.matches: tuple[PersonMatch, ...] = ()
        self.buttons: list[Button] = []
        self.say = wrapping(_NOTHING_TYPED, "sub")
        self.add(self.say)
        carrier = QWidget()
        self._column = QVBoxLayout(carrier)
        tidy(self._column, SPACE_2)
        self.add(carrier)
        self.body.addStretch(1)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(LOOK_AFTER_MS)
        self._timer.timeout.connect(self.look_now)

    def look(self) -> None:
        self._timer.start()

    def when_known(self, then: Callable[[], None]) -> None:
        """Call ``then`` when the office has answered for what stands in the form now."""
        self._then = then
        self.look_now()
        if self._is_answered:
            self._go_on()

    def look_now(self) -> None:
        self._timer.stop()
        probe = self._probe()
        if probe == self._asked:
            return
        self._asked, self._is_answered = probe, False
        words = (probe.given, probe.family, probe.national_id, probe.phone)
        if probe.birth_on is None and not any(len(word) >= _SHORTEST for word in words):
            self._show(probe, (), _NOTHING_TYPED)
            return
        self._find(probe, lambda found: self._show(probe, found))

    def likely(self) -> tuple[PersonMatch, ...]:
        """Those who most probably are the same."""
        return tuple(match for match in self.matches if match.strength >= LIKELY)

    def _show(self, probe: PersonProbe, found: tuple[PersonMatch, ...], words: str = _NONE) -> None:
        if probe != self._asked:
            return
        self.matches, self._is_answered = found, True
        clear(self._column)
        self.buttons = []
        for match in found:
            self._column.addWidget(self._line(match))
        if found:
            words = f"{len(found)} kan være den samme. Se etter før du registrerer."
        if words != self.say.text():
            self.say.setText(words)
            announce(self, words)
        self._go_on()

    def _go_on(self) -> None:
        then, self._then = self._then, None
        if then is not None:
            then()

    def _line(self, match: PersonMatch) -> QFrame:
        box = QFrame()
        set_role(box, "panel")
        column = QVBoxLayout(box)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(4)
        spec = _STRENGTHS[match.strength]
        column.addWidget(Pill(spec.tone, spec.word, spec.icon))
        born = f", {match.birth_on:%d.%m.%Y}" if match.birth_on else ""
        name = wrapping(f"{match.name}{born}", "strong")
        column.addWidget(name)
        column.addWidget(wrapping(f"{match.why}. {case_words(match)}".replace("..", "."), "sub"))
        button = Button("Bruk denne", lambda: self.chosen.emit(match.id))
        button.setAccessibleName(f"Bruk denne: {name.text()}. {spec.word}. {match.why}")
        self.buttons.append(button)
        column.addWidget(button)
        return box
