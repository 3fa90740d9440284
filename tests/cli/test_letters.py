"""The commands about letters: kinds, a letter as a file, and the check of a file."""

from __future__ import annotations

import errno
import os

import pytest

from boligdesk.cli.main import main
from boligdesk.domain.letters import LetterKind

KINDS = LetterKind.codes()


@pytest.fixture
def nowhere(tmp_path, monkeypatch):
    """No database at all: what needs none must not look for one."""
    monkeypatch.setenv("BOLIGDESK_DATABASE", str(tmp_path / "finnes ikke" / "x.db"))
    return tmp_path


@pytest.fixture
def letter(nowhere, run):
    path = nowhere / "brev.pdf"
    assert run("letters", "render", "tilbud", "--language", "nb", "--example", "-o", path).code == 0
    return path


def test_that_the_kinds_are_told(run, nowhere) -> None:
    kinds = run("letters", "kinds", "--json").json
    keys = ["number", "kind", "label", "languages", "approval", "group", "appeal"]
    assert [list(each) for each in kinds] == [keys] * len(KINDS)
    assert [(each["number"], each["kind"]) for each in kinds] == [
        (2, "forelopig_svar"),
        (4, "mangler"),
        (8, "avslag_bolig"),
        (9, "avslag_bistand"),
        (10, "innvilgelse_bolig"),
        (11, "vedtak_bistand"),
        (12, "tilbud"),
    ]
    assert all(each["languages"] == ["nb", "nn"] for each in kinds)
    assert {each["kind"] for each in kinds if each["appeal"]} == set(KINDS[2:6])
    told = run("letters", "kinds").out
    assert "Avslag på kommunal bolig" in told
    assert max(map(len, told.splitlines())) <= 100


@pytest.mark.parametrize("language", ["nb", "nn"])
@pytest.mark.parametrize("kind", KINDS)
def test_that_an_example_of_every_kind_becomes_a_lawful_file(run, nowhere, kind, language) -> None:
    path = nowhere / "brev.pdf"
    done = run("letters", "render", kind, "--language", language, "--example", "-o", path, "--json")
    assert (done.code, done.err) == (0, "")
    assert (done.json["kind"], done.json["language"], done.json["draft"]) == (kind, language, False)
    assert done.json["size"] == path.stat().st_size
    checked = run("letters", "check", path, "--json")
    assert checked.code == 0
    assert checked.json == {
        "file": str(path),
        "is_valid": True,
        "standards": ["PDF/A-2a", "PDF/UA-1"],
        "pages": done.json["pages"],
        "findings": [],
    }


def test_that_a_kind_may_be_named_by_its_number_and_the_same_letter_comes_twice(run, nowhere) -> None:
    done = [
        run(
            "letters", "render", kind, "--language", "nb", "--example", "-o", nowhere / "b.pdf", "--json"
        ).json
        for kind in ("8", "avslag_bolig")
    ]
    assert done[0] == done[1]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (
            ("render", "avslag_boli", "--language", "nb", "--example", "-o", "x.pdf"),
            "Mente du «avslag_bolig»",
        ),
        (("render", "99", "--language", "nb", "--example", "-o", "x.pdf"), "Ukjent brev: «99»"),
        (("render", "tilbud", "--language", "se", "--example", "-o", "x.pdf"), "Ukjent målform: «se»"),
        (("render", "tilbud", "--language", "nb", "-o", "x.pdf"), "Skriv en av disse: --case --example"),
        (
            ("render", "tilbud", "--language", "nb", "--example", "--case", "2026/1", "-o", "x.pdf"),
            "kan ikke brukes sammen",
        ),
        (("render", "tilbud", "--language", "nb", "--example"), "mangler i kommandoen: -o/--output"),
        (("render", "tilbud", "--example", "-o", "x.pdf"), "mangler i kommandoen: --language"),
        (("check",), "mangler i kommandoen: FIL"),
        (("chek", "x.pdf"), "Mente du «check»"),
        ((), "mangler i kommandoen: KOMMANDO"),
    ],
)
@pytest.mark.parametrize("as_json", [False, True])
def test_that_wrong_use_is_told_in_one_line(run, nowhere, monkeypatch, arguments, told, as_json) -> None:
    monkeypatch.chdir(nowhere)
    done = run("letters", *arguments, *(["--json"] if as_json else []))
    assert done.code == 2
    assert told in done.err
    assert done.err.count("\n") == 1
    assert not as_json or done.json["error"]["code"] == "wrong_use"
    assert list(nowhere.iterdir()) == []


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "Fant ikke fila."),
        (b"", "Fila er tom."),
        (b"Dette er ikke en PDF.", "kan ikke kontrolleres"),
        (b"%PDF-1.7\n%%EOF\n", "kan ikke kontrolleres"),
        (b"\x00" * 5000, "kan ikke kontrolleres"),
        (b"PK\x03\x04" + b"x" * 500, "kan ikke kontrolleres"),
        ("folder", "Dette er en mappe"),
    ],
)
def test_that_what_is_no_pdf_is_refused_in_plain_words(run, nowhere, content, told) -> None:
    path = nowhere / "en fil.pdf"
    if content == "folder":
        path.mkdir()
    elif content is not None:
        path.write_bytes(content)
    done = run("letters", "check", path, "--json")
    assert done.code == 1
    assert told in done.err
    assert done.err.count("\n") == 1
    assert done.json["error"]["title"]
    assert done.json["error"]["code"] in {"refused", "invalid_input"}


