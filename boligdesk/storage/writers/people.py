"""Saves people: the person and everything saved with the person, under one version."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from boligdesk.services.changes import NOTHING, Changes, Kind
from boligdesk.services.errors import ConflictError, InvalidInput, NotFound
from boligdesk.services.person_words import differing
from boligdesk.services.records.common import Saved
from boligdesk.storage.driver_errors import ConstraintBroken, names_of_ours, translated
from boligdesk.storage.person_rows import (
    BLANKS,
    PERSON_BLANKS,
    TABLES,
    Secret,
    load_rows,
    load_secret,
    person_words,
)
from boligdesk.storage.policies import readable
from boligdesk.storage.queries.people import person_draft
from boligdesk.storage.search_index import index_person
from boligdesk.storage.tables import Person, PersonIdentifier, PersonSecret
from boligdesk.storage.writers.person_opening import OpeningWriter
from boligdesk.storage.writers.person_plan import Plan, make_plan, person_scalars, plan_correction
from boligdesk.storage.writers.person_readers import ReadersWriter
from boligdesk.storage.writers.person_wide import refresh_wide, wide_columns
from boligdesk.storage.writers.protection import ProtectionWriter
from boligdesk.storage.writers.scope import area_scope, rescope_with_household

if TYPE_CHECKING:
    from uuid import UUID

    from boligdesk.services.records.people import NameDraft, PersonDraft

_LIVE_NUMBER = "uq_person_identifier_live"


class PeopleWriter(OpeningWriter, ProtectionWriter, ReadersWriter):
    def register(self, draft: PersonDraft) -> Saved:
        """A new person. Raises InvalidInput when a number belongs to another file."""
        writer = self._writer
        person_id = writer.new_id()
        plan = make_plan(draft, {}, writer.today, writer.pepper, is_new=True)
        self._refuse_taken(plan, person_id)
        wide = wide_columns(
            {kind: [values for key, values in plan.inserts if key == kind] for kind in TABLES}, writer.today
        )
        scope = (area_scope(writer, writer.office_unit, wide["district_id"]), 0)
        event = writer.event("register_person", "person", person_id, scope=scope, person_id=person_id)
        writer.insert(
            Person,
            id=person_id,
            **person_scalars(draft),
            **wide,
            read_scope_id=scope[0],
            protection=0,
            masked_reason="ingen",
        )
        self._apply(person_id, plan, None)
        index_person(writer, person_id)
        return Saved(person_id, 1, _changes(person_id), event)

    def change(self, draft: PersonDraft) -> Saved:
        """Save over ``draft.version``; nothing is written when nothing differs.

        Raises NotFound, ConflictError (in words) for an older version, InvalidInput for a taken number.
        """
        writer, person_id = self._writer, _known(draft.id)
        row = self._locked(person_id)
        secret = load_secret(writer, person_id)
        person, rows = person_words(writer, person_id, secret), load_rows(writer, person_id, secret)
        if row.row_version != draft.version:
            hides = row.protection > 0
            self._refuse_older(draft, person_draft(person, rows, hides_addresses=hides), person)
        plan = make_plan(draft, rows, writer.today, writer.pepper, is_new=False)
        scalars = {key: value for key, value in person_scalars(draft).items() if person[key] != value}
        if not (plan.kinds or scalars):
            return Saved(person_id, draft.version, NOTHING)
        self._refuse_taken(plan, person_id)
        event = writer.event(
            "change_person",
            "person",
            person_id,
            scope=(row.read_scope_id, row.protection),
            person_id=person_id,
            params={"fields": [*plan.kinds, *sorted(scalars)]},
        )
        writer.step(Person, person_id, draft.version)
        self._apply(person_id, plan, secret, scalars)
        writer.change(
            Person,
            person_id,
            None,
            **{key: value for key, value in scalars.items() if not secret or key not in PERSON_BLANKS},
        )
        refresh_wide(writer, person_id)
        rescope_with_household(writer, person_id)
        index_person(writer, person_id)
        return Saved(person_id, self._version(person_id), _changes(person_id), event)

    def correct_name(self, person_id: UUID, version: int, name: NameDraft) -> Saved:
        """A slip of the pen put right where it stands. Raises NotFound, ConflictError (in words)."""
        writer = self._writer
        row = self._locked(person_id)
        secret = load_secret(writer, person_id)
        person, rows = person_words(writer, person_id, secret), load_rows(writer, person_id, secret)
        stored = person_draft(person, rows, hides_addresses=row.protection > 0)
        if row.row_version != version:
            self._refuse_older(replace(stored, names=(name,)), stored, person)
        if all(each.id != name.id for each in stored.names):
            raise NotFound
        plan = plan_correction(name, rows["names"])
        if not plan.changes:
            return Saved(person_id, version, NOTHING)
        event = writer.event(
            "correct_name",
            "person",
            person_id,
            scope=(row.read_scope_id, row.protection),
            person_id=person_id,
        )
        writer.step(Person, person_id, version)
        self._apply(person_id, plan, secret)
        refresh_wide(writer, person_id)
        rescope_with_household(writer, person_id)
        index_person(writer, person_id)
        return Saved(person_id, self._version(person_id), _changes(person_id), event)

    def _apply(
        self, person_id: UUID, plan: Plan, secret: Secret | None, scalars: dict[str, Any] | None = None
    ) -> None:
        """Write the plan. A strictly protected person's words go to the secret, the rows stay blank."""
        writer = self._writer
        for kind, row_id, values in plan.changes:
            open_words = values
            if secret is not None:
                open_words = {key: value for key, value in values.items() if key not in BLANKS[kind]}
                secret.keep(row_id, {key: value for key, value in values.items() if key in BLANKS[kind]})
            if open_words:
                writer.change(TABLES[kind], row_id, None, **open_words)
        for kind, values in plan.inserts:
            row_id = writer.new_id()
            if secret is not None:
                secret.keep(row_id, {key: value for key, value in values.items() if key in BLANKS[kind]})
            writer.insert(
                TABLES[kind],
                id=row_id,
                person_id=person_id,
                **(values | (BLANKS[kind] if secret is not None else {})),
            )
        if secret is not None:
            secret.keep(
                "person", {key: value for key, value in (scalars or {}).items() if key in PERSON_BLANKS}
            )
            writer.change(PersonSecret, secret.row_id, None, body=secret.body())
        self._flush()

    def _flush(self) -> None:
        """Two desks may save the same number at once: the index decides, in the same words as the check."""
        try:
            with translated(names_of_ours):
                self._writer.flush()
        except ConstraintBroken as broken:
            if broken.name == _LIVE_NUMBER:
                raise _taken("") from broken
            raise

    def _refuse_taken(self, plan: Plan, person_id: UUID) -> None:
        """The other person is named only to those who may read the file."""
        numbers = plan.new_numbers()
        if len(set(numbers)) < len(numbers):
            raise InvalidInput("identifiers", "Det samme nummeret står to ganger.")
        if not numbers:
            return
        others = select(PersonIdentifier.person_id).where(
            PersonIdentifier.value_hmac.in_(numbers),
            PersonIdentifier.valid_to.is_(None),
            PersonIdentifier.person_id != person_id,
        )
        if self._writer.first(others) is not None:
            name = self._writer.scalar(
                select(Person.display_name).where(
                    Person.id.in_(others), readable(Person, self._writer.viewer)
                )
            )
            raise _taken(str(name or ""))

    def _refuse_older(self, draft: PersonDraft, stored: PersonDraft, person: dict[str, Any]) -> None:
        mine, theirs = differing(draft, stored)
        raise ConflictError(
            mine,
            theirs,
            self._writer.user_names.get(person["changed_by"], ""),
            person["changed_at"].isoformat(),
        )


def _known(person_id: UUID | None) -> UUID:
    if person_id is None:
        raise NotFound
    return person_id


def _taken(name: str) -> InvalidInput:
    what = f"Mappen gjelder {name}." if name else "Du har ikke tilgang til den mappen."
    todo = "Åpne mappen som finnes." if name else "Snakk med lederen din før du går videre."
    return InvalidInput("identifiers", "Nummeret hører til en annen mappe.", what, todo)


def _changes(person_id: UUID) -> Changes:
    return Changes(frozenset({Kind.PERSON, Kind.CASE, Kind.HOUSEHOLD, Kind.TASK}), frozenset({person_id}))
