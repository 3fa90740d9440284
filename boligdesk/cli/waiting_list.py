"""``boligdesk waiting-list``: those who are approved and wait for a dwelling."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from boligdesk.cli import stores
from boligdesk.cli.arguments import add_sort, add_window, count, day, one_of
from boligdesk.cli.listing import page_answer
from boligdesk.cli.parser import WrongUse, suggestion
from boligdesk.domain.allocation_catalog import WaitingState

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from boligdesk.cli.output import Answer
    from boligdesk.cli.parser import Parser
    from boligdesk.services.records.allocation import WaitingRow

SORTS = ("order", "name", "since", "valid", "bedrooms", "offers", "state")
NEEDS = ("step_free", "lift_or_ground", "wheelchair", "staffed", "shielded", "pets")


def add(listing: Parser) -> None:
    listing.set_defaults(run=_list)
    listing.add_argument("--text", default="", metavar="TEKST", help="søk i saksnummer og navn")
    listing.add_argument(
        "--priority",
        dest="classes",
        action="append",
        metavar="KLASSE",
        help="bare denne prioriteten, for eksempel A; kan gjentas",
    )
    listing.add_argument("--bedrooms", type=count, metavar="ANTALL", help="trenger så mange soverom")
    listing.add_argument(
        "--need",
        dest="needs",
        action="append",
        type=one_of("behov", NEEDS),
        metavar="BEHOV",
        help=f"trenger dette: {', '.join(NEEDS)}; kan gjentas",
    )
    listing.add_argument("--district", default="", metavar="OMRÅDE", help="ønsker dette området")
    children = listing.add_mutually_exclusive_group()
    children.add_argument(
        "--with-children", dest="children", action="store_const", const=True, help="har barn"
    )
    children.add_argument(
        "--without-children", dest="children", action="store_const", const=False, help="har ikke barn"
    )
    listing.add_argument(
        "--valid-before", type=day, metavar="DATO", help="godkjenningen går ut før denne dagen"
    )
    listing.add_argument(
        "--state",
        dest="states",
        action="append",
        type=one_of("tilstand", WaitingState.codes()),
        metavar="TILSTAND",
        help="bare denne tilstanden; kan gjentas",
    )
    add_sort(listing, SORTS, "order")
    add_window(listing)


def _list(options: argparse.Namespace) -> Answer:
    from boligdesk.services.records.allocation import WaitingFilter
    from boligdesk.services.records.common import Sort

    with stores.reading(options) as desk:
        allocation = desk.services.allocation
        wanted = WaitingFilter(
            text=options.text,
            priority_classes=tuple(options.classes or ()),
            bedrooms=options.bedrooms,
            needs=tuple(options.needs or ()),
            district=_district(options.district, allocation.districts()) if options.district else "",
            with_children=options.children,
            valid_before=options.valid_before,
            states=tuple(options.states or ()),
        )
        page = allocation.waiting(
            wanted, Sort(options.sort, options.descending), options.offset, options.limit
        )
        if not page.total:  # somebody may still wait with a class of older rules
            _require_classes(options.classes or (), [one for one, _label in allocation.priority_classes()])
    headings = ("Sak", "Søker", "Prioritet", "Behov", "Områder", "Siden", "Tilbud", "Gjelder til", "Tilstand")
    return page_answer(page, headings, _cells, right=(6,), whole=(0, 2, 5, 6, 7, 8))


def _require_classes(codes: Sequence[str], known: Sequence[str]) -> None:
    """Raises WrongUse for a class that the rules of today do not have."""
    for code in codes:
        if code not in known:
            raise WrongUse(f"Ukjent prioritet: «{code}».", todo=suggestion(code, list(known)))


def _district(text: str, known: Sequence[tuple[str, str]]) -> str:
    """The code of an area by its name or code."""
    said = text.strip().casefold()
    for code, name in known:
        if said in {code, name.casefold()}:
            return code
    raise WrongUse(f"Ukjent område: «{text}».", todo=suggestion(text, [name for _code, name in known]))


def _cells(row: WaitingRow) -> tuple[Any, ...]:
    return (
        row.case_number,
        row.applicant,
        row.priority_class,
        row.need_text,
        row.district_text,
        row.waiting_since,
        row.offers_made,
        row.valid_to,
        WaitingState(row.state).label,
    )
