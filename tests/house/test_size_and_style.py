"""The budget and the manners of the code (README, "Habits")."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.house.project import ROOT, name_of, project_files, python_files

GENERATED = ROOT / "boligdesk" / "storage" / "migrations" / "versions"  # frozen history, never edited
SOURCES = [path for path in python_files("boligdesk", "start.py") if GENERATED not in path.parents]
TESTS = python_files("tests")
LONGEST_FILE = 500
LONGEST_FUNCTION = 60


def lines_of(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def test_that_no_file_is_longer_than_the_budget() -> None:
    sizes = {name_of(path): len(lines_of(path)) for path in [*SOURCES, *TESTS]}
    assert {name: size for name, size in sizes.items() if size > LONGEST_FILE} == {}


def test_that_no_function_is_longer_than_the_budget() -> None:
    sizes = {
        f"{name_of(path)}:{node.lineno} {node.name}": (node.end_lineno or 0) - node.lineno + 1
        for path in SOURCES
        for node in functions(path)
    }
    assert {name: size for name, size in sizes.items() if size > LONGEST_FUNCTION} == {}


def test_that_nothing_is_left_for_later() -> None:
    words = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
    text_files = [p for p in project_files() if p.suffix in {".py", ".md", ".spec", ".json"}]
    found = [
        f"{name_of(path)}:{number}"
        for path in text_files
        for number, line in enumerate(lines_of(path), 1)
        if words.search(line)
    ]
    assert found == []


def catches_everything(node: ast.ExceptHandler) -> bool:
    caught = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
    return any(
        kind is None or (isinstance(kind, ast.Name) and kind.id in {"Exception", "BaseException"})
        for kind in caught
    )


def test_that_bugs_are_caught_only_where_they_are_told_to_a_person() -> None:
    allowed = ("boligdesk/ui/tasks.py", "boligdesk/app.py", "boligdesk/cli/")
    found = [
        f"{name_of(path)}:{node.lineno}"
        for path in SOURCES
        if not name_of(path).startswith(allowed)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ExceptHandler)
        and catches_everything(node)
        and not (node.body and isinstance(node.body[-1], ast.Raise) and node.body[-1].exc is None)
    ]
    assert found == [], (
        "a handler that ends with a bare raise (a rollback) is fine; others must name the error"
    )


def test_that_only_commands_print() -> None:
    allowed = ("boligdesk/cli/", "boligdesk/dev/", "start.py")
    found = [
        f"{name_of(path)}:{node.lineno}"
        for path in SOURCES
        if not name_of(path).startswith(allowed)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert found == []


def test_that_every_test_is_named_after_a_fact() -> None:
    found = [
        f"{name_of(path)}:{node.lineno} {node.name}"
        for path in TESTS
        if path.name.startswith("test_")
        for node in functions(path)
        if node.name.startswith("test") and not node.name.startswith("test_that_")
    ]
    assert found == []


def test_that_every_file_of_tests_is_collected() -> None:
    stray = [
        name_of(path)
        for path in TESTS
        if not path.name.startswith("test_")
        and any(node.name.startswith("test_") for node in functions(path))
    ]
    assert stray == []


REGISTRY = re.compile(r"py(?:pi|thonhosted)\.org|--(?:extra-)?index-url|--find-[l]inks|npmjs\.(?:com|org)")
# Paths of the machines it was made on: examples like a home folder with a made-up name are no leak.
MACHINE = re.compile(r"(?<![\w.])/(?:root|work|opt/wheels|opt/pypi)\b|" + re.escape(ROOT.as_posix()) + r"\b")


@pytest.mark.parametrize("pattern", [REGISTRY, MACHINE], ids=["registry", "machine path"])
def test_that_no_file_names(pattern: re.Pattern[str]) -> None:
    found = []
    for path in project_files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{name_of(path)}: {match.group()}" for match in pattern.finditer(text)]
    assert found == []
