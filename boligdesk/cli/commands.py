"""All commands, in the order in which the help shows them."""

from __future__ import annotations

from boligdesk.cli import (
    cases,
    database,
    deadlines,
    doctor,
    dwellings,
    identifiers,
    imports,
    log,
    people,
    search,
    window,
)
from boligdesk.cli.parser import Group, Parser


def build() -> Parser:
    """The whole grammar."""
    parser = Parser(
        prog="boligdesk",
        description="Boligdesk for kommunale boligkontor. Uten kommando åpnes vinduet.",
        epilog="Avslutningskoder: 0 ferdig, 1 avslått eller funn, 2 feil bruk.",
    )
    commands = Group(parser, required=False)
    window.add(parser, commands)
    database.add(commands)
    imports.add(commands)
    search.add(commands)
    cases.add(commands)
    dwellings.add(commands)
    people.add(commands)
    deadlines.add(commands)
    identifiers.add(commands)
    log.add(commands)
    doctor.add(commands)
    return parser
