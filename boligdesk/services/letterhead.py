"""The letterhead of the office: how it is checked before it is kept, and an example page that shows it.

The setting is a plain dictionary: kommune, kontor, adresse (lines), telefon, epost, nett, orgnr, logo (PNG or
JPEG as base64) and logo_ord (what the logo is called for those who do not see it).
"""

from __future__ import annotations

import base64
import binascii
import re
from typing import TYPE_CHECKING, Any

from boligdesk.domain.identifiers import is_organisasjonsnummer
from boligdesk.domain.text import clean
from boligdesk.services.errors import InvalidInput
from boligdesk.services.records.papers import Block, Letterhead, Paper, Run, Signer

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

#: Bytes of the picture file: it goes into every letter and lies in the store with the other settings.
MOST_LOGO = 200_000
MOST_LINES = 4
_MOST = {"kommune": 60, "kontor": 80, "telefon": 30, "epost": 80, "nett": 80, "logo_ord": 120}
_MOST_LINE = 60
_NEEDED = {"kommune": "kommunen", "kontor": "kontoret", "telefon": "telefonnummeret"}
_PHONE = re.compile(r"\+?[0-9][0-9 ]{1,28}[0-9]")
_MAIL = re.compile(r"[^@\s<>,;:]+@[^@\s<>,;:]+\.[^@\s<>,;:.]{2,}")
_SITE = re.compile(r"[^\s/@:]+\.[^\s/@:.]{2,}(/[^\s@:]*)?")


def letterhead(head: Mapping[str, object]) -> Letterhead:
    """The office's letterhead as it is set; empty lines where nothing is."""
    lines = head.get("adresse")
    return Letterhead(
        municipality=str(head.get("kommune") or ""),
        office=str(head.get("kontor") or ""),
        address=tuple(str(line) for line in lines) if isinstance(lines, list | tuple) else (),
        phone=str(head.get("telefon") or ""),
        email=str(head.get("epost") or ""),
        web=str(head.get("nett") or ""),
        organisation_no=str(head.get("orgnr") or ""),
        logo=logo_of(head),
        logo_words=str(head.get("logo_ord") or ""),
    )


def logo_of(head: Mapping[str, object]) -> bytes:
    """The picture's bytes; b"" when there is none."""
    try:
        return base64.b64decode(str(head.get("logo") or ""), validate=True)
    except binascii.Error:
        return b""


def logo_text(picture: bytes) -> str:
    """A picture as it lies in the setting."""
    return base64.b64encode(picture).decode("ascii")


def checked(body: Mapping[str, Any]) -> dict[str, Any]:
    """The setting as it is kept, cleaned. Raises InvalidInput for the first field that cannot stand on a letter.

    Whether the fonts have its letters, and whether the picture can be drawn, shows when the example is drawn.
    """
    kept: dict[str, Any] = {key: clean(str(body.get(key) or "")) for key in _MOST}
    kept["nett"] = kept["nett"].removeprefix("https://").removeprefix("http://").rstrip("/")
    for key, what in _NEEDED.items():
        if not kept[key]:
            raise InvalidInput(key, f"Skriv {what}.")
    for key, most in _MOST.items():
        if len(kept[key]) > most:
            raise InvalidInput(key, f"Teksten kan ha høyst {most} tegn.")
    kept["adresse"] = _address(body.get("adresse"))
    if not _PHONE.fullmatch(kept["telefon"]):
        raise InvalidInput("telefon", "Skriv telefonnummeret med tall og mellomrom.")
    if kept["epost"] and not _MAIL.fullmatch(kept["epost"]):
        raise InvalidInput("epost", "E-postadressen er ikke riktig skrevet.", todo="Se etter skrivefeil.")
    if kept["nett"] and not _SITE.fullmatch(kept["nett"]):
        raise InvalidInput("nett", "Nettstedet er ikke riktig skrevet.", todo="Skriv det som www.navn.no.")
    kept["orgnr"] = _organisation(clean(str(body.get("orgnr") or "")))
    kept["logo"] = _logo(body)
    if kept["logo"] and not kept["logo_ord"]:
        raise InvalidInput("logo_ord", "Skriv hva logoen viser, for dem som ikke ser den.")
    if not kept["logo"]:
        kept["logo_ord"] = ""
    return kept


def _address(lines: object) -> list[str]:
    found = [clean(str(line)) for line in lines] if isinstance(lines, list | tuple) else []
    kept = [line for line in found if line]
    if not kept:
        raise InvalidInput("adresse", "Skriv adressen.")
    if len(kept) > MOST_LINES:
        raise InvalidInput("adresse", f"Adressen kan ha høyst {MOST_LINES} linjer.")
    if any(len(line) > _MOST_LINE for line in kept):
        raise InvalidInput("adresse", f"En linje kan ha høyst {_MOST_LINE} tegn.")
    return kept


def _organisation(text: str) -> str:
    """«974 760 673», or nothing."""
    digits = text.replace(" ", "")
    if not digits:
        return ""
    if not is_organisasjonsnummer(digits):
        raise InvalidInput(
            "orgnr",
            "Organisasjonsnummeret stemmer ikke.",
            "Det skal ha ni siffer, og det siste er et kontrollsiffer.",
            "Se etter skrivefeil.",
        )
    return f"{digits[:3]} {digits[3:6]} {digits[6:]}"


def _logo(body: Mapping[str, Any]) -> str:
    text = str(body.get("logo") or "")
    picture = logo_of(body)
    if text and not picture:
        raise InvalidInput("logo", "Logoen kan ikke leses.", todo="Velg bildet på nytt.")
    if len(picture) > MOST_LOGO:
        raise InvalidInput(
            "logo", f"Logoen kan være høyst {MOST_LOGO // 1000} kB.", todo="Velg et mindre bilde."
        )
    return text


def example(body: Mapping[str, Any], on: dt.date) -> Paper:
    """A letter to nobody, that shows the letterhead as it stands in ``body``, checked or not."""

    def paragraph(text: str) -> Block:
        return Block("paragraph", "eksempel", ((Run(text),),))

    return Paper(
        language="nb",
        title="Slik blir brevene fra kontoret",
        letterhead=letterhead(body),
        recipient=("Navn på mottakeren", "Gate og nummer", "Postnummer og sted"),
        dated_on=on,
        references=(("Vår referanse", "saksnummeret"),),
        blocks=(
            paragraph(
                "Kommunen og kontoret står øverst til venstre, med logoen foran hvis kontoret har en. Adresse, "
                "telefon og e-post står til høyre, så mottakeren ser hvordan hun eller han kan ta kontakt."
            ),
            paragraph("Navnet og adressen til mottakeren står der vinduet i konvolutten er."),
        ),
        signers=(Signer("Navn på saksbehandleren", "saksbehandler"),),
        is_draft=True,
    )
