"""The key of the local database and the key file beside it.

The database is encrypted with a random 32-byte data key. The key file ``<database>.nokkel`` holds it
sealed (AES-256-GCM) several times over, each time for another way in:

* ``passphrase``: KEK = HKDF(argon2id(passphrase) || 32 bytes kept by the operating system's key store).
  Each Windows user of the machine has a wrap of their own. Without a key store argon2id stands alone.
* ``recovery``: KEK = HKDF(recovery key); the key is shown once, on paper only.
* ``practice``: KEK from a constant in this file. Protects nothing; fictional data only.

The associated data of each seal holds file id, kind and parameters, so nothing can be moved or changed.
"""

from __future__ import annotations

import secrets
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

from boligdesk.services.errors import InvalidInput, StoreUnavailable
from boligdesk.storage.atomic_files import discard, write_atomically
from boligdesk.storage.key_file import KdfCost, KeyFile, Wrap, key_path, load, previous_path, save
from boligdesk.storage.recovery_key import check_recovery_key, new_recovery_key, recovery_secret

if TYPE_CHECKING:
    from pathlib import Path

    from boligdesk.storage.keystores import KeyStore

__all__ = [
    "DataKey",
    "KdfCost",
    "KeyFile",
    "NewKeys",
    "add_passphrase",
    "change_passphrase",
    "check_passphrase",
    "check_recovery_key",
    "create_keys",
    "create_practice_keys",
    "key_path",
    "load",
    "renew_recovery",
    "unlock",
    "unlock_practice",
    "unlock_with_recovery",
    "verify_recovery",
]

_KEY_BYTES = 32
_SHORTEST = 12
# fixed and public on purpose: a practice office opens without a prompt and holds fictional data only
_PRACTICE_SECRET = b"Boligdesk ovelse: denne hemmeligheten verner ingenting"


@dataclass(frozen=True, slots=True)
class DataKey:
    """The raw key of one database. Never shown: neither repr nor pickle gives it away."""

    raw: bytes = field(repr=False)

    def __reduce__(self) -> str:
        raise TypeError("a data key is not pickled")


@dataclass(frozen=True, slots=True)
class NewKeys:
    """What ``create_keys`` made. ``recovery_key`` is to be shown once and then forgotten."""

    data_key: DataKey
    recovery_key: str = field(repr=False)
    file: KeyFile


@dataclass(frozen=True, slots=True)
class _Kek:
    raw: bytes = field(repr=False)

    @classmethod
    def derive(cls, material: bytes, wrap: Wrap) -> Self:
        from cryptography.hazmat.primitives.hashes import SHA256
        from cryptography.hazmat.primitives.kdf.hkdf import HKDF

        info = f"boligdesk kek v1 {wrap.kind}".encode("ascii")
        return cls(HKDF(SHA256(), _KEY_BYTES, wrap.salt, info).derive(material))

    def seal(self, data_key: DataKey, wrap: Wrap, file_id: str) -> Wrap:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        nonce = secrets.token_bytes(12)
        return wrap.filled(nonce, AESGCM(self.raw).encrypt(nonce, data_key.raw, wrap.bound_to(file_id)))

    def open(self, wrap: Wrap, file_id: str) -> DataKey | None:
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        try:
            return DataKey(AESGCM(self.raw).decrypt(wrap.nonce, wrap.sealed, wrap.bound_to(file_id)))
        except InvalidTag:
            return None


def create_keys(
    database: Path, passphrase: str, keystore: KeyStore | None, cost: KdfCost | None = None
) -> NewKeys:
    """Make a data key and the key file beside ``database``. Refuses when a key file is there already."""
    check_passphrase(passphrase)
    _refuse_existing(database)
    data_key, file_id = DataKey(secrets.token_bytes(_KEY_BYTES)), secrets.token_hex(16)
    recovery_key = new_recovery_key()
    by_recovery = _seal_recovery(data_key, file_id, recovery_key)
    by_passphrase = _seal_passphrase(data_key, file_id, passphrase, keystore, cost)
    file = KeyFile(file_id, (by_passphrase, by_recovery))
    _save_or_forget(database, file, by_passphrase, keystore)
    return NewKeys(data_key, recovery_key, file)


