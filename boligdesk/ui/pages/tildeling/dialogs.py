"""The small windows of Tildeling: give an offer, withdraw one, take a vacancy out of the pipeline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from boligdesk.services.records.allocation import OfferTerms
from boligdesk.ui.widgets import DateField, MoneyField
from boligdesk.ui.widgets.act_dialog import ActDialog
from boligdesk.ui.widgets.fact_fields import NumberField

if TYPE_CHECKING:
    from collections.abc import Callable

    from boligdesk.services.errors import UserError
    from boligdesk.services.records.allocation import Candidate, OfferRow, VacancyDetail
    from boligdesk.services.records.common import Saved
    from boligdesk.ui.page import Window

_WIDTH = 540
_MOST_MONTHS = 120
_REASON_HIGH = 70


class OfferDialog(ActDialog):
    """Another than the first needs a written reason; the terms go into the letter. ``given`` gets the offer."""

    def __init__(
        self, window: Window, found: VacancyDetail, row: Candidate, is_first: bool, given: Callable[[Saved], None], parent: QWidget
    ) -> None:  # fmt: skip
        who = f"{row.applicant} ({row.case_number})" if not row.is_masked else f"Sak {row.case_number}"
        place = f"Nr. {row.rank} i forslaget." if row.rank else ""
        super().__init__(
            window,
            "Gi tilbud om bolig",
            f"{who} får tilbud om {found.row.address or found.row.code}. {place} Boligen blir reservert. "
            "Brevet skriver du etterpå.",
            "Gi tilbudet",
            parent,
            _WIDTH,
        )
        self._vacancy_id, self._version, self._entry_id = found.row.id, found.row.version, row.entry_id
        self._given = given
        self.reason = QPlainTextEdit()
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(_REASON_HIGH)
        self.rent, self.deposit = MoneyField(), MoneyField()
        self.rent.set_value(found.row.rent_ore)
        self.move_in = DateField(window.today)
        self.move_in.set_value(max(found.row.free_from, window.today()))
        self.term = NumberField(1, _MOST_MONTHS)
        self.viewing = QLineEdit()
        self.form.add(
            "reason",
            "&Hvorfor går boligen ikke til den første i forslaget?",
            self.reason,
            "Begrunnelsen blir lagret med tilbudet.",
        )
        self.form.rows["reason"].setVisible(not is_first)
        self.form.add("rent_ore", "&Husleie i måneden, kr", self.rent)
        self.form.add(
            "deposit_ore", "&Depositum, kr", self.deposit, "La feltet stå tomt hvis det ikke kreves."
        )
        self.form.add("move_in_on", "&Innflytting", self.move_in)
        self.form.add("term_months", "&Leietid, måneder", self.term, "Tomt felt betyr at vedtaket bestemmer.")
        self.form.add("viewing", "&Visning", self.viewing, "For eksempel «torsdag 26. november kl. 12.00».")
        self.body.addWidget(self.form)
        self.body.addStretch(1)
        self.resize(_WIDTH, 600 if not is_first else 520)
        (self.rent if is_first else self.reason).setFocus()

    def save(self) -> None:
        if self.form.set_errors(self.form.own_errors()) is not None:
            return
        terms = OfferTerms(
            rent_ore=self.rent.value(),
            deposit_ore=self.deposit.value(),
            move_in_on=self.move_in.value(),
            viewing=self.viewing.text().strip(),
            term_months=self.term.value(),
        )
        allocation, reason = self.window_.services.allocation, self.reason.toPlainText().strip()

        def done(saved: Saved) -> None:
            self.accept()
            self._given(saved)

        self.window_.save(
            lambda: allocation.choose(self._vacancy_id, self._version, self._entry_id, reason, terms),
            owner=self,
            said=self.said(),
            done=done,
            invalid=self._refused,
            conflict=self.meet_conflict,
        )

    def _refused(self, error: UserError) -> bool:
        """The frozen list may say that somebody else is first: then the reason is asked for here."""
        if getattr(error, "field", "") == "reason":
            self.form.rows["reason"].setVisible(True)
        return self._invalid(error)

    def said(self) -> str:
        return "Boligen er reservert. Skriv brevet med tilbudet."


class ReasonDialog(ActDialog):
    """One reason, one act: ``work(reason)``."""

    def __init__(
        self, window: Window, title: str, sub: str, act: str, work: Callable[[str], Saved], said: str, parent: QWidget
    ) -> None:  # fmt: skip
        super().__init__(window, title, sub, act, parent, 460)
        self._work, self._said = work, said
        self.reason = QLineEdit()
        self.form.add("reason", "&Hvorfor?", self.reason)
        self.body.addWidget(self.form)
        self.body.addStretch(1)
        self.reason.setFocus()

    def save(self) -> None:
        work, reason = self._work, self.reason.text().strip()

        def done(_saved: Saved) -> None:
            self.accept()
            self.window_.tell(self._said)  # such an act is not taken back: it is done anew

        self.window_.save(
            lambda: work(reason), owner=self, done=done, invalid=self._invalid, conflict=self.meet_conflict
        )

    def said(self) -> str:
        return self._said


def withdraw_offer(window: Window, offer: OfferRow, parent: QWidget) -> ReasonDialog:
    allocation = window.services.allocation
    return ReasonDialog(
        window,
        "Trekk tilbudet",
        "Boligen blir ledig igjen. Er tilbudet sendt, må et brev til søkeren være ferdigstilt først.",
        "Trekk tilbudet",
        lambda reason: allocation.withdraw_offer(offer.id, offer.version, reason),
        "Tilbudet er trukket.",
        parent,
    )


def withdraw_vacancy(window: Window, found: VacancyDetail, parent: QWidget) -> ReasonDialog:
    allocation, row = window.services.allocation, found.row
    return ReasonDialog(
        window,
        "Trekk boligen fra tildeling",
        f"{row.address or row.code} går ut av listen. Meld den ledig på nytt når den skal tildeles.",
        "Trekk boligen",
        lambda reason: allocation.withdraw_vacancy(row.id, row.version, reason),
        "Boligen er trukket fra tildeling.",
        parent,
    )
