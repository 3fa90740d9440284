"""The housing register. Who lives where is never a column here."""

import datetime as dt
import uuid

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text

from boligdesk.domain.catalog import DwellingStatus, OfferKind, Ownership
from boligdesk.storage.tables import base
from boligdesk.storage.tables.base import Base, Envelope, Period, sort_key, three_valued
from boligdesk.storage.tables.declaring import Mapped, later, mapped_column

LIVE = text("ended_at IS NULL")


class Building(Base, Envelope):
    __tablename__ = "building"

    name: Mapped[str]
    street: Mapped[str | None]
    house_no: Mapped[str | None]
    letter: Mapped[str | None]
    postcode: Mapped[str | None]
    city: Mapped[str | None]
    district_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("district.id"))
    building_no: Mapped[str | None]
    built_year: Mapped[int | None]
    owner: Mapped[str | None]
    units_total: Mapped[int | None]
    manager_unit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("org_unit.id"))
    list_scope_id: Mapped[int]
    has_lift: Mapped[int | None] = three_valued()
    floors: Mapped[int | None]

    __table_args__ = later(lambda: (Index("ix_building_place", "street", "house_no"),))


class Dwelling(Base, Envelope):
    """What one lease is about. The accessibility columns repeat the live facts (model.md 1.3)."""

    __tablename__ = "dwelling"

    list_scope_id: Mapped[int]
    code: Mapped[str]
    building_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("building.id"), index=True)
    entrance_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("entrance.id"), index=True)
    part_of_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("dwelling.id"))
    street: Mapped[str | None]
    house_no: Mapped[str | None]
    letter: Mapped[str | None]
    unit_no: Mapped[str | None]
    postcode: Mapped[str | None]
    city: Mapped[str | None]
    address_sort: Mapped[str] = sort_key()
    district_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("district.id"))
    offer_kind: Mapped[str | None]
    ownership: Mapped[str | None]
    disposal_form: Mapped[str | None]
    rooms: Mapped[int | None]
    bedrooms: Mapped[int | None]
    area_m2x10: Mapped[int | None]
    floor: Mapped[int | None]
    rent_ore: Mapped[int | None]
    step_free: Mapped[int | None] = three_valued()
    lift: Mapped[int | None] = three_valued()
    wheelchair: Mapped[int | None] = three_valued()
    wide_door: Mapped[int | None] = three_valued()
    bath: Mapped[int | None] = three_valued()
    shielded: Mapped[int | None] = three_valued()
    pets: Mapped[int | None] = three_valued()
    status: Mapped[str]
    status_from: Mapped[dt.date | None]
    available_on: Mapped[dt.date | None]
    counts_kostra: Mapped[bool] = mapped_column(default=True)
    remark: Mapped[str | None]
    ended_at: Mapped[dt.datetime | None]

    __table_args__ = later(
        lambda: (
            UniqueConstraint("code"),
            base.code(OfferKind, "offer_kind"),
            base.code(Ownership, "ownership"),
            base.code(DwellingStatus, "status"),
            Index("ix_dwelling_address", "address_sort", "id", "list_scope_id"),
            Index("ix_dwelling_status", "list_scope_id", "status", "district_id"),
            Index("ix_dwelling_rooms", "district_id", "bedrooms"),
            Index("ix_dwelling_place", "street", "house_no"),
        )
    )


class CadastralRef(Base, Envelope, Period):
    """Matrikkel reference through reforms of municipalities."""

    __tablename__ = "cadastral_ref"

    dwelling_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("dwelling.id"), index=True)
    municipality: Mapped[str | None]
    gnr: Mapped[int]
    bnr: Mapped[int]
    fnr: Mapped[int | None]
    snr: Mapped[int | None]


class DwellingStatusPeriod(Base, Envelope, Period):
    __tablename__ = "dwelling_status"

    dwelling_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("dwelling.id"), index=True)
    status: Mapped[str]
    reason: Mapped[str | None]
    void_cause: Mapped[str | None]

    __table_args__ = later(
        lambda: (
            base.code(DwellingStatus, "status"),
            Index(
                "uq_dwelling_status_live",
                "dwelling_id",
                unique=True,
                sqlite_where=text("valid_to IS NULL"),
                postgresql_where=text("valid_to IS NULL"),
            ),
        )
    )
