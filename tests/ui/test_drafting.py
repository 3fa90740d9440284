"""Nothing typed is lost: not by leaving, not by a crash."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from boligdesk.storage.location import file_location
from boligdesk.storage.opening import open_store
from boligdesk.ui.drafting import SAVE_AFTER_MS, DraftKeeper
from boligdesk.ui.widgets import Button
from tests.ui.harness import (
    desk_window,
    office,
    office_path,
    office_template,
    open_desk,
    opened,
    person_id,
    services_of,
    settle,
)

__all__ = ["desk_window", "office", "office_path", "office_template", "open_desk", "opened"]


class Form(QWidget):
    """A long text with its drafts."""

    def __init__(self, window, subject):
        super().__init__(window)
        column = QVBoxLayout(self)
        self.text = QPlainTextEdit()
        self.text.setAccessibleName("Tekst")
        self.drafts = DraftKeeper(
            window, {"facts_text": self.text}, "person", subject, "notat", "Klok Hest", parent=self
        )
        for widget in (self.drafts.offer, self.text, self.drafts.status):
            column.addWidget(widget)


@pytest.fixture
def form(desk_window, office):
    made = Form(desk_window, person_id(office, "Hest"))
    made.show()
    settle()
    yield made
    made.deleteLater()
    settle()


def stored(office):
    return [draft.body for draft in office.drafts.all()]


def test_that_a_draft_is_saved_a_moment_after_the_last_key(qtbot, form, office):
    QTest.keyClicks(form.text, "Ringte")
    assert stored(office) == []
    assert form.drafts._timer.interval() == SAVE_AFTER_MS == 1500
    qtbot.waitUntil(lambda: stored(office) == [{"facts_text": "Ringte"}])
    assert form.drafts.status.text().startswith("Kladd lagret ")


def test_that_leaving_the_field_or_the_page_saves_at_once(form, office):
    form.text.setPlainText("Møtte opp")
    form.drafts.keep()
    settle()
    assert stored(office) == [{"facts_text": "Møtte opp"}]


def test_that_a_draft_is_offered_and_taken(form, office):
    form.text.setPlainText("Halvferdig")
    form.drafts.keep()
    form.text.setPlainText("")
    form.drafts._kept = {"facts_text": ""}
    form.drafts.look()
    settle()
    bar = form.drafts.offer.bar()
    assert bar.text.startswith("Vi fant en kladd fra ")
    assert bar.text.endswith(" på Klok Hest.")
    buttons = {button.text(): button for button in bar.findChildren(Button)}
    buttons["Fortsett på kladden"].click()
    assert form.text.toPlainText() == "Halvferdig"


def test_that_a_draft_is_gone_when_it_is_discarded_or_the_text_is_saved(form, office):
    form.text.setPlainText("Bort")
    form.drafts.keep()
    form.drafts.done()
    settle()
    assert stored(office) == []
    form.text.setPlainText("Også bort")
    form.drafts.keep()
    form.drafts._drop()
    settle()
    assert stored(office) == []


def test_that_an_answer_about_another_subject_is_not_shown(form, office):
    form.text.setPlainText("Om Hest")
    form.drafts.keep()
    form.text.setPlainText("")
    form.drafts.aim("person", person_id(office, "Nepe"), "Blid Nepe")
    form.drafts.look()
    settle()
    assert form.drafts.offer.bar() is None


@pytest.mark.skipif(os.name == "nt", reason="there is no kill -9")
def test_that_a_draft_survives_kill_9_and_is_offered_again(qtbot, office_path):
    program = textwrap.dedent(
        """
        import sys
        from PySide6.QtTest import QTest
        from PySide6.QtWidgets import QApplication
        from boligdesk.app import StoreOpener
        from boligdesk.ui.main_window import MainWindow
        from boligdesk.ui.start import make_app
        app = make_app("light")
        window = MainWindow()
        window.show()
        desk = StoreOpener().open(sys.argv[1], "")
        window.enter(desk, {})
        person = desk.services.search.find("Hest").people[0].id
        window.parts._note("Klok Hest", person, None)
        note = QApplication.activeModalWidget()
        note.text.setFocus()
        QTest.keyClicks(note.text, "Skrevet rett foer stroemmen gikk")
        while not note.drafts.status.text():
            QTest.qWait(20)
        print("saved", flush=True)
        QTest.qWait(60000)
        """
    )
    done = subprocess.Popen(
        [sys.executable, "-c", program, str(office_path)], stdout=subprocess.PIPE, text=True
    )
    assert done.stdout.readline() == "saved\n"
    done.send_signal(signal.SIGKILL)
    done.wait()
    done.stdout.close()
    opened_again = open_store(file_location(office_path), passphrase=lambda: "", keystore=lambda: None)
    from boligdesk.app import Desk, open_for_window
    from boligdesk.ui.main_window import MainWindow
    from boligdesk.ui.tasks import Tasks

    services = services_of(opened_again, "ingrid")
    window = MainWindow(Tasks(immediate=True))
    qtbot.addWidget(window)
    window.show()
    window.enter(open_for_window(Desk(opened_again, services)), {})
    window.parts._note("Klok Hest", person_id(services, "Hest"), None)
    settle()
    from PySide6.QtWidgets import QApplication

    note = QApplication.activeModalWidget()
    assert "Vi fant en kladd" in note.drafts.offer.bar().text
    next(b for b in note.findChildren(Button) if b.text() == "Fortsett på kladden").click()
    assert note.text.toPlainText() == "Skrevet rett foer stroemmen gikk"
    note.reject()
    settle()
    window.close()
    settle()
