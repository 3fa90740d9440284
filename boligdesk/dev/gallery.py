"""Pictures of every widget in every state: ``python -m boligdesk.dev.gallery OUT_DIR``. For eyes and for reviews."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

    from boligdesk.ui.tables import Column, DataTable
    from boligdesk.ui.theme import Tone
    from boligdesk.ui.widgets import PillSpec

TODAY = date(2026, 11, 24)
WIDE, HIGH = 1440, 900


@dataclass(frozen=True, slots=True)
class Task:
    """A row of the sample list; the people are invented."""

    id: int
    title: str
    detail: str
    who: str
    case: str
    day: str
    words: str
    tone: Tone
    status: str
    status_tone: Tone


SAMPLE = (
    Task(
        0,
        "Svar på klage – avslag kommunal bolig",
        "Klage mottatt 9. nov. · oversend eller omgjør",
        "Bie, Sprek",
        "2026/1187 · kommunal bolig",
        "fre. 20. nov.",
        "4 dager over",
        "crit",
        "Forfalt",
        "crit",
    ),
    Task(
        1,
        "Send foreløpig svar",
        "Søknaden blir 1 måned gammel i morgen",
        "Fjell, Treg",
        "2026/1290 · forlenget botid",
        "ons. 25. nov.",
        "i morgen",
        "warn",
        "Haster",
        "warn",
    ),
    Task(
        2,
        "Godkjenn vedtak (to-personkontroll)",
        "Fra Jonas H. · innvilget kommunal bolig",
        "Skjermet søker",
        "2026/1302 · fortrolig",
        "tor. 26. nov.",
        "om 2 dager",
        "warn",
        "Skjermet",
        "lock",
    ),
    Task(
        3,
        "Svarfrist på tilbud går ut",
        "Eksempelveien 12 B, H0203 · ikke svart",
        "Tøff, Rolig",
        "2026/1011 · tildeling",
        "tor. 26. nov.",
        "om 2 dager",
        "warn",
        "Venter på søker",
        "neutral",
    ),
    Task(
        4,
        "Ring tilbake",
        "Mangler dokumentasjon på inntekt · 2. forsøk",
        "Krage, Lykkelig",
        "2026/1344 · kommunal bolig",
        "fre. 27. nov.",
        "om 3 dager",
        "neutral",
        "Mangler opplysninger",
        "info",
    ),
    Task(
        5,
        "Leieavtale utløper – vurder forlenget botid",
        "3 år i Eksempelveien 4, H0101",
        "Lampe, Ivrig",
        "2023/0871 · leieforhold",
        "man. 30. nov.",
        "om 6 dager",
        "neutral",
        "Ikke startet",
        "neutral",
    ),
    Task(
        6,
        "Forbered sak til inntaksteam",
        "Møte tirsdag 1. desember kl. 09.00",
        "Hest, Klok",
        "2026/1275 · kommunal bolig",
        "man. 30. nov.",
        "om 6 dager",
        "neutral",
        "Klar til møte",
        "ok",
    ),
    Task(
        7,
        "Registrer svar fra namsmannen",
        "Fravikelse · begjæring sendt 2. nov.",
        "Nepe, Blid",
        "2025/0419 · leieforhold",
        "ons. 2. des.",
        "om 8 dager",
        "neutral",
        "Venter på andre",
        "neutral",
    ),
    Task(
        8,
        "Årskontroll tilskudd etablering",
        "Egenerklæring ikke mottatt",
        "Sofa, Stille",
        "2024/0233 · tilskudd",
        "man. 14. des.",
        "om 20 dager",
        "neutral",
        "Ikke startet",
        "neutral",
    ),
)


def task_columns() -> tuple[Column[Task], ...]:
    """The sample list's columns."""
    from boligdesk.ui.tables import Column, DateCell

    def pill(row: Task) -> PillSpec:
        from boligdesk.ui.widgets import PillSpec

        return PillSpec(row.status_tone, row.status)

    return (
        Column("title", "Hva må gjøres", lambda r: r.title, 290, lambda r: r.detail, strong=True, stretch=True, sort="title"),
        Column("who", "Gjelder", lambda r: r.who, 182, lambda r: r.case, sort="who"),
        Column("due", "Frist", lambda r: r.day, 194, sort="due",
               date=lambda r: DateCell(r.day, r.words, r.tone)),
        Column("status", "Status", lambda r: r.status, 184, pill=pill),
    )  # fmt: skip


def sample_table() -> DataTable:
    """The sample list, loaded and with its first row chosen once events have run."""
    from boligdesk.ui.tables import DataTable, WindowModel, fixed_rows

    model = WindowModel(task_columns(), fixed_rows(lambda: SAMPLE))
    table = DataTable("Oppgaver", model)
    model.setParent(table)
    table.show_sort("due")
    model.reload()
    table.select_id(0)
    return table


def main(arguments: list[str] | None = None) -> int:
    """Write one PNG per scene and theme to the folder given."""
    given = sys.argv[1:] if arguments is None else arguments
    if len(given) != 1:
        print("Bruk: python -m boligdesk.dev.gallery MAPPE")
        return 2
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from boligdesk.dev import gallery_scenes

    app = QApplication.instance() or QApplication(["boligdesk"])
    if not isinstance(app, QApplication):
        return 1
    folder = Path(given[0])
    folder.mkdir(parents=True, exist_ok=True)
    for name, build in gallery_scenes.SCENES.items():
        for path in draw(app, name, build, folder):
            print(path)
    return 0


def draw(app: QApplication, name: str, build: Callable[[], QWidget], folder: Path) -> list[Path]:
    """One scene in light, dark and high contrast."""
    from PySide6.QtTest import QTest

    from boligdesk.ui.theme import apply_theme

    made: list[Path] = []
    for look in ("light", "dark", "contrast"):
        apply_theme(app, "dark" if look == "dark" else "light", contrast=look == "contrast")
        window = build()
        window.show()
        QTest.qWait(60)
        made.append(folder / f"{name}_{look}.png")
        window.grab().save(str(made[-1]))
        window.close()
        window.deleteLater()
    return made


if __name__ == "__main__":
    sys.exit(main())
