from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect

from boligdesk.storage import schema
from boligdesk.storage.engine import reading
from boligdesk.storage.tables import Base


def columns_of_indexes(connection) -> dict[str, list[str]]:
    """Indexes and keys with the order of their columns, which the comparison of migrations does not look at."""
    found = inspect(connection)
    tables = [table for table in found.get_table_names() if table in Base.metadata.tables]
    named = {index["name"]: index["column_names"] for table in tables for index in found.get_indexes(table)}
    keys = {f"pk {table}": found.get_pk_constraint(table)["constrained_columns"] for table in tables}
    return named | keys


def test_that_the_migrated_schema_is_the_one_the_tables_describe(engine):
    schema.create(engine)
    with reading(engine).connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        assert compare_metadata(context, Base.metadata) == []


def test_that_indexes_and_keys_have_their_columns_in_the_described_order(engine):
    schema.create(engine)
    with reading(engine).connect() as connection:
        found = columns_of_indexes(connection)
    wanted = {
        index.name: [column.name for column in index.columns]
        for table in Base.metadata.tables.values()
        for index in table.indexes
    }
    wanted |= {
        f"pk {table.name}": [column.name for column in table.primary_key.columns]
        for table in Base.metadata.tables.values()
    }
    assert {name: found.get(name) for name in wanted} == wanted


def test_that_every_table_of_the_program_is_made(engine):
    schema.create(engine)
    with reading(engine).connect() as connection:
        made = set(inspect(connection).get_table_names())
    assert set(Base.metadata.tables) <= made
    assert made - set(Base.metadata.tables) == {"alembic_version"}
