"""What an identifier is, and whether it holds: the one best reading of what somebody typed.

Sources: domain facts 4.1–4.2 (Skatteetaten, Brønnøysund's and the banks' published rules, matrikkelforskriften § 53).

How a value without a stated kind is read, first hit wins:

1. letter and digits (H0203) -> bruksenhetsnummer; with a slash between numbers (5501-124/56) -> matrikkelnummer
2. four digits -> postnummer; nine digits -> organisasjonsnummer, good or not
3. eleven digits:
   a. written 1234 56 78901 or 1234.56.78901 and good as an account -> kontonummer;
      written 150388 12345 with a possible date -> the person kind, good or not
   b. good person number with a possible date -> fodselsnummer, d-number or h-number
   c. good account number -> kontonummer (every person number passes the account's check too, so b is first)
   d. possible date -> the person kind, not valid
   e. good KID -> kid
   f. possible day of the month -> fodselsnummer, not valid; else kontonummer, not valid
4. five to twenty-five digits, perhaps a hyphen last -> kid, good or not
5. everything else -> unknown

Reasons are stable Norwegian sentences and never repeat the value.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from boligdesk.domain.mod11 import (
    ACCOUNT_WEIGHTS,
    ORGANISATION_WEIGHTS,
    control_digit,
    kid_control,
    luhn_digit,
)
from boligdesk.domain.person_numbers import (
    FODSELSNUMMER,
    PERSON_KINDS,
    PersonNumber,
    is_fh_number,
    read_person_number,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

ORGANISATION = "organisasjonsnummer"
ACCOUNT = "kontonummer"
KID = "kid"
UNIT = "bruksenhetsnummer"
CADASTRE = "matrikkelnummer"
POSTCODE = "postnummer"
UNKNOWN = "unknown"
# What ``--as`` takes; «unknown» is an answer, not a question.
KINDS = (*PERSON_KINDS, ORGANISATION, ACCOUNT, KID, UNIT, CADASTRE, POSTCODE)

_LONGEST = 80  # longer text is not an identifier, and is not looked at further
_KID_LENGTHS = range(4, 26)
_HYPHENS = "-‐‑‒–—−"
_GAP = rf"\s.{re.escape(_HYPHENS)}"  # escaped: inside brackets a bare hyphen makes a range
_SEPARATORS = re.compile(rf"[{_GAP}]+")
_ACCOUNT_GROUPS = re.compile(rf"[0-9]{{4}}[{_GAP}][0-9]{{2}}[{_GAP}][0-9]{{5}}")
_PERSON_GROUPS = re.compile(rf"[0-9]{{6}}[{_GAP}][0-9]{{5}}")
_DIGITS = re.compile(r"[0-9]+")
_UNIT = re.compile(r"([A-ZÆØÅ])([0-9]{3,5})")
_CADASTRE = re.compile(
    rf"(?:(?P<kommune>[0-9]{{1,4}})\s*[{_GAP},]\s*)?"
    r"(?:gnr\.?\s*)?(?P<gnr>[0-9]{1,5})\s*(?:/|[\s,]*bnr\.?)\s*(?P<bnr>[0-9]{1,5})"
    r"(?:\s*(?:/|[\s,]*fnr\.?)\s*(?P<fnr>[0-9]{1,5}))?(?:\s*(?:/|[\s,]*snr\.?)\s*(?P<snr>[0-9]{1,5}))?",
    re.IGNORECASE,
)
# Numbers of counties, of today and of the lists from before 2020. Svalbard (21) has no farm numbers of its own.
_COUNTIES = frozenset({*range(1, 13), *range(14, 21), 30, 31, 32, 33, 34, 38, 39, 40, 42, 46, 50, 54, 55, 56})
MUNICIPALITY_FIRST = "Det første tallet er lest som kommunenummer, så gårdsnummer og bruksnummer."
_ALL_SLASHES = re.compile(r"[0-9]{4}(\s*/\s*[0-9]{1,5}){2,4}")


@dataclass(frozen=True, slots=True)
class IdentifierCheck:
    """One value, read. ``scheme`` is «both» or «2032» for a valid person number, else None."""

    value: str
    kind: str
    valid: bool
    scheme: str | None = None
    synthetic: bool = False
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Matrikkelnummer:
    """Land register number. ``kommune`` is four characters; None when it was not written."""

    kommune: str | None
    gnr: int
    bnr: int
    fnr: int | None = None
    snr: int | None = None

    def __str__(self) -> str:
        parts = [self.gnr, self.bnr]
        if self.fnr is not None or self.snr is not None:
            parts.append(self.fnr or 0)
        if self.snr is not None:
            parts.append(self.snr)
        number = "/".join(map(str, parts))
        return f"{self.kommune}-{number}" if self.kommune else number


def _visible(value: str) -> str:
    """Without characters that cannot be seen, as they come along when text is copied."""
    if value.isascii():
        return value.strip()
    return "".join(char for char in value if unicodedata.category(char) != "Cf").strip()


def normalise(value: str) -> str:
    """Without spaces, dots and hyphens. Anything else stays, so that a wrong character is seen as wrong."""
    return _SEPARATORS.sub("", _visible(value)).upper()


def first_six(value: str) -> str:
    """The six date digits of an eleven-digit number, ``""`` for anything else."""
    digits = normalise(value)
    return digits[:6] if len(digits) == 11 and _DIGITS.fullmatch(digits) else ""


def mask_fodselsnummer(value: str) -> str:
    """«150388 •••••». What is not eleven digits is masked whole; nothing stays nothing."""
    if not value.strip():
        return ""
    date_part = first_six(value)
    return f"{date_part} •••••" if date_part else "•••••"


def parse_matrikkelnummer(value: str) -> Matrikkelnummer | None:
    """Read 5501-124/56/0/3, 5501/124/56, 124/56 or «5501 gnr. 124 bnr. 56»; None when it is nothing like it."""
    if is_led_by_municipality(value):
        kommune, *numbers = (part.strip() for part in _visible(value).split("/"))
        return Matrikkelnummer(kommune, *map(int, numbers))
    found = _CADASTRE.fullmatch(_visible(value)) if len(value) <= _LONGEST else None
    if not found:
        return None
    kommune, *parts = found.group("kommune", "gnr", "bnr", "fnr", "snr")
    gnr, bnr, fnr, snr = (None if part is None else int(part) for part in parts)
    if gnr is None or bnr is None:
        return None
    return Matrikkelnummer(kommune, gnr, bnr, fnr, snr)


def is_led_by_municipality(value: str) -> bool:
    """Three to five numbers with slashes, as 5501/124/56, of which the first can be a municipality: it is read as one."""
    text = _visible(value) if len(value) <= _LONGEST else ""
    return _ALL_SLASHES.fullmatch(text) is not None and int(text[:2]) in _COUNTIES


def is_kontonummer(digits: str) -> bool:
    """Eleven digits with a right control digit; only zeros pass the sum but are nobody's account."""
    return (
        len(digits) == 11
        and _DIGITS.fullmatch(digits) is not None
        and digits.strip("0") != ""
        and control_digit(digits[:10], ACCOUNT_WEIGHTS) == int(digits[10])
    )


