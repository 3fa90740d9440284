"""Registration of an application (ui.md S4; boligsosialloven § 7), and saving what is known about it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from boligdesk.domain import cases as rules
from boligdesk.domain.access import Right
from boligdesk.domain.assignment import by_birthday
from boligdesk.domain.catalog import Asks, CaseKind, Channel, FactSource, TaskKind
from boligdesk.domain.deadlines import compute
from boligdesk.domain.facts import APPLICATION, FactError, checked, kind_of
from boligdesk.domain.text import clean, clean_long
from boligdesk.services.changes import Changes, Kind
from boligdesk.services.errors import InvalidInput
from boligdesk.services.ports.cases import NewCase, NewTask
from boligdesk.services.records.common import Saved

if TYPE_CHECKING:
    import datetime as dt
    from uuid import UUID

    from boligdesk.domain.deadlines import Computed
    from boligdesk.services.ports import View, Work
    from boligdesk.services.records.cases import ApplicationDraft
    from boligdesk.services.records.common import FactDraft
    from boligdesk.services.records.office import BirthdayRule
    from boligdesk.services.session import Session

REPLY_RULE = "forelopig_svar"
MOST_TEXT = 20_000


def register(session: Session, draft: ApplicationDraft, case_number: str = "") -> Saved:
    """Check, work out what follows, and store all of it in one transaction."""
    number = _number(case_number)
    draft = replace(
        draft,
        what_it_takes=_text("what_it_takes", draft.what_it_takes),
        own_attempts=_text("own_attempts", draft.own_attempts),
        conflict_grounds=clean(draft.conflict_grounds),
    )
    _check_codes(draft)

    def work(unit: Work) -> tuple[UUID, int, UUID]:
        return unit.write_cases.register(prepared(unit, draft, session.user.id, number))

    case_id, version, event = session.write(Right.WRITE_CASES, work)
    touched = Changes(frozenset({Kind.CASE, Kind.TASK, Kind.PERSON}), frozenset({case_id, draft.person_id}))
    return Saved(case_id, version, touched, event)


def prepared(view: View, draft: ApplicationDraft, me: UUID, number: tuple[int, int] | None) -> NewCase:
    """Everything that follows from the draft today: deadline, tasks, owner, tracks (model.md 2.1)."""
    birth_on = view.cases.birth_of(draft.person_id)
    if draft.household_id is not None and not view.cases.lives_in(draft.person_id, draft.household_id):
        raise InvalidInput(
            "household_id", "Søkeren bor ikke i denne husstanden.", todo="Velg en annen husstand."
        )
    return worked_out(draft, Assigners.of(view), birth_on, view.today, me, number)


@dataclass(frozen=True, slots=True)
class Assigners:
    """The office's birthday rules, and the names of those who work there."""

    rules: tuple[BirthdayRule, ...]
    names: dict[UUID, str]

    @staticmethod
    def of(view: View) -> Assigners:
        names = {user.id: user.name for user in view.office.users() if user.active}
        return Assigners(view.office.birthday_rules(), names)


def worked_out(
    draft: ApplicationDraft,
    assigners: Assigners,
    birth_on: dt.date | None,
    today: dt.date,
    me: UUID,
    number: tuple[int, int] | None,
) -> NewCase:
    """As ``prepared``, of what is looked up already. Raises InvalidInput."""
    received = _received(today, draft.received_on)
    kind = CaseKind(draft.kind)
    reply = compute(REPLY_RULE, received) if kind in rules.ANSWERED else None
    owner, why = _owner(assigners, draft, me, birth_on)
    return NewCase(
        person_id=draft.person_id,
        kind=kind,
        asks=draft.asks,
        channel=draft.channel,
        received_on=received,
        household_id=draft.household_id,
        assignee_id=owner,
        assigned_why=why,
        what_it_takes=draft.what_it_takes,
        own_attempts=draft.own_attempts,
        facts=checked_facts(draft.facts, received),
        knows_applicant=draft.knows_applicant,
        conflict_grounds=draft.conflict_grounds,
        tracks=rules.tracks_of(kind),
        reply=reply,
        tasks=_tasks(reply, has_owner=owner is not None),
        number=number,
    )


