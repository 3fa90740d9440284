"""Lists of applications from real files, on both stores."""

from __future__ import annotations

import datetime as dt

from boligdesk.services.records.allocation import WaitingFilter
from boligdesk.services.records.cases import CaseFilter
from boligdesk.services.records.common import Sort
from tests.contract.case_office import protect
from tests.contract.list_office import PEOPLE, bring, contents, reasons
from tests.contract.test_imports_people import only, uncleared_leader

HEAD = [
    "Id",
    "Søker-id",
    "Mottatt",
    "Prioritet",
    "Status",
    "Trenger soverom",
    "Høyeste leie",
    "Trinnfri",
    "Ønsket bydel",
]
ROWS = [
    HEAD,
    ["1", "1", "20.11.2026", "2", "mottatt", "2", "9 500,50", "vet ikke", "Sentrum"],
    ["2", "2", "02.01.2023", "1", "", "1", "", "Ja", ""],
    ["3", "3", "05.05.2022", "", "avslag", "", "", "", ""],
]  # fmt: skip


def cases(services, state="alle"):
    page = services.cases.page(CaseFilter(state=state), Sort("number"), 0, 100)
    return {row.number: services.cases.detail(row.id) for row in page.rows}


def ready(services, tmp_path):
    bring(services, tmp_path, "people", PEOPLE)


def test_that_applications_lie_on_the_cases_people_came_with(services, tmp_path):
    ready(services, tmp_path)

    report = bring(services, tmp_path, "applications", ROWS, "sok.csv")

    assert (report.created, report.rejected) == (3, 0), reasons(report)
    found = cases(services)
    assert len(found) == 3
    first = found["2024/000017"]
    assert first.application.received_on == dt.date(2026, 11, 20)
    answers = {fact.key: (fact.state, fact.value) for fact in first.application.facts if fact.id}
    assert answers["max_rent"] == ("kjent", 950050)
    assert answers["step_free"] == ("ukjent", None)
    assert services.log.check().problem is None


def test_that_a_fresh_application_has_its_deadline_and_an_old_one_only_its_task(services, tmp_path):
    ready(services, tmp_path)
    bring(services, tmp_path, "applications", ROWS, "sok.csv")

    found = cases(services)

    fresh, old = found["2024/000017"], found["2024/000018"]
    assert [deadline.rule_key for deadline in fresh.deadlines] != []
    assert old.deadlines == ()
    assert fresh.tracks != ()


def test_that_a_decided_application_is_a_closed_case(services, tmp_path):
    ready(services, tmp_path)
    bring(services, tmp_path, "applications", ROWS, "sok.csv")

    closed = cases(services, "avsluttede")

    assert [detail.outcome for detail in closed.values()] == ["avslag"]


def test_that_a_case_number_in_the_list_is_kept(services, tmp_path):
    ready(services, tmp_path)
    rows = [
        ["Søker-id", "Mottatt", "Saksnr", "Status"],
        ["3", "02.01.2025", "2025/44", ""],
        ["2", "02.01.2025", "2024/18", "innvilget"],
    ]

    report = bring(services, tmp_path, "applications", rows, "sok.csv")

    assert report.rejected == 0, reasons(report)
    assert set(cases(services)) == {"2024/000017", "2024/000018", "2025/44"}
    assert [detail.number for detail in cases(services, "avsluttede").values()] == ["2024/000018"]


def test_that_a_second_application_on_a_case_comes_back(services, tmp_path):
    ready(services, tmp_path)
    rows = [["Søker-id", "Mottatt", "Saksnr"], ["1", "02.01.2025", "2024/17"], ["1", "03.01.2025", "2024/17"]]

    report = bring(services, tmp_path, "applications", rows, "sok.csv")

    assert [row.outcome for row in report.rows] == ["created", "rejected"]
    assert "har en søknad fra før" in reasons(report)


def test_that_a_dry_run_leaves_no_trace_and_the_same_file_changes_nothing(services, store, tmp_path):
    ready(services, tmp_path)
    before = contents(store)
    dry = bring(services, tmp_path, "applications", ROWS, "sok.csv", dry=True)
    assert contents(store) == before

    assert bring(services, tmp_path, "applications", ROWS, "sok.csv").counts() == dry.counts()
    taken = contents(store)

    assert bring(services, tmp_path, "applications", ROWS, "sok.csv").unchanged == 3
    assert contents(store) == taken


def test_that_an_application_with_a_letter_for_priority_is_taken_with_a_warning(services, tmp_path):
    ready(services, tmp_path)

    report = bring(services, tmp_path, "applications", [HEAD, [*ROWS[1][:3], "A", *ROWS[1][4:]]], "sok.csv")

    assert report.created == 1, reasons(report)
    assert any(found.field == "priority" and found.level == "warning" for found in report.rows[0].findings)


def test_that_an_application_of_somebody_without_access_names_nobody(services, other_services, tmp_path):
    ready(services, tmp_path)
    protect(services, only(services, "Klok").id, "fortrolig")
    lists = uncleared_leader(services, other_services)

    report = bring(lists, tmp_path, "applications", ROWS, "sok.csv")

    assert report.rejected == 1
    assert "Klok" not in reasons(report)
    assert "ikke har tilgang" in reasons(report)


