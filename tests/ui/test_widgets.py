"""The building blocks, as a person meets them."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from boligdesk.services.errors import UserError
from boligdesk.ui.theme import apply_theme
from boligdesk.ui.widgets import (
    Action,
    Button,
    DateField,
    ErrorState,
    FactGrid,
    FieldRow,
    FilterMenuButton,
    FormSection,
    IdentityBar,
    KpiButton,
    LoadingState,
    MessageArea,
    MoneyField,
    NavItem,
    NavList,
    PageHeader,
    Pill,
    PillSpec,
    PreviewPane,
    SearchField,
    SegmentedFilter,
    StatusLine,
    TriStateField,
    label,
)

TODAY = date(2026, 11, 24)


def shown(qtbot, widget: QWidget, wide: int = 600, high: int = 300) -> QWidget:
    qtbot.addWidget(widget)
    widget.resize(wide, high)
    with qtbot.waitActive(widget):
        widget.show()
        widget.activateWindow()
    return widget


def test_that_ok_and_neutral_are_quiet_and_the_rest_filled():
    quiet = {
        tone: PillSpec(tone, "Ord").is_quiet for tone in ("crit", "warn", "info", "ok", "neutral", "lock")
    }
    assert {tone for tone, is_quiet in quiet.items() if is_quiet} == {"ok", "neutral"}
    assert not PillSpec("ok", "Ord", quiet=False).is_quiet


def test_that_a_pill_says_its_word_and_has_room_for_it(qtbot):
    pill = Pill("crit", "Mangler opplysninger")
    shown(qtbot, pill)
    assert pill.text() == "Mangler opplysninger"
    assert pill.width() >= pill.fontMetrics().horizontalAdvance(pill.text()) + 16


def test_that_a_message_stays_until_it_is_replaced_or_closed(qtbot):
    area = MessageArea()
    shown(qtbot, area)
    undone = []
    first = area.show_undo("Oppgaven er lukket.", lambda: undone.append(1))
    assert area.isVisible()
    area.show_message("warn", "Vi er uten nett.")
    assert area.bar() is not first
    bar = area.show_undo("Oppgaven er lukket.", lambda: undone.append(1))
    qtbot.mouseClick(
        next(b for b in bar.findChildren(Button) if b.text() == "Angre"), Qt.MouseButton.LeftButton
    )
    assert undone == [1]
    assert area.bar() is None
    assert not area.isVisible()


def test_that_an_error_says_what_is_safe_and_offers_to_try_again(qtbot):
    area = MessageArea()
    shown(qtbot, area)
    tried = []
    error = UserError(
        "Vi fikk ikke hentet listen.", "Databasen svarer ikke.", "Ingenting er endret.", "Vent litt."
    )
    bar = area.show_error(error, lambda: tried.append(1))
    assert bar.text == "Vi fikk ikke hentet listen. Databasen svarer ikke. Ingenting er endret. Vent litt."
    assert [b.text() or b.accessibleName() for b in bar.findChildren(Button)] == [
        "Prøv igjen",
        "Lukk meldingen",
    ]


def test_that_an_action_may_leave_the_bar_open(qtbot):
    area = MessageArea()
    shown(qtbot, area)
    bar = area.show_message("info", "Se her.", (Action("Vis saken", lambda: None, closes=False),))
    bar.findChildren(Button)[0].click()
    assert area.bar() is bar


def test_that_facts_wrap_and_unknown_is_a_dash(qtbot):
    grid = FactGrid((("Bor nå", "et ord " * 60), ("Verge", "")))
    shown(qtbot, grid, 400)
    texts = [w.text() for w in grid.findChildren(type(label("")))]
    assert "–" in texts
    assert grid.heightForWidth(300) > grid.heightForWidth(900)


def test_that_numbers_are_spoken_with_their_words(qtbot):
    clicked = []
    button = KpiButton("warning", "warn", "innen to dager", lambda: clicked.append(1))
    shown(qtbot, button)
    button.set_number(3)
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert button.accessibleName() == "3 innen to dager"
    assert clicked == [1]
    full = button.sizeHint().height()
    button.set_compact(compact=True)
    assert (full, button.sizeHint().height()) == (72, 32)


def test_that_another_theme_leaves_the_chosen_segment_bold(qtbot, qapp):
    segments = SegmentedFilter("Eier", (("mine", "Mine"), ("team", "Teamet")))
    shown(qtbot, segments)
    segments.set_value("team")
    apply_theme(qapp, "dark")
    apply_theme(qapp, "light")
    weights = {key: button.font().weight() for key, button in segments._buttons.items()}
    assert weights["mine"] < weights["team"]


def test_that_segments_are_exclusive_and_arrow_keys_move(qtbot):
    segments = SegmentedFilter("Eier", (("mine", "Mine"), ("team", "Teamet")))
    shown(qtbot, segments)
    segments.set_counts({"mine": 9, "team": 31})
    with qtbot.waitSignal(segments.changed) as caught:
        qtbot.mouseClick(segments.findChildren(Button)[1], Qt.MouseButton.LeftButton)
    assert caught.args == ["team"]
    assert segments.value() == "team"
    assert segments.findChildren(Button)[1].text() == "Teamet  31"


def test_that_a_filter_becomes_a_chip_that_can_be_removed(qtbot):
    menu = FilterMenuButton("Frist", (("all", "Alle frister"), ("late", "Forfalt")))
    shown(qtbot, menu)
    heard = []
    menu.changed.connect(heard.append)
    menu.menu.actions()[1].trigger()
    assert menu.chip.isVisible()
    assert menu.chip.accessibleName() == "Fjern filteret Frist: Forfalt"
    menu.chip.click()
    assert (heard, menu.value(), menu.chip.isVisible()) == (["late", "all"], "all", False)


def test_that_search_waits_for_a_pause_and_not_for_enter_or_clear(qtbot):
    field = SearchField("Finn i listen", delay_ms=10)
    shown(qtbot, field)
    heard = []
    field.searched.connect(heard.append)
    qtbot.keyClicks(field, "hest")
    qtbot.waitUntil(lambda: heard == ["hest"])
    field.clear()
    qtbot.keyClicks(field, "ne")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert heard == ["hest", "", "ne"]


def nav() -> NavList:
    return NavList(
        (
            NavItem("day", "Min dag", "calendar_today"),
            NavItem("", "Styring"),
            NavItem("plan", "Plan", "table"),
        )
    )


def test_that_the_nav_skips_captions_and_speaks_its_counts(qtbot):
    views = nav()
    shown(qtbot, views)
    views.set_badge("day", "9")
    views.set_current("day")
    heard = []
    views.chosen.connect(heard.append)
    views.setFocus()
    qtbot.keyClick(views, Qt.Key.Key_Down)
    assert heard == ["plan"]
    assert views.item(0).data(Qt.ItemDataRole.AccessibleTextRole) == "Min dag, 9"


def test_that_the_rail_shows_names_in_tooltips(qtbot):
    views = nav()
    shown(qtbot, views)
    views.set_rail(rail=True)
    assert (views.width(), views.item(0).toolTip()) == (56, "Min dag")
    views.set_rail(rail=False)
    assert (views.width(), views.item(0).toolTip()) == (224, "")


def test_that_the_head_of_a_file_shows_three_flags_and_counts_the_rest(qtbot):
    head = IdentityBar()
    shown(qtbot, head, 1100)
    head.set_identity("Klok Hest", ("15.03.1988", "", "tolk: tigrinja"))
    head.set_flags([PillSpec("warn", word) for word in ("En", "To", "Tre", "Fire", "Fem")])
    assert head.facts.text() == "15.03.1988 · tolk: tigrinja"
    assert [p.text() for p in head.findChildren(Pill)] == ["En", "To", "Tre"]
    assert any(w.text() == "+2" and w.toolTip() == "Fire, Fem" for w in head.findChildren(type(label(""))))


def test_that_a_page_has_one_primary_button(qtbot):
    head = PageHeader("Saker", crumbs=(("Start", lambda: None), ("Saker", None)))
    shown(qtbot, head)
    head.set_primary("Ny søknad")
    head.add_secondary("Eksporter saker")
    again = head.set_primary("Ny sak")
    qtbot.wait(1)
    primaries = [b for b in head.findChildren(Button) if b.kind == "primary"]
    assert primaries == [again]


def test_that_the_connection_is_told_in_words(qtbot):
    line = StatusLine()
    qtbot.addWidget(line)
    line.set_saved("10:42")
    assert line.text() == "Tilkoblet · alt er lagret 10:42"
    line.set_offline("08:14", 3)
    assert (line.text(), line.spec.tone) == ("Uten nett siden 08:14 · 3 venter", "warn")


def test_that_loading_says_nothing_at_first_and_offers_to_cancel_at_last(qtbot):
    stopped = []
    parent = QWidget()
    qtbot.addWidget(parent)
    column = QVBoxLayout(parent)
    state = LoadingState(lambda: stopped.append(1))
    column.addWidget(state)
    parent.show()
    state.start("Henter 118 saker …")
    assert not state.isVisible()
    state._soon.timeout.emit()
    assert state.isVisible()
    assert not state.button.isVisible()
    state._long.timeout.emit()
    state.button.click()
    state.stop()
    assert stopped == [1]
    assert not state.isVisible()


def test_that_an_error_state_can_be_made_of_an_error(qtbot):
    tried = []
    state = ErrorState.of(UserError("Det gikk ikke.", "Nettet er nede."), lambda: tried.append(1))
    qtbot.addWidget(state)
    state.button.click()
    assert tried == [1]


def test_that_yes_no_and_unknown_are_three_answers(qtbot):
    field = TriStateField("Er det barn i husstanden?")
    shown(qtbot, field)
    assert field.value() is None
    heard = []
    field.changed.connect(lambda: heard.append(field.value()))
    yes = field.findChildren(Button)[0]
    assert yes.accessibleName() == "Er det barn i husstanden?: Ja"
    yes.setFocus()
    qtbot.keyClick(yes, Qt.Key.Key_Space)
    assert field.value() is True
    qtbot.keyClick(yes, Qt.Key.Key_Right)
    assert field.value() is False
    field.set_value(None)
    assert field.value() is None
    assert heard[0] is True


def test_that_a_date_is_tidied_when_the_field_is_left_and_a_wrong_one_explained(qtbot):
    section = FormSection("Om flyttingen")
    moved = section.add("moved", "&Flyttet inn", DateField(lambda: TODAY))
    section.add("name", "&Navn", QLineEdit())
    shown(qtbot, section)
    moved.field.setFocus()
    qtbot.keyClicks(moved.field, "241126")
    section.rows["name"].field.setFocus()
    assert moved.field.text() == "24.11.2026"
    assert moved.error() == ""
    moved.field.clear()
    moved.field.setFocus()
    qtbot.keyClicks(moved.field, "31.02.2026")
    section.rows["name"].field.setFocus()
    assert moved.error() == "Datoen finnes ikke. Skriv den som 24.11.2026."
    assert moved.field.text() == "31.02.2026"
    assert section.own_errors() == {"moved": moved.error()}


def test_that_money_is_whole_ore(qtbot):
    field = MoneyField()
    qtbot.addWidget(field)
    field.set_value(984050)
    assert field.text() == "9\u00a0840,50"
    field.setText("ti tusen")
    assert field.value() is None
    assert field.error().startswith("Skriv beløpet i kroner")


def test_that_errors_find_their_fields_and_the_first_gets_the_focus(qtbot):
    section = FormSection()
    for name in ("name", "street", "city"):
        section.add(name, f"&{name.title()}", QLineEdit())
    shown(qtbot, section)
    first = section.set_errors({"street": "Skriv gateadressen.", "city": "Skriv stedet."})
    assert first is section.rows["street"].field
    assert first.hasFocus()
    assert first.accessibleName() == "Street. Skriv gateadressen."
    assert section.set_errors({}) is None
    assert first.accessibleName() == "Street"


def test_that_the_access_key_goes_to_the_field(qtbot):
    line = FieldRow("&Navn", QLineEdit())
    qtbot.addWidget(line)
    assert line.label.buddy() is line.field
    assert line.field.accessibleName() == "Navn"


def png() -> bytes:
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice

    room = QByteArray()
    buffer = QBuffer(room)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture = QImage(300, 200, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.blue)
    picture.save(buffer, "PNG")
    return bytes(room.data())


def test_that_a_picture_is_shown_and_can_be_enlarged(qtbot):
    pane = PreviewPane()
    shown(qtbot, pane, 500, 400)
    pane.show_image(png())
    assert pane.where.text() == "Side 1 av 1"
    fitted = pane._sheet.width()
    pane.set_zoom(3.0)
    assert pane._sheet.width() == 900 > fitted
    pane.clear()
    assert pane.page_count() == 0


@pytest.mark.parametrize("show", ["show_pdf", "show_image"])
def test_that_a_broken_file_gives_a_calm_message(qtbot, show):
    pane = PreviewPane()
    shown(qtbot, pane, 500, 400)
    getattr(pane, show)(b"%PDF-1.4 not really")
    assert pane.page_count() == 0
    words = " ".join(w.text() for w in pane.findChildren(type(label(""))) if w.isVisible())
    assert "Vi fikk ikke vist filen." in words
