"""All commands, in the order in which the help shows them."""

from __future__ import annotations

from boligdesk.cli.cases import add as add_cases
from boligdesk.cli.database import add as add_database
from boligdesk.cli.deadlines import add as add_deadlines
from boligdesk.cli.doctor import add as add_doctor
from boligdesk.cli.dwellings import add as add_dwellings
from boligdesk.cli.identifiers import add as add_identifiers
from boligdesk.cli.imports import add as add_imports
from boligdesk.cli.log import add as add_log
from boligdesk.cli.parser import Group, Parser
from boligdesk.cli.people import add as add_people
from boligdesk.cli.search import add as add_search
from boligdesk.cli.window import add as add_window


def build() -> Parser:
    """The whole grammar."""
    parser = Parser(
        prog="boligdesk",
        description="Boligdesk for kommunale boligkontor. Uten kommando åpnes vinduet.",
        epilog="Avslutningskoder: 0 ferdig, 1 avslått eller funn, 2 feil bruk.",
    )
    commands = Group(parser, required=False)
    add_window(parser, commands)
    add_database(commands)
    add_imports(commands)
    add_search(commands)
    add_cases(commands)
    add_dwellings(commands)
    add_people(commands)
    add_deadlines(commands)
    add_identifiers(commands)
    add_log(commands)
    add_doctor(commands)
    return parser
