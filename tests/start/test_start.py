"""start.py in a folder of its own: what it decides and what it says. Nothing is downloaded here."""

from __future__ import annotations

import ast
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "start.py"
LINUX = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="system packages are a matter of Linux"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A checkout with æ and a space in its name, with two small locks and no environment."""
    place = tmp_path / "min mappe æ"
    place.mkdir()
    shutil.copy(SOURCE, place)
    (place / "requirements.lock").write_text("en\n", encoding="utf-8")
    (place / "requirements-dev.lock").write_text("en\nto\n", encoding="utf-8")
    return place


@pytest.fixture
def start(folder: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("start_under_test", folder / "start.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def make_environment(start: ModuleType) -> None:
    """A real environment without packages (0.1 s)."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(start.VENV)], check=True)


def started(folder: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(folder / "start.py"), *words],
        env={"LC_ALL": "C.UTF-8", **environment},
        cwd=folder.parent,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_that_help_tells_the_commands_and_touches_nothing(folder: Path) -> None:
    done = started(folder, "--help")
    assert done.returncode == 0
    for word in ("test", "check", "setup", "--install"):
        assert f"\n  {word}" in done.stdout
    assert not (folder / ".venv").exists()


def test_that_an_unknown_word_is_wrong_use(folder: Path) -> None:
    done = started(folder, "tset")
    assert done.returncode == 2
    assert "Ukjent: tset" in done.stdout
    assert not (folder / ".venv").exists()


def test_that_an_old_python_can_read_the_file() -> None:
    ast.parse(SOURCE.read_text(encoding="utf-8"), feature_version=(3, 7))


