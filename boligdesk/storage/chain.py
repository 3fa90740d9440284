"""One hash chain over everything logged (data.md 4): a changed, removed or moved entry is found.

``digest`` covers an event and the salted digests of its changes, so that a change body may be erased
by lawful disposal while the chain stays whole. Whoever holds the key can rewrite the whole chain: a
head noted elsewhere is what shows it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import func, select

from boligdesk.storage.row_log import entry_text, plain
from boligdesk.storage.tables import Event, EventChange, LogLink, NumberSeries, ReadEntry
from boligdesk.storage.types import PreparedJson, canonical_json, id_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from boligdesk.storage.reader import Reader
    from boligdesk.storage.writer import Writer

GENESIS = bytes(32)
#: The number series that counts the links, and whose row lock lets one writer append at a time.
SERIES = "kjede"


@dataclass(slots=True)
class Link:
    """One entry on its way into the chain."""

    source: str
    source_id: UUID
    said: str
    changes: list[bytes] = field(default_factory=list)
    name: str = field(init=False)

    def __post_init__(self) -> None:
        self.name = id_text(self.source_id)

    def add_change(
        self, salt: bytes, no: int, table: str, row_id: UUID, old: PreparedJson | None, new: PreparedJson
    ) -> None:
        """The text is what ``change_digest`` makes of the same values, put together from what is there."""
        past = "null" if old is None else old.text
        text = (
            f'{{"event_id":"{self.name}","new":{new.text},"no":{no},"old":{past},'
            f'"row_id":"{id_text(row_id)}","tbl":"{table}"}}'
        )
        self.changes.append(hashlib.sha256(salt + text.encode()).digest())

    def digest(self) -> bytes:
        return entry_digest(self.said, self.changes)


def change_digest(salt: bytes, values: dict[str, Any]) -> bytes:
    return hashlib.sha256(salt + canonical_json(values).encode()).digest()


def entry_digest(said: str, changes: list[bytes]) -> bytes:
    whole = hashlib.sha256(said.encode())
    for change in changes:
        whole.update(change)
    return whole.digest()


def link_hash(previous: bytes, seq: int, source: str, source_id: UUID, digest: bytes) -> bytes:
    return hashlib.sha256(
        b"|".join((previous, str(seq).encode(), source.encode(), source_id.bytes, digest))
    ).digest()


def link_all(writer: Writer, links: list[Link]) -> None:
    """Append to the chain. The series row is the lock that makes concurrent writers wait here.

    The series counts the links: were the last ones removed, the next one leaves a gap where they stood.
    """
    last = writer.next_number(SERIES, 0) - 1
    head = writer.first(select(LogLink.seq, LogLink.hash).order_by(LogLink.seq.desc()).limit(1))
    found, previous = (head.seq, bytes(head.hash)) if head else (0, GENESIS)
    seq = max(last, found)
    rows = []
    for link in links:
        seq += 1
        digest = link.digest()
        current = link_hash(previous, seq, link.source, link.source_id, digest)
        rows.append(
            {
                "seq": seq,
                "source": link.source,
                "source_id": link.source_id,
                "digest": digest,
                "prev_hash": previous,
                "hash": current,
            }
        )
        previous = current
    writer.put_rows(LogLink, rows)
    writer.flush()
    writer.raise_number(SERIES, 0, seq)


@dataclass(frozen=True, slots=True)
class ChainReport:
    """``broken_at`` is the first link that does not hold (None = whole)."""

    links: int
    head: bytes
    broken_at: int | None
    reason: str = ""


def verify(reader: Reader) -> ChainReport:
    """Recompute the whole chain and every digest behind it.

    Others may write meanwhile: what is linked after the head that was met first is left for the next time.
    """
    counted = int(reader.scalar(select(NumberSeries.last).where(NumberSeries.series == SERIES)) or 0)
    head = int(reader.scalar(select(func.max(LogLink.seq))) or 0)
    entries = dict(_digests(reader))
    previous, expected = GENESIS, 0
    old = select(LogLink.__table__).where(LogLink.seq <= head).order_by(LogLink.seq)
    for link in reader.connection.execute(old):
        expected += 1
        if link.seq != expected:
            return ChainReport(expected - 1, previous, expected, "Et ledd mangler i loggen.")
        if bytes(link.prev_hash) != previous or bytes(link.hash) != link_hash(
            previous, link.seq, link.source, link.source_id, bytes(link.digest)
        ):
            return ChainReport(expected - 1, previous, expected, "Et ledd i loggen er endret.")
        if entries.pop(link.source_id, None) != bytes(link.digest):
            return ChainReport(expected - 1, previous, expected, "Innholdet i loggen er endret.")
        previous = bytes(link.hash)
    if counted > expected:
        return ChainReport(expected, previous, expected + 1, "Slutten av loggen mangler.")
    if entries.keys() - _linked_after(reader, head):
        return ChainReport(expected, previous, expected + 1, "Loggen har innhold som ikke er lenket.")
    return ChainReport(expected, previous, None)


def _linked_after(reader: Reader, head: int) -> set[UUID]:
    return {row.source_id for row in reader.rows(select(LogLink.source_id).where(LogLink.seq > head))}


def _digests(reader: Reader) -> Iterator[tuple[UUID, bytes]]:
    changes: dict[UUID, list[bytes]] = {}
    statement = select(EventChange.__table__).order_by(EventChange.event_id, EventChange.no)
    for row in reader.connection.execute(statement).mappings():
        values = {key: row[key] for key in ("event_id", "no", "tbl", "row_id", "old", "new")}
        changes.setdefault(row["event_id"], []).append(change_digest(bytes(row["salt"]), plain(values)))
    for row in reader.connection.execute(select(Event.__table__)).mappings():
        yield row["id"], entry_digest(entry_text(dict(row)), changes.get(row["id"], []))
    for row in reader.connection.execute(select(ReadEntry.__table__)).mappings():
        yield row["id"], entry_digest(entry_text(dict(row)), [])
