"""What can be done with a case, each act with its words, its window and its undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog

from boligdesk.domain.catalog import WaitingOn
from boligdesk.domain.guidance import OSLO
from boligdesk.ui.pages.sak import words
from boligdesk.ui.pages.sak.acts import ActDialog, CloseDialog, assign_dialog, reopen_dialog, why_dialog
from boligdesk.ui.pages.sak.asking import ask_for_papers
from boligdesk.ui.places import Place
from boligdesk.ui.printing import ListPrint
from boligdesk.ui.tables import Column

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable
    from uuid import UUID

    from boligdesk.services.records.cases import CaseDetail
    from boligdesk.services.records.common import Saved, TimelineEntry, User
    from boligdesk.ui.page import Window
    from boligdesk.ui.pages.sak.page import SakPage

_WAITING = {
    "wait_applicant": (WaitingOn.APPLICANT, "Saken venter på søkeren."),
    "wait_others": (WaitingOn.OTHERS, "Saken venter på andre."),
    "resume": (WaitingOn.NOBODY, "Saken venter ikke lenger."),
}


class CaseActs(QObject):
    """One object per page; ``do`` carries out an act by its name (see ``CaseHead``)."""

    def __init__(self, window: Window, page: SakPage) -> None:
        super().__init__(page)
        self._window, self._page = window, page
        self.dialog: QDialog | None = None

    def do(self, name: str, detail: CaseDetail) -> None:
        if name in _WAITING:
            waiting, said = _WAITING[name]
            cases = self._window.services.cases
            self._save(lambda: cases.set_waiting(detail.id, detail.version, waiting.value), said)
            return
        acts: dict[str, Callable[[CaseDetail], None]] = {
            "assign": self._assign,
            "forward": self._forward,
            "close": self._close,
            "reopen": self._reopen,
            "reveal": self._reveal,
            "letter": lambda case: self._window.go(Place("nytt_brev", subject=case.id)),
            "ask": lambda case: ask_for_papers(self._window, case, self._page),
            "person": lambda case: self._window.go(Place("person", subject=case.identity.person_id)),
        }
        acts[name](detail)

    def undo(self, entry: TimelineEntry) -> None:
        """[Angre dette] in the timeline."""
        undo = self._window.services.undo
        self._save(lambda: undo.undo(entry.event_id), f"Angret: {entry.title}.")

    def ask_why(self, load: Callable[[str], None]) -> None:
        """A strictly confidential file needs a reason before it opens."""

        def go_on(reason: str) -> None:
            if self.dialog is not None:
                self.dialog.accept()
            load(reason)

        self._open(why_dialog(go_on, self._page))

    def timeline_print(self, detail: CaseDetail, today: dt.date) -> ListPrint:
        """The case's events on paper; the title names nobody."""
        return ListPrint(
            f"Hendelser i sak {detail.number}", ("nyeste først",), today, _timeline_columns(), detail.timeline
        )

    def _forward(self, detail: CaseDetail) -> None:
        step = words.forward(detail)
        if step is not None:
            cases = self._window.services.cases
            self._save(
                lambda: cases.set_phase(detail.id, detail.version, step[0].value),
                f"Saken er nå på trinnet «{step[0].label}».",
            )

    def _assign(self, detail: CaseDetail) -> None:
        office = self._window.services.office
        self._window.query(office.users, lambda users: self._ask_assignee(detail, users), owner=self)

    def _ask_assignee(self, detail: CaseDetail, users: tuple[User, ...]) -> None:
        names = {user.id: user.name for user in users}
        cases = self._window.services.cases

        def save(user_id: UUID | None, _name: str) -> None:
            said = f"{names[user_id]} har saken nå." if user_id else "Saken er uten saksbehandler."
            self._save(lambda: cases.assign(detail.id, detail.version, user_id), said)

        self._open(assign_dialog(users, detail.assignee_id, self._window.services.user.id, save, self._page))

    def _close(self, detail: CaseDetail) -> None:
        cases = self._window.services.cases

        def save(outcome: str, reason: str) -> None:
            self._save(lambda: cases.close(detail.id, detail.version, outcome, reason), "Saken er avsluttet.")

        self._open(CloseDialog(detail.number, save, self._page))

    def _reopen(self, detail: CaseDetail) -> None:
        cases = self._window.services.cases
        self._open(
            reopen_dialog(
                lambda reason: self._save(
                    lambda: cases.reopen(detail.id, detail.version, reason), "Saken er åpnet igjen."
                ),
                self._page,
            )
        )

    def _reveal(self, detail: CaseDetail) -> None:
        people, person_id = self._window.services.people, detail.identity.person_id
        number_id = detail.identity.number_id
        if number_id is None:
            return

        def show(number: str) -> None:
            here = self._page.detail
            if here is not None and here.identity.person_id == person_id:
                self._page.head.show_number(number)

        self._window.query(lambda: people.reveal_number(person_id, number_id), show, owner=self)

    def _open(self, dialog: QDialog) -> None:
        self.dialog = dialog
        dialog.destroyed.connect(lambda _gone: self._forget(dialog))
        dialog.open()

    def _forget(self, dialog: QDialog) -> None:
        if self.dialog is dialog:
            self.dialog = None

    def _save(self, work: Callable[[], Saved], said: str) -> None:
        dialog = self.dialog

        def done(_saved: Saved) -> None:
            if dialog is not None and self.dialog is dialog:
                dialog.accept()

        self._window.save(
            work,
            owner=self,
            said=said,
            done=done,
            invalid=dialog.show_invalid if isinstance(dialog, ActDialog) else None,
        )


def _timeline_columns() -> tuple[Column[TimelineEntry], ...]:
    return (
        Column("at", "Når", lambda r: f"{r.at.astimezone(OSLO):%d.%m.%Y %H:%M}"),
        Column("title", "Hva", lambda r: r.title),
        Column("text", "Mer", lambda r: r.text),
        Column("who", "Hvem", lambda r: r.who),
    )
