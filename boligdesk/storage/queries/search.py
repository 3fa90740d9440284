"""Find anything: start-of-word hits first, from three letters also inside a word, words in any order."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, exists, func, or_, select, true
from sqlalchemy.orm import aliased

from boligdesk.domain.text import query_terms
from boligdesk.services.records.common import MASKED_NAME
from boligdesk.services.records.work import SearchHit
from boligdesk.storage.policies import listed, on_register, openable, readable
from boligdesk.storage.tables import CaseFile, Dwelling, Person, PersonIdentifier, ReadEntry, SearchToken

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import ColumnElement

    from boligdesk.storage.reader import Reader

_INSIDE_FROM = 3
_TOKEN_LENGTH = 16
#: How many candidates are looked at before the best are shown.
_CANDIDATES = 40
_COMMON = 2_000
_RECENT = dt.timedelta(days=60)


class SearchQueries:
    """Everything here counts and returns only what the viewer may see."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._found: dict[tuple[str, str, int, bool], dict[UUID, int]] = {}

    def people(self, text: str, limit: int, *, wide: bool = False) -> list[SearchHit]:
        """Best hits: words that start so first, closest words first."""
        viewer = self._reader.viewer
        found = self._best(text, "person", limit, wide)
        rows = self._reader.rows(
            select(Person.id, Person.display_name, Person.sort_name, Person.birth_on, Person.city).where(
                Person.id.in_(found), readable(Person, viewer), Person.merged_into_id.is_(None)
            )
        )
        ordered = sorted(rows, key=lambda row: (found[row.id], row.sort_name, row.id))
        return [_person_hit(row) for row in ordered[:limit]]

    def cases(self, text: str, limit: int, *, wide: bool = False) -> list[SearchHit]:
        """By number for everybody who lists the case; by name only where the case itself may be read."""
        viewer = self._reader.viewer
        by_number = self._best(text, "case", limit, wide) if any(map(str.isdigit, text)) else {}
        by_name = self._best(text, "person", limit, wide)
        readers = select(Person.id).where(Person.id.in_(by_name), readable(Person, viewer))
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
                listed(CaseFile, viewer),
                or_(
                    CaseFile.id.in_(by_number),
                    and_(CaseFile.applicant_id.in_(readers), openable(CaseFile, viewer)),
                ),
            )
            .order_by(CaseFile.ended_at.is_not(None), CaseFile.year.desc(), CaseFile.seq.desc())
            .limit(limit)
        )
        return [_case_hit(row) for row in rows]

    def dwellings(self, text: str, limit: int, *, wide: bool = False) -> list[SearchHit]:
        found = self._best(text, "dwelling", limit, wide)
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
                on_register(Dwelling, self._reader.viewer),
            )
        )
        ordered = sorted(rows, key=lambda row: (found[row.id], row.address_sort, row.id))[:limit]
        return [SearchHit("dwelling", row.id, _address(row), row.code) for row in ordered]

    def count(self, text: str, subject_kind: str) -> int:
        """All visible hits, counted; for the command line (the window never shows a number)."""
        viewer = self._reader.viewer
        if not query_terms(text):
            return 0
        if subject_kind == "case":
            by_name = select(Person.id).where(
                self._every(text, "person", Person.id), readable(Person, viewer)
            )
            statement = select(func.count(CaseFile.id)).where(
                listed(CaseFile, viewer),
                or_(
                    self._every(text, "case", CaseFile.id),
                    and_(CaseFile.applicant_id.in_(by_name), openable(CaseFile, viewer)),
                ),
            )
        elif subject_kind == "person":
            statement = select(func.count(Person.id)).where(
                self._every(text, "person", Person.id),
                readable(Person, viewer),
                Person.merged_into_id.is_(None),
            )
        else:
            statement = select(func.count(Dwelling.id)).where(
                self._every(text, "dwelling", Dwelling.id),
                Dwelling.ended_at.is_(None),
                on_register(Dwelling, viewer),
            )
        return int(self._reader.scalar(statement) or 0)

    def person_by_number(self, digits: str) -> SearchHit | None:
        """Exact look-up of a full identity number by keyed hash, among readable people."""
        row = self._reader.first(
            select(Person.id, Person.display_name, Person.birth_on, Person.city)
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
        return self._every(text, subject_kind, column) if query_terms(text) else None

    def _every(self, text: str, subject_kind: str, column: Any) -> ColumnElement[bool]:
        return and_(
            *(
                column.in_(select(SearchToken.subject_id).where(*self._hit(term, subject_kind)))
                for term in query_terms(text)
            )
        )

    def _hit(self, term: str, subject_kind: str, *, starts: bool = False) -> list[ColumnElement[bool]]:
        viewer = self._reader.viewer
        scopes = viewer.place_scopes if subject_kind == "dwelling" else viewer.scopes
        hit = [
            prefix_range(term),
            SearchToken.subject_kind == subject_kind,
            SearchToken.scope_id.in_(scopes),
        ]
        if starts or len(term) < _INSIDE_FROM:
            hit.append(SearchToken.is_start.is_(True))
        return hit

    def _best(self, text: str, subject_kind: str, limit: int, wide: bool) -> dict[UUID, int]:
        """Candidates in rank order {id: rank}: starts of words first, then inside words, closest first.

        Bounded work however common the letters are: the rarest term drives, in index order.
        """
        key = (text, subject_kind, limit, wide)
        if key not in self._found:
            terms = query_terms(text, wide=wide)
            self._found[key] = self._ranked(terms, subject_kind, limit) if terms else {}
        return self._found[key]

    def _ranked(self, terms: list[str], subject_kind: str, limit: int) -> dict[UUID, int]:
        wanted = max(limit, _CANDIDATES)
        ranked: dict[UUID, int] = {}
        for rank, starts in enumerate((True, False)):
            if rank and (len(ranked) >= limit or all(len(term) < _INSIDE_FROM for term in terms)):
                break
            for subject in self._candidates(terms, subject_kind, wanted, starts=starts):
                ranked.setdefault(subject, rank)
        return ranked

    def _candidates(self, terms: list[str], subject_kind: str, wanted: int, *, starts: bool) -> list[UUID]:
        hits = {term: self._hit(term, subject_kind, starts=starts) for term in terms}
        driving = terms[0] if len(terms) == 1 else min(terms, key=lambda term: self._spread(hits[term]))
        other = aliased(SearchToken)
        conditions = [
            exists(
                select(other.token).where(
                    other.subject_id == SearchToken.subject_id,
                    prefix_range(term, other),
                    other.is_start.is_(True) if starts or len(term) < _INSIDE_FROM else true(),
                )
            )
            for term in terms
            if term != driving
        ]
        if subject_kind == "dwelling":  # those that are sold or pulled down must not fill the short list
            standing = select(Dwelling.id).where(
                Dwelling.id == SearchToken.subject_id, Dwelling.ended_at.is_(None)
            )
            conditions.append(exists(standing))
        rows = self._reader.rows(
            select(SearchToken.subject_id)
            .where(*hits[driving], *conditions)
            .order_by(SearchToken.token, SearchToken.subject_kind, SearchToken.subject_id)
            .limit(wanted)
        )
        return [row.subject_id for row in rows]

    def _spread(self, hit: list[ColumnElement[bool]]) -> int:
        """How common a term is, looked at no further than needed to choose."""
        some = select(SearchToken.token).where(*hit).limit(_COMMON).subquery()
        return int(self._reader.scalar(select(func.count()).select_from(some)) or 0)


def prefix_range(term: str, tokens: Any = SearchToken) -> ColumnElement[bool]:
    """``token >= 'bjo' and token < 'bjp'``: an index range on both engines, and leakproof."""
    low = term[:_TOKEN_LENGTH]
    return and_(tokens.token >= low, tokens.token < low[:-1] + chr(ord(low[-1]) + 1))


def number_hash(pepper: bytes, digits: str) -> bytes:
    """Keyed hash of an identity number: equality without the number."""
    return hmac.new(pepper, digits.encode(), hashlib.sha256).digest()


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