def save(
    session: Session,
    case_id: UUID,
    version: int,
    what_it_takes: str | None,
    own_attempts: str | None,
    facts: tuple[FactDraft, ...],
) -> Saved:
    """Store what changed. Raises ConflictError for the questions or texts that somebody else has changed.

    Answers stand for ever once written, so a save with answers cannot be undone (``event_id`` None).
    """
    first = _text("what_it_takes", what_it_takes) if what_it_takes is not None else None
    second = _text("own_attempts", own_attempts) if own_attempts is not None else None

    def work(unit: Work) -> tuple[UUID, int, UUID | None]:
        answers = checked_facts(facts, unit.today)
        return unit.write_cases.save_application(case_id, version, first, second, answers)

    application_id, kept, event = session.write(Right.WRITE_CASES, work)
    changes = Changes(frozenset({Kind.CASE}), frozenset({case_id}))
    return Saved(application_id, kept, changes, None if facts else event)


def checked_facts(facts: tuple[FactDraft, ...], on: dt.date) -> tuple[FactDraft, ...]:
    """Answers as they are stored, dated ``on`` where no day is given. Raises InvalidInput for the question."""
    stored = []
    for draft in facts:
        if draft.source not in FactSource.codes():
            raise InvalidInput(draft.key, "Velg hvor opplysningen kommer fra.")
        try:
            value = checked(kind_of(APPLICATION, draft.key), draft.state, draft.value, on)
        except FactError as error:
            raise InvalidInput(draft.key, str(error)) from error
        stored.append(replace(draft, value=value, observed_on=draft.observed_on or on))
    return tuple(stored)


def _owner(
    assigners: Assigners, draft: ApplicationDraft, me: UUID, birth_on: dt.date | None
) -> tuple[UUID | None, str]:
    """Owner and reason. Somebody who knows the applicant does not take the case (forvaltningsloven § 6)."""
    if draft.knows_applicant:
        chosen = draft.assignee_id if draft.assignee_id != me else None
        return chosen, "Den som registrerte saken, kjenner søkeren."
    if draft.assignee_id is not None:
        return draft.assignee_id, "Valgt ved registreringen."
    return _by_rule(assigners, birth_on)


def suggested(view: View, birth_on: dt.date | None) -> tuple[UUID | None, str]:
    """Owner by the office's birthday rule, and the reason in words."""
    return _by_rule(Assigners.of(view), birth_on)


def _by_rule(assigners: Assigners, birth_on: dt.date | None) -> tuple[UUID | None, str]:
    owner, found = by_birthday(birth_on, assigners.rules)
    if owner is not None and owner not in assigners.names:
        return None, "Den som har denne dagen, arbeider ikke her lenger, så saken må fordeles."
    return owner, found.reason(assigners.names[owner] if owner is not None else "")


def _tasks(reply: Computed | None, *, has_owner: bool) -> tuple[NewTask, ...]:
    tasks = [NewTask(TaskKind.CHECK_CONDITIONS)]
    if reply is not None:
        tasks.append(NewTask(TaskKind.INTERIM_REPLY, reply.due, reply.shows_on))
    if not has_owner:
        tasks.append(NewTask(TaskKind.ASSIGN_CASE))
    return tuple(tasks)


def _received(today: dt.date, given: dt.date | None) -> dt.date:
    received = given or today
    try:
        rules.check_received(received, today)
    except rules.CaseRuleError as error:
        raise InvalidInput("received_on", str(error), todo="Rett datoen.") from error
    return received


def _check_codes(draft: ApplicationDraft) -> None:
    if draft.kind not in CaseKind.codes():
        raise InvalidInput("kind", "Velg hva saken gjelder.")
    if not draft.asks or set(draft.asks) - set(Asks.codes()):
        raise InvalidInput("asks", "Velg hva søkeren ber om.")
    if draft.channel not in Channel.codes():
        raise InvalidInput("channel", "Velg hvordan søknaden kom.")


def _number(text: str) -> tuple[int, int] | None:
    if not text.strip():
        return None
    parsed = rules.parse_number(text)
    if parsed is None:
        raise InvalidInput("case_number", "Skriv saksnummeret slik: 2026/1275.")
    return parsed


def _text(field: str, text: str) -> str:
    cleaned = clean_long(text)
    if len(cleaned) > MOST_TEXT:
        raise InvalidInput(field, f"Teksten kan ha høyst {MOST_TEXT} tegn.", todo="Skriv resten i et notat.")
    return cleaned
