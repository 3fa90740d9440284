"""The letterhead and the day of the new forvaltningslov, on both stores."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from PIL import Image

from boligdesk.documents.room import PaperRoom
from boligdesk.services.desk import Services
from boligdesk.services.errors import InvalidInput, MissingGlyphs, NotAllowed
from boligdesk.services.letterhead import MOST_LOGO, example, letterhead, logo_text

HEAD = {
    "kommune": "Eksempelvik kommune",
    "kontor": "Boligkontoret",
    "adresse": ["Storgata 1", "9900 Eksempelvik"],
    "telefon": "68 05 00 00",
    "epost": "bolig@eksempelvik.example",
    "nett": "https://www.eksempelvik.example/",
    "orgnr": "123456785",
}
TODAY = dt.date(2026, 11, 24)


def picture(kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (300, 200), "navy").save(out, kind)
    return out.getvalue()


@pytest.fixture
def desk(store, services) -> Services:
    return Services(store, services.office.me(), PaperRoom())


def refused(desk, **changed) -> str:
    with pytest.raises(InvalidInput) as caught:
        desk.letters.save_letterhead({**HEAD, **changed})
    return caught.value.field


def test_that_the_letterhead_is_kept_clean_and_stands_on_the_page(desk):
    assert desk.letters.letterhead() == {}
    logo = logo_text(picture())

    desk.letters.save_letterhead(
        {**HEAD, "kommune": "  Eksempelvik   kommune ", "logo": logo, "logo_ord": "Båt"}
    )

    kept = desk.letters.letterhead()
    assert kept["kommune"] == "Eksempelvik kommune"
    assert (kept["nett"], kept["orgnr"]) == ("www.eksempelvik.example", "123 456 785")
    head = letterhead(kept)
    assert (head.logo, head.logo_words) == (picture(), "Båt")
    pdf = desk.letters.draw(example(kept, TODAY))
    assert desk.letters.check_file(pdf).is_valid
    assert "Org.nr. 123 456 785" in desk.letters.plain_text(example(kept, TODAY))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kommune", " "),
        ("kontor", ""),
        ("kontor", "x" * 81),
        ("adresse", []),
        ("adresse", ["En", "To", "Tre", "Fire", "Fem"]),
        ("adresse", ["x" * 61]),
        ("telefon", ""),
        ("telefon", "ring oss"),
        ("epost", "bolig(at)eksempel"),
        ("nett", "eksempelvik"),
        ("orgnr", "123456789"),
        ("orgnr", "12345678"),
        ("logo", "ikke base64"),
        ("logo", logo_text(b"x" * (MOST_LOGO + 1))),
    ],
)
def test_that_what_cannot_stand_on_a_letter_is_refused_at_its_field(desk, field, value):
    assert refused(desk, **{field: value}) == field
    assert desk.letters.letterhead() == {}


def test_that_a_picture_needs_words_and_must_be_one_that_can_be_drawn(desk):
    assert refused(desk, logo=logo_text(picture())) == "logo_ord"
    assert refused(desk, logo=logo_text(b"GIF89a er ikke nok"), logo_ord="Båt") == "logo"
    desk.letters.save_letterhead({**HEAD, "logo": logo_text(picture("JPEG")), "logo_ord": "Båt"})
    desk.letters.save_letterhead({**HEAD, "logo_ord": "Båt"})
    assert desk.letters.letterhead()["logo_ord"] == ""


def test_that_signs_without_a_font_are_refused_before_anything_is_kept(desk):
    with pytest.raises(MissingGlyphs):
        desk.letters.save_letterhead({**HEAD, "kontor": "Bolig \u4f4f"})
    assert desk.letters.letterhead() == {}


def test_that_only_those_who_manage_users_change_it(desk, store, other_services):
    jonas = Services(store, other_services.office.me(), PaperRoom())
    with pytest.raises(NotAllowed):
        jonas.letters.save_letterhead(HEAD)
    with pytest.raises(NotAllowed):
        jonas.letters.set_new_act(None)
    desk.letters.save_letterhead(HEAD)
    assert jonas.letters.letterhead()["kommune"] == "Eksempelvik kommune"
    assert jonas.office.unit_name() == "Boligkontoret"


def test_that_the_day_of_the_new_act_is_set_and_taken_away(desk):
    assert desk.letters.new_act() is None
    for day in (dt.date(2025, 6, 20), dt.date(2201, 1, 1)):
        with pytest.raises(InvalidInput):
            desk.letters.set_new_act(day)

    desk.letters.set_new_act(dt.date(2027, 1, 1))
    assert desk.letters.new_act() == dt.date(2027, 1, 1)
    desk.letters.set_new_act(None)

    assert desk.letters.new_act() is None


def test_that_a_setting_is_set_again_and_never_taken_back(desk, clock):
    desk.letters.save_letterhead(HEAD)
    clock.set(dt.date(2026, 11, 25))
    saved = desk.letters.save_letterhead({**HEAD, "kontor": "Nytt navn"})
    assert saved.event_id is None
    assert desk.letters.letterhead()["kontor"] == "Nytt navn"

    desk.letters.save_letterhead(HEAD)

    assert desk.letters.letterhead()["kontor"] == "Boligkontoret"
    said = [row.what for row in desk.log.entries(0, 50).rows]
    assert said.count("Kontorets innstilling er endret") == 3


def test_that_the_log_does_not_show_the_bytes_of_a_picture(desk):
    logo = logo_text(picture())
    desk.letters.save_letterhead({**HEAD, "logo": logo, "logo_ord": "Båt"})
    desk.letters.save_letterhead({**HEAD, "kontor": "Nytt navn", "logo": logo, "logo_ord": "Båt"})

    assert logo[:60] not in repr(desk.log.entries(0, 50))
