"""Background work and the messages about it."""

from __future__ import annotations

import threading

import pytest
import shiboken6
from PySide6.QtCore import QObject, QThread
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from boligdesk.services.errors import UserError
from boligdesk.ui.messages import BugDialog, ConfirmDialog, report_bug
from boligdesk.ui.tasks import Lane, ProgressDialog, Tasks


def test_that_work_runs_in_its_lane_and_its_result_comes_back_to_the_window(threaded_tasks, qtbot):
    seen = {}

    def work(_progress, _cancelled):
        return threading.current_thread().name

    for lane in Lane:
        threaded_tasks.run(
            lane, work, lambda name, lane=lane: seen.update({lane: (name, QThread.currentThread())})
        )
    qtbot.waitUntil(lambda: len(seen) == 2)
    window_thread = QGuiApplication.instance().thread()
    assert [name for name, _thread in seen.values()] == ["boligdesk-database_0", "boligdesk-other_0"]
    assert all(thread is window_thread for _name, thread in seen.values())


def test_that_the_database_lane_is_always_one_and_the_same_thread(threaded_tasks, qtbot):
    names = []
    for _ in range(5):
        threaded_tasks.run(Lane.DATABASE, lambda _p, _c: threading.get_ident(), names.append)
    qtbot.waitUntil(lambda: len(names) == 5)
    assert len(set(names)) == 1
    assert not threaded_tasks.busy()


def test_that_an_immediate_runner_answers_at_once(tasks):
    got = []
    tasks.run(Lane.DATABASE, lambda _p, _c: 42, got.append)
    assert got == [42]


def test_that_a_result_for_a_widget_that_is_gone_is_dropped(threaded_tasks, qtbot):
    gate, got = threading.Event(), []
    receiver = QWidget()
    threaded_tasks.run(Lane.OTHER, lambda _p, _c: gate.wait(5), got.append, receiver=receiver)
    shiboken6.delete(receiver)
    with qtbot.waitSignal(threaded_tasks.idle):
        gate.set()
    assert got == []


def test_that_a_newer_request_makes_the_older_one_obsolete(threaded_tasks, qtbot):
    gate, got, receiver = threading.Event(), [], QObject()
    for text in ("h", "he", "hest"):
        threaded_tasks.run(
            Lane.DATABASE,
            lambda _p, _c, text=text: gate.wait(5) and text,
            got.append,
            receiver=receiver,
            key="search",
        )
    with qtbot.waitSignal(threaded_tasks.idle):
        gate.set()
    assert got == ["hest"]


def test_that_cancelled_work_is_told_so_and_its_result_dropped(threaded_tasks, qtbot):
    started, got, saw = threading.Event(), [], []

    def work(_progress, cancelled):
        started.set()
        while not cancelled():
            threading.Event().wait(0.005)
        saw.append(cancelled())

    job = threaded_tasks.run(Lane.OTHER, work, got.append)
    assert started.wait(5)
    with qtbot.waitSignal(threaded_tasks.idle):
        job.cancel()
    assert (saw, got) == ([True], [])


def fail(error):
    def work(_progress, _cancelled):
        raise error

    return work


def test_that_an_error_for_people_goes_to_the_page_or_to_the_window(tasks):
    error, taken, heard = UserError("Det gikk ikke."), [], []
    tasks.user_error.connect(heard.append)
    tasks.run(Lane.OTHER, fail(error), failed=taken.append)
    tasks.run(Lane.OTHER, fail(error))
    assert (taken, heard) == ([error], [error])


def test_that_any_other_exception_is_a_bug(tasks):
    heard = []
    tasks.bug.connect(heard.append)
    tasks.run(Lane.OTHER, fail(KeyError("fodselsnummer")))
    assert isinstance(heard[0], KeyError)


def test_that_changes_reach_every_page(tasks):
    heard = []
    tasks.changed.connect(heard.append)
    tasks.publish(frozenset({"case"}))
    assert heard == [frozenset({"case"})]


def test_that_shutdown_ends_the_threads_and_drops_what_has_not_begun(qapp):
    made, got, gate = Tasks(), [], threading.Event()
    made.run(Lane.DATABASE, lambda _p, c: gate.wait(5) and c(), got.append)
    waiting = made.run(Lane.DATABASE, lambda _p, _c: 1, got.append)
    gate.set()
    made.shutdown()
    qapp.sendPostedEvents()
    assert waiting.future.done()
    assert got == []
    assert not [t for t in threading.enumerate() if t.name.startswith("boligdesk-")]


def test_that_long_work_shows_its_progress_and_can_be_stopped(threaded_tasks, qtbot):
    gate, told = threading.Event(), []

    def work(progress, cancelled):
        progress(3, 10)
        gate.wait(5)
        told.append(cancelled())

    parent = QWidget()
    qtbot.addWidget(parent)
    job = threaded_tasks.run(Lane.OTHER, work, receiver=parent, title="Leser filen …")
    threaded_tasks._open_dialog(job)
    dialog = parent.findChild(ProgressDialog)
    assert dialog.isVisible()
    qtbot.waitUntil(lambda: dialog.bar.value() == 3 or dialog.bar.maximum() == 0)
    dialog.button.click()
    with qtbot.waitSignal(threaded_tasks.idle):
        gate.set()
    assert told == [True]
    assert not dialog.isVisible()


def test_that_short_work_shows_no_progress(tasks, qtbot):
    job = tasks.run(Lane.OTHER, lambda _p, _c: 1, title="Leser filen …")
    tasks._open_dialog(job)
    assert tasks._dialogs == {}


def test_that_a_bug_report_holds_places_and_no_words_from_the_data(caplog):
    def inner():
        raise KeyError("01885012345")

    def outer():
        try:
            inner()
        except KeyError as error:
            raise ValueError("Klok Hest") from error

    with pytest.raises(ValueError, match="Hest") as caught:
        outer()
    report = report_bug(caught.value, lambda: "A1B2C3")
    assert report.number == "A1B2C3"
    assert "KeyError" in report.details
    assert "inner" in report.details
    for secret in ("01885012345", "Hest"):
        assert secret not in report.details
        assert secret not in caplog.text
    assert "A1B2C3" in caplog.text


def test_that_the_details_of_a_bug_can_be_copied(qtbot, caplog):
    dialog = BugDialog(report_bug(RuntimeError("x"), lambda: "77"))
    qtbot.addWidget(dialog)
    dialog.copy.click()
    assert QGuiApplication.clipboard().text() == dialog.report.details
    assert "Boligdesk" in dialog.report.details


def test_that_confirming_starts_on_the_safe_button(qtbot):
    dialog = ConfirmDialog(
        "Send vedtaket?", (("Til", "Klok Hest"),), "Etter dette kan brevet ikke endres.", "Send vedtaket"
    )
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()
    assert dialog.back.hasFocus()
    assert not dialog.act.isDefault()
    assert not dialog.act.autoDefault()
    dialog.act.click()
    assert dialog.result() == ConfirmDialog.DialogCode.Accepted


def test_that_nothing_is_begun_after_the_end(qapp):
    made, got = Tasks(), []
    made.shutdown()
    job = made.run(
        Lane.DATABASE, lambda _p, _c: 42, got.append, got.append
    )  # a timer of a page that is going
    assert job.is_over
    assert not made.busy()
    assert got == []
