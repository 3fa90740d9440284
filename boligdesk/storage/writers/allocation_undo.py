"""What must hold for an act of allocation to be taken back, and what follows when it has been."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from boligdesk.domain.allocation_catalog import OfferState, VacancyStage, WaitingState
from boligdesk.domain.allocation_words import NO_REDO
from boligdesk.services.errors import UserError
from boligdesk.storage.tables import CaseFile, Letter, Offer, Shortlist, Vacancy, WaitingEntry
from boligdesk.storage.writers.offers import OFFER
from boligdesk.storage.writers.scope import case_scopes
from boligdesk.storage.writers.vacancies import ALLOCATION, NOTHING, VACANCY, refresh_stage
from boligdesk.storage.writers.waiting import WAITING

if TYPE_CHECKING:
    from uuid import UUID

    from boligdesk.storage.writer import Writer

SUBJECTS = frozenset({VACANCY, ALLOCATION, OFFER, WAITING})
_TAKEN_BACK = "Valget ble angret."


def refuse_bound(writer: Writer, event: Any) -> None:
    """Raises UserError, saying what to do instead, while something rests on the act."""
    if event.subject_kind not in SUBJECTS:
        return
    writer.flush()
    if event.verb == "undo" and event.params.get("verb") in NO_REDO:
        raise UserError("Dette kan ikke gjøres om.", safe=NOTHING, todo=NO_REDO[event.params["verb"]])
    if event.verb == "report_vacancy":
        _refuse_used(writer, event.subject_id)
    elif event.verb == "send_to_team" and _live_offer(writer, event.subject_id):
        raise UserError(
            "Dette kan ikke angres nå.", "Noen har tilbud om boligen.", NOTHING, "Trekk tilbudet først."
        )
    elif event.verb == "choose_candidate":
        _refuse_written(writer, event.subject_id)
    elif event.verb == "answer_offer":
        _refuse_over(writer, event.subject_id)


def _refuse_used(writer: Writer, vacancy_id: UUID) -> None:
    used = writer.first(select(Shortlist.id).where(Shortlist.vacancy_id == vacancy_id).limit(1))
    if used is not None:
        raise UserError(
            "Meldingen kan ikke angres lenger.",
            "Det er laget et forslag til hvem som skal få boligen.",
            NOTHING,
            "Trekk boligen fra tildeling i stedet, og skriv hvorfor.",
        )


def _live_offer(writer: Writer, vacancy_id: UUID) -> bool:
    live = select(Offer.id).where(Offer.vacancy_id == vacancy_id, Offer.ended_at.is_(None))
    return writer.first(live.limit(1)) is not None


def _refuse_written(writer: Writer, offer_id: UUID) -> None:
    letter = select(Letter.id).where(Letter.offer_id == offer_id, Letter.ended_at.is_(None))
    if writer.first(letter.limit(1)) is not None:
        raise UserError(
            "Valget kan ikke angres lenger.",
            "Brevet om tilbudet er begynt.",
            NOTHING,
            "Trekk tilbudet i stedet, og skriv hvorfor.",
        )


def _refuse_over(writer: Writer, offer_id: UUID) -> None:
    over = (
        select(Vacancy.id)
        .join(Offer, Offer.vacancy_id == Vacancy.id)
        .where(Offer.id == offer_id, Vacancy.ended_at.is_not(None))
    )
    if writer.first(over) is not None:
        raise UserError(
            "Svaret kan ikke angres lenger.",
            "Boligen er ikke lenger til tildeling.",
            NOTHING,
            "Meld boligen ledig på nytt.",
        )


def settle(writer: Writer, event: Any) -> None:
    """States that are reckoned follow what was restored."""
    if event.subject_kind not in SUBJECTS:
        return
    writer.flush()
    if event.subject_kind == WAITING:
        _settle_waiting(writer, event)
        return
    vacancy_id = event.subject_id
    if event.subject_kind == OFFER:
        offer = writer.first(
            select(Offer.vacancy_id, Offer.state, Offer.ended_at).where(Offer.id == event.subject_id)
        )
        if offer is None:
            return
        vacancy_id = offer.vacancy_id
        if offer.ended_at is not None and offer.state == OfferState.PREPARED:
            writer.change(
                Offer,
                event.subject_id,
                None,
                state=OfferState.WITHDRAWN.value,
                end_reason=_TAKEN_BACK,
            )
    vacancy = writer.first(select(Vacancy.ended_at, Vacancy.stage).where(Vacancy.id == vacancy_id))
    if vacancy is not None and vacancy.ended_at is not None and vacancy.stage == VacancyStage.VACANT:
        writer.change(Vacancy, vacancy_id, None, stage=VacancyStage.WITHDRAWN.value, end_reason=_TAKEN_BACK)
    refresh_stage(writer, vacancy_id)


def _settle_waiting(writer: Writer, event: Any) -> None:
    """An entry that was never to be is no longer «Klar»; one that is back is listed as its case is now."""
    rows = writer.rows(
        select(WaitingEntry.id, WaitingEntry.state, WaitingEntry.ended_at).where(
            WaitingEntry.case_id == event.case_id
        )
    )
    for row in rows:
        if row.ended_at is not None and row.state in {WaitingState.ACTIVE, WaitingState.PAUSED}:
            writer.change(
                WaitingEntry,
                row.id,
                None,
                state=WaitingState.WITHDRAWN.value,
                end_reason=_TAKEN_BACK,
            )
        elif row.ended_at is None:
            applicant = writer.scalar(select(CaseFile.applicant_id).where(CaseFile.id == event.case_id))
            read, shown, level, name, order = case_scopes(writer, applicant, event.case_id)
            writer.change(
                WaitingEntry,
                row.id,
                None,
                read_scope_id=read,
                list_scope_id=shown,
                protection=level,
                applicant_name=name,
                applicant_sort=order,
            )
