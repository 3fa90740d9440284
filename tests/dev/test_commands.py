"""The workshop's commands answer a question for help, and make nothing of it."""

from __future__ import annotations

import pytest

from boligdesk.dev.__main__ import main


@pytest.mark.parametrize("command", ["shots", "seed", "icon", "check", "gallery"])
def test_that_help_makes_no_file_or_folder(command, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main([command, "--help"]) == 0
    assert list(tmp_path.iterdir()) == []
    assert capsys.readouterr().out


def test_that_an_unknown_choice_is_not_a_folder_for_pictures(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["shots", "--hjelp"]) == 2
    assert list(tmp_path.iterdir()) == []
    assert "Bruk:" in capsys.readouterr().err
