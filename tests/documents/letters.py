"""Letters to draw, and ways of reading a drawn file back."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
from functools import cache
from typing import Any

import pikepdf
import pypdfium2

from boligdesk.documents.checking import check
from boligdesk.documents.pdf import render
from boligdesk.services.records.papers import Block, Letterhead, Paper, Run, Signer

MM = 72 / 25.4
HEAD = Letterhead(
    "Eksempelvik kommune",
    "Boligkontoret",
    ("Storgata 1", "9900 Eksempelvik"),
    "68 05 00 00",
    "bolig@eksempel.invalid",
    "www.eksempel.invalid",
    "999 888 777",
)
LONG = "Vi har vurdert hva som er best for deg og familien din, og vi har sett på hvordan dere bor nå. "


def text(*words: str, **looks: Any) -> Block:
    return Block("paragraph", "tekst", tuple((Run(word, **looks),) for word in words))


def heading(words: str, level: int = 1) -> Block:
    return Block("heading", "tekst", ((Run(words),),), level=level)


def items(*words: str, kind: str = "bullets") -> Block:
    return Block(kind, "tekst", tuple((Run(word),) for word in words))


def table(header: tuple[str, ...], *rows: tuple[str, ...]) -> Block:
    return Block("table", "tekst", header=header, rows=rows)


BODY = (
    text("Vi viser til søknaden din fra 26. oktober 2026."),
    Block(
        "paragraph",
        "tekst",
        (
            (
                Run("Vi har bestemt at du får leie en bolig med "),
                Run("tre soverom", bold=True),
                Run(". Les mer på "),
                Run(
                    "nettsiden vår om kommunal bolig, der alt du trenger å vite om å leie av kommunen står",
                    link="https://www.eksempel.invalid/bolig",
                ),
                Run(" eller "),
                Run("ring", italic=True),
                Run(" oss."),
            ),
        ),
    ),
    heading("Hvorfor får du bolig?"),
    text("Dette har vi lagt vekt på:"),
    items("husstanden har tre barn", "leieforholdet er sagt opp"),
    heading("Dette får du", 2),
    table(
        ("Hva", "Vilkår", "Beløp"),
        ("Soverom", "Minst 3", ""),
        ("Husleie", "Per måned", "12\u00a0400\u00a0kr"),
        ("Depositum", "Garanti", "37\u00a0200\u00a0kr"),
    ),
    heading("Slik kan du klage"),
    items("Skriv hva du er uenig i.", "Skriv hvorfor.", kind="numbers"),
)


def letter(**changed: Any) -> Paper:
    paper = Paper(
        language="nb",
        title="Søknaden din om kommunal bolig er innvilget",
        letterhead=HEAD,
        recipient=("Klok Hest", "Eksempelgata 12 B", "9901 Eksempelvik"),
        dated_on=dt.date(2026, 11, 22),
        blocks=BODY,
        references=(("Vår referanse", "2026/1275-4"), ("Saksbehandler", "Blid Nepe")),
        signers=(Signer("Sprek Bie", "avdelingsleder"), Signer("Blid Nepe", "saksbehandler")),
        attachments=("Slik leier du av kommunen",),
        copies=("Rolig Elv, verge",),
        shield="Unntatt offentlighet, offl. § 13",
    )
    return dataclasses.replace(paper, **changed)


@cache
def plain_letter() -> bytes:
    return render(letter())


def faults(pdf: bytes) -> list[tuple[str, str]]:
    return [(finding.standard, finding.rule) for finding in check(pdf).findings]


def opened(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf))


def marked_texts(pdf: bytes) -> dict[tuple[int, int], str]:
    """(page, MCID) -> text, as pdfium reads it out of the page."""
    found: dict[tuple[int, int], str] = {}
    document = pypdfium2.PdfDocument(pdf)
    try:
        for number, page in enumerate(document):
            texts = page.get_textpage()
            for thing in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT]):
                mark = pypdfium2.raw.FPDFPageObj_GetMarkedContentID(thing)
                buffer = (pypdfium2.raw.FPDF_WCHAR * 4096)()
                size = pypdfium2.raw.FPDFTextObj_GetText(thing, texts, buffer, 4096)
                said = bytes(buffer)[: max(size - 2, 0)].decode("utf-16-le")
                found[number, mark] = found.get((number, mark), "") + said
    finally:
        document.close()
    return found


def outline(pdf: bytes) -> list[tuple[str, str]]:
    """(role, own text) of every element with text, in reading order, by way of the structure tree."""
    texts = marked_texts(pdf)
    with opened(pdf) as file:
        pages = {page.obj.objgen: number for number, page in enumerate(file.pages)}
        found: list[tuple[str, str]] = []

        def visit(element: Any) -> str:
            said, place = "", len(found)
            found.append((str(element.S)[1:], ""))
            kids = element.get("/K", pikepdf.Array([]))
            for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
                if isinstance(kid, int):
                    said += texts[pages[element.Pg.objgen], kid]
                elif kid.get("/Type") == pikepdf.Name.MCR:
                    said += texts[pages[kid.Pg.objgen], int(kid.MCID)]
                elif kid.get("/Type") != pikepdf.Name.OBJR:
                    inner = visit(kid)
                    said += inner if pikepdf.Name.Link == kid.S else ""
            found[place] = (found[place][0], said)
            return said

        visit(file.Root.StructTreeRoot.K[0])
    return found


def words_at(pdf: bytes, page: int = 0) -> list[tuple[str, float, float, float, float]]:
    """(text, left, top, right, bottom) in millimetres from the upper left corner, a line each."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        sheet = document[page]
        texts = sheet.get_textpage()
        high = sheet.get_height()
        found = []
        for number in range(texts.count_rects()):
            left, bottom, right, top = texts.get_rect(number)
            said = texts.get_text_bounded(left, bottom, right, top).strip()
            found.append((said, left / MM, (high - top) / MM, right / MM, (high - bottom) / MM))
        return found
    finally:
        document.close()