def test_that_the_applicant_group_of_a_list_is_kept_as_an_answer(services, tmp_path):
    ready(services, tmp_path)
    heads = [*HEAD, "Søkergruppe"]
    groups = ("Ungdom", "flyktning", "")
    rows = [heads, *([*row, group] for row, group in zip(ROWS[1:], groups, strict=True))]

    report = bring(services, tmp_path, "applications", rows, "sok.csv")

    assert (report.created, report.rejected) == (3, 0), reasons(report)
    assert not [text for text in reasons(report) if "øker" in str(text) and "gruppe" in str(text)]
    kept = {
        number: next(
            (fact for fact in found.application.facts if fact.key == "applicant_group" and fact.id), None
        )
        for number, found in cases(services).items()
    }
    assert sorted((fact.value, fact.text) for fact in kept.values() if fact) == [
        ("flyktning", "Bosetting av flyktning"),
        ("ungdom", "Ungdom"),
    ]
    assert {fact.observed_on for fact in kept.values() if fact} == {
        dt.date(2026, 11, 20),
        dt.date(2023, 1, 2),
    }


STAND = [
    "Id",
    "Søker-id",
    "Mottatt",
    "Status",
    "Prioritet",
    "På venteliste fra",
    "Trenger soverom",
    "Trinnfri",
    "Ønsket bydel",
]


def with_status(services, folder, *rows):
    """The report, and the open cases by the id of their applicant in the list."""
    ready(services, folder)
    report = bring(services, folder, "applications", [STAND, *rows], "status.csv")
    found = {row.subject_id: services.cases.detail(row.subject_id) for row in report.rows if row.subject_id}
    return report, [found.get(row.subject_id) for row in report.rows]


def said(report, number):
    return [(found.level, found.message) for found in report.rows[number].findings if found.field == "status"]


def test_that_the_step_a_list_gives_is_kept_on_the_case(services, tmp_path):
    report, stood = with_status(
        services,
        tmp_path,
        ["1", "1", "20.11.2026", "Under behandling", "", "", "", "", ""],
        ["2", "2", "20.11.2026", "kontroll", "", "", "", "", ""],
        ["3", "3", "20.11.2026", "Inntaksteam", "", "", "", "", ""],
    )

    assert report.created == 3, reasons(report)
    assert [case.phase for case in stood] == ["utredning", "kontroll", "inntaksteam"]
    assert said(report, 0) == [("assumed", "Under behandling er ført som trinnet Vurdering.")]
    assert services.log.check().problem is None


def test_that_those_on_the_old_waiting_list_are_put_on_ours(services, tmp_path):
    report, stood = with_status(
        services,
        tmp_path,
        ["1", "1", "20.11.2026", "Venteliste", "B", "01.10.2024", "2", "Ja", "Sentrum"],
        ["2", "2", "20.11.2026", "Godkjent", "1", "", "", "vet ikke", ""],
        ["3", "3", "20.11.2026", "I kø", "", "", "", "", ""],
    )

    assert report.created == 3, reasons(report)
    queue = {row.case_id: row for row in services.allocation.waiting(WaitingFilter()).rows}
    first, second = queue[stood[0].id], queue[stood[1].id]
    assert (first.priority_text, first.waiting_since, first.need_text) == (
        "B",
        dt.date(2024, 10, 1),
        "2 sov · trinnfri",
    )
    assert (second.priority_text, second.waiting_since) == ("A", dt.date(2026, 11, 20))
    assert len(queue) == 2
    assert [case.phase for case in stood] == ["iverksetting", "iverksetting", "utredning"]
    assert said(report, 0) == [("assumed", "Satt på ventelisten med prioritet B.")]
    assert said(report, 1) == [
        (
            "assumed",
            "Satt på ventelisten med prioritet A. Prioritet 1 er lest som A. Ventetiden er regnet fra mottatt dato.",
        )
    ]
    ((level, why),) = said(report, 2)
    assert level == "warning"
    assert "ikke satt på ventelisten, for lista gir ingen av prioritetene i reglene (A, B, C)" in why
    assert services.log.check().problem is None


def test_that_numbers_of_another_scale_are_not_taken_for_our_classes(services, tmp_path):
    report, _stood = with_status(
        services,
        tmp_path,
        ["1", "1", "20.11.2026", "Venteliste", "1", "", "", "", ""],
        ["2", "2", "20.11.2026", "Venteliste", "5", "", "", "", ""],
    )
    assert services.allocation.waiting(WaitingFilter()).total == 0
    assert [level for number in (0, 1) for level, _why in said(report, number)] == ["warning", "warning"]


def test_that_a_dry_run_and_a_second_run_put_nobody_on_the_list_twice(services, store, tmp_path):
    ready(services, tmp_path)
    rows = [STAND, ["1", "1", "20.11.2026", "Venteliste", "B", "01.10.2024", "2", "Ja", "Sentrum"]]
    before = contents(store)
    bring(services, tmp_path, "applications", rows, "status.csv", dry=True)
    assert contents(store) == before
    bring(services, tmp_path, "applications", rows, "status.csv")
    assert bring(services, tmp_path, "applications", rows, "status.csv").unchanged == 1
    assert services.allocation.waiting(WaitingFilter()).total == 1
