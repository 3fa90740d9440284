"""``boligdesk search``: what Ctrl+K finds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boligdesk.cli import stores
from boligdesk.cli.arguments import count
from boligdesk.cli.output import Answer, one_line, table

if TYPE_CHECKING:
    import argparse

    from boligdesk.cli.parser import Parser
    from boligdesk.services.records.work import SearchHit

_GROUPS = {"people": "Personer", "cases": "Saker", "dwellings": "Boliger", "letters": "Brev"}


def add(search: Parser) -> None:
    search.set_defaults(run=_search)
    search.add_argument("text", nargs="+", metavar="TEKST", help="navn, saksnummer, adresse eller telefon")
    search.add_argument(
        "--limit", type=count, default=5, metavar="ANTALL", help="høyst så mange treff i hver gruppe (5)"
    )


def _search(options: argparse.Namespace) -> Answer:
    with stores.reading(options) as desk:
        result = desk.services.search.find(" ".join(options.text), options.limit, counted=True)
    groups = {key: getattr(result, key) for key in _GROUPS}
    counts = {key: result.counts.get(key, 0) for key in _GROUPS}
    document = {
        "groups": {key: [_hit(hit) for hit in hits] for key, hits in groups.items()},
        "counts": counts,
    }
    lines: list[str] = []
    for key, label in _GROUPS.items():
        if counts[key]:
            lines.append(f"{label} ({counts[key]})")
            rows = [(one_line(hit.title), one_line(hit.detail)) for hit in groups[key]]
            lines += [f"  {line}" for line in table(("", ""), rows)[1:]]
    return Answer(document, lines or ["Ingen treff."])


def _hit(hit: SearchHit) -> dict[str, object]:
    return {
        "kind": hit.kind,
        "id": str(hit.id),
        "title": hit.title,
        "detail": hit.detail,
        "masked": hit.is_masked,
    }
