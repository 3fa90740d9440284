"""What a person writes in the assessment, checked before it is stored."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from boligdesk.domain.allocation_catalog import ConditionOutcome, TrackOutcome
from boligdesk.domain.assessment import AssessedCondition, Hindrance, can_conclude, has_words
from boligdesk.domain.catalog import TrackLaw
from boligdesk.domain.rule_sets import RuleSetError
from boligdesk.domain.text import clean_long
from boligdesk.services.errors import InvalidInput, UserError
from boligdesk.services.known_facts import has_children
from boligdesk.services.ports.assessment import Concluded
from boligdesk.services.priorities import class_of, suggested
from boligdesk.services.records.assessment import Terms

if TYPE_CHECKING:
    import datetime as dt

    from boligdesk.domain.rule_sets import Condition, RuleSet, TrackRules
    from boligdesk.services.ports.assessment import CaseKnown, TrackState
    from boligdesk.services.records.assessment import ConclusionDraft, ConditionDraft

MOST_TEXT = 4_000
MOST_ITEMS = 20
_MOST_BEDROOMS = 20
_MOST_AREA = 500
_MOST_MONTHS = 600
#: Kind of a decision on help under boligsosialloven, whatever its outcome; others are named by the outcome.
_ASSISTANCE = "bistand"


def rules_of(rule_set: RuleSet, law: str) -> TrackRules | None:
    """None for a law that the rules say nothing of."""
    try:
        return rule_set.track(law)
    except RuleSetError:
        return None


def condition_of(rule_set: RuleSet, law: str, key: str) -> Condition:
    """Raises InvalidInput for a condition that the rules do not have."""
    rules = rules_of(rule_set, law)
    for condition in rules.conditions if rules else ():
        if condition.key == key:
            return condition
    raise InvalidInput("key", "Reglene har ikke dette vilkåret.", todo="Last siden på nytt.")


def checked_condition(condition: Condition, draft: ConditionDraft, today: dt.date) -> ConditionDraft:
    """Every outcome but «Mangler» has a reason, an exception its own. Raises InvalidInput."""
    if draft.outcome not in ConditionOutcome.codes():
        raise InvalidInput("outcome", "Velg om vilkåret er oppfylt.")
    reason = text("reason_text", draft.reason_text)
    exception = text("exception_reason", draft.exception_reason)
    if draft.outcome != ConditionOutcome.UNSET and not has_words(reason):
        raise InvalidInput("reason_text", "Skriv en begrunnelse.")
    if draft.outcome != ConditionOutcome.EXCEPTION:
        exception = ""
    elif not condition.exception_allowed:
        raise InvalidInput("outcome", f"Reglene gir ikke adgang til unntak: «{condition.label.nb}».")
    elif not has_words(exception):
        raise InvalidInput("exception_reason", "Skriv hvorfor det gis unntak.")
    checked_on = draft.checked_on or today
    if checked_on > today:
        raise InvalidInput("checked_on", "Vilkåret kan ikke være kontrollert fram i tid.")
    return replace(draft, reason_text=reason, exception_reason=exception, checked_on=checked_on)


def assessed(track: TrackState, rules: TrackRules | None) -> tuple[AssessedCondition, ...]:
    """What is judged of the conditions that the rules have now."""
    known = {one.key for one in rules.conditions} if rules else set()
    return tuple(
        AssessedCondition(one.key, one.outcome, one.reason_text, one.exception_reason)
        for one in track.conditions
        if rules is None or one.key in known
    )


def checked_conclusion(
    case: CaseKnown, rule_set: RuleSet, track: TrackState, draft: ConclusionDraft, today: dt.date
) -> Concluded:
    """Ready to be stored. Raises InvalidInput for the field, UserError naming the conditions that stand open."""
    if draft.outcome not in TrackOutcome.codes():
        raise InvalidInput("outcome", "Velg hva saken skal ende med.")
    granted = draft.outcome == TrackOutcome.GRANTED
    texts = {
        key: text(key, getattr(draft, key))
        for key in ("conclusion_text", "wishes_text", "other_help_text", "children_text")
    }
    _require_open_conditions(track, rule_set, draft.outcome, texts["other_help_text"])
    if not has_words(texts["conclusion_text"]):
        raise InvalidInput("conclusion_text", "Skriv hva dere har kommet til, og hvorfor.")
    if has_children(case) and not has_words(texts["children_text"]):
        raise InvalidInput(
            "children_text", "Skriv hvordan dere har vurdert barnets beste.", "Det bor barn i husstanden."
        )
    helps = track.law == TrackLaw.BOLIGSOSIALLOVEN
    content = _content(draft.main_content) if helps and granted else ()
    if helps and granted and not content:
        raise InvalidInput("main_content", "Skriv hva hjelpen går ut på.", "Det skal stå i vedtaket.")
    if helps and not has_words(texts["wishes_text"]):
        raise InvalidInput("wishes_text", "Skriv hva søkeren selv ønsker.", "Det skal stå i vedtaket.")
    allocates = track.law == TrackLaw.LOCAL_RULES and granted
    code, why = _priority(case, rule_set, draft, today) if allocates else ("", "")
    return Concluded(
        outcome=draft.outcome,
        kind=_ASSISTANCE if helps else draft.outcome,
        main_content=content,
        terms=checked_terms(draft.terms, today) if allocates else Terms(),
        priority_class=code,
        priority_reason=why,
        **texts,
    )


def hindrances(track: TrackState, rule_set: RuleSet, outcome: str, other_help: str) -> list[Hindrance]:
    """What stands in the way, without what only warns."""
    rules = rules_of(rule_set, track.law)
    found = can_conclude(assessed(track, rules), outcome, rules=rules, other_help=other_help)
    return [one for one in found if not one.is_warning]


def _require_open_conditions(track: TrackState, rule_set: RuleSet, outcome: str, other_help: str) -> None:
    found = hindrances(track, rule_set, outcome, other_help)
    if not found:
        return
    if all(one.code == "annen_hjelp" for one in found):
        raise InvalidInput("other_help_text", found[0].text)
    named = [one.text for one in found if one.code != "annen_hjelp"]
    raise UserError(
        "Vurderingen kan ikke konkluderes ennå.",
        " ".join(named[:3]),
        "Det du har skrevet om vilkårene, er lagret.",
        "Vurder vilkårene som står igjen." if len(named) <= 3 else f"{len(named)} vilkår står igjen.",
    )


def _priority(case: CaseKnown, rule_set: RuleSet, draft: ConclusionDraft, on: dt.date) -> tuple[str, str]:
    """(class, why another than the rules suggest)."""
    found = suggested(case, rule_set, on)
    if draft.priority_class in {"", found.class_code}:
        return found.class_code, ""
    if class_of(rule_set, draft.priority_class) is None:
        raise InvalidInput("priority_class", "Velg en av prioritetene i reglene.")
    why = text("priority_reason", draft.priority_reason)
    if not has_words(why):
        raise InvalidInput(
            "priority_reason", f"Skriv hvorfor du velger en annen prioritet enn {found.class_code}."
        )
    return draft.priority_class, why


def checked_terms(terms: Terms, today: dt.date) -> Terms:
    """Raises InvalidInput for figures that cannot be right."""
    limits = {
        "bedrooms_min": (0, _MOST_BEDROOMS, "Soverom"),
        "bedrooms_max": (0, _MOST_BEDROOMS, "Soverom"),
        "rooms": (1, _MOST_BEDROOMS, "Rom"),
        "area_m2": (5, _MOST_AREA, "Areal"),
        "term_months": (1, _MOST_MONTHS, "Leietid i måneder"),
    }
    for key, (low, high, label) in limits.items():
        value = getattr(terms, key)
        if value is not None and not low <= value <= high:
            raise InvalidInput(key, f"{label} må være fra {low} til {high}.")
    if (
        terms.bedrooms_min is not None
        and terms.bedrooms_max is not None
        and terms.bedrooms_min > terms.bedrooms_max
    ):
        raise InvalidInput("bedrooms_max", "Høyeste antall soverom kan ikke være lavere enn det laveste.")
    if terms.valid_to is not None and terms.valid_to <= today:
        raise InvalidInput("valid_to", "Godkjenningen må gjelde til en dag som ikke har vært.")
    return replace(
        terms,
        floor_need=text("floor_need", terms.floor_need),
        follow_up=text("follow_up", terms.follow_up),
    )


def _content(items: tuple[str, ...]) -> tuple[str, ...]:
    kept = tuple(text("main_content", item) for item in items if has_words(item))
    if len(kept) > MOST_ITEMS:
        raise InvalidInput("main_content", f"Hjelpen kan ha høyst {MOST_ITEMS} punkter.")
    return kept


def text(field: str, given: str) -> str:
    """As it is stored. Raises InvalidInput for one that is too long."""
    kept = clean_long(given)
    if len(kept) > MOST_TEXT:
        raise InvalidInput(field, f"Teksten kan ha høyst {MOST_TEXT} tegn.")
    return kept
