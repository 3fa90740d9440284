"""What is no database is told for what it is, not that its key is missing."""

from __future__ import annotations

import hashlib

import pytest

from boligdesk.services.errors import StoreUnavailable
from boligdesk.storage.key_file import key_path, load
from boligdesk.storage.other_files import what_else

RANDOM = b"".join(hashlib.sha256(bytes([number])).digest() for number in range(128))


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("Navn;By\nKlok Hest;Sørli\n".encode(), "en tekstfil"),
        ("Navn;By\nKlok Hest;Sørli\n".encode("cp1252"), "en tekstfil"),
        ("Ærlig\n".encode("utf-16"), "en tekstfil"),
        (b"%PDF-1.7\n\x00\x01", "en PDF-fil"),
        (b"PK\x03\x04\x00\x00", "en arbeidsbok, et dokument eller en pakket fil"),
        (b"SQLite format 3\0\x10\x00", "en vanlig SQLite-fil uten kryptering"),
        (b"", "en tom fil"),
    ],
)
def test_that_a_file_that_is_no_database_is_named(tmp_path, content, what):
    path = tmp_path / "noe.db"
    path.write_bytes(content)
    assert what_else(path) == what
    with pytest.raises(StoreUnavailable) as caught:
        load(key_path(path))
    assert caught.value.title == "Dette er ikke en Boligdesk-database."
    assert caught.value.what == f"Det er {what}."


def test_that_a_database_without_its_key_file_is_still_told_so(tmp_path):
    path = tmp_path / "kontoret.db"
    path.write_bytes(RANDOM)
    assert what_else(path) == ""
    with pytest.raises(StoreUnavailable, match="Nøkkelfilen mangler"):
        load(key_path(path))


def test_that_a_folder_is_told_and_a_file_that_is_not_there_is_not(tmp_path):
    assert what_else(tmp_path) == "en mappe"
    assert what_else(tmp_path / "finnes-ikke.db") == ""
