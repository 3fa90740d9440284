"""``boligdesk`` (the window), ``boligdesk demo`` and ``boligdesk --version``."""

from __future__ import annotations

import contextlib
import gc
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from boligdesk import __version__
from boligdesk.cli.output import Answer
from boligdesk.cli.parser import WrongUse

if TYPE_CHECKING:
    import argparse

    from boligdesk.cli.parser import Parser


def add_window(program: Parser) -> None:
    """Without a command, the program is the window."""
    program.add_argument("--version", action="store_true", help="vis versjonen")
    program.set_defaults(run=_window)


def add(demo: Parser) -> None:
    demo.set_defaults(run=_demo)
    demo.add_argument(
        "--journey",
        type=Path,
        metavar="MAPPE",
        help="gå gjennom øvelseskontoret uten skjerm, og lagre bilder i mappen",
    )


def _window(options: argparse.Namespace) -> Answer:
    if options.version:
        return Answer({"version": __version__}, [f"Boligdesk {__version__}"])
    if options.json:
        raise WrongUse("«--json» trenger en kommando.", todo="Skriv «boligdesk --help» for å se kommandoene.")
    if options.user:
        os.environ["BOLIGDESK_USER"] = options.user
    gc.disable()  # nothing but imports for a while; ``ui.start`` turns it on again
    from boligdesk.app import run_window
    from boligdesk.dev.demo import make_practice, practice_clock

    return Answer(None, [], run_window(options.database, make_practice, practice_clock))


def _demo(options: argparse.Namespace) -> Answer:
    from boligdesk.dev.demo import run_demo

    if not options.json:
        return Answer(None, [], run_demo(options.journey))
    with contextlib.redirect_stdout(sys.stderr):  # stdout belongs to the one document
        code = run_demo(options.journey)
    folder: Path | None = options.journey
    pictures = sorted(str(path) for path in folder.glob("*.png")) if folder else []
    return Answer({"journey": str(folder) if folder else None, "pictures": pictures}, [], code)
