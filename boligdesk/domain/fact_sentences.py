"""What is known about an application, as sentences to the applicant in a letter, in bokmål and nynorsk.

Only known answers become sentences: what nobody knows is told as missing by the assessment, never as a fact.
Long free texts are the applicant's own words and stay out; the caseworker writes what matters of them.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from boligdesk.domain.calendar import long_date
from boligdesk.domain.money import format_kr

if TYPE_CHECKING:
    from collections.abc import Iterable

Answer = str | int | dt.date | None


@dataclass(frozen=True, slots=True)
class KnownFact:
    """A known answer: ``value`` as stored (yes/no as 1/0, money in øre)."""

    key: str
    value: Answer


#: Yes and no: key -> ((yes nb, no nb), (yes nn, no nn)); "" = nothing to say.
_YES_NO: dict[str, tuple[tuple[str, str], tuple[str, str]]] = {
    "expects_child": (("Dere venter barn.", ""), ("De ventar barn.", "")),
    "notice_given": (
        ("Leieforholdet ditt er sagt opp.", "Leieforholdet ditt er ikke sagt opp."),
        ("Leigeforholdet ditt er sagt opp.", "Leigeforholdet ditt er ikkje sagt opp."),
    ),
    "residence_renewal": (
        ("Du har søkt om å fornye oppholdstillatelsen.", "Du har ikke søkt om å fornye oppholdstillatelsen."),
        ("Du har søkt om å fornye opphaldsløyvet.", "Du har ikkje søkt om å fornye opphaldsløyvet."),
    ),
    "payment_remarks": (
        ("Du har betalingsanmerkninger.", "Du har ingen betalingsanmerkninger."),
        ("Du har betalingsmerknader.", "Du har ingen betalingsmerknader."),
    ),
    "lift_or_ground": (
        ("Du trenger heis eller bolig i første etasje.", ""),
        ("Du treng heis eller bustad i første etasje.", ""),
    ),
    "step_free": (("Du trenger trinnfri adkomst.", ""), ("Du treng trinnfri tilkomst.", "")),
    "wheelchair": (("Du bruker rullestol inne.", ""), ("Du bruker rullestol inne.", "")),
    "staffed": (
        ("Du trenger bolig med base eller bemanning.", ""),
        ("Du treng bustad med base eller bemanning.", ""),
    ),
    "shielded": (("Du trenger en skjermet bolig.", ""), ("Du treng ein skjerma bustad.", "")),
    "follow_up": (("Du trenger oppfølging i boligen.", ""), ("Du treng oppfølging i bustaden.", "")),
}

#: Codes: key -> code -> (nb, nn).
_CODES: dict[str, dict[str, tuple[str, str]]] = {
    "housing_now": {
        "leier_privat": ("Du leier privat nå.", "Du leiger privat no."),
        "leier_kommunalt": ("Du leier av kommunen nå.", "Du leiger av kommunen no."),
        "eier": ("Du eier boligen du bor i nå.", "Du eig bustaden du bur i no."),
        "hos_familie": (
            "Du bor hos familie eller venner nå.",
            "Du bur hos familie eller vener no.",
        ),
        "midlertidig": ("Du bor i et midlertidig botilbud nå.", "Du bur i eit mellombels butilbod no."),
        "institusjon": ("Du er på institusjon nå.", "Du er på institusjon no."),
        "fengsel": ("Du er i fengsel nå.", "Du er i fengsel no."),
        "mottak": ("Du bor på asylmottak nå.", "Du bur på asylmottak no."),
        "uten_bolig": ("Du er uten bolig nå.", "Du er utan bustad no."),
    },
    "residence_basis": {
        "norsk": ("Du er norsk statsborger.", "Du er norsk statsborgar."),
        "nordisk": ("Du er nordisk statsborger.", "Du er nordisk statsborgar."),
        "eos": ("Du har oppholdsrett som EØS-borger.", "Du har opphaldsrett som EØS-borgar."),
        "permanent": (
            "Du har permanent oppholdstillatelse.",
            "Du har permanent opphaldsløyve.",
        ),
        "midlertidig": (
            "Du har midlertidig oppholdstillatelse.",
            "Du har mellombels opphaldsløyve.",
        ),
        "kollektiv": ("Du har kollektiv beskyttelse.", "Du har kollektivt vern."),
        "sokt": ("Du har søkt om oppholdstillatelse.", "Du har søkt om opphaldsløyve."),
    },
    "income_kind": {
        "arbeid": ("Inntekten din er lønn fra arbeid.", "Inntekta di er lønn frå arbeid."),
        "uforetrygd": ("Inntekten din er uføretrygd.", "Inntekta di er uføretrygd."),
        "aap": (
            "Inntekten din er arbeidsavklaringspenger.",
            "Inntekta di er arbeidsavklaringspengar.",
        ),
        "alderspensjon": ("Inntekten din er alderspensjon.", "Inntekta di er alderspensjon."),
        "dagpenger": ("Inntekten din er dagpenger.", "Inntekta di er dagpengar."),
        "overgangsstonad": ("Inntekten din er overgangsstønad.", "Inntekta di er overgangsstønad."),
        "introduksjonsstonad": (
            "Inntekten din er introduksjonsstønad.",
            "Inntekta di er introduksjonsstønad.",
        ),
        "kvalifiseringsstonad": (
            "Inntekten din er kvalifiseringsstønad.",
            "Inntekta di er kvalifiseringsstønad.",
        ),
        "sosialhjelp": (
            "Inntekten din er økonomisk sosialhjelp.",
            "Inntekta di er økonomisk sosialhjelp.",
        ),
        "studielan": ("Inntekten din er studielån og stipend.", "Inntekta di er studielån og stipend."),
        "ingen": ("Du har ingen inntekt.", "Du har inga inntekt."),
    },
}

#: Values put into a sentence: key -> (nb, nn).
_VALUES: dict[str, tuple[str, str]] = {
    "bedrooms_now": ("Boligen din nå har {} soverom.", "Bustaden din no har {} soverom."),
    "must_leave_by": (
        "Du må flytte fra boligen din innen {}.",
        "Du må flytte frå bustaden din innan {}.",
    ),
    "rent_now": ("Husleien din nå er {} per måned.", "Husleiga di no er {} per månad."),
    "botid_since": ("Du har bodd i kommunen siden {}.", "Du har budd i kommunen sidan {}."),
    "residence_until": ("Oppholdet ditt gjelder til {}.", "Opphaldet ditt gjeld til {}."),
    "income_month": (
        "Husstanden har {} i inntekt etter skatt per måned.",
        "Hushaldet har {} i inntekt etter skatt per månad.",
    ),
    "max_rent": (
        "Du kan betale inntil {} i husleie per måned.",
        "Du kan betale inntil {} i husleige per månad.",
    ),
    "bedrooms": ("Dere trenger {} soverom.", "De treng {} soverom."),
}
_MONEY = frozenset({"rent_now", "income_month", "max_rent"})

#: The order in the letter.
ORDER = (
    *("housing_now", "bedrooms_now", "must_leave_by", "notice_given", "rent_now"),
    *("botid_since", "residence_basis", "residence_until", "residence_renewal"),
    *("income_kind", "income_month", "max_rent", "payment_remarks", "expects_child", "bedrooms"),
    *("lift_or_ground", "step_free", "wheelchair", "staffed", "shielded", "follow_up"),
)


def household_sentence(adults: int | None, children: int | None, language: str) -> str:
    """«Dere er to voksne og tre barn.»; "" when the adults are not known. One alone is told as alone."""
    if not adults:
        return ""
    nn = language == "nn"
    if adults == 1 and not children:
        return "Du søkjer for deg sjølv." if nn else "Du søker for deg selv."
    grown = f"{_count(adults, nn)} {'vaksen' if adults == 1 else 'vaksne'}" if nn else ""
    grown = grown or f"{_count(adults, nn)} {'voksen' if adults == 1 else 'voksne'}"
    one = "eitt" if nn else "ett"
    small = f" og {one if children == 1 else _count(children, nn)} barn" if children else ""
    return f"{'De' if nn else 'Dere'} er {grown}{small}."


def sentences(facts: Iterable[KnownFact], language: str) -> tuple[str, ...]:
    """One sentence a fact, in the order of the letter; facts that say nothing to the applicant are left out."""
    by_key = {fact.key: fact.value for fact in facts}
    said = [_sentence(key, by_key[key], language) for key in ORDER if by_key.get(key) is not None]
    return tuple(text for text in said if text)


def _sentence(key: str, value: Answer, language: str) -> str:
    place = 1 if language == "nn" else 0
    if key in _YES_NO:
        return _YES_NO[key][place][0 if value else 1]
    if key in _CODES:
        return _CODES[key].get(str(value), ("", ""))[place]
    if isinstance(value, dt.date):
        shown = long_date(value)
    elif key in _MONEY and isinstance(value, int):
        shown = format_kr(value)
    else:
        shown = str(value)
    return _VALUES[key][place].format(shown)


_NB = ("null", "én", "to", "tre", "fire", "fem", "seks", "sju", "åtte", "ni", "ti", "elleve", "tolv")
_NN = ("null", "ein", "to", "tre", "fire", "fem", "seks", "sju", "åtte", "ni", "ti", "elleve", "tolv")


def _count(number: int, nn: bool) -> str:
    words = _NN if nn else _NB
    return words[number] if number < len(words) else str(number)


def count_words(number: int, language: str) -> str:
    """A number up to twelve in words («tre»); greater ones in figures."""
    return _count(number, language == "nn")
