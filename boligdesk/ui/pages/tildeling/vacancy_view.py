"""The chosen vacancy: what it is, the list or the offer it has, and the one act that comes next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from boligdesk.domain.access import Right
from boligdesk.domain.allocation_catalog import OfferState, VacancyStage
from boligdesk.domain.calendar import short_date
from boligdesk.services.errors import UserError
from boligdesk.ui.offer_words import answer_words
from boligdesk.ui.places import Place
from boligdesk.ui.printing import ListPrint
from boligdesk.ui.theme import SPACE_2, SPACE_3, set_role
from boligdesk.ui.widgets import Action, Button, Card, FactGrid, MessageArea, tidy, wrapping

from .demands import DemandsDialog
from .dialogs import OfferDialog, withdraw_offer, withdraw_vacancy
from .offer_card import OfferCard
from .shortlist_view import ShortlistPart, print_columns
from .vacancy_head import VacancyHead, demand_words, frozen_words

if TYPE_CHECKING:
    from uuid import UUID

    from boligdesk.services.errors import ConflictError
    from boligdesk.services.records.allocation import (
        Candidate,
        Explanation,
        OfferRow,
        ShortlistRef,
        ShortlistView,
        VacancyDetail,
    )
    from boligdesk.services.records.common import Saved
    from boligdesk.ui.page import Window

#: A short rest on a row before it is asked why it stands there.
WHY_AFTER_MS = 80
_S = VacancyStage
_LISTED = frozenset({_S.PROPOSED, _S.INTAKE_TEAM})
_AFTER_OFFER = frozenset({_S.OFFER_SENT, _S.ACCEPTED, _S.CONTRACT, _S.MOVED_IN})
_PROPOSAL = "Listen er et forslag. Inntaksteamet bestemmer. Avvik fra rekkefølgen må begrunnes."


@dataclass(frozen=True, slots=True)
class Chosen:
    """A vacancy as read: with its list when it has one to show."""

    detail: VacancyDetail
    shortlist: ShortlistView | None


class VacancyView(QWidget):
    """``above`` scrolls with the rest. ``moved_on`` carries a vacancy that may stand in another stage now."""

    moved_on = Signal(object)
    shown = Signal()

    def __init__(self, window: Window, above: QWidget) -> None:
        super().__init__()
        self.window_ = window
        rights = window.services.user.rights
        self._may_allocate = Right.ALLOCATE in rights
        self._may_withdraw = Right.WRITE_DWELLINGS in rights
        self.wanted: UUID | None = None
        self.wants_offer = False
        """The offer takes the focus when it has come."""
        self.found: Chosen | None = None
        self._frozen: ShortlistRef | None = None
        self._asking = QTimer(self)
        self._asking.setSingleShot(True)
        self._asking.setInterval(WHY_AFTER_MS)
        self._asking.timeout.connect(self._ask_why)
        self._build(above)
        self._connect()

    def _build(self, above: QWidget) -> None:
        column = QVBoxLayout(self)
        tidy(column, SPACE_3)
        inside = QWidget()
        set_role(inside, "scroll")
        self._inner = QVBoxLayout(inside)
        tidy(self._inner, SPACE_3)
        self._inner.addWidget(above)
        self.head = VacancyHead(may_allocate=self._may_allocate, may_withdraw=self._may_withdraw)
        self.messages = MessageArea()
        self.offer = OfferCard(self.window_, may_allocate=self._may_allocate)
        self.earlier = wrapping("", "sub")
        self.facts_card = Card("Dette vet vi om boligen")
        self.facts = FactGrid(label_width=190)
        self.facts_card.add(self.facts)
        self.shortlist = ShortlistPart(self.window_)
        self._parts = (self.head, self.messages, self.offer, self.earlier, self.facts_card, self.shortlist)
        for widget in self._parts[:-1]:
            self._inner.addWidget(widget)
        self._inner.addWidget(self.shortlist, 1)
        self._filler = QWidget()
        self._inner.addWidget(self._filler, 1)
        self.area = QScrollArea()
        self.area.setAccessibleName("Valgt bolig")
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(inside)
        column.addWidget(self.area, 1)
        column.addWidget(self._footer())
        self.show_nothing()

    def _footer(self) -> QWidget:
        self.footer = QFrame()
        set_role(self.footer, "plain")
        line = QHBoxLayout(self.footer)
        tidy(line, SPACE_2)
        self.proposal = wrapping(_PROPOSAL, "sub")
        line.addWidget(self.proposal, 1)
        self.print_button = Button("Skriv ut", self.print_shortlist, icon="print")
        self.give = Button("Gi tilbud …", self.give_offer, icon="home_heart")
        self.make = Button("Lag forslag", self.freeze, icon="task_list_ltr", kind="primary")
        self.send = Button("Send til inntaksteam", self.send_to_team, icon="people_team", kind="primary")
        for button in (self.print_button, self.give, self.make, self.send):
            line.addWidget(button)
        return self.footer

    def _connect(self) -> None:
        self.head.demands_wanted.connect(self.change_demands)
        self.head.dwelling_wanted.connect(self.open_dwelling)
        self.head.withdraw_wanted.connect(self._withdraw_vacancy)
        self.head.frozen_wanted.connect(self.show_frozen)
        self.offer.withdraw_wanted.connect(lambda offer: withdraw_offer(self.window_, offer, self).open())
        self.offer.letter_wanted.connect(self.open_letter)
        self.offer.case_wanted.connect(lambda offer: self.window_.go(Place("sak", subject=offer.case_id)))
        self.shortlist.chosen.connect(self._candidate_chosen)
        self.shortlist.ticked.connect(self._ticks_changed)
        self.shortlist.opened.connect(self._open_candidate)

    def show_nothing(self) -> None:
        """Only what is above."""
        self.found, self.wanted = None, None
        for part in self._parts:
            part.hide()
        self.footer.hide()
        self._filler.show()

    def open_vacancy(self, vacancy_id: UUID) -> None:
        """Another vacancy, or the same one anew with the list of today."""
        self.wanted, self._frozen = vacancy_id, None
        self.reread()

    def focus_body(self) -> None:
        """Enter on a vacancy: what is to be done with it."""
        if self.offer.isVisibleTo(self):
            self.offer.focus()
        elif self.shortlist.isVisibleTo(self):
            self.shortlist.table.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.make.isVisibleTo(self):
            self.make.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- one vacancy ---------------------------------------------------------------------------------------

    def reread(self) -> None:
        vacancy_id, frozen = self.wanted, self._frozen
        if vacancy_id is None:
            return
        allocation = self.window_.services.allocation

        def read() -> Chosen | UserError:
            try:
                detail = allocation.vacancy(vacancy_id)
                if frozen is not None:
                    return Chosen(detail, allocation.frozen(frozen.id))
                stage = VacancyStage(detail.row.stage)
                wanted = stage in _LISTED or stage is _S.OFFER_SENT
                return Chosen(detail, allocation.shortlist(vacancy_id) if wanted else None)
            except UserError as error:
                return error  # said in the place of the vacancy; the pipeline works

        self.window_.query(read, lambda found: self._arrived(vacancy_id, found), owner=self)

    def _arrived(self, vacancy_id: UUID, found: Chosen | UserError) -> None:
        if vacancy_id != self.wanted:
            return
        if isinstance(found, UserError):
            self.show_nothing()
            self.window_.tell_error(found, self.reread)
            return
        self.found = found
        self._show(found)

    def _show(self, found: Chosen) -> None:
        detail, today = found.detail, self.window_.today()
        stage = VacancyStage(detail.row.stage)
        live = next((offer for offer in detail.offers if offer.is_live), None)
        shown_offer = live or (detail.offers[0] if stage in _AFTER_OFFER and detail.offers else None)
        has_list = found.shortlist is not None and (
            self._frozen is not None or (live is None and stage in _LISTED)
        )
        self.head.show()
        self.footer.show()
        self.head.show_vacancy(detail, today)
        self._say_about(detail, stage, live)
        self.offer.setVisible(shown_offer is not None and self._frozen is None)
        if shown_offer is not None:
            self.offer.show_offer(shown_offer, _next(found.shortlist))
        self._say_earlier(detail, shown_offer)
        show_facts = stage is _S.VACANT and live is None and self._frozen is None
        self.facts_card.setVisible(show_facts)
        if show_facts:
            self.facts.set_facts(_fact_lines(detail))
        self.shortlist.setVisible(has_list)
        self._filler.setVisible(not has_list)
        if has_list and found.shortlist is not None:
            may_tick = self._may_allocate and self._frozen is None
            unknown = detail.unknown_facts if self._frozen is None else ()
            self.shortlist.show_list(found.shortlist, unknown, may_tick=may_tick)
            self.shortlist.select_first()
        self._show_footer(stage, live, has_list=has_list)
        if self.wants_offer and self.offer.isVisibleTo(self):
            self.wants_offer = False
            self.offer.focus()
        self.shown.emit()

    def _say_about(self, detail: VacancyDetail, stage: VacancyStage, live: OfferRow | None) -> None:
        """That it is an old list, else what must be found out before a list is made."""
        if self._frozen is not None:
            self.messages.show_message(
                "info",
                f"Du ser {frozen_words(self._frozen)[:1].lower()}{frozen_words(self._frozen)[1:]}. Slik var listen da.",
                (Action("Vis listen nå", self.show_now),),
            )
        elif detail.unknown_facts and stage is _S.VACANT and live is None:
            what = ", ".join(detail.unknown_facts).lower()
            self.messages.show_message(
                "warn",
                f"Finn ut dette om boligen før forslaget lages: {what}. Det som er ukjent, utelukker ingen.",
                (Action("Åpne boligen", self.open_dwelling, closes=False),),
            )
        else:
            self.messages.clear()

    def _say_earlier(self, detail: VacancyDetail, shown: OfferRow | None) -> None:
        said = [f"{offer.applicant}: {_ended(offer)}" for offer in detail.offers if offer is not shown]
        self.earlier.setText("Tidligere tilbud om boligen: " + "; ".join(said) if said else "")
        self.earlier.setVisible(bool(said))

    def _show_footer(self, stage: VacancyStage, live: OfferRow | None, *, has_list: bool) -> None:
        is_now = has_list and self._frozen is None
        self.proposal.setText(_PROPOSAL if has_list else "")
        self.print_button.setVisible(has_list)
        self.make.setVisible(
            self._may_allocate and stage is _S.VACANT and live is None and self._frozen is None
        )
        self.send.setVisible(self._may_allocate and is_now)
        self.give.setVisible(self._may_allocate and is_now)
        self.footer.setVisible(
            any(one.isVisibleTo(self.footer) for one in (self.print_button, self.make, self.send))
        )
        self._ticks_changed()

    # --- the list of applicants ----------------------------------------------------------------------------

    def _candidate_chosen(self, row: Candidate | None) -> None:
        if self.found is not None and row is not None:
            self._fit_give(row)
            self._asking.start()

    def _ask_why(self) -> None:
        """The whole list is reckoned to answer: passing a row on the way to another does not ask."""
        found, frozen, row = self.found, self._frozen, self.shortlist.current()
        if found is None or row is None:
            return
        allocation, vacancy_id = self.window_.services.allocation, found.detail.row.id

        def read() -> Explanation | UserError:
            try:
                return allocation.why(vacancy_id, row.entry_id, frozen.id if frozen is not None else None)
            except UserError as error:
                return error  # the list has changed meanwhile: it is being read anew

        def arrived(told: Explanation | UserError) -> None:
            now = self.shortlist.current()
            if not isinstance(told, UserError) and now is not None and now.entry_id == row.entry_id:
                self.shortlist.explain(told)

        self.window_.query(read, arrived, owner=self)

    def _fit_give(self, row: Candidate) -> None:
        reason = ""
        if row.rank is None:
            reason = "Søkeren oppfyller ikke de absolutte kravene."
        elif row.has_live_offer:
            reason = "Søkeren har et tilbud nå."
        elif row.is_masked:
            reason = "Tilbudet gis av den som har tilgang til saken."
        self.give.set_reason_disabled(reason)

    def _ticks_changed(self) -> None:
        count = len(self.shortlist.ticked_rows())
        stage = VacancyStage(self.found.detail.row.stage) if self.found is not None else _S.VACANT
        again = " på nytt" if stage is _S.INTAKE_TEAM else ""
        self.send.setText(f"Send {count} til inntaksteam{again}")
        self.send.set_reason_disabled("" if count else "Kryss av minst én søker.")

    def _open_candidate(self, row: Candidate) -> None:
        if row.case_id is not None and not row.is_masked:
            self.window_.go(Place("sak", subject=row.case_id))

    # --- acts ----------------------------------------------------------------------------------------------

    def primary(self) -> None:
        for button in (self.make, self.send):
            if button.isVisibleTo(self) and button.isEnabled():
                button.click()
                return
        for button in (self.offer.write, self.offer.letter):
            if button.isVisibleTo(self):
                button.click()
                return

    def freeze(self) -> None:
        """«Lag forslag»: keep the list as it is now, with its rules."""
        if self.found is None:
            return
        row, allocation = self.found.detail.row, self.window_.services.allocation
        self.window_.save(
            lambda: allocation.freeze(row.id, row.version),
            owner=self,
            done=lambda _saved: self._made(row.id),
            conflict=self._met,
        )

    def _met(self, error: ConflictError) -> None:
        """Somebody else moved it on meanwhile: say so, and show how it stands now."""
        self.window_.tell_error(error)
        self.reread()

    def _made(self, vacancy_id: UUID) -> None:
        self.window_.tell("Forslaget er laget.")  # it is kept for ever: there is nothing to take back
        self.moved_on.emit(vacancy_id)

    def send_to_team(self) -> None:
        if self.found is None:
            return
        row, allocation = self.found.detail.row, self.window_.services.allocation
        entries = tuple(one.entry_id for one in self.shortlist.ticked_rows())
        said = "1 søker er sendt" if len(entries) == 1 else f"{len(entries)} søkere er sendt"
        self.window_.save(
            lambda: allocation.send_to_team(row.id, row.version, entries),
            owner=self,
            said=f"{said} til inntaksteamet.",
            done=lambda _saved: self.moved_on.emit(row.id),
            conflict=self._met,
        )

    def give_offer(self) -> None:
        """To the chosen row; another than the first of those who wait needs a reason."""
        row = self.shortlist.current()
        if self.found is None or row is None or not self.give.isEnabled():
            return
        vacancy = self.found.detail.row.id
        first = _next(self.found.shortlist)
        is_first = first is not None and first.entry_id == row.entry_id

        def given(_saved: Saved) -> None:
            self.wants_offer = True
            self.moved_on.emit(vacancy)

        OfferDialog(self.window_, self.found.detail, row, is_first, given, self).open()

    def change_demands(self) -> None:
        if self.found is not None:
            DemandsDialog(self.window_, self.found.detail, self).open()

    def open_dwelling(self) -> None:
        if self.found is not None:
            self.window_.go(Place("bolig", subject=self.found.detail.row.dwelling_id))

    def open_letter(self, offer: OfferRow) -> None:
        if offer.letter_id is not None:
            self.window_.go(Place("brev", subject=offer.letter_id))
        else:
            state = {"kind": "tilbud", "offer": str(offer.id)}
            self.window_.go(Place("nytt_brev", subject=offer.case_id, state=state))

    def _withdraw_vacancy(self) -> None:
        if self.found is not None:
            withdraw_vacancy(self.window_, self.found.detail, self).open()

    def show_frozen(self, ref: ShortlistRef) -> None:
        """A list as it was shown."""
        self._frozen = ref
        self.reread()

    def show_now(self) -> None:
        self._frozen = None
        self.reread()

    # --- paper ---------------------------------------------------------------------------------------------

    def print_shortlist(self) -> None:
        from boligdesk.ui.printing import PrintDialog

        job = self.printout()
        if job is not None:
            PrintDialog(job, self).open()

    def printout(self) -> ListPrint | None:
        found = self.found
        if found is None or found.shortlist is None or not self.shortlist.isVisibleTo(self):
            return None
        row = found.detail.row
        ref = found.shortlist.ref
        words = (
            frozen_words(ref) if ref is not None else "",
            self.shortlist.rules_words(),
            demand_words(found.detail.demands) if ref is None else "",
            _PROPOSAL,
        )
        return ListPrint(
            f"Forslag til tildeling · {row.address or row.code}",
            tuple(one for one in words if one),
            self.window_.today(),
            print_columns(self.window_.today),
            self.shortlist.rows,
        )


def _next(view: ShortlistView | None) -> Candidate | None:
    """The first in the list who can get an offer."""
    rows = view.candidates if view is not None else ()
    return next((one for one in rows if one.rank is not None and not one.has_live_offer), None)


def _ended(offer: OfferRow) -> str:
    said = answer_words(offer)
    if said:
        return f"{said[:1].lower()}{said[1:]}"
    state = OfferState(offer.state).label.lower() if offer.state in OfferState.codes() else offer.state
    return f"{state}{f' (sendt {short_date(offer.sent_on)})' if offer.sent_on else ''}"


def _fact_lines(detail: VacancyDetail) -> list[tuple[str, str | QWidget]]:
    lines: list[tuple[str, str | QWidget]] = [
        (label, f"{value} · {source.lower()}" if source else value) for label, value, source in detail.facts
    ]
    if detail.share_text:
        lines.append(("Bomiljø", detail.share_text))
    return lines
