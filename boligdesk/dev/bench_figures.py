"""What a measurement is, and how times are summed up."""

from __future__ import annotations

import math
import os
import statistics
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_MS = 1_000_000


@dataclass(frozen=True, slots=True)
class Sample:
    """One timed call: wall clock and this process's processor time, in milliseconds."""

    wall: float
    cpu: float


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure beside its floor from the same run. Times in milliseconds; ``people`` 0 = no office needed.

    ``limit`` is in milliseconds, or in times the floor when ``limit_is_ratio``; None = only told.
    """

    name: str
    people: int
    value: float
    floor: float
    limit: float | None = None
    limit_is_ratio: bool = False
    cpu: float = 0.0
    note: str = ""

    @property
    def ratio(self) -> float:
        return self.value / self.floor if self.floor else 0.0

    @property
    def is_kept(self) -> bool | None:
        """Whether the limit is kept; None without a limit."""
        if self.limit is None:
            return None
        return (self.ratio if self.limit_is_ratio else self.value) <= self.limit


def timed(work: Callable[[], object]) -> Sample:
    wall, cpu = time.perf_counter_ns(), time.process_time_ns()
    work()
    return Sample((time.perf_counter_ns() - wall) / _MS, (time.process_time_ns() - cpu) / _MS)


def samples(work: Callable[[], object], rounds: int) -> list[Sample]:
    """One call to warm up, then ``rounds`` timed ones."""
    work()
    return [timed(work) for _ in range(rounds)]


def median(values: Sequence[float]) -> float:
    return statistics.median(values)


def p95(values: Sequence[float]) -> float:
    """The smallest value that 95 of 100 do not pass."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(0.95 * len(ordered)) - 1)]


def load() -> str:
    """How busy the machine is, so that nobody reads a figure of a loaded machine as a slow program."""
    cores = os.cpu_count() or 1
    if not hasattr(os, "getloadavg"):
        return f"{cores} kjerner, belastning ukjent"
    one, five, _fifteen = os.getloadavg()
    busy = " (maskinen er opptatt med annet; tro mest på CPU og forhold)" if one > cores * 0.75 else ""
    return f"{cores} kjerner, belastning {one:.2f} siste minutt og {five:.2f} siste fem{busy}"
