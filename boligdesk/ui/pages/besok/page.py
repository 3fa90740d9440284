"""Besøk: what was seen, said and thought, apart; corrections above what they correct."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from boligdesk.domain.access import Right
from boligdesk.services.changes import Kind
from boligdesk.ui.page import Page, Window
from boligdesk.ui.places import Place
from boligdesk.ui.printing import ListPrint
from boligdesk.ui.tables import Column
from boligdesk.ui.theme import PAGE_MARGINS, SPACE_3, set_role
from boligdesk.ui.visit_words import outcome_pill, place_words, when_words
from boligdesk.ui.whole_list import show
from boligdesk.ui.widgets import Button, Card, FactGrid, PageHeader, Pill, clear, tidy, wrapping

from .words import TEXTS, changed_lines, headline, printed_lines, side_facts

if TYPE_CHECKING:
    from uuid import UUID

    from boligdesk.services.changes import Changes
    from boligdesk.services.records.work import VisitDetail, VisitDraft

_LINE_WIDTH = 760


class BesokPage(Page):
    key = "besok"
    window_title = "Besøk"

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._id: UUID | None = None
        self.detail: VisitDetail | None = None
        self._may_write = Right.WRITE_GUIDANCE in window.services.user.rights
        column = QVBoxLayout(self)
        column.setContentsMargins(*PAGE_MARGINS)
        column.setSpacing(SPACE_3)
        self.header = PageHeader("Besøk")
        self.pill = Pill("neutral", "")
        self.header.add_widget(self.pill)
        self.person_button = self.header.add_secondary("Åpne personen", self._open_person, "person")
        self.header.add_secondary("Skriv ut …", self._print, "print")
        if self._may_write:
            self.header.set_primary("Rett besøket …", self._correct, "edit")
        column.addWidget(self.header)
        inner = QWidget()
        set_role(inner, "scroll")
        self._cards = QVBoxLayout(inner)
        tidy(self._cards, SPACE_3)
        self.area = QScrollArea()
        self.area.setAccessibleName("Besøket")
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(inner)
        column.addWidget(self.area, 1)

    # --- what the window asks -------------------------------------------------------------------------------

    def open(self, place: Place) -> None:
        if place.subject != self._id:
            self.detail = None
            self.area.hide()
            self.pill.hide()
            self.header.set_title("Besøk", "Henter besøket …")
        self._id = place.subject
        self.refresh()

    def changed(self, changes: Changes) -> None:
        if self._id in changes.ids and changes.touches(Kind.VISIT) and self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        visit_id = self._id
        if visit_id is None:
            return

        def done(found: VisitDetail) -> None:
            if found.id == self._id:
                self._show(found)

        self.window_.query(lambda: self.window_.services.guidance.detail(visit_id), done, owner=self)

    def primary(self) -> None:
        if self._may_write:
            self._correct()

    def focus_start(self) -> None:
        self.area.setFocus(Qt.FocusReason.OtherFocusReason)

    def subject_person(self) -> UUID | None:
        return self.detail.draft.person_id if self.detail else None

    def subject_case(self) -> UUID | None:
        return self.detail.draft.case_id if self.detail else None

    def printout(self) -> ListPrint | None:
        """Facts only: the assessment goes on paper when it is asked for."""
        return self.paper(with_assessment=False)

    def help_text(self) -> str:
        return (
            "Her leser du ett besøk. «Rett besøket …» skriver en rettelse; den første teksten blir stående under. "
            "Utskriften har fakta. Vurderingen kommer med når du velger det."
        )

    # --- showing --------------------------------------------------------------------------------------------

    def _show(self, found: VisitDetail) -> None:
        self.detail = found
        draft = found.draft
        self.header.set_title(found.person, headline(draft))
        back = ("Bo-oppfølging", lambda: self.window_.go(Place("bo_oppfolging")))
        self.header.set_crumbs((back, (found.person, None)))
        self.pill.set_spec(outcome_pill(draft.outcome))
        self.pill.show()
        clear(self._cards)
        for field, title in TEXTS:
            self._cards.addWidget(_text_card(title, getattr(draft, field)))
        facts = Card("Mer om besøket")
        facts.add(FactGrid(side_facts(draft, found.by, found.written_at)))
        self._cards.addWidget(_narrow(facts))
        newer = draft
        for number, earlier in enumerate(found.corrections):
            self._cards.addWidget(
                _earlier_card(newer, earlier, is_first=number == len(found.corrections) - 1)
            )
            newer = earlier
        self._cards.addStretch(1)
        self.area.show()

    # --- acts -----------------------------------------------------------------------------------------------

    def _correct(self) -> None:
        if self._id is not None:
            self.window_.go(Place("nytt_besok", subject=self._id, tab="rett"))

    def _open_person(self) -> None:
        if self.detail is not None:
            self.window_.go(Place("person", subject=self.detail.draft.person_id))

    def paper(self, *, with_assessment: bool) -> ListPrint | None:
        """The visit for the person to read."""
        found = self.detail
        if found is None:
            return None
        columns = (
            Column[tuple[str, str]]("name", "Opplysning", lambda r: r[0]),
            Column[tuple[str, str]]("text", "Tekst", lambda r: r[1]),
        )
        lines = printed_lines(found, with_assessment=with_assessment)
        words = ("Fakta og vurdering" if with_assessment else "Fakta", place_words(found.draft.place))
        when = when_words(found.draft.starts_at) if found.draft.starts_at else "besøk"
        title = f"{found.person}, {when}"
        return ListPrint(title, words, self.window_.today(), columns, lines, landscape=False)

    def _print(self) -> None:
        if self.detail is not None:
            PrintChoice(self).open()


class PrintChoice(QDialog):
    """Facts alone, or the assessment too."""

    def __init__(self, page: BesokPage) -> None:
        super().__init__(page)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._page = page
        self.setWindowTitle("Skriv ut besøket")
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(SPACE_3)
        column.addWidget(wrapping("Skriv ut besøket", "h1"))
        column.addWidget(wrapping("Utskriften har det som ble observert, det personen sa, og neste steg."))
        self.with_assessment = QCheckBox("Ta med vurderingen")
        column.addWidget(self.with_assessment)
        line = QHBoxLayout()
        tidy(line)
        line.addWidget(Button("Gå tilbake", self.reject))
        line.addStretch(1)
        self.act = Button("Vis utskriften", self._go, kind="primary")
        line.addWidget(self.act)
        column.addLayout(line)
        self.setMinimumWidth(440)

    def _go(self) -> None:
        job = self._page.paper(with_assessment=self.with_assessment.isChecked())
        self.accept()
        show(self._page, job)


def _narrow(card: Card) -> Card:
    """Lines of text that can be read."""
    card.setMaximumWidth(_LINE_WIDTH)
    return card


def _text_card(title: str, text: str) -> Card:
    card = Card(title)
    shown = wrapping(text or "Ikke skrevet.", "body" if text else "sub")
    shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    card.add(shown)
    return _narrow(card)


def _earlier_card(newer: VisitDraft, earlier: VisitDraft, *, is_first: bool) -> Card:
    card = Card("Slik sto det først" if is_first else "Slik sto det før", role="panel")
    lines = changed_lines(newer, earlier)
    card.add(FactGrid(lines or [("Teksten", "Ingen av feltene var annerledes.")]))
    return _narrow(card)
