"""Lists from files in words: kinds, sureness, cells as they may be shown, counts."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from boligdesk.domain.text import clean
from boligdesk.services.imports.fields import field_map
from boligdesk.services.imports.headings import is_ours
from boligdesk.services.imports.table import ErrorCell, FormulaCell
from boligdesk.ui.widgets import PillSpec

if TYPE_CHECKING:
    from collections.abc import Iterator

    from boligdesk.services.imports.mapping import Mapping
    from boligdesk.services.imports.report import ImportReport
    from boligdesk.services.imports.table import SourceTable

#: Where the rows of a list are found afterwards: place and words of the link.
SHOWN_ON = {
    "dwellings": ("boliger", "Åpne Boliger"),
    "people": ("personer", "Åpne Personer"),
    "households": ("personer", "Åpne Personer"),
    "applications": ("saker", "Åpne Saker"),
}
SURE = {
    "exact": PillSpec("ok", "gjenkjent"),
    "variant": PillSpec("ok", "gjenkjent"),
    "guess": PillSpec("warn", "gjettet"),
    "none": PillSpec("neutral", "ikke brukt", icon="dismiss"),
}
BY_HAND = PillSpec("ok", "valgt av deg", icon="edit")
OURS = PillSpec("neutral", "hoppes over", icon="dismiss")
LEVELS = {
    "error": PillSpec("crit", "Må rettes"),
    "warning": PillSpec("warn", "Advarsel"),
    "assumed": PillSpec("neutral", "Antatt", icon="info"),
}
_MOST_SHOWN = 60
_EXAMPLES = 3
_LOOK_AT = 200
_NUMBER = re.compile(r"(?<!\d)(\d{6})\s?\d{5}(?!\d)")


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """One heading of the file and what it fills. ``id`` is its place."""

    id: int
    heading: str
    examples: tuple[str, ...]
    field: str | None
    label: str
    pill: PillSpec


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One line of the report."""

    id: int
    row_no: int
    heading: str
    cell: str
    message: str
    level: str


def count(number: int) -> str:
    """«12 400», with a space that does not break."""
    return f"{number:,}".replace(",", "\N{NO-BREAK SPACE}")


def rows_words(number: int) -> str:
    return "1 rad" if number == 1 else f"{count(number)} rader"


def shown(cell: object) -> str:
    """A cell as it may stand on a screen: on one line, not too long, identity numbers shortened (ui.md 3.9)."""
    if isinstance(cell, FormulaCell):
        return "formel uten svar"
    text = clean(cell.text if isinstance(cell, ErrorCell) else _value(cell))
    text = _NUMBER.sub("\\1 •••••", text)
    return text if len(text) <= _MOST_SHOWN else f"{text[: _MOST_SHOWN - 1]}…"


def _value(cell: object) -> str:
    if isinstance(cell, bool):
        return "Ja" if cell else "Nei"
    if isinstance(cell, dt.datetime):
        return f"{cell:%d.%m.%Y %H:%M}" if cell.time() != dt.time() else f"{cell:%d.%m.%Y}"
    if isinstance(cell, dt.date):
        return f"{cell:%d.%m.%Y}"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else str(cell).replace(".", ",")
    return "" if cell is None else str(cell)


def column_rows(table: SourceTable, mapping: Mapping, by_hand: set[str]) -> list[ColumnRow]:
    """The mapping as a list, one row per heading."""
    fields = field_map(mapping.kind)
    made = []
    for place, column in enumerate(mapping.columns):
        label = fields[column.field].label if column.field else ""
        if is_ours(column.heading):
            pill = OURS
        else:
            pill = BY_HAND if column.heading in by_hand and column.field else SURE[column.sure]
        made.append(
            ColumnRow(place, column.heading, examples(table, place), column.field, label or "–", pill)
        )
    return made


def examples(table: SourceTable, place: int) -> tuple[str, ...]:
    """The first different values of a column."""
    found: dict[str, None] = {}
    for row in table.rows[:_LOOK_AT]:
        if text := shown(row.cells[place]):
            found[text] = None
        if len(found) == _EXAMPLES:
            break
    return tuple(found)


def findings(table: SourceTable, report: ImportReport) -> Iterator[FindingRow]:
    """Everything the check said, in the order of the rows."""
    place = {heading: index for index, heading in enumerate(table.headings)}
    hidden = {name for name, spec in field_map(report.kind).items() if spec.sensitive}
    number = 0
    for row in report.checked:
        for found in row.findings:
            index = place.get(found.heading)
            cell = "" if index is None else shown(row.cells[index])
            if cell and found.field in hidden:
                cell = "skjult"
            yield FindingRow(number, row.row_no, found.heading, cell, found.message, found.level)
            number += 1


def sum_words(report: ImportReport) -> str:
    """«120 rader lest = 100 nye + 5 endret + 10 uendret + 5 må rettes». The parts always add up."""
    parts = (
        (report.created, "ny" if report.created == 1 else "nye"),
        (report.updated, "endret"),
        (report.unchanged, "uendret"),
        (report.rejected, "må rettes"),
    )
    return f"{rows_words(report.read)} lest = " + " + ".join(
        f"{count(number)} {word}" for number, word in parts
    )
