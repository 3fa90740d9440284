"""``boligdesk dwellings``: the register and one dwelling."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from boligdesk.cli import stores
from boligdesk.cli.arguments import add_sort, add_window, count, one_of
from boligdesk.cli.find import dwelling_id
from boligdesk.cli.listing import page_answer
from boligdesk.cli.output import Answer, facts, in_words, kroner, plain, wrapped
from boligdesk.cli.parser import Group
from boligdesk.domain.catalog import DwellingStatus, OfferKind, Ownership

if TYPE_CHECKING:
    import argparse

    from boligdesk.cli.parser import Parser
    from boligdesk.services.records.dwellings import DwellingDetail, DwellingRow

SORTS = ("address", "code", "district", "kind", "bedrooms", "area", "rent", "status", "available")


def add(program: Parser) -> None:
    group = Group(program)
    listing = group.command("list", "vis boligene", _list)
    listing.add_argument("--text", default="", metavar="TEKST", help="søk i adresse og kode")
    listing.add_argument(
        "--status",
        dest="statuses",
        action="append",
        type=one_of("status", DwellingStatus.codes()),
        metavar="STATUS",
        help="bare denne statusen; kan gjentas",
    )
    listing.add_argument(
        "--kind",
        dest="offer_kinds",
        action="append",
        type=one_of("boligtype", OfferKind.codes()),
        metavar="TYPE",
        help="bare denne typen; kan gjentas",
    )
    listing.add_argument("--bedrooms-min", type=count, metavar="ANTALL", help="minst så mange soverom")
    listing.add_argument("--bedrooms-max", type=count, metavar="ANTALL", help="høyst så mange soverom")
    listing.add_argument("--with-gone", action="store_true", help="ta med boliger som er utgått")
    add_sort(listing, SORTS, "address")
    add_window(listing)
    showing = group.command("show", "vis en bolig", _show)
    showing.add_argument("dwelling", metavar="BOLIG", help="kode, adresse eller id")


def _list(options: argparse.Namespace) -> Answer:
    from boligdesk.services.records.common import Sort
    from boligdesk.services.records.dwellings import DwellingFilter

    wanted = DwellingFilter(
        text=options.text,
        statuses=tuple(options.statuses or ()),
        offer_kinds=tuple(options.offer_kinds or ()),
        bedrooms_min=options.bedrooms_min,
        bedrooms_max=options.bedrooms_max,
        with_gone=options.with_gone,
    )
    with stores.reading(options) as desk:
        page = desk.services.dwellings.page(
            wanted, Sort(options.sort, options.descending), options.offset, options.limit
        )
    headings = ("Kode", "Adresse", "Område", "Soverom", "Areal", "Leie", "Status", "Ledig fra")
    return page_answer(page, headings, _cells, right=(3, 4, 5), whole=(3, 4, 5, 7))


def _cells(row: DwellingRow) -> tuple[Any, ...]:
    return (
        row.code,
        row.address,
        row.district,
        row.bedrooms,
        _area(row.area_m2x10),
        kroner(row.rent_ore),
        DwellingStatus(row.status).label,
        row.available_on,
    )


def _area(tenths: int | None) -> str:
    """«54 m²», «54,5 m²»."""
    if tenths is None:
        return ""
    whole, rest = divmod(tenths, 10)
    return f"{whole}{f',{rest}' if rest else ''} m²"


def _show(options: argparse.Namespace) -> Answer:
    with stores.reading(options) as desk:
        found = desk.services.dwellings.detail(dwelling_id(desk.services, options.dwelling))
    return Answer(plain(found), _lines(found))


def _lines(dwelling: DwellingDetail) -> list[str]:
    draft = dwelling.draft
    lines = [f"{draft.code} · {dwelling.address}"]
    lines += facts(
        [
            ("Område", dwelling.district),
            ("Bygg", dwelling.building.name if dwelling.building else ""),
            ("Status", f"{DwellingStatus(dwelling.status).label} {_since(dwelling)}".strip()),
            ("Ledig fra", dwelling.available_on),
            ("Type", OfferKind(draft.offer_kind).label if draft.offer_kind else ""),
            ("Eierform", Ownership(draft.ownership).label if draft.ownership else ""),
            ("Rom", draft.rooms),
            ("Soverom", draft.bedrooms),
            ("Areal", _area(draft.area_m2x10)),
            ("Leie", kroner(draft.rent_ore)),
            ("Matrikkel", draft.cadastre),
            ("Bomiljø", dwelling.residential_setting),
        ]
    )
    lines += [line for fact in dwelling.facts for line in wrapped(f"{fact.label}: ", fact.text)]
    return lines


def _since(dwelling: DwellingDetail) -> str:
    return f"fra {in_words(dwelling.status_from)}" if dwelling.status_from else ""
