"""All commands, in the order in which the help shows them. Only the one that is asked for is imported."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from boligdesk.cli.parser import Group, Parser
from boligdesk.cli.window import add_window

if TYPE_CHECKING:
    from collections.abc import Callable

#: The word, what it does, and the module of ``boligdesk.cli`` whose ``add`` knows what may follow it.
COMMANDS = (
    ("demo", "åpne et øvelseskontor med oppdiktede opplysninger", "window"),
    ("database", "lag, oppgrader, kontroller og sikre databasen", "database"),
    ("import", "hent inn lister fra Excel og CSV", "imports"),
    ("search", "søk i personer, saker og boliger", "search"),
    ("cases", "saker", "cases"),
    ("dwellings", "boliger", "dwellings"),
    ("people", "personer", "people"),
    ("vacancies", "ledige boliger", "vacancies"),
    ("shortlist", "hvem en ledig bolig passer for, og hvorfor", "shortlist"),
    ("waiting-list", "ventelista", "waiting_list"),
    ("letters", "brev: typer, utskrift til fil og kontroll", "letters"),
    ("deadlines", "fristregler og fristberegning", "deadlines"),
    ("identifiers", "kontroller numre", "identifiers"),
    ("log", "loggen over det som er gjort og lest", "log"),
    ("doctor", "kontroller programmet, maskinen og databasen", "doctor"),
)


def build() -> Parser:
    """The whole grammar."""
    parser = Parser(
        prog="boligdesk",
        description="Boligdesk for kommunale boligkontor. Uten kommando åpnes vinduet.",
        epilog="Avslutningskoder: 0 ferdig, 1 avslått eller funn, 2 feil bruk.",
    )
    commands = Group(parser, required=False)
    add_window(parser)
    for word, help_text, module in COMMANDS:
        commands.later(word, help_text, _adder(module))
    return parser


def _adder(module: str) -> Callable[[Parser], None]:
    def add(parser: Parser) -> None:
        import_module(f"boligdesk.cli.{module}").add(parser)

    return add
