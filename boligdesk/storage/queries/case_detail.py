"""The page of a case: identity bar, household, application, tracks, deadlines, notes, documents, timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from boligdesk.domain import identifiers
from boligdesk.domain.catalog import (
    ContactKind,
    MemberRole,
    Protection,
    RepresentativeKind,
    TrackLaw,
)
from boligdesk.domain.deadlines import load_rules
from boligdesk.domain.facts import APPLICATION
from boligdesk.domain.guidance import day_of
from boligdesk.services.errors import NotFound
from boligdesk.services.records.cases import (
    ApplicationDetail,
    CaseDetail,
    DeadlineRow,
    Identity,
    NoteRow,
    TrackRow,
)
from boligdesk.storage.person_rows import live_name, live_rows, load_rows, load_secret, person_words
from boligdesk.storage.policies import openable, readable
from boligdesk.storage.queries.documents import documents_where
from boligdesk.storage.queries.facts import live_facts
from boligdesk.storage.queries.households import HouseholdQueries
from boligdesk.storage.queries.timeline import case_timeline
from boligdesk.storage.tables import Application, CaseFile, Deadline, Document, LegalTrack, Note

if TYPE_CHECKING:
    import datetime as dt
    from uuid import UUID

    from sqlalchemy import ColumnElement

    from boligdesk.services.records.people import HouseholdDetail
    from boligdesk.storage.reader import Reader

_GROWN_UP = 18


def case_detail(reader: Reader, case_id: UUID) -> CaseDetail:
    """Raises NotFound for a case the viewer may not open."""
    row = reader.first(
        select(
            CaseFile.id,
            CaseFile.row_version,
            CaseFile.number,
            CaseFile.kind,
            CaseFile.phase,
            CaseFile.waiting_on,
            CaseFile.outcome,
            CaseFile.opened_on,
            CaseFile.ended_at,
            CaseFile.assignee_id,
            CaseFile.applicant_id,
            CaseFile.household_id,
        ).where(CaseFile.id == case_id, openable(CaseFile, reader.viewer))
    )
    if row is None:
        raise NotFound
    household = _household(reader, row.household_id)
    return CaseDetail(
        id=row.id,
        version=row.row_version,
        number=row.number,
        kind=row.kind,
        phase=row.phase,
        waiting_on=row.waiting_on,
        outcome=row.outcome,
        opened_on=row.opened_on,
        ended_on=day_of(row.ended_at) if row.ended_at else None,
        assignee_id=row.assignee_id,
        assignee=reader.user_names.get(row.assignee_id, ""),
        identity=identity(reader, row.applicant_id, household),
        household=household,
        application=_application(reader, case_id),
        tracks=_tracks(reader, case_id),
        deadlines=deadlines_of(reader, case_id),
        notes=notes_where(reader, Note.case_id == case_id),
        documents=documents_where(reader, Document.case_id == case_id),
        timeline=case_timeline(reader, case_id),
    )


def _household(reader: Reader, household_id: UUID | None) -> HouseholdDetail | None:
    if household_id is None:
        return None
    try:
        return HouseholdQueries(reader).detail(household_id)
    except NotFound:  # the household has a member that this viewer may not know of
        return None


def identity(reader: Reader, person_id: UUID, household: HouseholdDetail | None) -> Identity:
    """The identity bar. The number is masked; whole only through its own logged act."""
    secret = load_secret(reader, person_id)
    person = person_words(reader, person_id, secret)
    rows = load_rows(reader, person_id, secret)
    numbers = live_rows(rows["identifiers"], reader.today)
    phones = [
        contact["value"]
        for contact in live_rows(rows["contacts"], reader.today)
        if contact["kind"] == ContactKind.PHONE and not contact["must_not_call"]
    ]
    level = Protection.of_level(int(person["protection"]))
    return Identity(
        person_id=person_id,
        name=live_name(rows["names"], reader.today) if secret is not None else person["display_name"],
        birth_on=person["birth_on"],
        masked_number=identifiers.mask_fodselsnummer(numbers[0]["value"]) if numbers else "",
        phone=phones[0] if phones else "",
        interpreter=person["interpreter_language"] or "",
        written_form=person["written_form"] or "",
        protection=level.value,
        flags=_flags(reader, person, rows, household, level),
        number_id=numbers[0]["id"] if numbers else None,
    )


def _flags(
    reader: Reader,
    person: dict[str, Any],
    rows: dict[str, list[dict[str, Any]]],
    household: HouseholdDetail | None,
    level: Protection,
) -> tuple[str, ...]:
    """What nobody may overlook, gravest first."""
    flags = []
    if level is not Protection.NONE:
        strict = level.level >= Protection.STRICT.level
        flags.append("Strengt fortrolig" if strict else "Fortrolig")
    if person["dead_on"]:
        flags.append("Død")
    kinds = {row["kind"] for row in live_rows(rows["representatives"], reader.today)}
    if RepresentativeKind.GUARDIAN.value in kinds:
        flags.append("Verge")
    elif kinds & {RepresentativeKind.PROXY.value, RepresentativeKind.LAWYER.value}:
        flags.append("Fullmektig")
    flags += _children(reader.today, household)
    if person["interpreter_language"]:
        flags.append("Tolk")
    if person["is_unidentified"]:
        flags.append("Uten norsk nummer")
    return tuple(flags)


def _children(today: dt.date, household: HouseholdDetail | None) -> list[str]:
    if household is None:
        return []
    here = [member for member in household.members if member.valid_to is None or member.valid_to > today]
    children = [
        member
        for member in here
        if (
            member.person_id is not None
            and member.role == MemberRole.CHILD
            and _is_minor(member.birth_on, today)
        )
    ]
    expected = any(member.person_id is None and member.expected_on is not None for member in here)
    return [*(["Barn i husstanden"] if children else []), *(["Venter barn"] if expected else [])]


def _is_minor(birth_on: dt.date | None, today: dt.date) -> bool:
    if birth_on is None:
        return True
    before_birthday = (today.month, today.day) < (birth_on.month, birth_on.day)
    return today.year - birth_on.year - before_birthday < _GROWN_UP


def _application(reader: Reader, case_id: UUID) -> ApplicationDetail | None:
    row = reader.first(
        select(
            Application.id,
            Application.row_version,
            Application.asks,
            Application.channel,
            Application.received_on,
            Application.what_it_takes,
            Application.own_attempts,
        )
        .where(Application.case_id == case_id, readable(Application, reader.viewer))
        .order_by(Application.id.desc())
        .limit(1)
    )
    if row is None:
        return None
    return ApplicationDetail(
        id=row.id,
        version=row.row_version,
        asks=tuple(row.asks),
        channel=row.channel,
        received_on=row.received_on,
        what_it_takes=row.what_it_takes or "",
        own_attempts=row.own_attempts or "",
        facts=live_facts(reader, APPLICATION, row.id),
    )


def _tracks(reader: Reader, case_id: UUID) -> tuple[TrackRow, ...]:
    rows = reader.rows(
        select(
            LegalTrack.id,
            LegalTrack.law,
            LegalTrack.decision_body,
            LegalTrack.appeal_body,
            LegalTrack.status,
        )
        .where(LegalTrack.case_id == case_id, readable(LegalTrack, reader.viewer))
        .order_by(LegalTrack.id)
    )
    return tuple(
        TrackRow(row.id, row.law, TrackLaw(row.law).label, row.decision_body, row.appeal_body, row.status)
        for row in rows
    )


def deadlines_of(reader: Reader, case_id: UUID) -> tuple[DeadlineRow, ...]:
    """Running ones first, each by its due day."""
    rows = reader.rows(
        select(
            Deadline.id,
            Deadline.rule_key,
            Deadline.start_on,
            Deadline.raw_on,
            Deadline.due_on,
            Deadline.side,
            Deadline.state,
            Deadline.why,
            Deadline.basis,
        )
        .where(Deadline.case_id == case_id, readable(Deadline, reader.viewer))
        .order_by(Deadline.ended_at.is_not(None), Deadline.due_on, Deadline.id)
    )
    return tuple(
        DeadlineRow(
            id=row.id,
            rule_key=row.rule_key,
            label=rule_title(row.rule_key),
            start_on=row.start_on,
            raw_on=row.raw_on,
            due_on=row.due_on,
            side=row.side,
            state=row.state,
            why=row.why,
            basis=basis_words(row.basis),
        )
        for row in rows
    )


def rule_title(key: str) -> str:
    """«Foreløpig svar»; a rule that a later version has dropped keeps its key."""
    return next((rule.title for rule in load_rules() if rule.key == key), key)


def basis_words(basis: list[dict[str, str]]) -> tuple[str, ...]:
    """«forvaltningsloven (1967) § 11a: ...» for each step."""
    return tuple(f"{part['act']} {part['section']}: {part['text']}" for part in basis)


def notes_where(reader: Reader, where: ColumnElement[bool]) -> tuple[NoteRow, ...]:
    """Notes the viewer may read, newest first; a corrected one says by which."""
    rows = reader.rows(
        select(
            Note.id,
            Note.kind,
            Note.occurred_at,
            Note.facts_text,
            Note.assessment_text,
            Note.with_whom,
            Note.created_by,
            Note.corrects_id,
        )
        .where(where, Note.ended_at.is_(None), readable(Note, reader.viewer))
        .order_by(Note.occurred_at.desc(), Note.id.desc())
    )
    corrected_by = {row.corrects_id: row.id for row in rows if row.corrects_id is not None}
    return tuple(
        NoteRow(
            id=row.id,
            kind=row.kind,
            occurred_at=row.occurred_at,
            facts_text=row.facts_text,
            assessment_text=row.assessment_text or "",
            with_whom=row.with_whom or "",
            by=reader.user_names.get(row.created_by, ""),
            corrected_by_id=corrected_by.get(row.id),
        )
        for row in rows
    )
