"""``python -m boligdesk.dev installer``: builds the program and starts it as a stranger's machine would.

The built folder is moved away from the checkout and started with an empty environment from a third folder,
so that nothing of Python, the checkout or the user can help it.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from importlib import metadata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 240  # seconds; a program that waits for somebody must not wait for ever
SHIPPED = ("resources", "licenses", "licenses/python", "boligdesk/storage/migrations")
BUILDERS = {"_pyi_rth_utils"}  # PyInstaller's own, under a licence that lets the program be anything
PEOPLE = "Fornavn;Etternavn;Telefon\nKlok;Hest;68 05 00 01\nBjørg;Blåbær;68 05 00 02\n"


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


def bare_environment(home: Path, offscreen: bool, more: dict[str, str]) -> dict[str, str]:
    """Nothing but what the operating system itself cannot do without."""
    bare = {
        name: os.environ[name] for name in ("SYSTEMROOT", "TEMP") if os.name == "nt" and name in os.environ
    }
    if offscreen:
        bare |= {"QT_QPA_PLATFORM": "offscreen"}
    if offscreen or more:  # somewhere to keep things; without it, it must still answer
        bare |= {"LOCALAPPDATA" if os.name == "nt" else "HOME": str(home)}
    return bare | more


def ask(
    program: Path,
    folder: Path,
    *arguments: object,
    offscreen: bool = False,
    more: dict[str, str] | None = None,
) -> str:
    """What the program answers on standard output; raises UnansweredError if it does not end well."""
    name = "boligdesk.exe" if os.name == "nt" else "boligdesk"
    told = " ".join(map(str, arguments))
    try:
        done = subprocess.run(
            [str(program / name), *map(str, arguments)],
            cwd=folder,
            env=bare_environment(folder, offscreen, more or {}),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise UnansweredError(f"«{told}» svarte ikke på {PATIENCE} sekunder.") from late
    said = done.stdout.decode(errors="replace")
    if done.returncode != 0:
        noted = "".join(log.read_text("utf-8") for log in sorted(folder.rglob("logg/*.log")))
        errors = done.stderr.decode(errors="replace")[-3000:]
        raise UnansweredError(
            f"«{told}» sluttet med {done.returncode}:\n{said[-2000:]}{errors}{noted[-3000:]}"
        )
    return said


def ask_json(program: Path, folder: Path, *arguments: object, more: dict[str, str] | None = None) -> Any:
    """The one JSON document a command answers with."""
    said = ask(program, folder, *arguments, "--json", more=more)
    try:
        return json.loads(said)
    except json.JSONDecodeError as error:
        raise UnansweredError(f"«{arguments[0]}» svarte ikke med JSON: {error}") from error


def strangers(program: Path) -> set[str]:
    """Packages inside the program that the running lock does not name: the workshop's, or somebody else's."""
    from PyInstaller.archive.readers import CArchiveReader

    archive = CArchiveReader(str(program / ("boligdesk.exe" if os.name == "nt" else "boligdesk")))
    inside = {name.split(".")[0] for name in archive.open_embedded_archive("PYZ.pyz").toc}
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    locked = {_canonical(name) for name in re.findall(r"^([A-Za-z0-9_.-]+)==", lock, re.MULTILINE)}
    known = {
        module
        for module, owners in metadata.packages_distributions().items()
        if locked & {_canonical(owner) for owner in owners}
    }
    unknown = inside - known - BUILDERS - set(sys.stdlib_module_names) - {"boligdesk"}
    return {name for name in unknown if not name.startswith("_sysconfigdata")}


def _canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def check_contents(program: Path) -> list[str]:
    """That what must be there is there, and nothing that must not be."""
    inside = program / "_internal"
    gone = [name for name in SHIPPED if not (inside / name).is_dir()]
    if gone:
        raise UnansweredError(f"Dette mangler i programmet: {', '.join(gone)}.")
    foreign = strangers(program)
    foreign |= {path.name for path in inside.rglob("*") if re.match(r"libreadline|libgdbm", path.name)}
    if foreign:
        raise UnansweredError(f"Dette skal ikke følge med: {', '.join(sorted(foreign))}.")
    loose = [path.relative_to(program).as_posix() for path in inside.rglob("*") if not path.exists()]
    if loose:
        raise UnansweredError(f"Disse lenkene peker på ingenting: {', '.join(loose)}.")
    packages = (inside / "licenses" / "pakker.txt").read_text("utf-8").count(": ")
    return [f"lisenslista nevner {packages} pakker, og ingen fremmede følger med"]


def check_store(program: Path, folder: Path) -> list[str]:
    """Make an office, bring in people, find one, write a workbook: what the shipped libraries are for."""
    secret, people, store = folder / "passord.txt", folder / "personer æøå.csv", folder / "kontor.db"
    secret.write_text("sol regn vind sne 42\n", encoding="utf-8")
    people.write_text(PEOPLE, encoding="cp1252")
    more = {
        "BOLIGDESK_DATABASE": str(store),
        "BOLIGDESK_PASSPHRASE_FILE": str(secret),
        "BOLIGDESK_USER": "ingrid",
    }
    ask_json(program, folder, "database", "create", "--login", "ingrid", more=more)
    report = folder / "rapport.xlsx"
    ask_json(program, folder, "import", "people", people, "--dry-run", "--report", report, more=more)
    taken = ask_json(program, folder, "import", "people", people, more=more)
    found = ask_json(program, folder, "search", "blåb", more=more)["counts"]["people"]
    healthy = ask_json(program, folder, "database", "check", more=more)["ok"]
    if (taken["created"], found, healthy, report.is_file()) != (2, 1, True, True):
        raise UnansweredError(f"Kontoret ble ikke som ventet: {taken}, {found} treff, hel: {healthy}.")
    return ["et kontor ble laget, to personer hentet inn, én funnet igjen, og en arbeidsbok skrevet"]


def try_program(program: Path, folder: Path) -> list[str]:
    """Start the program in the ways that touch every shipped part; one line per thing that worked."""
    told = check_contents(program)
    doctor = ask_json(program, folder, "doctor")
    told.append(f"doctor svarer med {len(doctor['checks'])} kontroller")
    told += check_store(program, folder)
    ask(program, folder, "demo", "--journey", folder / "demo", offscreen=True)
    pictures = sorted((folder / "demo").glob("*.png"))
    if not pictures:
        raise UnansweredError("Gjennomgangen lagret ingen bilder.")
    return [*told, f"gjennomgangen lagret {len(pictures)} bilder"]


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
