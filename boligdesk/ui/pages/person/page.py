"""One person: who it is, and everything that is known through time. Each card is corrected in a small form of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QMenu, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from boligdesk.domain.access import Right
from boligdesk.domain.catalog import Protection
from boligdesk.services.changes import Kind
from boligdesk.services.errors import InvalidInput, UserError
from boligdesk.services.records.common import Sort
from boligdesk.services.records.work import VisitFilter
from boligdesk.ui.page import Page, Window
from boligdesk.ui.places import Place
from boligdesk.ui.theme import PAGE_MARGINS, SPACE_3
from boligdesk.ui.whole_list import show
from boligdesk.ui.widgets import Button, ErrorState, LoadingState, PageHeader, announce, symbol_button, tidy

from .body import PersonBody
from .gate import ReasonGate
from .head import PersonHead, national_number, shortened
from .printing import person_print
from .shown import Shown

if TYPE_CHECKING:
    import datetime as dt

    from boligdesk.services.changes import Changes
    from boligdesk.services.records.people import AddressDraft, FileReader, HouseholdDetail, PersonDetail
    from boligdesk.services.records.work import VisitRow
    from boligdesk.ui.printing import ListPrint

#: How long a whole number is in sight (ui.md 3.9).
SHOWN_MS = 30_000
_LEAST_HEIGHT = 120
"""Of what lies below the head, in the lowest window."""
_VISITS = 5
"""The last ones; the rest are in Bo-oppfølging."""


@dataclass(frozen=True, slots=True)
class Found:
    """What one opening reads."""

    detail: PersonDetail
    visits: tuple[VisitRow, ...]
    districts: tuple[tuple[UUID, str], ...]
    readers: tuple[FileReader, ...] = ()


class PersonPage(Page):
    key = "person"
    window_title = "Person"

    def __init__(self, window: Window, parent: QWidget | None = None) -> None:
        super().__init__(window, parent)
        self._id: UUID | None = None
        self._reason: str | None = None
        self._is_stale = False
        self._shown = Shown()
        self.found: Found | None = None
        rights = window.services.user.rights
        self.may_write_case = Right.WRITE_CASES in rights
        self._hide_numbers = QTimer(self)
        self._hide_numbers.setSingleShot(True)
        self._hide_numbers.setInterval(SHOWN_MS)
        self._hide_numbers.timeout.connect(self.hide_numbers)
        column = QVBoxLayout(self)
        column.setContentsMargins(*PAGE_MARGINS)
        column.setSpacing(SPACE_3)
        self.crumbs = PageHeader("")
        self.crumbs.title.hide()
        self.head = PersonHead(self._reveal_first)
        column.addWidget(self.crumbs)
        column.addWidget(self.head)
        self.stack = QStackedWidget()
        self.stack.setMinimumHeight(_LEAST_HEIGHT)  # the gate, which is not shown, must not squeeze the head
        column.addWidget(self.stack, 1)
        self._add_views(window)
        self._add_actions()

    def _add_views(self, window: Window) -> None:
        self.body = PersonBody(window, self.read_again, self.reveal, self.reveal_address)
        self.body.home_day_wanted.connect(self._read_homes)
        self.body.form_closed.connect(self._find_focus)
        self.area = QScrollArea()
        self.area.setAccessibleName("Opplysninger om personen")
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(self.body)
        self.gate = ReasonGate()
        self.gate.answered.connect(self._reason_given)
        self.waiting = LoadingState()
        self.error = QWidget()
        self._error_column = QVBoxLayout(self.error)
        tidy(self._error_column)
        waiting = QWidget()
        waiting_column = QVBoxLayout(waiting)
        tidy(waiting_column)
        waiting_column.addWidget(self.waiting)
        self.waiting_page = waiting
        for view in (waiting, self.area, self.gate, self.error):
            self.stack.addWidget(view)

    def _add_actions(self) -> None:
        buttons = [Button("Skriv ut", lambda: show(self, self.printout()), icon="print")]
        if Right.WRITE_GUIDANCE in self.window_.services.user.rights:
            buttons.append(Button("Nytt besøk", self._new_visit, icon="home_heart"))
        self.primary_button: Button | None = None
        if self.may_write_case:
            self.primary_button = Button("Ny søknad", self.primary, icon="add", kind="primary")
            self.primary_button.setToolTip("Ctrl+Enter")
            buttons.append(self.primary_button)
        if Right.WRITE_PEOPLE in self.window_.services.user.rights:
            buttons.insert(len(buttons) - (self.primary_button is not None), self._more_button())
        self.head.bar.set_actions(buttons)

    def _more_button(self) -> Button:
        """What is seldom done to a file."""
        button = symbol_button("more_horizontal", "Flere valg")
        menu = QMenu(button)
        menu.addAction("Slå sammen med en annen …", self._merge_with_another)
        button.setMenu(menu)
        return button

    # --- what the window asks -------------------------------------------------------------------------------

    def open(self, place: Place) -> None:
        """Every opening is an opening: a strictly confidential file asks for its reason each time."""
        self._id, self._reason, self.found = place.subject, None, None
        self.hide_numbers()
        self.head.hide()
        self.crumbs.set_crumbs((("Personer", self._to_list),))
        self.stack.setCurrentWidget(self.waiting_page)
        self.waiting.start("Henter personen …")
        self.area.verticalScrollBar().setValue(0)
        self.refresh()

    def changed(self, changes: Changes) -> None:
        """Reading leaves a mark in the log, so a page out of sight waits until it is opened again."""
        if (
            self.found is not None
            and self.isVisible()
            and changes.touches(Kind.PERSON, Kind.HOUSEHOLD, Kind.CASE, Kind.VISIT)
        ):
            self.refresh()

    def refresh(self) -> None:
        person_id, reason = self._id, self._reason
        if person_id is None:
            return

        def work() -> Found | UserError:
            try:
                return self._read(person_id, reason)
            except UserError as error:
                return error

        def done(found: Found | UserError) -> None:
            if person_id != self._id:
                return
            self.waiting.stop()
            if isinstance(found, UserError):
                self._not_opened(found)
            else:
                self._show(found)

        self.window_.query(work, done, owner=self)

    def primary(self) -> None:
        if self.may_write_case and self.found is not None:
            self.window_.go(Place("ny_soknad", subject=self._id))

    def focus_start(self) -> None:
        view = self.stack.currentWidget()
        target = self.gate.reason if view is self.gate else self.area
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def printout(self) -> ListPrint | None:
        if self.found is None:
            return None
        return person_print(self.found.detail, self.body.homes.homes(), self.window_.today())

    def help_text(self) -> str:
        return (
            "Her står det vi vet om personen. Det som gjaldt før, står igjen med sluttdato. Velg «Rett» på en linje for å "
            "endre den, eller «Legg til» øverst i kortet. Nummeret er skjult, og adressen også når den er sperret. «Vis» "
            "viser det i 30 sekunder og blir loggført. Alle åpninger av mappen blir loggført."
        )

    def subject_person(self) -> UUID | None:
        return self._id if self.found is not None else None

    def leave(self) -> None:
        self.hide_numbers()

    def hideEvent(self, event: QHideEvent) -> None:
        self.hide_numbers()
        super().hideEvent(event)

    # --- reading --------------------------------------------------------------------------------------------

    def _read(self, person_id: UUID, reason: str | None) -> Found:
        """Database lane."""
        services = self.window_.services
        detail = services.people.detail(person_id, reason)
        wanted = VisitFilter(owner="team", person_id=detail.id)
        visits = services.guidance.page(wanted, Sort("when", descending=True), 0, _VISITS)
        is_strict = Protection(detail.protection).level >= Protection.STRICT.level
        readers = services.people.readers(detail.id) if is_strict else ()
        return Found(detail, tuple(visits.rows), services.office.districts(), readers)

    def read_again(self) -> PersonDetail:
        """The record as it is now, for a form that met a newer version (database lane)."""
        if self._id is None:
            raise UserError("Personen er lukket.")
        return self.window_.services.people.detail(self._id, self._reason)

    def _not_opened(self, error: UserError) -> None:
        self.found = None
        self.head.hide()
        if isinstance(error, InvalidInput) and error.field == "reason":
            self.gate.ask(error.title if self._reason else "")
            self.stack.setCurrentWidget(self.gate)
            return
        while (item := self._error_column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        self._error_column.addWidget(ErrorState.of(error, self.refresh))
        self.stack.setCurrentWidget(self.error)

    def _reason_given(self, reason: str) -> None:
        self._reason = reason
        self.refresh()

    def _read_homes(self, day: dt.date | None) -> None:
        person_id = self._id
        if person_id is None:
            return
        households = self.window_.services.households

        def done(homes: tuple[HouseholdDetail, ...]) -> None:
            if person_id == self._id:
                self.body.homes.show_homes(homes)

        self.window_.query(lambda: households.of_person(person_id, day), done, owner=self)

    # --- showing --------------------------------------------------------------------------------------------

    def _show(self, found: Found) -> None:
        is_first = self.found is None
        self.found = found
        if self._id != found.detail.id:  # an old link to a file that lies in this one now
            self._id = found.detail.id
            self.window_.tell("Mappen du åpnet, er slått sammen med denne.")
        self.crumbs.set_crumbs((("Personer", self._to_list), (shortened(found.detail.name), None)))
        self._show_head()
        self.body.show_person(found.detail, found.visits, dict(found.districts), self._shown, found.readers)
        self.stack.setCurrentWidget(self.area)
        if is_first:
            self.focus_start()

    def _find_focus(self) -> None:
        """The button that opened the form may be gone with the row it stood in."""
        held = self.window().focusWidget()
        if held is None or not self.isAncestorOf(held):
            self.area.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_head(self) -> None:
        if self.found is None:
            return
        today = self.window_.today()
        number = national_number(self.found.detail.draft, today)
        shown = self._shown.numbers.get(number.id, "") if number and number.id else ""
        self.head.show_person(self.found.detail, today, shown)
        self.head.show()

    # --- the whole number for half a minute ------------------------------------------------------------------

    def _reveal_first(self) -> None:
        if self.found is None:
            return
        number = national_number(self.found.detail.draft, self.window_.today())
        if number is not None and number.id is not None:
            self.reveal(number.id)

    def reveal(self, identifier_id: UUID) -> None:
        """[Vis]: logged by the service."""
        person_id = self._id
        if person_id is None:
            return
        people = self.window_.services.people

        def done(number: str) -> None:
            if person_id == self._id and self.found is not None:
                self._shown.numbers[identifier_id] = (
                    f"{number[:6]} {number[6:]}" if len(number) == 11 else number
                )
                self._hide_numbers.start()
                self._show_numbers()
                announce(self, "Nummeret vises i 30 sekunder")

        self.window_.query(lambda: people.reveal_number(person_id, identifier_id), done, owner=self)

    def reveal_address(self, address_id: UUID) -> None:
        """[Vis]: logged by the service, with the reason the file was opened for."""
        person_id, reason = self._id, self._reason or ""
        if person_id is None:
            return
        people = self.window_.services.people

        def done(address: AddressDraft) -> None:
            if person_id == self._id and self.found is not None:
                self._shown.addresses[address_id] = address
                self._hide_numbers.start()
                self._show_numbers()
                announce(self, "Adressen vises i 30 sekunder")

        self.window_.query(lambda: people.reveal_address(person_id, address_id, reason), done, owner=self)

    def hide_numbers(self) -> None:
        self._hide_numbers.stop()
        if self._shown:
            self._shown.clear()
            self._show_numbers()

    def _show_numbers(self) -> None:
        self._show_head()
        if self.found is not None:
            self.body.show_hidden(self._shown)

    # --- elsewhere --------------------------------------------------------------------------------------------

    def _to_list(self) -> None:
        self.window_.go(Place("personer"))

    def _merge_with_another(self) -> None:
        if self._id is not None:
            self.window_.go(Place("slaa_sammen", subject=self._id))

    def _new_visit(self) -> None:
        if self._id is not None:
            self.window_.go(Place("nytt_besok", subject=self._id))
