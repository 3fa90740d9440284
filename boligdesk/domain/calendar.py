"""Norwegian calendar: holidays, working days, periods, and dates as people write them.

Holidays are those of helligdagsfredloven § 2, with 1 and 17 May (lov 26. april 1947 nr. 1). Julaften,
nyttårsaften and påskeaften are not holidays in this sense.

Reckoned here and not with the ``holidays`` library: the library knows no year after 2100, takes a third of
a second to import, and may gain days that the act does not name. The tests hold the two against each other.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

SATURDAY = 5
SUNDAY = 6
_MAY_DAYS_SINCE = 1947

_WEEKDAYS = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")
_SHORT_WEEKDAYS = ("man.", "tir.", "ons.", "tor.", "fre.", "lør.", "søn.")
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
# Språkrådet: mars, mai, juni and juli are short enough as they are.
_SHORT_MONTHS = (
    "jan.",
    "feb.",
    "mars",
    "apr.",
    "mai",
    "juni",
    "juli",
    "aug.",
    "sep.",
    "okt.",
    "nov.",
    "des.",
)

_FIXED = ((1, 1, "1. nyttårsdag"), (12, 25, "1. juledag"), (12, 26, "2. juledag"))
_MAY = ((5, 1, "1. mai"), (5, 17, "17. mai"))
_FROM_EASTER = (
    (-3, "skjærtorsdag"),
    (-2, "langfredag"),
    (0, "1. påskedag"),
    (1, "2. påskedag"),
    (39, "Kristi himmelfartsdag"),
    (49, "1. pinsedag"),
    (50, "2. pinsedag"),
)


def easter_sunday(year: int) -> date:
    """1. påskedag in the Gregorian calendar (the anonymous algorithm, exact for every year)."""
    golden = year % 19
    century, rest = divmod(year, 100)
    leap_centuries, century_rest = divmod(century, 4)
    moon = (19 * golden + century - leap_centuries - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    leaps, year_rest = divmod(rest, 4)
    to_sunday = (32 + 2 * century_rest + 2 * leaps - moon - year_rest) % 7
    late = (golden + 11 * moon + 22 * to_sunday) // 451
    month, day = divmod(moon + to_sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)


@lru_cache(maxsize=512)
def _named_days(year: int) -> dict[date, str]:
    fixed = _FIXED + (_MAY if year >= _MAY_DAYS_SINCE else ())
    found = [(date(year, month, day), name) for month, day, name in fixed]
    easter = easter_sunday(year)
    found += [(easter + timedelta(days=offset), name) for offset, name in _FROM_EASTER]
    names: dict[date, list[str]] = {}
    for day, name in found:
        names.setdefault(day, []).append(name)
    return {day: " og ".join(both) for day, both in sorted(names.items())}


def holidays_in(year: int) -> dict[date, str]:
    """The named holidays of a year, in order, with their Norwegian names. Ordinary Sundays are not listed."""
    return dict(_named_days(year))


def holiday_name(day: date) -> str | None:
    """Name of the holiday, ``"søndag"`` for an ordinary Sunday, None for every other day."""
    return _named_days(day.year).get(day) or ("søndag" if day.weekday() == SUNDAY else None)


def closed_name(day: date, closed: Collection[date] = ()) -> str | None:
    """Why the day is not a working day, in words; None when it is one. ``closed``: the office's own days."""
    name = holiday_name(day)
    if name:
        return name
    if day.weekday() == SATURDAY:
        return "lørdag"
    return "stengt på kontoret" if day in closed else None


def is_working_day(day: date, closed: Collection[date] = ()) -> bool:
    """Monday to Friday, not a holiday, and not one of the office's own ``closed`` days."""
    return closed_name(day, closed) is None


def next_working_day(day: date, closed: Collection[date] = ()) -> date:
    """The day itself when it is a working day, else the first one after it (domstolloven § 149)."""
    while not is_working_day(day, closed):
        day += timedelta(days=1)
    return day


def previous_working_day(day: date, closed: Collection[date] = ()) -> date:
    """The day itself when it is a working day, else the last one before it."""
    while not is_working_day(day, closed):
        day -= timedelta(days=1)
    return day


def add_weeks(day: date, weeks: int) -> date:
    """Same weekday so many weeks away (domstolloven § 148)."""
    return day + timedelta(weeks=weeks)


def add_months(day: date, months: int) -> date:
    """Same date number so many months away; the month's last day when it has no such date (§ 148)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def end_of_month(day: date) -> date:
    """Last day of the month that the day lies in."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def add_working_days(day: date, count: int, closed: Collection[date] = ()) -> date:
    """So many working days away; the day itself is not counted. 0 gives the day itself."""
    step = timedelta(days=1 if count > 0 else -1)
    for _ in range(abs(count)):
        day += step
        while not is_working_day(day, closed):
            day += step
    return day


def working_days_between(first: date, last: date, closed: Collection[date] = ()) -> int:
    """Working days after ``first`` up to and including ``last``; negative when ``last`` is the earlier."""
    if last < first:
        return -working_days_between(last, first, closed)
    days = (last - first).days
    return sum(is_working_day(first + timedelta(days=offset), closed) for offset in range(1, days + 1))


def weekday_name(day: date) -> str:
    """«tirsdag»."""
    return _WEEKDAYS[day.weekday()]


def weekday_date(day: date) -> str:
    """«tirsdag 24. november»."""
    return f"{weekday_name(day)} {day.day}. {MONTHS[day.month - 1]}"


def full_date(day: date) -> str:
    """«tirsdag 24. november 2026»."""
    return f"{weekday_date(day)} {day.year}"


def short_weekday_date(day: date) -> str:
    """«tir. 24. nov.»."""
    return f"{_SHORT_WEEKDAYS[day.weekday()]} {short_date(day)}"


def long_date(day: date) -> str:
    """«24. november 2026»."""
    return f"{day.day}. {MONTHS[day.month - 1]} {day.year}"


def short_date(day: date) -> str:
    """«24. nov.»."""
    return f"{day.day}. {_SHORT_MONTHS[day.month - 1]}"


def relative_words(due: date, today: date) -> str:
    """How far off a due date is: «4 dager over», «i går», «i dag», «i morgen», «om 6 dager»."""
    days = (due - today).days
    near = {-1: "i går", 0: "i dag", 1: "i morgen"}.get(days)
    if near:
        return near
    return f"om {days} dager" if days > 0 else f"{-days} dager over"


def iso_week(day: date) -> int:
    """Week number as Norwegian calendars print it (ISO 8601)."""
    return day.isocalendar().week
