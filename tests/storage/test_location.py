from __future__ import annotations

from pathlib import Path

import pytest

from boligdesk.services.errors import InvalidInput
from boligdesk.storage.location import (
    default_folder,
    default_location,
    file_location,
    network_mount,
    parse_location,
    refuse_drive_type,
)

MOUNTS = r"""/dev/sda1 / ext4 rw 0 0
//server/felles /mnt/felles cifs rw 0 0
kontor:/hjem /mnt/hjem\040mappe nfs4 rw 0 0
/dev/sdb1 /mnt/felles/lokal ext4 rw 0 0
me@there: /home/x/fjern fuse.sshfs rw 0 0
"""


def test_that_a_file_becomes_an_absolute_path(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    found = parse_location(" kontor.db ")
    assert (found.kind, found.file) == ("file", tmp_path / "kontor.db")
    assert str(tmp_path) in found.display


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg", "PostgreSQL"])
def test_that_a_server_is_recognised_and_its_password_is_not_shown(scheme):
    found = parse_location(f"{scheme}://ola:hemmelig@db.kommune.test:5433/boligdesk?sslmode=verify-full")
    assert found.kind == "postgresql"
    assert found.url == "postgresql+psycopg://ola:hemmelig@db.kommune.test:5433/boligdesk?sslmode=verify-full"
    assert found.display == "PostgreSQL-databasen «boligdesk» på db.kommune.test:5433"
    assert "hemmelig" not in repr(found)
    assert "ola" not in repr(found)
    with pytest.raises(InvalidInput, match="lokal databasefil"):
        _ = found.file


@pytest.mark.parametrize(
    "given",
    [
        "",
        "  ",
        "mysql://x/y",
        "sqlite:///x.db",
        "https://x",
        "postgresql://",
        "postgresql://h:port/x",
        "a\0b",
        "/tmp",
    ],
)
def test_that_what_cannot_be_opened_is_refused(given):
    with pytest.raises(InvalidInput):
        parse_location(given)


@pytest.mark.parametrize(
    "given",
    [r"\\server\felles\kontor.db", "//server/felles/kontor.db", r"\\?\UNC\server\felles\k.db", r"\\.\pipe\x"],
)
def test_that_network_paths_are_refused(given):
    with pytest.raises(InvalidInput, match="nettverksdisk"):
        parse_location(given)


@pytest.mark.parametrize(
    "folder",
    ["OneDrive", "OneDrive - Eksempel kommune", "Dropbox", "Google Drive", "iCloudDrive", "dropbox (Jobb)"],
)
def test_that_synchronised_folders_are_refused(tmp_path, folder):
    with pytest.raises(InvalidInput, match="synkroniseres"):
        file_location(tmp_path / folder / "boligdesk" / "kontor.db")


def test_that_a_folder_moved_into_onedrive_is_refused(tmp_path, monkeypatch):
    monkeypatch.setenv("OneDriveCommercial", str(tmp_path / "Sky"))
    with pytest.raises(InvalidInput, match="synkroniseres"):
        file_location(tmp_path / "Sky" / "Skrivebord" / "kontor.db")


def test_that_a_link_into_a_synchronised_folder_is_followed(tmp_path):
    (tmp_path / "Dropbox").mkdir()
    link = tmp_path / "lenke"
    try:
        link.symlink_to(tmp_path / "Dropbox", target_is_directory=True)
    except OSError:
        pytest.skip("this machine lets no ordinary user make links")
    with pytest.raises(InvalidInput, match="synkroniseres"):
        file_location(link / "kontor.db")


@pytest.mark.parametrize(
    ("path", "remote"),
    [
        ("/home/x/kontor.db", False),
        ("/mnt/felles/kontor.db", True),
        ("/mnt/felles/lokal/kontor.db", False),
        ("/mnt/fellesnavn/kontor.db", False),
        ("/mnt/hjem mappe/kontor.db", True),
        ("/home/x/fjern/a/kontor.db", True),
    ],
)
def test_that_the_longest_mount_decides(path, remote):
    assert network_mount(Path(path), MOUNTS) is remote


@pytest.mark.parametrize(("kind", "says"), [(4, "nettverksdisk"), (2, "minnepinne"), (5, "minnepinne")])
def test_that_windows_drives_are_judged_by_their_type(kind, says):
    with pytest.raises(InvalidInput, match=says):
        refuse_drive_type(kind)
    refuse_drive_type(3)


def test_that_the_default_lies_where_nothing_roams(monkeypatch, tmp_path):
    assert default_folder({"LOCALAPPDATA": "C:/L"}, "win32") == Path("C:/L/Boligdesk")
    assert default_folder({"XDG_DATA_HOME": "/d"}, "linux") == Path("/d/boligdesk")
    assert default_folder({}, "linux") == Path.home() / ".local" / "share" / "boligdesk"
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    assert default_location().file.name == "boligdesk.db"
