#!/usr/bin/env python3
"""The two commands of Boligdesk. Standard library only; readable by old Pythons, so that they get an answer.

    python3 start.py          opens Boligdesk on a practice office (Windows: py start.py)
    python3 start.py test     runs the tests

It makes ``.venv`` beside itself from the hashed locks; the checkout itself is put on PYTHONPATH (no network, no
build). ``.venv/boligdesk-ready`` is written last, with the hashes: an interrupted install is simply done again.
"""

import ctypes
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from subprocess import DEVNULL, PIPE, STDOUT

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
MINIMUM = (3, 11)
PYTHON = "{}.{}".format(*sys.version_info[:2])
LOCKS = {"run": "requirements.lock", "dev": "requirements-dev.lock"}
NEEDED_SPACE = {"run": 700_000_000, "dev": 1_200_000_000}  # measured: 0.4 and 0.7 GB, and room to unpack
WINDOWS = os.name == "nt"
VENV_PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")
MARKER = VENV / "boligdesk-ready"

# The libraries that Qt opens, each with the Debian/Ubuntu package it lies in.
QT_ALWAYS = """libGL.so.1 libgl1   libEGL.so.1 libegl1   libxkbcommon.so.0 libxkbcommon0   libdbus-1.so.3 libdbus-1-3
    libfontconfig.so.1 libfontconfig1   libglib-2.0.so.0 libglib2.0-0"""
QT_X11 = """libxcb-cursor.so.0 libxcb-cursor0   libxkbcommon-x11.so.0 libxkbcommon-x11-0
    libxcb-icccm.so.4 libxcb-icccm4   libxcb-keysyms.so.1 libxcb-keysyms1   libxcb-shape.so.0 libxcb-shape0
    libxcb-xkb.so.1 libxcb-xkb1   libxcb-image.so.0 libxcb-image0   libxcb-render-util.so.0 libxcb-render-util0"""
QT_WAYLAND = """libwayland-client.so.0 libwayland-client0   libwayland-cursor.so.0 libwayland-cursor0
    libwayland-egl.so.1 libwayland-egl1"""

CAUSES = {  # what an installer's output matches -> what to tell; first hit wins
    r"no space left|os error 28|errno 28": "Disken er full. Frigjør plass og prøv igjen.",
    r"permission denied|read-only file": "Mappa kan ikke skrives til. Flytt Boligdesk til en mappe du eier.",
    r"not match the hashes|hash mismatch": "En nedlastet fil var ikke den ventede og ble avvist. Prøv igjen.",
    r"fetch|sending request|connection|timed out|resol|dns|no matching|certificate": "Fikk ikke hentet pakkene. "
    "Sjekk nettet (eventuelt proxy) og prøv igjen.",
    r"$": "Pakkene ble ikke installert.",
}

USAGE = """\
Bruk: python3 start.py [KOMMANDO] [--install]     (Windows: py start.py)

  (ingen)   åpner Boligdesk på et øvelseskontor; uten skjerm lagres bilder i ./boligdesk-demo/
  test      kjører testene; resten av linja går til pytest: start.py test tests/domain -q
  check     kjører kodesjekkene
  setup     gjør klart alt som trengs for å kjøre og teste, og ikke noe mer

  --install installerer manglende systempakker (Linux) i stedet for å bare nevne dem"""


class SetupError(Exception):
    """A plain message for the person; nothing more can be done now."""


def too_old_message(found: "tuple[int, int]") -> str:
    commands = {"win32": "winget install Python.Python.3.12", "darwin": "brew install python@3.12"}
    command = commands.get(sys.platform, "sudo apt-get install -y python3.11 python3.11-venv")
    return f"Boligdesk trenger Python 3.11 eller nyere. Dette er {found[0]}.{found[1]}. Installer med:\n{command}"


def newer_python() -> "list[str] | None":
    """The newest Python that is new enough and really starts (PATH may hold a version manager's stand-in)."""
    probe = f"import sys; sys.exit(0 if sys.version_info[:2] >= {MINIMUM} else 1)"
    commands = [["py", f"-3.{n}"] if WINDOWS else [f"python3.{n}"] for n in range(14, MINIMUM[1] - 1, -1)]
    return next((command for command in commands if run_quietly([*command, "-c", probe])[0]), None)


def display_answers() -> bool:
    """Whether a window can be opened. Qt aborts the process if not, so it is asked before Qt is."""
    if not sys.platform.startswith("linux"):
        return True
    wayland = os.environ.get("WAYLAND_DISPLAY")
    if wayland and Path(os.environ.get("XDG_RUNTIME_DIR", "/"), wayland).exists():
        return True
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True  # cannot be asked before it is installed; the missing libraries are named
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    refused = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return not refused


