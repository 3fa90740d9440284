from __future__ import annotations

import json

import pytest

from boligdesk import app
from boligdesk.dev import bench, bench_allocation, bench_import, bench_writing
from boligdesk.dev.bench_figures import Figure, median, p95
from boligdesk.storage.location import file_location


def test_that_p95_is_the_value_that_few_pass():
    values = [float(number) for number in range(1, 101)]
    assert p95(values) == 95.0
    assert p95([7.0]) == 7.0
    assert median([1.0, 9.0, 2.0]) == 2.0


def test_that_a_limit_is_kept_in_milliseconds_or_in_times_the_floor():
    assert Figure("a", 0, 20.0, 1.0, 30.0).is_kept is True
    assert Figure("a", 0, 40.0, 1.0, 30.0).is_kept is False
    assert Figure("a", 0, 40.0, 10.0, 5.0, limit_is_ratio=True).is_kept is True
    assert Figure("a", 0, 40.0, 10.0).is_kept is None


def test_that_growth_is_told_from_the_smallest_office_to_the_largest():
    figures = [Figure("søk", 10, 2.0, 1.0, cpu=1.0), Figure("søk", 100, 6.0, 1.0, cpu=2.0)]
    assert bench.growth(figures)[1].split() == ["søk", "3.0,", "2.0"]
    assert bench.growth(figures[:1]) == []


def test_that_a_run_measures_a_tiny_office_and_leaves_its_figures_in_a_file(tmp_path, capsys):
    told = tmp_path / "tall.json"
    arguments = ["sok", "sak", "lister", "--people", "200", "--rounds", "1"]
    bench.main([*arguments, "--json", str(told), "--cache", str(tmp_path / "lager")])
    figures = {figure["name"]: figure for figure in json.loads(told.read_text(encoding="utf-8"))["figures"]}
    assert {"søk, p95", "sak med alt, p95", "saker etter due", "logg", "boliger"} <= set(figures)
    assert all(figure["value"] > 0 and figure["floor"] > 0 for figure in figures.values())
    assert "belastning" in capsys.readouterr().out
    assert [path.name for path in (tmp_path / "lager").glob("*.db")] == ["200.db"]


@pytest.mark.timeout(120)
def test_that_starting_and_scrolling_are_measured_in_programs_of_their_own(tmp_path):
    figures = {
        one.name: one for one in bench.measure(["start", "bla"], [200], 1, 0, cache=tmp_path / "lager")
    }
    assert figures["første bilde"].value > 0
    assert figures["brukbar Min dag"].value > figures["første bilde"].value
    assert figures["spørringer i data()"].value == 0


def test_that_every_row_of_the_lists_to_bring_in_is_good(tmp_path):
    figures = bench_import.imports(tmp_path, 20, 1)
    assert [figure.note for figure in figures] == ["20 av 20 tatt inn"] * 4


def test_that_an_unknown_measurement_is_refused(capsys):
    assert bench.main(["fart"]) == 2
    assert "Ukjent måling: fart" in capsys.readouterr().err


def test_that_a_letter_is_measured_against_bare_reportlab():
    drawn, checked, filled = bench.measure(["brev"], [], 1, 0)
    assert drawn.floor > 0
    assert drawn.limit == 2.0
    assert "godkjent" in drawn.note
    assert checked.value > 0
    assert filled.value > 0


def test_that_finishing_a_letter_is_measured_against_drawing_it(tmp_path):
    location = file_location(tmp_path / "kontor.db")
    desk, _key = app.create_desk(location, ask=None, login="skriver", name="S. Kriver")
    try:
        figure = bench_writing.finishing(desk, 1)
    finally:
        desk.close()
    assert (figure.limit, figure.limit_is_ratio) == (150.0, False)
    assert figure.floor > 0
    assert figure.note.startswith("3 sider")


def test_that_a_shortlist_is_measured_against_the_bare_fetch_of_its_rows(tmp_path):
    whole, quick, kept, listed = bench_allocation.allocation(tmp_path, 1, 300)
    assert (whole.limit, listed.limit) == (300.0, 50.0)
    assert min(one.floor for one in (whole, quick, kept, listed)) > 0
    assert "av 300" in whole.note
