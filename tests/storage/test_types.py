from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Column, MetaData, Table, insert, select
from sqlalchemy.exc import StatementError

from boligdesk.storage.types import (
    AsciiKey,
    Day,
    Id,
    Instant,
    Json,
    Uuid7Source,
    canonical_json,
    instant_text,
    uuid7,
)

METADATA = MetaData()
THINGS = Table(
    "things",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("moment", Instant),
    Column("day", Day),
    Column("key", AsciiKey),
    Column("body", Json),
)


@pytest.fixture
def things(engine):
    with engine.begin() as connection:
        METADATA.create_all(connection)
    return engine


def stored(engine, **values):
    row_id = uuid7()
    with engine.begin() as connection:
        connection.execute(insert(THINGS).values(id=row_id, **values))
    with engine.connect() as connection:
        return connection.execute(select(THINGS).where(THINGS.c.id == row_id)).one()


def test_that_values_come_back_as_they_went_in(things):
    moment = datetime(2026, 3, 12, 9, 5, 0, 7, tzinfo=timezone(timedelta(hours=1)))
    row = stored(
        things, moment=moment, day=date(2026, 3, 12), key="bjork", body={"å": [1, None, "ø"], "a": True}
    )
    assert isinstance(row.id, uuid.UUID)
    assert row.moment == moment
    assert row.moment.tzinfo is UTC
    assert row.day == date(2026, 3, 12)
    assert row.key == "bjork"
    assert row.body == {"a": True, "å": [1, None, "ø"]}


def test_that_nothing_comes_back_as_nothing(things):
    row = stored(things)
    assert (row.moment, row.day, row.key, row.body) == (None, None, None, None)


@pytest.mark.parametrize(
    "values",
    [
        {"moment": datetime(2026, 1, 1)},
        {"day": datetime(2026, 1, 1, tzinfo=UTC)},
        {"key": "bjørk"},
        {"body": {"x": float("nan")}},
        {"body": {"x": "a\0b"}},
    ],
)
def test_that_values_that_one_engine_would_bend_are_refused_by_both(things, values):
    with pytest.raises(StatementError):
        stored(things, **values)


def test_that_both_engines_sort_ids_moments_and_keys_alike(things):
    source = Uuid7Source(clock_ms=iter([5, 5, 4, 9]).__next__)
    ids = [source() for _ in range(4)]
    moments = [datetime(2026, 1, 1, 12, 0, 0, micro, tzinfo=UTC) for micro in (0, 5, 50, 999999)]
    keys = ["A", "Z", "a", "~"]  # bytewise: capitals first
    with things.begin() as connection:
        for row in reversed(list(zip(ids, moments, keys, strict=True))):
            connection.execute(insert(THINGS).values(id=row[0], moment=row[1], key=row[2]))
    with things.connect() as connection:
        for column, expected in ((THINGS.c.id, ids), (THINGS.c.moment, moments), (THINGS.c.key, keys)):
            assert list(connection.scalars(select(column).order_by(column))) == expected


def test_that_a_prefix_range_finds_the_same_on_both_engines(things):
    with things.begin() as connection:
        for key in ("bjo", "bjorn", "bjp", "bj"):
            connection.execute(insert(THINGS).values(id=uuid7(), key=key))
    with things.connect() as connection:
        query = select(THINGS.c.key).where(THINGS.c.key >= "bjo", THINGS.c.key < "bjp").order_by(THINGS.c.key)
        assert list(connection.scalars(query)) == ["bjo", "bjorn"]


def test_that_the_local_file_stores_fixed_width_utc_text_and_sixteen_bytes(sqlite_engine):
    with sqlite_engine.begin() as connection:
        METADATA.create_all(connection)
    row_id = uuid7()
    with sqlite_engine.begin() as connection:
        connection.execute(
            insert(THINGS).values(id=row_id, moment=datetime(2026, 3, 12, tzinfo=UTC), body={"b": 1, "a": 2})
        )
        raw = connection.exec_driver_sql("SELECT id, moment, body FROM things").one()
    assert tuple(raw) == (row_id.bytes, "2026-03-12T00:00:00.000000Z", '{"a":2,"b":1}')


@given(st.datetimes(min_value=datetime(2, 1, 1), max_value=datetime(9998, 1, 1), timezones=st.timezones()))
def test_that_instant_text_is_27_wide_and_the_same_moment(moment):
    text = instant_text(moment)
    assert len(text) == 27
    assert datetime.fromisoformat(text) == moment.astimezone(UTC)


@given(st.lists(st.integers(min_value=0, max_value=5000), min_size=2, max_size=50))
def test_that_ids_rise_whatever_the_clock_does(clock):
    source = Uuid7Source(clock_ms=iter(clock).__next__)
    ids = [source() for _ in clock]
    assert ids == sorted(set(ids))
    assert {(one.version, one.variant) for one in ids} == {(7, uuid.RFC_4122)}


def test_that_ids_of_one_millisecond_do_not_run_out():
    source = Uuid7Source(clock_ms=lambda: 1, random_bits=lambda bits: (1 << bits) - 1)
    ids = [source() for _ in range(5000)]
    assert ids == sorted(set(ids))


def test_that_canonical_json_does_not_depend_on_order():
    assert canonical_json({"b": "æ", "a": 1}) == canonical_json({"a": 1, "b": "æ"}) == '{"a":1,"b":"æ"}'
