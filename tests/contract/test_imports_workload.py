"""The measured workload at a hundredth: lists of an office, their counts and the searches that are known."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from boligdesk.services.records.cases import CaseFilter
from boligdesk.services.records.common import Sort
from boligdesk.services.records.dwellings import DwellingFilter
from boligdesk.services.records.people import PersonFilter
from tests.contract.list_office import reasons, take

GENERATOR = Path(
    os.environ.get("BOLIGDESK_WORKLOAD", Path(__file__).parents[3] / "shared/workload/generate.py")
)


@pytest.fixture(scope="module")
def lists(tmp_path_factory):
    if not GENERATOR.is_file():
        pytest.skip("the workload generator is not on this machine")
    folder = tmp_path_factory.mktemp("lister")
    subprocess.run(
        [sys.executable, str(GENERATOR), "--scale", "0.01", "--out", str(folder)],
        check=True,
        capture_output=True,
    )
    return folder


def part(lists, name, rows):
    """The first rows of a list: members are brought in one household at a time, and that takes time."""
    lines = (lists / f"{name}.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    path = lists / f"{name}_{rows}.csv"
    path.write_text("".join(lines[: rows + 1]), encoding="utf-8")
    return path


def test_that_an_office_comes_in_from_its_lists_and_is_found(services, lists):
    expected = json.loads((lists / "expected.json").read_text(encoding="utf-8"))
    rows = expected["rows"]
    people = take(services, lists / "applicant.csv", "people")
    assert (people.read, people.created) == (rows["applicant"], rows["applicant"]), reasons(people)
    found = services.search.find("bjørk", counted=True)
    assert found.counts["people"] == expected["w2_name_hits"]
    prefix = services.search.find(expected["w2_case_prefix"], counted=True)
    assert prefix.counts["cases"] == expected["w2_case_prefix_hits"]
    assert services.search.find(expected["w2_case"]).cases[0].title == expected["w2_case"]

    for name, kind, some in (
        ("household_member", "households", 12),
        ("dwelling", "dwellings", rows["dwelling"]),
        ("application", "applications", 12),
    ):
        report = take(services, part(lists, name, some), kind)
        assert (report.read, report.rejected) == (some, 0), reasons(report)

    everybody = services.people.page(PersonFilter(), Sort("name"), 0, 1).total
    assert everybody == rows["applicant"] + 12
    assert services.cases.page(CaseFilter(state="alle"), Sort("number"), 0, 1).total >= rows["applicant"]
    assert services.dwellings.page(DwellingFilter(), Sort("address"), 0, 1).total == rows["dwelling"]
    assert services.log.check().problem is None
    assert take(services, lists / "applicant.csv", "people").unchanged == rows["applicant"]
