"""Is a dwelling of a list one that is on the register already? Asked where no code tells.

The same street (however it is written), number, letter and H-number in the same post town is one dwelling:
a flat has its H-number alone. Without H-number there may be several behind one door, so then only a list
that names nothing else may mean the one dwelling that is there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from boligdesk.domain.addresses import fold_door, format_unit
from boligdesk.services.imports.taking import words
from boligdesk.services.ports.imports import DwellingPlace

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class PlaceAnswer:
    """``same`` is the dwelling itself, ``alike`` those that somebody should look at."""

    same: DwellingPlace | None = None
    alike: tuple[DwellingPlace, ...] = ()

    def names(self) -> str:
        """«B1, B2, B3 og 4 til»."""
        codes = [place.code for place in self.alike]
        left = len(codes) - _MOST_NAMED
        return ", ".join(codes[:_MOST_NAMED]) + (f" og {left} til" if left > 0 else "")


class KnownPlaces:
    def __init__(self, registered: Iterable[DwellingPlace]) -> None:
        self._doors: dict[str, list[DwellingPlace]] = {}
        self._of_this_list: set[UUID] = set()
        for place in registered:
            self._doors.setdefault(_door(place), []).append(place)

    def look(self, values: dict[str, Any]) -> PlaceAnswer:
        """A row whose code and id nobody knows."""
        row = _place(values, None, "")
        if not _has_number(row):
            return PlaceAnswer()
        here = self._doors.get(_door(row), [])
        before = [place for place in here if place.id not in self._of_this_list]
        exact = [place for place in here if _is_exact(row, place)]
        if values.get("code"):
            return PlaceAnswer(alike=tuple(place for place in exact if place in before))
        open_here = [place for place in exact if not place.is_gone]
        if len(open_here) == 1 and (row.unit_no or (not values.get("external_id") and len(here) == 1)):
            return PlaceAnswer(open_here[0])
        return PlaceAnswer(alike=tuple(place for place in before if _is_partly(row, place)))

    def add(self, dwelling: UUID, code: str, values: dict[str, Any]) -> None:
        """Made of a row that names its dwelling by nothing but its place."""
        made = _place(values, dwelling, code)
        if _has_number(made):
            self._doors.setdefault(_door(made), []).append(made)
            self._of_this_list.add(dwelling)


def entrance_of(values: dict[str, Any]) -> str:
    """«Oppgang B» is B."""
    return words(values, "entrance").removeprefix("Oppgang ").strip()


def is_letter(name: str) -> bool:
    """A stair with a letter is a part of the address."""
    return len(name) == 1 and name.isalpha()


def _place(values: dict[str, Any], dwelling: Any, code: str) -> DwellingPlace:
    entrance = entrance_of(values)
    letter = words(values, "letter") or (entrance if is_letter(entrance) else "")
    return DwellingPlace(
        id=dwelling,
        code=code,
        street=words(values, "street"),
        house_no=words(values, "house_number"),
        letter=letter,
        unit_no=words(values, "unit_number"),
        postcode=words(values, "postcode"),
        is_gone=False,
    )


def _door(place: DwellingPlace) -> str:
    return fold_door(place.street, place.house_no, place.letter)


def _has_number(place: DwellingPlace) -> bool:
    return bool(place.street and place.house_no)


def _unit(place: DwellingPlace) -> str:
    return format_unit(place.unit_no) or place.unit_no.strip().upper()


def _is_exact(row: DwellingPlace, place: DwellingPlace) -> bool:
    return (_unit(row), row.postcode) == (_unit(place), place.postcode)


def _is_partly(row: DwellingPlace, place: DwellingPlace) -> bool:
    """Nothing that both say is different, but for the postcode, that is easily mistaken."""
    return _unit(row) == _unit(place) or not (row.unit_no and place.unit_no)
