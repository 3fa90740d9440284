"""«Oppdater fakta»: what somebody has seen, each answer with its own source and date."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from boligdesk.domain.catalog import FactSource, FactState
from boligdesk.domain.facts import DWELLING, FactKind, FactType, kinds_of
from boligdesk.services.records.common import FactDraft, FactValue
from boligdesk.ui.widgets import DateField, FieldRow, TriStateField, row, rule, tidy
from boligdesk.ui.widgets.flow import FlowRow

from .dialogs import FormDialog

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from boligdesk.domain.facts import FactAnswer
    from boligdesk.services.records.common import Saved
    from boligdesk.services.records.dwellings import DwellingDetail
    from boligdesk.ui.page import Window

_SOURCES = (
    FactSource.INSPECTION,
    FactSource.DOCUMENT,
    FactSource.REGISTER,
    FactSource.CONVERSATION,
    FactSource.STAFF,
)


@dataclass(frozen=True, slots=True)
class Typed:
    """An answer as it stands in the fields."""

    state: FactState
    value: FactAnswer = None


class FactLine(QWidget):
    """One question: the answer, where it comes from and when it was looked at."""

    def __init__(self, kind: FactKind, fact: FactValue | None, today: Callable[[], dt.date]) -> None:
        super().__init__()
        self.kind, self._fact, self._today = kind, fact, today
        column = QVBoxLayout(self)
        tidy(column, 6)
        self.answer = self._answer_field()
        self.row = FieldRow(kind.label, self.answer, kind.help)
        column.addWidget(self.row)
        self.source = QComboBox()
        for source in _SOURCES:
            self.source.addItem(source.label, source.value)
        self.source.setAccessibleName(f"Kilde for {kind.label.lower()}")
        self.day = DateField(today)
        self.day.setAccessibleName(f"Kontrollert dato for {kind.label.lower()}")
        column.addWidget(FlowRow(_beside("Kilde", self.source), _beside("Kontrollert", self.day)))
        self._fill()
        self._before = self._whole()

    def _answer_field(self) -> TriStateField | QComboBox | QLineEdit:
        if self.kind.type is FactType.YES_NO:
            tri = TriStateField(self.kind.label)
            tri.changed.connect(self._answered)
            return tri
        if self.kind.type is FactType.CODE:
            codes = QComboBox()
            codes.addItem(FactState.UNKNOWN.label, None)
            for code, words in self.kind.codes:
                codes.addItem(words, code)
            codes.activated.connect(lambda _index: self._answered())
            return codes
        line = QLineEdit()
        line.setPlaceholderText(self.kind.unit)
        line.textEdited.connect(lambda _text: self._answered())
        return line

    def _fill(self) -> None:
        fact = self._fact
        value = fact.value if fact is not None and fact.state == FactState.KNOWN else None
        if isinstance(self.answer, TriStateField):
            self.answer.set_value(None if value is None else bool(value))
        elif isinstance(self.answer, QComboBox):
            self.answer.setCurrentIndex(max(self.answer.findData(value), 0))
        else:
            self.answer.setText("" if value is None else str(value))
        if fact is not None and fact.id is not None:
            self.day.set_value(fact.observed_on)
            if self.source.findData(fact.source) < 0:  # a list that was brought in, an application
                self.source.addItem(FactSource(fact.source).label, fact.source)
            self.source.setCurrentIndex(self.source.findData(fact.source))

    def _answered(self) -> None:
        """An answer that was pressed was seen today until somebody says otherwise, also «Vet ikke»."""
        self.day.set_value(self._today())

    def typed(self) -> Typed:
        """Raises ValueError with a sentence when the answer cannot be read."""
        if isinstance(self.answer, TriStateField):
            answer: FactAnswer = self.answer.value()
        elif isinstance(self.answer, QComboBox):
            answer = self.answer.currentData()
        else:
            answer = self._line_value(self.answer.text().strip())
        if answer is None:
            return Typed(FactState.UNKNOWN)
        return Typed(FactState.KNOWN, int(answer) if isinstance(answer, bool) else answer)

    def _line_value(self, text: str) -> FactAnswer:
        if not text or self.kind.type is FactType.TEXT:
            return text or None
        digits = text.removesuffix(self.kind.unit).strip()
        if not digits.isdecimal():
            raise ValueError(f"Skriv et helt tall{f' i {self.kind.unit}' if self.kind.unit else ''}.")
        return int(digits)

    def _whole(self) -> tuple[Typed, dt.date | None, str]:
        """Answer, day and source. A question that was never looked at has no day, and its source says nothing."""
        day = self.day.value()
        return self.typed(), day, str(self.source.currentData()) if day else ""

    def is_new(self) -> bool:
        """Another answer, or the same one looked at again: on another day, or in another way."""
        return self._whole() != self._before

    def draft(self) -> FactDraft:
        typed = self.typed()
        return FactDraft(
            self.kind.key,
            typed.state.value,
            typed.value,
            self.source.currentData(),
            self.day.value() or self._today(),
            self._fact.id if self._fact else None,
        )

    def fault(self) -> str:
        """What cannot be read, in words; empty when all is well."""
        try:
            self.typed()
        except ValueError as wrong:
            return str(wrong)
        return self.day.error()


class FactsDialog(FormDialog):
    """Only answers that are new are stored; the earlier ones stay in the history."""

    def __init__(self, window: Window, found: DwellingDetail, parent: QWidget) -> None:
        super().__init__(
            window,
            "Oppdater fakta",
            "Endre svarene du har kontrollert. Stemmer et svar fortsatt, endrer du bare datoen. «Vet ikke» er også et svar.",
            "Lagre fakta",
            parent,
        )
        self._found = found
        self.lines: dict[str, FactLine] = {}
        facts = {fact.key: fact for fact in found.facts}
        for kind in kinds_of(DWELLING):
            line = FactLine(kind, facts.get(kind.key), window.today)
            if self.lines:
                self.form.body.addWidget(rule())
            self.form.body.addWidget(line)
            self.form.rows[kind.key] = line.row
            self.lines[kind.key] = line
        self.form.body.addStretch(1)
        self.resize(620, 640)
        next(iter(self.lines.values())).answer.setFocus()

    def work(self) -> Callable[[], Saved] | None:
        faults = {key: text for key, line in self.lines.items() if (text := line.fault())}
        if self.form.set_errors(faults) is not None:
            return None
        drafts = tuple(line.draft() for line in self.lines.values() if line.is_new())
        if not drafts:
            self.messages.show_message("info", "Du har ikke endret noen av svarene.")
            return None
        dwellings, found = self._window.services.dwellings, self._found
        return lambda: dwellings.record_facts(found.id, found.version, drafts)

    def said(self) -> str:
        return "Fakta om boligen er lagret."


def _beside(words: str, field: QWidget) -> QWidget:
    """A small label before its field."""
    name = QLabel(words)
    name.setBuddy(field)
    return row(name, field)
