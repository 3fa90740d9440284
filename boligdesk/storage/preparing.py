"""What an open store needs before anybody works in it: what begins today, and search words of our making.

An older program left words of another making in the store. They are made anew once, when the store is opened
to be written to; ``meta`` says which making they are of.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select

from boligdesk.storage.engine import inserting
from boligdesk.storage.reader import SYSTEM
from boligdesk.storage.tables import Meta, Person, PersonAddress, SearchToken

if TYPE_CHECKING:
    from boligdesk.storage.store import SqlStore
    from boligdesk.storage.writer import Writer

#: Raise it when other words than before are made of what is stored already.
SEARCH_WORDS = "2"
_KEY = "search_words"
_FLUSH_EVERY = 20_000


def prepare(store: SqlStore) -> None:
    """Everything; a few look-ups when there is nothing to do."""
    renew_search_words(store)
    store.settle()


def renew_search_words(store: SqlStore) -> bool:
    """Make the words that an older program did not; False = they are of this making already."""
    if store.read(SYSTEM, lambda view: view.meta(_KEY)) == SEARCH_WORDS:
        return False
    return store.write(SYSTEM, _renew)


def _renew(unit: Writer) -> bool:
    from boligdesk.domain.address_words import address_tokens
    from boligdesk.storage.policies import live
    from boligdesk.storage.search_index import ADDRESS, address_row

    if claim(unit, _KEY) == SEARCH_WORDS:  # another desk was first
        return False
    unit.connection.execute(delete(SearchToken).where(SearchToken.subject_kind == ADDRESS))
    homes = (
        select(
            Person.id,
            Person.read_scope_id,
            PersonAddress.street,
            PersonAddress.house_no,
            PersonAddress.letter,
            PersonAddress.unit_no,
        )
        .join(PersonAddress, PersonAddress.person_id == Person.id)
        .where(live(PersonAddress, unit.today), Person.protection == 0, Person.merged_into_id.is_(None))
    )
    made: set[tuple[Any, str]] = set()
    for number, (person_id, scope_id, *home) in enumerate(unit.rows(homes)):
        for token in address_tokens(*home):
            if (person_id, token) not in made:
                made.add((person_id, token))
                unit.put_plain(SearchToken, address_row(token, person_id, scope_id))
        if number % _FLUSH_EVERY == 0:
            unit.flush()
    remember(unit, _KEY, SEARCH_WORDS)
    return True


def claim(unit: Writer, key: str) -> str:
    """The value of one row of ``meta`` ("" = none yet), which nobody else changes before the commit."""
    maker = inserting(is_sqlite=unit.is_sqlite)
    unit.connection.execute(maker(Meta).values(key=key, value="").on_conflict_do_nothing())
    wanted = select(Meta.value).where(Meta.key == key)
    return str(unit.scalar(wanted if unit.is_sqlite else wanted.with_for_update()))


def remember(unit: Writer, key: str, value: str) -> None:
    """Write what ``claim`` took."""
    maker = inserting(is_sqlite=unit.is_sqlite)
    statement = maker(Meta).values(key=key, value=value)
    unit.connection.execute(
        statement.on_conflict_do_update(index_elements=["key"], set_={"value": statement.excluded.value})
    )
