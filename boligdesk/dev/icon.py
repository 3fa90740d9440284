"""``python -m boligdesk.dev icon``: the program file's icon (Windows) from our own drawing, ``resources/icons/app.svg``.

Windows wants every size in one .ico; each is drawn anew from the drawing, so that 16 pixels are as sharp as 256.
"""

from __future__ import annotations

import io
import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DRAWING = ROOT / "resources" / "icons" / "app.svg"
ICON = ROOT / "resources" / "icons" / "app.ico"
SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)


def main(argv: list[str]) -> int:
    """Writes the icon beside the drawing, or to the path that is given."""
    path = Path(argv[0]) if argv else ICON
    path.write_bytes(icon_file())
    print(path)
    return 0


def icon_file() -> bytes:
    """All sizes as one .ico."""
    from PIL import Image

    drawn = [Image.open(io.BytesIO(picture(size))).convert("RGBA") for size in SIZES]
    out = io.BytesIO()
    drawn[-1].save(out, "ICO", sizes=[(size, size) for size in SIZES], append_images=drawn[:-1])
    return out.getvalue()


def picture(size: int) -> bytes:
    """The drawing at one size, as PNG."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(str(DRAWING)).render(painter)
    painter.end()
    room = QByteArray()
    buffer = QBuffer(room)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stub says bytes, the function takes only str
    return bytes(room.data())
