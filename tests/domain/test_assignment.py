"""Who gets a new case, and why."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest

from boligdesk.domain.assignment import by_birthday


@dataclass(frozen=True)
class Rule:
    from_day: int
    to_day: int
    user_id: str


RULES = (Rule(1, 10, "ingrid"), Rule(11, 20, "jonas"), Rule(31, 31, "marit"))


@pytest.mark.parametrize(
    ("day", "owner"), [(1, "ingrid"), (10, "ingrid"), (11, "jonas"), (20, "jonas"), (31, "marit")]
)
def test_that_the_day_of_the_month_decides(day, owner):
    found, why = by_birthday(dt.date(1988, 1, day), RULES)
    assert found == owner
    assert f"født den {day}. i måneden" in why.reason("Ola")


def test_that_the_reason_reads_well():
    _owner, why = by_birthday(dt.date(1988, 3, 15), RULES)
    assert why.reason("Jonas H.") == "Søkeren er født den 15. i måneden, og Jonas H. har dag 11–20."
    _owner, why = by_birthday(dt.date(1988, 3, 31), RULES)
    assert why.reason("Marit L.") == "Søkeren er født den 31. i måneden, og Marit L. har dag 31."


@pytest.mark.parametrize(
    ("born", "rules", "said"),
    [
        (dt.date(1988, 3, 25), RULES, "Ingen har dag 25"),
        (None, RULES, "fødselsdatoen"),
        (dt.date(1988, 3, 15), (), "Kontoret har ikke satt opp"),
    ],
)
def test_that_nobody_is_a_reason_too(born, rules, said):
    owner, why = by_birthday(born, rules)
    assert owner is None
    assert said in why.reason("")
