"""A person is found by street and number together, and never by the street alone.

Each word of the street is kept joined with the house number, the word first: «bjorkgata=112». What is typed is
then one range of the index, «bjorkg»..«bjorkh», and of that the numbers that begin as typed. Two words of the
street share the number, so «nordre strandgate 5» takes nobody in Nordre Strandgate 7.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from boligdesk.domain.addresses import split_address
from boligdesk.domain.text import is_number, plain_words, query_words, spellings

if TYPE_CHECKING:
    from collections.abc import Iterator

JOINT = "="
#: A token has room for 16: ten of the word, the joint, and a number of four digits with a letter.
_FIRST, _REST = 10, 9
#: Shorter words than this do not ask for a street: «a 1» would be a walk through the whole town.
_SHORTEST_STREET = 3
_NUMBER = re.compile(r"[0-9]{1,4}[a-z]?")
_POSTCODE = re.compile(r"[0-9]{4}")
_LONGEST_TEXT = 200


@dataclass(frozen=True, slots=True)
class AddressQuery:
    """``street``: beginnings of tokens that must all be there, the first drives the search.

    ``others`` are words that may be of the address or of the name. ``number`` is how the house number begins.
    """

    street: tuple[str, ...]
    number: str
    others: tuple[str, ...] = ()


def address_tokens(street: str, house_no: str | None, letter: str | None, unit_no: str | None) -> set[str]:
    """What one address in force is found by; nothing for one without a number."""
    if not house_no:
        whole = split_address(street)
        street, house_no, letter = whole.street, whole.number, letter or whole.letter
    numbers = [word for word in plain_words(f"{house_no}{letter or ''}") if _NUMBER.fullmatch(word)]
    words = plain_words(f"{street[:_LONGEST_TEXT]} {unit_no or ''}")
    forms = {form for word in words for form in spellings(word)}
    return {f"{piece}{JOINT}{number}" for form in forms for piece in _pieces(form) for number in numbers}


def _pieces(word: str) -> Iterator[str]:
    """A long word goes into two tokens; the second begins with a dot and is never mistaken for a first."""
    yield word[:_FIRST]
    if len(word) > _FIRST:
        yield f".{word[_FIRST : _FIRST + _REST]}"


def address_query(text: str, *, wide: bool = False) -> AddressQuery | None:
    """What was typed, as street and number; None when it is no such thing.

    The number is the first that follows a word of three letters, else one that stands before such a word. A
    postcode after it and what follows that are left out: «Storgata 12 B, 9008 Tromsø» is looked up as it is.
    """
    if len(text) > _LONGEST_TEXT or is_number(text):
        return None
    words = query_words(text, wide=wide)
    places = [place for place, word in enumerate(words) if _NUMBER.fullmatch(word)]
    after = [place for place in places if place and _may_be_street(words[place - 1])]
    before = [place for place in places if place + 1 < len(words) and _may_be_street(words[place + 1])]
    if not (after or before):
        return None
    place = (after or before)[0]
    street = words[place - 1 if after else place + 1]
    rest = words[place + 1 :]
    if after and rest and _POSTCODE.fullmatch(rest[0]):
        rest = []
    others = [word for word in (*words[:place], *rest) if word != street]
    first, *further = _pieces(street)
    is_whole = len(street) > _FIRST
    return AddressQuery(
        (f"{first}{JOINT}{words[place]}" if is_whole else first, *further),
        words[place],
        tuple(dict.fromkeys(others)),
    )


def _may_be_street(word: str) -> bool:
    return len(word) >= _SHORTEST_STREET and word.isalpha()
