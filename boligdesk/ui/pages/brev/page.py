"""One letter (ui.md 4): written beside its own picture, checked, approved by another, and as it was sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from boligdesk.domain.letters import LetterKind
from boligdesk.services.changes import Kind
from boligdesk.services.errors import UserError
from boligdesk.ui.drafting import DraftKeeper
from boligdesk.ui.letter_files import LetterFiles
from boligdesk.ui.letter_words import the_letter
from boligdesk.ui.page import Page, Window
from boligdesk.ui.places import Place
from boligdesk.ui.theme import PAGE_MARGINS, SPACE_2, SPACE_3, set_role
from boligdesk.ui.whole_list import COMING
from boligdesk.ui.widgets import (
    ErrorState,
    LoadingState,
    MessageArea,
    PageHeader,
    SegmentedFilter,
    tidy,
    wrapping,
)

from . import words
from .acts import LetterActs
from .checks import CheckCard, StepRow
from .merged import MergedCard
from .preview import PreviewSide
from .settled import ApprovalCard, SettledCard
from .writing import WritingCard

if TYPE_CHECKING:
    from uuid import UUID

    from boligdesk.domain.letter_check import Finding
    from boligdesk.services.changes import Changes
    from boligdesk.services.records.letters import LetterDetail, Preview
    from boligdesk.ui.printing import ListPrint

#: Drawn anew this long after the last key: the page shall be there after 400 ms, drawing included.
DRAW_AFTER_MS = 150
#: Width of the page itself from which both halves stand side by side (a window of 1366 less its edges).
WIDE_FROM = 1090
_LEFT, _RIGHT = 440, 640
_HALVES = (("innhold", "Innhold"), ("brevet", "Forhåndsvisning"))


class BrevPage(Page):
    key = "brev"
    window_title = "Brev"

    def __init__(self, window: Window, parent: QWidget | None = None) -> None:
        super().__init__(window, parent)
        self.detail: LetterDetail | None = None
        self.findings: tuple[Finding, ...] = ()
        self._letter_id: UUID | None = None
        self.keeper: DraftKeeper | None = None
        self.was_printed = False
        self.acts = LetterActs(self)
        self._build()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(DRAW_AFTER_MS)
        self._soon.timeout.connect(self.draw)

    # --- building ------------------------------------------------------------------------------------------

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(*PAGE_MARGINS)
        column.setSpacing(SPACE_2)
        self.header = PageHeader("Brev")
        column.addWidget(self.header)
        self.stack = QStackedWidget()
        column.addWidget(self.stack, 1)
        self._whole = QWidget()
        whole = QVBoxLayout(self._whole)
        tidy(whole, SPACE_2)
        self.steps = StepRow()
        self.halves = SegmentedFilter("Vis", _HALVES)
        self.halves.changed.connect(lambda _key: self._fit())
        self.kept = QHBoxLayout()
        tidy(self.kept)
        top = QHBoxLayout()
        tidy(top)
        top.addWidget(self.steps, 1)
        top.addLayout(self.kept)
        top.addWidget(self.halves)
        whole.addLayout(top)
        self.messages = MessageArea()
        whole.addWidget(self.messages)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(SPACE_3)
        self.left = self._left_side()
        self.side = PreviewSide(self.window_, self.acts.print_draft)
        self.split.addWidget(self.left)
        self.split.addWidget(self.side)
        self.split.setStretchFactor(0, 2)
        self.split.setStretchFactor(1, 3)
        self.split.setSizes([_LEFT, _RIGHT])
        whole.addWidget(self.split, 1)
        self.stack.addWidget(self._whole)
        self.loading = LoadingState()
        self.stack.addWidget(self.loading)
        self._error: QWidget | None = None

    def _left_side(self) -> QWidget:
        holder = QWidget()
        outer = QVBoxLayout(holder)
        tidy(outer, SPACE_2)
        inner = QWidget()
        set_role(inner, "scroll")
        self._cards = QVBoxLayout(inner)
        tidy(self._cards, SPACE_3)
        self.draft_offer = QVBoxLayout()
        tidy(self.draft_offer, 0)
        self._cards.addLayout(self.draft_offer)
        self.settled = SettledCard()
        self.approvals = ApprovalCard()
        self.checks = CheckCard(self.fix)
        self.writing = WritingCard(self.window_.today)
        self.writing.changed.connect(self._typed)
        self.merged = MergedCard(self.fix)
        for card in (self.settled, self.approvals, self.checks, self.writing, self.merged):
            self._cards.addWidget(card)
        self._cards.addStretch(1)
        area = QScrollArea()
        area.setAccessibleName("Innholdet i brevet")
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inner)
        outer.addWidget(area, 1)
        self.foot = wrapping("", "cap")
        self.buttons = QHBoxLayout()
        tidy(self.buttons)
        outer.addLayout(self.buttons)
        outer.addWidget(self.foot)
        return holder

    # --- for the window ------------------------------------------------------------------------------------

    def open(self, place: Place) -> None:
        other = place.subject != self._letter_id
        self._letter_id = place.subject
        if other:
            self.detail, self.findings, self.was_printed = None, (), False
            self.messages.clear()
            self.side.view.clear("Henter brevet …")
            self.stack.setCurrentWidget(self.loading)
            self.loading.start("Henter brevet …")
        letter_id, letters = self._letter_id, self.window_.services.letters
        if letter_id is not None:
            self._read(letter_id, lambda: letters.detail(letter_id))
        else:
            self._failed(
                UserError("Velg et brev først.", todo="Gå til «Vedtak og brev», og åpne brevet der.")
            )

    def reread(self) -> None:
        """The same letter after a change: no new opening in the log."""
        letter_id, letters = self._letter_id, self.window_.services.letters
        if letter_id is not None:
            self._read(letter_id, lambda: letters.reread(letter_id))

    def changed(self, changes: Changes) -> None:
        if self.detail is None or not self.isVisible():
            return
        if changes.touches(Kind.LETTER, Kind.ASSESSMENT, Kind.CASE, Kind.PERSON, Kind.ALLOCATION):
            self.reread()

    def refresh(self) -> None:
        self.reread()

    def primary(self) -> None:
        if self.acts.primary is not None and self.acts.primary.isEnabled():
            self.acts.primary.click()

    def focus_start(self) -> None:
        if self.detail is None:
            return
        first = self.writing.first_field() if self.acts.may_edit else None
        target = first or self.side.view.area  # never the button: Enter must not approve or send
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def toggle_detail(self) -> None:
        """F4: pages or plain text."""
        if self.halves.isVisibleTo(self):
            self.halves.set_value("brevet")
            self._fit()
        self.side.toggle_text()

    def printout(self) -> ListPrint | None:
        if self.detail is None:
            return None
        if self.detail.status in words.OPEN:
            self.acts.print_draft()
        else:
            self.acts.print_letter()
        return COMING

    def help_text(self) -> str:
        return (
            "Til venstre skriver du, til høyre ser du brevet slik det blir. «Rett» i kontrollen går til det som "
            "mangler. F4 viser brevet som ren tekst. Det du skriver, lagres som kladd. Et vedtak skal godkjennes av "
            "en annen før det ferdigstilles. Et ferdig brev kan ikke endres; feil rettes med et nytt brev."
        )

    def subject_case(self) -> UUID | None:
        return self.detail.case_id if self.detail else None

    def leave(self) -> None:
        self._soon.stop()
        if self.keeper is not None:
            self.keeper.keep()
        self.acts.keep()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Both halves side by side, or the one that is chosen."""
        is_wide = self.width() >= WIDE_FROM
        self.halves.setVisible(not is_wide)
        shows = self.halves.value()
        self.left.setVisible(is_wide or shows == "innhold")
        self.side.setVisible(is_wide or shows == "brevet")

    # --- reading -------------------------------------------------------------------------------------------

    def _read(self, letter_id: UUID, work: Any) -> None:
        def read() -> LetterDetail | UserError:
            try:
                found: LetterDetail = work()
            except UserError as error:
                return error  # shown on the page itself, where the letter would have been
            return found

        self.window_.query(read, lambda found: self._arrived(letter_id, found), owner=self)

    def _arrived(self, letter_id: UUID, found: LetterDetail | UserError) -> None:
        if letter_id != self._letter_id:
            return
        self.loading.stop()
        if isinstance(found, UserError):
            self._failed(found)
            return
        before, self.detail = self.detail, found
        self.findings = found.findings
        self.stack.setCurrentWidget(self._whole)
        self._show_head(found)
        if before is not None and _form_of(before) == _form_of(found):
            self.writing.refill(found, before)
        else:
            self._rebuild(found)
        self._show_state(found)
        self._fit()
        self.draw()
        if before is None:
            self.focus_start()

    def _rebuild(self, detail: LetterDetail) -> None:
        self.writing.build(detail, read_only=not self.acts.may_edit)
        if self.keeper is not None:
            self.draft_offer.removeWidget(self.keeper.offer)
            self.keeper.offer.deleteLater()
            self.keeper.status.deleteLater()
            self.keeper.deleteLater()
            self.keeper = None
        fields = {**self.writing.texts, **self.writing.lists}
        if self.acts.may_edit and fields:
            self.keeper = DraftKeeper(
                self.window_, fields, "letter", detail.id, "tekster", f"brevet i sak {detail.case_number}",
                parent=self,
            )  # fmt: skip
            self.draft_offer.addWidget(self.keeper.offer)
            self.kept.addWidget(self.keeper.status)
            self.keeper.look()

    def _show_head(self, detail: LetterDetail) -> None:
        name = detail.applicant
        label_ = LetterKind(detail.kind).label
        template = f"mal «{label_}» versjon {detail.template_version}"
        sub = " · ".join(part for part in (name, f"sak {detail.case_number}", template) if part)
        is_vedtak = the_letter(detail.kind) == "vedtaket"
        self.header.set_title(f"Vedtak: {label_[:1].lower()}{label_[1:]}" if is_vedtak else label_, sub)
        self.header.set_crumbs(
            (
                ("Vedtak og brev", lambda: self.window_.go(Place("vedtak_og_brev"))),
                (
                    f"{detail.case_number} {name}",
                    lambda: self.window_.go(Place("sak", subject=detail.case_id, tab="brev")),
                ),
                ("Vedtak" if is_vedtak else "Brev", None),
            )
        )

    def _show_state(self, detail: LetterDetail) -> None:
        is_open = detail.status in words.OPEN
        self.settled.setVisible(not is_open)
        self.checks.setVisible(is_open)
        self.merged.setVisible(is_open)
        if not is_open:
            self.settled.show_letter(detail)
        self.writing.setVisible(is_open and self.writing.has_fields)
        self.approvals.show_letter(detail)
        self.side.dress(detail)
        self.acts.dress()
        self._show_check()
        if is_open:
            self.merged.show_chips(detail.chips)

    def _show_check(self) -> None:
        detail = self.detail
        if detail is None:
            return
        self.steps.show_steps(words.steps(detail, self.findings))
        title = "Kontroll før sending" if detail.approval == "ingen" else "Kontroll før godkjenning"
        self.checks.show_findings(title, self.findings)
        self.acts.mind(self.findings)

    def _failed(self, error: UserError) -> None:
        if self.detail is not None:
            self.window_.tell_error(error, self.reread)
            return
        if self._error is not None:
            self.stack.removeWidget(self._error)
            self._error.deleteLater()
        self._error = ErrorState.of(error, self.reread)
        self.stack.addWidget(self._error)
        self.stack.setCurrentWidget(self._error)

    # --- the picture ---------------------------------------------------------------------------------------

    def _typed(self) -> None:
        self.acts.mind(self.findings)
        self._soon.start()

    @property
    def draws_soon(self) -> bool:
        """Whether a picture with what was typed last is on its way."""
        return self._soon.isActive()

    def draw(self) -> None:
        """The letter as it stands now, with what is not saved yet, or as it is frozen."""
        self._soon.stop()
        detail, letters = self.detail, self.window_.services.letters
        if detail is None:
            return
        letter_id = detail.id
        if detail.status not in words.OPEN:
            self.window_.query(
                lambda: LetterFiles(letter_id, letters.pdfs(letter_id)),
                lambda files: self._files_came(letter_id, files),
                owner=self,
            )
            return
        changed = self.writing.value() if self.acts.may_edit else None
        self.window_.query(
            lambda: letters.preview(letter_id, changed),
            lambda found: self._preview_came(letter_id, found),
            owner=self,
        )

    def _files_came(self, letter_id: UUID, files: LetterFiles) -> None:
        if self.detail is not None and self.detail.id == letter_id:
            self.side.show_files(self.detail, files)

    def _preview_came(self, letter_id: UUID, found: Preview) -> None:
        if self.detail is None or self.detail.id != letter_id:
            return
        self.findings = found.findings
        self._show_check()
        self.merged.show_chips(found.chips)
        self.side.show_draft(found)

    # --- putting right -------------------------------------------------------------------------------------

    def fix(self, target: str) -> None:
        """[Rett]: to the field here, or to the place where the value comes from."""
        detail = self.detail
        if detail is None:
            return
        if self.halves.isVisibleTo(self):
            self.halves.set_value("innhold")
            self._fit()
        if self.acts.may_edit and self.writing.fix(target):
            return
        if words.is_letterhead(target):
            self.acts.open_letterhead()
        elif place := words.place_to_fix(target, detail):
            self.window_.go(place)
        else:
            self.window_.tell("Dette rettes ikke her. Åpne saken for å se hva som mangler.")


def _form_of(detail: LetterDetail) -> tuple[object, ...]:
    """What the fields depend on: another status, reader or written form makes them anew."""
    keys = tuple(free.key for free in detail.free_texts)
    return detail.id, detail.status in words.OPEN, detail.may_approve, detail.language, keys
