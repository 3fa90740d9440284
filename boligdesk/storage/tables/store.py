"""The store itself: identity and schema, numbers, references, search tokens, imports, drafts."""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import Boolean, ForeignKey, Index, String, UniqueConstraint

from boligdesk.storage.tables.base import AppendOnly, Base, Envelope, Period
from boligdesk.storage.tables.declaring import Mapped, later, mapped_column
from boligdesk.storage.types import WordKey


class Meta(Base):
    __tablename__ = "meta"

    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class NumberSeries(Base):
    """Gap-free numbers: raised by the transaction that uses them, never a sequence (model.md 6.6)."""

    __tablename__ = "number_series"

    series: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]


class Reference(Base, Envelope, Period):
    """Law, rate, body, holiday or setting as dated data (model.md 1.17)."""

    __tablename__ = "reference"

    kind: Mapped[str]
    key: Mapped[str]
    body: Mapped[dict[str, Any]]
    source: Mapped[str]
    confidence: Mapped[str]
    origin: Mapped[str]

    __table_args__ = later(lambda: (Index("ix_reference_key", "kind", "key"),))


class SearchToken(Base):
    """Folded words and their endings; a query is an intersection of prefix ranges (model.md 6.5).

    The kind comes first in the key: looking for dwellings never walks over the names of people.
    """

    __tablename__ = "search_token"

    subject_kind: Mapped[str] = mapped_column(String(8), primary_key=True)
    token: Mapped[str] = mapped_column(WordKey(16), primary_key=True)
    subject_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    is_start: Mapped[bool] = mapped_column(Boolean)
    scope_id: Mapped[int]

    __table_args__ = later(lambda: (Index("ix_search_subject", "subject_id"), {"sqlite_with_rowid": False}))


class ExternalRef(Base, AppendOnly):
    """Ids in other systems; what makes an import find the same row again."""

    __tablename__ = "external_ref"

    system: Mapped[str]
    ref: Mapped[str]
    subject_kind: Mapped[str]
    subject_id: Mapped[uuid.UUID] = mapped_column(index=True)

    __table_args__ = later(lambda: (UniqueConstraint("system", "subject_kind", "ref"),))


class ImportRun(Base, Envelope):
    __tablename__ = "import_run"

    kind: Mapped[str]
    sha256: Mapped[str]
    mapping: Mapped[dict[str, Any]]
    counts: Mapped[dict[str, Any]]
    finished_at: Mapped[dt.datetime | None]


class ImportMapping(Base, Envelope):
    """A mapping made by hand, remembered for lists with the same headings."""

    __tablename__ = "import_mapping"

    kind: Mapped[str]
    signature: Mapped[str]
    mapping: Mapped[dict[str, Any]]

    __table_args__ = later(lambda: (UniqueConstraint("kind", "signature"),))


class Draft(Base):
    """What somebody is writing. Saved every few seconds, thrown away when the text is stored."""

    __tablename__ = "draft"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("app_user.id"))
    subject_kind: Mapped[str]
    subject_id: Mapped[uuid.UUID | None]
    field: Mapped[str]
    body: Mapped[dict[str, Any]]
    saved_at: Mapped[dt.datetime]

    __table_args__ = later(lambda: (Index("ix_draft_user", "user_id", "subject_id", "field"),))
