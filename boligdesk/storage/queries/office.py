from __future__ import annotations

from boligdesk.storage.reader import Reader


class OfficeQueries:
    def __init__(self, reader: Reader) -> None:
        self._reader = reader
