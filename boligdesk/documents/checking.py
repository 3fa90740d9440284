"""Holds a PDF file against PDF/A-2a and PDF/UA-1, with a checker that shares no code with what drew it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boligdesk.services.errors import InvalidInput
from boligdesk.services.records.papers import PaperFinding, PaperReport

if TYPE_CHECKING:
    import page
    import pikepdf

STANDARDS = (("PDF/A-2a", "2a"), ("PDF/UA-1", "ua1"))
_MOST_FINDINGS = 50
_PIECE, _MOST_UNPACKED = 1_000_000, 300_000_000

# The longest clause that fits is the one that is told. ISO 19005-2 and ISO 14289-1.
_SAID: dict[str, tuple[tuple[str, str], ...]] = {
    "2a": (
        ("6.1", "Fila er ikke bygd slik arkivformatet krever."),
        ("6.2", "Noe på sidene er tegnet på en måte arkivformatet ikke tillater."),
        ("6.2.2", "Arkivformatet krever at fargene er forklart, og det er de ikke."),
        ("6.2.3", "Arkivformatet krever at fargene er forklart, og det er de ikke."),
        ("6.2.4", "Arkivformatet krever at fargene er forklart, og det er de ikke."),
        ("6.2.8", "Et bilde er lagret på en måte arkivformatet ikke tillater."),
        ("6.2.11", "En skrift følger ikke med i fila, eller er ikke hel."),
        ("6.2.11.7", "Teksten kan ikke leses ut igjen av fila."),
        ("6.3", "En lenke eller merknad er ikke slik arkivformatet krever."),
        ("6.4", "Et skjemafelt er ikke slik arkivformatet krever."),
        ("6.5", "Fila kan sette i gang noe når den åpnes."),
        ("6.6", "Opplysningene om fila mangler eller stemmer ikke."),
        ("6.7", "Innholdet er ikke merket med hva det er."),
        ("6.8", "Fila har andre filer inni seg."),
    ),
    "ua1": (
        ("5", "Opplysningene om fila mangler eller stemmer ikke."),
        ("6", "Fila er ikke bygd slik standarden for tilgjengelighet krever."),
        ("7.1", "Innholdet er ikke merket med hva det er, eller tittelen vises ikke."),
        ("7.2", "Språket eller en del av en liste eller tabell er ikke merket."),
        ("7.3", "Et bilde mangler tekst for dem som ikke ser det."),
        ("7.4", "Overskriftene hopper over et nivå."),
        ("7.5", "En tabell mangler merkede overskrifter."),
        ("7.9", "En note er ikke merket riktig."),
        ("7.18", "En lenke er ikke merket riktig."),
        ("7.20", "Noe på sidene er tegnet på en måte skjermlesere ikke forstår."),
        ("7.21", "Teksten kan ikke leses ut igjen av fila."),
    ),
}


def check(pdf: bytes) -> PaperReport:
    """See the port. Raises InvalidInput when it is no PDF, or one too tangled to be read."""
    findings: list[PaperFinding] = []
    pages = 0
    for standard, profile in STANDARDS:
        report = _report(pdf, profile)
        pages = report.document.page_count
        findings += _findings(standard, profile, report)
    if is_damaged(pdf):
        findings.append(PaperFinding(STANDARDS[0][0], "6.1.7", "En del av fila er skadet."))
    return PaperReport(
        is_valid=not findings,
        standards=tuple(standard for standard, _profile in STANDARDS),
        pages=pages,
        findings=tuple(findings[:_MOST_FINDINGS]),
    )


def is_damaged(pdf: bytes) -> bool:
    """Whether a packed part of the file does not come out whole: a turned byte that the checker does not see."""
    import io

    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(pdf)) as file:
            streams = (thing for thing in file.objects if isinstance(thing, pikepdf.Stream))
            return not all(_unpacks(one.read_raw_bytes()) for one in streams if _is_packed(one))
    except pikepdf.PdfError:
        return True


def _is_packed(stream: pikepdf.Stream) -> bool:
    import pikepdf

    filters = stream.get("/Filter")
    if isinstance(filters, pikepdf.Array):
        return len(filters) == 1 and filters[0] == pikepdf.Name.FlateDecode
    return bool(filters == pikepdf.Name.FlateDecode)


def _unpacks(packed: bytes) -> bool:
    """To the end and with the right sum, a piece at a time: a small file may hold something enormous."""
    import zlib

    unpacking, size = zlib.decompressobj(), 0
    try:
        while not unpacking.eof:
            piece = unpacking.decompress(packed, _PIECE)
            packed, size = unpacking.unconsumed_tail, size + len(piece)
            if size > _MOST_UNPACKED or not (piece or packed):
                return False
    except zlib.error:
        return False
    return True


def _report(pdf: bytes, profile: str) -> page.ValidationReport:
    import page

    try:
        return page.validate_pdf_bytes(pdf, profile=profile)
    except page.PageError as error:
        raise InvalidInput(
            "pdf",
            "Fila kan ikke kontrolleres.",
            "Den er ikke en hel PDF-fil.",
            "Lag brevet på nytt.",
        ) from error


def _findings(standard: str, profile: str, report: page.ValidationReport) -> list[PaperFinding]:
    """Each rule once. A file that is not approved has at least one."""
    rules = list(dict.fromkeys(failure.rule_id for failure in report.failures))
    if not rules and not report.is_compliant:
        rules = [""]
    return [PaperFinding(standard, rule, _words(profile, rule)) for rule in rules]


def _words(profile: str, rule: str) -> str:
    fitting = [(clause, said) for clause, said in _SAID[profile] if _is_under(rule, clause)]
    return max(fitting, key=lambda pair: len(pair[0]))[1] if fitting else "Fila følger ikke standarden."


def _is_under(rule: str, clause: str) -> bool:
    return rule.startswith(clause) and not rule[len(clause) : len(clause) + 1].isdigit()
