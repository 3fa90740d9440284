"""The homes of a person on a day: who lives there, in what role, how much, from and to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QFrame, QLabel, QVBoxLayout, QWidget

from boligdesk.domain.calendar import long_date
from boligdesk.domain.catalog import MemberRole
from boligdesk.domain.households import is_live
from boligdesk.domain.people import age_on
from boligdesk.services.records.common import MASKED_NAME
from boligdesk.services.records.people import MemberDraft
from boligdesk.ui.person_words import joined, period_words
from boligdesk.ui.theme import SPACE_2, font, set_role
from boligdesk.ui.widgets import Button, Card, DateField, PillSpec, clear, label, tidy, wrapping
from boligdesk.ui.widgets.flow import FlowRow

from .add_member import AddMemberDialog
from .cards import Act, Row, RowView
from .household_forms import BornDialog, HomeDialog, MemberDialog, SplitDialog

if TYPE_CHECKING:
    from boligdesk.services.records.people import HouseholdDetail, PersonDetail
    from boligdesk.ui.page import Window

_LEAST_TO_SPLIT = 2


def member_name(member: MemberDraft) -> str:
    """As the record says; an expected child has no name yet."""
    return member.name or ("Ventet barn" if member.person_id is None else "Ukjent navn")


def is_masked(member: MemberDraft) -> bool:
    return member.person_id is None and member.name == MASKED_NAME


def member_words(member: MemberDraft, on: dt.date) -> str:
    """«Barn · 7 år · 50 % av nettene · fra 1. mai 2024»; a restricted one has only its period."""
    if is_masked(member):
        return period_words(member)
    age = f"{age_on(member.birth_on, on)} år" if member.birth_on and member.birth_on <= on else ""
    expected = f"ventet {long_date(member.expected_on)}" if member.expected_on else ""
    share = f"{member.care_share} % av nettene" if member.care_share is not None else ""
    room = "trenger eget soverom" if member.needs_own_room else ""
    return joined((MemberRole(member.role).label, age, expected, share, room, period_words(member)))


class HouseholdCard(Card):
    """``person_wanted`` carries the id of a member; ``day_changed`` the day to show (None: today)."""

    person_wanted = Signal(object)
    day_changed = Signal(object)
    form_closed = Signal()

    def __init__(self, window: Window, *, may_write: bool) -> None:
        super().__init__("Husstand")
        self._window, self._may_write = window, may_write
        self._detail: PersonDetail | None = None
        self._homes: tuple[HouseholdDetail, ...] = ()
        self.dialog: QDialog | None = None
        if may_write and self.heading is not None:
            self.new_button = Button("Ny husstand", self.add_home, icon="add", kind="link")
            self.heading.add_action(self.new_button)
        self.day = DateField(window.today)
        self.day.editingFinished.connect(self._day_edited)
        self.day.setPlaceholderText("i dag")
        name = QLabel("&Vis hvem som bodde sammen")
        name.setFont(font("body"))
        name.setBuddy(self.day)
        self.add(FlowRow(name, self.day))
        self.fault = label("", "error", wrap=True)
        self.fault.hide()
        self.add(self.fault)
        carrier = QWidget()
        self._column = QVBoxLayout(carrier)
        tidy(self._column, SPACE_2)
        self.add(carrier)

    def on(self) -> dt.date:
        return self.day.value() or self._window.today()

    def show_person(self, detail: PersonDetail) -> None:
        if self._detail is None or self._detail.id != detail.id:
            self.day.set_value(None)
        self._detail = detail
        if self.day.value() is None:
            self.show_homes(detail.households)
        else:
            self.day_changed.emit(self.day.value())

    def show_homes(self, homes: tuple[HouseholdDetail, ...]) -> None:
        """The homes, with summaries for the day in the field."""
        self._homes = homes
        clear(self._column)
        if not homes:
            self._column.addWidget(wrapping("Ingen husstand er registrert.", "sub"))
        for home in homes:
            self._column.addWidget(self._home(home))

    def homes(self) -> tuple[HouseholdDetail, ...]:
        return self._homes

    # --- one home -------------------------------------------------------------------------------------------

    def _home(self, home: HouseholdDetail) -> QFrame:
        box = QFrame()
        set_role(box, "panel")
        column = QVBoxLayout(box)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(SPACE_2)
        over = f" · oppløst {long_date(home.dissolved_on)}" if home.dissolved_on else ""
        column.addWidget(wrapping(f"{home.label or 'Husstanden'}{over}", "strong"))
        column.addWidget(wrapping(home.summary))
        day = self.on()
        rows = [self._row(home, member, day) for member in home.members]
        for row in rows:
            if not row.is_old:
                column.addWidget(RowView(row))
        others = [row for row in rows if row.is_old]
        if others:
            column.addWidget(label("Andre tider", "cap"))
        for row in others:
            column.addWidget(RowView(row))
        if self._may_write:
            column.addWidget(self._acts(home, day))
        return box

    def _row(self, home: HouseholdDetail, member: MemberDraft, day: dt.date) -> Row:
        name = member_name(member)
        live = is_live(member.valid_from, member.valid_to, day)
        acts: list[Act] = []
        if self._may_write and not is_masked(member):
            if member.person_id is None and live:
                acts.append(Act("Barnet er født", "ventet barn", lambda: self.born(home, member)))
            acts.append(Act("Rett", f"{name} i husstanden", lambda: self.edit_member(home, member)))
        other = member.person_id is not None and (self._detail is None or member.person_id != self._detail.id)
        lead: Callable[[], None] | None = (
            (lambda: self.person_wanted.emit(member.person_id)) if other else None
        )
        pill = PillSpec("lock", "Skjermet") if is_masked(member) else None
        return Row(name, member_words(member, day), tuple(acts), pill, not live, lead)

    def _acts(self, home: HouseholdDetail, day: dt.date) -> QWidget:
        buttons = [
            Button("Legg til medlem", lambda: self.add_member(home), icon="add", kind="link"),
            Button("Rett husstanden", lambda: self.edit_home(home), icon="edit", kind="link"),
        ]
        if len(self._can_leave(home, day)) >= _LEAST_TO_SPLIT:
            buttons.append(
                Button("Del husstanden", lambda: self.split(home), icon="people_swap", kind="link")
            )
        name = home.label or "uten navn"
        for button in buttons:
            button.setAccessibleName(f"{button.text()}: {name}")
        return FlowRow(*buttons)

    @staticmethod
    def _can_leave(home: HouseholdDetail, day: dt.date) -> tuple[tuple[MemberDraft, str], ...]:
        return tuple(
            (member, member_name(member))
            for member in home.members
            if is_live(member.valid_from, member.valid_to, day) and not is_masked(member)
        )

    # --- forms ----------------------------------------------------------------------------------------------

    def add_home(self) -> None:
        """A new household begins with the person the page is about."""
        if self._detail is not None:
            first = (MemberDraft(MemberRole.HEAD.value, self._detail.id),)
            self._open(AddMemberDialog(self._window, None, first, self))

    def add_member(self, home: HouseholdDetail) -> None:
        self._open(AddMemberDialog(self._window, home, (), self))

    def edit_home(self, home: HouseholdDetail) -> None:
        self._open(HomeDialog(self._window, home, self))

    def edit_member(self, home: HouseholdDetail, member: MemberDraft) -> None:
        self._open(MemberDialog(self._window, home, member, member_name(member), self))

    def born(self, home: HouseholdDetail, member: MemberDraft) -> None:
        self._open(BornDialog(self._window, home, member, self._family(), self))

    def split(self, home: HouseholdDetail) -> None:
        self._open(SplitDialog(self._window, home, self._can_leave(home, self._window.today()), self))

    def _family(self) -> str:
        """The family name the child most often gets; it can be written over."""
        names = self._detail.draft.names if self._detail else ()
        return names[0].family if names else ""

    def _open(self, dialog: QDialog) -> None:
        self.dialog = dialog
        dialog.finished.connect(lambda _result: self.form_closed.emit())
        dialog.open()

    def _day_edited(self) -> None:
        wrong = self.day.error()
        self.fault.setText(wrong)
        self.fault.setVisible(bool(wrong))
        if not wrong:
            self.day_changed.emit(self.day.value())
