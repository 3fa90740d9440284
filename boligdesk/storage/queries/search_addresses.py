"""Who lives where: people by street and number, from the address tokens (``domain.address_words``).

One range of the tokens' own order is walked, the street as far as it is typed; of those the numbers that begin
as typed are taken. The walk is as long as the street has tokens, and looks at no row elsewhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, exists, or_, select, true

from boligdesk.domain.address_words import JOINT
from boligdesk.domain.text import SHORTEST_INSIDE
from boligdesk.storage.queries.search_candidates import prefix
from boligdesk.storage.search_index import ADDRESS
from boligdesk.storage.tables import SearchToken

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import ColumnElement, Select

    from boligdesk.domain.address_words import AddressQuery
    from boligdesk.storage.policies import Viewer
    from boligdesk.storage.reader import Reader

#: How many candidates are looked at before the best are shown.
_CANDIDATES = 40
#: After those whose name is meant: the very number, then numbers that begin so.
THE_NUMBER, BEGINS_SO = 2, 3
_TOKENS: Any = SearchToken.__table__


def by_address(reader: Reader, asked: AddressQuery, limit: int) -> dict[UUID, int]:
    """{person: rank}, in the order of the streets and their numbers."""
    tokens = _TOKENS.c
    walk = living_at(reader.viewer, asked).add_columns(tokens.token)
    rows = reader.rows(walk.order_by(tokens.token, tokens.subject_id).limit(max(limit, _CANDIDATES)))
    found: dict[UUID, int] = {}
    for row in rows:
        is_whole = row.token.endswith(f"{JOINT}{asked.number}")
        found.setdefault(row.subject_id, THE_NUMBER if is_whole else BEGINS_SO)
    return found


def living_at(viewer: Viewer, asked: AddressQuery) -> Select[Any]:
    """Ids of the people, among those the viewer may find."""
    tokens = _TOKENS.c
    first, *further = asked.street
    conditions = [_at(tokens, first, asked.number), tokens.scope_id.in_(viewer.scopes)]
    for piece in further:
        other = _TOKENS.alias().c
        conditions.append(_has(other, _at(other, piece, asked.number)))
    for word in asked.others:
        name, place = _TOKENS.alias().c, _TOKENS.alias().c
        conditions.append(or_(_has(name, _named(name, word)), _has(place, _at(place, word, asked.number))))
    return select(tokens.subject_id).where(*conditions)


def _has(other: Any, condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists(select(other.token).where(other.subject_id == _TOKENS.c.subject_id, condition))


def _at(tokens: Any, piece: str, number: str) -> ColumnElement[bool]:
    """The range does the finding; the pattern only leaves out other numbers in it."""
    low, high = prefix(piece)
    return and_(
        tokens.subject_kind == ADDRESS,
        tokens.token >= low,
        tokens.token < high,
        tokens.token.like(f"%{JOINT}{number}%"),
    )


def _named(tokens: Any, word: str) -> ColumnElement[bool]:
    low, high = prefix(word)
    return and_(
        tokens.subject_kind == "person",
        tokens.token >= low,
        tokens.token < high,
        tokens.is_start.is_(True) if len(word) < SHORTEST_INSIDE else true(),
    )
