"""«Hvorfor er X nr. 1?»: the needs, the order and the neighbourhood in sentences, with the rules they come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from boligdesk.domain.allocation_catalog import MatchOutcome, NeedKind
from boligdesk.ui.drafting import OSLO
from boligdesk.ui.theme import SPACE_2, SPACE_4
from boligdesk.ui.widgets import Card, IconLabel, clear, label, row, tidy, wrapping

if TYPE_CHECKING:
    import datetime as dt

    from boligdesk.domain.matching import Match
    from boligdesk.services.records.allocation import Explanation, ShortlistView

ONE_COLUMN_UNDER = 760
_NOT_NEEDED = "Nei"
_ICONS = {
    MatchOutcome.MET: ("checkmark_circle", "ok"),
    MatchOutcome.NOT_MET: ("dismiss_circle", "crit"),
    MatchOutcome.UNKNOWN: ("question_circle", "text2"),
    MatchOutcome.TO_CHECK: ("warning", "warn"),
}


def computed_words(view: ShortlistView, today: dt.date) -> str:
    """«Regelsett «Tildeling 2026», versjon 3 · beregnet i dag 10:40»."""
    at = view.computed_at.astimezone(OSLO)
    day = "i dag" if at.date() == today else f"{at:%d.%m.%Y}"
    return f"Regelsett «{view.rule_title}», versjon {view.rule_version} · beregnet {day} {at:%H:%M}"


class WhyPanel(Card):
    """Shows one explanation at a time; nothing chosen says so."""

    def __init__(self) -> None:
        super().__init__(role="panel")
        top = QHBoxLayout()
        tidy(top)
        self.title = wrapping("", "h2")
        self.rules = label("", "cap")
        top.addWidget(self.title, 1)
        top.addWidget(self.rules, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(top)
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        tidy(self._across, SPACE_4)
        self._columns: list[QVBoxLayout] = []
        for _number in range(3):
            holder = QWidget()
            column = QVBoxLayout(holder)
            tidy(column, 3)
            self._columns.append(column)
            self._across.addWidget(holder, 1, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(self._across)
        self.body.setSpacing(SPACE_2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < ONE_COLUMN_UNDER
        ways = QBoxLayout.Direction
        self._across.setDirection(ways.TopToBottom if narrow else ways.LeftToRight)
        self.rules.setVisible(bool(self.rules.text()))

    def show_nothing(self, text: str, rules: str) -> None:
        self.title.setText(text)
        self.rules.setText(rules)
        self._empty()

    def show_explanation(self, title: str, found: Explanation, rules: str) -> None:
        self.title.setText(title)
        self.rules.setText(rules)
        self._empty()
        needs = [match for match in found.matches if match.sentence and not _is_idle(match)]
        absolute = [match for match in needs if match.kind == NeedKind.ABSOLUTE]
        wishes = [match for match in needs if match.kind == NeedKind.WISH]
        setting = [match for match in needs if match.kind == NeedKind.NEIGHBOURHOOD]
        needs_, order, last = self._columns
        _say_matches(needs_, "Absolutte krav (alle må være oppfylt)", absolute)
        _heading(order, "Rekkefølgen")
        for sentence in found.sentences:
            order.addWidget(_line("info", "info", sentence))
        _say_matches(last, "Ønsker (sorterer bare)", wishes)
        _say_matches(last, "Bomiljø og spredning", setting)
        for column in self._columns:
            column.addStretch(1)

    def _empty(self) -> None:
        for column in self._columns:
            clear(column)


def _is_idle(match: Match) -> bool:
    """A need the applicant does not have says nothing about the place in the list."""
    return match.outcome == MatchOutcome.MET and match.wanted == _NOT_NEEDED


def _say_matches(column: QVBoxLayout, heading: str, matches: list[Match]) -> None:
    if not matches:
        return
    _heading(column, heading)
    for match in matches:
        icon, role = _ICONS[MatchOutcome(match.outcome)]
        column.addWidget(_line(icon, role, match.sentence))


def _heading(column: QVBoxLayout, text: str) -> None:
    column.addWidget(label(text, "cap"))


def _line(icon: str, role: str, text: str) -> QWidget:
    made = row(IconLabel(icon, role, 16), wrapping(text), spacing=6, stretch_last=True)
    layout = made.layout()
    if layout is not None:
        layout.setAlignment(Qt.AlignmentFlag.AlignTop)
    return made
