"""«Oversikt»: what is known at a glance to the left, what has happened to the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QSplitter, QVBoxLayout, QWidget

from boligdesk.domain.calendar import full_date, long_date
from boligdesk.domain.catalog import Asks, Channel, FactState, MemberRole, TrackStatus
from boligdesk.domain.people import age_on
from boligdesk.services.errors import UserError
from boligdesk.ui.pages.sak import words
from boligdesk.ui.pages.sak.conditions_card import conditions_card
from boligdesk.ui.pages.sak.note_box import NoteBox
from boligdesk.ui.theme import SPACE_2, SPACE_3, set_role
from boligdesk.ui.widgets import Button, Card, FactGrid, Pill, label, rule, tidy, wrapping
from boligdesk.ui.widgets.timeline import TimelineList

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from PySide6.QtGui import QResizeEvent

    from boligdesk.services.records.assessment import Assessment
    from boligdesk.services.records.cases import CaseDetail, DeadlineRow, TrackRow
    from boligdesk.services.records.people import HouseholdDetail, MemberDraft
    from boligdesk.ui.page import Window

ONE_COLUMN_UNDER = 900
_LABEL_WIDTH = 140
_NOW = (
    "housing_now",
    "housing_now_text",
    "must_leave_by",
    "notice_given",
    "income_kind",
    "income_month",
    "botid_since",
    "residence_basis",
    "residence_until",
)
_NEEDS = (
    "bedrooms",
    "lift_or_ground",
    "step_free",
    "wheelchair",
    "staffed",
    "shielded",
    "follow_up",
    "pets",
    "needs_text",
    "areas_wanted",
    "areas_possible",
    "areas_refused",
)

_SHORT = {
    "housing_now": "Bor nå",
    "housing_now_text": "Om boligen",
    "notice_given": "Sagt opp",
    "income_kind": "Inntekt",
    "income_month": "Etter skatt",
    "botid_since": "Bodd her siden",
    "residence_basis": "Opphold",
    "residence_until": "Opphold til",
    "bedrooms": "Soverom",
    "lift_or_ground": "Heis eller 1. etasje",
    "step_free": "Trinnfri adkomst",
    "wheelchair": "Rullestol inne",
    "staffed": "Base eller bemanning",
    "shielded": "Skjermet bolig",
    "follow_up": "Oppfølging",
    "needs_text": "Mer om behovet",
    "areas_wanted": "Ønsker område",
    "areas_possible": "Kan bo i",
    "areas_refused": "Passer ikke",
}
"""Short words of the overview; the form asks with whole questions."""


class OverviewTab(QWidget):
    """Cards and timeline side by side; below one another when there is little room."""

    def __init__(self, window: Window, act: Callable[[str], object]) -> None:
        super().__init__()
        self._window, self._today, self._act = window, window.today, act
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, SPACE_3, 0, 0)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(SPACE_3)
        outer.addWidget(self.split)
        self._cards = QVBoxLayout()
        tidy(self._cards, SPACE_3)
        self.split.addWidget(self._scroll())
        self.notes = NoteBox(window)
        self.timeline = TimelineList()
        self.timeline.insert_below_heading(self.notes)
        self.split.addWidget(self.timeline)
        self.split.setStretchFactor(0, 4)
        self.split.setStretchFactor(1, 3)
        self.split.setSizes([640, 480])
        self.grids: dict[str, FactGrid] = {}
        self._detail: CaseDetail | None = None
        self._assessment: Assessment | None = None

    def _scroll(self) -> QScrollArea:
        area = QScrollArea()
        area.setAccessibleName("Opplysninger i saken")
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        inside = QWidget()
        set_role(inside, "scroll")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, SPACE_2, 0)
        column.addLayout(self._cards)
        column.addStretch(1)
        area.setWidget(inside)
        return area

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < ONE_COLUMN_UNDER
        way = Qt.Orientation.Vertical if narrow and self.height() > 420 else Qt.Orientation.Horizontal
        if way != self.split.orientation():
            self.split.setOrientation(way)

    def show_case(self, detail: CaseDetail, *, may_note: bool) -> None:
        before, self._detail = self._detail, detail
        if before is None or before.id != detail.id:
            self._assessment = None
        self._read_assessment(detail)
        self.notes.show_case(detail.id, detail.number, may_note)
        whole = {note.id: (_facts_text(note), note.assessment_text) for note in detail.notes}
        self.timeline.set_entries(detail.timeline, whole)
        if before is None or _shown(before) != _shown(detail):
            self._rebuild(detail)

    def _rebuild(self, detail: CaseDetail) -> None:
        while (item := self._cards.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for card in (
            _facts_card("Situasjon nå", detail, _NOW, self._situation(detail), self._open_application),
            _facts_card("Boligbehov", detail, _NEEDS, (), self._open_application),
            self._conditions(),
            self._household(detail.household),
            self._deadlines(detail.deadlines),
            _tracks(detail.tracks),
        ):
            if card is not None:
                self._cards.addWidget(card)

    def _open_application(self) -> None:
        self._act("open_application")

    def _read_assessment(self, detail: CaseDetail) -> None:
        """What is judged comes by itself: without rules, or a right to read them, the rest of the file stands."""
        assessment = self._window.services.assessment

        def read() -> Assessment | None:
            try:
                return assessment.of_case(detail.id)
            except UserError:
                return None  # said where it concerns: in the tab «Vurdering»

        def arrived(found: Assessment | None) -> None:
            if self._detail is not None and self._detail.id == detail.id and found != self._assessment:
                self._assessment = found
                self._rebuild(self._detail)

        self._window.query(read, arrived, owner=self)

    def _conditions(self) -> Card | None:
        return conditions_card(self._assessment, self._today(), lambda: self._act("open_assessment"))

    def _situation(self, detail: CaseDetail) -> tuple[tuple[str, str], ...]:
        application = detail.application
        if application is None:
            return ()
        asks = ", ".join(Asks(code).label for code in application.asks if code in Asks.codes())
        channel = Channel(application.channel).label.lower() if application.channel in Channel.codes() else ""
        came = " · ".join(part for part in (long_date(application.received_on), channel) if part)
        household = detail.household.summary if detail.household else ""
        lines = (
            ("Søker om", asks),
            ("Søknaden kom", came),
            ("Husstand", household),
            ("Egne forsøk", application.own_attempts),
            ("Hva skal til", application.what_it_takes),
        )
        return tuple(line for line in lines if line[1])

    def _household(self, household: HouseholdDetail | None) -> Card | None:
        if household is None:
            return None
        today = self._today()
        here = [member for member in household.members if member.valid_to is None or member.valid_to > today]
        if len(here) < 2:
            return None
        card = Card("Husstand")
        card.add(FactGrid([_member(member, today) for member in here], label_width=_LABEL_WIDTH))
        return card

    def _deadlines(self, rows: tuple[DeadlineRow, ...]) -> Card | None:
        if not rows:
            return None
        card = Card("Frister")
        for number, row in enumerate(rows):
            if number:
                card.add(rule())
            card.add(self._deadline(row))
        return card

    def _deadline(self, row: DeadlineRow) -> QWidget:
        box = QFrame()
        set_role(box, "plain")
        column = QVBoxLayout(box)
        tidy(column, 2)
        top = QHBoxLayout()
        tidy(top)
        top.addWidget(label(row.label, "strong"))
        top.addStretch(1)
        spec = words.deadline_pill(row, self._today())
        top.addWidget(Pill(spec.tone, spec.word, spec.icon))
        column.addLayout(top)
        day = full_date(row.due_on)
        column.addWidget(wrapping(f"{day[:1].upper()}{day[1:]}"))
        column.addWidget(wrapping(row.why, "sub"))
        if row.basis:
            column.addWidget(wrapping("\n".join(row.basis), "cap"))
        return box


def _shown(detail: CaseDetail) -> tuple[object, ...]:
    """What the cards are made of; when it is the same they stay as they are."""
    return detail.id, detail.application, detail.household, detail.deadlines, detail.tracks


def _facts_text(note: object) -> str:
    facts = str(getattr(note, "facts_text", ""))
    whom = str(getattr(note, "with_whom", ""))
    return f"Med {whom}. {facts}" if whom else facts


def _facts_card(
    title: str,
    detail: CaseDetail,
    keys: tuple[str, ...],
    first: tuple[tuple[str, str], ...],
    open_form: Callable[[], None],
) -> Card:
    """What is known, in the words of the catalogue; what nobody has asked about stays on the form."""
    facts = {fact.key: fact for fact in (detail.application.facts if detail.application else ())}
    known = [facts[key] for key in keys if key in facts and facts[key].state == FactState.KNOWN]
    unknown = [
        _SHORT.get(key, facts[key].label).lower()
        for key in keys
        if key in facts and facts[key].state == FactState.UNKNOWN
    ]
    lines = [*first, *((_SHORT.get(fact.key, fact.label), fact.text) for fact in known)]
    if unknown:
        lines.append(("Vet ikke ennå", ", ".join(unknown)))
    card = Card(title)
    if lines:
        card.add(FactGrid(lines, label_width=_LABEL_WIDTH))
    else:
        card.add(wrapping("Det er ikke skrevet noe om dette ennå.", "sub"))
    if card.heading is not None and detail.application is not None:
        button = Button("Endre", open_form, icon="edit", kind="link")
        button.setAccessibleName(f"Endre {title.lower()}")
        card.heading.add_action(button)
    return card


def _member(member: MemberDraft, today: dt.date) -> tuple[str, str]:
    role = MemberRole(member.role).label if member.role in MemberRole.codes() else member.role
    if member.person_id is None:
        when = f" {long_date(member.expected_on)}" if member.expected_on else ""
        return role, f"Ventes{when}"
    age = f", {age_on(member.birth_on, today)} år" if member.birth_on else ""
    share = f" · bor her {member.care_share} %" if member.care_share is not None else ""
    return role, f"{member.name}{age}{share}"


def _tracks(rows: tuple[TrackRow, ...]) -> Card | None:
    if not rows:
        return None
    card = Card("Rettslige spor")
    card.add(wrapping("Hvert spor får sitt eget svar. Klagen går til hvert sitt sted.", "cap"))
    facts: list[tuple[str, str]] = []
    for row in rows:
        status = TrackStatus(row.status).label if row.status in TrackStatus.codes() else row.status
        said = f"{status} · avgjøres av {_inside(row.decision_body)} · klage til {_inside(row.appeal_body)}"
        facts.append((row.label, said))
    grid = FactGrid(facts, label_width=_LABEL_WIDTH)
    for name in grid.findChildren(type(label(""))):
        name.setWordWrap(True)
    card.add(grid)
    return card


def _inside(words_: str) -> str:
    """«Klagenemnda» inside a sentence: «klagenemnda»; a name in capitals (NAV) stays."""
    return words_ if words_.isupper() else f"{words_[:1].lower()}{words_[1:]}"
