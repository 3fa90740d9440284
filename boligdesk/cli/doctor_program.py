"""The program's part of the doctor: Python, libraries, the window's parts, the key store."""

from __future__ import annotations

import importlib
import importlib.metadata
import importlib.util
import platform
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from boligdesk import __version__

Status = Literal["ok", "warning", "error"]

LIBRARIES = (
    ("PySide6-Essentials", "PySide6"),
    ("SQLAlchemy", "sqlalchemy"),
    ("alembic", "alembic"),
    ("sqlcipher3", "sqlcipher3"),
    ("psycopg", "psycopg"),
    ("argon2-cffi", "argon2"),
    ("cryptography", "cryptography"),
    ("keyring", "keyring"),
    ("openpyxl", "openpyxl"),
    ("pypdfium2", "pypdfium2"),
    ("pillow", "PIL"),
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the answer. ``check`` is a stable English word, ``text`` holds no personal data."""

    check: str
    label: str
    status: Status
    text: str


def program_checks() -> list[Finding]:
    return [_program(), _python(), *_libraries(), _window(), _resources(), _key_store()]


def _program() -> Finding:
    built = " (ferdig bygd)" if getattr(sys, "frozen", False) else ""
    return Finding("program", "Boligdesk", "ok", f"{__version__}{built}")


def _python() -> Finding:
    return Finding("python", "Python", "ok", f"{platform.python_version()} på {platform.system()}")


def _libraries() -> list[Finding]:
    return [_library(package, module) for package, module in LIBRARIES]


def _library(package: str, module: str) -> Finding:
    name = f"library.{package.lower()}"
    if importlib.util.find_spec(module) is None:
        return Finding(name, package, "error", "mangler; installer Boligdesk på nytt")
    try:
        return Finding(name, package, "ok", importlib.metadata.version(package))
    except importlib.metadata.PackageNotFoundError:  # the built program carries the code without its papers
        return Finding(name, package, "ok", "følger med")


def _window() -> Finding:
    """Loads the window's libraries; the screen itself is not touched, so that nothing can abort."""
    try:
        importlib.import_module("boligdesk.ui.widgets")
    except ImportError as error:
        missing = str(error).split(":", 1)[0] if ".so" in str(error) else error.name or "en del"
        return Finding("window", "Vinduet", "error", f"kan ikke åpnes; {missing} mangler på maskinen")
    if not _has_offscreen():
        return Finding("window", "Vinduet", "warning", "kan åpnes, men ikke uten skjerm")
    return Finding("window", "Vinduet", "ok", "kan åpnes, også uten skjerm")


def _has_offscreen() -> bool:
    found = importlib.util.find_spec("PySide6")
    folders = [Path(place) for place in (found.submodule_search_locations or ())] if found else []
    return any(
        next(folder.glob(f"{plugins}/platforms/*qoffscreen*"), None) is not None
        for folder in folders
        for plugins in ("Qt/plugins", "plugins")
    )


def _resources() -> Finding:
    from boligdesk.domain.deadlines import load_rules

    try:
        rules = load_rules()
    except (OSError, ValueError, KeyError, TypeError):
        return Finding("resources", "Regler", "error", "fristreglene kan ikke leses; installer på nytt")
    return Finding("resources", "Regler", "ok", f"{len(rules)} fristregler")


def _key_store() -> Finding:
    from boligdesk.storage.keystores import open_key_store

    if open_key_store() is None:
        text = "fant ikke noe; passordsetningen verner databasen alene"
        return Finding("key_store", "Nøkkellager", "warning", text)
    return Finding("key_store", "Nøkkellager", "ok", "funnet")
