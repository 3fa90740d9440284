"""``boligdesk doctor``: is everything in place on this machine? Asks nothing and changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boligdesk import __version__
from boligdesk.cli.output import Answer, table

if TYPE_CHECKING:
    import argparse

    from boligdesk.cli.parser import Parser

_WORDS = {"ok": "ok", "warning": "advarsel", "error": "feil"}


def add(program: Parser) -> None:
    program.set_defaults(run=_doctor)


def _doctor(options: argparse.Namespace) -> Answer:
    """1 when something is wrong; warnings alone are 0."""
    from boligdesk.cli.doctor_program import program_checks
    from boligdesk.cli.doctor_store import store_checks

    findings = [*program_checks(), *store_checks(options)]
    wrong = sum(finding.status == "error" for finding in findings)
    document = {
        "ok": not wrong,
        "version": __version__,
        "checks": [
            {"check": finding.check, "status": finding.status, "text": finding.text} for finding in findings
        ],
    }
    rows = [(_WORDS[finding.status], finding.label, finding.text) for finding in findings]
    lines = table(("", "Hva", "Svar"), rows, whole=(0, 1), fold=True)[1:]
    lines.append(verdict(wrong, sum(finding.status == "warning" for finding in findings)))
    return Answer(document, lines, 1 if wrong else 0)


def verdict(wrong: int, warnings: int) -> str:
    """The last line: never «in order» over a warning."""
    seen = f"{warnings} {'advarsel' if warnings == 1 else 'advarsler'} å se på."
    if wrong:
        return f"{wrong} feil må rettes." + (f" {seen}" if warnings else "")
    return f"Ingen feil, men {seen}" if warnings else "Alt er i orden."
