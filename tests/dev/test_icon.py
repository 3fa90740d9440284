"""The icon of the program file is our own drawing, at every size Windows asks for."""

from __future__ import annotations

import io

from PIL import Image, ImageChops

from boligdesk.dev.icon import DRAWING, ICON, SIZES, icon_file, main, picture

ALMOST = 8
"""Of 255: other versions of Qt may round an edge otherwise."""


def stored(size: int, body: bytes | None = None) -> Image.Image:
    with Image.open(io.BytesIO(body or ICON.read_bytes())) as made:
        made.size = (size, size)
        made.load()
        return made.convert("RGBA")


def test_that_the_stored_icon_is_the_drawing_at_every_size():
    with Image.open(ICON) as kept:
        assert kept.info["sizes"] == {(size, size) for size in SIZES}
    for size in SIZES:
        drawn = Image.open(io.BytesIO(picture(size))).convert("RGBA")
        far = ImageChops.difference(stored(size), drawn).getextrema()
        assert max(most for _least, most in far) <= ALMOST, size


def test_that_the_icon_is_made_anew_where_one_asks(tmp_path, capsys):
    path = tmp_path / "app.ico"
    assert main([str(path)]) == 0
    assert capsys.readouterr().out.strip() == str(path)
    assert stored(16, path.read_bytes()).tobytes() == stored(16, icon_file()).tobytes()


def test_that_the_drawing_is_nothing_but_our_own_shapes():
    text = DRAWING.read_text(encoding="utf-8")
    assert "<image" not in text
    assert "href" not in text
