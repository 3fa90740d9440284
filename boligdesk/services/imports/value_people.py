"""Names, numbers and contact details of people. Nothing here quotes what stood in the cell."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from typing import Final

from boligdesk.domain import identifiers, text
from boligdesk.services.imports.table import Cell
from boligdesk.services.imports.values import (
    MADE_A_DATE,
    Outcome,
    Parsed,
    Parser,
    Problem,
    as_text,
    is_date_cell,
    is_number,
    without_spaces,
)

NAME_MAX: Final = 200
TEXT_MAX: Final = 500
LONG_MAX: Final = 20_000
REFERENCE_MAX: Final = 100

#: Words that belong to the family name that follows («van der Berg»).
_PARTICLES: Final = frozenset(
    "van von der den de del da di du la le el al bin ibn ben af av dos santos ter ten".split()
) - {"santos"}

#: Breaks, soft hyphens, byte order marks and joiners come along with copied text and mean no harm.
_HARMLESS: Final = frozenset("\t\n\r\u00ad\ufeff\u200b\u200c\u200d")
_NO_INTERPRETER: Final = frozenset({"nei", "n", "ingen", "norsk", "ikke behov", "trenger ikke tolk"})
_MARKUP: Final = re.compile(r"<[^<>]{0,200}>|&[a-z]{2,8};|&#\d+;", re.IGNORECASE)
_EMAIL: Final = re.compile(r"^[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;.]{2,}$")
_PHONE_PARTS: Final = re.compile(r"[/;,|\n]|\beller\b|\bog\b")
#: «tlf», «Mob:» before a number and «(priv)» behind it say what it is, and are no part of it.
_PHONE_WORD: Final = r"(?:(?:mobil|mob|telefon|telf|tlf|tel)(?:tlf|telefon|nummer|nr)?|m|t|phone|nummer|nr|privat|priv|p|arbeid|arb|a|jobb|hjemme|hjem|fasttelefon)"
_PHONE_LABEL: Final = re.compile(
    rf"^(?:{_PHONE_WORD}(?![^\W\d_])[\s.:()\-]*)+(?=[+(\d])|(?<=\d)[\s,(]+(?:{_PHONE_WORD}\b[\s.:()]*)+$",
    re.IGNORECASE,
)
_LETTERS: Final = re.compile(r"[^\W\d_]")
_SCIENTIFIC: Final = re.compile(r"^\d([.,]\d+)?E\+\d+$", re.IGNORECASE)


def _strange(raw: str) -> str | None:
    """What a person should look at in a text, or None. The text is cleaned or kept either way."""
    if any(unicodedata.category(char) in {"Cc", "Cf"} and char not in _HARMLESS for char in raw):
        return "Teksten har skjulte tegn. De er tatt bort."
    if _MARKUP.search(raw):
        return "Teksten ser ut som kode fra en nettside. Den er tatt inn som vanlig tekst."
    return None


def _plain(raw: str) -> bool:
    """Most cells: nothing to clean."""
    return raw.isprintable() and "<" not in raw and "&" not in raw and "  " not in raw


def clean(cell: Cell) -> tuple[str, str | None]:
    """One line of clean text, and a warning about what was in it."""
    raw = as_text(cell)
    if raw.isascii() and _plain(raw):
        return raw, None
    return text.clean(raw), None if raw.isprintable() and "<" not in raw and "&" not in raw else _strange(raw)


def parse_text(cell: Cell, _today: dt.date) -> Outcome:
    """One line of text, at most 500 characters."""
    if len(as_text(cell)) > TEXT_MAX:
        return Problem(f"Teksten er for lang. Den kan ha høyst {TEXT_MAX} tegn.")
    value, warning = clean(cell)
    if is_date_cell(cell):
        warning = MADE_A_DATE
    return Parsed(value, warning=warning) if value else Parsed(None, warning=warning)


def parse_interpreter(cell: Cell, today: dt.date) -> Outcome:
    """The language somebody needs an interpreter in. «Nei» is no language, and «Ja» says not which."""
    answer = as_text(cell).casefold().strip(" .")
    if answer in _NO_INTERPRETER:
        return Parsed(None)
    if answer in {"ja", "j", "x"}:
        return Parsed(None, warning="Lista sier at personen trenger tolk, men ikke språket. Skriv språket.")
    return parse_text(cell, today)


def parse_long_text(cell: Cell, _today: dt.date) -> Outcome:
    """Several lines of text."""
    raw = as_text(cell)
    if len(raw) > LONG_MAX:
        return Problem(f"Teksten er for lang. Den kan ha høyst {LONG_MAX} tegn.")
    return Parsed(text.clean_long(raw) or None, warning=_strange(raw))


def parse_reference(cell: Cell, _today: dt.date) -> Outcome:
    """An id of another system: text, also when it looks like a number."""
    if is_date_cell(cell):
        return Problem(MADE_A_DATE)
    value, warning = clean(cell) if len(as_text(cell)) <= REFERENCE_MAX else ("", None)
    if not value:
        return Problem(f"Verdien er for lang eller tom. Den kan ha høyst {REFERENCE_MAX} tegn.")
    return Parsed(value, warning=warning)


def _name(cell: Cell) -> tuple[str, str | None] | Problem:
    raw = as_text(cell)
    if len(raw) > NAME_MAX:
        return Problem(f"Navnet er for langt. Det kan ha høyst {NAME_MAX} tegn.")
    if is_date_cell(cell):
        return Problem(MADE_A_DATE)
    value, warning = clean(raw)
    if not value or not _LETTERS.search(value):
        return Problem("Her står det ikke noe navn.")
    if warning is None and not value.isascii():
        warning = _other_script(value)
    if warning is None and any(char.isdigit() for char in value):
        warning = "Navnet har tall i seg."
    return value, warning


def _other_script(value: str) -> str | None:
    """Letters that a Norwegian search word does not reach (Arabic, Cyrillic, ...)."""
    for char in value:
        if (
            char > "\u024f"
            and char.isalpha()
            and not unicodedata.name(char, "").startswith(("LATIN", "MODIFIER"))
        ):
            return "Navnet er skrevet med andre bokstaver enn de latinske. Legg gjerne til navnet i latinsk skrift."
    return None


def parse_name(cell: Cell, _today: dt.date) -> Outcome:
    """One part of a name, kept as it is written."""
    found = _name(cell)
    return found if isinstance(found, Problem) else Parsed(found[0], warning=found[1])


def split_name(full: str, *, family_first: bool = False) -> tuple[str, str, str]:
    """(given, family, how it was split). A comma means family name first."""
    if "," in full:
        family, _, given = (part.strip() for part in full.partition(","))
        return given, family, "Navnet før komma er lest som etternavn."
    words = full.split()
    if len(words) == 1:
        return "", full, "Ett ord er lest som etternavn."
    if family_first:
        return " ".join(words[1:]), words[0], "Det første ordet er lest som etternavn."
    cut = len(words) - 1
    while cut > 1 and words[cut - 1].casefold() in _PARTICLES:
        cut -= 1
    return " ".join(words[:cut]), " ".join(words[cut:]), "Det siste ordet er lest som etternavn."


def parse_full_name(cell: Cell, _today: dt.date) -> Outcome:
    """A whole name; fills ``given_name`` and ``family_name`` as well."""
    found = _name(cell)
    if isinstance(found, Problem):
        return found
    value, warning = found
    given, family, assumption = split_name(value)
    if not family:
        given, family = "", given
    return Parsed(value, assumption, warning, also=(("given_name", given), ("family_name", family)))


_NOT_A_NUMBER: Final = "Dette er ikke et fødselsnummer. Skriv elleve siffer, eller la cellen stå tom."


def parse_national_id(cell: Cell, _today: dt.date) -> Outcome:
    """Digits of a person number. A number that fails its check is taken with a warning (the office decides)."""
    raw = without_spaces(as_text(cell)).replace("-", "").replace(".", "")
    if is_date_cell(cell) or _SCIENTIFIC.match(as_text(cell)):
        return Problem(
            "Regnearket har forkortet nummeret. Gjør kolonnen om til tekst, og skriv alle elleve sifrene."
        )
    if "*" in raw or (raw.isdigit() and len(raw) in {5, 6}):
        return Parsed(None, warning="Nummeret er ikke helt. Det er ikke tatt med.")
    if not raw.isascii() or not raw.isdigit():
        return Problem(_NOT_A_NUMBER)
    assumption = None
    if len(raw) == 10:
        raw, assumption = "0" + raw, "Nummeret hadde ti siffer. En null er satt foran."
    if len(raw) != 11:
        if not 7 <= len(raw) <= 12:
            return Problem(_NOT_A_NUMBER)
        return Parsed(raw, warning="Nummeret har ikke elleve siffer. Det er tatt inn som annet nummer.")
    return Parsed(raw, assumption, _number_warning(raw))


def _number_warning(digits: str) -> str | None:
    if identifiers.check_person_number(digits).valid:
        return None
    return "Nummeret følger ikke reglene for fødselsnummer. Det er tatt inn som det står."


def _phone_one(raw: str) -> tuple[str, str | None]:
    """The number to keep and a warning. Norwegian numbers lose spaces and country code."""
    raw = _PHONE_LABEL.sub("", raw).strip()
    digits = "".join(char for char in raw if char.isdigit() and char.isascii())
    # Eight digits that begin with 00 are an old dummy number, not a country code.
    prefixed = digits.startswith("00") and len(digits) > 8
    foreign = raw.lstrip().startswith("+") or prefixed
    if prefixed:
        digits = digits[2:]
    if foreign and digits.startswith("47") and len(digits) == 10:
        digits, foreign = digits[2:], False
    if not foreign and len(digits) == 10 and digits.startswith("47"):
        digits = digits[2:]
    if _LETTERS.search(raw) or not digits:
        return raw, "Telefonnummeret har tekst i seg. Det er tatt inn som det står."
    if foreign:
        ok = 7 <= len(digits) <= 15
        return "+" + digits, None if ok else "Telefonnummeret har uvanlig lengde."
    if len(digits) != 8:
        return digits, "Telefonnummeret har ikke åtte siffer."
    return digits, "Telefonnummeret begynner med 0. Norske numre gjør ikke det." if digits[0] == "0" else None


def parse_phone(cell: Cell, _today: dt.date) -> Outcome:
    """A telephone number: eight digits, or + and a country code. A second one goes to ``phone_other``."""
    if is_date_cell(cell):
        return Problem(MADE_A_DATE)
    if len(as_text(cell)) > 80:
        return Problem("Her skal det stå ett telefonnummer.")
    raw = clean(cell)[0] if not is_number(cell) else as_text(cell)
    parts = [part.strip() for part in _PHONE_PARTS.split(raw) if any(char.isdigit() for char in part)]
    if not parts:
        return Problem("Her skal det stå et telefonnummer.")
    number, warning = _phone_one(parts[0])
    if len(parts) == 1:
        return Parsed(number, warning=warning)
    other, second = _phone_one(parts[1])
    more = "To numre i samme celle. Det første er brukt som telefon." if len(parts) == 2 else None
    left = "Cellen har flere enn to numre. Bare de to første er tatt med." if len(parts) > 2 else None
    return Parsed(number, more, left or warning or second, also=(("phone_other", other),))


def parse_email(cell: Cell, _today: dt.date) -> Outcome:
    """An e-mail address, without ``mailto:`` and angle brackets. An odd one is kept with a warning."""
    raw = as_text(cell)
    if len(raw) > 254:
        return Problem("E-postadressen er for lang.")
    if found := re.search(r"<([^<>\s]+@[^<>\s]+)>", raw):
        raw = found[1]
    value = clean(raw.removeprefix("mailto:").strip(" ;,"))[0]
    if _EMAIL.match(value):
        return Parsed(value)
    if "@" not in value:
        return Problem("Dette er ikke en e-postadresse.")
    return Parsed(value, warning="E-postadressen ser ikke riktig ut. Den er tatt inn som den står.")


PARSERS: Final[dict[str, Parser]] = {
    "text": parse_text,
    "interpreter": parse_interpreter,
    "long_text": parse_long_text,
    "reference": parse_reference,
    "case_number": parse_reference,
    "name": parse_name,
    "full_name": parse_full_name,
    "national_id": parse_national_id,
    "phone": parse_phone,
    "email": parse_email,
}
