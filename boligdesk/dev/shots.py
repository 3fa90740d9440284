"""``python -m boligdesk.dev shots [MAPPE [SIDE ...]]``: pages of the practice office, light and dark, at three sizes.

Without a page all of them are taken; a page may be ``sak`` or ``sak-logg``.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from boligdesk.services.desk import Services
    from boligdesk.services.records.cases import CaseRow
    from boligdesk.ui.main_window import MainWindow
    from boligdesk.ui.places import Place

PICTURES = Path("docs/manual/pictures")
SIZES = ((1440, 900), (1366, 768), (960, 540))
LOOKS = ("light", "dark")
#: Longer than what a pane waits before it reads the chosen row.
WAIT_MS = 850
COLOURS = 128
#: Logical size that fills a Full HD screen at 200 %.
DOUBLE = (960, 540)


def main(argv: list[str]) -> int:
    """0 when every registered page was taken, 1 when one is missing, 2 for wrong use."""
    scale, words = "", list(argv)
    if words and words[0] == "--double":
        scale = words.pop(0)
    if any(word.startswith("-") for word in words):
        print("Bruk: python -m boligdesk.dev shots [MAPPE [SIDE ...]]", file=sys.stderr)
        return 2
    folder = Path(words[0]) if words else PICTURES
    only = frozenset(words[1:])
    folder.mkdir(parents=True, exist_ok=True)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    if scale:
        return take(folder, ((DOUBLE, "200"),), ("light",), only)
    missing = take(folder, tuple((size, str(size[0])) for size in SIZES), LOOKS, only)
    # the scale is decided when the program starts, so the picture at 200 % is taken by a program of its own
    again = [sys.executable, "-m", "boligdesk.dev", "shots", "--double", str(folder), *only]
    subprocess.run(again, env={**os.environ, "QT_SCALE_FACTOR": "2"}, check=True, stdout=subprocess.DEVNULL)
    return missing


def take(
    folder: Path,
    sizes: tuple[tuple[tuple[int, int], str], ...],
    looks: tuple[str, ...],
    only: frozenset[str] = frozenset(),
) -> int:
    """Pictures of the places named in ``only``, else of all; prints each path, and the pages that are not there."""
    from PySide6.QtTest import QTest

    from boligdesk.app import StoreOpener
    from boligdesk.dev.demo import make_practice, practice_clock
    from boligdesk.ui.main_window import MainWindow
    from boligdesk.ui.pages_list import PAGES
    from boligdesk.ui.start import make_app
    from boligdesk.ui.tasks import Tasks

    make_app("light")
    with tempfile.TemporaryDirectory(prefix="boligdesk-bilder-", ignore_cleanup_errors=True) as temporary:
        path = Path(temporary) / "ovelse.db"
        make_practice(path)
        window = MainWindow(Tasks(immediate=True))
        window.show()
        window.enter(StoreOpener(None, practice_clock).open(str(path), ""), {})
        places = all_places(
            window.services, {spec.key for spec in window.parts.specs} if window.parts else set()
        )
        if only:
            places = {name: place for name, place in places.items() if only & {name, name.split("-")[0]}}
        for look in looks:
            window.wear(look)
            for (wide, high), name in sizes:
                window.resize(wide, high)
                for title, place in places.items():
                    window.go(place)
                    QTest.qWait(WAIT_MS)
                    print(_save(window, folder / f"{title}_{look}_{name}.png"))
        window.close()
    missing = [spec.key for spec in PAGES if not spec.exists()]
    for key in missing:
        print(f"Siden «{key}» finnes ikke ennå.", file=sys.stderr)
    return 1 if missing else 0


def all_places(services: Services, keys: set[str]) -> dict[str, Place]:
    """Every place worth a picture, by the name of its file."""
    from boligdesk.services.records.cases import CaseFilter
    from boligdesk.services.records.common import Sort
    from boligdesk.services.records.dwellings import DwellingFilter
    from boligdesk.services.records.letters import LetterFilter
    from boligdesk.services.records.work import VisitFilter
    from boligdesk.ui.places import Place

    cases = services.cases.page(CaseFilter(), Sort("opened"), 0, 50).rows
    sent = services.letters.page(
        LetterFilter("sendt", kinds=("innvilgelse_bolig",)), Sort("sent"), 0, 1
    ).rows[0]
    case = next(row for row in cases if row.id == sent.case_id)
    dwelling = services.dwellings.page(DwellingFilter(), Sort("address"), 0, 1).rows[0]
    visits = services.guidance.page(VisitFilter(owner="team"), Sort("starts_at", descending=True), 0, 1).rows
    visited = {
        visit.person_id
        for visit in services.guidance.page(VisitFilter(owner="team"), Sort("when"), 0, 50).rows
    }
    every = services.cases.page(CaseFilter(state="alle"), Sort("opened"), 0, 100).rows
    followed = next((row for row in every if row.applicant_id in visited), case)
    subjects = {
        "sak": case.id,
        "person": case.applicant_id,
        "ny_soknad": case.applicant_id,
        "nytt_besok": case.applicant_id,
        "bolig": dwelling.id,
        "besok": visits[0].id if visits else None,
        "sak-oppfolging": followed.id,
    }
    places: dict[str, Place] = {}
    for key in sorted(keys - _MAIN_JOB):
        for tab in _TABS.get(key, ("",)):
            name = f"{key}-{tab}" if tab else key
            places[name] = Place(key, subject=subjects.get(name, subjects.get(key)), tab=tab)
    return places | _main_job(services, [row for row in cases if not row.is_masked])


_TABS = {
    "sak": ("oversikt", "soknad", "dokumenter", "oppfolging", "logg"),
    "administrasjon": (
        "hent_inn",
        "brukere",
        "fordeling",
        "kontoret",
        "tildelingsregler",
        "sikkerhetskopi",
        "logg",
    ),
}
_MAIN_JOB = {
    "tildeling",
    "meld_ledig",
    "vedtak_og_brev",
    "nytt_brev",
    "brev",
    "send_brev",
    "slaa_sammen",
    "konflikt",
}


def _main_job(services: Services, open_cases: list[CaseRow]) -> dict[str, Place]:
    """The pages that need a letter, an offer or a vacancy in the right state."""
    from boligdesk.services.records.common import Sort
    from boligdesk.services.records.dwellings import DwellingFilter
    from boligdesk.services.records.letters import LetterFilter
    from boligdesk.services.records.people import PersonFilter
    from boligdesk.ui.places import Place

    letters = services.letters.page(LetterFilter(), Sort("changed", descending=True), 0, 200).rows
    by_state = {(row.status, row.kind): row for row in letters if not row.is_masked}
    draft = by_state["kladd", "innvilgelse_bolig"]
    waiting = by_state["til_godkjenning", "innvilgelse_bolig"]
    approved = by_state["godkjent", "avslag_bolig"]
    sent, helped = by_state["ekspedert", "innvilgelse_bolig"], by_state["ekspedert", "vedtak_bistand"]
    stages = {row.stage: row for row in services.allocation.vacancies().rows}
    offer = services.allocation.offers(("sendt",)).rows[0]
    homes = services.dwellings.page(DwellingFilter(), Sort("address"), 0, 200).rows
    free = next(row for row in homes if row.status == "utleid")
    alike = services.people.page(PersonFilter(text="Sprek Bie"), Sort("name"), 0, 2).rows
    concluded = next(row.id for row in open_cases if services.letters.choices(row.id)[0].track_id)
    places = {
        "tildeling-ledig": Place("tildeling", subject=stages["ledig"].id),
        "tildeling-forslag": Place("tildeling", subject=stages["forslag"].id),
        "tildeling-tilbud": Place("tildeling", subject=stages["tilbud_sendt"].id),
        "tildeling-venteliste": Place("tildeling", tab="venteliste"),
        "meld_ledig": Place("meld_ledig", subject=free.id),
        "nytt_brev": Place("nytt_brev", subject=concluded),
        "brev-kladd": Place("brev", subject=draft.id),
        "brev-godkjenning": Place("brev", subject=waiting.id),
        "brev-sendt": Place("brev", subject=sent.id),
        "send_brev": Place("send_brev", subject=approved.id),
        "sak-vurdering": Place("sak", subject=helped.case_id, tab="vurdering"),
        "sak-brev": Place("sak", subject=sent.case_id, tab="brev"),
        "sak-bolig": Place("sak", subject=offer.case_id, tab="bolig"),
        "slaa_sammen": Place("slaa_sammen", subject=alike[0].id, tab=str(alike[1].id)),
    }
    for segment in ("kladder", "til_godkjenning", "klare", "sendt"):
        places[f"vedtak_og_brev-{segment}"] = Place("vedtak_og_brev", tab=segment)
    return places


def _save(window: MainWindow, path: Path) -> Path:
    """The picture with a palette of its own that keeps the rare colours: a third of the size, and no eye sees it."""
    from io import BytesIO

    from PIL import Image
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice

    room = QByteArray()
    buffer = QBuffer(room)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    window.grab().save(buffer, "PNG")
    with Image.open(BytesIO(bytes(room.data()))) as picture:
        few = picture.convert("RGB").quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    few.save(path, optimize=True)
    return path
