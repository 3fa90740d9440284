"""«Søknad og behov»: every question with its source, saved by itself when the field is left."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from boligdesk.domain.catalog import FactSource
from boligdesk.domain.facts import APPLICATION
from boligdesk.services.errors import InvalidInput
from boligdesk.services.records.common import Saved
from boligdesk.ui.drafting import DraftKeeper
from boligdesk.ui.theme import SPACE_2, SPACE_3, set_role
from boligdesk.ui.widgets import Card, EmptyState, label, tidy, wrapping
from boligdesk.ui.widgets.fact_fields import ClashRow, TextAnswer
from boligdesk.ui.widgets.fact_form import FactForm

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from boligdesk.services.errors import ConflictError, UserError
    from boligdesk.services.records.cases import ApplicationDetail, CaseDetail
    from boligdesk.services.records.common import FactDraft
    from boligdesk.ui.page import Window

_SOURCES = (
    FactSource.CONVERSATION,
    FactSource.APPLICATION,
    FactSource.DOCUMENT,
    FactSource.REGISTER,
    FactSource.INSPECTION,
    FactSource.STAFF,
)
_TEXT_HIGH = 96


@dataclass(frozen=True, slots=True)
class Clash:
    """A refused save. ``touched``: the texts that somebody else has changed too."""

    error: ConflictError
    facts: tuple[FactDraft, ...]
    texts: dict[str, str]
    touched: frozenset[str]


class ApplicationTab(QWidget):
    """One save at a time: an answer given while another is on its way waits for the fresh record.

    ``reread`` asks the page for the case anew after each save; the page then calls ``show_case``.
    """

    def __init__(self, window: Window, reread: Callable[[], None]) -> None:
        super().__init__()
        self._window, self._reread = window, reread
        self._case_id: UUID | None = None
        self._application: ApplicationDetail | None = None
        self._busy = False
        self._clash: Clash | None = None
        self.form = FactForm(APPLICATION, window.today)
        self.what_it_takes, self.own_attempts = TextAnswer(_TEXT_HIGH), TextAnswer(_TEXT_HIGH)
        self._text_rows: dict[str, ClashRow] = {}
        self._texts_card()
        self.source = QComboBox()
        self.source.setAccessibleName("Hvor opplysningene kommer fra")
        for source in _SOURCES:
            self.source.addItem(source.label, source.value)
        fields = {
            "what_it_takes": self.what_it_takes,
            "own_attempts": self.own_attempts,
            **{f"fact:{key}": field for key, field in self.form.texts().items()},
        }
        self.drafts = DraftKeeper(window, fields, "case", None, "soknad", parent=self)
        self._lay_out()
        self.form.answered.connect(lambda _key: self.save())
        for field in (self.what_it_takes, self.own_attempts):
            field.left.connect(self.save)

    def _texts_card(self) -> None:
        card = Card("Med søkerens ord")
        for name, text, help_text, field in (
            ("what_it_takes", "&Hva skal til for at det skal fungere?", "", self.what_it_takes),
            (
                "own_attempts",
                "E&gne forsøk",
                "Hva har søkeren gjort selv for å finne bolig?",
                self.own_attempts,
            ),
        ):
            self._text_rows[name] = ClashRow(text, field, help_text)
            card.add(self._text_rows[name])
        self.form.add_card(card)

    def _lay_out(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, SPACE_3, 0, 0)
        outer.setSpacing(SPACE_2)
        self._top = QWidget()
        line = QHBoxLayout(self._top)
        tidy(line)
        line.addWidget(
            wrapping("Svarene lagres når du går videre. «Vet ikke» er ikke det samme som «Nei».", "sub"), 1
        )
        line.addWidget(self.drafts.status)
        name = label("&Kilde for det du skriver nå")
        name.setBuddy(self.source)
        line.addWidget(name)
        line.addWidget(self.source)
        outer.addWidget(self._top)
        outer.addWidget(self.drafts.offer)
        self._area = QScrollArea()
        self._area.setAccessibleName("Søknad og behov")
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        set_role(inside, "scroll")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, SPACE_2, 0)
        column.addWidget(self.form)
        self._area.setWidget(inside)
        outer.addWidget(self._area, 1)
        self._none = EmptyState("Saken har ingen søknad.", icon="document")
        outer.addWidget(self._none, 1)

    def show_case(self, detail: CaseDetail, *, may_write: bool) -> None:
        """Fill the form; answers being written are left alone."""
        application = detail.application
        other = detail.id != self._case_id
        if other:
            self.keep()
            self.form.clear_facts()
        self._case_id, self._application, self._busy = detail.id, application, False
        for widget in (self._top, self._area):
            widget.setVisible(application is not None)
        self._none.setVisible(application is None)
        if application is None:
            return
        self.form.set_facts(application.facts)
        for name, field in self._texts():
            stored = str(getattr(application, name))
            if (other or not field.hasFocus()) and field.toPlainText() != stored:
                field.setPlainText(stored)
        self.form.set_enabled(may_write, "Saken er avsluttet.")
        for _name, field in self._texts():
            field.setReadOnly(not may_write)
        self.source.setEnabled(may_write)
        if other:
            self.drafts.aim("case", detail.id, detail.number)
            self.drafts.look()
        self._settle()
        if not other and may_write:
            self.save_answers()

    def keep(self) -> None:
        """Save what can be saved, and the rest as a draft."""
        if self._case_id is not None:
            self.save()
            self.drafts.keep()

    def focus_start(self) -> None:
        first = next(iter(self.form.fields.values()), None)
        if first is not None:
            first.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        """Everything that says something new, in one save."""
        application, case_id = self._application, self._case_id
        if application is None or case_id is None or self._busy or not self.source.isEnabled():
            return
        facts = self.form.drafts(str(self.source.currentData()))
        texts = self._new_texts(application)
        if not facts and not texts:
            return
        self._busy = True
        for fact in facts:
            self.form.fields[fact.key].sent()
        self._window.save(
            lambda: self._write(case_id, application.version, texts, facts),
            owner=self,
            done=lambda _saved: self._stored(),
            invalid=lambda error: self._refused(error, facts),
            conflict=lambda error: self._conflict(error, facts, texts, application),
        )

    def save_answers(self) -> None:
        """Answers given while the last save was under way; a text that is being written waits."""
        writing = any(field.hasFocus() for _name, field in self._texts())
        if self.form.drafts() and not writing:
            self.save()

    def give_up_waiting(self) -> None:
        """The fresh record could not be read: answers may be saved again."""
        self._busy = False

    def _write(
        self, case_id: UUID, version: int, texts: dict[str, str], facts: tuple[FactDraft, ...]
    ) -> Saved:
        """In the database lane. Until the fresh record is here nothing more is saved; after a failure it may be."""
        is_stored = False
        try:
            saved = self._window.services.cases.save_application(
                case_id, version, texts.get("what_it_takes"), texts.get("own_attempts"), facts
            )
            is_stored = True
        finally:
            self._busy = is_stored
        return saved

    def _stored(self) -> None:
        if self._application is not None and not self.form.drafts():
            self.drafts.done()
        self._reread()

    def _refused(self, error: UserError, facts: tuple[FactDraft, ...]) -> bool:
        for fact in facts:
            self.form.fields[fact.key].set_answer(fact.state, fact.value)
        field = self.form.fields.get(error.field) if isinstance(error, InvalidInput) else None
        line = field.row if field else self._text_rows.get(getattr(error, "field", ""))
        if line is None:
            return False
        line.set_error(" ".join(part for part in (error.title, error.what, error.todo) if part))
        line.field.setFocus()
        return True

    def _conflict(
        self,
        error: ConflictError,
        facts: tuple[FactDraft, ...],
        texts: dict[str, str],
        before: ApplicationDetail,
    ) -> None:
        """Nothing of it was stored. What only I touched is saved again; the rest is shown with both answers."""
        touched = {
            name
            for name in texts
            if name in error.theirs and (error.theirs[name] or "") != getattr(before, name)
        }
        self._clash = Clash(error, facts, texts, frozenset(touched))
        self._reread()

    def _settle(self) -> None:
        clash, self._clash = self._clash, None
        if clash is None:
            return
        theirs, by = clash.error.theirs, clash.error.theirs_by
        for fact in clash.facts:
            field = self.form.fields[fact.key]
            if fact.key in clash.error.mine:
                mine = str(clash.error.mine[fact.key])
                field.show_clash(mine, str(theirs.get(fact.key) or ""), by, partial(self._insist, fact))
            else:
                field.set_answer(fact.state, fact.value)
        for name, text in clash.texts.items():
            if name in clash.touched:
                self._text_rows[name].show_clash(
                    text, str(theirs.get(name) or ""), by, partial(self._insist_text, name, text)
                )
            else:
                dict(self._texts())[name].setPlainText(text)

    def _insist(self, fact: FactDraft) -> None:
        self.form.fields[fact.key].set_answer(fact.state, fact.value)
        self.save()

    def _insist_text(self, name: str, text: str) -> None:
        dict(self._texts())[name].setPlainText(text)
        self.save()

    def _texts(self) -> tuple[tuple[str, TextAnswer], ...]:
        return ("what_it_takes", self.what_it_takes), ("own_attempts", self.own_attempts)

    def _new_texts(self, application: ApplicationDetail) -> dict[str, str]:
        return {
            name: field.toPlainText().strip()
            for name, field in self._texts()
            if field.toPlainText().strip() != str(getattr(application, name))
        }
