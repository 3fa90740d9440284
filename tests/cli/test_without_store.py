"""Commands that need no database: identifiers, deadlines, fields, help, doctor."""

from __future__ import annotations

import json

import pytest

from boligdesk.domain.identifiers import KINDS
from boligdesk.services.imports.fields import KINDS as LISTS

SHAPE = ["value", "kind", "valid", "scheme", "synthetic", "reasons"]


def test_that_a_number_under_the_2032_rule_is_told_so(run) -> None:
    done = run("identifiers", "check", "30108299939", "--json")
    (found,) = done.json
    assert list(found) == SHAPE
    assert (found["kind"], found["valid"], found["scheme"]) == ("fodselsnummer", True, "2032")
    assert done.code == 0


def test_that_identifiers_come_back_in_the_order_given(run) -> None:
    values = ["H0203", "5501-124/56", "0001"]
    assert [each["value"] for each in run("--json", "identifiers", "check", *values).json] == values


def test_that_an_invalid_identifier_is_a_finding(run) -> None:
    done = run("identifiers", "check", "H0203", "12345678901", "--json")
    assert done.code == 1
    assert [each["valid"] for each in done.json] == [True, False]
    assert done.err == ""


@pytest.mark.parametrize("kind", KINDS)
def test_that_every_kind_can_be_asked_for(run, kind: str) -> None:
    (found,) = run("identifiers", "check", "1", "--as", kind, "--json").json
    assert found["kind"] == kind


def test_that_an_unknown_kind_is_wrong_use_with_a_suggestion(run) -> None:
    done = run("identifiers", "check", "1", "--as", "kontonumer")
    assert done.code == 2
    assert "Mente du «kontonummer»" in done.err


def test_that_a_value_may_begin_with_a_hyphen(run) -> None:
    assert run("identifiers", "check", "--json", "--", "-12", "--json").code == 1


@pytest.mark.parametrize("written", ["2026-03-12", "12.03.2026", "12.3.2026"])
def test_that_a_deadline_is_worked_out_with_the_reason(run, written: str) -> None:
    done = run("deadlines", "compute", "klagefrist", "--from", written, "--json")
    found = done.json
    assert list(found) == ["rule", "from", "raw", "due", "basis", "why"]
    assert (found["rule"], found["from"]) == ("klagefrist", "2026-03-12")
    assert (found["raw"], found["due"]) == ("2026-04-02", "2026-04-07")
    assert found["basis"]
    assert "skjærtorsdag" in found["why"]
    assert done.code == 0


def test_that_a_deadline_is_told_to_people_in_words(run) -> None:
    done = run("deadlines", "compute", "klagefrist", "--from", "2026-03-12")
    assert "tirsdag 7. april 2026" in done.out
    assert "§ 29" in done.out


def test_that_every_rule_is_listed_with_where_it_comes_from(run) -> None:
    rules = run("deadlines", "rules", "--json").json
    assert {"klagefrist", "forelopig_svar"} <= {rule["key"] for rule in rules}
    wanted = {"key", "label", "length", "roll", "side", "basis", "valid_from", "valid_to", "confidence"}
    assert all(wanted <= set(rule) for rule in rules)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("deadlins",), "Mente du «deadlines»"),
        (("deadlines",), "Noe mangler i kommandoen: KOMMANDO"),
        (("deadlines", "compute"), "Noe mangler i kommandoen: REGEL, --from"),
        (("deadlines", "compute", "klagefrst", "--from", "2026-03-12"), "Mente du «klagefrist»"),
        (("deadlines", "compute", "klagefrist", "--from"), "Det mangler noe etter «--from»"),
        (("deadlines", "compute", "klagefrist", "--from", "2026-02-30"), "finnes ikke"),
        (("deadlines", "compute", "klagefrist", "--from", "i går"), "er ikke en dato"),
        (("deadlines", "compute", "klagefrist", "--from", "0026-03-12"), "Datoen kan ikke stemme"),
        (("identifiers", "check"), "Noe mangler i kommandoen: NUMMER"),
        (("deadlines", "rules", "--fargre"), "Boligdesk kjenner ikke «--fargre»"),
        (("import", "fields", "persons"), "Ukjent type liste: «persons»"),
        (("search", "klok", "--limit", "mange"), "er ikke et antall"),
        (("cases", "list", "--mine", "--unassigned"), "kan ikke brukes sammen"),
        (("cases", "list", "--due-before=i morgen"), "er ikke en dato"),
        (("doctor", "--json=ja"), "skal stå alene"),
        (("--json",), "trenger en kommando"),
    ],
)
@pytest.mark.parametrize("as_json", [False, True])
def test_that_wrong_use_is_one_norwegian_line_and_exit_code_2(
    run, arguments: tuple[str, ...], told: str, as_json: bool
) -> None:
    done = run(*(["--json"] if as_json else []), *arguments)
    assert done.code == 2
    assert told in done.err
    assert done.err.count("\n") == 1
    if as_json or "--json" in arguments:
        assert done.json["error"]["code"] == "wrong_use"
    else:
        assert done.out == ""


