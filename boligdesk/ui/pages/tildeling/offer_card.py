"""The offer that holds the vacancy: to whom, how far, until when; the answer, and what it leads to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from boligdesk.domain.allocation_catalog import Consequence, OfferAnswer, OfferState
from boligdesk.domain.calendar import long_date
from boligdesk.services.errors import InvalidInput, UserError
from boligdesk.ui.offer_words import answer_words, consequence_words, letter_words, offer_pill, reply_words
from boligdesk.ui.theme import SPACE_2
from boligdesk.ui.widgets import (
    Button,
    Card,
    DateField,
    FormSection,
    IconLabel,
    Pill,
    clear,
    label,
    row,
    tidy,
    wrapping,
)
from boligdesk.ui.widgets.act_dialog import fault_words
from boligdesk.ui.widgets.flow import FlowRow

if TYPE_CHECKING:
    import datetime as dt

    from boligdesk.services.records.allocation import AfterAnswer, Candidate, OfferRow
    from boligdesk.services.records.common import Saved
    from boligdesk.ui.page import Window

_FORM_WIDE = 560
_WHY = {
    OfferAnswer.NO.value: "&Hvorfor takker søkeren nei?",
    OfferAnswer.NONE.value: "&Hva er gjort for å få tak i søkeren?",
}
_ACTS = {OfferAnswer.NO.value: "Lagre svaret nei", OfferAnswer.NONE.value: "Lagre at søkeren ikke svarte"}
_SAID = {
    OfferAnswer.YES.value: "Søkeren har takket ja.",
    OfferAnswer.NO.value: "Søkeren har takket nei. Boligen kan tilbys en annen.",
    OfferAnswer.NONE.value: "Det er lagret at søkeren ikke svarte. Boligen kan tilbys en annen.",
}


class AnswerForm(QWidget):
    """Why, when, and what the rules propose: in the same place as the buttons."""

    def __init__(self, window: Window, answer: str, after: AfterAnswer | None) -> None:
        super().__init__()
        self.answer = answer
        self.setMaximumWidth(_FORM_WIDE)
        column = QVBoxLayout(self)
        tidy(column, SPACE_2)
        self.reason = QLineEdit()
        self.answered_on = DateField(window.today)
        self.answered_on.set_value(window.today())
        self.consequence = QComboBox()
        for code in Consequence:
            self.consequence.addItem(code.label, code.value)
        self.form = FormSection()
        self.form.add("reason", _WHY[answer], self.reason)
        self.form.add("answered_on", "&Dato", self.answered_on)
        self.form.add(
            "consequence", "&Hva svaret fører til", self.consequence, after.sentence if after else ""
        )
        if after is not None:
            self.consequence.setCurrentIndex(max(self.consequence.findData(after.consequence), 0))
        column.addWidget(self.form)
        if after is not None and after.needs_notice:
            column.addWidget(
                row(
                    IconLabel("warning", "warn", 16),
                    wrapping("Søkeren skal ha varsel og få uttale seg først."),
                    stretch_last=True,
                )
            )


class OfferCard(Card):
    """``withdraw_wanted`` and ``letter_wanted`` carry the OfferRow; answers are stored here."""

    withdraw_wanted = Signal(object)
    letter_wanted = Signal(object)
    case_wanted = Signal(object)

    def __init__(self, window: Window, *, may_allocate: bool) -> None:
        super().__init__("Tilbud")
        self._window, self._may_allocate = window, may_allocate
        self.offer: OfferRow | None = None
        self._next: Candidate | None = None
        self.pill = Pill("neutral", "")
        if self.heading is not None:
            self.heading.add_action(self.pill)
        self._lines = QVBoxLayout()
        tidy(self._lines, 3)
        self.body.addLayout(self._lines)
        self.yes = Button("Ja", lambda: self.answer(OfferAnswer.YES.value), icon="checkmark")
        self.no = Button("Nei", lambda: self.answer(OfferAnswer.NO.value), icon="dismiss")
        self.none = Button("Ikke svart", lambda: self.answer(OfferAnswer.NONE.value), icon="clock")
        for button, words in ((self.yes, "ja"), (self.no, "nei"), (self.none, "ikke svart")):
            button.setAccessibleName(f"Registrer svaret: {words}")
        self.answers = FlowRow(label("Hva svarte søkeren?", "strong"), self.yes, self.no, self.none)
        self.add(self.answers)
        self._place = QVBoxLayout()
        tidy(self._place, SPACE_2)
        self.body.addLayout(self._place)
        self.form: AnswerForm | None = None
        self.write = Button("Skriv tilbudet", self._letter, icon="mail", kind="primary")
        self.letter = Button("Åpne brevet", self._letter, icon="mail")
        self.withdraw = Button("Trekk tilbudet …", self._withdraw, kind="link")
        self.case = Button("Åpne saken", self._case, kind="link")
        self.add(FlowRow(self.write, self.letter, self.case, self.withdraw))

    def show_offer(self, offer: OfferRow, following: Candidate | None) -> None:
        """``following``: who is first in the list now, were the dwelling free."""
        today = self._window.today()
        same = self.offer is not None and self.offer.id == offer.id and self.offer.version == offer.version
        self.offer, self._next = offer, following
        if self.heading is not None:
            self.heading.title.setText(f"Tilbud til {offer.applicant}")
        self.pill.set_spec(offer_pill(offer, today))
        clear(self._lines)
        for text in _lines(offer, today):
            self._lines.addWidget(wrapping(text))
        may = self._may_allocate and not offer.is_masked
        is_sent = offer.state == OfferState.SENT
        self.answers.setVisible(may and is_sent)
        due = offer.reply_due_on
        early = due is not None and due >= today
        self.none.set_reason_disabled(
            f"Svarfristen er {long_date(due)}." if early and due is not None else ""
        )
        self.write.setVisible(may and offer.letter_id is None and offer.state == OfferState.PREPARED)
        self.letter.setVisible(not offer.is_masked and offer.letter_id is not None)
        self.case.setVisible(offer.case_id is not None)
        self.withdraw.setVisible(may and offer.is_live)
        if not same:
            self.close_form()

    def focus(self) -> None:
        for button in (self.yes, self.write, self.letter, self.case):
            if button.isVisibleTo(self):
                button.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def answer(self, code: str) -> None:
        """A yes is stored at once; a no and a silence ask why, and show what the rules propose."""
        offer = self.offer
        if offer is None:
            return
        if code == OfferAnswer.YES:
            self._store(code, self._window.today(), "", None)
            return
        allocation = self._window.services.allocation
        self._window.query(
            lambda: allocation.proposed(offer.id, code),
            lambda after: self._open_form(code, after),
            owner=self,
        )

    def _open_form(self, code: str, after: AfterAnswer | None) -> None:
        if self.offer is None:
            return
        self.close_form()
        self.form = AnswerForm(self._window, code, after)
        self._place.addWidget(self.form)
        if self._next is not None:
            who = f"Neste i forslaget er {self._next.applicant}, prioritet {self._next.priority_class}."
            self._place.addWidget(row(IconLabel("info", "info", 16), wrapping(who), stretch_last=True))
        else:
            self._place.addWidget(label("Ingen andre er aktuelle i forslaget nå.", "sub"))
        self.save = Button(_ACTS[code], self._save_form, icon="checkmark")
        self._place.addWidget(row(self.save, Button("Lukk uten å lagre", self.close_form, kind="quiet")))
        self.form.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_form(self) -> None:
        clear(self._place)
        self.form = None

    def _save_form(self) -> None:
        form = self.form
        if form is None or form.form.set_errors(form.form.own_errors()) is not None:
            return
        day = form.answered_on.value()
        if day is None:
            form.form.set_errors({"answered_on": "Skriv dagen søkeren svarte."})
            return
        self._store(form.answer, day, form.reason.text().strip(), str(form.consequence.currentData()))

    def _store(self, code: str, day: dt.date, reason: str, consequence: str | None) -> None:
        offer, allocation = self.offer, self._window.services.allocation
        if offer is None:
            return

        def done(_saved: Saved) -> None:
            self.close_form()

        self._window.save(
            lambda: allocation.answer(offer.id, offer.version, code, day, reason, consequence),
            owner=self,
            said=_SAID[code],
            done=done,
            invalid=self._beside,
            conflict=self._window.tell_error,
        )

    def _beside(self, error: UserError) -> bool:
        if self.form is None or not isinstance(error, InvalidInput):
            return False
        return self.form.form.set_errors({error.field: fault_words(error)}) is not None

    def _letter(self) -> None:
        if self.offer is not None:
            self.letter_wanted.emit(self.offer)

    def _withdraw(self) -> None:
        if self.offer is not None:
            self.withdraw_wanted.emit(self.offer)

    def _case(self) -> None:
        if self.offer is not None:
            self.case_wanted.emit(self.offer)


def _lines(offer: OfferRow, today: dt.date) -> list[str]:
    sent = f"Sendt {long_date(offer.sent_on)}" if offer.sent_on else "Tilbudet er ikke sendt"
    rank = f"nr. {offer.rank} i forslaget" if offer.rank else ""
    due = reply_words(offer, today) if offer.state == OfferState.SENT else ""
    lines = (
        " · ".join(part for part in (offer.case_number, rank) if part),
        " · ".join(part for part in (sent, due, _letter_words(offer)) if part),
        answer_words(offer),
        consequence_words(offer.consequence),
        f"Valgt fordi: {offer.chosen_reason}" if offer.chosen_reason else "",
    )
    return [line for line in lines if line]


def _letter_words(offer: OfferRow) -> str:
    """Until the offer is sent: afterwards the day it was sent says it."""
    return letter_words(offer) if offer.state == OfferState.PREPARED and not offer.is_masked else ""
