"""When an act on a legal track may no longer be taken back: read by «Angre», and by the timeline that offers it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from boligdesk.domain.catalog import TrackStatus
from boligdesk.domain.letters import LetterState
from boligdesk.services.errors import UserError
from boligdesk.storage.tables import Event, EventChange, LegalTrack, Letter, TrackCondition

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable
    from uuid import UUID

    from boligdesk.storage.reader import Reader

#: What events about a track name as their subject.
SUBJECT = "track"
_OPEN = (TrackStatus.OPEN.value, TrackStatus.ASSESSING.value)
#: A judgement has no end of its own: taking back the act that made the row leaves it unjudged.
EMPTIED: dict[str, dict[str, Any]] = {
    "track_condition": {
        "outcome": "",
        "reason_text": "",
        "exception_reason": None,
        "source_text": "",
        "fact_ids": [],
        "checked_on": None,
    }
}


def has_letter(reader: Reader, track_id: UUID) -> bool:
    """Whether a letter tells about the track: a draft on its way too, but none that was dropped or recalled."""
    found = select(Letter.id).where(
        Letter.track_id == track_id,
        Letter.ended_at.is_(None),
        Letter.status != LetterState.RECALLED.value,
    )
    return reader.first(found.limit(1)) is not None


def written_about() -> UserError:
    return UserError(
        "Det er skrevet et brev om dette.",
        "Vurderingen kan ikke endres så lenge brevet sier det samme.",
        "Ingenting er endret.",
        "Forkast kladden først. Er brevet ferdigstilt, trekker du det tilbake.",
    )


def stands(reader: Reader, track_id: UUID, at: dt.datetime, *, moved_track: bool) -> UserError | None:
    """Why an act of the moment ``at`` stands; None = it may be taken back.

    ``moved_track``: the act changed the track itself, not only what is judged of its conditions.
    """
    status = reader.scalar(select(LegalTrack.status).where(LegalTrack.id == track_id))
    if status in {TrackStatus.DECIDED, TrackStatus.FINAL}:
        return _too_late("Vedtaket er fattet.", "Et vedtak endres med et nytt vedtak.")
    if has_letter(reader, track_id):
        return written_about()
    if not moved_track and status not in _OPEN:
        return _too_late("Vurderingen er konkludert.", "Åpne vurderingen igjen først.")
    later = select(TrackCondition.id).where(
        TrackCondition.track_id == track_id, TrackCondition.changed_at > at
    )
    if moved_track and status in _OPEN and _concludes(reader, track_id, at) and reader.first(later.limit(1)):
        return _too_late("Noen har vurdert vilkår på nytt.", "Konkluder på nytt i stedet.")
    return None


def _concludes(reader: Reader, track_id: UUID, at: dt.datetime) -> bool:
    """Whether taking the act back would make the track concluded again."""
    found = reader.rows(
        select(EventChange.old)
        .join(Event, Event.id == EventChange.event_id)
        .where(Event.subject_id == track_id, Event.at == at, EventChange.row_id == track_id)
    )
    return any((row.old or {}).get("status") == TrackStatus.RECOMMENDED for row in found)


def _too_late(why: str, todo: str) -> UserError:
    return UserError("Dette kan ikke angres lenger.", why, "Ingenting er endret nå.", todo)


def bound_events(reader: Reader, acts: Iterable[tuple[UUID, UUID, dt.datetime]]) -> set[UUID]:
    """Of acts on tracks (event, track, moment): those that ``stands`` keeps."""
    known = list(acts)
    if not known:
        return set()
    moved = {
        row.event_id
        for row in reader.rows(
            select(EventChange.event_id).where(
                EventChange.event_id.in_([event for event, _track, _at in known]),
                EventChange.tbl == LegalTrack.__tablename__,
            )
        )
    }
    return {
        event
        for event, track, at in known
        if stands(reader, track, at, moved_track=event in moved) is not None
    }
