"""Pages of a PDF, or a picture: one page at a time, fitted to the width or enlarged."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QImage, QKeyEvent, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from boligdesk.ui.pdf_pages import LOCK, image_of
from boligdesk.ui.theme import set_role

from .basics import Button, label, symbol_button, tidy
from .states import EmptyState, ErrorState

ZOOM_STEPS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0)
_POINTS_TO_PIXELS = 96 / 72


class PreviewPane(QWidget):
    """Shows bytes that are in memory; never writes a file. Letters and scans stay white in every theme."""

    def __init__(self, name: str = "Forhåndsvisning") -> None:
        super().__init__()
        self._name = name
        self._document: Any = None
        self._picture = QImage()
        self._page, self._pages = 0, 0
        self._zoom: float | None = None
        column = QVBoxLayout(self)
        tidy(column, 6)
        column.addWidget(self._toolbar())
        self._stack = QStackedWidget()
        self._area = QScrollArea()
        self._area.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._area.setAccessibleName(name)
        self._area.viewport().installEventFilter(self)
        self._sheet = QLabel()
        set_role(self._sheet, "sheet")
        set_role(self._area, "desk")
        self._area.setWidget(self._sheet)
        self._stack.addWidget(self._area)
        self._other: QWidget = EmptyState("Det er ikke noe å vise her ennå.", icon="document")
        self._stack.addWidget(self._other)
        column.addWidget(self._stack, 1)
        self.clear()

    def _toolbar(self) -> QWidget:
        self._bar = QFrame()
        set_role(self._bar, "plain")
        line = QHBoxLayout(self._bar)
        tidy(line, 4)
        self.back = symbol_button("chevron_left", "Forrige side", lambda: self.go_to(self._page - 1))
        self.forward = symbol_button("chevron_right", "Neste side", lambda: self.go_to(self._page + 1))
        self.where = label("", "sub")
        line.addWidget(self.back)
        line.addWidget(self.where)
        line.addWidget(self.forward)
        line.addStretch(1)
        line.addWidget(symbol_button("zoom_out", "Forminsk siden", lambda: self._step_zoom(-1)))
        line.addWidget(symbol_button("zoom_in", "Forstørr siden", lambda: self._step_zoom(1)))
        line.addWidget(Button("Tilpass bredden", lambda: self.set_zoom(None), icon="zoom_fit", kind="link"))
        return self._bar

    def show_pdf(self, data: bytes) -> None:
        """Show a PDF. One that cannot be read gives a calm message instead."""
        import pypdfium2 as pdfium

        self._close()
        try:
            with LOCK:
                self._document = pdfium.PdfDocument(data)
                self._pages = len(self._document)
        except pdfium.PdfiumError:
            self._document = None
            self.show_broken()
            return
        self._begin()

    def show_image(self, data: bytes) -> None:
        """Show a picture (PNG, JPEG ...). One that cannot be read gives a calm message instead."""
        self._close()
        self._picture = QImage.fromData(data)
        if self._picture.isNull():
            self.show_broken()
            return
        self._pages = 1
        self._begin()

    def show_broken(self) -> None:
        self._put_other(
            ErrorState(
                "Vi fikk ikke vist filen.",
                "Den er skadet, eller den er av en type vi ikke kan vise.",
                "Filen er ikke endret.",
                "Be om å få den på nytt, eller åpne den i et annet program.",
            )
        )

    def clear(self, sentence: str = "Det er ikke noe å vise her ennå.") -> None:
        self._close()
        self._put_other(EmptyState(sentence, icon="document"))

    def page_count(self) -> int:
        return self._pages

    def go_to(self, page: int) -> None:
        """Show page number ``page``, counted from 0; outside the document nothing happens."""
        if 0 <= page < self._pages:
            self._page = page
            self._render()
            self._area.verticalScrollBar().setValue(0)

    def set_zoom(self, zoom: float | None) -> None:
        """1.0 is paper size on a 96 dpi screen; None fits the width."""
        self._zoom = zoom
        self._render()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
        if event.key() in steps:
            self.go_to(self._page + steps[Qt.Key(event.key())])
            return
        super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self._zoom is None:
            self._render()
        return super().eventFilter(watched, event)

    def _begin(self) -> None:
        self._page = 0
        self._bar.show()
        self._stack.setCurrentWidget(self._area)
        self._render()

    def _step_zoom(self, step: int) -> None:
        now = self._zoom or self._fit() / max(self._natural_width(), 1)
        if step > 0:
            self.set_zoom(next((z for z in ZOOM_STEPS if z > now + 0.01), ZOOM_STEPS[-1]))
        else:
            self.set_zoom(next((z for z in reversed(ZOOM_STEPS) if z < now - 0.01), ZOOM_STEPS[0]))

    def _fit(self) -> float:
        return max(self._area.viewport().width() - 24, 120)

    def _natural_width(self) -> float:
        if self._document is not None:
            with LOCK:
                return float(self._document[self._page].get_width()) * _POINTS_TO_PIXELS
        return float(self._picture.width())

    def _render(self) -> None:
        if not self._pages:
            return
        ratio = self.devicePixelRatioF()
        wide = self._natural_width() * self._zoom if self._zoom else self._fit()
        image = self._page_image(wide * ratio) if self._document is not None else self._picture
        scaled = image.scaledToWidth(round(wide * ratio), Qt.TransformationMode.SmoothTransformation)
        scaled.setDevicePixelRatio(ratio)
        self._sheet.setPixmap(QPixmap.fromImage(scaled))
        self._sheet.adjustSize()
        place = f"Side {self._page + 1} av {self._pages}"
        self.where.setText(place)
        self._sheet.setAccessibleName(f"{self._name}, {place.lower()}")
        self.back.setEnabled(self._page > 0)
        self.forward.setEnabled(self._page + 1 < self._pages)

    def _page_image(self, pixels: float) -> QImage:
        with LOCK:
            page = self._document[self._page]
            return image_of(page, pixels / float(page.get_width()))

    def _put_other(self, widget: QWidget) -> None:
        self._bar.hide()
        self._stack.removeWidget(self._other)
        self._other.deleteLater()
        self._other = widget
        self._stack.addWidget(widget)
        self._stack.setCurrentWidget(widget)

    def _close(self) -> None:
        if self._document is not None:
            with LOCK:
                self._document.close()
        self._document = None
        self._picture = QImage()
        self._page, self._pages = 0, 0
