"""``boligdesk shortlist``: whom a vacant dwelling fits, in order, and why one stands where she stands."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any
from uuid import UUID

from boligdesk.cli import stores
from boligdesk.cli.arguments import count
from boligdesk.cli.find import as_id, dwelling_id
from boligdesk.cli.output import Answer, facts, plain, table, wrapped
from boligdesk.domain.cases import parse_number
from boligdesk.services.errors import InvalidInput, NotFound, UserError

if TYPE_CHECKING:
    import argparse

    from boligdesk.cli.parser import Parser
    from boligdesk.services.allocation import Allocation
    from boligdesk.services.desk import Services
    from boligdesk.services.records.allocation import (
        Candidate,
        Explanation,
        ShortlistView,
        VacancyFilter,
        VacancyRow,
    )

_EVERY = 1000


def add(program: Parser) -> None:
    program.set_defaults(run=_shortlist)
    program.add_argument("vacancy", metavar="BOLIG", help="kode, adresse eller id på den ledige boligen")
    program.add_argument(
        "--limit", type=count, default=20, metavar="ANTALL", help="høyst så mange søkere (20)"
    )
    program.add_argument(
        "--why", metavar="SØKER", help="forklar plassen til denne: nummeret i lista, saksnummer eller id"
    )


def _shortlist(options: argparse.Namespace) -> Answer:
    with stores.reading(options) as desk:
        allocation = desk.services.allocation
        vacancy = _vacancy(desk.services, options.vacancy)
        found = allocation.shortlist(vacancy.id)
        if options.why is not None:
            return _explained(vacancy, allocation.why(vacancy.id, _entry(allocation, found, options.why)))
    shown = dataclasses.replace(found, candidates=found.candidates[: options.limit])
    return Answer({"vacancy": plain(vacancy), **plain(shown)}, _lines(vacancy, found, shown))


# -- which vacancy, which applicant ---------------------------------------------------------------


def _vacancy(services: Services, text: str) -> VacancyRow:
    """By the code or address of the dwelling, or the id of either. Never one of several by guessing."""
    from boligdesk.services.records.allocation import VacancyFilter

    allocation = services.allocation
    wanted = as_id(text)
    if wanted is not None:
        rows = [
            row
            for row in _vacancies(allocation, VacancyFilter(with_ended=True))
            if wanted in {row.id, row.dwelling_id}
        ]
        live = [row for row in rows if row.id == wanted] or rows
        if not live:
            raise NotFound("Fant ikke den ledige boligen du ba om.", word="den")
        return live[0]
    said = text.strip().casefold()
    rows = _vacancies(allocation, VacancyFilter(text=text)) if said else []
    exact = [row for row in rows if said in {row.code.casefold(), row.address.casefold()}]
    chosen = exact or rows
    if len(chosen) == 1:
        return chosen[0]
    if chosen:
        raise InvalidInput(
            "vacancy",
            "Flere ledige boliger passer til det du skrev.",
            f"{len(chosen)} treff.",
            "Skriv koden, eller bruk id-en fra «vacancies list --json».",
        )
    dwelling_id(services, text)  # NotFound when there is no such dwelling at all
    raise UserError("Boligen er ikke meldt ledig.", todo="Meld den ledig i Tildeling først.")


def _vacancies(allocation: Allocation, wanted: VacancyFilter) -> list[VacancyRow]:
    from boligdesk.services.records.common import Sort

    return list(allocation.vacancies(wanted, Sort("free", descending=True), 0, _EVERY).rows)


def _entry(allocation: Allocation, found: ShortlistView, text: str) -> UUID:
    """A place on the list waiting, by its id, its place in this shortlist or the number of its case."""
    said = text.strip()
    by_id = as_id(said)
    if by_id is not None:
        return by_id
    if said.isascii() and said.isdecimal():
        placed = next((one for one in found.candidates if one.rank == int(said)), None)
        if placed is None:
            raise NotFound(f"Det er ingen nr. {said[:9]} i lista.")
        return placed.entry_id
    if parse_number(said):
        return _of_case(allocation, said)
    raise InvalidInput(
        "why",
        "Boligdesk forstår ikke hvem du mener.",
        todo="Skriv nummeret i lista, saksnummeret eller id-en.",
    )


def _of_case(allocation: Allocation, number: str) -> UUID:
    from boligdesk.services.records.allocation import WaitingFilter
    from boligdesk.services.records.common import Sort

    rows = allocation.waiting(WaitingFilter(text=number), Sort("since"), 0, _EVERY).rows
    entry = next((row.id for row in rows if row.case_number == number), None)
    if entry is None:
        raise NotFound("Fant ikke saken på ventelista.", word="den")
    return entry


# -- in words -------------------------------------------------------------------------------------


def _lines(vacancy: VacancyRow, found: ShortlistView, shown: ShortlistView) -> list[str]:
    lines = [f"{vacancy.code} · {vacancy.address}"]
    lines += facts(
        [
            ("Regler", f"«{found.rule_title}», versjon {found.rule_version}"),
            ("Vurdert", f"{found.considered} søkere, {found.eligible} aktuelle"),
            ("Skjult", f"{found.hidden} har du ikke tilgang til" if found.hidden else ""),
        ]
    )
    rows = [_cells(one) for one in shown.candidates]
    headings = ("Nr.", "Sak", "Søker", "Prioritet", "Venter siden", "Uavklart", "Hvorfor her")
    if rows:
        lines += ["", *table(headings, rows, right=(0, 5), whole=(0, 1, 3, 4, 5))]
    elif not found.candidates:
        lines.append("Ingen aktuelle søkere.")
    if found.excluded_by:
        lines.append("")
        lines += [
            f"Ikke aktuelle: {number} på grunn av {need.lower()}." for need, number in found.excluded_by
        ]
    return lines


def _cells(one: Candidate) -> tuple[Any, ...]:
    return (
        one.rank,
        one.case_number,
        one.applicant,
        one.priority_class,
        one.waiting_since,
        one.unknowns or "",
        one.first_fail or one.why_here,
    )


def _explained(vacancy: VacancyRow, why: Explanation) -> Answer:
    lines = [f"{vacancy.code} · {vacancy.address}", why.title]
    for sentence in why.sentences:
        lines += wrapped("- ", sentence)
    lines.append(f"Regler: «{why.rule_title}», versjon {why.rule_version}")
    return Answer({"vacancy": plain(vacancy), **plain(why)}, lines)
