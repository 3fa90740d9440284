"""What can be done with a letter as it stands, for the one who looks at it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from boligdesk.domain.access import Right
from boligdesk.domain.letters import Approval, LetterState
from boligdesk.ui.letter_files import PrintingLetters, printed_words
from boligdesk.ui.letter_words import the_letter
from boligdesk.ui.marking_sent import SentDialog
from boligdesk.ui.places import Place
from boligdesk.ui.widgets import Action, Button, clear

from . import words
from .dialogs import ArrivalDialog, RecallDialog, SendBackDialog

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable
    from uuid import UUID

    from boligdesk.domain.letter_check import Finding
    from boligdesk.services.errors import ConflictError, UserError
    from boligdesk.services.records.common import Saved
    from boligdesk.services.records.letters import LetterDetail, LetterTexts
    from boligdesk.ui.letter_printing import Printed

    from .page import BrevPage

_APPROVAL_LOST = "Teksten er endret. Godkjenningen gjelder ikke lenger, og brevet må godkjennes på nytt."


class LetterActs(QObject):
    """The buttons below the letter, and the saving of what is written."""

    def __init__(self, page: BrevPage) -> None:
        super().__init__(page)
        self._page = page
        self._window = page.window_
        self.primary: Button | None = None
        self._dressed_as = self._warned = ""
        self._under_way: LetterTexts | None = None
        self._printing = PrintingLetters(page.window_, page)
        self._printing.told.connect(self._printed)

    # --- who may what --------------------------------------------------------------------------------------

    @property
    def _detail(self) -> LetterDetail | None:
        return self._page.detail

    @property
    def may_edit(self) -> bool:
        """Whoever approves reads; everybody else in the office may write."""
        detail = self._detail
        may_write = Right.WRITE_LETTERS in self._window.services.user.rights
        return detail is not None and may_write and detail.status in words.OPEN and not detail.may_approve

    def is_dirty(self) -> bool:
        """Whether something is written that the letter does not hold yet."""
        detail = self._detail
        if detail is None or not self.may_edit:
            return False
        now = self._page.writing.value()
        stored = {key: text.strip() for key, text in detail.texts.items()}
        written = {key: text.strip() for key, text in now.texts.items()}
        chosen = {
            key: value for key, value in (now.choices or {}).items() if detail.choices.get(key) != value
        }
        return any(stored.get(key, "") != text for key, text in written.items()) or bool(
            chosen or now.language != detail.language
        )

    # --- the buttons ---------------------------------------------------------------------------------------

    def dress(self) -> None:
        """The buttons that fit the letter now."""
        clear(self._page.buttons)
        self.primary = None
        detail = self._detail
        if detail is None:
            return
        self._dressed_as = self._what(detail)
        made = self._open_buttons(detail) if detail.status in words.OPEN else self._done_buttons(detail)
        for button in made[:-1]:
            self._page.buttons.addWidget(button)
        self._page.buttons.addStretch(1)
        if made:
            self._page.buttons.addWidget(made[-1])
            self.primary = made[-1] if made[-1].kind == "primary" else None
        if self.primary is not None:
            self.primary.setToolTip("Ctrl+Enter")
        self.mind(self._page.findings)

    def _what(self, detail: LetterDetail) -> str:
        """The one thing to do with an open letter: approve, wait, submit, finalise; "" = nothing."""
        if detail.may_approve:
            return "approve"
        if not self.may_edit:
            return ""
        is_dirty = self.is_dirty()
        if detail.status == LetterState.TO_APPROVAL and not is_dirty:
            return "wait"
        is_approved = detail.status == LetterState.APPROVED and not is_dirty
        return "submit" if detail.approval != Approval.NONE and not is_approved else "finalise"

    def _open_buttons(self, detail: LetterDetail) -> list[Button]:
        what = self._what(detail)
        if what == "approve":
            return [
                Button("Send tilbake …", self._send_back, icon="arrow_undo"),
                Button(
                    f"Godkjenn {the_letter(detail.kind)}", self._approve, icon="checkmark", kind="primary"
                ),
            ]
        if not what:
            return []
        drop = Button("Forkast kladden", self._drop, icon="delete", kind="link")
        if what == "submit":
            return [drop, Button("Til godkjenning", self._submit, icon="arrow_right", kind="primary")]
        if what == "finalise":
            return [drop, Button("Ferdigstill …", self._finalise, icon="arrow_right", kind="primary")]
        return [drop]

    def _done_buttons(self, detail: LetterDetail) -> list[Button]:
        if Right.WRITE_LETTERS not in self._window.services.user.rights:
            return []
        if detail.status == LetterState.SENT:
            return [
                Button("Rett mottatt dato …", self._correct_arrival, icon="calendar_ltr"),
                Button("Skriv ut …", self.print_letter, icon="print"),
            ]
        if detail.status == LetterState.RECALLED:
            again = Place("nytt_brev", subject=detail.case_id)
            return [Button("Skriv nytt brev", lambda: self._window.go(again), icon="mail", kind="primary")]
        recall = Button("Trekk tilbake …", self._recall, icon="arrow_undo")
        first, second = (
            ("Merk som sendt …", self._ask_sent, "send"),
            ("Skriv ut …", self.print_letter, "print"),
        )
        if not self._page.was_printed:
            first, second = second, first
        return [
            recall,
            Button(second[0], second[1], icon=second[2]),
            Button(first[0], first[1], icon=first[2], kind="primary"),
        ]

    def mind(self, findings: tuple[Finding, ...]) -> None:
        """What stands in the way, said in the button and below it; and an approval that is about to be lost."""
        detail = self._detail
        if detail is None:
            return
        stops = sum(finding.blocks for finding in findings)
        is_open = detail.status in words.OPEN
        if is_open and self._what(detail) != self._dressed_as:
            self.dress()
            return
        if self.primary is not None and is_open:
            reason = f"{stops} punkt i kontrollen må rettes først." if stops else ""
            self.primary.set_reason_disabled(reason)
            if not reason:
                self.primary.setToolTip("Ctrl+Enter")
        self._page.foot.setText(self._foot(detail, stops if is_open else 0))
        self._warn(detail)

    def _foot(self, detail: LetterDetail, stops: int) -> str:
        if detail.status == LetterState.TO_APPROVAL and self.primary is None:
            why = f"{detail.why_not_approve} " if detail.why_not_approve else ""
            return f"Brevet venter på godkjenning. {why}".strip()
        if stops:
            return f"{stops} punkt i kontrollen må rettes først."
        if detail.status in words.OPEN:
            return f"Når {the_letter(detail.kind)} er sendt, kan det ikke endres. Feil rettes med nytt brev."
        return ""

    def _warn(self, detail: LetterDetail) -> None:
        area = self._page.messages
        if detail.status in {LetterState.APPROVED, LetterState.TO_APPROVAL} and self.is_dirty():
            text = _APPROVAL_LOST if detail.status == LetterState.APPROVED else (
                "Teksten er endret etter at brevet ble sendt til godkjenning. Send det på nytt."
            )  # fmt: skip
        elif detail.status == LetterState.DRAFT and any(
            row.outcome == "godkjent" and not row.holds for row in detail.approvals[-1:]
        ):
            text = _APPROVAL_LOST
        else:
            text = ""
        bar = area.bar()
        if text and (bar is None or bar.text != text):
            area.show_message("warn", text)
        elif not text and bar is not None and bar.text == self._warned:
            area.clear()
        self._warned = text

    # --- saving --------------------------------------------------------------------------------------------

    def keep(self) -> None:
        """What is written goes into the letter (when the page is left, and on Ctrl+S)."""
        detail, page = self._detail, self._page
        if detail is None or not self.is_dirty() or page.writing.errors():
            return
        if page.writing.value() != self._under_way:
            was_approved = detail.status == LetterState.APPROVED
            self._save(lambda: self._window.tell(_APPROVAL_LOST, "warn") if was_approved else None)

    def _do(self, act: Callable[[UUID, int], Saved], said: str) -> None:
        """Save what is written, then the act on the version that came of it."""

        def go_on() -> None:
            detail = self._detail
            if detail is not None:
                self._window.save(
                    lambda: act(detail.id, detail.version),
                    owner=self._page,
                    said=said,
                    invalid=self._invalid,
                    conflict=self._conflict,
                )

        self._saved_first(go_on)

    def _saved_first(self, then: Callable[[], object]) -> None:
        if errors := self._page.writing.errors():
            self._page.writing.show_errors(errors)
        elif self.is_dirty():
            self._save(then)
        else:
            then()

    def _save(self, then: Callable[[], object]) -> None:
        detail, letters, page = self._detail, self._window.services.letters, self._page
        if detail is None:
            return
        texts, keeper = page.writing.value(), page.keeper
        self._under_way = texts

        def stored(saved: Saved) -> None:
            self._under_way = None
            now = page.detail
            if now is not None and now.id == detail.id:
                if now.version < saved.version:  # what was read again may be on its way
                    page.detail = replace(
                        now,
                        version=saved.version,
                        texts={**now.texts, **texts.texts},
                        choices={**now.choices, **(texts.choices or {})},
                        language=texts.language or now.language,
                    )
                if keeper is not None and keeper is page.keeper and page.writing.value() == texts:
                    keeper.done()
            then()

        self._window.save(
            lambda: letters.save(detail.id, detail.version, texts),
            owner=page,
            done=stored,
            invalid=self._invalid,
            conflict=self._conflict,
        )

    def _invalid(self, error: UserError) -> bool:
        self._under_way = None
        self._window.tell_error(error)
        return True

    def _conflict(self, error: ConflictError) -> None:
        del error
        self._under_way = None
        self._page.messages.show_message(
            "warn",
            "En annen har endret brevet samtidig. Det du skrev, står her fortsatt. Les over, og prøv igjen.",
            (Action("Hent brevet på nytt", self._page.reread),),
        )
        self._page.reread()

    # --- acts ----------------------------------------------------------------------------------------------

    def _submit(self) -> None:
        self._do(self._window.services.letters.submit, "Brevet er sendt til godkjenning.")

    def _approve(self) -> None:
        self._do(self._window.services.letters.approve, "Brevet er godkjent.")

    def _finalise(self) -> None:
        detail = self._detail
        if detail is not None:
            self._saved_first(lambda: self._window.go(Place("send_brev", subject=detail.id)))

    def _drop(self) -> None:
        detail, letters = self._detail, self._window.services.letters
        if detail is None:
            return

        def gone(_saved: Saved) -> None:
            if self._page.keeper is not None:
                self._page.keeper.done()
            self._page.detail = None
            self._window.go(Place("sak", subject=detail.case_id, tab="brev"))

        self._window.save(
            lambda: letters.drop(detail.id, detail.version),
            owner=self._page,
            said="Kladden er forkastet.",
            done=gone,
        )

    def _send_back(self) -> None:
        if self._detail is not None:
            SendBackDialog(self._window, self._detail, self._page).open()

    def _recall(self) -> None:
        if self._detail is not None:
            RecallDialog(self._window, self._detail, self._page).open()

    def _correct_arrival(self) -> None:
        if self._detail is not None:
            ArrivalDialog(self._window, self._detail, self._page).open()

    def open_letterhead(self) -> None:
        """The letterhead is missing: whoever runs the office fills it in, once for all letters."""
        if Right.MANAGE_USERS in self._window.services.user.rights:
            self._window.go(Place("administrasjon", tab="kontoret"))
        else:
            self._window.tell("Kontorets brevhode mangler. Be lederen fylle det ut.", "warn")

    # --- paper ---------------------------------------------------------------------------------------------

    def print_letter(self) -> None:
        """The frozen letter, to all its recipients."""
        if self._detail is not None:
            self._printing.start((self._detail.id,))

    def print_draft(self) -> None:
        """The draft as it is shown, with «KLADD» across it. It is not noted as printed."""
        from boligdesk.ui import letter_printing

        pdf, detail = self._page.side.view.pdf, self._detail
        if not pdf or detail is None:
            return
        printer = letter_printing.choose_printer(self._page)
        if printer is None:
            return
        work = letter_printing.LetterPrinter(self._window.tasks, self)
        work.start(printer, [(detail.id, (pdf,))], self._draft_printed)

    def _draft_printed(self, printed: Printed) -> None:
        if printed.error is not None:
            self._window.tell_error(printed.error)
        else:
            self._window.tell("Kladden er skrevet ut.")

    def _printed(self, printed: Printed) -> None:
        text, tone = printed_words(printed)
        if printed.letters:
            self._page.was_printed = True
            self._page.reread()  # it has a newer version now
            self.dress()
        self._window.tell(text, tone)

    def _ask_sent(self) -> None:
        SentDialog(self._window, 1, self._mark_sent, self._page).open()

    def _mark_sent(self, day: dt.date) -> None:
        detail, letters = self._detail, self._window.services.letters
        if detail is not None:
            self._window.save(
                lambda: letters.mark_sent(detail.id, detail.version, day),
                owner=self._page,
                said="Brevet er merket som sendt.",
            )
