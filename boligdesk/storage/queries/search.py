"""Find anything: start-of-word hits first, from three letters also inside a word, words in any order."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, exists, func, or_, select

from boligdesk.domain.text import query_terms
from boligdesk.services.records.common import MASKED_NAME
from boligdesk.services.records.work import SearchHit
from boligdesk.storage.policies import listed, on_register, readable
from boligdesk.storage.tables import CaseFile, Dwelling, Person, PersonIdentifier, ReadEntry, SearchToken

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

    from boligdesk.storage.reader import Reader

_INSIDE_FROM = 3
_TOKEN_LENGTH = 16
_RECENT = dt.timedelta(days=60)


class SearchQueries:
    """Everything here counts and returns only what the viewer may see."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def people(self, text: str, limit: int) -> tuple[list[SearchHit], int]:
        """Best hits and the number of all hits."""
        where = self._matches(text, "person", Person.id)
        if where is None:
            return [], 0
        condition = and_(where, readable(Person, self._reader.viewer), Person.merged_into_id.is_(None))
        rows = self._reader.rows(
            select(Person.id, Person.display_name, Person.birth_on, Person.city)
            .where(condition)
            .order_by(self._starts_first(text, "person", Person.id), Person.sort_name, Person.id)
            .limit(limit)
        )
        hits = [_person_hit(row) for row in rows]
        return hits, self._count(Person.id, condition, hits, limit)

    def cases(self, text: str, limit: int) -> tuple[list[SearchHit], int]:
        """By number for everybody who lists the case; by name only where the person may be read."""
        by_number = self._matches(text, "case", CaseFile.id)
        by_name = self._matches(text, "person", CaseFile.applicant_id)
        if by_number is None or by_name is None:
            return [], 0
        person = select(Person.id).where(
            Person.id == CaseFile.applicant_id, readable(Person, self._reader.viewer)
        )
        condition = and_(
            listed(CaseFile, self._reader.viewer), or_(by_number, and_(by_name, exists(person)))
        )
        rows = self._reader.rows(
            select(CaseFile.id, CaseFile.number, CaseFile.kind, CaseFile.applicant_name, CaseFile.applicant_id)
            .where(condition)
            .order_by(CaseFile.ended_at.is_not(None), CaseFile.year.desc(), CaseFile.seq.desc())
            .limit(limit)
        )
        hits = [
            SearchHit(
                "case",
                row.id,
                row.number,
                f"{row.kind}|{row.applicant_name}",
                None if row.applicant_name == MASKED_NAME else row.applicant_id,
                row.applicant_name == MASKED_NAME,
            )
            for row in rows
        ]
        return hits, self._count(CaseFile.id, condition, hits, limit)

    def dwellings(self, text: str, limit: int) -> tuple[list[SearchHit], int]:
        where = self._matches(text, "dwelling", Dwelling.id)
        if where is None:
            return [], 0
        condition = and_(where, on_register(Dwelling, self._reader.viewer))
        rows = self._reader.rows(
            select(Dwelling.id, Dwelling.code, Dwelling.street, Dwelling.house_no, Dwelling.letter, Dwelling.unit_no)
            .where(condition)
            .order_by(self._starts_first(text, "dwelling", Dwelling.id), Dwelling.address_sort, Dwelling.id)
            .limit(limit)
        )
        hits = [SearchHit("dwelling", row.id, _address(row), row.code) for row in rows]
        return hits, self._count(Dwelling.id, condition, hits, limit)

    def person_by_number(self, digits: str) -> SearchHit | None:
        """Exact look-up of a full identity number by keyed hash, among readable people."""
        row = self._reader.first(
            select(Person.id, Person.display_name, Person.birth_on, Person.city)
            .join(PersonIdentifier, PersonIdentifier.person_id == Person.id)
            .where(
                PersonIdentifier.value_hmac == number_hash(self._reader.pepper, digits),
                readable(Person, self._reader.viewer),
            )
            .limit(1)
        )
        return None if row is None else _person_hit(row)

    def recent(self, limit: int) -> tuple[SearchHit, ...]:
        """The files this user opened last, newest first, among those still readable."""
        opened = (
            select(ReadEntry.person_id, func.max(ReadEntry.at).label("at"))
            .where(
                ReadEntry.actor_id == self._reader.viewer.user_id,
                ReadEntry.person_id.is_not(None),
                ReadEntry.at > self._reader.now - _RECENT,
            )
            .group_by(ReadEntry.person_id)
            .order_by(func.max(ReadEntry.at).desc())
            .limit(limit)
            .subquery()
        )
        rows = self._reader.rows(
            select(Person.id, Person.display_name, Person.birth_on, Person.city)
            .join(opened, opened.c.person_id == Person.id)
            .where(readable(Person, self._reader.viewer))
            .order_by(opened.c.at.desc())
        )
        return tuple(_person_hit(row) for row in rows)

    def matching(self, text: str, subject_kind: str, column: Any) -> ColumnElement[bool] | None:
        """The condition of a list filter by text; None when nothing searchable was typed."""
        return self._matches(text, subject_kind, column)

    def _matches(self, text: str, subject_kind: str, column: Any) -> ColumnElement[bool] | None:
        terms = query_terms(text)
        if not terms:
            return None
        return and_(*(column.in_(self._subjects(term, subject_kind)) for term in terms))

    def _subjects(self, term: str, subject_kind: str, *, starts_only: bool = False) -> Any:
        scopes = self._reader.viewer.place_scopes if subject_kind == "dwelling" else self._reader.viewer.scopes
        conditions = [prefix_range(term), SearchToken.subject_kind == subject_kind]
        if starts_only or len(term) < _INSIDE_FROM:
            conditions.append(SearchToken.is_start)
        if subject_kind != "person" or scopes:
            conditions.append(SearchToken.scope_id.in_(scopes))
        return select(SearchToken.subject_id).where(*conditions)

    def _starts_first(self, text: str, subject_kind: str, column: Any) -> ColumnElement[bool]:
        starts = [
            column.not_in(self._subjects(term, subject_kind, starts_only=True)) for term in query_terms(text)
        ]
        return or_(*starts)

    def _count(self, column: Any, condition: Any, hits: list[SearchHit], limit: int) -> int:
        if len(hits) < limit:
            return len(hits)
        return int(self._reader.scalar(select(func.count(column)).where(condition)) or 0)


def prefix_range(term: str) -> ColumnElement[bool]:
    """``token >= 'bjo' and token < 'bjp'``: an index range on both engines, and leakproof."""
    low = term[:_TOKEN_LENGTH]
    return and_(SearchToken.token >= low, SearchToken.token < low[:-1] + chr(ord(low[-1]) + 1))


def number_hash(pepper: bytes, digits: str) -> bytes:
    """Keyed hash of an identity number: equality without the number."""
    return hmac.new(pepper, digits.encode(), hashlib.sha256).digest()


def _person_hit(row: Any) -> SearchHit:
    born = f"{row.birth_on:%d.%m.%Y}" if row.birth_on else "fødselsdato ukjent"
    detail = f"{born} · {row.city}" if row.city else born
    return SearchHit("person", row.id, row.display_name, detail, row.id)


def _address(row: Any) -> str:
    parts = f"{row.street or ''} {row.house_no or ''} {row.letter or ''}".split()
    return " ".join([*parts, *([row.unit_no] if row.unit_no else [])]) or row.code
