"""What the merge fields of a letter are filled with: from the case, the assessment, the offer, rules and office.

None = not known: the letter shows the gap in a draft and is never finished with it. Everything is worked out
anew each time, so the screen, the check and the paper say the same.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from boligdesk.domain import legal_references
from boligdesk.domain.allocation_catalog import ConditionOutcome, OfferAnswer
from boligdesk.domain.calendar import add_months
from boligdesk.domain.catalog import FactState, TrackLaw
from boligdesk.domain.conditions import filled
from boligdesk.domain.deadlines import Length, compute, rule_for
from boligdesk.domain.fact_sentences import KnownFact, count_words, household_sentence, sentences
from boligdesk.domain.letter_sentences import consequence_words, source_words
from boligdesk.domain.letters import LETTERS, LetterKind
from boligdesk.domain.offers import consequence_of
from boligdesk.domain.rule_sets import Sentence
from boligdesk.services.known_facts import known_to

if TYPE_CHECKING:
    from collections.abc import Mapping

    from boligdesk.domain.rule_sets import Condition, RuleSet, TrackRules
    from boligdesk.services.ports.assessment import CaseKnown, TrackState
    from boligdesk.services.ports.letters import LetterKnown, OfferKnown
    from boligdesk.services.records.assessment import Terms
    from boligdesk.services.records.papers import LetterValue

APPEAL_RULE = "klagefrist"
REPLY_RULE = "svarfrist_tilbud"
PAPERS_RULE = "dokumentfrist"
#: Office setting with the day from which the new forvaltningslov holds («2027-01-01»).
NEW_ACT_SETTING = "ny_forvaltningslov"
LETTERHEAD_SETTING = "brevhode"

_YEAR = 12


@dataclass(frozen=True, slots=True)
class Sources:
    """Everything the values are taken from. ``track`` and ``offer`` of the letter, None where it has none."""

    kind: LetterKind
    language: str
    on: dt.date
    case: CaseKnown
    letter: LetterKnown
    rule_set: RuleSet
    track: TrackState | None
    head: Mapping[str, object]
    new_act_from: dt.date | None
    texts: Mapping[str, str]
    choices: Mapping[str, LetterValue]
    earlier_answers: Mapping[str, int] = dataclasses.field(default_factory=dict)
    """Answer -> how many other offers the applicant has answered so."""

    @property
    def nn(self) -> bool:
        return self.language == "nn"

    @property
    def has_children(self) -> bool:
        return bool(self.case.children)


def values_of(sources: Sources) -> dict[str, LetterValue]:
    """Key of ``domain.letter_fields`` -> value."""
    found: dict[str, LetterValue] = {
        **_office(sources),
        **legal_references.field_values(sources.on, sources.language, sources.new_act_from),
        "saksnummer": sources.letter.case_number,
        "soknad_dato": sources.case.received_on,
        "har_barn": 1 if sources.has_children else 0,
        "klagefrist": appeal_words(sources.on, sources.language),
        "klageinstans": _appeal_body(sources),
    }
    if LETTERS[sources.kind].is_vedtak and sources.track is not None:
        found |= _assessment(sources, sources.track)
    if sources.letter.offer is not None:
        found |= _offer(sources, sources.letter.offer)
    if sources.kind is LetterKind.INTERIM_REPLY:
        found["ventet_svar"] = None
    if sources.kind is LetterKind.MISSING_INFORMATION:
        found |= {"mangler": None, "mangler_frist": compute(PAPERS_RULE, sources.on).due}
    found |= {key: value for key, value in sources.choices.items() if value is not None}
    found |= {key: text.strip() or None for key, text in sources.texts.items()}
    return found


def appeal_words(on: dt.date, language: str) -> str:
    """«tre uker»: the length of the appeal period by the rule in force (forvaltningsloven § 29)."""
    weeks = rule_for(APPEAL_RULE, on).length.value
    unit = ("veke" if weeks == 1 else "veker") if language == "nn" else ("uke" if weeks == 1 else "uker")
    return f"{count_words(weeks, language)} {unit}"


def reply_due(rule_set: RuleSet, sent_on: dt.date) -> dt.date:
    """Last day to answer an offer that is sent on the day, by the office's own rules."""
    length = Length(rule_set.offer.reply_working_days, "working_days")
    return compute(REPLY_RULE, sent_on, length=length).due


