"""The key file as text: read with suspicion, written whole, the version before kept as ``.nokkel.forrige``."""

from __future__ import annotations

import base64
import binascii
import json
import secrets
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Self

from boligdesk.services.errors import StoreUnavailable
from boligdesk.storage.atomic_files import write_atomically
from boligdesk.storage.driver_errors import from_os_error
from boligdesk.storage.other_files import what_else

if TYPE_CHECKING:
    from pathlib import Path

_FORMAT = "boligdesk-nokkel"
_VERSION = 1
_ENDING = ".nokkel"
_MAX_BYTES = 64 * 1024
_MAX_WRAPS = 50
_KINDS = ("passphrase", "recovery", "practice")
_NO_KEY_STORE = (
    "Nøkkelen vernes bare av passordsetningen, ikke av nøkkellageret på maskinen. "
    "Den som får tak i databasen og nøkkelfilen, kan prøve å gjette passordsetningen."
)
_PRACTICE = "Dette er en øvelse. Alle kan åpne filen. Bruk bare oppdiktede opplysninger."


class _BadKeyFileError(Exception):
    """Something in the file is not as it was written."""


@dataclass(frozen=True, slots=True)
class KdfCost:
    """The price of one guess (argon2id). Stored with each wrap, so that new wraps can cost more."""

    rounds: int = 3
    memory_kib: int = 64 * 1024
    lanes: int = 4

    def checked(self) -> Self:
        """Refuse what would freeze the machine (a changed file) or what argon2 cannot do."""
        sane = 1 <= self.rounds <= 16 and 1 <= self.lanes <= 16 and 8 * 1024 <= self.memory_kib <= 1024 * 1024
        if not sane or self.rounds * self.memory_kib > 4 * 1024 * 1024:
            raise _BadKeyFileError
        return self


@dataclass(frozen=True, slots=True)
class Wrap:
    """The data key sealed for one way in. ``cost`` belongs to passphrases only."""

    kind: str
    wrap_id: str
    salt: bytes
    cost: KdfCost | None = None
    key_store: bool = False
    nonce: bytes = b""
    sealed: bytes = field(default=b"", repr=False)

    @classmethod
    def new(cls, kind: str, cost: KdfCost | None = None, *, key_store: bool = False) -> Self:
        return cls(kind, secrets.token_hex(8), secrets.token_bytes(16), cost, key_store)

    def filled(self, nonce: bytes, sealed: bytes) -> Wrap:
        return replace(self, nonce=nonce, sealed=sealed)

    def bound_to(self, file_id: str) -> bytes:
        """The associated data of the seal: everything that says what this wrap is."""
        parts = {"format": _FORMAT, "version": _VERSION, "file_id": file_id, **self._open_fields()}
        return json.dumps(parts, sort_keys=True, separators=(",", ":")).encode("ascii")

    def to_json(self) -> dict[str, Any]:
        return {**self._open_fields(), "nonce": _text(self.nonce), "sealed": _text(self.sealed)}

    def _open_fields(self) -> dict[str, Any]:
        fields: dict[str, Any] = {"kind": self.kind, "id": self.wrap_id, "salt": _text(self.salt)}
        if self.kind == "passphrase":
            cost = self.cost or KdfCost()
            fields["key_store"] = self.key_store
            fields["kdf"] = {"name": "argon2id", "t": cost.rounds, "m_kib": cost.memory_kib, "p": cost.lanes}
        return fields

    @classmethod
    def from_json(cls, data: Any) -> Self:
        kind = data["kind"]
        if kind not in _KINDS:
            raise _BadKeyFileError
        cost = None
        if kind == "passphrase":
            kdf = data["kdf"]
            if kdf["name"] != "argon2id":
                raise _BadKeyFileError
            cost = KdfCost(_int(kdf["t"]), _int(kdf["m_kib"]), _int(kdf["p"])).checked()
        return cls(
            kind,
            _hex(data["id"], 8),
            _bytes(data["salt"], 16),
            cost,
            data.get("key_store", False) is True,
            _bytes(data["nonce"], 12),
            _bytes(data["sealed"], 48),
        )


