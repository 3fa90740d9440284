"""«Bolig og leie»: the case's place in the queue, and the offers it has had."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from boligdesk.domain.calendar import long_date
from boligdesk.services.errors import UserError
from boligdesk.services.records.allocation import WaitingFilter
from boligdesk.services.records.common import Sort
from boligdesk.ui.offer_words import (
    answer_words,
    consequence_words,
    expires,
    letter_words,
    offer_pill,
    offers_made_words,
    reply_words,
    validity_words,
    waited_words,
    waiting_pill,
)
from boligdesk.ui.places import Place
from boligdesk.ui.theme import SPACE_2, SPACE_3, set_role
from boligdesk.ui.widgets import (
    Button,
    Card,
    ErrorState,
    FactGrid,
    Pill,
    PillSpec,
    clear,
    label,
    row,
    rule,
    tidy,
    wrapping,
)

if TYPE_CHECKING:
    import datetime as dt
    from uuid import UUID

    from boligdesk.services.records.allocation import OfferRow, WaitingRow
    from boligdesk.services.records.cases import CaseDetail
    from boligdesk.ui.page import Window

Found = tuple["WaitingRow | None", "tuple[OfferRow, ...]"]
_LABEL_WIDTH = 150
_OF_ONE = 10


class HomeTab(QWidget):
    """Reads by itself; ``show_case`` says which case. Offers are answered in Tildeling."""

    def __init__(self, window: Window) -> None:
        super().__init__()
        self._window = window
        self._case_id: UUID | None = None
        self._number = ""
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, SPACE_3, 0, 0)
        self.area = QScrollArea()
        self.area.setAccessibleName("Bolig og leie")
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        set_role(inside, "scroll")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, SPACE_2, 0)
        self._cards = QVBoxLayout()
        tidy(self._cards, SPACE_3)
        column.addLayout(self._cards)
        column.addStretch(1)
        self.area.setWidget(inside)
        outer.addWidget(self.area)

    def show_case(self, detail: CaseDetail) -> None:
        if detail.id != self._case_id:
            clear(self._cards)
        self._case_id, self._number = detail.id, detail.number
        self.refresh()

    def refresh(self) -> None:
        case_id, number = self._case_id, self._number
        if case_id is None:
            return
        allocation = self._window.services.allocation

        def read() -> Found | UserError:
            try:
                rows = allocation.waiting(WaitingFilter(text=number), Sort("order"), 0, _OF_ONE).rows
                entry = next((one for one in rows if one.case_id == case_id), None)
                return entry, tuple(allocation.offers_of_case(case_id))
            except UserError as error:
                return error  # shown in the tab; the rest of the file works

        self._window.query(read, lambda found: self._arrived(case_id, found), owner=self)

    def _arrived(self, case_id: UUID, found: Found | UserError) -> None:
        if case_id != self._case_id:
            return
        clear(self._cards)
        if isinstance(found, UserError):
            self._cards.addWidget(ErrorState.of(found, self.refresh))
            return
        entry, offers = found
        self._cards.addWidget(self._waiting(entry))
        self._cards.addWidget(self._offers(offers))

    def _waiting(self, entry: WaitingRow | None) -> Card:
        card = Card("Venteliste")
        if entry is None:
            card.add(
                wrapping("Søkeren står ikke på ventelisten nå. Det skjer når saken er innvilget.", "sub")
            )
            return card
        today = self._window.today()
        if card.heading is not None:
            spec = waiting_pill(entry)
            card.heading.add_action(Pill(spec.tone, spec.word, spec.icon, quiet=spec.quiet))
            card.heading.add_action(
                Button(
                    "Åpne ventelisten",
                    lambda: self._window.go(Place("tildeling", tab="venteliste")),
                    kind="link",
                )
            )
        card.add(FactGrid(_waiting_facts(entry, today), label_width=_LABEL_WIDTH))
        return card

    def _offers(self, offers: tuple[OfferRow, ...]) -> Card:
        card = Card("Tilbud om bolig")
        if not offers:
            card.add(wrapping("Søkeren har ikke fått tilbud om bolig i denne saken.", "sub"))
        for number, offer in enumerate(offers):
            if number:
                card.add(rule())
            card.add(self._offer(offer))
        return card

    def _offer(self, offer: OfferRow) -> QWidget:
        today = self._window.today()
        box = QWidget()
        column = QVBoxLayout(box)
        tidy(column, 3)
        top = QHBoxLayout()
        tidy(top)
        top.addWidget(wrapping(offer.address, "strong"), 1)
        spec = offer_pill(offer, today)
        top.addWidget(Pill(spec.tone, spec.word, spec.icon, quiet=spec.quiet))
        column.addLayout(top)
        for text in _offer_lines(offer, today):
            column.addWidget(wrapping(text, "sub"))
        buttons: list[QWidget] = []
        if offer.is_live:
            buttons.append(Button("Åpne tilbudet", partial(self._open_offer, offer), icon="home_heart"))
        if offer.letter_id is not None:
            buttons.append(Button("Åpne brevet", partial(self._open_letter, offer), icon="mail"))
        if buttons:
            column.addWidget(row(*buttons))
        return box

    def _open_offer(self, offer: OfferRow) -> None:
        self._window.go(Place("tildeling", subject=offer.vacancy_id, state={"offer": str(offer.id)}))

    def _open_letter(self, offer: OfferRow) -> None:
        self._window.go(Place("brev", subject=offer.letter_id))

    def focus_start(self) -> None:
        self.area.setFocus(Qt.FocusReason.OtherFocusReason)


def _waiting_facts(entry: WaitingRow, today: dt.date) -> list[tuple[str, str | QWidget]]:
    until, near = validity_words(entry, today)
    shown: str | QWidget = until
    if expires(entry, today):
        spec = PillSpec("warn", f"{until}, {near}")
        shown = row(Pill(spec.tone, spec.word), label("Må vurderes på nytt", "sub"))
    return [
        ("Prioritet", entry.priority_text or entry.priority_class),
        ("Behov", entry.need_text),
        ("Område", entry.district_text),
        ("Har ventet", f"{waited_words(entry.waiting_since, today)}, siden {long_date(entry.waiting_since)}"),
        ("Tilbud", offers_made_words(entry.offers_made)),
        ("Godkjent til", shown),
    ]


def _offer_lines(offer: OfferRow, today: dt.date) -> list[str]:
    sent = f"Sendt {long_date(offer.sent_on)}" if offer.sent_on else ""
    rank = f"Sto som nr. {offer.rank} i forslaget" if offer.rank else ""
    due = reply_words(offer, today) if offer.is_live else ""
    lines = (
        " · ".join(
            part
            for part in (sent, due, letter_words(offer) if offer.is_live and offer.sent_on is None else "")
            if part
        ),
        answer_words(offer),
        consequence_words(offer.consequence),
        " · ".join(part for part in (rank, offer.chosen_reason) if part),
    )
    return [line for line in lines if line]