def create_practice_keys(database: Path) -> DataKey:
    """A key file that anybody can open, marked so. Only for fictional data."""
    _refuse_existing(database)
    data_key, file_id = DataKey(secrets.token_bytes(_KEY_BYTES)), secrets.token_hex(16)
    wrap = Wrap.new("practice")
    sealed = _Kek.derive(_PRACTICE_SECRET, wrap).seal(data_key, wrap, file_id)
    save(key_path(database), KeyFile(file_id, (sealed,)))
    return data_key


def unlock(database: Path, passphrase: str, keystore: KeyStore | None) -> DataKey:
    """The data key, by passphrase.

    InvalidInput when it is wrong; StoreUnavailable for a damaged key file, or when the key store of
    this user does not hold its half (then the recovery key is the way in).
    """
    file = load(key_path(database))
    return _open_passphrase(file, passphrase, keystore)[1]


def unlock_practice(database: Path) -> DataKey:
    """The data key of a practice office; refused for any other file."""
    file = load(key_path(database))
    for wrap in file.of_kind("practice"):
        if data_key := _Kek.derive(_PRACTICE_SECRET, wrap).open(wrap, file.file_id):
            return data_key
    raise InvalidInput(
        "database",
        "Dette er ikke en øvelse.",
        "Databasen er vernet med en passordsetning.",
        "Oppgi passordsetningen.",
    )


def unlock_with_recovery(database: Path, recovery_key: str) -> DataKey:
    """The data key, by recovery key. InvalidInput for typing errors and for the key of another file."""
    material = recovery_secret(recovery_key)
    file = load(key_path(database))
    for wrap in file.of_kind("recovery"):
        if data_key := _Kek.derive(material, wrap).open(wrap, file.file_id):
            return data_key
    raise InvalidInput(
        "recovery_key",
        "Gjenopprettingsnøkkelen hører ikke til denne databasen.",
        "Den er skrevet riktig, men gjelder en annen fil eller er byttet ut.",
        "Finn nøkkelen som ble laget sammen med denne databasen.",
    )


def verify_recovery(database: Path, recovery_key: str) -> None:
    """Check that the key on the paper opens this file; nothing is returned, nothing is changed."""
    unlock_with_recovery(database, recovery_key)


def change_passphrase(
    database: Path, old: str, new: str, keystore: KeyStore | None, cost: KdfCost | None = None
) -> None:
    """Replace the caller's own way in. The old passphrase stops working, also in the copy that is kept."""
    check_passphrase(new)
    file = load(key_path(database))
    replaced, data_key = _open_passphrase(file, old, keystore)
    wrap = _seal_passphrase(data_key, file.file_id, new, keystore, cost)
    _save_or_forget(database, file.without(replaced).with_wrap(wrap), wrap, keystore)
    write_atomically(previous_path(database), file.without(replaced).to_bytes())
    if replaced.key_store and keystore is not None:
        keystore.delete(_entry(file.file_id, replaced))


def add_passphrase(
    database: Path, data_key: DataKey, passphrase: str, keystore: KeyStore | None, cost: KdfCost | None = None
) -> None:
    """One more way in: another user of the machine, or a new machine, after ``unlock_with_recovery``."""
    check_passphrase(passphrase)
    file = load(key_path(database))
    wrap = _seal_passphrase(data_key, file.file_id, passphrase, keystore, cost)
    _save_or_forget(database, file.with_wrap(wrap), wrap, keystore)


def renew_recovery(database: Path, data_key: DataKey) -> str:
    """A new recovery key, to be shown once. The one before stops working."""
    file = load(key_path(database))
    recovery_key = new_recovery_key()
    for old in file.of_kind("recovery"):
        file = file.without(old)
    save(key_path(database), file.with_wrap(_seal_recovery(data_key, file.file_id, recovery_key)))
    discard(previous_path(database))  # it would still open with the old recovery key
    return recovery_key


