"""Dated legal references of letters: ``resources/rules/legal_references.json``, read once and checked.

Both forvaltningslov 1967 and 2025 are there. The switch is a date that the office sets: from that day on the
rows of the new act hold and those of the old one no longer (lov 20. juni 2025 nr. 81 § 99).
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from boligdesk.domain.letter_sentences import held_together
from boligdesk.resources import resource_path

if TYPE_CHECKING:
    from collections.abc import Sequence

OLD_ACT = "forvaltningsloven (1967)"
NEW_ACT = "forvaltningsloven (2025)"


@dataclass(frozen=True, slots=True)
class LegalReference:
    """One rule in one period. ``field`` names the merge field it fills; else it is a line of ``lovtekster``."""

    key: str
    act: str
    field: str
    kinds: tuple[str, ...]
    nb: str
    nn: str
    confidence: str
    valid_from: dt.date | None
    valid_to: dt.date | None

    def words(self, language: str) -> str:
        return held_together(self.nn if language == "nn" else self.nb)


@lru_cache(maxsize=1)
def shipped() -> tuple[LegalReference, ...]:
    """Every reference the program carries, in the order of the file."""
    read = json.loads(resource_path("rules", "legal_references.json").read_text(encoding="utf-8"))
    return tuple(
        LegalReference(
            key=row["key"],
            act=row["act"],
            field=row["field"],
            kinds=tuple(row["kinds"]),
            nb=row["nb"],
            nn=row["nn"],
            confidence=row["confidence"],
            valid_from=_day(row["valid_from"]),
            valid_to=_day(row["valid_to"]),
        )
        for row in read["references"]
    )


def in_force(
    on: dt.date, new_act_from: dt.date | None = None, references: Sequence[LegalReference] | None = None
) -> tuple[LegalReference, ...]:
    """References that hold on the day. ``new_act_from``: the day the office sets for the new forvaltningslov."""
    found = []
    for row in shipped() if references is None else references:
        begins, ends = row.valid_from, row.valid_to
        if row.act == NEW_ACT:
            begins = new_act_from
        if row.act == OLD_ACT and new_act_from is not None:
            ends = new_act_from
        if begins is not None and begins <= on and (ends is None or on < ends):
            found.append(row)
    return tuple(found)


def field_values(on: dt.date, language: str, new_act_from: dt.date | None = None) -> dict[str, str]:
    """Merge field -> words, of the references that fill one."""
    return {row.field: row.words(language) for row in in_force(on, new_act_from) if row.field}


def law_lines(kind: str, on: dt.date, language: str, new_act_from: dt.date | None = None) -> tuple[str, ...]:
    """The lines of «Lover og regler» of one kind of letter."""
    return tuple(row.words(language) for row in in_force(on, new_act_from) if kind in row.kinds)


def _day(text: str | None) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(text)
