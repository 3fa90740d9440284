"""``boligdesk identifiers check``: no database needed, nothing is stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boligdesk.cli.arguments import one_of
from boligdesk.cli.output import Answer, plain, table
from boligdesk.cli.parser import Group
from boligdesk.domain.identifiers import KINDS, check_all

if TYPE_CHECKING:
    import argparse

    from boligdesk.cli.parser import Parser

_SCHEMES = {"both": "dagens og 2032", "2032": "bare 2032", "old": "bare dagens"}


def add(program: Parser) -> None:
    check = Group(program).command("check", "kontroller fødselsnumre, kontonumre og andre numre", _check)
    check.add_argument("values", nargs="+", metavar="NUMMER", help="ett eller flere numre")
    check.add_argument(
        "--as",
        dest="kind",
        type=one_of("type nummer", KINDS),
        metavar="TYPE",
        help=f"les alle som {', '.join(KINDS)}",
    )


def _check(options: argparse.Namespace) -> Answer:
    """1 when at least one value is not valid."""
    checks = check_all(options.values, options.kind)
    rows = []
    for check in checks:
        verdict = "gyldig" if check.valid else "ikke gyldig"
        scheme = _SCHEMES.get(check.scheme or "", "")
        rows.append((check.value, check.kind, verdict, scheme, "ja" if check.synthetic else ""))
    lines = table(("Nummer", "Type", "Svar", "Regel", "Syntetisk"), rows)
    lines += [f"{check.value[:40]}: {reason}" for check in checks for reason in check.reasons]
    return Answer(plain(checks), lines, 0 if all(check.valid for check in checks) else 1)
