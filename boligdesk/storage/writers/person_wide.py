"""Columns of the person row that repeat the rows below it, so that a list reads one table (model.md 6.10)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from boligdesk.domain.catalog import AddressKind, ContactKind
from boligdesk.domain.people import HIDDEN_NAME, UNKNOWN_NAME, display_name, format_phone, sort_name
from boligdesk.services.records.common import MASKED_SORT
from boligdesk.storage.person_rows import live_rows, load_rows, main_name
from boligdesk.storage.tables import Person, PersonSecret

if TYPE_CHECKING:
    import datetime as dt
    from uuid import UUID

    from boligdesk.storage.person_rows import Rows
    from boligdesk.storage.writer import Writer

_PLACES = (AddressKind.HOME, AddressKind.STAYING, AddressKind.POSTAL, AddressKind.CARE_OF)
_HIDDEN = {
    "display_name": HIDDEN_NAME,
    "sort_name": MASKED_SORT,
    "city": None,
    "district_id": None,
    "phone": None,
}


def wide_columns(rows: Rows, today: dt.date) -> dict[str, Any]:
    """Name, city, district and telephone as the list shows them on the day."""
    name = main_name(rows["names"], today)
    words = (name["given"], name["middle"] or "", name["family"]) if name else ("", "", "")
    homes = sorted(
        (row for row in live_rows(rows["addresses"], today) if row["kind"] in _PLACES),
        key=lambda row: _PLACES.index(row["kind"]),
    )
    phones = sorted(
        (row for row in live_rows(rows["contacts"], today) if row["kind"] == ContactKind.PHONE),
        key=lambda row: (row["must_not_call"], row["use"] != "privat"),
    )
    return {
        "display_name": display_name(*words) if name else UNKNOWN_NAME,
        "sort_name": sort_name(*words),
        "city": next((row["city"] for row in homes if row["city"]), None),
        "district_id": next((row["district_id"] for row in homes if row["district_id"]), None),
        "phone": format_phone(phones[0]["value"]) if phones else None,
    }


def refresh_wide(writer: Writer, person_id: UUID) -> None:
    """Bring the person row in line with its rows. A strictly protected person's says «Skjermet»."""
    writer.flush()
    body = writer.scalar(select(PersonSecret.body).where(PersonSecret.person_id == person_id))
    wide = _HIDDEN if body else wide_columns(load_rows(writer, person_id, None), writer.today)
    writer.change(Person, person_id, None, **wide)