def missing_packages(window: bool, has_uv: bool) -> "list[str]":
    """Debian packages that must be there before anything is downloaded."""
    if not sys.platform.startswith("linux"):
        return []
    words = QT_ALWAYS.split()
    if window:
        words += (QT_X11 if os.environ.get("DISPLAY") else QT_WAYLAND).split()
    packages = []
    for library, package in zip(words[::2], words[1::2], strict=True):
        try:
            ctypes.CDLL(library)
        except OSError:
            packages.append(package)
    if not has_uv and importlib.util.find_spec("ensurepip") is None:
        of_the_system = Path(sys.executable).resolve() == Path("/usr/bin/python3").resolve()
        packages.append("python3-venv" if of_the_system else f"python3.{sys.version_info[1]}-venv")
    return packages


def require_packages(packages: "list[str]", install: bool) -> None:
    """Return when all are there; otherwise install them if asked, or name one exact command."""
    if not packages:
        return
    if shutil.which("apt-get") is None:
        raise SetupError("Systemet mangler det som ligger i disse Debian-pakkene: " + " ".join(packages))
    line = "sudo apt-get install -y " + " ".join(packages)
    if not install:
        raise SetupError("Systemet mangler noe Boligdesk trenger. Kjør dette og prøv igjen:\n" + line)
    print("Installerer systempakker: " + " ".join(packages), flush=True)
    apt = ["apt-get", "-qq"] if os.geteuid() == 0 else ["sudo", "apt-get", "-qq"]
    done = run_quietly([*apt, "install", "-y", *packages])[0]
    if not done:  # old package lists are a common reason
        run_quietly([*apt, "update"])
        done = run_quietly([*apt, "install", "-y", *packages])[0]
    if not done:
        raise SetupError("Systempakkene ble ikke installert. Prøv selv:\n" + line)


def lock_hash(kind: str) -> str:
    return hashlib.sha256((ROOT / LOCKS[kind]).read_bytes()).hexdigest()


def read_marker() -> "dict[str, str]":
    try:
        lines = MARKER.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return {}
    return dict(line.split(" ", 1) for line in lines if " " in line)


def write_marker(kind: str) -> None:
    """Say what is installed: the development lock holds everything the running one does."""
    facts = {"python": PYTHON, "place": str(VENV), "run": lock_hash("run")}
    facts.update({"dev": lock_hash("dev")} if kind == "dev" else {})
    MARKER.write_text("".join(f"{name} {value}\n" for name, value in facts.items()), encoding="utf-8")


def is_ready(kind: str) -> bool:
    wanted = {"python": PYTHON, "place": str(VENV), kind: lock_hash(kind)}
    return VENV_PYTHON.exists() and wanted.items() <= read_marker().items()


def can_be_kept() -> bool:
    """Whether the environment there fits this Python and this folder, so that packages can be added to it."""
    if read_marker().get("place", str(VENV)) != str(VENV):
        return False
    probe = "import sys; print('{}.{}'.format(*sys.version_info[:2]), sys.prefix != sys.base_prefix)"
    done, said = run_quietly([str(VENV_PYTHON), "-c", probe])
    return done and said.split() == [PYTHON, "True"]


def explain(output: str) -> str:
    """One plain sentence for what an installer answered, and its own last words."""
    found = next(cause for signs, cause in CAUSES.items() if re.search(signs, output, re.IGNORECASE))
    last = [f"\n    {line.strip()}" for line in output.splitlines() if line.strip()]
    return f"{found}\nIngenting er ødelagt." + "".join(last[-4:])


def run_quietly(command: "list[str]") -> "tuple[bool, str]":
    """Whether it went well, and all it said."""
    env = dict(child_environment(), PIP_USER="0", PIP_NO_INPUT="1", UV_SYSTEM_CERTS="1")
    try:
        done = subprocess.run(command, env=env, stdin=DEVNULL, stdout=PIPE, stderr=STDOUT, check=False)
    except OSError as error:
        return False, str(error)
    return done.returncode == 0, done.stdout.decode(errors="replace")


def install_lock(kind: str, uv: "str | None") -> None:
    """Install exactly what the lock says; with pip if uv is not there or does not reach the packages."""
    python, lock = str(VENV_PYTHON), str(ROOT / LOCKS[kind])
    if uv is not None:
        done, said = run_quietly([uv, "pip", "install", "--require-hashes", "--python", python, "-r", lock])
        if done:
            return
    done, said = run_quietly([python, "-m", "ensurepip"])
    if done:
        done, said = run_quietly([python, "-m", "pip", "install", "--require-hashes", "-r", lock])
    if not done:
        raise SetupError(explain(said))


