"""Entrances of a building, the entrance of a dwelling, and works on a dwelling or a building."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from boligdesk.storage import triggers, types

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

VERSIONED = ("entrance", "dwelling_work")


def envelope() -> list[sa.Column[Any]]:
    return [
        sa.Column("id", types.Id(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", types.Instant(), nullable=False),
        sa.Column("created_by", types.Id(), nullable=False),
        sa.Column("changed_at", types.Instant(), nullable=False),
        sa.Column("changed_by", types.Id(), nullable=False),
    ]


def upgrade() -> None:
    make_entrance()
    make_work()
    add_entrance_to_dwelling(op.get_bind())
    dialect = op.get_bind().dialect.name
    for table in VERSIONED:
        for statement in triggers.version_step(dialect, table):
            op.get_bind().exec_driver_sql(statement)


def make_entrance() -> None:
    live = sa.text("ended_at IS NULL")
    op.create_table(
        "entrance",
        sa.Column("building_id", types.Id(), nullable=False),
        sa.Column("letter", sa.String(), nullable=False),
        sa.Column("floors", sa.Integer(), nullable=True),
        sa.Column("has_lift", sa.SmallInteger(), nullable=True),
        sa.Column("units_total", sa.Integer(), nullable=True),
        sa.Column("limit_share", sa.Integer(), nullable=True),
        sa.Column("ended_at", types.Instant(), nullable=True),
        *envelope(),
        sa.ForeignKeyConstraint(["building_id"], ["building.id"], name=op.f("fk_entrance_building_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entrance")),
    )
    op.create_index(
        "uq_entrance_live",
        "entrance",
        ["building_id", "letter"],
        unique=True,
        sqlite_where=live,
        postgresql_where=live,
    )


def make_work() -> None:
    kinds = "'reparasjon', 'oppussing', 'rehabilitering', 'tilpasning', 'skadedyr', 'brannsikring', 'rengjoring', 'annet'"
    causes = "'slitasje', 'vannskade', 'brann', 'skade', 'planlagt', 'palegg', 'behov', 'annet'"
    op.create_table(
        "dwelling_work",
        sa.Column("dwelling_id", types.Id(), nullable=True),
        sa.Column("building_id", types.Id(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("cause", sa.String(), nullable=True),
        sa.Column("contractor", sa.String(), nullable=True),
        sa.Column("ordered_on", sa.Date(), nullable=True),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("planned_to", sa.Date(), nullable=True),
        sa.Column("finished_on", sa.Date(), nullable=True),
        sa.Column("cost_ore", sa.BigInteger(), nullable=True),
        sa.Column("takes_out", sa.Boolean(), nullable=False),
        sa.Column("status_period_id", types.Id(), nullable=True),
        sa.Column("ended_at", types.Instant(), nullable=True),
        *envelope(),
        sa.CheckConstraint(f"kind IN ({kinds})", name=op.f("ck_dwelling_work_kind")),
        sa.CheckConstraint(f"cause IN ({causes})", name=op.f("ck_dwelling_work_cause")),
        sa.CheckConstraint(
            "(dwelling_id IS NULL) <> (building_id IS NULL)", name=op.f("ck_dwelling_work_one_place")
        ),
        sa.ForeignKeyConstraint(["dwelling_id"], ["dwelling.id"], name=op.f("fk_dwelling_work_dwelling_id")),
        sa.ForeignKeyConstraint(["building_id"], ["building.id"], name=op.f("fk_dwelling_work_building_id")),
        sa.ForeignKeyConstraint(
            ["status_period_id"], ["dwelling_status.id"], name=op.f("fk_dwelling_work_status_period_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dwelling_work")),
    )
    op.create_index(op.f("ix_dwelling_work_dwelling_id"), "dwelling_work", ["dwelling_id"], unique=False)
    op.create_index(op.f("ix_dwelling_work_building_id"), "dwelling_work", ["building_id"], unique=False)


def add_entrance_to_dwelling(connection: sa.Connection) -> None:
    """By hand: SQLite adds a column with its foreign key only in one statement, as both engines take it."""
    kind = types.Id().compile(dialect=connection.dialect)
    connection.exec_driver_sql(
        f"ALTER TABLE dwelling ADD COLUMN entrance_id {kind} "
        "CONSTRAINT fk_dwelling_entrance_id REFERENCES entrance (id)"
    )
    op.create_index(op.f("ix_dwelling_entrance_id"), "dwelling", ["entrance_id"], unique=False)


def downgrade() -> None:
    raise NotImplementedError("a store goes back by restoring its backup")
