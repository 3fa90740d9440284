from __future__ import annotations

import keyring.backend
import keyring.backends.fail
import keyring.errors
import pytest

from boligdesk.services.errors import InvalidInput, StoreUnavailable
from boligdesk.storage.keystores import SystemKeyStore, open_key_store, read_passphrase_file


class MemoryBackend(keyring.backend.KeyringBackend):
    """Stands for the operating system's store behind keyring."""

    priority = 0.5

    def __init__(self):
        super().__init__()
        self.held = {}
        self.locked = False

    def _open(self):
        if self.locked:
            raise keyring.errors.KeyringLocked

    def get_password(self, service, username):
        self._open()
        return self.held.get((service, username))

    def set_password(self, service, username, password):
        self._open()
        self.held[service, username] = password

    def delete_password(self, service, username):
        self._open()
        if self.held.pop((service, username), None) is None:
            raise keyring.errors.PasswordDeleteError


def test_that_secret_bytes_come_back():
    store = SystemKeyStore(MemoryBackend())
    assert store.get("a") is None
    store.put("a", bytes(range(32)))
    assert store.get("a") == bytes(range(32))
    store.delete("a")
    store.delete("a")
    assert store.get("a") is None


def test_that_a_locked_store_is_told():
    backend = MemoryBackend()
    store = SystemKeyStore(backend)
    backend.locked = True
    for act in (lambda: store.get("a"), lambda: store.put("a", b"x")):
        with pytest.raises(StoreUnavailable, match="Nøkkellageret"):
            act()


def test_that_text_that_is_not_ours_counts_as_nothing():
    backend = MemoryBackend()
    backend.set_password("Boligdesk", "a", "ikke base64!")
    assert SystemKeyStore(backend).get("a") is None


def test_that_a_machine_without_a_key_store_says_none():
    before = keyring.get_keyring()
    keyring.set_keyring(keyring.backends.fail.Keyring())
    try:
        assert open_key_store() is None
        keyring.set_keyring(MemoryBackend())
        assert open_key_store() is not None
    finally:
        keyring.set_keyring(before)


@pytest.mark.parametrize("raw", [b"klok hest\n", b"klok hest\r\n", b"\xef\xbb\xbfklok hest", b"klok hest"])
def test_that_a_passphrase_file_of_any_editor_is_read(tmp_path, raw):
    path = tmp_path / "p.txt"
    path.write_bytes(raw)
    assert read_passphrase_file(path) == "klok hest"


@pytest.mark.parametrize("raw", [b"", b"\n", b"\xff\xfe\x00", b"x" * 5000])
def test_that_an_unusable_passphrase_file_is_refused(tmp_path, raw):
    path = tmp_path / "p.txt"
    path.write_bytes(raw)
    with pytest.raises(InvalidInput, match="passordsetningen"):
        read_passphrase_file(path)


def test_that_a_missing_passphrase_file_is_told(tmp_path):
    with pytest.raises(StoreUnavailable, match="passordsetningen"):
        read_passphrase_file(tmp_path / "mangler")
