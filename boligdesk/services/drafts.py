"""Drafts: nothing typed can be lost (ui.md 3.4)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from boligdesk.services.errors import InvalidInput

if TYPE_CHECKING:
    import datetime as dt
    from uuid import UUID

    from boligdesk.services.records.common import Draft
    from boligdesk.services.session import Session

#: A draft is typed by a person; more than this is a mistake (a file pasted into a note).
MAX_CHARACTERS = 200_000


class Drafts:
    """One's own unfinished texts. Saved for good at each call: they survive a power cut."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def save(self, draft: Draft) -> dt.datetime:
        """Replace the draft of this text; an empty one is thrown away. Returns when it was saved."""
        if sum(len(text) for text in draft.body.values()) > MAX_CHARACTERS:
            raise InvalidInput(
                draft.field, "Teksten er for lang til å lagres som kladd.", todo="Legg den ved som dokument."
            )
        filled = replace(draft, body={key: text for key, text in draft.body.items() if text.strip()})

        if not filled.body:
            self.discard(draft.subject_kind, draft.subject_id, draft.field)
            return self._session.read(lambda view: view.now)
        return self._session.store.write(self._session.user.id, lambda work: work.write_drafts.save(filled))

    def load(self, subject_kind: str, subject_id: UUID | None, field: str) -> Draft | None:
        return self._session.read(lambda view: view.drafts.load(subject_kind, subject_id, field))

    def discard(self, subject_kind: str, subject_id: UUID | None, field: str) -> None:
        self._session.store.write(
            self._session.user.id, lambda work: work.write_drafts.discard(subject_kind, subject_id, field)
        )

    def all(self) -> tuple[Draft, ...]:
        """All my drafts, newest first: what «Vi fant en kladd» offers after a crash."""
        return self._session.read(lambda view: view.drafts.all())
