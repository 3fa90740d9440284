"""A Full HD screen at 200 %: 960 x 540 logical pixels, the least that ui.md 3.1 asks of every page."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

CHILD = Path(__file__).with_name("every_page.py")
ROOT = CHILD.parents[2]
MOST_SECONDS = 300


def test_that_every_page_is_whole_at_200_percent():
    wanted = {**os.environ, "QT_SCALE_FACTOR": "2", "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, str(CHILD), "960", "540"],
        env=wanted, cwd=ROOT, capture_output=True, text=True, timeout=MOST_SECONDS, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout.splitlines()[-1])
    assert seen["ratio"] == 2.0
    assert len(seen["places"]) > 15
    assert seen["faults"] == []
