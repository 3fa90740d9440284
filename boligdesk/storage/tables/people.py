"""Person and what is saved with the person: names, numbers, contact, addresses, representatives."""

import datetime as dt
import uuid

from sqlalchemy import ForeignKey, Index, text

from boligdesk.domain.catalog import (
    AddressKind,
    ContactKind,
    IdentifierKind,
    LetterRouting,
    MemberRole,
    NameKind,
    RepresentativeKind,
)
from boligdesk.storage.tables.base import (
    AppendOnly,
    Base,
    Content,
    Envelope,
    Period,
    code,
    sort_key,
    three_valued,
)
from boligdesk.storage.tables.declaring import Mapped, later, mapped_column


class Person(Base, Envelope, Content):
    __tablename__ = "person"

    display_name: Mapped[str]
    sort_name: Mapped[str] = sort_key()
    birth_on: Mapped[dt.date | None]
    birth_precision: Mapped[str | None]
    dead_on: Mapped[dt.date | None]
    written_form: Mapped[str | None]
    interpreter_language: Mapped[str | None]
    wants_paper: Mapped[int | None] = three_valued()
    is_unidentified: Mapped[bool] = mapped_column(default=False)
    masked_reason: Mapped[str] = mapped_column(default="ingen")
    remark: Mapped[str | None]
    merged_into_id: Mapped[uuid.UUID | None]
    # Wide row of the list page; kept by the person writer (model.md 6.10).
    city: Mapped[str | None]
    district_id: Mapped[uuid.UUID | None]
    phone: Mapped[str | None]

    __table_args__ = later(
        lambda: (
            # the scope stands in each index, so that a window is found without looking at the rows
            Index("ix_person_sort", "sort_name", "id", "read_scope_id"),
            Index("ix_person_birth", "birth_on", "id", "read_scope_id"),
            Index("ix_person_district", "district_id", "sort_name", "id", "read_scope_id"),
            Index("ix_person_city", "city", "id", "read_scope_id"),
            Index("ix_person_created", "created_at"),
            # few: files that point at another one
            Index(
                "ix_person_merged",
                "merged_into_id",
                sqlite_where=text("merged_into_id IS NOT NULL"),
                postgresql_where=text("merged_into_id IS NOT NULL"),
            ),
            # few, and looked for at every opening
            Index(
                "ix_person_protected",
                "protection",
                sqlite_where=text("protection > 0"),
                postgresql_where=text("protection > 0"),
            ),
        )
    )


class PersonName(Base, Envelope, Period):
    __tablename__ = "person_name"

    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[str]
    given: Mapped[str]
    middle: Mapped[str | None]
    family: Mapped[str]
    source: Mapped[str]

    __table_args__ = later(lambda: (code(NameKind, "kind"),))


class PersonIdentifier(Base, Envelope, Period):
    """Never selected in a list query. Looked up by keyed hash."""

    __tablename__ = "person_identifier"

    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[str]
    value: Mapped[str]
    value_hmac: Mapped[bytes]
    check_result: Mapped[str]
    override_reason: Mapped[str | None]

    __table_args__ = later(
        lambda: (
            code(IdentifierKind, "kind"),
            Index(
                "uq_person_identifier_live",
                "value_hmac",
                unique=True,
                sqlite_where=text("valid_to IS NULL"),
                postgresql_where=text("valid_to IS NULL"),
            ),
            Index("ix_person_identifier_hmac", "value_hmac"),
        )
    )


class ContactPoint(Base, Envelope, Period):
    __tablename__ = "contact_point"

    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[str]
    value: Mapped[str]
    folded: Mapped[str] = mapped_column(index=True)
    use: Mapped[str]
    must_not_call: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str | None]

    __table_args__ = later(lambda: (code(ContactKind, "kind"),))


class PersonAddress(Base, Envelope, Period):
    __tablename__ = "person_address"

    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[str]
    care_of: Mapped[str | None]
    street: Mapped[str]
    house_no: Mapped[str | None]
    letter: Mapped[str | None]
    unit_no: Mapped[str | None]
    postcode: Mapped[str | None]
    city: Mapped[str | None]
    country: Mapped[str | None]
    district_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("district.id"))
    dwelling_id: Mapped[uuid.UUID | None]
    source: Mapped[str]

    __table_args__ = later(
        lambda: (code(AddressKind, "kind"), Index("ix_person_address_place", "postcode", "street"))
    )


class Representative(Base, Envelope, Period):
    __tablename__ = "representative"

    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    representative_person_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    name: Mapped[str | None]
    org_name: Mapped[str | None]
    phone: Mapped[str | None]
    kind: Mapped[str]
    powers: Mapped[str | None]
    case_id: Mapped[uuid.UUID | None]
    letters: Mapped[str]
    document_id: Mapped[uuid.UUID | None]

    __table_args__ = later(lambda: (code(RepresentativeKind, "kind"), code(LetterRouting, "letters")))


class ProtectionPeriod(Base, Envelope, Period):
    __tablename__ = "protection_period"

    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    level: Mapped[int]
    kind: Mapped[str]
    decided_by: Mapped[str]
    basis: Mapped[str]
    document_id: Mapped[uuid.UUID | None]
    ended_reason: Mapped[str | None]


class PersonSecret(Base, Envelope, Content):
    """Identity of a person with strictly confidential address; the person row then says «Skjermet»."""

    __tablename__ = "person_secret"

    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), unique=True)
    body: Mapped[str]


class MergeRecord(Base, AppendOnly):
    __tablename__ = "merge_record"

    kept_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    merged_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    never_again: Mapped[bool] = mapped_column(default=False)


class Household(Base, Envelope, Content):
    __tablename__ = "household"

    label: Mapped[str]
    formed_on: Mapped[dt.date | None]
    dissolved_on: Mapped[dt.date | None]


class HouseholdMember(Base, Envelope, Period):
    """Time in the household. ``person_id`` NULL = expected child."""

    __tablename__ = "household_member"

    household_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("household.id"))
    person_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    role: Mapped[str]
    care_share: Mapped[int | None]
    expected_on: Mapped[dt.date | None]
    needs_own_room: Mapped[int | None] = three_valued()
    counts_income: Mapped[int | None] = three_valued()

    __table_args__ = later(
        lambda: (
            code(MemberRole, "role"),
            Index(
                "uq_household_member_live",
                "household_id",
                "person_id",
                unique=True,
                sqlite_where=text("valid_to IS NULL"),
                postgresql_where=text("valid_to IS NULL"),
            ),
            Index("ix_household_member_household", "household_id", "valid_from"),
            Index("ix_household_member_person", "person_id", "valid_to"),
        )
    )
