"""Dated list of applicant groups: what ``resources/rules/applicant_groups.json`` holds, read once and checked.

Which queue or kind of offer an application belongs to is decided locally, so the list is rule data with dates; a
group that goes out of use can still be read.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from boligdesk.resources import resource_path

if TYPE_CHECKING:
    from pathlib import Path

Groups = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class GroupEdition:
    """The list in one period. ``groups`` are (stored code, words); ``valid_to`` is the first day it does not hold."""

    valid_from: date
    valid_to: date | None
    source: str
    confidence: str
    groups: Groups

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


def read_editions(path: Path) -> tuple[GroupEdition, ...]:
    """Oldest first. Raises ValueError, TypeError or KeyError when it is no such list (a bug, it is shipped)."""
    found = []
    for raw in json.loads(path.read_text("utf-8"))["editions"]:
        groups = tuple((str(group["code"]), str(group["label"])) for group in raw["groups"])
        ends = raw["valid_to"]
        edition = GroupEdition(
            date.fromisoformat(raw["valid_from"]),
            date.fromisoformat(ends) if ends else None,
            raw["source"],
            raw["confidence"],
            groups,
        )
        if not groups or len(dict(groups)) != len(groups) or edition.confidence not in {"V", "U"}:
            msg = (
                f"the applicant groups from {raw['valid_from']} are empty, repeated or of no known confidence"
            )
            raise ValueError(msg)
        found.append(edition)
    return tuple(sorted(found, key=lambda edition: edition.valid_from))


@lru_cache(maxsize=1)
def load_editions() -> tuple[GroupEdition, ...]:
    return read_editions(resource_path("rules", "applicant_groups.json"))


def groups_on(day: date, editions: tuple[GroupEdition, ...] | None = None) -> Groups:
    """The groups to choose among on a day, in the order shown; none when no edition holds."""
    known = load_editions() if editions is None else editions
    return next((edition.groups for edition in known if edition.holds_on(day)), ())


def all_groups(editions: tuple[GroupEdition, ...] | None = None) -> Groups:
    """Every group that ever was, with its latest words."""
    known = load_editions() if editions is None else editions
    return tuple({code: words for edition in known for code, words in edition.groups}.items())
