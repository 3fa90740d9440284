"""The tab «Vurdering»: what people have judged, beside what the known facts point to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boligdesk.domain import conditions
from boligdesk.domain.allocation_catalog import ConditionOutcome, TrackOutcome
from boligdesk.domain.catalog import TrackLaw, TrackStatus
from boligdesk.domain.housing_needs import entry_needs
from boligdesk.services.assessment_checks import hindrances, rules_of
from boligdesk.services.known_facts import facts_of, has_children, household_of, known_to, source_words
from boligdesk.services.priorities import priority_view
from boligdesk.services.records.assessment import Assessment, ConditionRow, RuleSetRow, Terms, TrackDetail

if TYPE_CHECKING:
    import datetime as dt
    from uuid import UUID

    from boligdesk.domain.conditions import Suggestion
    from boligdesk.domain.rule_sets import Condition, RuleSet
    from boligdesk.services.ports import View
    from boligdesk.services.ports.assessment import CaseKnown, StoredCondition, TrackState

OPEN = frozenset({TrackStatus.OPEN, TrackStatus.ASSESSING})
_DECIDED = frozenset({TrackStatus.DECIDED, TrackStatus.FINAL})
_FLOOR = "første etasje eller heis"


def assessment_of(view: View, case: CaseKnown, rule_set: RuleSet, user_id: UUID) -> Assessment:
    """``rule_set`` is the one in force; a concluded track is shown by the rules it was concluded by."""
    local = next((one for one in case.tracks if one.law == TrackLaw.LOCAL_RULES), None)
    return Assessment(
        case_id=case.case_id,
        case_version=case.case_version,
        rule_set=rule_set_row(rule_set, view.assessment.edition_of(rule_set.sha256)),
        tracks=tuple(
            track_detail(case, rules_for(view, rule_set, one), one, view.today, user_id)
            for one in case.tracks
        ),
        priority=priority_view(case, rules_for(view, rule_set, local), local, view.today) if local else None,
        has_children=has_children(case),
        written_form=case.written_form,
    )


def rules_for(view: View, rule_set: RuleSet, track: TrackState) -> RuleSet:
    """A track that waits for a conclusion goes by the rules of today."""
    if track.rule_edition_id is None or track.status in OPEN:
        return rule_set
    return view.assessment.edition(track.rule_edition_id)


def rule_set_row(rule_set: RuleSet, edition_id: UUID | None) -> RuleSetRow:
    return RuleSetRow(
        key=rule_set.key,
        version=rule_set.version,
        title=rule_set.title,
        source=rule_set.source,
        valid_from=rule_set.valid_from,
        valid_to=rule_set.valid_to,
        sha256=rule_set.sha256,
        edition_id=edition_id,
    )


def suggestions(case: CaseKnown, rule_set: RuleSet, law: str, on: dt.date) -> dict[str, Suggestion]:
    """What the facts suggest, by condition; nothing for a law that the rules say nothing of."""
    if rules_of(rule_set, law) is None:
        return {}
    return {one.key: one for one in conditions.suggest(rule_set, law, known_to(rule_set, case), on)}


def track_detail(
    case: CaseKnown, rule_set: RuleSet, track: TrackState, on: dt.date, user_id: UUID
) -> TrackDetail:
    rules = rules_of(rule_set, track.law)
    why_not = _why_not(case, rule_set, track, user_id)
    drafted = track.vedtak_id is not None or track.terms != Terms()
    return TrackDetail(
        id=track.id,
        version=track.version,
        law=track.law,
        label=next((law.label for law in TrackLaw if law.value == track.law), track.law),
        decision_body=rules.decision_body if rules else track.decision_body,
        appeal_body=rules.appeal_body if rules else track.appeal_body,
        status=track.status,
        conditions=_rows(case, rule_set, track, on),
        proposed_outcome=track.proposed_outcome,
        conclusion_text=track.conclusion_text,
        wishes_text=track.wishes_text,
        other_help_text=track.other_help_text,
        children_text=track.children_text,
        main_content=track.main_content,
        terms=track.terms if drafted else suggested_terms(case, rule_set, track),
        can_conclude=not why_not,
        why_not=why_not,
        vedtak_id=track.vedtak_id,
        decided_on=track.decided_on,
        letter_id=track.letter_id,
        letter_status=track.letter_status,
    )


def suggested_terms(case: CaseKnown, rule_set: RuleSet, track: TrackState) -> Terms:
    """What the decision may say of the dwelling, by the norm and the needs; empty where nobody knows."""
    if track.law != TrackLaw.LOCAL_RULES:
        return Terms()
    needs = entry_needs(rule_set, facts_of(case), household_of(case))
    return Terms(
        bedrooms_min=needs.bedrooms_min,
        bedrooms_max=needs.bedrooms_max,
        floor_need=_FLOOR if needs.lift_or_ground else "",
        term_months=rule_set.term_months,
    )


def _rows(case: CaseKnown, rule_set: RuleSet, track: TrackState, on: dt.date) -> tuple[ConditionRow, ...]:
    """The rules' own order; a judgement of a condition that the rules no longer have stands last."""
    found = suggestions(case, rule_set, track.law, on)
    judged = {one.key: one for one in track.conditions}
    rules = rules_of(rule_set, track.law)
    known = rules.conditions if rules else ()
    rows = [_row(case, one, found[one.key], judged.get(one.key)) for one in known]
    keys = {one.key for one in known}
    return (*rows, *(_outdated(one) for one in track.conditions if one.key not in keys))


