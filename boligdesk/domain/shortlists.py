"""A shortlist frozen as it was shown: what a complaint is answered from.

It holds the inputs of everybody considered, the rules and the outcome. The content is canonical JSON, so that the same input gives the same bytes whatever order it came in; it is
stored compressed, and ``sha256`` is of the content itself. With the rule set of the same hash it can be
reckoned again: to the same bytes, and to the rows of anybody in it.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from boligdesk.domain.allocation_catalog import MatchOutcome, NeedKind
from boligdesk.domain.match_types import Entry, EntryId, Has, Match, Profile, Share
from boligdesk.domain.matching import MatchError, Ranking, compile, rank  # noqa: A004 - the word for it
from boligdesk.domain.rule_reader import canonical

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from boligdesk.domain.rule_sets import RuleSet

FORMAT = 1
#: Raised when the same input may give another list: an old snapshot is then not reckoned again.
ENGINE = "1"
#: So many of the first have their full rows in the snapshot.
FULL_ROWS = 200
_MOST_BYTES = 500_000_000
# Half the time of zlib's own choice, and a tenth larger.
_LEVEL = 2


class ShortlistError(ValueError):
    """The snapshot cannot be used. The message is for people."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """``packed`` is what is stored; ``sha256`` is of the content, so that packing may change."""

    packed: bytes
    sha256: str
    considered: int
    eligible: int

    def content(self) -> bytes:
        return unpacked(self.packed)


@dataclass(frozen=True, slots=True)
class Replay:
    """A snapshot reckoned again. ``is_same``: to the same bytes."""

    content: bytes
    is_same: bool
    ranking: Ranking

    def matches(self, entry_id: EntryId) -> tuple[Match, ...]:
        """The rows of anybody in the snapshot. Raises ShortlistError for somebody who is not."""
        for entry in self.ranking.entries:
            if entry.id == entry_id:
                return self.ranking.judge.matches(entry)
        raise ShortlistError("Søkeren er ikke med i dette forslaget.")


def freeze(
    ranking: Ranking, *, vacancy: Mapping[str, Any], as_of: dt.date, asked: Iterable[EntryId] = ()
) -> Snapshot:
    """Make the snapshot of a list.

    Args:
        ranking: the list as shown.
        vacancy: what identifies the vacancy and the dwelling, as JSON values.
        as_of: the day it holds for.
        asked: ids whose full rows are to be kept besides those of the first.

    Raises:
        ShortlistError: somebody asked for is not in the list, or the vacancy holds what is not JSON.
    """
    try:
        content = _content(ranking, dict(vacancy), as_of, set(asked))
    except (TypeError, ValueError) as error:
        if isinstance(error, ShortlistError):
            raise
        raise ShortlistError("Forslaget holder verdier som ikke kan lagres.") from None
    return Snapshot(
        zlib.compress(content, _LEVEL),
        hashlib.sha256(content).hexdigest(),
        ranking.considered,
        len(ranking.eligible),
    )


def replay(packed: bytes, rule_set: RuleSet) -> Replay:
    """Reckon a stored list again. Raises ShortlistError for damaged bytes or another rule set."""
    content = unpacked(packed)
    try:
        stored = json.loads(content)
        if stored["format"] != FORMAT or stored["engine"] != ENGINE:
            raise ShortlistError("Forslaget er laget av en annen utgave av Boligdesk.")
        if stored["rules"]["sha256"] != rule_set.sha256:
            raise ShortlistError("Forslaget er laget med et annet regelsett.")
        ids_are_bytes = stored["id_kind"] == "bytes"
        ids = [_id(text, ids_are_bytes) for text in stored["inputs"]["id"]]
        columns = [ids, *[_spread(stored["inputs"][name]) for name in Entry._fields[1:]]]
        entries = [Entry(*values) for values in zip(*columns, strict=True)]
        ranking = rank(entries, compile(rule_set, _profile(stored["profile"]), stored["demands"]))
        asked = {_id(text, ids_are_bytes) for text in stored["asked"]}
        again = _content(ranking, stored["vacancy"], dt.date.fromisoformat(stored["as_of"]), asked)
    except (KeyError, TypeError, IndexError, AttributeError, RecursionError, ValueError, MatchError) as error:
        if isinstance(error, ShortlistError):
            raise
        raise ShortlistError("Det lagrede forslaget er skadet og kan ikke leses.") from None
    return Replay(again, again == content, ranking)


def unpacked(packed: bytes) -> bytes:
    """The content. Raises ShortlistError for damaged bytes."""
    unpacker = zlib.decompressobj()
    try:
        content = unpacker.decompress(packed, _MOST_BYTES)
    except zlib.error:
        raise ShortlistError("Det lagrede forslaget er skadet og kan ikke leses.") from None
    if not unpacker.eof or unpacker.unused_data:
        raise ShortlistError("Det lagrede forslaget er skadet og kan ikke leses.")
    return content


def stored_rows(packed: bytes, entry_id: EntryId) -> tuple[Match, ...] | None:
    """Rows that were kept as shown, without any rules; None for somebody whose rows were not kept."""
    rows = json.loads(unpacked(packed))["rows"].get(_text(entry_id))
    if rows is None:
        return None
    return tuple(
        Match(need, NeedKind(kind), wanted, has, MatchOutcome(outcome), source, _day(checked), sentence)
        for need, kind, wanted, has, outcome, source, checked, sentence in rows
    )


def _content(ranking: Ranking, vacancy: Mapping[str, Any], as_of: dt.date, asked: set[EntryId]) -> bytes:
    """Everything by id, so that the order in which entries were fetched leaves no trace."""
    entries, judge = ranking.entries, ranking.judge
    ids = [entry[0] for entry in entries]
    by_id = sorted(range(len(entries)), key=ids.__getitem__)
    place_of = dict(zip(by_id, range(len(by_id)), strict=True))
    if not asked <= set(ids):
        raise ShortlistError("Noen det er spurt om, er ikke med i forslaget.")
    needs = [check.need.key for check in judge.checks]
    first_fail: list[int | None] = [None] * len(entries)
    number_of = {need: number for number, need in enumerate(needs)}
    for out in ranking.excluded:
        first_fail[place_of[out.position]] = number_of[out.first_fail]
    kept = [ranking.entry(found) for found in ranking.eligible[:FULL_ROWS]]
    also = {entry.id for entry in kept}
    kept += [entry for entry in entries if entry.id in asked and entry.id not in also]
    ordered = [entries[position] for position in by_id]
    columns: list[Sequence[Any]] = list(zip(*ordered, strict=True)) or [()] * len(Entry._fields)
    inputs = dict(zip(Entry._fields, columns, strict=True))
    packed = {
        "id": list(map(_text, inputs["id"])),
        **{name: _packed(inputs[name]) for name in Entry._fields[1:]},
    }
    return canonical(
        {
            "format": FORMAT,
            "engine": ENGINE,
            "as_of": as_of.isoformat(),
            "vacancy": vacancy,
            "rules": {
                "key": judge.rules.key,
                "title": judge.rules.title,
                "version": judge.rules.version,
                "sha256": judge.rules.sha256,
            },
            "demands": judge.demands,
            "profile": _profile_json(judge.profile),
            "id_kind": "bytes" if ids and isinstance(ids[0], bytes) else "str",
            "inputs": packed,
            "needs": needs,
            "first_fail": first_fail,
            "order": [place_of[found.position] for found in ranking.eligible],
            "asked": sorted(map(_text, asked)),
            "rows": {_text(entry.id): [_row(match) for match in judge.matches(entry)] for entry in kept},
        }
    )


def _packed(column: Sequence[Any]) -> dict[str, Any]:
    """The distinct values, first met first, and which of them each entry has: a column has few that differ."""
    number_of: dict[Any, int] = {value: number for number, value in enumerate(dict.fromkeys(column))}
    return {"values": list(number_of), "of": list(map(number_of.__getitem__, column))}


def _spread(packed: Mapping[str, Any]) -> list[Any]:
    return [packed["values"][number] for number in packed["of"]]


def _row(match: Match) -> list[Any]:
    return [*match[:6], match.checked_on.isoformat() if match.checked_on else None, match.sentence]


def _text(entry_id: EntryId) -> str:
    return entry_id.hex() if isinstance(entry_id, bytes) else entry_id


def _id(text: str, is_bytes: bool) -> EntryId:
    return bytes.fromhex(text) if is_bytes else text


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _profile_json(profile: Profile) -> dict[str, Any]:
    def plain(value: object) -> object:
        if isinstance(value, Has):
            return [value.value, value.source, value.checked_on.isoformat() if value.checked_on else None]
        return list(value) if isinstance(value, Share) else value

    return {field.name: plain(getattr(profile, field.name)) for field in dataclasses.fields(profile)}


def _profile(stored: Mapping[str, Any]) -> Profile:
    made: dict[str, Any] = {}
    for name, value in stored.items():
        if name in {"entrance", "building"}:
            made[name] = Share(*value)
        elif name == "district_name":
            made[name] = value
        else:
            made[name] = Has(value[0], value[1], _day(value[2]))
    return Profile(**made)
