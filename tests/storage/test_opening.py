"""From a place to a store in use: keys, lock, users, and nothing left behind by what failed."""

from __future__ import annotations

import pytest

from boligdesk.app import sign_in
from boligdesk.domain.catalog import Role
from boligdesk.services.errors import InvalidInput, NotAllowed, StoreUnavailable, UserError
from boligdesk.services.records.common import Sort
from boligdesk.services.records.people import NameDraft, PersonDraft, PersonFilter
from boligdesk.storage import opening
from boligdesk.storage.filelock import FileInUse
from boligdesk.storage.key_file import key_path
from boligdesk.storage.location import parse_location
from boligdesk.storage.opening import FirstUser, create_store, open_store

PASSPHRASE = "sol regn vind sne 42"
FIRST = FirstUser("ingrid", "Ingrid B.", (Role.LEADER, Role.CASEWORKER, Role.ADMINISTRATOR))


def make(where, passphrase=PASSPHRASE):
    return create_store(
        parse_location(str(where)),
        passphrase=None if passphrase is None else lambda: passphrase,
        keystore=None,
        office="Boligkontoret",
        first=FIRST,
    )


def reopen(where, passphrase=PASSPHRASE, **more):
    return open_store(
        parse_location(str(where)), passphrase=lambda: passphrase, keystore=lambda: None, **more
    )


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    path = tmp_path_factory.mktemp("kontor") / "kontor.db"
    opened, recovery = make(path)
    opened.close()
    assert recovery
    return path


@pytest.fixture
def path(template, tmp_path):
    for file in (template, key_path(template)):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    return tmp_path / template.name


def left(folder):
    return sorted(file.name for file in folder.iterdir() if not file.name.endswith(".laas"))


def test_that_a_store_opens_again_with_its_first_user(path):
    opened = reopen(path)
    services = sign_in(opened, "INGRID").services
    services.people.register(PersonDraft(names=(NameDraft("Klok", "Hest"),)))
    opened.close()

    again = reopen(path)
    assert sign_in(again, "ingrid").services.people.page(PersonFilter(), Sort("name"), 0, 10).total == 1
    again.close()


def test_that_a_wrong_passphrase_opens_nothing_and_lets_go_of_the_file(path):
    with pytest.raises(UserError):
        reopen(path, "feil feil feil feil 99")
    reopen(path).close()


def test_that_a_file_without_its_key_is_told(path):
    key_path(path).unlink()
    with pytest.raises(UserError):
        reopen(path)
    with pytest.raises(UserError):
        make(path)
    assert left(path.parent) == [path.name]
    assert path.stat().st_size > 0


def test_that_nothing_is_made_on_top_of_a_file(path):
    before = (path.read_bytes(), key_path(path).read_bytes())
    with pytest.raises(UserError):
        make(path)
    assert (path.read_bytes(), key_path(path).read_bytes()) == before


def test_that_a_making_that_fails_leaves_nothing(tmp_path, monkeypatch):
    def fail(*_args):
        raise StoreUnavailable("Disken er full.")

    monkeypatch.setattr(opening, "_found", fail)
    with pytest.raises(StoreUnavailable):
        make(tmp_path / "ny.db")
    assert left(tmp_path) == []
    monkeypatch.undo()
    make(tmp_path / "ny.db", passphrase=None)[0].close()


def test_that_a_short_passphrase_makes_nothing(tmp_path):
    with pytest.raises(InvalidInput):
        make(tmp_path / "ny.db", "kort")
    assert left(tmp_path) == []


def test_that_only_one_program_writes_and_others_may_read(path):
    first = reopen(path)
    services = sign_in(first, "ingrid").services
    with pytest.raises(FileInUse):
        reopen(path)
    reader = reopen(path, read_only=True)
    looking = sign_in(reader, "ingrid").services

    services.people.register(PersonDraft(names=(NameDraft("Klok", "Hest"),)))

    assert looking.people.page(PersonFilter(), Sort("name"), 0, 10).total == 1
    with pytest.raises(UserError):
        looking.people.register(PersonDraft(names=(NameDraft("Blid", "Nepe"),)))
    reader.close()
    first.close()


def test_that_the_unknown_and_the_blocked_are_not_let_in(path):
    opened = reopen(path)
    desk = sign_in(opened, "ingrid")
    desk.services.office.register_user("jonas", "Jonas H.", (Role.CASEWORKER,), 0)
    found = next(user for user in desk.services.office.users() if user.login == "jonas")
    sign_in(opened, "jonas")
    desk.services.office.change_user(found.id, found.version, found.name, found.roles, 0, False)

    for login in ("jonas", "ukjent"):
        with pytest.raises(NotAllowed):
            sign_in(opened, login)
    opened.close()


def test_that_a_server_store_is_made_once(new_database):
    url = new_database()
    make(url)[0].close()
    with pytest.raises(StoreUnavailable, match="finnes fra før"):
        make(url)
    opened = reopen(url)
    assert sign_in(opened, "ingrid").services.log.check().problem is None
    opened.close()


def test_that_a_making_that_fails_leaves_the_server_empty(new_database, monkeypatch):
    def fail(*_args):
        raise StoreUnavailable("Serveren svarer ikke.")

    url = new_database()
    monkeypatch.setattr(opening, "_found", fail)
    with pytest.raises(StoreUnavailable):
        make(url)
    monkeypatch.undo()
    make(url)[0].close()
