"""One condition of a legal question: what is judged, what the facts suggest, and the form for one's own judgement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from boligdesk.domain.allocation_catalog import ConditionOutcome
from boligdesk.services.records.assessment import ConditionDraft
from boligdesk.ui.drafting import DraftKeeper
from boligdesk.ui.theme import SPACE_2, set_role
from boligdesk.ui.widgets import (
    Button,
    DateField,
    FormSection,
    Pill,
    SegmentedFilter,
    clear,
    tidy,
    wrapping,
)

from .assessment_words import condition_pill, has_suggestion, source_words, suggestion_words

if TYPE_CHECKING:
    from uuid import UUID

    from boligdesk.services.records.assessment import ConditionRow
    from boligdesk.ui.page import Window

_TEXT_HIGH = 76
#: Longer lines than this are hard to read while writing.
FORM_WIDE = 760
_O = ConditionOutcome
_CHOICES = ((_O.MET, "Oppfylt"), (_O.NOT_MET, "Ikke oppfylt"), (_O.UNSET, "Mangler"), (_O.EXCEPTION, "Unntak"),
            (_O.NOT_RELEVANT, "Ikke aktuelt"))  # fmt: skip


class ConditionForm(QWidget):
    """Outcome, reason, reason of an exception, day. ``saved`` asks to store ``draft()``."""

    save_wanted = Signal()
    closed = Signal()

    def __init__(self, window: Window, case_id: UUID, field: str, row: ConditionRow) -> None:
        super().__init__()
        self._key = row.key
        column = QVBoxLayout(self)
        tidy(column, SPACE_2)
        choices = [
            (code.value, word) for code, word in _CHOICES if code is not _O.EXCEPTION or row.allows_exception
        ]
        self.outcome = SegmentedFilter(f"{row.label}: er vilkåret oppfylt?", choices)
        self.outcome.set_value(row.outcome or (row.suggested if has_suggestion(row) else _O.MET.value))
        self.reason, self.exception = _text_field(), _text_field()
        self.reason.setPlainText(row.reason_text or row.suggested_why)
        self.exception.setPlainText(row.exception_reason)
        self.checked_on = DateField(window.today)
        self.checked_on.set_value(row.checked_on or window.today())
        self.form = FormSection()
        self.form.setMaximumWidth(FORM_WIDE)
        self.form.add("outcome", "Er vilkåret oppfylt?", self.outcome)
        self.form.add("reason_text", "Begrunnelse", self.reason, "Teksten går inn i brevet.")
        self.form.add("exception_reason", "Hvorfor gis det unntak?", self.exception)
        self.form.add("checked_on", "Kontrollert", self.checked_on)
        self.drafts = DraftKeeper(
            window, {"reason_text": self.reason, "exception_reason": self.exception}, "case", case_id, field, parent=self
        )  # fmt: skip
        column.addWidget(self.drafts.offer)
        column.addWidget(self.form)
        line = QHBoxLayout()
        tidy(line)
        self.save = Button("Lagre vurderingen", self.save_wanted.emit, icon="checkmark")
        line.addWidget(self.save)
        line.addWidget(Button("Lukk uten å lagre", self.closed.emit, kind="quiet"))
        line.addStretch(1)
        line.addWidget(self.drafts.status)
        column.addLayout(line)
        self.outcome.changed.connect(lambda _code: self._fit())
        self._fit()
        self.drafts.look()

    def _fit(self) -> None:
        self.form.rows["exception_reason"].setVisible(self.outcome.value() == _O.EXCEPTION)

    def draft(self) -> ConditionDraft | None:
        """What stands in the fields; None when a date cannot be read (then it is shown)."""
        if self.form.set_errors(self.form.own_errors()) is not None:
            return None
        return ConditionDraft(
            self._key,
            self.outcome.value(),
            self.reason.toPlainText().strip(),
            self.exception.toPlainText().strip(),
            self.checked_on.value(),
        )


def _text_field() -> QPlainTextEdit:
    made = QPlainTextEdit()
    made.setTabChangesFocus(True)
    made.setFixedHeight(_TEXT_HIGH)
    return made


class ConditionLine(QFrame):
    """``accept_wanted`` carries the key, ``judged`` a ConditionDraft. A form that is open stays as it is."""

    accept_wanted = Signal(str)
    judged = Signal(object)

    def __init__(self, window: Window, case_id: UUID, law: str) -> None:
        super().__init__()
        self._window, self._case_id, self._law = window, case_id, law
        self.row: ConditionRow | None = None
        self.form: ConditionForm | None = None
        self._may_write = False
        set_role(self, "plain")
        self._words = QVBoxLayout(self)
        tidy(self._words, 3)
        self._words.setContentsMargins(0, 4, 0, 8)

    def show_row(self, row: ConditionRow, *, may_write: bool) -> None:
        if (row, may_write) == (self.row, self._may_write):
            return
        self.row, self._may_write = row, may_write
        if self.form is None:
            self._fill()

    def _fill(self) -> None:
        row = self.row
        if row is None:
            return
        clear(self._words)
        self._words.addWidget(self._top(row))
        if self.form is not None:
            self._words.addWidget(self.form)
            return
        if row.outcome:
            for text, role in (
                (row.reason_text, "body"),
                (f"Unntak: {row.exception_reason}" if row.exception_reason else "", "body"),
                (source_words(row, self._window.today()), "cap"),
            ):
                if text:
                    self._words.addWidget(wrapping(text, role))
        else:
            self._fill_open(row)

    def _top(self, row: ConditionRow) -> QWidget:
        carrier = QWidget()
        top = QHBoxLayout(carrier)
        tidy(top)
        title = wrapping(row.label, "strong")
        title.setToolTip(row.law)
        top.addWidget(title, 1)
        spec = condition_pill(row.outcome)
        top.addWidget(Pill(spec.tone, spec.word, spec.icon, quiet=spec.quiet))
        if self._may_write and self.form is None:
            button = Button("Endre" if row.outcome else "Vurder", self.open_form, icon="edit", kind="link")
            button.setAccessibleName(f"{'Endre vurderingen av' if row.outcome else 'Vurder'}: {row.label}")
            top.addWidget(button)
        return carrier

    def _fill_open(self, row: ConditionRow) -> None:
        if row.question:
            self._words.addWidget(wrapping(row.question, "sub"))
        if has_suggestion(row):
            line = QWidget()
            across = QHBoxLayout(line)
            tidy(across)
            across.addWidget(wrapping(suggestion_words(row)), 1)
            if self._may_write:
                use = Button("Bruk", lambda: self.accept_wanted.emit(row.key), icon="checkmark")
                use.setAccessibleName(f"Bruk forslaget: {row.label}")
                across.addWidget(use, 0, Qt.AlignmentFlag.AlignTop)
            self._words.addWidget(line)
        elif row.suggested_why:
            self._words.addWidget(wrapping(row.suggested_why))
        if row.missing:
            self._words.addWidget(wrapping(f"Vi vet ikke ennå: {', '.join(row.missing).lower()}.", "cap"))

    def open_form(self) -> None:
        """One's own judgement, starting from what is stored or suggested."""
        if self.row is None or self.form is not None:
            return
        form = ConditionForm(self._window, self._case_id, f"vilkar:{self._law}:{self.row.key}", self.row)
        form.save_wanted.connect(self._send)
        form.closed.connect(self.close_form)
        self.form = form
        self._fill()
        form.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_form(self) -> None:
        """What was typed stays as a draft."""
        form, self.form = self.form, None
        if form is not None:
            form.drafts.keep()
        self._fill()

    def stored(self) -> None:
        """The judgement is kept: the form and its draft go."""
        form, self.form = self.form, None
        if form is not None:
            form.drafts.done()
        self._fill()

    def keep(self) -> None:
        if self.form is not None:
            self.form.drafts.keep()

    def show_fault(self, field: str, text: str) -> bool:
        return self.form is not None and self.form.form.set_errors({field: text}) is not None

    def _send(self) -> None:
        draft = self.form.draft() if self.form is not None else None
        if draft is not None:
            self.judged.emit(draft)


def judged_words(rows: tuple[ConditionRow, ...]) -> str:
    """«4 av 6 vilkår er vurdert»."""
    done = sum(bool(row.outcome) and row.outcome != _O.UNSET for row in rows)
    return f"{done} av {len(rows)} vilkår er vurdert"
