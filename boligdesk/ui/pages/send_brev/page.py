"""Send vedtaket? Send brevet? (ui.md 3.7): nothing is sent by Enter, and nothing is undone afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from boligdesk.services.errors import UserError
from boligdesk.services.records.cases import NoteDraft
from boligdesk.services.records.common import Saved
from boligdesk.ui.letter_files import PrintingLetters, printed_words
from boligdesk.ui.letter_words import letters_words, the_letter
from boligdesk.ui.marking_sent import SentDialog, mark_all
from boligdesk.ui.page import Page, Window
from boligdesk.ui.places import Place
from boligdesk.ui.tasks import Lane
from boligdesk.ui.theme import PAGE_MARGINS, SPACE_3, set_role
from boligdesk.ui.widgets import Button, ErrorState, LoadingState, PageHeader, tidy
from boligdesk.ui.work_line import WorkLine

from .batch import FINISH, LEFT_OUT, PRINT_AGAIN, BatchList, Item, item_of
from .single import SingleConfirm

if TYPE_CHECKING:
    import datetime as dt
    from uuid import UUID

    from boligdesk.services.records.common import User
    from boligdesk.services.records.letters import BatchResult, LetterDetail, SendConfirm
    from boligdesk.ui.letter_printing import Printed

_WIDEST = 720


class SendBrevPage(Page):
    """``subject``: one letter. ``state["letters"]``: several, as (id, version)."""

    key = "send_brev"
    window_title = "Send brev"

    def __init__(self, window: Window, parent: QWidget | None = None) -> None:
        super().__init__(window, parent)
        self.letter: LetterDetail | None = None
        self._wanted: tuple[UUID, ...] = ()
        self._is_batch = False
        self.items: tuple[Item, ...] = ()
        self.printed: tuple[UUID, ...] = ()
        self._finished: dict[UUID, str] = {}
        self.printing = PrintingLetters(window, self)
        self.printing.told.connect(self._printed)
        self.printing.progressed.connect(self._say_printing)
        self._build()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(*PAGE_MARGINS)
        column.setSpacing(SPACE_3)
        self.header = PageHeader("Send brevet?")
        column.addWidget(self.header)
        self.working = WorkLine(self.window_.tasks)
        self.working.busy_changed.connect(lambda _busy: self._mind())
        column.addWidget(self.working)
        self.stack = QStackedWidget()
        column.addWidget(self.stack, 1)
        self.single = SingleConfirm()
        self.single.changed.connect(self._mind)
        self.single.setMaximumWidth(_WIDEST)
        holder = QWidget()
        set_role(holder, "scroll")
        inside = QVBoxLayout(holder)
        tidy(inside, SPACE_3)
        inside.addWidget(self.single)
        self._line = QHBoxLayout()
        tidy(self._line)
        self._foot = QWidget()
        self._foot.setMaximumWidth(_WIDEST)
        self._foot.setLayout(self._line)
        self.back = Button("Gå tilbake", self._back)
        self.act = Button("Send brevet", self.send, kind="primary")
        self.next = Button("Merk som sendt …", self._ask_sent, icon="send", kind="primary")
        self.again = Button("Skriv ut på nytt …", self._print_all, icon="print")
        self._line.addWidget(self.back)
        self._line.addStretch(1)
        for button in (self.again, self.next, self.act):
            self._line.addWidget(button)
        self._below = QVBoxLayout()
        tidy(self._below, 0)
        inside.addLayout(self._below)
        inside.addStretch(1)
        self.area = QScrollArea()
        self.area.setAccessibleName("Det som sendes")
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(holder)
        self.batch = BatchList()
        self.loading = LoadingState()
        for widget in (self.area, self.batch, self.loading):
            self.stack.addWidget(widget)
        self._error: QWidget | None = None
        self._bottom = QVBoxLayout()
        tidy(self._bottom, 0)
        self._bottom.addWidget(self._foot)
        column.addLayout(self._bottom)

    # --- for the window ------------------------------------------------------------------------------------

    def open(self, place: Place) -> None:
        wanted = tuple(letter_id for letter_id, _version in place.state.get("letters", ()))
        self._wanted = wanted or ((place.subject,) if place.subject else ())
        self._is_batch = bool(wanted)
        self.letter, self.items, self.printed, self._finished = None, (), (), {}
        for button in (self.act, self.next, self.again):
            button.hide()
        self._bottom.addWidget(self._foot)
        self.stack.setCurrentWidget(self.loading)
        self.loading.start("Henter det som skal sendes …")
        self._load()

    def state(self) -> dict[str, object]:
        return {"letters": [(item.letter_id, item.version) for item in self.items]} if self._is_batch else {}

    def refresh(self) -> None:
        if not self.working.busy and not self._finished:
            self._load()

    def focus_start(self) -> None:
        """On the safe button: Enter goes back."""
        self.back.setFocus(Qt.FocusReason.OtherFocusReason)

    def help_text(self) -> str:
        return (
            "Siden viser hva som er i ferd med å skje. Enter sender ikke. Når brevet er ferdigstilt, får det "
            "journalnummer og kan ikke endres. Så skriver du det ut og merker det som sendt når det er lagt i posten."
        )

    def subject_case(self) -> UUID | None:
        return self.letter.case_id if self.letter else None

    # --- reading -------------------------------------------------------------------------------------------

    def _load(self) -> None:
        services, wanted, is_batch = self.window_.services, self._wanted, self._is_batch
        letters = services.letters

        def read_one() -> tuple[LetterDetail, SendConfirm, tuple[User, ...]] | UserError:
            try:
                return letters.reread(wanted[0]), letters.confirm(wanted[0]), services.office.users()
            except UserError as error:
                return error  # shown on the page itself

        if not wanted:
            self._failed(UserError("Velg et brev først."))
        elif is_batch:
            self.window_.query(
                lambda: tuple(letters.reread(letter_id) for letter_id in wanted), self._show_batch, owner=self
            )
        else:
            self.window_.query(read_one, self._show_single, owner=self)

    def _show_single(self, found: tuple[LetterDetail, SendConfirm, tuple[User, ...]] | UserError) -> None:
        self.loading.stop()
        if isinstance(found, UserError):
            self._failed(found)
            return
        detail, confirm, users = found
        item = item_of(detail)
        if item.act != FINISH:
            why = item.why or "Det er ferdigstilt fra før."
            self._failed(UserError("Brevet kan ikke sendes nå.", why, todo="Gå tilbake for å se det."))
            return
        self.letter = detail
        word = the_letter(detail.kind)
        self.header.set_title(f"Send {word}?", f"Sak {detail.case_number}")
        me = self.window_.services.user.id
        self.single.show_letter(
            detail, confirm, [user for user in users if user.active and user.id != me and user.rights]
        )
        self.act.setText(f"Send {word}")
        self.act.show()
        self._below.addWidget(self._foot)  # right below what it is about
        self.stack.setCurrentWidget(self.area)
        self._mind()
        self.focus_start()

    def _show_batch(self, found: tuple[LetterDetail, ...]) -> None:
        self.loading.stop()
        self.items = tuple(item_of(detail) for detail in found)
        ready = [item for item in self.items if item.act != LEFT_OUT]
        left = len(self.items) - len(ready)
        sub = "Ferdigstilte brev får journalnummer og kan ikke endres. Feil rettes med nytt brev."
        out = f" {letters_words(left)} tas ikke med." if left else ""
        self.header.set_title(f"Skriv ut og ferdigstill {letters_words(len(ready))}?", sub + out)
        self.batch.show_items(self.items)
        self.stack.setCurrentWidget(self.batch)
        self.act.setText(f"Ferdigstill og skriv ut {letters_words(len(ready))}")
        self.act.setVisible(bool(ready))
        self._mind()
        self.focus_start()

    def _failed(self, error: UserError) -> None:
        self.loading.stop()
        if self._error is not None:
            self.stack.removeWidget(self._error)
            self._error.deleteLater()
        self._bottom.addWidget(self._foot)
        self._error = ErrorState.of(error)
        self.stack.addWidget(self._error)
        self.stack.setCurrentWidget(self._error)
        self.focus_start()

    def _mind(self) -> None:
        busy = self.working.busy
        waits = not self._is_batch and not self.single.is_ready()
        reason = "Kontroller brevet sammen med en kollega først." if waits else ""
        self.act.set_reason_disabled("Arbeidet er i gang." if busy else reason)
        self.back.setEnabled(not busy)

    # --- acts ----------------------------------------------------------------------------------------------

    def _back(self) -> None:
        """To the letter, or to the list the letters were ticked in."""
        if self._is_batch or not self._wanted:
            self.window_.go(Place("vedtak_og_brev", tab="klare"))
        else:
            self.window_.go(Place("brev", subject=self._wanted[0]))

    def send(self) -> None:
        """The act: lock, number, and what follows. It cannot be undone."""
        if self._is_batch:
            self._finish_all()
            return
        detail, services = self.letter, self.window_.services
        letters = services.letters
        if detail is None or not self.single.is_ready():
            return
        checked, letter_id = self.single.checked_with(), detail.id

        def done(saved: Saved) -> None:
            self.window_.go(Place("brev", subject=saved.id))

        def work() -> Saved:
            saved = letters.finalise(letter_id, detail.version)
            if not checked:
                return saved
            number = letters.reread(letter_id).journal_number
            text = f"Brev {number}: egen rutine for skjermet mottaker er fulgt. Kontrollert sammen med {checked}."
            noted = services.cases.write_note(NoteDraft(text.replace("..", "."), case_id=detail.case_id))
            return Saved(saved.id, saved.version, saved.changes | noted.changes, saved.event_id)

        word = the_letter(detail.kind)
        self.act.setEnabled(False)
        self.window_.save(
            work,
            owner=self,
            said=f"{word.capitalize()} er ferdigstilt. Skriv det ut, og merk det som sendt når det er i posten.",
            done=done,
            invalid=self._refused,
        )
        self._mind()

    def _refused(self, error: UserError) -> bool:
        self.window_.tell_error(error)
        return True

    def _finish_all(self) -> None:
        letters = self.window_.services.letters
        wanted = [(item.letter_id, item.version) for item in self.items if item.act == FINISH]
        self.working.run(
            Lane.DATABASE,
            f"Ferdigstiller {letters_words(len(wanted))} …",
            lambda progress, cancelled: letters.finalise_many(wanted, progress, cancelled),
            self._all_finished,
            self.window_.tell_error,
            stop="Stopp etter dette brevet",
        )

    def _all_finished(self, results: tuple[BatchResult, ...]) -> None:
        from boligdesk.services.changes import Changes, Kind

        self._finished = {one.letter_id: one.journal_number for one in results if not one.error}
        self._finished |= {item.letter_id: "" for item in self.items if item.act == PRINT_AGAIN}
        self.batch.show_results(self.items, results)
        self.window_.tasks.publish(Changes(frozenset({Kind.LETTER, Kind.CASE, Kind.TASK, Kind.DOCUMENT})))
        failed = sum(bool(one.error) for one in results)
        done = len(self._finished)
        self.header.set_title(
            f"{letters_words(done)} er ferdigstilt",
            f"{letters_words(failed)} ble ikke ferdigstilt. Grunnen står under." if failed else "",
        )
        self.act.hide()
        self.again.setVisible(bool(done))
        self._mind()
        if done:
            self._print_all()

    # --- paper ---------------------------------------------------------------------------------------------

    def _print_all(self) -> None:
        self.printing.start(tuple(self._finished))

    def _say_printing(self, at: int, of: int) -> None:
        if at < of:
            self.header.set_title(self.header.title.text(), f"Skriver ut {at + 1} av {of} …")

    def _printed(self, printed: Printed) -> None:
        text, tone = printed_words(printed)
        self.window_.tell(text, tone)
        self.printed = printed.letters
        self.header.set_title(
            self.header.title.text(),
            f"{letters_words(len(printed.letters))} er skrevet ut. Ingen er sendt ennå.",
        )
        self.next.setText(f"Merk {letters_words(len(printed.letters))} som sendt …")
        self.next.setVisible(bool(printed.letters))
        if printed.letters:
            self.next.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask_sent(self) -> None:
        SentDialog(self.window_, len(self.printed), self._mark_sent, self).open()

    def _mark_sent(self, day: dt.date) -> None:
        mark_all(self.window_, self.printed, day, owner=self, done=self._sent)

    def _sent(self) -> None:
        self.window_.go(Place("vedtak_og_brev", tab="sendt"))
