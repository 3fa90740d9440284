"""The window: first paint, a usable Min dag, and scrolling. Each start is a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING

from boligdesk.dev.bench_figures import Figure, median, timed

if TYPE_CHECKING:
    from pathlib import Path

FIRST_PAINT_TIMES, MIN_DAG_TIMES = 1.5, 5.0
_PATIENCE_S = 120
_CHILD = "boligdesk.dev.bench_child"


def _environment(compiled: Path) -> dict[str, str]:
    """As on a machine where the program was started before: its modules are compiled."""
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(compiled), "QT_QPA_PLATFORM": "offscreen"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return environment


def _spawned(arguments: list[str], compiled: Path) -> tuple[float, dict[str, float]]:
    """Milliseconds from spawn to each moment that the child tells (all on the machine's one steady clock)."""
    environment = _environment(compiled)
    began = time.monotonic_ns()
    done = subprocess.run(
        [sys.executable, "-m", _CHILD, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        timeout=_PATIENCE_S,
        check=True,
    )
    told = json.loads(done.stdout.strip().splitlines()[-1])
    return told.get("cpu_ms", 0.0), {
        name: (moment - began) / 1e6 for name, moment in told.items() if name != "cpu_ms"
    }


def start(path: Path, people: int, rounds: int) -> list[Figure]:
    """From spawn to the first paint event, and on to a Min dag with its rows. Bare and ours take turns.

    Beside them what the libraries alone take for a list out of the same file: less than that cannot be reached.
    """
    bare: list[float] = []
    bare_cpu: list[float] = []
    paint: list[float] = []
    desk: list[float] = []
    paint_cpu: list[float] = []
    desk_cpu: list[float] = []
    alone: list[float] = []
    alone_cpu: list[float] = []
    compiled = path.parent / "pyc"
    for words in (["bare"], ["libraries", str(path)], ["min_dag", str(path)]):  # to warm up
        _spawned(words, compiled)
    for _ in range(rounds):
        cpu, moments = _spawned(["bare"], compiled)
        bare.append(moments["paint"])
        bare_cpu.append(cpu)
        cpu, moments = _spawned(["libraries", str(path)], compiled)
        alone.append(moments["rows"])
        alone_cpu.append(cpu)
        cpu, moments = _spawned(["paint", str(path)], compiled)
        paint.append(moments["paint"])
        paint_cpu.append(cpu)
        cpu, moments = _spawned(["min_dag", str(path)], compiled)
        desk.append(moments["rows"])
        desk_cpu.append(cpu)
    floor = median(bare)
    note = f"gulv: et tomt QMainWindow, CPU {median(bare_cpu):.0f} ms"
    return [
        Figure(
            "første bilde", people, median(paint), floor, FIRST_PAINT_TIMES, True, median(paint_cpu), note
        ),
        Figure(
            "bibliotekene alene",
            people,
            median(alone),
            floor,
            None,
            False,
            median(alone_cpu),
            "Qt, SQLAlchemy og SQLCipher viser én liste",
        ),
        Figure("brukbar Min dag", people, median(desk), floor, MIN_DAG_TIMES, True, median(desk_cpu), note),
    ]


def key_derivation(folder: Path, rounds: int) -> list[Figure]:
    """What the passphrase costs on top of that, once per opening; slow on purpose."""
    from boligdesk.storage import keys

    path = folder / "nokkel.db"
    passphrase = "en lang setning til målingen"  # noqa: S105 - protects nothing
    keys.create_keys(path, passphrase, None)
    taken = [timed(lambda: keys.unlock(path, passphrase, None)) for _ in range(max(rounds, 5))]
    note = "kommer i tillegg ved åpning med passord"
    walls = [sample.wall for sample in taken]
    return [Figure("nøkkelen av passordet", 0, median(walls), 0.0, None, False, taken[0].cpu, note)]


def scroll(path: Path, people: int, rounds: int) -> list[Figure]:
    """A page down in the list of people; the floor is the same table over rows that are all in memory."""
    environment = _environment(path.parent / "pyc")
    done = subprocess.run(
        [sys.executable, "-m", _CHILD, "scroll", str(path), str(rounds)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=_PATIENCE_S,
        check=True,
    )
    told = json.loads(done.stdout.strip().splitlines()[-1])
    note = (
        f"{told['in_data']} spørringer i data() over {told['cells']} celler; {told['fetched']} vinduer hentet"
    )
    return [
        Figure("bla en side, median", people, told["step"], told["floor"], None, False, told["cpu"], note),
        Figure("spørringer i data()", people, float(told["in_data"]), 1.0, 0.0),
    ]
