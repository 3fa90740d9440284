"""``python -m boligdesk.dev faults store|disk|corrupt|clock|second|all``: breaks things on purpose.

Every fault must end in a plain message, with nothing lost and nothing half written.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from boligdesk.dev import faults_files, faults_services

if TYPE_CHECKING:
    from collections.abc import Iterator

    from boligdesk.dev.faults_office import Outcome

NAMES = ("store", "disk", "corrupt", "clock", "second")


def main(argv: list[str]) -> int:
    """Print a line per fault; 0 when all held, 1 otherwise."""
    parser = argparse.ArgumentParser(prog="python -m boligdesk.dev faults")
    parser.add_argument("name", choices=[*NAMES, "all"])
    parser.add_argument("--kills", type=int, default=100, help="hvor mange ganger programmet drepes")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(argv)
    wanted = NAMES if options.name == "all" else (options.name,)
    is_well = True
    with tempfile.TemporaryDirectory(prefix="boligdesk-feil-", ignore_cleanup_errors=True) as temporary:
        for name in wanted:
            for outcome in trials(name, Path(temporary), options.kills, options.seed):
                print(outcome.line(), flush=True)
                is_well = is_well and outcome.ok
    return 0 if is_well else 1


def trials(name: str, folder: Path, kills: int, seed: int = 1) -> Iterator[Outcome]:
    """One kind of fault."""
    if name == "store":
        yield faults_services.run(kills, folder, seed)
    elif name == "corrupt":
        yield from faults_files.corrupt(folder, seed=seed)
    else:
        yield from getattr(faults_files, name)(folder)
