"""Papers of the practice office: one-page PDFs that say what they are."""

from __future__ import annotations

import datetime as dt
import io
import time

from PIL import Image, ImageDraw, ImageFont

from boligdesk.domain.calendar import long_date
from boligdesk.resources import resource_path

_A4_AT_100_DPI = (827, 1169)


def paper(title: str, day: dt.date) -> bytes:
    """A page with a title, a date and the word ØVELSE; the same bytes for the same words."""
    page = Image.new("L", _A4_AT_100_DPI, 255)
    draw = ImageDraw.Draw(page)
    font = resource_path("fonts", "OpenSans-Regular.ttf")
    draw.text((90, 110), title, font=ImageFont.truetype(font, 34), fill=20)
    draw.text((90, 170), long_date(day), font=ImageFont.truetype(font, 20), fill=80)
    draw.text((90, 1060), "ØVELSE – oppdiktet innhold", font=ImageFont.truetype(font, 18), fill=110)
    for line in range(14):
        draw.line((90, 260 + line * 48, 620 + (line * 37) % 110, 260 + line * 48), fill=215, width=3)
    stream = io.BytesIO()
    stamp = time.gmtime(0)
    page.save(stream, "PDF", resolution=100, creationDate=stamp, modDate=stamp)
    return stream.getvalue()
