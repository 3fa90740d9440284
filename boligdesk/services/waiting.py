"""An approval on its way into the queue: the row that matching reads, worked out from what is known."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from boligdesk.domain.calendar import add_months
from boligdesk.domain.catalog import FactState
from boligdesk.domain.housing_needs import entry_needs
from boligdesk.domain.text import fold
from boligdesk.services.errors import NotFound
from boligdesk.services.known_facts import facts_of, household_of
from boligdesk.services.ports.allocation import NewWaiting
from boligdesk.services.priorities import class_of, short_reasons, suggested
from boligdesk.services.rules import rule_set_in_force

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from boligdesk.services.ports import View
    from boligdesk.services.ports.assessment import CaseKnown


def worked_out(view: View, case_id: UUID, track_id: UUID) -> NewWaiting:
    """The queue row of a concluded track. Needs: 1 absolute, 0 none, None unknown; nobody guesses.

    The decision's own terms go before the norm. Raises NotFound for a track that is not the case's.
    """
    case = view.assessment.known(case_id)
    track = next((one for one in case.tracks if one.id == track_id), None)
    if track is None:
        raise NotFound
    edition = track.rule_edition_id
    rule_set = view.assessment.edition(edition) if edition else rule_set_in_force(view, view.today)
    found = suggested(case, rule_set, view.today)
    chosen = class_of(rule_set, track.priority_class)
    code, rank = (chosen.code, chosen.rank) if chosen else (found.class_code, found.rank)
    reasons = () if track.priority_reason else short_reasons(case, rule_set, code, view.today)
    needs = entry_needs(rule_set, facts_of(case), household_of(case))
    terms = track.terms
    is_set = terms.bedrooms_min is not None or terms.bedrooms_max is not None
    begins = track.decided_on or view.today
    districts = view.assessment.districts()
    return NewWaiting(
        case_id=case_id,
        vedtak_id=track.vedtak_id,
        rule_edition_id=edition,
        priority_class=code,
        priority_rank=rank,
        priority_reasons=reasons,
        overridden_reason=track.priority_reason,
        waiting_since=case.received_on,
        valid_from=begins,
        valid_to=terms.valid_to or add_months(begins, rule_set.validity_months),
        bedrooms_min=terms.bedrooms_min if is_set else needs.bedrooms_min,
        bedrooms_max=terms.bedrooms_max if is_set else needs.bedrooms_max,
        persons=needs.persons,
        children=case.children,
        max_rent_ore=needs.max_rent_ore,
        step_free=needs.step_free,
        lift_or_ground=needs.lift_or_ground,
        wheelchair=needs.wheelchair,
        staffed=needs.staffed,
        shielded=needs.shielded,
        pets=needs.pets,
        districts_wish=codes_in(_text(case, "areas_wanted"), districts),
        districts_no=codes_in(_text(case, "areas_refused"), districts),
    )


def codes_in(text: str, districts: Iterable[tuple[str, str]]) -> str:
    """Codes of the districts that the applicant's own words name, sorted, with spaces between.

    A longer name goes before a shorter one inside it («Nordre Sentrum» is not also «Sentrum»).
    """
    left = fold(text)
    found = set()
    for code, name in sorted(districts, key=lambda district: -len(district[1])):
        pattern = rf"(?<!\w){re.escape(fold(name))}(?!\w)"
        left, times = re.subn(pattern, " ; ", left)
        if times and fold(name):
            found.add(code)
    return " ".join(sorted(found))


def _text(case: CaseKnown, key: str) -> str:
    for fact in case.facts:
        if fact.key == key and fact.state == FactState.KNOWN:
            return str(fact.value or "")
    return ""
