"""Check every row of a list: what it says, what is wrong with it, what was assumed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from boligdesk.services.errors import UserError
from boligdesk.services.imports.fields import FieldSpec, field_map, fields_of
from boligdesk.services.imports.headings import is_ours, key
from boligdesk.services.imports.mapping import Mapping
from boligdesk.services.imports.table import Cell, SourceRow, SourceTable
from boligdesk.services.imports.value_people import split_name
from boligdesk.services.imports.values import Outcome, Parsed, Problem, is_empty, parse

Level = Literal["error", "warning", "assumed"]

#: A list may not name the same thing twice by these fields together.
_UNIQUE: Final[dict[str, tuple[tuple[str, ...], ...]]] = {
    "dwellings": (("external_id",), ("code",), ("kobo_id",), ("fdv_id",)),
    "people": (("external_id",), ("national_id",)),
    "households": (
        ("external_id",),
        ("person_ref", "member_national_id"),
        ("household_ref", "member_national_id"),
    ),
    "applications": (("external_id",),),
}
#: The same here is probably, but not surely, the same thing.
_LIKELY: Final[dict[str, tuple[tuple[str, ...], ...]]] = {
    "dwellings": (("street", "house_number", "letter", "unit_number", "postcode"),),
    "people": (("given_name", "family_name", "birth_date"),),
    "households": (),
    "applications": (("person_ref", "received_on"), ("national_id", "received_on")),
}
#: Pairs where the second may not be before the first.
_ORDER: Final = (
    ("from", "to", "«Til» er før «Fra»."),
    ("birth_date", "created_on", "Fødselsdatoen er etter registreringen."),
)


_CADASTRE: Final = ("farm_number", "title_number", "lease_number", "section_number")
#: Fields that a cell may fill although no column can be mapped to them.
_BESIDES: Final = frozenset({"birth_precision"})
#: Words in any cell that mean that somebody must not be found. Better one row too many comes back.
_PROTECTED: Final = re.compile(
    r"\bkode\s*(?:6|7|19)\b|\bstrengt\s+fortrolig\b|\bfortrolig\s+adr|^\s*fortrolig\s*$|\b(?:hemmelig|sperret|skjult|skjermet)\s+adr|\badressesperre",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing about one row. ``field`` and ``heading`` are empty when it is about the whole row."""

    level: Level
    field: str
    heading: str
    message: str


@dataclass(frozen=True, slots=True)
class CheckedRow:
    """One row, understood.

    Attributes:
        row_no: the number the person sees.
        values: field name -> Python value, only for cells that were filled; None means «not known».
        findings: errors first, then warnings, then assumptions.
        cells: the row as it stood in the file.
        same_as: the row number of an earlier row that says the same, however it is written; such a row is not taken a second time.
    """

    row_no: int
    values: dict[str, object]
    findings: tuple[Finding, ...]
    cells: tuple[Cell, ...]
    same_as: int | None = None

    @property
    def is_rejected(self) -> bool:
        return any(finding.level == "error" for finding in self.findings)

    def reasons(self) -> str:
        """The errors in one text for the reason column."""
        return " ".join(
            f"{finding.heading}: {finding.message}" if finding.heading else finding.message
            for finding in self.findings
            if finding.level == "error"
        )


def check_rows(table: SourceTable, mapping: Mapping, kind: str, today: dt.date) -> Iterator[CheckedRow]:
    """Every row of the table in order. UserError at once when a required column is missing."""
    missing = mapping.missing()
    if missing:
        raise UserError(
            "Lista mangler en kolonne som må være med.",
            " ".join(f"Fant ingen kolonne for {wanted(spec, kind)}." for spec in missing),
            "Ingenting er hentet inn.",
            "Velg selv hvilken kolonne det er, eller legg den til i fila.",
        )
    return _check_all(table, _Checker(mapping, kind, today, table.rows))


def wanted(spec: FieldSpec, kind: str) -> str:
    """«Etternavn eller Navn»: a required field with what may stand in its place."""
    fields = field_map(kind)
    return " eller ".join(
        f"«{label}»" for label in (spec.label, *(fields[name].label for name in spec.or_else))
    )


def _check_all(table: SourceTable, checker: _Checker) -> Iterator[CheckedRow]:
    for row in table.rows:
        yield checker.check(row)


#: Different texts that are remembered of a column: a district or a status comes again and again.
_REMEMBERED: Final = 300


