from __future__ import annotations

from boligdesk.storage.writer import Writer


class VisitWriter:
    def __init__(self, writer: Writer) -> None:
        self._writer = writer
