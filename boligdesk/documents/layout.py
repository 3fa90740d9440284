"""Where things stand on the page: the window of the envelope, the references beside it, the body and the foot.

Positions are of the paper, from its upper left corner, in millimetres. The figures of the windows are those of
common Norwegian envelopes, with the room the sheet has to slide in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from boligdesk.documents import fonts, pictures
from boligdesk.documents.flowables import AFTER, LEADING, Flow, text_strips
from boligdesk.documents.lines import Look, looks
from boligdesk.documents.strips import INK, SOFT_INK, Picture, Placed, Strip, Words, paginate
from boligdesk.documents.tagging import Node
from boligdesk.domain.calendar import long_date
from boligdesk.services.records.papers import Run

if TYPE_CHECKING:
    from collections.abc import Iterable

    from boligdesk.services.records.papers import Letterhead, Paper

MM = 72 / 25.4
PAGE_WIDTH, PAGE_HEIGHT = 210.0, 297.0


@dataclass(frozen=True, slots=True)
class Envelope:
    """``window``: left, top, right, bottom of what always shows. ``clear_to``: nothing else above this on the left.

    ``folds``: where the sheet is folded.
    """

    key: str
    window: tuple[float, float, float, float]
    clear_to: float
    folds: tuple[float, ...]


ENVELOPES = {
    "C5": Envelope("C5", (15.0, 44.0, 101.0, 65.5), 79.0, (148.5,)),
    "C6/5": Envelope("C6/5", (15.0, 45.0, 101.0, 59.0), 74.0, (99.0, 198.0)),
}
LEFT, RIGHT = 25.0, 180.0
HEAD_TOP, HEAD_BOTTOM = 13.0, 30.0
ASIDE = 125.0  # the references' left edge, outside every window
TOP, BOTTOM = 25.0, 272.0  # body of the following pages, and of all
_RECIPIENT = (
    (11.0, 13.6),
    (10.5, 12.8),
    (10.0, 12.0),
    (9.5, 11.2),
    (9.0, 10.4),
    (8.5, 9.6),
    (8.0, 9.0),
    (7.5, 8.4),
    (7.0, 7.8),
)
_SMALL, _SMALL_LEADING = 8.8, 12.0

_WORDS = {
    "nb": {
        "date": "Dato",
        "draft": "KLADD",
        "regards": "Med vennlig hilsen",
        "attachments": "Vedlegg",
        "copies": "Kopi til",
        "phone": "Telefon",
        "number": "Org.nr.",
        "page": "Side {} av {}",
        "unsigned": "Brevet er godkjent elektronisk og har derfor ingen underskrift.",
    }
}
_WORDS["nn"] = _WORDS["nb"] | {
    "regards": "Med vennleg helsing",
    "unsigned": "Brevet er godkjent elektronisk og har difor inga underskrift.",
}


def words_of(language: str) -> dict[str, str]:
    """The layout's own words."""
    return _WORDS[language]


@dataclass(frozen=True, slots=True)
class Layout:
    """Everything on every page, and the tree of it. ``left`` of a page's strips: LEFT, or their own edge."""

    pages: list[list[tuple[float, Placed]]]
    root: Node
    envelope: Envelope


def lay_out(paper: Paper, envelope: Envelope) -> Layout:
    """Place a letter. The reading order is sender, recipient, references, title, body, signature, lists."""
    root = Node("Document")
    head = _letterhead(paper.letterhead, root)
    address, end = _recipient(paper.recipient, root, envelope)
    aside, aside_end = _references(paper, root)
    flow = Flow(root, (RIGHT - LEFT) * MM)
    flow.title(paper.title)
    for block in paper.blocks:
        flow.block(block)
    _signature(flow, paper)
    for title, lines in (("attachments", paper.attachments), ("copies", paper.copies)):
        _list_at_end(flow, words_of(paper.language)[title], lines)
    first = max(envelope.clear_to * MM + 10, end + 14, aside_end + 16)
    has_room = first < (BOTTOM - 60) * MM
    pages: list[list[tuple[float, Placed]]] = [
        [(LEFT * MM, placed) for placed in page]
        for page in paginate(flow.strips, first if has_room else TOP * MM, TOP * MM, BOTTOM * MM)
    ]
    if not has_room:  # so many references that the body begins on a page of its own
        pages.insert(0, [])
    pages[0][:0] = [*head, *address, *aside]
    return Layout(pages, root, envelope)


def _stack(
    texts: Iterable[tuple[Run, float, float, str]], root: Node, left: float, top: float, room: float
) -> tuple[list[tuple[float, Placed]], float]:
    """Paragraphs under one another: (text, size, leading, colour). Also where they end."""
    found, at = [], top
    for run, size, leading, colour in texts:
        node = root.add("P")
        for strip in text_strips(
            looks((run,), size), node, room=room, leading=leading, size=size, colour=colour
        ):
            found.append((left, Placed(at, strip)))
            at += strip.height
    return found, at


def _letterhead(head: Letterhead, root: Node) -> list[tuple[float, Placed]]:
    """Logo and names above the window; how to reach the office to the right of it, above the references."""
    found: list[tuple[float, Placed]] = []
    left, top = LEFT * MM, HEAD_TOP * MM
    if head.logo:
        data, ratio = pictures.prepared(head.logo)
        high = (HEAD_BOTTOM - HEAD_TOP) * MM
        wide = min(high * ratio, 42 * MM)
        high = wide / ratio
        node = root.add("Figure", alt=head.logo_words or head.municipality)
        found.append((left, Placed(top, Strip(high, [Picture(0.0, 0.0, wide, high, data, node)]))))
        left += wide + 4 * MM
    room = (ASIDE - 5) * MM - left
    names = [(Run(head.municipality, bold=True), 13.0, 17.0, INK), (Run(head.office), 10.0, 13.5, SOFT_INK)]
    stack, _end = _stack([name for name in names if name[0].text], root, left, top - 1, room)
    return found + stack


