"""Who might be meant by what was typed: ids from the search tokens, in rank order, with bounded work.

All kinds of subjects are asked for in one statement. Each kind and rank is a limited walk of one range of
the tokens' own order (kind, token, subject); where several words were typed, the rarest drives the walk.
Statements are made once per form of question: making one costs more than answering it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Integer, and_, bindparam, exists, func, literal, select, true, union_all

from boligdesk.storage.tables import Dwelling, SearchToken

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from sqlalchemy import ColumnElement, Select

    from boligdesk.storage.policies import Viewer
    from boligdesk.storage.reader import Reader

KINDS = ("person", "case", "dwelling")
#: From this many letters on, a word is also looked for inside words.
INSIDE_FROM = 3
#: How many candidates are looked at before the best are shown.
_CANDIDATES = 40
#: A word is common when it has this many tokens; nobody counts further.
_COMMON = 2_000
_TOKEN_LENGTH = 16
_TOKENS: Any = SearchToken.__table__
_DWELLINGS: Any = Dwelling.__table__
Found = dict[str, dict["UUID", int]]
#: Kind, and which of the terms drives its walk.
Driving = tuple[tuple[str, int], ...]


def hit(viewer: Viewer, term: str, subject_kind: str) -> ColumnElement[bool]:
    """Tokens of one kind that the term is the beginning of, among those the viewer may find."""
    tokens = _TOKENS.c
    low, high = prefix(term)
    return and_(
        tokens.subject_kind == subject_kind,
        tokens.token >= low,  # a range and no LIKE: an index on both engines, and leakproof
        tokens.token < high,
        tokens.scope_id.in_(viewer.place_scopes if subject_kind == "dwelling" else viewer.scopes),
        tokens.is_start.is_(True) if len(term) < INSIDE_FROM else true(),
    )


def prefix(term: str) -> tuple[str, str]:
    """The first token that begins so, and the first after all of them."""
    low = term[:_TOKEN_LENGTH]
    return low, low[:-1] + chr(ord(low[-1]) + 1)


def candidates(reader: Reader, terms: Sequence[str], limit: int) -> Found:
    """{kind: {id: rank}}: starts of words (rank 0) first, then inside words, closest words first."""
    found: Found = {kind: {} for kind in KINDS}
    if not terms:
        return found
    has_digit = any(map(str.isdigit, "".join(terms)))
    kinds = tuple(kind for kind in KINDS if kind != "case" or has_digit)
    asked = _asked(reader.viewer, terms)
    shorts = tuple(len(term) < INSIDE_FROM for term in terms)
    driving = _driving(reader, kinds, shorts, asked)
    if not driving:
        return found
    statement = _walks(driving, shorts, max(limit, _CANDIDATES))
    rows = reader.connection.execute(statement, asked).all()
    for row in rows:
        if row.rank == 0:
            found[row.kind][row.subject_id] = 0
    enough = {kind for kind, ranked in found.items() if len(ranked) >= limit}
    for row in rows:
        if row.rank and row.kind not in enough:
            found[row.kind].setdefault(row.subject_id, row.rank)
    return found


def _asked(viewer: Viewer, terms: Sequence[str]) -> dict[str, Any]:
    asked: dict[str, Any] = {"scopes": viewer.scopes, "places": viewer.place_scopes}
    for number, term in enumerate(terms):
        asked[f"low{number}"], asked[f"high{number}"] = prefix(term)
    return asked


def _driving(
    reader: Reader, kinds: tuple[str, ...], shorts: tuple[bool, ...], asked: dict[str, Any]
) -> Driving:
    """The word with the fewest tokens for each kind; no entry where a word has none at all."""
    if len(shorts) == 1:
        return tuple((kind, 0) for kind in kinds)
    row = reader.connection.execute(_counts(kinds, shorts), asked).one()
    chosen = []
    for place, kind in enumerate(kinds):
        spread = row[place * len(shorts) : (place + 1) * len(shorts)]
        if min(spread):
            chosen.append((kind, spread.index(min(spread))))
    return tuple(chosen)


@lru_cache(maxsize=256)
def _counts(kinds: tuple[str, ...], shorts: tuple[bool, ...]) -> Select[Any]:
    return select(
        *(
            select(func.count())
            .select_from(
                select(_TOKENS.c.token)
                .where(_range(_TOKENS, number), _mine(kind, starts=is_short))
                .limit(_COMMON)
                .subquery()
            )
            .scalar_subquery()
            for kind in kinds
            for number, is_short in enumerate(shorts)
        )
    )


@lru_cache(maxsize=256)
def _walks(driving: Driving, shorts: tuple[bool, ...], wanted: int) -> Any:
    ranks = (True,) if all(shorts) else (True, False)
    parts = [
        _walk(kind, driver, shorts, wanted, starts=starts) for kind, driver in driving for starts in ranks
    ]
    return union_all(*parts) if len(parts) > 1 else parts[0]


def _walk(kind: str, driver: int, shorts: tuple[bool, ...], wanted: int, *, starts: bool) -> Select[Any]:
    tokens = _TOKENS.c
    conditions = [_range(_TOKENS, driver), _mine(kind, starts=starts or shorts[driver])]
    for number, is_short in enumerate(shorts):
        if number != driver:
            other = _TOKENS.alias()
            same = [other.c.subject_id == tokens.subject_id, other.c.subject_kind == kind]
            if starts or is_short:
                same.append(other.c.is_start.is_(True))
            conditions.append(exists(select(other.c.token).where(*same, _range(other, number))))
    if kind == "dwelling":  # those that are sold or pulled down must not fill the short list
        home = _DWELLINGS.c
        conditions.append(
            exists(select(home.id).where(home.id == tokens.subject_id, home.ended_at.is_(None)))
        )
    walk = (
        select(tokens.subject_id)
        .where(*conditions)
        .order_by(tokens.token, tokens.subject_id)
        .limit(wanted)
        .subquery()
    )
    rank = literal(0 if starts else 1, Integer).label("rank")
    return select(literal(kind).label("kind"), rank, walk.c.subject_id)


def _mine(kind: str, *, starts: bool) -> ColumnElement[bool]:
    tokens = _TOKENS.c
    scopes: Any = bindparam("places" if kind == "dwelling" else "scopes", expanding=True)
    return and_(
        tokens.subject_kind == kind,
        tokens.scope_id.in_(scopes),
        tokens.is_start.is_(True) if starts else true(),
    )


def _range(tokens: Any, number: int) -> ColumnElement[bool]:
    return and_(tokens.c.token >= bindparam(f"low{number}"), tokens.c.token < bindparam(f"high{number}"))
