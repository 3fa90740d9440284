"""Saves people: the person and everything saved with the person, under one version."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from boligdesk.domain.catalog import Protection
from boligdesk.services.changes import NOTHING, Changes, Kind
from boligdesk.services.errors import ConflictError, InvalidInput, NotFound
from boligdesk.services.person_words import differing
from boligdesk.services.records.common import Saved
from boligdesk.storage.driver_errors import ConstraintBroken, translated, unique_names
from boligdesk.storage.person_rows import (
    BLANKS,
    PERSON_BLANKS,
    TABLES,
    Secret,
    load_rows,
    load_secret,
    person_words,
)
from boligdesk.storage.policies import live, readable
from boligdesk.storage.queries.people import person_draft
from boligdesk.storage.search_index import index_person
from boligdesk.storage.tables import Base, Person, PersonIdentifier, PersonSecret, ProtectionPeriod
from boligdesk.storage.writers.person_plan import Plan, make_plan
from boligdesk.storage.writers.person_secret import hide_person, show_person
from boligdesk.storage.writers.person_wide import refresh_wide, wide_columns
from boligdesk.storage.writers.scope import area_scope, close_list, name_reader, rescope_with_household

if TYPE_CHECKING:
    from uuid import UUID

    from boligdesk.services.records.people import PersonDraft
    from boligdesk.storage.writer import Writer

_LIVE_NUMBER = "uq_person_identifier_live"
_UNIQUE_NAMES = unique_names(Base.metadata)


class PeopleWriter:
    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def opened(self, person_id: UUID, reason: str | None) -> None:
        """Leave a read entry: somebody opened the file."""
        self._writer.read_entry("apnet", person_id=person_id, reason=reason)

    def reveal_number(self, person_id: UUID, identifier_id: UUID) -> str:
        """The whole number, and a read entry. Raises NotFound."""
        self._locked(person_id)
        secret = load_secret(self._writer, person_id)
        rows = load_rows(self._writer, person_id, secret)["identifiers"]
        value = next((row["value"] for row in rows if row["id"] == identifier_id), None)
        if value is None:
            raise NotFound
        self._writer.read_entry("vis_nummer", person_id=person_id)
        return str(value)

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
            **_scalars(draft),
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
            self._refuse_older(draft, person_draft(person, rows), person)
        plan = make_plan(draft, rows, writer.today, writer.pepper, is_new=False)
        scalars = {key: value for key, value in _scalars(draft).items() if person[key] != value}
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

    def protect(self, person_id: UUID, version: int, level: Protection, decided_by: str, basis: str) -> Saved:
        """Protect from today, the household with the person. Raises NotFound, ConflictError."""
        writer = self._writer
        row = self._locked(person_id)
        periods = self._live_periods(person_id)
        if [period.level for period in periods] == [level.level] and row.row_version == version:
            return Saved(person_id, version, NOTHING)
        event = writer.event(
            "protect_person",
            "person",
            person_id,
            scope=(row.read_scope_id, row.protection),
            person_id=person_id,
            params={"level": str(level)},
        )
        writer.step(Person, person_id, version)
        for period in periods:
            writer.change(ProtectionPeriod, period.id, None, valid_to=writer.today, ended_reason=basis)
        writer.insert(
            ProtectionPeriod,
            person_id=person_id,
            level=level.level,
            kind="adressesperre",
            decided_by=decided_by,
            basis=basis,
            valid_from=writer.today,
        )
        self._settle(person_id, level.level)
        return Saved(person_id, self._version(person_id), Changes(frozenset(Kind)), event)

    def end_protection(self, person_id: UUID, version: int, basis: str) -> Saved:
        """The person's own protection ends today. Raises NotFound, ConflictError, InvalidInput without one."""
        writer = self._writer
        row = self._locked(person_id)
        periods = self._live_periods(person_id)
        if not periods:
            raise InvalidInput(
                "level",
                "Personen har ingen egen adressesperre.",
                "Mappen kan være skjermet fordi noen i husstanden er det.",
            )
        event = writer.event(
            "end_person_protection",
            "person",
            person_id,
            scope=(row.read_scope_id, row.protection),
            person_id=person_id,
        )
        writer.step(Person, person_id, version)
        for period in periods:
            writer.change(ProtectionPeriod, period.id, None, valid_to=writer.today, ended_reason=basis)
        self._settle(person_id, 0)
        return Saved(person_id, self._version(person_id), Changes(frozenset(Kind)), event)

    def name_reader(self, person_id: UUID, user_id: UUID, reason: str) -> Saved:
        """Give a colleague the file of a strictly protected person. Raises NotFound, InvalidInput."""
        writer = self._writer
        row = self._locked(person_id)
        if row.protection < Protection.STRICT.level:
            raise InvalidInput(
                "person_id", "Mappen er ikke strengt fortrolig.", "Da trengs ingen egen liste."
            )
        event = writer.event(
            "name_reader",
            "person",
            person_id,
            scope=(row.read_scope_id, row.protection),
            person_id=person_id,
            params={"user": str(user_id)},
        )
        if not name_reader(writer, person_id, user_id, reason):
            raise InvalidInput("user_id", "Kollegaen har tilgang fra før.")
        return Saved(person_id, int(row.row_version), Changes(frozenset({Kind.PERSON})), event)

    def _settle(self, person_id: UUID, level: int) -> None:
        """Words hidden or shown, scopes of everybody concerned, tokens."""
        writer = self._writer
        if level >= Protection.STRICT.level:
            hide_person(writer, person_id)
            # whoever decides a strict protection can open the file afterwards, and name others
            name_reader(writer, person_id, writer.viewer.user_id)
        else:
            show_person(writer, person_id)
        refresh_wide(writer, person_id)
        rescope_with_household(writer, person_id)
        if level == 0:
            close_list(writer, person_id)
        index_person(writer, person_id)

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
            with translated(_UNIQUE_NAMES):
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

    def _locked(self, person_id: UUID) -> Any:
        """The row, locked until the transaction ends. Raises NotFound for those without access."""
        self._writer.flush()
        statement = select(Person.id, Person.row_version, Person.read_scope_id, Person.protection).where(
            Person.id == person_id, readable(Person, self._writer.viewer)
        )
        row = self._writer.first(statement if self._writer.is_sqlite else statement.with_for_update())
        if row is None:
            raise NotFound
        return row

    def _refuse_older(self, draft: PersonDraft, stored: PersonDraft, person: dict[str, Any]) -> None:
        mine, theirs = differing(draft, stored)
        raise ConflictError(
            mine,
            theirs,
            self._writer.user_names.get(person["changed_by"], ""),
            person["changed_at"].isoformat(),
        )

    def _live_periods(self, person_id: UUID) -> list[Any]:
        return list(
            self._writer.rows(
                select(ProtectionPeriod.id, ProtectionPeriod.level).where(
                    ProtectionPeriod.person_id == person_id, live(ProtectionPeriod, self._writer.today)
                )
            )
        )

    def _version(self, person_id: UUID) -> int:
        self._writer.flush()
        return int(self._writer.scalar(select(Person.row_version).where(Person.id == person_id)))


def _known(person_id: UUID | None) -> UUID:
    if person_id is None:
        raise NotFound
    return person_id


def _scalars(draft: PersonDraft) -> dict[str, Any]:
    return {
        "birth_on": draft.birth_on,
        "birth_precision": draft.birth_precision,
        "dead_on": draft.dead_on,
        "written_form": draft.written_form,
        "interpreter_language": draft.interpreter_language or None,
        "wants_paper": None if draft.wants_paper is None else int(draft.wants_paper),
        "is_unidentified": draft.is_unidentified,
        "remark": draft.remark or None,
    }


def _taken(name: str) -> InvalidInput:
    what = f"Mappen gjelder {name}." if name else "Du har ikke tilgang til den mappen."
    todo = "Åpne mappen som finnes." if name else "Snakk med lederen din før du går videre."
    return InvalidInput("identifiers", "Nummeret hører til en annen mappe.", what, todo)


def _changes(person_id: UUID) -> Changes:
    return Changes(frozenset({Kind.PERSON, Kind.CASE, Kind.HOUSEHOLD, Kind.TASK}), frozenset({person_id}))
