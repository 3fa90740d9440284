"""A clock that was set back is told at sign-in: nobody is shown an empty office without a word."""

from __future__ import annotations

import datetime as dt

import pytest

from boligdesk.services.errors import NotAllowed
from boligdesk.services.session import ClockIsWrong

from .conftest import services_of


def test_that_a_clock_before_ones_first_role_is_told_in_plain_words(store, clock):
    clock.set(dt.date(2024, 3, 1))
    early = services_of(store, "jonas")
    assert early.user.rights == frozenset()
    with pytest.raises(ClockIsWrong) as caught:
        early.session.require_a_role_today()
    words = caught.value.line()
    for part in ("1. mars 2024", "24. november 2026", "er der fortsatt", "Still dato og klokke"):
        assert part in words
    assert isinstance(caught.value, NotAllowed)


def test_that_the_right_day_says_nothing(store, clock):
    services_of(store, "jonas").session.require_a_role_today()
    clock.set(dt.date(2030, 1, 1))
    services_of(store, "jonas").session.require_a_role_today()
