"""A track on its way to a decision: conditions judged, concluded, opened again; and the rules it is done by."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import select

from boligdesk.domain.catalog import CasePhase, TaskKind, TaskState, TrackStatus
from boligdesk.services.errors import ConflictError, NotFound, UserError
from boligdesk.storage.policies import readable
from boligdesk.storage.queries.assessment import ADOPTED, RULES, USED, AssessmentQueries, terms_row
from boligdesk.storage.tables import CaseFile, Edition, LegalTrack, Task, TrackCondition, Vedtak
from boligdesk.storage.track_acts import SUBJECT, has_letter, written_about
from boligdesk.storage.writers.case_rows import CaseForWrite, case_for_write
from boligdesk.storage.writers.deadlines import live_tasks, refresh_next_due

if TYPE_CHECKING:
    from boligdesk.domain.rule_sets import RuleSet
    from boligdesk.services.ports.assessment import Concluded, Judgement
    from boligdesk.storage.writer import Writer

Stored = tuple[UUID, int, UUID | None]

_OFFICE_SCOPE = (0, 0)
_OPEN = (TrackStatus.OPEN.value, TrackStatus.ASSESSING.value)
_CONCLUDABLE = (*_OPEN, TrackStatus.RECOMMENDED.value)
_PHASES = [phase.value for phase in CasePhase]


class AssessmentWriter:
    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    # -- rules ----------------------------------------------------------------------------------

    def keep_rules(self, rule_set: RuleSet, text: str) -> UUID:
        """Under the event that is open: the edition of these rules (same sha256), kept for ever when it is new."""
        known = AssessmentQueries(self._writer).edition_of(rule_set.sha256)
        return known if known is not None else self._keep(rule_set, text, {"state": USED})

    def adopt_rules(self, rule_set: RuleSet, text: str, reason: str = "") -> Stored:
        """(edition, version, event or None when they are adopted already).

        Raises UserError when the same version of the set was kept with other content.
        """
        writer = self._writer
        row = writer.first(
            select(Edition.id, Edition.row_version, Edition.state).where(
                Edition.kind == RULES, Edition.sha256 == rule_set.sha256
            )
        )
        if row is not None and row.state == ADOPTED:
            return row.id, row.row_version, None
        edition_id = writer.new_id() if row is None else row.id
        params: dict[str, Any] = {"title": rule_set.title, "no": rule_set.version}
        if reason:
            params |= {"valid_from": rule_set.valid_from.isoformat(), "reason": reason}
        event = writer.event("adopt_rules", "edition", edition_id, scope=_OFFICE_SCOPE, params=params)
        adopted = {"state": ADOPTED, "adopted_by": writer.viewer.user_id, "adopted_on": writer.today}
        if row is not None:
            return row.id, writer.change(Edition, row.id, None, **adopted), event
        self._keep(rule_set, text, {**adopted, "id": edition_id})
        return edition_id, 1, event

    def _keep(self, rule_set: RuleSet, text: str, more: dict[str, Any]) -> UUID:
        writer = self._writer
        same = (Edition.kind == RULES, Edition.key == rule_set.key, Edition.no == rule_set.version)
        if writer.first(select(Edition.id).where(*same)) is not None:
            raise UserError(
                "Denne versjonen av reglene finnes fra før med annet innhold.",
                f"{rule_set.name} er tatt i bruk og kan ikke endres.",
                "Ingenting er endret.",
                "Gi reglene et nytt versjonsnummer.",
            )
        return writer.insert(
            Edition,
            kind=RULES,
            key=rule_set.key,
            no=rule_set.version,
            language="",
            title=rule_set.title,
            body=json.loads(text.removeprefix("\ufeff")),
            sha256=rule_set.sha256,
            valid_from=rule_set.valid_from,
            valid_to=rule_set.valid_to,
            **more,
        )

    # -- conditions -----------------------------------------------------------------------------

    def assess(
        self,
        case_id: UUID,
        track_id: UUID,
        version: int,
        judgements: tuple[Judgement, ...],
        *,
        accepted: bool = False,
    ) -> Stored:
        """(track, its version, event). Moves the track to utredes, and the case with it.

        ``accepted``: a person took what was suggested. Raises ConflictError with what differs.
        """
        writer = self._writer
        case = case_for_write(writer, case_id)
        track = self._track(case, track_id)
        stored = self._conditions(track_id)
        if track.row_version != version:
            raise _stale(writer, judgements, stored)
        if track.status not in _OPEN:
            raise UserError(
                "Vurderingen er konkludert.",
                safe="Ingenting er endret.",
                todo="Åpne vurderingen igjen hvis noe skal endres.",
            )
        new = [one for one in judgements if _differs(one, stored.get(one.draft.key))]
        if not new:
            return track_id, version, None
        params = {
            "law": track.law,
            "conditions": [[one.label, one.draft.outcome] for one in new],
            "accepted": accepted,
        }
        event = self._event("assess_conditions", case, track_id, params)
        for one in new:
            self._put_condition(case, track_id, one, stored.get(one.draft.key))
        if track.status == TrackStatus.ASSESSING:
            saved = writer.step(LegalTrack, track_id, version)
        else:
            saved = writer.change(LegalTrack, track_id, version, status=TrackStatus.ASSESSING.value)
        self._move_case(case, CasePhase.ASSESSMENT)
        return track_id, saved, event

    def _put_condition(self, case: CaseForWrite, track_id: UUID, one: Judgement, stored: Any) -> None:
        values = _values(one)
        if stored is not None:
            self._writer.change(TrackCondition, stored.id, None, **values)
            return
        self._writer.insert(
            TrackCondition,
            case_id=case.id,
            track_id=track_id,
            key=one.draft.key,
            read_scope_id=case.scope[0],
            protection=case.scope[1],
            **values,
        )

    # -- conclusion -----------------------------------------------------------------------------

    def conclude(
        self,
        case_id: UUID,
        track_id: UUID,
        version: int,
        concluded: Concluded,
        rule_set: RuleSet,
        text: str,
    ) -> Stored:
        """Track innstilt, its live vedtak draft made or saved; case phase at least vedtak when all are."""
        writer = self._writer
        case = case_for_write(writer, case_id)
        track = self._track(case, track_id)
        wanted = {
            "status": TrackStatus.RECOMMENDED.value,
            "proposed_outcome": concluded.outcome,
            "conclusion_text": concluded.conclusion_text,
            "wishes_text": concluded.wishes_text or None,
        }
        if track.row_version != version:
            raise _track_conflict(writer, track, wanted)
        draft = self._live_vedtak(track_id)
        if track.status not in _CONCLUDABLE or (draft is not None and draft.decided_on is not None):
            raise UserError(
                "Vedtaket er fattet.",
                safe="Ingenting er endret.",
                todo="Et vedtak endres med et nytt vedtak.",
            )
        if has_letter(writer, track_id):
            raise written_about()
        if draft is not None and self._says_the_same(track, wanted, draft, concluded, rule_set):
            return track_id, version, None
        params = {"law": track.law, "outcome": concluded.outcome}
        event = self._event("conclude_track", case, track_id, params)
        saved = writer.change(LegalTrack, track_id, version, **wanted)
        self._put_vedtak(case, track_id, draft, self._decision(concluded, self.keep_rules(rule_set, text)))
        self._finish_checking(case)
        is_left = _is_unanswered(writer, case_id)
        self._move_case(case, CasePhase.ASSESSMENT if is_left else CasePhase.VEDTAK)
        refresh_next_due(writer, case_id)
        return track_id, saved, event

    def _says_the_same(
        self, track: Any, wanted: dict[str, Any], draft: Any, concluded: Concluded, rule_set: RuleSet
    ) -> bool:
        edition_id = AssessmentQueries(self._writer).edition_of(rule_set.sha256)
        decision = self._decision(concluded, edition_id)
        return all(getattr(track, key) == value for key, value in wanted.items()) and all(
            getattr(draft, key) == value for key, value in decision.items() if key != "prepared_by"
        )

    def _decision(self, concluded: Concluded, edition_id: UUID | None) -> dict[str, Any]:
        """Columns of the draft vedtak."""
        return {
            "kind": concluded.kind,
            "outcome": concluded.outcome,
            "rule_edition_id": edition_id,
            "prepared_by": self._writer.viewer.user_id,
            "main_content": list(concluded.main_content),
            "terms": {
                "terms": terms_row(concluded.terms),
                "other_help": concluded.other_help_text,
                "children": concluded.children_text,
                "priority_class": concluded.priority_class,
                "priority_reason": concluded.priority_reason,
            },
            "valid_to": concluded.terms.valid_to,
        }

    def _put_vedtak(self, case: CaseForWrite, track_id: UUID, draft: Any, decision: dict[str, Any]) -> None:
        if draft is not None:
            self._writer.change(Vedtak, draft.id, None, **decision)
            return
        self._writer.insert(
            Vedtak,
            case_id=case.id,
            track_id=track_id,
            read_scope_id=case.scope[0],
            protection=case.scope[1],
            **decision,
        )

    def _finish_checking(self, case: CaseForWrite) -> None:
        """The application has been checked when its first question is concluded."""
        writer = self._writer
        done = {"state": TaskState.DONE.value, "done_at": writer.now, "done_by": writer.viewer.user_id}
        for task in live_tasks(writer, case.id):
            if task.kind == TaskKind.CHECK_CONDITIONS:
                writer.change(Task, task.id, None, ended_at=writer.now, **done)

    def reopen_track(self, case_id: UUID, track_id: UUID, version: int, reason: str) -> Stored:
        """Back to utredes before the decision is made; the draft vedtak ends with the reason."""
        writer = self._writer
        case = case_for_write(writer, case_id)
        track = self._track(case, track_id)
        if track.row_version != version:
            raise _track_conflict(writer, track, {"status": TrackStatus.ASSESSING.value})
        if track.status != TrackStatus.RECOMMENDED:
            raise UserError(
                "Bare en vurdering som er konkludert, kan åpnes igjen.", safe="Ingenting er endret."
            )
        if has_letter(writer, track_id):
            raise written_about()
        event = self._event("reopen_track", case, track_id, {"law": track.law, "reason": reason})
        saved = writer.change(
            LegalTrack, track_id, version, status=TrackStatus.ASSESSING.value, proposed_outcome=None
        )
        draft = self._live_vedtak(track_id)
        if draft is not None:
            writer.change(Vedtak, draft.id, None, ended_at=writer.now, end_reason=reason)
        if case.phase == CasePhase.VEDTAK:
            writer.change(CaseFile, case_id, None, phase=CasePhase.ASSESSMENT.value)
        return track_id, saved, event

    # -- shared ---------------------------------------------------------------------------------

    def _track(self, case: CaseForWrite, track_id: UUID) -> Any:
        """The row, under the lock of its case. Raises NotFound."""
        row = self._writer.first(
            select(LegalTrack.__table__).where(
                LegalTrack.id == track_id,
                LegalTrack.case_id == case.id,
                readable(LegalTrack, self._writer.viewer),
            )
        )
        if row is None:
            raise NotFound
        return row

    def _conditions(self, track_id: UUID) -> dict[str, Any]:
        rows = self._writer.rows(select(TrackCondition.__table__).where(TrackCondition.track_id == track_id))
        return {row.key: row for row in rows}

    def _live_vedtak(self, track_id: UUID) -> Any:
        return self._writer.first(
            select(Vedtak.__table__).where(Vedtak.track_id == track_id, Vedtak.ended_at.is_(None))
        )

    def _move_case(self, case: CaseForWrite, phase: CasePhase) -> None:
        """Forward only."""
        if _PHASES.index(case.phase) < _PHASES.index(phase.value):
            self._writer.change(CaseFile, case.id, None, phase=phase.value)

    def _event(self, verb: str, case: CaseForWrite, track_id: UUID, params: dict[str, Any]) -> UUID:
        return self._writer.event(
            verb,
            SUBJECT,
            track_id,
            scope=case.scope,
            case_id=case.id,
            person_id=case.applicant_id,
            params=params,
        )


def settle_track(writer: Writer, track_id: UUID) -> None:
    """After an act was taken back: what is judged or concluded decides where the track and its case are."""
    writer.flush()
    track = writer.first(select(LegalTrack.case_id, LegalTrack.status).where(LegalTrack.id == track_id))
    judged = select(TrackCondition.id).where(
        TrackCondition.track_id == track_id, TrackCondition.outcome != ""
    )
    if track is None:
        return
    if track.status == TrackStatus.OPEN and writer.first(judged.limit(1)) is not None:
        writer.change(LegalTrack, track_id, None, status=TrackStatus.ASSESSING.value)
    phase = writer.scalar(select(CaseFile.phase).where(CaseFile.id == track.case_id))
    is_answered = not _is_unanswered(writer, track.case_id)
    if phase == CasePhase.VEDTAK and not is_answered:
        writer.change(CaseFile, track.case_id, None, phase=CasePhase.ASSESSMENT.value)
    elif is_answered and _PHASES.index(phase) < _PHASES.index(CasePhase.VEDTAK.value):
        writer.change(CaseFile, track.case_id, None, phase=CasePhase.VEDTAK.value)


def _is_unanswered(writer: Writer, case_id: UUID) -> bool:
    """Whether a question of the case still waits to be concluded."""
    writer.flush()
    left = select(LegalTrack.id).where(
        LegalTrack.case_id == case_id, LegalTrack.ended_at.is_(None), LegalTrack.status.in_(_OPEN)
    )
    return writer.first(left.limit(1)) is not None


def _values(one: Judgement) -> dict[str, Any]:
    return {
        "outcome": one.draft.outcome,
        "reason_text": one.draft.reason_text,
        "exception_reason": one.draft.exception_reason or None,
        "source_text": one.source_text,
        "fact_ids": [str(fact_id) for fact_id in one.fact_ids],
        "checked_on": one.draft.checked_on,
    }


def _differs(one: Judgement, stored: Any) -> bool:
    return stored is None or any(getattr(stored, key) != value for key, value in _values(one).items())


def _stale(writer: Writer, judgements: tuple[Judgement, ...], stored: dict[str, Any]) -> ConflictError:
    """What somebody else judged otherwise meanwhile; with several, the fields carry the condition's key."""
    mine: dict[str, Any] = {}
    theirs: dict[str, Any] = {}
    latest = None
    for one in judgements:
        row = stored.get(one.draft.key)
        for key in ("outcome", "reason_text", "exception_reason"):
            wanted = _values(one)[key]
            there = getattr(row, key) if row is not None else None
            if row is not None and wanted != there:
                name = key if len(judgements) == 1 else f"{one.draft.key}.{key}"
                mine[name], theirs[name] = wanted, there
        if row is not None and (latest is None or row.changed_at > latest.changed_at):
            latest = row
    if latest is None:
        return ConflictError(mine, theirs)
    by = writer.user_names.get(latest.changed_by, "")
    return ConflictError(mine, theirs, by, latest.changed_at.isoformat())


def _track_conflict(writer: Writer, track: Any, wanted: dict[str, Any]) -> ConflictError:
    differing = [key for key, value in wanted.items() if getattr(track, key) != value]
    return ConflictError(
        {key: wanted[key] for key in differing},
        {key: getattr(track, key) for key in differing},
        writer.user_names.get(track.changed_by, ""),
        track.changed_at.isoformat(),
    )
