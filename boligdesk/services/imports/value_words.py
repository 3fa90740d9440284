"""Words that stand for a stored code: yes and no, status, kind, role."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from boligdesk.domain.catalog import (
    Asks,
    Channel,
    DwellingStatus,
    Labelled,
    MemberRole,
    OfferKind,
    Ownership,
    Protection,
    WrittenForm,
)
from boligdesk.services.imports.headings import key
from boligdesk.services.imports.table import Cell
from boligdesk.services.imports.values import Outcome, Parsed, Parser, Problem, as_text

_YES: Final = frozenset("ja j yes y x xx 1 true sann t ok v ✓ ✔ ☑ 10".split())
_NO: Final = frozenset("nei n no 0 false usann f ☐ ✗ ✘ 00".split())
_DONT_KNOW: Final = frozenset(
    {
        "vet ikke",
        "vetikke",
        "veit ikke",
        "ikke sjekket",
        "ikke avklart",
        "uavklart",
        "ukjent",
        "kanskje",
        "?",
        "-",
        "ub",
        "unknown",
    }
)
_YES_OR_NO: Final = re.compile(r"^(ja|nei)\b", re.IGNORECASE)


def parse_yes_no(cell: Cell, _today: dt.date) -> Outcome:
    """True, False, or None for «vet ikke»: unknown is never no."""
    if isinstance(cell, bool):
        return Parsed(cell)
    text = as_text(cell).casefold().strip(" .")
    if text in _YES:
        return Parsed(True)
    if text in _NO:
        return Parsed(False)
    if text in _DONT_KNOW or not text:
        return Parsed(None)
    if found := _YES_OR_NO.match(text):
        answer = found[1].casefold() == "ja"
        return Parsed(answer, f"Lest som {'ja' if answer else 'nei'}. Teksten bak er ikke tatt med.")
    return Problem("Her må det stå Ja, Nei eller Vet ikke.")


def _words(codes: type[Labelled] | None, further: dict[str, str]) -> dict[str, str]:
    """Key of every word -> stored code. ``further``: code -> words with | between."""
    found: dict[str, str] = {}
    for member in codes or ():
        found[key(member.value)] = member.value
        found[key(member.label)] = member.value
    for code, words in further.items():
        for word in words.split("|"):
            found[key(word)] = code
    return found


DWELLING_STATUS: Final = _words(
    DwellingStatus,
    {
        "ledig": "vacant|tom|free|klar|klar til innflytting|available|ikke utleid",
        "reservert": "reserved|holdt av|tildelt|tilbudt|under tildeling",
        "utleid": "occupied|utleiet|bebodd|utleigd|leigd ut|opptatt|i bruk|leid ut|let|rented",
        "under_utbedring": "renovation|utbedring|oppussing|under oppussing|rehabilitering|renovering|under renovering|vedlikehold|under arbeid",
        "ikke_disponibel": "unavailable|ikke i bruk|stengt|sperret|utilgjengelig|kan ikke leies ut|utgått",
        "solgt": "sold",
        "revet": "demolished",
    },
)
PERSON_STATUS: Final = _words(
    None,
    {
        "aktiv": "aktiv|active|åpen|aktuell|på venteliste|søker|løpende|ja|i kø|queue",
        "avsluttet": "avsluttet|avslutta|inaktiv|inactive|closed|lukket|ferdig|arkivert|utgått|nei|ikke aktuell|flyttet",
        "dod": "død|dead|avdød|deceased",
    },
)
APPLICATION_STATUS: Final = _words(
    None,
    {
        "mottatt": "mottatt|motteken|ny|registrert|new|received|innkommet|aktiv|åpen",
        "kontroll": "kontroll|kontrolleres|til kontroll|dokumentkontroll|mangler dokumentasjon|venter på dokumentasjon",
        "utredning": "utredning|utredes|vurdering|vurderes|til vurdering|kartlegging",
        "under_behandling": "under behandling|under handsaming|til handsaming|under arbeid|til behandling|behandles|in progress|påbegynt",
        "inntaksteam": "inntaksteam|i inntaksteam|til inntaksteam|inntaksmøte|tildelingsmøte|boligteam",
        "vedtak": "vedtak|til vedtak|vedtak skrives|klar for vedtak",
        "iverksetting": "iverksetting|iverksettes|under iverksetting",
        "venteliste": "venteliste|på venteliste|på ventelista|i kø|kø|queue|venter|waiting|står i kø|godkjent|godkjend|godkjent søker|"
        "godkjent for venteliste",
        "innvilget": "innvilget|innvilga|granted|bosatt|tildelt|ja",
        "avslag": "avslag|avslått|avslegen|refused|rejected",
        "avvist": "avvist|dismissed",
        "trukket": "trukket|trekt|withdrawn|trukket av søker|frafalt",
        "avsluttet": "avsluttet|avslutta|closed|lukket|ferdig|utgått|inaktiv",
    },
)
APPLICANT_TYPE: Final = _words(
    None,
    {
        "ordinar": "ordinær|ordinær bolig|vanlig|ordinary",
        "omsorgsbolig": "omsorgsbolig|omsorg|care",
        "flyktning": "flyktning|flyktninger|bosetting|refugee",
        "ungdom": "ungdom|ungdomsbolig|ung|youth",
        "akutt": "akutt|akuttbolig|midlertidig|urgent",
    },
)
OFFER_KIND: Final = _words(
    OfferKind,
    {
        "omsorg_base": "omsorg med base|omsorgsbolig med base|samlokalisert omsorg|bemannet|bemannet bolig|døgnbemannet|omsorgsbolig med bemanning",
        "omsorg_spredt": "omsorgsbolig|omsorg|omsorg spredt|omsorgsbolig spredt|trygdebolig|omsorgsbolig uten base",
        "ordinar_felles": "ordinær felles|ordinær samlokalisert|samlokalisert|bofellesskap|bokollektiv",
        "ordinar_spredt": "ordinær|ordinær bolig|ordinær spredt|ordinær, spredt|vanlig|kommunal bolig|gjennomgangsbolig|utleiebolig",
        "flyktning": "flyktningbolig|flyktninger|bosetting|introduksjonsbolig",
        "midlertidig": "midlertidig bolig|midlertidig botilbud|akuttbolig|akutt|krisebolig|overgangsbolig",
        "natthjem": "nattherberge|akuttovernatting",
    },
)
_HOUSE_TYPES: Final = frozenset(
    key(word)
    for word in (
        "leilighet",
        "hybel",
        "hybelleilighet",
        "rekkehus",
        "enebolig",
        "tomannsbolig",
        "blokk",
        "blokkleilighet",
        "hus",
        "firemannsbolig",
        "kjedehus",
        "småhus",
        "terrasseleilighet",
        "sokkelleilighet",
        "rom",
        "bokollektivrom",
    )
)
OWNERSHIP: Final = _words(
    Ownership,
    {
        "eid": "eie|eige|eigd|eier|kommunen|kommunal|kommunalt eid|eid av kommunen|selveier|owned|kommuneeid|k|stiftelse",
        "innleid": "leid|leigd|innleigd|leige|leie|leie inn|leid inn|privat innleid|innleie|fremleie|framleie|leased|privat utleier",
        "privat_disposisjonsrett": "disposisjonsrett|privat|tilvisning|tilvisningsavtale|tildelingsrett|privat med tildelingsrett|privat med disposisjonsrett",
    },
)
RELATION: Final = _words(
    MemberRole,
    {
        "hovedperson": "søker|søkjar|hovedsøker|selv|leietaker|self|hp",
        "partner": "ektefelle|samboer|sambuar|kone|mann|mannen|ektemann|hustru|kjæreste|registrert partner|spouse|medsøker",
        "barn": "sønn|datter|son|dotter|born|stebarn|fosterbarn|barnebarn|child|felles barn|særkullsbarn|barn under 18|voksent barn",
        "forelder": "mor|far|foreldre|parent|svigermor|svigerfar|stemor|stefar",
        "omsorgsperson": "omsorg|hjelper|carer|avlaster",
        "annen": "annet|andre|søster|bror|søsken|venn|slektning|besteforelder|bestemor|bestefar|onkel|tante|other|sibling",
    },
)
CHANNEL: Final = _words(
    Channel,
    {
        "papir": "brev|post|papirskjema|skjema|paper|papirsøknad",
        "telefon": "tlf|phone|ringte",
        "oppmote": "møtte opp|personlig|skranke|besøk|mottak|på kontoret",
        "digital": "digitalt|nett|elektronisk|digitalt skjema|e-post|epost|altinn|kobo|nettskjema|digital søknad",
        "import": "fil",
        "annet": "other|nav|diverse",
    },
)
ASKS: Final = _words(
    Asks,
    {
        "leie": "bolig|bustad|kommunal bustad|leige|leige bustad|kommunal bolig|leie bolig|ny bolig|førstegang|førstegangssøknad|leie av bolig|ny søknad|ny",
        "bytte": "bytte bolig|byte|byte bustad|boligbytte|flytte|bytting",
        "forlenget_botid": "forlenget leie|forlengelse|fornyelse|ny periode|forlenget leieforhold|forlenget leiekontrakt|fornye",
        "bistand": "hjelp|annen hjelp|råd|råd og veiledning|oppfølging|boveiledning|hjelp til bolig",
    },
)
WRITTEN_FORM: Final = _words(
    WrittenForm, {"bm": "bokmål|nb|nob|norsk bokmål|b", "nn": "nynorsk|nno|norsk nynorsk|n"}
)

_PROTECTION: Final = _words(
    Protection,
    {
        "ingen": "nei|0|ugradert|ikke|ingen sperre|usperret|n|no|false|usann|none",
        "fortrolig": "kode 7|7|fortrolig adresse|k7|kode7|fortrolig kode 7|confidential",
        "strengt_fortrolig": "kode 6|6|strengt fortrolig adresse|k6|kode6|strengt fortrolig kode 6|spes|hemmelig",
        "strengt_fortrolig_utland": "kode 19|19|strengt fortrolig utland",
    },
)


def _one_of(text: str, words: dict[str, str], what: str, shown: str) -> Outcome:
    code = words.get(key(text)) if len(text) < 80 else None
    if code is None:
        return Problem(f"Ordet er ikke en kjent {what}. Skriv {shown}.")
    return Parsed(code)


def _word_parser(words: dict[str, str], what: str, shown: str) -> Parser:
    def parse_word(cell: Cell, _today: dt.date) -> Outcome:
        return _one_of(as_text(cell), words, what, shown)

    return parse_word


def parse_offer_kind(cell: Cell, _today: dt.date) -> Outcome:
    """A kind of offer. What sort of house it is (leilighet, hybel) is another thing and is left out."""
    text = as_text(cell)
    if key(text) in _HOUSE_TYPES:
        return Parsed(
            None,
            warning="Ordet sier hva slags hus det er, ikke hvilket tilbud. Boligtypen er satt til ukjent.",
        )
    return _one_of(text, OFFER_KIND, "boligtype", "omsorg, ordinær, flyktning, midlertidig eller natthjem")


def parse_asks(cell: Cell, _today: dt.date) -> Outcome:
    """What is asked for: a tuple of codes, without repeats."""
    codes: list[str] = []
    for part in re.split(r"[,;+&/]|\bog\b", as_text(cell)):
        if not part.strip():
            continue
        code = ASKS.get(key(part))
        if code is None:
            return Problem(
                "Ordet sier ikke hva det søkes om. Skriv leie, bytte, forlenget botid eller bistand."
            )
        codes.append(code)
    return Parsed(tuple(dict.fromkeys(codes)))


def parse_protection(cell: Cell, _today: dt.date) -> Outcome:
    """The protection level 0..3. A bare «ja» or «?» is refused: nobody may guess the level."""
    if cell is False:
        return Parsed(0)
    text = as_text(cell)
    code = "ingen" if text in {"-", "–"} else _PROTECTION.get(key(text))
    if code is None:
        return Problem(
            "Adressesperren må være kode 6, kode 7 eller ingen. Raden er ikke tatt inn, så ingenting blir synlig."
        )
    return Parsed(Protection.codes().index(code))


PARSERS: Final[dict[str, Parser]] = {
    "yes_no": parse_yes_no,
    "dwelling_status": _word_parser(
        DWELLING_STATUS, "boligstatus", "ledig, reservert, utleid, under utbedring eller ikke disponibel"
    ),
    "person_status": _word_parser(PERSON_STATUS, "status", "aktiv eller avsluttet"),
    "application_status": _word_parser(
        APPLICATION_STATUS,
        "søknadsstatus",
        "mottatt, kontroll, under behandling, inntaksteam, vedtak, venteliste, innvilget, avslag, trukket eller avsluttet",
    ),
    "applicant_type": _word_parser(
        APPLICANT_TYPE, "søkergruppe", "ordinær, omsorgsbolig, flyktning, ungdom eller akutt"
    ),
    "ownership": _word_parser(OWNERSHIP, "eierform", "eid, innleid eller privat med disposisjonsrett"),
    "relation": _word_parser(
        RELATION, "rolle", "hovedperson, ektefelle, samboer, barn, forelder, omsorgsperson eller annen"
    ),
    "channel": _word_parser(CHANNEL, "kanal", "papir, telefon, oppmøte eller digitalt"),
    "written_form": _word_parser(WRITTEN_FORM, "målform", "bokmål eller nynorsk"),
    "offer_kind": parse_offer_kind,
    "asks": parse_asks,
    "protection": parse_protection,
}
