"""``boligdesk letters``: the kinds, one letter as a file, and the check of any PDF file."""

from __future__ import annotations

import hashlib
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Any

from boligdesk.cli import stores
from boligdesk.cli.arguments import one_of
from boligdesk.cli.output import Answer, facts, plain, table, wrapped
from boligdesk.cli.parser import Group
from boligdesk.domain.letters import LANGUAGES, LETTERS, Approval, LetterKind, LetterState
from boligdesk.services.errors import UserError

if TYPE_CHECKING:
    import argparse
    from uuid import UUID

    from boligdesk.cli.parser import Parser
    from boligdesk.domain.letter_check import Finding
    from boligdesk.services.desk import Services
    from boligdesk.services.ports.papers import Papers
    from boligdesk.services.records.letters import LetterRow
    from boligdesk.services.records.papers import PaperReport

_LANGUAGES = tuple(code for code, _label in LANGUAGES)
_OPEN = (LetterState.DRAFT, LetterState.TO_APPROVAL, LetterState.APPROVED)
_FINISHED = (LetterState.FINALISED, LetterState.SENT)
_APPROVED_BY = {Approval.NONE: "ingen", Approval.ONE_MORE: "en til", Approval.LEADER: "leder"}
_LARGEST = 50_000_000


def add(program: Parser) -> None:
    group = Group(program)
    group.command("kinds", "vis brevene som Boligdesk kan skrive", _kinds)
    rendering = group.command("render", "lag et brev som PDF-fil", _render)
    rendering.add_argument(
        "kind", type=_kind, metavar="BREV", help="typen eller nummeret fra «letters kinds»"
    )
    rendering.add_argument(
        "--language",
        type=one_of("målform", _LANGUAGES),
        required=True,
        metavar="MÅLFORM",
        help=" eller ".join(f"{code} ({label.lower()})" for code, label in LANGUAGES),
    )
    source = rendering.add_mutually_exclusive_group(required=True)
    source.add_argument("--case", metavar="SAK", help="saksnummer eller id; det blir ført i loggen")
    source.add_argument("--example", action="store_true", help="et eksempel med oppdiktede personer")
    rendering.add_argument("--reason", metavar="GRUNN", help="hvorfor du åpner saken, til loggen")
    rendering.add_argument(
        "-o", "--output", type=Path, required=True, metavar="FIL.pdf", help="hvor brevet skal lagres"
    )
    checking = group.command("check", "kontroller en PDF-fil mot PDF/A-2a og PDF/UA-1", _check)
    checking.add_argument("file", type=Path, metavar="FIL", help="PDF-filen")


def _papers() -> Papers:
    from boligdesk.documents.room import PaperRoom

    return PaperRoom()


def _kind(text: str) -> str:
    """A kind by its word or by its number."""
    numbers = {str(spec.number): kind.value for kind, spec in LETTERS.items()}
    return numbers[text] if text in numbers else one_of("brev", LetterKind.codes())(text)


# -- kinds ----------------------------------------------------------------------------------------


def _kinds(_options: argparse.Namespace) -> Answer:
    papers = _papers()
    rows = [_about(papers, LetterKind(kind)) for kind in papers.kinds() if kind in LetterKind.codes()]
    headings = ("Nr.", "Type", "Brev", "Målform", "Godkjenning", "Gruppe", "Klage")
    lines = table(headings, [_cells(row) for row in rows], right=(0,), whole=(0, 1, 2, 3, 6))
    return Answer(rows, lines)


def _about(papers: Papers, kind: LetterKind) -> dict[str, Any]:
    spec = LETTERS[kind]
    languages = [code for code in _LANGUAGES if _has_template(papers, kind, code)]
    return {
        "number": spec.number,
        "kind": kind.value,
        "label": kind.label,
        "languages": languages,
        "approval": papers.template(kind, languages[0]).approval,
        "group": spec.group.value,
        "appeal": spec.has_appeal,
    }


def _has_template(papers: Papers, kind: str, language: str) -> bool:
    from boligdesk.services.errors import NotFound

    try:
        papers.template(kind, language)
    except NotFound:
        return False
    return True


def _cells(row: dict[str, Any]) -> tuple[Any, ...]:
    kind = LetterKind(row["kind"])
    return (
        row["number"],
        row["kind"],
        row["label"],
        ", ".join(row["languages"]),
        _APPROVED_BY[Approval(row["approval"])],
        LETTERS[kind].group.label,
        row["appeal"],
    )


# -- render ---------------------------------------------------------------------------------------