def check_passphrase(passphrase: str) -> None:
    """InvalidInput unless the passphrase is long enough to be worth something against guessing."""
    if len(_normal(passphrase)) < _SHORTEST or len(set(passphrase)) < 5:
        raise InvalidInput(
            "passphrase",
            "Passordsetningen er for kort eller for enkel.",
            f"Den må ha minst {_SHORTEST} tegn og være satt sammen av flere ulike.",
            "Bruk gjerne fire–fem tilfeldige ord med mellomrom.",
        )


def _open_passphrase(file: KeyFile, passphrase: str, keystore: KeyStore | None) -> tuple[Wrap, DataKey]:
    tried = False
    for wrap in file.of_kind("passphrase"):
        half = b""
        if wrap.key_store:
            stored = keystore.get(_entry(file.file_id, wrap)) if keystore is not None else None
            if stored is None:
                continue  # made by another user or on another machine
            half = stored
        tried = True
        data_key = _Kek.derive(_stretched(passphrase, wrap) + half, wrap).open(wrap, file.file_id)
        if data_key is not None:
            return wrap, data_key
    if tried:
        raise InvalidInput(
            "passphrase",
            "Passordsetningen er feil.",
            "Databasen er ikke åpnet, og ingenting er endret.",
            "Prøv igjen. Er den glemt, kan du bruke gjenopprettingsnøkkelen.",
        )
    raise StoreUnavailable(
        "Denne brukeren kan ikke åpne databasen med passordsetning.",
        "Nøkkellageret på maskinen har ingen nøkkel til denne filen for deg.",
        "Ingenting er endret.",
        "Bruk gjenopprettingsnøkkelen én gang, og lag din egen passordsetning.",
    )


def _seal_passphrase(
    data_key: DataKey, file_id: str, passphrase: str, keystore: KeyStore | None, cost: KdfCost | None
) -> Wrap:
    wrap = Wrap.new("passphrase", cost or KdfCost(), key_store=keystore is not None)
    half = secrets.token_bytes(_KEY_BYTES) if keystore is not None else b""
    sealed = _Kek.derive(_stretched(passphrase, wrap) + half, wrap).seal(data_key, wrap, file_id)
    if keystore is not None:
        keystore.put(_entry(file_id, sealed), half)
    return sealed


def _seal_recovery(data_key: DataKey, file_id: str, recovery_key: str) -> Wrap:
    wrap = Wrap.new("recovery")
    return _Kek.derive(recovery_secret(recovery_key), wrap).seal(data_key, wrap, file_id)


def _save_or_forget(database: Path, file: KeyFile, wrap: Wrap, keystore: KeyStore | None) -> None:
    """Write the key file; when the disk refuses, take back what the key store was given for it."""
    try:
        save(key_path(database), file)
    except StoreUnavailable:
        if wrap.key_store and keystore is not None:
            keystore.delete(_entry(file.file_id, wrap))
        raise


def _stretched(passphrase: str, wrap: Wrap) -> bytes:
    from argon2.low_level import Type, hash_secret_raw

    cost = wrap.cost or KdfCost()
    secret = _normal(passphrase).encode("utf-8")
    return hash_secret_raw(secret, wrap.salt, cost.rounds, cost.memory_kib, cost.lanes, _KEY_BYTES, Type.ID)


def _normal(passphrase: str) -> str:
    return unicodedata.normalize("NFC", passphrase)


def _entry(file_id: str, wrap: Wrap) -> str:
    return f"{file_id}/{wrap.wrap_id}"


def _refuse_existing(database: Path) -> None:
    if key_path(database).exists():
        raise InvalidInput(
            "database",
            "Det finnes allerede en nøkkelfil her.",
            "En ny nøkkel ville gjort den gamle databasen uleselig, så ingenting er endret.",
            "Velg et annet navn for den nye databasen.",
        )
