"""Nytt brev (ui.md 4, step 1): the letters that fit the case now, the likeliest chosen already, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QRadioButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from boligdesk.domain.catalog import WrittenForm
from boligdesk.domain.letters import LANGUAGES, Approval, LetterGroup
from boligdesk.services.changes import Kind
from boligdesk.services.errors import UserError
from boligdesk.services.records.letters import LetterDraft
from boligdesk.ui.page import Page, Window
from boligdesk.ui.places import Place
from boligdesk.ui.theme import PAGE_MARGINS, SPACE_2, SPACE_3, SPACE_4, font, set_role
from boligdesk.ui.widgets import (
    ErrorState,
    LoadingState,
    PageHeader,
    Pill,
    SegmentedFilter,
    clear,
    label,
    row,
    tidy,
    wrapping,
)

if TYPE_CHECKING:
    from uuid import UUID

    from boligdesk.services.changes import Changes
    from boligdesk.services.records.cases import CaseDetail
    from boligdesk.services.records.common import Saved
    from boligdesk.services.records.letters import KindChoice

_INDENT = 26


class NyttBrevPage(Page):
    """``state``: kind (with track or offer) of a letter that is to begin at once, without a choice."""

    key = "nytt_brev"
    window_title = "Nytt brev"

    def __init__(self, window: Window, parent: QWidget | None = None) -> None:
        super().__init__(window, parent)
        self._case_id: UUID | None = None
        self._detail: CaseDetail | None = None
        self._choices: tuple[KindChoice, ...] = ()
        self._wanted: dict[str, Any] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(*PAGE_MARGINS)
        column.setSpacing(SPACE_3)
        self.header = PageHeader("Nytt brev")
        self.header.set_primary("Start brevet", self.primary, "arrow_right")
        column.addWidget(self.header)
        self.language = SegmentedFilter("Målform", LANGUAGES)
        self._language_line = row(label("Målform", "sub"), self.language)
        column.addWidget(self._language_line)
        self.stack = QStackedWidget()
        column.addWidget(self.stack, 1)
        self._list = QWidget()
        set_role(self._list, "scroll")
        self._body = QVBoxLayout(self._list)
        tidy(self._body, SPACE_2)
        self.area = QScrollArea()
        self.area.setAccessibleName("Brev som passer til saken")
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(self._list)
        self.stack.addWidget(self.area)
        self.loading = LoadingState()
        self.stack.addWidget(self.loading)
        self._error: QWidget | None = None
        self.group = QButtonGroup(self)

    # --- for the window ------------------------------------------------------------------------------------

    def open(self, place: Place) -> None:
        self._case_id = place.subject
        self._wanted = dict(place.state)
        self._choices = ()
        clear(self._body)
        self._set_ready(False)
        self.stack.setCurrentWidget(self.loading)
        self.loading.start("Finner brevene som passer …")
        self._load()

    def state(self) -> dict[str, Any]:
        """Who comes back wants to choose, not to begin the same letter once more."""
        chosen = self._chosen()
        return {"chosen": str(chosen.kind) if chosen else ""}

    def changed(self, changes: Changes) -> None:
        if self.isVisible() and changes.touches(Kind.LETTER, Kind.ASSESSMENT):
            self._load()

    def refresh(self) -> None:
        self._load()

    def primary(self) -> None:
        choice = self._chosen()
        if choice is not None:
            self._start(choice)

    def focus_start(self) -> None:
        button = self.group.checkedButton()
        (button or self.area).setFocus(Qt.FocusReason.OtherFocusReason)

    def help_text(self) -> str:
        return (
            "Her er brevene som passer til saken nå. Det som er mest sannsynlig, er valgt for deg. "
            "Piltastene velger et annet, Enter starter brevet. Finnes det en kladd fra før, åpnes den."
        )

    def subject_person(self) -> UUID | None:
        return self._detail.identity.person_id if self._detail else None

    def subject_case(self) -> UUID | None:
        return self._case_id

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self.primary()
            return
        super().keyPressEvent(event)

    # --- reading -------------------------------------------------------------------------------------------

    def _load(self) -> None:
        case_id = self._case_id
        if case_id is None:
            self._failed(
                UserError("Velg saken brevet gjelder først.", todo="Åpne saken, og velg «Nytt brev».")
            )
            return
        cases, letters = self.window_.services.cases, self.window_.services.letters

        def read() -> tuple[CaseDetail, tuple[KindChoice, ...]] | UserError:
            try:
                return cases.reread(case_id), letters.choices(case_id)
            except UserError as error:
                return error  # shown on the page itself

        self.window_.query(read, lambda found: self._arrived(case_id, found), owner=self)

    def _arrived(self, case_id: UUID, found: tuple[CaseDetail, tuple[KindChoice, ...]] | UserError) -> None:
        if case_id != self._case_id:
            return
        self.loading.stop()
        if isinstance(found, UserError):
            self._failed(found)
            return
        self._detail, self._choices = found
        self._show(self._detail)
        if "kind" in self._wanted:
            self._begin_wanted()

    def _show(self, detail: CaseDetail) -> None:
        name, number = detail.identity.name, detail.number
        self.header.set_title("Nytt brev", f"{name} · sak {number}")
        self.header.set_crumbs(
            (
                ("Saker", lambda: self.window_.go(Place("saker"))),
                (f"{number} {name}", lambda: self.window_.go(Place("sak", subject=detail.id))),
                ("Nytt brev", None),
            )
        )
        self.language.set_value("nn" if detail.identity.written_form == WrittenForm.NYNORSK else "nb")
        self._fill()
        self.stack.setCurrentWidget(self.area)
        self._set_ready(bool(self._choices))
        self.focus_start()

    def _fill(self) -> None:
        clear(self._body)
        self.group = QButtonGroup(self)
        wanted = str(self._wanted.get("kind") or self._wanted.get("chosen") or "")
        first = next((one for one in self._choices if one.kind == wanted), None)
        first = first or next(iter(self._choices), None)
        groups = dict.fromkeys(choice.group for choice in self._choices)
        for group in groups:
            self._body.addWidget(label(LetterGroup(group).label, "h2"))
            for number, choice in enumerate(self._choices):
                if choice.group == group:
                    self._add(
                        number, choice, is_first=choice is first, is_likely=number == 0 and bool(choice.why)
                    )
            self._body.addSpacing(SPACE_4)
        self._body.addStretch(1)

    def _add(self, number: int, choice: KindChoice, *, is_first: bool, is_likely: bool) -> None:
        button = QRadioButton(choice.label)
        button.setFont(font("strong"))
        button.setChecked(is_first)
        words = " ".join(part for part in (choice.why, _approval_words(choice.approval)) if part)
        button.setAccessibleName(f"{choice.label}. {words}")
        self.group.addButton(button, number)
        self._body.addWidget(row(button, Pill("info", "Foreslått")) if is_likely else row(button))
        below = QHBoxLayout()
        below.setContentsMargins(_INDENT, 0, 0, SPACE_2)
        below.addWidget(wrapping(words, "sub"), 1)
        carrier = QWidget()
        carrier.setLayout(below)
        self._body.addWidget(carrier)

    def _failed(self, error: UserError) -> None:
        self.loading.stop()
        self._set_ready(False)
        if self._error is not None:
            self.stack.removeWidget(self._error)
            self._error.deleteLater()
        self._error = ErrorState.of(error, self._load if self._case_id else None)
        self.stack.addWidget(self._error)
        self.stack.setCurrentWidget(self._error)

    def _set_ready(self, ready: bool) -> None:
        self._language_line.setVisible(ready)
        if self.header.primary is not None:
            self.header.primary.setVisible(ready)

    # --- starting ------------------------------------------------------------------------------------------

    def _chosen(self) -> KindChoice | None:
        number = self.group.checkedId()
        return self._choices[number] if 0 <= number < len(self._choices) else None

    def _begin_wanted(self) -> None:
        """The place was opened for one letter: begin it, unless it does not fit the case any more."""
        wanted, self._wanted = self._wanted, {}
        for choice in self._choices:
            if (
                choice.kind == wanted["kind"]
                and str(wanted.get("track") or choice.track_id) == str(choice.track_id)
                and str(wanted.get("offer") or choice.offer_id) == str(choice.offer_id)
            ):
                self._start(choice)
                return
        self.window_.tell("Dette brevet passer ikke til saken nå. Velg et annet, eller åpne saken.")

    def _start(self, choice: KindChoice) -> None:
        case_id, language = self._case_id, self.language.value()
        if case_id is None:
            return
        letters = self.window_.services.letters
        draft = LetterDraft(case_id, choice.kind, language, choice.track_id, choice.offer_id)

        def done(saved: Saved) -> None:
            self.window_.go(Place("brev", subject=saved.id))

        def refused(error: UserError) -> bool:
            self.window_.tell_error(error)
            return True

        self.window_.save(lambda: letters.start(draft), owner=self, done=done, invalid=refused)


def _approval_words(code: str) -> str:
    return {
        Approval.NONE.value: "Trenger ingen godkjenning.",
        Approval.ONE_MORE.value: "Skal godkjennes av en til.",
        Approval.LEADER.value: "Skal godkjennes av en leder.",
    }.get(code, "")
