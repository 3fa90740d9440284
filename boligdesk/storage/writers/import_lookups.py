"""Looks up what many rows of a list ask for, at once."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import or_, select, tuple_

from boligdesk.services.ports.imports import DwellingPlace
from boligdesk.storage.policies import on_register, readable
from boligdesk.storage.queries.search import number_hash
from boligdesk.storage.tables import CaseFile, Dwelling, ExternalRef, Person, PersonIdentifier

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from boligdesk.services.ports.imports import CaseKey
    from boligdesk.storage.writer import Writer

_CHUNK = 500


class ImportLookups:
    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def known_refs(self, system: str, refs: Collection[str]) -> dict[str, UUID]:
        found: dict[str, UUID] = {}
        for part in chunks(refs):
            for row in self._writer.rows(
                select(ExternalRef.ref, ExternalRef.subject_id).where(
                    ExternalRef.system == system, ExternalRef.ref.in_(part)
                )
            ):
                found[row.ref] = row.subject_id
        return found

    def known_rows(self, system: str, refs: Collection[str]) -> dict[str, UUID]:
        """As ``known_refs``, but only what was said last of each subject (ids are in order of time)."""
        columns = (ExternalRef.id, ExternalRef.ref, ExternalRef.subject_id)
        said = [
            row
            for part in chunks(refs)
            for row in self._writer.rows(
                select(*columns).where(ExternalRef.system == system, ExternalRef.ref.in_(part))
            )
        ]
        last: dict[UUID, UUID] = {}
        for part in chunks({row.subject_id for row in said}):
            # asked by subject alone: beside the system, the file would go through all of the list for each
            for row in self._writer.rows(
                select(ExternalRef.id, ExternalRef.subject_id, ExternalRef.system).where(
                    ExternalRef.subject_id.in_(part)
                )
            ):
                if row.system == system and row.id >= last.get(row.subject_id, row.id):
                    last[row.subject_id] = row.id
        return {row.ref: row.subject_id for row in said if row.id == last[row.subject_id]}

    def people_by_number(self, numbers: Collection[str]) -> dict[str, UUID]:
        """Numbers in force and former ones (a D-number), also of people the user may not read: the caller checks."""
        hashes = {number_hash(self._writer.pepper, number): number for number in numbers}
        found: dict[str, UUID] = {}
        for part in chunks(hashes):
            for row in self._writer.rows(
                select(PersonIdentifier.value_hmac, PersonIdentifier.person_id)
                .where(
                    PersonIdentifier.value_hmac.in_(part),
                    or_(PersonIdentifier.valid_to.is_(None), PersonIdentifier.valid_to > dt.date.min),
                )
                .order_by(PersonIdentifier.valid_to.is_(None), PersonIdentifier.valid_to, PersonIdentifier.id)
            ):
                found[hashes[bytes(row.value_hmac)]] = (
                    row.person_id
                )  # the one in force comes last, and stands
        return found

    def people_named(self, births: Collection[dt.date]) -> set[tuple[str, dt.date]]:
        found: set[tuple[str, dt.date]] = set()
        for part in chunks(births):
            statement = select(Person.sort_name, Person.birth_on).where(
                Person.birth_on.in_(part), readable(Person, self._writer.viewer)
            )
            found |= {(row.sort_name, row.birth_on) for row in self._writer.rows(statement)}
        return found

    def readable_people(self, ids: Collection[UUID]) -> set[UUID]:
        found: set[UUID] = set()
        for part in chunks(ids):
            statement = select(Person.id).where(Person.id.in_(part), readable(Person, self._writer.viewer))
            found |= {row.id for row in self._writer.rows(statement)}
        return found

    def cases_by_number(self, keys: Collection[CaseKey]) -> dict[CaseKey, tuple[UUID, UUID]]:
        found: dict[CaseKey, tuple[UUID, UUID]] = {}
        for part in chunks(keys):
            for row in self._writer.rows(
                select(CaseFile.year, CaseFile.seq, CaseFile.id, CaseFile.applicant_id).where(
                    tuple_(CaseFile.year, CaseFile.seq).in_(part)
                )
            ):
                found[row.year, row.seq] = (row.id, row.applicant_id)
        return found

    def dwellings_by_code(self, codes: Collection[str]) -> dict[str, UUID]:
        found: dict[str, UUID] = {}
        for part in chunks(codes):
            for row in self._writer.rows(
                select(Dwelling.code, Dwelling.id).where(
                    Dwelling.code.in_(part), on_register(Dwelling, self._writer.viewer)
                )
            ):
                found[row.code] = row.id
        return found

    def dwellings_at(self, house_numbers: Collection[str]) -> list[DwellingPlace]:
        columns = (Dwelling.street, Dwelling.house_no, Dwelling.letter, Dwelling.unit_no, Dwelling.postcode)
        found: list[DwellingPlace] = []
        numbered = [Dwelling.house_no.in_(part) for part in chunks(house_numbers)]
        for where in (*numbered, or_(Dwelling.house_no.is_(None), Dwelling.house_no == "")):
            statement = select(Dwelling.id, Dwelling.code, *columns, Dwelling.ended_at).where(
                where, Dwelling.street.is_not(None), on_register(Dwelling, self._writer.viewer)
            )
            found += [
                DwellingPlace(
                    id=row.id,
                    code=row.code,
                    street=row.street,
                    house_no=row.house_no or "",
                    letter=row.letter or "",
                    unit_no=row.unit_no or "",
                    postcode=row.postcode or "",
                    is_gone=row.ended_at is not None,
                )
                for row in self._writer.rows(statement)
            ]
        return sorted(found, key=lambda place: place.code)


def chunks(items: Collection[Any]) -> Iterator[list[Any]]:
    every = list(items)
    for start in range(0, len(every), _CHUNK):
        yield every[start : start + _CHUNK]