def make_venv(kind: str) -> None:
    """A fresh environment in place of one that fits another Python, another folder or nothing."""
    if shutil.disk_usage(ROOT).free < NEEDED_SPACE[kind]:
        raise SetupError("Disken har for lite plass: Boligdesk trenger rundt 1 GB under oppsettet.")
    if VENV.exists():
        if any(VENV.iterdir()) and not (VENV / "pyvenv.cfg").exists():
            raise SetupError(f"{VENV} er ikke et Python-miljø. Flytt den bort og prøv igjen.")
        shutil.rmtree(VENV)
    made, said = run_quietly([sys.executable, "-m", "venv", "--without-pip", str(VENV)])
    if not made:
        raise SetupError(explain(said))


def prepare(kind: str, window: bool, install: bool) -> None:
    """Make ``.venv`` hold the lock ``kind``. Costs a few milliseconds when it already does."""
    ready = is_ready(kind)
    uv = None if ready else shutil.which("uv")
    if uv is not None and not run_quietly([uv, "--version"])[0]:
        uv = None  # a version manager's stand-in
    require_packages(missing_packages(window, has_uv=ready or uv is not None), install)
    if ready:
        return
    began = time.monotonic()
    print("Gjør klart Python-miljøet i .venv (noen minutter første gang) ...", flush=True)
    if not can_be_kept():
        make_venv(kind)
    MARKER.unlink(missing_ok=True)
    install_lock(kind, uv)
    write_marker(kind)
    print(f"Klart på {time.monotonic() - began:.0f} sekunder.", flush=True)


def child_environment(offscreen: bool = False) -> "dict[str, str]":
    """Ours, without what would lead the child to another Python, and with the checkout to import from."""
    strangers = ("PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV", "__PYVENV_LAUNCHER__")
    environment = {name: value for name, value in os.environ.items() if name not in strangers}
    environment["PYTHONPATH"] = str(ROOT)
    if offscreen:
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
        environment.update({"LC_ALL": "C.UTF-8"} if sys.platform.startswith("linux") else {})
    return environment


def run(arguments: "list[str]", environment: "dict[str, str]", folder: "Path | None" = None) -> int:
    code = subprocess.call([str(VENV_PYTHON), "-m", *arguments], env=environment, cwd=folder)
    if code < 0:
        print(f"Programmet stoppet uventet (signal {-code}).", flush=True)
    return code if code >= 0 else 128 - code


def pytest_arguments(extra: "list[str]", cores: int) -> "list[str]":
    """The whole suite is spread over the cores; a named part of it starts faster in one process."""
    if cores < 2 or any(not word.startswith("-") or word.startswith("-n") for word in extra):
        return extra
    return ["-n", str(min(cores, 8)), "--dist", "loadfile", *extra]


def main(arguments: "list[str]") -> int:
    """Run one command; the exit code is that of the program or of pytest."""
    if sys.version_info[:2] < MINIMUM:
        newer = newer_python()
        if newer is not None:
            return subprocess.call([*newer, str(Path(__file__).resolve()), *arguments])
        raise SetupError(too_old_message(sys.version_info[:2]))
    install = "--install" in arguments or os.environ.get("CI") == "true"
    words = [word for word in arguments if word != "--install"]
    command, extra = "".join(words[:1]), words[1:]
    if command in {"-h", "--help", "help"}:
        print(USAGE, flush=True)
        return 0
    if command not in {"", "test", "check", "setup"} or (extra and command == "setup"):
        print(f"Ukjent: {' '.join(words)}\n\n{USAGE}", flush=True)
        return 2
    if command:
        prepare("dev", window=False, install=install)
        tests = ["pytest", *pytest_arguments(extra, os.cpu_count() or 1)]
        steps = {"test": tests, "check": ["boligdesk.dev", "check", *extra]}
        return run(steps[command], child_environment(offscreen=True), ROOT) if command in steps else 0
    window = display_answers() and os.environ.get("QT_QPA_PLATFORM") != "offscreen"
    prepare("run", window=window, install=install)
    if window:
        return run(["boligdesk", "demo"], child_environment())
    print("Fant ingen skjerm. Går gjennom øvelseskontoret og lagrer bilder i boligdesk-demo.", flush=True)
    return run(["boligdesk", "demo", "--journey", "boligdesk-demo"], child_environment(offscreen=True))


def guarded(arguments: "list[str]") -> int:
    """``main`` with the things that happen to people told in plain words instead of a traceback."""
    try:
        return main(arguments)
    except SetupError as stop:
        told, code = str(stop), 1
    except KeyboardInterrupt:
        told, code = "\nAvbrutt. Kjør samme kommando igjen for å fortsette.", 130
    except OSError as error:
        told, code = explain(str(error)), 1
    print(told, file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(guarded(sys.argv[1:]))