def is_organisasjonsnummer(digits: str) -> bool:
    """Nine digits with a right control digit, not only zeros."""
    return (
        len(digits) == 9
        and _DIGITS.fullmatch(digits) is not None
        and digits.strip("0") != ""
        and control_digit(digits[:8], ORGANISATION_WEIGHTS) == int(digits[8])
    )


def is_kid(text: str) -> bool:
    """4–25 characters, mod 10 or mod 11; the control character may be ``-`` (mod 11 gave 10)."""
    body, control = text[:-1], text[-1:]
    if len(text) not in _KID_LENGTHS or not _DIGITS.fullmatch(body) or not body.strip("0"):
        return False
    return control in (luhn_digit(body), kid_control(body))


def _kid_text(value: str) -> str:
    text = _visible(value)
    hyphen = "-" if text[-1:] and text[-1] in _HYPHENS else ""
    return normalise(text) + hyphen


def _as_person(value: str, wanted: str) -> IdentifierCheck:
    digits = normalise(value)
    if len(digits) != 11 or not _DIGITS.fullmatch(digits):
        return IdentifierCheck(value, wanted, valid=False, reasons=("Nummeret skal ha elleve sifre.",))
    read = read_person_number(digits)
    if digits[0] in "89":
        why = "Nummeret begynner på 8 eller 9. Det kan være et FH-nummer, som ikke blir kontrollert her."
        return IdentifierCheck(value, wanted, valid=False, reasons=(why,))
    if read.plausible_date and read.kind != wanted:
        why = f"Nummeret er bygd som {_NAMES[read.kind]}, ikke som {_NAMES[wanted]}."
        return IdentifierCheck(
            value, wanted, valid=False, synthetic=read.synthetic, reasons=(why, *read.faults)
        )
    return _person(value, read, wanted)


