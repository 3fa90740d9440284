"""Facts are superseded, never changed; two people who answer the same question meet here (model.md 1.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select, update

from boligdesk.domain.facts import FactAnswer, checked, in_words, kind_of
from boligdesk.services.errors import ConflictError
from boligdesk.storage.tables import Fact

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from boligdesk.services.records.common import FactDraft
    from boligdesk.storage.writer import Writer


def save_facts(
    writer: Writer,
    subject_kind: str,
    subject_id: UUID,
    drafts: Iterable[FactDraft],
    scope: tuple[int, int],
    *,
    is_new: bool = False,
) -> tuple[str, ...]:
    """Store the answers that say something new, under the event that is open; returns their keys.

    ``is_new``: the subject was made in this transaction, so nobody has answered before.

    Raises FactError for an answer that does not fit, ConflictError naming only the questions that somebody
    else answered after the screen was read. The caller holds the lock of the root row, so nobody comes between.
    """
    wanted = {draft.key: draft for draft in drafts}
    stored = {} if is_new else _live(writer, subject_id, list(wanted))
    new = _differing(writer, subject_kind, wanted, stored)
    for draft in new:
        _put(writer, subject_kind, subject_id, draft, stored.get(draft.key), scope)
    return tuple(draft.key for draft in new)


def differing(
    writer: Writer, subject_kind: str, subject_id: UUID, drafts: Iterable[FactDraft]
) -> tuple[FactDraft, ...]:
    """Those that say something new. Raises as ``save_facts``; writes nothing."""
    wanted = {draft.key: draft for draft in drafts}
    return _differing(writer, subject_kind, wanted, _live(writer, subject_id, list(wanted)))


def _differing(
    writer: Writer, subject_kind: str, wanted: dict[str, FactDraft], stored: dict[str, Any]
) -> tuple[FactDraft, ...]:
    new: list[FactDraft] = []
    clashes: list[tuple[FactDraft, Any]] = []
    for key, draft in wanted.items():
        row = stored.get(key)
        kind = kind_of(subject_kind, key)
        value = checked(kind, draft.state, draft.value)
        if row is not None and (row.state, _value(row)) == (draft.state, value) and not _renews(draft, row):
            continue
        if (row.id if row else None) != draft.supersedes_id:
            clashes.append((draft, row))
        else:
            new.append(draft)
    if clashes:
        raise _conflict(writer, subject_kind, clashes)
    return tuple(new)


def _renews(draft: FactDraft, row: Any) -> bool:
    """The same answer, looked at again: another source or day."""
    if draft.observed_on is None or draft.supersedes_id != row.id:
        return False
    return (draft.source, draft.observed_on) != (row.source_kind, row.observed_on)


def _live(writer: Writer, subject_id: UUID, keys: list[str]) -> dict[str, Any]:
    if not keys:
        return {}
    writer.flush()
    rows = writer.rows(
        select(Fact.__table__).where(
            Fact.subject_id == subject_id, Fact.key.in_(keys), Fact.superseded_at.is_(None)
        )
    )
    return {row.key: row for row in rows}


def _value(row: Any) -> FactAnswer:
    parts = (row.value_num, row.value_code, row.value_date, row.value_text)
    return next((part for part in parts if part is not None), None)


def _put(
    writer: Writer, subject_kind: str, subject_id: UUID, draft: FactDraft, old: Any, scope: tuple[int, int]
) -> None:
    kind = kind_of(subject_kind, draft.key)
    value = checked(kind, draft.state, draft.value)
    if old is not None:
        # the live row must end before its successor meets the unique index; the successor names it
        writer.connection.execute(update(Fact).where(Fact.id == old.id).values(superseded_at=writer.now))
    writer.insert(
        Fact,
        subject_kind=subject_kind,
        subject_id=subject_id,
        key=draft.key,
        state=draft.state,
        source_kind=draft.source,
        observed_on=draft.observed_on or writer.today,
        supersedes_id=old.id if old is not None else None,
        read_scope_id=scope[0],
        protection=scope[1],
        **{kind.type.column: value},
    )


def _conflict(writer: Writer, subject_kind: str, clashes: list[tuple[FactDraft, Any]]) -> ConflictError:
    mine: dict[str, Any] = {}
    theirs: dict[str, Any] = {}
    for draft, row in clashes:
        kind = kind_of(subject_kind, draft.key)
        mine[draft.key] = in_words(kind, draft.state, draft.value)
        theirs[draft.key] = in_words(kind, row.state, _value(row)) if row is not None else ""
    newest = max(
        (row for _draft, row in clashes if row is not None), key=lambda row: row.created_at, default=None
    )
    if newest is None:
        return ConflictError(mine, theirs)
    return ConflictError(
        mine, theirs, writer.user_names.get(newest.created_by, ""), newest.created_at.isoformat()
    )
