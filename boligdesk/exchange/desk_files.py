"""Lists, reports and mappings in and out of files, in one object for the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from boligdesk.services.imports.mapping import Mapping
    from boligdesk.services.imports.rows import CheckedRow
    from boligdesk.services.imports.table import SourceTable


class ListFiles:
    """The functions of ``exchange`` behind one door; each is imported when it is used."""

    def read_table(
        self,
        path: Path,
        sheet: str | None = None,
        progress: Callable[[int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> SourceTable:
        from boligdesk.exchange.tables import read_table

        return read_table(path, sheet, progress=progress, cancelled=cancelled)

    def write_rejected(self, path: Path, table: SourceTable, rejected: Iterable[CheckedRow]) -> int:
        from boligdesk.exchange.reports import write_rejected

        return write_rejected(path, table, rejected)

    def write_report(
        self, path: Path, table: SourceTable, mapping: Mapping, checked: Iterable[CheckedRow]
    ) -> dict[str, int]:
        from boligdesk.exchange.reports import write_report

        return write_report(path, table, mapping, checked)

    def write_list(
        self, path: Path, title: str, headings: Sequence[str], rows: Iterable[Sequence[object]]
    ) -> int:
        from boligdesk.exchange.reports import write_list

        return write_list(path, title, headings, rows)

    def read_mapping(self, path: Path) -> dict[str, str]:
        from boligdesk.exchange.mapping_files import read_mapping

        return read_mapping(path)

    def write_mapping(self, path: Path, mapping: Mapping) -> None:
        from boligdesk.exchange.mapping_files import write_mapping

        write_mapping(path, mapping)