def test_that_a_rule_not_in_force_is_refused_not_wrong_use(run) -> None:
    done = run("deadlines", "compute", "forsinket_svar", "--from", "2026-03-12", "--json")
    assert done.code == 1
    assert done.json["error"]["field"] == "rule"


@pytest.mark.parametrize("kind", LISTS)
def test_that_the_fields_of_a_list_are_told(run, kind: str) -> None:
    fields = run("import", "fields", kind, "--json").json
    assert all(set(each) == {"field", "label", "required", "or_else", "headings", "help"} for each in fields)
    assert len({each["field"] for each in fields}) == len(fields)


def test_that_the_fields_of_the_issue_are_there(run) -> None:
    named = (
        "case_number national_id given_name family_name birth_date phone email street postcode city district "
        "created_on status"
    )
    assert set(named.split()) <= {each["field"] for each in run("import", "fields", "people", "--json").json}


@pytest.mark.parametrize(
    "arguments", [(), ("database",), ("import", "people"), ("deadlines", "compute"), ("cases", "list")]
)
def test_that_help_is_norwegian_and_fits_the_page(run, arguments: tuple[str, ...]) -> None:
    done = run(*arguments, "--help")
    assert done.code == 0
    assert done.out.startswith("Bruk: boligdesk")
    assert done.out.count("Bruk: ") == 1
    assert max(map(len, done.out.splitlines())) <= 100
    assert not any(word in done.out for word in ("usage", "options", "arguments", "show this"))
    assert "Bruk: " in run(*arguments, "--help", "--json").json["help"]


@pytest.mark.parametrize("command", [("deadlines", "rules"), ("import", "fields", "people"), ("doctor",)])
def test_that_tables_fit_the_page(run, command: tuple[str, ...]) -> None:
    assert max(map(len, run(*command).out.splitlines())) <= 100


def test_that_the_version_is_told(run) -> None:
    assert run("--version").out.startswith("Boligdesk ")
    assert run("--version", "--json").json["version"]


def test_that_the_doctor_answers_with_an_empty_environment_and_no_store(start, tmp_path) -> None:
    done = start("doctor", "--json", env={"HOME": str(tmp_path), "XDG_DATA_HOME": "", "QT_QPA_PLATFORM": ""})
    assert done.code == 0, done.out
    checks = {each["check"]: each["status"] for each in done.json["checks"]}
    assert done.json["ok"]
    assert checks["store"] == "ok"
    assert checks["window"] == "ok"
    assert set(checks.values()) <= {"ok", "warning"}
    assert not any(tmp_path.iterdir()), "the doctor leaves nothing behind"


def test_that_json_is_one_document_also_through_a_pipe_with_norwegian_letters(start) -> None:
    done = start("identifiers", "check", "blåbærsyltetøy", "--json", env={"PYTHONIOENCODING": "latin-1"})
    assert json.loads(done.out)[0]["value"] == "blåbærsyltetøy"