def test_that_the_file_uses_the_standard_library_only() -> None:
    tree = ast.parse(SOURCE.read_text(encoding="utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in names} <= sys.stdlib_module_names


def test_that_an_old_python_is_told_which_command_installs_a_new_one(start: ModuleType) -> None:
    said = start.too_old_message((3, 9))
    assert "3.11 eller nyere" in said
    assert "3.9" in said
    assert "install" in said.splitlines()[-1]


def test_that_a_stand_in_for_a_python_is_not_taken_for_one(
    start: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, code in (("python3.14", "exit 127"), ("python3.12", "exit 0")):
        (tmp_path / name).write_text(f"#!/bin/sh\n{code}\n", encoding="utf-8")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(start, "WINDOWS", False)
    assert start.newer_python() == ["python3.12"]


@LINUX
def test_that_missing_libraries_become_one_exact_command(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "apt-get").write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    (tmp_path / "apt-get").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(
        start, "QT_ALWAYS", "libc.so.6 libc6  libfinnesikke.so.1 libegl1  libhellerikke.so.2 libgl1"
    )
    packages = start.missing_packages(window=False, has_uv=True)
    assert packages == ["libegl1", "libgl1"]
    with pytest.raises(start.SetupError) as refused:
        start.require_packages(packages, install=False)
    lines = str(refused.value).splitlines()
    assert [line for line in lines if "apt-get" in line] == ["sudo apt-get install -y libegl1 libgl1"]


@LINUX
def test_that_a_window_needs_more_than_offscreen(start: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start, "QT_ALWAYS", "")
    monkeypatch.setattr(start, "QT_X11", "libfinnesikke.so.1 libxcb-cursor0")
    monkeypatch.setenv("DISPLAY", ":0")
    assert start.missing_packages(window=True, has_uv=True) == ["libxcb-cursor0"]
    assert start.missing_packages(window=False, has_uv=True) == []


@LINUX
def test_that_a_python_without_ensurepip_names_its_package_unless_uv_is_there(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(start, "QT_ALWAYS", "")
    monkeypatch.setattr(start.importlib.util, "find_spec", lambda _name: None)
    monkeypatch.setattr(start.sys, "executable", "/usr/bin/python3")
    assert start.missing_packages(window=False, has_uv=False) == ["python3-venv"]
    assert start.missing_packages(window=False, has_uv=True) == []


@LINUX
def test_that_a_display_that_does_not_answer_counts_as_none(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.delenv("DISPLAY", raising=False)
    assert not start.display_answers()
    monkeypatch.setenv("DISPLAY", ":4711")
    assert not start.display_answers()


def test_that_an_environment_is_ready_only_with_its_marker_and_the_same_lock(
    start: ModuleType, folder: Path
) -> None:
    make_environment(start)
    assert not start.is_ready("run")
    start.write_marker("run")
    assert start.is_ready("run")
    assert not start.is_ready("dev")
    start.write_marker("dev")
    assert start.is_ready("run")
    assert start.is_ready("dev")
    (folder / "requirements.lock").write_text("noe annet\n", encoding="utf-8")
    assert not start.is_ready("run")


@pytest.mark.parametrize("broken", ["", "python", "\x00\x01", "run abc\ndev"])
def test_that_a_broken_marker_means_not_ready(start: ModuleType, broken: str) -> None:
    make_environment(start)
    start.MARKER.write_text(broken, encoding="utf-8")
    assert not start.is_ready("run")


def test_that_an_environment_is_kept_only_for_this_python_and_this_folder(start: ModuleType) -> None:
    assert not start.can_be_kept()
    make_environment(start)
    assert start.can_be_kept(), "an interrupted install goes on where it was"
    start.write_marker("dev")
    text = start.MARKER.read_text(encoding="utf-8")
    start.MARKER.write_text(
        text.replace(str(start.VENV), str(start.VENV.parent / "flyttet")), encoding="utf-8"
    )
    assert not start.can_be_kept()
    start.write_marker("dev")
    start.PYTHON = "3.99"
    assert not start.is_ready("dev")
    assert not start.can_be_kept()


def test_that_an_environment_for_another_folder_is_made_anew(start: ModuleType) -> None:
    make_environment(start)
    (start.VENV / "gammelt").touch()
    start.make_venv("dev")
    assert not (start.VENV / "gammelt").exists()
    assert start.can_be_kept()


def test_that_a_folder_of_somebody_elses_is_not_deleted(start: ModuleType) -> None:
    start.VENV.mkdir()
    (start.VENV / "viktig.txt").touch()
    with pytest.raises(start.SetupError, match="ikke et Python-miljø"):
        start.make_venv("run")
    assert (start.VENV / "viktig.txt").exists()


def test_that_a_full_disk_is_told_before_anything_is_downloaded(start: ModuleType) -> None:
    start.NEEDED_SPACE["run"] = 10**18
    with pytest.raises(start.SetupError, match="for lite plass"):
        start.make_venv("run")
    assert not start.VENV.exists()


def test_that_an_interrupted_install_leaves_no_marker(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    make_environment(start)
    start.write_marker("run")

    def interrupted(_kind: str, _uv: str | None) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(start, "missing_packages", lambda *_needs, **_more: [])
    monkeypatch.setattr(start, "install_lock", interrupted)
    assert start.guarded(["setup"]) == 130
    assert "Avbrutt" in capsys.readouterr().err
    assert not start.MARKER.exists()
    assert start.can_be_kept()


@pytest.mark.parametrize(
    ("output", "told"),
    [
        ("error: failed to fetch `x`\n cause: dns error", "Sjekk nettet"),
        ("ERROR: No matching distribution found for alembic==1.20.1", "Sjekk nettet"),
        ("OSError: [Errno 28] No space left on device", "Disken er full"),
        ("error: Permission denied (os error 13)", "kan ikke skrives til"),
        ("THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE", "avvist"),
        ("noe helt annet", "ble ikke installert"),
    ],
)
def test_that_what_stopped_an_install_is_told_in_plain_words(
    start: ModuleType, output: str, told: str
) -> None:
    assert told in start.explain(output).splitlines()[0]


@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write everywhere")
def test_that_a_folder_that_cannot_be_written_is_told_in_plain_words(folder: Path) -> None:
    folder.chmod(0o555)
    done = started(folder, "setup", PATH=os.environ["PATH"])
    folder.chmod(0o755)
    assert done.returncode == 1
    assert "kan ikke skrives til" in done.stderr
    assert "Traceback" not in done.stderr


def test_that_the_child_gets_the_checkout_and_no_strangers_environment(
    start: ModuleType, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VIRTUAL_ENV", "noe annet")
    monkeypatch.setenv("PYTHONHOME", "noe annet")
    monkeypatch.delenv("QT_QPA_PLATFORM")
    environment = start.child_environment(offscreen=True)
    assert environment["PYTHONPATH"] == str(folder)
    assert environment["QT_QPA_PLATFORM"] == "offscreen"
    assert {"VIRTUAL_ENV", "PYTHONHOME"}.isdisjoint(environment)
    assert "QT_QPA_PLATFORM" not in start.child_environment()


def test_that_the_whole_suite_is_spread_and_a_part_is_not(start: ModuleType) -> None:
    assert start.pytest_arguments([], cores=2)[:2] == ["-n", "2"]
    assert start.pytest_arguments(["-q"], cores=2)[:2] == ["-n", "2"]
    assert start.pytest_arguments(["tests/domain", "-q"], cores=2) == ["tests/domain", "-q"]
    assert start.pytest_arguments(["-n0"], cores=2) == ["-n0"]
    assert start.pytest_arguments([], cores=1) == []
