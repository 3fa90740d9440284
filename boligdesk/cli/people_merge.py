"""``boligdesk people merge``: two files of one person become one; ``--dry-run`` only shows what would happen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boligdesk.cli import stores
from boligdesk.cli.find import person_id
from boligdesk.cli.output import Answer, facts, plain, wrapped
from boligdesk.cli.parser import WrongUse

if TYPE_CHECKING:
    import argparse

    from boligdesk.cli.parser import Group
    from boligdesk.services.records.merging import MergeField, MergePlan

_SIDES = ("kept", "merged")
_STATES = {"likt": "likt", "velg": "må velges", "beholdes": "beholdes"}


def add_merge(group: Group) -> None:
    merging = group.command("merge", "slå sammen to mapper som gjelder samme person", _merge)
    merging.add_argument("kept", metavar="BEHOLDES", help="mappen som beholdes: navn eller id")
    merging.add_argument("other", metavar="ANNEN", help="mappen som slås inn i den: navn eller id")
    merging.add_argument(
        "--choose",
        action="append",
        default=[],
        metavar="FELT=SIDE",
        help="hva som skal gjelde der mappene er ulike, for eksempel names=kept; kan gjentas",
    )
    merging.add_argument("--dry-run", action="store_true", help="bare vis hva som ville skje")
    merging.add_argument("--reason", metavar="GRUNN", help="hvorfor du åpner mappene, til loggen")


def _merge(options: argparse.Namespace) -> Answer:
    choices = dict(_choice(text) for text in options.choose)
    with stores.writing(options) as desk:
        merging = desk.services.merging
        ids = [person_id(desk.services, text) for text in (options.kept, options.other)]
        plan = merging.plan(ids[0], ids[1], options.reason)
        if options.dry_run:
            document = {"merged": False, "plan": plain(plan)}
            return Answer(document, _lines(plan), 1 if plan.refusals else 0)
        saved = merging.merge(ids[0], plan.kept.version, ids[1], plan.merged.version, choices)
    document = {"merged": True, "person": str(saved.id), "plan": plain(plan)}
    return Answer(document, ["Mappene er slått sammen til én.", *facts([("Id", saved.id)])])


def _choice(text: str) -> tuple[str, str]:
    key, _, side = text.partition("=")
    if not key or side not in _SIDES:
        raise WrongUse(f"«{text}» er ikke et valg.", todo="Skriv feltet og siden, for eksempel names=kept.")
    return key, side


def _lines(plan: MergePlan) -> list[str]:
    lines = [f"Beholdes: {plan.kept.name}", f"Slås inn: {plan.merged.name}"]
    for text in plan.refusals:
        lines += wrapped("Kan ikke slås sammen: ", text)
    for text in plan.warnings:
        lines += wrapped("Merk: ", text)
    lines += facts([(f"{field.label} ({field.key})", _words(field)) for field in plan.fields])
    return lines + facts(
        [
            (count.label, f"{count.kept} + {count.merged}")
            for count in plan.counts
            if count.kept or count.merged
        ]
    )


def _words(field: MergeField) -> str:
    both = field.kept if field.kept == field.merged else f"{field.kept or '–'} / {field.merged or '–'}"
    return f"{both} · {_STATES[field.state]}"
