"""What the local rules are asked about a case: its answers, its dates and its household, in the rules' own shape."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boligdesk.domain.calendar import long_date
from boligdesk.domain.catalog import FactSource
from boligdesk.domain.expressions import Known
from boligdesk.domain.housing_needs import Household, with_household

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from boligdesk.domain.conditions import UsedFact
    from boligdesk.domain.expressions import Fact
    from boligdesk.domain.rule_sets import RuleSet
    from boligdesk.services.ports.assessment import CaseKnown

_PERSON_FILE = "Personmappen"


def facts_of(case: CaseKnown) -> dict[str, Fact]:
    """The answers in the application, with the day it came and the applicant's birth date."""
    facts: dict[str, Fact] = {fact.key: fact for fact in case.facts}
    facts["received_on"] = Known(case.received_on, source=FactSource.APPLICATION.value)
    if case.birth_on is not None:
        facts["birth_on"] = Known(case.birth_on, source=_PERSON_FILE)
    return facts


def household_of(case: CaseKnown) -> Household:
    """The figures as the rules count them: children who live there all the time, and the others."""
    always = case.children
    if always is not None and case.children_part_time is not None:
        always -= case.children_part_time
    return Household(case.adults, always, case.children_part_time, case.expects_child)


def known_to(rule_set: RuleSet, case: CaseKnown) -> dict[str, Fact]:
    """Everything a rule of the set may ask: answers, dates, household, and what is worked out from them."""
    return with_household(rule_set, facts_of(case), household_of(case))


def has_children(case: CaseKnown) -> bool:
    return bool(case.children or case.children_part_time)


def source_words(used: Iterable[UsedFact]) -> str:
    """«Har bodd i kommunen siden: 3. mars 2020 (søknad 26. oktober 2026)», one after the other."""
    return "; ".join(_used(fact) for fact in used)


def ids_of(case: CaseKnown, used: Iterable[UsedFact]) -> tuple[UUID, ...]:
    """Rows of the answers that are used, so that one can see later what was known."""
    keys = {fact.key for fact in used}
    return tuple(fact.id for fact in case.facts if fact.key in keys and fact.id is not None)


def _used(fact: UsedFact) -> str:
    source = next((kind.label for kind in FactSource if kind.value == fact.source), fact.source)
    day = long_date(fact.observed_on) if fact.observed_on else ""
    where = " ".join(part for part in (source.lower(), day) if part)
    said = f"{fact.label}{'' if fact.label.endswith('?') else ':'} {fact.words}"
    return f"{said} ({where})" if where else said
