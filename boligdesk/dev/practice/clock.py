"""The clock of the practice office: its own day, so that the same pictures come out every year."""

from __future__ import annotations

import datetime as dt
import time

from boligdesk.storage.store import OSLO

#: Tuesday 24 November 2026, ten to eleven in Tromsø: the day of the manual.
OPENING = dt.datetime(2026, 11, 24, 10, 42, tzinfo=OSLO)


class PracticeClock:
    """Starts at ``OPENING`` and goes on at the pace of the real one; can be set while the office is made."""

    def __init__(self, start: dt.datetime = OPENING) -> None:
        self._start = start.astimezone(dt.UTC)
        self._since = time.monotonic()

    def __call__(self) -> dt.datetime:
        return self._start + dt.timedelta(seconds=time.monotonic() - self._since)


class SteppingClock:
    """Set to each moment of the story; every look moves it on, so that the order of events is kept."""

    def __init__(self) -> None:
        self._now = OPENING.astimezone(dt.UTC)

    def __call__(self) -> dt.datetime:
        self._now += dt.timedelta(milliseconds=7)
        return self._now

    def set(self, day: dt.date, hour: int = 9, minute: int = 0) -> None:
        self._now = dt.datetime.combine(day, dt.time(hour, minute), tzinfo=OSLO).astimezone(dt.UTC)
