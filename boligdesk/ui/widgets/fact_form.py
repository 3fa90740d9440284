"""A form of catalogue facts: sections of questions, each with its own answer, source and date.

Shared by «Søknad og behov», «Ny søknad» and the dwelling. Answers are handed over one by one as they are given
(``answered``); nothing waits for a button.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from boligdesk.domain.catalog import FactSource
from boligdesk.domain.facts import FactType, kinds_of
from boligdesk.ui.theme import SPACE_3, SPACE_4

from .basics import Card, tidy
from .fact_fields import FactField, TextAnswer

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from PySide6.QtGui import QResizeEvent

    from boligdesk.services.records.common import FactDraft, FactValue

TWO_COLUMNS_FROM = 760


class FactForm(QWidget):
    """All questions about ``subject`` (``domain.facts.APPLICATION`` or ``DWELLING``) by section.

    ``answered`` carries the key of a question that got a new answer. Two columns when there is room.
    """

    answered = Signal(str)
    typed = Signal()

    def __init__(self, subject: str, today: Callable[[], dt.date], skip: Iterable[str] = ()) -> None:
        super().__init__()
        left_out = set(skip)
        self.fields: dict[str, FactField] = {}
        self.cards: dict[str, Card] = {}
        for kind in kinds_of(subject):
            if kind.key not in left_out:
                self._add(FactField(kind, today))
        across = QHBoxLayout(self)
        tidy(across, SPACE_3)
        self._columns = (QVBoxLayout(), QVBoxLayout())
        for column in self._columns:
            tidy(column, SPACE_3)
            across.addLayout(column, 1)
        self._count = 0
        self._extra: list[Card] = []
        self.set_columns(2)

    def _add(self, field: FactField) -> None:
        section = field.kind.section.value
        if section not in self.cards:
            self.cards[section] = Card(section)
            self.cards[section].body.setSpacing(SPACE_4)
        self.cards[section].add(field)
        self.fields[field.kind.key] = field
        key = field.kind.key
        field.answered.connect(lambda: self.answered.emit(key))
        field.field.changed.connect(self.typed)

    def add_card(self, card: Card) -> None:
        """A section that is not from the catalogue (free texts), after the others."""
        self._extra.append(card)
        count, self._count = self._count, 0
        self.set_columns(count)

    def set_columns(self, count: int) -> None:
        """Sections in one column or two of about the same height, in reading order."""
        if count == self._count:
            return
        self._count = count
        cards = [*self.cards.values(), *self._extra]
        for column in self._columns:
            while column.takeAt(0) is not None:
                pass
        weights = [card.body.count() * 2 + 1 for card in cards]
        half, so_far = sum(weights) / 2, 0
        for card, weight in zip(cards, weights, strict=True):
            place = 1 if count > 1 and so_far + weight / 2 > half else 0
            self._columns[place].addWidget(card)
            so_far += weight
        for column in self._columns:
            column.addStretch(1)
        layout = self.layout()
        if isinstance(layout, QHBoxLayout):
            layout.setStretch(1, int(count > 1))
            layout.setSpacing(SPACE_3 if count > 1 else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.set_columns(2 if self.width() >= TWO_COLUMNS_FROM else 1)

    def set_facts(self, facts: Sequence[FactValue]) -> None:
        """What is stored now; answers being written are left alone."""
        known = {fact.key: fact for fact in facts}
        for key, field in self.fields.items():
            field.set_stored(known.get(key))

    def drafts(self, source: str = FactSource.STAFF.value) -> tuple[FactDraft, ...]:
        """All new answers that can be read."""
        made = (field.draft(source) for field in self.fields.values())
        return tuple(draft for draft in made if draft is not None)

    def errors(self) -> dict[str, str]:
        """Answers that cannot be read, by key."""
        found = {key: field.error() for key, field in self.fields.items()}
        return {key: text for key, text in found.items() if text}

    def show_errors(self) -> bool:
        """Mark them and go to the first; True when there are any."""
        wrong = self.errors()
        for field in self.fields.values():
            field.show_error()
        if wrong:
            self.fields[next(iter(wrong))].field.setFocus()
        return bool(wrong)

    def show_clash(
        self, mine: Mapping[str, str], theirs: Mapping[str, str], by: str, keep: Callable[[str], None]
    ) -> None:
        """Questions somebody else answered meanwhile: both answers at the question itself."""
        for key, words in mine.items():
            if field := self.fields.get(key):
                field.show_clash(words, theirs.get(key, ""), by, partial(keep, key))

    def texts(self) -> dict[str, TextAnswer]:
        """The free texts, for the draft keeper."""
        return {
            key: field.field
            for key, field in self.fields.items()
            if field.kind.type is FactType.TEXT and isinstance(field.field, TextAnswer)
        }

    def set_enabled(self, enabled: bool, why: str = "") -> None:
        """A closed case is read, not written."""
        for field in self.fields.values():
            field.field.setEnabled(enabled)
            field.field.setToolTip("" if enabled else why)

    def clear_facts(self) -> None:
        """An empty form for the next one."""
        for field in self.fields.values():
            field.end_clash()
            field.sent()
            field.set_stored(None)
