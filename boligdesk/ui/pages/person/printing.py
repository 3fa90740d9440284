"""A person on paper: the same words as on the screen, numbers masked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boligdesk.domain.catalog import Protection
from boligdesk.ui.person_words import joined
from boligdesk.ui.printing import ListPrint
from boligdesk.ui.tables import Column

from . import sections
from .household_card import member_name, member_words

if TYPE_CHECKING:
    import datetime as dt

    from boligdesk.services.records.people import HouseholdDetail, PersonDetail

    from .cards import Row

Line = tuple[str, str]


def person_print(detail: PersonDetail, homes: tuple[HouseholdDetail, ...], today: dt.date) -> ListPrint:
    """Everything on the page, also what is over, as two columns."""
    draft = detail.draft
    lines: list[Line] = []
    if detail.protection != Protection.NONE:
        lines.append(("Adressesperre", detail.protection_text))
    lines += _lines("Navn", sections.name_rows(draft.names, today, None))
    lines += _lines("Nummer", sections.number_rows(draft.identifiers, today, None, lambda _key: None, {}))
    lines += sections.about_facts(detail, today)
    lines += _lines("Kontakt", sections.contact_rows(draft.contacts, today, None))
    lines += _lines("Adresse", sections.address_rows(draft.addresses, {}, today, None))
    lines += _lines("Representant", sections.representative_rows(draft.representatives, today, None))
    for home in homes:
        lines.append(("Husstand", joined((home.label, home.summary))))
        lines += [("", joined((member_name(member), member_words(member, today)))) for member in home.members]
    lines += _lines("Sak", sections.case_rows(detail.cases, lambda _key: None))
    columns = (
        Column[Line]("name", "Opplysning", lambda line: line[0]),
        Column[Line]("value", "Svar", lambda line: line[1]),
    )
    return ListPrint("Person", ("Opplysninger om personen",), today, columns, lines, landscape=False)


def _lines(name: str, rows: list[Row]) -> list[Line]:
    return [(name, joined((row.title, row.sub, row.pill.word if row.pill else ""))) for row in rows]
