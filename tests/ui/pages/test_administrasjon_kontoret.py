"""The letterhead, the new forvaltningslov and the rules of allocation, through the page in the real window."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel
from uilint import uilint

from boligdesk.app import Desk, open_for_window
from boligdesk.domain.catalog import Role
from boligdesk.domain.rule_sets import load
from boligdesk.resources import resource_path
from boligdesk.services.letterhead import MOST_LOGO, logo_of
from boligdesk.ui.main_window import MainWindow
from boligdesk.ui.pages.administrasjon.logo_field import read_logo
from boligdesk.ui.pages.administrasjon.tab import ClosedTab
from boligdesk.ui.places import Place
from boligdesk.ui.printing import to_pdf
from boligdesk.ui.tasks import Tasks
from tests.ui.harness import (
    desk_window,
    office,
    office_path,
    office_template,
    open_desk,
    opened,
    services_of,
    settle,
)

__all__ = ["desk_window", "office", "office_path", "office_template", "open_desk", "opened"]

HEAD = {
    "kommune": "Eksempelvik kommune",
    "kontor": "Boligkontoret",
    "telefon": "68 05 00 00",
    "epost": "bolig@eksempelvik.example",
    "nett": "www.eksempelvik.example",
    "orgnr": "123456785",
}
ADDRESS = "Storgata 1\n9900 Eksempelvik"
SHIPPED = resource_path("rules", "allocation", "ovelse_2026.json")
WHY = "Kommunestyret vedtok reglene før nyttår."


def show(window, key: str):
    window.go(Place("administrasjon", tab=key))
    settle()
    return window.navigator.here.tab()


def press(button) -> None:
    assert button.isEnabled()
    button.click()
    settle()


def write(tab, **changed) -> None:
    for key, text in {**HEAD, **changed}.items():
        field = tab.head.lines[key]
        field.clear()
        QTest.keyClicks(field, text)
    tab.head.address.setPlainText(ADDRESS)


def picture(path: Path, wide: int = 300, *, noisy: bool = False) -> Path:
    image = QImage(wide, wide // 2, QImage.Format.Format_RGB32)
    image.fill(QColor("navy"))
    if noisy:
        state = 1
        for x in range(wide):
            for y in range(wide // 2):
                state = (state * 1103515245 + 12345) % 2**31
                image.setPixel(x, y, state & 0xFFFFFF)
    image.save(str(path))
    return path


def texts(widget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


# --- the letterhead ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(1440, 900), (1366, 768), (960, 540)])
def test_that_both_tabs_fit_and_have_names(desk_window, size) -> None:
    desk_window.resize(*size)
    settle()
    for key in ("kontoret", "tildelingsregler"):
        show(desk_window, key)
        assert uilint(desk_window) == [], key
        assert desk_window.navigator.here.help_text()


def test_that_a_new_letterhead_is_proposed_written_and_kept(desk_window, office) -> None:
    tab = show(desk_window, "kontoret")
    assert "Brevhodet er ikke satt." in tab.messages.bar().text
    assert tab.head.lines["kontor"].text() == "Boligkontoret"
    write(tab)
    press(tab.save_button)
    kept = office.letters.letterhead()
    assert (kept["kommune"], kept["orgnr"]) == ("Eksempelvik kommune", "123 456 785")
    assert kept["adresse"] == ADDRESS.splitlines()
    assert tab.messages.bar() is None
    assert tab.head.lines["orgnr"].text() == "123 456 785"
    assert "Brevhodet er lagret." in desk_window.messages.bar().text


def test_that_faults_stand_beside_their_fields_and_what_is_typed_stays(desk_window, office) -> None:
    tab = show(desk_window, "kontoret")
    write(tab, orgnr="123456789")
    press(tab.save_button)
    assert "kontrollsiffer" in tab.head.form.rows["orgnr"].error()
    assert tab.head.lines["orgnr"].hasFocus()
    write(tab, telefon="")
    press(tab.save_button)
    assert tab.head.form.rows["telefon"].error() == "Skriv telefonnummeret."
    assert tab.head.form.rows["orgnr"].error() == ""
    show(desk_window, "fordeling")
    assert show(desk_window, "kontoret").head.lines["kommune"].text() == "Eksempelvik kommune"
    assert office.letters.letterhead() == {}


def test_that_the_example_follows_what_is_typed(desk_window) -> None:
    tab = show(desk_window, "kontoret")
    first = tab.view.pdf
    assert first.startswith(b"%PDF")
    write(tab)
    assert tab.view.pdf == first
    settle(520)
    assert tab.view.pdf != first
    assert "Eksempelvik kommune\nBoligkontoret" in tab.view.words.toPlainText()


def test_that_signs_the_letters_cannot_draw_are_told_at_once(desk_window, office) -> None:
    tab = show(desk_window, "kontoret")
    write(tab)
    tab.head.lines["kontor"].setText("Bolig \u4f4f")
    tab.draw()
    assert tab.view.messages.bar() is not None
    press(tab.save_button)
    assert office.letters.letterhead() == {}
    assert tab.head.lines["kontor"].text() == "Bolig \u4f4f"


def test_that_a_logo_is_chosen_named_and_taken_away(desk_window, office, monkeypatch, tmp_path) -> None:
    path = picture(tmp_path / "logo.png")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(path), ""))
    tab = show(desk_window, "kontoret")
    write(tab)
    assert not tab.head.form.rows["logo_ord"].isVisible()
    press(tab.head.logo.choose)
    press(tab.save_button)
    assert tab.head.form.rows["logo_ord"].error() == "Skriv hva logoen viser, for dem som ikke ser den."
    QTest.keyClicks(tab.head.lines["logo_ord"], "En båt")
    press(tab.save_button)
    assert logo_of(office.letters.letterhead()) == path.read_bytes()
    assert uilint(desk_window) == []
    press(tab.head.logo.remove)
    press(tab.save_button)
    assert office.letters.letterhead()["logo"] == ""


def test_that_a_large_logo_is_made_smaller_and_other_files_are_refused(desk_window, tmp_path) -> None:
    large = picture(tmp_path / "stor.png", 1000, noisy=True)
    assert large.stat().st_size > MOST_LOGO
    assert "forminsket" in read_logo(large)[1]
    plain = tmp_path / "flat.png"
    plain.write_bytes(picture(tmp_path / "liten.png", 2000).read_bytes() + b"\0" * MOST_LOGO)
    smaller, fault = read_logo(plain)
    assert fault == ""
    assert len(smaller) <= MOST_LOGO
    assert QImage.fromData(smaller).width() == 800
    text = tmp_path / "logo.jpg"
    text.write_text("ikke et bilde")
    tab = show(desk_window, "kontoret")
    tab.head.logo.take(text)
    assert "PNG- eller JPEG-bilde" in tab.head.form.rows["logo"].error()
    assert read_logo(tmp_path / "finnes_ikke.png")[0] == b""


def test_that_f4_shows_the_example_where_there_is_no_room_for_both(desk_window) -> None:
    desk_window.resize(960, 540)
    settle()
    tab = show(desk_window, "kontoret")
    assert tab.left.isVisible()
    assert not tab.view.isVisible()
    desk_window.navigator.here.toggle_detail()
    assert tab.view.isVisible()
    assert not tab.left.isVisible()
    assert uilint(desk_window) == []
    press(tab.save_button)
    assert tab.head.lines["kommune"].hasFocus()
    desk_window.resize(1440, 900)
    settle()
    desk_window.navigator.here.toggle_detail()
    assert tab.view.shows_text


def test_that_the_rules_of_days_are_shown_with_their_source(desk_window) -> None:
    said = texts(show(desk_window, "kontoret").rules).replace("\u00a0", " ")
    assert "5 virkedager etter at tilbudet er sendt." in said
    assert "retningslinjer for tildeling § 13 («Tildeling 2026», versjon 3)" in said
    assert "2 virkedager etter at brevet ble lagt i posten." in said
    assert "Kilde: lokal regel, kontorets innstilling." in said
    assert "3 uker etter at vedtaket kom fram." in said


# --- the new act -------------------------------------------------------------------------------------------


def test_that_the_new_act_is_set_after_one_question(desk_window, office) -> None:
    card = show(desk_window, "kontoret").new_act
    assert card.pill.spec.word == "Ikke satt i kraft"
    press(card.save_button)
    assert card.form.rows["fra"].error() == "Datoen er den samme som før."
    card.field.setText("1.1.2025")
    press(card.save_button)
    press(card.dialog.act)
    assert "20. juni 2025" in card.form.rows["fra"].error()
    card.field.setText("01.01.2027")
    press(card.save_button)
    assert card.dialog.back.hasFocus()
    assert "fredag 1. januar 2027" in texts(card.dialog)
    press(card.dialog.back)
    assert office.letters.new_act() is None
    press(card.save_button)
    press(card.dialog.act)
    assert office.letters.new_act() == dt.date(2027, 1, 1)
    assert card.pill.spec.word == "Gjelder fra 1. januar 2027"
    card.field.clear()
    press(card.save_button)
    press(card.dialog.act)
    assert office.letters.new_act() is None


# --- the first step ----------------------------------------------------------------------------------------


def test_that_those_who_can_are_told_that_the_letterhead_is_missing(desk_window, office) -> None:
    desk_window.parts.first_steps.look()
    settle()
    bar = desk_window.messages.bar()
    assert "Brevhodet er ikke satt." in bar.text
    desk_window.parts.first_steps.look()
    assert desk_window.messages.bar() is bar
    button = next(
        one for one in bar.findChildren(type(desk_window.top.new)) if one.text() == "Fyll ut brevhodet"
    )
    press(button)
    tab = desk_window.navigator.here.tab()
    assert desk_window.navigator.here.tab_key() == "kontoret"
    desk_window.parts.first_steps.look()
    assert desk_window.messages.bar() is None
    write(tab)
    press(tab.save_button)
    desk_window.go(Place("saker"))
    desk_window.parts.first_steps.look()
    assert desk_window.messages.bar() is None


def test_that_others_are_not_asked_for_the_letterhead(qtbot, opened, office) -> None:
    office.office.register_user("arkiv", "Arne A.", (Role.ARCHIVIST,), 0)
    window = MainWindow(Tasks(immediate=True))
    window.show()
    window.enter(open_for_window(Desk(opened, services_of(opened, "arkiv"))), {})
    assert not window.parts.first_steps.is_waiting
    assert isinstance(show(window, "kontoret"), ClosedTab)
    tab = show(window, "tildelingsregler")
    assert tab.rules.title == "Tildeling 2026"
    assert not tab.adopt_button.isEnabled()
    tab.primary()
    window.close()
    window.deleteLater()
    settle()


# --- rules of allocation -----------------------------------------------------------------------------------


def own_rules(path: Path, **changed) -> Path:
    """The shipped rules with a quicker answer, as an office would adopt them."""
    body = {**json.loads(SHIPPED.read_text("utf-8")), "key": "egne", "title": "Egne regler", **changed}
    body["offer"]["reply_working_days"] = 7
    path.write_text(json.dumps(body), encoding="utf-8")
    return path


def test_that_the_rules_are_told_in_words_with_their_sources(desk_window) -> None:
    tab = show(desk_window, "tildelingsregler")
    said = texts(tab)
    assert "Gjelder nå" in said
    assert "Nei. Reglene følger med Boligdesk og gjelder til kontoret vedtar egne." in said
    assert "«Har bodd i kommunen siden» er minst 6 måneder siden" in said
    assert "Kilde: Øvelse kommune, retningslinjer for tildeling § 4" in said
    assert tab.editions.item(1).text() == "Tildeling 2025, versjon 2\nGjaldt til 1. januar 2026"
    tab.editions.setFocus()
    QTest.keyClick(tab.editions, Qt.Key.Key_Down)
    settle()
    assert "er minst 12 måneder siden" in texts(tab)
    job = desk_window.navigator.here.printout()
    assert job.title == "Tildeling 2025, versjon 2"
    assert len(job.rows) > 40
    assert to_pdf(job).startswith(b"%PDF")


def test_that_new_rules_are_shown_with_what_differs_and_then_adopted(
    desk_window, office, monkeypatch, tmp_path
) -> None:
    path = own_rules(tmp_path / "nye.json", valid_from="2027-01-01")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(path), ""))
    tab = show(desk_window, "tildelingsregler")
    press(tab.adopt_button)
    dialog = tab.dialog
    said = texts(dialog)
    assert "1 regel er endret" in said
    assert "5 virkedager fra tilbudet er sendt." in said
    assert "7 virkedager fra tilbudet er sendt." in said
    assert dialog.back.hasFocus()
    assert not dialog.form.rows["reason"].isVisible()
    assert uilint(dialog) == []
    press(dialog.act)
    assert tab.rules.name == "«Egne regler», versjon 3"
    assert office.assessment.rule_set().title == "Tildeling 2026"
    assert [row.title for row in office.assessment.rule_sets()] == ["Egne regler"]
    assert (
        desk_window.messages.bar().text
        == "«Egne regler», versjon 3 er vedtatt. De gjelder fra 1. januar 2027."
    )
    tab.propose(path)
    assert "vedtatt fra før" in tab.messages.bar().text


def test_that_another_day_is_chosen_and_a_past_one_needs_a_reason(desk_window, office, tmp_path) -> None:
    tab = show(desk_window, "tildelingsregler")
    tab.propose(own_rules(tmp_path / "nye.json", valid_to="2027-01-01"))
    dialog = tab.dialog
    assert dialog.form.rows["reason"].isVisible()
    press(dialog.act)
    assert "Skriv hvorfor" in dialog.form.rows["reason"].error()
    for day, fault in (("", "Skriv dagen"), ("1.1.2028", "slutte å gjelde etter")):
        dialog.day.setText(day)
        press(dialog.act)
        assert fault in dialog.form.rows["valid_from"].error()
    dialog.day.setText("01.11.2026")
    dialog.reason.setText(WHY)
    press(dialog.act)
    now = office.assessment.rules()
    assert (now.title, now.valid_from) == ("Egne regler", dt.date(2026, 11, 1))
    assert office.log.entries(0, 5).rows[0].reason == WHY
    assert "Gjelder nå" in texts(tab)


def test_that_a_file_that_is_no_rules_says_what_is_wrong_and_where(desk_window, office, tmp_path) -> None:
    tab = show(desk_window, "tildelingsregler")
    wrong = own_rules(tmp_path / "feil.json", validity_months="lenge")
    latin = tmp_path / "latin.json"
    latin.write_bytes("blåbær".encode("latin-1"))
    for path, words in ((wrong, "validity_months"), (latin, "UTF-8"), (tmp_path / "borte.json", "ikke lest")):
        tab.propose(path)
        assert words in tab.messages.bar().text
    assert tab.dialog is None
    assert all(row.edition_id is None for row in office.assessment.rule_sets())


def test_that_the_shown_rules_are_saved_as_a_file_to_start_from(desk_window, monkeypatch, tmp_path) -> None:
    path = tmp_path / "regler.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(path), ""))
    tab = show(desk_window, "tildelingsregler")
    press(tab.save_button)
    assert load(path.read_text("utf-8")) == tab.rules
    assert "regler.json" in tab.messages.bar().text
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(tmp_path / "nei" / "x.json"), ""))
    press(tab.save_button)
    assert "ikke lagret" in desk_window.messages.bar().text
