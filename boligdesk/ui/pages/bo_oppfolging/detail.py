"""The chosen visit beside the list: what was seen, said and thought, each under its own heading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from boligdesk.ui.theme import SPACE_2, set_role
from boligdesk.ui.visit_words import area_list, outcome_pill, place_words, when_words
from boligdesk.ui.widgets import Button, Card, Pill, clear, label, row, tidy, wrapping

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from boligdesk.services.records.work import VisitDetail

WIDTH = 320
_TEXTS = (("observed", "Observert"), ("said", "Sagt"), ("assessment", "Vurdering"))


class VisitPane(Card):
    """``show_visit`` fills it; ``show_nothing`` says what to do."""

    def __init__(
        self, open_visit: Callable[[UUID], object], new_visit: Callable[[UUID], object], may_write: bool
    ) -> None:
        super().__init__(role="panel")
        self.setFixedWidth(WIDTH)
        self._open, self._new, self._may_write = open_visit, new_visit, may_write
        inner = QWidget()
        set_role(inner, "scroll")
        self._column = QVBoxLayout(inner)
        tidy(self._column, SPACE_2)
        area = QScrollArea()
        area.setAccessibleName("Valgt besøk")
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        area.setWidget(inner)
        self.add(area, 1)
        self.show_nothing()

    def show_nothing(self) -> None:
        clear(self._column)
        self._column.addWidget(wrapping("Velg et besøk i listen for å lese det her.", "sub"))
        self._column.addStretch(1)

    def show_visit(self, found: VisitDetail) -> None:
        clear(self._column)
        draft = found.draft
        add = self._column.addWidget
        add(label("Valgt besøk", "cap"))
        add(wrapping(found.person, "h2"))
        spec = outcome_pill(draft.outcome)
        add(row(Pill(spec.tone, spec.word, spec.icon)))
        when = when_words(draft.starts_at) if draft.starts_at else ""
        add(wrapping(f"{when}. {place_words(draft.place)}.", "sub"))
        if draft.areas:
            add(wrapping(area_list(draft.areas), "sub"))
        for field, title in _TEXTS:
            add(label(title, "strong"))
            text = getattr(draft, field)
            add(wrapping(text or "Ikke skrevet.", "body" if text else "sub"))
        if draft.next_step:
            add(label("Neste steg", "strong"))
            add(wrapping(draft.next_step))
        if found.corrections:
            add(wrapping("Besøket er rettet. Den første teksten står på siden for besøket.", "cap"))
        add(self._button("Åpne besøket", lambda: self._open(found.id), "arrow_right"))
        if self._may_write:
            add(self._button("Nytt besøk hos samme person", lambda: self._new(draft.person_id), "add"))
        self._column.addStretch(1)

    @staticmethod
    def _button(words: str, slot: Callable[[], object], icon: str) -> Button:
        made = Button(words, slot, icon=icon)
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        return made
