"""``python -m boligdesk.dev check``: everything that can be known about the code without running the tests."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Step:
    """One tool: its name and its command line after ``python``."""

    name: str
    arguments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a step said, and how many seconds it took."""

    step: Step
    passed: bool
    output: str
    seconds: float


# The slow ones first: the two lanes then end at about the same time.
STEPS = (
    Step("mypy", ("-m", "mypy", "-p", "boligdesk")),
    Step("hustester", ("-m", "pytest", "-q", "tests/house")),
    Step("mypy start.py", ("-m", "mypy", "start.py")),
    Step(
        "import-linter", ("-c", "import sys; from importlinter.cli import lint_imports_command as run; run()")
    ),
    Step("ruff check", ("-m", "ruff", "check", "--output-format", "concise", ".")),
    Step("ruff format", ("-m", "ruff", "format", "--check", "--output-format", "concise", ".")),
)


def run_step(step: Step) -> Outcome:
    began = time.monotonic()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, *step.arguments],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    return Outcome(step, done.returncode == 0, done.stdout + done.stderr, time.monotonic() - began)


def main(argv: list[str]) -> int:
    """Run all steps, two at a time; 0 when all passed, 1 with the findings otherwise."""
    unknown = [word for word in argv if word not in {step.name for step in STEPS}]
    if unknown:
        print(f"Ukjent sjekk: {', '.join(unknown)}. Velg blant: {', '.join(step.name for step in STEPS)}.")
        return 2
    wanted = [step for step in STEPS if not argv or step.name in argv]
    began = time.monotonic()
    failed: list[Outcome] = []
    with ThreadPoolExecutor(max_workers=min(2, os.cpu_count() or 1)) as lanes:
        for outcome in lanes.map(run_step, wanted):
            verdict = "i orden" if outcome.passed else "FUNN"
            print(f"{outcome.step.name:<14} {verdict:<8} {outcome.seconds:5.1f} s", flush=True)
            failed += [] if outcome.passed else [outcome]
    for outcome in failed:
        print(f"\n--- {outcome.step.name}\n{outcome.output.rstrip()}")
    names = ", ".join(outcome.step.name for outcome in failed)
    told = f"Ikke i orden: {names}." if failed else "Alt i orden."
    print(f"\n{told} {time.monotonic() - began:.0f} sekunder.")
    return 1 if failed else 0
