"""«Fordeling»: which colleague gets new cases, by the applicant's day of birth in the month."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from boligdesk.domain.access import Right
from boligdesk.services.changes import Changes, Kind
from boligdesk.services.records.common import Saved
from boligdesk.services.records.office import BirthdayRule
from boligdesk.ui.theme import SPACE_2, SPACE_3, restyle, set_role
from boligdesk.ui.widgets import Button, MessageArea, SectionHeading, label, row, symbol_button, wrapping

from .tab import Tab

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from boligdesk.services.errors import UserError
    from boligdesk.services.records.common import User
    from boligdesk.ui.page import Window

LAST_DAY = 31
_MOST_LINES = LAST_DAY


class DayBox(QComboBox):
    """A day of the month."""

    def __init__(self) -> None:
        super().__init__()
        self.addItems([str(day) for day in range(1, LAST_DAY + 1)])
        self.setFixedWidth(80)
        self.setMaxVisibleItems(16)

    def value(self) -> int:
        return self.currentIndex() + 1

    def set_value(self, day: int) -> None:
        self.setCurrentIndex(day - 1)


class RuleLine:
    """From day, to day, colleague, and a button that takes the line away."""

    def __init__(self, tab: RulesTab, rule: BirthdayRule | None) -> None:
        self.first, self.last, self.who = DayBox(), DayBox(), QComboBox()
        self.remove = symbol_button("delete", "Fjern linjen", lambda: tab.remove(self))
        for day, box in (
            (rule.from_day if rule else 1, self.first),
            (rule.to_day if rule else LAST_DAY, self.last),
        ):
            box.set_value(day)
            box.currentIndexChanged.connect(lambda _place: tab.touched())
        self.who.setMinimumWidth(220)
        self.who.activated.connect(lambda _place: tab.touched())

    def widgets(self) -> tuple[QWidget, ...]:
        return self.first, self.last, self.who, self.remove

    def set_names(self, number: int) -> None:
        self.first.setAccessibleName(f"Linje {number}: fra dag")
        self.last.setAccessibleName(f"Linje {number}: til dag")
        self.who.setAccessibleName(f"Linje {number}: saksbehandler")
        self.remove.setAccessibleName(f"Fjern linje {number}")

    def set_colleagues(self, colleagues: Sequence[tuple[UUID, str]], chosen: UUID | None) -> None:
        self.who.clear()
        self.who.addItem("Velg saksbehandler", "")
        for key, name in colleagues:
            self.who.addItem(name, str(key))
        self.who.setCurrentIndex(max(self.who.findData(str(chosen)), 0))

    def rule(self) -> BirthdayRule | None:
        key = self.who.currentData()
        return BirthdayRule(self.first.value(), self.last.value(), UUID(key)) if key else None


class RulesTab(Tab):
    """The set is kept as a whole; what is being changed stays until it is stored."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self.lines: list[RuleLine] = []
        self._colleagues: list[tuple[UUID, str]] = []
        self._is_touched = False
        self.save_button = Button("Lagre fordelingen", self.primary, kind="primary")
        self.add_button = Button("Legg til linje", self.add, icon="add")
        self.messages = MessageArea()
        self.column.addWidget(
            SectionHeading(
                "Fordeling av nye saker",
                "Dagen i måneden søkeren er født, bestemmer hvem som blir foreslått som saksbehandler. Den som "
                "registrerer søknaden, kan velge en annen.",
                actions=(self.save_button,),
            )
        )
        self.column.addWidget(self.messages)
        inside = QWidget()
        set_role(inside, "scroll")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, SPACE_2, 0, 0)
        column.setSpacing(SPACE_3)
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(SPACE_3)
        self.grid.setVerticalSpacing(SPACE_2)
        self.grid.setColumnStretch(4, 1)
        column.addLayout(self.grid)
        column.addWidget(row(self.add_button))
        self.covered = wrapping("", "sub")
        column.addWidget(self.covered)
        column.addStretch(1)
        area = QScrollArea()
        area.setAccessibleName("Fordelingen")
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(inside)
        self.column.addWidget(area, 1)

    # --- reading -------------------------------------------------------------------------------------------

    def open(self) -> None:
        if not self._is_touched:
            self.refresh()

    def refresh(self) -> None:
        office = self.window_.services.office
        self.window_.query(
            lambda: (office.users(), office.birthday_rules()), lambda found: self._arrived(*found), owner=self
        )

    def changed(self, changes: Changes) -> None:
        if changes.touches(Kind.OFFICE) and not self._is_touched:
            self.refresh()

    def _arrived(self, users: tuple[User, ...], rules: tuple[BirthdayRule, ...]) -> None:
        named = {rule.user_id for rule in rules}
        self._colleagues = [
            (user.id, user.name if user.active else f"{user.name} (sperret)")
            for user in users
            if (user.active and Right.WRITE_CASES in user.rights) or user.id in named
        ]
        self._is_touched = False
        self.lines = [self._line(rule) for rule in rules]
        self._lay_out()

    def _line(self, rule: BirthdayRule | None) -> RuleLine:
        made = RuleLine(self, rule)
        made.set_colleagues(self._colleagues, rule.user_id if rule else None)
        return made

    # --- changing ------------------------------------------------------------------------------------------

    def add(self) -> None:
        """A line that takes the days that nobody has yet."""
        free = sorted(set(range(1, LAST_DAY + 1)) - self._days())
        if len(self.lines) >= _MOST_LINES:
            return
        line = self._line(None)
        if free:
            line.first.set_value(free[0])
            line.last.set_value(next((d for d in range(free[0], LAST_DAY) if d + 1 not in free), LAST_DAY))
        self.lines.append(line)
        self._lay_out()
        self.touched()
        line.first.setFocus(Qt.FocusReason.OtherFocusReason)

    def remove(self, line: RuleLine) -> None:
        self.lines.remove(line)
        self._lay_out()
        self.touched()
        self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def touched(self) -> None:
        self._is_touched = True
        self._say_covered()

    def primary(self) -> None:
        """Store the set as it stands."""
        self.messages.clear()
        nameless = [line for line in self.lines if line.rule() is None]
        for line in self.lines:
            restyle(line.who, "bad", "true" if line in nameless else "false")
        if nameless:
            self.messages.show_message("crit", "Velg saksbehandler på alle linjene, eller fjern linjen.")
            nameless[0].who.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        rules = tuple(rule for line in self.lines if (rule := line.rule()) is not None)
        office = self.window_.services.office

        def work() -> Saved:
            office.save_birthday_rules(rules)
            return Saved(office.me().id, 0, Changes(frozenset({Kind.OFFICE})))

        self._is_touched = False
        self.window_.save(
            work, owner=self, said="Fordelingen er lagret. Den gjelder nye saker.", invalid=self._refused
        )

    def _refused(self, error: UserError) -> bool:
        self._is_touched = True
        self.messages.show_error(error)
        return True

    # --- showing -------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        kept = {widget for line in self.lines for widget in line.widgets()}
        while (item := self.grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None and widget not in kept:
                widget.hide()
                widget.deleteLater()
        if self.lines:
            for place, text in enumerate(("Fra dag", "Til dag", "Saksbehandler")):
                self.grid.addWidget(label(text, "strong"), 0, place)
        for number, line in enumerate(self.lines, start=1):
            line.set_names(number)
            for place, widget in enumerate(line.widgets()):
                self.grid.addWidget(widget, number, place)
        self._say_covered()

    def _days(self) -> set[int]:
        return {day for line in self.lines for day in range(line.first.value(), line.last.value() + 1)}

    def _say_covered(self) -> None:
        missing = sorted(set(range(1, LAST_DAY + 1)) - self._days())
        if not self.lines:
            self.covered.setText("Ingen linjer ennå. Alle nye saker må fordeles for hånd.")
        elif missing:
            self.covered.setText(f"Ingen har dag {day_words(missing)}. Saker for dem må fordeles for hånd.")
        else:
            self.covered.setText("Alle dagene i måneden er fordelt.")

    def focus_start(self) -> None:
        target: Any = self.lines[0].first if self.lines else self.add_button
        target.setFocus(Qt.FocusReason.OtherFocusReason)


def day_words(days: Iterable[int]) -> str:
    """«1–3, 17 og 29–31»."""
    runs: list[list[int]] = []
    for day in days:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    words = [str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} og {words[-1]}"
