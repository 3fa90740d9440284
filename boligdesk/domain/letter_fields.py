"""The fields that a letter template may use: key, words, type, and where the value comes from.

A template that names anything else is refused. A field is one entry here; its value is found by the services.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class FieldType(StrEnum):
    TEXT = "tekst"
    DATE = "dato"
    MONEY = "belop"
    NUMBER = "tall"
    LIST = "liste"
    FREE = "fritekst"
    YES_NO = "ja_nei"


@dataclass(frozen=True, slots=True)
class LetterField:
    """``source`` says where the value is taken from, in the words of the chip. Money is in øre."""

    key: str
    label: str
    type: FieldType
    source: str


_T, _D, _M, _L = FieldType.TEXT, FieldType.DATE, FieldType.MONEY, FieldType.LIST
_OFFICE, _CASE, _TRACK, _RULES, _LAW = "kontoret", "saken", "vurderingen", "regelsettet", "regler og hjemler"
_WRITER, _OFFER = "du skriver", "tilbudet"


FIELDS: tuple[LetterField, ...] = (
    LetterField("kommune", "Kommune", _T, _OFFICE),
    LetterField("kontor", "Kontor", _T, _OFFICE),
    LetterField("kontor_adresse", "Kontorets adresse", _T, _OFFICE),
    LetterField("kontor_telefon", "Kontorets telefon", _T, _OFFICE),
    LetterField("kontor_epost", "Kontorets e-post", _T, _OFFICE),
    LetterField("saksbehandler", "Saksbehandler", _T, _CASE),
    LetterField("saksnummer", "Saksnummer", _T, _CASE),
    LetterField("soknad_dato", "Søknaden kom", _D, _CASE),
    LetterField("har_barn", "Barn i husstanden", FieldType.YES_NO, _CASE),
    LetterField("svar_grunn", "Hvorfor svaret tar tid", FieldType.FREE, _WRITER),
    LetterField("ventet_svar", "Når svaret er ventet", _D, _WRITER),
    LetterField("mangler", "Det som mangler", _L, _WRITER),
    LetterField("mangler_hvorfor", "Hvorfor det trengs", FieldType.FREE, _WRITER),
    LetterField("mangler_frist", "Frist for å sende det", _D, _WRITER),
    LetterField("regelverk", "Regelverk", _T, _RULES),
    LetterField("regler", "Regler som er brukt", _L, _RULES),
    LetterField("fakta", "Fakta i saken", _L, _CASE),
    LetterField("vurderinger", "Vurdering av hvert vilkår", _L, _TRACK),
    LetterField("begrunnelse", "Begrunnelse", FieldType.FREE, _TRACK),
    LetterField("onsker", "Søkerens ønsker", FieldType.FREE, _TRACK),
    LetterField("barnets_beste", "Hensynet til barna", FieldType.FREE, _TRACK),
    LetterField("annen_hjelp", "Annen hjelp", FieldType.FREE, _TRACK),
    LetterField("hovedinnhold", "Hjelpen søkeren får", _L, _TRACK),
    LetterField("boligtype", "Type bolig", _T, _TRACK),
    LetterField("storrelse", "Størrelse", _T, _TRACK),
    LetterField("soverom", "Soverom", _T, _TRACK),
    LetterField("etasje_krav", "Etasje og heis", _T, _TRACK),
    LetterField("leietid", "Leietid", _T, _TRACK),
    LetterField("gyldig_til", "Godkjenningen gjelder til", _D, _TRACK),
    LetterField("prioritet", "Prioritet", _T, _TRACK),
    LetterField("prioritet_grunner", "Grunner til prioriteten", _L, _TRACK),
    LetterField("oppfolging", "Oppfølging i boligen", FieldType.FREE, _TRACK),
    LetterField("bolig_adresse", "Boligens adresse", _T, _OFFER),
    LetterField("bolig_rom", "Rom i boligen", _T, _OFFER),
    LetterField("bolig_etasje", "Boligens etasje", _T, _OFFER),
    LetterField("husleie", "Husleie per måned", _M, _OFFER),
    LetterField("depositum", "Depositum", _M, _OFFER),
    LetterField("innflytting", "Innflytting", _D, _OFFER),
    LetterField("visning", "Visning", FieldType.FREE, _OFFER),
    LetterField("svarfrist", "Svarfrist", _D, _OFFER),
    LetterField("folge_av_nei", "Hva som skjer ved nei", _T, _RULES),
    LetterField("tilbud_tekst", "Mer om boligen", FieldType.FREE, _WRITER),
    LetterField("klagefrist", "Klagefrist", _T, _LAW),
    LetterField("klageinstans", "Hvem som avgjør klagen", _T, _CASE),
    LetterField("hjemmel_klage", "Regler om klage", _T, _LAW),
    LetterField("hjemmel_innsyn", "Regler om innsyn", _T, _LAW),
    LetterField("hjemmel_utsatt", "Regler om utsatt iverksetting", _T, _LAW),
    LetterField("hjemmel_forelopig", "Regler om foreløpig svar", _T, _LAW),
    LetterField("hjemmel_utredning", "Regler om utredning", _T, _LAW),
    LetterField("hjemmel_leietid", "Regler om leietid", _T, _LAW),
    LetterField("lovtekster", "Lover og regler", _L, _LAW),
)

BY_KEY = {field.key: field for field in FIELDS}

#: Values that follow the calendar when nobody has chosen them: approval covers the choice, not the day's default.
VOLATILE = frozenset({"klagefrist", "svarfrist", "gyldig_til", "mangler_frist"})


def label_of(key: str) -> str:
    """The words for a field; the key itself for one that is not known."""
    return BY_KEY[key].label if key in BY_KEY else key
