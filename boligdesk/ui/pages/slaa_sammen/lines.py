"""Two files side by side: a head over the columns, and one line per field with what differs and what to choose."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from boligdesk.services.person_words import CHILDREN
from boligdesk.services.records.merging import KEPT, MERGED, FieldState
from boligdesk.ui.person_words import protection_bar, said_aloud
from boligdesk.ui.theme import SPACE_2, SPACE_3, font
from boligdesk.ui.widgets import Button, Card, Pill, PillSpec, label, row, rule, tidy, wrapping

if TYPE_CHECKING:
    from boligdesk.services.records.merging import MergeCount, MergeField, MergePlan, MergeSide

_LABEL_WIDTH = 150
_NOTHING = "ikke oppgitt"
_PILLS = {
    FieldState.CHOOSE: PillSpec("warn", "Ulikt"),
    FieldState.KEEPS: PillSpec("info", "Beholdes", "add"),
    FieldState.SAME: PillSpec("ok", "Likt"),
}
_TITLES = {
    FieldState.CHOOSE: "Velg hva som skal gjelde",
    FieldState.KEEPS: "Blir med i den samlede mappen",
    FieldState.SAME: "Likt i begge",
}


def columns(first: QWidget, second: QWidget, third: QWidget) -> QHBoxLayout:
    """The three columns of every line: what it is, the kept file, the other one."""
    line = QHBoxLayout()
    tidy(line, SPACE_3)
    first.setFixedWidth(_LABEL_WIDTH)
    line.addWidget(first)
    line.addWidget(second, 1)
    line.addWidget(third, 1)
    return line


def stacked(*widgets: QWidget) -> QWidget:
    """Below one another, at the top."""
    carrier = QWidget()
    column = QVBoxLayout(carrier)
    tidy(column, 4)
    for widget in widgets:
        column.addWidget(widget)
    column.addStretch(1)
    return carrier


class Heads(Card):
    """Which file is kept, and which one goes into it. [Bytt om] asks for the other way round."""

    def __init__(self, plan: MergePlan, swap: Callable[[], None], again: Callable[[], None]) -> None:
        super().__init__()
        self.swap = Button("Bytt om", swap, icon="people_swap")
        self.swap.setToolTip("Behold den andre mappen i stedet")
        self.again = Button("Velg en annen", again)
        buttons = stacked(self.swap, self.again)
        self.body.addLayout(
            columns(
                buttons,
                _head("Mappen som beholdes", plan.kept),
                _head("Mappen som slås inn i den", plan.merged),
            )
        )


def _head(title: str, side: MergeSide) -> QWidget:
    parts: list[QWidget] = [label(title, "cap"), wrapping(side.name, "h2")]
    guard = protection_bar(side.protection)[0]
    if guard:
        parts.append(row(Pill("lock", guard, "lock_closed")))
    days = f"Registrert {side.created_on:%d.%m.%Y} · sist endret {side.changed_on:%d.%m.%Y}"
    return stacked(*parts, wrapping(days, "sub"))


class Line(QWidget):
    """One field. A choice has a button under each text; nothing is chosen beforehand."""

    def __init__(self, field: MergeField, chosen: Callable[[], None]) -> None:
        super().__init__()
        self.field = field
        self.buttons: dict[str, Button] = {}
        self._group = QButtonGroup(self)
        outer = QVBoxLayout(self)
        tidy(outer, 4)
        spec = _PILLS[field.state]
        what = stacked(wrapping(field.label, "strong"), row(Pill(spec.tone, spec.word, spec.icon)))
        sides = [
            self._side(side, text, chosen) for side, text in ((KEPT, field.kept), (MERGED, field.merged))
        ]
        outer.addLayout(columns(what, *sides))

    def _side(self, side: str, text: str, chosen: Callable[[], None]) -> QWidget:
        """The words of one file, the button that chooses them, and under the kept file's what becomes of the rest."""
        shown = text.replace("; ", "\n") if self.field.key in CHILDREN else text
        words = wrapping(shown or _NOTHING, "body" if text else "sub")
        words.setAccessibleName(said_aloud(text or _NOTHING))
        parts: list[QWidget] = [words]
        if self.field.state is FieldState.CHOOSE:
            button = Button("Bruk dette")
            button.setCheckable(True)
            button.setAccessibleName(f"{self.field.label}: bruk {said_aloud(text)}")
            button.toggled.connect(lambda on, button=button: _mark(button, on))
            button.clicked.connect(lambda _checked=False: chosen())
            self._group.addButton(button)
            self.buttons[side] = button
            parts.append(row(button))
        if side == KEPT and self.field.note:
            parts.append(wrapping(self.field.note, "sub"))
        return stacked(*parts)

    def choice(self) -> str:
        """The side that was chosen; "" = none yet."""
        return next((side for side, button in self.buttons.items() if button.isChecked()), "")

    def choose(self, side: str) -> None:
        self.buttons[side].setChecked(True)


def _mark(button: Button, on: bool) -> None:
    button.setFont(font("strong" if on else "body"))
    button.set_icon("checkmark") if on else button.setIcon(type(button.icon())())


def field_card(state: FieldState, lines: Sequence[Line]) -> Card:
    """The lines of one kind under their heading."""
    card = Card(_TITLES[state])
    for number, line in enumerate(lines):
        if number:
            card.add(rule())
        card.add(line)
    return card


def count_card(counts: Sequence[MergeCount]) -> Card:
    """How much lies in each file; what neither has, is left out."""
    card = Card("Dette samles i én mappe")
    for count in counts:
        if count.kept or count.merged:
            line = columns(label(count.label), label(str(count.kept)), label(str(count.merged)))
            line.setSpacing(SPACE_2 + SPACE_2)
            card.body.addLayout(line)
    return card