@dataclass(frozen=True, slots=True)
class KeyFile:
    """What lies beside the database. ``file_id`` ties the wraps together."""

    file_id: str
    wraps: tuple[Wrap, ...]

    @property
    def practice(self) -> bool:
        """Anybody can open this: fictional data only."""
        return any(wrap.kind == "practice" for wrap in self.wraps)

    @property
    def warning(self) -> str:
        """A plain sentence when the file is weaker than it could be, else an empty string."""
        if self.practice:
            return _PRACTICE
        if any(wrap.kind == "passphrase" and not wrap.key_store for wrap in self.wraps):
            return _NO_KEY_STORE
        return ""

    def of_kind(self, kind: str) -> tuple[Wrap, ...]:
        return tuple(wrap for wrap in self.wraps if wrap.kind == kind)

    def without(self, wrap: Wrap) -> KeyFile:
        return replace(self, wraps=tuple(w for w in self.wraps if w.wrap_id != wrap.wrap_id))

    def with_wrap(self, wrap: Wrap) -> KeyFile:
        return replace(self, wraps=(*self.wraps, wrap))

    def to_bytes(self) -> bytes:
        data: dict[str, Any] = {"format": _FORMAT, "version": _VERSION, "file_id": self.file_id}
        if self.practice:
            data["ovelse"] = True
        if self.warning:
            data["advarsel"] = self.warning
        data["wraps"] = [wrap.to_json() for wrap in self.wraps]
        return (json.dumps(data, indent=1, ensure_ascii=False) + "\n").encode("utf-8")

    @classmethod
    def from_bytes(cls, content: bytes) -> Self:
        """Raises StoreUnavailable for anything that is not a whole key file of a known version."""
        try:
            data = json.loads(content)
            _check_version(data)
            wraps = tuple(Wrap.from_json(wrap) for wrap in data["wraps"][: _MAX_WRAPS + 1])
            return cls(_hex(data["file_id"], 16), _some(wraps))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError, _BadKeyFileError):
            raise _damaged() from None


def key_path(database: Path) -> Path:
    """Where the key file of a database lies."""
    return database.with_name(database.name + _ENDING)


def previous_path(database: Path) -> Path:
    """The version before: read by hand when the disk has damaged the key file."""
    return database.with_name(database.name + ".nokkel.forrige")


def load(path: Path) -> KeyFile:
    """Read a key file. StoreUnavailable when it is missing, unreadable or damaged."""
    try:
        with path.open("rb") as stream:
            content = stream.read(_MAX_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise _missing(path) from None
    except OSError as error:
        raise from_os_error(error) from None
    if len(content) > _MAX_BYTES:
        raise _damaged()
    return KeyFile.from_bytes(content)


def save(path: Path, file: KeyFile) -> None:
    """Write the key file whole, the one before kept beside it."""
    if path.exists():
        write_atomically(path.with_name(path.name + ".forrige"), load(path).to_bytes())
    write_atomically(path, file.to_bytes())


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")


def _bytes(text: Any, length: int) -> bytes:
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, TypeError):
        raise _BadKeyFileError from None
    if len(raw) != length:
        raise _BadKeyFileError
    return raw


def _hex(text: Any, length: int) -> str:
    if not isinstance(text, str) or len(text) != 2 * length or bytes.fromhex(text).hex() != text:
        raise _BadKeyFileError
    return text


def _check_version(data: Any) -> None:
    version = _int(data["version"])
    if data["format"] != _FORMAT or version < _VERSION:
        raise _BadKeyFileError
    if version > _VERSION:
        raise _newer()


def _some(wraps: tuple[Wrap, ...]) -> tuple[Wrap, ...]:
    if not 1 <= len(wraps) <= _MAX_WRAPS:
        raise _BadKeyFileError
    return wraps


def _int(value: Any) -> int:
    if type(value) is not int:
        raise _BadKeyFileError
    return value


def _damaged() -> StoreUnavailable:
    return StoreUnavailable(
        "Nøkkelfilen er skadet.",
        "Innholdet er ikke slik Boligdesk skrev det.",
        "Databasen og nøkkelfilen er ikke endret.",
        "Ta en kopi av begge. Kopier så filen som slutter på «.nokkel.forrige», eller nøkkelfilen fra siste "
        "sikkerhetskopi, til samme navn som den skadede, og prøv igjen.",
    )


def _missing(path: Path) -> StoreUnavailable:
    """What is beside it may be no database at all: then nobody should look for its key."""
    other = what_else(path.with_name(path.name.removesuffix(_ENDING)))
    if other:
        return StoreUnavailable(
            "Dette er ikke en Boligdesk-database.",
            f"Det er {other}.",
            "Ingenting er endret.",
            "Velg databasen. Den har en fil ved siden av seg som slutter på «.nokkel».",
        )
    return StoreUnavailable(
        "Nøkkelfilen mangler.",
        "Filen som slutter på «.nokkel», skal ligge ved siden av databasen.",
        "Databasen er ikke endret.",
        "Legg nøkkelfilen tilbake. Den ligger også sammen med hver sikkerhetskopi.",
    )


def _newer() -> StoreUnavailable:
    return StoreUnavailable(
        "Nøkkelfilen er laget av et nyere Boligdesk.",
        "",
        "Ingenting er endret.",
        "Oppdater Boligdesk og prøv igjen.",
    )
