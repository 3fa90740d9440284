"""``python -m boligdesk.dev bench [NAVN ...]``: each figure beside its floor from the same run.

Names: start, sok, sak, lister, bla, innhenting, brev, skriving, tildeling. Times are wall clock, the median unless p95 is said;
processor time stands beside, since it says more on a machine that others use too.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from boligdesk.dev.bench_figures import Figure, load

if TYPE_CHECKING:
    from collections.abc import Callable

    from boligdesk.app import Desk
    from boligdesk.dev.bench_office import Office

NAMES = ("start", "sok", "sak", "lister", "bla", "innhenting", "brev", "skriving", "tildeling")


def main(argv: list[str]) -> int:
    """Print the table; 0 when every limit is kept, 1 when one is not."""
    parser = argparse.ArgumentParser(prog="python -m boligdesk.dev bench")
    parser.add_argument("names", nargs="*", metavar="NAVN", help=", ".join(NAMES))
    parser.add_argument("--people", default="10000,100000", help="størrelser, med komma mellom")
    parser.add_argument("--rounds", type=int, default=5, help="målinger av hvert tall")
    parser.add_argument("--rows", type=int, default=10_000, help="rader å hente inn")
    parser.add_argument("--json", type=Path, metavar="FIL", help="skriv tallene hit også")
    parser.add_argument("--cache", type=Path, metavar="MAPPE", help="hvor kontorene å måle på ligger")
    options = parser.parse_args(argv)
    unknown = [name for name in options.names if name not in NAMES]
    if unknown:
        print(f"Ukjent måling: {', '.join(unknown)}. Velg blant: {', '.join(NAMES)}.", file=sys.stderr)
        return 2
    sizes = [int(size) for size in options.people.split(",")]
    before = load()
    print(f"Maskinen: {before}. {options.rounds} runder.\n", flush=True)
    figures = measure(options.names or list(NAMES), sizes, options.rounds, options.rows, options.cache)
    print("\n".join([*table(figures), "", *growth(figures), f"Maskinen etterpå: {load()}."]))
    if options.json is not None:
        told = [asdict(figure) | {"ratio": figure.ratio, "kept": figure.is_kept} for figure in figures]
        body = {"machine": before, "machine_after": load(), "rounds": options.rounds, "figures": told}
        options.json.write_text(json.dumps(body, ensure_ascii=False, indent=2), encoding="utf-8")
    return 1 if any(figure.is_kept is False for figure in figures) else 0


def measure(
    names: list[str], sizes: list[int], rounds: int, rows: int, cache: Path | None = None
) -> list[Figure]:
    """All figures that were asked for, on a copy of each office."""
    from boligdesk.dev.bench_office import office

    figures: list[Figure] = []
    with tempfile.TemporaryDirectory(prefix="boligdesk-maling-", ignore_cleanup_errors=True) as temporary:
        folder = Path(temporary)
        if "innhenting" in names:
            from boligdesk.dev.bench_import import imports

            figures += imports(folder, rows, rounds)
        if "start" in names:
            from boligdesk.dev.bench_window import key_derivation

            figures += key_derivation(folder, rounds)
        if "brev" in names:
            from boligdesk.dev.bench_letters import letters

            figures += letters(rounds)
        if "skriving" in names:
            from boligdesk.dev.bench_writing import writing

            figures += writing(folder, rounds)
        if "tildeling" in names:
            from boligdesk.dev.bench_allocation import allocation

            figures += allocation(folder, rounds)
        if set(names) - {"innhenting", "brev", "skriving", "tildeling"}:
            for size in sizes:
                figures += _of_office(office(size, folder, cache), names, rounds)
    return figures


def _of_office(here: Office, names: list[str], rounds: int) -> list[Figure]:
    from boligdesk import app
    from boligdesk.dev import bench_store, bench_window
    from boligdesk.dev.bench_office import LOGIN
    from boligdesk.storage.location import file_location

    figures: list[Figure] = []
    if "start" in names:
        figures += bench_window.start(here.path, here.people, rounds)
    if "bla" in names:
        figures += bench_window.scroll(here.path, here.people, 1)
    in_store: dict[str, Callable[[Desk, int, int], list[Figure]]] = {
        "sok": bench_store.search,
        "sak": bench_store.case,
        "lister": bench_store.lists,
    }
    desk = app.open_desk(file_location(here.path), ask=lambda: "", login=LOGIN)
    try:
        for name in names:
            if name in in_store:
                figures += in_store[name](desk, here.people, rounds)
    finally:
        desk.close()
    return figures


def table(figures: list[Figure]) -> list[str]:
    lines = [
        f"{'måling':<34}{'personer':>9}{'ms':>10}{'CPU ms':>9}{'gulv ms':>9}{'ganger':>8}{'grense':>9}  holdt"
    ]
    for one in figures:
        size = str(one.people) if one.people else ""
        limit = "" if one.limit is None else f"{one.limit:g} x" if one.limit_is_ratio else f"{one.limit:g}"
        kept = {None: "", True: "ja", False: "NEI"}[one.is_kept]
        ratio = f"{one.ratio:.1f}" if one.floor else ""
        floor = f"{one.floor:.2f}" if one.floor else ""
        cpu = f"{one.cpu:.1f}" if one.cpu else ""
        line = f"{one.name:<34}{size:>9}{one.value:>10.1f}{cpu:>9}{floor:>9}{ratio:>8}{limit:>9}  {kept:<5}"
        lines.append(f"{line} {one.note}".rstrip())
    return lines


def growth(figures: list[Figure]) -> list[str]:
    """How many times longer from the smallest office to the largest."""
    sizes = sorted({figure.people for figure in figures if figure.people})
    if len(sizes) < 2:  # nothing to compare
        return []
    small, large = sizes[0], sizes[-1]
    by_name = {(figure.name, figure.people): figure for figure in figures}
    lines = [f"Vekst fra {small} til {large} personer (tid, CPU):"]
    for figure in figures:
        other = by_name.get((figure.name, large))
        if figure.people == small and other is not None and figure.value:
            cpu = f", {other.cpu / figure.cpu:.1f}" if figure.cpu else ""
            lines.append(f"  {figure.name:<32} {other.value / figure.value:5.1f}{cpu}")
    return [*lines, ""]
