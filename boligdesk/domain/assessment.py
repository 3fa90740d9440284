"""When a legal track may be concluded, or left without a decision (model.md 2.2)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from boligdesk.domain.allocation_catalog import ConditionOutcome, TrackOutcome
from boligdesk.domain.catalog import TrackLaw
from boligdesk.domain.text import clean_long

if TYPE_CHECKING:
    from collections.abc import Sequence

    from boligdesk.domain.rule_sets import TrackRules

__all__ = [
    "AssessedCondition",
    "ConditionOutcome",
    "Hindrance",
    "TrackOutcome",
    "can_conclude",
    "can_lapse",
    "has_words",
]

#: The key of a hindrance that is not about one condition.
WHOLE_TRACK = ""
_FAVOURABLE = frozenset({ConditionOutcome.MET, ConditionOutcome.EXCEPTION, ConditionOutcome.NOT_RELEVANT})


@dataclass(frozen=True, slots=True)
class AssessedCondition:
    """What a person has set for a condition. ``outcome`` "" = not assessed; an exception has a reason of its own."""

    key: str
    outcome: str = ""
    reason: str = ""
    exception_reason: str = ""


@dataclass(frozen=True, slots=True)
class Hindrance:
    """Why a track cannot be concluded. ``condition`` is the key of the condition, or "" for the track."""

    code: str
    condition: str
    text: str
    is_warning: bool = False


def has_words(text: str | None) -> bool:
    """A written reason: at least one letter or digit, not only dots and spaces."""
    return any(char.isalnum() for char in clean_long(text or ""))


def can_conclude(
    conditions: Sequence[AssessedCondition],
    outcome: str,
    *,
    rules: TrackRules | None = None,
    other_help: str = "",
) -> tuple[Hindrance, ...]:
    """What stands in the way; nothing but warnings = the track may be concluded.

    Args:
        conditions: as people have set them.
        outcome: the proposed TrackOutcome.
        rules: the track's rules; then every condition of them must be there, and an exception be allowed.
        other_help: what other help was considered, demanded for a refusal.
    """
    if outcome not in TrackOutcome.codes():
        return (Hindrance("utfall", WHOLE_TRACK, "Velg hva saken skal ende med."),)
    found = _unanswered(conditions, rules)
    if outcome == TrackOutcome.GRANTED:
        found += [
            Hindrance("ikke_oppfylt", condition.key, f"{_named(condition.key, rules)} er ikke oppfylt.")
            for condition in conditions
            if condition.outcome == ConditionOutcome.NOT_MET
        ]
    if outcome == TrackOutcome.REFUSED:
        found += _refusal(conditions, other_help)
    return tuple(found)


def _unanswered(conditions: Sequence[AssessedCondition], rules: TrackRules | None) -> list[Hindrance]:
    found: list[Hindrance] = []
    seen: set[str] = set()
    for condition in conditions:
        if condition.key in seen:
            found.append(
                Hindrance("dobbelt", condition.key, f"{_named(condition.key, rules)} er vurdert to ganger.")
            )
        seen.add(condition.key)
        found += _of_condition(condition, rules)
    missing = [] if rules is None else [known.key for known in rules.conditions if known.key not in seen]
    found += [Hindrance("mangler", key, f"{_named(key, rules)} er ikke vurdert.") for key in missing]
    if not conditions and not missing:
        found.append(Hindrance("mangler", WHOLE_TRACK, "Ingen vilkår er vurdert."))
    return found


def _of_condition(condition: AssessedCondition, rules: TrackRules | None) -> list[Hindrance]:
    name = _named(condition.key, rules)
    if condition.outcome not in ConditionOutcome.codes():
        return [Hindrance("mangler", condition.key, f"{name} er ikke vurdert.")]
    if condition.outcome == ConditionOutcome.UNSET:
        return [Hindrance("uavklart", condition.key, f"{name} er ikke avklart.")]
    found = []
    is_exception = condition.outcome == ConditionOutcome.EXCEPTION
    if is_exception and rules is not None and not _allows_exception(condition.key, rules):
        found.append(
            Hindrance("unntak_ikke_tillatt", condition.key, f"Reglene gir ikke adgang til unntak: {name}.")
        )
    if is_exception and not has_words(condition.exception_reason):
        found.append(Hindrance("unntak", condition.key, f"Skriv hvorfor det gis unntak: {name}."))
    if not has_words(condition.reason):
        found.append(Hindrance("begrunnelse", condition.key, f"Skriv en begrunnelse: {name}."))
    return found


def _refusal(conditions: Sequence[AssessedCondition], other_help: str) -> list[Hindrance]:
    found = []
    if not has_words(other_help):
        found.append(
            Hindrance("annen_hjelp", WHOLE_TRACK, "Skriv hvilken annen hjelp dere har vurdert før avslaget.")
        )
    if conditions and all(condition.outcome in _FAVOURABLE for condition in conditions):
        text = "Alle vilkårene er oppfylt. Se etter at avslaget har en grunn som går fram av vurderingen."
        found.append(Hindrance("uten_grunn", WHOLE_TRACK, text, is_warning=True))
    return found


def can_lapse(law: str, reason: str, *, has_vedtak: bool = False) -> tuple[Hindrance, ...]:
    """What stands in the way of ending a track without a decision.

    A request for help under boligsosialloven always ends in a vedtak (§ 7).
    """
    found = []
    if law == TrackLaw.BOLIGSOSIALLOVEN and not has_vedtak:
        text = "Den som ber om hjelp etter boligsosialloven, skal ha et vedtak. Fatt vedtaket først."
        found.append(Hindrance("vedtak", WHOLE_TRACK, text))
    if not has_words(reason):
        found.append(Hindrance("begrunnelse", WHOLE_TRACK, "Skriv hvorfor spørsmålet faller bort."))
    return tuple(found)


def _allows_exception(key: str, rules: TrackRules) -> bool:
    return any(known.key == key and known.exception_allowed for known in rules.conditions)


def _named(key: str, rules: TrackRules | None) -> str:
    known = () if rules is None else rules.conditions
    return next((f"«{condition.label.nb}»" for condition in known if condition.key == key), f"«{key}»")
