"""The command line: reads the line, runs one command, answers, and gives the exit code.

0 done, 1 refused or findings, 2 wrong use, 130 stopped with Ctrl+C. Errors are one Norwegian line on stderr;
with ``--json`` there is always exactly one document on stdout, ``{"error": ...}`` when it went wrong.
"""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING

from boligdesk.cli.failures import failure
from boligdesk.cli.output import prepare_streams, write_answer, write_error
from boligdesk.cli.parser import Told, WrongUse
from boligdesk.services.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from boligdesk.cli.output import Answer

DONE, REFUSED, WRONG_USE, STOPPED = 0, 1, 2, 130


class Stopped(UserError):
    """Ctrl+C."""

    code = "stopped"


def main(argv: Sequence[str]) -> int:
    """Run one command. Never raises; returns the exit code."""
    prepare_streams()
    before_values = argv[: list(argv).index("--")] if "--" in argv else argv
    try:
        return _main(argv, "--json" in before_values)
    except BrokenPipeError:  # the receiver has heard enough (``boligdesk log list | head``)
        _let_go_of_stdout()
        return DONE


def _main(argv: Sequence[str], as_json: bool) -> int:
    try:
        answer = _answer(argv)
        write_answer(answer, as_json)
    except WrongUse as error:
        write_error(error, as_json)
        return WRONG_USE
    except UserError as error:
        write_error(error, as_json)
        return REFUSED
    except KeyboardInterrupt:
        write_error(Stopped("Avbrutt.", safe="Det som ikke var ferdig, er ikke lagret."), as_json)
        return STOPPED
    except BrokenPipeError:
        raise
    except Exception as error:  # noqa: BLE001 - the last place before the person: a bug becomes one line
        write_error(failure(error), as_json)
        return REFUSED
    return answer.code


def _answer(argv: Sequence[str]) -> Answer:
    from boligdesk.cli.commands import build

    start = argparse.Namespace(json=False, database=None, user=None)
    try:
        options = build().parse_args(argv, start)
    except Told as told:
        return told.answer
    answer: Answer = options.run(options)
    return answer


def _let_go_of_stdout() -> None:
    """So that Python does not complain about the closed pipe when it ends."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):  # not a real stream (a test), or closed already
        return
