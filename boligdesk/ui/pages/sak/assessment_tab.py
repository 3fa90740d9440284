"""«Vurdering»: each legal question of the case with its conditions and conclusion. A person decides; the rules suggest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QScrollArea, QVBoxLayout, QWidget

from boligdesk.domain.catalog import TrackLaw
from boligdesk.services.errors import InvalidInput, UserError
from boligdesk.ui.places import Place
from boligdesk.ui.theme import SPACE_2, SPACE_3, set_role
from boligdesk.ui.widgets import (
    Button,
    Card,
    ErrorState,
    IconLabel,
    Pill,
    SectionHeading,
    clear,
    label,
    row,
    rule,
    tidy,
    wrapping,
)
from boligdesk.ui.widgets.act_dialog import ActDialog, fault_words

from .assessment_conclusion import Concluded, ConclusionForm
from .assessment_condition import ConditionLine, judged_words
from .assessment_words import has_suggestion, is_concluded, letter_kind, track_pill

if TYPE_CHECKING:
    from uuid import UUID

    from boligdesk.services.errors import ConflictError
    from boligdesk.services.records.assessment import Assessment, ConditionDraft, PriorityView, TrackDetail
    from boligdesk.services.records.cases import CaseDetail
    from boligdesk.services.records.common import Saved
    from boligdesk.ui.page import Window


#: More than these are counted, not told: each condition says it itself.
_MOST_HINDRANCES = 3


class TrackPanel(Card):
    """One legal question. It keeps its widgets between readings, so that what is being written stays."""

    def __init__(self, window: Window, case_id: UUID, track: TrackDetail, parent_tab: AssessmentTab) -> None:
        super().__init__(track.label)
        self._window, self._case_id, self._tab = window, case_id, parent_tab
        self.track = track
        self._version = track.version
        self.lines: dict[str, ConditionLine] = {}
        self._pill = Pill("neutral", "")
        if self.heading is not None:
            self.heading.add_action(self._pill)
        self._who = wrapping("", "cap")
        self.add(self._who)
        self._count = label("", "sub")
        self.accept_all = Button("Bruk alle forslag", self._accept_all, icon="checkmark")
        self.add(row(self._count, self.accept_all, stretch_last=False))
        self._conditions = QVBoxLayout()
        tidy(self._conditions, 0)
        self.body.addLayout(self._conditions)
        self.add(rule())
        self._why_not = QVBoxLayout()
        tidy(self._why_not, 3)
        self.body.addLayout(self._why_not)
        self._end = QVBoxLayout()
        tidy(self._end)
        self.body.addLayout(self._end)
        self.conclusion: ConclusionForm | None = None
        self.concluded: Concluded | None = None
        self._shown_end: object = None

    def show_track(
        self, track: TrackDetail, priority: PriorityView | None, *, has_children: bool, may_write: bool
    ) -> None:
        self.track, self._version = track, track.version
        spec = track_pill(track)
        self._pill.set_spec(spec)
        self._who.setText(
            f"Avgjøres av {_inside(track.decision_body)} · klage til {_inside(track.appeal_body)}"
        )
        is_open = may_write and not is_concluded(track)
        self._show_conditions(is_open)
        suggestions = [one for one in track.conditions if has_suggestion(one)]
        self._count.setText(judged_words(track.conditions))
        self.accept_all.setVisible(is_open and len(suggestions) > 0)
        self.accept_all.setText(f"Bruk alle forslag ({len(suggestions)})")
        self._show_why_not(is_open)
        self._show_end(priority, has_children=has_children, may_write=may_write)

    def _show_conditions(self, is_open: bool) -> None:
        keys = [one.key for one in self.track.conditions]
        if keys != list(self.lines):
            clear(self._conditions)
            self.lines = {}
            for key in keys:
                line = ConditionLine(self._window, self._case_id, self.track.law)
                line.accept_wanted.connect(lambda key: self.accept((key,)))
                line.judged.connect(self._judge)
                self.lines[key] = line
                self._conditions.addWidget(line)
        for one in self.track.conditions:
            self.lines[one.key].show_row(one, may_write=is_open)

    def _show_why_not(self, is_open: bool) -> None:
        clear(self._why_not)
        if not is_open or not self.track.why_not:
            return
        said = " ".join(self.track.why_not[:_MOST_HINDRANCES])
        left = len(self.track.why_not) - _MOST_HINDRANCES
        more = f" Og {left} til." if left > 0 else ""
        line = wrapping(f"Før du kan konkludere: {said}{more}")
        self._why_not.addWidget(row(IconLabel("warning", "warn", 16), line, stretch_last=True))

    def _show_end(self, priority: PriorityView | None, *, has_children: bool, may_write: bool) -> None:
        """The form while the question is open; what was concluded afterwards. Made anew only when it is another."""
        track = self.track
        done = is_concluded(track)
        about = (
            done,
            may_write,
            has_children,
            priority,
            track.letter_id,
            track.conclusion_text if done else "",
        )
        if about == self._shown_end:
            return
        self.keep()
        self._shown_end = about
        clear(self._end)
        self.conclusion = self.concluded = None
        if done:
            self.concluded = Concluded(track, priority, may_write=may_write)
            self.concluded.letter_wanted.connect(self._write_letter)
            self.concluded.reopen_wanted.connect(self._reopen)
            self._end.addWidget(self.concluded)
        elif may_write:
            self.conclusion = ConclusionForm(
                self._window, self._case_id, track, priority, has_children=has_children
            )
            self.conclusion.conclude_wanted.connect(self._conclude)
            self._end.addWidget(self.conclusion)

    def keep(self) -> None:
        """Drafts of everything that is being written."""
        for line in self.lines.values():
            line.keep()
        if self.conclusion is not None:
            self.conclusion.drafts.keep()

    def accept(self, keys: tuple[str, ...]) -> None:
        assessment, version = self._window.services.assessment, self._version
        self._window.save(
            lambda: assessment.accept_suggestions(self._case_id, self.track.id, version, keys),
            owner=self,
            said="Forslaget er brukt." if len(keys) == 1 else f"{len(keys)} forslag er brukt.",
            done=self._stored,
            conflict=self._met,
        )

    def _accept_all(self) -> None:
        self.accept(tuple(one.key for one in self.track.conditions if has_suggestion(one)))

    def _judge(self, draft: ConditionDraft) -> None:
        assessment, version, line = self._window.services.assessment, self._version, self.lines[draft.key]

        def done(saved: Saved) -> None:
            line.stored()
            self._stored(saved)

        self._window.save(
            lambda: assessment.assess(self._case_id, self.track.id, version, draft),
            owner=self,
            said="Vurderingen er lagret.",
            done=done,
            invalid=lambda error: _beside(error, line),
            conflict=self._met,
        )

    def _conclude(self) -> None:
        form = self.conclusion
        draft = form.draft() if form is not None else None
        if form is None or draft is None:
            return
        assessment, version = self._window.services.assessment, self._version

        def done(saved: Saved) -> None:
            form.drafts.done()
            self._stored(saved)

        self._window.save(
            lambda: assessment.conclude(self._case_id, self.track.id, version, draft),
            owner=self,
            said="Vurderingen er konkludert.",
            done=done,
            invalid=lambda error: _beside(error, form),
            conflict=self._met,
        )

    def _stored(self, saved: Saved) -> None:
        self._version = saved.version
        self._tab.area.setFocus(Qt.FocusReason.OtherFocusReason)  # the button that was pressed may go away
        self._tab.refresh()

    def _met(self, error: ConflictError) -> None:
        """Somebody else judged meanwhile: what is being written stays, the rest is read anew."""
        self._window.tell_error(error)
        self._tab.refresh()

    def _write_letter(self) -> None:
        track = self.track
        if track.letter_id is not None:
            self._window.go(Place("brev", subject=track.letter_id))
            return
        state = {"kind": letter_kind(track), "track": str(track.id)}
        self._window.go(Place("nytt_brev", subject=self._case_id, state=state))

    def _reopen(self) -> None:
        ReopenDialog(self._window, self._case_id, self.track, self._version, self).open()


class ReopenDialog(ActDialog):
    """Back to assessment, with why."""

    def __init__(
        self, window: Window, case_id: UUID, track: TrackDetail, version: int, parent: QWidget
    ) -> None:
        super().__init__(
            window, "Åpne vurderingen igjen", "Det som er skrevet, blir stående og kan endres.", "Åpne vurderingen", parent, 480
        )  # fmt: skip
        self._case_id, self._track_id, self._version = case_id, track.id, version
        self.reason = QLineEdit()
        self.form.add("reason", "&Hvorfor åpnes vurderingen igjen?", self.reason)
        self.body.addWidget(self.form)
        self.body.addStretch(1)
        self.reason.setFocus()

    def save(self) -> None:
        assessment, reason = self.window_.services.assessment, self.reason.text()
        self.send(lambda: assessment.reopen_track(self._case_id, self._track_id, self._version, reason))

    def said(self) -> str:
        return "Vurderingen er åpnet igjen."


class AssessmentTab(QWidget):
    """Reads by itself; ``show_case`` says which case."""

    def __init__(self, window: Window) -> None:
        super().__init__()
        self._window = window
        self._case_id: UUID | None = None
        self._may_write = False
        self.panels: dict[UUID, TrackPanel] = {}
        self.found: Assessment | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, SPACE_3, 0, 0)
        outer.setSpacing(SPACE_2)
        self._rules = wrapping("", "sub")
        outer.addWidget(self._rules)
        self.area = QScrollArea()
        self.area.setAccessibleName("Vurdering")
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        set_role(inside, "scroll")
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, SPACE_2, 0)
        self._column.setSpacing(SPACE_3)
        self._tracks = QVBoxLayout()
        tidy(self._tracks, SPACE_3)
        self._column.addLayout(self._tracks)
        self._column.addStretch(1)
        self.area.setWidget(inside)
        outer.addWidget(self.area, 1)
        self._error: ErrorState | None = None

    def show_case(self, detail: CaseDetail, *, may_write: bool) -> None:
        if detail.id != self._case_id:
            self.keep()
            self.panels = {}
            self.found = None
            clear(self._tracks)
        self._case_id, self._may_write = detail.id, may_write
        self.refresh()

    def refresh(self) -> None:
        case_id = self._case_id
        if case_id is None:
            return
        assessment = self._window.services.assessment

        def read() -> Assessment | UserError:
            try:
                return assessment.of_case(case_id)
            except UserError as error:
                return error  # shown in the tab; the rest of the file works

        self._window.query(read, lambda found: self._arrived(case_id, found), owner=self)

    def _arrived(self, case_id: UUID, found: Assessment | UserError) -> None:
        if case_id != self._case_id:
            return
        if self._error is not None:
            self._error.hide()
            self._error.deleteLater()
            self._error = None
        if isinstance(found, UserError):
            self._rules.setText("")
            self._error = ErrorState.of(found, self.refresh)
            self._tracks.addWidget(self._error)
            return
        self.found = found
        rules = found.rule_set
        self._rules.setText(
            f"Regelsett «{rules.title}», versjon {rules.version}. Forslagene bygger på det som står i saken. Du vurderer."
        )
        for track in found.tracks:
            panel = self.panels.get(track.id)
            if panel is None:
                panel = TrackPanel(self._window, case_id, track, self)
                self.panels[track.id] = panel
                self._tracks.addWidget(panel)
            priority = found.priority if track.law == TrackLaw.LOCAL_RULES else None
            panel.show_track(track, priority, has_children=found.has_children, may_write=self._may_write)
        if not found.tracks:
            clear(self._tracks)
            self._tracks.addWidget(
                SectionHeading(
                    "Ingenting å vurdere", "Søknaden i denne saken har ingen spørsmål som skal avgjøres."
                )
            )

    def keep(self) -> None:
        for panel in self.panels.values():
            panel.keep()

    def focus_start(self) -> None:
        first = next(
            (panel.accept_all for panel in self.panels.values() if panel.accept_all.isVisible()), None
        )
        (first or self.area).setFocus(Qt.FocusReason.OtherFocusReason)


def _beside(error: UserError, form: ConditionLine | ConclusionForm) -> bool:
    return isinstance(error, InvalidInput) and form.show_fault(error.field, fault_words(error))


def _inside(words_: str) -> str:
    """«Klagenemnda» inside a sentence: «klagenemnda»; a name in capitals (NAV) stays."""
    return words_ if words_.isupper() else f"{words_[:1].lower()}{words_[1:]}"
