"""Facts as pages show them, in the order of the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from boligdesk.domain.facts import FactAnswer, FactError, in_words, kind_of, kinds_of
from boligdesk.services.records.common import FactValue
from boligdesk.storage.tables import Fact

if TYPE_CHECKING:
    from uuid import UUID

    from boligdesk.storage.reader import Reader

_COLUMNS = (
    Fact.id,
    Fact.key,
    Fact.state,
    Fact.value_num,
    Fact.value_code,
    Fact.value_date,
    Fact.value_text,
    Fact.source_kind,
    Fact.observed_on,
    Fact.created_by,
)


def live_facts(reader: Reader, subject_kind: str, subject_id: UUID) -> tuple[FactValue, ...]:
    """What is known now about one subject. The caller has checked that the subject may be read."""
    rows = reader.rows(
        select(*_COLUMNS).where(
            Fact.subject_id == subject_id, Fact.subject_kind == subject_kind, Fact.superseded_at.is_(None)
        )
    )
    found = {row.key: fact_value(reader, subject_kind, row) for row in rows}
    known = [kind.key for kind in kinds_of(subject_kind) if kind.key in found]
    return tuple(found[key] for key in (*known, *sorted(found.keys() - set(known))))


def fact_history(reader: Reader, subject_kind: str, subject_id: UUID, key: str) -> tuple[FactValue, ...]:
    """All answers to one question, newest first."""
    rows = reader.rows(
        select(*_COLUMNS)
        .where(Fact.subject_id == subject_id, Fact.subject_kind == subject_kind, Fact.key == key)
        .order_by(Fact.created_at.desc(), Fact.id.desc())
    )
    return tuple(fact_value(reader, subject_kind, row) for row in rows)


def fact_value(reader: Reader, subject_kind: str, row: Any) -> FactValue:
    value: FactAnswer = next(
        (
            part
            for part in (row.value_num, row.value_code, row.value_date, row.value_text)
            if part is not None
        ),
        None,
    )
    try:
        kind = kind_of(subject_kind, row.key)
    except FactError:  # a question that a later version of the program has dropped
        label, words = row.key, str(value if value is not None else "")
    else:
        label, words = kind.label, in_words(kind, row.state, value)
    by = reader.user_names.get(row.created_by, "")
    return FactValue(row.key, label, row.state, words, value, row.source_kind, row.observed_on, by, row.id)
