"""Files in and out, and the care of the store, as the window asks for them. ``boligdesk.app`` fulfils it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from boligdesk.services.imports.mapping import Mapping
    from boligdesk.services.imports.rows import CheckedRow
    from boligdesk.services.imports.table import SourceTable
    from boligdesk.ui.tasks import Cancelled, Progress


class Copy(Protocol):
    """A finished, proved copy of the store."""

    @property
    def path(self) -> Path: ...
    @property
    def key_file(self) -> Path: ...


class Findings(Protocol):
    """What a check of the store found. ``problems`` are Norwegian lines without content of the store."""

    @property
    def problems(self) -> tuple[str, ...]: ...
    @property
    def links(self) -> int:
        """How many entries the log's chain has."""
        ...


class Files(Protocol):
    """Every method may take long: call it off the window's thread. All raise UserError."""

    @property
    def where(self) -> str:
        """Where the store lies, in words; never with a password."""
        ...

    @property
    def is_server(self) -> bool:
        """Whether the store is a database server, which is copied with its own tools."""
        ...

    @property
    def copies_folder(self) -> str:
        """The folder beside the store that is proposed for copies; empty for a server."""
        ...

    def read_table(
        self,
        path: Path,
        sheet: str | None = None,
        progress: Callable[[int], None] | None = None,
        cancelled: Cancelled | None = None,
    ) -> SourceTable:
        """``progress`` gets the number of rows read."""
        ...

    def write_rejected(self, path: Path, table: SourceTable, rejected: Iterable[CheckedRow]) -> int: ...

    def write_report(
        self, path: Path, table: SourceTable, mapping: Mapping, checked: Iterable[CheckedRow]
    ) -> dict[str, int]: ...

    def write_list(
        self, path: Path, title: str, headings: Sequence[str], rows: Iterable[Sequence[object]]
    ) -> int:
        """A workbook, or text with semicolons by the ending of the path; returns the number of rows."""
        ...

    def read_mapping(self, path: Path) -> dict[str, str]: ...

    def write_mapping(self, path: Path, mapping: Mapping) -> None: ...

    def backup(
        self, folder: Path, progress: Progress | None = None, cancelled: Cancelled | None = None
    ) -> Copy:
        """A proved copy in ``folder``. ``progress(pages done, pages in all)``; stopping leaves no file."""
        ...

    def last_backup(self) -> dt.datetime | None:
        """When the store was last copied from this machine; None when nobody noted it."""
        ...

    def check_store(self) -> Findings:
        """Read every page, every reference and the whole log."""
        ...
