"""Sentences of tasks."""

from __future__ import annotations

import datetime as dt

from boligdesk.domain.catalog import TaskKind
from boligdesk.domain.tasks import TaskKnown, why


def test_that_a_name_with_a_full_stop_gives_no_second_one():
    day = dt.date(2026, 11, 24)
    said = why(TaskKnown(TaskKind.OTHER, day, day, "apen", made_by="Ingrid B."))

    assert said.startswith("Oppgaven ble lagt inn 24. november 2026 av Ingrid B. ")
    assert ".." not in said
