"""Who is counted in a household on a day, said in one sentence; and periods that do not overlap."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from boligdesk.domain.catalog import MemberRole
from boligdesk.domain.people import ADULT_AGE, age_on

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MONTHS = (
    "januar",
    "februar",
    "mars",
    "april",
    "mai",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "desember",
)
#: Care share of a child who lives there all the time, in per cent of the nights.
_WHOLE = 100


@dataclass(frozen=True, slots=True)
class Occupant:
    """One membership. Half-open period; None = open. ``is_expected``: not born, ``expected_on`` the term."""

    role: str
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    birth_on: dt.date | None = None
    birth_precision: str | None = None
    dead_on: dt.date | None = None
    is_expected: bool = False
    expected_on: dt.date | None = None
    care_share: int | None = None
    is_masked: bool = False


def is_live(valid_from: dt.date | None, valid_to: dt.date | None, on: dt.date) -> bool:
    """In force on the day: ``[valid_from, valid_to)``."""
    return (valid_from is None or valid_from <= on) and (valid_to is None or valid_to > on)


def overlap(periods: Sequence[tuple[dt.date | None, dt.date | None]]) -> bool:
    """Whether two of the half-open periods share a day. Empty periods share none."""
    spans = sorted((start or dt.date.min, end or dt.date.max) for start, end in periods)
    spans = [span for span in spans if span[0] < span[1]]
    return any(first[1] > second[0] for first, second in pairwise(spans))


def summary(members: Iterable[Occupant], on: dt.date) -> str:
    """«2 voksne, 3 barn (4, 7 og 11 år), venter barn i januar».

    Adults and children by birth date, not by role. An unknown age is said, not guessed.
    """
    here = [
        member
        for member in members
        if is_live(member.valid_from, member.valid_to, on) and not (member.dead_on and member.dead_on <= on)
    ]
    born = [member for member in here if not member.is_expected and not member.is_masked]
    known = [member for member in born if member.birth_on is not None]
    children = [member for member in known if _age(member, on) < ADULT_AGE]
    unknown = [member for member in born if member.birth_on is None]
    parts = [
        _count(len(known) - len(children), "voksen", "voksne"),
        _children(children, on),
        _unknown([member for member in unknown if member.role == MemberRole.CHILD], "barn", "barn"),
        _unknown([member for member in unknown if member.role != MemberRole.CHILD], "person", "personer"),
        _count(sum(member.is_masked for member in here), "skjermet person", "skjermede personer"),
        _shared(here),
        *(_expected(member, on) for member in here if member.is_expected),
    ]
    return ", ".join(part for part in parts if part) or "Ingen bor her denne dagen"


@dataclass(frozen=True, slots=True)
class HeadCount:
    """How many live in a home. None = not known, because somebody there may not be read."""

    adults: int | None
    children: int | None
    children_part_time: int
    expects_child: bool


def head_count(members: Iterable[Occupant], on: dt.date) -> HeadCount:
    """Adults and children by birth date, by role where it is unknown; children also those of shared custody."""
    here = [
        member
        for member in members
        if is_live(member.valid_from, member.valid_to, on) and not (member.dead_on and member.dead_on <= on)
    ]
    born = [member for member in here if not member.is_expected and not member.is_masked]
    children = [member for member in born if _is_child(member, on)]
    hides = any(member.is_masked for member in here)
    shared = [member for member in children if member.care_share is not None and member.care_share < _WHOLE]
    return HeadCount(
        adults=None if hides else len(born) - len(children),
        children=None if hides and not children else len(children),
        children_part_time=len(shared),
        expects_child=any(member.is_expected for member in here),
    )


def _is_child(member: Occupant, on: dt.date) -> bool:
    if member.birth_on is None:
        return member.role == MemberRole.CHILD
    return age_on(member.birth_on, on) < ADULT_AGE


def join_words(words: Sequence[str]) -> str:
    """«4, 7 og 11»."""
    return f"{', '.join(words[:-1])} og {words[-1]}" if len(words) > 1 else "".join(words)


def _age(member: Occupant, on: dt.date) -> int:
    return age_on(member.birth_on, on) if member.birth_on else 0


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}" if number else ""


def _children(children: list[Occupant], on: dt.date) -> str:
    if not children:
        return ""
    ages = [
        ("ca. " if child.birth_precision in {"ar", "anslag"} else "") + str(max(0, _age(child, on)))
        for child in sorted(children, key=lambda child: _age(child, on))
    ]
    return f"{len(children)} barn ({join_words(ages)} år)"


def _unknown(members: list[Occupant], one: str, many: str) -> str:
    return f"{_count(len(members), one, many)} med ukjent alder" if members else ""


def _shared(here: list[Occupant]) -> str:
    shared = [member for member in here if member.care_share is not None and member.care_share < _WHOLE]
    if not shared:
        return ""
    nights = join_words(
        [f"{member.care_share} %" for member in sorted(shared, key=lambda m: m.care_share or 0)]
    )
    return f"{_count(len(shared), 'barn', 'barn')} bor her deler av tiden ({nights} av nettene)"


def _expected(member: Occupant, on: dt.date) -> str:
    due = member.expected_on
    if due is None:
        return "venter barn"
    if due < on:
        return f"ventet barn {due.day}. {MONTHS[due.month - 1]} {due.year}"
    return f"venter barn i {MONTHS[due.month - 1]}" + ("" if _is_near(due, on) else f" {due.year}")


def _is_near(due: dt.date, on: dt.date) -> bool:
    """Within a year, so that the month alone cannot be mistaken."""
    return (due - on).days < 335
