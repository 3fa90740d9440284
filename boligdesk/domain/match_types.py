"""What is held against each other: a row of the waiting list, the profile of a dwelling, and the answer."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple

from boligdesk.domain.allocation_catalog import MatchOutcome, NeedKey, NeedKind

EntryId = str | bytes


class Entry(NamedTuple):
    """One live row of the waiting list, as plain values; ``Entry._make`` makes one of a database row.

    Needs: 1 absolute, 2 wish, 0 none, None unknown. Districts are codes with spaces between; "" = asked, none.
    ``waiting_since`` is an ordinal day. Ids are of one kind (all bytes or all str) and each is there once.
    """

    id: EntryId
    priority_rank: int | None = None
    priority_label: str = ""
    waiting_since: int | None = None
    bedrooms_min: int | None = None
    bedrooms_max: int | None = None
    persons: int | None = None
    max_rent_ore: int | None = None
    step_free: int | None = None
    lift_or_ground: int | None = None
    wheelchair: int | None = None
    staffed: int | None = None
    shielded: int | None = None
    pets: int | None = None
    districts_wish: str | None = None
    districts_no: str | None = None


class Has(NamedTuple):
    """What a dwelling has: yes and no are 1 and 0, None = not known. With who found out, and when."""

    value: int | str | None = None
    source: str = ""
    checked_on: dt.date | None = None


class Share(NamedTuple):
    """Municipal dwellings among all in an entrance or a building, this one included; None = not known.

    ``limit_percent``: the place's own limit instead of the rules'.
    """

    municipal: int | None = None
    total: int | None = None
    limit_percent: int | None = None


_NOT_KNOWN = Has()
_NO_SHARE = Share()


@dataclass(frozen=True, slots=True)
class Profile:
    """A dwelling as matching sees it. Rent in øre, area in tenths of a square metre; 1 = first floor.

    ``district`` is the code that the districts of an entry hold, ``district_name`` what people read.
    """

    bedrooms: Has = _NOT_KNOWN
    floor: Has = _NOT_KNOWN
    lift: Has = _NOT_KNOWN
    step_free: Has = _NOT_KNOWN
    wheelchair: Has = _NOT_KNOWN
    staffed: Has = _NOT_KNOWN
    shielded: Has = _NOT_KNOWN
    pets: Has = _NOT_KNOWN
    rent_ore: Has = _NOT_KNOWN
    district: Has = _NOT_KNOWN
    district_name: str = ""
    area_m2x10: Has = _NOT_KNOWN
    entrance: Share = _NO_SHARE
    building: Share = _NO_SHARE


class Match(NamedTuple):
    """One need held against one dwelling: the row that explains a cell (ui.md 5)."""

    need: NeedKey | str
    kind: NeedKind
    wanted: str
    has: str
    outcome: MatchOutcome
    source: str
    checked_on: dt.date | None
    sentence: str