def _person(value: str, read: PersonNumber, kind: str) -> IdentifierCheck:
    scheme = read.scheme if read.valid else None
    return IdentifierCheck(
        value, kind, read.valid, scheme, read.synthetic, reasons=(*read.faults, *read.notices)
    )


def check_person_number(value: str) -> IdentifierCheck:
    """Read as fødselsnummer, D-nummer or H-nummer, whichever the digits say."""
    digits = normalise(value)
    readable = len(digits) == 11 and _DIGITS.fullmatch(digits) and digits[0] not in "89"
    kind = read_person_number(digits).kind if readable else FODSELSNUMMER
    return _as_person(value, kind)


def _as_organisation(value: str) -> IdentifierCheck:
    digits = normalise(value).removeprefix("NO").removesuffix("MVA")
    if len(digits) != 9 or not _DIGITS.fullmatch(digits):
        return IdentifierCheck(value, ORGANISATION, valid=False, reasons=("Nummeret skal ha ni sifre.",))
    valid = is_organisasjonsnummer(digits)
    reasons = () if valid else (_wrong_control(digits),)
    return IdentifierCheck(value, ORGANISATION, valid, reasons=reasons)


def _wrong_control(digits: str) -> str:
    if not digits.strip("0"):
        return "Bare nuller er ikke et nummer i bruk."
    return "Kontrollsifferet stemmer ikke."


def _as_account(value: str) -> IdentifierCheck:
    digits = normalise(value)
    if len(digits) != 11 or not _DIGITS.fullmatch(digits):
        return IdentifierCheck(value, ACCOUNT, valid=False, reasons=("Nummeret skal ha elleve sifre.",))
    if not is_kontonummer(digits):
        return IdentifierCheck(value, ACCOUNT, valid=False, reasons=(_wrong_control(digits),))
    person = read_person_number(digits)
    reasons: tuple[str, ...] = ()
    if is_fh_number(digits):
        reasons = ("Sifrene kan også leses som et FH-nummer.",)
    elif person.valid:
        reasons = ("Sifrene kan også leses som et fødselsnummer eller D-nummer.",)
    elif person.plausible_date:
        reasons = ("Nummeret begynner som en fødselsdato, men er ikke gyldig som fødselsnummer.",)
    return IdentifierCheck(value, ACCOUNT, valid=True, reasons=reasons)


def _as_kid(value: str) -> IdentifierCheck:
    text = _kid_text(value)
    if len(text) not in _KID_LENGTHS:
        why = "KID skal ha fra 4 til 25 tegn."
    elif not _DIGITS.fullmatch(text[:-1]) or not (text[-1] == "-" or text[-1] in "0123456789"):
        why = "KID skal bare ha sifre, og eventuelt en bindestrek til slutt."
    elif not text.strip("0"):
        why = "Bare nuller er ikke et nummer i bruk."
    elif is_kid(text):
        return IdentifierCheck(value, KID, valid=True)
    else:
        why = "Kontrolltegnet stemmer ikke, verken etter modulus 10 eller modulus 11."
    return IdentifierCheck(value, KID, valid=False, reasons=(why,))


def _as_unit(value: str) -> IdentifierCheck:
    found = re.fullmatch(r"[HLUK]([0-9]{2})([0-9]{2})", normalise(value))
    if not found:
        why = "Skriv bokstaven H, L, U eller K og fire sifre, for eksempel H0203."
        return IdentifierCheck(value, UNIT, valid=False, reasons=(why,))
    notice = ("Etasjen eller nummeret i etasjen er 00. Se etter om det er riktig.",)
    return IdentifierCheck(value, UNIT, valid=True, reasons=notice if "00" in found.groups() else ())


