"""The recovery key: 150 random bits that a person can write down, and typing errors found before use.

Crockford's alphabet (no I, L, O, U), six groups of five letters and a seventh group computed from them:
``XXXXX-XXXXX-XXXXX-XXXXX-XXXXX-XXXXX-CCCCC``.
"""

from __future__ import annotations

import hashlib
import secrets

from boligdesk.services.errors import InvalidInput

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOKALIKE = str.maketrans("OIL", "011")
_GROUP = 5
_BODY = 30
_LENGTH = _BODY + _GROUP


def new_recovery_key() -> str:
    """A fresh key with its dashes and its checksum group."""
    body = "".join(secrets.choice(_ALPHABET) for _ in range(_BODY))
    return _grouped(body + _checksum(body))


def check_recovery_key(text: str) -> str:
    """The key in its normal form, or InvalidInput that says what kind of typing error there is.

    Small letters, spaces and missing dashes are accepted; O is read as 0, I and L as 1.
    """
    plain = "".join(text.upper().split()).replace("-", "").replace("–", "").translate(_LOOKALIKE)
    wrong = sorted({letter for letter in plain if letter not in _ALPHABET})
    if wrong:
        raise _mistyped("Nøkkelen inneholder tegn som aldri brukes i en gjenopprettingsnøkkel.")
    if len(plain) != _LENGTH:
        raise _mistyped(f"Nøkkelen skal ha {_LENGTH} tegn, men dette er {len(plain)}.")
    if _checksum(plain[:_BODY]) != plain[_BODY:]:
        raise _mistyped("Kontrollgruppen stemmer ikke, så minst ett tegn er feil.")
    return _grouped(plain)


def recovery_secret(text: str) -> bytes:
    """The bytes that the wrapping key is derived from. Raises as ``check_recovery_key``."""
    return check_recovery_key(text).replace("-", "")[:_BODY].encode("ascii")


def _checksum(body: str) -> str:
    number = int.from_bytes(
        hashlib.sha256(b"boligdesk recovery key v1 " + body.encode("ascii")).digest()[:4], "big"
    )
    return "".join(_ALPHABET[(number >> shift) & 31] for shift in range(20, -1, -5))


def _grouped(plain: str) -> str:
    return "-".join(plain[start : start + _GROUP] for start in range(0, _LENGTH, _GROUP))


def _mistyped(what: str) -> InvalidInput:
    return InvalidInput(
        "recovery_key",
        "Gjenopprettingsnøkkelen er ikke skrevet riktig.",
        what,
        "Se på papiret og skriv den på nytt, gruppe for gruppe.",
    )
