"""The cards of a person, in two columns when there is room."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QDialog, QVBoxLayout, QWidget

from boligdesk.domain.access import Right
from boligdesk.domain.calendar import long_date
from boligdesk.ui.places import Place
from boligdesk.ui.theme import SPACE_3, set_role
from boligdesk.ui.widgets import Button, Card, FactGrid, tidy, wrapping

from . import forms, sections
from .cards import RowsCard
from .forms import AboutDialog, ChildDialog, ChildForm, NumberDialog
from .household_card import HouseholdCard
from .protection import ProtectionCard
from .readers import ReadersCard
from .shown import Shown

if TYPE_CHECKING:
    from uuid import UUID

    from boligdesk.services.records.people import FileReader, PersonDetail
    from boligdesk.services.records.work import VisitRow
    from boligdesk.ui.page import Window

TWO_COLUMNS_FROM = 820
#: Field of the draft, title, what adding is called, what to say when there is none.
_CHILD_CARDS = (
    (forms.NAME, "Navn", "Nytt navn", "Navnet er ikke kjent."),
    (forms.CONTACT, "Telefon og e-post", "Legg til", "Ingen telefon eller e-post er registrert."),
    (forms.ADDRESS, "Adresser", "Ny adresse", "Ingen adresse er registrert."),
    (forms.REPRESENTATIVE, "Verge og fullmektig", "Legg til", "Ingen verge eller fullmektig er registrert."),
)


class PersonBody(QWidget):
    """``home_day_wanted`` carries the day the households are asked for (None: today); ``form_closed`` needs a focus."""

    home_day_wanted = Signal(object)
    form_closed = Signal()

    def __init__(
        self,
        window: Window,
        read: Callable[[], PersonDetail],
        reveal: Callable[[UUID], None],
        reveal_address: Callable[[UUID], None],
    ) -> None:
        super().__init__()
        self._window, self._read, self._reveal = window, read, reveal
        self._reveal_address = reveal_address
        self.may_write = Right.WRITE_PEOPLE in window.services.user.rights
        self._detail: PersonDetail | None = None
        self._districts: dict[UUID, str] = {}
        self.dialog: QDialog | None = None
        self.cards: dict[str, RowsCard] = {}
        for spec, title, add, empty in _CHILD_CARDS:
            self.cards[spec.kids] = self._child_card(spec, title, add, empty)
        self.cards["identifiers"] = RowsCard(
            "Nummer",
            "Nytt nummer" if self.may_write else "",
            self.add_number,
            "Personen har ikke noe nummer.",
        )
        self._other_cards()
        self._lay_out()

    def _child_card(self, spec: ChildForm, title: str, add: str, empty: str) -> RowsCard:
        card = RowsCard(title, add if self.may_write else "", lambda: self.edit(spec, None), empty)
        if card.add_button is not None:
            card.add_button.setAccessibleName(f"{title}: {add.lower()}")
        return card

    def _other_cards(self) -> None:
        window = self._window
        self.about = Card("Om personen")
        if self.may_write and self.about.heading is not None:
            self.about_button = Button("Rett opplysninger", self.edit_about, icon="edit", kind="link")
            self.about.heading.add_action(self.about_button)
        self.facts = FactGrid(label_width=120)
        self.about.add(self.facts)
        self.homes = HouseholdCard(window, may_write=self.may_write)
        self.homes.person_wanted.connect(lambda key: window.go(Place("person", subject=key)))
        self.homes.day_changed.connect(self.home_day_wanted)
        self.cases = RowsCard("Saker", empty="Ingen saker.")
        self.visits = RowsCard("Siste besøk", empty="Ingen besøk er skrevet ned.")
        self.protection = ProtectionCard(window)
        self.readers = ReadersCard(window)
        self.homes.form_closed.connect(self.form_closed)
        self.protection.form_closed.connect(self.form_closed)
        self.readers.form_closed.connect(self.form_closed)
        self.changed_by = wrapping("", "cap")

    def _lay_out(self) -> None:
        set_role(self, "scroll")
        outer = QVBoxLayout(self)
        tidy(outer, SPACE_3)
        outer.setContentsMargins(0, 0, 8, 0)
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        tidy(self._across, SPACE_3)
        left = (self.cases, self.homes, self.visits, self.protection, self.readers)
        right = (
            self.about, self.cards["contacts"], self.cards["addresses"], self.cards["names"],
            self.cards["identifiers"], self.cards["representatives"],
        )  # fmt: skip
        for side in (left, right):
            column = QVBoxLayout()
            tidy(column, SPACE_3)
            for card in side:
                column.addWidget(card)
            column.addStretch(1)
            self._across.addLayout(column, 1)
        outer.addLayout(self._across)
        outer.addWidget(self.changed_by)
        outer.addStretch(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        directions = QBoxLayout.Direction
        wide = self.width() >= TWO_COLUMNS_FROM
        self._across.setDirection(directions.LeftToRight if wide else directions.TopToBottom)

    # --- showing --------------------------------------------------------------------------------------------

    def show_person(
        self,
        detail: PersonDetail,
        visits: tuple[VisitRow, ...],
        districts: dict[UUID, str],
        shown: Shown,
        readers: tuple[FileReader, ...] = (),
    ) -> None:
        self._detail, self._districts = detail, districts
        today, draft = self._window.today(), detail.draft
        self.facts.set_facts(sections.about_facts(detail, today))
        self.cards["names"].set_rows(sections.name_rows(draft.names, today, self._edit(forms.NAME)))
        self.cards["contacts"].set_rows(
            sections.contact_rows(draft.contacts, today, self._edit(forms.CONTACT))
        )
        self.cards["representatives"].set_rows(
            sections.representative_rows(draft.representatives, today, self._edit(forms.REPRESENTATIVE))
        )
        self.show_hidden(shown)
        go = self._window.go
        self.cases.set_rows(sections.case_rows(detail.cases, lambda key: go(Place("sak", subject=key))))
        self.visits.set_rows(sections.visit_rows(visits, today, lambda key: go(Place("besok", subject=key))))
        self.homes.show_person(detail)
        self.protection.show_person(detail)
        self.readers.show_readers(detail, readers)
        by = f" av {detail.changed_by}" if detail.changed_by else ""
        self.changed_by.setText(
            f"Sist endret {long_date(detail.changed_on)}{by} · Registrert {long_date(detail.created_on)}"
        )

    def show_hidden(self, shown: Shown) -> None:
        """The cards that hide something; ``shown`` is in sight just now."""
        if self._detail is not None:
            self.cards["addresses"].set_rows(
                sections.address_rows(
                    self._detail.draft.addresses,
                    self._districts,
                    self._window.today(),
                    self._edit(forms.ADDRESS),
                    self._reveal_address,
                    shown.addresses,
                )
            )
            edit = self.edit_number if self.may_write else None
            numbers = self._detail.draft.identifiers
            rows = sections.number_rows(numbers, self._window.today(), edit, self._reveal, shown.numbers)
            self.cards["identifiers"].set_rows(rows)

    # --- forms ----------------------------------------------------------------------------------------------

    def _edit(self, spec: ChildForm) -> Callable[[Any], None] | None:
        return (lambda child: self.edit(spec, child)) if self.may_write else None

    def edit(self, spec: ChildForm, child: Any) -> None:
        """The form of one row; ``child`` None is a new one."""
        if self._detail is not None:
            districts = tuple(self._districts.items())
            self._open(ChildDialog(self._window, spec, self._detail, self._read, child, self, districts))

    def add_number(self) -> None:
        self.edit_number(None)

    def edit_number(self, child: Any) -> None:
        if self._detail is not None:
            self._open(NumberDialog(self._window, self._detail, self._read, child, self))

    def edit_about(self) -> None:
        if self._detail is not None:
            self._open(AboutDialog(self._window, self._detail, self._read, self))

    def _open(self, dialog: QDialog) -> None:
        self.dialog = dialog
        dialog.finished.connect(lambda _result: self.form_closed.emit())
        dialog.open()
