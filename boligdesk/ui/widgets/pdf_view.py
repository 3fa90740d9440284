"""A letter as it will look on paper, all its pages below one another, drawn off the window's thread.

The last pages stay while the next are drawn, so typing never waits and nothing blinks. F4 swaps to plain text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPixmap
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from boligdesk.services.errors import UserError
from boligdesk.ui.pdf_pages import pages_of_width
from boligdesk.ui.theme import SPACE_2, set_role

from .basics import Button, label, symbol_button, tidy
from .infobar import MessageArea
from .states import EmptyState

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QImage

    from boligdesk.ui.tasks import Tasks

ZOOMS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0)
#: A4 on a screen of 96 dots an inch.
NATURAL_WIDTH = 794
_FIT_MARGIN, _NARROWEST = 24, 240
_REDRAW_AFTER_MS = 150
Drawn = tuple[bytes, str]


class PdfView(QWidget):
    """``draw`` makes and shows a letter, ``show_pdf`` one that is made already."""

    def __init__(self, tasks: Tasks, name: str = "Forhåndsvisning") -> None:
        super().__init__()
        self._tasks, self._name = tasks, name
        self._pdf, self._text = b"", ""
        self._zoom: float | None = None
        self._wide = 0
        column = QVBoxLayout(self)
        tidy(column, SPACE_2)
        self.messages = MessageArea()
        column.addWidget(self.messages)
        self._stack = QStackedWidget()
        self._build_pages()
        self.words = QPlainTextEdit()
        self.words.setReadOnly(True)
        self.words.setAccessibleName(f"{name}, ren tekst")
        self._stack.addWidget(self.words)
        self._empty: QWidget = EmptyState("", icon="document")
        self._stack.addWidget(self._empty)
        column.addWidget(self._stack, 1)
        column.addWidget(self._toolbar())
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_REDRAW_AFTER_MS)
        self._later.timeout.connect(self._redraw)
        self.clear()

    def _build_pages(self) -> None:
        self.area = QScrollArea()
        set_role(self.area, "desk")
        self.area.setAccessibleName(self._name)
        self.area.setWidgetResizable(True)
        self.area.viewport().installEventFilter(self)
        self.area.verticalScrollBar().valueChanged.connect(lambda _value: self._say_page())
        desk = QWidget()
        set_role(desk, "scroll")
        self._column = QVBoxLayout(desk)
        self._column.setContentsMargins(SPACE_2, SPACE_2, SPACE_2, SPACE_2)
        self._column.setSpacing(SPACE_2)
        self._column.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.sheets: list[QLabel] = []
        self.area.setWidget(desk)
        self._stack.addWidget(self.area)

    def _toolbar(self) -> QWidget:
        self._bar = QWidget()
        line = QHBoxLayout(self._bar)
        tidy(line, 4)
        self.where = label("", "cap")
        line.addWidget(self.where)
        line.addStretch(1)
        line.addWidget(symbol_button("zoom_out", "Forminsk siden", lambda: self._step_zoom(-1)))
        line.addWidget(symbol_button("zoom_in", "Forstørr siden", lambda: self._step_zoom(1)))
        line.addWidget(Button("Tilpass bredden", lambda: self.set_zoom(None), icon="zoom_fit", kind="link"))
        return self._bar

    # --- what to show --------------------------------------------------------------------------------------

    def draw(self, make: Callable[[], Drawn], shown: Callable[[], object] | None = None) -> None:
        """Show what ``make`` returns, a PDF and its plain text; it runs in the lane of slow work.

        A newer call takes the place of an older one. ``shown`` is called when the pages are on the screen.
        """
        from boligdesk.ui.tasks import Lane

        pixels, ratio = self._pixels(), self.devicePixelRatioF()

        def work() -> tuple[Drawn, tuple[QImage, ...]]:
            made = make()
            return made, pages_of_width(made[0], pixels)

        def done(found: tuple[Drawn, tuple[QImage, ...]]) -> None:
            (self._pdf, self._text), images = found
            self.messages.clear()
            self._put(images, ratio)
            if self.words.toPlainText() != self._text:
                self.words.setPlainText(self._text)
            if shown is not None:
                shown()

        self._tasks.run(
            Lane.OTHER, lambda _progress, _cancelled: work(), done, self._failed, receiver=self, key="pages"
        )

    def show_pdf(self, pdf: bytes, text: str = "") -> None:
        self.draw(lambda: (pdf, text))

    def clear(self, sentence: str = "Det er ikke noe å vise her ennå.") -> None:
        """Nothing to show, and why."""
        self._pdf, self._text = b"", ""
        self._bar.hide()
        self._stack.removeWidget(self._empty)
        self._empty.deleteLater()
        self._empty = EmptyState(sentence, icon="document")
        self._stack.addWidget(self._empty)
        self._stack.setCurrentWidget(self._empty)

    @property
    def pdf(self) -> bytes:
        """What is shown now; empty = nothing."""
        return self._pdf

    @property
    def shows_text(self) -> bool:
        return self._stack.currentWidget() is self.words

    def toggle_text(self) -> None:
        """F4: the same letter as plain text, or the pages again."""
        if self._pdf:
            self._stack.setCurrentWidget(self.area if self.shows_text else self.words)
            self._bar.setVisible(not self.shows_text)

    def set_zoom(self, zoom: float | None) -> None:
        """1.0 is paper size; None fits the width."""
        self._zoom = zoom
        self._redraw()

    # --- drawing -------------------------------------------------------------------------------------------

    def _pixels(self) -> int:
        if self._stack.currentWidget() is self.area:
            room = self.area.viewport().width() - _FIT_MARGIN
        else:  # not laid out yet: it gets the place of what is shown instead
            room = self._stack.width() - self.area.verticalScrollBar().sizeHint().width() - _FIT_MARGIN
        self._wide = round(NATURAL_WIDTH * self._zoom) if self._zoom else max(room, _NARROWEST)
        return round(self._wide * self.devicePixelRatioF())

    def _redraw(self) -> None:
        if self._pdf:
            pdf, text = self._pdf, self._text
            self.draw(lambda: (pdf, text))

    def _put(self, images: tuple[QImage, ...], ratio: float) -> None:
        while len(self.sheets) < len(images):
            sheet = QLabel()
            set_role(sheet, "sheet")
            self.sheets.append(sheet)
            self._column.addWidget(sheet)
        for sheet in self.sheets[len(images) :]:
            sheet.hide()
            sheet.deleteLater()
        del self.sheets[len(images) :]
        for number, (sheet, image) in enumerate(zip(self.sheets, images, strict=True), 1):
            image.setDevicePixelRatio(ratio)
            sheet.setPixmap(QPixmap.fromImage(image))
            sheet.setFixedSize(image.deviceIndependentSize().toSize())
            sheet.setAccessibleName(f"{self._name}, side {number} av {len(images)}")
        if self._stack.currentWidget() is self._empty:
            self._stack.setCurrentWidget(self.area)
        self._bar.setVisible(not self.shows_text)
        self._say_page()

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, UserError):
            self.messages.show_error(error)  # the last good pages stay below
        else:
            self._tasks.bug.emit(error)

    def _say_page(self) -> None:
        if self.sheets:
            self.where.setText(f"Side {self._page() + 1} av {len(self.sheets)}")

    def _page(self) -> int:
        """The page at the top of what is seen."""
        middle = self.area.verticalScrollBar().value() + self.area.viewport().height() // 2
        above = [number for number, sheet in enumerate(self.sheets) if sheet.y() <= middle]
        return above[-1] if above else 0

    def go_to(self, page: int) -> None:
        """The top of a page, counted from 0; outside the letter nothing happens."""
        if 0 <= page < len(self.sheets):
            self.area.verticalScrollBar().setValue(max(self.sheets[page].y() - SPACE_2, 0))

    def _step_zoom(self, step: int) -> None:
        now = self._zoom or self._wide / NATURAL_WIDTH
        larger = [zoom for zoom in ZOOMS if zoom > now + 0.01]
        smaller = [zoom for zoom in ZOOMS if zoom < now - 0.01]
        self.set_zoom((larger or [ZOOMS[-1]])[0] if step > 0 else (smaller or [ZOOMS[0]])[-1])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
        if event.key() in steps and not self.shows_text:
            self.go_to(self._page() + steps[Qt.Key(event.key())])
            return
        super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self._zoom is None and self._pdf:
            self._later.start()
        return super().eventFilter(watched, event)
