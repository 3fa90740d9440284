"""Offers of dwellings: the list, those of a case, and what the rules of an act look at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, or_, select

from boligdesk.domain.dwellings import address_of
from boligdesk.domain.letters import LetterState
from boligdesk.services.errors import NotFound
from boligdesk.services.ports.allocation import OfferState
from boligdesk.services.records.allocation import OfferRow
from boligdesk.services.records.common import MASKED_NAME, Page
from boligdesk.storage.policies import listed, openable
from boligdesk.storage.queries.names import list_names
from boligdesk.storage.tables import CaseFile, Dwelling, Letter, Offer

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from sqlalchemy import ColumnElement, Row

    from boligdesk.storage.reader import Reader

_COLUMNS = (
    Offer.id,
    Offer.row_version,
    Offer.vacancy_id,
    Offer.dwelling_id,
    Offer.case_id,
    Offer.applicant_id,
    Offer.state,
    Offer.rank,
    Offer.chosen_reason,
    Offer.sent_on,
    Offer.reply_due_on,
    Offer.answer,
    Offer.answered_on,
    Offer.answer_reason,
    Offer.consequence,
    Offer.ended_at,
    Dwelling.street,
    Dwelling.house_no,
    Dwelling.letter,
    Dwelling.unit_no,
    CaseFile.number,
    CaseFile.applicant_name,
)
_OUT = (LetterState.FINALISED.value, LetterState.SENT.value)


class OfferQueries:
    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def row(self, offer_id: UUID) -> OfferRow:
        """Raises NotFound for an offer the viewer may not open."""
        found = self._rows(and_(Offer.id == offer_id, openable(Offer, self._reader.viewer)), [])
        if not found:
            raise NotFound
        return found[0]

    def page(self, states: Sequence[str], offset: int, limit: int) -> Page[OfferRow]:
        """Those that are live when no state is asked for. What is due first stands first."""
        chosen = Offer.state.in_(states) if states else Offer.ended_at.is_(None)
        condition = and_(listed(Offer, self._reader.viewer), chosen)
        total = self._reader.scalar(select(func.count()).select_from(Offer).where(condition))
        ids = (
            select(Offer.id)
            .where(condition)
            .order_by(Offer.reply_due_on.nulls_first(), Offer.id)
            .offset(offset)
            .limit(limit)
        )
        order = [Offer.reply_due_on.nulls_first(), Offer.id]
        return Page(self._rows(Offer.id.in_(ids), order), int(total or 0), offset)

    def out_now(self) -> int:
        """Live offers in the viewer's lists."""
        statement = select(func.count()).select_from(Offer).where(Offer.ended_at.is_(None))
        return int(self._reader.scalar(statement.where(listed(Offer, self._reader.viewer))) or 0)

    def of_case(self, case_id: UUID) -> tuple[OfferRow, ...]:
        """Newest first, of a case the viewer may open."""
        where = and_(Offer.case_id == case_id, openable(Offer, self._reader.viewer))
        return self._rows(where, [Offer.created_at.desc(), Offer.id.desc()])

    def of_vacancy(self, vacancy_id: UUID) -> tuple[OfferRow, ...]:
        """Newest first, those in the viewer's lists."""
        where = and_(Offer.vacancy_id == vacancy_id, listed(Offer, self._reader.viewer))
        return self._rows(where, [Offer.created_at.desc(), Offer.id.desc()])

    def _rows(self, where: Any, order: list[Any]) -> tuple[OfferRow, ...]:
        viewer = self._reader.viewer
        rows = self._reader.rows(
            select(*_COLUMNS, openable(Offer, viewer).label("is_open"))
            .join(Dwelling, Dwelling.id == Offer.dwelling_id)
            .join(CaseFile, CaseFile.id == Offer.case_id)
            .where(where)
            .order_by(*order)
        )
        seen = [row for row in rows if row.is_open]
        names = list_names(self._reader, [row.applicant_id for row in seen])
        letters = self._letters([row.id for row in seen])
        return tuple(_row(row, names, letters.get(row.id)) for row in rows)

    def _letters(self, offers: Sequence[UUID]) -> dict[UUID, Row[Any]]:
        """The newest living letter of each offer."""
        if not offers:
            return {}
        rows = self._reader.rows(
            select(Letter.offer_id, Letter.id, Letter.status)
            .where(Letter.offer_id.in_(offers), Letter.ended_at.is_(None))
            .order_by(Letter.created_at, Letter.id)
        )
        return {row.offer_id: row for row in rows}

    # -- for the rules --------------------------------------------------------------------------

    def state(self, offer_id: UUID) -> OfferState:
        """Raises NotFound for an offer the viewer may not open."""
        row = self._reader.first(
            select(Offer.__table__).where(Offer.id == offer_id, openable(Offer, self._reader.viewer))
        )
        if row is None:
            raise NotFound
        letter = self._letters([offer_id]).get(offer_id)
        return OfferState(
            id=row.id,
            version=row.row_version,
            state=row.state,
            is_live=row.ended_at is None,
            vacancy_id=row.vacancy_id,
            dwelling_id=row.dwelling_id,
            case_id=row.case_id,
            entry_id=row.waiting_entry_id,
            letter_id=letter.id if letter is not None else None,
            sent_on=row.sent_on,
            reply_due_on=row.reply_due_on,
            letter_status=letter.status if letter is not None else "",
            has_later_letter=self._has_later_letter(row),
        )

    def _has_later_letter(self, offer: Row[Any]) -> bool:
        if offer.sent_on is None:
            return False
        later: ColumnElement[bool] = and_(
            Letter.case_id == offer.case_id,
            Letter.status.in_(_OUT),
            Letter.dated_on >= offer.sent_on,
            or_(Letter.offer_id.is_(None), Letter.offer_id != offer.id),
        )
        return self._reader.first(select(Letter.id).where(later).limit(1)) is not None

    def earlier_answers(self, offer_id: UUID, answer: str) -> int:
        own = select(Offer.applicant_id).where(Offer.id == offer_id).scalar_subquery()
        found = self._reader.scalar(
            select(func.count())
            .select_from(Offer)
            .where(Offer.applicant_id == own, Offer.id != offer_id, Offer.answer == answer)
        )
        return int(found or 0)


def _row(row: Row[Any], names: dict[UUID, str], letter: Row[Any] | None) -> OfferRow:
    """A masked row says which dwelling and how far it has come; nothing of why, or of what was answered why."""
    is_open = bool(row.is_open)
    return OfferRow(
        id=row.id,
        version=row.row_version,
        vacancy_id=row.vacancy_id,
        dwelling_id=row.dwelling_id,
        address=address_of(row.street, row.house_no, row.letter, row.unit_no),
        case_id=row.case_id if is_open else None,
        case_number=row.number,
        applicant=names.get(row.applicant_id, row.applicant_name) if is_open else MASKED_NAME,
        is_masked=not is_open,
        state=row.state,
        rank=row.rank,
        chosen_reason=(row.chosen_reason or "") if is_open else "",
        sent_on=row.sent_on,
        reply_due_on=row.reply_due_on,
        answer=row.answer or "",
        answered_on=row.answered_on,
        answer_reason=(row.answer_reason or "") if is_open else "",
        consequence=(row.consequence or "") if is_open else "",
        letter_id=letter.id if letter is not None else None,
        letter_status=letter.status if letter is not None else "",
        is_live=row.ended_at is None,
    )
