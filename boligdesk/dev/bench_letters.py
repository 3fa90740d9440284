"""A letter from template to finished file; the floor is the same words drawn by bare reportlab, without tags."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from boligdesk.dev.bench_figures import Figure, Sample, median, timed
from boligdesk.documents import fonts
from boligdesk.documents.room import PaperRoom
from boligdesk.domain.letter_fields import FIELDS, FieldType
from boligdesk.services.records.papers import Letterhead, LetterValue, Paper, Signer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from boligdesk.services.records.papers import Block, Composed, Line

LIMIT = 2.0
KIND = "innvilgelse_bolig"
_TEXT = "Vi har vurdert hva som er best for deg og familien din, og vi har sett på hvordan dere bor nå. "
_SAMPLES: dict[FieldType, LetterValue] = {
    FieldType.TEXT: "kommunal bolig",
    FieldType.DATE: dt.date(2026, 10, 26),
    FieldType.MONEY: 1_240_000,
    FieldType.NUMBER: 3,
    FieldType.LIST: (_TEXT, _TEXT, _TEXT),
    FieldType.FREE: f"{_TEXT * 3}\n\n{_TEXT * 2}",
    FieldType.YES_NO: "ja",
}


def letters(rounds: int) -> list[Figure]:
    """Drawing, checking and filling in one letter. Drawing and its floor take turns, so that both meet the same load."""
    room = PaperRoom()
    template = room.template(KIND, "nb")
    values = {field.key: _SAMPLES[field.type] for field in FIELDS}
    composed = room.compose(template, values, is_draft=False)
    paper = sample(composed)
    pdf = room.render(paper)
    bare(paper)
    times = max(rounds, 5)
    drawn, floors = list[Sample](), list[Sample]()
    for _ in range(times):
        drawn.append(timed(lambda: room.render(paper)))
        floors.append(timed(lambda: bare(paper)))
    checked = [timed(lambda: room.check(pdf)) for _ in range(times)]
    filled = [timed(lambda: room.compose(template, values, is_draft=False)) for _ in range(times)]
    report = room.check(pdf)
    note = (
        f"{report.pages} sider, {len(pdf) // 1000} kB, {'godkjent' if report.is_valid else 'IKKE GODKJENT'}"
    )
    return [
        _figure("brev til ferdig fil", drawn, median([one.wall for one in floors]), LIMIT, note),
        _figure("kontroll av ferdig fil", checked, 0.0, None, " og ".join(report.standards)),
        _figure("mal til brev", filled, 0.0, None, KIND),
    ]


def _figure(name: str, samples: list[Sample], floor: float, limit: float | None, note: str) -> Figure:
    return Figure(
        name,
        0,
        median([one.wall for one in samples]),
        floor,
        limit,
        limit_is_ratio=True,
        cpu=median([one.cpu for one in samples]),
        note=note,
    )


def sample(composed: Composed) -> Paper:
    """A letter from a made-up office to a made-up person."""
    return Paper(
        language="nb",
        title=composed.title,
        letterhead=Letterhead(
            "Eksempelvik kommune", "Boligkontoret", ("Storgata 1", "9900 Eksempelvik"), "68 05 00 00"
        ),
        recipient=("Klok Hest", "Eksempelgata 12 B", "9901 Eksempelvik"),
        dated_on=dt.date(2026, 11, 22),
        blocks=composed.blocks,
        references=(("Vår referanse", "2026/1275-4"), ("Saksbehandler", "Blid Nepe")),
        signers=(Signer("Sprek Bie", "avdelingsleder"),),
        attachments=("Slik leier du av kommunen",),
    )


def bare(paper: Paper) -> bytes:
    """The same words in the same fonts the way reportlab's own guide does it."""
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    fonts.load()
    body = ParagraphStyle("body", fontName=fonts.REGULAR, fontSize=10.5, leading=15.6, spaceBefore=7.5)
    title = ParagraphStyle("title", body, fontName=fonts.BOLD, fontSize=17, leading=22)
    out = io.BytesIO()
    document = SimpleDocTemplate(out, leftMargin=71, rightMargin=85, topMargin=71, bottomMargin=71)
    head = paper.letterhead
    lines = [head.municipality, head.office, *head.address, head.phone, *paper.recipient]
    lines += [f"{label}: {value}" for label, value in paper.references]
    story: list[Any] = [Paragraph(escape(line), body) for line in lines]
    story.append(Paragraph(escape(paper.title), title))
    for block in paper.blocks:
        story += _bare(block, body, title)
    ends = [*(f"{one.name} {one.title}" for one in paper.signers), *paper.attachments]
    document.build([*story, *(Paragraph(escape(line), body) for line in ends)])
    return out.getvalue()


def _bare(block: Block, body: Any, heading: Any) -> Iterator[Any]:
    from reportlab.platypus import ListFlowable, Paragraph, Table

    if block.kind == "table":
        cells = [[Paragraph(escape(cell), body) for cell in row] for row in (block.header, *block.rows)]
        yield Table(cells)
    elif block.kind in {"bullets", "numbers"}:
        yield ListFlowable(
            [Paragraph(_markup(line), body) for line in block.lines], bulletFontName=fonts.REGULAR
        )
    else:
        yield Paragraph(_markup(block.lines[0]), heading if block.kind == "heading" else body)


def _markup(line: Line) -> str:
    texts = ((escape(run.text), run) for run in line)
    return "".join(f'<font name="{fonts.BOLD}">{text}</font>' if run.bold else text for text, run in texts)
