"""The office: units, districts, users, roles, scopes, assignments, settings."""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import ForeignKey, Index, SmallInteger, UniqueConstraint, text

from boligdesk.domain.catalog import Role
from boligdesk.storage.tables.base import AppendOnly, Base, Envelope, Period, code, sort_key, three_valued
from boligdesk.storage.tables.declaring import Mapped, later, mapped_column


class OrgUnit(Base, Envelope):
    __tablename__ = "org_unit"

    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    parent_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("org_unit.id"))


class District(Base, Envelope, Period):
    __tablename__ = "district"

    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    sort_name: Mapped[str] = sort_key()


class AppUser(Base, Envelope):
    __tablename__ = "app_user"

    login: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    clearance: Mapped[int] = mapped_column(SmallInteger, default=0)
    active: Mapped[bool] = mapped_column(default=True)
    superior_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("app_user.id"))


class RoleGrant(Base, Envelope, Period):
    """NULL unit or district = all."""

    __tablename__ = "role_grant"

    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("app_user.id"), index=True)
    role: Mapped[str]
    org_unit_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("org_unit.id"))
    district_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("district.id"))
    second_approver_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("app_user.id"))

    __table_args__ = later(lambda: (code(Role, "role"),))


class AccessScope(Base):
    """One integer decides who reads a row: an area (unit x district) or a list of named readers."""

    __tablename__ = "access_scope"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str]
    org_unit_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("org_unit.id"))
    district_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("district.id"))
    min_clearance: Mapped[int] = mapped_column(SmallInteger, default=0)
    cause: Mapped[str | None]
    subject_id: Mapped[uuid.UUID | None] = mapped_column(index=True)

    __table_args__ = later(lambda: (UniqueConstraint("org_unit_id", "district_id", "subject_id"),))


class ScopeMember(Base, Envelope, Period):
    __tablename__ = "scope_member"

    scope_id: Mapped[int] = mapped_column(ForeignKey("access_scope.id"), index=True)
    user_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("app_user.id"), index=True)
    area_scope_id: Mapped[int | None] = mapped_column(ForeignKey("access_scope.id"), index=True)
    reason: Mapped[str | None]


class Assignment(Base, Envelope, Period):
    """The one answer to who has this; ``case_file.assignee_id`` is its copy."""

    __tablename__ = "assignment"

    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("app_user.id"))
    subject_kind: Mapped[str]
    subject_id: Mapped[uuid.UUID] = mapped_column(index=True)
    part: Mapped[str]

    __table_args__ = later(
        lambda: (
            Index(
                "uq_assignment_live",
                "subject_id",
                "part",
                "user_id",
                unique=True,
                sqlite_where=text("valid_to IS NULL"),
                postgresql_where=text("valid_to IS NULL"),
            ),
        )
    )


class AssignmentRule(Base, Envelope, Period):
    """Birthday rule: applicants born on day ``from_day``..``to_day`` of a month go to one user."""

    __tablename__ = "assignment_rule"

    kind: Mapped[str]
    from_day: Mapped[int]
    to_day: Mapped[int]
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("app_user.id"))
    org_unit_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("org_unit.id"))


class ConflictOfInterest(Base, AppendOnly):
    __tablename__ = "conflict_of_interest"

    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case_file.id"), index=True)
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("app_user.id"))
    answer: Mapped[int | None] = three_valued()
    grounds: Mapped[str | None]


class SavedView(Base, Envelope):
    """A named filter of a list page. ``user_id`` NULL = shared by the office."""

    __tablename__ = "saved_view"

    user_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("app_user.id"), index=True)
    page: Mapped[str]
    name: Mapped[str]
    body: Mapped[dict[str, Any]]
    ended_at: Mapped[dt.datetime | None]


class UserSetting(Base, Envelope):
    __tablename__ = "user_setting"

    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("app_user.id"))
    key: Mapped[str]
    body: Mapped[dict[str, Any]]

    __table_args__ = later(lambda: (UniqueConstraint("user_id", "key"),))