def contact(paper: Paper) -> list[Run]:
    """How to reach the office: address, telephone, e-mail, web, number of the organisation."""
    head, said = paper.letterhead, words_of(paper.language)
    lines = [Run(line) for line in head.address if line]
    lines += [Run(f"{said['phone']} {head.phone}")] if head.phone else []
    lines += [Run(head.email, link=f"mailto:{head.email}")] if head.email else []
    if head.web:
        plain = head.web.removeprefix("https://").removeprefix("http://").rstrip("/")
        lines.append(Run(plain, link=f"https://{plain}"))
    lines += [Run(f"{said['number']} {head.organisation_no}")] if head.organisation_no else []
    return lines


def _recipient(
    lines: tuple[str, ...], root: Node, envelope: Envelope
) -> tuple[list[tuple[float, Placed]], float]:
    """In the largest size that shows whole in the window; as it comes, in the smallest, when none does."""
    left, top = LEFT * MM, envelope.window[1] * MM
    room, deep = (envelope.window[2] - LEFT) * MM, (envelope.window[3] - envelope.window[1]) * MM
    shown = [fonts.clean(line) for line in lines if line.strip()]
    for size, leading in _RECIPIENT:
        strips = [
            text_strips(looks((Run(line),), size), Node("P"), room=room, leading=leading, size=size)
            for line in shown
        ]
        chosen = (size, leading)
        if sum(map(len, strips)) * leading <= deep:
            break
    return _stack([(Run(line), *chosen, INK) for line in shown], root, left, top, room)


def _references(paper: Paper, root: Node) -> tuple[list[tuple[float, Placed]], float]:
    """Contact, shield, date and references, label and value on one line each."""
    left, room = ASIDE * MM, (RIGHT + 5 - ASIDE) * MM
    reach = [(run, _SMALL, _SMALL_LEADING, SOFT_INK) for run in contact(paper)]
    found, at = _stack(reach, root, left, HEAD_TOP * MM, room)
    at = max(at + 6, 44 * MM)
    if paper.shield:
        more, at = _stack([(Run(paper.shield, bold=True), _SMALL, _SMALL_LEADING, INK)], root, left, at, room)
        found += more
        at += 4
    pairs = [(words_of(paper.language)["date"], long_date(paper.dated_on)), *paper.references]
    labels = [fonts.width(fonts.clean(f"{label}:"), fonts.REGULAR, _SMALL) for label, _value in pairs]
    edge = min(max(labels) + 7, room / 2)
    for label, value in pairs:
        node = root.add("P")
        named = text_strips(
            looks((Run(f"{label}: "),), _SMALL),
            node,
            room=edge,
            leading=_SMALL_LEADING,
            size=_SMALL,
            colour=SOFT_INK,
        )
        told = text_strips(
            looks((Run(value),), _SMALL), node, room=room - edge, leading=_SMALL_LEADING, size=_SMALL, x=edge
        )
        for strips in (named, told):
            found += [
                (left, Placed(at + place * _SMALL_LEADING, strip)) for place, strip in enumerate(strips)
            ]
        at += max(len(named), len(told)) * _SMALL_LEADING + 1.2
    return found, at


def _signature(flow: Flow, paper: Paper) -> None:
    """The greeting and the names, never parted, and never alone on a page; why nobody signed by hand.

    A draft is not approved, and does not say so.
    """
    if not paper.signers:
        return
    flow.keep_last(2)
    flow.paragraph((Run(words_of(paper.language)["regards"]),), before=AFTER * 2, keep=True)
    flow.paragraph((Run(paper.letterhead.office or paper.letterhead.municipality),), before=0.0, keep=True)
    for place, signer in enumerate(paper.signers):
        is_last = place == len(paper.signers) - 1
        flow.paragraph((Run(signer.name, bold=True),), before=LEADING if place == 0 else AFTER, keep=True)
        flow.paragraph((Run(signer.title),), before=0.0, keep=not is_last or not paper.is_draft)
    if not paper.is_draft:
        flow.paragraph((Run(words_of(paper.language)["unsigned"]),), before=AFTER * 2)


def _list_at_end(flow: Flow, title: str, lines: tuple[str, ...]) -> None:
    if lines:
        flow.heading((Run(title),), 1, small=True)
        flow.items([(Run(line),) for line in lines], numbered=False)


def foot(paper: Paper, number: int, count: int) -> list[Words]:
    """The foot of a page, an artifact: the first reference, so that a stray sheet finds home, and the page."""
    said = words_of(paper.language)["page"].format(number, count)
    look = Look(fonts.REGULAR, _SMALL)
    wide = fonts.width(said, look.face, look.size)
    down = 284 * MM
    found = [Words(RIGHT * MM - wide, down, said, look, wide, None, SOFT_INK)]
    sender = [paper.letterhead.municipality, *(f"{label}: {value}" for label, value in paper.references[:1])]
    text = fonts.clean(" · ".join(part for part in sender if part)).replace("\n", " ")
    room = (RIGHT - LEFT) * MM - wide - 12
    if text and fonts.width(text, look.face, look.size) <= room:
        found.append(Words(LEFT * MM, down, text, look, 0.0, None, SOFT_INK))
    return found


def fold_marks(envelope: Envelope) -> list[tuple[float, float, float]]:
    """(left, down, width) in points: short lines at the edge, outside what the print house keeps free."""
    return [(5 * MM, fold * MM, 4 * MM) for fold in envelope.folds]
