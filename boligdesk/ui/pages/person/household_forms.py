"""The forms of a household: the home itself, a member, an expected child that is born, a split."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QCheckBox, QWidget

from boligdesk.domain.catalog import MemberRole
from boligdesk.services.records.common import Saved
from boligdesk.services.records.people import (
    HouseholdDetail,
    HouseholdDraft,
    MemberDraft,
    NameDraft,
    PersonDraft,
    SplitDraft,
)
from boligdesk.ui.widgets import label

from .dialogs import Basis, FormDialog
from .fields import Field, make, put, value_of

if TYPE_CHECKING:
    from boligdesk.ui.page import Window

_ALL_NIGHTS = 100
_ROLES = tuple((role.value, role.label) for role in MemberRole)
MEMBER_FIELDS = (
    Field("role", "&Rolle", "choice", choices=_ROLES),
    Field("care_share", "&Andel netter i prosent", help="Bare ved delt bosted. La feltet stå tomt ellers."),
    Field("valid_from", "Bor her &fra", "date"),
    Field("valid_to", "Bor her &til", "date"),
    Field("needs_own_room", "Trenger &eget soverom", "yes_no"),
    Field("counts_income", "&Inntekten regnes med", "yes_no"),
)
HOME_FIELDS = (
    Field("label", "&Navn på husstanden", help="For eksempel gata de bor i."),
    Field("formed_on", "Ble til", "date"),
    Field("dissolved_on", "Oppløst", "date"),
)
CHILD_FIELDS = (
    Field("given", "F&ornavn"),
    Field("family", "&Etternavn"),
    Field("birth_on", "Fødsels&dato", "date"),
)


def home_draft(found: HouseholdDetail, members: tuple[MemberDraft, ...]) -> HouseholdDraft:
    """The household as stored, with these members changed or added (one left out stays as it is)."""
    return HouseholdDraft(members, found.label, found.formed_on, found.dissolved_on, found.id, found.version)


def home_basis(window: Window, found: HouseholdDetail) -> Basis[HouseholdDetail]:
    households = window.services.households
    return Basis(
        found,
        lambda: households.detail(found.id),
        lambda now: (now.label, now.formed_on, now.dissolved_on, now.members),
    )


class HomeFormDialog(FormDialog[HouseholdDetail]):
    """What the forms of a household share."""

    def add_fields(self, fields: tuple[Field, ...]) -> None:
        for field in fields:
            words = "" if field.kind == "check" else field.help
            self.form.add(field.name, field.label, make(field, self.window_.today), words)

    def value(self, name: str) -> Any:
        return value_of(self.form.rows[name].field)

    def faults(self) -> dict[str, str]:
        """What cannot be read in the fields."""
        found = self.form.own_errors()
        if "care_share" in self.form.rows and not _is_share(self.value("care_share")):
            found["care_share"] = "Skriv et tall fra 0 til 100."
        return found

    def member_values(self) -> dict[str, Any]:
        share = self.value("care_share")
        return {
            "role": self.value("role"),
            "care_share": int(share) if share else None,
            **{
                name: self.value(name)
                for name in ("valid_from", "valid_to", "needs_own_room", "counts_income")
            },
        }

    def show_fault(self, field: str, text: str) -> bool:
        """The service says «members»; the words tell which field."""
        place = field
        if field == "members":
            is_period = any(word in text for word in ("dato", "tidsrom"))
            place = "valid_from" if is_period else "role"
        return super().show_fault(place, text)


def _is_share(text: str) -> bool:
    return not text or (text.isdecimal() and int(text) <= _ALL_NIGHTS)


class HomeDialog(HomeFormDialog):
    """The name of the household, when it came to be, and when it ended for all."""

    def __init__(self, window: Window, found: HouseholdDetail, parent: QWidget) -> None:
        super().__init__(
            window, "Rett husstanden", "En oppløst husstand ender for alle som bor i den.", "Lagre husstanden",
            home_basis(window, found), parent,
        )  # fmt: skip
        self.add_fields(HOME_FIELDS)
        for field in HOME_FIELDS:
            put(self.form.rows[field.name].field, getattr(found, field.name))
        self.add_line("label")
        self.add_line("formed_on", "dissolved_on")
        self.fit()
        self.form.rows["label"].field.setFocus()

    def order(self) -> Callable[[HouseholdDetail], Saved] | None:
        if self.form.set_errors(self.faults()) is not None:
            return None
        values = {field.name: self.value(field.name) for field in HOME_FIELDS}
        households = self.window_.services.households
        return lambda found: households.save(replace(home_draft(found, ()), **values))

    def said(self) -> str:
        return "Husstanden er lagret."


class MemberDialog(HomeFormDialog):
    """One member: role, custody share, from and to."""

    def __init__(
        self, window: Window, found: HouseholdDetail, member: MemberDraft, name: str, parent: QWidget
    ) -> None:
        super().__init__(window, "Rett medlemmet", name, "Lagre medlemmet", home_basis(window, found), parent)
        self._member = member
        expected = (Field("expected_on", "&Ventet", "date"),) if member.person_id is None else ()
        self.add_fields((*MEMBER_FIELDS, *expected))
        for row_name, row in self.form.rows.items():
            value = getattr(member, row_name)
            put(row.field, "" if value is None and row_name == "care_share" else _shown(value))
        self.add_line("role", "care_share")
        if expected:
            self.add_line("expected_on")
        self.add_line("valid_from", "valid_to")
        self.add_line("needs_own_room", "counts_income")
        self.fit()
        self.form.rows["role"].field.setFocus()

    def order(self) -> Callable[[HouseholdDetail], Saved] | None:
        if self.form.set_errors(self.faults()) is not None:
            return None
        values = self.member_values()
        if "expected_on" in self.form.rows:
            values["expected_on"] = self.value("expected_on")
        changed = replace(self._member, **values)
        households = self.window_.services.households
        return lambda found: households.save(home_draft(found, (changed,)))

    def said(self) -> str:
        return "Husstanden er lagret."


def _shown(value: Any) -> Any:
    """A share of nothing is written, an unknown one is not."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


