"""Drafts, documents, next steps, and two who work on the same: nothing that was written is lost."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest

from boligdesk.dev.practice.papers import paper
from boligdesk.ui.main_window import MainWindow
from boligdesk.ui.pages.konflikt.page import KonfliktPage
from boligdesk.ui.tasks import Tasks
from tests.journeys.clerk import CTRL, SHIFT, Clerk
from tests.ui.harness import case_id, person_id, settle


def test_that_a_note_that_was_begun_is_offered_after_the_program_stopped(
    clerk, desk_window, office, open_desk, qtbot
):
    case = case_id(office, "Hest")
    clerk.goes("sak", subject=case)
    notes = clerk.page._tab("oversikt").notes
    notes.text.setFocus()
    clerk.writes("Søkeren ringte og fortalte at")
    clerk.page.leave()  # what the pause in the typing, another field or another page does
    again = MainWindow(Tasks(immediate=True))  # the window before was never closed
    again.resize(1440, 900)
    again.show()
    again.enter(open_desk, {})
    settle()
    after = Clerk(again)
    after.goes("sak", subject=case)
    assert after.sees("Vi fant en kladd")
    after.clicks("Fortsett")
    assert after.page._tab("oversikt").notes.text.toPlainText() == "Søkeren ringte og fortalte at"
    again.close()
    again.deleteLater()
    settle()


def test_that_documents_that_are_dropped_on_a_case_lie_in_it(clerk, office, tmp_path):
    case = case_id(office, "Nepe")
    clerk.goes("sak", subject=case, tab="dokumenter")
    files = []
    for name in ("soknad.pdf", "vedlegg.pdf"):
        path = tmp_path / name
        path.write_bytes(paper(name, dt.date(2026, 11, 20)))
        files.append(QUrl.fromLocalFile(str(path)))
    data = QMimeData()
    data.setUrls(files)
    tab = clerk.page._tab("dokumenter")
    tab.dropEvent(
        QDropEvent(
            QPointF(5, 5),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    settle()
    clerk.clicks("Lagre 2 dokumenter i saken")
    assert len(office.cases.reread(case).documents) == 2


def test_that_the_next_step_of_a_visit_is_a_task_that_is_done_and_taken_back(clerk, office):
    clerk.goes("nytt_besok", subject=person_id(office, "Bie"))
    form = clerk.page.form
    form.next_step.setText("Ring om strømavtalen")
    form.next_on.set_value(dt.date(2026, 11, 26))
    clerk.presses(Qt.Key.Key_Return, CTRL)
    clerk.goes("min_dag")
    clerk.page.refresh()
    settle()
    assert clerk.sees("Neste steg i boveiledningen")
    row = next(row for _n, row in clerk.page.rows.held_rows() if row.person_id == person_id(office, "Bie"))
    clerk.page.table.select_id(row.id)
    settle(400)
    clerk.page.acts.finish()
    settle()
    assert not any(held.id == row.id for _n, held in clerk.page.rows.held_rows())
    clerk.presses(Qt.Key.Key_Z, CTRL)
    assert any(held.id == row.id for _n, held in clerk.page.rows.held_rows())


def test_that_two_on_one_case_choose_instead_of_overwriting(clerk, office, colleague):
    case = case_id(office, "Hest")
    clerk.goes("sak", subject=case)
    version = office.cases.reread(case).version
    colleague.cases.set_waiting(case, version, "soker")
    clerk.window.save(
        lambda: office.cases.set_phase(case, version, "kontroll"),
        owner=clerk.page,
        said="Saken er ført videre.",
    )
    settle()
    assert isinstance(clerk.page, KonfliktPage)
    assert clerk.sees("Jonas H.")
    after = office.cases.reread(case)
    assert (after.phase, after.waiting_on) == ("mottatt", "soker")


def test_that_two_on_one_person_see_both_texts(clerk, office, colleague):
    person = person_id(office, "Hest")
    mine = office.people.detail(person).draft
    colleague.people.change(replace(mine, remark="Ring etter kl. 12"))
    clerk.window.save(
        lambda: office.people.change(replace(mine, remark="Ring før kl. 10")),
        owner=clerk.page,
        said="Lagret.",
    )
    settle()
    assert clerk.sees("Ring etter kl. 12")
    assert clerk.sees("Ring før kl. 10")
    QTest.keyClick(clerk.window, Qt.Key.Key_Escape)
    settle()
    assert office.people.detail(person).draft.remark == "Ring etter kl. 12"


def test_that_a_quick_note_lands_on_the_person_in_focus(clerk, office):
    person = person_id(office, "Bie")
    clerk.goes("person", subject=person)
    clerk.presses(Qt.Key.Key_N, CTRL | SHIFT)
    clerk.writes("Ringte om nøkler")
    clerk.presses(Qt.Key.Key_Return, CTRL)
    assert clerk.window.messages.bar() is not None
