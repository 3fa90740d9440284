"""Merging two files of one person, as the services see it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from uuid import UUID

    from boligdesk.services.records.common import Saved
    from boligdesk.services.records.merging import MergeOrder, MergePerson, PastMerge


class MergeReads(Protocol):
    def current(self, person_id: UUID) -> UUID:
        """The file that an id leads to today: the id itself, or the file it was merged into."""
        ...

    def person(self, person_id: UUID) -> MergePerson:
        """Raises NotFound."""
        ...

    def past(self, person_id: UUID) -> tuple[PastMerge, ...]:
        """Merges of the file, the last first, also those taken back. Raises NotFound."""
        ...


class MergeWrites(Protocol):
    def merge(self, order: MergeOrder) -> Saved:
        """``Saved.id`` is the kept person. Raises NotFound, ConflictError."""
        ...

    def undo_merge(self, record_id: UUID) -> Saved:
        """``Saved.id`` is the person who gets a file of his or her own again. Raises NotFound, UserError."""
        ...