class BornDialog(HomeFormDialog):
    """«Barnet er født»: the expected child gets a name and a birth date, and keeps its place in the household."""

    def __init__(
        self, window: Window, found: HouseholdDetail, member: MemberDraft, family: str, parent: QWidget
    ) -> None:
        super().__init__(
            window, "Barnet er født", "Barnet får en egen mappe og beholder plassen i husstanden.",
            "Registrer barnet", home_basis(window, found), parent,
        )  # fmt: skip
        self._member = member
        self.add_fields(CHILD_FIELDS)
        put(self.form.rows["family"].field, family)
        self.add_line("given", "family", "birth_on")
        self.fit()
        self.form.rows["given"].field.setFocus()

    def order(self) -> Callable[[HouseholdDetail], Saved] | None:
        faults = self.faults()
        if not (self.value("given") or self.value("family")):
            faults["given"] = "Skriv navnet."
        born = self.value("birth_on")
        if born is None and "birth_on" not in faults:
            faults["birth_on"] = "Skriv når barnet ble født."
        if self.form.set_errors(faults) is not None:
            return None
        child = PersonDraft((NameDraft(self.value("given"), self.value("family")),), born)
        households = self.window_.services.households
        member = replace(self._member, valid_from=self._member.valid_from or born)
        return lambda found: households.save_with_newcomer(home_draft(found, ()), member, child)

    def said(self) -> str:
        return "Barnet er registrert."


class SplitDialog(HomeFormDialog):
    """Some move out together: they leave this household and make a new one from the same day."""

    def __init__(
        self,
        window: Window,
        found: HouseholdDetail,
        members: tuple[tuple[MemberDraft, str], ...],
        parent: QWidget,
    ) -> None:
        super().__init__(
            window, "Del husstanden", "De du krysser av, flytter ut og får en egen husstand.", "Del husstanden",
            home_basis(window, found), parent,
        )  # fmt: skip
        self.boxes = [(member, QCheckBox(name)) for member, name in members]
        self.body.addWidget(label("Hvem flytter ut?", "strong"))
        for _member, box in self.boxes:
            self.body.addWidget(box)
        self.add_fields(
            (Field("valid_from", "&Flyttet ut", "date"), Field("label", "&Navn på den nye husstanden"))
        )
        put(self.form.rows["valid_from"].field, window.today())
        self.add_line("valid_from", "label", spans=(1, 2))
        self.fit()
        if self.boxes:
            self.boxes[0][1].setFocus()

    def order(self) -> Callable[[HouseholdDetail], Saved] | None:
        faults = self.faults()
        leaving = [member for member, box in self.boxes if box.isChecked()]
        day = self.value("valid_from")
        if day is None and "valid_from" not in faults:
            faults["valid_from"] = "Skriv når de flyttet ut."
        if self.form.set_errors(faults) is not None:
            return None
        if not leaving or len(leaving) == len(self.boxes):
            words = "Kryss av for noen, men ikke alle, av dem som bor her."
            self.messages.show_message("warn", words)
            return None
        ids = tuple(member.id for member in leaving if member.id is not None)
        households, name = self.window_.services.households, self.value("label")
        return lambda found: households.split(SplitDraft(found.id, found.version, ids, day, name))

    def said(self) -> str:
        return "Husstanden er delt."