def first_texts(kind: LetterKind, track: TrackState | None) -> dict[str, str]:
    """Texts that flow from the assessment into a new letter: never typed twice."""
    if not LETTERS[kind].is_vedtak or track is None:
        return {}
    flowing = {
        "begrunnelse": track.conclusion_text,
        "onsker": track.wishes_text,
        "barnets_beste": track.children_text,
        "annen_hjelp": track.other_help_text,
        "oppfolging": track.terms.follow_up,
    }
    return {key: text for key, text in flowing.items() if text.strip()}


def _office(sources: Sources) -> dict[str, LetterValue]:
    head = sources.head

    def text(key: str) -> str | None:
        return str(head.get(key) or "").strip() or None

    lines = head.get("adresse")
    address = ", ".join(str(line) for line in lines) if isinstance(lines, list | tuple) else ""
    return {
        "kommune": text("kommune"),
        "kontor": text("kontor"),
        "kontor_adresse": address or None,
        "kontor_telefon": text("telefon"),
        "kontor_epost": text("epost"),
        "saksbehandler": sources.letter.caseworker or None,
    }


def _appeal_body(sources: Sources) -> str | None:
    """The track's own; an offer is about the municipal dwelling (domain facts 1.2)."""
    track = sources.track or next(
        (one for one in sources.case.tracks if one.law == TrackLaw.LOCAL_RULES), None
    )
    if track is None:
        return None
    return in_sentence(track.appeal_body, sources.language)


def in_sentence(body: str, language: str) -> str:
    """«klagenemnda», «statsforvaltaren»: the appeal body as it stands inside a sentence."""
    said = body.replace("Statsforvalteren", "Statsforvaltaren") if language == "nn" else body
    return f"{said[:1].lower()}{said[1:]}"


def _rules(sources: Sources, track: TrackState) -> TrackRules | None:
    return next((one for one in sources.rule_set.tracks if one.law == track.law), None)


def _assessment(sources: Sources, track: TrackState) -> dict[str, LetterValue]:
    rules = _rules(sources, track)
    known: dict[str, LetterValue] = {
        "fakta": _facts(sources),
        "vurderinger": _judged(sources, track, rules),
        "regler": _rule_lines(sources, track, rules),
        "lovtekster": legal_references.law_lines(
            sources.kind, sources.on, sources.language, sources.new_act_from
        ),
        "hovedinnhold": track.main_content or None,
    }
    if track.law == TrackLaw.LOCAL_RULES:
        known |= {
            "regelverk": rules_words(sources.rule_set, sources.language),
            **_terms(sources, track.terms),
            **_priority(track, sources),
        }
    return known


def _facts(sources: Sources) -> tuple[str, ...] | None:
    household = household_sentence(sources.case.adults, sources.case.children, sources.language)
    known = [KnownFact(fact.key, fact.value) for fact in sources.case.facts if fact.state == FactState.KNOWN]
    said = ((household,) if household else ()) + sentences(known, sources.language)
    return said or None


def _judged(sources: Sources, track: TrackState, rules: TrackRules | None) -> tuple[str, ...] | None:
    """A line a condition, in the order of the rules: what they say of the outcome, then the caseworker's reason.

    A suggested sentence that was taken as the reason is said once, in the language of the letter.
    """
    facts = known_to(sources.rule_set, sources.case)
    by_key = {condition.key: condition for condition in rules.conditions} if rules else {}
    lines = []
    places = {key: place for place, key in enumerate(by_key)}
    for judged in sorted(track.conditions, key=lambda one: places.get(one.key, len(places))):
        condition = by_key.get(judged.key)
        if judged.outcome in {ConditionOutcome.NOT_RELEVANT, ConditionOutcome.UNSET}:
            continue
        said, told = "", Sentence("", "")
        if condition is not None:
            sentence = condition.met if judged.outcome == ConditionOutcome.MET else condition.not_met
            told = filled(sentence, facts)
            said = told.nn if sources.nn else told.nb
        reason = (judged.exception_reason or judged.reason_text).strip()
        if said and reason in {told.nb, told.nn}:
            reason = ""
        lines.append(" ".join(part for part in (said, reason) if part))
    return tuple(line for line in lines if line) or None


def _rule_lines(sources: Sources, track: TrackState, rules: TrackRules | None) -> tuple[str, ...] | None:
    if rules is None:
        return None
    judged = {one.key for one in track.conditions if one.outcome != ConditionOutcome.NOT_RELEVANT}
    lines = [
        rule_line(condition, sources.language) for condition in rules.conditions if condition.key in judged
    ]
    return tuple(lines) or None


