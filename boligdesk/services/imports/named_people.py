"""Whom a row is about, when it names a person of another list by id, number or case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from boligdesk.domain.cases import parse_number
from boligdesk.services.errors import UserError
from boligdesk.services.imports.taking import words

if TYPE_CHECKING:
    from uuid import UUID

    from boligdesk.services.imports.rows import CheckedRow
    from boligdesk.services.ports.imports import ImportWrites


class NamedPeople:
    """Looks up everybody the rows name at once. ``number_fields`` hold identity numbers."""

    def __init__(self, imports: ImportWrites, rows: list[CheckedRow], *number_fields: str) -> None:
        self._refs = imports.known_refs(
            "liste:people", {words(row.values, "person_ref") for row in rows} - {""}
        )
        numbers = {words(row.values, name) for row in rows for name in number_fields}
        self.numbers = imports.people_by_number(numbers - {""})
        keys = {key for row in rows if (key := parse_number(words(row.values, "case_number")))}
        self.cases = imports.cases_by_number(keys)
        applicants = {applicant for _case, applicant in self.cases.values()}
        self.people = {*self._refs.values(), *self.numbers.values(), *applicants}
        self.readable = imports.readable_people(self.people)

    def of(self, values: dict[str, Any]) -> UUID | None:
        """The person of the row; None when nobody known is named.

        Raises UserError when id, number and case point to different people, or to one the user may not read.
        """
        key = parse_number(words(values, "case_number"))
        found = {
            self._refs.get(words(values, "person_ref")),
            self.numbers.get(words(values, "national_id")),
            self.cases[key][1] if key in self.cases else None,
        } - {None}
        if len(found) > 1:
            raise UserError("Id, fødselsnummer og saksnummer peker på ulike personer.", todo="Rett raden.")
        person = next(iter(found), None)
        if person is not None and person not in self.readable:
            raise UserError("Raden gjelder en person du ikke har tilgang til.", todo="Snakk med lederen din.")
        return person
