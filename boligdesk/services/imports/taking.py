"""What the four kinds of list have in common when their rows are stored."""

from __future__ import annotations

import hashlib
from abc import ABC, abstractmethod
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from boligdesk.services.errors import InvalidInput, UserError
from boligdesk.services.imports.report import RowOutcome
from boligdesk.services.imports.rows import CheckedRow, Finding

if TYPE_CHECKING:
    from uuid import UUID

    from boligdesk.services.imports.report import Outcome
    from boligdesk.services.ports import Work
    from boligdesk.services.session import Session


class Taker(ABC):
    """Stores the rows of one list, one after the other, in the caller's transaction."""

    #: Name of the list in the stored references.
    kind = ""
    subject_kind = ""
    #: One row says all that the list says of its subject: then only the row read last is «the same again».
    is_whole = True

    def __init__(self, work: Work, session: Session, rows: list[CheckedRow]) -> None:
        self.work = work
        self.session = session
        self.outcomes: list[RowOutcome] = []
        self.checked: list[CheckedRow] = []
        good = [row for row in rows if not row.is_rejected]
        self._marks = {row.row_no: fingerprint(row.values) for row in good}
        marks = set(self._marks.values())
        said = work.write_imports.known_refs(f"rad:{self.kind}", marks)
        self._seen = said if not self.is_whole else work.write_imports.known_rows(f"rad:{self.kind}", marks)
        self._said_before = said.keys() - self._seen.keys()
        self.known = work.write_imports.known_refs(
            self.system, {str(row.values["external_id"]) for row in good if row.values.get("external_id")}
        )
        self._more: list[Finding] = []
        self.prepare(good)

    @property
    def system(self) -> str:
        """Where the ids of this list are kept. Ids of people and of dwellings may be alike."""
        return f"liste:{self.kind}"

    @abstractmethod
    def prepare(self, rows: list[CheckedRow]) -> None:
        """Look up what many rows ask for, at once."""

    @abstractmethod
    def store(self, row: CheckedRow) -> tuple[Outcome, UUID]:
        """Store one good row. Raises UserError when it cannot be stored after all."""

    def forget(self) -> None:  # noqa: B027 - most lists remember nothing that a refused row made
        """A row was taken back: what it made on the way is not there any more."""

    def finish(self) -> None:  # noqa: B027 - most lists have nothing left to do
        """After the last row."""

    def take(self, row: CheckedRow) -> None:
        """Store the row, or say why not."""
        if row.is_rejected:
            self._put(row, "rejected", None)
            return
        mark = self._marks[row.row_no]
        seen = self._seen.get(mark)
        if seen is not None:
            self._put(row, "unchanged", seen)
            return
        self._more = []
        try:
            outcome, subject = self.store(row)
        except UserError as error:
            field = error.field if isinstance(error, InvalidInput) else ""
            message = " ".join(part for part in (error.title, error.what, error.todo) if part)
            self._more.append(Finding("error", field, "", message))
            self.forget()
            self._put(row, "rejected", None)
            return
        self._seen[mark] = subject
        if mark in self._said_before:  # after others: these words are to be the last ones said
            self._said_before.remove(mark)
            self.work.write_imports.forget_ref(f"rad:{self.kind}", mark)
        self.work.write_imports.keep_ref(f"rad:{self.kind}", mark, self.subject_kind, subject)
        reference = row.values.get("external_id")
        if reference and str(reference) not in self.known:
            self.known[str(reference)] = subject
            self.work.write_imports.keep_ref(self.system, str(reference), self.subject_kind, subject)
        self._put(row, outcome, subject)

    def tell(self, level: str, field: str, message: str) -> None:
        """Add something about the row that is being stored."""
        self._more.append(Finding(level, field, "", message))  # type: ignore[arg-type]  # one of three words

    def _put(self, row: CheckedRow, outcome: Outcome, subject: UUID | None) -> None:
        if self._more:
            order = {"error": 0, "warning": 1, "assumed": 2}
            findings = sorted((*row.findings, *self._more), key=lambda found: order[found.level])
            row = replace(row, findings=tuple(findings))
            self._more = []
        self.checked.append(row)
        self.outcomes.append(RowOutcome(row.row_no, outcome, row.findings, subject))


def fingerprint(values: dict[str, Any]) -> str:
    """What a row says, in 40 characters; the same however the file was written."""
    text = repr(sorted((key, value) for key, value in values.items() if value not in {None, ""}))
    return hashlib.sha256(text.encode()).hexdigest()[:40]


def words(values: dict[str, Any], name: str) -> str:
    """The text of a filled cell, or empty."""
    value = values.get(name)
    return "" if value is None else str(value)