def rule_line(condition: Condition, language: str) -> str:
    """«Botid i kommunen: retningslinjer § 4»."""
    label = condition.label.nn if language == "nn" else condition.label.nb
    return f"{label}: {source_words(condition.source, language)}"


def rules_words(rule_set: RuleSet, language: str) -> str:
    """Which rules the municipality allocates by, with their version."""
    words = "reglane for tildeling i" if language == "nn" else "reglene for tildeling i"
    return f"{words} {rule_set.municipality}, {rule_set.name}"


def refusal_words(rule_set: RuleSet, language: str, earlier: Mapping[str, int]) -> str | None:
    """What a no or a silence leads to by the rules, to an applicant who has answered so before."""
    no = consequence_of(rule_set, OfferAnswer.NO, earlier.get(OfferAnswer.NO, 0))
    silence = consequence_of(rule_set, OfferAnswer.NONE, earlier.get(OfferAnswer.NONE, 0))
    if no is None or silence is None:
        return None
    return consequence_words(no.consequence, silence.consequence, language)


def months_words(months: int, language: str) -> str:
    """«3 år», «18 måneder»."""
    if months % _YEAR == 0:
        return f"{months // _YEAR} år"
    return f"{months} {'månader' if language == 'nn' else 'måneder'}"


def _terms(sources: Sources, terms: Terms) -> dict[str, LetterValue]:
    nn = sources.nn
    months = terms.term_months or sources.rule_set.term_months
    validity = terms.valid_to or add_months(sources.on, sources.rule_set.validity_months)
    kind = "Kommunal utleigebustad" if nn else "Kommunal utleiebolig"
    rooms = f"{terms.rooms}-roms" if terms.rooms else ""
    area = (f"om lag {terms.area_m2} m²" if nn else f"omtrent {terms.area_m2} m²") if terms.area_m2 else ""
    return {
        "boligtype": kind,
        "storrelse": ", ".join(part for part in (rooms, area) if part) or None,
        "soverom": _span(terms.bedrooms_min, terms.bedrooms_max),
        "etasje_krav": terms.floor_need or ("Ingen særskilde krav" if nn else "Ingen særskilte krav"),
        "leietid": months_words(months, sources.language),
        "gyldig_til": validity,
    }


def _span(low: int | None, high: int | None) -> str | None:
    if low is None and high is None:
        return None
    if low is None or high is None or low == high:
        return str(low if low is not None else high)
    return f"{low}–{high}"


def _priority(track: TrackState, sources: Sources) -> dict[str, LetterValue]:
    """The class in the words of the rule set, and the reasons as they were worked out or written."""
    from boligdesk.services.priorities import priority_words

    words = priority_words(sources.case, sources.rule_set, track, sources.on, sources.language)
    return {"prioritet": words.label or None, "prioritet_grunner": words.reasons or None}


def _offer(sources: Sources, offer: OfferKnown) -> dict[str, LetterValue]:
    nn = sources.nn
    months = offer.terms.term_months or sources.rule_set.term_months
    return {
        "bolig_adresse": offer.address or None,
        "bolig_rom": _rooms(offer),
        "storrelse": f"{offer.area_m2x10 / 10:g} m²".replace(".", ",") if offer.area_m2x10 else None,
        "bolig_etasje": _floor(offer, nn),
        "husleie": offer.terms.rent_ore,
        "depositum": offer.terms.deposit_ore,
        "innflytting": offer.terms.move_in_on,
        "visning": offer.terms.viewing or None,
        "leietid": months_words(months, sources.language),
        "svarfrist": reply_due(sources.rule_set, sources.on),
        "folge_av_nei": refusal_words(sources.rule_set, sources.language, sources.earlier_answers),
    }


def _rooms(offer: OfferKnown) -> str | None:
    parts = [
        f"{offer.rooms}-roms" if offer.rooms else "",
        f"{offer.bedrooms} soverom" if offer.bedrooms else "",
    ]
    return ", ".join(part for part in parts if part) or None


def _floor(offer: OfferKnown, nn: bool) -> str | None:
    if offer.floor is None:
        return None
    floor = f"{offer.floor}. etasje"
    if offer.lift is None:
        return floor
    no = "ikkje heis" if nn else "ikke heis"
    return f"{floor}, {'heis' if offer.lift else no}"
