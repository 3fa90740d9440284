"""The logo as it goes into the file: RGB, of sane size, opaque, whatever was handed in."""

from __future__ import annotations

import functools
import io

from boligdesk.services.errors import InvalidInput

_MOST_BYTES = 5_000_000
_MOST_PIXELS = 40_000_000
_LONGEST = 1200


@functools.lru_cache(maxsize=4)
def prepared(logo: bytes) -> tuple[bytes, float]:
    """A PNG file, and its width over its height. Raises InvalidInput when the bytes are no usable picture."""
    from PIL import Image, UnidentifiedImageError

    if len(logo) > _MOST_BYTES:
        raise _refusal("Den er større enn 5 MB.")
    try:
        with Image.open(io.BytesIO(logo), formats=("PNG", "JPEG")) as found:
            if found.width * found.height > _MOST_PIXELS:
                raise _refusal("Den har for mange bildepunkter.")
            found.thumbnail((_LONGEST, _LONGEST))
            colours = found.convert("RGBA")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise _refusal("Den er ikke et PNG- eller JPEG-bilde som kan leses.") from error
    white = Image.new("RGBA", colours.size, "white")
    white.alpha_composite(colours)
    out = io.BytesIO()
    white.convert("RGB").save(out, "PNG")
    return out.getvalue(), colours.width / colours.height


def _refusal(what: str) -> InvalidInput:
    return InvalidInput("logo", "Logoen kan ikke brukes i brev.", what, "Velg en PNG- eller JPEG-fil.")