def test_that_half_a_letter_is_not_approved(run, letter) -> None:
    whole = letter.read_bytes()
    for part in (len(whole) // 3, len(whole) - 40):
        letter.write_bytes(whole[:part])
        done = run("letters", "check", letter)
        assert done.code == 1
        assert "følger ikke" in done.out or "kontrolleres" in done.err


def test_that_a_pdf_that_is_not_to_be_kept_for_ever_is_a_finding(run, nowhere) -> None:
    import pikepdf

    path = nowhere / "bare sider.pdf"
    with pikepdf.new() as file:
        file.add_blank_page()
        file.save(path)
    done = run("letters", "check", path, "--json")
    assert (done.code, done.err) == (1, "")
    assert done.json["is_valid"] is False
    assert done.json["pages"] == 1
    assert {each["standard"] for each in done.json["findings"]} == {"PDF/A-2a", "PDF/UA-1"}
    assert all(each["text"].endswith(".") for each in done.json["findings"])
    told = run("letters", "check", path)
    assert told.code == 1
    assert told.out.startswith("Fila følger ikke PDF/A-2a og PDF/UA-1. Den har 1 side.")


def test_that_a_locked_pdf_is_refused(run, letter) -> None:
    import pikepdf

    locked = letter.with_name("låst.pdf")
    with pikepdf.open(letter) as file:
        file.save(locked, encryption=pikepdf.Encryption(user="x", owner="y"))
    done = run("letters", "check", locked, "--json")
    assert done.code == 1
    assert done.json.get("is_valid") is False or done.json["error"]["title"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_that_a_file_one_may_not_read_is_told(run, letter) -> None:
    letter.chmod(0)
    done = run("letters", "check", letter)
    assert (done.code, done.err.split(".")[0]) == (1, "Du har ikke tilgang til å lese fila")


def rendered(run, path, *more):
    return run("letters", "render", "mangler", "--language", "nb", "--example", "-o", path, *more)


def test_that_a_letter_is_never_written_over_a_folder_or_into_one_that_is_not_there(run, nowhere) -> None:
    folder = nowhere / "mappe"
    folder.mkdir()
    assert "mappe med dette navnet" in rendered(run, folder).err
    done = rendered(run, nowhere / "finnes ikke" / "brev.pdf", "--json")
    assert (done.code, done.json["error"]["title"]) == (1, "Mappa finnes ikke.")
    assert list(nowhere.rglob("*")) == [folder]


def test_that_a_letter_is_private_and_replaces_an_older_one_whole(run, nowhere) -> None:
    path = nowhere / "brev.pdf"
    path.write_bytes(b"gammelt")
    assert rendered(run, path).code == 0
    assert path.read_bytes().startswith(b"%PDF-")
    assert path.stat().st_mode & 0o077 == 0 or os.name == "nt"


def test_that_a_full_disk_leaves_the_old_file_and_no_half_one(run, nowhere, monkeypatch) -> None:
    path = nowhere / "brev.pdf"
    path.write_bytes(b"gammelt")

    def full(_file, _pdf):
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr("boligdesk.cli.letters._write", full)
    done = rendered(run, path, "--json")
    assert (done.code, done.json["error"]["title"]) == (1, "Disken er full.")
    assert path.read_bytes() == b"gammelt"
    assert list(nowhere.iterdir()) == [path]


def test_that_a_letter_of_a_case_needs_a_database(run, nowhere) -> None:
    done = run(
        *("letters", "render", "tilbud", "--language", "nb", "--case", "2026/1"),
        *("-o", nowhere / "x.pdf", "--json"),
    )
    assert done.code == 1
    assert done.json["error"]["code"] == "store_unavailable"
    assert list(nowhere.iterdir()) == []


@pytest.mark.parametrize("command", [("vacancies", "list"), ("shortlist", "0001"), ("waiting-list",)])
def test_that_what_needs_a_database_says_so(run, nowhere, command) -> None:
    done = run(*command, "--json")
    assert (done.code, done.json["error"]["code"]) == (1, "store_unavailable")
    assert done.err.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("vacancies", "list", "--stage", "ledg"), "Mente du «ledig»"),
        (("vacancies", "list", "--sort", "pris"), "Ukjent sortering: «pris»"),
        (("vacancies",), "mangler i kommandoen: KOMMANDO"),
        (("shortlist",), "mangler i kommandoen: BOLIG"),
        (("shortlist", "0001", "--limit", "mange"), "er ikke et antall"),
        (("waiting-list", "--need", "heis"), "Ukjent behov: «heis»"),
        (("waiting-list", "--with-children", "--without-children"), "kan ikke brukes sammen"),
        (("waiting-list", "--valid-before", "snart"), "er ikke en dato"),
        (("wating-list",), "Mente du «waiting-list»"),
    ],
)
def test_that_wrong_use_of_lists_is_told(run, nowhere, arguments, told) -> None:
    done = run(*arguments, "--json")
    assert (done.code, done.json["error"]["code"]) == (2, "wrong_use")
    assert told in done.err


@pytest.mark.parametrize(
    "command",
    [
        ("letters",),
        ("letters", "render"),
        ("letters", "check"),
        ("letters", "kinds"),
        ("vacancies",),
        ("vacancies", "list"),
        ("shortlist",),
        ("waiting-list",),
    ],
)
def test_that_the_help_is_norwegian_and_fits_the_page(run, command) -> None:
    done = run(*command, "--help")
    assert done.code == 0
    assert done.out.startswith("Bruk: boligdesk")
    assert max(map(len, done.out.splitlines())) <= 100
    assert not any(word in done.out for word in ("usage", "options", "arguments", "show this"))


def test_that_a_letter_is_made_and_checked_by_the_program_itself(start, nowhere) -> None:
    path = nowhere / "brev.pdf"
    done = start("letters", "render", "tilbud", "--language", "nn", "--example", "-o", path, "--json")
    assert done.code == 0, done.err
    assert done.json["title"] == "Du får tilbod om ein bustad"
    assert main(["letters", "check", str(path)]) == 0
