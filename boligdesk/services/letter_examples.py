"""An example of every kind of letter with fictional people: for the command line, the tests and the bench.

Everything that comes from rules and law is worked out as in a real letter; the rest is invented.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from boligdesk.domain.calendar import add_months
from boligdesk.domain.catalog import TrackLaw
from boligdesk.domain.conditions import filled
from boligdesk.domain.expressions import Known, evaluate
from boligdesk.domain.fact_sentences import KnownFact, household_sentence, sentences
from boligdesk.domain.legal_references import field_values, law_lines
from boligdesk.domain.letters import LETTERS, Approval, LetterKind
from boligdesk.domain.rule_sets import in_force, shipped
from boligdesk.services.letter_desk import TITLES
from boligdesk.services.letter_values import (
    appeal_words,
    in_sentence,
    months_words,
    refusal_words,
    reply_due,
    rule_line,
    rules_words,
)
from boligdesk.services.records.papers import Letterhead, Paper, Signer

if TYPE_CHECKING:
    from boligdesk.domain.rule_sets import RuleSet
    from boligdesk.services.ports.papers import Papers
    from boligdesk.services.records.papers import Composed, LetterValue

#: The day of the examples.
DAY = dt.date(2026, 11, 24)
HEAD = Letterhead(
    "Øvelse kommune",
    "Boligkontoret",
    ("Øvelsesgata 1", "9000 Tromsø"),
    "68 05 00 00",
    "boligkontoret@ovelse.example",
)
_FACTS = (
    KnownFact("housing_now", "hos_familie"),
    KnownFact("must_leave_by", dt.date(2026, 12, 15)),
    KnownFact("botid_since", dt.date(2020, 3, 3)),
    KnownFact("max_rent", 990000),
    KnownFact("bedrooms", 3),
    KnownFact("lift_or_ground", 1),
)
_HOUSEHOLD = (KnownFact("adults", 2), KnownFact("children", 3))
_INCOME, _HIGH_INCOME = 2790000, 4790000
_TEXTS: dict[str, dict[str, str]] = {
    "nb": {
        "svar_grunn": "Vi venter på en uttalelse fra legen din om hva slags bolig dere trenger.",
        "mangler_hvorfor": "Vi trenger papirene for å se hva dere kan betale i husleie, og når dere må flytte.",
        "begrunnelse": "Dere er fem personer i to rom og må flytte om få uker. Du har lett etter bolig på egen "
        "hånd siden i sommer uten å få noe som er stort nok. Vi har lagt mest vekt på at barna snart ikke har "
        "et sted å bo.",
        "onsker": "Du vil helst bo i Kroken, så barna kan gå på samme skole.",
        "barnets_beste": "Barna er 4, 7 og 11 år. De trenger ro og et fast sted å bo, og bør få fortsette på skolen.",
        "annen_hjelp": "Du kan søke Husbanken om bostøtte og kommunen om startlån. Vi hjelper deg gjerne med å lete "
        "etter en privat bolig og med garanti for depositum.",
        "oppfolging": "Du får besøk av en boveileder de første tre månedene.",
        "visning": "Du kan se boligen fredag 27. november klokka 13. Miljøvaktmesteren møter deg ved inngangen.",
        "tilbud_tekst": "Boligen er nymalt. Det er barnehage og skole i nærheten.",
    },
    "nn": {
        "svar_grunn": "Vi ventar på ei fråsegn frå legen din om kva slags bustad de treng.",
        "mangler_hvorfor": "Vi treng papira for å sjå kva de kan betale i husleige, og når de må flytte.",
        "begrunnelse": "De er fem personar i to rom og må flytte om få veker. Du har leita etter bustad på eiga hand "
        "sidan i sommar utan å få noko som er stort nok. Vi har lagt mest vekt på at barna snart ikkje har ein "
        "stad å bu.",
        "onsker": "Du vil helst bu i Kroken, så barna kan gå på same skulen.",
        "barnets_beste": "Barna er 4, 7 og 11 år. Dei treng ro og ein fast stad å bu, og bør få halde fram på skulen.",
        "annen_hjelp": "Du kan søkje Husbanken om bustøtte og kommunen om startlån. Vi hjelper deg gjerne med å leite "
        "etter ein privat bustad og med garanti for depositum.",
        "oppfolging": "Du får besøk av ein burettleiar dei første tre månadene.",
        "visning": "Du kan sjå bustaden fredag 27. november klokka 13. Miljøvaktmeisteren møter deg ved inngangen.",
        "tilbud_tekst": "Bustaden er nymåla. Det er barnehage og skule i nærleiken.",
    },
}
_LISTS: dict[str, dict[str, tuple[str, ...]]] = {
    "nb": {
        "mangler": ("De tre siste lønnsslippene", "Leiekontrakten og brevet om at du må flytte"),
        "hovedinnhold": (
            "Vi hjelper deg med å lete etter en privat bolig og er med på visning.",
            "Vi hjelper deg med å søke om bostøtte.",
            "En boveileder følger deg opp de første tre månedene i ny bolig.",
        ),
    },
    "nn": {
        "mangler": ("Dei tre siste lønsslippane", "Leigekontrakten og brevet om at du må flytte"),
        "hovedinnhold": (
            "Vi hjelper deg med å leite etter ein privat bustad og er med på vising.",
            "Vi hjelper deg med å søkje om bustøtte.",
            "Ein burettleiar følgjer deg opp dei første tre månadene i ny bustad.",
        ),
    },
}


_REFUSALS = (LetterKind.REFUSAL_DWELLING, LetterKind.REFUSAL_ASSISTANCE)
#: What a refusal says instead.
_REFUSED: dict[str, dict[str, str]] = {
    "nb": {
        "begrunnelse": "Dere er fem personer i to rom og må flytte om få uker. Det taler for å hjelpe dere. Vi har "
        "likevel lagt mest vekt på at dere har råd til å leie en privat bolig. Det er ledige boliger som er store nok.",
        "barnets_beste": "Barna er 4, 7 og 11 år. De trenger ro og et fast sted å bo. Vi mener at dere kan finne en "
        "privat bolig i området, så barna kan fortsette på skolen.",
    },
    "nn": {
        "begrunnelse": "De er fem personar i to rom og må flytte om få veker. Det taler for å hjelpe dykk. Vi har "
        "likevel lagt mest vekt på at de har råd til å leige ein privat bustad. Det er ledige bustader som er store "
        "nok.",
        "barnets_beste": "Barna er 4, 7 og 11 år. Dei treng ro og ein fast stad å bu. Vi meiner at de kan finne ein "
        "privat bustad i området, så barna kan halde fram på skulen.",
    },
}
#: How many of the last conditions a refusal finds not met.
_UNMET = {LetterKind.REFUSAL_DWELLING: 1, LetterKind.REFUSAL_ASSISTANCE: 2}


def _facts(*, refused: bool) -> tuple[KnownFact, ...]:
    return (*_FACTS, KnownFact("income_month", _HIGH_INCOME if refused else _INCOME))


def example_values(kind: str, language: str) -> dict[str, LetterValue]:
    """Every field a letter may use, filled. Raises KeyError for an unknown language, ValueError for a kind."""
    rules = in_force(shipped(), DAY)
    law = LETTERS[LetterKind(kind)].track or TrackLaw.LOCAL_RULES
    values: dict[str, LetterValue] = {
        **field_values(DAY, language),
        "kommune": HEAD.municipality,
        "kontor": HEAD.office,
        "kontor_adresse": ", ".join(HEAD.address),
        "kontor_telefon": HEAD.phone,
        "kontor_epost": HEAD.email,
        "saksbehandler": "Ingrid B.",
        "saksnummer": "2026/1275",
        "soknad_dato": dt.date(2026, 10, 26),
        "har_barn": 1,
        "ventet_svar": dt.date(2026, 12, 18),
        "mangler_frist": dt.date(2026, 12, 8),
        "fakta": (
            household_sentence(2, 3, language),
            *sentences(_facts(refused=kind in _REFUSALS), language),
        ),
        "lovtekster": law_lines(kind, DAY, language),
        "klagefrist": appeal_words(DAY, language),
        "klageinstans": in_sentence(rules.track(law).appeal_body, language),
        **_rules(rules, law, language, unmet=_UNMET.get(LetterKind(kind), 0)),
        **_dwelling(rules, language),
        **_LISTS[language],
        **_TEXTS[language],
        **(_REFUSED[language] if kind in _REFUSALS else {}),
    }
    if kind == LetterKind.OFFER:
        values["storrelse"] = "80 m²"
    return values


def example_paper(papers: Papers, kind: str, language: str) -> tuple[Paper, Composed]:
    """The example as it would be printed. Raises NotFound for a kind without template."""
    template = papers.template(kind, language)
    composed = papers.compose(template, example_values(kind, language), is_draft=False)
    of_vedtak, of_offer, caseworker = TITLES[language]
    signers = [Signer("Ingrid B.", caseworker)]
    if template.approval != Approval.NONE:
        signers.insert(0, Signer("Jonas H.", of_vedtak if LETTERS[LetterKind(kind)].is_vedtak else of_offer))
    paper = Paper(
        language=language,
        title=composed.title,
        letterhead=HEAD,
        recipient=("Klok Hest", "Eksempelgata 1", "9000 Tromsø"),
        dated_on=DAY,
        blocks=composed.blocks,
        references=(("Vår referanse", "2026/1275"), ("Journalnummer", "482/2026")),
        signers=tuple(signers),
    )
    return paper, composed


def _rules(rules: RuleSet, law: TrackLaw, language: str, *, unmet: int) -> dict[str, LetterValue]:
    nn = language == "nn"
    track = rules.track(law)
    facts = {fact.key: Known(fact.value) for fact in (*_facts(refused=unmet > 0), *_HOUSEHOLD)}
    said = []
    for place, condition in enumerate(track.conditions):
        fails = place >= len(track.conditions) - unmet
        sentence = filled(condition.not_met if fails else condition.met, facts)
        said.append(sentence.nn if nn else sentence.nb)
    first = rules.priority[0]
    return {
        "regelverk": rules_words(rules, language),
        "regler": tuple(rule_line(one, language) for one in track.conditions),
        "vurderinger": tuple(said),
        "prioritet": first.label.nn if nn else first.label.nb,
        "prioritet_grunner": tuple(
            told.nn if nn else told.nb
            for told in (
                filled(reason.sentence, facts)
                for reason in first.reasons
                if evaluate(reason.when, facts, DAY)
            )
        ),
    }


def _dwelling(rules: RuleSet, language: str) -> dict[str, LetterValue]:
    nn = language == "nn"
    return {
        "boligtype": "Kommunal utleigebustad" if nn else "Kommunal utleiebolig",
        "storrelse": "4-roms, om lag 80 m²" if nn else "4-roms, omtrent 80 m²",
        "soverom": "3",
        "etasje_krav": "Første etasje eller heis",
        "leietid": months_words(rules.term_months, language),
        "gyldig_til": add_months(DAY, rules.validity_months),
        "bolig_adresse": "Eksempelveien 12 B, H0203, 9022 Krokelvdalen",
        "bolig_rom": "4-roms, 3 soverom",
        "bolig_etasje": "2. etasje, heis",
        "husleie": 984000,
        "depositum": 1000000,
        "innflytting": dt.date(2026, 12, 15),
        "svarfrist": reply_due(rules, DAY),
        "folge_av_nei": refusal_words(rules, language, {}),
    }
