"""Who gets a new case: the office's birthday rule, told in words (ui.md S4)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

Owner_co = TypeVar("Owner_co", covariant=True)


class DaysOf(Protocol[Owner_co]):
    """Applicants born on day ``from_day``..``to_day`` of a month go to this user."""

    @property
    def from_day(self) -> int: ...
    @property
    def to_day(self) -> int: ...
    @property
    def user_id(self) -> Owner_co: ...


@dataclass(frozen=True, slots=True)
class Suggestion:
    """``from_day``..``to_day`` is the rule that was used; ``missing`` says why there is none."""

    born_day: int = 0
    from_day: int = 0
    to_day: int = 0
    missing: str = ""

    def reason(self, name: str) -> str:
        """The reason in one sentence; ``name`` is the colleague's."""
        if self.missing:
            return self.missing
        days = (
            f"dag {self.from_day}" if self.from_day == self.to_day else f"dag {self.from_day}–{self.to_day}"
        )
        return f"Søkeren er født den {self.born_day}. i måneden, og {name} har {days}."


def by_birthday(
    birth_on: dt.date | None, rules: Iterable[DaysOf[Owner_co]]
) -> tuple[Owner_co | None, Suggestion]:
    """The owner after the office's rules, and what was used or missing."""
    known = tuple(rules)
    if not known:
        return None, Suggestion(missing="Kontoret har ikke satt opp hvem som får nye saker.")
    if birth_on is None:
        return None, Suggestion(missing="Vi kjenner ikke fødselsdatoen, så saken må fordeles.")
    for rule in known:
        if rule.from_day <= birth_on.day <= rule.to_day:
            return rule.user_id, Suggestion(birth_on.day, rule.from_day, rule.to_day)
    return None, Suggestion(missing=f"Ingen har dag {birth_on.day}, så saken må fordeles.")
