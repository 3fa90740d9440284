"""From a shown window to an open desk: what is asked, in which order. All opening happens in the database lane."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Qt

from boligdesk.services.errors import NotAllowed, OlderStore, UserError
from boligdesk.ui.first_run.parts import Progress, Refusal
from boligdesk.ui.settings import read
from boligdesk.ui.tasks import Lane

if TYPE_CHECKING:
    from collections.abc import Callable

    from boligdesk.services.office import Office
    from boligdesk.services.records.common import Saved
    from boligdesk.ui.first_run.opener import Found, OpenDesk, Opener
    from boligdesk.ui.first_run.parts import Sheet
    from boligdesk.ui.first_run.unlock import UnsureKeyPage
    from boligdesk.ui.main_window import MainWindow

T = TypeVar("T")
Entered = tuple["OpenDesk", dict[str, str]]
#: and whether the recovery key was shown once without anybody saying that it is kept
Opened = tuple[Entered, bool]
_KEY_SETTING = "gjenoppretting"


class Flow(QObject):
    """Owns the pages before the desk, and the lock in front of it."""

    def __init__(self, window: MainWindow, opener: Opener, where: str = "") -> None:
        super().__init__(window)
        self._window, self._opener, self._where = window, opener, where
        self.sheet: Sheet | None = None
        self._desk: OpenDesk | None = None
        window.lock_wanted.connect(self.lock)

    def begin(self) -> None:
        """Look where the data are and go on from there."""
        self._show(Progress("Åpner Boligdesk …"))
        self._run(lambda: self._opener.find(self._where), self._found, self._cannot_open)

    # --- an existing store ---------------------------------------------------------------------------------

    def _found(self, found: Found) -> None:
        self._where = found.where
        if found.state == "missing":
            self._first_run(found)
        elif found.state == "locked":
            self._ask_passphrase(found)
        else:
            self._open("", self._cannot_open)

    def _ask_passphrase(self, found: Found) -> None:
        from boligdesk.ui.first_run.unlock import UnlockPage

        page = UnlockPage(found.display)
        page.given.connect(lambda passphrase: self._open(passphrase, page.refuse))
        page.forgotten.connect(lambda: self._ask_recovery(found))
        self._show(page)

    def _ask_recovery(self, found: Found) -> None:
        from boligdesk.ui.first_run.unlock import RecoverPage

        page = RecoverPage()

        def recover(key: str, passphrase: str) -> None:
            self._enter_with(lambda: self._opener.recover(self._where, key, passphrase), page.refuse)

        page.given.connect(recover)
        page.regretted.connect(lambda: self._ask_passphrase(found))
        self._show(page)

    def _open(self, passphrase: str, refuse: Callable[[UserError], None]) -> None:
        def refused(error: UserError) -> None:
            if isinstance(error, OlderStore):
                self._offer_upgrade(error, passphrase)
            else:
                refuse(error)

        self._enter_with(lambda: self._opener.open(self._where, passphrase), refused)

    def _enter_with(self, work: Callable[[], OpenDesk], refuse: Callable[[UserError], None]) -> None:
        """Open in the lane, with the user's settings, and show the desk."""

        def opened() -> Opened:
            desk = work()
            office = desk.services.office
            return (desk, read(office)), desk.renew_recovery is not None and is_unconfirmed(office)

        self._run(opened, self._opened, refuse)

    def _opened(self, found: Opened) -> None:
        entered, is_unsure = found
        if not is_unsure:
            self._window.enter(*entered)
            return
        from boligdesk.ui.first_run.unlock import UnsureKeyPage

        page = UnsureKeyPage()
        page.later.connect(lambda: self._enter(entered))
        page.renew.connect(lambda: self._renew(page, entered))
        self._desk = entered[0]  # ours to close until it is entered
        self._show(page)

    def _enter(self, entered: Entered) -> None:
        self._desk = None
        self._window.enter(*entered)

    def _renew(self, page: UnsureKeyPage, entered: Entered) -> None:
        desk = entered[0]
        make = desk.renew_recovery
        if make is None:
            return

        def show(key: str) -> None:
            from boligdesk.ui.first_run.wizard import RecoveryStep

            step = RecoveryStep(key, step="")
            step.done.connect(lambda: self._confirm(desk, lambda: self._enter(entered)))
            self._show(step)

        self._run(make, show, page.refuse)

    def _confirm(self, desk: OpenDesk, then: Callable[[], object]) -> None:
        """The key is on paper: no reminder next time."""
        self._run(
            lambda: remember_key(desk.services.office, confirmed=True), lambda _n: then(), self._cannot_open
        )

    def _offer_upgrade(self, error: UserError, passphrase: str) -> None:
        from boligdesk.ui.first_run.unlock import UpgradePage

        page = UpgradePage(error)

        def upgrade() -> None:
            self._run(
                lambda: self._opener.upgrade(self._where, passphrase),
                lambda copy: self._upgraded(copy, passphrase),
                page.refuse,
            )

        page.chosen.connect(upgrade)
        page.leave.connect(self._window.close)
        self._show(page)

    def _upgraded(self, copy: str, passphrase: str) -> None:
        if copy:
            said = f"Databasen er oppgradert. Kopien fra før ligger her: {copy}"
            self._window.entered.connect(
                lambda: self._window.tell(said, "ok"), Qt.ConnectionType.SingleShotConnection
            )
        self._open(passphrase, self._cannot_open)

    def _cannot_open(self, error: UserError) -> None:
        sentences = (error.what, error.safe, error.todo)
        self._show(Refusal(error.title, sentences, self.begin, self._window.close))

    # --- the first start -----------------------------------------------------------------------------------

    def _first_run(self, found: Found) -> None:
        from boligdesk.ui.first_run.wizard import WhereStep

        page = WhereStep(found.display, can_practice=self._opener.can_practice)
        page.chosen.connect(lambda kind, address: self._place_chosen(page, found, kind, address))
        self._show(page)

    def _place_chosen(self, page: Sheet, found: Found, kind: str, address: str) -> None:
        from boligdesk.ui.first_run.wizard import PRACTICE, SERVER, WhereStep

        if not isinstance(page, WhereStep):
            return
        if kind == PRACTICE:
            self._enter_with(self._opener.practice, page.refuse)
        elif kind == SERVER:
            self._run(lambda: self._opener.find(address), self._server_found, page.refuse)
        else:
            self._where = found.where
            self._choose_passphrase(found)

    def _server_found(self, found: Found) -> None:
        self._where = found.where
        self._run(lambda: self._opener.remember(found.where), lambda _kept: None, self._cannot_open)
        if found.state == "missing":
            self._create("", self._cannot_open)
        else:
            self._found(found)

    def _choose_passphrase(self, found: Found) -> None:
        from boligdesk.ui.first_run.wizard import PassphraseStep

        page = PassphraseStep()
        page.chosen.connect(lambda passphrase: self._create(passphrase, page.refuse))
        page.back.connect(lambda: self._first_run(found))
        self._show(page)

    def _create(self, passphrase: str, refuse: Callable[[UserError], None]) -> None:
        opener, where = self._opener, self._where

        def create() -> tuple[OpenDesk, str]:
            desk, key = opener.create(where, passphrase, opener.login)
            if key:  # should the program stop while the key is shown, the next start offers a new one
                remember_key(desk.services.office, confirmed=False)
            return desk, key

        self._run(create, self._created, refuse)

    def _created(self, made: tuple[OpenDesk, str]) -> None:
        from boligdesk.ui.first_run.wizard import RecoveryStep

        self._desk, key = made
        if not key:
            self._ask_who()
            return
        desk = self._desk
        page = RecoveryStep(key)
        page.done.connect(lambda: self._confirm(desk, self._ask_who))
        self._show(page)

    def _ask_who(self) -> None:
        from boligdesk.ui.first_run.wizard import WhoStep

        page = WhoStep(self._opener.login)
        page.chosen.connect(lambda name: self._named(name, page.refuse))
        self._show(page)

    def _named(self, name: str, refuse: Callable[[UserError], None]) -> None:
        desk = self._desk
        if desk is None:
            return
        office, me = desk.services.office, desk.services.user

        def rename() -> Saved | None:
            if name == me.name:
                return None
            return office.change_user(me.id, me.version, name, me.roles, me.clearance, active=True)

        self._run(rename, lambda _saved: self._ask_begin(name), refuse)

    def _ask_begin(self, name: str) -> None:
        from boligdesk.ui.first_run.wizard import BeginStep
        from boligdesk.ui.pages_list import BY_KEY

        desk = self._desk
        if desk is None:
            return
        page = BeginStep(desk.warning, can_import=BY_KEY["administrasjon"].exists())
        page.chosen.connect(lambda lists: self._begin_work(name, lists))
        self._show(page)

    def _begin_work(self, name: str, lists: bool) -> None:
        from boligdesk.ui.places import Place

        desk, self._desk = self._desk, None
        if desk is None:
            return
        self._window.enter(desk, {})
        self._window.top.set_user(name)
        if lists:
            self._window.go(Place("administrasjon", tab="hent_inn"))

    # --- the lock ------------------------------------------------------------------------------------------

    def lock(self) -> None:
        """Drafts first; everything behind it stays as it is. Without a passphrase, a button opens it again."""
        from boligdesk.ui.first_run.unlock import ResumePage, UnlockPage

        desk = self._window.desk
        if desk is None or self._window.center.currentWidget() is not self._window.desk_area:
            return
        self._window.navigator.leave_all()
        if not desk.has_passphrase:
            resume = ResumePage()
            resume.chosen.connect(self._window.show_desk)
            self._show(resume)
            return
        page = UnlockPage(desk.where, is_lock=True)

        def check(passphrase: str) -> None:
            self._run(
                lambda: self._opener.check(self._where, passphrase),
                lambda _nothing: self._window.show_desk(),
                page.refuse,
            )

        page.given.connect(check)
        self._show(page)

    # --- own -----------------------------------------------------------------------------------------------

    def abandon(self) -> None:
        """The window closes in the middle of the first run."""
        if self._desk is not None:
            self._desk.close()

    def _show(self, page: Sheet) -> None:
        self.sheet = page
        self._window.show_start(page)
        page.focus_start()

    def _run(
        self, work: Callable[[], T], done: Callable[[T], object], refuse: Callable[[UserError], None]
    ) -> None:
        def failed(error: BaseException) -> None:
            if isinstance(error, NotAllowed):
                self._unknown(error)
            elif isinstance(error, UserError):
                refuse(error)
            else:
                self._window.show_bug(error)

        self._window.tasks.run(
            Lane.DATABASE, lambda _progress, _cancelled: work(), done, failed, receiver=self
        )

    def _unknown(self, error: UserError) -> None:
        from boligdesk.ui.first_run.unlock import UnknownUser

        page = UnknownUser(self._opener.login, error)
        page.leave.connect(self._window.close)
        self._show(page)


def is_unconfirmed(office: Office) -> bool:
    """Whether the founder's recovery key was shown and never said to be kept."""
    return office.setting(_KEY_SETTING) == {"bekreftet": False}


def remember_key(office: Office, *, confirmed: bool) -> None:
    """In the store, for whoever made it: the key itself is nowhere."""
    office.save_setting(_KEY_SETTING, {"bekreftet": confirmed})
