"""What ``start.py`` does without a screen, on a small office: the main job, with pictures and the letters as files."""

from __future__ import annotations

from boligdesk.dev.journey_main import MainJob
from boligdesk.documents.room import PaperRoom
from tests.ui.harness import settle
from tests.ui.pages.letter_office import furnish, second_leader


def test_that_the_demo_walks_the_main_job_and_keeps_pictures_and_letters(
    desk_window, opened, office, tmp_path
):
    furnish(office)
    second_leader(opened, office)
    told = []
    journey = MainJob(desk_window, tmp_path, told)
    journey._walk()
    settle()
    assert journey.is_done
    assert not desk_window.isVisible()
    pictures = sorted(path.name for path in tmp_path.glob("*.png"))
    assert pictures[0] == "01-min-dag.png"
    assert len(pictures) > 25
    letters = sorted(tmp_path.glob("*.pdf"))
    assert [path.name for path in letters] == ["brev-1-bistand.pdf", "brev-2-bolig.pdf", "brev-3-tilbud.pdf"]
    assert all(PaperRoom().check(path.read_bytes()).is_valid for path in letters)
    assert any("godkjente brevet" in line for line in told)
