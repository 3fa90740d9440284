"""Small helpers of the contract tests of lists: a real file in, a report out."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from sqlalchemy import func, select, text

from boligdesk.exchange.tables import read_table
from boligdesk.storage.tables import Base

if TYPE_CHECKING:
    from pathlib import Path


def write_csv(path: Path, rows: list[list[object]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream, delimiter=";").writerows(rows)
    return path


def take(services, path, kind, *, dry=False, **more):
    """Bring the file in as a person would who accepts what was recognised."""
    table = read_table(path)
    mapping = services.imports.mapping(table.headings, kind)
    run = services.imports.dry_run if dry else services.imports.take
    return run(table, kind, mapping, **more)


def bring(services, folder, kind, rows, name="liste.csv", **more):
    return take(services, write_csv(folder / name, rows), kind, **more)


def reasons(report):
    """What was wrong, of all rows, in one text."""
    return " ".join(row.reasons() for row in report.rejected_rows)


def contents(store):
    """Every row of every table, as a number per table and the numbers and the head of the chain themselves."""
    with store.engine.connect() as connection:
        counts = {
            table.name: connection.scalar(select(func.count()).select_from(table))
            for table in Base.metadata.sorted_tables
        }
        series = connection.execute(
            text("SELECT series, year, last FROM number_series ORDER BY series, year")
        ).all()
        head = connection.scalar(text("SELECT hash FROM log_link ORDER BY seq DESC LIMIT 1"))
    return counts, [tuple(row) for row in series], bytes(head)


PEOPLE = [
    ["Id", "Saksnr", "Fødselsnr", "Fornavn", "Etternavn", "Født", "Mobil", "Adresse", "Postnr", "Poststed", "Bydel"],
    ["1", "2024/000017", "15838899701", "Klok", "Hest", "15.03.1988", "680 50 001", "Storgata 12 B", "9008", "Tromsø", "Sentrum"],
    ["2", "2024/000018", "", "Blid", "Nepe", "01.02.1990", "68050002", "Kirkeveien 3", "9008", "Tromsø", "Kroken"],
    ["3", "", "", "Sprek", "Bie", "", "", "", "", "", "Ny bydel"],
]  # fmt: skip
