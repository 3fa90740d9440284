"""Assessment: each condition judged by a person, each legal question concluded, by the rules of the office."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boligdesk.domain.access import Right
from boligdesk.domain.allocation_catalog import ConditionOutcome
from boligdesk.domain.assessment import has_words
from boligdesk.domain.rule_sets import RuleSetError, load, shipped
from boligdesk.services.assessment_checks import (
    checked_conclusion,
    checked_condition,
    condition_of,
    text,
)
from boligdesk.services.assessment_view import (
    assessment_of,
    rule_set_row,
    rules_for,
    suggestions,
)
from boligdesk.services.changes import Changes, Kind
from boligdesk.services.errors import InvalidInput, NotFound, UserError
from boligdesk.services.impartial import require_impartial
from boligdesk.services.known_facts import ids_of, source_words
from boligdesk.services.ports.assessment import Judgement
from boligdesk.services.records.assessment import ConditionDraft
from boligdesk.services.records.common import Saved
from boligdesk.services.rules import rule_set_in_force, rules_text, rules_with, text_to_keep

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from uuid import UUID

    from boligdesk.domain.conditions import Suggestion
    from boligdesk.domain.rule_sets import RuleSet
    from boligdesk.services.ports import View, Work
    from boligdesk.services.ports.assessment import CaseKnown, TrackState
    from boligdesk.services.ports.cases import Stored
    from boligdesk.services.records.assessment import Assessment, ConclusionDraft, RuleSetRow
    from boligdesk.services.session import Session

_TOUCHED = frozenset({Kind.ASSESSMENT, Kind.CASE, Kind.TASK})


class Assessing:
    """Every method raises NotFound for a case or track outside the user's reach, NotAllowed without the right.

    Nobody assesses the case of somebody he or she knows (forvaltningsloven § 6).
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    # -- reading --------------------------------------------------------------------------------

    def of_case(self, case_id: UUID) -> Assessment:
        """What is judged, what the facts suggest, and what stands in the way of concluding.

        Raises UserError when the office has no rules for today.
        """
        self._session.require(Right.READ_PEOPLE)
        user_id = self._session.user.id
        return self._session.read(
            lambda view: assessment_of(
                view, view.assessment.known(case_id), rule_set_in_force(view, view.today), user_id
            )
        )

    def rule_set(self) -> RuleSetRow:
        """The rules in force today. Raises UserError when there are none."""

        def work(view: View) -> RuleSetRow:
            found = rule_set_in_force(view, view.today)
            return rule_set_row(found, view.assessment.edition_of(found.sha256))

        return self._session.read(work)

    def rule_sets(self) -> tuple[RuleSetRow, ...]:
        """The office's own, newest first; while it has none, those that came with the program."""

        def work(view: View) -> tuple[RuleSetRow, ...]:
            own = tuple(rule_set_row(one, edition) for edition, one in view.assessment.rule_sets())
            return own or tuple(
                rule_set_row(one, view.assessment.edition_of(one.sha256)) for one in reversed(shipped())
            )

        return self._session.read(work)

    # -- conditions -----------------------------------------------------------------------------

    def assess(self, case_id: UUID, track_id: UUID, version: int, draft: ConditionDraft) -> Saved:
        """Store a person's judgement of one condition. ``version`` and ``Saved`` are the track's.

        Raises InvalidInput for the field, ConflictError when somebody judged meanwhile, UserError when the
        track is concluded.
        """

        def work(unit: Work) -> Stored:
            case, track = self._workable(unit, case_id, track_id)
            rule_set = rule_set_in_force(unit, unit.today)
            condition = condition_of(rule_set, track.law, draft.key)
            found = suggestions(case, rule_set, track.law, unit.today)[draft.key]
            kept = checked_condition(condition, draft, unit.today)
            return unit.write_assessment.assess(
                case_id, track_id, version, (_judgement(case, condition.label.nb, kept, found),)
            )

        return self._write(case_id, work)

    def accept_suggestions(self, case_id: UUID, track_id: UUID, version: int, keys: Sequence[str]) -> Saved:
        """Take what the facts suggest for these conditions, with the suggested sentence as the reason: one act.

        Raises InvalidInput («keys») for none, and UserError for one that only a person can judge.
        """

        def work(unit: Work) -> Stored:
            case, track = self._workable(unit, case_id, track_id)
            rule_set = rule_set_in_force(unit, unit.today)
            found = suggestions(case, rule_set, track.law, unit.today)
            judgements = []
            for key in dict.fromkeys(keys):
                condition = condition_of(rule_set, track.law, key)
                suggestion = found[key]
                if suggestion.outcome == ConditionOutcome.UNSET:
                    raise UserError(
                        f"«{condition.label.nb}» må vurderes av deg.",
                        "Opplysningene gir ikke svaret.",
                        "Ingenting er endret.",
                        "Vurder vilkåret, og skriv en begrunnelse.",
                    )
                draft = ConditionDraft(
                    key, suggestion.outcome.value, suggestion.sentence.in_form(case.written_form)
                )
                kept = checked_condition(condition, draft, unit.today)
                judgements.append(_judgement(case, condition.label.nb, kept, suggestion))
            if not judgements:
                raise InvalidInput("keys", "Velg minst ett vilkår.")
            return unit.write_assessment.assess(case_id, track_id, version, tuple(judgements), accepted=True)

        return self._write(case_id, work)

    # -- conclusion -----------------------------------------------------------------------------

    def conclude(self, case_id: UUID, track_id: UUID, version: int, draft: ConclusionDraft) -> Saved:
        """End the assessment of a legal question: the draft decision that a letter tells. Can be undone.

        Raises InvalidInput for the field, UserError naming what stands open, or when a letter tells of it.
        """

        def work(unit: Work) -> Stored:
            case, track = self._workable(unit, case_id, track_id)
            rule_set = rules_for(unit, rule_set_in_force(unit, unit.today), track)
            concluded = checked_conclusion(case, rule_set, track, draft, unit.today)
            kept = text_to_keep(unit, rule_set)
            return unit.write_assessment.conclude(case_id, track_id, version, concluded, rule_set, kept)

        return self._write(case_id, work)

    def reopen_track(self, case_id: UUID, track_id: UUID, version: int, reason: str) -> Saved:
        """Back to assessment, before a letter tells of the conclusion. What was written stays to be used."""
        why = text("reason", reason)
        if not has_words(why):
            raise InvalidInput("reason", "Skriv hvorfor vurderingen åpnes igjen.")

        def work(unit: Work) -> Stored:
            self._workable(unit, case_id, track_id)
            return unit.write_assessment.reopen_track(case_id, track_id, version, why)

        return self._write(case_id, work)

    # -- rules ----------------------------------------------------------------------------------

    def rules(self, sha256: str = "") -> RuleSet:
        """Everything an adopted or shipped set says; those in force today unless told. Raises NotFound."""
        return self._session.read(lambda view: rules_with(view, sha256))

    def rules_text(self, sha256: str = "") -> str:
        """The same as a file that can be changed and adopted anew. Raises NotFound."""
        return self._session.read(lambda view: rules_text(view, rules_with(view, sha256)))

    def adopt_rules(self, rules: str, reason: str = "") -> Saved:
        """Adopt a rule set, for ever as it is. ``event_id`` None = it was adopted already.

        ``reason`` is for rules that hold from a day that is past. Raises InvalidInput («rules» saying what is
        wrong and where, or «reason»), UserError when the version is taken.
        """
        try:
            rule_set = load(rules)
        except RuleSetError as error:
            raise InvalidInput("rules", "Reglene kan ikke leses.", str(error), "Rett filen.") from error
        why = text("reason", reason)

        def work(unit: Work) -> Stored:
            adopted = {one.sha256 for _edition, one in unit.assessment.rule_sets()}
            if rule_set.valid_from < unit.today and not has_words(why) and rule_set.sha256 not in adopted:
                raise InvalidInput("reason", "Skriv hvorfor reglene skal gjelde fra en dag som har vært.")
            return unit.write_assessment.adopt_rules(rule_set, rules, why)

        edition_id, version, event = self._session.write(Right.MANAGE_USERS, work)
        changes = Changes(frozenset({Kind.OFFICE, Kind.ASSESSMENT, Kind.ALLOCATION}))
        return Saved(edition_id, version, changes, event)

    # -- shared ---------------------------------------------------------------------------------

    def _workable(self, unit: Work, case_id: UUID, track_id: UUID) -> tuple[CaseKnown, TrackState]:
        case = unit.assessment.known(case_id)
        track = next((one for one in case.tracks if one.id == track_id), None)
        if track is None:
            raise NotFound
        require_impartial(self._session.user, case.conflict_user_ids)
        return case, track

    def _write(self, case_id: UUID, work: Callable[[Work], Stored]) -> Saved:
        track_id, version, event = self._session.write(Right.WRITE_CASES, work)
        return Saved(track_id, version, Changes(_TOUCHED, frozenset({case_id, track_id})), event)


def _judgement(case: CaseKnown, label: str, draft: ConditionDraft, suggestion: Suggestion) -> Judgement:
    return Judgement(draft, label, source_words(suggestion.facts), ids_of(case, suggestion.facts))
