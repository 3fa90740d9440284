"""What a person writes about vacancies, the queue and offers, cleaned and checked before it is stored."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from boligdesk.domain.allocation_catalog import NeedKey, WaitingState
from boligdesk.domain.assessment import has_words
from boligdesk.domain.rule_sets import RuleSetError
from boligdesk.domain.text import clean, clean_long
from boligdesk.services.errors import InvalidInput
from boligdesk.services.ports.allocation import NewWaiting
from boligdesk.services.records.allocation import Demands, OfferTerms

if TYPE_CHECKING:
    from boligdesk.domain.rule_sets import PriorityClass, RuleSet
    from boligdesk.services.ports import View
    from boligdesk.services.records.allocation import WaitingDraft

MOST_REASON, MOST_REMARK = 1000, 1000
_YEARS = dt.timedelta(days=366 * 5)
_FIRST_DAY = dt.date(1990, 1, 1)
_MOST_ORE = 10_000_000
_MOST_MONTHS = 120
_MOST_ROOMS, _MOST_PERSONS = 20, 30
_NEEDS = ("step_free", "lift_or_ground", "wheelchair", "staffed", "shielded", "pets")
_LEAVES = frozenset({WaitingState.LAPSED.value, WaitingState.WITHDRAWN.value, WaitingState.HOUSED.value})


def reason(text: str, ask: str, *, field: str = "reason") -> str:
    """The reason as it is stored. Raises InvalidInput without one; ``ask`` says what to write."""
    found = clean_long(text)
    if not has_words(found):
        raise InvalidInput(field, ask)
    return _fits(field, found, MOST_REASON)


def remark(text: str) -> str:
    return _fits("remark", clean_long(text), MOST_REMARK)


def _fits(field: str, text: str, most: int) -> str:
    if len(text) > most:
        raise InvalidInput(field, "Teksten er for lang.", f"Det er plass til {most} tegn.")
    return text


def free_from(day: dt.date, today: dt.date) -> dt.date:
    if not today - _YEARS <= day <= today + _YEARS:
        raise InvalidInput("free_from", "Datoen boligen er ledig fra, kan ikke stemme.")
    return day


def demands(wanted: Demands, rules: RuleSet) -> Demands:
    """Each need in one place, none that the rules do not have; what is left out must be said why."""
    groups = (wanted.require, wanted.wish, wanted.ignore)
    everything = [key for group in groups for key in group]
    if len(set(everything)) < len(everything):
        raise InvalidInput("demands", "Et krav kan bare stå ett sted.")
    known = {need.key.value for need in rules.needs}
    if not set(everything) <= known:
        raise InvalidInput("demands", "Velg blant kravene i reglene.")
    if NeedKey.NEIGHBOURHOOD.value in wanted.require:
        raise InvalidInput("demands", "Bomiljøet kan varsle, men aldri utelukke noen.")
    why = _fits("reason", clean_long(wanted.reason), MOST_REASON)
    if wanted.ignore and not has_words(why):
        raise InvalidInput("reason", "Skriv hvorfor kravet ikke skal være med for denne boligen.")
    return Demands(wanted.require, wanted.wish, wanted.ignore, why if everything else "")


def terms(wanted: OfferTerms, today: dt.date) -> OfferTerms:
    for field in ("rent_ore", "deposit_ore"):
        amount = getattr(wanted, field)
        if amount is not None and not 0 <= amount <= _MOST_ORE:
            raise InvalidInput(field, "Beløpet kan ikke stemme.")
    if wanted.term_months is not None and not 1 <= wanted.term_months <= _MOST_MONTHS:
        raise InvalidInput("term_months", f"Leietiden må være fra 1 til {_MOST_MONTHS} måneder.")
    day = wanted.move_in_on
    if day is not None and not today <= day <= today + _YEARS:
        raise InvalidInput("move_in_on", "Innflyttingen må være i dag eller senere.")
    viewing = _fits("viewing", clean(wanted.viewing), MOST_REMARK)
    return OfferTerms(wanted.rent_ore, wanted.deposit_ore, day, viewing, wanted.term_months)


def priority_class(rules: RuleSet, code: str) -> PriorityClass:
    try:
        return rules.priority_class(code)
    except RuleSetError:
        raise InvalidInput("priority_class", "Velg en av prioritetene i reglene.") from None


def leaving(state: str) -> str:
    if state not in _LEAVES:
        raise InvalidInput("state", "Velg hvorfor søkeren ikke lenger venter.")
    return state


def pause_until(day: dt.date | None, today: dt.date) -> dt.date | None:
    if day is not None and not today < day <= today + _YEARS:
        raise InvalidInput("until", "Pausen må slutte på en dag som kommer.")
    return day


def by_hand(view: View, draft: WaitingDraft, rules: RuleSet) -> NewWaiting:
    """The queue row of somebody approved before. Raises InvalidInput."""
    today = view.today
    found = priority_class(rules, draft.priority_class)
    if not _FIRST_DAY <= draft.waiting_since <= today:
        raise InvalidInput("waiting_since", "Datoen søkeren har ventet siden, kan ikke stemme.")
    if draft.valid_to is not None and not today < draft.valid_to <= today + _YEARS:
        raise InvalidInput("valid_to", "Godkjenningen må gjelde til en dag som kommer.")
    _check_numbers(draft)
    known = {code for code, _name in view.assessment.districts()}
    places = {*draft.districts_wish, *draft.districts_no}
    if not places <= known:
        raise InvalidInput("districts_wish", "Velg blant områdene i listen.")
    if set(draft.districts_wish) & set(draft.districts_no):
        raise InvalidInput("districts_no", "Et område kan ikke både ønskes og være uaktuelt.")
    return NewWaiting(
        case_id=draft.case_id,
        vedtak_id=None,
        rule_edition_id=None,
        priority_class=found.code,
        priority_rank=found.rank,
        priority_reasons=(),
        overridden_reason="",
        waiting_since=draft.waiting_since,
        valid_from=today,
        valid_to=draft.valid_to,
        bedrooms_min=draft.bedrooms_min,
        bedrooms_max=draft.bedrooms_max,
        persons=draft.persons,
        children=draft.children,
        max_rent_ore=draft.max_rent_ore,
        step_free=draft.step_free,
        lift_or_ground=draft.lift_or_ground,
        wheelchair=draft.wheelchair,
        staffed=draft.staffed,
        shielded=draft.shielded,
        pets=draft.pets,
        districts_wish=" ".join(sorted(set(draft.districts_wish))),
        districts_no=" ".join(sorted(set(draft.districts_no))),
    )


def _check_numbers(draft: WaitingDraft) -> None:
    limits = {
        "bedrooms_min": (0, _MOST_ROOMS),
        "bedrooms_max": (0, _MOST_ROOMS),
        "persons": (1, _MOST_PERSONS),
        "children": (0, _MOST_PERSONS),
        "max_rent_ore": (0, _MOST_ORE),
        **dict.fromkeys(_NEEDS, (0, 2)),
    }
    for field, (least, most) in limits.items():
        value = getattr(draft, field)
        if value is not None and not least <= value <= most:
            raise InvalidInput(field, "Tallet kan ikke stemme.")
    least_rooms, most_rooms = draft.bedrooms_min, draft.bedrooms_max
    if least_rooms is not None and most_rooms is not None and most_rooms < least_rooms:
        raise InvalidInput("bedrooms_max", "Flest soverom kan ikke være færre enn færrest.")
    if draft.persons is not None and draft.children is not None and draft.children >= draft.persons:
        raise InvalidInput("children", "Det må være minst én voksen i husstanden.")
