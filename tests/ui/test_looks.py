"""How the window looked is known before anybody has signed in, and a damaged file is no fault."""

from __future__ import annotations

import json

from boligdesk.ui.looks import Look, Looks
from boligdesk.ui.main_window import MainWindow
from boligdesk.ui.shell.idle import IdleWatch
from boligdesk.ui.tasks import Tasks
from tests.ui.harness import desk_window, office, office_path, office_template, open_desk, opened, settle

__all__ = ["desk_window", "office", "office_path", "office_template", "open_desk", "opened"]


def test_that_the_look_is_kept_and_read_again(tmp_path):
    path = tmp_path / "mappe" / "vindu.json"
    Looks(path).keep(theme="dark")
    again = Looks(path)
    again.keep(density="kompakt", place="abc")
    assert Looks(path).look == Look("dark", "kompakt", "abc")
    assert set(json.loads(path.read_text(encoding="utf-8"))) == {"theme", "density", "place"}


def test_that_a_damaged_file_says_nothing(tmp_path):
    path = tmp_path / "vindu.json"
    for content in (b"", b"{", b"[]", b'{"theme": 3}', b"\xff\xfe", b"x" * 20_000):
        path.write_bytes(content)
        assert Looks(path).look == Look()


def test_that_the_first_frame_has_the_size_it_had(qtbot, tmp_path, open_desk):
    looks = Looks(tmp_path / "vindu.json")
    window = MainWindow(Tasks(immediate=True), looks)
    window.resize(960, 600)  # the screenless platform has a small screen
    window.show()
    window.enter(open_desk, {})
    settle()
    window.parts.choose_density("kompakt")
    window.close()
    window.deleteLater()
    again = MainWindow(Tasks(immediate=True), Looks(tmp_path / "vindu.json"))
    assert (again.width(), again.height()) == (960, 600)
    assert again.looks.look.density == "kompakt"
    again.close()
    again.deleteLater()
    settle()


def test_that_touching_the_keyboard_or_the_mouse_counts_anew(desk_window, qtbot):
    watch = IdleWatch()
    watch._watch(desk_window.windowHandle())
    watch.set_minutes(1)
    touched = []
    watch.touch = lambda: touched.append(1)
    qtbot.mouseMove(desk_window)
    qtbot.keyClick(desk_window.windowHandle(), "a")
    assert touched
    watch.pause()
    assert not watch.timer.isActive()
