"""Ny person: searching comes before registering. Who may be the same is shown while the form is filled in."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from boligdesk.services.errors import InvalidInput
from boligdesk.ui.drafting import DraftKeeper
from boligdesk.ui.page import Page, Window
from boligdesk.ui.places import Place
from boligdesk.ui.theme import PAGE_MARGINS, SPACE_3, set_role
from boligdesk.ui.widgets import Action, MessageArea, PageHeader, tidy

from .form import PersonForm
from .matches import SURE, MatchPanel

if TYPE_CHECKING:
    from uuid import UUID

    from boligdesk.services.errors import UserError
    from boligdesk.services.records.common import Saved
    from boligdesk.services.records.people import PersonDraft, PersonMatch, PersonProbe

_PANEL_WIDTH = 280
#: Pages that may ask for a new person and get the id back, and what leads there.
_BACK_TO = {"nytt_besok": "Lagre og skriv besøket"}


class NyPersonPage(Page):
    """``place.state``: «text» is what was searched for, «then» the page that wants the new person."""

    key = "ny_person"
    window_title = "Ny person"

    def __init__(self, window: Window, parent: QWidget | None = None) -> None:
        super().__init__(window, parent)
        self._then = ""
        self._is_sure = False
        column = QVBoxLayout(self)
        column.setContentsMargins(*PAGE_MARGINS)
        column.setSpacing(SPACE_3)
        self.header = PageHeader("Ny person", "Bare navnet må fylles ut. Resten kan du legge til senere.")
        self.header.set_crumbs((("Personer", lambda: window.go(Place("personer"))), ("Ny person", None)))
        self.header.add_secondary("Gå tilbake", self._go_back)
        self.save_button = self.header.set_primary("Lagre og åpne", self.save)
        self.save_button.setToolTip("Ctrl+Enter")
        column.addWidget(self.header)
        self.form = PersonForm(window.today)
        self.keeper = DraftKeeper(
            window, self.form.texts(), "person", None, "ny_person", "en ny person", parent=self
        )
        self.messages = MessageArea()
        column.addWidget(self.keeper.offer)
        column.addWidget(self.messages)
        column.addWidget(self._work_area(), 1)
        column.addWidget(self.keeper.status)
        self.form.typed.connect(self._typed)

    def _work_area(self) -> QWidget:
        """The form, and beside it those who may be the same, always in sight."""
        self.panel = MatchPanel(self.form.probe, self._find)
        self.panel.chosen.connect(self.use)
        set_role(self.form, "scroll")
        self.area = _scrolling("Opplysninger om personen", self.form)
        side = _scrolling("Personer som kan være den samme", self.panel)
        side.setFixedWidth(_PANEL_WIDTH)
        carrier = QWidget()
        across = QHBoxLayout(carrier)
        tidy(across, SPACE_3)
        across.addWidget(self.area, 1)
        across.addWidget(side)
        return carrier

    # --- what the window asks -------------------------------------------------------------------------------

    def open(self, place: Place) -> None:
        self._then = str(place.state.get("then", ""))
        self.save_button.setText(_BACK_TO.get(self._then, "Lagre og åpne"))
        self.messages.clear()
        if text := str(place.state.get("text", "")):
            self.form.clear()
            self.form.fill(text)
        self.window_.query(self.window_.services.office.districts, self.form.set_districts, owner=self)
        self.keeper.look()

    def state(self) -> dict[str, str]:
        return {"then": self._then}

    def refresh(self) -> None:
        """Nothing is read here but the areas; what was typed stays."""
        self.window_.query(self.window_.services.office.districts, self.form.set_districts, owner=self)

    def primary(self) -> None:
        self.save()

    def focus_start(self) -> None:
        self.form.lines["given"].setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        self.keeper.keep()

    def help_text(self) -> str:
        return (
            "Skriv det du vet. Mens du skriver, ser vi etter om personen finnes fra før. Finner du personen i listen, "
            "velger du «Bruk denne». Nummer trengs ikke. Ctrl+Enter lagrer og åpner personen."
        )

    # --- searching before registering -----------------------------------------------------------------------

    def _typed(self) -> None:
        self._is_sure = False
        self.panel.look()

    def _find(self, probe: PersonProbe, done: Callable[[tuple[PersonMatch, ...]], None]) -> None:
        people = self.window_.services.people
        self.window_.query(lambda: people.matches(probe), done, owner=self)

    def use(self, person_id: UUID) -> None:
        """[Bruk denne]: the person was here already, and nothing is registered."""
        self._finish(person_id)

    # --- saving ---------------------------------------------------------------------------------------------

    def save(self) -> None:
        """Registers only after the office has said who may be the same."""
        draft = self.form.draft()
        if draft is not None:
            self.panel.when_known(lambda: self._save_or_ask(draft))

    def _save_or_ask(self, draft: PersonDraft) -> None:
        likely = self.panel.likely()
        if likely and not self._is_sure:
            self._ask(likely)
        else:
            self._save(draft)

    def _ask(self, likely: tuple[PersonMatch, ...]) -> None:
        """Somebody is most probably the same: say so once. The same number can never get a second file."""
        first = likely[0]
        actions = [Action("Bruk den som finnes", lambda: self.use(first.id))]
        if first.strength < SURE:
            actions.append(Action("Registrer en ny likevel", self._save_anyway))
        self.messages.show_message(
            "warn",
            f"{first.why}. Se etter før du registrerer.",
            tuple(actions),
            title="Personen finnes trolig fra før.",
        )

    def _save_anyway(self) -> None:
        self._is_sure = True
        self.save()

    def _save(self, draft: PersonDraft) -> None:
        people = self.window_.services.people
        self.window_.save(
            lambda: people.register(draft),
            owner=self,
            said="Personen er registrert.",
            done=self._saved,
            invalid=self._invalid,
        )

    def _saved(self, saved: Saved) -> None:
        self._finish(saved.id)

    def _finish(self, person_id: UUID) -> None:
        """The draft has done its work; the form is empty for the next one."""
        self.form.clear()
        self.keeper.done()
        self.messages.clear()
        then, self._then = self._then, ""
        self.window_.go(Place(then if then in _BACK_TO else "person", subject=person_id))

    def _invalid(self, error: UserError) -> bool:
        if not isinstance(error, InvalidInput):
            return False
        text = " ".join(part for part in (error.title, error.what, error.todo) if part)
        return self.form.show_fault(error.field, text)

    def _go_back(self) -> None:
        self.window_.go(Place(self._then if self._then in _BACK_TO else "personer"))


def _scrolling(name: str, inner: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setAccessibleName(name)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(inner)
    return area
