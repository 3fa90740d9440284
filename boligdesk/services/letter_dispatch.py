"""What sending a letter starts and ends (model.md 2.3, 3): arrival, appeal, answer, papers, waiting list."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from boligdesk.domain.catalog import TaskKind, TrackStatus
from boligdesk.domain.deadlines import Length, compute
from boligdesk.domain.letters import LETTERS, LetterKind
from boligdesk.services.errors import InvalidInput
from boligdesk.services.letter_values import APPEAL_RULE, PAPERS_RULE, REPLY_RULE, reply_due
from boligdesk.services.ports.cases import NewTask
from boligdesk.services.ports.letters import Dispatch
from boligdesk.services.rules import rule_set_in_force

if TYPE_CHECKING:
    from uuid import UUID

    from boligdesk.domain.deadlines import Computed
    from boligdesk.services.ports import View
    from boligdesk.services.ports.letters import StoredLetter

POST_RULE = "postgang"
INTERIM_RULE = "forelopig_svar"
_DAY = dt.timedelta(days=1)


def assumed_arrival(sent_on: dt.date) -> dt.date:
    """When a letter in the post is taken to have come, by the dated rule of the office."""
    return compute(POST_RULE, sent_on).due


def dispatch_of(
    view: View, stored: StoredLetter, version: int, sent_on: dt.date, arrived_on: dt.date | None = None
) -> Dispatch:
    """Everything that follows from sending the letter on the day. Raises InvalidInput for an impossible day."""
    if sent_on > view.today:
        raise InvalidInput("sent_on", "Brevet kan ikke være sendt fram i tid.")
    if stored.dated_on is not None and sent_on < stored.dated_on:
        raise InvalidInput("sent_on", "Brevet kan ikke være sendt før det ble ferdigstilt.")
    arrived = arrived_on or assumed_arrival(sent_on)
    if arrived < sent_on:
        raise InvalidInput("arrived_on", "Brevet kan ikke ha kommet fram før det ble sendt.")
    kind = LetterKind(stored.kind)
    deadlines: list[tuple[str, UUID, Computed]] = []
    tasks: list[NewTask] = []
    meets: tuple[str, ...] = ()
    appeal_due = due = None
    if LETTERS[kind].has_appeal and stored.track_id is not None:
        appeal = compute(APPEAL_RULE, arrived)
        deadlines.append(("track", stored.track_id, appeal))
        tasks.append(NewTask(TaskKind.APPEAL_EXPIRED, appeal.due + _DAY, appeal.due + _DAY))
        appeal_due = appeal.due
        meets = (INTERIM_RULE,) if _all_answered(view, stored) else ()
    elif kind is LetterKind.INTERIM_REPLY:
        meets = (INTERIM_RULE,)
        due = _day(stored.frozen_values.get("ventet_svar"))
        if due is not None:
            tasks.append(NewTask(TaskKind.FOLLOW_UP, due, due - 7 * _DAY))
    elif kind is LetterKind.MISSING_INFORMATION:
        due = _day(stored.frozen_values.get("mangler_frist"))
        papers = _until(PAPERS_RULE, sent_on, due)
        deadlines.append(("case", stored.case_id, papers))
        tasks.append(NewTask(TaskKind.ASSESS_INCOMING, papers.due, papers.due))
        due = papers.due
    elif kind is LetterKind.OFFER and stored.offer_id is not None:
        due = _day(stored.frozen_values.get("svarfrist")) or reply_due(
            rule_set_in_force(view, sent_on), sent_on
        )
        reply = _until(REPLY_RULE, sent_on, due)
        deadlines.append(("offer", stored.offer_id, reply))
        tasks.append(NewTask(TaskKind.OFFER_REPLY, reply.due, sent_on))
        due = reply.due
    return Dispatch(
        letter_id=stored.id,
        version=version,
        sent_on=sent_on,
        arrived_on=arrived,
        deadlines=tuple(deadlines),
        tasks=tuple(tasks),
        meets=meets,
        waits_for_applicant=kind is LetterKind.MISSING_INFORMATION,
        appeal_due_on=appeal_due,
        due_on=due,
    )


def _until(rule: str, sent_on: dt.date, due: dt.date | None) -> Computed:
    """The deadline that the letter itself has named; the rule's own length when it named none after its day."""
    if due is None or due <= sent_on:
        return compute(rule, sent_on)
    return compute(rule, sent_on, length=Length((due - sent_on).days, "days"))


def _all_answered(view: View, stored: StoredLetter) -> bool:
    """Whether this was the last question of the case: the applicant has the whole answer."""
    tracks = view.assessment.known(stored.case_id).tracks
    answered = {TrackStatus.DECIDED.value, TrackStatus.FINAL.value, TrackStatus.LAPSED.value}
    return all(track.status in answered for track in tracks)


def _day(value: object) -> dt.date | None:
    if isinstance(value, dt.date):
        return value
    return dt.date.fromisoformat(value) if isinstance(value, str) and value else None
