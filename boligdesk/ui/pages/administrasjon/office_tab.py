"""«Kontoret»: the letterhead with an example beside it, the new forvaltningslov, and the rules of days."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from boligdesk.services.changes import Changes, Kind
from boligdesk.services.errors import InvalidInput, UserError
from boligdesk.services.letterhead import example
from boligdesk.ui.theme import SPACE_3, set_role
from boligdesk.ui.widgets import Button, Card, FactGrid, MessageArea, SectionHeading, tidy, wrapping
from boligdesk.ui.widgets.pdf_view import PdfView

from .letterhead_form import LetterheadForm
from .new_act_card import NewActCard
from .office_words import day_rules
from .tab import Tab

if TYPE_CHECKING:
    import datetime as dt

    from boligdesk.domain.rule_sets import RuleSet
    from boligdesk.services.errors import UserError
    from boligdesk.ui.page import Window

DRAW_AFTER_MS = 400
#: Page width from which form and example stand side by side.
WIDE = 1000
_NOT_SET = (
    "Brevhodet er ikke satt. Brev kan ikke ferdigstilles før kommunen, kontoret, adressen og telefonnummeret er "
    "fylt ut."
)


class OfficeTab(Tab):
    """What is being changed stays until it is stored."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._is_touched = False
        self._is_narrow = False
        self._shows_example = False
        self.save_button = Button("Lagre brevhodet", self.primary, kind="primary")
        self.example_button = Button("Vis eksempel", self.toggle_detail, icon="document", kind="link")
        self.example_button.setToolTip("F4")
        self.column.addWidget(
            SectionHeading(
                "Brevhodet",
                "Det samme står på alle brev fra kontoret.",
                actions=(self.example_button, self.save_button),
            )
        )
        self.messages = MessageArea()
        self.column.addWidget(self.messages)
        self.head = LetterheadForm()
        self.new_act = NewActCard(window)
        self.rules = FactGrid((), label_width=150)
        self.left = self._cards()
        self.view = PdfView(window.tasks, "Eksempel på brev")
        line = QHBoxLayout()
        tidy(line, SPACE_3)
        line.addWidget(self.left, 1)
        line.addWidget(self.view, 1)
        self.column.addLayout(line, 1)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(DRAW_AFTER_MS)
        self._later.timeout.connect(self.draw)
        self.head.changed.connect(self._typed)

    def _cards(self) -> QScrollArea:
        inside = QWidget()
        set_role(inside, "scroll")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 4, 12, 0)
        column.setSpacing(SPACE_3)
        column.addWidget(self.head)
        column.addWidget(self.new_act)
        days = Card("Frister og postgang")
        days.add(
            wrapping("Reglene følger av lov og av kommunens tildelingsregler. De endres ikke her.", "sub")
        )
        days.add(self.rules)
        column.addWidget(days)
        column.addStretch(1)
        area = QScrollArea()
        area.setAccessibleName("Opplysninger om kontoret")
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        return area

    # --- reading -------------------------------------------------------------------------------------------

    def open(self) -> None:
        if not self._is_touched:
            self.refresh()

    def refresh(self) -> None:
        letters, office = self.window_.services.letters, self.window_.services.office
        self.window_.query(
            lambda: (letters.letterhead(), letters.new_act(), office.unit_name()),
            lambda found: self._arrived(*found),
            owner=self,
        )
        self.window_.query(self.window_.services.assessment.rules, self._rules_arrived, owner=self)

    def changed(self, changes: Changes) -> None:
        if changes.touches(Kind.OFFICE) and not self._is_touched:
            self.refresh()

    def _arrived(self, head: dict[str, Any], new_act: dt.date | None, unit: str) -> None:
        self._is_touched = False
        if head:
            self.messages.clear()
        else:
            self.messages.show_message("warn", _NOT_SET)
        self.head.fill(head or {"kontor": unit})
        self.new_act.show_day(new_act)
        self.draw()

    def _rules_arrived(self, rules: RuleSet) -> None:
        self.rules.set_facts(day_rules(self.window_.today(), rules))

    # --- the example ---------------------------------------------------------------------------------------

    def _typed(self) -> None:
        self._is_touched = True
        self._later.start()

    def draw(self) -> None:
        """The example with what stands in the fields now."""
        self._later.stop()
        letters = self.window_.services.letters
        paper = example(self.head.value(), self.window_.today())
        self.view.draw(lambda: (letters.draw(paper), letters.plain_text(paper)))

    def toggle_detail(self) -> None:
        """F4: the example in place of the form where there is no room for both; else as plain text."""
        if not self._is_narrow:
            self.view.toggle_text()
            return
        self._shows_example = not self._shows_example
        self._lay_out()
        target: QWidget = self.view.area if self._shows_example else self.head.lines["kommune"]
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def fit(self, width: int) -> None:
        self._is_narrow = width < WIDE
        self._lay_out()

    def _lay_out(self) -> None:
        self.left.setVisible(not (self._is_narrow and self._shows_example))
        self.view.setVisible(not self._is_narrow or self._shows_example)
        self.example_button.setVisible(self._is_narrow)
        self.example_button.setText("Vis feltene" if self._shows_example else "Vis eksempel")

    # --- storing -------------------------------------------------------------------------------------------

    def primary(self) -> None:
        letters, body = self.window_.services.letters, self.head.value()
        self.head.form.set_errors({})
        self.window_.save(
            lambda: letters.save_letterhead(body),
            owner=self,
            said="Brevhodet er lagret. Det står på alle brev som ferdigstilles fra nå.",
            done=lambda _saved: self._stored(body),
            invalid=self._refused,
        )

    def _stored(self, body: dict[str, Any]) -> None:
        """What is typed meanwhile stays."""
        if self.head.value() == body:
            self.refresh()

    def _refused(self, error: UserError) -> bool:
        if self._is_narrow and self._shows_example:
            self.toggle_detail()
        if not (isinstance(error, InvalidInput) and self.head.show_fault(error)):
            self.messages.show_error(error)
        return True

    def focus_start(self) -> None:
        self.head.lines["kommune"].setFocus(Qt.FocusReason.OtherFocusReason)
