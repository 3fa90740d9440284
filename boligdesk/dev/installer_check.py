"""``python -m boligdesk.dev installer``: builds the program and starts it as a stranger's machine would.

The built folder is moved away from the checkout and started with an empty environment from a third folder,
so that nothing of Python, the checkout or the user can help it.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 240  # seconds; a program that waits for somebody must not wait for ever
SHIPPED = ("resources", "licenses", "boligdesk/storage/migrations")


class UnansweredError(Exception):
    """The built program did not do what was asked; the text says what it said."""


def build(folder: Path) -> Path:
    """The onedir program, built into ``folder``; its path."""
    command = [
        sys.executable,
        "-m",
        "PyInstaller",
        "build_installer.spec",
        "--noconfirm",
        "--log-level",
        "WARN",
    ]
    places = ["--distpath", str(folder / "dist"), "--workpath", str(folder / "build")]
    done = subprocess.run(
        [*command, *places], cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise UnansweredError("PyInstaller bygde ikke programmet:\n" + (done.stdout + done.stderr)[-4000:])
    return folder / "dist" / "boligdesk"


def bare_environment(home: Path, offscreen: bool) -> dict[str, str]:
    """Nothing but what the operating system itself cannot do without."""
    bare = {
        name: os.environ[name] for name in ("SYSTEMROOT", "TEMP") if os.name == "nt" and name in os.environ
    }
    if offscreen:
        bare |= {"QT_QPA_PLATFORM": "offscreen", "HOME": str(home)}
    return bare


def ask(program: Path, folder: Path, *arguments: str, offscreen: bool = False) -> str:
    """What the program answers on standard output; raises UnansweredError if it does not end well."""
    command = [str(program / ("boligdesk.exe" if os.name == "nt" else "boligdesk")), *arguments]
    told = " ".join(arguments)
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            env=bare_environment(folder, offscreen),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise UnansweredError(f"«{told}» svarte ikke på {PATIENCE} sekunder.") from late
    said = done.stdout.decode(errors="replace")
    if done.returncode != 0:
        errors = done.stderr.decode(errors="replace")
        raise UnansweredError(f"«{told}» sluttet med {done.returncode}:\n{said[-2000:]}{errors[-3000:]}")
    return said


def try_program(program: Path, folder: Path) -> list[str]:
    """Start the program in the ways that touch every shipped part; one line per thing that worked."""
    inside = program / "_internal"
    gone = [name for name in SHIPPED if not (inside / name).is_dir()]
    if gone:
        raise UnansweredError(f"Dette mangler i programmet: {', '.join(gone)}.")
    try:
        json.loads(ask(program, folder, "doctor", "--json"))
    except json.JSONDecodeError as error:
        raise UnansweredError(f"«doctor --json» svarte ikke med JSON: {error}") from error
    ask(program, folder, "demo", "--journey", str(folder / "demo"), offscreen=True)
    pictures = sorted((folder / "demo").glob("*.png"))
    if not pictures:
        raise UnansweredError("Gjennomgangen lagret ingen bilder.")
    return ["doctor svarer med JSON", f"gjennomgangen lagret {len(pictures)} bilder"]


def size_of(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def main(argv: list[str]) -> int:
    """Build, move, start. 0 when the program answers, 1 when it does not."""
    parser = argparse.ArgumentParser(prog="boligdesk.dev installer")
    parser.add_argument("--keep", type=Path, help="mappe der det ferdige programmet legges")
    options = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="boligdesk-installer-") as name:
        folder = Path(name)
        try:
            began = time.monotonic()
            built = build(folder)
            print(f"bygd på {time.monotonic() - began:.0f} s, {size_of(built) / 1e6:.0f} MB", flush=True)
            program = Path(shutil.move(built, folder / "et annet sted æøå"))
            elsewhere = folder / "arbeid"
            elsewhere.mkdir()
            for line in try_program(program, elsewhere):
                print(line, flush=True)
        except UnansweredError as error:
            print(error, file=sys.stderr)
            return 1
        if options.keep:
            shutil.copytree(program, options.keep, symlinks=True, dirs_exist_ok=True)
    return 0
