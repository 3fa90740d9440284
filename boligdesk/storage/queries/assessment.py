"""What the rules of assessment look at: a case with its facts, household and tracks; the rule sets kept."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from boligdesk.domain.catalog import FactState
from boligdesk.domain.facts import APPLICATION
from boligdesk.domain.households import HeadCount, head_count, is_live
from boligdesk.domain.letters import LetterState
from boligdesk.domain.rule_sets import RuleSet, load
from boligdesk.services.errors import NotFound
from boligdesk.services.ports.assessment import CaseKnown, StoredCondition, TrackState
from boligdesk.services.records.assessment import Terms
from boligdesk.storage.person_rows import load_secret, person_words
from boligdesk.storage.policies import live, openable, readable
from boligdesk.storage.queries.facts import live_facts
from boligdesk.storage.queries.households import HouseholdQueries
from boligdesk.storage.tables import (
    Application,
    CaseFile,
    ConflictOfInterest,
    District,
    Edition,
    LegalTrack,
    Letter,
    TrackCondition,
    Vedtak,
)

if TYPE_CHECKING:
    from uuid import UUID

    from boligdesk.services.records.common import FactValue
    from boligdesk.storage.reader import Reader

#: Kind of a rule set in ``edition``; adopted by the office, or only used (the set shipped for practice).
RULES, ADOPTED, USED = "regelsett", "vedtatt", "i_bruk"

#: Rule sets that were read before, by sha256: an edition is never changed.
_LOADED: dict[str, RuleSet] = {}


class AssessmentQueries:
    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    # -- rules ----------------------------------------------------------------------------------

    def rule_sets(self) -> tuple[tuple[UUID, RuleSet], ...]:
        """Adopted rule sets of the office with their editions, newest first."""
        rows = self._reader.rows(
            select(Edition.id, Edition.sha256)
            .where(Edition.kind == RULES, Edition.state == ADOPTED)
            .order_by(Edition.valid_from.desc(), Edition.no.desc(), Edition.id)
        )
        return tuple((row.id, self._rules(row.id, row.sha256)) for row in rows)

    def edition(self, edition_id: UUID) -> RuleSet:
        """The rules as they were kept. Raises NotFound."""
        sha256 = self._reader.scalar(
            select(Edition.sha256).where(Edition.id == edition_id, Edition.kind == RULES)
        )
        if sha256 is None:
            raise NotFound
        return self._rules(edition_id, str(sha256))

    def rules_text(self, edition_id: UUID) -> str:
        """The rules as a file that can be changed and adopted anew. Raises NotFound."""
        body = self._reader.scalar(
            select(Edition.body).where(Edition.id == edition_id, Edition.kind == RULES)
        )
        if body is None:
            raise NotFound
        return json.dumps(body, ensure_ascii=False, indent=1)

    def edition_of(self, sha256: str) -> UUID | None:
        """The edition with this content, adopted or only used; None = neither."""
        row = self._reader.first(
            select(Edition.id).where(Edition.kind == RULES, Edition.sha256 == sha256).limit(1)
        )
        return None if row is None else row.id

    def _rules(self, edition_id: UUID, sha256: str) -> RuleSet:
        if sha256 not in _LOADED:
            body = self._reader.scalar(select(Edition.body).where(Edition.id == edition_id))
            _LOADED[sha256] = load(json.dumps(body, ensure_ascii=False))
        return _LOADED[sha256]

    def districts(self) -> tuple[tuple[str, str], ...]:
        """(code, name) of the areas in use: the codes stand in the waiting list."""
        rows = self._reader.rows(
            select(District.code, District.name)
            .where(live(District, self._reader.today))
            .order_by(District.sort_name, District.id)
        )
        return tuple((row.code, row.name) for row in rows)

    # -- a case ---------------------------------------------------------------------------------

    def known(self, case_id: UUID) -> CaseKnown:
        """Raises NotFound for a case the viewer may not open."""
        reader = self._reader
        case = reader.first(
            select(
                CaseFile.row_version,
                CaseFile.phase,
                CaseFile.ended_at,
                CaseFile.applicant_id,
                CaseFile.household_id,
                CaseFile.opened_on,
            ).where(CaseFile.id == case_id, openable(CaseFile, reader.viewer))
        )
        if case is None:
            raise NotFound
        applicant = person_words(reader, case.applicant_id, load_secret(reader, case.applicant_id))
        received_on, facts = self._application(case_id)
        count = _with_answers(self._household(case.household_id), facts)
        adults, children, part_time, expects = count
        return CaseKnown(
            case_id=case_id,
            case_version=case.row_version,
            phase=case.phase,
            is_open=case.ended_at is None,
            applicant_id=case.applicant_id,
            birth_on=applicant["birth_on"],
            written_form=applicant["written_form"] or "",
            household_id=case.household_id,
            persons=None if adults is None or children is None else adults + children,
            adults=adults,
            children=children,
            children_part_time=part_time,
            expects_child=expects,
            received_on=received_on or case.opened_on,
            facts=facts,
            tracks=self._tracks(case_id),
            conflict_user_ids=self.conflicts(case_id),
        )

    def _application(self, case_id: UUID) -> tuple[dt.date | None, tuple[FactValue, ...]]:
        """The newest one's day and answers."""
        row = self._reader.first(
            select(Application.id, Application.received_on)
            .where(Application.case_id == case_id, readable(Application, self._reader.viewer))
            .order_by(Application.id.desc())
            .limit(1)
        )
        if row is None:
            return None, ()
        return row.received_on, live_facts(self._reader, APPLICATION, row.id)

    def _household(self, household_id: UUID | None) -> HeadCount | None:
        if household_id is None:
            return None
        today = self._reader.today
        everybody = HouseholdQueries(self._reader).occupants(household_id)
        here = [one for one in everybody if is_live(one.valid_from, one.valid_to, today)]
        return head_count(here, today) if here else None

    def conflicts(self, case_id: UUID) -> tuple[UUID, ...]:
        """The latest answer of each colleague counts."""
        rows = self._reader.rows(
            select(ConflictOfInterest.user_id, ConflictOfInterest.answer)
            .where(ConflictOfInterest.case_id == case_id)
            .order_by(ConflictOfInterest.created_at, ConflictOfInterest.id)
        )
        latest = {row.user_id: row.answer for row in rows}
        return tuple(sorted(user_id for user_id, answer in latest.items() if answer))

    # -- tracks ---------------------------------------------------------------------------------

    def _tracks(self, case_id: UUID) -> tuple[TrackState, ...]:
        reader = self._reader
        rows = reader.rows(
            select(LegalTrack.__table__)
            .where(LegalTrack.case_id == case_id, readable(LegalTrack, reader.viewer))
            .order_by(LegalTrack.id)
        )
        conditions = self._conditions(case_id)
        decisions = self._decisions(case_id)
        letters = self._letters(case_id)
        return tuple(
            _track(row, conditions.get(row.id, ()), decisions.get(row.id), letters.get(row.id))
            for row in rows
        )

    def _conditions(self, case_id: UUID) -> dict[UUID, tuple[StoredCondition, ...]]:
        """Judged ones; a judgement that was taken back is none."""
        rows = self._reader.rows(
            select(TrackCondition.__table__)
            .where(
                TrackCondition.case_id == case_id,
                TrackCondition.outcome != "",
                readable(TrackCondition, self._reader.viewer),
            )
            .order_by(TrackCondition.created_at, TrackCondition.id)
        )
        found: dict[UUID, tuple[StoredCondition, ...]] = {}
        for row in rows:
            condition = StoredCondition(
                key=row.key,
                outcome=row.outcome,
                reason_text=row.reason_text,
                exception_reason=row.exception_reason or "",
                source_text=row.source_text,
                checked_on=row.checked_on,
                by=self._reader.user_names.get(row.changed_by, ""),
            )
            found[row.track_id] = (*found.get(row.track_id, ()), condition)
        return found

    def _decisions(self, case_id: UUID) -> dict[UUID, Any]:
        """The live vedtak of each track, else the last that ended: its words are not typed again."""
        rows = self._reader.rows(
            select(Vedtak.__table__)
            .where(Vedtak.case_id == case_id, readable(Vedtak, self._reader.viewer))
            .order_by(Vedtak.ended_at.is_(None), Vedtak.id)
        )
        return {row.track_id: row for row in rows}

    def _letters(self, case_id: UUID) -> dict[UUID, Any]:
        rows = self._reader.rows(
            select(Letter.id, Letter.track_id, Letter.status)
            .where(
                Letter.case_id == case_id,
                Letter.track_id.is_not(None),
                Letter.ended_at.is_(None),
                Letter.status != LetterState.RECALLED.value,
                openable(Letter, self._reader.viewer),
            )
            .order_by(Letter.id)
        )
        return {row.track_id: row for row in rows}


