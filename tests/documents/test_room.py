"""The paper room as the services see it, with the templates that are shipped."""

from __future__ import annotations

import dataclasses
import datetime as dt
import subprocess
import sys
from pathlib import Path

import pytest

from boligdesk.documents.room import PaperRoom
from boligdesk.domain.letter_fields import FIELDS
from boligdesk.services.records.papers import LetterValue
from tests.documents.letters import letter, plain_letter
from tests.house.project import ROOT

SAMPLES: dict[str, LetterValue] = {
    "tekst": "en verdi",
    "dato": dt.date(2026, 11, 22),
    "belop": 1_240_000,
    "tall": 3,
    "liste": ("første", "andre"),
    "fritekst": "Et avsnitt.\n\n- a\n- b",
    "ja_nei": 1,
}
VALUES = {field.key: SAMPLES[field.type.value] for field in FIELDS}
ROOM = PaperRoom()
SHIPPED = [(kind, language) for kind in ROOM.kinds() for language in ("nb", "nn")]


def test_that_the_room_loads_nothing_heavy_before_it_is_asked() -> None:
    program = (
        "import sys, boligdesk.documents.room as room; room.PaperRoom()\n"
        "heavy = {'reportlab', 'pikepdf', 'page', 'jinja2', 'markdown_it', 'PIL', 'lxml', 'pypdfium2'}\n"
        "found = sorted(heavy & set(sys.modules))\n"
        "sys.exit(str(found) if found else 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_that_kinds_come_in_the_order_of_the_catalogue(tmp_path: Path) -> None:
    for name in ("b", "a", "c"):
        (tmp_path / "nb").mkdir(exist_ok=True)
        (tmp_path / f"nb/{name}.md").touch()
    assert PaperRoom(tmp_path, {}, ("c", "a")).kinds() == ("c", "a", "b")


@pytest.mark.parametrize(("kind", "language"), SHIPPED)
def test_that_every_shipped_template_becomes_a_lawful_letter(kind: str, language: str) -> None:
    template = ROOM.template(kind, language)
    composed = ROOM.compose(template, VALUES, is_draft=False)
    assert composed.missing == ()
    assert not [sentence for sentence in composed.sentences if "mangler:" in sentence]
    paper = dataclasses.replace(letter(), language=language, title=composed.title, blocks=composed.blocks)
    report = ROOM.check(ROOM.render(paper))
    assert (report.is_valid, report.findings) == (True, ())
    assert composed.blocks[-1].text.split("\n")[0] in ROOM.plain_text(paper)


def test_that_an_empty_case_gives_a_marked_draft() -> None:
    for kind, language in SHIPPED:
        draft = ROOM.compose(ROOM.template(kind, language), {}, is_draft=True)
        assert draft.missing
        assert ROOM.check(
            ROOM.render(dataclasses.replace(letter(), blocks=draft.blocks, is_draft=True))
        ).is_valid


def test_that_the_room_draws_and_checks() -> None:
    assert ROOM.render(letter()) == plain_letter()
    assert ROOM.check(plain_letter()).is_valid


def test_that_the_letter_can_be_read_as_text() -> None:
    said = ROOM.plain_text(letter(is_draft=True))
    assert said.startswith("KLADD\n\nEksempelvik kommune\nBoligkontoret\n\nStorgata 1\n9900 Eksempelvik\n")
    for piece in (
        "Dato: 22. november 2026\nVår referanse: 2026/1275-4",
        "SØKNADEN DIN OM KOMMUNAL BOLIG ER INNVILGET",
        "(https://www.eksempel.invalid/bolig)",
        "- husstanden har tre barn\n- leieforholdet er sagt opp",
        "Hva | Vilkår | Beløp\nSoverom | Minst 3 | \n",
        "1. Skriv hva du er uenig i.\n2. Skriv hvorfor.",
        "Med vennlig hilsen\nBoligkontoret\n\nSprek Bie\navdelingsleder",
        "Vedlegg:\n- Slik leier du av kommunen",
        "Kopi til:\n- Rolig Elv, verge\n",
    ):
        assert piece in said
    unsigned = "Brevet er godkjent elektronisk og har derfor ingen underskrift."
    assert unsigned not in said
    assert f"saksbehandler\n\n{unsigned}\n\nVedlegg" in ROOM.plain_text(letter())