def _as_cadastre(value: str) -> IdentifierCheck:
    number = parse_matrikkelnummer(value)
    if number is None:
        why = "Skriv kommunenummer, gårdsnummer og bruksnummer, for eksempel 5501-124/56."
    elif number.kommune is None:
        why = "Kommunenummeret mangler. Uten det er nummeret bare entydig i én kommune."
    elif len(number.kommune) != 4 or number.kommune == "0000":
        why = "Kommunenummeret skal ha fire sifre, med innledende null om det trengs."
    elif number.gnr == 0 or number.bnr == 0:
        why = "Gårdsnummer og bruksnummer kan ikke være 0."
    else:
        notice = (MUNICIPALITY_FIRST,) if is_led_by_municipality(value) else ()
        return IdentifierCheck(value, CADASTRE, valid=True, reasons=notice)
    return IdentifierCheck(value, CADASTRE, valid=False, reasons=(why,))


def _as_postcode(value: str) -> IdentifierCheck:
    digits = normalise(value)
    if len(digits) != 4 or not _DIGITS.fullmatch(digits):
        why = "Postnummer skal ha fire sifre, med innledende null om det trengs."
    elif digits == "0000":
        why = "0000 er ikke et postnummer."
    else:
        why = "Bare formen er kontrollert, ikke om postnummeret er i bruk."
        return IdentifierCheck(value, POSTCODE, valid=True, reasons=(why,))
    return IdentifierCheck(value, POSTCODE, valid=False, reasons=(why,))


_NAMES = {"fodselsnummer": "et fødselsnummer", "d-number": "et D-nummer", "h-number": "et H-nummer"}
_READERS: dict[str, Callable[[str], IdentifierCheck]] = {
    ORGANISATION: _as_organisation,
    ACCOUNT: _as_account,
    KID: _as_kid,
    UNIT: _as_unit,
    CADASTRE: _as_cadastre,
    POSTCODE: _as_postcode,
}


def _eleven(value: str, digits: str) -> IdentifierCheck:
    """Point 3 of the module's list."""
    person = read_person_number(digits)
    written = _visible(value)
    account = is_kontonummer(digits)
    as_account = account and _ACCOUNT_GROUPS.fullmatch(written) is not None
    as_person = person.valid or (person.plausible_date and _PERSON_GROUPS.fullmatch(written) is not None)
    if as_person and not as_account:
        return _person(value, person, person.kind)
    if not account and not person.plausible_date and is_kid(digits):
        return _as_kid(value)
    if account or not person.plausible_day or not digits.strip("0"):
        return _as_account(value)
    return _person(value, person, person.kind)


def _guess(value: str) -> IdentifierCheck:
    text = normalise(value)
    if _UNIT.fullmatch(text):
        return _as_unit(value)
    if parse_matrikkelnummer(value) is not None:
        return _as_cadastre(value)
    if re.fullmatch(r"(NO)?[0-9]{9}(MVA)?", text):
        return _as_organisation(value)
    if _visible(value)[-1] in _HYPHENS and is_kid(_kid_text(value)):
        return _as_kid(value)
    if _DIGITS.fullmatch(text):
        return _guess_digits(value, text)
    return IdentifierCheck(
        value, UNKNOWN, valid=False, reasons=("Dette ligner ikke på noe nummer vi kjenner.",)
    )


def _guess_digits(value: str, digits: str) -> IdentifierCheck:
    if len(digits) == 4:
        return _as_postcode(value)
    if len(digits) == 11:
        return _eleven(value, digits)
    if len(digits) in _KID_LENGTHS:
        return _as_kid(value)
    return IdentifierCheck(value, UNKNOWN, valid=False, reasons=("Ingen kjente nummer har så mange sifre.",))


def check(value: str, kind: str | None = None) -> IdentifierCheck:
    """Read one value, as ``kind`` when it is given (one of ``KINDS``), else as the module's list says.

    Raises ValueError for a kind that does not exist.
    """
    if kind is not None and kind not in KINDS:
        msg = f"unknown kind of identifier: {kind!r}"
        raise ValueError(msg)
    if not _visible(value[: _LONGEST + 1]):
        return IdentifierCheck(value, kind or UNKNOWN, valid=False, reasons=("Feltet er tomt.",))
    if len(value) > _LONGEST:
        return IdentifierCheck(
            value, kind or UNKNOWN, valid=False, reasons=("Teksten er for lang til å være et nummer.",)
        )
    if kind is None:
        return _guess(value)
    return _as_person(value, kind) if kind in PERSON_KINDS else _READERS[kind](value)


def check_all(values: Iterable[str], kind: str | None = None) -> list[IdentifierCheck]:
    """One result per value, in order: what ``identifiers check`` prints."""
    return [check(value, kind) for value in values]
