"""Runs the migrations on the connection that ``storage.schema`` hands over."""

from __future__ import annotations

from alembic import context

from boligdesk.storage.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    transaction_per_migration=False,
    transactional_ddl=True,
)
context.run_migrations()
