"""``boligdesk cases``: the list and one case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from boligdesk.cli import stores
from boligdesk.cli.arguments import add_sort, add_window, day, one_of
from boligdesk.cli.find import case_id
from boligdesk.cli.listing import page_answer
from boligdesk.cli.output import Answer, facts, in_words, plain, wrapped
from boligdesk.cli.parser import Group
from boligdesk.domain.catalog import CaseKind, CaseOutcome, CasePhase, WaitingOn

if TYPE_CHECKING:
    import argparse

    from boligdesk.cli.parser import Parser
    from boligdesk.services.records.cases import CaseDetail, CaseRow

SORTS = ("number", "applicant", "opened", "due", "kind", "phase", "assignee")
STATES = ("apne", "avsluttede", "alle")


def add(program: Parser) -> None:
    group = Group(program)
    listing = group.command("list", "vis sakene", _list)
    listing.add_argument(
        "--state",
        type=one_of("tilstand", STATES),
        default="apne",
        metavar="TILSTAND",
        help="apne, avsluttede eller alle (apne)",
    )
    listing.add_argument("--text", default="", metavar="TEKST", help="søk i saksnummer og navn")
    listing.add_argument(
        "--kind",
        dest="kinds",
        action="append",
        type=one_of("sakstype", CaseKind.codes()),
        metavar="TYPE",
        help="bare denne sakstypen; kan gjentas",
    )
    listing.add_argument(
        "--phase",
        dest="phases",
        action="append",
        type=one_of("trinn", CasePhase.codes()),
        metavar="TRINN",
        help="bare dette trinnet; kan gjentas",
    )
    owner = listing.add_mutually_exclusive_group()
    owner.add_argument("--mine", action="store_true", help="bare mine saker")
    owner.add_argument("--unassigned", action="store_true", help="bare saker uten saksbehandler")
    listing.add_argument("--due-before", type=day, metavar="DATO", help="neste frist før denne dagen")
    add_sort(listing, SORTS, "number")
    add_window(listing)
    showing = group.command("show", "vis en sak; det blir ført i loggen", _show)
    showing.add_argument("case", metavar="SAK", help="saksnummer eller id")
    showing.add_argument("--reason", metavar="GRUNN", help="hvorfor du åpner saken, til loggen")


def _list(options: argparse.Namespace) -> Answer:
    from boligdesk.services.records.cases import CaseFilter
    from boligdesk.services.records.common import Sort

    with stores.reading(options) as desk:
        wanted = CaseFilter(
            state=options.state,
            text=options.text,
            kinds=tuple(options.kinds or ()),
            phases=tuple(options.phases or ()),
            assignee_id=desk.services.user.id if options.mine else None,
            unassigned=options.unassigned,
            due_before=options.due_before,
        )
        page = desk.services.cases.page(
            wanted, Sort(options.sort, options.descending), options.offset, options.limit
        )
    headings = ("Sak", "Type", "Søker", "Åpnet", "Trinn", "Neste frist", "Saksbehandler")
    return page_answer(page, headings, _cells, whole=(0, 3, 4))


def _cells(row: CaseRow) -> tuple[Any, ...]:
    due = f"{in_words(row.next_due_on)} {row.next_due_what}".strip()
    return (
        row.number,
        CaseKind(row.kind).label,
        row.applicant,
        row.opened_on,
        CasePhase(row.phase).label,
        due,
        row.assignee,
    )


def _show(options: argparse.Namespace) -> Answer:
    with stores.writing(options) as desk:
        found = desk.services.cases.detail(case_id(desk.services, options.case), options.reason)
    return Answer(plain(found), _lines(found))


def _lines(case: CaseDetail) -> list[str]:
    outcome = CaseOutcome(case.outcome).label if case.outcome else ""
    lines = [f"Sak {case.number} · {CaseKind(case.kind).label}"]
    lines += facts(
        [
            ("Søker", case.identity.name),
            ("Trinn", CasePhase(case.phase).label),
            ("Venter på", WaitingOn(case.waiting_on).label if case.waiting_on != WaitingOn.NOBODY else ""),
            ("Åpnet", case.opened_on),
            ("Avsluttet", case.ended_on),
            ("Utfall", outcome),
            ("Saksbehandler", case.assignee),
            ("Husstand", case.household.summary if case.household else ""),
        ]
    )
    for deadline in case.deadlines:
        lines += wrapped("Frist: ", f"{in_words(deadline.due_on)} {deadline.label}")
    for entry in case.timeline:
        lines += wrapped(f"{in_words(entry.at)}  ", f"{entry.title} ({entry.who})")
    return lines
