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
        imports.hold_homes(self._readable, set(self._homes.values()))

    def store(self, row: CheckedRow) -> tuple[Outcome, UUID]:
        values = row.values
        head = self._head(values)
        reference = words(values, "household_ref")
        home = self._homes.get(reference) or (self.work.write_imports.household_of(head) if head else None)
        member = self._member(values)
        quick = self._quick(home, head, member, values)
        if quick is not None:
            outcome, home = quick
        else:
            with self.work.write_imports.row():
                outcome, home = self._one_by_one(home, head, member, values)
            self.work.write_imports.renew_home(home)
        if reference and reference not in self._homes:
            self._homes[reference] = home
            self.work.write_imports.keep_ref(_HOMES, reference, "household", home)
        return outcome, home

    def _quick(
        self, home: UUID | None, head: UUID | None, member: MemberDraft, values: dict[str, Any]
    ) -> tuple[Outcome, UUID] | None:
        """Everything is checked before anything is written. None = it must be asked about."""
        imports = self.work.write_imports
        there = imports.members_of(home) if home is not None else ()
        people = [person for person in (head, member.person_id) if person is not None]
        if there is None or not imports.may_join(people):
            return None
        for old in there:
            if home is not None and old.valid_to is None and _same(old, member):
                return ("unchanged", home) if _laid_over(old, member) == old else None
        newcomer = None
        if member.person_id is None and member.expected_on is None:
            newcomer = self._person_draft(member, values)
            member = replace(member, person_id=imports.new_id())
        if home is None:
            draft = self._home_draft(head, member, values)
            self._move_in(newcomer, member, values)
            return "created", imports.new_home(draft)
        checked_household(HouseholdDraft((member,)))
        if not imports.may_add(home, member):
            return None
        self._move_in(newcomer, member, values)
        imports.add_member(home, member)
        return "updated", home

    def _move_in(self, newcomer: PersonDraft | None, member: MemberDraft, values: dict[str, Any]) -> None:
        if newcomer is not None and member.person_id is not None:
            self.work.write_imports.new_member(newcomer, member.person_id)
            self._remember(member.person_id, values)

    def _one_by_one(
        self, home: UUID | None, head: UUID | None, member: MemberDraft, values: dict[str, Any]
    ) -> tuple[Outcome, UUID]:
        """What may be refused half-way."""
        if home is None:
            draft = self._home_draft(head, self._settled(member, values), values)
            return "created", self.work.write_households.register(draft).id
        changed = self._with(self.work.households.detail(home), member, values)
        if changed is None:
            return "unchanged", home
        self.work.write_households.change(checked_household(changed))
        return "updated", home

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

    def _person_draft(self, member: MemberDraft, values: dict[str, Any]) -> PersonDraft:
        draft = PersonDraft(
            names=(names_of(values),),
            birth_on=member.birth_on,
            birth_precision="dag" if member.birth_on else None,
            identifiers=identifiers_of(words(values, "member_national_id")),
        )
        return checked_person(draft, self.work.today)

    def _remember(self, person: UUID, values: dict[str, Any]) -> None:
        number = words(values, "member_national_id")
        if number:
            self._numbers[number] = person
            self._readable.add(person)
            self._made = number

    def _settled(self, member: MemberDraft, values: dict[str, Any]) -> MemberDraft:
        if member.person_id is not None or member.expected_on is not None:
            return member
        person = self.work.write_imports.new_person(self._person_draft(member, values))
        self._remember(person, values)
        self.work.write_imports.settle()
        return replace(member, person_id=person)

    def _home_draft(self, head: UUID | None, member: MemberDraft, values: dict[str, Any]) -> HouseholdDraft:
        members = [member]
        if head is not None and head != member.person_id:
            members.insert(0, MemberDraft(MemberRole.HEAD, head))
        elif head is None and member.role != MemberRole.HEAD:
            self.tell(
                "assumed", "relation", "Første rad i husstanden. Lista sier ikke hvem som er hovedperson."
            )
        return checked_household(HouseholdDraft(tuple(members), label=words(values, "household_ref")))

    def _with(
        self, stored: HouseholdDetail, member: MemberDraft, values: dict[str, Any]
    ) -> HouseholdDraft | None:
        """The household with the member; None when he or she is there already, as the list says."""
        for old in stored.members:
            if old.valid_to is None and _same(old, member):
                updated = _laid_over(old, member)
                if updated == old:
                    return None
                members = tuple(updated if row is old else row for row in stored.members)
                return _draft(stored, members)
        return _draft(stored, (*stored.members, self._settled(member, values)))

    def forget(self) -> None:
        self._numbers.pop(self._made, None)

    def take(self, row: CheckedRow) -> None:
        self._made = ""
        super().take(row)


def _draft(stored: HouseholdDetail, members: tuple[MemberDraft, ...]) -> HouseholdDraft:
    return HouseholdDraft(
        members, stored.label, stored.formed_on, stored.dissolved_on, stored.id, stored.version
    )


def _laid_over(old: MemberDraft, new: MemberDraft) -> MemberDraft:
    """What the list says of somebody who lives there already."""
    share = new.care_share if new.care_share is not None else old.care_share
    return replace(old, care_share=share, valid_to=new.valid_to or old.valid_to)


def _same(old: MemberDraft, new: MemberDraft) -> bool:
    if new.expected_on is not None:
        return old.person_id is None and old.expected_on == new.expected_on
    if new.person_id is not None:
        return old.person_id == new.person_id
    return bool(new.name) and old.name == new.name and old.birth_on == new.birth_on
