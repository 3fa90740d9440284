"""The columns of Personer. A restricted person is marked with a lock and shows what the record says, nothing more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from boligdesk.domain.people import age_on, format_phone
from boligdesk.services.records.people import PersonRow
from boligdesk.ui.tables import Column

#: Order of the list in words, by sort key.
SORT_WORDS = {
    "name": "navn",
    "birth": "fødselsdato",
    "city": "bosted",
    "district": "område",
    "created": "når personen ble registrert",
}


def person_columns(today: Callable[[], dt.date]) -> tuple[Column[PersonRow], ...]:
    def age(row: PersonRow) -> str:
        return f"{age_on(row.birth_on, today())} år" if row.birth_on else ""

    return (
        Column[PersonRow](
            "name", "Navn", lambda r: r.name, 260, lambda r: "Adressesperre" if r.is_restricted else "",
            sort="name", strong=True, stretch=True, narrowest=150,
            icon=lambda r: "lock_closed" if r.is_restricted else "",
        ),
        Column[PersonRow](
            "birth", "Født", lambda r: f"{r.birth_on:%d.%m.%Y}" if r.birth_on else "Ukjent", 120, age,
            sort="birth", narrowest=96,
        ),
        Column[PersonRow](
            "city", "Bosted", lambda r: r.city or "–", 190, lambda r: r.district, sort="city", narrowest=110,
        ),
        Column[PersonRow](
            "phone", "Telefon", lambda r: format_phone(r.phone) if r.phone else "–", 140, narrowest=104,
        ),
        Column[PersonRow](
            "cases", "Åpne saker", lambda r: str(r.open_cases) if r.open_cases else "–", 110,
            align="right", narrowest=88,
        ),
    )  # fmt: skip
