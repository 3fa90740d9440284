"""``boligdesk people``: the list and one person. Identity numbers stay masked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from boligdesk.cli import stores
from boligdesk.cli.arguments import add_sort, add_window
from boligdesk.cli.find import person_id
from boligdesk.cli.listing import page_answer
from boligdesk.cli.output import Answer, facts, in_words, plain, wrapped
from boligdesk.cli.parser import Group
from boligdesk.cli.people_merge import add_merge
from boligdesk.domain.catalog import CaseKind, CasePhase, ContactKind, IdentifierKind
from boligdesk.services.person_words import address_line

if TYPE_CHECKING:
    import argparse

    from boligdesk.cli.parser import Parser
    from boligdesk.services.records.people import PersonDetail, PersonRow

SORTS = ("name", "birth", "city", "district", "created")


def add(program: Parser) -> None:
    group = Group(program)
    listing = group.command("list", "vis personene", _list)
    listing.add_argument("--text", default="", metavar="TEKST", help="søk i navn, telefon og adresse")
    cases = listing.add_mutually_exclusive_group()
    cases.add_argument(
        "--with-open-case", dest="has_open_case", action="store_true", default=None, help="bare med åpen sak"
    )
    cases.add_argument(
        "--without-open-case",
        dest="has_open_case",
        action="store_false",
        default=None,
        help="bare uten åpen sak",
    )
    add_sort(listing, SORTS, "name")
    add_window(listing)
    showing = group.command("show", "vis en person; det blir ført i loggen", _show)
    showing.add_argument("person", metavar="PERSON", help="navn eller id")
    showing.add_argument("--reason", metavar="GRUNN", help="hvorfor du åpner personen, til loggen")
    add_merge(group)


def _list(options: argparse.Namespace) -> Answer:
    from boligdesk.services.records.common import Sort
    from boligdesk.services.records.people import PersonFilter

    wanted = PersonFilter(text=options.text, has_open_case=options.has_open_case)
    with stores.reading(options) as desk:
        page = desk.services.people.page(
            wanted, Sort(options.sort, options.descending), options.offset, options.limit
        )
    headings = ("Navn", "Født", "Sted", "Område", "Telefon", "Åpne saker")
    return page_answer(page, headings, _cells, right=(5,), whole=(1, 4))


def _cells(row: PersonRow) -> tuple[Any, ...]:
    return row.name, row.birth_on, row.city, row.district, row.phone, row.open_cases


def _show(options: argparse.Namespace) -> Answer:
    with stores.writing(options) as desk:
        found = desk.services.people.detail(person_id(desk.services, options.person), options.reason)
    return Answer(plain(found), _lines(found))


def _lines(person: PersonDetail) -> list[str]:
    draft = person.draft
    lines = [person.name, *wrapped("", person.protection_text)] if person.protection_text else [person.name]
    pairs: list[tuple[str, Any]] = [("Født", draft.birth_on), ("Død", draft.dead_on)]
    pairs += [
        (IdentifierKind(each.kind).label, each.value) for each in draft.identifiers if each.valid_to is None
    ]
    pairs += [(ContactKind(each.kind).label, each.value) for each in draft.contacts if each.valid_to is None]
    pairs += [("Adresse", address_line(each)) for each in draft.addresses if each.valid_to is None]
    pairs += [("Husstand", household.summary) for household in person.households]
    pairs += [
        ("Sak", f"{case.number} · {CaseKind(case.kind).label} · {CasePhase(case.phase).label}")
        for case in person.cases
    ]
    pairs += [("Sist endret", f"{in_words(person.changed_on)} av {person.changed_by}")]
    return lines + facts(pairs)
