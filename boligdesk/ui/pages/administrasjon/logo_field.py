"""The logo of the letterhead: the picture, and buttons that choose another or take it away."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt, Signal
from PySide6.QtGui import QImage, QImageWriter, QPixmap
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QWidget

from boligdesk.services.letterhead import MOST_LOGO
from boligdesk.ui.theme import SPACE_2, set_role
from boligdesk.ui.widgets import Button, label, tidy

FILE_FILTER = "Bilder (*.png *.jpg *.jpeg)"
_SHOWN_HIGH, _SHOWN_WIDE = 44, 110
#: Wide enough for print at the size it has in a letter.
_WIDEST = 800
_MOST_FILE = 20_000_000
_STARTS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")


class LogoField(QWidget):
    """``changed`` when the user chose or removed a picture; ``refused`` carries what was wrong with a file."""

    changed = Signal()
    refused = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._picture = b""
        line = QHBoxLayout(self)
        tidy(line, SPACE_2)
        self.shown = QLabel()
        self.shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        set_role(self.shown, "sheet")
        self.none = label("Ingen logo", "sub")
        self.choose = Button("Velg logo …", self.ask, icon="image")
        self.remove = Button("Fjern logoen", self._remove, kind="link")
        for widget in (self.shown, self.none, self.choose, self.remove):
            line.addWidget(widget)
        line.addStretch(1)
        self.setFocusProxy(self.choose)
        self.set_value(b"")

    def value(self) -> bytes:
        return self._picture

    def set_value(self, picture: bytes) -> None:
        self._picture = picture
        image = QImage.fromData(picture) if picture else QImage()
        self.none.setVisible(image.isNull())
        self.shown.setVisible(not image.isNull())
        self.remove.setVisible(bool(picture))
        self.choose.setText("Bytt logo …" if picture else "Velg logo …")
        if image.isNull():
            return
        ratio = self.devicePixelRatioF()
        small = image.scaled(
            round(_SHOWN_WIDE * ratio),
            round(_SHOWN_HIGH * ratio),
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        small.setDevicePixelRatio(ratio)
        self.shown.setPixmap(QPixmap.fromImage(small))
        self.shown.setAccessibleName("Logoen som er valgt")

    def ask(self) -> None:
        path, _kind = QFileDialog.getOpenFileName(self, "Velg logo", "", FILE_FILTER)
        if path:
            self.take(Path(path))

    def take(self, path: Path) -> None:
        """Use a picture from the disk, made smaller when it is larger than a letter needs."""
        picture, fault = read_logo(path)
        if fault:
            self.refused.emit(fault)
            return
        self.set_value(picture)
        self.changed.emit()

    def _remove(self) -> None:
        self.set_value(b"")
        self.choose.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()


def read_logo(path: Path) -> tuple[bytes, str]:
    """(the picture, "") or (b"", what is wrong)."""
    try:
        if path.stat().st_size > _MOST_FILE:
            return b"", "Bildet er for stort. Velg et som er mindre enn 20 MB."
        picture = path.read_bytes()
    except OSError:
        return b"", "Vi fikk ikke lest filen. Se om den er åpen i et annet program."
    image = QImage.fromData(picture) if picture.startswith(_STARTS) else QImage()
    if image.isNull():
        return b"", "Filen er ikke et PNG- eller JPEG-bilde som kan leses."
    if len(picture) <= MOST_LOGO:
        return picture, ""
    if image.width() > _WIDEST:
        image = image.scaledToWidth(_WIDEST, Qt.TransformationMode.SmoothTransformation)
    smaller = _png(image)
    if len(smaller) > MOST_LOGO:
        return (
            b"",
            f"Logoen er større enn {MOST_LOGO // 1000} kB, også når den er forminsket. Velg en enklere.",
        )
    return smaller, ""


def _png(image: QImage) -> bytes:
    room = QByteArray()
    buffer = QBuffer(room)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(room.data())
