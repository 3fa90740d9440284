"""Nothing typed can be lost: a text that is not finished is kept as a draft and offered again (ui.md 3.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar
from zoneinfo import ZoneInfo

import shiboken6
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from boligdesk.services.errors import UserError
from boligdesk.services.records.common import Draft
from boligdesk.ui.tasks import Lane
from boligdesk.ui.widgets import Action, MessageArea, announce, label

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping
    from uuid import UUID

    from boligdesk.ui.page import Window

T = TypeVar("T")
OSLO = ZoneInfo("Europe/Oslo")
#: Saved this long after the last key.
SAVE_AFTER_MS = 1500
TextField = QLineEdit | QPlainTextEdit | QTextEdit


class DraftKeeper(QObject):
    """Keeps the texts of one form. The page shows ``offer`` above its fields and ``status`` below them.

    ``look()`` when the form opens; ``keep()`` in ``leave()``; ``done()`` when the text is saved for good;
    ``aim()`` when the same fields are about something else.
    """

    def __init__(
        self,
        window: Window,
        fields: Mapping[str, TextField],
        subject_kind: str,
        subject_id: UUID | None,
        field: str,
        about: str = "",
        *,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._fields = dict(fields)
        self._kind, self._id, self._field, self._about = subject_kind, subject_id, field, about
        self._kept: dict[str, str] = {}
        self._generation = 0
        self.offer = MessageArea()
        self.status = label("", "cap")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SAVE_AFTER_MS)
        self._timer.timeout.connect(self.keep)
        for widget in self._fields.values():
            widget.textChanged.connect(self._typed)
            widget.installEventFilter(self)
        self._kept = self.texts()

    def texts(self) -> dict[str, str]:
        """What stands in the fields now."""
        return {
            name: widget.text() if isinstance(widget, QLineEdit) else widget.toPlainText()
            for name, widget in self._fields.items()
        }

    def aim(self, subject_kind: str, subject_id: UUID | None, about: str = "") -> None:
        """The same fields, another subject. Call it after filling the fields, then ``look``."""
        self._timer.stop()
        self._kind, self._id, self._about = subject_kind, subject_id, about
        self._generation += 1
        self._kept = self.texts()
        self.status.setText("")
        self.offer.clear()

    def look(self) -> None:
        """Find a draft from before and offer it."""
        drafts, key = self._window.services.drafts, (self._kind, self._id, self._field)
        generation = self._generation

        def found(draft: Draft | None) -> None:
            if draft is not None and generation == self._generation and self._is_news(draft):
                self._offer(draft)

        self._window.query(lambda: drafts.load(*key), found, owner=self)

    def keep(self) -> None:
        """Save the draft now, if anything was typed since it was saved last."""
        self._timer.stop()
        if not all(shiboken6.isValid(widget) for widget in self._fields.values()):
            return  # the form is being torn down; what was typed was saved when it was left
        texts = self.texts()
        if texts == self._kept:
            return
        self._kept = texts
        draft = Draft(self._kind, self._id, self._field, texts, subject_label=self._about)
        drafts, generation = self._window.services.drafts, self._generation

        def saved(at: dt.datetime) -> None:
            if generation == self._generation:
                self._say_saved(at)

        self._run(lambda: drafts.save(draft), saved)

    def done(self) -> None:
        """The text is saved for good: the draft is thrown away."""
        self._timer.stop()
        self._generation += 1
        self._kept = self.texts()
        self.status.setText("")
        self.offer.clear()
        drafts, key = self._window.services.drafts, (self._kind, self._id, self._field)
        self._run(lambda: drafts.discard(*key), lambda _nothing: None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self.keep()
        return super().eventFilter(watched, event)

    def _typed(self) -> None:
        if self.texts() != self._kept:
            self._timer.start()

    def _run(self, work: Callable[[], T], then: Callable[[T], None]) -> None:
        def failed(error: BaseException) -> None:
            self._kept = {}
            tasks = self._window.tasks
            (tasks.user_error if isinstance(error, UserError) else tasks.bug).emit(error)

        self._window.tasks.run(
            Lane.DATABASE, lambda _progress, _cancelled: work(), then, failed, receiver=self
        )

    def _is_news(self, draft: Draft) -> bool:
        now = self.texts()
        return any(text != now.get(name, "") for name, text in draft.body.items())

    def _offer(self, draft: Draft) -> None:
        clock = f" fra {draft.saved_at.astimezone(OSLO):%H:%M}" if draft.saved_at else ""
        what = f" på {draft.subject_label}" if draft.subject_label else ""
        self.offer.show_message(
            "info",
            f"Vi fant en kladd{clock}{what}.",
            (Action("Fortsett på kladden", lambda: self._take(draft)), Action("Forkast kladden", self._drop)),
        )

    def _take(self, draft: Draft) -> None:
        for name, text in draft.body.items():
            widget = self._fields.get(name)
            if isinstance(widget, QLineEdit):
                widget.setText(text)
            elif widget is not None:
                widget.setPlainText(text)
        self._kept = self.texts()
        next(iter(self._fields.values())).setFocus()

    def _drop(self) -> None:
        drafts, key = self._window.services.drafts, (self._kind, self._id, self._field)
        self._run(lambda: drafts.discard(*key), lambda _nothing: None)

    def _say_saved(self, at: dt.datetime) -> None:
        text = f"Kladd lagret {at.astimezone(OSLO):%H:%M}"
        if text != self.status.text():
            self.status.setText(text)
            announce(self.status, text)
