"""The fields of a visit. What was seen, what was said and what one thinks are three texts (forvaltningsloven § 11 d)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtWidgets import (
    QBoxLayout,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from boligdesk.domain.catalog import GuidanceArea, VisitPlace, VisitState
from boligdesk.ui.theme import SPACE_3
from boligdesk.ui.widgets import Card, DateField, FormSection, tidy
from boligdesk.ui.widgets.flow import FlowRow

from .toggles import Toggles
from .when_field import WhenField

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QResizeEvent

    from boligdesk.services.records.work import VisitDraft

#: Field, heading, what belongs there.
_TEXTS = (
    ("observed", "&Observert", "Det du så. Beskriv det som skjedde, ikke hvordan personen er."),
    ("said", "&Sagt", "Det personen sa."),
    ("assessment", "&Vurdering", "Det du mener om det du så og hørte."),
)
_TEXT_HEIGHT = 96
_SIDE_BY_SIDE_FROM = 820
_OUTCOMES = (
    VisitState.DONE,
    VisitState.NOT_HOME,
    VisitState.CANCELLED,
    VisitState.REFUSED,
    VisitState.PLANNED,
)


class VisitForm(QWidget):
    """``draft(base)`` is ``base`` with what stands in the fields, or None after the faults have been shown."""

    def __init__(self, today: Callable[[], dt.date]) -> None:
        super().__init__()
        self.section = FormSection()
        self._make(today)
        self._label()
        column = QVBoxLayout(self)
        tidy(column, SPACE_3)
        column.setContentsMargins(0, 0, 8, 0)
        for card in (self._how(), self._texts(), self._after()):
            column.addWidget(card)
        column.addStretch(1)

    def _make(self, today: Callable[[], dt.date]) -> None:
        self.outcome = Toggles("Utfall", [(o.value, o.label) for o in _OUTCOMES], big=True)
        self.areas = Toggles("Tema", [(a.value, a.label) for a in GuidanceArea], many=True)
        self.place = Toggles("Sted", [(p.value, p.label) for p in VisitPlace])
        self.when = WhenField(today)
        self.minutes = QLineEdit()
        self.minutes.setMaximumWidth(80)
        self.planned = QCheckBox("Besøket var avtalt")
        self.texts: dict[str, QPlainTextEdit] = {}
        for name, _title, _help in _TEXTS:
            self.texts[name] = QPlainTextEdit()
            self.texts[name].setTabChangesFocus(True)
            self.texts[name].setFixedHeight(_TEXT_HEIGHT)
        self.next_step, self.present, self.interpreter = QLineEdit(), QLineEdit(), QLineEdit()
        self.next_on, self.reported_on = DateField(today), DateField(today)
        self.second = QComboBox()
        self.second.addItem("Ingen", None)

    def _label(self) -> None:
        add = self.section.add
        add("outcome", "Hvordan gikk det?", self.outcome)
        add("areas", "Hva handlet det om?", self.areas)
        add("place", "Hvor?", self.place)
        add("starts_at", "&Når?", self.when)
        add("minutes", "&Minutter", self.minutes)
        add("is_planned", "Avtale", self.planned)
        for name, title, help_text in _TEXTS:
            add(name, title, self.texts[name], help_text)
        add("next_step", "Neste &steg", self.next_step, "Det dere ble enige om.")
        add("next_on", "&Dato for neste steg", self.next_on, "Gir deg en oppgave.")
        add("present", "&Til stede", self.present, "Navn og rolle på andre som var med.")
        add("interpreter", "T&olk", self.interpreter, "Språk og på hvilken måte.")
        add("second_id", "&Kollega som var med", self.second)
        add(
            "report_child_welfare_on",
            "&Bekymringsmelding sendt",
            self.reported_on,
            "Bare datoen. Skriv aldri hva meldingen sier.",
        )

    def _how(self) -> Card:
        card = Card("Besøket")
        rows = self.section.rows
        for name in ("outcome", "areas", "place"):
            card.add(rows[name])
        card.add(FlowRow(rows["starts_at"], rows["minutes"], rows["is_planned"], spacing=24))
        return card

    def _texts(self) -> Card:
        card = Card("Det du skriver ned")
        for name, _title, _help in _TEXTS:
            card.add(self.section.rows[name])
        return card

    def _after(self) -> Card:
        card = Card("Neste steg og hvem som var med")
        rows = self.section.rows
        self._pairs: list[QBoxLayout] = []
        for left, right in (
            ("next_step", "next_on"),
            ("present", "interpreter"),
            ("second_id", "report_child_welfare_on"),
        ):
            pair = QBoxLayout(QBoxLayout.Direction.LeftToRight)
            tidy(pair, SPACE_3)
            pair.addWidget(rows[left], 1)
            pair.addWidget(rows[right], 1)
            self._pairs.append(pair)
            card.body.addLayout(pair)
        return card

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        directions = QBoxLayout.Direction
        wide = self.width() >= _SIDE_BY_SIDE_FROM
        for pair in self._pairs:
            pair.setDirection(directions.LeftToRight if wide else directions.TopToBottom)

    # --- what stands in it ----------------------------------------------------------------------------------

    def set_colleagues(self, colleagues: Sequence[tuple[UUID, str]]) -> None:
        kept = self.second.currentData()
        self.second.clear()
        self.second.addItem("Ingen", None)
        for key, name in colleagues:
            self.second.addItem(name, str(key))
        self.second.setCurrentIndex(max(self.second.findData(kept), 0))

    def set_draft(self, draft: VisitDraft) -> None:
        """A new visit with its usual values, or one to correct."""
        self.outcome.set_value(draft.outcome)
        self.areas.set_values(draft.areas)
        self.place.set_value(draft.place)
        self.when.set_value(draft.starts_at)
        self.minutes.setText("" if draft.minutes is None else str(draft.minutes))
        self.planned.setChecked(draft.is_planned)
        for name, field in self.texts.items():
            field.setPlainText(getattr(draft, name))
        for line, text in (
            (self.next_step, draft.next_step),
            (self.present, draft.present),
            (self.interpreter, draft.interpreter),
        ):
            line.setText(text)
        self.next_on.set_value(draft.next_on)
        self.reported_on.set_value(draft.report_child_welfare_on)
        chosen = self.second.findData(str(draft.second_id)) if draft.second_id else 0
        self.second.setCurrentIndex(max(chosen, 0))
        self.section.set_errors({})

    def draft(self, base: VisitDraft) -> VisitDraft | None:
        faults = self.section.own_errors()
        minutes = self.minutes.text().strip()
        if minutes and not minutes.isdecimal():
            faults["minutes"] = "Skriv antall minutter som et tall."
        if self.section.set_errors(faults) is not None:
            return None
        second = self.second.currentData()
        return replace(
            base,
            starts_at=self.when.value(),
            minutes=int(minutes) if minutes else None,
            place=self.place.value(),
            outcome=self.outcome.value(),
            is_planned=self.planned.isChecked(),
            areas=self.areas.values(),
            observed=self.texts["observed"].toPlainText(),
            said=self.texts["said"].toPlainText(),
            assessment=self.texts["assessment"].toPlainText(),
            next_step=self.next_step.text(),
            next_on=self.next_on.value(),
            present=self.present.text(),
            interpreter=self.interpreter.text(),
            report_child_welfare_on=self.reported_on.value(),
            second_id=UUID(second) if second else None,
        )

    def written(self) -> dict[str, QLineEdit | QPlainTextEdit]:
        """What is typed and would be missed."""
        return {
            **self.texts,
            "next_step": self.next_step,
            "present": self.present,
            "interpreter": self.interpreter,
        }
