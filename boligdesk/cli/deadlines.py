"""``boligdesk deadlines``: the rules, and one deadline worked out. No database needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boligdesk.cli.arguments import day
from boligdesk.cli.output import Answer, facts, table, wrapped
from boligdesk.cli.parser import Group, WrongUse, suggestion
from boligdesk.domain.calendar import full_date
from boligdesk.domain.deadlines import DeadlineInputError, as_json, compute, load_rules, rule_as_json
from boligdesk.services.errors import InvalidInput

if TYPE_CHECKING:
    import argparse

    from boligdesk.cli.parser import Parser
    from boligdesk.domain.deadline_rules import DeadlineRule

_UNITS = {
    "days": ("dag", "dager"),
    "weeks": ("uke", "uker"),
    "months": ("måned", "måneder"),
    "years": ("år", "år"),
    "working_days": ("virkedag", "virkedager"),
}
_ROLLS = {"neste_virkedag": "framover", "forrige_virkedag": "bakover", "ingen": "flyttes ikke"}
_SIDES = {"part": "søkeren", "egen_plikt": "kontoret", "internt": "internt"}


def add(program: Parser) -> None:
    group = Group(program)
    group.command("rules", "vis alle fristreglene", _rules)
    computing = group.command("compute", "regn ut en frist", _compute)
    computing.add_argument("rule", metavar="REGEL", help="nøkkelen til regelen, for eksempel klagefrist")
    computing.add_argument(
        "--from",
        dest="start",
        type=day,
        required=True,
        metavar="DATO",
        help="dagen fristen løper fra, som 2026-03-12 eller 12.03.2026",
    )


def _rules(_options: argparse.Namespace) -> Answer:
    rules = load_rules()
    document = [{"key": rule.key, "label": rule.title, **rule_as_json(rule)} for rule in rules]
    headings = ("Regel", "Navn", "Lengde", "Gjelder", "Flyttes", "I kraft", "Hjemmel")
    lines = table(headings, [_row(rule) for rule in rules], whole=(0, 2, 3, 4, 5), fold=True)
    return Answer(document, lines)


def _row(rule: DeadlineRule) -> tuple[str, ...]:
    one, many = _UNITS[rule.length.unit]
    basis = rule.basis[0]
    return (
        rule.key,
        rule.title,
        f"{rule.length.value} {one if rule.length.value == 1 else many}",
        _SIDES[rule.side],
        _ROLLS[rule.roll],
        "ja" if rule.valid_from else "nei",
        f"{basis.act} {basis.section}",
    )


def _compute(options: argparse.Namespace) -> Answer:
    """Wrong use for a rule or a date that cannot be; refused (1) for a rule that is not in force."""
    keys = sorted({rule.key for rule in load_rules()})
    if options.rule not in keys:
        raise WrongUse(f"Ukjent fristregel: «{options.rule}».", todo=suggestion(options.rule, keys))
    try:
        found = compute(options.rule, options.start)
    except DeadlineInputError as error:
        if error.field == "from":
            raise WrongUse(error.title, error.what, todo=error.todo) from None
        raise InvalidInput(error.field, error.title, error.what, error.todo) from None
    lines = facts(
        [
            ("Regel", found.rule.title),
            ("Fra", full_date(found.start)),
            ("Frist", full_date(found.due)),
            ("Begrunnelse", found.why),
        ]
    )
    for source in found.basis:
        lines += wrapped("Hjemmel:     ", f"{source.act} {source.section}. {source.text}")
    return Answer(as_json(found), lines)