class _Checker:
    """Reads rows one by one and remembers what it has seen, to find repeats."""

    def __init__(self, mapping: Mapping, kind: str, today: dt.date, rows: Sequence[SourceRow]) -> None:
        specs = field_map(kind)
        self._kind = kind
        self._ours = frozenset(
            index for index, column in enumerate(mapping.columns) if is_ours(column.heading)
        )
        self._may_fill = _BESIDES.union(specs)
        self._today = today
        self._columns = tuple(
            (index, _as_the_column_tells(specs[column.field], index, rows), column.heading)
            for index, column in enumerate(mapping.columns)
            if column.field is not None
        )
        self._read: tuple[dict[str, Outcome], ...] = tuple({} for _column in self._columns)
        self._own_column = {spec.name: heading for _index, spec, heading in self._columns}
        self._required = tuple(spec for spec in fields_of(kind) if spec.required)
        self._seen: dict[tuple[object, ...], tuple[int, dict[str, object]]] = {}
        self._whole: dict[tuple[Cell, ...], int] = {}

    def check(self, row: SourceRow) -> CheckedRow:
        values: dict[str, object] = {}
        also: dict[str, object] = {}
        findings: list[Finding] = []
        for (index, spec, heading), read in zip(self._columns, self._read, strict=True):
            cell = row.cells[index] if index < len(row.cells) else None
            if is_empty(cell):
                continue
            outcome = read.get(cell) if isinstance(cell, str) else None
            if outcome is None:
                outcome = parse(spec.value_kind, cell, self._today)
                if isinstance(cell, str) and len(read) < _REMEMBERED:
                    read[cell] = outcome
            self._take(spec, heading, outcome, values, also, findings)
        for name, value in also.items():
            if value not in {None, ""} and values.get(name) in {None, ""} and name in self._may_fill:
                values[name] = value
        if self._kind == "dwellings":
            self._join_cadastre(values, findings)
        self._whole_row(values, findings)
        self._hidden_protection(row, values, findings)
        same_as = self._repeats(row, values, findings)
        findings.sort(key=lambda finding: _LEVELS[finding.level])
        return CheckedRow(row.row_no, values, tuple(findings), row.cells, same_as)

    def _take(
        self,
        spec: FieldSpec,
        heading: str,
        outcome: Outcome,
        values: dict[str, object],
        also: dict[str, object],
        findings: list[Finding],
    ) -> None:
        if isinstance(outcome, Problem):
            findings.append(Finding("error", spec.name, heading, outcome.message))
            return
        if spec.value_kind == "full_name" and isinstance(outcome.value, str):
            outcome = _in_heading_order(outcome, outcome.value, heading)
            if "family_name" in self._own_column or "given_name" in self._own_column:
                outcome = Parsed(outcome.value, None, outcome.warning, outcome.also)
        values[spec.name] = outcome.value
        also.update(outcome.also)
        if outcome.warning:
            findings.append(Finding("warning", spec.name, heading, outcome.warning))
        if outcome.assumption:
            findings.append(Finding("assumed", spec.name, heading, outcome.assumption))

    def _finding(self, level: Level, field: str, message: str) -> Finding:
        return Finding(level, field, self._own_column.get(field, ""), message)

    def _join_cadastre(self, values: dict[str, object], findings: list[Finding]) -> None:
        """Gnr, Bnr, Fnr and Snr in columns of their own become one number; a column with all of it wins."""
        parts = [values.pop(name, None) for name in _CADASTRE]
        municipality = values.pop("municipality", None)
        if values.get("cadastre") not in {None, ""} or all(part is None for part in parts):
            return
        from boligdesk.services.imports.value_places import joined_cadastre

        outcome = joined_cadastre(parts, municipality)
        if isinstance(outcome, Problem):
            if not any(finding.level == "error" and finding.field in _CADASTRE for finding in findings):
                findings.append(self._finding("error", _CADASTRE[0], outcome.message))
        elif outcome is not None:
            values["cadastre"] = outcome.value
            if outcome.assumption:
                findings.append(self._finding("assumed", _CADASTRE[0], outcome.assumption))

    def _whole_row(self, values: dict[str, object], findings: list[Finding]) -> None:
        """What only the whole row can tell."""
        failed = {finding.field for finding in findings if finding.level == "error"}
        for spec in self._required:
            names = (spec.name, *spec.or_else)
            if all(values.get(name) in {None, ""} for name in names) and failed.isdisjoint(names):
                findings.append(self._finding("error", spec.name, f"Mangler {wanted(spec, self._kind)}."))
        for first, second, message in _ORDER:
            early, late = values.get(first), values.get(second)
            if isinstance(early, dt.date) and isinstance(late, dt.date) and late < early:
                findings.append(self._finding("error", second, message))
        number, born = values.get("national_id"), values.get("birth_date")
        if (
            self._kind == "people"
            and isinstance(number, str)
            and isinstance(born, dt.date)
            and differs(number, born)
        ):
            findings.append(
                self._finding(
                    "warning", "birth_date", "Fødselsdatoen er en annen enn datoen i fødselsnummeret."
                )
            )

    def _hidden_protection(self, row: SourceRow, values: dict[str, object], findings: list[Finding]) -> None:
        """Address protection noted elsewhere than in its own column must not get lost."""
        if self._kind == "dwellings" or "protection" in values:
            return
        if any(finding.field == "protection" for finding in findings):
            return
        cells = (cell for index, cell in enumerate(row.cells) if index not in self._ours)
        if any(isinstance(cell, str) and _PROTECTED.search(cell) for cell in cells):
            findings.append(Finding("error", "protection", "", _SAY_PROTECTION[self._kind == "people"]))

    def _repeats(self, row: SourceRow, values: dict[str, object], findings: list[Finding]) -> int | None:
        """The earlier identical row, if any; other repeats become findings."""
        earlier = self._whole.setdefault(row.cells, row.row_no)
        if earlier != row.row_no:
            findings.append(Finding("warning", "", "", f"Helt lik rad {earlier}. Den tas bare med én gang."))
            return earlier
        rejected = any(finding.level == "error" for finding in findings)
        for names in (*_UNIQUE[self._kind], *_LIKELY[self._kind]):
            first = self._first_with(names, values, row, remember=not rejected)
            if first is None:
                continue
            other, said = first
            if said == values:  # written otherwise («3-roms» and 3)
                message = f"Sier det samme som rad {other}. Den tas bare med én gang."
                findings.append(Finding("warning", "", "", message))
                return other
            if names in _UNIQUE[self._kind]:
                message = f"Samme verdi som i rad {other}, men resten er ulikt."
                findings.append(self._finding("error", names[-1], message))
                return None
            findings.append(Finding("warning", "", "", f"Ligner på rad {other}. Sjekk om det er det samme."))
        return None

    def _first_with(
        self, names: tuple[str, ...], values: dict[str, object], row: SourceRow, *, remember: bool
    ) -> tuple[int, dict[str, object]] | None:
        """Number and values of the first row that says the same here."""
        found = tuple(values.get(name) for name in names)
        needed = found[:2] if names[0] == "street" else found
        if any(value in {None, ""} for value in needed):
            return None
        mark = (names, *found)
        earlier = self._seen.get(mark)
        if earlier is None and remember:
            self._seen[mark] = (row.row_no, values)
        return earlier


