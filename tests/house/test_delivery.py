"""Locks, papers and the installer say the same as the code."""

from __future__ import annotations

import re
import tomllib
from types import SimpleNamespace
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.project import ROOT, name_of, project_files, python_files

LOCKS = ["requirements.lock", "requirements-dev.lock"]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def entries(lock: str) -> list[str]:
    """One string per requirement, continuation lines joined, comments gone."""
    text = (ROOT / lock).read_text(encoding="utf-8").replace("\\\n", " ")
    return [line.strip() for line in text.splitlines() if line.strip() and not line.strip().startswith("#")]


def pinned(lock: str) -> dict[str, str]:
    found = (re.match(r"([\w.-]+)==([\w.]+)", entry) for entry in entries(lock))
    return {canonicalize_name(match[1]): match[2] for match in found if match}


@pytest.mark.parametrize("lock", LOCKS)
def test_that_a_lock_pins_and_hashes_every_line_and_names_no_place(lock: str) -> None:
    assert "://" not in (ROOT / lock).read_text(encoding="utf-8")
    shape = re.compile(r"[\w.-]+==[\w.]+( ; .+?)?(\s+--hash=sha256:[0-9a-f]{64})+")
    assert [entry for entry in entries(lock) if not shape.fullmatch(entry)] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_that_a_lock_is_in_step_with_the_project(lock: str) -> None:
    wanted = list(PROJECT["project"]["dependencies"])
    wanted += PROJECT["dependency-groups"]["dev"] if lock == "requirements-dev.lock" else []
    versions = pinned(lock)
    out_of_step = [
        text
        for text in wanted
        if not Requirement(text).specifier.contains(
            versions.get(canonicalize_name(Requirement(text).name), "0")
        )
    ]
    assert out_of_step == []


def test_that_running_and_testing_use_the_same_versions() -> None:
    testing = pinned("requirements-dev.lock")
    assert {
        name: version for name, version in pinned("requirements.lock").items() if testing.get(name) != version
    } == {}


def test_that_the_readme_opens_with_the_two_commands() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    block = re.search(r"```\w*\n(.*?)```", text, re.DOTALL)
    assert block is not None
    assert text[: block.start()].count("\n") < 15
    assert re.search(r"^python3 start\.py(\s|$)", block[1], re.MULTILINE)
    assert re.search(r"^python3 start\.py test(\s|$)", block[1], re.MULTILINE)
    assert "py start.py" in text


def test_that_the_changelog_has_room_for_what_is_next() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(r"^## \[Unreleased\]$", text, re.MULTILINE)


def evaluated_spec() -> dict[str, Any]:
    """What the spec would hand to PyInstaller, without building."""
    given: dict[str, Any] = {}

    def analysis(scripts: list[str], **options: Any) -> SimpleNamespace:
        given.update(options, scripts=scripts)
        return SimpleNamespace(binaries=[], datas=list(options["datas"]), pure=[], scripts=scripts)

    def collect(*parts: Any, **_options: Any) -> None:
        given["shipped"] = [entry for part in parts if isinstance(part, list) for entry in part]

    def nothing(*_parts: Any, **_options: Any) -> None:
        return None

    tools = {"SPECPATH": str(ROOT), "Analysis": analysis, "PYZ": nothing, "EXE": nothing, "COLLECT": collect}
    spec = ROOT / "build_installer.spec"
    exec(compile(spec.read_text(encoding="utf-8"), spec.name, "exec"), tools)
    return given


def test_that_the_installer_ships_every_module_and_every_file() -> None:
    given = evaluated_spec()
    modules = set(given["hiddenimports"])
    shipped = {(ROOT / source).resolve() for source, _folder in given["shipped"]}
    migrations = ROOT / "boligdesk" / "storage" / "migrations"
    expected = [
        path
        for path in python_files("boligdesk")
        if ROOT / "boligdesk" / "dev" not in path.parents and path.name != "__main__.py"
    ]
    names = {
        path: ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for path in expected
    }
    forgotten = [
        name_of(path)
        for path in expected
        if not (path in shipped if migrations in path.parents else names[path] in modules)
    ]
    forgotten += [
        name_of(path)
        for path in project_files()
        if path.suffix != ".py"
        and {ROOT / "resources", ROOT / "boligdesk"} & set(path.parents)
        and path not in shipped
    ]
    assert forgotten == []


def test_that_the_installer_carries_the_licence_of_every_package() -> None:
    folders = {folder for _source, folder in evaluated_spec()["shipped"]}
    without_texts_of_their_own = {"pyside6-essentials", "shiboken6"}  # LGPL and GPL in resources/licenses
    for_others = {"colorama", "pywin32-ctypes", "backports-tarfile", "importlib-metadata", "zipp"}
    expected = {f"licenses/{name}" for name in pinned("requirements.lock")}
    allowed = {f"licenses/{name}" for name in without_texts_of_their_own | for_others}
    assert expected - folders - allowed == set()
    assert "licenses/boligdesk" in folders
    assert {"LGPL-3.0.txt", "GPL-3.0.txt"} <= {path.name for path in (ROOT / "resources/licenses").iterdir()}
