"""What all tables share: envelope, scope and period columns, naming, code lists as CHECKs."""

import datetime as dt
import uuid
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, Date, MetaData, SmallInteger, String

from boligdesk.domain.catalog import Labelled
from boligdesk.storage.tables.declaring import DeclarativeBase, Mapped, mapped_column
from boligdesk.storage.types import AsciiKey, Id, Instant, Json

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Root of the declarative tables. Rows are read and written as plain values, never as objects."""

    tables: ClassVar[MetaData] = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        uuid.UUID: Id(),
        dt.datetime: Instant(),
        dt.date: Date(),
        str: String(),
        dict[str, Any]: Json(),
        list[Any]: Json(),
    }

    @classmethod
    def load(cls) -> None:
        """Import every module of tables."""
        from boligdesk.storage.tables import load_all

        load_all()


def code(kinds: type[Labelled], name: str) -> CheckConstraint:
    """The column holds one of the stored codes of the list."""
    allowed = ", ".join(f"'{value}'" for value in kinds.codes())
    return CheckConstraint(f"{name} IN ({allowed})", name=name)


def three_valued() -> Mapped[int | None]:
    """1 yes, 0 no, NULL unknown."""
    return mapped_column(SmallInteger)


def sort_key() -> Mapped[str]:
    """A stored Norwegian sort key, compared bytewise on both engines."""
    return mapped_column(AsciiKey())


class Envelope:
    """A row that changes: one version counter and who did it."""

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    row_version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[dt.datetime]
    created_by: Mapped[uuid.UUID]
    changed_at: Mapped[dt.datetime]
    changed_by: Mapped[uuid.UUID]


class AppendOnly:
    """A row that is written once."""

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    created_at: Mapped[dt.datetime]
    created_by: Mapped[uuid.UUID]


class Content:
    """Who may read the row; ``protection`` 0..3 repeats what the scope says (model.md 4.1)."""

    read_scope_id: Mapped[int]
    protection: Mapped[int] = mapped_column(SmallInteger, default=0)


class Shell:
    """A row of a work list: seen by more people than its content, and holds no personal words."""

    list_scope_id: Mapped[int]
    read_scope_id: Mapped[int]


class Period:
    """Half-open ``[valid_from, valid_to)``; open = NULL."""

    valid_from: Mapped[dt.date | None]
    valid_to: Mapped[dt.date | None]
