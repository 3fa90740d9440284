"""The steps of a letter and its check list: what must be put right, what should be minded, what is in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from boligdesk.ui.theme import SPACE_1, SPACE_2
from boligdesk.ui.widgets import Button, Card, IconLabel, Pill, clear, label, row, tidy, wrapping
from boligdesk.ui.widgets.flow import FlowRow

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from boligdesk.domain.letter_check import Finding

    from .words import Step

_ALL_SHOWN = 8
"""So many rules in order are shown; more of them fold away behind a button."""


class StepRow(QWidget):
    """«1 Mal › 2 Innhold › 3 Kontroll …», each with its icon and word."""

    def __init__(self) -> None:
        super().__init__()
        self._line = QVBoxLayout(self)
        tidy(self._line, 0)
        self.said = ""

    def show_steps(self, steps: Sequence[Step]) -> None:
        said = ", ".join(f"{step.word} {step.said}" for step in steps)
        if said == self.said:
            return
        self.said = said
        clear(self._line)
        parts: list[QWidget] = []
        for number, step in enumerate(steps):
            if number:
                parts.append(IconLabel("chevron_right", "text3", 16))
            pill = Pill(step.tone, step.word, step.icon, quiet=step.tone != "info")
            pill.setAccessibleName(f"{step.word}, {step.said}")
            parts.append(pill)
        line = FlowRow(*parts)
        line.setAccessibleName(f"Trinn: {said}")
        self._line.addWidget(line)


class CheckCard(Card):
    """``fix(target)`` is called by [Rett]; findings without a place of their own have no button."""

    def __init__(self, fix: Callable[[str], object]) -> None:
        super().__init__("Kontroll")
        self._fix = fix
        self._findings: tuple[Finding, ...] = ()
        self._shows_all = False
        self._pill = Pill("ok", "")
        if self.heading is not None:
            self.heading.add_action(self._pill)
        self._lines = QVBoxLayout()
        tidy(self._lines, SPACE_2)
        self.body.addLayout(self._lines)
        self.more = Button("", self._toggle, kind="link")
        self.add(row(self.more))
        self.buttons: dict[str, Button] = {}

    def show_findings(self, title: str, findings: tuple[Finding, ...]) -> None:
        """Unmet first; the rest below one another, folded when they are many."""
        if self.heading is not None:
            self.heading.title.setText(title)
        if findings != self._findings or not self._lines.count():
            self._findings = findings
            self._fill()

    def _fill(self) -> None:
        holder = self.focusWidget()
        focused = next((key for key, button in self.buttons.items() if button is holder), "")
        clear(self._lines)
        self.buttons = {}
        stops = sum(finding.blocks for finding in self._findings)
        if stops:
            self._pill.set_spec(Pill("crit", f"{stops} må rettes").spec)
        else:
            self._pill.set_spec(Pill("ok", "Ingenting mangler").spec)
        unmet = [finding for finding in self._findings if not finding.is_met]
        met = [finding for finding in self._findings if finding.is_met]
        for finding in unmet:
            self._lines.addWidget(self._unmet(finding))
        folds = len(met) > _ALL_SHOWN
        if not folds or self._shows_all:
            for finding in met:
                self._lines.addWidget(_met(finding))
        self.more.setVisible(folds)
        self.more.setText("Skjul det som er i orden" if self._shows_all else f"Vis {len(met)} som er i orden")
        if focused in self.buttons:
            self.buttons[focused].setFocus()

    def _unmet(self, finding: Finding) -> QWidget:
        holder = QWidget()
        line = QHBoxLayout(holder)
        tidy(line, SPACE_2)
        tone = "crit" if finding.blocks else "warn"
        line.addWidget(
            IconLabel("dismiss_circle" if finding.blocks else "warning", tone), 0, Qt.AlignmentFlag.AlignTop
        )
        words = QVBoxLayout()
        tidy(words, 0)
        words.addWidget(wrapping(finding.label, "strong"))
        words.addWidget(wrapping(finding.text, "sub"))
        line.addLayout(words, 1)
        if finding.target:
            button = Button("Rett", lambda: self._fix(finding.target))
            button.setAccessibleName(f"Rett: {finding.label}")
            button.setToolTip(finding.source)
            self.buttons[finding.key] = button
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        holder.setToolTip(finding.source)
        return holder

    def _toggle(self) -> None:
        self._shows_all = not self._shows_all
        self._fill()


def _met(finding: Finding) -> QWidget:
    holder = QWidget()
    line = QHBoxLayout(holder)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(SPACE_1 + SPACE_1)
    line.addWidget(IconLabel("checkmark_circle", "ok"))
    line.addWidget(label(finding.label), 1)
    holder.setToolTip(finding.source)
    return holder
