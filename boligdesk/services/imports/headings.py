"""Compare headings as people write them: case, spaces, punctuation and æ/ø/å do not count."""

from __future__ import annotations

import difflib
import re
import unicodedata
from functools import cache
from typing import Final, Literal

from boligdesk.services.imports.fields import REASON_HEADING, ROW_HEADING, fields_of

Sureness = Literal["exact", "variant", "guess", "none"]

#: Between a group heading and the heading below it («Verge – Telefon»).
GROUP_MARK: Final = " – "

#: Group headings that are about the person or dwelling of the row itself.
_OWN_GROUPS: Final = frozenset(
    "soker sokere person personer personalia personopplysninger hovedsoker hovedperson leietaker beboer navn adresse "
    "bostedsadresse kontakt kontaktinfo kontaktinformasjon kontaktopplysninger bolig boligen boligdata boliginfo "
    "opplysninger fakta okonomi leie husleie areal storrelse tilgjengelighet uu behov onsker soknad soknaden "
    "medlem husstandsmedlem diverse annet generelt identifikasjon id".split()
)
_LETTERS: Final = str.maketrans({"æ": "ae", "ä": "ae", "ø": "o", "ö": "o", "å": "a"})
_PARENTHESIS: Final = re.compile(r"[(\[{][^)\]}]*[)\]}]")
_PREFIX: Final = re.compile(r"^(sokers|sokerens|beboers|leietakers|personens|boligens|klientens)(?=.)")
_SUFFIX: Final = re.compile(r"(ikr|inok|nok|kr|kvm|m2|permnd|prmnd|ddmmaaaa|ddmmar|ddmmyyyy)$")
#: Nynorsk (and old) word parts -> what they are in the catalogue's words, longest first.
_NYNORSK: Final = tuple(
    (nynorsk, bokmal)
    for nynorsk, bokmal in (
        pair.split("=")
        for pair in (
            "bustadadresse=bostedsadresse forenamn=fornavn eigartilhove=eierforhold motteken=mottatt motteke=mottatt "
            "innflytta=innflyttet utflytta=utflyttet storleik=storrelse tilhove=forhold bustad=bolig sokjer=soker "
            "sokjar=soker hushald=husstand hogaste=hoyeste leige=leie takar=taker manad=maned namn=navn vergje=verge "
            "onskja=onsket onskt=onsket treng=trenger eigar=eier brukar=bruker fodd=fodt poststad=poststed nadar=nader sokar=soker"
        ).split()
    )
)
_TAL: Final = re.compile(r"^tal(?=rom|soverom|kvm)")
#: The year that a rent or status is of.
_YEAR: Final = re.compile(r"(?<=[a-z])20\d\d$")
#: Headings that may mean several things; the person is asked to look.
_LOOSE: Final = {
    "dwellings": {"bolig": "street"},
    "applications": {"registrert": "received_on", "registrertdato": "received_on"},
}
_DIGITS: Final = re.compile(r"\d+")
_FUZZY_FROM: Final = 6
_FUZZY_CUTOFF: Final = 0.88


@cache
def key(heading: str) -> str:
    """The heading's letters and digits only, with one spelling of æ, ø and å."""
    text = unicodedata.normalize("NFKC", heading).casefold().translate(_LETTERS)
    text = text.replace("oe", "o").replace("aa", "a")
    return "".join(char for char in text if char.isalnum())


@cache
def known_keys(kind: str) -> dict[str, tuple[str, Sureness]]:
    """Key of every known heading -> (field, sureness). Names and labels win over further headings."""
    found: dict[str, tuple[str, Sureness]] = {}
    for spec in fields_of(kind):
        for text in (spec.name, spec.label):
            found.setdefault(key(text), (spec.name, "exact"))
    for spec in fields_of(kind):
        for text in spec.headings:
            found.setdefault(key(text), (spec.name, "variant"))
    return found


def _fuzzy(compact: str, known: dict[str, tuple[str, Sureness]]) -> str | None:
    if len(compact) < _FUZZY_FROM:
        return None
    for close in difflib.get_close_matches(compact, known, n=3, cutoff=_FUZZY_CUTOFF):
        if _DIGITS.findall(close) == _DIGITS.findall(compact):
            return known[close][0]
    return None


def _recognise_surely(heading: str, kind: str) -> tuple[str, Sureness] | None:
    known = known_keys(kind)
    compact = key(heading)
    if compact in known:
        return known[compact]
    bare = key(_PARENTHESIS.sub(" ", heading))
    same = _bokmal(bare)
    for word in (bare, same, _YEAR.sub("", same)):
        for candidate in (word, _PREFIX.sub("", word), _SUFFIX.sub("", word)):
            if candidate in known:
                return known[candidate][0], "variant"
    return None


def _recognise_alone(heading: str, kind: str) -> tuple[str | None, Sureness]:
    sure = _recognise_surely(heading, kind)
    if sure is not None:
        return sure
    same = _bokmal(key(_PARENTHESIS.sub(" ", heading)))
    guess = _LOOSE.get(kind, {}).get(same) or _fuzzy(same, known_keys(kind))
    return (guess, "guess") if guess else (None, "none")


def _bokmal(compact: str) -> str:
    """The key of a nynorsk heading as it would be in bokmål: «sokjarsnamn» is «sokersnavn»."""
    for nynorsk, bokmal in _NYNORSK:
        if nynorsk in compact and bokmal not in compact:
            compact = compact.replace(nynorsk, bokmal)
    return _TAL.sub("antall", compact)


@cache
def is_ours(heading: str) -> bool:
    """Is this a column that we wrote beside rejected rows?"""
    return key(heading) in {key(REASON_HEADING), key(ROW_HEADING)}


@cache
def recognise_heading(heading: str, kind: str) -> tuple[str | None, Sureness]:
    """The field one heading stands for and how sure that is."""
    if not heading.strip() or is_ours(heading):
        return None, "none"
    field, sure = _recognise_alone(heading, kind)
    if field is not None or GROUP_MARK not in heading:
        return field, sure
    group, _, below = heading.partition(GROUP_MARK)
    if key(group) not in _OWN_GROUPS:
        return None, "none"
    return _recognise_alone(below, kind)


def is_known_heading(heading: str, kind: str) -> bool:
    """Whether ``recognise_heading`` is sure of it; cells of values are asked about too, so it guesses at nothing."""
    if GROUP_MARK in heading:
        return recognise_heading(heading, kind)[1] in {"exact", "variant"}
    return bool(heading.strip()) and not is_ours(heading) and _recognise_surely(heading, kind) is not None


def close_fields(name: str, kind: str) -> list[str]:
    """Field names that look like ``name``, best first, for a message about a wrong mapping."""
    names = [spec.name for spec in fields_of(kind)]
    close = difflib.get_close_matches(name.casefold(), names, n=3, cutoff=0.6)
    field, _sure = recognise_heading(name, kind)
    return list(dict.fromkeys([field, *close] if field else close))
