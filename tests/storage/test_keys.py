from __future__ import annotations

import base64
import json
import pickle
import traceback

import pytest

from boligdesk.services.errors import InvalidInput, StoreUnavailable, UserError
from boligdesk.storage import keys
from boligdesk.storage.key_file import KeyFile, key_path, load, previous_path
from boligdesk.storage.keys import KdfCost

PHRASE = "klok hest ser blid nepe"
OTHER = "sprek bie bor i en kube"
CHEAP = KdfCost(rounds=1, memory_kib=8 * 1024, lanes=1)


class FakeKeyStore:
    """Stands for the operating system's key store of one Windows user."""

    def __init__(self):
        self.held: dict[str, bytes] = {}

    def get(self, name):
        return self.held.get(name)

    def put(self, name, secret):
        self.held[name] = secret

    def delete(self, name):
        self.held.pop(name, None)


@pytest.fixture
def database(tmp_path):
    return tmp_path / "kontor.db"


@pytest.fixture
def store():
    return FakeKeyStore()


def edit(database, change):
    data = json.loads(key_path(database).read_text(encoding="utf-8"))
    change(data)
    key_path(database).write_text(json.dumps(data), encoding="utf-8")


def test_that_the_passphrase_and_the_recovery_key_open_the_same_key(database, store):
    new = keys.create_keys(database, PHRASE, store)  # the real price once
    assert len(new.data_key.raw) == 32
    assert keys.unlock(database, PHRASE, store) == new.data_key
    assert keys.unlock_with_recovery(database, new.recovery_key.lower().replace("-", " ")) == new.data_key
    keys.verify_recovery(database, new.recovery_key)
    assert load(key_path(database)).warning == ""
    kdf = json.loads(key_path(database).read_text(encoding="utf-8"))["wraps"][0]["kdf"]
    assert kdf == {"name": "argon2id", "t": 3, "m_kib": 65536, "p": 4}


def test_that_a_wrong_passphrase_is_refused_and_changes_nothing(database, store):
    keys.create_keys(database, PHRASE, store, CHEAP)
    before = key_path(database).read_bytes()
    with pytest.raises(InvalidInput, match="feil") as caught:
        keys.unlock(database, OTHER, store)
    assert OTHER not in "".join(traceback.format_exception(caught.value))
    assert key_path(database).read_bytes() == before


def test_that_norwegian_letters_open_however_the_keyboard_composes_them(database):
    keys.create_keys(database, "båten går på sjø i dag", None, CHEAP)
    assert keys.unlock(database, "ba\u030aten ga\u030ar pa\u030a sjø i dag", None)


def test_that_the_files_alone_are_not_enough_where_there_is_a_key_store(database, store):
    new = keys.create_keys(database, PHRASE, store, CHEAP)
    for elsewhere in (None, FakeKeyStore()):
        with pytest.raises(StoreUnavailable, match="gjenopprettingsnøkkelen"):
            keys.unlock(database, PHRASE, elsewhere)
    secret = next(iter(store.held.values()))
    assert len(secret) == 32
    assert base64.b64encode(secret) not in key_path(database).read_bytes()
    assert new.data_key.raw not in store.held.values()


def test_that_without_a_key_store_the_file_says_so(database):
    new = keys.create_keys(database, PHRASE, None, CHEAP)
    assert keys.unlock(database, PHRASE, None) == new.data_key
    assert "gjette" in new.file.warning
    assert json.loads(key_path(database).read_text(encoding="utf-8"))["advarsel"] == new.file.warning


def test_that_another_user_of_the_machine_gets_a_way_in_of_their_own(database, store):
    new = keys.create_keys(database, PHRASE, store, CHEAP)
    second = FakeKeyStore()
    keys.add_passphrase(database, keys.unlock_with_recovery(database, new.recovery_key), OTHER, second, CHEAP)
    assert keys.unlock(database, PHRASE, store) == keys.unlock(database, OTHER, second) == new.data_key
    with pytest.raises(InvalidInput):
        keys.unlock(database, PHRASE, second)


def test_that_a_changed_passphrase_replaces_the_old_one_everywhere(database, store):
    new = keys.create_keys(database, PHRASE, store, CHEAP)
    keys.change_passphrase(database, PHRASE, OTHER, store, CHEAP)
    assert keys.unlock(database, OTHER, store) == new.data_key
    with pytest.raises(InvalidInput):
        keys.unlock(database, PHRASE, store)
    assert len(store.held) == 1
    kept = KeyFile.from_bytes(previous_path(database).read_bytes())
    assert [wrap.kind for wrap in kept.wraps] == ["recovery"]
    previous_path(database).replace(
        key_path(database)
    )  # the way back that the message of a damaged file names
    assert keys.unlock_with_recovery(database, new.recovery_key) == new.data_key


def test_that_changing_with_a_wrong_or_poor_passphrase_changes_nothing(database, store):
    keys.create_keys(database, PHRASE, store, CHEAP)
    before = key_path(database).read_bytes(), dict(store.held)
    for old, new in ((OTHER, OTHER), (PHRASE, "kort"), (PHRASE, "aaaaaaaaaaaaaaaa")):
        with pytest.raises(InvalidInput):
            keys.change_passphrase(database, old, new, store, CHEAP)
    assert (key_path(database).read_bytes(), store.held) == before


