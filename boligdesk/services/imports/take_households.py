"""Households: each row is one member of somebody's home."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from boligdesk.domain.catalog import MemberRole
from boligdesk.services.errors import UserError
from boligdesk.services.households import checked_household
from boligdesk.services.imports.named_people import NamedPeople
from boligdesk.services.imports.take_people import identifiers_of, names_of
from boligdesk.services.imports.taking import Taker, words
from boligdesk.services.person_input import checked_person
from boligdesk.services.records.people import (
    HouseholdDraft,
    MemberDraft,
    PersonDraft,
)

if TYPE_CHECKING:
    from uuid import UUID

    from boligdesk.services.imports.report import Outcome
    from boligdesk.services.imports.rows import CheckedRow
    from boligdesk.services.records.people import HouseholdDetail

_HOMES = "liste:husstand"


class HouseholdTaker(Taker):
    kind = "households"
    subject_kind = "household"
    is_whole = False

    def prepare(self, rows: list[CheckedRow]) -> None:
        imports = self.work.write_imports
        self._named = NamedPeople(imports, rows, "national_id", "member_national_id")
        self._numbers, self._readable = self._named.numbers, self._named.readable
        self._homes = imports.known_refs(_HOMES, {words(row.values, "household_ref") for row in rows} - {""})

    def store(self, row: CheckedRow) -> tuple[Outcome, UUID]:
        values = row.values
        head = self._head(values)
        reference = words(values, "household_ref")
        home = self._homes.get(reference) or (self.work.write_imports.household_of(head) if head else None)
        with self.work.write_imports.row():
            member = self._member(values)
            if home is None:
                home, outcome = self._new_home(head, member, values)
            else:
                stored = self.work.households.detail(home)
                changed = self._with(stored, member)
                if changed is None:
                    return "unchanged", home
                self.work.write_households.change(checked_household(changed))
                outcome = "updated"
        if reference and reference not in self._homes:
            self._homes[reference] = home
            self.work.write_imports.keep_ref(_HOMES, reference, "household", home)
        return outcome, home

    def _head(self, values: dict[str, Any]) -> UUID | None:
        """None only where the household has a name of its own."""
        head = self._named.of(values)
        if head is None and not words(values, "household_ref"):
            raise UserError(
                "Fant ikke hovedpersonen.",
                "Personen er ikke hentet inn ennå.",
                todo="Hent inn personlista først, og så husstandene.",
            )
        return head

    def _member(self, values: dict[str, Any]) -> MemberDraft:
        """The member of the row: known by number, else a new person (children seldom have one in lists)."""
        role = values.get("relation") or MemberRole.OTHER
        share = values.get("care_share")
        if values.get("expected_on"):
            return MemberDraft(MemberRole.CHILD, expected_on=values["expected_on"])
        number = words(values, "member_national_id")
        person = self._numbers.get(number)
        if person is not None and person not in self._readable:
            raise UserError("Medlemmet er en person du ikke har tilgang til.", todo="Snakk med lederen din.")
        name = names_of(values)
        label = " ".join(part for part in (name.given, name.middle, name.family) if part)
        return MemberDraft(
            role,
            person,
            label,
            values.get("birth_date"),
            None if share is None else int(share),
            valid_from=values.get("from"),
            valid_to=values.get("to"),
        )

    def _person_of(self, member: MemberDraft, values: dict[str, Any]) -> UUID:
        name = names_of(values)
        number = words(values, "member_national_id")
        draft = PersonDraft(
            names=(name,),
            birth_on=member.birth_on,
            birth_precision="dag" if member.birth_on else None,
            identifiers=identifiers_of(number),
        )
        person = self.work.write_imports.new_person(checked_person(draft, self.work.today))
        if number:
            self._numbers[number] = person
            self._readable.add(person)
            self._made = number
        return person

    def _settled(self, member: MemberDraft, values: dict[str, Any]) -> MemberDraft:
        if member.person_id is not None or member.expected_on is not None:
            return member
        settled = replace(member, person_id=self._person_of(member, values))
        self.work.write_imports.settle()
        return settled

    def _new_home(
        self, head: UUID | None, member: MemberDraft, values: dict[str, Any]
    ) -> tuple[UUID, Outcome]:
        members = [self._settled(member, values)]
        if head is not None and head != members[0].person_id:
            members.insert(0, MemberDraft(MemberRole.HEAD, head))
        elif head is None and member.role != MemberRole.HEAD:
            self.tell(
                "assumed", "relation", "Første rad i husstanden. Lista sier ikke hvem som er hovedperson."
            )
        draft = checked_household(HouseholdDraft(tuple(members), label=words(values, "household_ref")))
        return self.work.write_households.register(draft).id, "created"

    def _with(self, stored: HouseholdDetail, member: MemberDraft) -> HouseholdDraft | None:
        """The household with the member; None when he or she is there already, as the list says."""
        values = dict(self._row_values)
        for old in stored.members:
            if old.valid_to is None and _same(old, member):
                updated = replace(
                    old,
                    care_share=member.care_share if member.care_share is not None else old.care_share,
                    valid_to=member.valid_to or old.valid_to,
                )
                if updated == old:
                    return None
                members = tuple(updated if row is old else row for row in stored.members)
                return _draft(stored, members)
        return _draft(stored, (*stored.members, self._settled(member, values)))

    def forget(self) -> None:
        self._numbers.pop(self._made, None)

    def take(self, row: CheckedRow) -> None:
        self._row_values, self._made = row.values, ""
        super().take(row)


def _draft(stored: HouseholdDetail, members: tuple[MemberDraft, ...]) -> HouseholdDraft:
    return HouseholdDraft(
        members, stored.label, stored.formed_on, stored.dissolved_on, stored.id, stored.version
    )


def _same(old: MemberDraft, new: MemberDraft) -> bool:
    if new.expected_on is not None:
        return old.person_id is None and old.expected_on == new.expected_on
    if new.person_id is not None:
        return old.person_id == new.person_id
    return bool(new.name) and old.name == new.name and old.birth_on == new.birth_on
