"""Making the schema: whole or not at all, and never on top of something else."""

from __future__ import annotations

import pytest
from sqlalchemy import inspect, text

from boligdesk.services.errors import StoreUnavailable
from boligdesk.storage import schema


class Stopped(Exception):
    pass


def fail(_connection):
    raise Stopped


def test_that_a_failing_making_leaves_nothing(engine):
    with pytest.raises(Stopped):
        schema.create(engine, fail)

    assert inspect(engine).get_table_names() == []
    schema.create(engine)
    assert schema.current(engine) == schema.HEAD


def test_that_a_migration_that_fails_half_way_leaves_nothing(engine, monkeypatch):
    run = schema._run

    def half(connection):
        run(connection)
        connection.execute(text("CREATE TABLE half_done (id integer)"))
        connection.execute(text("INSERT INTO no_such_table VALUES (1)"))

    monkeypatch.setattr(schema, "_run", half)
    with pytest.raises(Exception, match=r".+"):
        schema.create(engine)

    assert inspect(engine).get_table_names() == []


def test_that_a_database_of_another_program_is_left_alone(engine):
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE customers (id integer)"))

    with pytest.raises(StoreUnavailable, match="et annet program"):
        schema.create(engine)

    assert inspect(engine).get_table_names() == ["customers"]


def test_that_an_empty_store_is_not_upgraded_but_made(engine):
    with pytest.raises(StoreUnavailable, match="tom"):
        schema.upgrade(engine)
    assert inspect(engine).get_table_names() == []
