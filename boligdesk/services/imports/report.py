"""What became of a list: row by row, and counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from uuid import UUID

    from boligdesk.services.imports.rows import CheckedRow, Finding

Outcome = Literal["created", "updated", "unchanged", "rejected"]


@dataclass(frozen=True, slots=True)
class RowOutcome:
    """One row. ``subject_id`` is the person, household, case or dwelling it became (None when rejected)."""

    row_no: int
    outcome: Outcome
    findings: tuple[Finding, ...]
    subject_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class ImportReport:
    """``read`` = created + updated + unchanged + rejected; ``warnings`` counts rows that have any.

    ``checked`` are the rows as they now stand, with the findings of both checks, for the workbooks.
    """

    kind: str
    rows: tuple[RowOutcome, ...]
    checked: tuple[CheckedRow, ...]
    is_dry: bool

    def _count(self, outcome: Outcome) -> int:
        return sum(row.outcome == outcome for row in self.rows)

    @property
    def read(self) -> int:
        return len(self.rows)

    @property
    def created(self) -> int:
        return self._count("created")

    @property
    def updated(self) -> int:
        return self._count("updated")

    @property
    def unchanged(self) -> int:
        return self._count("unchanged")

    @property
    def rejected(self) -> int:
        return self._count("rejected")

    @property
    def warnings(self) -> int:
        return sum(any(found.level == "warning" for found in row.findings) for row in self.rows)

    @property
    def rejected_rows(self) -> tuple[CheckedRow, ...]:
        """The rows that must be put right, for the workbook with a reason column."""
        return tuple(row for row in self.checked if row.is_rejected)

    def counts(self) -> dict[str, int]:
        names = ("read", "created", "updated", "unchanged", "rejected", "warnings")
        return {name: getattr(self, name) for name in names}