def _number(facts: tuple[FactValue, ...], key: str) -> int | None:
    for fact in facts:
        if fact.key == key and fact.state == FactState.KNOWN and isinstance(fact.value, int):
            return fact.value
    return None


def _with_answers(
    count: HeadCount | None, facts: tuple[FactValue, ...]
) -> tuple[int | None, int | None, int | None, bool | None]:
    """(adults, children, of them part of the time, expects a child): the register first, else the application."""
    part_time = _number(facts, "children_part_time")
    always = _number(facts, "children")
    said = part_time or None if always is None else always + (part_time or 0)
    expects = _number(facts, "expects_child")
    answered = None if expects is None else bool(expects)
    if count is None:
        return _number(facts, "adults"), said, part_time, answered
    return (
        count.adults,
        said if count.children is None else count.children,
        part_time if count.children is None else count.children_part_time,
        True if count.expects_child else answered,
    )


def _track(row: Any, conditions: tuple[StoredCondition, ...], vedtak: Any, letter: Any) -> TrackState:
    words = {} if vedtak is None else vedtak.terms
    is_live_draft = vedtak is not None and vedtak.ended_at is None
    return TrackState(
        id=row.id,
        version=row.row_version,
        law=row.law,
        no=row.no,
        decision_body=row.decision_body,
        appeal_body=row.appeal_body,
        status=row.status,
        conditions=conditions,
        proposed_outcome=row.proposed_outcome or "",
        conclusion_text=row.conclusion_text or "",
        wishes_text=row.wishes_text or "",
        vedtak_id=vedtak.id if is_live_draft else None,
        vedtak_version=vedtak.row_version if is_live_draft else 0,
        prepared_by=vedtak.prepared_by if is_live_draft else None,
        decided_on=vedtak.decided_on if is_live_draft else None,
        main_content=tuple(vedtak.main_content) if vedtak is not None else (),
        terms=terms_of(words.get("terms", {})),
        other_help_text=str(words.get("other_help", "")),
        children_text=str(words.get("children", "")),
        priority_class=str(words.get("priority_class", "")) if is_live_draft else "",
        priority_reason=str(words.get("priority_reason", "")),
        rule_edition_id=vedtak.rule_edition_id if is_live_draft else None,
        letter_id=letter.id if letter is not None else None,
        letter_status=letter.status if letter is not None else "",
    )


def terms_of(stored: dict[str, Any]) -> Terms:
    day = stored.get("valid_to")
    return Terms(**{**stored, "valid_to": dt.date.fromisoformat(day) if day else None})


def terms_row(terms: Terms) -> dict[str, Any]:
    """As ``terms_of`` reads it."""
    return {
        "bedrooms_min": terms.bedrooms_min,
        "bedrooms_max": terms.bedrooms_max,
        "rooms": terms.rooms,
        "area_m2": terms.area_m2,
        "floor_need": terms.floor_need,
        "term_months": terms.term_months,
        "valid_to": terms.valid_to.isoformat() if terms.valid_to else None,
        "follow_up": terms.follow_up,
    }
