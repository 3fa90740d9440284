"""What a shortlist is made of: live rows of the queue as plain tuples, their words, and the lists that were frozen."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import and_, case, cast, func, literal, literal_column, or_, select
from sqlalchemy.types import Integer, Text

from boligdesk.domain.allocation_catalog import OfferAnswer, WaitingState
from boligdesk.domain.allocation_words import priority_text
from boligdesk.domain.catalog import Protection
from boligdesk.domain.matching import Entry
from boligdesk.services.errors import NotFound
from boligdesk.services.ports.allocation import EntryWords, StoredShortlist
from boligdesk.services.records.allocation import ShortlistRef
from boligdesk.services.records.common import MASKED_NAME, MASKED_SORT
from boligdesk.storage.policies import listed, on_register, openable
from boligdesk.storage.queries.names import list_names
from boligdesk.storage.tables import Blob, CaseFile, Edition, Offer, Shortlist, Vacancy, WaitingEntry

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import ColumnElement, Row

    from boligdesk.domain.matching import Column
    from boligdesk.storage.reader import Reader

_STRICT = Protection.STRICT.level
#: Columns that matching reads as they are stored, in the order of ``Entry``.
_PLAIN = Entry._fields[4:]
_OVERRIDDEN, _BY_RULE = "o", "r"


def in_queue(reader: Reader) -> ColumnElement[bool]:
    """Entries that may get a dwelling today. Strengt fortrolig is never in a list that others share."""
    ready = or_(
        WaitingEntry.state == WaitingState.ACTIVE.value,
        and_(WaitingEntry.state == WaitingState.PAUSED.value, WaitingEntry.paused_to <= reader.today),
    )
    return and_(
        WaitingEntry.ended_at.is_(None),
        ready,
        or_(WaitingEntry.valid_to.is_(None), WaitingEntry.valid_to > reader.today),
        WaitingEntry.protection < _STRICT,
        listed(WaitingEntry, reader.viewer),
    )


class ShortlistQueries:
    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    # -- the queue as matching reads it ---------------------------------------------------------

    def entries(self, prefilter: tuple[Column, ...] = ()) -> list[Entry]:
        """All of them as the driver gives them: no object is made on the way but the entry itself."""
        result = self._reader.connection.execute(self.statement(prefilter))
        rows = result.cursor.fetchall() if result.cursor is not None else []
        result.close()
        if not rows:
            return []
        columns = list(zip(*rows, strict=True))
        known = {raw: _label(raw) for raw in set(columns[2])}
        columns[2] = tuple(map(known.__getitem__, columns[2]))
        return list(map(Entry._make, zip(*columns, strict=True)))

    def statement(self, prefilter: tuple[Column, ...] = ()) -> Any:
        """Every column plain: bytes, whole numbers and text mean the same from both drivers."""
        local = self._reader.is_sqlite
        entry_id = WaitingEntry.id if local else func.uuid_send(WaitingEntry.id)
        day: Any = (
            cast(func.julianday(WaitingEntry.waiting_since) - literal_column("1721424.5"), Integer)
            if local
            else WaitingEntry.waiting_since - literal_column("DATE '0001-01-01'") + literal_column("1")
        )
        columns = [getattr(WaitingEntry, name) for name in _PLAIN]
        return select(entry_id, WaitingEntry.priority_rank, _raw_label(), day, *columns).where(
            in_queue(self._reader), *map(_condition, prefilter)
        )

    def count(self) -> int:
        found = self._reader.scalar(
            select(func.count()).select_from(WaitingEntry).where(in_queue(self._reader))
        )
        return int(found or 0)

    def still_waiting(self, entry_ids: Sequence[UUID]) -> frozenset[UUID]:
        rows = self._reader.rows(
            select(WaitingEntry.id).where(WaitingEntry.id.in_(entry_ids), in_queue(self._reader))
        )
        return frozenset(row.id for row in rows)

    def words(self, entry_ids: Sequence[UUID]) -> dict[UUID, EntryWords]:
        """Those in the viewer's lists; also of entries that have left the queue since."""
        reader, viewer = self._reader, self._reader.viewer
        rows = reader.rows(
            select(
                WaitingEntry.id,
                WaitingEntry.case_id,
                WaitingEntry.applicant_id,
                WaitingEntry.household_id,
                WaitingEntry.applicant_name,
                WaitingEntry.priority_class,
                WaitingEntry.priority_reasons,
                WaitingEntry.overridden_reason,
                WaitingEntry.waiting_since,
                CaseFile.number,
                openable(WaitingEntry, viewer).label("is_open"),
            )
            .join(CaseFile, CaseFile.id == WaitingEntry.case_id)
            .where(
                WaitingEntry.id.in_(entry_ids),
                WaitingEntry.protection < _STRICT,
                listed(WaitingEntry, viewer),
            )
        )
        names = list_names(reader, [row.applicant_id for row in rows if row.is_open])
        offered = self._offered(rows)
        return {row.id: _words(row, names, offered) for row in rows}

    def _offered(self, rows: Iterable[Row[Any]]) -> set[UUID]:
        """Applicants and households that have a live offer."""
        people = [row.applicant_id for row in rows]
        homes = [row.household_id for row in rows if row.household_id is not None]
        found = self._reader.rows(
            select(Offer.applicant_id, Offer.household_id).where(
                Offer.ended_at.is_(None), or_(Offer.applicant_id.in_(people), Offer.household_id.in_(homes))
            )
        )
        return {one for row in found for one in (row.applicant_id, row.household_id) if one is not None}

    # -- frozen lists ---------------------------------------------------------------------------

    def stored(self, shortlist_id: UUID) -> StoredShortlist:
        """Raises NotFound."""
        row = self._reader.first(
            _stored_select().where(Shortlist.id == shortlist_id, on_register(Vacancy, self._reader.viewer))
        )
        if row is None:
            raise NotFound
        return self._stored(row)

    def latest(self, vacancy_id: UUID) -> StoredShortlist | None:
        row = self._reader.first(
            _stored_select()
            .where(Shortlist.vacancy_id == vacancy_id, on_register(Vacancy, self._reader.viewer))
            .order_by(Shortlist.no.desc())
            .limit(1)
        )
        return None if row is None else self._stored(row)

    def _stored(self, row: Row[Any]) -> StoredShortlist:
        return StoredShortlist(self._ref(row), row.vacancy_id, row.rule_edition_id, bytes(row.body))

    def of_vacancy(self, vacancy_id: UUID) -> tuple[ShortlistRef, ...]:
        """Newest first."""
        rows = self._reader.rows(
            select(*_REF, Edition.title, Edition.no.label("edition_no"))
            .join(Edition, Edition.id == Shortlist.rule_edition_id)
            .join(Vacancy, Vacancy.id == Shortlist.vacancy_id)
            .where(Shortlist.vacancy_id == vacancy_id, on_register(Vacancy, self._reader.viewer))
            .order_by(Shortlist.no.desc())
        )
        return tuple(self._ref(row) for row in rows)

    def _ref(self, row: Row[Any]) -> ShortlistRef:
        return ShortlistRef(
            id=row.id,
            no=row.no,
            computed_at=row.computed_at,
            by=self._reader.user_names.get(row.created_by, ""),
            rule_title=row.title,
            rule_version=row.edition_no,
            considered=row.considered,
            eligible=row.eligible,
            sha256=row.snapshot_sha256,
            as_of_on=row.as_of_on,
        )

    def answered(self, vacancy_id: UUID) -> frozenset[UUID]:
        rows = self._reader.rows(
            select(Offer.waiting_entry_id).where(
                Offer.vacancy_id == vacancy_id,
                Offer.ended_at.is_not(None),
                Offer.answer.in_((OfferAnswer.NO.value, OfferAnswer.NONE.value)),
            )
        )
        return frozenset(row.waiting_entry_id for row in rows)


