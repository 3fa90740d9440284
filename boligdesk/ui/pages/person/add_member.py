"""Somebody comes into a household: one who has a file, one who gets one now, or a child that is expected."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from boligdesk.domain.catalog import MemberRole
from boligdesk.services.records.people import (
    HouseholdDetail,
    HouseholdDraft,
    MemberDraft,
    NameDraft,
    PersonDraft,
)
from boligdesk.ui.widgets import SegmentedFilter, wrapping
from boligdesk.ui.widgets.person_picker import PersonPicker, match_words

from .fields import Field, put
from .household_forms import CHILD_FIELDS, HOME_FIELDS, MEMBER_FIELDS, HomeFormDialog, home_basis, home_draft

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from boligdesk.services.records.common import Saved
    from boligdesk.services.records.people import PersonMatch, PersonProbe
    from boligdesk.ui.page import Window

#: Stands in for the id of a household that is not there yet.
_NOBODY = UUID(int=0)
KNOWN, NEW, EXPECTED, ALONE = "known", "new", "expected", "alone"


class AddMemberDialog(HomeFormDialog):
    """A member who has a file, one who gets one now, or a child that is expected. ``found`` None: a new household."""

    def __init__(
        self, window: Window, found: HouseholdDetail | None, first: tuple[MemberDraft, ...], parent: QWidget
    ) -> None:
        empty = found or HouseholdDetail(_NOBODY, 0, "", first, None, None, "")
        title, act = ("Legg til i husstanden", "Legg til") if found else ("Ny husstand", "Lagre husstanden")
        basis = home_basis(window, empty)
        super().__init__(window, title, "", act, basis, parent)
        self._is_new = found is None
        self._first = first
        ways = ((KNOWN, "Har en mappe"), (NEW, "Registrer ny"), (EXPECTED, "Ventet barn"))
        alone = ((ALONE, "Bor alene"),) if self._is_new else ()
        self.way = SegmentedFilter("Hvem legger du til?", (*ways, *alone))
        self.way.changed.connect(lambda _key: self._fit_way())
        self.body.addWidget(self.way)
        self.picker = PersonPicker(self._find)
        self.picker.chosen.connect(self._chosen)
        self.picker.new_wanted.connect(self._new_wanted)
        self.chosen = wrapping("", "strong")
        self.body.addWidget(self.picker)
        self.body.addWidget(self.chosen)
        self.add_fields(
            (*CHILD_FIELDS, Field("expected_on", "&Ventet", "date", "Et anslag er nok."), *MEMBER_FIELDS)
        )
        if self._is_new:
            self.add_fields((HOME_FIELDS[0],))
            self.add_line("label")
        self.add_line("given", "family", "birth_on")
        self.add_line("expected_on")
        self.add_line("role", "care_share")
        self.add_line("valid_from", "valid_to")
        self.add_line("needs_own_room", "counts_income")
        put(self.form.rows["role"].field, MemberRole.CHILD.value)
        self._fit_way()
        self.fit()
        self.picker.line.setFocus()

    def _fit_way(self) -> None:
        way = self.way.value()
        self.picker.setVisible(way == KNOWN)
        self.chosen.setVisible(way == KNOWN and self.picker.person is not None)
        wanted = {field.name for field in MEMBER_FIELDS} if way != ALONE else set()
        wanted |= {NEW: {field.name for field in CHILD_FIELDS}, EXPECTED: {"expected_on"}}.get(way, set())
        self.show_rows(lambda name: name in wanted or name == "label")
        if way == EXPECTED:
            put(self.form.rows["role"].field, MemberRole.CHILD.value)

    def _find(self, probe: PersonProbe, done: Callable[[tuple[PersonMatch, ...]], None]) -> None:
        people = self.window_.services.people
        self.window_.query(lambda: people.matches(probe), done, owner=self)

    def _chosen(self, match: PersonMatch) -> None:
        self.chosen.setText(f"Valgt: {match_words(match)}")
        self.chosen.show()
        self.form.rows["role"].field.setFocus()

    def _new_wanted(self, text: str) -> None:
        self.way.set_value(NEW)
        given, _space, family = text.rpartition(" ")
        put(self.form.rows["given"].field, given or family)
        put(self.form.rows["family"].field, family if given else "")
        self._fit_way()
        self.form.rows["given"].field.setFocus()

    def order(self) -> Callable[[HouseholdDetail], Saved] | None:
        faults = self.faults()
        way, person = self.way.value(), self.picker.person
        if way == NEW and not (self.value("given") or self.value("family")):
            faults["given"] = "Skriv navnet."
        if way == EXPECTED and self.value("expected_on") is None and "expected_on" not in faults:
            faults["expected_on"] = "Skriv når barnet er ventet. Et anslag er nok."
        if self.form.set_errors(faults) is not None:
            return None
        if way == KNOWN and person is None:
            self.messages.show_message("warn", "Velg hvem du legger til.")
            self.picker.line.setFocus()
            return None
        if way == ALONE:
            return self._saving(None, None)
        member = MemberDraft(**self.member_values())
        if way == EXPECTED:
            member = replace(member, expected_on=self.value("expected_on"))
        elif way == KNOWN and person is not None:
            member = replace(member, person_id=person.id)
        return self._saving(member, self._new_person() if way == NEW else None)

    def _new_person(self) -> PersonDraft:
        return PersonDraft((NameDraft(self.value("given"), self.value("family")),), self.value("birth_on"))

    def _saving(
        self, member: MemberDraft | None, person: PersonDraft | None
    ) -> Callable[[HouseholdDetail], Saved]:
        households = self.window_.services.households
        name = self.value("label") if self._is_new else ""

        def work(found: HouseholdDetail) -> Saved:
            draft = HouseholdDraft(self._first, name) if self._is_new else home_draft(found, ())
            if person is not None and member is not None:
                return households.save_with_newcomer(draft, member, person)
            more = (member,) if member is not None else ()
            return households.save(replace(draft, members=(*draft.members, *more)))

        return work

    def said(self) -> str:
        return "Husstanden er registrert." if self._is_new else "Medlemmet er lagt til."
