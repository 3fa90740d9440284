"""The conclusion of a legal question: the outcome, the words that flow into the letter, and what was concluded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from boligdesk.domain.allocation_catalog import TrackOutcome
from boligdesk.domain.catalog import TrackLaw
from boligdesk.services.records.assessment import ConclusionDraft, Terms
from boligdesk.ui.drafting import DraftKeeper
from boligdesk.ui.theme import SPACE_2, SPACE_3
from boligdesk.ui.widgets import (
    Button,
    DateField,
    FactGrid,
    FieldRow,
    FormSection,
    IconLabel,
    SectionHeading,
    SegmentedFilter,
    row,
    tidy,
    wrapping,
)
from boligdesk.ui.widgets.fact_fields import NumberField

from .assessment_condition import FORM_WIDE
from .assessment_words import terms_lines

if TYPE_CHECKING:
    from uuid import UUID

    from boligdesk.services.records.assessment import PriorityView, TrackDetail
    from boligdesk.ui.page import Window

_TEXT_HIGH = 84
_LABEL_WIDTH = 190
_TEXTS = (
    ("conclusion_text", "Begrunnelse for konklusjonen", "Skriv til søkeren med «du». Teksten går inn i brevet."),
    ("wishes_text", "Hva søkeren selv ønsker", ""),
    ("children_text", "Barnets beste", "Hvordan er hensynet til barna vurdert?"),
    ("main_content", "Hjelpen dere gir", "Én setning på hver linje. Setningene står i vedtaket."),
    ("other_help_text", "Annen hjelp dere har vurdert", "Skal alltid stå i et avslag."),
)  # fmt: skip
_NUMBERS = (
    ("bedrooms_min", "Soverom, minst", 0, 20),
    ("bedrooms_max", "Soverom, høyst", 0, 20),
    ("rooms", "Rom", 1, 20),
    ("area_m2", "Areal, m²", 5, 500),
    ("term_months", "Leietid, måneder", 1, 600),
)
_NUMBER_WIDE = 90


class PriorityBox(QWidget):
    """The class that the rules suggest, with why; another class needs a reason."""

    def __init__(self, priority: PriorityView) -> None:
        super().__init__()
        self._suggested = priority.suggested_class
        column = QVBoxLayout(self)
        tidy(column, SPACE_2)
        column.addWidget(SectionHeading("Prioritet", f"Foreslått: {_class_words(priority)}."))
        for reason in priority.reasons:
            column.addWidget(_bullet("info", "info", reason))
        if priority.unknown:
            column.addWidget(
                _bullet("question_circle", "text2", f"Vi vet ikke ennå: {', '.join(priority.unknown)}.")
            )
        self.chosen = QComboBox()
        for code, words in priority.classes:
            self.chosen.addItem(words if words.startswith(code) else f"{code} – {words}", code)
        now = priority.chosen_class or priority.suggested_class
        self.chosen.setCurrentIndex(max(self.chosen.findData(now), 0))
        self.reason = QLineEdit()
        self.reason.setText(priority.overridden_reason)
        self.form = FormSection()
        self.form.setMaximumWidth(FORM_WIDE)
        self.form.add("priority_class", "Prioritet i vedtaket", self.chosen)
        self.form.add("priority_reason", "Hvorfor en annen prioritet enn den foreslåtte?", self.reason)
        column.addWidget(self.form)
        self.chosen.currentIndexChanged.connect(lambda _index: self._fit())
        self._fit()

    def _fit(self) -> None:
        self.form.rows["priority_reason"].setVisible(self.chosen.currentData() != self._suggested)

    def value(self) -> tuple[str, str]:
        """(class, why another than suggested)."""
        code = str(self.chosen.currentData() or "")
        return code, "" if code == self._suggested else self.reason.text().strip()


class TermsBox(QWidget):
    """What a decision says of the dwelling; every field may stand empty."""

    def __init__(self, window: Window, terms: Terms) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        tidy(column, SPACE_2)
        column.addWidget(
            SectionHeading(
                "Boligen vedtaket gjelder", "Foreslått av behovet og reglene. Tomme felt står ikke i brevet."
            )
        )
        self.form = FormSection()
        self.form.setMaximumWidth(FORM_WIDE)
        self._numbers: dict[str, NumberField] = {}
        grid = QGridLayout()
        tidy_grid(grid)
        for place, (key, words, least, most) in enumerate(_NUMBERS):
            field = NumberField(least, most)
            field.setFixedWidth(_NUMBER_WIDE)
            field.set_value(getattr(terms, key))
            self._numbers[key] = field
            self._put(grid, key, FieldRow(words, field), place // 3, place % 3)
        self.valid_to = DateField(window.today)
        self.valid_to.set_value(terms.valid_to)
        self._put(grid, "valid_to", FieldRow("Godkjenningen gjelder til", self.valid_to), 1, 2)
        self.floor_need, self.follow_up = QLineEdit(terms.floor_need), QLineEdit(terms.follow_up)
        column.addLayout(grid)
        self.form.add("floor_need", "Etasje", self.floor_need)
        self.form.add("follow_up", "Oppfølging i boligen", self.follow_up)
        column.addWidget(self.form)

    def _put(self, grid: QGridLayout, key: str, line: FieldRow, at: int, across: int) -> None:
        line.field.setObjectName(key)
        self.form.rows[key] = line
        grid.addWidget(line, at, across)

    def value(self) -> Terms:
        return Terms(
            **{key: field.value() for key, field in self._numbers.items()},
            valid_to=self.valid_to.value(),
            floor_need=self.floor_need.text().strip(),
            follow_up=self.follow_up.text().strip(),
        )


def tidy_grid(grid: QGridLayout) -> None:
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(SPACE_3)
    grid.setVerticalSpacing(SPACE_2)
    grid.setColumnStretch(3, 1)


class ConclusionForm(QWidget):
    """``concluded`` asks to store ``draft()``. The texts are kept as drafts until then."""

    conclude_wanted = Signal()

    def __init__(
        self, window: Window, case_id: UUID, track: TrackDetail, priority: PriorityView | None, *, has_children: bool
    ) -> None:  # fmt: skip
        super().__init__()
        self._helps = track.law == TrackLaw.BOLIGSOSIALLOVEN
        self._has_children = has_children
        column = QVBoxLayout(self)
        tidy(column, SPACE_3)
        column.addWidget(SectionHeading("Konklusjon"))
        self.outcome = SegmentedFilter(
            "Konklusjon", [(TrackOutcome.GRANTED.value, "Innvilges"), (TrackOutcome.REFUSED.value, "Avslås")]
        )
        self.outcome.set_value(track.proposed_outcome or TrackOutcome.GRANTED.value)
        self.form = FormSection()
        self.form.setMaximumWidth(FORM_WIDE)
        self.form.add("outcome", "Søknaden", self.outcome)
        self.texts: dict[str, QPlainTextEdit] = {}
        for key, words, help_text in _TEXTS:
            field = QPlainTextEdit()
            field.setTabChangesFocus(True)
            field.setFixedHeight(_TEXT_HIGH)
            stored = getattr(track, key)
            field.setPlainText("\n".join(stored) if isinstance(stored, tuple) else stored)
            self.texts[key] = field
            self.form.add(key, words, field, help_text)
        self.drafts = DraftKeeper(
            window, dict(self.texts), "case", case_id, f"konklusjon:{track.law}", parent=self
        )
        column.addWidget(self.drafts.offer)
        column.addWidget(self.form)
        self.priority = PriorityBox(priority) if priority is not None else None
        self.terms = TermsBox(window, track.terms)
        for box in (self.priority, self.terms):
            if box is not None:
                column.addWidget(box)
        line = QHBoxLayout()
        tidy(line)
        self.conclude = Button("Konkluder", self.conclude_wanted.emit, icon="checkmark")
        line.addWidget(self.conclude)
        line.addWidget(self.drafts.status)
        line.addStretch(1)
        column.addLayout(line)
        self.outcome.changed.connect(lambda _code: self._fit())
        self._fit()
        self.drafts.look()

    def _fit(self) -> None:
        granted = self.outcome.value() == TrackOutcome.GRANTED
        self.form.rows["children_text"].setVisible(self._has_children)
        self.form.rows["main_content"].setVisible(self._helps and granted)
        if self.priority is not None:
            self.priority.setVisible(granted)
        self.terms.setVisible(granted and not self._helps)

    def draft(self) -> ConclusionDraft | None:
        """What stands in the fields; None after a field that cannot be read has been shown."""
        if (
            self.terms.isVisibleTo(self)
            and self.terms.form.set_errors(self.terms.form.own_errors()) is not None
        ):
            return None
        said = {key: field.toPlainText().strip() for key, field in self.texts.items()}
        content = tuple(line.strip() for line in said.pop("main_content").splitlines() if line.strip())
        code, why = self.priority.value() if self.priority is not None else ("", "")
        return ConclusionDraft(
            outcome=self.outcome.value(),
            main_content=content,
            terms=self.terms.value(),
            priority_class=code,
            priority_reason=why,
            **said,
        )

    def show_fault(self, field: str, text: str) -> bool:
        """Beside its field; False when there is none of that name."""
        forms = [self.form, self.terms.form, *([self.priority.form] if self.priority is not None else [])]
        found = [
            form for form in forms if form.set_errors({field: text} if field in form.rows else {}) is not None
        ]
        return bool(found)


class Concluded(QWidget):
    """What was concluded, and the way on: the letter, or open the assessment again."""

    letter_wanted = Signal()
    reopen_wanted = Signal()

    def __init__(self, track: TrackDetail, priority: PriorityView | None, *, may_write: bool) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        tidy(column, SPACE_2)
        column.addWidget(SectionHeading("Konklusjon"))
        known = track.proposed_outcome in TrackOutcome.codes()
        lines = [
            ("Søknaden", TrackOutcome(track.proposed_outcome).label if known else ""),
            ("Begrunnelse", track.conclusion_text),
            ("Søkeren ønsker", track.wishes_text),
            ("Barnets beste", track.children_text),
            ("Hjelpen dere gir", "\n".join(track.main_content)),
            ("Annen hjelp vurdert", track.other_help_text),
        ]
        if known and track.proposed_outcome == TrackOutcome.GRANTED and track.law == TrackLaw.LOCAL_RULES:
            lines.append(("Prioritet", _class_words(priority) if priority else ""))
            lines += terms_lines(track.terms)
        column.addWidget(FactGrid([line for line in lines if line[1]], label_width=_LABEL_WIDTH))
        if not may_write:
            return
        self.letter = Button(
            "Åpne brevet" if track.letter_id else "Skriv brevet", self.letter_wanted.emit, icon="mail"
        )
        buttons: list[QWidget] = [self.letter]
        if track.letter_id is None and track.decided_on is None:
            buttons.append(Button("Åpne vurderingen igjen …", self.reopen_wanted.emit, kind="link"))
        column.addWidget(row(*buttons))


def _class_words(priority: PriorityView) -> str:
    code, words = (
        (priority.chosen_class, priority.chosen_label)
        if priority.chosen_class
        else (priority.suggested_class, priority.suggested_label)
    )
    shown = words if words.startswith(code) else f"{code} – {words}"
    return shown.removesuffix(".") if shown.strip(" –") else "ingen prioritet"


def _bullet(icon: str, role: str, text: str) -> QWidget:
    return row(IconLabel(icon, role, 16), wrapping(text), stretch_last=True)