_REF = (
    Shortlist.id,
    Shortlist.no,
    Shortlist.computed_at,
    Shortlist.created_by,
    Shortlist.considered,
    Shortlist.eligible,
    Shortlist.snapshot_sha256,
    Shortlist.as_of_on,
    Shortlist.vacancy_id,
    Shortlist.rule_edition_id,
)


def _stored_select() -> Any:
    return (
        select(*_REF, Edition.title, Edition.no.label("edition_no"), Blob.body)
        .join(Edition, Edition.id == Shortlist.rule_edition_id)
        .join(Blob, Blob.id == Shortlist.snapshot_id)
        .join(Vacancy, Vacancy.id == Shortlist.vacancy_id)
    )


def _raw_label() -> Any:
    """The class, then why: few rows differ, so each text is read once. Nothing but the class of the restricted."""
    by_rule = literal(_BY_RULE).concat(cast(WaitingEntry.priority_reasons, Text))
    changed = WaitingEntry.overridden_reason.is_not(None)
    why = case((WaitingEntry.applicant_sort == MASKED_SORT, ""), (changed, _OVERRIDDEN), else_=by_rule)
    return WaitingEntry.priority_class.concat("\n").concat(why)


def _label(raw: str) -> str:
    code, _, why = raw.partition("\n")
    if why.startswith(_OVERRIDDEN):
        return priority_text(code, ("satt av en saksbehandler",))
    return priority_text(code, tuple(json.loads(why[1:]))) if why else code


def _condition(wanted: Column) -> ColumnElement[bool]:
    """``column IS NULL OR column op value``, as ``match_prefilter.passes`` has it."""
    column = getattr(WaitingEntry, wanted.column)
    if wanted.op == "lacks":
        inside = (literal(" ").concat(column).concat(" ")).contains(f" {wanted.value} ", autoescape=True)
        return or_(column.is_(None), ~inside)
    compared = {
        "<=": column <= wanted.value,
        ">=": column >= wanted.value,
        "!=": column != wanted.value,
    }[wanted.op]
    return or_(column.is_(None), compared)


def reasons_of(row: Any) -> tuple[str, ...]:
    """What put the entry in its class: the rules' short reasons, or a person's own."""
    if row.overridden_reason:
        return (str(row.overridden_reason),)
    return tuple(str(reason) for reason in row.priority_reasons)


def _words(row: Row[Any], names: dict[UUID, str], offered: set[UUID]) -> EntryWords:
    is_open = bool(row.is_open)
    return EntryWords(
        entry_id=row.id,
        case_id=row.case_id if is_open else None,
        case_number=row.number,
        applicant=names.get(row.applicant_id, row.applicant_name) if is_open else MASKED_NAME,
        is_masked=not is_open,
        priority_class=row.priority_class,
        priority_reasons=reasons_of(row) if is_open else (),
        waiting_since=row.waiting_since,
        has_live_offer=row.applicant_id in offered or row.household_id in offered,
    )