def _render(options: argparse.Namespace) -> Answer:
    """1 when the file does not pass its check; it is written all the same, and the answer says what is wrong."""
    from boligdesk.exchange.atomic import write_atomically

    _refuse_folder(options.output)
    about, pdf = _example(options) if options.example else _of_case(options)
    report = _papers().check(pdf)
    write_atomically(options.output, lambda file: _write(file, pdf))
    document = {
        "kind": options.kind,
        "language": options.language,
        **about,
        "file": str(options.output),
        "size": len(pdf),
        "sha256": hashlib.sha256(pdf).hexdigest(),
        "pages": report.pages,
        "is_valid": report.is_valid,
    }
    lines = [
        f"Brevet er lagret i {options.output}.",
        *facts(
            [
                ("Brev", about["title"]),
                ("Tilstand", "kladd" if about["draft"] else ""),
                ("Journalnummer", about["journal_number"]),
                ("Sider", report.pages),
            ]
        ),
    ]
    for finding in about["findings"]:
        lines += wrapped(
            "Mangler:     " if finding["severity"] == "stopp" else "Se etter:    ", finding["text"]
        )
    warnings = [] if report.is_valid else ["Brevet følger ikke standardene. Skriv «boligdesk letters check»."]
    return Answer(document, lines, 0 if report.is_valid else 1, warnings)


def _write(file: Any, pdf: bytes) -> None:
    file.write(pdf)


def _refuse_folder(path: Path) -> None:
    """Said before anything is opened."""
    if path.is_dir():
        raise UserError(
            "Det finnes en mappe med dette navnet.", safe="Ingenting er skrevet.", todo="Velg et annet navn."
        )


def _told(
    title: str, *, draft: bool, journal_number: str = "", findings: tuple[Finding, ...] = ()
) -> dict[str, Any]:
    unmet = [
        {"key": one.key, "label": one.label, "severity": one.severity, "text": one.text}
        for one in findings
        if not one.is_met
    ]
    return {"title": title, "draft": draft, "journal_number": journal_number, "findings": unmet}


def _example(options: argparse.Namespace) -> tuple[dict[str, Any], bytes]:
    from boligdesk.services.letter_examples import example_paper

    papers = _papers()
    paper, _composed = example_paper(papers, options.kind, options.language)
    return _told(paper.title, draft=False), papers.render(paper)


def _of_case(options: argparse.Namespace) -> tuple[dict[str, Any], bytes]:
    """The finished letter; else the open one, or what it would be now, as a draft across the page."""
    from boligdesk.cli.find import case_id

    with stores.writing(options) as desk:
        services = desk.services
        found = case_id(services, options.case)
        services.cases.detail(found, options.reason)  # leaves the entry in the log
        rows = [row for row in services.letters.of_case(found) if row.kind == options.kind]
        begun = next((row for row in rows if row.status in _OPEN), None)
        finished = _finished(rows, options.language)
        if begun is None and finished is not None:
            number = finished.journal_number
            return _told(finished.title, draft=False, journal_number=number), services.letters.pdfs(
                finished.id
            )[0]
        return _draft(services, options, found, begun)


def _finished(rows: list[LetterRow], language: str) -> LetterRow | None:
    return next((row for row in rows if row.status in _FINISHED and row.language == language), None)


def _draft(
    services: Services, options: argparse.Namespace, case: UUID, begun: LetterRow | None
) -> tuple[dict[str, Any], bytes]:
    from boligdesk.services.records.letters import LetterTexts

    if begun is None:
        now = services.letters.proposal(case, options.kind, options.language)
    else:
        now = services.letters.preview(begun.id, LetterTexts({}, language=options.language))
    told = _told(now.paper.title, draft=now.paper.is_draft, findings=now.findings)
    return told, services.letters.draw(now.paper)


# -- check ----------------------------------------------------------------------------------------


def _check(options: argparse.Namespace) -> Answer:
    """1 when the file does not follow both standards."""
    report = _papers().check(_read(options.file))
    return Answer(
        {"file": str(options.file), **plain(report)}, _report_lines(report), 0 if report.is_valid else 1
    )


def _report_lines(report: PaperReport) -> list[str]:
    pages = "1 side" if report.pages == 1 else f"{report.pages} sider"
    said = "følger" if report.is_valid else "følger ikke"
    lines = [f"Fila {said} {' og '.join(report.standards)}. Den har {pages}."]
    for finding in report.findings:
        lines += wrapped(f"{finding.standard} {finding.rule}".rstrip() + ": ", finding.text)
    return lines


def _read(path: Path) -> bytes:
    """Raises UserError in plain words for what is no file that can be read."""
    try:
        about = path.stat()
        if stat.S_ISDIR(about.st_mode):
            raise _refused("Dette er en mappe, ikke en fil.", "Oppgi PDF-filen.")
        if not stat.S_ISREG(about.st_mode):
            raise _refused("Dette er ikke en vanlig fil.", "Oppgi PDF-filen.")
        if not about.st_size:
            raise _refused("Fila er tom.", "Velg en annen fil.")
        if about.st_size > _LARGEST:
            raise _refused("Fila er for stor til å kontrolleres.", "Velg en fil på høyst 50 MB.")
        return path.read_bytes()
    except FileNotFoundError:
        raise _refused("Fant ikke fila.", "Se etter at navnet er riktig.") from None
    except PermissionError as error:
        raise _refused("Du har ikke tilgang til å lese fila.", "Be om tilgang, eller kopier fila.") from error
    except (OSError, ValueError) as error:
        raise _refused("Fila kan ikke leses.", "Se etter at disken eller nettverket virker.") from error


def _refused(title: str, todo: str) -> UserError:
    return UserError(title, safe="Ingenting er endret.", todo=todo)
