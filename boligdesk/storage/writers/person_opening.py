"""Looking at what is hidden on a person: each look leaves a read entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boligdesk.services.errors import NotFound
from boligdesk.storage.person_rows import load_rows, load_secret
from boligdesk.storage.queries.people import address_draft
from boligdesk.storage.writers.person_acts import PersonActs

if TYPE_CHECKING:
    from uuid import UUID

    from boligdesk.services.records.people import AddressDraft


class OpeningWriter(PersonActs):
    def opened(self, person_id: UUID, reason: str | None) -> None:
        """Leave a read entry: somebody opened the file."""
        self._writer.read_entry("apnet", person_id=person_id, reason=reason)

    def reveal_number(self, person_id: UUID, identifier_id: UUID) -> str:
        """The whole number, and a read entry. Raises NotFound."""
        self._locked(person_id)
        secret = load_secret(self._writer, person_id)
        rows = load_rows(self._writer, person_id, secret)["identifiers"]
        value = next((row["value"] for row in rows if row["id"] == identifier_id), None)
        if value is None:
            raise NotFound
        self._writer.read_entry("vis_nummer", person_id=person_id)
        return str(value)

    def reveal_address(self, person_id: UUID, address_id: UUID, reason: str | None) -> AddressDraft:
        """The address of somebody protected, and a read entry. Raises NotFound."""
        self._locked(person_id)
        rows = load_rows(self._writer, person_id, load_secret(self._writer, person_id))["addresses"]
        row = next((row for row in rows if row["id"] == address_id), None)
        if row is None:
            raise NotFound
        self._writer.read_entry("vis_adresse", person_id=person_id, reason=reason)
        return address_draft(row)
