"""A robot that knows the main job: assess, conclude, write, approve, finish, send, allocate, register an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QWidget

from boligdesk.dev.robot import CTRL, Lost, Robot
from boligdesk.ui.widgets.fact_form import FactForm

if TYPE_CHECKING:
    from uuid import UUID

    from boligdesk.ui.pages.brev.page import BrevPage
    from boligdesk.ui.pages.sak.assessment_tab import AssessmentTab, TrackPanel


class Caseworker(Robot):
    """Everything through the window. Raises Lost when a step is not there to be taken."""

    # --- the case ------------------------------------------------------------------------------------------

    def registers_application(self, number: str) -> None:
        """T4: a paper application from a known person."""
        self.presses(Qt.Key.Key_N, CTRL)
        self.presses(Qt.Key.Key_A)
        self.types(number)
        QTest.keyClick(self._target(), Qt.Key.Key_Return)  # the whole number of one person chooses by itself
        self.waits()
        self.presses(Qt.Key.Key_Space)  # «Kjenner du søkeren?» Nei
        self.presses(Qt.Key.Key_Return, CTRL)

    def answers_question(self, key: str, answer: str) -> None:
        """One question of «Søknad og behov», on the case that is open: typed, or chosen by its words."""
        form = next(one for one in self.page.findChildren(FactForm) if one.isVisible())
        field: QWidget = form.fields[key].field
        if isinstance(field, QComboBox):
            field.setCurrentIndex(field.findText(answer))
            field.activated.emit(field.currentIndex())
        elif isinstance(field, QLineEdit | QPlainTextEdit):
            self._writes_in(field, answer)
            QTest.keyClick(field, Qt.Key.Key_Tab)
        else:
            self.clicks(answer, field)
        self.waits()

    # --- assessment ----------------------------------------------------------------------------------------

    def assesses(self, law: str, reason: str, fails: str = "") -> None:
        """Every condition of a legal question: suggestions are used, the rest judged. ``fails``: not met."""
        panel = self._panel(law)
        if panel.accept_all.isVisible() and not fails:
            panel.accept_all.click()
            self.acts += 1
            self.waits()
        for key in [one.key for one in panel.track.conditions if not one.outcome]:
            line = panel.lines[key]
            self.clicks("Vurder", line)
            form = line.form
            if form is None:
                raise Lost("the condition does not open")
            self.clicks("Ikke oppfylt" if key == fails else "Oppfylt", form.outcome)
            form.reason.selectAll()
            self._writes_in(form.reason, reason)
            self.clicks("Lagre vurderingen", form)

    def concludes(self, law: str, texts: dict[str, str], outcome: str = "", **terms: str) -> None:
        """The end of a legal question; ``texts`` and ``terms`` by the names of their fields."""
        from boligdesk.ui.pages.sak.assessment_tab import AssessmentTab

        form = self._panel(law).conclusion
        if form is None:
            raise Lost("there is nothing to conclude")
        if outcome:
            self.clicks(outcome, form.outcome)
        for key, text in texts.items():
            if form.texts[key].isVisible():
                self._writes_in(form.texts[key], text)
        for key, text in terms.items():
            field = form.terms.form.rows[key].field
            if isinstance(field, QLineEdit) and field.isVisible():
                field.selectAll()
                self._writes_in(field, text)
        self.clicks("Konkluder", form)
        end = self._panel(law).concluded
        tab = self.page.findChild(AssessmentTab)
        if end is not None and tab is not None:
            tab.area.ensureWidgetVisible(end)

    def _panel(self, law: str) -> TrackPanel:
        from boligdesk.ui.pages.sak.assessment_tab import AssessmentTab

        tab: AssessmentTab | None = self.page.findChild(AssessmentTab)
        found = [one for one in tab.panels.values() if one.track.law == law] if tab is not None else []
        if not found:
            raise Lost("there is no such question on the case")
        return found[0]

    # --- letters -------------------------------------------------------------------------------------------

    def begins_letter(self, case: UUID, kind: str, **state: object) -> None:
        self.goes("nytt_brev", subject=case, state={"kind": kind, **state})
        self.expects("brev")

    def writes_letter(self, texts: dict[str, str], days: dict[str, str] | None = None) -> None:
        """What its writer adds, in the letter that is open."""
        writing = self._letter().writing
        for key, text in texts.items():
            writing.texts[key].selectAll()
            self._writes_in(writing.texts[key], text)
        for key, text in (days or {}).items():
            field = writing.days[key]
            line = field if isinstance(field, QLineEdit) else field.findChild(QLineEdit)
            if line is None:
                raise Lost(f"«{key}» cannot be written")
            line.selectAll()
            self._writes_in(line, text)
        self.reads_preview()

    def reads_preview(self) -> None:
        """Until the letter has been drawn with what was typed last."""
        page = self._letter()
        while page.draws_soon:
            QTest.qWait(20)
        self.waits()

    def sends_to_approval(self) -> None:
        self.clicks("Til godkjenning")

    def approves(self) -> None:
        self.clicks("Godkjenn ", self._letter())

    def finalises(self) -> None:
        """The letter's own button, then the confirm page's."""
        self.clicks("Ferdigstill", self._letter())
        self.expects("send_brev")
        self.clicks("Send ", self.page)
        self.expects("brev")

    def marks_sent(self) -> None:
        """Put in the post today."""
        self.clicks("Merk som sendt")
        self.clicks("Merk som sendt")
        self.comes_back()

    def letter_id(self) -> UUID:
        detail = self._letter().detail
        if detail is None:
            raise Lost("the letter has not come")
        return detail.id

    def pdfs(self) -> tuple[bytes, ...]:
        """The frozen files of the letter that is open."""
        return self.window.services.letters.pdfs(self.letter_id())

    def _letter(self) -> BrevPage:
        from boligdesk.ui.pages.brev.page import BrevPage

        if not isinstance(self.page, BrevPage):
            raise Lost("no letter is open")
        return self.page

    # --- allocation ----------------------------------------------------------------------------------------

    def reports_vacancy(self, address: str) -> None:
        """T10, the first half: which dwelling, and the list is made at once."""
        self.clicks("Meld ledig bolig")
        self.types(address)
        self.presses(Qt.Key.Key_Return)  # the only one that fits
        self.clicks("Lag forslag")
        self.expects("tildeling")

    def sends_to_team(self) -> None:
        self.clicks("Send ", self.page)

    def chooses_candidate(self, case: UUID) -> bool:
        """The row of the case's applicant; whether it is the first that may be offered the dwelling."""
        from boligdesk.ui.pages.tildeling.page import TildelingPage

        if not isinstance(self.page, TildelingPage):
            raise Lost("the list is not open")
        shortlist = self.page.board.vacancy.shortlist
        free = [one for one in shortlist.rows if one.rank is not None and not one.has_live_offer]
        wanted = next((one for one in free if one.case_id == case), None)
        if wanted is None:
            raise Lost("the applicant is not in the list")
        shortlist.table.setFocus(Qt.FocusReason.OtherFocusReason)
        shortlist.table.select_id(wanted.entry_id)
        self.acts += 1
        self.waits()
        return wanted is free[0]

    def gives_offer(self, deposit: str, viewing: str, reason: str = "") -> None:
        """To the row that is chosen."""
        self.clicks("Gi tilbud")
        dialog = self._front()
        for key, text in (("reason", reason), ("deposit_ore", deposit), ("viewing", viewing)):
            field = dialog.form.rows[key].field  # type: ignore[attr-defined]  # the window of an act
            if text and field.isVisible():
                self._writes_in(field, text)
        self.clicks("Gi tilbudet")
        self.comes_back()

    def registers_answer(self, words: str) -> None:
        """«Ja», «Nei» or «Ikke svart» to the offer that is shown."""
        self.clicks(words, self.page)

    # --- own -----------------------------------------------------------------------------------------------

    def expects(self, *keys: str) -> None:
        """Raises Lost on another page."""
        self.waits()
        if self.page.key not in keys:
            raise Lost(f"on {self.page.key}, not on {' or '.join(keys)}")

    def _writes_in(self, field: QWidget, text: str) -> None:
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(field, QPlainTextEdit):
            field.insertPlainText(text)  # typed text of this length says nothing more
        else:
            QTest.keyClicks(field, text)
        self.waits()
