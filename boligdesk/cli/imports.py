"""``boligdesk import``: bring in a list, or see first what would happen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from boligdesk.cli import stores
from boligdesk.cli.arguments import one_of
from boligdesk.cli.output import Answer, facts, plain, table, wrapped
from boligdesk.cli.parser import Group, WrongUse
from boligdesk.services.errors import UserError
from boligdesk.services.imports.fields import KIND_LABELS, KINDS, fields_of

if TYPE_CHECKING:
    import argparse

    from boligdesk.cli.parser import Parser
    from boligdesk.services.imports.mapping import Mapping
    from boligdesk.services.imports.report import ImportReport
    from boligdesk.services.imports.table import SourceTable

_MOST_TOLD = 20


def add(program: Parser) -> None:
    group = Group(program)
    for kind in KINDS:
        taking = group.command(kind, f"hent inn {KIND_LABELS[kind].lower()}", _take)
        taking.set_defaults(kind=kind)
        taking.add_argument("file", type=Path, metavar="FIL", help="en .xlsx- eller .csv-fil")
        taking.add_argument(
            "--mapping", type=Path, metavar="KOBLING", help="JSON-fil som kobler overskrifter til felter"
        )
        taking.add_argument("--dry-run", action="store_true", help="bare kontroller; ingenting lagres")
        taking.add_argument(
            "--report",
            type=Path,
            metavar="RAPPORT",
            help="lagre en arbeidsbok: alle funn ved kontroll, ellers radene som må rettes",
        )
        taking.add_argument("--sheet", metavar="ARK", help="arket i arbeidsboken")
    showing = group.command("fields", "vis feltene en liste kan ha", _fields)
    showing.add_argument(
        "kind", type=one_of("type liste", KINDS), metavar="TYPE", help=f"en av {', '.join(KINDS)}"
    )


def _fields(options: argparse.Namespace) -> Answer:
    specs = fields_of(options.kind)
    document = [
        {
            "field": spec.name,
            "label": spec.label,
            "required": spec.required,
            "or_else": list(spec.or_else),
            "headings": list(spec.headings),
            "help": spec.help,
        }
        for spec in specs
    ]
    rows = [(spec.name, spec.label, "ja" if spec.required else "", spec.help) for spec in specs]
    return Answer(
        document, table(("Felt", "Betyr", "Må med", "Hva som kan stå der"), rows, whole=(0,), fold=True)
    )


def _take(options: argparse.Namespace) -> Answer:
    """1 when some rows were rejected; the others are taken all the same (not with ``--dry-run``)."""
    from boligdesk.exchange.tables import read_table

    _refuse_report(options)
    source = read_table(options.file, options.sheet)
    chosen = _chosen(options, source)
    with stores.writing(options) as desk:  # a dry run does it all and rolls it back
        imports = desk.services.imports
        mapping = chosen or imports.mapping(source.headings, options.kind)
        if options.dry_run:
            report = imports.dry_run(source, options.kind, mapping)
        else:
            if chosen:
                imports.remember(source.headings, chosen)
            report = imports.take(source, options.kind, mapping)
    lines, warnings = _lines(options, source, mapping, report), []
    if options.report:
        try:
            _write_report(options, source, mapping, report)
            lines.append(f"Rapporten er lagret i {options.report}.")
        except UserError as error:  # the rows are taken all the same, and that must be told
            taken = "" if options.dry_run else "Radene er hentet inn. "
            warnings = [f"{taken}Rapporten ble ikke lagret. {error.title} {error.todo}"]
    return Answer(_document(report), lines, 1 if report.rejected or warnings else 0, warnings)


def _refuse_report(options: argparse.Namespace) -> None:
    """The report must not be written over the list itself, and is a workbook whatever it is called."""
    report: Path | None = options.report
    if report is None:
        return
    if report.suffix.casefold() != ".xlsx":
        raise WrongUse("Rapporten må ha et navn som slutter på .xlsx.")
    if report.exists() and options.file.exists() and report.samefile(options.file):
        raise WrongUse("Rapporten kan ikke lagres over selve lista.", todo="Velg et annet navn på rapporten.")


def _chosen(options: argparse.Namespace, source: SourceTable) -> Mapping | None:
    """What the mapping file says, when there is one; it is remembered for the next list like this."""
    from boligdesk.exchange.mapping_files import read_mapping
    from boligdesk.services.imports.mapping import by_hand

    if options.mapping is None:
        return None
    return by_hand(read_mapping(options.mapping), source.headings, options.kind)


def _write_report(
    options: argparse.Namespace, source: SourceTable, mapping: Mapping, report: ImportReport
) -> None:
    from boligdesk.exchange.reports import write_rejected, write_report

    if options.dry_run:
        write_report(options.report, source, mapping, report.checked)
    else:
        write_rejected(options.report, source, report.rejected_rows)


def _document(report: ImportReport) -> dict[str, Any]:
    # what a dry run would have made does not exist afterwards, nor for the rows that are the same again
    gone = {row.subject_id for row in report.rows if report.is_dry and row.outcome == "created"}
    rows = [
        {
            "row": row.row_no,
            "outcome": row.outcome,
            "id": None if row.subject_id in gone else plain(row.subject_id),
            "findings": plain(row.findings),
        }
        for row in report.rows
    ]
    return {**report.counts(), "rows": rows}


def _lines(
    options: argparse.Namespace, source: SourceTable, mapping: Mapping, report: ImportReport
) -> list[str]:
    title = "Kontroll uten lagring" if options.dry_run else "Hentet inn"
    lines = [f"{title}: {source.name}"]
    lines += facts(
        [
            ("Lest", report.read),
            ("Nye", report.created),
            ("Endret", report.updated),
            ("Uendret", report.unchanged),
            ("Må rettes", report.rejected),
            ("Advarsler", report.warnings),
        ]
    )
    for note in (*source.notes, *mapping.notes):
        lines += wrapped("Merk: ", note)
    told = [
        (row.row_no, finding) for row in report.rows for finding in row.findings if finding.level != "assumed"
    ]
    for row_no, finding in told[:_MOST_TOLD]:
        where = f"{finding.heading}: " if finding.heading else ""
        lines += wrapped(f"Rad {row_no}: ", f"{where}{finding.message}")
    if len(told) > _MOST_TOLD:
        lines.append(f"Og {len(told) - _MOST_TOLD} til. Skriv «--report FIL.xlsx» for å få alle.")
    return lines