_SAY_PROTECTION: Final = {
    True: "Raden nevner adressesperre. Skriv kode 6, kode 7 eller ingen i en egen kolonne som heter Adressesperre.",
    False: "Raden nevner adressesperre. Registrer personen med sperre først, og ta teksten ut av denne lista.",
}
_LEVELS: Final = {"error": 0, "warning": 1, "assumed": 2}


def _in_heading_order(outcome: Parsed, value: str, heading: str) -> Parsed:
    """The heading «Etternavn Fornavn» tells the order where the cell itself does not."""
    if "," in value or not key(heading).startswith(
        ("etternavn", "etternamn", "slektsnavn", "lastname", "surname")
    ):
        return outcome
    given, family, assumption = split_name(value, family_first=True)
    return Parsed(value, assumption, outcome.warning, (("given_name", given), ("family_name", family)))


def _as_the_column_tells(spec: FieldSpec, index: int, rows: Sequence[SourceRow]) -> FieldSpec:
    """«0,5» alone is nothing; in a column of shares it is 50 percent."""
    if spec.value_kind != "percent":
        return spec
    from boligdesk.services.imports.value_numbers import are_shares

    cells = (row.cells[index] for row in rows if index < len(row.cells))
    return replace(spec, value_kind="share") if are_shares(cells) else spec


def differs(number: str, born: dt.date) -> bool:
    """Does the date in an eleven-digit number contradict the birth date? The century is not in it.

    Days of D-numbers (+40) and months of H-numbers and synthetic numbers (+40, +65, +80) are understood.
    """
    if len(number) != 11 or number[0] in "89":
        return False
    day, month, year = int(number[:2]), int(number[2:4]), int(number[4:6])
    months = {born.month, born.month + 40, born.month + 65, born.month + 80}
    return day not in {born.day, born.day + 40} or month not in months or year != born.year % 100
