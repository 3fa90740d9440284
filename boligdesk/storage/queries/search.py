"""Find anything: start-of-word hits first, from three letters also inside a word, words in any order."""

from __future__ import annotations

import datetime as dt
import hmac
import re
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, case, func, or_, select

from boligdesk.domain.address_words import address_query
from boligdesk.domain.letters import LetterKind, LetterState
from boligdesk.domain.text import query_terms
from boligdesk.services.records.common import MASKED_NAME
from boligdesk.services.records.work import SearchHit
from boligdesk.storage.policies import listed, on_register, openable, readable
from boligdesk.storage.queries.search_addresses import by_address, living_at
from boligdesk.storage.queries.search_candidates import Found, candidates, hit
from boligdesk.storage.tables import (
    CaseFile,
    Dwelling,
    JournalEntry,
    Letter,
    Person,
    PersonIdentifier,
    ReadEntry,
    SearchToken,
)

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from sqlalchemy import ColumnElement

    from boligdesk.storage.reader import Reader

_JOURNAL_NUMBER = re.compile(r"[0-9]{1,7}/[0-9]{4}")
_LONGEST_NUMBER = 20
_RECENT = dt.timedelta(days=60)
#: Where somebody protected lives stands behind a logged act, not beside a name.
_CITY = case((Person.protection == 0, Person.city)).label("city")


