"""People's names, numbers, telephones and ages: how they are put together, read and compared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from boligdesk.domain import identifiers
from boligdesk.domain.catalog import IdentifierKind
from boligdesk.domain.person_numbers import is_fh_number, scheme_of
from boligdesk.domain.text import fold, sort_key

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

ADULT_AGE = 18
#: What a row says of a person with strictly confidential address, also to those who may read the file.
HIDDEN_NAME = "Skjermet"
UNKNOWN_NAME = "Ukjent navn"
#: Numbers of which a person has one at a time: a new one ends the one before.
NATIONAL_KINDS = frozenset(
    {IdentifierKind.FODSELSNUMMER, IdentifierKind.D_NUMBER, IdentifierKind.H_NUMBER, IdentifierKind.SYNTHETIC}
)

_NUMBER_LENGTH = 11
_SHORTEST_WITH_SLIP = 4
_KIND_READ_AS = {
    IdentifierKind.FODSELSNUMMER: "fodselsnummer",
    IdentifierKind.D_NUMBER: "d-number",
    IdentifierKind.H_NUMBER: "h-number",
}
_SCHEMES = {"both": "begge", "2032": "ny2032"}
_KIND_FOUND = {kind: stored for stored, kind in _KIND_READ_AS.items()}
_COUNTRY_CODE = re.compile(r"^(?:\+|00)47(?=\d{8}$)")


@dataclass(frozen=True, slots=True)
class NumberCheck:
    """``result``: begge, ny2032 (2032 rule only), ugyldig, or ikke_kontrollert for other numbers."""

    digits: str
    result: str
    remarks: tuple[str, ...] = ()

    @property
    def is_refused(self) -> bool:
        """Not to be stored without a stated reason."""
        return self.result == "ugyldig"


def display_name(given: str, middle: str, family: str) -> str:
    """«Klok Hest»."""
    return " ".join(part for part in (given, middle, family) if part) or UNKNOWN_NAME


def list_name(given: str, middle: str, family: str) -> str:
    """«Hest, Klok»."""
    first = " ".join(part for part in (given, middle) if part)
    return ", ".join(part for part in (family, first) if part) or UNKNOWN_NAME


def sort_name(given: str, middle: str, family: str) -> str:
    return sort_key(list_name(given, middle, family))


def check_number(kind: str, value: str, birth_on: dt.date | None = None) -> NumberCheck:
    """Read a number as its kind (domain.md 4.1). Remarks never repeat the number.

    A number is never turned into a birth date; when it does not fit the one that is known, a remark says so.
    """
    stored_kind = IdentifierKind(kind)
    digits = identifiers.normalise(value)
    if stored_kind is IdentifierKind.OTHER:
        return NumberCheck(digits, "ikke_kontrollert")
    if stored_kind is IdentifierKind.H_NUMBER and _is_fh(digits):
        return NumberCheck(digits, _SCHEMES[scheme_of(digits) or "both"], ("Nummeret er et FH-nummer.",))
    wanted = _KIND_READ_AS.get(stored_kind)
    read = identifiers.check(value, wanted) if wanted else identifiers.check_person_number(value)
    remarks = list(read.reasons)
    if stored_kind is IdentifierKind.SYNTHETIC and read.valid and not read.synthetic:
        remarks.append("Nummeret ser ut som et vanlig nummer, ikke et syntetisk.")
    if read.valid and birth_on is not None and not _fits(digits, birth_on):
        remarks.append("Nummeret passer ikke med fødselsdatoen.")
    return NumberCheck(digits, _SCHEMES.get(read.scheme or "", "ugyldig"), tuple(remarks))


def _is_fh(digits: str) -> bool:
    return len(digits) == _NUMBER_LENGTH and digits.isascii() and digits.isdigit() and is_fh_number(digits)


def kind_of_number(value: str) -> IdentifierKind:
    """The kind that the digits themselves say; «annet» when they are no person number."""
    read = identifiers.check_person_number(value)
    return _KIND_FOUND.get(read.kind, IdentifierKind.OTHER) if read.valid else IdentifierKind.OTHER


def _fits(digits: str, birth_on: dt.date) -> bool:
    """Day, month and two-digit year, whichever offset the number was made with."""
    day = int(digits[:2]) - (40 if digits[0] in "4567" else 0)
    month = int(digits[2:4])
    same_month = any(month - offset == birth_on.month for offset in (0, 40, 65, 80))
    return day == birth_on.day and same_month and int(digits[4:6]) == birth_on.year % 100


def fold_phone(text: str) -> str:
    """Digits for comparing and searching: «+47 68 05 00 01» and «68050001» are one."""
    plain = re.sub(r"[^\d+]", "", text)
    return _COUNTRY_CODE.sub("", plain).lstrip("+")


def format_phone(text: str) -> str:
    """Norwegian numbers as «68 05 00 01»; others as they were written."""
    digits = fold_phone(text)
    plain = re.sub(r"[^\d+]", "", text)
    if len(digits) != 8 or plain.removeprefix("+47").removeprefix("0047") != digits:
        return text
    return " ".join(digits[start : start + 2] for start in range(0, 8, 2))


def age_on(birth_on: dt.date, on: dt.date) -> int:
    """Whole years; negative before birth. Born on 29 February: a year older on 1 March."""
    return on.year - birth_on.year - ((on.month, on.day) < (birth_on.month, birth_on.day))


def within_one_edit(left: str, right: str) -> bool:
    """Equal, or one letter put in, left out, changed, or swapped with its neighbour."""
    if left == right:
        return True
    if len(left) > len(right):
        left, right = right, left
    if len(right) - len(left) > 1:
        return False
    start = next((i for i, char in enumerate(left) if char != right[i]), len(left))
    if len(left) < len(right):
        return left[start:] == right[start + 1 :]
    swapped = left[start + 1 : start + 2] + left[start : start + 1] == right[start : start + 2]
    return left[start + 1 :] == right[start + 1 :] or (swapped and left[start + 2 :] == right[start + 2 :])


def one_edit_away(word: str) -> frozenset[str]:
    """The folded word itself and everything ``within_one_edit`` of it, for looking up in an index.

    Short words have no neighbours: one letter of «Bo» is half of it.
    """
    if len(word) < _SHORTEST_WITH_SLIP:
        return frozenset({word})
    cuts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    letters = "abcdefghijklmnopqrstuvwxyz"
    return frozenset(
        {word}
        | {head + tail[1:] for head, tail in cuts if tail}
        | {head + tail[1] + tail[0] + tail[2:] for head, tail in cuts if len(tail) > 1}
        | {head + letter + tail[1:] for head, tail in cuts if tail for letter in letters}
        | {head + letter + tail for head, tail in cuts for letter in letters}
    )


def name_words(*parts: str) -> tuple[str, ...]:
    """Folded words of a name: «Åse-Marie Øvre» -> ase, marie, ovre."""
    return tuple(word for part in parts for word in re.split(r"[^\w]+", fold(part)) if word)


def similar_names(typed: Iterable[str], stored: Iterable[str]) -> bool:
    """All words (folded) of the shorter name stand in the other, in any order, one letter wrong at most.

    A middle name may be missing on either side. Short words must be equal: one letter of «Bo» is half of it.
    """
    words, left = sorted((list(typed), list(stored)), key=len)
    slips = 0
    for word in sorted(words, key=len, reverse=True):
        near = word if word in left else next((other for other in left if _is_slip(word, other)), None)
        if near is None:
            return False
        slips += near != word
        left.remove(near)
    return bool(words) and slips <= 1


def _is_slip(word: str, other: str) -> bool:
    return len(word) >= _SHORTEST_WITH_SLIP and within_one_edit(word, other)
