"""Start-up time is a promise, and the rooms do not know one another."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.project import ROOT, python_files

HEAVY = [
    *("openpyxl", "alembic", "psycopg", "keyring", "holidays", "pypdfium2"),
    *("reportlab", "pikepdf", "page", "jinja2", "markdown_it"),
]
ROOMS = ["domain", "services", "ui", "documents/room.py", "app.py"]


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def test_that_nothing_heavy_is_loaded_before_it_is_used() -> None:
    modules = [module_name(path) for room in ROOMS for path in python_files(f"boligdesk/{room}")]
    assert modules
    program = (
        "import importlib, sys\n"
        f"for name in {modules!r}:\n"
        "    importlib.import_module(name)\n"
        f"    heavy = sorted(set({HEAVY!r}) & set(sys.modules))\n"
        "    if heavy: sys.exit(f'{name} imports {heavy}')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


CHECK_LAYERS = "from importlinter.cli import lint_imports_command as run; run(['--no-cache'])"


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, '.'); {CHECK_LAYERS}"],
        cwd=folder,
        env={"PATH": "", "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("room", "line", "contract"),
    [
        ("services", "import sqlalchemy", "Databases live in storage BROKEN"),
        ("storage", "from PySide6 import QtCore", "Qt lives in ui BROKEN"),
        ("ui", "def late() -> None:\n    import openpyxl", "Workbooks live in exchange BROKEN"),
        ("services", "import reportlab", "Letters and PDF files live in documents BROKEN"),
        ("domain", "import boligdesk.services", "know one another BROKEN"),
        ("ui", "import boligdesk.storage", "know one another BROKEN"),
        ("attic", "", "attic"),
    ],
)
def test_that_a_wrong_import_is_seen(tmp_path: Path, room: str, line: str, contract: str) -> None:
    for name in ["", "domain", "services", "ui", "storage", "exchange", "cli", room]:
        folder = tmp_path / "boligdesk" / name
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "__init__.py").touch()
    (tmp_path / "boligdesk" / room / "__init__.py").write_text(line, encoding="utf-8")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    done = lint_imports(tmp_path)
    assert done.returncode == 1
    assert contract in " ".join((done.stdout + done.stderr).split())
