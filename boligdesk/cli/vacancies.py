"""``boligdesk vacancies``: dwellings that are to be let again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from boligdesk.cli import stores
from boligdesk.cli.arguments import add_sort, add_window, one_of
from boligdesk.cli.listing import page_answer
from boligdesk.cli.output import kroner
from boligdesk.cli.parser import Group
from boligdesk.domain.allocation_catalog import VacancyStage

if TYPE_CHECKING:
    import argparse

    from boligdesk.cli.output import Answer
    from boligdesk.cli.parser import Parser
    from boligdesk.services.records.allocation import VacancyRow

SORTS = ("stage", "free", "address", "void", "bedrooms", "rent", "due")


def add(program: Parser) -> None:
    listing = Group(program).command("list", "vis boligene som er ledige eller blir det", _list)
    listing.add_argument("--text", default="", metavar="TEKST", help="søk i adresse og kode")
    listing.add_argument(
        "--stage",
        dest="stages",
        action="append",
        type=one_of("trinn", VacancyStage.codes()),
        metavar="TRINN",
        help="bare dette trinnet; kan gjentas",
    )
    listing.add_argument("--with-ended", action="store_true", help="ta med dem som er avsluttet")
    add_sort(listing, SORTS, "stage")
    add_window(listing)


def _list(options: argparse.Namespace) -> Answer:
    from boligdesk.services.records.allocation import VacancyFilter
    from boligdesk.services.records.common import Sort

    wanted = VacancyFilter(options.text, tuple(options.stages or ()), options.with_ended)
    with stores.reading(options) as desk:
        page = desk.services.allocation.vacancies(
            wanted, Sort(options.sort, options.descending), options.offset, options.limit
        )
    headings = (
        "Kode",
        "Adresse",
        "Soverom",
        "Leie",
        "Trinn",
        "Ledig fra",
        "Tomgang",
        "Tilbud til",
        "Svarfrist",
    )
    return page_answer(page, headings, _cells, right=(2, 3, 6), whole=(0, 2, 3, 4, 5, 6, 8))


def _cells(row: VacancyRow) -> tuple[Any, ...]:
    return (
        row.code,
        row.address,
        row.bedrooms,
        kroner(row.rent_ore),
        VacancyStage(row.stage).label,
        row.free_from,
        f"{row.void_days} d",
        row.offer_to,
        row.reply_due_on,
    )
