"""«3 Hva vet vi?»: the same questions as «Søknad og behov», all of them free to skip, and the scanned application."""

from __future__ import annotations

import datetime as dt
import json
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from boligdesk.domain.catalog import DocumentKind, FactSource
from boligdesk.domain.facts import APPLICATION, FactType
from boligdesk.services.records.cases import DocumentDraft
from boligdesk.ui.tasks import Lane
from boligdesk.ui.theme import SPACE_2, SPACE_3
from boligdesk.ui.widgets import (
    Button,
    Card,
    FieldRow,
    IconLabel,
    InfoBar,
    SectionHeading,
    clear,
    label,
    row,
    symbol_button,
    tidy,
    wrapping,
)
from boligdesk.ui.widgets.fact_fields import TextAnswer
from boligdesk.ui.widgets.fact_form import FactForm
from boligdesk.ui.widgets.files import FILE_FILTER, FileRead, read_file

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path
    from uuid import UUID

    from boligdesk.services.records.common import FactDraft
    from boligdesk.ui.page import Window

_TEXTS = (
    ("what_it_takes", "Hva skal til for at det skal &fungere?"),
    ("own_attempts", "Egne forsø&k"),
)


class KnowledgeSection(QWidget):
    """``changed`` comes at every answer and every key, for the draft."""

    changed = Signal()

    def __init__(self, window: Window) -> None:
        super().__init__()
        self._window = window
        self.files: list[FileRead] = []
        column = QVBoxLayout(self)
        tidy(column, SPACE_3)
        column.addWidget(
            SectionHeading("3 Hva vet vi?", "Hopp over det du ikke vet. Du kan fylle ut resten i saken.")
        )
        column.addWidget(self._files_card())
        self.form = FactForm(APPLICATION, window.today)
        card = Card("Med søkerens ord")
        self.texts: dict[str, TextAnswer] = {}
        for name, text in _TEXTS:
            self.texts[name] = TextAnswer(84)
            self.texts[name].changed.connect(self.changed)
            card.add(FieldRow(text, self.texts[name]))
        self.form.add_card(card)
        self.form.typed.connect(self.changed)
        column.addWidget(self.form)

    def _files_card(self) -> Card:
        card = Card(role="panel")
        self.choose = Button("Legg ved søknaden …", self._ask_files, icon="attach")
        card.add(row(self.choose, label("eller dra den skannede søknaden hit.", "sub")))
        self._files = QVBoxLayout()
        tidy(self._files, SPACE_2)
        card.body.addLayout(self._files)
        self._faults = QVBoxLayout()
        tidy(self._faults, SPACE_2)
        card.body.addLayout(self._faults)
        return card

    def start(self) -> None:
        """Empty."""
        self.form.clear_facts()
        for field in self.texts.values():
            field.setPlainText("")
        self.files = []
        clear(self._faults)
        self._show_files()

    # --- files ---------------------------------------------------------------------------------------------

    def _ask_files(self) -> None:
        from pathlib import Path

        names, _kind = QFileDialog.getOpenFileNames(self, "Legg ved søknaden", "", FILE_FILTER)
        self.take([Path(name) for name in names])

    def take(self, paths: Sequence[Path]) -> None:
        """Read them off the window's thread; they are stored when the case is made."""
        clear(self._faults)
        for path in paths:
            self._window.tasks.run(Lane.OTHER, partial(_read, path), self._got, receiver=self)

    def _got(self, read: FileRead) -> None:
        if read.fault:
            self._faults.addWidget(InfoBar("warn", f"«{read.name}» er ikke tatt med. {read.fault}"))
        elif all(read.body != other.body for other in self.files):
            self.files.append(read)
            self._show_files()

    def _show_files(self) -> None:
        clear(self._files)
        for read in self.files:
            name = wrapping(f"{read.name} · legges i saken når du oppretter den")
            take_off = symbol_button("dismiss", f"Ta bort {read.name}", partial(self._drop, read))
            self._files.addWidget(row(IconLabel("document"), name, take_off, stretch_last=True))

    def _drop(self, read: FileRead) -> None:
        self.files.remove(read)
        self._show_files()

    def documents(self, case_id: UUID) -> list[DocumentDraft]:
        """The first file is the application itself, the rest what came with it."""
        kinds = (DocumentKind.APPLICATION.value, DocumentKind.ATTACHMENT.value)
        return [
            DocumentDraft(read.name, read.body, kind=kinds[min(place, 1)], case_id=case_id)
            for place, read in enumerate(self.files)
        ]

    # --- answers -------------------------------------------------------------------------------------------

    def facts(self) -> tuple[FactDraft, ...]:
        return self.form.drafts(FactSource.APPLICATION.value)

    def text(self, name: str) -> str:
        return self.texts[name].toPlainText()

    def to_words(self) -> dict[str, str]:
        """Everything typed, for the draft."""
        answers = [[fact.key, fact.state, _stored(fact.value)] for fact in self.facts()]
        words = {name: self.text(name) for name in self.texts}
        return words | ({"facts": json.dumps(answers)} if answers else {})

    def from_words(self, words: Mapping[str, str]) -> None:
        """A draft found again."""
        for name, field in self.texts.items():
            field.setPlainText(words.get(name, ""))
        for key, state, value in json.loads(words.get("facts", "[]")):
            question = self.form.fields.get(key)
            if question is not None:
                is_day = question.kind.type is FactType.DATE and value is not None
                question.set_answer(state, dt.date.fromisoformat(value) if is_day else value)


def _stored(value: object) -> object:
    return value.isoformat() if isinstance(value, dt.date) else value


def _read(path: Path, _progress: object, _cancelled: object) -> FileRead:
    return read_file(path)
