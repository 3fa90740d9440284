"""Land register numbers of a dwelling through reforms: one ends, the next begins, none is overwritten."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from boligdesk.domain.identifiers import Matrikkelnummer
from boligdesk.storage.tables import CadastralRef

if TYPE_CHECKING:
    import datetime as dt
    from uuid import UUID

    from boligdesk.storage.writer import Writer


@dataclass(frozen=True, slots=True)
class StoredNumber:
    id: UUID
    number: Matrikkelnummer


def live_number(writer: Writer, dwelling_id: UUID) -> StoredNumber | None:
    row = writer.first(
        select(
            CadastralRef.id,
            CadastralRef.municipality,
            CadastralRef.gnr,
            CadastralRef.bnr,
            CadastralRef.fnr,
            CadastralRef.snr,
        ).where(CadastralRef.dwelling_id == dwelling_id, CadastralRef.valid_to.is_(None))
    )
    if row is None:
        return None
    return StoredNumber(row.id, Matrikkelnummer(row.municipality, row.gnr, row.bnr, row.fnr, row.snr))


def end_number(writer: Writer, stored: StoredNumber) -> None:
    writer.change(CadastralRef, stored.id, None, valid_to=writer.today)


def insert_number(writer: Writer, dwelling: UUID, number: Matrikkelnummer, since: dt.date | None) -> None:
    """``since`` None = since before anybody knows."""
    writer.insert(
        CadastralRef,
        dwelling_id=dwelling,
        municipality=number.kommune,
        gnr=number.gnr,
        bnr=number.bnr,
        fnr=number.fnr,
        snr=number.snr,
        valid_from=since,
    )
