from __future__ import annotations

import pytest

from boligdesk.dev.faults_store import run


@pytest.mark.faults
def test_that_a_killed_program_loses_no_confirmed_save(tmp_path):
    result = run(kills=6, folder=tmp_path)
    assert result.ok, result.line()
    assert result.confirmed >= 6
