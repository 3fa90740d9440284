"""The columns of the log, on screen and in a file."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from boligdesk.domain.calendar import short_date
from boligdesk.ui.drafting import OSLO
from boligdesk.ui.tables import Column
from boligdesk.ui.widgets import PillSpec

if TYPE_CHECKING:
    from boligdesk.services.records.work import LogRow

_READ, _WRITTEN = PillSpec("neutral", "Lest", icon="eye"), PillSpec("neutral", "Skrevet", icon="edit")


def moment_words(moment: dt.datetime) -> str:
    """«24. nov. 2026 10:42»."""
    local = moment.astimezone(OSLO)
    return f"{short_date(local.date())} {local:%Y %H:%M}"


def kind_pill(entry: LogRow) -> PillSpec:
    return _READ if entry.kind == "lest" else _WRITTEN


def changes_words(entry: LogRow) -> str:
    """«Trinn: mottatt → vurdering; Frist: – → 24.12.2026»."""
    return "; ".join(f"{field}: {old or '–'} → {new or '–'}" for field, old, new in entry.changes)


def log_columns() -> tuple[Column[LogRow], ...]:
    return (
        Column("at", "Når", lambda r: moment_words(r.at), 158, strong=True, narrowest=138),
        Column("who", "Hvem", lambda r: r.who, 110, narrowest=80),
        Column("what", "Hva", lambda r: r.what, 230, stretch=True, tooltip=lambda r: r.what, narrowest=130),
        Column("subject", "Gjelder", lambda r: r.subject or "–", 216, tooltip=lambda r: r.subject, narrowest=178),
        Column("reason", "Begrunnelse", lambda r: r.reason or "–", 116, tooltip=lambda r: r.reason, narrowest=80),
        Column("kind", "Type", lambda r: kind_pill(r).word, 106, pill=kind_pill, narrowest=92),
    )  # fmt: skip


def export_columns() -> tuple[Column[LogRow], ...]:
    """As the list, and what was changed."""
    return (*log_columns(), Column("changes", "Endringer", changes_words))