def test_that_a_new_recovery_key_makes_the_old_one_useless(database, store):
    new = keys.create_keys(database, PHRASE, store, CHEAP)
    fresh = keys.renew_recovery(database, new.data_key)
    assert keys.unlock_with_recovery(database, fresh) == new.data_key
    with pytest.raises(InvalidInput, match="hører ikke til"):
        keys.unlock_with_recovery(database, new.recovery_key)
    assert not previous_path(database).exists()


def test_that_a_key_file_is_never_overwritten_by_a_new_database(database):
    keys.create_keys(database, PHRASE, None, CHEAP)
    before = key_path(database).read_bytes()
    for make in (
        lambda: keys.create_keys(database, OTHER, None, CHEAP),
        lambda: keys.create_practice_keys(database),
    ):
        with pytest.raises(InvalidInput):
            make()
    assert key_path(database).read_bytes() == before


def test_that_a_practice_office_opens_without_a_prompt_and_nothing_else_does(tmp_path):
    practice, real = tmp_path / "ovelse.db", tmp_path / "kontor.db"
    data_key = keys.create_practice_keys(practice)
    assert keys.unlock_practice(practice) == data_key
    assert load(key_path(practice)).practice
    assert json.loads(key_path(practice).read_text(encoding="utf-8"))["ovelse"] is True
    keys.create_keys(real, PHRASE, None, CHEAP)
    with pytest.raises(InvalidInput, match="ikke en øvelse"):
        keys.unlock_practice(real)


def test_that_a_missing_key_file_is_told(database):
    with pytest.raises(StoreUnavailable, match="Nøkkelfilen mangler"):
        keys.unlock(database, PHRASE, None)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b"x" * 70_000,
        b'{"format": "boligdesk-nokkel"}',
        b"[" * 30_000,
        b"7",
    ],
)
def test_that_a_damaged_key_file_is_told(database, content):
    key_path(database).write_bytes(content)
    with pytest.raises(StoreUnavailable, match="Nøkkelfilen er skadet"):
        keys.unlock(database, PHRASE, None)


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data["wraps"][0]["kdf"].update(m_kib=2**31),
        lambda data: data["wraps"][0]["kdf"].update(t=10**9),
        lambda data: data["wraps"][0]["kdf"].update(t=16, m_kib=1024 * 1024),
        lambda data: data["wraps"][0]["kdf"].update(p=0),
        lambda data: data["wraps"][0]["kdf"].update(t=True),
        lambda data: data["wraps"][0]["kdf"].update(name="md5"),
        lambda data: data["wraps"][0].update(salt=""),
        lambda data: data["wraps"][0].update(sealed="!"),
        lambda data: data["wraps"][0].update(kind="open"),
        lambda data: data["wraps"][0].pop("nonce"),
        lambda data: data.update(file_id="../../x"),
        lambda data: data.update(wraps=[]),
        lambda data: data.update(wraps=data["wraps"] * 100),
        lambda data: data.update(version=0),
    ],
)
def test_that_a_changed_key_file_is_refused_before_any_work_is_done(database, change):
    keys.create_keys(database, PHRASE, None, CHEAP)
    edit(database, change)
    with pytest.raises(StoreUnavailable, match="Nøkkelfilen er skadet"):
        keys.unlock(database, PHRASE, None)


def test_that_a_key_file_of_a_newer_program_is_told_apart(database):
    keys.create_keys(database, PHRASE, None, CHEAP)
    edit(database, lambda data: data.update(version=2))
    with pytest.raises(StoreUnavailable, match="nyere Boligdesk"):
        keys.unlock(database, PHRASE, None)


def test_that_a_seal_moved_to_another_file_or_other_terms_does_not_open(database, tmp_path):
    new = keys.create_keys(database, PHRASE, None, CHEAP)
    edit(database, lambda data: data.update(file_id="00" * 16))
    with pytest.raises(InvalidInput):
        keys.unlock(database, PHRASE, None)
    with pytest.raises(InvalidInput):
        keys.unlock_with_recovery(database, new.recovery_key)


def test_that_keys_never_show_themselves(database, store):
    new = keys.create_keys(database, PHRASE, store, CHEAP)
    shown = repr(new) + str(new) + repr(new.file)
    assert new.recovery_key not in shown
    assert repr(new.data_key.raw)[2:-1] not in shown
    assert new.data_key.raw.hex() not in shown
    with pytest.raises(TypeError):
        pickle.dumps(new.data_key)


def test_that_a_folder_that_cannot_be_written_leaves_nothing_behind(tmp_path, store):
    nowhere = tmp_path / "mangler" / "kontor.db"
    with pytest.raises(UserError):
        keys.create_keys(nowhere, PHRASE, store, CHEAP)
    assert store.held == {}
    assert list(tmp_path.iterdir()) == []
