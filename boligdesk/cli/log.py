"""``boligdesk log list``: what was done, and who looked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boligdesk.cli import stores
from boligdesk.cli.arguments import add_window
from boligdesk.cli.find import case_id, person_id
from boligdesk.cli.listing import page_answer
from boligdesk.cli.output import plain
from boligdesk.cli.parser import Group

if TYPE_CHECKING:
    import argparse
    from typing import Any

    from boligdesk.cli.output import Answer
    from boligdesk.cli.parser import Parser
    from boligdesk.services.records.work import LogRow


def add(program: Parser) -> None:
    listing = Group(program).command("list", "vis loggen, det nyeste først", _list)
    listing.add_argument("--person", metavar="PERSON", help="bare om denne personen")
    listing.add_argument("--case", metavar="SAK", help="bare om denne saken")
    add_window(listing)


def _list(options: argparse.Namespace) -> Answer:
    with stores.reading(options) as desk:
        person = person_id(desk.services, options.person) if options.person else None
        case = case_id(desk.services, options.case) if options.case else None
        page = desk.services.log.entries(options.offset, options.limit, person, case)
    headings = ("Tid", "Hvem", "Hva", "Gjelder", "Slag", "Grunn")
    return page_answer(
        page,
        headings,
        lambda row: (row.at, row.who, row.what, row.subject, row.kind, row.reason),
        _document,
        whole=(0,),
    )


def _document(row: LogRow) -> dict[str, Any]:
    changes = [{"field": field, "old": old, "new": new} for field, old, new in row.changes]
    return {**plain(row), "changes": changes}
