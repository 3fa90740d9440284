from __future__ import annotations

from boligdesk.storage.reader import Reader


class HouseholdQueries:
    def __init__(self, reader: Reader) -> None:
        self._reader = reader