def _row(
    case: CaseKnown, condition: Condition, suggestion: Suggestion, judged: StoredCondition | None
) -> ConditionRow:
    return ConditionRow(
        key=condition.key,
        label=condition.label.nb,
        question=condition.question.nb,
        law=condition.source,
        outcome=judged.outcome if judged else "",
        reason_text=judged.reason_text if judged else "",
        exception_reason=judged.exception_reason if judged else "",
        source=judged.source_text if judged else source_words(suggestion.facts),
        checked_on=judged.checked_on if judged else None,
        by=judged.by if judged else "",
        allows_exception=condition.exception_allowed,
        suggested=suggestion.outcome.value,
        suggested_why=suggestion.sentence.in_form(case.written_form),
        missing=tuple(question.label for question in suggestion.missing),
    )


def _outdated(judged: StoredCondition) -> ConditionRow:
    return ConditionRow(
        key=judged.key,
        label=judged.key.replace("_", " ").capitalize(),
        question="",
        law="Vilkåret er ikke med i reglene som gjelder nå.",
        outcome=judged.outcome,
        reason_text=judged.reason_text,
        exception_reason=judged.exception_reason,
        source=judged.source_text,
        checked_on=judged.checked_on,
        by=judged.by,
        allows_exception=False,
        suggested="",
        suggested_why="",
    )


def _why_not(case: CaseKnown, rule_set: RuleSet, track: TrackState, user_id: UUID) -> tuple[str, ...]:
    """What stands in the way of concluding, in sentences; texts that the conclusion itself asks for are not."""
    stops = (
        (not case.is_open, "Saken er avsluttet."),
        (track.status in _DECIDED or track.decided_on is not None, "Vedtaket er fattet."),
        (track.status == TrackStatus.LAPSED, "Spørsmålet er falt bort."),
        (track.letter_id is not None, "Det er skrevet et brev om dette."),
        (user_id in case.conflict_user_ids, "Du er inhabil i denne saken."),
        (rules_of(rule_set, track.law) is None, "Reglene har ingen vilkår for dette."),
    )
    stopped = next((text for holds, text in stops if holds), "")
    if stopped:
        return (stopped,)
    outcome = track.proposed_outcome if track.status == TrackStatus.RECOMMENDED else _likely(track)
    found = hindrances(track, rule_set, outcome, other_help="skrives i konklusjonen")
    return tuple(one.text for one in found)


def _likely(track: TrackState) -> str:
    refused = any(one.outcome == ConditionOutcome.NOT_MET for one in track.conditions)
    return (TrackOutcome.REFUSED if refused else TrackOutcome.GRANTED).value