class SearchQueries:
    """Everything here counts and returns only what the viewer may see."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._found: dict[tuple[str, int, bool], Found] = {}

    def people(self, text: str, limit: int, *, wide: bool = False) -> list[SearchHit]:
        """Best hits: words that start so first, closest words first."""
        viewer = self._reader.viewer
        found = self._best(text, limit, wide)["person"]
        if not found:
            return []
        rows = self._reader.rows(
            select(Person.id, Person.display_name, Person.sort_name, Person.birth_on, _CITY).where(
                Person.id.in_(found), readable(Person, viewer), Person.merged_into_id.is_(None)
            )
        )
        ordered = sorted(rows, key=lambda row: (found[row.id], row.sort_name, row.id))
        return [_person_hit(row) for row in ordered[:limit]]

    def cases(
        self, text: str, limit: int, *, wide: bool = False, applicant: UUID | None = None
    ) -> list[SearchHit]:
        """By number for everybody who lists the case; by name only where the case itself may be read.

        ``applicant``: somebody found otherwise than by words.
        """
        viewer = self._reader.viewer
        by_number = self._best(text, limit, wide)["case"]
        by_name = {*self._best(text, limit, wide)["person"], *([applicant] if applicant else ())}
        if not by_number and not by_name:
            return []
        rows = self._reader.rows(
            select(
                CaseFile.id,
                CaseFile.number,
                CaseFile.kind,
                CaseFile.applicant_id,
                Person.display_name,
                openable(CaseFile, viewer).label("is_open"),
            )
            .outerjoin(Person, and_(Person.id == CaseFile.applicant_id, readable(Person, viewer)))
            .where(
                _by_id(CaseFile, viewer.scopes),
                or_(
                    CaseFile.id.in_(by_number),
                    and_(
                        CaseFile.applicant_id.in_(by_name),
                        Person.id.is_not(None),
                        openable(CaseFile, viewer),
                    ),
                ),
            )
            .order_by(CaseFile.ended_at.is_not(None), CaseFile.year.desc(), CaseFile.seq.desc())
            .limit(limit)
        )
        return [_case_hit(row) for row in rows]

    def dwellings(self, text: str, limit: int, *, wide: bool = False) -> list[SearchHit]:
        found = self._best(text, limit, wide)["dwelling"]
        if not found:
            return []
        rows = self._reader.rows(
            select(
                Dwelling.id,
                Dwelling.code,
                Dwelling.street,
                Dwelling.house_no,
                Dwelling.letter,
                Dwelling.unit_no,
                Dwelling.address_sort,
            ).where(
                Dwelling.id.in_(found),
                Dwelling.ended_at.is_(None),
                _by_id(Dwelling, self._reader.viewer.place_scopes),
            )
        )
        ordered = sorted(rows, key=lambda row: (found[row.id], row.address_sort, row.id))[:limit]
        return [SearchHit("dwelling", row.id, _address(row), row.code) for row in ordered]

    def letters(self, text: str, limit: int, cases: Collection[UUID]) -> list[SearchHit]:
        numbered = _journalled(text)
        if not cases and numbered is None:
            return []
        meant = Letter.case_id.in_(cases) if numbered is None else or_(Letter.case_id.in_(cases), numbered)
        rows = self._reader.rows(
            select(
                Letter.id,
                Letter.kind,
                Letter.status,
                Letter.journal_number,
                Letter.applicant_name,
                CaseFile.number,
            )
            .join(CaseFile, CaseFile.id == Letter.case_id)
            .where(meant, self._letter_shown())
            .order_by(Letter.created_at.desc(), Letter.id.desc())
            .limit(limit)
        )
        return [_letter_hit(row) for row in rows]

    def _letter_shown(self) -> ColumnElement[bool]:
        """Drafts that were thrown away are not letters."""
        viewer = self._reader.viewer
        dropped = and_(Letter.ended_at.is_not(None), Letter.journal_id.is_(None))
        return and_(listed(Letter, viewer), openable(Letter, viewer), ~dropped)

    def count(
        self, text: str, subject_kind: str, *, wide: bool = False, applicant: UUID | None = None
    ) -> int:
        """All visible hits, counted; for the command line (the window never shows a number)."""
        viewer = self._reader.viewer
        if not query_terms(text, wide=wide):
            return 0
        if subject_kind in {"case", "letter"}:
            named = self._every(text, "person", Person.id, wide=wide)
            if applicant is not None:
                named = or_(named, Person.id == applicant)
            by_name = select(Person.id).where(named, readable(Person, viewer))
            meant = and_(
                listed(CaseFile, viewer),
                or_(
                    self._every(text, "case", CaseFile.id, wide=wide),
                    and_(CaseFile.applicant_id.in_(by_name), openable(CaseFile, viewer)),
                ),
            )
            statement = select(func.count(CaseFile.id)).where(meant)
            if subject_kind == "letter":
                theirs = Letter.case_id.in_(select(CaseFile.id).where(meant))
                numbered = _journalled(text)
                statement = select(func.count(Letter.id)).where(
                    theirs if numbered is None else or_(theirs, numbered), self._letter_shown()
                )
        elif subject_kind == "person":
            statement = select(func.count(Person.id)).where(
                self._every(text, "person", Person.id, wide=wide),
                readable(Person, viewer),
                Person.merged_into_id.is_(None),
            )
        else:
            statement = select(func.count(Dwelling.id)).where(
                self._every(text, "dwelling", Dwelling.id, wide=wide),
                Dwelling.ended_at.is_(None),
                on_register(Dwelling, viewer),
            )
        return int(self._reader.scalar(statement) or 0)

    def person_by_number(self, digits: str) -> SearchHit | None:
        """Exact look-up of a full identity number by keyed hash, among readable people."""
        row = self._reader.first(
            select(Person.id, Person.display_name, Person.birth_on, _CITY)
            .join(PersonIdentifier, PersonIdentifier.person_id == Person.id)
            .where(
                PersonIdentifier.value_hmac == number_hash(self._reader.pepper, digits),
                or_(PersonIdentifier.valid_to.is_(None), PersonIdentifier.valid_to > dt.date.min),
                readable(Person, self._reader.viewer),
            )
            .limit(1)
        )
        return None if row is None else _person_hit(row)

    def recent(self, limit: int) -> tuple[SearchHit, ...]:
        """The files this user opened last, newest first, among those still readable."""
        file: Any = func.coalesce(Person.merged_into_id, Person.id)
        opened = (
            select(file.label("person_id"), func.max(ReadEntry.at).label("at"))
            .join(Person, Person.id == ReadEntry.person_id)
            .where(
                ReadEntry.actor_id == self._reader.viewer.user_id,
                ReadEntry.person_id.is_not(None),
                ReadEntry.at > self._reader.now - _RECENT,
            )
            .group_by(file)
            .order_by(func.max(ReadEntry.at).desc())
            .limit(limit)
            .subquery()
        )
        rows = self._reader.rows(
            select(Person.id, Person.display_name, Person.birth_on, _CITY)
            .join(opened, opened.c.person_id == Person.id)
            .where(readable(Person, self._reader.viewer))
            .order_by(opened.c.at.desc())
        )
        return tuple(_person_hit(row) for row in rows)

    def matching(self, text: str, subject_kind: str, column: Any) -> ColumnElement[bool] | None:
        """The condition of a list filter by text; None when nothing searchable was typed."""
        return self._every(text, subject_kind, column) if query_terms(text) else None

    def _every(self, text: str, subject_kind: str, column: Any, *, wide: bool = False) -> ColumnElement[bool]:
        viewer = self._reader.viewer
        found: ColumnElement[bool] = and_(
            *(
                column.in_(select(SearchToken.subject_id).where(hit(viewer, term, subject_kind)))
                for term in query_terms(text, wide=wide)
            )
        )
        home = address_query(text, wide=wide) if subject_kind == "person" else None
        return found if home is None else or_(found, column.in_(living_at(viewer, home)))

    def _best(self, text: str, limit: int, wide: bool) -> Found:
        key = (text, limit, wide)
        if key not in self._found:
            found = candidates(self._reader, query_terms(text, wide=wide), limit)
            home = address_query(text, wide=wide)
            if home is not None and len(found["person"]) < limit:
                found["person"] = by_address(self._reader, home, limit) | found["person"]
            self._found[key] = found
        return self._found[key]


def _by_id(table: Any, scopes: tuple[int, ...]) -> ColumnElement[bool]:
    """The rule of the list so put that SQLite looks the few ids up, and not everything in the scopes."""
    inside: ColumnElement[bool] = (table.list_scope_id + 0).in_(scopes)
    return inside


def number_hash(pepper: bytes, digits: str) -> bytes:
    """Keyed hash of an identity number: equality without the number."""
    return hmac.digest(pepper, digits.encode(), "sha256")


def _person_hit(row: Any) -> SearchHit:
    born = f"{row.birth_on:%d.%m.%Y}" if row.birth_on else "fødselsdato ukjent"
    detail = f"{born} · {row.city}" if row.city else born
    return SearchHit("person", row.id, row.display_name, detail, row.id)


def _case_hit(row: Any) -> SearchHit:
    masked = not row.is_open or row.display_name is None
    name = MASKED_NAME if masked else row.display_name
    return SearchHit(
        "case", row.id, row.number, f"{row.kind}|{name}", None if masked else row.applicant_id, masked
    )


def _address(row: Any) -> str:
    parts = f"{row.street or ''} {row.house_no or ''} {row.letter or ''}".split()
    return " ".join([*parts, *([row.unit_no] if row.unit_no else [])]) or row.code


def _journalled(text: str) -> ColumnElement[bool] | None:
    """The letter with exactly this journal number (482/2026); None for any other text."""
    number = "".join(text.split()) if len(text) <= _LONGEST_NUMBER else ""
    if not _JOURNAL_NUMBER.fullmatch(number):
        return None
    return Letter.id.in_(select(JournalEntry.letter_id).where(JournalEntry.number == number))


def _letter_hit(row: Any) -> SearchHit:
    told = (row.journal_number or LetterState(row.status).label, row.number, row.applicant_name)
    return SearchHit("letter", row.id, LetterKind(row.kind).label, " · ".join(told))
