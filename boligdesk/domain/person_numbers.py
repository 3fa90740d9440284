"""Fødselsnummer, D-nummer and H-nummer: what the eleven digits say, under the old and the 2032 rule.

Sources: Skatteetaten (nyttfnr2032, official validators), folkeregisterforskriften §§ 2-2-1 and 2-2-2,
navikt/fnrvalidator for help numbers and for the synthetic offsets.

The old rule asks for remainder 0 in the first control digit; the rule from 2032 takes 0, 1, 2 and 3. Every
number good under the old rule is therefore good under the new one: what is found is «both» or «2032».
Neither gender nor century is read out of the number: the individual digits stop telling them in 2032.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from functools import lru_cache

from boligdesk.domain.mod11 import FIRST_PERSON_WEIGHTS, SECOND_PERSON_WEIGHTS, weighted_sum

FODSELSNUMMER = "fodselsnummer"
D_NUMBER = "d-number"
H_NUMBER = "h-number"
PERSON_KINDS = (FODSELSNUMMER, D_NUMBER, H_NUMBER)

_REMAINDERS_2032 = (0, 1, 2, 3)
_D_DAY = 40
_HELP_MONTH = 40  # H-number; NAV's synthetic numbers use the same offset
_HEALTH_NETWORK_MONTH = 65
_TAX_MONTH = 80
_MONTH_OFFSETS = (0, _HELP_MONTH, _HEALTH_NETWORK_MONTH, _TAX_MONTH)
_LEAP_YEAR = 2000
_COMMON_YEAR = 2001


@dataclass(frozen=True, slots=True)
class PersonNumber:
    """Eleven digits read as a person number. ``scheme`` is None when the control digits are wrong."""

    kind: str
    plausible_day: bool
    plausible_date: bool
    scheme: str | None
    synthetic: bool
    notices: tuple[str, ...]
    faults: tuple[str, ...]

    @property
    def valid(self) -> bool:
        return self.plausible_date and self.scheme is not None


def scheme_of(digits: str) -> str | None:
    """``"both"``, ``"2032"`` or None for eleven digits, by the control digits alone."""
    first = (weighted_sum(digits, FIRST_PERSON_WEIGHTS) + int(digits[9])) % 11
    second = (weighted_sum(digits, SECOND_PERSON_WEIGHTS) + int(digits[10])) % 11
    if second or first not in _REMAINDERS_2032:
        return None
    return "2032" if first else "both"


def is_fh_number(digits: str) -> bool:
    """FH-number (felles hjelpenummer): first digit 8 or 9, control digits as in a person number."""
    return digits[0] in "89" and scheme_of(digits) is not None


def _real_date(day: int, month: int, two_digit_year: int) -> bool:
    """29 February counts when any century makes it a date: years divisible by four, 00 being 2000."""
    if not 1 <= month <= 12:
        return False
    year = _COMMON_YEAR if two_digit_year % 4 else _LEAP_YEAR
    return 1 <= day <= monthrange(year, month)[1]


def _month_offset(month: int) -> int | None:
    return next((offset for offset in _MONTH_OFFSETS if 1 <= month - offset <= 12), None)


def _kind(d_number: bool, offset: int | None) -> str:
    if d_number:
        return D_NUMBER
    return H_NUMBER if offset == _HELP_MONTH else FODSELSNUMMER


def _notices(kind: str, offset: int | None, scheme: str | None) -> tuple[str, ...]:
    found = []
    if offset == _TAX_MONTH:
        found.append("Nummeret er syntetisk (måneden er økt med 80, slik Skatteetatens testpersoner har).")
    elif offset == _HEALTH_NETWORK_MONTH:
        found.append("Nummeret er syntetisk (måneden er økt med 65, slik Norsk helsenetts testpersoner har).")
    elif offset == _HELP_MONTH:
        what = "H-nummer" if kind == H_NUMBER else "D-nummer"
        found.append(
            f"Måneden er økt med 40. Det kan være et {what}, eller et syntetisk nummer fra Nav."
            if kind == H_NUMBER
            else f"Måneden er økt med 40 i et {what}. Det er trolig et syntetisk nummer fra Nav."
        )
    if scheme == "2032":
        found.append("Kontrollsifrene følger bare regelen som gjelder fra 2032.")
    return tuple(found)


def _faults(day: int, offset: int | None, real: bool, scheme: str | None) -> tuple[str, ...]:
    found = []
    if not 1 <= day <= 31:
        found.append("De to første sifrene er ikke en dag i en måned.")
    if offset is None:
        found.append("Siffer tre og fire er ikke en måned.")
    elif not real and 1 <= day <= 31:
        found.append("Datoen finnes ikke.")
    if scheme is None:
        found.append("Kontrollsifrene stemmer ikke, verken etter dagens regel eller regelen fra 2032.")
    return tuple(found)


@lru_cache(maxsize=8)  # a row of a list asks about the same number again and again
def read_person_number(digits: str) -> PersonNumber:
    """Read eleven digits. Contract: ``digits`` is exactly eleven ASCII digits.

    Synthetic means month + 80 or + 65. Month + 40 is both H-number and NAV's test numbers; it is never
    called synthetic, because a real help number must not lose its protection by a guess.
    """
    day, month, year = int(digits[:2]), int(digits[2:4]), int(digits[4:6])
    d_number = digits[0] in "4567"
    day -= _D_DAY if d_number else 0
    offset = _month_offset(month)
    real = offset is not None and _real_date(day, month - offset, year)
    scheme = scheme_of(digits)
    kind = _kind(d_number, offset)
    return PersonNumber(
        kind=kind,
        plausible_day=1 <= day <= 31,
        plausible_date=real,
        scheme=scheme,
        synthetic=real and offset in (_TAX_MONTH, _HEALTH_NETWORK_MONTH),
        notices=_notices(kind, offset, scheme if real else None),
        faults=_faults(day, offset, real, scheme),
    )
