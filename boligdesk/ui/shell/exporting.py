"""Taking a list out to a file: ask where, read all of it, write it, and say where it lies."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFileDialog, QWidget

from boligdesk.ui.shell.names import without_names
from boligdesk.ui.tables.columns import Columns, cell_text
from boligdesk.ui.tasks import Lane

if TYPE_CHECKING:
    from boligdesk.services.log import Log
    from boligdesk.services.records.common import Page as Rows
    from boligdesk.ui.files import Files
    from boligdesk.ui.tasks import Cancelled, Progress, Tasks

_BATCH = 1_000
FILTERS = "Excel-arbeidsbok (*.xlsx);;CSV (*.csv)"
Cells = list[list[str]]


def ask_path(parent: QWidget, title: str, name: str, filters: str = FILTERS) -> Path | None:
    """Where to put a file; None when nobody chose. The ending follows the kind when none was typed."""
    chosen, kind = QFileDialog.getSaveFileName(parent, title, name, filters)
    if not chosen:
        return None
    path = Path(chosen)
    return path if path.suffix else path.with_suffix(".csv" if "csv" in kind else Path(name).suffix)


class Exporter:
    """One list at a time; nothing is written when the person stops it."""

    def __init__(
        self, tasks: Tasks, files: Files, log: Log, parent: QWidget, tell: Callable[[str, str], None]
    ) -> None:
        self._tasks, self._files, self._log = tasks, files, log
        self._parent, self._tell = parent, tell

    def export(
        self, title: str, columns: Columns, read: Callable[[int, int], Rows[Any]], *, hides_names: bool
    ) -> None:
        # the name of the file says what kind of list it is, and never whom it is about
        path = ask_path(self._parent, f"Eksporter {title.lower()}", f"{title.lower()}.xlsx")
        if path is None:
            return
        shown = list(columns)

        def collect(progress: Progress, cancelled: Cancelled) -> Cells:
            cells: Cells = []
            while not cancelled():
                page = read(len(cells), _BATCH)
                rows = without_names(page.rows) if hides_names else page.rows
                cells += [[cell_text(column, row) for column in shown] for row in rows]
                progress(len(cells), page.total)
                if len(cells) >= page.total or not page.rows:
                    break
            self._log.exported(f"{title}, {len(cells)} rader")
            return cells

        self._tasks.run(
            Lane.DATABASE,
            collect,
            lambda cells: self._write(path, title, [column.title for column in shown], cells),
            receiver=self._parent,
            title=f"Henter {title.lower()} …",
        )

    def _write(self, path: Path, title: str, headings: list[str], cells: Cells) -> None:
        def said(count: int) -> None:
            rows = "1 rad" if count == 1 else f"{count} rader"
            self._tell(
                f"{title} er lagret i «{path.name}», {rows}. Filen kan ha personopplysninger. Ta vare på den.",
                "ok",
            )

        self._tasks.run(
            Lane.OTHER,
            lambda _progress, _cancelled: self._files.write_list(path, title, headings, cells),
            said,
            receiver=self._parent,
            title=f"Skriver {title.lower()} …",
        )
