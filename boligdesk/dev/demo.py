"""``boligdesk demo``: the practice office in the window; without a screen, a journey through it with pictures."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from boligdesk.ui.main_window import MainWindow

PICTURES = Path("boligdesk-demo")


def has_display() -> bool:
    """Whether a window can be shown to somebody."""
    if os.environ.get("QT_QPA_PLATFORM") in {"offscreen", "minimal"}:
        return False
    needs_server = sys.platform.startswith("linux")
    return not needs_server or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def make_practice(path: Path) -> None:
    """What ``app.run_window`` makes practice files with; imported when used."""
    from boligdesk.dev.seed import build_practice

    build_practice(path)


def practice_clock() -> Callable[[], dt.datetime]:
    """The practice office's own day."""
    from boligdesk.dev.practice.clock import PracticeClock

    return PracticeClock()


def run_demo(journey: Path | None = None) -> int:
    """Open the practice office; with ``journey`` (or without a screen) walk through it and save pictures there."""
    from boligdesk.app import run_window

    walk = journey if journey is not None or has_display() else PICTURES
    with tempfile.TemporaryDirectory(prefix="boligdesk-ovelse-", ignore_cleanup_errors=True) as folder:
        path = Path(folder) / "ovelse.db"
        make_practice(path)
        if walk is None:
            return run_window(str(path), make_practice, practice_clock)
        return walk_through(path, walk)


def walk_through(office: Path, pictures: Path) -> int:
    """The journey on the offscreen platform; prints what was done and where the pictures are."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from boligdesk.app import run_window
    from boligdesk.dev.journey_main import MainJob

    pictures.mkdir(parents=True, exist_ok=True)
    told: list[str] = []
    journeys: list[MainJob] = []

    def start(window: MainWindow) -> None:
        window.wear("light")
        journeys.append(MainJob(window, pictures, told))
        journeys[0].begin()

    code = run_window(str(office), None, practice_clock, start)
    print("Øvelseskontoret ble åpnet uten skjerm. Dette ble gjort:")
    for line in told:
        print(f"  {line}")
    print(f"Bildene og brevene ligger i {pictures.resolve()}")
    return code if journeys and journeys[0].is_done else 1
