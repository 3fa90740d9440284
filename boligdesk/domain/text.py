"""Text as it is kept, compared, searched and sorted.

Search meets transcriptions half-way. ``fold`` is the widest key: å, aa and a are one, and so are ø, ö, oe and
o, and æ, ä, ae and a. It is right for "may these two be the same?". For search as you type it is too wide
(«Moe» would find every Mo…), so the index holds each word in its likely spellings and the query keeps the
digraphs it was typed with:

========  ======================  ==========================================
name      tokens (start of word)  found by
========  ======================  ==========================================
Øverland  overland, oeverland     Øver, Over, Oever, Över
Oeverland oeverland, overland     Øver, Over, Oever
Aasen     asen                    Åsen, Asen, Aasen (aa is always one sound)
Sæther    saether, sather         Sæ, Sae, Sä, Sa
Moen      moen, mon               Moe, Møen; not crowded out by Monsen
========  ======================  ==========================================

What ``fold`` makes of a name is always among its tokens, and a longer query never finds more than a shorter.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

TOKEN_LENGTH = 16
SHORTEST_INSIDE = 3
_MAX_WORD = 48  # longer than any name; bounds the suffixes of one word
_MAX_WORDS = 200  # words of one text that are made searchable

# Letters that Unicode does not take apart; ö and ä go with ø and æ before accents are stripped.
_TO_NORWEGIAN = str.maketrans({"ö": "ø", "ő": "ø", "œ": "ø", "ä": "æ"})
_PLAIN = str.maketrans(
    {"đ": "d", "ð": "d", "ŋ": "n", "ŧ": "t", "ł": "l", "ħ": "h", "ı": "i", "þ": "th", "ĸ": "k"}
)
_MAIN = str.maketrans({"ø": "o", "æ": "ae"})
_LONG = str.maketrans({"ø": "oe", "æ": "ae"})
_SHORT = str.maketrans({"ø": "o", "æ": "a"})
_APOSTROPHES = str.maketrans("", "", "'’‘ʼ`´")

_INVISIBLE = frozenset(
    "\u00ad\u061c\u200b\u200e\u200f\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
_LINE_BREAKS = re.compile(r"\r\n|[\r\n\v\f\x85\u2028\u2029]")
_CASE_NUMBER = re.compile(r"(?<!\d)((?:19|20)\d\d)/(\d{0,9})(?![\d/])")
_BIRTH_NUMBER = re.compile(r"(?<![\d+])(\d{6})[ .\-]?\d{5}(?!\d)")
_FOREIGN_PHONE = re.compile(r"\+(?:\d[ .\-]?){5,14}\d(?!\d)")
_PHONE = re.compile(r"(?<!\d)(?:(?:\+|00)47[ ]?)?(\d{2} ?\d{2} ?\d{2} ?\d{2}|\d{3} ?\d{2} ?\d{3})(?!\d)")
_SHORTEST_BIRTH_NUMBER, _SHORTEST_PHONE = 11, 8
_TYPED_NUMBER = re.compile(r"(?:(?:\+|00)47|\+)?[ ]*(\d[\d ]*)")
# «12 B» is «12B» and «H 0203» is «H0203», typed or stored.
_HOUSE_LETTER = re.compile(r"(?<!\S)([0-9]{1,4}) ([^\W\d_])(?!\w)")
_DIGIT = re.compile(r"\d")
_UNIT_GAP = re.compile(r"(?<!\w)([HLUKhluk]) ([0-9]{4})(?!\w)")


def _without_controls(text: str) -> str:
    """Control characters, lone surrogates and what turns or hides text (bidi controls, zero width) go."""
    return "".join(
        char
        for char in text
        if char not in _INVISIBLE and (char in "\t\n" or unicodedata.category(char) not in {"Cc", "Cs"})
    )


def clean(text: str) -> str:
    """One-line text as it is stored: NFC, no controls, white space single, trimmed. Otherwise as given."""
    if text.isprintable():  # nothing in it to take out: most of what is ever typed
        return " ".join(unicodedata.normalize("NFC", text).split())
    one_line = _without_controls(_LINE_BREAKS.sub("\n", text))
    return " ".join(unicodedata.normalize("NFC", one_line).split())


def clean_long(text: str) -> str:
    """Text of several lines as it is stored: as ``clean``, but line breaks (as line feeds) and indents stay."""
    if text.isprintable():
        return unicodedata.normalize("NFC", text).strip()
    lines = unicodedata.normalize("NFC", _without_controls(_LINE_BREAKS.sub("\n", text))).split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


def first_line(text: str) -> str:
    """The first line that says anything."""
    return next((line.strip() for line in text.splitlines() if line.strip()), "")


def _norwegian(text: str) -> str:
    """Lower case without accents; of the special letters only æ and ø are left (å is a)."""
    if text.isascii():
        return text.casefold().translate(_APOSTROPHES)
    lowered = unicodedata.normalize("NFC", text.casefold()).translate(_TO_NORWEGIAN)
    apart = unicodedata.normalize("NFKD", lowered.translate(_APOSTROPHES))
    kept = "".join(char for char in apart if unicodedata.category(char) not in {"Mn", "Cf"})
    return kept.casefold().translate(_PLAIN)


def _one_a(text: str) -> str:
    return re.sub("aa+", "a", text)


def _collapsed(text: str) -> str:
    """aa, ae -> a and oe -> o, letter by letter: what is typed further never changes what stands."""
    kept: list[str] = []
    for char in text:
        before = kept[-1] if kept else ""
        if (before == "a" and char in "ae") or (before == "o" and char == "e"):
            continue
        kept.append(char)
    return "".join(kept)


def fold(text: str) -> str:
    """Widest comparison key: equal for a name in any spelling or transcription. Idempotent."""
    return " ".join(_collapsed(_norwegian(text).translate(_SHORT)).split())


@lru_cache(maxsize=4096)  # names and streets come again and again in a list
def spellings(word: str) -> tuple[str, ...]:
    """The forms a word is indexed under, likeliest first."""
    forms = (
        _one_a(word.translate(_MAIN)),
        _one_a(word.translate(_LONG)),
        _collapsed(word.translate(_SHORT)),
    )
    return tuple(dict.fromkeys(forms))


def _gathered(text: str) -> str:
    """Single spaces, and what is one house or unit number without a space in it."""
    single = " ".join(text.split())
    if " " not in single or not _DIGIT.search(single):
        return single
    return _UNIT_GAP.sub(r"\1\2", _HOUSE_LETTER.sub(r"\1\2", single))


def _words(folded: str) -> list[str]:
    if folded.isalnum():
        return [folded]
    return "".join(char if char.isalnum() else " " for char in folded).split()


def _numbers(text: str) -> tuple[str, list[str]]:
    """Take out what is a number written with gaps or slashes: the rest of the text, and the tokens.

    A case number gives «2026/1275», «1275» and both as written; a Norwegian telephone its eight
    digits; of a birth number only the first six: the rest is looked up by keyed hash alone.
    """
    tokens: list[str] = []
    if not _DIGIT.search(text):
        return text, tokens

    def foreign(found: re.Match[str]) -> str:
        digits = re.sub(r"\D", "", found[0])
        tokens.append(digits[2:] if digits.startswith("47") and len(digits) == 10 else digits)
        return " "

    def birth(found: re.Match[str]) -> str:
        tokens.append(found[1])
        return " "

    def case(found: re.Match[str]) -> str:
        sequence = found[2].lstrip("0")
        as_written = f"{found[1]}/{found[2]}" if found[2] else ""
        tokens.extend(token for token in (f"{found[1]}/{sequence}", as_written, sequence, found[2]) if token)
        return " "

    def phone(found: re.Match[str]) -> str:
        tokens.append(found[1].replace(" ", ""))
        return " "

    if "+" in text:
        text = _FOREIGN_PHONE.sub(foreign, text)
    if len(text) >= _SHORTEST_BIRTH_NUMBER:
        text = _BIRTH_NUMBER.sub(birth, text)
    if "/" in text:
        text = _CASE_NUMBER.sub(case, text)
    if len(text) >= _SHORTEST_PHONE:
        text = _PHONE.sub(phone, text)
    return text, tokens


def _tokens_of(text: str) -> Iterator[tuple[str, bool]]:
    rest, numbers = _numbers(_gathered(text))
    for number in numbers:
        yield number[:TOKEN_LENGTH], True
    for word in _words(_norwegian(rest))[:_MAX_WORDS]:
        yield from _tokens_of_word(word[:_MAX_WORD])


@lru_cache(maxsize=4096)  # names and streets come again and again in a list
def _tokens_of_word(word: str) -> tuple[tuple[str, bool], ...]:
    found: list[tuple[str, bool]] = []
    for form in spellings(word):
        found.append((form[:TOKEN_LENGTH], True))
        if form.isalpha():
            inside = range(1, len(form) - SHORTEST_INSIDE + 1)
            found += [(form[start : start + TOKEN_LENGTH], False) for start in inside]
    return tuple(found)


def search_tokens(texts: Iterable[str], starts: Iterable[str] = ()) -> list[tuple[str, bool]]:
    """``(token, is_start)`` of everything a record is found by; each token once, start of word first.

    Words are split where a letter or digit ends; words of letters also give every suffix of three letters or
    more (is_start False): «bjork» is a prefix of a suffix of «storbjork». At most 16 characters a token.
    The words of ``starts`` are found by their beginnings alone.
    """
    found: dict[str, bool] = {}
    for text in starts:
        found |= {token: True for token, is_start in _tokens_of(text) if is_start}
    for text in texts:
        for token, is_start in _tokens_of(text):
            found[token] = found.get(token, False) or is_start
    return sorted(found.items(), key=lambda item: (not item[1], item[0]))


def _is_one_number(groups: list[str]) -> bool:
    """Groups of a telephone half typed, or whole; «12 9008» is a house number and a postcode."""
    return all(len(group) <= 3 for group in groups) or len(groups) == 1 or sum(map(len, groups)) == 8


def query_words(text: str, *, wide: bool = False) -> list[str]:
    """The words of what somebody typed, spelt as the index spells them first (``wide``: digraphs folded too)."""
    shape = _norwegian(_gathered(text))
    return _words(_collapsed(shape.translate(_SHORT)) if wide else _one_a(shape.translate(_MAIN)))


def plain_words(text: str) -> list[str]:
    """The words of a stored text, lower case without accents; æ and ø stay, for ``spellings``."""
    return _words(_norwegian(_gathered(text)))


def is_number(text: str) -> bool:
    """Whether what was typed is, or has in it, a telephone, a case number or an identity number."""
    typed = _gathered(text)
    number = _TYPED_NUMBER.fullmatch(typed)
    return bool(
        (number and _is_one_number(number[1].split()))
        or _BIRTH_NUMBER.search(typed)
        or _CASE_NUMBER.search(typed)
        or _PHONE.search(typed)
    )


def query_terms(text: str, *, wide: bool = False) -> list[str]:
    """What somebody typed, as token prefixes that must all be found, in the order typed.

    Digits with gaps are one number («68 05 00 01», also half typed, +47 or not). ``wide`` is for a second try
    when the first finds nothing: it folds digraphs too (Bjoerk finds Bjork) and leaves out leading zeros
    (2026/001275 finds 2026/1275).
    """
    typed = _gathered(text)
    number = _TYPED_NUMBER.fullmatch(typed)
    if number and _is_one_number(number[1].split()):
        return [number[1].replace(" ", "")[:TOKEN_LENGTH]]
    birth = _BIRTH_NUMBER.fullmatch(typed)
    if birth:
        return [re.sub(r"\D", "", typed)]
    terms: list[str] = []

    def case(found: re.Match[str]) -> str:
        terms.append(f"{found[1]}/{found[2].lstrip('0') if wide else found[2]}")
        return " "

    def phone(found: re.Match[str]) -> str:
        terms.append(found[1].replace(" ", ""))
        return " "

    rest = _PHONE.sub(phone, _CASE_NUMBER.sub(case, typed))
    words = query_words(rest, wide=wide)
    return list(dict.fromkeys(term[:TOKEN_LENGTH] for term in (*words[:_MAX_WORDS], *terms)))


# -- sorting -------------------------------------------------------------------------------------------------

_SORT_LENGTH = 200  # characters that decide an order; bounds the key in an index
_GAP = "!"  # below every digit and letter
_AFTER_BASE = "~"  # above every letter: č follows cz
_LAST_LETTERS = {"æ": "{", "ø": "|", "å": "}"}  # the ASCII characters after z, in this order
_SAMI = {"č": "c", "đ": "d", "ŋ": "n", "š": "s", "ŧ": "t", "ž": "z"}
_SORTED_AS = {"ä": "æ", "ö": "ø", "ő": "ø", "œ": "ø", "ü": "y", "ű": "y"}
_DIGIT_RUN = re.compile(r"([0-9]+)")
_NO_LETTERS = re.compile(r"[^a-z]+")


def _letter_key(char: str) -> tuple[str, bool]:
    """Weight of one lower-case character, and whether it is another letter sorted as that one."""
    alike = _SORTED_AS.get(char, char)
    if alike in _LAST_LETTERS:
        return _LAST_LETTERS[alike], alike != char
    if alike in _SAMI:
        return _SAMI[alike] + _AFTER_BASE, False
    base = unicodedata.normalize("NFKD", alike).translate(_PLAIN)
    plain = "".join(part for part in base if part.isascii() and part.isalnum())
    if plain:
        return plain.lower(), plain != char
    if char.isalnum():
        return f"~~{ord(char):06x}", False  # other scripts: after å, in the order of their code points
    return ("" if unicodedata.category(char) in {"Mn", "Cf"} else _GAP), False


def _digits_key(digits: str) -> str:
    """Numbers by value: 2 before 12."""
    value = digits.lstrip("0")
    size = str(len(value)) if len(value) < 9 else f"9{len(value):03d}"
    return size + value


@lru_cache(maxsize=64)
def sort_key(text: str) -> str:
    """Norwegian sort key in printable ASCII, to be compared byte by byte.

    a–z, æ, ø, å; aa as å, ä as æ, ö as ø, ü as y; č đ ŋ š ŧ ž after their base letter; other accents decide
    only between words that are otherwise the same; spaces and hyphens before letters; numbers by value.
    """
    lowered = unicodedata.normalize("NFC", text[:_SORT_LENGTH].casefold()).translate(_APOSTROPHES)
    if lowered.isascii() and "aa" not in lowered and not _DIGIT.search(lowered):
        return _NO_LETTERS.sub(_GAP, lowered).strip(_GAP)
    weights: list[str] = []
    accents: list[str] = []
    for run in _DIGIT_RUN.split(lowered.replace("aa", "\0")):
        if _DIGIT_RUN.fullmatch(run):
            weights.append(_digits_key(run))
            accents.append("0")
            continue
        for char in run:
            weight, other = (_LAST_LETTERS["å"], True) if char == "\0" else _letter_key(char)
            if weight == _GAP and (not weights or weights[-1] == _GAP):
                continue
            if weight:
                weights.append(weight)
                accents.append("1" if other else "0")
    if weights and weights[-1] == _GAP:
        weights.pop()
    key = "".join(weights)
    marks = "".join(accents).rstrip("0")
    return f"{key} {marks}" if marks else key
